"""Opens a raster, a virtual raster or a folder of bands: one grid, known bands, known units, and where it is valid."""

from __future__ import annotations

import os
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import partial
from typing import Literal

import numpy as np
import pyproj
import rasterio
import rasterio.features
import shapely
from pyproj.exceptions import CRSError, ProjError
from rasterio.io import DatasetReader
from rasterio.windows import Window
from shapely.errors import ShapelyError

from ..errors import SceneError
from ..room import free_bytes
from .bands import PRESETS, find_bands, find_sar_bands, with_level
from .dates import find_date
from .detail import LARGE_PX, MOST_PX, Bands, Detail, look_over, most_at_once
from .files import Source, changed, existing, sha256, state_of
from .folders import Stack
from .grid import Grid
from .opening import opened
from .reading import find_valid, read_numbers, sample
from .values import Scaling, display, display_sar, display_top, find_backscatter, find_scaling

Stretch = Literal["auto", "percentiles"]
MIN_SIDE_PX = 16
MAX_PIXELS = 64_000_000
BYTES_A_PIXEL = 240
"""that an answer takes at most (measured), beside the bands as numbers of the file and as float32"""
_MOST_HINTS = 50_000  # letters that patterns are looked for in, again and again


class NoOverlapError(SceneError):
    """The chosen area lies beside the raster."""


class TooLargeError(SceneError):
    """There are more pixels than are held in memory."""


@dataclass(frozen=True)
class Scene:
    """A raster as the model and the measures see it.

    Attributes:
        path: absolute path of the file or folder.
        sha256: of the whole file, or of the list of files as `files.sha256` makes it.
        grid: of the part that was read.
        bands: float32 (C, H, W); reflectance (0 to 1, at most 2) when `reflectance`, else brightness 0 to 1;
            0 where not valid. Of a radar image brightness is decibels: 0 to 1 is `values.DB_RANGE`.
        roles: of the bands, in the order red, green, blue, nir, swir1, swir2 (the last three where present), or vv,
            vh, hh, hv (where present).
        reflectance: see `bands`.
        valid: bool (H, W), not nodata and inside the extent and polygon.
        rgb: uint8 (H, W, 3) display picture, 0 where not valid.
        stretch: one sentence that says how `rgb` was made.
        sensor: best name for the instrument and its processing level, "" when unknown.
        band_index: role to 1-based band of the file; of a folder, in the order of its bands.
        warnings: one sentence each.
        date: day of acquisition, None when nothing tells it.
        detail: the scene's own pixels, where everything above is an overview of it; None where it is all in memory.
    """

    path: str
    sha256: str
    grid: Grid
    bands: np.ndarray
    roles: tuple[str, ...]
    reflectance: bool
    valid: np.ndarray
    rgb: np.ndarray
    stretch: str
    sensor: str
    band_index: dict[str, int]
    warnings: tuple[str, ...]
    date: date | None = None
    detail: Detail | None = None


