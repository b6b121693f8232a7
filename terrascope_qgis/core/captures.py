"""Layers that are no file of this machine, written to a GeoTIFF the runtime can read: planned here, written in a task.

A layer of data (WCS, virtual raster, memory, PostGIS, a file in an archive) keeps its CRS, its values and, unless
another resolution is chosen, its own grid. A layer of pictures (WMS, WMTS, XYZ) has no grid of its own: it is drawn at
the resolution of the canvas, in a CRS that measures metres.
"""

from __future__ import annotations

import hashlib
import math
import re
from dataclasses import dataclass
from pathlib import Path

from qgis.core import (
    Qgis,
    QgsCoordinateReferenceSystem,
    QgsCoordinateTransformContext,
    QgsPointXY,
    QgsRaster,
    QgsRasterLayer,
    QgsRectangle,
    QgsUnitTypes,
)
from qgis.PyQt.QtCore import QCoreApplication

from ..errors import LayerError
from ..numerals import number
from ..settings import Settings
from .capture import Raster
from .elsewhere import is_sent_whole
from .extents import Area
from .figures import metres

MOST_PIXELS = 4096 * 4096
METRES_PER_DEGREE = 111_320.0
WGS84 = "EPSG:4326"
_PSEUDO_MERCATOR = ("EPSG:3857", "EPSG:900913", "EPSG:3785")
_COLOURS = {
    QgsRaster.ColorInterpretation.RedBand: "red",
    QgsRaster.ColorInterpretation.GreenBand: "green",
    QgsRaster.ColorInterpretation.BlueBand: "blue",
    QgsRaster.ColorInterpretation.AlphaBand: "alpha",
}

translate = QCoreApplication.translate


@dataclass(frozen=True)
class Plan:
    """What a layer will be written as.

    Args:
        title: the layer's name.
        provider: of the layer, as QGIS names it.
        is_picture: its values are colours that a server or a style chose.
        bounds: of the file, in `crs`.
        width: in pixels.
        height: in pixels.
        pixel_size_m: along its sides, roughly where the CRS measures degrees.
        path: named by what it holds: the same ground of the same layer at the same resolution is the same file.
        bands: names of its bands, empty where the layer has none.
        colours: of each band red, green, blue, alpha or nothing.
    """

    title: str
    provider: str
    is_picture: bool
    bounds: QgsRectangle
    crs: QgsCoordinateReferenceSystem
    width: int
    height: int
    pixel_size_m: float
    path: Path
    bands: tuple[str, ...]
    colours: tuple[str, ...]

    def size(self) -> str:
        """`10 m, 512 × 480 pixels`."""
        return translate("TerraScope", "{resolution}, {width} × {height} pixels").format(
            resolution=metres(self.pixel_size_m), width=number(self.width), height=number(self.height)
        )

    def note(self) -> str:
        """What the report says of it."""
        told = translate("TerraScope", "“{layer}” ({provider}) was captured at {size}, in {crs}.").format(
            layer=self.title, provider=self.provider, size=self.size(), crs=self.crs.authid() or self.crs.description()
        )
        if self.is_picture:
            told += " " + translate("TerraScope", "It is a picture: its colours are no reflectance.")
        return told


def is_captured(raster: Raster | None) -> bool:
    """Whether a raster has to be written to a file before it is asked about, or before it is sent."""
    if not isinstance(raster, QgsRasterLayer) or not raster.isValid():
        return False
    path = raster.source().split("|")[0]
    if raster.providerType() != "gdal" or not Path(path).is_file():
        return True
    return bool(Settings.load().remote_url) and not is_sent_whole(path)


def is_picture(layer: QgsRasterLayer) -> bool:
    """Whether a layer's values are colours drawn by a server."""
    return layer.dataProvider().dataType(1) in (Qgis.DataType.ARGB32, Qgis.DataType.ARGB32_Premultiplied)


def plan(
    layer: QgsRasterLayer,
    area: Area | None,
    pixel_size_m: float | None,
    view_pixel_m: float,
    folder: Path,
    transforms: QgsCoordinateTransformContext,
) -> Plan:
    """Decide the grid of a capture; reads nothing, so it is quick.

    Args:
        layer: for which `is_captured` holds.
        area: to be covered; None: all of the layer.
        pixel_size_m: None: the layer's own grid, or for pictures the canvas's resolution.
        view_pixel_m: resolution of the canvas.
        folder: of captures.
        transforms: of the project.

    Raises:
        LayerError: the layer has no CRS, does not reach there, or it would be too many pixels.
        AnalysisError: the area cannot be expressed in the layer's CRS.
    """
    if not layer.crs().isValid():
        raise LayerError(
            translate(
                "TerraScope", "The layer “{name}” has no coordinate reference system: set one in its properties."
            ).format(name=layer.name())
        )
    picture = is_picture(layer)
    wanted = _met(layer, area, transforms)
    crs = _metric(layer.crs(), wanted, transforms) if picture else layer.crs()
    bounds = _bounds(layer, area, wanted, crs, transforms)
    own = layer.dataProvider().xSize() > 0 and not picture
    unit_m = _unit_m(crs)
    if own and pixel_size_m is None:
        across, down = layer.rasterUnitsPerPixelX(), layer.rasterUnitsPerPixelY()
        bounds = _snapped(bounds, layer.extent(), across, down)
    else:
        across = down = (pixel_size_m or view_pixel_m) / unit_m
    width, height = (max(1, math.ceil(round(length / size, 6))) for length, size in
                     ((bounds.width(), across), (bounds.height(), down)))  # fmt: skip
    if width * height > MOST_PIXELS:
        raise LayerError(
            translate(
                "TerraScope",
                "The layer “{name}” would be captured as {width} × {height} pixels: choose a smaller extent or a "
                "coarser resolution.",
            ).format(name=layer.name(), width=number(width), height=number(height))
        )
    bounds = QgsRectangle(
        bounds.xMinimum(), bounds.yMaximum() - height * down, bounds.xMinimum() + width * across, bounds.yMaximum()
    )
    provider = layer.dataProvider()
    numbers = range(1, 5 if picture else layer.bandCount() + 1)
    return Plan(
        title=layer.name(),
        provider=layer.providerType(),
        is_picture=picture,
        bounds=bounds,
        crs=crs,
        width=width,
        height=height,
        pixel_size_m=across * unit_m,
        path=folder / _file_name(layer, bounds, crs, width, height),
        bands=() if picture else tuple(_band_name(layer.bandName(number)) for number in numbers),
        colours=() if picture else tuple(_COLOURS.get(provider.colorInterpretation(number), "") for number in numbers),
    )


