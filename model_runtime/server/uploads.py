"""Files that were sent, each kept once under the sha256 of its bytes, in a folder that nobody else can enter.

What a client declares is checked before anything is written (the size against the limit, against what is kept and
against the disk), and what it sends is checked while it comes (RUNTIME.md section 3b, declared sizes). A file is
there whole and with the right bytes, or not at all. Files go when nobody has used them for a day, or, the oldest
first, when all together are too much; never one that a question waiting or running names.
"""

from __future__ import annotations

import asyncio
import hashlib
import os
import secrets
import shutil
import threading
import time
from collections.abc import AsyncIterator, Callable, Collection, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from ..errors import OutputError, UploadMissing
from .names import BEGINNING, Upload

UNUSED_S = 24 * 3600.0
TIMES_LIMIT = 3
"""all files together may be so many times as large as one"""
IDLE_S = 60.0
_SPARE_BYTES = 256_000_000  # of the disk, for results and for whatever else lives on it
_BLOCK_BYTES = 4_000_000


class UploadError(Exception):
    """An upload is refused: an HTTP status and a sentence."""

    def __init__(self, status: int, sentence: str) -> None:
        super().__init__(sentence)
        self.status = status


@dataclass
class _Kept:
    size: int
    used: float
    names: list[str] = field(default_factory=list)


class Uploads:
    """The files that are kept.

    Attributes:
        limit_bytes: the largest file that is taken.
    """

    def __init__(self, folder: Path, limit_bytes: int, clock: Callable[[], float] = time.monotonic) -> None:
        folder.mkdir(0o700)
        self.limit_bytes = limit_bytes
        self._folder, self._clock = folder, clock
        self._kept: dict[str, _Kept] = {}
        self._coming = 0
        self._lock = threading.Lock()

    def has(self, digest: str) -> bool:
        """Whether a file is here; asking counts as using it."""
        with self._lock:
            kept = self._kept.get(digest)
            if kept is None:
                return False
            if not (self._folder / digest / "data").is_file():  # somebody tidied the temporary folder
                self._remove([digest])
                return False
            kept.used = self._clock()
            return True

    def require(self, upload: Upload) -> None:
        """Ask for a file that is needed; see `has`.

        Raises:
            UploadMissing: it is not here.
        """
        if not self.has(upload.sha256):
            raise UploadMissing(f"'{upload.name}' is not on the runtime's machine, or not any more: send it again.")

    async def receive(self, digest: str, size: int, chunks: AsyncIterator[bytes], in_use: Collection[str]) -> None:
        """Take a file in.

        Args:
            digest: the sha256 that its bytes must have.
            size: how many bytes are announced.
            chunks: the bytes.
            in_use: digests of files that must stay.

        Raises:
            UploadError: it is too large, there is no room, or it is not what was announced; nothing is left then.
        """
        with self._room(size, in_use):
            part = self._folder / f"part-{secrets.token_hex(16)}"
            try:
                await _write(part, digest, size, chunks)
                self._keep(part, digest, size)
            except OSError as error:
                raise UploadError(
                    507, f"The file cannot be written on the runtime's machine: {error.strerror}."
                ) from error
            finally:
                part.unlink(missing_ok=True)

    def path_of(self, upload: Upload) -> Path:
        """A file under the name that a request gives it, alone in a folder: nothing is found beside it.

        The same name gives the same path again, so that what is known of a place stays known.

        Raises:
            UploadMissing: it is not here.
            RequestError: it is not what its name says.
            OutputError: the disk is full.
        """
        self.require(upload)
        place = self._folder / upload.sha256
        with self._lock:
            names = self._kept[upload.sha256].names if upload.sha256 in self._kept else []
            if upload.name not in names:
                names.append(upload.name)
            number = names.index(upload.name)
        named = place / (upload.sha256[:8] + (f"-{number}" if number else "")) / upload.name
        try:
            with (place / "data").open("rb") as stream:
                upload.check_beginning(stream.read(BEGINNING))
            if not named.exists():
                named.parent.mkdir(0o700, exist_ok=True)
                _link(place / "data", named)
        except FileNotFoundError:
            raise UploadMissing(f"'{upload.name}' is not on the runtime's machine any more: send it again.") from None
        except OSError as error:
            raise OutputError(f"The runtime's machine cannot keep '{upload.name}': {error.strerror}.") from error
        return named

    def sweep(self, in_use: Collection[str]) -> None:
        """Remove what nobody has used for a day."""
        with self._lock:
            since = self._clock() - UNUSED_S
            gone = [digest for digest, kept in self._kept.items() if kept.used < since and digest not in in_use]
            self._remove(gone)

    @contextmanager
    def _room(self, size: int, in_use: Collection[str]) -> Iterator[None]:
        """Reserve room for a file that comes."""
        if size > self.limit_bytes:
            raise UploadError(
                413,
                f"The file has {size / 1e6:,.0f} MB, and this runtime takes at most {self.limit_bytes / 1e6:,.0f} MB: "
                "choose a smaller part of it.",
            )
        with self._lock:
            self._shrink(size, in_use)
            if self._total() + size > TIMES_LIMIT * self.limit_bytes:
                raise UploadError(507, "The runtime's machine has no room while other questions wait: try again later.")
            free = shutil.disk_usage(self._folder).free
            if free < self._coming + size + _SPARE_BYTES:
                raise UploadError(
                    507,
                    f"The disk of the runtime's machine has {free / 1e6:,.0f} MB left, too little for this file of "
                    f"{size / 1e6:,.0f} MB: make room there, or send a smaller part.",
                )
            self._coming += size
        try:
            yield
        finally:
            with self._lock:
                self._coming -= size

    def _total(self) -> int:
        return self._coming + sum(kept.size for kept in self._kept.values())

    def _shrink(self, size: int, in_use: Collection[str]) -> None:
        oldest = sorted(self._kept, key=lambda digest: self._kept[digest].used)
        for digest in oldest:
            if self._total() + size <= TIMES_LIMIT * self.limit_bytes:
                return
            if digest not in in_use:
                self._remove([digest])

    def _remove(self, digests: Collection[str]) -> None:
        for digest in digests:
            del self._kept[digest]
            shutil.rmtree(self._folder / digest, ignore_errors=True)

    def _keep(self, part: Path, digest: str, size: int) -> None:
        with self._lock:
            if digest not in self._kept:
                place = self._folder / digest
                place.mkdir(0o700, exist_ok=True)
                os.replace(part, place / "data")
                self._kept[digest] = _Kept(size, self._clock())
            self._kept[digest].used = self._clock()


