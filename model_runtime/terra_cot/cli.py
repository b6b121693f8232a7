"""The `data` commands: scenes to learn from and to try things on."""

from __future__ import annotations

import argparse
from pathlib import Path

from ..errors import RequestError
from . import build_cli

_CHANGE_HELP = (
    "what happens between the dates: none, any (the default: what the place has ground for), flooding, drained, "
    "deforestation, construction, destruction, growth or harvest"
)


def register(subparsers: argparse._SubParsersAction) -> None:
    """Add `data` and its commands to the command line."""
    data = subparsers.add_parser("data", help="make scenes with known truth")
    commands = data.add_subparsers(required=True, metavar="COMMAND")
    scene = commands.add_parser("scene", help="write one generated scene, its labels and its truth")
    scene.add_argument("--size", type=int, default=512, metavar="PIXELS", help="width and height, 64 to 2048")
    scene.add_argument("--seed", type=int, default=0, metavar="S", help="the same seed gives the same scene")
    scene.add_argument("--out", type=Path, required=True, metavar="FILE.tif")
    scene.add_argument("--sar", action="store_true", help="also the radar image: VV and VH in dB, on the same grid")
    scene.add_argument("--dates", type=int, metavar="N", help="the same place on 1 to 8 dates")
    scene.add_argument("--change", metavar="KIND", help=_CHANGE_HELP)
    scene.add_argument("--clouds", type=float, metavar="SHARE", help="of each image under clouds and shadows, 0 to 1")
    scene.set_defaults(run=_scene)
    sources = commands.add_parser("sources", help="list the labelled data sets that can be read, or look into one")
    sources.add_argument("path", nargs="?", metavar="PATH|NAME=PATH", help="a folder to look into")
    sources.add_argument("--records", type=int, metavar="N", help="read so many of its records; default: all")
    sources.set_defaults(run=_sources)
    build_cli.register(commands)


def _scene(args: argparse.Namespace) -> int:
    from .dates import ANY
    from .scene_files import write_dates, write_scene

    if not args.sar and args.dates is None and args.clouds is None:
        if args.change is not None:
            raise RequestError("A change happens between dates: give their number too, for example --dates 2.")
        _print(write_scene(args.out, args.size, args.seed))
        return 0
    change = {None: ANY, "none": None}.get(args.change, args.change)
    dates = 1 if args.dates is None else args.dates
    if dates == 1 and args.change not in (None, "none"):
        raise RequestError("A change happens between dates: ask for two or more of them, for example --dates 2.")
    truth = write_dates(args.out, args.size, args.seed, dates, change, args.clouds, args.sar)
    print(f"{truth['place']}; change: {truth['change'] or 'none'}")
    for date in truth["dates"]:
        print(
            f"\n{date['date']}: {date['optical']}, {date['hidden_pct']:.1f} % hidden by clouds and shadows; the ground:"
        )
        _print(date["ground"])
    return 0


def _sources(args: argparse.Namespace) -> int:
    from ..model_store.reporting import reporting
    from .sources import SOURCES, resolve
    from .sources.overview import look

    if args.path is None:
        for source in SOURCES.values():
            print(f"{source.name}: {source.title}\n  licence: {source.licence}\n  layout: {source.layout}")
        return 0
    if args.records is not None and args.records < 1:
        raise RequestError(f"At least 1 record must be looked into, not {args.records}.")
    source, folder = resolve(args.path)
    with reporting(json=False) as told:
        overview = look(source, folder, args.records, told.progress("reading"), told.cancelled)
        for line in overview.lines():
            told.say(line)
    return 0


def _print(truth: dict[str, dict[str, float]]) -> None:
    print(f"{'class':<14}{'hectares':>14}{'coverage %':>12}")
    for name, figures in truth.items():
        print(f"{name:<14}{figures['hectares']:>14.2f}{figures['coverage_pct']:>12.2f}")
    labelled_pct = sum(figures["coverage_pct"] for figures in truth.values())
    print(f"{'unlabelled':<14}{'':>14}{100 - labelled_pct:>12.2f}")
