"""The command `data scene`."""

from __future__ import annotations

import argparse
from pathlib import Path

from ..errors import Cancelled, RequestError

CHANGE_HELP = (
    "what happens between the dates: none, any (the default: what the place has ground for and the labels tell), "
    "flooding, drained, deforestation, construction, destruction, growth or harvest"
)


def register(commands: argparse._SubParsersAction) -> None:
    """Add the command to those of `data`."""
    scene = commands.add_parser("scene", help="write one generated scene, its labels and its truth")
    scene.add_argument("--size", type=int, default=512, metavar="PIXELS",
                       help="width and height, 64 or more; over 2048 it is made and written part by part")  # fmt: skip
    scene.add_argument("--seed", type=int, default=0, metavar="S", help="the same seed gives the same scene")
    scene.add_argument("--out", type=Path, required=True, metavar="FILE.tif")
    scene.add_argument("--pixel-size", type=float, default=10.0, metavar="METRES", help="5 to 30; default: 10")
    scene.add_argument("--sar", action="store_true", help="also the radar image: VV and VH in dB, on the same grid")
    scene.add_argument("--dates", type=int, metavar="N", help="the same place on 1 to 8 dates")
    scene.add_argument("--change", metavar="KIND", help=CHANGE_HELP)
    scene.add_argument("--clouds", type=float, metavar="SHARE", help="of each image under clouds and shadows, 0 to 1")
    scene.set_defaults(run=_scene)


def _scene(args: argparse.Namespace) -> int:
    from ..model_store.reporting import Report
    from .dates import ANY
    from .scene_files import write_dates, write_scene

    dates = 1 if args.dates is None else args.dates
    if dates == 1 and args.change not in (None, "none"):
        raise RequestError("A change happens between dates: ask for two or more of them, for example --dates 2.")
    told = Report(json=False)
    progress = told.progress("making the scene")
    try:
        if not args.sar and args.dates is None and args.clouds is None:
            truth = write_scene(args.out, args.size, args.seed, args.pixel_size, progress)
            told.say(str(args.out))
            _print(truth)
            return 0
        change = {None: ANY, "none": None}.get(args.change, args.change)
        truth = write_dates(
            args.out, args.size, args.seed, dates, change, args.clouds, args.sar, args.pixel_size, progress
        )
    except KeyboardInterrupt:
        raise Cancelled from None
    told.say(f"{truth['place']}; change: {truth['change'] or 'none'}")
    for date in truth["dates"]:
        print(
            f"\n{date['date']}: {date['optical']}, {date['hidden_pct']:.1f} % hidden by clouds and shadows; the ground:"
        )
        _print(date["ground"])
    for step in truth["changes"]:
        print(f"\n{step['from']} to {step['to']}: {step['kind']} on {step['coverage_pct']:.2f} % of the place")
        for before, row in step["hectares"].items():
            for after, area_ha in row.items():
                print(f"{before:<14} to {after:<14}{area_ha:>14.2f} ha")
    return 0


def _print(truth: dict[str, dict[str, float]]) -> None:
    print(f"{'class':<14}{'hectares':>14}{'coverage %':>12}")
    for name, figures in truth.items():
        print(f"{name:<14}{figures['hectares']:>14.2f}{figures['coverage_pct']:>12.2f}")
    labelled_pct = sum(figures["coverage_pct"] for figures in truth.values())
    print(f"{'unlabelled':<14}{'':>14}{100 - labelled_pct:>12.2f}")
