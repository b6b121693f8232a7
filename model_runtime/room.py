"""How much memory there is for a piece of work: of the machine, and of the control group that limits its processes."""

from __future__ import annotations

from pathlib import Path

import psutil

_GROUPS = Path("/sys/fs/cgroup")
_OWN_GROUP = Path("/proc/self/cgroup")


def free_bytes() -> int:
    """Bytes that could be taken now without swapping, and without being ended for it."""
    return min([psutil.virtual_memory().available, *_left_to_groups(_GROUPS, _OWN_GROUP)])


def _left_to_groups(groups: Path, own: Path) -> list[int]:
    """What is left of each limit that Linux's control groups (version 2) set: of containers, services, batch jobs."""
    try:
        named = next(line for line in own.read_text().splitlines() if line.startswith("0::"))
    except (OSError, StopIteration):
        return []
    folder = groups / named[3:].lstrip("/")
    return [left for place in (folder, *folder.parents) if (left := _left_to(place)) is not None]


def _left_to(group: Path) -> int | None:
    try:
        limit, taken = (int((group / f"memory.{name}").read_text()) for name in ("max", "current"))
        cached = dict(line.split() for line in (group / "memory.stat").read_text().splitlines())["inactive_file"]
    except (OSError, ValueError, KeyError):  # "max": no limit
        return None
    return max(0, limit - taken + int(cached))
