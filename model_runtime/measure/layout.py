"""How a mask lies in its image and to another mask: separate parts, place, edge, direction, nearness.

Planar, on the pixels of one grid: what geodesy would add to these shares and words is far below a pixel. Lengths and
areas that are shown as figures come from `distance`, `contact` and `area`.
"""

from __future__ import annotations

import numpy as np
from scipy import ndimage

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


def part_sizes(mask: np.ndarray) -> np.ndarray:
    """Pixels of each separate part of at least `LEAST_PART_PX` pixels, of a mask bool (H, W); shape (parts,).

    Parts hang together by pixel edges, as the polygons of the evidence do.
    """
    labels, count = ndimage.label(mask)
    sizes = np.bincount(labels.ravel(), minlength=count + 1)[1:]
    return sizes[sizes >= LEAST_PART_PX]


def where(mask: np.ndarray) -> str:
    """In which part of the image a mask, bool (H, W), lies; "" when it is empty or the image has no nine cells.

    The first that holds: one of nine cells has 60 % of it; the three cells of an edge have 75 %, each at least 12 %; a
    half has 75 %; two cells have 60 %; every cell has 4 %; else several places.
    """
    height, width = mask.shape
    if min(height, width) < 3:
        return ""
    top, left = round(height / 3), round(width / 3)  # the first and the last third are of one size
    down = np.add.reduceat(mask.astype(np.int64), [0, top, height - top], axis=0)
    cells = np.add.reduceat(down, [0, left, width - left], axis=1)
    total = int(cells.sum())
    if not total:
        return ""
    share = cells / total
    if share.max() >= _IN_CELL:
        return CELLS[int(share.argmax())]
    for name, strip in zip(EDGES, (share[0], share[2], share[:, 0], share[:, 2]), strict=True):
        if strip.sum() >= _AT_EDGE and strip.min() >= _AT_EDGE_EACH:
            return name
    # A middle row or column belongs to no half.
    halves = mask[: height // 2], mask[-(height // 2) :], mask[:, : width // 2], mask[:, -(width // 2) :]
    for name, half in zip(HALVES, halves, strict=True):
        if np.count_nonzero(half) >= _IN_HALF * total:
            return name
    first, second = np.argsort(-share.ravel(), kind="stable")[:2]
    if share.ravel()[first] + share.ravel()[second] >= _IN_TWO:
        return f"{CELLS[first]} and {CELLS[second].removeprefix('in ')}"
    return EVERYWHERE if share.min() >= _IN_EVERY else SEVERAL


def edge_pct(mask: np.ndarray, other: np.ndarray, pixel_size_m: tuple[float, float] = (1.0, 1.0)) -> float:
    """Share of a mask's edge that runs along another mask, in percent; 0 when it has no edge.

    Args:
        mask: bool (H, W).
        other: bool (H, W); what both hold belongs to the mask.
        pixel_size_m: width and height of a pixel, which weigh edges along and across.

    Edges along the limit of the image are none: nothing is known beyond it.
    """
    total = shared = 0.0
    for one, two, length in (
        (np.s_[:, :-1], np.s_[:, 1:], pixel_size_m[1]),
        (np.s_[:-1, :], np.s_[1:, :], pixel_size_m[0]),
    ):
        edge = mask[one] != mask[two]
        total += length * np.count_nonzero(edge)
        shared += length * np.count_nonzero(edge & ((other[one] & ~mask[one]) | (other[two] & ~mask[two])))
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


def direction(mask: np.ndarray, other: np.ndarray, pixel_size_m: tuple[float, float] = (1.0, 1.0)) -> str:
    """In which of eight directions a mask lies from another one, from centroid to centroid; "" when they coincide.

    Args:
        mask: bool (H, W), not empty.
        other: bool (H, W), not empty.
        pixel_size_m: width and height of a pixel.
    """
    east = (_mean(mask, 0) - _mean(other, 0)) * pixel_size_m[0]
    north = (_mean(other, 1) - _mean(mask, 1)) * pixel_size_m[1]
    if np.hypot(east, north) < min(pixel_size_m) / 2:
        return ""
    return DIRECTIONS[round(np.arctan2(north, east) / (np.pi / 4)) % 8]


def _mean(mask: np.ndarray, axis: int) -> float:
    """Mean column (axis 0) or row (axis 1) of a mask's pixels."""
    counts = mask.sum(axis=axis)
    return float(counts @ np.arange(len(counts)) / counts.sum())
