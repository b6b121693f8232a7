"""A mask on disk, one bit a pixel: written from top to bottom, read some rows at a time."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import numpy as np

from .rows import Rows


class MaskFile(Rows):
    """A mask, bool (H, W), in a file of its own.

    Args:
        path: of the file, which is made anew unless it goes on.
        shape: height and width.
        goes_on: what was written of it before, with its notes, is kept; whatever broke off in the middle is not.

    Attributes:
        notes: what was said of the rows, one note for each time that some were appended with one.
    """

    def __init__(self, path: Path, shape: tuple[int, int], *, goes_on: bool = False) -> None:
        self.shape = shape
        self._path, self._told = path, path.with_name(path.name + ".notes")
        self._row_bytes = -(-shape[1] // 8)
        self.written = 0
        """how many rows there are"""
        self.notes: list[Any] = []
        if goes_on and path.is_file() and self._told.is_file():
            self._take_up()
        else:
            path.write_bytes(b"")

    def append(self, rows: np.ndarray, note: object = None) -> None:
        """Write the next rows, bool (n, W), and what is to be known of them should the work go on another day.

        Raises:
            OSError: the disk is full.
        """
        with self._path.open("ab") as file:
            file.write(np.packbits(rows, axis=1).tobytes())
        self.written += len(rows)
        if note is not None:
            with self._told.open("a", encoding="utf-8") as file:
                file.write(json.dumps([self.written, note]) + "\n")
            self.notes.append(note)

    def _take_up(self) -> None:
        """Rows count with their note only: the file may have been left at any moment."""
        there = self._path.stat().st_size // self._row_bytes
        kept = []
        for line in self._told.read_text("utf-8").splitlines():
            try:
                rows, note = json.loads(line)
            except ValueError:
                break
            if rows > there:
                break
            self.written = rows
            self.notes.append(note)
            kept.append(line)
        self._told.write_text("".join(f"{line}\n" for line in kept), "utf-8")
        with self._path.open("r+b") as file:
            file.truncate(self.written * self._row_bytes)

    def window(self, top: int, left: int, height: int, width: int) -> np.ndarray:
        """As of any raster; only what is asked for is unpacked."""
        right = min(left + width, self.shape[1])
        packed = self._packed(top, min(top + height, self.shape[0]))[:, left // 8 : -(-right // 8)]
        return np.unpackbits(packed, axis=1)[:, left % 8 :][:, : right - left].astype(bool)

    def _read(self, first: int, end: int) -> np.ndarray:
        return np.unpackbits(self._packed(first, end), axis=1, count=self.shape[1]).astype(bool)

    def _packed(self, first: int, end: int) -> np.ndarray:
        count = max(0, end - first)
        packed = np.fromfile(self._path, np.uint8, count * self._row_bytes, offset=first * self._row_bytes)
        return packed.reshape(count, self._row_bytes)
