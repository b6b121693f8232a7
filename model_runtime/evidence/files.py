"""Files that are there whole or not at all."""

from __future__ import annotations

import os
import secrets
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from ..errors import OutputError


@contextmanager
def replacing(path: str | os.PathLike[str], suffix: str) -> Iterator[Path]:
    """Yield a temporary name beside `path`; rename it to `path` when all went well, else leave nothing.

    Args:
        path: the file to write or replace.
        suffix: what its name must end with, such as `.gpkg`.

    Raises:
        OutputError: the folder is missing, cannot be written to, or the file is open elsewhere.
    """
    target = Path(os.path.expanduser(path)).absolute()
    if target.suffix.lower() != suffix:
        raise OutputError(f"'{target.name}' does not end with {suffix}: choose a name that does.")
    if os.path.isdir(target):
        raise OutputError(f"'{target.name}' is a folder: choose a file name.")
    if not os.path.isdir(target.parent):  # Path's own raises where a network drive is gone
        raise OutputError(f"The folder '{target.parent}' does not exist: create it or choose another one.")
    check_closed(target)
    part = target.with_name(f".{target.stem[:80]}.{secrets.token_hex(4)}{suffix}")
    try:
        yield part
        check_closed(target)  # that is a while later
        os.replace(part, target)
    except OSError as error:
        reason = error.strerror or "the file cannot be written"
        raise OutputError(f"'{target.name}' cannot be written ({reason}): choose another place.") from error
    finally:
        for name in ("", "-journal", "-wal", "-shm"):
            with suppress(OSError):  # a read-only disk refuses to remove what is not there; why is told already
                part.with_name(part.name + name).unlink(missing_ok=True)


def check_closed(target: Path) -> None:
    """See that no program writes a file that is to be replaced.

    A log or journal beside it would be replayed into the new file: somebody is writing, or was when the machine failed.

    Raises:
        OutputError: one does.
    """
    if any(os.path.exists(f"{target}{log}") for log in ("-wal", "-journal")):
        raise OutputError(f"'{target.name}' is open in another program: close it there or choose another name.")


def write_whole(path: Path, text: str) -> None:
    """Write a text file, UTF-8, that is there whole or not at all.

    Raises:
        OSError: it cannot be written.
    """
    draft = path.with_name(f".{path.name}.part")
    try:
        draft.write_text(text, "utf-8")
        os.replace(draft, path)
    finally:
        draft.unlink(missing_ok=True)
