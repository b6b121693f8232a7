"""How far two masks lie apart: geodesic metres from edge to edge and from centroid to centroid.

Pixel corners are placed in geocentric space, where straight distance orders pairs of points as the geodesic does,
whatever the CRS, at the poles and across the antimeridian too. The nearest pairs are then measured as geodesics.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
import shapely
from scipy import ndimage
from scipy.spatial import cKDTree

from ..rasters.rows import Raster, rows_of
from ..scene.grid import Grid
from .area import PixelAreas, geocentric
from .nearby import nearby


class EdgeDistance(NamedTuple):
    """Distance of two masks.

    Attributes:
        distance_m: shortest geodesic between their pixel squares; 0 when they overlap or touch, if only at a corner.
        line: that shortest way as a line in the CRS of the grid; None when the distance is 0.
        centroid_distance_m: geodesic between the area-weighted centroids.
    """

    distance_m: float
    line: shapely.LineString | None
    centroid_distance_m: float


def between(mask_a: Raster, mask_b: Raster, grid: Grid) -> EdgeDistance | None:
    """Distance between two masks, bool (H, W), on one grid; None when either is empty.

    Raises:
        SceneError: the grid leaves the domain of its CRS.
    """
    if not rows_of(mask_a).any() or not rows_of(mask_b).any():
        return None
    centroids = _centroid_distance_m(mask_a, mask_b, grid)
    if _meet(mask_a, mask_b):
        return EdgeDistance(0.0, None, centroids)
    near_a, near_b = nearby(mask_a, mask_b, grid)
    corners_a, edges_a = _boundary(mask_a, near_a)
    corners_b, edges_b = _boundary(mask_b, near_b)
    from_a, to_b = _nearest(corners_a, edges_a, corners_b, edges_b, grid)
    if (from_a == to_b).all():
        return EdgeDistance(0.0, None, centroids)
    lon, lat = grid.lonlat(*np.array([from_a, to_b]).T)
    _, _, metres = grid.geod.inv(lon[0], lat[0], lon[1], lat[1])
    x, y = grid.xy(*np.array([from_a, to_b]).T)
    return EdgeDistance(float(metres), shapely.LineString(np.column_stack([x, y])), centroids)


def _centroid_distance_m(mask_a: Raster, mask_b: Raster, grid: Grid) -> float:
    areas = PixelAreas(grid)
    lon, lat = grid.lonlat(*np.array([areas.centroid(mask_a), areas.centroid(mask_b)]).T)
    return float(grid.geod.inv(lon[0], lat[0], lon[1], lat[1])[2])


def _meet(mask_a: Raster, mask_b: Raster) -> bool:
    """Whether two masks overlap or touch, if only at a corner."""
    for one, two in zip(rows_of(mask_a).strips(halo=1), rows_of(mask_b).strips(halo=1), strict=True):
        if (ndimage.maximum_filter(one.values.view(np.uint8), 3, mode="constant") & two.values).any():
            return True
    return False


def _boundary(mask: Raster, of: Raster) -> tuple[np.ndarray, np.ndarray]:
    """Boundary of some pixels of a mask: corners (n, 2) as (column, row), and edges (m, 2) as indexes of corners.

    Args:
        mask: bool (H, W).
        of: bool (H, W), the pixels of the mask whose squares are looked at.
    """
    height, width = mask.shape
    lines = []
    for strip, chosen in zip(rows_of(mask).strips(halo=1), rows_of(of).strips(halo=1), strict=True):
        if not chosen.values.any():
            continue
        # What lies beyond the raster, or is another strip's to tell, is no row here: the outside of the mask.
        rows, wanted = np.zeros((2, strip.end - strip.first + 2, width + 2), bool)
        above = 1 - strip.above
        rows[above : above + len(strip.values), 1:-1] = strip.values
        wanted[above : above + len(strip.values), 1:-1] = chosen.values
        # Edges along a row line, this strip's upper limit among them, and along a column line.
        across = (rows[1:, 1:-1] != rows[:-1, 1:-1]) & (wanted[1:, 1:-1] | wanted[:-1, 1:-1])
        if strip.end < height:
            across = across[:-1]
        down = (rows[1:-1, 1:] != rows[1:-1, :-1]) & (wanted[1:-1, 1:] | wanted[1:-1, :-1])
        row, column = np.nonzero(across)
        lines.append(np.stack([column, row + strip.first, column + 1, row + strip.first], axis=1))
        row, column = np.nonzero(down)
        lines.append(np.stack([column, row + strip.first, column, row + strip.first + 1], axis=1))
    ends = np.concatenate(lines).reshape(-1, 2)
    stride = width + 1
    keys, index = np.unique(ends[:, 1] * stride + ends[:, 0], return_inverse=True)
    return np.stack([keys % stride, keys // stride], axis=1).astype(float), index.reshape(-1, 2)


def _nearest(
    corners_a: np.ndarray, edges_a: np.ndarray, corners_b: np.ndarray, edges_b: np.ndarray, grid: Grid
) -> tuple[np.ndarray, np.ndarray]:
    """Nearest pair of boundary points, as pixel positions (column, row).

    Of two polylines that do not cross, a vertex of one is in the nearest pair. So: corners of each against edges of
    the other, looking only where corners come within an edge's length of the nearest corners.
    """
    space_a = geocentric(*grid.lonlat(*corners_a.T), grid)
    space_b = geocentric(*grid.lonlat(*corners_b.T), grid)
    longest = max(_lengths(space_a, edges_a).max(), _lengths(space_b, edges_b).max())
    gaps_a, _ = cKDTree(space_b).query(space_a)
    if gaps_a.min() < 1e-6:  # a corner in common; no two corners of a grid lie that close
        shared = corners_a[int(np.argmin(gaps_a))]
        return shared, shared
    reach = gaps_a.min() + longest
    near_a = gaps_a <= reach
    gaps_b, _ = cKDTree(space_a[near_a]).query(space_b, distance_upper_bound=reach * (1 + 1e-9))
    near_b = np.isfinite(gaps_b)
    candidates = [
        _corner_to_edges(corners_a, space_a, near_a, corners_b, space_b, edges_b, near_b, reach),
        [
            pair[::-1]
            for pair in _corner_to_edges(corners_b, space_b, near_b, corners_a, space_a, edges_a, near_a, reach)
        ],
    ]
    pairs = [pair for group in candidates for pair in group]
    ends = np.array(pairs)  # (k, 2, 2)
    lon, lat = grid.lonlat(ends[..., 0], ends[..., 1])
    _, _, metres = grid.geod.inv(lon[:, 0], lat[:, 0], lon[:, 1], lat[:, 1])
    best = int(np.argmin(np.round(metres, 6)))
    return ends[best, 0], ends[best, 1]


def _corner_to_edges(
    corners: np.ndarray,
    space: np.ndarray,
    near: np.ndarray,
    other_corners: np.ndarray,
    other_space: np.ndarray,
    other_edges: np.ndarray,
    other_near: np.ndarray,
    reach: float,
) -> list[tuple[np.ndarray, np.ndarray]]:
    """The few best pairs of a corner here and a point on an edge there, as pixel positions."""
    edges = other_edges[other_near[other_edges].any(axis=1)]
    here = np.flatnonzero(near)
    tree = cKDTree((other_space[edges[:, 0]] + other_space[edges[:, 1]]) / 2)
    start, along = other_space[edges[:, 0]], other_space[edges[:, 1]] - other_space[edges[:, 0]]
    squared = np.maximum((along**2).sum(axis=1), 1e-30)  # an edge at the pole of a geographic grid has no length
    found: list[tuple[float, int, int, float]] = []
    best = np.inf
    for first in range(0, len(here), 1024):
        part = here[first : first + 1024]
        hits = tree.query_ball_point(space[part], min(reach, best + np.sqrt(squared.max())) * (1 + 1e-9))
        corner = np.repeat(part, [len(hit) for hit in hits])
        if not len(corner):
            continue
        edge = np.concatenate([np.asarray(hit, int) for hit in hits if hit])
        offset = space[corner] - start[edge]
        share = np.clip((offset * along[edge]).sum(axis=1) / squared[edge], 0, 1)
        gap = np.sqrt(((offset - share[:, None] * along[edge]) ** 2).sum(axis=1))
        best = min(best, gap.min())
        # Chords fall short of geodesics by a part in millions at most: keep what could still win.
        for k in np.argsort(gap, kind="stable")[:16]:
            if gap[k] <= best * (1 + 1e-5) + 1e-6:
                found.append((float(gap[k]), int(corner[k]), int(edge[k]), float(share[k])))
    pairs = []
    for _, corner_index, edge_index, part_of in sorted(found)[:64]:
        a, b = other_corners[edges[edge_index]]
        pairs.append((corners[corner_index], a + part_of * (b - a)))
    return pairs


def _lengths(space: np.ndarray, edges: np.ndarray) -> np.ndarray:
    return np.sqrt(((space[edges[:, 0]] - space[edges[:, 1]]) ** 2).sum(axis=1))