def open_scene(
    path: str | os.PathLike[str],
    *,
    extent: Sequence[float] | None = None,
    extent_crs: str | None = None,
    polygon_wkt: str | None = None,
    bands: dict[str, int] | None = None,
    sensor: str | None = None,
    sar: bool = False,
    stretch: Stretch = "auto",
    ellipsoid: str | None = None,
    look: Callable[[float], None] | None = None,
) -> Scene:
    """Read a raster, or the part of it that is asked for.

    Args:
        path: a local file in one of the formats of `files.DRIVERS`, a VRT of such files beside it, or a folder of
            one-band files as `folders` knows them.
        extent: xmin, ymin, xmax, ymax; pixels whose centre lies inside are read.
        extent_crs: authority code or WKT of `extent` and `polygon_wkt`; None is the raster's own CRS.
        polygon_wkt: polygon or multipolygon; pixels whose centre lies outside are not valid.
        bands: role to 1-based band, when the user knows better.
        sensor: one of `bands.PRESETS`, when the user knows better; names and metadata are then not asked.
        sar: read it as a radar image.
        stretch: percentiles: relative brightness within each band, whatever the numbers mean; not for radar.
        ellipsoid: to measure on, for `Grid`; None is the one of the raster's CRS.
        look: told the share of a large raster that is read, may raise to stop; one of more than `detail.LARGE_PX`
            pixels is then read as an overview. None: all its pixels are read.

    Raises:
        SceneError: with one sentence, for everything that makes the raster or the area unusable.
    """
    if sensor is not None and sensor not in PRESETS:
        raise SceneError(f"'{sensor}' is not a sensor that is known: use {', '.join(PRESETS)}.")
    file = existing(path)
    try:
        with opened(file, sar) as source:
            before = state_of(source.files)
            scene = _read(source, extent, extent_crs, polygon_wkt, bands, sensor, sar, stretch, ellipsoid, look)
            if state_of(source.files) != before:
                raise changed(file)
            return scene
    except MemoryError as error:
        raise SceneError("The raster does not fit into memory: restrict the extent.") from error


def read_grid(path: str | os.PathLike[str], sar: bool) -> Grid:
    """The grid of a whole raster; nothing else of it is read.

    Args:
        path: as for `open_scene`.
        sar: it is a radar image.

    Raises:
        SceneError: it cannot be opened, or does not say where it lies.
    """
    with opened(existing(path), sar) as source:
        return _grid(source.reader, None)


def _read(
    origin: Source,
    extent: Sequence[float] | None,
    extent_crs: str | None,
    polygon_wkt: str | None,
    mapping: dict[str, int] | None,
    preset: str | None,
    sar: bool,
    stretch: Stretch,
    ellipsoid: str | None,
    look: Callable[[float], None] | None,
) -> Scene:
    source = origin.reader
    whole = _grid(source, ellipsoid)
    _check_types(source)
    hints = PRESETS[preset] if preset else _hints(origin)
    if sar:
        found = find_sar_bands(source.count, source.descriptions, origin.path.stem, hints, mapping)
    else:
        found = find_bands(
            source.count,
            source.dtypes[0],
            source.descriptions,
            [colour.name for colour in source.colorinterp],
            hints,
            lambda indexes: sample(source, indexes),
            mapping,
        )
    indexes = list(found.index.values())
    polygon = _polygon(polygon_wkt, extent_crs, whole) if polygon_wkt else None
    box = _box(extent, extent_crs, whole) if extent is not None else None
    grid, column, row = _crop(whole, box, polygon, MAX_PIXELS if look is None else MOST_PX)
    large = look is not None and grid.width * grid.height > LARGE_PX
    _check_memory(source, indexes, most_at_once(grid) if large else grid.width * grid.height)
    if sar:
        scaling = find_backscatter(sample(source, indexes), hints)
    else:
        scales = np.array([source.scales[i - 1] for i in indexes], float)
        offsets = np.array([source.offsets[i - 1] for i in indexes], float)
        scaling = find_scaling(
            sample(source, indexes),
            max((source.dtypes[i - 1] for i in indexes), key=lambda name: np.dtype(name).itemsize),
            found.sensor,
            hints,
            np.ones_like(scales) if preset else scales,
            np.zeros_like(offsets) if preset else offsets,
            origin.product.how if origin.product else "the raster's own scale and offset",
            relative=stretch == "percentiles",
        )
    detail = None
    if large:
        inside = polygon and (lambda part: _inside(polygon, part))
        detail, values, valid = look_over(origin, sar, grid, Bands(indexes, scaling, column, row), inside, look)
        grid = detail.overview
        if not valid.any():
            raise SceneError("There are hardly any data in the chosen area: choose another extent.")
    else:
        values, valid = _all_values(source, Bands(indexes, scaling, column, row), grid, polygon)
    if sar:
        show = partial(display_sar, roles=tuple(found.index), how=scaling.how)
    else:
        show = partial(_display, scaling=scaling, top=display_top(values[:3], valid, scaling))
    rgb, shown = show(values, valid=valid)
    if detail is not None:
        detail = replace(detail, show=lambda part, inside: show(part, valid=inside)[0])
    return Scene(
        path=str(origin.path),
        sha256=sha256(origin.files),
        grid=grid,
        bands=values,
        roles=tuple(found.index),
        reflectance=not sar and scaling.reflectance,
        valid=valid,
        rgb=rgb,
        stretch=shown,
        sensor=with_level(found.sensor, hints),
        band_index=dict(found.index),
        warnings=(*found.warnings, *scaling.warnings),
        date=_date(origin),
        detail=detail,
    )


