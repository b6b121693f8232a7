"""Which models there are and what their files say about them; nothing here imports torch, so that lists come at once.

A model is bundled with the plugin, or in the catalogue of those a user may fetch, or one that a user put beside the
fetched ones, or any folder a user names.
"""

from __future__ import annotations

import os
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from platformdirs import user_data_path

from ..errors import ModelError
from ..model.config import TerraScopeConfig, read_config
from ..model.published import PARAMETERS_8B, PUBLISHED_8B
from ..model.shards import Entry, read_folder
from ..protocol import ModelSummary
from ..resource_files import RESOURCES
from . import tiers
from .devices import Device, glance
from .manifest import Manifest, is_verified

_8B = "sy1998/TerraScope"
_BUNDLED = RESOURCES / "models"


@dataclass(frozen=True)
class Known:
    """A model with a name of its own."""

    id: str
    name: str
    repository: str | None
    """on the hub; None: it cannot be fetched."""
    summary: str
    """one line for people who choose."""
    own_folder: Path | None = None
    """of a model that is not in the catalogue."""

    @property
    def bundled(self) -> bool:
        """Whether it came with the plugin."""
        return self.repository is None and self.own_folder is None

    @property
    def folder(self) -> Path:
        """Where its files are, or will be."""
        if self.own_folder:
            return self.own_folder
        return _BUNDLED / "terrascope-nano" if self.bundled else models_folder() / self.id


CATALOGUE = (
    Known("nano", "terrascope-nano", None, "Small, trained on generated scenes, runs on any laptop."),
    Known("terrascope-8b", "TerraScope 8B", _8B, "The published model; wants a GPU."),
)


def models_folder() -> Path:
    """Where fetched models are kept: TERRASCOPE_MODELS, else a folder of the user's."""
    chosen = os.environ.get("TERRASCOPE_MODELS")
    return Path(chosen).expanduser() if chosen else user_data_path("terrascope", appauthor=False) / "models"


def known(name: str) -> Known | None:
    """The catalogue's entry of that id, or the model of a user's that lies under that name beside the fetched ones."""
    return next((model for model in (*CATALOGUE, *_beside()) if model.id == name), None)


def _beside() -> list[Known]:
    """Models that somebody made or copied into the models folder; what begins with a dot is not complete yet."""
    ids = {model.id for model in CATALOGUE}
    try:
        folders = sorted(models_folder().iterdir())
    except OSError:
        return []
    return [
        _own(folder.name, folder)
        for folder in folders
        if folder.name not in ids and not folder.name.startswith(".") and (folder / "config.json").is_file()
    ]


def _own(name: str, folder: Path) -> Known:
    return Known(name, folder.name, None, "A model of your own.", folder)


def find(name: str) -> Known:
    """The model of that id, or the one in a folder a user named.

    Raises:
        ModelError: there is neither.
    """
    if entry := known(name):
        return entry
    folder = Path(os.path.expanduser(name))  # Path's own raises for a user that there is not
    if not os.path.isdir(folder):  # and for a name that is too long
        ids = ", ".join(model.id for model in CATALOGUE)
        raise ModelError(f"There is no model '{name[:200]}'; use {ids}, or the path of a model folder.")
    return _own(str(folder.resolve()), folder.resolve())


def folder_of(name: str) -> Path:
    """The folder of a model that is here, by its id or its path.

    Raises:
        ModelError: there is no such model, or it has not been fetched.
    """
    entry = find(name)
    if not entry.folder.is_dir():
        raise ModelError(f"{entry.name} is not on this machine; fetch it with `models download {entry.id}`.")
    return entry.folder.resolve()


def base_of(config: TerraScopeConfig) -> Path | None:
    """The folder of the model that one was taught from; None: it has all its weights itself.

    Raises:
        ModelError: that model is not here any more.
    """
    return folder_of(config.taught.base) if config.taught else None


def entries_of(folder: Path, config: TerraScopeConfig) -> dict[str, Entry]:
    """Every tensor of a model; of one that was taught, also those that stand in its base's folder.

    Raises:
        ModelError: weights are missing or damaged.
    """
    base = base_of(config)
    return (read_folder(base) if base else {}) | read_folder(folder)


def summaries(
    loaded: Path | None = None, folders: Iterable[str] = (), device: Device | None = None
) -> list[ModelSummary]:
    """Every model with an id, then those in `folders`.

    Args:
        loaded: the folder of the model in memory.
        folders: paths of further models.
        device: where they would run; None: what can be seen without torch.

    Raises:
        ModelError: one of `folders` is not there.
    """
    device = device or glance()
    return [summary(entry, loaded, device) for entry in (*CATALOGUE, *_beside(), *map(find, folders))]


def summary(entry: Known, loaded: Path | None = None, device: Device | None = None) -> ModelSummary:
    """What is known about one model without loading it."""
    folder, device = entry.folder, device or glance()
    made = ModelSummary(
        id=entry.id,
        name=entry.name,
        summary=entry.summary,
        repository=entry.repository,
        folder=str(folder),
        state="absent",
        loaded=folder.resolve() == loaded,
    )
    if not folder.is_dir():
        if folder.with_name(f".{entry.id}.part").is_dir():  # a download that was cut (`download.py`)
            made = made.model_copy(update={"state": "incomplete"})
        if entry.repository == _8B:
            config = TerraScopeConfig.model_validate(PUBLISHED_8B)
            return made.model_copy(update={"memory": tiers.on(device, config, PARAMETERS_8B)})
        return made
    try:
        config = read_config(folder)
        entries = entries_of(folder, config)
        manifest = Manifest.read(folder)
        parameters = sum(tensor.size for tensor in entries.values())
        own = {tensor.file for tensor in entries.values() if tensor.file.parent == folder}
        taught = config.taught
        if taught:
            made = made.model_copy(
                update={
                    "summary": f"Taught from {taught.base_name}: {', '.join(taught.classes)}.",
                    "base": taught.base_name,
                    "held_out": taught.held_out,
                }
            )
        return made.model_copy(
            update={
                "state": "bundled" if entry.bundled else "here",
                "parameters": parameters,
                "size_bytes": sum(file.stat().st_size for file in own),
                "bands": list(config.input_bands or ("red", "green", "blue")),
                "quality": config.quality,
                "class_quality": config.class_quality,
                "revision": config.revision or (manifest.revision if manifest else ""),
                "verified": is_verified(folder),
                "memory": tiers.on(device, config, parameters),
            }
        )
    except (OSError, ModelError):
        return made.model_copy(update={"state": "incomplete"})
