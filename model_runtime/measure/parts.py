"""The separate parts of a mask: groups of pixels that hang together by their edges, numbered strip by strip."""

from __future__ import annotations

import numpy as np
from scipy import ndimage
from scipy.sparse import coo_array
from scipy.sparse.csgraph import connected_components

from .rows import Raster, Rows, Strip, rows_of


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
        self._strips: list[tuple[int, int, int]] = []  # first row, row after the last, labels of the strips above
        self._last: tuple[int, np.ndarray] | None = None
        total, below = 0, None
        seams: list[np.ndarray] = []
        for strip in self._mask.strips():
            labels, count = _label(strip)
            if below is not None:
                touching = (below > 0) & (labels[0] > 0)
                seams.append(np.stack([below[touching], labels[0][touching] + total]))
            below = labels[-1] + np.where(labels[-1] > 0, total, 0)
            self._strips.append((strip.first, strip.end, total))
            self._last = strip.first, labels
            total += count
        pairs = np.unique(np.concatenate(seams, axis=1), axis=1) - 1 if seams else np.zeros((2, 0), int)
        graph = coo_array((np.ones(pairs.shape[1], bool), (pairs[0], pairs[1])), (total, total))
        self.count, group = connected_components(graph, directed=False) if total else (0, np.zeros(0, int))
        # Numbered by where they begin, as one labelling of the whole would.
        order = np.unique(group, return_index=True)[1].argsort().argsort() if total else np.zeros(0, int)
        self._number = np.concatenate([[0], order[group] + 1]).astype(np.int32)
        self.labels = Rows(self._mask.shape, self._read)

    def sizes(self) -> np.ndarray:
        """Pixels of each part, int64 (count,)."""
        total = np.zeros(self.count + 1, np.int64)
        for strip in self.labels.strips():
            total += np.bincount(strip.values.ravel(), minlength=self.count + 1)
        return total[1:]

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


def _label(strip: Strip) -> tuple[np.ndarray, int]:
    labels, count = ndimage.label(strip.values, output=np.int32)
    return labels, int(count)
