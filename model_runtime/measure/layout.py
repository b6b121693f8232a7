"""How a mask lies in its image and to another mask: separate parts, place, edge, direction, nearness.

Planar, on the pixels of one grid: what geodesy would add to these shares and words is far below a pixel. Lengths and
areas that are shown as figures come from `distance`, `contact` and `area`.
"""

from __future__ import annotations

import math

import numpy as np
from scipy import ndimage

from ..rasters.parts import part_pixels
from ..rasters.rows import Raster, rows_of

LEAST_PART_PX = 4
"""Separate parts smaller than this are specks and not counted."""

CELLS = (
    "in the north-west", "in the north", "in the north-east", "in the west", "in the centre", "in the east",
    "in the south-west", "in the south", "in the south-east",
)  # fmt: skip
"""Names of the nine cells of an image, row by row; north is up."""
EDGES = ("along the northern edge", "along the southern edge", "along the western edge", "along the eastern edge")
HALVES = ("in the northern half", "in the southern half", "in the western half", "in the eastern half")
EVERYWHERE = "all over the image"
SEVERAL = "in several places"
DIRECTIONS = ("east", "north-east", "north", "north-west", "west", "south-west", "south", "south-east")

# Shares of a region, in words: in one cell; in the three cells of an edge, and in the least of them; in a half; in the
# two fullest cells; in every cell.
_IN_CELL, _AT_EDGE, _AT_EDGE_EACH, _IN_HALF, _IN_TWO, _IN_EVERY = 0.6, 0.75, 0.12, 0.75, 0.6, 0.04


def part_sizes(mask: Raster) -> np.ndarray:
    """Pixels of each separate part of at least `LEAST_PART_PX` pixels, of a mask bool (H, W); shape (parts,).

    Parts hang together by pixel edges, as the polygons of the evidence do.
    """
    sizes = part_pixels(mask)
    return sizes[sizes >= LEAST_PART_PX]


