"""What the dock does with the map: look at a region, let it flash, let the user draw a rectangle."""

from __future__ import annotations

from qgis.core import (
    QgsCoordinateReferenceSystem,
    QgsCoordinateTransform,
    QgsCsException,
    QgsGeometry,
    QgsProject,
    QgsRectangle,
    QgsVectorLayer,
)
from qgis.gui import QgsMapCanvas, QgsMapTool, QgsMapToolExtent, QgsRubberBand
from qgis.PyQt.QtCore import QObject, pyqtSignal
from qgis.PyQt.QtGui import QColor

from .. import log

MARGIN = 1.25  # a region fills four fifths of the canvas
LARGEST_FLASH = 2000  # features; more would stall the window


class MapView(QObject):
    """The canvas as the dock uses it.

    Args:
        canvas: QGIS's main canvas.

    Signals:
        drawn: the user has drawn a rectangle (see `drawn_extent`), or given up drawing.
    """

    drawn = pyqtSignal()

    def __init__(self, canvas: QgsMapCanvas, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._canvas = canvas
        self._tool: QgsMapToolExtent | None = None
        self._before: QgsMapTool | None = None
        self._band: QgsRubberBand | None = None
        self._drawn: QgsRectangle | None = None
        self._drawn_crs = QgsCoordinateReferenceSystem()

    def extent(self) -> tuple[QgsRectangle, QgsCoordinateReferenceSystem]:
        """What the canvas shows, and in which CRS."""
        return self._canvas.extent(), self._canvas.mapSettings().destinationCrs()

    def drawn_extent(self) -> tuple[QgsRectangle, QgsCoordinateReferenceSystem] | None:
        """The rectangle the user drew, and its CRS; None when there is none."""
        return None if self._drawn is None else (self._drawn, self._drawn_crs)

    def draw(self) -> None:
        """Give the user a rectangle tool; it goes away once used."""
        if self._tool is None:
            self._tool = QgsMapToolExtent(self._canvas)
            self._tool.extentChanged.connect(self._take)
        if self._canvas.mapTool() is not self._tool:
            self._before = self._canvas.mapTool()
        self._canvas.setMapTool(self._tool)

    def show_drawn(self, shown: bool) -> None:
        """Outline the drawn rectangle on the map, or stop doing so."""
        if self._band is not None:
            self._band.reset()
        if not shown or self._drawn is None:
            return
        if self._band is None:
            self._band = QgsRubberBand(self._canvas)
            self._band.setStrokeColor(QColor("#e66100"))
            self._band.setFillColor(QColor(0, 0, 0, 0))
            self._band.setWidth(2)
        self._band.setToGeometry(QgsGeometry.fromRect(self._drawn), self._drawn_crs)

    def look_at(self, bounds: QgsRectangle, crs: QgsCoordinateReferenceSystem) -> None:
        """Zoom to a rectangle, with some of its surroundings."""
        view = self._in_canvas(bounds, crs)
        view.scale(MARGIN)
        self._canvas.setExtent(view)
        self._canvas.refresh()

    def flash_bounds(self, bounds: QgsRectangle, crs: QgsCoordinateReferenceSystem, colour: QColor) -> None:
        """Flash a rectangle: all there is to show while the layer is not there yet."""
        self._flash([QgsGeometry.fromRect(bounds)], crs, colour)

    def flash_layer(self, layer: QgsVectorLayer, colour: QColor) -> None:
        """Flash the polygons of a layer, or their bounds when they are very many."""
        if layer.featureCount() > LARGEST_FLASH:
            self.flash_bounds(layer.extent(), layer.crs(), colour)
            return
        self._flash([feature.geometry() for feature in layer.getFeatures()], layer.crs(), colour)

    def leave(self) -> None:
        """Take everything of ours off the canvas."""
        if self._tool is not None:
            self._canvas.unsetMapTool(self._tool)
            self._tool = None
        if self._band is not None:
            self._canvas.scene().removeItem(self._band)
            self._band = None

    def _flash(self, geometries: list[QgsGeometry], crs: QgsCoordinateReferenceSystem, colour: QColor) -> None:
        start, end = QColor(colour), QColor(colour)
        start.setAlpha(230)
        end.setAlpha(0)
        self._canvas.flashGeometries(geometries, crs, start, end, 3, 400)

    def _take(self, extent: QgsRectangle) -> None:
        if not extent.isEmpty():
            self._drawn = QgsRectangle(extent)
            self._drawn_crs = self._canvas.mapSettings().destinationCrs()
        self._tool.clearRubberBand()
        if self._before is not None:
            self._canvas.setMapTool(self._before)
        else:
            self._canvas.unsetMapTool(self._tool)
        self.drawn.emit()

    def _in_canvas(self, bounds: QgsRectangle, crs: QgsCoordinateReferenceSystem) -> QgsRectangle:
        there = self._canvas.mapSettings().destinationCrs()
        if not (crs.isValid() and there.isValid()):
            return QgsRectangle(bounds)
        try:
            return QgsCoordinateTransform(crs, there, QgsProject.instance()).transformBoundingBox(bounds)
        except QgsCsException as failure:  # outside the project's CRS: better the wrong zoom than none at all
            log.warning(f"{crs.authid()}: {failure}")
            return QgsRectangle(bounds)
