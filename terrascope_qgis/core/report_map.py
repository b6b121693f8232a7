"""The map of a report on paper: the scene with the masks, on layers of its own, drawn without stalling the window."""

from __future__ import annotations

import os
from collections.abc import Generator
from dataclasses import dataclass
from pathlib import Path

from qgis.core import (
    QgsContrastEnhancement,
    QgsCoordinateReferenceSystem,
    QgsMapLayer,
    QgsMapSettings,
    QgsMultiBandColorRenderer,
    QgsProject,
    QgsRasterLayer,
    QgsRectangle,
    QgsVectorLayer,
)
from qgis.PyQt.QtCore import QSize
from qgis.PyQt.QtGui import QColor

from ..client.protocol import ImageInfo, Report
from .fit_text import MM_PER_PT
from .layers import opening

DPI = 300
SAMPLES = 100  # a side, to find how bright a scene is
MARGIN = 1.02  # of the scene's size is shown


@dataclass(frozen=True)
class ReportMap:
    """What the map shows.

    Attributes:
        evidence: the visible layers of the run, those on top first.
        scene: None where its file is not there any more.
        crs: of the map.
        extent: in that CRS.
    """

    evidence: list[QgsMapLayer]
    scene: QgsRasterLayer | None
    crs: QgsCoordinateReferenceSystem
    extent: QgsRectangle

    def settings(self, width_mm: float, height_mm: float, project: QgsProject) -> QgsMapSettings:
        """To draw it at a size on paper."""
        settings = QgsMapSettings()
        settings.setLayers([*self.evidence, *([self.scene] if self.scene is not None else [])])
        settings.setOutputDpi(DPI)
        settings.setOutputSize(QSize(*(round(side / MM_PER_PT / 72 * DPI) for side in (width_mm, height_mm))))
        settings.setDestinationCrs(self.crs)
        settings.setTransformContext(project.transformContext())
        settings.setBackgroundColor(QColor("#ffffff"))
        settings.setExtent(self.extent)
        return settings


def opening_map(report: Report, geopackage: Path, project: QgsProject) -> Generator[None, None, ReportMap]:
    """Open what the map shows, one thing at each step; returns it. Main thread only.

    The scene looks as it does in the project, if it is there.
    """
    extent = QgsRectangle(*report.scene.bounds)
    extent.scale(MARGIN)
    opened = []
    for one in opening(report, geopackage):
        opened += [one.layer] if one.visible else []
        yield
    scene = yield from _opening_scene(report, project)
    crs = QgsCoordinateReferenceSystem(report.scene.crs)
    return ReportMap(opened[::-1], scene, crs, extent)


def _opening_scene(report: Report, project: QgsProject) -> Generator[None, None, QgsRasterLayer | None]:
    image = next((image for date in report.dates for image in (date.optical, date.sar) if image is not None), None)
    if image is None:
        return None
    for layer in project.mapLayers().values():
        if isinstance(layer, QgsRasterLayer) and _same(layer.source(), image.path):
            return layer.clone()
    if not os.path.isfile(image.path):
        return None
    layer = QgsRasterLayer(image.path, Path(image.path).name)
    if not layer.isValid():
        return None
    yield
    yield from _show_colours(layer, image)
    return layer


def _same(source: str, path: str) -> bool:
    return os.path.normcase(os.path.realpath(source.partition("|")[0])) == os.path.normcase(os.path.realpath(path))


def _show_colours(layer: QgsRasterLayer, image: ImageInfo) -> Generator[None, None, None]:
    """Natural colours where the bands have them, stretched from their 2nd to their 98th percentile.

    QGIS's own way to find those has GDAL write a file beside the scene.
    """
    bands = [image.bands.get(role) for role in ("red", "green", "blue")]
    if not all(bands) or max(bands) > layer.bandCount():
        return
    renderer = QgsMultiBandColorRenderer(layer.dataProvider(), *bands)
    setters = (
        renderer.setRedContrastEnhancement,
        renderer.setGreenContrastEnhancement,
        renderer.setBlueContrastEnhancement,
    )
    for band, set_enhancement in zip(bands, setters):
        stretch = QgsContrastEnhancement(layer.dataProvider().dataType(band))
        low, high = _percentiles(layer, band)
        stretch.setMinimumValue(low)
        stretch.setMaximumValue(high)
        stretch.setContrastEnhancementAlgorithm(
            QgsContrastEnhancement.ContrastEnhancementAlgorithm.StretchToMinimumMaximum
        )
        set_enhancement(stretch)
        yield
    layer.setRenderer(renderer)


def _percentiles(layer: QgsRasterLayer, band: int) -> tuple[float, float]:
    block = layer.dataProvider().block(band, layer.extent(), SAMPLES, SAMPLES)
    cells = ((row, column) for row in range(block.height()) for column in range(block.width()))
    values = sorted(block.value(*cell) for cell in cells if not block.isNoData(*cell)) or [0.0, 1.0]
    return values[len(values) // 50], values[-1 - len(values) // 50]


def legend_layers(shown: ReportMap, most: int) -> list[QgsMapLayer]:
    """What the legend names: regions, changes and lines; not what has no hectares or metres of its own."""
    return [layer for layer in shown.evidence if isinstance(layer, QgsVectorLayer)][:most]
