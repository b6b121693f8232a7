"""JSON tables of a source that many records share."""

from __future__ import annotations

import json
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from ..records import BrokenRecord

Stamped = tuple[tuple[Path, int], ...]
"""Files with the moment of their last change: what a table made from them may be remembered by."""


def stamped(paths: Iterable[Path]) -> Stamped:
    """Those of the files that are there."""
    return tuple((path, path.stat().st_mtime_ns) for path in paths if path.is_file())


def entries_of(path: Path, key: str | None = None) -> list[dict[str, Any]]:
    """A list of objects from a JSON file: the whole of it, or what stands under a key.

    Raises:
        BrokenRecord: It is no JSON or no such list.
        OSError: It cannot be read.
    """
    try:
        content = json.loads(path.read_text("utf-8"))
    except ValueError as error:
        raise BrokenRecord(f"{path.name} is damaged or no JSON.") from error
    if key is not None and isinstance(content, dict):
        content = content.get(key)
    if not isinstance(content, list) or not all(isinstance(entry, dict) for entry in content):
        raise BrokenRecord(f"{path.name} does not hold a list of objects.")
    return content
