"""Which pixels of two masks can hold their nearest points: of millions of edges few need to be looked at.

One point of each mask in each block of pixels tells how far apart the masks are at most. Blocks that lie farther from
every block of the other mask are left out, and in the others pixels with nothing of the other mask around them.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from scipy import ndimage
from scipy.spatial import cKDTree

from ..rasters.rows import Raster, Rows, rows_of
from ..scene.grid import Grid
from .area import geocentric

_BLOCK = 64
"""pixels along a block"""
_MARGIN = 1.25
"""ways across a curved or stretched grid are no longer than so many times what its corners tell"""
_MOST_AROUND = 128
"""pixels within which the other mask is looked for pixel by pixel"""
FEW = 100_000
"""boundary pixels that are all looked at"""


@dataclass(frozen=True)
class _Blocks:
    """The blocks in which a mask has a boundary.

    Attributes:
        pixels: how many boundary pixels the mask has.
        rows: of each block, which row of blocks it is in.
        columns: and which column.
        corners: one point of the mask in each, (column, row) of the raster, (n, 2).
        points: the same in geocentric metres, (n, 3).
        reach_m: no point of the block is farther from that point, (n,).
        pixel_m: shortest side of a pixel of any of them.
    """

    pixels: int
    rows: np.ndarray
    columns: np.ndarray
    corners: np.ndarray
    points: np.ndarray
    reach_m: np.ndarray
    pixel_m: float


def nearby(mask_a: Raster, mask_b: Raster, grid: Grid) -> tuple[Rows, Rows]:
    """Leave out of two masks pixels whose edges cannot be the nearest.

    Args:
        mask_a: bool (H, W), not empty.
        mask_b: bool (H, W), not empty.
        grid: where the pixels lie.

    Returns:
        Of each mask, bool (H, W), the pixels that may hold a nearest point; both are among them.

    Raises:
        SceneError: the grid leaves the domain of its CRS.
    """
    a, b = _blocks(mask_a, grid), _blocks(mask_b, grid)
    if a.pixels + b.pixels <= FEW:
        return rows_of(mask_a), rows_of(mask_b)
    gaps_a, _ = cKDTree(b.points).query(a.points)
    gaps_b, _ = cKDTree(a.points).query(b.points)
    upper_m = gaps_a.min()
    near_a = gaps_a <= upper_m + a.reach_m + b.reach_m.max()
    near_b = gaps_b <= upper_m + b.reach_m + a.reach_m.max()
    pixel_m = min(a.pixel_m, b.pixel_m)
    # Two more: what is compared are edges, and the nearest point of one may lie at its other end.
    around = int(min(_MARGIN * upper_m / max(pixel_m, 1e-9), 2.0**31)) + 2
    if around <= _MOST_AROUND and _is_torn(a, b, upper_m, pixel_m):
        around = _MOST_AROUND + 1
    return _near(mask_a, mask_b, a, near_a, around), _near(mask_b, mask_a, b, near_b, around)


def _is_torn(a: _Blocks, b: _Blocks, upper_m: float, pixel_m: float) -> bool:
    """Whether places that are near on the ground lie far apart on the grid: where the map of the world ends."""
    reach = upper_m + a.reach_m.max() + b.reach_m.max()
    pairs = cKDTree(a.points).sparse_distance_matrix(cKDTree(b.points), reach, output_type="ndarray")
    apart = np.abs(a.corners[pairs["i"]] - b.corners[pairs["j"]]).max(axis=1)
    return bool((_MARGIN * pairs["v"] < apart * pixel_m).any())


def _blocks(mask: Raster, grid: Grid) -> _Blocks:
    across = -(-grid.width // _BLOCK)
    seen = np.zeros(-(-grid.height // _BLOCK) * across, bool)
    first = np.zeros((len(seen), 2), np.int64)
    pixels = 0
    for strip in rows_of(mask).strips(halo=1):
        inner = ndimage.binary_erosion(strip.values, border_value=0)
        row, column = np.nonzero(strip.inner(strip.values & ~inner))
        row += strip.first
        pixels += len(row)
        block, index = np.unique(row // _BLOCK * across + column // _BLOCK, return_index=True)
        new = ~seen[block]
        first[block[new]] = np.column_stack([column, row])[index[new]]
        seen[block] = True
    number = np.flatnonzero(seen)
    rows, columns = number // across, number % across
    left, right = columns * _BLOCK, np.minimum((columns + 1) * _BLOCK, grid.width)
    top, bottom = rows * _BLOCK, np.minimum((rows + 1) * _BLOCK, grid.height)
    points = geocentric(*grid.lonlat(*first[number].T.astype(float)), grid)
    corners = [
        geocentric(*grid.lonlat(x.astype(float), y.astype(float)), grid)
        for x, y in ((left, top), (right, top), (right, bottom), (left, bottom))
    ]
    reach = _MARGIN * np.max([_lengths(points - corner) for corner in corners], axis=0)
    sides = [_lengths(one - other) for one, other in zip(corners, [*corners[1:], corners[0]], strict=True)]
    counts = [right - left, bottom - top] * 2
    pixel_m = min(float((side / count).min()) for side, count in zip(sides, counts, strict=True))
    return _Blocks(pixels, rows, columns, first[number], points, reach, pixel_m)


def _near(mask: Raster, other: Raster, blocks: _Blocks, near: np.ndarray, around: int) -> Rows:
    """The mask in those of its blocks that are near, and there where the other one is so many pixels around."""
    height, width = mask.shape
    kept = np.zeros((-(-height // _BLOCK), -(-width // _BLOCK)), bool)
    kept[blocks.rows[near], blocks.columns[near]] = True

    def read(first: int, end: int) -> np.ndarray:
        here = kept[first // _BLOCK : -(-end // _BLOCK)]
        if not here.any():
            return np.zeros((end - first, width), bool)
        rows = here.repeat(_BLOCK, axis=0)[first % _BLOCK :][: end - first]
        found = mask[first:end] & rows.repeat(_BLOCK, axis=1)[:, :width]
        if around > _MOST_AROUND:
            return found
        begin = max(0, first - around)
        theirs = other[begin : min(height, end + around)].view(np.uint8)
        for axis in (0, 1):
            theirs = ndimage.maximum_filter1d(theirs, 2 * around + 1, axis=axis, mode="constant")
        return found & (theirs[first - begin :][: end - first] > 0)

    return Rows(mask.shape, read)


def _lengths(ways: np.ndarray) -> np.ndarray:
    return np.sqrt((ways**2).sum(axis=1))
