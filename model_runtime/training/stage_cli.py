"""The commands `train stage1`, `train stage2` and `train check`: the paper's stages for a model of any size."""

from __future__ import annotations

import argparse
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from ..errors import RequestError

if TYPE_CHECKING:  # they wait for torch
    from .stage_recipes import StageRecipe
    from .trainer import Means


def register(parts: argparse._SubParsersAction) -> None:
    """Add the commands to those of `train`."""
    for name, text in (
        ("stage1", "any model: referring segmentation, mask decoder and [SEG] projection (paper, stage 1)"),
        ("stage2", "any model: Terra-CoT, words and masks together (paper, stage 2)"),
    ):
        part = parts.add_parser(name, help=text)
        part.add_argument("--model", required=True, metavar="nano|DIR", help="what is trained; it stays as it is")
        part.add_argument("--data", type=Path, required=True, metavar="DATASET", help="made by `data build`")
        part.add_argument("--out", type=Path, required=True, metavar="RUN",
                          help="folder of the run; the same command goes on with it after a stop")  # fmt: skip
        _add_means(part)
        part.add_argument("--recipe", choices=("paper", "together"), default="paper",
                          help="together: every part learns, mostly with own masks, as nano's last phase")  # fmt: skip
        part.add_argument("--batch", type=int, metavar="N", help="samples in a step, all processes together")
        part.add_argument("--learning-rate", type=float, metavar="RATE", help="at its peak")
        part.add_argument("--own-masks", type=float, metavar="SHARE",
                          help="in how many samples the model's own masks choose the tokens at the end, "
                          "0 to 1; the share grows from 0")  # fmt: skip
        part.add_argument("--lora", type=int, default=0, metavar="RANK",
                          help="the language model learns through adapters of this rank, merged in what is "
                          "written; 0: in full")  # fmt: skip
        part.add_argument("--loss", choices=("paper", "published"), default="paper",
                          help="published: the released weights of the terms")  # fmt: skip
        part.add_argument("--profile", choices=("paper", "published"), default="paper",
                          help="how masks become tokens, as for `ask`")  # fmt: skip
        part.add_argument(
            "--learn", action="append", default=[], metavar="PART", help="learns too; see docs/training.md"
        )
        part.add_argument("--freeze", action="append", default=[], metavar="PART", help="stays as it is")
        part.add_argument("--no-band-dropout", action="store_true", help="images keep all their bands")
        part.add_argument("--seed", type=int, default=1)
        part.set_defaults(run=_stage)
    part = parts.add_parser("check", help="learn eight samples by heart: whether training works here")
    part.set_defaults(run=_check)


def _add_means(part: argparse.ArgumentParser) -> None:
    part.add_argument("--steps", type=int, required=True, metavar="N", help="of the optimizer")
    part.add_argument("--micro-batch", type=int, default=1, metavar="N",
                      help="samples computed at a time on each process, the batch being accumulated")  # fmt: skip
    part.add_argument("--bf16", action="store_true", help="multiply in bfloat16")
    part.add_argument("--checkpointing", action="store_true",
                      help="keep no activations of the language model: less memory, a third more time")  # fmt: skip
    part.add_argument("--save-every", type=int, default=200, metavar="N", help="steps between checkpoints")
    part.add_argument("--validate-every", type=int, default=200, metavar="N", help="steps between validations")
    part.add_argument("--cpu", action="store_true", help="leave a GPU alone")


def means_of(arguments: argparse.Namespace) -> Means:
    """What `_add_means` asked for.

    Raises:
        RequestError: a number is none that can be used.
    """
    from .trainer import Means

    for name in ("steps", "micro_batch", "save_every", "validate_every"):
        if getattr(arguments, name) < 1:
            raise RequestError(f"--{name.replace('_', '-')} is 1 or more, not {getattr(arguments, name)}.")
    return Means(
        arguments.steps,
        arguments.micro_batch,
        arguments.bf16,
        arguments.checkpointing,
        arguments.save_every,
        arguments.validate_every,
        arguments.cpu,
    )


def _recipe(arguments: argparse.Namespace) -> StageRecipe:
    from .stage_recipes import STAGE_RECIPES, TOGETHER, with_parts

    recipe = STAGE_RECIPES[arguments.part] if arguments.recipe == "paper" else replace(TOGETHER, stage=arguments.part)
    given = {
        "batch": arguments.batch,
        "learning_rate": arguments.learning_rate,
        "own_mask_share": None if arguments.own_masks is None else (0.0, arguments.own_masks),
    }
    if arguments.batch is not None and arguments.batch < 1:
        raise RequestError(f"--batch is 1 or more, not {arguments.batch}.")
    if arguments.learning_rate is not None and not 0 < arguments.learning_rate < 1:
        raise RequestError(f"--learning-rate lies between 0 and 1, {arguments.learning_rate} does not.")
    if arguments.own_masks is not None and not 0 <= arguments.own_masks <= 1:
        raise RequestError(f"--own-masks is a share from 0 to 1, not {arguments.own_masks}.")
    if arguments.lora < 0:
        raise RequestError(f"--lora is 0 or more, not {arguments.lora}.")
    return replace(
        recipe,
        parts=with_parts(recipe, arguments.learn, arguments.freeze),
        objective=arguments.loss,
        profile=arguments.profile,
        lora_rank=arguments.lora,
        band_dropout=not arguments.no_band_dropout,
        seed=arguments.seed,
        **{name: value for name, value in given.items() if value is not None},
    )


def _stage(arguments: argparse.Namespace) -> None:
    from ..model_store.reporting import reporting
    from ..model_store.shelf import folder_of

    means, recipe = means_of(arguments), _recipe(arguments)
    from .stages import run_stage

    with reporting(json=False) as told:
        model = run_stage(folder_of(arguments.model), arguments.data, arguments.out, recipe, means, told.cancelled)
    print(f"The trained model is {model}.")


def _check(arguments: argparse.Namespace) -> int:
    from ..model_store.reporting import reporting
    from ..terra_cot.extras import require

    require("training", "accelerate", "tensorboard")
    from .check import run

    with reporting(json=False) as told:
        return run(told.say, told.cancelled)


def train_together(run: Path, steps: int, samples: int, device: str) -> None:
    """Nano's last phase, from the model that its run has exported.

    Raises:
        RequestError: a number is none that can be used.
    """
    from ..model_store.reporting import reporting
    from .stages import train_together
    from .trainer import Means

    if steps < 1 or samples < 1:
        raise RequestError("--steps and --samples are 1 or more.")
    means = Means(steps, save_every=100, validate_every=100, cpu=device == "cpu")
    with reporting(json=False) as told:
        model = train_together(run, run / "terrascope-nano", samples, means, told.cancelled)
    print(f"The trained model is {model}.")
