"""Models that were taught: a folder with the tensors that changed, beside the folder of the model they changed in.

The folder has a whole config.json, with a block `taught`, and a whole tokenizer. Its `delta.safetensors` has the
tensors that differ from the base, or have grown, under their published names; all others are the base's.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from pathlib import Path

import torch
from safetensors.torch import save_file
from torch import Tensor

from ..errors import ModelError
from .config import TerraScopeConfig
from .key_map import published_state
from .shards import Entry, read_folder

DELTA = "delta.safetensors"


def read_layers(folder: Path, base: Path | None) -> list[dict[str, Entry]]:
    """The tensors of the base, if there is one, and those of the folder itself, which replace them.

    Raises:
        ModelError: one of the folders is no model folder.
    """
    return [read_folder(one) for one in (base, folder) if one is not None]


def merged(layers: Sequence[Mapping[str, Entry]]) -> dict[str, Entry]:
    """Every tensor by name, from the last folder that has it."""
    return {name: entry for entries in layers for name, entry in entries.items()}


def one_of(digests: Sequence[str]) -> str:
    """One sha256 of a model whose tensors stand in one folder or two."""
    return digests[0] if len(digests) == 1 else hashlib.sha256("".join(digests).encode()).hexdigest()


def check_base(config: TerraScopeConfig, digests: Sequence[str]) -> None:
    """Hold the base that was read against the one that a model was taught from.

    Args:
        config: of the model.
        digests: sha256 of the folders that were read.

    Raises:
        ModelError: it is another one, or none was given.
    """
    taught = config.taught
    if taught is None:
        return
    if len(digests) < 2:
        raise ModelError(f"{config.name} was taught from {taught.base_name}, without which it cannot be loaded.")
    if digests[0] != taught.base_sha256:
        raise ModelError(
            f"{config.name} was taught from another revision of {taught.base_name} than the one that is here: teach it "
            "again with the same labels."
        )


def changed(before: Mapping[str, Tensor], after: Mapping[str, Tensor]) -> dict[str, Tensor]:
    """The tensors that differ once both are float16, under their published names.

    Args:
        before: the base's state under our names.
        after: the taught model's.
    """
    old = {name: tensor.half() for name, tensor in published_state(dict(before)).items()}
    new = {name: tensor.half() for name, tensor in published_state(dict(after)).items()}
    return {
        name: tensor
        for name, tensor in new.items()
        if old[name].shape != tensor.shape or not torch.equal(old[name], tensor)
    }


def save_delta(tensors: Mapping[str, Tensor], folder: Path) -> int:
    """Write what has changed; returns the length of the file in bytes."""
    save_file({name: tensor.to("cpu").contiguous().clone() for name, tensor in tensors.items()}, folder / DELTA)
    return (folder / DELTA).stat().st_size
