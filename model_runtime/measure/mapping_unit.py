"""The minimum mapping unit: parts of a mask that are smaller are no parts of it."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from ..rasters.mask_file import MaskFile
from ..rasters.parts import Parts
from ..rasters.rows import Raster, together
from .area import PixelAreas
from .part_sizes import part_sizes


def without_small_parts(
    mask: Raster, areas: PixelAreas, minimum_ha: float, new_mask: Callable[[], MaskFile] | None = None
) -> Raster:
    """Leave out of a mask what hangs together by edges and is smaller than the minimum mapping unit.

    Args:
        mask: bool (H, W).
        areas: of the pixels of its grid.
        minimum_ha: the unit; 0: nothing is left out.
        new_mask: makes an empty mask to be written to; None: it is made in memory.
    """
    sizes = part_sizes(mask, areas).area_ha
    # Areas are sums of pixels: what is as large as the unit but for rounding stays.
    kept = np.concatenate([[False], sizes >= minimum_ha * (1 - 1e-9)])
    if kept[1:].all():
        return mask
    large = together(lambda labels: kept[labels], Parts(mask).labels)
    if new_mask is None:
        return large[:]
    target = new_mask()
    for strip in large.strips():
        target.append(strip.values)
    return target
