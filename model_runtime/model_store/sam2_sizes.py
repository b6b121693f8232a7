"""The size of SAM-2 where a model's config leaves it implied and it is not the usual one (SPEC 1).

Small models in the published layout come with a `sam2*.json` of its sizes, in their folder or beside it.
"""

from __future__ import annotations

from pathlib import Path

from ..errors import ModelError
from ..model.config import GroundingConfig, TerraScopeConfig, read_config
from ..model.json_file import read_json

_LARGEST = 4_000_000


def config_of(
    folder: Path, near: Path | None = None, given: Path | None = None
) -> tuple[TerraScopeConfig, Path | None]:
    """A folder's config with the sizes of SAM-2 filled in, and the file they are from.

    Args:
        folder: of a model.
        near: another folder to look in first.
        given: the file the user named instead.

    Returns:
        No file: the config says the sizes, or leaves them implied and there is no such file.

    Raises:
        ModelError: the config or the file is missing or damaged, or there are several files.
    """
    config = read_config(folder)
    if given is None:
        if "grounding_config" in config.model_fields_set:
            return config, None
        given = _found(folder, near)
    if given is None:
        return config, None
    try:
        sizes = GroundingConfig.from_sizes(read_json(given, _LARGEST))
    except FileNotFoundError:
        raise ModelError(f"There is no file {given}.") from None
    return config.model_copy(update={"grounding_config": sizes}), given


def _found(folder: Path, near: Path | None) -> Path | None:
    for place in (near, folder, folder.parent):
        found = sorted(place.glob("sam2*.json")) if place else []
        if len(found) > 1:
            raise ModelError(f"{place} has {len(found)} files sam2*.json; leave one, or name it with --sam2.")
        if found:
            return found[0]
    return None
