"""`models delete`: a fetched or own model off the disk."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

from ..errors import ModelError
from .shelf import Known, known, models_folder


def removable(name: str) -> Known:
    """The model of that id, if it may be deleted.

    Args:
        name: an id; no path, so that nothing outside the models folder can be named.

    Raises:
        ModelError: there is no such model on this machine, it came with the plugin, or it is only a link.
    """
    entry = known(name)
    if entry is None:
        raise ModelError(f"There is no model '{name}' in {models_folder()}; other folders are yours to delete.")
    if entry.bundled:
        raise ModelError(f"{entry.name} came with the plugin and is deleted with it.")
    folders = _folders(entry)
    if not folders:
        raise ModelError(f"{entry.name} is not on this machine.")
    for folder in folders:
        if folder.resolve().parent != models_folder().resolve():
            raise ModelError(f"{folder} is a link to another folder; remove the link, and the folder, yourself.")
    return entry


def _folders(entry: Known) -> list[Path]:
    """Where it is, and where it was arriving when its download was cut (`download.py`)."""
    return [folder for folder in (entry.folder, entry.folder.with_name(f".{entry.id}.part")) if folder.is_dir()]


def delete(entry: Known) -> None:
    """Delete it; what is deleted is renamed first, so that nothing half-deleted is ever listed.

    Args:
        entry: from `removable`.

    Raises:
        ModelError: the system will not let it go.
    """
    for folder in _folders(entry):
        hidden = folder.with_name(f".{entry.id}.{os.getpid()}.deleted")
        try:
            folder.rename(hidden)
        except OSError as error:
            raise ModelError(
                f"{folder} cannot be deleted ({error.strerror}); close the programs that use it and try again."
            ) from None
        try:
            shutil.rmtree(hidden)
        except OSError as error:
            raise ModelError(
                f"Not all of {entry.name} could be deleted ({error.strerror}); remove {hidden} to get the space back."
            ) from None
