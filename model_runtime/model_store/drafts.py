"""Folders that appear whole or not at all."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from ..errors import OutputError

# What a file system needs beside the files themselves.
_MARGIN = 64 << 20


@contextmanager
def new_folder(out: Path, size: int) -> Iterator[Path]:
    """A hidden folder beside `out` that becomes `out` at the end, or vanishes when something goes wrong.

    Args:
        out: what to make; it may be there already if it is empty.
        size: bytes that will be written into it.

    Raises:
        OutputError: there is something in `out`, its parent cannot be written to, or the disk has too little room; in
            all of these nothing has been written.
    """
    out = out.expanduser().absolute()
    if out.is_dir() and any(out.iterdir()):
        raise OutputError(f"{out} is not empty; choose a folder that does not exist yet.")
    if out.exists() and not out.is_dir():
        raise OutputError(f"{out} is a file; choose a folder that does not exist yet.")
    if not out.parent.is_dir():
        raise OutputError(f"{out.parent} does not exist; make it first, or choose another folder.")
    free = shutil.disk_usage(out.parent).free
    if free < size + _MARGIN:
        raise OutputError(
            f"{out} needs {size / 1e9:.1f} GB, but its disk has only {free / 1e9:.1f} GB free; choose another disk."
        )
    draft = out.with_name(f".{out.name}.{os.getpid()}.part")
    try:
        draft.mkdir()
        yield draft
        with suppress(FileNotFoundError):
            out.rmdir()
        draft.rename(out)
    except OSError as error:
        raise OutputError(f"{out} cannot be written ({error.strerror or error}).") from None
    finally:
        shutil.rmtree(draft, ignore_errors=True)
