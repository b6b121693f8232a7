"""Answers of a remote runtime that wait to be fetched, a hundred for an hour, each in a folder under an id of ours."""

from __future__ import annotations

import shutil
import threading
import time
from collections.abc import Callable
from pathlib import Path

KEPT_S = 3600.0
MOST = 100
"""answers that wait; a further one takes the place of the oldest"""
GEOPACKAGE, PICTURE = "answer.gpkg", "picture.png"
MEDIA = {GEOPACKAGE: "application/geopackage+sqlite3", PICTURE: "image/png"}


class Results:
    """The folders of answers. An id that comes from a client is looked up, never joined to a path."""

    def __init__(self, folder: Path, clock: Callable[[], float] = time.monotonic) -> None:
        folder.mkdir(0o700)
        self._folder, self._clock = folder, clock
        self._made: dict[str, float | None] = {}
        self._lock = threading.Lock()

    def begin(self, result: str) -> Path:
        """A folder for a new answer, which nobody can fetch before `finish`; the oldest goes where there are many.

        Args:
            result: its id, 32 hexadecimal digits that were made here.
        """
        with self._lock:
            self._made[result] = None
            place = self._folder / result
            place.mkdir(0o700)
            waiting = sorted((made, one) for one, made in self._made.items() if made is not None)
        for _, one in waiting[: max(0, len(waiting) - MOST + 1)]:
            self.drop(one)
        return place

    def finish(self, result: str) -> None:
        """The answer can be fetched from now on, for an hour."""
        with self._lock:
            self._made[result] = self._clock()

    def file(self, result: str, name: str) -> Path | None:
        """A file of an answer; None when there is none.

        Args:
            result: an id as a client gives it.
            name: `GEOPACKAGE` or `PICTURE`.
        """
        with self._lock:
            file = self._folder / result / name if self._made.get(result) is not None else None
        return file if file and file.is_file() else None

    def drop(self, result: str) -> bool:
        """Delete an answer; False when there is none."""
        with self._lock:
            if result not in self._made:
                return False
            del self._made[result]
        shutil.rmtree(self._folder / result, ignore_errors=True)
        return True

    def delete(self, result: str) -> bool:
        """As `drop`, but only an answer that can be fetched."""
        with self._lock:
            done = self._made.get(result) is not None
        return done and self.drop(result)

    def sweep(self) -> None:
        """Delete what is older than an hour."""
        since = self._clock() - KEPT_S
        with self._lock:
            old = [result for result, made in self._made.items() if made is not None and made < since]
        for result in old:
            self.drop(result)