async def _write(part: Path, digest: str, size: int, chunks: AsyncIterator[bytes]) -> None:
    """Write and add up what comes, off the event loop."""
    sums, got = hashlib.sha256(), 0
    with part.open("xb") as file:

        def take(block: bytes) -> None:
            sums.update(block)
            file.write(block)

        async for block in _blocks(chunks):
            got += len(block)
            if got > size:
                break
            await asyncio.to_thread(take, block)
    if got != size or sums.hexdigest() != digest:
        raise UploadError(422, "What arrived is not the file that was announced: send it again.")


async def _blocks(chunks: AsyncIterator[bytes]) -> AsyncIterator[bytes]:
    """Some megabytes at a time."""
    block = bytearray()
    try:
        while True:
            async with asyncio.timeout(IDLE_S):
                chunk = await anext(chunks, None)
            if chunk is None:
                break
            block += chunk
            if len(block) >= _BLOCK_BYTES:
                yield bytes(block)
                block.clear()
    except TimeoutError:
        raise UploadError(408, f"Nothing of the file came for {IDLE_S:.0f} seconds: send it again.") from None
    if block:
        yield bytes(block)


def _link(data: Path, named: Path) -> None:
    """A second name for a file; a copy on disks that have no links."""
    try:
        os.link(data, named)
    except FileNotFoundError:
        raise
    except OSError:
        shutil.copyfile(data, named)
