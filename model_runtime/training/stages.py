"""Stage 1, stage 2 and nano's last phase, from a model folder and a dataset to a model folder."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import asdict, replace
from hashlib import sha256
from itertools import islice
from pathlib import Path

import torch

from ..errors import ModelError, RequestError
from ..model.checkpoint import load_model
from ..model.terrascope import TerraScope
from ..terra_cot.entries import Example
from ..terra_cot.export import PLAN_FILE
from ..terra_cot.extras import require
from .conversations import Conversation, instruction_conversation, referring_conversation, without_bands
from .orders import DatasetOrder, NothingToLearn
from .runs import Run
from .stage_recipes import TOGETHER, StageRecipe
from .trainee import training_profile
from .trainer import Means, train

VALIDATION_SAMPLES = 8


def run_stage(
    base: Path, data: Path, out: Path, recipe: StageRecipe, means: Means, cancelled: Callable[[], bool] = lambda: False
) -> Path:
    """Train a model of any size on a dataset; a run that was stopped or killed goes on where its checkpoint is.

    Args:
        base: the model folder that is trained; it stays as it is.
        data: what `data build` made.
        out: folder of the run.
        recipe: how.
        means: how long, and with what.
        cancelled: asked between micro-batches.

    Returns:
        The finished model's folder.

    Raises:
        RequestError: a package is missing, the dataset has nothing to learn from, or `out` holds another run.
        ModelError: `base` is no model, or the training diverged.
        OutputError: `out` cannot be written to.
        Cancelled: `cancelled` said so; a checkpoint is there to go on from.
    """
    require("training", "accelerate", "tensorboard", *(["peft"] if recipe.lora_rank else []))
    if means.steps < 1 or means.micro_batch < 1 or recipe.batch < 1:
        raise RequestError("Steps, batch and micro-batch are 1 or more.")
    # What only rests may do so in half of the memory.
    brief = means.bf16 and not means.cpu and torch.cuda.is_available()
    model = load_model(base, dtype=torch.bfloat16 if brief else torch.float32)
    order = dataset_order(model, data, recipe)
    run = Run(out, base, _options(model, data, recipe, means))
    train(model, order, recipe, means, run, validation_of(data, recipe), cancelled)
    return run.model_folder


def dataset_order(model: TerraScope, data: Path, recipe: StageRecipe) -> DatasetOrder:
    """What a stage learns from in a dataset, in the order of the recipe's seed.

    Raises:
        RequestError: the folder is no dataset, or it has nothing for this stage.
    """
    make = _maker(recipe)
    if model.config.input_config and recipe.band_dropout:
        whole = make

        def make(example: Example, place: str) -> Conversation:
            return without_bands(whole(example, place), f"{recipe.seed} {place}")

    return DatasetOrder(data, "train", recipe.seed, make, _usable(recipe))


def validation_of(data: Path, recipe: StageRecipe) -> list[Conversation]:
    """A few samples of the dataset's places for validation, always the same; none where it has no such places."""
    try:
        order = DatasetOrder(data, "val", 0, _maker(replace(recipe, seed=0)), _usable(recipe))
    except NothingToLearn:
        return []
    return list(islice(order.from_position(0, lambda position: True), min(VALIDATION_SAMPLES, len(order))))


def _maker(recipe: StageRecipe) -> Callable[[Example, str], Conversation]:
    profile = training_profile(recipe)
    if recipe.stage == "stage1":
        return lambda example, place: referring_conversation(example, f"{recipe.seed} {place}")
    return lambda example, place: instruction_conversation(example, profile)


def _usable(recipe: StageRecipe) -> Callable[[Example], bool]:
    """Stage 1 needs a mask; in stage 2 samples without one are learnt as what they are."""
    return (lambda example: bool(example.entry.masks)) if recipe.stage == "stage1" else (lambda example: True)


def _options(model: TerraScope, data: Path, recipe: StageRecipe, means: Means) -> dict:
    plan = sha256((data / PLAN_FILE).read_bytes()).hexdigest()
    learnt = {"steps": means.steps, "micro_batch": means.micro_batch, "bf16": means.bf16}
    return {"model": model.identity["sha256"], "dataset": plan, **asdict(recipe), **learnt}


def train_together(
    run: Path, model: Path, samples: int, means: Means, cancelled: Callable[[], bool] = lambda: False
) -> Path:
    """Nano's last phase: a generated dataset, and everything learning from it at once, mostly with own masks.

    Args:
        run: folder of nano's run; the dataset and this phase's run are made below it.
        model: nano as its other phases left it.
        samples: of the dataset.
        means: how long, and with what.
        cancelled: asked now and then.

    Raises:
        ModelError: there is no such model yet.
        RequestError, OutputError, Cancelled: as `run_stage`, and as `build`.
    """
    from ..terra_cot.build import build
    from ..terra_cot.plan import Options

    if not (model / "config.json").is_file():
        raise ModelError(f"{model} is missing: train the masks and the language, and `train export` them there first.")
    data = run / "terra_cot"
    build(Options(("generated",), samples, TOGETHER.seed, "parquet"), data, stopped=cancelled)
    return run_stage(model, data, run / "together", TOGETHER, means, cancelled)
