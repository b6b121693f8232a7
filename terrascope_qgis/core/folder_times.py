"""When folders were changed: tells whether it is worth looking into them again."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path


def folder_times(folders: Iterable[str]) -> dict[str, int]:
    """When something in the folders, or beside them, was last made, renamed or deleted.

    Args:
        folders: that are there or may come to be there.

    Returns:
        Nanoseconds since 1970 of each of the folders, and of the ones around them, that is there.
    """
    times = {}
    for folder in map(Path, folders):
        for place in (folder, folder.parent):
            try:
                times[str(place)] = place.stat().st_mtime_ns
            except OSError:  # not there, or not ours to look at
                continue
    return times
