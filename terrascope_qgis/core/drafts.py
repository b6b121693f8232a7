"""Files that nobody wants: half-written ones, and an answer that was cancelled.

The runtime writes under a hidden name beside the file and renames that when it is whole. One that is killed, or whose
folder became read-only, leaves such a draft behind.
"""

from __future__ import annotations

import glob
import threading
import time
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

LEFT_S = 86_400.0
"""nobody writes for so long: what is older was left behind"""
MOMENT_S = 0.5
_OF_A_RUN = ".[0-9]*T[0-9]*_*." + "[0-9a-f]" * 8 + ".gpkg*"


def remove_answer(path: str) -> None:
    """A file that was written just when it was no longer wanted."""
    _for_a_moment(lambda: Path(path).unlink(missing_ok=True))


def remove_drafts(path: str) -> None:
    """Those of one file, which nobody writes any more."""
    target = Path(path)
    name = glob.escape(f".{target.stem[:80]}.") + "[0-9a-f]" * 8 + glob.escape(target.suffix) + "*"
    _for_a_moment(lambda: _remove(target.parent, name, 0.0))


def sweep(folder: Path) -> None:
    """Remove those that were left behind in a folder of runs, as by a power cut."""
    _remove(folder, _OF_A_RUN, LEFT_S)


def _remove(folder: Path, pattern: str, age_s: float) -> None:
    for draft in folder.glob(pattern):
        with suppress(OSError):
            if time.time() - draft.stat().st_mtime >= age_s:
                draft.unlink()


def _for_a_moment(work: Callable[[], None]) -> None:
    """Do something, and wait for it; with a drive that does not answer it goes on when that does."""

    def quietly() -> None:
        with suppress(OSError):
            work()

    working = threading.Thread(target=quietly, name="terrascope-removal", daemon=True)
    working.start()
    working.join(MOMENT_S)
