"""A weight file from its beginning to its end, through one small piece of memory, with its sha256 on the way.

Plain reads instead of a memory map: nothing is held twice, and a file that shrinks meanwhile is an error and not the
end of the process.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from pathlib import Path

from ..errors import ModelError
from .shards import Entry


class WeightReader:
    """Reads the tensors of one file in their order."""

    def __init__(self, file: Path, passage: memoryview, checksum: str | None = None) -> None:
        """Use it in a `with` statement.

        Args:
            file: a safetensors file.
            passage: the memory that everything goes through, writable bytes.
            checksum: the file's sha256, hexadecimal, if it is known; else it is computed.
        """
        self._file, self._passage, self._checksum = file, passage, checksum
        self._digest = hashlib.sha256()

    def __enter__(self) -> WeightReader:
        try:
            self._stream = self._file.open("rb", buffering=0)
        except OSError as error:
            raise self._unreadable(error) from None
        return self

    def __exit__(self, *_: object) -> None:
        self._stream.close()

    def pieces(self, entry: Entry) -> Iterator[int]:
        """Bring one tensor into the passage, piece by piece; tensors are asked for in the file's order.

        Yields:
            How many bytes lie at the beginning of the passage now: all of it, but for the tensor's last piece.

        Raises:
            ModelError: the file cannot be read, or ends before the tensor does.
        """
        for _ in self._read_to(entry.start):  # the header
            pass
        yield from self._read_to(entry.end)

    def sha256(self) -> str:
        """Of what has been read, hexadecimal; what was known before is repeated."""
        return self._checksum or self._digest.hexdigest()

    def _read_to(self, end: int) -> Iterator[int]:
        while (left := end - self._stream.tell()) > 0:
            piece = self._passage[:left]
            got = 0
            while got < len(piece):
                try:
                    count = self._stream.readinto(piece[got:])
                except OSError as error:
                    raise self._unreadable(error) from None
                if not count:
                    raise ModelError(f"{self._file} became shorter while it was read; fetch the model again.")
                got += count
            if not self._checksum:
                self._digest.update(piece)
            yield got

    def _unreadable(self, error: OSError) -> ModelError:
        return ModelError(f"{self._file} cannot be read ({error.strerror}).")
