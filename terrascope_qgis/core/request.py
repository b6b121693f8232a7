"""From the dates of a place and a question to a request, and where its GeoPackage goes."""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime, timezone
from pathlib import Path

from qgis.core import QgsCoordinateReferenceSystem, QgsGeometry, QgsProject, QgsRasterLayer, QgsRectangle
from qgis.PyQt.QtCore import QCoreApplication, QDate, Qt

from ..client.protocol import AskRequest, DateInput
from ..errors import AnalysisError, TerraScopeError
from ..settings import Settings
from .band_roles import BandMapping
from .capture import Raster, local_path
from .choices import Choices
from .drafts import sweep

MAX_DATES = 8

translate = QCoreApplication.translate


@dataclass(frozen=True)
class Acquisition:
    """One date of a place as the user chose it: an optical image, a radar image or both, a cloud layer, and the day."""

    optical: Raster | None = None
    sar: Raster | None = None
    clouds: Raster | None = None
    day: QDate | None = None

    @property
    def first(self) -> Raster | None:
        """The optical image, or the radar image where there is none."""
        return self.sar if self.optical is None else self.optical


def in_order(dates: Sequence[Acquisition]) -> list[Acquisition]:
    """By their days where all of them are known, else as they were given."""
    if all(date.day is not None for date in dates):
        return sorted(dates, key=lambda date: date.day)
    return list(dates)


def ask_request(
    question: str,
    dates: Sequence[Acquisition],
    settings: Settings,
    *,
    choices: Choices | None = None,
    extent: QgsRectangle | None = None,
    extent_crs: QgsCoordinateReferenceSystem | None = None,
    polygon: QgsGeometry | None = None,
    bands: BandMapping | None = None,
    path_of: Callable[[Raster], str] = local_path,
    out: Path | None = None,
    picture: Path | None = None,
) -> AskRequest:
    """Put the user's choices into a request; reads the layers, so call it on the main thread.

    Args:
        question: in words; surrounding blanks do not count.
        dates: of the place, one to eight; sorted by day where all days are known.
        settings: model, its tier of memory, profile, and the folder of runs.
        choices: sensors, offsets, clouds and fusion; None: the defaults.
        extent: limit to this rectangle of `extent_crs`; None: the whole scene.
        extent_crs: CRS of `extent` and `polygon`; an invalid one stands for the scene's.
        polygon: limit to this (multi)polygon of `extent_crs`.
        bands: which band is which; None: as names and metadata tell.
        path_of: finds the file of a layer or path.
        out: GeoPackage to write; None: a new file in the folder of runs.
        picture: PNG of the scene with the masks to write as well.

    Raises:
        LayerError: a layer cannot be read by the runtime.
        AnalysisError: there is no question or no scene, or the dates cannot be told apart.
    """
    question = question.strip()
    if not question:
        raise AnalysisError(translate("TerraScope", "There is no question yet: write one, or pick an example."))
    choices, bands = choices or Choices(), bands or BandMapping()
    inputs = tuple(_date_input(date, path_of) for date in in_order(dates))
    _check_dates(inputs)
    bounded = extent is not None and not extent.isEmpty()
    limited = bounded or polygon is not None
    scene = in_order(dates)[0].first
    if limited and (extent_crs is None or not extent_crs.isValid()) and isinstance(scene, QgsRasterLayer):
        extent_crs = scene.crs()  # a canvas without a project CRS shows the layer's
    return AskRequest(
        question=question,
        dates=inputs,
        extent=(extent.xMinimum(), extent.yMinimum(), extent.xMaximum(), extent.yMaximum()) if bounded else None,
        polygon_wkt=None if polygon is None else polygon.asWkt(),
        extent_crs=crs_text(extent_crs) if limited and extent_crs is not None and extent_crs.isValid() else None,
        bands=bands.optical or None,
        sar_bands=bands.sar or None,
        sensor=choices.sensor,
        sar_sensor=choices.sar_sensor,
        stretch=settings.stretch,
        minimum_area_ha=choices.minimum_area_ha,
        ellipsoid=settings.measured_on(QgsProject.instance()),
        fusion=choices.fusion,
        clouds=choices.clouds,
        on_offset=choices.on_offset,
        large=choices.large,
        model=settings.model,
        profile=settings.profile,
        tier=settings.tier,
        out=str(out if out is not None else new_run(settings.runs(), question)),
        picture=str(picture) if picture is not None else None,
    )


def _date_input(date: Acquisition, path_of: Callable[[Raster], str]) -> DateInput:
    return DateInput(
        optical=None if date.optical is None else path_of(date.optical),
        sar=None if date.sar is None else path_of(date.sar),
        clouds=None if date.clouds is None else path_of(date.clouds),
        date=None if date.day is None else date.day.toString(Qt.DateFormat.ISODate),
    )


def _check_dates(dates: Sequence[DateInput]) -> None:
    """Refuse what the runtime would refuse, before a file for the answer is named."""
    if not any(date.optical or date.sar for date in dates):
        raise AnalysisError(translate("TerraScope", "There is no scene yet: add a raster layer and choose it."))
    for number, date in enumerate(dates, start=1):
        if not (date.optical or date.sar):
            raise AnalysisError(
                translate("TerraScope", "Date {number} has no scene: choose one, or remove the date.").format(
                    number=number
                )
            )
    if len(dates) > MAX_DATES:
        raise AnalysisError(
            translate(
                "TerraScope", "{count} dates are more than can be asked about at once: choose up to {most}."
            ).format(count=len(dates), most=MAX_DATES)
        )
    scenes = [path for date in dates for path in (date.optical, date.sar) if path]
    twice = next((path for path in scenes if scenes.count(path) > 1), None)
    if twice is not None:
        raise AnalysisError(
            translate("TerraScope", "{name} is chosen twice: choose another file for each image.").format(
                name=Path(twice).name
            )
        )


def crs_text(crs: QgsCoordinateReferenceSystem) -> str:
    """The authority code (EPSG:32633), or WKT for a CRS that has none."""
    return crs.authid() or crs.toWkt(QgsCoordinateReferenceSystem.WktVariant.WKT2_2019)


def new_run(folder: Path, question: str) -> Path:
    """A file name for a new answer, in a folder that exists: time (UTC, to the microsecond) and question.

    Raises:
        TerraScopeError: the folder cannot be made or written to.
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
    if not os.access(folder, os.W_OK):  # rather now than after the model has thought
        raise TerraScopeError(
            translate("TerraScope", "The folder {folder} for results cannot be written to: choose another one.").format(
                folder=folder
            )
        )
    sweep(folder)
    slug = re.sub(r"[^a-z0-9]+", "_", question.lower()).strip("_")[:40].strip("_") or "question"
    return folder / "{}_{}.gpkg".format(datetime.now(timezone.utc).strftime("%Y%m%dT%H%M%S_%f"), slug)
