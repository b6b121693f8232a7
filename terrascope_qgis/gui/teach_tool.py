"""The map tool of "Teach it here": clicks say where something is or is not, a drawn outline says so of an area."""

from __future__ import annotations

from qgis.core import QgsGeometry, QgsPointXY, QgsWkbTypes
from qgis.gui import QgsMapCanvas, QgsMapMouseEvent, QgsMapTool, QgsRubberBand
from qgis.PyQt.QtCore import QEvent, QObject, Qt, pyqtSignal
from qgis.PyQt.QtGui import QColor, QKeyEvent, QKeySequence

_LEAST_CORNERS = 3
_BUTTONS = (Qt.MouseButton.LeftButton, Qt.MouseButton.RightButton)


class TeachTool(QgsMapTool):
    """Left button: it is here; right button: it is not here; with Shift and dragging: all of an outline.

    Signals:
        shown: a point or a polygon as a QgsGeometry in the CRS of the canvas, and whether it is there.
        undo: the last example is to be taken back (Ctrl+Z).
        left: the user has had enough (Escape).
    """

    shown = pyqtSignal(object, bool)
    undo = pyqtSignal()
    left = pyqtSignal()

    def __init__(self, canvas: QgsMapCanvas) -> None:
        super().__init__(canvas)
        self._outline: list[QgsPointXY] = []
        self._drawing: object = None  # the button that is held
        self._band: QgsRubberBand | None = None
        self.setCursor(Qt.CursorShape.CrossCursor)

    def activate(self) -> None:
        """The tool is chosen: Ctrl+Z is ours, which QGIS has for layers."""
        super().activate()
        self.canvas().installEventFilter(self)

    def deactivate(self) -> None:
        """Another tool is chosen."""
        self.canvas().removeEventFilter(self)
        self._forget()
        super().deactivate()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """A key that is a shortcut of QGIS's window comes to us all the same."""
        if (
            event.type() == QEvent.Type.ShortcutOverride
            and isinstance(event, QKeyEvent)
            and event.matches(QKeySequence.StandardKey.Undo)
        ):
            event.accept()
        return super().eventFilter(watched, event)

    def canvasPressEvent(self, event: QgsMapMouseEvent) -> None:
        """An outline begins."""
        if event.button() in _BUTTONS and event.modifiers() & Qt.KeyboardModifier.ShiftModifier:
            self._drawing = event.button()
            self._outline = [event.mapPoint()]

    def canvasMoveEvent(self, event: QgsMapMouseEvent) -> None:
        """It goes on."""
        if self._drawing is None:
            return
        self._outline.append(event.mapPoint())
        if self._band is None:
            self._band = QgsRubberBand(self.canvas(), QgsWkbTypes.GeometryType.PolygonGeometry)
            self._band.setWidth(2)
            self._band.setFillColor(QColor(255, 255, 255, 60))
            self._band.setStrokeColor(QColor("#ffffff"))
        self._band.setToGeometry(QgsGeometry.fromPolygonXY([self._outline]), None)

    def canvasReleaseEvent(self, event: QgsMapMouseEvent) -> None:
        """A click, or the end of an outline."""
        inside = event.button() == Qt.MouseButton.LeftButton
        if self._drawing is None:
            if event.button() in _BUTTONS:
                self.shown.emit(QgsGeometry.fromPointXY(event.mapPoint()), inside)
        elif event.button() == self._drawing:
            polygon = QgsGeometry.fromPolygonXY([self._outline])
            enough = len(self._outline) >= _LEAST_CORNERS
            self._forget()
            polygon = polygon.makeValid() if enough else QgsGeometry()
            polygon.convertGeometryCollectionToSubclass(QgsWkbTypes.GeometryType.PolygonGeometry)
            if not polygon.isNull() and polygon.area() > 0:
                self.shown.emit(polygon, inside)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """What can be done without the mouse."""
        if event.matches(QKeySequence.StandardKey.Undo):
            self.undo.emit()
        elif event.key() == Qt.Key.Key_Escape:
            if self._drawing is not None:
                self._forget()
            else:
                self.left.emit()
        else:
            return
        event.ignore()  # as QGIS asks for

    def _forget(self) -> None:
        """Nothing is being drawn."""
        self._outline, self._drawing = [], None
        if self._band is not None:
            self.canvas().scene().removeItem(self._band)
            self._band = None
