"""Where a mask lies."""

from __future__ import annotations

import numpy as np

from ..protocol import Bounds
from ..scene.grid import Grid


def mask_bounds(mask: np.ndarray, grid: Grid) -> Bounds | None:
    """Outer pixel edges of a mask (bool, H x W) as (xmin, ymin, xmax, ymax) in CRS units; None when it is empty."""
    rows, cols = np.flatnonzero(mask.any(axis=1)), np.flatnonzero(mask.any(axis=0))
    if not rows.size:
        return None
    corners = [grid.transform @ (x, y) for x in (cols[0], cols[-1] + 1) for y in (rows[0], rows[-1] + 1)]
    xs, ys = zip(*corners, strict=True)
    return float(min(xs)), float(min(ys)), float(max(xs)), float(max(ys))
