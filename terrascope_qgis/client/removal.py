"""Deletes environments without keeping QGIS waiting: a rename at once, the thousands of files in a thread."""

from __future__ import annotations

import shutil
import threading
import uuid
from collections.abc import Iterable
from pathlib import Path


def throw_away(folder: Path, root: Path) -> None:
    """Have a folder be gone at once, and its files a little later; nothing happens when it is not there.

    Args:
        folder: it.
        root: where it is moved to under another name meanwhile; on the same disk.

    Raises:
        OSError: it cannot be moved, as when a program in it runs on Windows.
    """
    if folder.exists():
        trash = root / ("trash-" + uuid.uuid4().hex[:8])
        folder.rename(trash)
        _delete([trash])


def empty_trash(root: Path) -> None:
    """Go on with what an earlier QGIS had no time to delete."""
    _delete(list(root.glob("trash-*")))


def remove_all(root: Path, names: Iterable[str] = ("env-*", "new-*", "cache", "tools", "python", "tmp")) -> None:
    """Remove everything that was installed or fetched; the log stays.

    Raises:
        OSError: something cannot be moved; what comes before it is gone.
    """
    for name in names:
        for folder in root.glob(name):
            throw_away(folder, root)


def _delete(folders: list[Path]) -> None:
    if folders:
        threading.Thread(
            target=lambda: [shutil.rmtree(folder, ignore_errors=True) for folder in folders],
            name="terrascope-removal",
            daemon=True,  # QGIS may end meanwhile; the rest goes the next time
        ).start()
