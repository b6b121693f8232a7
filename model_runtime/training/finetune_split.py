"""Which labels are held out: those in some of the blocks of a checkerboard, so that they lie apart from the others."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

_BLOCKS = 8
"""along the longer side of what is labelled"""
_ONE_IN = 4
"""blocks is held out: of each two by two the same one"""


def hold_out(
    codes: Sequence[np.ndarray], parts: Sequence[np.ndarray | None], classes: int
) -> tuple[list[np.ndarray], str]:
    """Choose the blocks so that every class is learnt, and as many as possible are held out too, each about a quarter.

    Polygons are never parted: one is held out where its middle lies in such a block. Of a raster each pixel is.

    Args:
        codes: uint8 (H, W) of each scene, 0 not labelled.
        parts: int (H, W) of each scene, the number of the polygon that a labelled pixel is in; None for a raster.
        classes: how many.

    Returns:
        bool (H, W) of each scene, where labels are held out; and a sentence for the user where something could not be.
    """
    best: tuple[tuple[int, float, float], list[np.ndarray]] | None = None
    for shift in range(_ONE_IN):
        held = [_held(c, p, shift) for c, p in zip(codes, parts, strict=True)]
        out = sum(np.bincount(c[h], minlength=classes + 1) for c, h in zip(codes, held, strict=True))[1:]
        every = sum(np.bincount(c.ravel(), minlength=classes + 1) for c in codes)[1:]
        if (out == every).any():  # of these nothing would be learnt
            for code in np.flatnonzero(out == every) + 1:
                held = [h & (c != code) for c, h in zip(codes, held, strict=True)]
            out = np.where(out == every, 0, out)
        share = out / every
        rank = (int((out > 0).sum()), min(float(share.min()), 1 / _ONE_IN), -float(share.max()))
        if best is None or rank > best[0]:
            best = (rank, held)
    (judged, *_), held = best
    if judged == classes:
        return held, ""
    return held, (
        f"Of {classes - judged} of the {classes} classes no label could be held out, so that nothing is known of how "
        "well they are found: label each in several places."
    )


def _held(codes: np.ndarray, parts: np.ndarray | None, shift: int) -> np.ndarray:
    rows, columns = np.nonzero(codes)
    first = (rows.min(), columns.min())
    side = max(1, -(-(max(np.ptp(rows), np.ptp(columns)) + 1) // _BLOCKS))
    held = np.zeros(codes.shape, bool)
    if parts is None:
        held[rows, columns] = _in_block(rows - first[0], columns - first[1], side, shift)
        return held
    numbers, of = np.unique(parts[rows, columns], return_inverse=True)
    size = np.bincount(of)
    middles = [np.bincount(of, at - begin) / size for at, begin in zip((rows, columns), first, strict=True)]
    held[rows, columns] = _in_block(*middles, side, shift)[of]
    return held


def _in_block(rows: np.ndarray, columns: np.ndarray, side: int, shift: int) -> np.ndarray:
    return ((rows // side) % 2 == shift // 2) & ((columns // side) % 2 == shift % 2)
