"""Masks as polygons along pixel edges, with a vertex at every pixel corner.

The vertices matter: a long straight edge on the map is not a geodesic, and only with a vertex at every pixel corner
is the polygon's geodesic area the sum of its pixels' areas, in any GIS.
"""

from __future__ import annotations

import numpy as np
import rasterio.features
import shapely
from scipy import ndimage

from ..scene.grid import Grid


def mask_polygons(mask: np.ndarray, grid: Grid) -> list[shapely.Polygon]:
    """One polygon per group of pixels that hang together by their edges; holes are kept.

    Args:
        mask: bool (H, W).
        grid: where its pixels lie.

    Returns:
        Valid polygons in the CRS of the grid, in the order of the labels of `label`.
    """
    return label_polygons(*label(mask), grid)


def label(mask: np.ndarray) -> tuple[np.ndarray, int]:
    """Number the groups of pixels that hang together by their edges: int32 (H, W) from 1, and how many there are."""
    labels, count = ndimage.label(mask, output=np.int32)
    return labels, int(count)


def label_polygons(labels: np.ndarray, count: int, grid: Grid) -> list[shapely.Polygon]:
    """Polygon of each label 1 to `count`, as `mask_polygons`."""
    found: list[shapely.Polygon | None] = [None] * count
    for shape, value in rasterio.features.shapes(labels, mask=labels > 0, connectivity=4):
        found[int(value) - 1] = shapely.geometry.shape(shape)
    if not count:
        return []
    polygons = np.array(found, dtype=object)
    # Groups that meet themselves at a corner come out as one self-touching ring; as GIS want it, that is a hole.
    bad = ~shapely.is_valid(polygons)
    polygons[bad] = shapely.make_valid(polygons[bad])
    dense = shapely.segmentize(polygons, 1.0)
    return list(shapely.transform(dense, lambda c, r: grid.xy(np.round(c), np.round(r)), interleaved=False))
