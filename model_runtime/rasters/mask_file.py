"""A mask on disk, one bit a pixel: written from top to bottom, read some rows at a time."""

from __future__ import annotations

from pathlib import Path

import numpy as np

from .rows import Rows


class MaskFile(Rows):
    """A mask, bool (H, W), in a file of its own.

    Args:
        path: of the file, which is made anew.
        shape: height and width.
    """

    def __init__(self, path: Path, shape: tuple[int, int]) -> None:
        super().__init__(shape, self._load)
        self._path = path
        self._row_bytes = -(-shape[1] // 8)
        self.written = 0
        """how many rows there are"""
        path.write_bytes(b"")

    def append(self, rows: np.ndarray) -> None:
        """Write the next rows, bool (n, W).

        Raises:
            OSError: the disk is full.
        """
        with self._path.open("ab") as file:
            file.write(np.packbits(rows, axis=1).tobytes())
        self.written += len(rows)

    def _load(self, first: int, end: int) -> np.ndarray:
        count = max(0, end - first)
        packed = np.fromfile(self._path, np.uint8, count * self._row_bytes, offset=first * self._row_bytes)
        return np.unpackbits(packed.reshape(count, self._row_bytes), axis=1, count=self.shape[1]).astype(bool)
