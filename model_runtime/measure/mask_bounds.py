"""Where a mask lies."""

from __future__ import annotations

import numpy as np

from ..protocol import Bounds
from ..rasters.rows import Raster, rows_of
from ..scene.grid import Grid


def mask_bounds(mask: Raster, grid: Grid) -> Bounds | None:
    """Outer pixel edges of a mask (bool, H x W) as (xmin, ymin, xmax, ymax) in CRS units; None when it is empty."""
    across, down = np.zeros(mask.shape[1], bool), []
    for strip in rows_of(mask).strips():
        across |= strip.values.any(axis=0)
        down.append(strip.values.any(axis=1))
    rows, cols = np.flatnonzero(np.concatenate(down)), np.flatnonzero(across)
    if not rows.size:
        return None
    corners = [grid.transform @ (x, y) for x in (cols[0], cols[-1] + 1) for y in (rows[0], rows[-1] + 1)]
    xs, ys = zip(*corners, strict=True)
    return float(min(xs)), float(min(ys)), float(max(xs)), float(max(ys))