def _display(values: np.ndarray, valid: np.ndarray, scaling: Scaling, top: float) -> tuple[np.ndarray, str]:
    return display(values[:3], valid, scaling, top)


def _all_values(
    source: DatasetReader | Stack, bands: Bands, grid: Grid, polygon: shapely.Geometry | None
) -> tuple[np.ndarray, np.ndarray]:
    """Values, float32 (C, H, W), and where they are valid."""
    window = Window(bands.column, bands.row, grid.width, grid.height)
    numbers = read_numbers(source, bands.indexes, window)
    valid = find_valid(source, bands.indexes, numbers, window)
    if not valid.any():
        raise SceneError("There are no data in the chosen area, only nodata: choose another extent.")
    if polygon is not None:
        valid &= _inside(polygon, grid)
        if not valid.any():
            raise SceneError("The polygon holds no pixel with data: choose another one.")
    if valid.all():
        return bands.scaling.apply(numbers), valid
    numbers[:, ~valid] = 0
    values = bands.scaling.apply(numbers)
    values *= valid
    return values, valid


def _hints(opened: Source) -> str:
    """Names and tags that may tell the sensor, its level and the meaning of its numbers."""
    texts = [text or "" for text in opened.reader.descriptions]
    product = opened.product.hints if opened.product else ""
    names = dict.fromkeys((opened.path.name, *(file.name for file in opened.files)))
    return " ".join([product, *names, *texts, *_tag_texts(opened.reader)])[:_MOST_HINTS]


def _date(opened: Source) -> date | None:
    tags = opened.reader.tags() | (opened.product.tags if opened.product else {})
    names = [opened.path.name, *(file.name for file in opened.files)]
    return find_date(names, tags)


def inside_polygon(wkt: str, extent_crs: str | None, grid: Grid) -> np.ndarray:
    """Bool (H, W): pixels of a grid whose centre lies in a polygon.

    Raises:
        SceneError: it is no polygon, or cannot be expressed in the CRS of the grid.
    """
    return _inside(_polygon(wkt, extent_crs, grid), grid)


def _inside(polygon: shapely.Geometry, grid: Grid) -> np.ndarray:
    return rasterio.features.geometry_mask([polygon], (grid.height, grid.width), grid.transform, invert=True)


def _tag_texts(source: DatasetReader | Stack) -> list[str]:
    return [f"{name}={value}"[:200] for name, value in source.tags().items()]


def _check_types(source: DatasetReader | Stack) -> None:
    for name in source.dtypes:
        if name.startswith("complex"):
            raise SceneError("The raster holds complex numbers, as raw radar does: give a raster of measured values.")


def _check_memory(source: DatasetReader | Stack, indexes: Sequence[int], pixels: int) -> None:
    """Refuse before memory is taken what would not find it, of so many pixels that are read at once."""
    numbers = len(indexes) * max(np.dtype(source.dtypes[index - 1]).itemsize for index in indexes)
    needed, free = pixels * (numbers + 4 * len(indexes) + BYTES_A_PIXEL), free_bytes()
    if needed > free:
        raise TooLargeError(
            f"Reading this area takes about {needed / 1e9:.1f} GB of memory, and {free / 1e9:.1f} GB are free: "
            "restrict the extent, or close other programs."
        )


