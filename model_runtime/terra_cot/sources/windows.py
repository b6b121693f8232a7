"""Rasters cut into windows, and where a raster lies."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from functools import lru_cache

import affine
import pyproj
from rasterio.crs import CRS

from ..records import BrokenRecord
from ..scenes import LabelledScene

WINDOW_PX = 256
"""Width and height of a window."""

LEAST_PX = 64
"""Rests at the right and lower edge of a raster that are narrower are left out."""

_NAME = re.compile(r"(.+)_r(\d+)_c(\d+)")


def windows(height: int, width: int) -> Iterator[tuple[int, int]]:
    """Row and column of each window of a raster, counted from 0; a raster smaller than a window is one."""
    for row in range(_count(height)):
        for column in range(_count(width)):
            yield row, column


def _count(size_px: int) -> int:
    whole, rest = divmod(size_px, WINDOW_PX)
    return max(1, whole + (rest >= LEAST_PX))


def window_name(raster: str, row: int, column: int) -> str:
    """Name of the record that is a window of a raster."""
    return f"{raster}_r{row}_c{column}"


def window_of(name: str) -> tuple[str, int, int]:
    """The raster, row and column that a record is named by.

    Raises:
        BrokenRecord: The name is not one of `window_name`.
    """
    found = _NAME.fullmatch(name)
    if found is None:
        raise BrokenRecord(f"There is no window called {name!r}.")
    return found[1], int(found[2]), int(found[3])


def slices(row: int, column: int) -> tuple[slice, slice]:
    """Where a window lies in an array (H, W)."""
    top, left = row * WINDOW_PX, column * WINDOW_PX
    return slice(top, top + WINDOW_PX), slice(left, left + WINDOW_PX)


def crop(scene: LabelledScene, row: int, column: int) -> LabelledScene:
    """A window of a scene of one image.

    Raises:
        BrokenRecord: It lies beyond the scene.
    """
    part = slices(row, column)
    labels = scene.labels[part]
    if labels.size == 0:
        raise BrokenRecord(f"The raster has no window in row {row}, column {column}.")
    allowed = None if scene.allowed is None else scene.allowed[part]
    sar = None if scene.sar is None else scene.sar[:, *part]
    return replace(scene, bands=scene.bands[:, *part], labels=labels, allowed=allowed, sar=sar)


def lonlat(crs: CRS | None, transform: affine.Affine, row: float, column: float) -> tuple[float, float] | None:
    """Longitude and latitude in degrees (WGS 84) of a pixel position; None without a coordinate system.

    Args:
        crs: Of the raster.
        transform: Of the raster.
        row: Pixels from its upper edge.
        column: Pixels from its left edge.
    """
    if crs is None:
        return None
    lon, lat = _to_degrees(crs.to_wkt()).transform(*(transform @ (column, row)))
    return float(lon), float(lat)


@lru_cache(maxsize=64)
def _to_degrees(wkt: str) -> pyproj.Transformer:
    return pyproj.Transformer.from_crs(wkt, "EPSG:4326", always_xy=True)
