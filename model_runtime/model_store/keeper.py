"""The model that is in memory."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from .shelf import folder_of

if TYPE_CHECKING:
    from ..model.terrascope import TerraScope


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
            from ..model.checkpoint import load_model

            self.device = pick_device(self.device)
            self._model = load_model(folder, self.device)
            self.folder = folder
        return self._model
