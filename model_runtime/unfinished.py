"""Masks of large scenes that a run had not finished when it was stopped: the next run of the same kind goes on.

Each kind of run (scene, settings, model) has a folder in the user's cache. One process at a time uses it; another one
that asks the same works without. It goes when a run is complete, and after a week.
"""

from __future__ import annotations

import hashlib
import logging
import os
import shutil
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from filelock import FileLock, Timeout
from platformdirs import user_cache_path

from .rasters.mask_file import MaskFile

KEPT_S = 7 * 86_400
FOLDER_VARIABLE = "TERRASCOPE_UNFINISHED"
log = logging.getLogger(__name__)


class Unfinished:
    """What `taken_up` gives.

    Args:
        folder: of this kind of run; None: nothing is kept.
    """

    def __init__(self, folder: Path | None) -> None:
        self._folder = folder

    def mask(self, key: str, shape: tuple[int, int]) -> MaskFile | None:
        """The mask of a key as far as it was written, to be gone on with; None where nothing is kept.

        Args:
            key: hexadecimal digits.
            shape: height and width.
        """
        return self._folder and MaskFile(self._folder / f"{key}.mask", shape, goes_on=True)

    def complete(self) -> None:
        """The run has its result: nothing is to be gone on with."""
        if self._folder:
            for path in self._folder.iterdir():
                if path.suffix != ".lock":
                    path.unlink(missing_ok=True)


@contextmanager
def taken_up(*kind: str) -> Iterator[Unfinished]:
    """What earlier runs of a kind left unfinished, for this run alone while it lasts.

    Args:
        kind: texts that tell the scene, the settings and the model.
    """
    chosen = os.environ.get(FOLDER_VARIABLE)
    root = Path(chosen) if chosen else user_cache_path("terrascope", appauthor=False) / "unfinished"
    folder = root / hashlib.sha256("\0".join(kind).encode()).hexdigest()[:32]
    try:
        folder.mkdir(0o700, parents=True, exist_ok=True)
        _sweep(root, folder)
        lock = FileLock(folder / "in_use.lock")
        lock.acquire(timeout=0)
    except (OSError, Timeout) as reason:
        log.info("masks are not kept for another run: %s", reason)
        yield Unfinished(None)
        return
    try:
        yield Unfinished(folder)
        empty = not any(path.suffix != ".lock" for path in folder.iterdir())
    finally:
        lock.release()
    if empty:
        shutil.rmtree(folder, ignore_errors=True)


def _sweep(root: Path, but: Path) -> None:
    """Remove what nobody has gone on with for a week."""
    for folder in root.iterdir():
        if folder != but and time.time() - folder.stat().st_mtime > KEPT_S:
            shutil.rmtree(folder, ignore_errors=True)
