"""Rasters that are measured strip of rows by strip of rows, so that none of them needs to be in memory whole.

A mask in memory (an array) and one on disk (`MaskFile`) are measured by the same code: it asks for some rows at a
time. What is made of masks (`a & ~b`) is made of the rows that are asked for.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import NamedTuple

import numpy as np

PIXELS_AT_ONCE = 1 << 20


class Strip(NamedTuple):
    """Some rows of a raster.

    Attributes:
        first: row of the raster.
        end: row after the last one.
        values: (end - first, W), or more rows where a halo was asked for.
        above: how many rows of the halo lie above `first`.
    """

    first: int
    end: int
    values: np.ndarray
    above: int

    def inner(self, values: np.ndarray) -> np.ndarray:
        """Of what was computed of `values`, the rows that belong to the strip."""
        return values[self.above : self.above + self.end - self.first]


class Rows:
    """A raster (H, W) of which rows can be had.

    A subclass may read by itself (`_read`): an object that keeps a method of its own goes only with the garbage.

    Args:
        shape: height and width.
        read: of a first row and the row after the last one, the values (rows, W).
    """

    # Arrays on the left side of an operator leave it to us.
    __array_ufunc__ = None

    def __init__(self, shape: tuple[int, int], read: Callable[[int, int], np.ndarray]) -> None:
        self.shape = shape
        self._read = read

    def __getitem__(self, rows: slice) -> np.ndarray:
        first, end, _ = rows.indices(self.shape[0])
        return self._read(first, end)

    def window(self, top: int, left: int, height: int, width: int) -> np.ndarray:
        """Some columns of some rows, (height, width), or less where the raster ends."""
        return self[top : top + height][:, left : left + width]

    def strips(self, halo: int = 0) -> Iterator[Strip]:
        """The raster from top to bottom.

        Args:
            halo: further rows above and below each strip, where the raster has them.
        """
        height, width = self.shape
        step = max(1, PIXELS_AT_ONCE // max(width, 1))
        for first in range(0, height, step):
            end = min(first + step, height)
            begin = max(0, first - halo)
            yield Strip(first, end, self[begin : min(height, end + halo)], first - begin)

    def any(self) -> bool:
        """Whether any value is not zero."""
        return any(strip.values.any() for strip in self.strips())

    def thinned(self, step: int) -> np.ndarray:
        """Means of cells of `step` x `step` pixels, of those that there are: float32 (ceil(H/step), ceil(W/step))."""
        height, width = self.shape
        columns, found = np.arange(0, width, step), []
        high = step * max(1, PIXELS_AT_ONCE // max(width * step, 1))
        for first in range(0, height, high):
            values = self[first : min(first + high, height)]
            sums = np.add.reduceat(values.astype(np.float32), columns, axis=1)
            found.append(np.add.reduceat(sums, np.arange(0, len(values), step), axis=0))
        down = np.diff(np.append(np.arange(0, height, step), height))
        across = np.diff(np.append(columns, width))
        return np.concatenate(found) / (down[:, None] * across[None]).astype(np.float32)

    def count(self) -> int:
        """How many values are not zero."""
        return sum(int(np.count_nonzero(strip.values)) for strip in self.strips())

    def __and__(self, other: Raster) -> Rows:
        return together(np.logical_and, self, other)

    __rand__ = __and__

    def __or__(self, other: Raster) -> Rows:
        return together(np.logical_or, self, other)

    __ror__ = __or__

    def __invert__(self) -> Rows:
        return together(np.logical_not, self)


Raster = np.ndarray | Rows


def enlarged(values: np.ndarray, step: int, shape: tuple[int, int]) -> Rows:
    """A coarse raster (h, w) on fine pixels: each of its pixels is `step` x `step` of them; (H, W) is `shape`."""

    def read(first: int, end: int) -> np.ndarray:
        rows = values[first // step : -(-end // step)].repeat(step, axis=0)[first % step :][: end - first]
        return rows.repeat(step, axis=1)[:, : shape[1]]

    return Rows(shape, read)


def rows_of(raster: Raster) -> Rows:
    """A raster in memory, (H, W), as one of which rows can be had."""
    return raster if isinstance(raster, Rows) else Rows(raster.shape, lambda first, end: raster[first:end])


def together(make: Callable[..., np.ndarray], *rasters: Raster) -> Rows:
    """What `make` makes of the same rows of several rasters; value by value, as it is called for each strip.

    Raises:
        ValueError: they are not of one shape.
    """
    parts = [rows_of(raster) for raster in rasters]
    if len({part.shape for part in parts}) > 1:
        raise ValueError(f"rasters of shapes {[part.shape for part in parts]} do not lie on one grid")
    return Rows(parts[0].shape, lambda first, end: make(*(part[first:end] for part in parts)))
