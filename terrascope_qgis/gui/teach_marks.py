"""Marks on the canvas for examples: discs and solid outlines where something is, crosses and dashed ones where not."""

from __future__ import annotations

from collections.abc import Iterable

from qgis.core import (
    QgsCoordinateReferenceSystem,
    QgsCoordinateTransform,
    QgsCsException,
    QgsGeometry,
    QgsProject,
    QgsWkbTypes,
)
from qgis.gui import QgsMapCanvas, QgsMapCanvasItem, QgsRubberBand, QgsVertexMarker
from qgis.PyQt.QtCore import Qt
from qgis.PyQt.QtGui import QColor

from ..client.protocol import Example
from ..core.example_layers import NOT_THERE, THERE

_SIZE, _WIDTH = 11, 3


class TeachMarks:
    """The marks of one list of examples.

    Args:
        canvas: QGIS's main canvas.
    """

    def __init__(self, canvas: QgsMapCanvas) -> None:
        self._canvas = canvas
        self._items: list[QgsMapCanvasItem] = []

    def __len__(self) -> int:
        return len(self._items)

    def show(self, examples: Iterable[Example], crs: QgsCoordinateReferenceSystem) -> None:
        """Show these and no others.

        Args:
            examples: to show.
            crs: of their shapes.
        """
        self.leave()
        for example in examples:
            shape = QgsGeometry.fromWkt(example.wkt)
            colour = QColor(THERE if example.inside else NOT_THERE)
            if shape.type() == QgsWkbTypes.GeometryType.PointGeometry:
                self._items += [self._point(one, crs, example.inside, colour) for one in shape.asGeometryCollection()]
            else:
                self._items.append(self._outline(shape, crs, example.inside, colour))

    def leave(self) -> None:
        """Take them off the canvas."""
        for item in self._items:
            self._canvas.scene().removeItem(item)
        self._items.clear()

    def _point(
        self, shape: QgsGeometry, crs: QgsCoordinateReferenceSystem, inside: bool, colour: QColor
    ) -> QgsVertexMarker:
        there = self._canvas.mapSettings().destinationCrs()
        if crs.isValid() and there.isValid():
            try:
                shape.transform(QgsCoordinateTransform(crs, there, QgsProject.instance()))
            except QgsCsException:  # not on this map: the mark is off the map too
                pass
        mark = QgsVertexMarker(self._canvas)
        mark.setCenter(shape.asPoint())
        mark.setIconType(QgsVertexMarker.IconType.ICON_CIRCLE if inside else QgsVertexMarker.IconType.ICON_X)
        mark.setIconSize(_SIZE)
        mark.setPenWidth(_WIDTH)
        mark.setColor(colour)
        return mark

    def _outline(
        self, shape: QgsGeometry, crs: QgsCoordinateReferenceSystem, inside: bool, colour: QColor
    ) -> QgsRubberBand:
        band = QgsRubberBand(self._canvas, QgsWkbTypes.GeometryType.PolygonGeometry)
        band.setWidth(_WIDTH)
        band.setStrokeColor(colour)
        band.setFillColor(QColor(0, 0, 0, 0))
        band.setLineStyle(Qt.PenStyle.SolidLine if inside else Qt.PenStyle.DashLine)
        band.setToGeometry(shape, crs)
        return band