def metres_per_unit(crs: QgsCoordinateReferenceSystem, latitude: float) -> float:
    """How many metres on the ground a unit of a CRS is, roughly: of degrees northwards, of Pseudo-Mercator by latitude.

    Args:
        crs: an invalid one counts in metres.
        latitude: of the place, degrees.
    """
    scale = math.cos(math.radians(latitude)) if crs.authid() in _PSEUDO_MERCATOR else 1.0
    return _unit_m(crs) * scale


def _unit_m(crs: QgsCoordinateReferenceSystem) -> float:
    if not crs.isValid():
        return 1.0
    if crs.isGeographic():
        return METRES_PER_DEGREE
    return QgsUnitTypes.fromUnitToUnitFactor(crs.mapUnits(), QgsUnitTypes.DistanceUnit.DistanceMeters)


def utm_of(place: QgsPointXY) -> QgsCoordinateReferenceSystem:
    """The UTM zone of a place (longitude, latitude), or the polar stereographic grid beyond 84° N and 80° S."""
    if place.y() >= 84:
        return QgsCoordinateReferenceSystem("EPSG:5041")
    if place.y() < -80:
        return QgsCoordinateReferenceSystem("EPSG:5042")
    zone = min(60, max(1, math.floor((place.x() + 180) / 6) + 1))
    return QgsCoordinateReferenceSystem(f"EPSG:{32600 + zone if place.y() >= 0 else 32700 + zone}")


def _metric(
    crs: QgsCoordinateReferenceSystem, bounds: QgsRectangle, transforms: QgsCoordinateTransformContext
) -> QgsCoordinateReferenceSystem:
    """The CRS itself where it measures true metres, else the UTM zone of the middle of the bounds."""
    if not crs.isGeographic() and crs.authid() not in _PSEUDO_MERCATOR:
        return crs
    middle = QgsRectangle(bounds.center(), bounds.center())
    middle.grow(bounds.width() / 1000)  # a point has no bounds to be transformed
    degrees = Area.of_rectangle(middle, crs).in_crs(QgsCoordinateReferenceSystem(WGS84), transforms)
    return utm_of(degrees.bounds.center())


def _met(layer: QgsRasterLayer, area: Area | None, transforms: QgsCoordinateTransformContext) -> QgsRectangle:
    """What an area covers of a layer, in the layer's CRS."""
    if area is None:
        return layer.extent()
    met = area.in_crs(layer.crs(), transforms).bounds.intersect(layer.extent())
    if met.isEmpty():
        raise LayerError(
            translate("TerraScope", "The layer “{name}” does not reach the extent: choose another one.").format(
                name=layer.name()
            )
        )
    return met


def _bounds(
    layer: QgsRasterLayer,
    area: Area | None,
    wanted: QgsRectangle,
    crs: QgsCoordinateReferenceSystem,
    transforms: QgsCoordinateTransformContext,
) -> QgsRectangle:
    """What is wanted of a layer, in another CRS; of an area that the layer holds whole no more than the area."""
    if area is not None and layer.extent().contains(area.in_crs(layer.crs(), transforms).bounds):
        return area.in_crs(crs, transforms).bounds
    return Area.of_rectangle(wanted, layer.crs()).in_crs(crs, transforms).bounds


def _snapped(bounds: QgsRectangle, whole: QgsRectangle, across: float, down: float) -> QgsRectangle:
    """Grown to whole pixels of a grid, within it."""
    left = math.floor(round((bounds.xMinimum() - whole.xMinimum()) / across, 6))
    right = math.ceil(round((bounds.xMaximum() - whole.xMinimum()) / across, 6))
    top = math.floor(round((whole.yMaximum() - bounds.yMaximum()) / down, 6))
    bottom = math.ceil(round((whole.yMaximum() - bounds.yMinimum()) / down, 6))
    return QgsRectangle(
        whole.xMinimum() + left * across,
        whole.yMaximum() - bottom * down,
        whole.xMinimum() + right * across,
        whole.yMaximum() - top * down,
    )


def _file_name(
    layer: QgsRasterLayer, bounds: QgsRectangle, crs: QgsCoordinateReferenceSystem, width: int, height: int
) -> str:
    """The layer's name, by which sensors are recognised, and a digest of what is in the file."""
    changed = layer.dataProvider().dataTimestamp().toString("yyyyMMddHHmmsszzz")
    parts = (layer.providerType(), layer.source(), changed, bounds.toString(9), crs.toWkt(), str(width), str(height))
    slug = re.sub(r"[^A-Za-z0-9_-]+", "_", layer.name()).strip("_")[:60] or "layer"
    return f"{slug}_{hashlib.sha256('|'.join(parts).encode()).hexdigest()[:12]}.tif"


def _band_name(name: str) -> str:
    """QGIS's `Band 1: B02` is the band's own name after its number."""
    return re.sub(r"^Band 0*\d+(: )?", "", name)
