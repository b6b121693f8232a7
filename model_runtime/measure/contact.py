"""Whether two masks touch, and along how many metres."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

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


def between(mask_a: np.ndarray, mask_b: np.ndarray, grid: Grid) -> Contact:
    """Contact of two masks, bool (H, W), on one grid.

    Raises:
        SceneError: the grid leaves the domain of its CRS.
    """
    both = mask_a & mask_b
    # An edge counts when one mask lies on one side and the other on the other, unless both lie on both sides.
    upper, lower = np.s_[:-1, :], np.s_[1:, :]
    left, right = np.s_[:, :-1], np.s_[:, 1:]
    row, column = np.nonzero(_meet(mask_a, mask_b, both, upper, lower))
    across = np.stack([column, row + 1, column + 1, row + 1])
    row, column = np.nonzero(_meet(mask_a, mask_b, both, left, right))
    down = np.stack([column + 1, row, column + 1, row + 1])
    edges = np.concatenate([across, down], axis=1)
    if not edges.shape[1]:
        return Contact(bool(both.any()), 0.0)
    lon0, lat0 = grid.lonlat(edges[0], edges[1])
    lon1, lat1 = grid.lonlat(edges[2], edges[3])
    return Contact(True, float(np.sum(grid.geod.inv(lon0, lat0, lon1, lat1)[2])))


def _meet(a: np.ndarray, b: np.ndarray, both: np.ndarray, one: tuple, two: tuple) -> np.ndarray:
    return ((a[one] & b[two]) | (b[one] & a[two])) & ~(both[one] & both[two])
