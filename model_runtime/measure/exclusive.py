"""Masks that share the ground out among them: a land-cover map has one class on each pixel."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import numpy as np

from ..rasters.mask_file import MaskFile
from ..rasters.rows import Raster, rows_of


def shared_out(
    masks: Sequence[Raster], scores: Sequence[float], new_mask: Callable[[int], MaskFile] | None = None
) -> list[Raster]:
    """The masks without what another one with a higher score has; of equal scores the first.

    Args:
        masks: bool (H, W) each.
        scores: of each mask.
        new_mask: makes an empty mask for the i-th (0-based) to be written to; None: they are made in memory.

    Returns:
        In the order of the masks; no two share a pixel, and together they cover what the masks cover.
    """
    order = sorted(range(len(masks)), key=lambda number: -scores[number])
    if new_mask is None:
        return _of_rows(masks, order, slice(None))
    targets = [new_mask(number) for number in range(len(masks))]
    for strip in rows_of(masks[0]).strips():
        for target, own in zip(targets, _of_rows(masks, order, slice(strip.first, strip.end)), strict=True):
            target.append(own)
    return list(targets)


def _of_rows(masks: Sequence[Raster], order: Sequence[int], rows: slice) -> list[np.ndarray]:
    own: dict[int, np.ndarray] = {}
    taken: np.ndarray | None = None
    for number in order:
        values = masks[number][rows]
        own[number] = values & ~taken if taken is not None else values
        taken = values | taken if taken is not None else values
    return [own[number] for number in range(len(masks))]
