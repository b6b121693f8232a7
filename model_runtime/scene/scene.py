"""Opens a raster, a virtual raster or a folder of bands: one grid, known bands, known units, and where it is valid."""

from __future__ import annotations

import logging
import os
import warnings
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Literal

import numpy as np
import pyproj
import rasterio
import rasterio.features
import shapely
from pyproj.exceptions import CRSError, ProjError
from rasterio.enums import MaskFlags
from rasterio.errors import NotGeoreferencedWarning, RasterioError
from rasterio.io import DatasetReader
from rasterio.windows import Window
from scipy import ndimage
from shapely.errors import ShapelyError

from ..errors import SceneError
from .bands import PRESETS, find_bands, find_sar_bands, with_level
from .dates import find_date
from .files import Source, existing, open_raster, sha256
from .folders import Stack, open_folder
from .grid import Grid
from .values import display, display_sar, find_backscatter, find_scaling
from .virtual import open_virtual

Stretch = Literal["auto", "percentiles"]
MIN_SIDE_PX = 16
MAX_PIXELS = 64_000_000
_SAMPLE_PX = 512
_THIN_WHOLE_PX = 16_000_000
log = logging.getLogger(__name__)


class NoOverlapError(SceneError):
    """The chosen area lies beside the raster."""


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

    Raises:
        SceneError: with one sentence, for everything that makes the raster or the area unusable.
    """
    if sensor is not None and sensor not in PRESETS:
        raise SceneError(f"'{sensor}' is not a sensor that is known: use {', '.join(PRESETS)}.")
    file = existing(path)
    try:
        with rasterio.Env(GDAL_PAM_ENABLED="YES"), warnings.catch_warnings():
            warnings.simplefilter("ignore", NotGeoreferencedWarning)
            with _opened(file, sar) as source:
                return _read(source, extent, extent_crs, polygon_wkt, bands, sensor, sar, stretch, ellipsoid)
    except MemoryError as error:
        raise SceneError("The raster does not fit into memory: restrict the extent.") from error


@contextmanager
def _opened(file: Path, sar: bool) -> Iterator[Source]:
    if file.is_dir():
        with open_folder(file, sar=sar) as source:
            yield source
    elif file.suffix.lower() == ".vrt":
        with open_virtual(file) as source:
            yield source
    else:
        with open_raster(file) as reader:
            yield Source(reader, file, (file,))


def _read(
    opened: Source,
    extent: Sequence[float] | None,
    extent_crs: str | None,
    polygon_wkt: str | None,
    mapping: dict[str, int] | None,
    preset: str | None,
    sar: bool,
    stretch: Stretch,
    ellipsoid: str | None,
) -> Scene:
    source = opened.reader
    whole = _grid(source, ellipsoid)
    _check_types(source)
    hints = PRESETS[preset] if preset else _hints(opened)
    if sar:
        found = find_sar_bands(source.count, source.descriptions, opened.path.stem, hints, mapping)
    else:
        found = find_bands(
            source.count,
            source.dtypes[0],
            source.descriptions,
            [colour.name for colour in source.colorinterp],
            hints,
            lambda indexes: _sample(source, indexes),
            mapping,
        )
    indexes = list(found.index.values())
    polygon = _polygon(polygon_wkt, extent_crs, whole) if polygon_wkt else None
    grid, column, row = _crop(whole, _box(extent, extent_crs, whole) if extent is not None else None, polygon)
    if sar:
        scaling = find_backscatter(_sample(source, indexes), hints)
    else:
        scales = np.array([source.scales[i - 1] for i in indexes], float)
        offsets = np.array([source.offsets[i - 1] for i in indexes], float)
        scaling = find_scaling(
            _sample(source, indexes),
            max((source.dtypes[i - 1] for i in indexes), key=lambda name: np.dtype(name).itemsize),
            found.sensor,
            hints,
            np.ones_like(scales) if preset else scales,
            np.zeros_like(offsets) if preset else offsets,
            opened.product.how if opened.product else "the raster's own scale and offset",
            relative=stretch == "percentiles",
        )
    window = Window(column, row, grid.width, grid.height)
    numbers = _numbers(source, indexes, window)
    valid = _valid(source, indexes, numbers, window)
    if not valid.any():
        raise SceneError("There are no data in the chosen area, only nodata: choose another extent.")
    if polygon is not None:
        valid &= _inside(polygon, grid)
        if not valid.any():
            raise SceneError("The polygon holds no pixel with data: choose another one.")
    numbers[:, ~valid] = 0
    values = scaling.apply(numbers)
    values *= valid
    if sar:
        rgb, shown = display_sar(values, tuple(found.index), valid, scaling.how)
    else:
        rgb, shown = display(values[:3], valid, scaling)
    return Scene(
        path=str(opened.path),
        sha256=sha256(opened.files),
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
        date=_date(opened),
    )


def _hints(opened: Source) -> str:
    """Names and tags that may tell the sensor, its level and the meaning of its numbers."""
    texts = [text or "" for text in opened.reader.descriptions]
    product = opened.product.hints if opened.product else ""
    names = dict.fromkeys((opened.path.name, *(file.name for file in opened.files)))
    return " ".join([product, *names, *texts, *_tag_texts(opened.reader)])


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


def _crop(grid: Grid, box: shapely.Geometry | None, polygon: shapely.Geometry | None) -> tuple[Grid, int, int]:
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
    if width * height > MAX_PIXELS:
        raise SceneError(
            f"The chosen area has {width * height / 1e6:.0f} million pixels and at most {MAX_PIXELS / 1e6:.0f} million "
            "can be read at once: restrict the extent."
        )
    return grid.crop(c0, r0, width, height), c0, r0


def _index(position: float) -> int:
    """First pixel whose centre lies at or after a position (in pixels from the outer edge)."""
    return int(np.clip(np.ceil(position - 0.5 - 1e-6), -1, 2**31))


def _sample(source: DatasetReader | Stack, indexes: Sequence[int]) -> np.ndarray:
    """Numbers of the whole raster, thinned: float (n, pixels), NaN where there are no data."""
    width, height = source.width, source.height
    if width * height <= _THIN_WHOLE_PX or source.overviews(indexes[0]):
        step = max(1.0, max(width, height) / _SAMPLE_PX)
        windows = [Window(0, 0, width, height)]
        shape = (len(indexes), max(1, int(height / step)), max(1, int(width / step)))
    else:
        # Thinning a large raster without overviews would read all of it: patches from all over tell enough.
        side = _SAMPLE_PX // 4
        corners = [((width - side) * i // 4, (height - side) * j // 4) for i in range(5) for j in range(5)]
        windows = [Window(max(0, column), max(0, row), min(side, width), min(side, height)) for column, row in corners]
        shape = None
    parts = []
    for window in windows:
        numbers = _numbers(source, indexes, window, shape)
        valid = _valid(source, indexes, numbers, window)
        parts.append(np.where(valid, numbers, np.nan).reshape(len(indexes), -1))
    return np.concatenate(parts, axis=1)


def _numbers(
    source: DatasetReader | Stack, indexes: Sequence[int], window: Window, shape: tuple[int, int, int] | None = None
) -> np.ndarray:
    try:
        if len({source.dtypes[index - 1] for index in indexes}) > 1:  # a VRT may mix number types
            return np.concatenate(
                [source.read([i], window=window, out_shape=shape and (1, *shape[1:])) for i in indexes]
            )
        return source.read(list(indexes), window=window, out_shape=shape)
    except RasterioError as error:
        log.debug("cannot read %s: %s", source.name, error)
        raise SceneError(f"'{Path(source.name).name}' is damaged or cut short: copy or download it again.") from error


def _valid(source: DatasetReader | Stack, indexes: Sequence[int], numbers: np.ndarray, window: Window) -> np.ndarray:
    """Where the bands hold data: nodata value, mask or alpha band, NaN, and undeclared black borders."""
    valid = np.ones(numbers.shape[1:], bool)
    declared = False
    zero_nodata = []
    for band, index in zip(numbers, indexes, strict=True):
        if np.issubdtype(band.dtype, np.floating):
            valid &= np.isfinite(band)
        flags = source.mask_flag_enums[index - 1]
        nodata = source.nodatavals[index - 1]
        if MaskFlags.all_valid in flags:
            continue
        declared = True
        if nodata is not None and MaskFlags.nodata in flags:
            if nodata == 0:
                zero_nodata.append(band == 0)
            elif not np.isnan(nodata):
                valid &= band != nodata
        else:
            valid &= source.read_masks(index, window=window, out_shape=numbers.shape[1:]) > 0
    if zero_nodata:
        # A dark pixel may well be 0 in one band; it is nodata when it is 0 in all of them.
        valid &= ~np.all(zero_nodata, axis=0)
    if not declared:
        valid &= ~_black_border(numbers)
    return valid


def _black_border(numbers: np.ndarray) -> np.ndarray:
    """Pixels that are 0 in all bands and connected to the border: what lies beside a swath or a warped image."""
    black = (numbers == 0).all(axis=0)
    if not black.any():
        return black
    labels, _ = ndimage.label(black)
    rim = np.concatenate([labels[0], labels[-1], labels[:, 0], labels[:, -1]])
    return np.isin(labels, np.unique(rim[rim > 0]))
