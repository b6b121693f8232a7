"""Rasters of any make on a grid with square pixels, read block by block through `scene.open_scene`.

A raster in degrees, or with pixels that are not square on the ground, is warped to its UTM zone: bilinear for the
image, nearest for labels. A block of 4 x 4 windows is read at once, so a large raster is neither held whole nor looked
at anew for each window.
"""

from __future__ import annotations

import math
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

import affine
import numpy as np
import pyproj
import rasterio
from pyproj.exceptions import CRSError
from rasterio.crs import CRS
from rasterio.enums import Resampling
from rasterio.errors import NotGeoreferencedWarning
from rasterio.io import DatasetReader
from rasterio.warp import calculate_default_transform, reproject, transform_bounds
from rasterio.windows import Window

from ...scene.files import open_raster
from ...scene.grid import Grid
from ...scene.scene import Scene, open_scene
from ..records import BrokenRecord
from ..scenes import LabelledScene
from .common import settled
from .windows import WINDOW_PX, slices

BLOCK = 4
"""Windows, along rows and columns, that are read at once; a block of a raster is a place."""

SQUARE = 0.01
"""Pixels whose sides differ by less than this share count as square."""

OUTSIDE = -1
"""Code of pixels that a label raster does not reach."""

_MARGIN_PX = 4
_SIDE_PX = BLOCK * WINDOW_PX
_BEYOND = "The raster has no window in row {}, column {}."


@dataclass(frozen=True)
class Raster:
    """An image on disk and how it is to be read.

    Attributes:
        path: The file.
        changed_ns: When it was last changed.
        bands: Role and 1-based band, where the user says so; pairs.
        sensor: A preset of `scene.bands.PRESETS`, where the user says so.
    """

    path: Path
    changed_ns: int
    bands: tuple[tuple[str, int], ...] | None = None
    sensor: str | None = None


@dataclass(frozen=True)
class Block:
    """A part of an image on the grid with square pixels.

    Attributes:
        bands: float32 (bands, H, W), 0 where not valid.
        scene: What it was read from; its own bands lie on the raster's own grid.
        grid: Of `bands`.
    """

    bands: np.ndarray
    scene: Scene
    grid: Grid

    def window_grid(self, row: int, column: int) -> Grid:
        """The grid of one of its windows.

        Args:
            row: Of the window in the raster, not in the block.
            column: Of the window in the raster.

        Raises:
            BrokenRecord: It lies beyond the raster.
        """
        rows, columns = slices(row % BLOCK, column % BLOCK)
        height = min(rows.stop, self.grid.height) - rows.start
        width = min(columns.stop, self.grid.width) - columns.start
        if height <= 0 or width <= 0:
            raise BrokenRecord(_BEYOND.format(row, column))
        return self.grid.crop(columns.start, rows.start, width, height)

    def window(self, row: int, column: int, allowed: np.ndarray, place: str) -> LabelledScene:
        """One of its windows as a scene; pixels without data get no labels.

        Args:
            row: Of the window in the raster.
            column: Of the window in the raster.
            allowed: uint16 (H, W), allowed sets of the window.
            place: What or where it is.

        Raises:
            BrokenRecord: It has no data.
        """
        bands = self.bands[:, *slices(row % BLOCK, column % BLOCK)]
        valid = (bands != 0).any(axis=0)
        if not valid.any():
            raise BrokenRecord("The image holds no data there.")
        allowed = np.where(valid, allowed, 0).astype(np.uint16)
        return LabelledScene(
            bands,
            settled(allowed),
            float(np.mean(self.grid.pixel_size_m)),
            (True,) * len(bands),
            self.scene.reflectance,
            allowed,
            place,
            names=self.scene.roles,
            date=str(self.scene.date or ""),
        )


def raster(path: Path, bands: dict[str, int] | None = None, sensor: str | None = None) -> Raster:
    """An image on disk; bands and sensor as in `open_scene`."""
    return Raster(path, path.stat().st_mtime_ns, tuple(bands.items()) if bands else None, sensor)


