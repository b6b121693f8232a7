"""`python -m model_runtime train …`."""

from __future__ import annotations

import argparse
from pathlib import Path

from ..errors import RequestError
from . import finetune_cli, stage_cli


def register(subparsers: argparse._SubParsersAction) -> None:
    """Add the `train` command and its parts."""
    parser = subparsers.add_parser("train", help="train terrascope-nano, or judge a model")
    parts = parser.add_subparsers(dest="part", required=True)
    part = parts.add_parser("nano", help="terrascope-nano from an empty folder")
    _add_folder(part)
    part.add_argument("--phase", choices=("all", "masks", "language", "together"), default="all",
                      help="the mask branch alone, or the language side alone; all: scenes, tokenizer, both of these "
                      "side by side, export; together: words through masks, from the exported model")  # fmt: skip
    part.add_argument("--minutes", type=float, default=120.0, help="wall-clock budget of each phase")
    part.add_argument("--threads", type=int, default=1, help="of each phase")
    part.add_argument("--device", default="auto", help="auto, cpu, cuda, cuda:1; default: a GPU where there is one")
    part.add_argument("--workers", type=int, help="processes that make batches, of each phase; default: none on a "
                      "CPU, with a GPU a third of the cores")  # fmt: skip
    part.add_argument("--real-data", type=Path, help="labelled scenes of real places: a folder with data/ in it, or a "
                      "file of `train pack-real`")  # fmt: skip
    part.add_argument("--steps", type=int, default=2000, help="of the phase together, which has no budget of time")
    part.add_argument("--samples", type=int, default=4000, help="of the dataset that it generates")
    _add_build_workers(part)
    part.set_defaults(run=_train)
    stage_cli.register(parts)
    finetune_cli.register(parts)
    part = parts.add_parser("begin", help="begin a run with the weights of a model that is finished")
    _add_folder(part)
    part.add_argument("--model", type=Path, required=True, help="its folder; it may take fewer bands")
    part.add_argument("--places", type=int, help="how many places to generate; default: as the recipe says")
    _add_build_workers(part)
    part.set_defaults(run=_begin)
    part = parts.add_parser("pack-real", help="pack labelled scenes of real places into one file")
    part.add_argument("--real-data", type=Path, required=True, help="folder whose data/ holds them")
    part.add_argument("--out", type=Path, required=True, help="a file that ends in .npz")
    part.add_argument("--largest", type=int, default=512, metavar="PX", help="of larger scenes keep the middle")
    part.set_defaults(run=_pack_real)
    part = parts.add_parser("export", help="write a run's model folder")
    _add_folder(part)
    part.add_argument("--out", type=Path, required=True)
    part.add_argument("--revision", default="0.1.0")
    part.add_argument("--quality", default="", help="the one line that is shown wherever the model answers")
    part.add_argument("--figures", type=Path, metavar="FILE.json", help="what `train evaluate --json` wrote: how well "
                      "each class is found, for the lights of the dock")  # fmt: skip
    part.set_defaults(run=_export)
    part = parts.add_parser("evaluate", help="a model beside index rules and a random forest, held against the bars")
    part.add_argument("--model", default="nano", help="'nano' or a model folder")
    part.add_argument("--data", type=Path, required=True, help="folder with real scenes and hand-made labels")
    part.add_argument("--scenes", type=int, default=16, help="held-out generated places")
    part.add_argument("--quick", action="store_true", help="the table of bars only")
    part.add_argument("--json", type=Path, help="write the figures here")
    part.set_defaults(run=_evaluate)
    part = parts.add_parser("evaluate-adaptation", help="masks after a few clicks or outlines in the scene itself")
    part.add_argument("--model", default="nano", help="'nano' or a model folder")
    part.add_argument("--data", type=Path, required=True, help="folder with real scenes and hand-made labels")
    part.add_argument("--json", type=Path, help="write the figures here")
    part.set_defaults(run=_evaluate_adaptation)
    for name, text, scenes in (
        ("evaluate-fusion", "clouded places through the optical image, radar, and both", 100),
        ("evaluate-dates", "pairs of dates on which nothing happened, or something did", 40),
        ("evaluate-answers", "kind by kind: right regions, answers that follow from the masks, true answers", 20),
    ):
        part = parts.add_parser(name, help=text)
        part.add_argument("--model", default="nano", help="'nano' or a model folder")
        part.add_argument("--scenes", type=int, default=scenes, help="held-out generated places")
        part.add_argument("--json", type=Path, help="write the figures here")
        part.set_defaults(run=_evaluate_places, what=name)
    part = parts.add_parser(
        "calibrate", help="what the scores of a model's masks are worth, learnt on some known places, shown on others"
    )
    part.add_argument("--model", default="nano", help="'nano' or a model folder")
    part.add_argument("--data", type=Path, help="folder with real scenes and hand-made labels")
    part.add_argument("--scenes", type=int, default=40, help="generated places to learn from, and as many to judge by")
    part.add_argument("--json", type=Path, help="write the figures here")
    part.add_argument("--write", action="store_true", help="put what was learnt into the model's config.json")
    part.set_defaults(run=_calibrate)


