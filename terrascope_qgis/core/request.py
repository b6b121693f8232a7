"""From map layers and a question to a request, and where its GeoPackage goes."""

from __future__ import annotations

import re
from datetime import datetime, timezone
from pathlib import Path

from qgis.core import QgsCoordinateReferenceSystem, QgsRasterLayer, QgsRectangle
from qgis.PyQt.QtCore import QCoreApplication

from ..client.protocol import AskRequest
from ..errors import AnalysisError, TerraScopeError
from ..settings import Settings
from .capture import local_file

translate = QCoreApplication.translate


def ask_request(
    question: str,
    optical: QgsRasterLayer | None,
    settings: Settings,
    *,
    sar: QgsRasterLayer | None = None,
    second_date: QgsRasterLayer | None = None,
    extent: QgsRectangle | None = None,
    extent_crs: QgsCoordinateReferenceSystem | None = None,
    out: Path | None = None,
    picture: Path | None = None,
) -> AskRequest:
    """Put the user's choices into a request; reads the layers, so call it on the main thread.

    Args:
        question: in words; surrounding blanks do not count.
        optical: the scene.
        settings: model, its tier of memory, profile, and the folder of runs.
        sar: radar scene of the same place.
        second_date: the scene at a later date.
        extent: limit to this rectangle of `extent_crs`; None: the whole scene.
        extent_crs: CRS of `extent`; an invalid one stands for the scene's.
        out: GeoPackage to write; None: a new file in the folder of runs.
        picture: PNG of the scene with the masks to write as well.

    Raises:
        LayerError: a layer cannot be read by the runtime.
        AnalysisError: there is no question or no scene.
    """
    question = question.strip()
    if not question:
        raise AnalysisError(translate("TerraScope", "There is no question yet: write one, or pick an example."))
    if optical is None:
        raise AnalysisError(translate("TerraScope", "There is no scene yet: add a raster layer and choose it."))
    bounded = extent is not None and not extent.isEmpty()
    if bounded and (extent_crs is None or not extent_crs.isValid()):  # a canvas without a project CRS shows the layer's
        extent_crs = optical.crs()
    return AskRequest(
        question=question,
        optical=local_file(optical),
        sar=local_file(sar) if sar is not None else None,
        second_date=local_file(second_date) if second_date is not None else None,
        extent=(extent.xMinimum(), extent.yMinimum(), extent.xMaximum(), extent.yMaximum()) if bounded else None,
        extent_crs=crs_text(extent_crs) if bounded else None,
        model=settings.model,
        profile=settings.profile,
        tier=settings.tier,
        out=str(out if out is not None else new_run(settings.runs(), question)),
        picture=str(picture) if picture is not None else None,
    )


def crs_text(crs: QgsCoordinateReferenceSystem) -> str:
    """The authority code (EPSG:32633), or WKT for a CRS that has none."""
    return crs.authid() or crs.toWkt(QgsCoordinateReferenceSystem.WktVariant.WKT2_2019)


def new_run(folder: Path, question: str) -> Path:
    """A file name for a new answer, in a folder that exists: time (UTC, to the microsecond) and question.

    Raises:
        TerraScopeError: the folder cannot be made.
    """
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as failure:
        raise TerraScopeError(
            translate("TerraScope", "The folder {folder} for results cannot be made: choose another one.").format(
                folder=folder
            ),
            detail=str(failure),
        ) from failure
    slug = re.sub(r"[^a-z0-9]+", "_", question.lower()).strip("_")[:40].strip("_") or "question"
    return folder / "{}_{}.gpkg".format(datetime.now(timezone.utc).strftime("%Y%m%dT%H%M%S_%f"), slug)
