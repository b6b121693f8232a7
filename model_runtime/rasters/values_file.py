"""Numbers on disk, in half precision: written from top to bottom, read some rows at a time."""

from __future__ import annotations

from pathlib import Path

import numpy as np

from .rows import Rows


class ValuesFile(Rows):
    """A raster, float16 (H, W), in a file of its own, which is made anew.

    Args:
        path: of the file.
        shape: height and width.
    """

    def __init__(self, path: Path, shape: tuple[int, int]) -> None:
        self.shape = shape
        self._path = path
        path.write_bytes(b"")

    def append(self, rows: np.ndarray) -> None:
        """Write the next rows, (n, W).

        Raises:
            OSError: the disk is full.
        """
        with self._path.open("ab") as file:
            file.write(np.ascontiguousarray(rows, np.float16).tobytes())

    def _read(self, first: int, end: int) -> np.ndarray:
        count, width = max(0, end - first), self.shape[1]
        return np.fromfile(self._path, np.float16, count * width, offset=2 * first * width).reshape(count, width)
