"""Small things to train: the model and the samples of `train check`, and a dataset of 64-pixel places."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import numpy as np
import torch

from model_runtime.model.checkpoint import save_model
from model_runtime.model.terrascope import TerraScope
from model_runtime.model.vision import ModelImage
from model_runtime.terra_cot.build import build
from model_runtime.terra_cot.plan import Options
from model_runtime.terra_cot.traces import Measured
from model_runtime.training.check import small_model
from model_runtime.training.conversations import Conversation, Mark
from model_runtime.training.stage_recipes import STAGE_RECIPES, StageRecipe
from tests.runtime.terra_cot.datasets import own_labels

SIDE = 64


def write_small_model(folder: Path) -> TerraScope:
    """A complete model folder with random weights."""
    folder.mkdir()
    model = small_model(folder)
    save_model(model, folder, torch.float32)
    return model.eval()


def write_dataset(folder: Path, format_: str = "parquet") -> Path:
    """A dataset of about sixty samples of a dozen places, in a few shards."""
    source = own_labels(folder / "source", 14)
    build(Options((str(source),), 60, 3, format_, shard_samples=20), folder / "dataset", workers=1)
    return folder / "dataset"


def image(seed: int, side: int = SIDE) -> ModelImage:
    """Noise in four bands."""
    values = np.random.default_rng(seed).random((4, side, side), np.float32) * 0.4
    rgb = (values[:3] * 600).clip(0, 255).astype(np.uint8).transpose(1, 2, 0)
    return ModelImage(rgb, values, ("red", "green", "blue", "nir"), True, 10.0)


def block(top: int, left: int, size: int, side: int = SIDE) -> np.ndarray:
    """A mask with one square inside."""
    mask = np.zeros((side, side), bool)
    mask[top : top + size, left : left + size] = True
    return mask


def talk(
    name: str, images: Sequence[ModelImage], *marks: Mark, measure: str = "", answer: str = "12 %"
) -> Conversation:
    """A question whose answer marks these regions one after the other."""
    pieces: list = ["<think>"]
    for mark in marks:
        pieces += [f"I mark the {mark.phrase} ", mark]
        pieces += [Measured(measure)] if measure else []
    pieces.append(f" so it is.</think><answer>{answer}</answer>")
    marked = "\n".join(f"Image: {t + 1} <image>" for t in range(len(images))) if len(images) > 1 else "<image>"
    return Conversation(name, tuple(images), (f"{marked}\n", "How much is it?"), tuple(pieces))


def recipe(stage: str = "stage2", **other: object) -> StageRecipe:
    """A stage's recipe for so small a model."""
    return replace(STAGE_RECIPES[stage], **{"batch": 2, "learning_rate": 1e-3, "warm_up": 0.1, **other})
