"""Whether two masks touch, and along how many metres."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from ..rasters.rows import Raster, rows_of
from ..scene.grid import Grid


class Contact(NamedTuple):
    """Contact of two masks.

    Attributes:
        touches: they share a pixel or a pixel edge; meeting at a corner only is no contact.
        length_m: geodesic length of the shared pixel edges. Where the masks overlap, the boundary of each that
            runs through the other counts.
    """

    touches: bool
    length_m: float


def between(mask_a: Raster, mask_b: Raster, grid: Grid) -> Contact:
    """Contact of two masks, bool (H, W), on one grid.

    Raises:
        SceneError: the grid leaves the domain of its CRS.
    """
    upper, lower = np.s_[:-1, :], np.s_[1:, :]
    left, right = np.s_[:, :-1], np.s_[:, 1:]
    overlap, found = False, []
    for one, two in zip(rows_of(mask_a).strips(halo=1), rows_of(mask_b).strips(halo=1), strict=True):
        # The row above belongs to the strip before, but for the edges between the two.
        first = one.first - one.above
        a, b = (strip.values[: strip.above + strip.end - strip.first] for strip in (one, two))
        both = a & b
        overlap |= bool(both.any())
        row, column = np.nonzero(_meet(a, b, both, upper, lower))
        found.append(np.stack([column, row + first + 1, column + 1, row + first + 1]))
        row, column = np.nonzero(_meet(a, b, both, left, right)[one.above :])
        found.append(np.stack([column + 1, row + one.first, column + 1, row + one.first + 1]))
    edges = np.concatenate(found, axis=1)
    if not edges.shape[1]:
        return Contact(overlap, 0.0)
    lon0, lat0 = grid.lonlat(edges[0], edges[1])
    lon1, lat1 = grid.lonlat(edges[2], edges[3])
    return Contact(True, float(np.sum(grid.geod.inv(lon0, lat0, lon1, lat1)[2])))


def _meet(a: np.ndarray, b: np.ndarray, both: np.ndarray, one: tuple, two: tuple) -> np.ndarray:
    """Edges with one mask on one side and the other on the other, unless both lie on both sides."""
    return ((a[one] & b[two]) | (b[one] & a[two])) & ~(both[one] & both[two])
