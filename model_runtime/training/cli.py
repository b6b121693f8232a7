"""`python -m model_runtime train …`."""

from __future__ import annotations

import argparse
from pathlib import Path


def register(subparsers: argparse._SubParsersAction) -> None:
    """Add the `train` command and its parts."""
    parser = subparsers.add_parser("train", help="train terrascope-nano, or judge a model")
    parts = parser.add_subparsers(dest="part", required=True)
    for name, text in (
        ("nano", "everything: scenes, tokenizer, both stages, export"),
        ("stage1", "the mask branch of a run"),
        ("stage2", "the language side of a run"),
    ):
        part = parts.add_parser(name, help=text)
        part.add_argument("--folder", type=Path, default=Path("training_runs/nano"), help="folder of the run")
        part.add_argument("--minutes", type=float, default=120.0, help="wall-clock budget of each stage")
        part.add_argument("--threads", type=int, default=1, help="of each stage")
        if name != "stage2":
            part.add_argument("--real-data", type=Path, help="folder whose data/ holds labelled scenes of real places")
        part.set_defaults(run=_train)
    part = parts.add_parser("begin", help="begin a run with the weights of a model that is finished")
    part.add_argument("--folder", type=Path, default=Path("training_runs/nano"), help="folder of the run")
    part.add_argument("--model", type=Path, required=True, help="its folder; it may take fewer bands")
    part.set_defaults(run=_begin)
    part = parts.add_parser("export", help="write a run's model folder")
    part.add_argument("--folder", type=Path, default=Path("training_runs/nano"))
    part.add_argument("--out", type=Path, required=True)
    part.add_argument("--revision", default="0.1.0")
    part.add_argument("--quality", default="", help="the one line that is shown wherever the model answers")
    part.set_defaults(run=_export)
    part = parts.add_parser("evaluate", help="masks, coverage and form of the answers on held-out and real scenes")
    part.add_argument("--model", default="nano", help="'nano' or a model folder")
    part.add_argument("--data", type=Path, help="folder with real scenes and hand-made labels")
    part.add_argument("--scenes", type=int, default=40, help="held-out generated scenes")
    part.add_argument("--json", type=Path, help="write the figures here")
    part.set_defaults(run=_evaluate)
    for name, text, scenes in (
        ("evaluate-fusion", "clouded places through the optical image, radar, and both", 100),
        ("evaluate-dates", "pairs of dates on which nothing happened, or something did", 40),
    ):
        part = parts.add_parser(name, help=text)
        part.add_argument("--model", default="nano", help="'nano' or a model folder")
        part.add_argument("--scenes", type=int, default=scenes, help="held-out generated places")
        part.add_argument("--json", type=Path, help="write the figures here")
        part.set_defaults(run=_evaluate_fusion if name == "evaluate-fusion" else _evaluate_dates)


def _train(arguments: argparse.Namespace) -> None:
    from . import nano

    if arguments.part == "nano":
        nano.train_nano(arguments.folder, arguments.real_data, arguments.minutes, arguments.threads)
    elif arguments.part == "stage1":
        nano.run_stage1(arguments.folder, arguments.real_data, arguments.minutes, arguments.threads)
    else:
        nano.run_stage2(arguments.folder, arguments.minutes, arguments.threads)


def _begin(arguments: argparse.Namespace) -> None:
    from ..model.config import InputConfig
    from .continuing import begin
    from .recipe import NANO_CONFIG

    begin(arguments.folder, arguments.model, InputConfig.model_validate(NANO_CONFIG["input_config"]))


def _export(arguments: argparse.Namespace) -> None:
    from . import nano

    nano.export(arguments.folder, arguments.out, arguments.revision, arguments.quality)


def _evaluate(arguments: argparse.Namespace) -> None:
    from . import evaluate

    evaluate.run(arguments.model, arguments.data, arguments.scenes, arguments.json)


def _evaluate_fusion(arguments: argparse.Namespace) -> None:
    from . import evaluate_fusion

    evaluate_fusion.run(arguments.model, arguments.scenes, arguments.json)


def _evaluate_dates(arguments: argparse.Namespace) -> None:
    from . import evaluate_dates

    evaluate_dates.run(arguments.model, arguments.scenes, arguments.json)
