"""The commands `data scene` and `data spectra`: generated scenes, and the real spectra behind them."""

from __future__ import annotations

import argparse
from pathlib import Path

from ..errors import Cancelled, OutputError, RequestError

CHANGE_HELP = (
    "what happens between the dates: none, any (the default: what the place has ground for and the labels tell), "
    "flooding, drained, deforestation, construction, destruction, growth or harvest"
)


def register(commands: argparse._SubParsersAction) -> None:
    """Add the commands to those of `data`."""
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

    spectra = commands.add_parser("spectra", help="print what real pixels of each class look like, by source")
    spectra.add_argument("--data", type=Path, metavar="DIR", help="fit them anew to the data sets in this folder")
    spectra.add_argument("--out", type=Path, metavar="FILE.json", help="write the table that was fitted")
    spectra.set_defaults(run=_spectra)


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


def _spectra(args: argparse.Namespace) -> int:
    from ..evidence.files import write_whole
    from .fit_spectra import as_json, fit, load
    from .spectra import OPTICAL_BANDS

    if args.out and not args.data:
        raise RequestError("Say what to fit the table to: give the folder of the data sets as --data.")
    rows = fit(args.data) if args.data else load()
    print(f"{'source':<12}{'class':<14}{'sub-type':>9}{'pixels':>9}" + "".join(f"{b:>8}" for b in OPTICAL_BANDS))
    for row in rows:
        shown = "".join(f"{row.mean[band]:>8.3f}" if band in row.mean else f"{'-':>8}" for band in OPTICAL_BANDS)
        radar = "" if row.vv_db is None else f"  VV {row.vv_db:.1f} dB, VH {row.vh_db:.1f} dB"
        name = row.name if row.certain else f"{row.name} ?"
        print(f"{row.source:<12}{name:<14}{row.sub_type or 'all':>9}{row.pixels:>9}{shown}{radar}")
    if args.out:
        try:
            write_whole(args.out, as_json(rows))
        except OSError as error:
            raise OutputError(f"The table could not be written to {args.out}: {error}.") from error
    return 0


def _print(truth: dict[str, dict[str, float]]) -> None:
    print(f"{'class':<14}{'hectares':>14}{'coverage %':>12}")
    for name, figures in truth.items():
        print(f"{name:<14}{figures['hectares']:>14.2f}{figures['coverage_pct']:>12.2f}")
    labelled_pct = sum(figures["coverage_pct"] for figures in truth.values())
    print(f"{'unlabelled':<14}{'':>14}{100 - labelled_pct:>12.2f}")
