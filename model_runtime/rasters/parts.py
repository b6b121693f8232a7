"""The separate parts of a mask: groups of pixels that hang together by their edges, numbered strip by strip."""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np
from scipy import ndimage
from scipy.sparse import coo_array
from scipy.sparse.csgraph import connected_components

from .rows import Raster, Rows, rows_of


@dataclass
class Seams:
    """What strips were numbered, each by itself, and which of their numbers mean the same part."""

    total: int = 0
    _below: np.ndarray | None = None
    _pairs: list[np.ndarray] = field(default_factory=list)

    def add(self, labels: np.ndarray, count: int) -> int:
        """Take the labels (rows, W) of the next strip, from 1 to `count`; returns how many were counted before it."""
        before = self.total
        if self._below is not None:
            touching = (self._below > 0) & (labels[0] > 0)
            self._pairs.append(np.stack([self._below[touching], labels[0][touching] + before]))
        self._below = np.where(labels[-1] > 0, labels[-1] + before, 0)
        self.total += count
        return before

    def groups(self) -> tuple[int, np.ndarray]:
        """How many parts there are, and the part (from 0) of each number; shape (total,).

        Parts are in the order in which they begin, as one labelling of the whole would have them.
        """
        if not self.total:
            return 0, np.zeros(0, np.int64)
        pairs = np.unique(np.concatenate(self._pairs, axis=1), axis=1) - 1 if self._pairs else np.zeros((2, 0), int)
        graph = coo_array((np.ones(pairs.shape[1], bool), (pairs[0], pairs[1])), (self.total, self.total))
        count, group = connected_components(graph, directed=False)
        order = np.unique(group, return_index=True)[1].argsort().argsort()
        return int(count), order[group]

    def summed(self, of_strips: list[np.ndarray]) -> np.ndarray:
        """Amounts of the numbers of all strips, added up for each part: float (parts,)."""
        count, group = self.groups()
        return np.bincount(group, weights=np.concatenate([np.zeros(0), *of_strips]), minlength=count)


class Parts:
    """The parts of a mask.

    Args:
        mask: bool (H, W).

    Attributes:
        count: how many there are.
        labels: int32 (H, W), 0 outside the mask, else the number of the part, from 1 on in reading order: what
            `scipy.ndimage.label` gives of the whole mask.
    """

    def __init__(self, mask: Raster) -> None:
        self._mask = rows_of(mask)
        self._strips: list[tuple[int, int, int]] = []  # first row, row after the last, numbers of the strips above
        self._last: tuple[int, np.ndarray] | None = None
        seams = Seams()
        for strip in self._mask.strips():
            labels, count = ndimage.label(strip.values, output=np.int32)
            self._strips.append((strip.first, strip.end, seams.add(labels, count)))
            self._last = strip.first, labels
        self.count, group = seams.groups()
        self._number = np.concatenate([[0], group + 1]).astype(np.int32)
        self.labels = Rows(self._mask.shape, self._read)

    def _read(self, first: int, end: int) -> np.ndarray:
        found = [
            self._of(begin, stop, above)[max(first - begin, 0) : end - begin]
            for begin, stop, above in self._strips
            if begin < end and stop > first
        ]
        return found[0] if len(found) == 1 else np.concatenate([*found, np.zeros((0, self._mask.shape[1]), np.int32)])

    def _of(self, begin: int, stop: int, above: int) -> np.ndarray:
        """Numbers of one strip; labelled again, which is faster than keeping all of them."""
        if self._last is None or self._last[0] != begin:
            self._last = begin, ndimage.label(self._mask[begin:stop], output=np.int32)[0]
        labels = self._last[1]
        return self._number[labels + np.where(labels > 0, np.int32(above), np.int32(0))]


def part_pixels(mask: Raster) -> np.ndarray:
    """Pixels of each part of a mask, bool (H, W), in the order of `Parts`: int64 (parts,)."""
    seams, pixels = Seams(), []
    for strip in rows_of(mask).strips():
        labels, count = ndimage.label(strip.values, output=np.int32)
        seams.add(labels, count)
        pixels.append(np.bincount(labels[strip.values], minlength=count + 1)[1:])
    return seams.summed(pixels).astype(np.int64)
