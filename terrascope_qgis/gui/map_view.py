"""What the dock does with the map: look at a region, let it flash, outline ground, let the user draw some."""

from __future__ import annotations

from qgis.core import (
    QgsCoordinateReferenceSystem,
    QgsCoordinateTransform,
    QgsCsException,
    QgsGeometry,
    QgsMapLayer,
    QgsProject,
    QgsRectangle,
    QgsVectorLayer,
    QgsWkbTypes,
)
from qgis.gui import QgsMapCanvas, QgsMapTool, QgsMapToolExtent, QgsRubberBand
from qgis.PyQt.QtCore import QObject, pyqtSignal
from qgis.PyQt.QtGui import QColor

from .. import log
from ..core.captures import WGS84, metres_per_unit
from ..core.extents import Area
from ..errors import AnalysisError
from .polygon_tool import PolygonTool

MARGIN = 1.25  # a region fills four fifths of the canvas
OUTLINE = QColor("#e66100")
LARGEST_FLASH = 2000  # features; more would stall the window


class MapView(QObject):
    """The canvas as the dock uses it.

    Args:
        canvas: QGIS's main canvas.

    Attributes:
        drawn: what the user has drawn; None: nothing.

    Signals:
        drawing_ended: the user has drawn something (see `drawn`), or has given up.
        moved: the canvas shows something else.
        selected: another layer is active, or something else is selected on the canvas.
    """

    drawing_ended = pyqtSignal()
    moved = pyqtSignal()
    selected = pyqtSignal()

    def __init__(self, canvas: QgsMapCanvas, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._canvas = canvas
        self._rectangle_tool: QgsMapToolExtent | None = None
        self._polygon_tool: PolygonTool | None = None
        self._before: QgsMapTool | None = None
        self._band: QgsRubberBand | None = None
        self.drawn: Area | None = None
        canvas.extentsChanged.connect(self.moved)
        canvas.destinationCrsChanged.connect(self.moved)
        canvas.currentLayerChanged.connect(self._tell_selected)
        canvas.selectionChanged.connect(self._tell_selected)

    def view(self) -> Area:
        """What the canvas shows."""
        return Area.of_rectangle(self._canvas.extent(), self.crs())

    def crs(self) -> QgsCoordinateReferenceSystem:
        """Of the canvas; invalid where the project has none."""
        return self._canvas.mapSettings().destinationCrs()

    def pixel_size_m(self) -> float:
        """On the ground in the middle of the canvas, roughly."""
        middle = self._canvas.extent().center()
        crs = self.crs()
        try:
            there = Area.of_rectangle(QgsRectangle(middle, middle).buffered(1e-6), crs).in_crs(
                QgsCoordinateReferenceSystem(WGS84), QgsProject.instance().transformContext()
            )
            latitude = there.bounds.center().y() if crs.isValid() else 0.0
        except AnalysisError:  # the canvas looks beyond the earth
            latitude = 0.0
        return self._canvas.mapUnitsPerPixel() * metres_per_unit(crs, latitude)

    def active_layer(self) -> QgsMapLayer | None:
        """The layer that is chosen in QGIS's list of layers."""
        return self._canvas.currentLayer()

    def draw_rectangle(self) -> None:
        """Give the user a rectangle tool; it goes away once used."""
        if self._rectangle_tool is None:
            self._rectangle_tool = QgsMapToolExtent(self._canvas)
            self._rectangle_tool.extentChanged.connect(self._take_rectangle)
        self._use(self._rectangle_tool)

    def draw_polygon(self) -> None:
        """Give the user a polygon tool; it goes away once used."""
        if self._polygon_tool is None:
            self._polygon_tool = PolygonTool(self._canvas, OUTLINE)
            self._polygon_tool.ended.connect(self._take_polygon)
        self._use(self._polygon_tool)
        self._canvas.setFocus()  # for its keys

    def show_area(self, area: Area | None) -> None:
        """Outline what is asked about on the map; None: nothing."""
        if self._band is not None:
            self._band.reset(QgsWkbTypes.GeometryType.PolygonGeometry)
        if area is None:
            return
        if self._band is None:
            self._band = QgsRubberBand(self._canvas, QgsWkbTypes.GeometryType.PolygonGeometry)
            self._band.setStrokeColor(OUTLINE)
            self._band.setFillColor(QColor(0, 0, 0, 0))
            self._band.setWidth(2)
        self._band.setToGeometry(area.geometry, area.crs if area.crs.isValid() else self.crs())

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
        for tool in filter(None, (self._rectangle_tool, self._polygon_tool)):
            self._canvas.unsetMapTool(tool)
        if self._polygon_tool is not None:
            self._polygon_tool.remove()
        self._rectangle_tool = self._polygon_tool = None
        if self._band is not None:
            self._canvas.scene().removeItem(self._band)
            self._band = None
        self._canvas.extentsChanged.disconnect(self.moved)
        self._canvas.destinationCrsChanged.disconnect(self.moved)
        self._canvas.currentLayerChanged.disconnect(self._tell_selected)
        self._canvas.selectionChanged.disconnect(self._tell_selected)

    def _flash(self, geometries: list[QgsGeometry], crs: QgsCoordinateReferenceSystem, colour: QColor) -> None:
        start, end = QColor(colour), QColor(colour)
        start.setAlpha(230)
        end.setAlpha(0)
        self._canvas.flashGeometries(geometries, crs, start, end, 3, 400)

    def _use(self, tool: QgsMapTool) -> None:
        if self._canvas.mapTool() not in (self._rectangle_tool, self._polygon_tool):
            self._before = self._canvas.mapTool()
        self._canvas.setMapTool(tool)

    def _take_rectangle(self, extent: QgsRectangle) -> None:
        self._rectangle_tool.clearRubberBand()
        self._take(None if extent.isEmpty() else Area.of_rectangle(extent, self.crs()))

    def _take_polygon(self, polygon: QgsGeometry | None) -> None:
        self._take(None if polygon is None else Area(polygon, self.crs()))

    def _take(self, area: Area | None) -> None:
        """The tool was used; without an area what was drawn before stays."""
        self.drawn = area or self.drawn
        if self._canvas.mapTool() in (self._rectangle_tool, self._polygon_tool):
            if self._before is not None:
                self._canvas.setMapTool(self._before)
            else:
                self._canvas.unsetMapTool(self._canvas.mapTool())
        self.drawing_ended.emit()

    def _tell_selected(self) -> None:
        self.selected.emit()

    def _in_canvas(self, bounds: QgsRectangle, crs: QgsCoordinateReferenceSystem) -> QgsRectangle:
        there = self._canvas.mapSettings().destinationCrs()
        if not (crs.isValid() and there.isValid()):
            return QgsRectangle(bounds)
        try:
            return QgsCoordinateTransform(crs, there, QgsProject.instance()).transformBoundingBox(bounds)
        except QgsCsException as failure:  # outside the project's CRS: better the wrong zoom than none at all
            log.warning(f"{crs.authid()}: {failure}")
            return QgsRectangle(bounds)
