"""A map tool to draw a polygon: clicks set corners, a double click, a right click or Enter ends it."""

from __future__ import annotations

from qgis.core import QgsGeometry, QgsPointXY, QgsWkbTypes
from qgis.gui import QgsMapCanvas, QgsMapMouseEvent, QgsMapTool, QgsRubberBand
from qgis.PyQt.QtCore import Qt, pyqtSignal
from qgis.PyQt.QtGui import QColor, QKeyEvent

LEAST_CORNERS = 3


class PolygonTool(QgsMapTool):
    """Draws one polygon; Backspace takes the last corner back, Escape gives up.

    Signals:
        ended: the polygon as a QgsGeometry in the CRS of the canvas, or None when the user gave up.
    """

    ended = pyqtSignal(object)

    def __init__(self, canvas: QgsMapCanvas, colour: QColor) -> None:
        super().__init__(canvas)
        self._corners: list[QgsPointXY] = []
        self._pointer: QgsPointXY | None = None
        self._ending = False
        self._band = QgsRubberBand(canvas, QgsWkbTypes.GeometryType.PolygonGeometry)
        self._band.setStrokeColor(colour)
        fill = QColor(colour)
        fill.setAlpha(40)
        self._band.setFillColor(fill)
        self._band.setWidth(2)
        self.setCursor(Qt.CursorShape.CrossCursor)

    def canvasReleaseEvent(self, event: QgsMapMouseEvent) -> None:
        """A corner, or the end."""
        if self._ending or event.button() == Qt.MouseButton.RightButton:
            self._ending = False
            self._end()
        elif event.button() == Qt.MouseButton.LeftButton:
            self._corners.append(event.mapPoint())
            self._show()

    def canvasDoubleClickEvent(self, event: QgsMapMouseEvent) -> None:
        """The end: its first click has set the last corner. The tool that comes next must not get the release."""
        self._ending = True

    def canvasMoveEvent(self, event: QgsMapMouseEvent) -> None:
        """The polygon follows the pointer."""
        self._pointer = event.mapPoint()
        self._show()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """What can be done without the mouse."""
        if event.key() == Qt.Key.Key_Escape:
            self.clear()
            self.ended.emit(None)
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._end()
        elif event.key() in (Qt.Key.Key_Backspace, Qt.Key.Key_Delete) and self._corners:
            self._corners.pop()
            self._show()
        else:
            return
        event.ignore()  # as QGIS asks for: else the canvas lets layers be deleted with the same key

    def deactivate(self) -> None:
        """Another tool was chosen: what was begun is given up."""
        begun = bool(self._corners)
        self.clear()
        super().deactivate()
        if begun:
            self.ended.emit(None)

    def clear(self) -> None:
        """Nothing is drawn any more."""
        self._corners, self._pointer = [], None
        self._band.reset(QgsWkbTypes.GeometryType.PolygonGeometry)

    def remove(self) -> None:
        """Take what it draws off the canvas for good."""
        self.canvas().scene().removeItem(self._band)

    def _end(self) -> None:
        """What is drawn is it, if it is a polygon; one that crosses itself is mended."""
        polygon = QgsGeometry.fromPolygonXY([self._corners]) if len(self._corners) >= LEAST_CORNERS else QgsGeometry()
        if not polygon.isNull() and not polygon.isGeosValid():
            polygon = polygon.makeValid()
            polygon.convertGeometryCollectionToSubclass(QgsWkbTypes.GeometryType.PolygonGeometry)
        if polygon.isNull() or polygon.area() == 0:
            return  # too few corners yet: go on
        self.clear()
        self.ended.emit(polygon)

    def _show(self) -> None:
        corners = [*self._corners, *([self._pointer] if self._pointer is not None else [])]
        self._band.setToGeometry(QgsGeometry.fromPolygonXY([corners]) if len(corners) > 1 else QgsGeometry(), None)
