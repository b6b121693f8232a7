"""Which models there are and what their files say about them; nothing here imports torch, so that lists come at once.

A model is bundled with the plugin, or in the catalogue of those a user may fetch, or any folder a user names.
"""

from __future__ import annotations

import json
import os
from dataclasses import dataclass
from pathlib import Path

from platformdirs import user_data_path

from ..errors import ModelError
from ..model.shards import read_folder
from ..protocol import ModelSummary

_BUNDLED = Path(__file__).resolve().parents[2] / "resources" / "models"


@dataclass(frozen=True)
class Known:
    """A model with a name of its own."""

    id: str
    name: str
    repository: str | None
    """on the hub; None: it came with the plugin."""
    summary: str
    """one line for people who choose."""

    @property
    def folder(self) -> Path:
        """Where its files are, or will be."""
        return _BUNDLED / "terrascope-nano" if self.repository is None else models_folder() / self.id


CATALOGUE = (
    Known("nano", "terrascope-nano", None, "Small, trained on generated scenes, runs on any laptop."),
    Known("terrascope-8b", "TerraScope 8B", "sy1998/TerraScope", "The published model; wants a GPU."),
)


def models_folder() -> Path:
    """Where fetched models are kept: TERRASCOPE_MODELS, else a folder of the user's."""
    chosen = os.environ.get("TERRASCOPE_MODELS")
    return Path(chosen).expanduser() if chosen else user_data_path("terrascope", appauthor=False) / "models"


def known(name: str) -> Known | None:
    """The catalogue's entry of that id."""
    return next((model for model in CATALOGUE if model.id == name), None)


def folder_of(name: str) -> Path:
    """The folder of a model in the catalogue that is here, or the folder a user named.

    Raises:
        ModelError: it is neither.
    """
    entry = known(name)
    folder = entry.folder if entry else Path(name).expanduser()
    if not folder.is_dir():
        if entry:
            raise ModelError(f"{entry.name} is not on this machine; fetch it with `models download {entry.id}`.")
        ids = ", ".join(model.id for model in CATALOGUE)
        raise ModelError(f"There is no model '{name}'; use {ids}, or the path of a model folder.")
    return folder.resolve()


def summaries(loaded: Path | None = None) -> list[ModelSummary]:
    """Every model of the catalogue; `loaded` is the folder of the one in memory."""
    return [summary(entry, loaded) for entry in CATALOGUE]


def summary(entry: Known, loaded: Path | None = None) -> ModelSummary:
    """What is known about one model without loading it."""
    folder = entry.folder
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
        return made
    try:
        config = json.loads((folder / "config.json").read_text("utf-8"))
        entries = read_folder(folder)
        return made.model_copy(
            update={
                "state": "bundled" if entry.repository is None else "here",
                "parameters": sum(tensor.size for tensor in entries.values()),
                "size_bytes": sum(file.stat().st_size for file in {tensor.file for tensor in entries.values()}),
                "bands": (config.get("input_config") or {}).get("bands", ["red", "green", "blue"]),
                "quality": config.get("quality", ""),
                "revision": config.get("revision", ""),
            }
        )
    except (OSError, ValueError, AttributeError, ModelError):
        return made.model_copy(update={"state": "incomplete"})
