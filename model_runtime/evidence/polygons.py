"""Masks as polygons along pixel edges, with a vertex at every pixel corner.

The vertices matter: a long straight edge on the map is not a geodesic, and only with a vertex at every pixel corner
is the polygon's geodesic area the sum of its pixels' areas, in any GIS.
"""

from __future__ import annotations

import tempfile
import warnings
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

import numpy as np
import rasterio
import rasterio.features
import shapely
from rasterio.errors import NotGeoreferencedWarning

from ..measure import rows
from ..measure.parts import Parts
from ..measure.rows import Raster, Rows
from ..scene.grid import Grid


def mask_polygons(mask: Raster, grid: Grid) -> list[shapely.Polygon]:
    """One polygon per group of pixels that hang together by their edges; holes are kept.

    Args:
        mask: bool (H, W).
        grid: where its pixels lie.

    Returns:
        Valid polygons in the CRS of the grid, in the order of the labels of `Parts`.
    """
    return part_polygons(Parts(mask), grid)


def part_polygons(parts: Parts, grid: Grid) -> list[shapely.Polygon]:
    """Polygon of each part of a mask, as `mask_polygons`."""
    if not parts.count:
        return []
    found: list[shapely.Polygon | None] = [None] * parts.count
    with _readable(parts.labels) as (labels, inside):
        for shape, value in rasterio.features.shapes(labels, mask=inside, connectivity=4):
            found[int(value) - 1] = shapely.geometry.shape(shape)
    polygons = np.array(found, dtype=object)
    # Groups that meet themselves at a corner come out as one self-touching ring; as GIS want it, that is a hole.
    bad = ~shapely.is_valid(polygons)
    polygons[bad] = shapely.make_valid(polygons[bad])
    dense = shapely.segmentize(polygons, 1.0)
    return list(shapely.transform(dense, lambda c, r: grid.xy(np.round(c), np.round(r)), interleaved=False))


@contextmanager
def _readable(labels: Rows) -> Iterator[tuple[np.ndarray, np.ndarray] | tuple[rasterio.Band, rasterio.Band]]:
    """Labels, and where there are any, as GDAL reads them: in memory; of a large raster in files, line by line."""
    height, width = labels.shape
    if height * width <= rows.PIXELS_AT_ONCE:
        whole = labels[:]
        yield whole, whole > 0
        return
    how = {"driver": "GTiff", "compress": "lzw", "width": width, "height": height, "count": 1}
    with ExitStack() as close:
        folder = close.enter_context(tempfile.TemporaryDirectory(prefix="terrascope-", ignore_cleanup_errors=True))
        paths = Path(folder) / "labels.tif", Path(folder) / "inside.tif"
        close.enter_context(warnings.catch_warnings())
        warnings.simplefilter("ignore", NotGeoreferencedWarning)  # what is wanted are positions in pixels
        with (
            rasterio.open(paths[0], "w", dtype="int32", **how) as one,
            rasterio.open(paths[1], "w", dtype="uint8", nbits=1, **how) as other,
        ):
            for strip in labels.strips():
                window = ((strip.first, strip.end), (0, width))
                one.write(strip.values, 1, window=window)
                other.write((strip.values > 0).astype(np.uint8), 1, window=window)
        numbers, inside = (rasterio.band(close.enter_context(rasterio.open(path)), 1) for path in paths)
        yield numbers, inside