@lru_cache(maxsize=256)
def square_grid(image: Raster) -> tuple[Grid, bool]:
    """The grid with square pixels that an image is read on, and whether it is another one than its own.

    Raises:
        BrokenRecord: It does not say where it lies.
        SceneError: It cannot be opened.
    """
    with rasterio.Env(), _without_place_allowed(), open_raster(image.path) as source:
        own = own_grid(source)
        width_m, height_m = own.pixel_size_m
        if not own.crs.is_geographic and abs(width_m - height_m) <= SQUARE * max(width_m, height_m):
            return own, False
        lon, lat = middle_of(own)
        crs = CRS.from_epsg((32600 if lat >= 0 else 32700) + int((lon + 180) % 360 // 6) + 1)  # its UTM zone
        transform, width, height = calculate_default_transform(
            source.crs, crs, source.width, source.height, *source.bounds
        )
    return Grid(pyproj.CRS.from_wkt(crs.to_wkt()), transform, width, height), True


def middle_of(grid: Grid) -> tuple[float, float]:
    """Longitude and latitude of the middle of a grid, in degrees."""
    lon, lat = grid.lonlat(np.array([grid.width / 2]), np.array([grid.height / 2]))
    return float(lon[0]), float(lat[0])


def own_grid(source: DatasetReader) -> Grid:
    """The grid of an opened raster.

    Raises:
        BrokenRecord: It does not say where it lies.
    """
    if source.crs is None or source.transform.is_identity:
        raise BrokenRecord("The raster does not say where it lies.")
    try:
        crs = pyproj.CRS.from_wkt(source.crs.to_wkt())
    except CRSError as error:
        raise BrokenRecord("The coordinate system of the raster is not understood.") from error
    return Grid(crs, source.transform, source.width, source.height)


@lru_cache(maxsize=1)
def read_block(image: Raster, block_row: int, block_column: int) -> Block:
    """The image of a block (counted in blocks).

    Raises:
        BrokenRecord: It lies beyond the raster.
        SceneError: The raster cannot be used.
    """
    whole, warped = square_grid(image)
    top, left = block_row * _SIDE_PX, block_column * _SIDE_PX
    height, width = min(_SIDE_PX, whole.height - top), min(_SIDE_PX, whole.width - left)
    if height <= 0 or width <= 0:
        raise BrokenRecord(_BEYOND.format(block_row * BLOCK, block_column * BLOCK))
    grid = whole.crop(left, top, width, height)
    margin_m = _MARGIN_PX * abs(grid.transform.a)
    xmin, ymin, xmax, ymax = grid.bounds
    extent = (xmin - margin_m, ymin - margin_m, xmax + margin_m, ymax + margin_m) if warped else grid.bounds
    scene = open_scene(
        image.path,
        extent=extent,
        extent_crs=grid.crs.to_wkt() if warped else None,
        bands=dict(image.bands) if image.bands else None,
        sensor=image.sensor,
    )
    if not warped:
        return Block(scene.bands, scene, grid)
    bands = np.full((len(scene.bands), grid.height, grid.width), np.nan, dtype=np.float32)
    reproject(
        np.where(scene.valid, scene.bands, np.nan).astype(np.float32),
        bands,
        src_transform=scene.grid.transform,
        src_crs=scene.grid.crs.to_wkt(),
        src_nodata=np.nan,
        dst_transform=grid.transform,
        dst_crs=grid.crs.to_wkt(),
        dst_nodata=np.nan,
        resampling=Resampling.bilinear,
    )
    return Block(np.nan_to_num(bands), scene, grid)


def read_codes(path: Path, image: Raster, grid: Grid) -> np.ndarray:
    """A label raster on a grid, nearest neighbour: int32 (H, W), `OUTSIDE` where it does not reach.

    A label raster that does not say where it lies is taken to lie on the image's own grid.

    Raises:
        BrokenRecord: It has several bands, no whole numbers, or no place and another size than the image.
        rasterio.errors.RasterioError: It is missing or damaged.
    """
    with _without_place_allowed(), rasterio.open(path) as source:
        if source.count != 1 or not np.issubdtype(np.dtype(source.dtypes[0]), np.integer):
            raise BrokenRecord("The label raster does not hold one band of whole numbers.")
        crs, transform = source.crs, source.transform
        if crs is None:
            with rasterio.open(image.path) as own:
                if own.shape != source.shape:
                    raise BrokenRecord("The label raster has no coordinate system and another size than the image.")
                crs, transform = own.crs, own.transform
        part = _part(crs, transform, source.shape, grid)
        if part is None:
            return np.full((grid.height, grid.width), OUTSIDE, dtype=np.int32)
        codes = source.read(1, window=part)
    if codes.min() < 0 or codes.max() > np.iinfo(np.int32).max - 1:
        raise BrokenRecord("The label raster holds numbers that are no class codes.")
    found = np.zeros((grid.height, grid.width), dtype=np.int32)
    # One more than each code, so that 0 can stand for what lies outside.
    reproject(
        codes.astype(np.int32) + 1,
        found,
        src_transform=transform @ affine.Affine.translation(part.col_off, part.row_off),
        src_crs=crs,
        dst_transform=grid.transform,
        dst_crs=grid.crs.to_wkt(),
        resampling=Resampling.nearest,
    )
    return found - 1


@contextmanager
def _without_place_allowed() -> Iterator[None]:
    """Rasters that do not say where they lie are asked about it: that rasterio warns of them too says nothing new."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", NotGeoreferencedWarning)
        yield


def _part(crs: CRS, transform: affine.Affine, shape: tuple[int, int], grid: Grid) -> Window | None:
    """The window of a raster that covers a grid; None when they lie apart."""
    xmin, ymin, xmax, ymax = transform_bounds(grid.crs.to_wkt(), crs, *grid.bounds)
    corners = [~transform @ corner for corner in ((xmin, ymin), (xmin, ymax), (xmax, ymin), (xmax, ymax))]
    columns, rows = zip(*corners, strict=True)
    left, top = (max(0, math.floor(min(edges)) - _MARGIN_PX) for edges in (columns, rows))
    right = min(shape[1], math.ceil(max(columns)) + _MARGIN_PX)
    bottom = min(shape[0], math.ceil(max(rows)) + _MARGIN_PX)
    return Window(left, top, right - left, bottom - top) if bottom > top and right > left else None