def _grid(source: DatasetReader | Stack, ellipsoid: str | None) -> Grid:
    if source.crs is None:
        raise SceneError("The raster has no coordinate system (CRS): assign one in QGIS or with gdal_edit.")
    transform = source.transform
    if transform.is_identity:
        hint = "it has only ground control points: warp it" if source.gcps[0] else "georeference it"
        raise SceneError(f"The raster does not say where it lies (no geotransform): {hint} first.")
    if transform.b or transform.d:
        raise SceneError(
            "The raster is rotated or sheared against its CRS: warp it to a north-up grid (gdalwarp) first."
        )
    if not (transform.a > 0 and transform.e < 0 and np.isfinite(tuple(transform)).all()):
        raise SceneError(
            "The raster's rows do not run from north to south: warp it to a north-up grid (gdalwarp) first."
        )
    try:
        crs = pyproj.CRS.from_user_input(source.crs.to_wkt())
    except CRSError as error:
        raise SceneError("The raster's coordinate system is not understood: assign it again in QGIS.") from error
    grid = Grid(crs, transform, source.width, source.height, ellipsoid)
    if grid.width < MIN_SIDE_PX or grid.height < MIN_SIDE_PX:
        raise SceneError(
            f"The raster has {grid.width} x {grid.height} pixels and at least {MIN_SIDE_PX} a side are needed: "
            "choose a larger one."
        )
    _ = grid.geod  # refuses what has no ellipsoid before anything is read
    return grid


def _transformers(extent_crs: str | None, grid: Grid) -> tuple[pyproj.Transformer, pyproj.Transformer] | None:
    """From the CRS of the extent to that of the grid, and back; None when they are the same."""
    if extent_crs is None:
        return None
    try:
        crs = pyproj.CRS.from_user_input(extent_crs)
        if crs.equals(grid.crs, ignore_axis_order=True):
            return None
        there = pyproj.Transformer.from_crs(crs, grid.crs, always_xy=True)
        return there, pyproj.Transformer.from_crs(grid.crs, crs, always_xy=True)
    except (CRSError, ProjError) as error:
        raise SceneError(
            f"The coordinate system '{extent_crs[:60]}' of the extent is not understood: give its EPSG code."
        ) from error


def _box(extent: Sequence[float], extent_crs: str | None, grid: Grid) -> shapely.Geometry:
    """The extent as its bounding box in the CRS of the grid."""
    values = np.asarray(extent, float)
    if values.shape != (4,) or not np.isfinite(values).all() or not (values[:2] < values[2:]).all():
        raise SceneError(
            "The extent is not four numbers xmin, ymin, xmax, ymax with minimum below maximum: correct it."
        )
    box = shapely.box(*values)
    transformers = _transformers(extent_crs, grid)
    if transformers is not None:
        there, back = transformers
        bounds = _near_grid(box, back, grid).bounds
        try:
            values = np.asarray(there.transform_bounds(*bounds, densify_pts=21, errcheck=True))
        except ProjError as error:
            raise SceneError(
                "The extent cannot be expressed in the raster's coordinate system: draw it near the raster."
            ) from error
        if values[0] > values[2] and grid.crs.is_geographic:
            values[2] += _turn(grid)  # it crosses the antimeridian
        box = shapely.box(*values)
    return _nearest_turn(box, grid)


