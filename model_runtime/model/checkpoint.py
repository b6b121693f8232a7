"""Model folders in the published layout: safetensors shards in, one file out (SPEC 2)."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from pathlib import Path

import torch
from safetensors import SafetensorError, safe_open
from safetensors.torch import save_file
from torch import Tensor

from ..errors import ModelError
from .config import GroundingConfig, read_config
from .key_map import POINT_EMBEDDINGS, SHARED_POSITIONS, placements, published_state
from .shards import weight_files
from .terrascope import TerraScope
from .vocabulary import Vocabulary


def load_model(
    folder: Path, device: str = "cpu", *, dtype: torch.dtype | None = None, grounding: GroundingConfig | None = None
) -> TerraScope:
    """Load a model folder. Nothing in it is executed.

    Args:
        folder: config.json, tokenizer.json and one or more .safetensors files in the published layout.
        device: where to put it.
        dtype: None: float32 on a CPU, bfloat16 elsewhere.
        grounding: SAM-2's size, for folders whose config leaves it implied and is not the usual one.

    Raises:
        ModelError: the folder is not a complete TerraScope model.
    """
    folder = Path(folder)
    config = read_config(folder)
    if grounding:
        config = config.model_copy(update={"grounding_config": grounding})
    vocabulary = Vocabulary.read(folder)
    if len(vocabulary) > config.llm_config.vocab_size:
        raise ModelError(f"{folder}: the tokenizer has more entries than the model; the files do not belong together.")
    dtype = dtype or (torch.float32 if device == "cpu" else torch.bfloat16)
    with torch.device("meta"):
        model = TerraScope(config, vocabulary)
    model.to_empty(device=device).to(dtype)
    _restore_computed_buffers(model, device)
    files = weight_files(folder)
    _fill(model, files)
    model.eval().requires_grad_(False)
    model.identity = {
        "name": config.name,
        "revision": config.revision,
        "sha256": _digest(files),
        "parameters": sum(p.numel() for p in model.parameters()),
        "quality": config.quality,
    }
    return model


def _restore_computed_buffers(model: TerraScope, device: str) -> None:
    """Rotary frequencies are computed, not stored; building on the meta device left them empty."""
    rotary = model.language_model.model.rotary_emb
    model.language_model.model.rotary_emb = type(rotary)(config=model.language_model.config).to(device)


def _tensors(files: list[Path]) -> Iterator[tuple[str, Tensor]]:
    for file in files:
        try:
            with safe_open(file, framework="pt") as shard:
                for key in shard.keys():  # noqa: SIM118 - not a dict
                    yield key, shard.get_tensor(key)
        except SafetensorError as error:
            raise ModelError(f"{file} is damaged ({error}); fetch the model again.") from None


def _fill(model: TerraScope, files: list[Path]) -> None:
    """Copy every tensor to its place, one at a time; each place must be filled exactly once."""
    state = model.state_dict(keep_vars=True)
    rows = state.pop(POINT_EMBEDDINGS)
    del state[SHARED_POSITIONS]  # the same tensor as the image's
    places = state | {f"{POINT_EMBEDDINGS}[{i}]": rows.data[i : i + 1] for i in range(len(rows))}
    for key, tensor in _tensors(files):
        for name, part in placements(key):
            target = places.pop(name, None)
            value = part(tensor) if part else tensor
            if target is None:
                raise ModelError(f"The model's tensor {key} has no place in the network its config describes.")
            if target.shape != value.shape:
                raise ModelError(
                    f"The model's tensor {key} is {tuple(tensor.shape)}, but its config makes it {tuple(target.shape)}."
                )
            with torch.no_grad():
                target.copy_(value)
    if places:
        raise ModelError(f"The model lacks {len(places)} tensors, the first is {min(places)}; fetch it again.")


def _digest(files: list[Path]) -> str:
    """sha256 over the weight files' sha256, in name order."""
    whole = hashlib.sha256()
    for file in files:
        with file.open("rb") as stream:
            whole.update(hashlib.file_digest(stream, "sha256").digest())
    return whole.hexdigest()


def save_model(model: TerraScope, folder: Path, dtype: torch.dtype = torch.float16) -> None:
    """Write `model.safetensors` in the published layout, under a temporary name first."""
    temporary = folder / ".model.safetensors.part"
    state = {key: value.to(dtype).contiguous().clone() for key, value in published_state(model.state_dict()).items()}
    save_file(state, temporary)
    temporary.replace(folder / "model.safetensors")
