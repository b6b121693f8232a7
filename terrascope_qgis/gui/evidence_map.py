"""Brings the links of the conversation and the map together: pointing lights a mask, clicking goes there."""

from __future__ import annotations

from collections.abc import Mapping

from qgis.core import QgsCoordinateReferenceSystem, QgsGeometry, QgsProject, QgsRectangle, QgsVectorLayer
from qgis.gui import QgsMapCanvas
from qgis.PyQt.QtCore import QObject

from ..core.report import open_layer
from .evidence_links import EvidenceLinks
from .map_view import MapView
from .mask_light import MaskLight, polygons_of
from .run import Run


class EvidenceMap(QObject):
    """Shows masks on the canvas.

    Args:
        links: of the conversation.
        runs: what is told there, by the number of the run.
        view: the canvas as the dock uses it.
        canvas: QGIS's main canvas.
    """

    def __init__(self, links: EvidenceLinks, runs: Mapping[int, Run], view: MapView, canvas: QgsMapCanvas) -> None:
        super().__init__(links)
        self._runs = runs
        self._view = view
        self._canvas = canvas
        self.light = MaskLight(canvas)
        links.clicked.connect(self._go)
        links.entered.connect(self._light)
        links.left.connect(self.light.put_out)

    def leave(self) -> None:
        """Take everything off the canvas."""
        self.light.leave()

    def _go(self, number: int, index: int) -> None:
        """Go to a mask and let it flash."""
        run = self._runs.get(number)
        step = run.steps.get(index) if run is not None else None
        if step is None or step.bounds is None:
            return
        bounds, crs = QgsRectangle(*step.bounds), QgsCoordinateReferenceSystem(run.crs)
        self._view.look_at(bounds, crs)
        layer = QgsProject.instance().mapLayer(run.layer_ids.get(index, ""))
        if layer is not None:
            self._view.flash_layer(layer, run.colour(index))
        else:
            self._view.flash_bounds(bounds, crs, run.colour(index))

    def _light(self, number: int, index: int) -> None:
        """Light the polygons of a mask; its bounds while they are not there yet."""
        run = self._runs.get(number)
        step = run.steps.get(index) if run is not None else None
        if step is None or step.bounds is None:
            return
        layer = self._layer(run, index)
        if layer is not None and layer.isValid():
            self.light.light(polygons_of(layer, self._pixel_of(layer)), layer.crs(), run.colour(index))
        else:
            bounds = QgsGeometry.fromRect(QgsRectangle(*step.bounds))
            self.light.light(bounds, QgsCoordinateReferenceSystem(run.crs), run.colour(index))

    def _layer(self, run: Run, index: int) -> QgsVectorLayer | None:
        """The mask's layer: the project's, else the GeoPackage's; None while the answer comes."""
        layer = QgsProject.instance().mapLayer(run.layer_ids.get(index, ""))
        if layer is None and run.geopackage is not None and run.geopackage.is_file():
            layer = open_layer(run.geopackage, run.steps[index].layer)
        return layer

    def _pixel_of(self, layer: QgsVectorLayer) -> float:
        """How much of a layer's CRS a pixel of the map covers."""
        settings = self._canvas.mapSettings()
        if settings.destinationCrs() == layer.crs():
            return settings.mapUnitsPerPixel()
        seen = settings.mapToLayerCoordinates(layer, settings.visibleExtent())
        return seen.width() / max(settings.outputSize().width(), 1)