def _add_folder(part: argparse.ArgumentParser) -> None:
    part.add_argument("--folder", type=Path, default=Path("training_runs/nano"), help="folder of the run")


def _add_build_workers(part: argparse.ArgumentParser) -> None:
    part.add_argument("--build-workers", type=int, help="processes that generate places; default: one for each core")


def _train(arguments: argparse.Namespace) -> None:
    from . import nano

    means = nano.Means(arguments.minutes, arguments.threads, arguments.device, arguments.workers)
    if arguments.phase == "together":
        stage_cli.train_together(arguments.folder, arguments.steps, arguments.samples, arguments.device)
    elif arguments.phase == "all":
        nano.train_nano(arguments.folder, arguments.real_data, means, arguments.build_workers)
    elif arguments.phase == "masks":
        nano.run_stage1(arguments.folder, arguments.real_data, means)
    else:
        nano.run_stage2(arguments.folder, means)


def _begin(arguments: argparse.Namespace) -> None:
    from ..model.config import InputConfig
    from . import nano
    from .continuing import begin
    from .recipe import NANO_CONFIG

    begin(arguments.folder, arguments.model, InputConfig.model_validate(NANO_CONFIG["input_config"]))
    nano.build_places(arguments.folder, arguments.places, arguments.build_workers)


def _pack_real(arguments: argparse.Namespace) -> None:
    from .real import pack_real, read_real

    if arguments.out.suffix != ".npz":
        raise RequestError(f"{arguments.out} cannot be written; choose a file name that ends in .npz.")
    scenes = read_real(arguments.real_data)
    pack_real(scenes, arguments.out, arguments.largest)
    print(f"{len(scenes)} scenes, {arguments.out.stat().st_size / 1e6:.1f} MB")


def _export(arguments: argparse.Namespace) -> None:
    from . import nano
    from .figures import read_class_quality

    figures = read_class_quality(arguments.figures) if arguments.figures else None
    nano.export(arguments.folder, arguments.out, arguments.revision, arguments.quality, figures)


def _evaluate(arguments: argparse.Namespace) -> None:
    from . import evaluate

    if arguments.scenes < 1:
        raise RequestError(f"--scenes is 1 or more, not {arguments.scenes}.")
    evaluate.run(arguments.model, arguments.data, arguments.scenes, arguments.json, quick=arguments.quick)


def _evaluate_adaptation(arguments: argparse.Namespace) -> None:
    from . import evaluate_adaptation

    evaluate_adaptation.run(arguments.model, arguments.data, arguments.json)


def _evaluate_places(arguments: argparse.Namespace) -> None:
    from importlib import import_module

    evaluation = import_module(f".{arguments.what.replace('-', '_')}", __package__)
    evaluation.run(arguments.model, arguments.scenes, arguments.json)


def _calibrate(arguments: argparse.Namespace) -> None:
    from . import calibrate

    if arguments.scenes < 1:
        raise RequestError(f"--scenes is 1 or more, not {arguments.scenes}.")
    calibrate.run(arguments.model, arguments.scenes, arguments.data, arguments.json, write=arguments.write)