def where(mask: Raster) -> str:
    """In which part of the image a mask, bool (H, W), lies; "" when it is empty or the image has no nine cells.

    The first that holds: one of nine cells has 60 % of it; the three cells of an edge have 75 %, each at least 12 %; a
    half has 75 %; two cells have 60 %; every cell has 4 %; else several places.
    """
    height, width = mask.shape
    if min(height, width) < 3:
        return ""
    down, across = _counts(mask)
    if not down.sum():
        return ""
    top, left = round(height / 3), round(width / 3)  # the first and the last third are of one size
    thirds = np.add.reduceat(_counts_in_thirds(mask, left), [0, top, height - top], axis=0)
    total = int(down.sum())
    share = thirds / total
    if share.max() >= _IN_CELL:
        return CELLS[int(share.argmax())]
    for name, strip in zip(EDGES, (share[0], share[2], share[:, 0], share[:, 2]), strict=True):
        if strip.sum() >= _AT_EDGE and strip.min() >= _AT_EDGE_EACH:
            return name
    # A middle row or column belongs to no half.
    halves = down[: height // 2], down[-(height // 2) :], across[: width // 2], across[-(width // 2) :]
    for name, half in zip(HALVES, halves, strict=True):
        if half.sum() >= _IN_HALF * total:
            return name
    first, second = np.argsort(-share.ravel(), kind="stable")[:2]
    if share.ravel()[first] + share.ravel()[second] >= _IN_TWO:
        return f"{CELLS[first]} and {CELLS[second].removeprefix('in ')}"
    return EVERYWHERE if share.min() >= _IN_EVERY else SEVERAL


def edge_pct(mask: Raster, other: Raster, pixel_size_m: tuple[float, float] = (1.0, 1.0)) -> float:
    """Share of a mask's edge that runs along another mask, in percent; 0 when it has no edge.

    Args:
        mask: bool (H, W).
        other: bool (H, W); what both hold belongs to the mask.
        pixel_size_m: width and height of a pixel, which weigh edges along and across.

    Edges along the limit of the image are none: nothing is known beyond it.
    """
    total = shared = 0.0
    for ours, theirs in zip(rows_of(mask).strips(halo=1), rows_of(other).strips(halo=1), strict=True):
        # The row above belongs to the strip before, but for the edges between the two.
        end = ours.above + ours.end - ours.first
        a, b = ours.values[:end], theirs.values[:end]
        inner = slice(ours.above, None)
        for one, two, length in (
            ((inner, slice(None, -1)), (inner, slice(1, None)), pixel_size_m[1]),
            (np.s_[:-1, :], np.s_[1:, :], pixel_size_m[0]),
        ):
            edge = a[one] != a[two]
            total += length * np.count_nonzero(edge)
            shared += length * np.count_nonzero(edge & ((b[one] & ~a[one]) | (b[two] & ~a[two])))
    return 100 * shared / total if total else 0.0


def gaps_m(other: np.ndarray, pixel_size_m: tuple[float, float] = (1.0, 1.0)) -> np.ndarray:
    """Metres from each pixel square to the nearest pixel square of a mask; float64 (H, W), 0 where they touch.

    Args:
        other: bool (H, W), not empty.
        pixel_size_m: width and height of a pixel.
    """
    height, width = other.shape
    corners = np.ones((height + 1, width + 1), dtype=bool)
    for down in (0, 1):
        for right in (0, 1):
            corners[down : down + height, right : right + width] &= ~other
    # Two pixel squares are as far apart as their nearest corners.
    far = ndimage.distance_transform_edt(corners, sampling=pixel_size_m[::-1])
    across = np.minimum(far[:, :-1], far[:, 1:])
    return np.minimum(across[:-1], across[1:])


def within_pct(gaps: np.ndarray, mask: np.ndarray, reach_m: float) -> float:
    """Share of a mask whose pixels lie no further than `reach_m` away, in percent; `gaps` as from `gaps_m`."""
    total = int(np.count_nonzero(mask))
    return 100 * int(np.count_nonzero(gaps[mask] <= reach_m)) / total if total else 0.0


def within_reach_pct(
    mask: Raster, other: Raster, reach_m: float, pixel_size_m: tuple[float, float] = (1.0, 1.0)
) -> float:
    """`within_pct` of two masks, bool (H, W) each, by looking only as far around each pixel as the reach goes.

    Args:
        mask: whose share is asked for.
        other: to which it lies near, or not.
        reach_m: how far is near.
        pixel_size_m: width and height of a pixel.
    """
    halo = math.ceil(reach_m / pixel_size_m[1]) + 1
    near = total = 0
    for ours, theirs in zip(rows_of(mask).strips(), rows_of(other).strips(halo), strict=True):
        total += int(np.count_nonzero(ours.values))
        if ours.values.any() and theirs.values.any():
            gaps = theirs.inner(gaps_m(theirs.values, pixel_size_m))
            near += int(np.count_nonzero(gaps[ours.values] <= reach_m))
    return 100 * near / total if total else 0.0


def direction(mask: Raster, other: Raster, pixel_size_m: tuple[float, float] = (1.0, 1.0)) -> str:
    """In which of eight directions a mask lies from another one, from centroid to centroid; "" when they coincide.

    Args:
        mask: bool (H, W), not empty.
        other: bool (H, W), not empty.
        pixel_size_m: width and height of a pixel.
    """
    (row, column), (other_row, other_column) = _mean(mask), _mean(other)
    east, north = (column - other_column) * pixel_size_m[0], (other_row - row) * pixel_size_m[1]
    if np.hypot(east, north) < min(pixel_size_m) / 2:
        return ""
    return DIRECTIONS[round(np.arctan2(north, east) / (np.pi / 4)) % 8]


def _mean(mask: Raster) -> tuple[float, float]:
    """Mean row and column of a mask's pixels."""
    down, across = _counts(mask)
    total = down.sum()
    return float(down @ np.arange(len(down)) / total), float(across @ np.arange(len(across)) / total)


def _counts(mask: Raster) -> tuple[np.ndarray, np.ndarray]:
    """How many pixels each row of a mask holds, and each column: int64 (H,) and (W,)."""
    down, across = [], np.zeros(mask.shape[1], np.int64)
    for strip in rows_of(mask).strips():
        down.append(np.count_nonzero(strip.values, axis=1))
        across += np.count_nonzero(strip.values, axis=0)
    return np.concatenate(down).astype(np.int64), across


def _counts_in_thirds(mask: Raster, left: int) -> np.ndarray:
    """How many pixels each row of a mask holds in its first `left` columns, between, and in the last `left`: (H, 3)."""
    width = mask.shape[1]
    return np.concatenate(
        [
            np.add.reduceat(strip.values.astype(np.int64), [0, left, width - left], axis=1)
            for strip in rows_of(mask).strips()
        ]
    )
