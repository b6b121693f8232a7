"""Which models there are, what their files say about them, and the one that is loaded.

Listing reads a few kilobytes and imports no torch, so that the server answers at once; loading imports it.
"""

from __future__ import annotations

import json
import struct
from math import prod
from pathlib import Path
from typing import TYPE_CHECKING

from .errors import ModelError
from .protocol import ModelSummary

if TYPE_CHECKING:
    from .model.terrascope import TerraScope

_SHELF = Path(__file__).resolve().parent.parent / "resources" / "models"
_BUNDLED = {"nano": _SHELF / "terrascope-nano"}
_LARGEST_HEADER = 100_000_000


def folder_of(name: str) -> Path:
    """The folder of a bundled model, or the folder a user named.

    Raises:
        ModelError: it is neither.
    """
    folder = _BUNDLED.get(name, Path(name).expanduser())
    if not folder.is_dir():
        raise ModelError(f"There is no model '{name}'; use {', '.join(_BUNDLED)}, or the path of a model folder.")
    return folder.resolve()


def summaries(loaded: Path | None = None) -> list[ModelSummary]:
    """The bundled models that are present and readable; `loaded` is the folder of the one in memory."""
    found = []
    for name, folder in _BUNDLED.items():
        try:
            config = json.loads((folder / "config.json").read_text("utf-8"))
            found.append(
                ModelSummary(
                    id=name,
                    name=config.get("name", name),
                    parameters=sum(_parameters(path) for path in sorted(folder.glob("*.safetensors"))),
                    bands=(config.get("input_config") or {}).get("bands", ["red", "green", "blue"]),
                    quality=config.get("quality", ""),
                    loaded=folder.resolve() == loaded,
                )
            )
        except (OSError, ValueError, AttributeError, struct.error):
            continue
    return found


def _parameters(path: Path) -> int:
    """Numbers stored in a safetensors file, from its header alone."""
    with path.open("rb") as file:
        (length,) = struct.unpack("<Q", file.read(8))
        if length > _LARGEST_HEADER:
            raise ValueError(f"{path} is not a safetensors file")
        header = json.loads(file.read(length))
    return sum(prod(entry["shape"]) for name, entry in header.items() if name != "__metadata__")


def pick_device(wanted: str) -> str:
    """'auto' is the first GPU if torch sees one, else the processor; anything else is taken as it is."""
    if wanted != "auto":
        return wanted
    import torch

    return "cuda" if torch.cuda.is_available() else "cpu"


class Keeper:
    """Keeps the last used model in memory: one at a time, because two may not fit."""

    def __init__(self, device: str = "auto") -> None:
        self.device = device
        self.folder: Path | None = None
        self._model: TerraScope | None = None

    def get(self, name: str) -> TerraScope:
        """The named model, loaded if it is not the one in memory.

        Raises:
            ModelError: there is no such model, or its files are damaged.
        """
        folder = folder_of(name)
        if self._model is None or folder != self.folder:
            self.folder, self._model = None, None  # free the old one before the new one needs its place
            from .model.checkpoint import load_model

            self.device = pick_device(self.device)
            self._model = load_model(folder, self.device)
            self.folder = folder
        return self._model
