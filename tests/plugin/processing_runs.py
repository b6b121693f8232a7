"""What tests of several algorithms share: a small scene of known content, polygons on it, and runs with their log."""

from __future__ import annotations

import re
import shlex
import time
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
from osgeo import gdal, osr
from qgis.core import (
    QgsFeature,
    QgsGeometry,
    QgsProcessingAlgorithm,
    QgsProcessingContext,
    QgsProcessingFeedback,
    QgsProject,
    QgsVectorFileWriter,
    QgsVectorLayer,
)

from .conftest import REPOSITORY

WEST, NORTH, PIXEL = 500_000, 5_500_000, 10
LAKE_HA = 40 * 40 * PIXEL * PIXEL / 1e4
# Sentinel-2 surface reflectance times 10,000 of blue, green, red, near infrared.
WATER, FOREST = (450, 500, 300, 150), (250, 420, 260, 3100)


def write_scene(path: Path, west: float = WEST, side: int = 96) -> Path:
    """A square lake of 40 pixels, 16 from the north-western corner, in a forest; EPSG:32633."""
    image = np.empty((4, side, side))
    image[:] = np.array(FOREST)[:, None, None]
    image[:, 16:56, 16:56] = np.array(WATER)[:, None, None]
    noise = np.random.default_rng(7).normal(1.0, 0.05, image.shape)
    target = gdal.GetDriverByName("GTiff").Create(str(path), side, side, 4, gdal.GDT_UInt16)
    target.SetGeoTransform((west, PIXEL, 0, NORTH, 0, -PIXEL))
    crs = osr.SpatialReference()
    crs.ImportFromEPSG(32633)
    target.SetProjection(crs.ExportToWkt())
    for number, name in enumerate(("B02", "B03", "B04", "B08"), start=1):
        target.GetRasterBand(number).WriteArray((image * noise)[number - 1].clip(1, 10_000).astype(np.uint16))
        target.GetRasterBand(number).SetDescription(name)
    target.FlushCache()
    return path


def box(west_px: float, north_px: float, east_px: float, south_px: float) -> str:
    """A polygon of pixels of the scene, as WKT."""
    left, right = WEST + west_px * PIXEL, WEST + east_px * PIXEL
    top, bottom = NORTH - north_px * PIXEL, NORTH - south_px * PIXEL
    return f"POLYGON(({left} {top}, {right} {top}, {right} {bottom}, {left} {bottom}, {left} {top}))"


def polygons(rows: Sequence[tuple[str, str | None]], kind: str = "Polygon") -> QgsVectorLayer:
    """A layer in memory, in the project, with a field `cover`."""
    layer = QgsVectorLayer(f"{kind}?field=cover:string&crs=EPSG:32633", "parcels", "memory")
    for cover, wkt in rows:
        feature = QgsFeature(layer.fields())
        feature.setAttribute(0, cover)
        if wkt:
            feature.setGeometry(QgsGeometry.fromWkt(wkt))
        assert layer.dataProvider().addFeature(feature)
    layer.updateExtents()
    QgsProject.instance().addMapLayer(layer)
    return layer


def save(layer: QgsVectorLayer, path: Path) -> None:
    """Write a layer to a GeoPackage, for another process."""
    transforms, options = QgsProject.instance().transformContext(), QgsVectorFileWriter.SaveVectorOptions()
    code, why, *_ = QgsVectorFileWriter.writeAsVectorFormatV3(layer, str(path), transforms, options)
    assert code == QgsVectorFileWriter.WriterError.NoError, why


def run(algorithm: QgsProcessingAlgorithm, **given: Any) -> tuple[dict[str, Any], bool, str, QgsProcessingContext]:  # noqa: ANN401
    """Results, whether it went well, the log, and the context, which owns temporary layers."""
    context, feedback = QgsProcessingContext(), QgsProcessingFeedback(False)
    context.setProject(QgsProject.instance())
    fine, why = algorithm.checkParameterValues(given, context)
    if not fine:
        return {}, False, why, context
    results, ok = algorithm.run(given, context, feedback)
    return results, ok, feedback.textLog(), context


def seconds_to_cancel(algorithm: QgsProcessingAlgorithm, least: float, **given: Any) -> tuple[float, dict[str, Any]]:  # noqa: ANN401
    """Cancel at the first progress over a percentage: how long it goes on, and its results."""
    context, feedback = QgsProcessingContext(), QgsProcessingFeedback(False)
    context.setProject(QgsProject.instance())
    cancelled_at: list[float] = []

    def cancel(percent: float) -> None:
        if percent > least and not cancelled_at:
            cancelled_at.append(time.monotonic())
            feedback.cancel()

    feedback.progressChanged.connect(cancel)
    results, _ = algorithm.run(given, context, feedback)
    assert cancelled_at, feedback.textLog()
    return time.monotonic() - cancelled_at[0], results


def documented(algorithm: str, folder: Path) -> list[str]:
    """The words of the line that docs/processing.md has for an algorithm, after `qgis_process`.

    Its files are those of a folder.
    """
    text = (REPOSITORY / "docs" / "processing.md").read_text("utf-8")
    (line,) = re.findall(rf"^    qgis_process (run {algorithm} .*)$", text, re.MULTILINE)
    words = [word.partition("=") for word in shlex.split(line)]
    is_file = re.compile(r"[\w-]+\.(tif|gpkg|csv|html|json)|scenes")
    return [f"{name}{sign}{folder / value if is_file.fullmatch(value) else value}" for name, sign, value in words]


def rows_of(source: str, context: QgsProcessingContext | None = None) -> list[dict[str, Any]]:
    """The rows of an output layer by the names of its fields; NULL is None."""
    layer = context.getMapLayer(source) if context is not None else None
    layer = layer or QgsVectorLayer(source, "x", "ogr")
    assert layer.isValid(), source
    names = [field.name() for field in layer.fields()]
    return [
        {name: feature[name] if feature[name] else (feature[name] if feature[name] == 0 else None) for name in names}
        for feature in layer.getFeatures()
    ]