def _polygon(wkt: str, extent_crs: str | None, grid: Grid) -> shapely.Geometry:
    try:
        polygon = shapely.from_wkt(wkt)
    except ShapelyError as error:
        raise SceneError("The polygon is not valid WKT: draw it anew.") from error
    if polygon is None or polygon.geom_type not in ("Polygon", "MultiPolygon") or polygon.is_empty:
        raise SceneError("The area to restrict to is not a polygon: draw a polygon.")
    if not polygon.is_valid:
        raise SceneError("The polygon crosses itself: draw it anew.")
    polygon = shapely.force_2d(polygon)
    transformers = _transformers(extent_crs, grid)
    if transformers is not None:
        there, back = transformers
        near = _near_grid(polygon, back, grid)
        xmin, ymin, xmax, ymax = near.bounds
        dense = shapely.segmentize(near, max(xmax - xmin, ymax - ymin) / 64)
        polygon = shapely.transform(dense, lambda x, y: there.transform(x, y), interleaved=False)
        if not np.isfinite(shapely.get_coordinates(polygon)).all():
            raise SceneError(
                "The polygon cannot be expressed in the raster's coordinate system: draw it near the raster."
            )
        polygon = shapely.make_valid(polygon)
    return _nearest_turn(polygon, grid)


def _near_grid(area: shapely.Geometry, back: pyproj.Transformer, grid: Grid) -> shapely.Geometry:
    """The part of an area around the raster: a view of the whole world has no place in a UTM zone."""
    try:
        xmin, ymin, xmax, ymax = back.transform_bounds(*grid.bounds, densify_pts=21, errcheck=True)
    except ProjError:
        return area
    if xmin > xmax:  # the raster crosses the antimeridian
        return area
    around = shapely.box(xmin, ymin, xmax, ymax).buffer(0.05 * max(xmax - xmin, ymax - ymin), join_style="mitre")
    part = area.intersection(around)
    return part if part.area > 0 else area


def _turn(grid: Grid) -> float:
    """One turn around the Earth in the angular unit of a geographic CRS."""
    return float(2 * np.pi / grid.crs.axis_info[0].unit_conversion_factor)


def _nearest_turn(area: shapely.Geometry, grid: Grid) -> shapely.Geometry:
    """Longitudes 190 and -170 are one place: move the area to where the raster counts."""
    if not grid.crs.is_geographic:
        return area
    turn = _turn(grid)
    moved = [shapely.transform(area, lambda xy, k=k: xy + [k * turn, 0]) for k in (0, 1, -1)]
    box = shapely.box(*grid.bounds)
    return max(moved, key=lambda candidate: candidate.intersection(box).area)


def _crop(
    grid: Grid, box: shapely.Geometry | None, polygon: shapely.Geometry | None, most_px: int
) -> tuple[Grid, int, int]:
    """The part of the grid whose pixel centres lie in both areas' bounds, and its first column and row."""
    c0, r0, c1, r1 = 0, 0, grid.width, grid.height
    for area in (box, polygon):
        if area is None:
            continue
        xmin, ymin, xmax, ymax = area.bounds
        t = grid.transform
        # A hair of slack, so that an extent equal to pixel edges up to rounding takes exactly those pixels.
        left, right = (xmin - t.c) / t.a, (xmax - t.c) / t.a
        top, bottom = (ymax - t.f) / t.e, (ymin - t.f) / t.e
        c0, c1 = max(c0, _index(left)), min(c1, _index(right))
        r0, r1 = max(r0, _index(top)), min(r1, _index(bottom))
    width, height = c1 - c0, r1 - r0
    if width <= 0 or height <= 0:
        raise NoOverlapError("The chosen area and the raster do not overlap: check the extent and its CRS.")
    if width < MIN_SIDE_PX or height < MIN_SIDE_PX:
        raise SceneError(
            f"The chosen area covers only {width} x {height} pixels and at least {MIN_SIDE_PX} a side are needed: "
            "choose a larger extent."
        )
    if width * height > most_px:
        raise TooLargeError(
            f"The chosen area has {width * height / 1e6:.0f} million pixels and at most {most_px / 1e6:.0f} million "
            "can be read at once: restrict the extent."
        )
    return grid.crop(c0, r0, width, height), c0, r0


def _index(position: float) -> int:
    """First pixel whose centre lies at or after a position (in pixels from the outer edge)."""
    return int(np.clip(np.ceil(position - 0.5 - 1e-6), -1, 2**31))
