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

from ..errors import OutputError
from ..rasters import rows
from ..rasters.rows import Raster
from ..scene.grid import Grid

MOST_SIDES = 30_000_000
"""of pixels, in the outlines of one mask; those of a busy Sentinel-2 tile have less than a million"""


def mask_polygons(mask: Raster, grid: Grid) -> list[shapely.Polygon]:
    """One polygon per group of pixels that hang together by their edges; holes are kept.

    Args:
        mask: bool (H, W).
        grid: where its pixels lie.

    Returns:
        Valid polygons in the CRS of the grid, in the order of `Parts`: by the first pixel of each, as one reads.

    Raises:
        OutputError: they would be more than any program could show.
    """
    rings: list[np.ndarray] = []
    of_polygon: list[int] = []
    sides = 0
    with _readable(mask) as pixels:
        for number, (shape, _) in enumerate(rasterio.features.shapes(pixels, mask=pixels, connectivity=4)):
            found = [np.array(ring) for ring in shape["coordinates"]]
            sides += int(sum(np.abs(np.diff(ring, axis=0)).sum() for ring in found))
            if sides > MOST_SIDES:
                raise OutputError(
                    f"The outlines of a mask have more than {MOST_SIDES / 1e6:.0f} million sides of pixels: set a "
                    "minimum mapping unit, or restrict the extent."
                )
            rings += found
            of_polygon += [number] * len(shape["coordinates"])
    if not rings:
        return []
    polygons = _joined(rings, np.array(of_polygon))
    # Groups that meet themselves at a corner come out as one self-touching ring; as GIS want it, that is a hole.
    bad = ~shapely.is_valid(polygons)
    polygons[bad] = shapely.make_valid(polygons[bad])
    dense = shapely.segmentize(polygons, 1.0)
    return list(shapely.transform(dense, lambda c, r: grid.xy(np.round(c), np.round(r)), interleaved=False))


def _joined(rings: list[np.ndarray], of_polygon: np.ndarray) -> np.ndarray:
    """Polygons of rings (n, 2), the first of each the outer one, in the order of their first pixels."""
    lengths = [len(ring) for ring in rings]
    points = np.concatenate(rings)
    made = shapely.linearrings(points, indices=np.repeat(np.arange(len(rings)), lengths))
    outer = np.flatnonzero(np.diff(of_polygon, prepend=-1))
    # The first pixel is the leftmost of the topmost row, and its upper left corner is a corner of the outer ring.
    first = [ring[np.lexsort((ring[:, 0], ring[:, 1]))[0]] for ring in (rings[i] for i in outer)]
    columns, lines = np.array(first).T
    return shapely.polygons(made, indices=of_polygon)[np.lexsort((columns, lines))]


@contextmanager
def _readable(mask: Raster) -> Iterator[np.ndarray | rasterio.Band]:
    """A mask as GDAL reads it: in memory, or of a large one in a file, from which it takes line by line."""
    height, width = mask.shape
    if isinstance(mask, np.ndarray) or height * width <= rows.PIXELS_AT_ONCE:
        yield np.ascontiguousarray(mask[:]).view(np.uint8)
        return
    with ExitStack() as close:
        folder = close.enter_context(tempfile.TemporaryDirectory(prefix="terrascope-", ignore_cleanup_errors=True))
        path = Path(folder) / "mask.tif"
        close.enter_context(warnings.catch_warnings())
        warnings.simplefilter("ignore", NotGeoreferencedWarning)  # what is wanted are positions in pixels
        how = {"driver": "GTiff", "dtype": "uint8", "compress": "lzw", "width": width, "height": height, "count": 1}
        with rasterio.open(path, "w", **how) as target:
            for strip in mask.strips():
                target.write(strip.values.astype(np.uint8), 1, window=((strip.first, strip.end), (0, width)))
        yield rasterio.band(close.enter_context(rasterio.open(path)), 1)
