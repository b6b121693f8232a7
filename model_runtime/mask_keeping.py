"""Where the masks of a run are while they are measured: in memory, or of a large scene on disk."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from .measure.area import PixelAreas
from .measure.mapping_unit import without_small_parts
from .rasters.rows import Raster, Rows, rows_of
from .scene.detail import Detail


@dataclass(frozen=True)
class MaskKeeping:
    """What is done with masks before they are measured.

    Attributes:
        detail: of a large scene; None: masks are in memory.
        areas: of the pixels of the grid.
        minimum_ha: the minimum mapping unit.
        check: raises when the run has been cancelled. Each reading of a mask on disk is a place where it ends.
    """

    detail: Detail | None
    areas: PixelAreas
    minimum_ha: float
    check: Callable[[], None]

    def generalised(self, mask: Raster) -> Raster:
        """The mask without parts below the minimum mapping unit."""
        if isinstance(mask, Rows):
            mask = self._stoppable(mask)
        if not self.minimum_ha:
            return mask
        found = without_small_parts(mask, self.areas, self.minimum_ha, self.detail and self.detail.new_mask)
        return self._stoppable(found) if isinstance(found, Rows) else found

    def kept(self, mask: Rows) -> Raster:
        """A mask that was worked out, put where it is measured from."""
        if self.detail is None:
            return mask[:]
        target = self.detail.new_mask()
        for strip in self._stoppable(mask).strips():
            target.append(strip.values)
        return self._stoppable(target)

    def on_overview(self, mask: Raster) -> np.ndarray:
        """A mask as the scene's picture shows it."""
        return mask[:] if self.detail is None else rows_of(mask).thinned(self.detail.step) >= 0.5

    def _stoppable(self, mask: Rows) -> Rows:
        def read(first: int, end: int) -> np.ndarray:
            self.check()
            return mask[first:end]

        return Rows(mask.shape, read)
