"""Rows of a raster as runs: pixels side by side that have one value. There are far fewer of them than of pixels."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np


class Runs(NamedTuple):
    """Runs whose value is not zero, in reading order; all of shape (runs,).

    Attributes:
        row: of each.
        first: its first column.
        end: the column after its last.
        value: of its pixels.
    """

    row: np.ndarray
    first: np.ndarray
    end: np.ndarray
    value: np.ndarray

    @property
    def pixels(self) -> np.ndarray:
        """How many pixels each has."""
        return self.end - self.first


def runs_of(values: np.ndarray) -> Runs:
    """The runs of a raster (H, W), integer or bool."""
    height, width = values.shape
    begins = np.ones((height, width + 1), bool)  # a run begins here; the last column closes the last one
    np.not_equal(values[:, 1:], values[:, :-1], out=begins[:, 1:-1])
    row, column = np.divmod(np.flatnonzero(begins), width + 1)
    first = np.flatnonzero(column < width)
    value = values[row[first], column[first]]
    first = first[value != 0]
    return Runs(row[first], column[first], column[first + 1], value[value != 0])
