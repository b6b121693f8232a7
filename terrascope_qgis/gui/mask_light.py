"""Lights up polygons on the canvas for as long as something points at them."""

from __future__ import annotations

from qgis.core import (
    QgsCoordinateReferenceSystem,
    QgsFeatureRequest,
    QgsGeometry,
    QgsSimplifyMethod,
    QgsVectorLayer,
    QgsWkbTypes,
)
from qgis.gui import QgsMapCanvas, QgsRubberBand
from qgis.PyQt.QtCore import QElapsedTimer
from qgis.PyQt.QtGui import QColor

MOST_POLYGONS = 2000
MOST_VERTICES = 20_000
LONGEST_MS = 20  # of reading: pointing at a mask must not stall the window


class MaskLight:
    """One light on a canvas; lighting something else puts the first one out.

    Args:
        canvas: QGIS's main canvas.
    """

    def __init__(self, canvas: QgsMapCanvas) -> None:
        self._canvas = canvas
        self._band: QgsRubberBand | None = None

    def light(self, geometry: QgsGeometry, crs: QgsCoordinateReferenceSystem, colour: QColor) -> None:
        """Light up a geometry."""
        if self._band is None:
            self._band = QgsRubberBand(self._canvas, QgsWkbTypes.GeometryType.PolygonGeometry)
            self._band.setWidth(2)
        inside, edge = QColor(colour), QColor("#ffffff" if colour.lightnessF() < 0.6 else "#000000")
        inside.setAlpha(150)
        self._band.setFillColor(inside)
        self._band.setStrokeColor(edge)
        self._band.setSecondaryStrokeColor(colour)
        self._band.setToGeometry(geometry, crs)
        self._band.show()

    def put_out(self) -> None:
        """Nothing is lit any more."""
        if self._band is not None:
            self._band.reset(QgsWkbTypes.GeometryType.PolygonGeometry)
            self._band.hide()

    def lit(self) -> QgsGeometry:
        """What is lit now, in the CRS of the canvas; empty when nothing is."""
        return self._band.asGeometry() if self._band is not None and self._band.isVisible() else QgsGeometry()

    def leave(self) -> None:
        """Take the light off the canvas."""
        if self._band is not None:
            self._canvas.scene().removeItem(self._band)
            self._band = None


def polygons_of(layer: QgsVectorLayer, detail: float) -> QgsGeometry:
    """The polygons of a layer as one geometry, as they look on the map.

    A layer of evidence has its largest polygons first, and they are taken until there are MOST_POLYGONS, their
    outlines have MOST_VERTICES, or LONGEST_MS are over: what is left out then is the smallest.

    Args:
        layer: of polygons.
        detail: units of the layer's CRS that a pixel of the map covers; finer outlines are simplified. 0: none is.
    """
    request = QgsFeatureRequest().setNoAttributes()
    if detail > 0:
        simplify = QgsSimplifyMethod()
        simplify.setMethodType(QgsSimplifyMethod.MethodType.OptimizeForRendering)
        simplify.setTolerance(detail)
        request.setSimplifyMethod(simplify)
    clock = QElapsedTimer()
    clock.start()
    found, vertices = [], 0
    for feature in layer.getFeatures(request):
        geometry = feature.geometry()
        if geometry.isEmpty():
            continue
        vertices += geometry.constGet().nCoordinates()
        if found and vertices > MOST_VERTICES:
            break
        found.append(geometry)
        if len(found) == MOST_POLYGONS or clock.elapsed() > LONGEST_MS:
            break
    return QgsGeometry.collectGeometry(found)
