"""Begin a run with the weights of a finished model, also where the run's model takes more bands than that one."""

from __future__ import annotations

from pathlib import Path

import torch
from torch import Tensor

from ..errors import ModelError
from ..model.checkpoint import load_model
from ..model.config import InputConfig, read_config

# Layers that read planes, and how many numbers they read of each: the stem also takes means and deviations.
_READERS = {
    "vision_model.embeddings.patch_embeddings.projection.weight": 1,
    "sam2.vision_encoder.backbone.patch_embed.projection.weight": 1,
    "spectral_stem.pixel.weight": 1,
    "spectral_stem.scales.": 2,
}
_STAGES = {
    "stage1": ("sam2.", "spectral_stem."),
    "stage2": ("vision_model.", "mlp1.", "language_model.", "text_hidden_fcs."),
}


def begin(run: Path, model: Path, wanted: InputConfig) -> None:
    """Write `run`/stage1.pt and stage2.pt from a model folder; bands it does not know begin at nothing.

    Args:
        run: folder of the run.
        model: the finished model's folder.
        wanted: what the run's model takes.

    Raises:
        ModelError: the folder is no multispectral model, or one with bands that the run's model does not take.
    """
    known = read_config(model).input_config
    if known is None:
        raise ModelError(f"{model} takes 8-bit RGB only; choose a multispectral model to go on from.")
    if missing := set(known.plane_names) - set(wanted.plane_names):
        raise ModelError(f"{model} takes {min(missing)}, which this run's model does not; choose another model.")
    places = [wanted.plane_names.index(name) for name in known.plane_names]
    state = load_model(model, dtype=torch.float32).state_dict()
    run.mkdir(parents=True, exist_ok=True)
    (run / "tokenizer.json").write_bytes((model / "tokenizer.json").read_bytes())
    for stage, parts in _STAGES.items():
        kept = {
            key: _widened(key, value, places, wanted.plane_count)
            for key, value in state.items()
            if key.startswith(parts)
        }
        part = run / f".{stage}.pt.part"
        torch.save({"state": kept, "share": 0.0}, part)
        part.replace(run / f"{stage}.pt")


def _widened(key: str, weight: Tensor, places: list[int], count: int) -> Tensor:
    """A weight (out, planes, ...) that reads `count` planes, 0 for those that are not among `places`."""
    repeats = next((n for start, n in _READERS.items() if key.startswith(start) and key.endswith("weight")), 0)
    if not repeats:
        return weight
    made = weight.new_zeros(weight.shape[0], repeats, count, *weight.shape[2:])
    made[:, :, places] = weight.unflatten(1, (repeats, len(places)))
    return made.flatten(1, 2)
