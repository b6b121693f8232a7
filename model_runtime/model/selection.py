"""From a mask to the visual tokens that go back into the context; pure array arithmetic.

Paper section 3.2 (more than 50 % of a token's cell) and appendix C (spatial uniform sampling);
the published weights' behaviour is SPEC 5.5 (sample at the cell centre).
"""

from __future__ import annotations

import math

import numpy as np


def coverage_grid(mask: np.ndarray, rows: int, cols: int) -> np.ndarray:
    """Share of each token cell that the mask covers.

    Args:
        mask: bool (H, W).
        rows: cells down.
        cols: cells across.

    Returns:
        float64 (rows, cols) in 0..1, exact also where cell edges cut through pixels.
    """
    height, width = mask.shape
    table = np.zeros((height + 1, width + 1))
    table[1:, 1:] = mask.cumsum(0, dtype=np.float64).cumsum(1)
    at_rows = _interpolate(table, np.linspace(0, height, rows + 1))
    at_both = _interpolate(at_rows.T, np.linspace(0, width, cols + 1)).T
    inside = at_both[1:, 1:] - at_both[:-1, 1:] - at_both[1:, :-1] + at_both[:-1, :-1]
    return inside / (height / rows * width / cols)


def _interpolate(table: np.ndarray, positions: np.ndarray) -> np.ndarray:
    """Rows of a summed-area table at fractional positions (linear is exact: pixels are constant inside)."""
    low = np.minimum(positions.astype(int), table.shape[0] - 2)
    part = (positions - low)[:, None]
    return table[low] * (1 - part) + table[low + 1] * part


def centre_grid(mask: np.ndarray, tile_rows: int, tile_cols: int, tile: int, side: int) -> np.ndarray:
    """The published rule: nearest-neighbour resize to the tiles' pixels, then to the tokens (SPEC 5.5).

    Returns:
        bool (tile_rows * side, tile_cols * side).
    """
    height, width = mask.shape
    rows = _nearest(tile_rows * tile, tile_rows * side)
    cols = _nearest(tile_cols * tile, tile_cols * side)
    return mask[np.ix_(_nearest(height, tile_rows * tile)[rows], _nearest(width, tile_cols * tile)[cols])]


def _nearest(source: int, target: int) -> np.ndarray:
    """Source index of each target pixel, as PIL's NEAREST resize picks it."""
    # PIL adds the step up instead of multiplying, and its rounding decides where a sample falls between two pixels.
    step = source / target
    position = np.cumsum(np.r_[0.5 * step, np.full(target - 1, step)])
    return np.minimum(position.astype(int), source - 1)


def uniform_sample(positions: np.ndarray, limit: int) -> np.ndarray:
    """At most `limit` of the positions, spread over the region (paper appendix C; SPEC 5.5).

    The region's bounding box is cut into ceil(sqrt(limit))^2 cells, scanned row by row; each gives the token
    nearest its centre.

    Args:
        positions: int (n, 2), row and column of each selected token.
        limit: most tokens to keep.

    Returns:
        Indices into `positions`, in scan order.
    """
    if len(positions) <= limit:
        return np.arange(len(positions))
    side = math.ceil(math.sqrt(limit))
    top, left = positions.min(0)
    bottom, right = positions.max(0) + 1
    step_y = max(1.0, (bottom - top) / side)
    step_x = max(1.0, (right - left) / side)
    chosen: list[int] = []
    for i in range(side):
        for j in range(side):
            # Both edges and the centre from them, in this order of arithmetic: the released code's rounding.
            y0, y1 = top + i * step_y, top + (i + 1) * step_y
            x0, x1 = left + j * step_x, left + (j + 1) * step_x
            rows, cols = positions[:, 0], positions[:, 1]
            inside = np.flatnonzero((rows >= y0) & (rows < y1) & (cols >= x0) & (cols < x1))
            if inside.size == 0:
                continue
            offset = positions[inside] - ((y0 + y1) / 2, (x0 + x1) / 2)
            chosen.append(int(inside[np.argmin((offset**2).sum(1))]))
            if len(chosen) == limit:
                return np.asarray(chosen)
    return np.asarray(chosen, dtype=int)


def token_indices(grid: np.ndarray, side: int, limit: int) -> np.ndarray:
    """Indices of the selected tokens in the image's feature bank, tile by tile, row by row.

    Args:
        grid: bool (tile_rows * side, tile_cols * side), the selected cells.
        side: tokens along one side of a tile.
        limit: most tokens to keep.

    Returns:
        int64 (k,), k <= limit; empty when nothing is selected.
    """
    rows, cols = np.nonzero(grid)
    tile_cols = grid.shape[1] // side
    index = (rows // side * tile_cols + cols // side) * side * side + rows % side * side + cols % side
    order = np.argsort(index, kind="stable")
    positions = np.stack([rows, cols], 1)[order]
    return index[order][uniform_sample(positions, limit)]
