"""The commands `data build`, `data annotate`, `data stats` and `data view`."""

from __future__ import annotations

import argparse
import os
from pathlib import Path


def register(commands: argparse._SubParsersAction) -> None:
    """Add the commands to those of `data`."""
    build = commands.add_parser("build", help="make a dataset of questions, traces and masks")
    build.add_argument("--source", action="append", default=[], metavar="generated|FOLDER|NAME=FOLDER",
                       help="where samples come from; once for each; `data sources` lists the names")  # fmt: skip
    build.add_argument("--samples", type=int, required=True, metavar="N", help="in train, val and test together")
    build.add_argument("--seed", type=int, default=0, metavar="S", help="the same seed gives the same samples")
    build.add_argument("--format", choices=("json", "parquet"), default="json",
                       help="the published JSON with PNG images, or parquet with the images in it")  # fmt: skip
    build.add_argument("--traces", choices=("measured", "plain", "both"), default="both",
                       help="with exact measures behind each [SEG], without, or half of each")  # fmt: skip
    build.add_argument("--masks", choices=("labels", "model", "both"), default="labels",
                       help="as labelled; drawn by a model; or only where label and model agree")  # fmt: skip
    _add_aids(build)
    build.add_argument("--shard-samples", type=int, default=500, metavar="M", help="samples in a shard, about")
    build.add_argument("--workers", type=int, metavar="W", help="processes; default: one for each core")
    build.add_argument("--ray", metavar="ADDRESS", help="run on this Ray cluster instead: auto, local, or an address")
    build.add_argument("--out", type=Path, required=True, metavar="DIR",
                       help="a new folder, or the one of the same build, which then goes on")  # fmt: skip
    build.set_defaults(run=_build)

    annotate = commands.add_parser(
        "annotate", help="captions, questions and masks for scenes without labels, drawn by a model"
    )
    annotate.add_argument("--source", action="append", default=[], metavar="NAME|PATH",
                          help="folder of scenes, or a source; once for each")  # fmt: skip
    annotate.add_argument("--samples", type=int, required=True, metavar="N", help="in train, val and test together")
    _add_aids(annotate)
    annotate.add_argument("--format", choices=("json", "parquet"), default="json")
    annotate.add_argument("--out", type=Path, required=True, metavar="DIR")
    annotate.set_defaults(run=_build, masks="model", seed=0, traces="both", shard_samples=100, workers=1, ray=None)

    stats = commands.add_parser("stats", help="count what a dataset holds: JSON, tables and plots")
    stats.add_argument("folder", type=Path, metavar="DIR", help="made by `data build`")
    stats.add_argument("--out", type=Path, metavar="DIR", help="where to write; default: stats in the dataset's folder")
    stats.set_defaults(run=_stats)

    view = commands.add_parser("view", help="draw samples with their masks and texts onto one sheet")
    view.add_argument("folder", type=Path, metavar="DIR", help="made by `data build`")
    view.add_argument("--samples", type=int, default=30, metavar="N")
    view.add_argument("--split", choices=("train", "val", "test"), help="default: all three")
    view.add_argument("--seed", type=int, default=0, metavar="S", help="which samples are drawn")
    view.add_argument("--out", type=Path, required=True, metavar="sheet.png")
    view.set_defaults(run=_view)


def _add_aids(command: argparse.ArgumentParser) -> None:
    command.add_argument("--model", default="nano", metavar="NAME|DIR", help="that draws the masks; default: nano")
    command.add_argument("--endpoint", default="", metavar="URL",
                         help="OpenAI-compatible endpoint that puts captions in better words, as in "
                         "http://localhost:8000/v1; its key, if any, is read from TERRASCOPE_ENDPOINT_KEY")  # fmt: skip
    command.add_argument("--endpoint-model", default="", metavar="NAME", help="the model to ask for there")


def _build(args: argparse.Namespace) -> int:
    from ..model_store.reporting import reporting
    from .aids import Aids
    from .build import build
    from .plan import Options

    aids = Aids(args.masks, args.model, args.endpoint, args.endpoint_model)
    options = Options(tuple(args.source), args.samples, args.seed, args.format, args.traces, args.shard_samples, aids)
    with reporting(json=False) as told:
        report = build(options, args.out, args.workers, args.ray, told.cancelled)
    records = sum(counts["records"] for counts in report["splits"].values())
    print(f"{report['samples']:,} samples of {records:,} records are in {args.out}.")
    for name, splits in report["sources"].items():
        for split, counts in splits.items():
            if counts["samples"] < counts["asked"]:
                print(
                    f"{name} gave {counts['samples']:,} of {counts['asked']:,} samples asked for in {split}: its "
                    f"{counts['records']:,} records there have no more."
                )
    kept = sum(count for what, count in report["captions"].items() if what != "reworded")
    if report["captions"]:
        print(f"{report['captions'].get('reworded', 0):,} captions were put in better words, {kept:,} kept their own.")
    if report["skipped"]:
        print(f"{len(report['skipped']):,} records were skipped; report.json names each with the reason.")
    return 0


def _stats(args: argparse.Namespace) -> int:
    from .stats import tables, write_stats

    out = args.out or args.folder / "stats"
    print(tables(write_stats(args.folder, out)))
    print(f"\nstats.json, counts.png, lengths.png and places.png are in {os.fspath(out)}.")
    return 0


def _view(args: argparse.Namespace) -> int:
    from .view import write_sheet

    shown = write_sheet(args.folder, args.out, args.samples, args.split, args.seed)
    print(f"{shown} samples are drawn on {args.out}.")
    return 0
