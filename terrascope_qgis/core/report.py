"""A finished answer: its record as JSON, its layers in the GeoPackage, and QGIS's own check of the hectares."""

from __future__ import annotations

import json
import secrets
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from pathlib import Path

from qgis.core import QgsCoordinateReferenceSystem, QgsCoordinateTransformContext, QgsDistanceArea, QgsVectorLayer
from qgis.PyQt.QtCore import QCoreApplication

from ..client.protocol import Report, write
from ..compat import HECTARES
from ..errors import TerraScopeError
from ..numerals import number

AGREEMENT = 1e-6  # relative
BUSY_S = 2.0  # to wait for QGIS's own writing

translate = QCoreApplication.translate


def write_json(report: Report, path: Path) -> None:
    """Write the record of the run (run.json), whole or not at all."""
    partial = path.with_name(path.name + ".part")
    try:
        partial.write_text(json.dumps(write(report), indent=2, ensure_ascii=False) + "\n", encoding="utf-8")
        partial.replace(path)
    except OSError as failure:
        with suppress(OSError):
            partial.unlink(missing_ok=True)
        raise TerraScopeError(
            translate("TerraScope", "The report could not be written to {path}: {why}.").format(path=path, why=failure)
        ) from failure


@contextmanager
def replacing(path: Path) -> Iterator[Path]:
    """A name to write a file under that becomes `path` when all went well; else nothing is left.

    Raises:
        TerraScopeError: it cannot be written.
    """
    draft = path.with_name(f".{path.stem[:80]}.{secrets.token_hex(4)}{path.suffix}")
    try:
        yield draft
        draft.replace(path)
    except (OSError, sqlite3.Error) as failure:
        raise TerraScopeError(
            translate("TerraScope", "{name} cannot be written ({why}): choose another place.").format(
                name=path.name, why=getattr(failure, "strerror", None) or failure
            )
        ) from failure
    finally:
        for leftover in (draft, *(draft.with_name(draft.name + end) for end in ("-journal", "-wal", "-shm"))):
            with suppress(OSError):  # a read-only disk refuses to remove what is not there; why is told already
                leftover.unlink(missing_ok=True)


def copy_geopackage(source: Path, target: Path) -> None:
    """Copy a run's file as it is now, also while its layers are open in QGIS and being edited elsewhere.

    Raises:
        TerraScopeError: the source is gone, or the target cannot be written or is open; nothing is left behind then.
    """
    if not source.is_file():
        raise TerraScopeError(
            translate("TerraScope", "The file of the answer, {path}, is not there any more: ask again.").format(
                path=source
            )
        )
    if any(target.with_name(target.name + log).exists() for log in ("-wal", "-journal")):
        raise TerraScopeError(
            translate("TerraScope", "{name} is open in QGIS or another program: close it there or choose another name.")
            .format(name=target.name)
        )  # fmt: skip
    with replacing(target) as draft:
        address = source.resolve().as_uri() + "?mode=ro"
        with (
            closing(sqlite3.connect(address, uri=True, timeout=BUSY_S)) as kept,
            closing(sqlite3.connect(draft)) as copy,
        ):
            kept.backup(copy)
            copy.execute("PRAGMA journal_mode=DELETE")  # QGIS may have put the original into its write-ahead mode


def is_readable(geopackage: Path, wait_s: float = 0.0) -> bool:
    """Whether a GeoPackage is there, and no other program has locked it: QGIS, and its window, would wait for that."""
    try:
        address = geopackage.resolve(strict=True).as_uri() + "?mode=ro"
        with closing(sqlite3.connect(address, uri=True, timeout=wait_s)) as file:
            file.execute("SELECT count(*) FROM gpkg_contents")
    except OSError:
        return False
    except sqlite3.Error as failure:
        return "locked" not in str(failure)  # of anything else QGIS says more, or knows a way
    return True


def not_readable(geopackage: Path) -> str:
    """What to say then."""
    return translate(
        "TerraScope", "{name} cannot be read: it is gone, or another program holds it; the answer itself is complete."
    ).format(name=geopackage.name)


def open_layer(geopackage: Path, name: str, title: str = "") -> QgsVectorLayer:
    """A layer of the GeoPackage without its style; it belongs to the thread that calls."""
    options = QgsVectorLayer.LayerOptions()
    options.loadDefaultStyle = False
    return QgsVectorLayer(f"{geopackage}|layername={name}", title or name, "ogr", options)


def area_meter(
    crs: QgsCoordinateReferenceSystem, transforms: QgsCoordinateTransformContext, ellipsoid: str | None = None
) -> QgsDistanceArea:
    """A measurer on an ellipsoid; QGIS's default, no ellipsoid at all, gives wrong hectares silently.

    Args:
        crs: of what is measured.
        transforms: of the project.
        ellipsoid: as QGIS names it (EPSG:7030); None is that of the CRS.

    Raises:
        TerraScopeError: QGIS will not use the ellipsoid.
    """
    meter = QgsDistanceArea()
    meter.setSourceCrs(crs, transforms)
    meter.setEllipsoid(ellipsoid or crs.ellipsoidAcronym() or "EPSG:7030")
    if not meter.willUseEllipsoid():
        raise TerraScopeError(
            translate("TerraScope", "QGIS cannot measure on the ellipsoid of {crs}: reproject the scene.").format(
                crs=crs.authid() or crs.description()
            )
        )
    return meter


def measured_ha(
    layer: QgsVectorLayer, transforms: QgsCoordinateTransformContext, ellipsoid: str | None = None
) -> float:
    """The area of all features of a polygon layer on an ellipsoid (see `area_meter`), by QGIS, in hectares."""
    meter = area_meter(layer.crs(), transforms, ellipsoid)
    square = sum(meter.measureArea(feature.geometry()) for feature in layer.getFeatures())
    return meter.convertAreaMeasurement(square, HECTARES)


def check_areas(
    report: Report, geopackage: Path, transforms: QgsCoordinateTransformContext, ellipsoid: str | None = None
) -> list[str]:
    """A sentence for each step whose stored hectares QGIS does not confirm to one part in a million.

    The runtime measures the mask on the raster's grid, QGIS the polygons it wrote: two independent routes. The
    ellipsoid is the one that was asked for; None is that of the scene's CRS.
    """
    if report.steps and not is_readable(geopackage, BUSY_S):
        return [not_readable(geopackage)]
    sentences = []
    for step in report.steps:
        layer = open_layer(geopackage, step.layer)
        if not layer.isValid():
            sentences.append(
                translate("TerraScope", "The layer {layer} is missing from the GeoPackage.").format(layer=step.layer)
            )
            continue
        here = measured_ha(layer, transforms, ellipsoid)
        if abs(here - step.area_ha) > AGREEMENT * max(abs(step.area_ha), 1e-4):
            sentences.append(
                translate("TerraScope", "QGIS measures {here} ha for {phrase}, the report says {there} ha.").format(
                    here=number(here, 4), phrase=step.phrase, there=number(step.area_ha, 4)
                )
            )
    return sentences
