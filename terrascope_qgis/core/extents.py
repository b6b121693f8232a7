"""Which ground a question is about: a rectangle or polygons on the map, and how many hectares of a scene that is."""

from __future__ import annotations

from dataclasses import dataclass

from qgis.core import (
    QgsCoordinateReferenceSystem,
    QgsCoordinateTransform,
    QgsCoordinateTransformContext,
    QgsCsException,
    QgsGeometry,
    QgsMapLayer,
    QgsRasterLayer,
    QgsRectangle,
    QgsVectorLayer,
    QgsWkbTypes,
)
from qgis.PyQt.QtCore import QCoreApplication

from ..compat import HECTARES
from ..errors import AnalysisError
from .report import area_meter

POLYGON = QgsWkbTypes.GeometryType.PolygonGeometry
MOST_FEATURES = 2000  # of a selection; uniting more would stall the window

translate = QCoreApplication.translate


@dataclass(frozen=True)
class Area:
    """A piece of ground.

    Args:
        geometry: polygon or multipolygon.
        crs: of the geometry; an invalid one stands for the scene's.
        is_rectangle: along the axes of its CRS: what lies in its bounds is meant, in whatever CRS the scene has.
    """

    geometry: QgsGeometry
    crs: QgsCoordinateReferenceSystem
    is_rectangle: bool = False

    @classmethod
    def of_rectangle(cls, rectangle: QgsRectangle, crs: QgsCoordinateReferenceSystem) -> Area:
        """The ground within a rectangle."""
        return cls(QgsGeometry.fromRect(rectangle), crs, is_rectangle=True)

    @property
    def bounds(self) -> QgsRectangle:
        """In its CRS."""
        return self.geometry.boundingBox()

    def in_crs(self, crs: QgsCoordinateReferenceSystem, transforms: QgsCoordinateTransformContext) -> Area:
        """The same ground in another CRS; of a rectangle its bounds there.

        Raises:
            AnalysisError: it cannot be expressed there.
        """
        if not self.crs.isValid() or not crs.isValid() or self.crs == crs:
            return Area(self.geometry, crs, self.is_rectangle)
        there = QgsCoordinateTransform(self.crs, crs, transforms)
        try:
            if self.is_rectangle:
                return Area.of_rectangle(there.transformBoundingBox(self.bounds), crs)
            geometry = QgsGeometry(self.geometry)
            geometry.transform(there)
        except QgsCsException as failure:
            raise AnalysisError(
                translate("TerraScope", "The extent lies where {crs} does not reach: choose another one.").format(
                    crs=crs.authid() or crs.description()
                )
            ) from failure
        return Area(geometry, crs)


def selected_in(layer: QgsMapLayer | None) -> Area | None:
    """The selected polygons of a layer, united; None when it is no polygon layer or none is selected.

    Raises:
        AnalysisError: too many are selected.
    """
    if not isinstance(layer, QgsVectorLayer) or layer.geometryType() != POLYGON or not layer.selectedFeatureCount():
        return None
    if layer.selectedFeatureCount() > MOST_FEATURES:
        raise AnalysisError(
            translate("TerraScope", "{count} polygons are selected: select up to {most}.").format(
                count=layer.selectedFeatureCount(), most=MOST_FEATURES
            )
        )
    parts = [feature.geometry() for feature in layer.selectedFeatures() if feature.hasGeometry()]
    united = QgsGeometry.unaryUnion([part if part.isGeosValid() else part.makeValid() for part in parts])
    united.convertGeometryCollectionToSubclass(POLYGON)  # where something was mended, lines may be left
    return None if united.isEmpty() else Area(united, layer.crs())


def asked_of(area: Area | None, scene: QgsRasterLayer | None, transforms: QgsCoordinateTransformContext) -> Area | None:
    """The part of a scene that an area covers, in the scene's CRS.

    Args:
        area: None: all of the scene.
        scene: None: it is not known how far it reaches, and all of the area is meant.
        transforms: of the project.

    Returns:
        None when the two do not meet, or neither is known.

    Raises:
        AnalysisError: the area cannot be expressed in the scene's CRS.
    """
    if scene is None:
        return area
    whole = Area.of_rectangle(scene.extent(), scene.crs())
    if area is None:
        return whole
    there = area.in_crs(scene.crs(), transforms)
    if there.is_rectangle:
        met = there.bounds.intersect(whole.bounds)
        return None if met.isEmpty() else Area.of_rectangle(met, scene.crs())
    met = there.geometry.intersection(whole.geometry)
    return None if met.isEmpty() else Area(met, scene.crs())


def area_ha(area: Area, transforms: QgsCoordinateTransformContext, ellipsoid: str | None = None) -> float:
    """Hectares on an ellipsoid; None: that of the area's CRS.

    Raises:
        TerraScopeError: QGIS cannot measure in its CRS.
    """
    meter = area_meter(area.crs, transforms, ellipsoid)
    return meter.convertAreaMeasurement(meter.measureArea(area.geometry), HECTARES)
