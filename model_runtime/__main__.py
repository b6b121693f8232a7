"""The command line: `python -m model_runtime COMMAND`: ask, remeasure, serve, models, train and others.

Every command is a thin caller; what is heavy is imported by the command that needs it.
"""

from __future__ import annotations

import argparse
import gc
import json
import os
import re
import signal
import sys
from collections.abc import Sequence
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, NoReturn

from .errors import RequestError, TerraScopeError

if TYPE_CHECKING:
    from . import protocol


class _Parser(argparse.ArgumentParser):
    def error(self, message: str) -> NoReturn:
        """One sentence instead of the usage."""
        self.exit(2, f"{message[:1].upper()}{message[1:]} (see {self.prog} --help).\n")


def main(argv: Sequence[str] | None = None) -> int:
    """Run one command.

    Returns:
        0 on success; 2 for bad input, with one sentence on stderr.
    """
    args = _parser().parse_args(_join_negative(sys.argv[1:] if argv is None else argv))
    try:
        return args.run(args) or 0
    except TerraScopeError as error:
        print(error, file=sys.stderr)
        return 2


def _parser() -> argparse.ArgumentParser:
    parser = _Parser(prog="python -m model_runtime", description="TerraScope: questions about satellite scenes.")
    commands = parser.add_subparsers(required=True, metavar="COMMAND")

    ask = commands.add_parser("ask", help="answer a question about a place")
    what = ask.add_mutually_exclusive_group(required=True)
    what.add_argument("--question")
    what.add_argument("--region", dest="regions", action="append", metavar="PHRASE",
                      help="instead of a question: make a land-cover map of these, once for each")  # fmt: skip
    ask.add_argument("--optical", metavar="SCENE", help="a raster, a VRT or a folder of one-band files")
    ask.add_argument("--second-date", metavar="LATER", help="the same place at a later date")
    ask.add_argument("--date", dest="dated", action="append", default=[], metavar="SCENE[=2017-06-04]",
                     help="instead of --optical: once for each date, in the order of time, up to 8; none: radar alone; "
                     "default day: as names and metadata tell")  # fmt: skip
    ask.add_argument("--sar", action="append", default=[], metavar="S1",
                     help="a radar image, alone or beside an optical one; once for each date, "
                     "none: not for this date")  # fmt: skip
    ask.add_argument("--clouds", dest="cloud_layers", action="append", default=[], metavar="LAYER",
                     help="what tells clouds: SCL, QA_PIXEL or a mask, once for each date; "
                     "default, and none: the layer beside the scene, else the model looks itself")  # fmt: skip
    ask.add_argument("--ignore-clouds", dest="clouds", action="store_const", const="ignore", default="exclude",
                     help="measure also what clouds hide")  # fmt: skip
    ask.add_argument("--fusion", choices=("text_guided", "concat", "published_train", "none"), default="text_guided",
                     help="whose evidence enters the reasoning where a date has both; none: optical alone")  # fmt: skip
    ask.add_argument(
        "--large",
        choices=("overview", "per_window"),
        default="overview",
        help="one image of over 4 million pixels: reason over an overview (default), or in each window",
    )
    ask.add_argument("--on-offset", choices=("refuse", "allow", "shift"), default="refuse",
                     help="when an image lies over two pixels off the first; shift: move it to fit")  # fmt: skip
    ask.add_argument("--extent", type=_bounds, metavar="xmin,ymin,xmax,ymax")
    ask.add_argument("--extent-crs", metavar="CRS", help="of the extent and polygon; default: the scene's own")
    ask.add_argument("--polygon", dest="polygon_wkt", metavar="WKT", help="limit the area to a polygon")
    ask.add_argument("--bands", type=_bands, metavar="red=3,green=2,...", help="band role to 1-based band")
    ask.add_argument("--sar-bands", type=_bands, metavar="vv=1,vh=2", help="polarisation to 1-based band")
    ask.add_argument("--sensor", metavar="PRESET", help="sentinel-2, sentinel-2-offset, landsat-4-7, landsat-8-9, "
                     "landsat-8-9-l1, naip, planetscope; default: as names and metadata tell")  # fmt: skip
    ask.add_argument("--sar-sensor", metavar="PRESET", help="sentinel-1-db, sentinel-1-linear; default: as values tell")
    ask.add_argument("--stretch", choices=("auto", "percentiles"), default="auto",
                     help="percentiles: of optical images only the relative brightness within each band")  # fmt: skip
    ask.add_argument("--minimum-area", dest="minimum_area_ha", type=float, default=0.0, metavar="HECTARES",
                     help="minimum mapping unit: leave smaller parts out of the masks")  # fmt: skip
    ask.add_argument("--ellipsoid", metavar="EPSG:7030", help="to measure on; default: that of the scene's own CRS")
    ask.add_argument("--examples", dest="examples_file", metavar="EXAMPLES.gpkg",
                     help="clicks and outlines that show what is where: a layer with the fields phrase, inside, "
                     "image; or a report that was taught")  # fmt: skip
    ask.add_argument("--model", default="nano", metavar="nano|DIR")
    ask.add_argument("--profile", choices=("paper", "published"), default="paper")
    ask.add_argument("--no-measured", dest="measured", action="store_const", const=False,
                     help="do not write the exact measures into the reasoning")  # fmt: skip
    ask.add_argument("--device", default="auto", help="auto, cpu, cuda, cuda:1, mps")
    ask.add_argument("--tier", choices=("auto", "fp32", "bf16", "int8", "fp8", "int4"), default="auto",
                     help="how the weights are kept in memory; auto: the best that fits")  # fmt: skip
    ask.add_argument("--out", metavar="run.gpkg", help="GeoPackage to write")
    ask.add_argument("--json", metavar="run.json", help="report to write")
    ask.add_argument("--picture", metavar="evidence.png", help="the scene with the masks drawn, to write")
    ask.set_defaults(run=_ask)

    again = commands.add_parser("remeasure", help="let the figures of a report follow its masks, edited in a GIS")
    again.add_argument("report", metavar="REPORT.gpkg", help="it is changed in its place")
    again.add_argument("--step", dest="steps", type=int, action="append", default=[], metavar="N",
                       help="whose mask was edited; default: those that are not as measured")  # fmt: skip
    again.add_argument("--json", action="store_true", help="print the record as JSON")
    again.set_defaults(run=_remeasure)

    doctor = commands.add_parser("doctor", help="say whether this installation is complete")
    doctor.add_argument("--json", action="store_true", help="as one line of JSON")
    doctor.set_defaults(run=_doctor)
    commands.add_parser("schema", help="print the JSON schema of the protocol").set_defaults(run=_schema)
    _add_rooms(commands)
    return parser


def _add_rooms(commands: argparse._SubParsersAction) -> None:
    """Commands that have a room of their own; an installation that only answers may lack those for learning."""
    for room in ("batch", "server", "model_store", "terra_cot", "training", "bench"):
        if find_spec(f".{room}", __package__) and find_spec(f".{room}.cli", __package__):
            import_module(f".{room}.cli", __package__).register(commands)


def _join_negative(argv: Sequence[str]) -> list[str]:
    """`--extent -4.2,52,-4,52.1`: argparse takes a value that begins with a minus for an option."""
    joined: list[str] = []
    for word in argv:
        if joined and joined[-1] == "--extent" and re.match(r"-[\d.]", word):
            joined[-1] = f"--extent={word}"
        else:
            joined.append(word)
    return joined


def _bounds(text: str) -> tuple[float, ...]:
    numbers = tuple(float(part) for part in text.split(","))
    if len(numbers) != 4:
        raise argparse.ArgumentTypeError("four numbers are needed: xmin,ymin,xmax,ymax")
    return numbers


def _bands(text: str) -> dict[str, int]:
    return {role.strip(): int(band) for role, band in (pair.split("=") for pair in text.split(","))}


def _dates(args: argparse.Namespace) -> list[dict[str, str | None]]:
    """What `protocol.DateInput` is made of, for each date.

    Raises:
        RequestError: no image, two ways of naming dates at once, or more radar images or cloud layers than dates.
    """
    short = [path for path in (args.optical, args.second_date) if path]
    if args.dated and short:
        raise RequestError("--date stands for --optical and --second-date; give one or the other.")
    if args.second_date and not args.optical:
        raise RequestError("--second-date comes after --optical; give the first date too.")
    if args.dated or not short:
        dated = [_dated(text) for text in args.dated or args.sar]
        field = "optical" if args.dated else "sar"
        dates = [{field: _unless_none(path), "date": day} for path, day in dated]
    else:
        dates = [{"optical": path} for path in short]
    if not dates:
        raise RequestError("There is no image to ask about; give --optical, --sar or --date.")
    if len(dates) > 8:
        raise RequestError(f"{len(dates)} dates are too many; at most 8 can be asked about at once.")
    beside = {"sar": args.sar if args.dated or short else [], "clouds": args.cloud_layers}
    for field, paths in beside.items():
        if len(paths) > len(dates):
            raise RequestError(
                f"--{field} is given {len(paths)} times for {len(dates)} date{'s' * (len(dates) > 1)}; give it once "
                "for each, none where there is none."
            )
        for date, path in zip(dates, paths, strict=False):
            date[field] = _unless_none(path)
    return dates


def _dated(text: str) -> tuple[str, str | None]:
    """The path and the day of `SCENE=2017-06-04`; a path may hold = itself."""
    path, sign, day = text.rpartition("=")
    if not sign or os.path.exists(text):
        return text, None
    # What follows an image that exists was meant for a day, even where it is none: that is told later.
    return (path, day) if re.fullmatch(r"\d{4}-?\d\d-?\d\d", day) or os.path.exists(path) else (text, None)


def _unless_none(path: str) -> str | None:
    return None if path == "none" else path


class _Console:
    """The `Sink` of the command line: words as they come on stdout, the report kept."""

    def __init__(self) -> None:
        from .model_store.keeper import CHECKING, LOADING

        self._waits = (CHECKING, LOADING)
        self.report: protocol.Report | None = None
        self._stop = False
        signal.signal(signal.SIGINT, self._interrupt)

    def _interrupt(self, *_: object) -> None:
        self._stop = True
        signal.signal(signal.SIGINT, signal.SIG_DFL)  # the second Ctrl+C ends at once

    def cancelled(self) -> bool:
        return self._stop

    def emit(self, event: protocol.Event) -> None:
        if event.event == "text":
            print(f" ({event.text})" if event.kind == "measured" else event.text, end="", flush=True)
        elif event.event == "mask":
            print(f"[{event.step.index}]", end="", flush=True)
        elif event.event == "warning":
            print(f"\nNote: {event.message}", flush=True)
        elif event.event == "progress" and event.stage in self._waits and sys.stderr.isatty():
            end = "\n" if event.fraction == 1 else ""
            print(f"\r{event.stage}: {event.fraction:4.0%}", end=end, file=sys.stderr, flush=True)
        elif event.event == "done":
            self.report = event.report


def _ask(args: argparse.Namespace) -> None:
    from pydantic import ValidationError

    from . import protocol
    from .evidence.files import write_whole
    from .model_store.keeper import Keeper

    if hasattr(sys.stdout, "reconfigure"):
        sys.stdout.reconfigure(errors="replace")
    fields = {name: value for name, value in vars(args).items() if name in protocol.AskRequest.model_fields}
    if args.regions:
        fields["question"] = f"Land cover: {', '.join(args.regions)}"
    else:
        del fields["regions"]
    if args.examples_file:
        from .scene.examples import read_examples

        fields["examples"], fields["examples_crs"] = read_examples(args.examples_file)
    try:
        request = protocol.AskRequest(dates=_dates(args), **fields)
    except ValidationError as error:
        first = error.errors()[0]
        raise RequestError(f"{'.'.join(map(str, first['loc']))}: {first['msg']}.") from None
    report_path = _report_path(args)
    console = _Console()
    Keeper(args.device).answer(request, console)
    if report_path:
        write_whole(report_path, console.report.model_dump_json(indent=2) + "\n")
    _print_report(console.report)


def _report_path(args: argparse.Namespace) -> Path | None:
    if args.json is None:
        return None
    path = Path(args.json)
    if not path.parent.is_dir() or path.is_dir() or path.suffix.lower() != ".json":
        raise RequestError(f"{path} cannot be written; choose a file name that ends in .json in an existing folder.")
    return path


def _print_report(report: protocol.Report) -> None:
    from .measure.words import metres, number

    print(f"\n\nAnswer: {report.answer}\n")
    if report.steps:
        of_sar = any(step.sar_share is not None for step in report.steps)
        print(
            f"{'step':>4}  {'region':<24} {'image':>5} {'hectares':>12} {'+/- ha':>10} {'cover %':>8} {'score':>6}"
            f" {'tokens':>6}{'  of SAR' * of_sar}"
        )
    for step in report.steps:
        share = "" if step.sar_share is None else f"{step.sar_share:>8.0%}"
        print(
            f"{step.index:>4}  {step.phrase:<24.24} {step.image:>5} {number(step.area_ha):>12}"
            f" {number(step.area_uncertainty_ha):>10} {number(step.coverage_pct):>8} {step.score:>6.2f}"
            f" {step.tokens:>6}{share}"
        )
    for distance in report.distances:
        names = [report.steps[index - 1].phrase for index in (distance.from_step, distance.to_step)]
        touching = f"in contact along {metres(distance.contact_length_m)} m" if distance.contact else "not in contact"
        print(f"{names[0]} to {names[1]}: {metres(distance.distance_m)} m edge to edge, {touching}")
    for change in report.changes:
        verdict = "" if change.told else ": no change that can be told from noise"
        print(
            f"{change.phrase or 'region'}, image {change.from_image} to {change.to_image}: gained "
            f"{number(change.gained_ha)} ha, lost {number(change.lost_ha)} ha, kept {number(change.kept_ha)} ha "
            f"(+/- {number(change.uncertainty_ha)}; floor {number(change.floor_ha)} ha){verdict}; "
            f"{change.objects_gone} of {change.objects_earlier} objects gone, {change.objects_new} new"
        )
    for found in report.transitions:
        print(f"hectares from image {found.from_image} (rows) to image {found.to_image} (columns):")
        names = [name or "none of these" for name in found.phrases]
        print(" " * 17 + "".join(f"{name:>17.16}" for name in names))
        for name, row in zip(names, found.hectares, strict=True):
            print(f"{name:<17.16}" + "".join(f"{number(cell):>17}" for cell in row))
    for claim in report.claims:
        if claim.measured is None:
            verdict = "no mask measures it"
        else:
            verdict = f"measured {number(claim.measured)} {claim.unit}{'' if claim.agrees else ': DOES NOT AGREE'}"
        print(f"claimed {claim.text}: {verdict}")
    print()
    for date in report.dates:
        for image in (date.optical, date.sar):
            if image is not None:
                when = f"Image {date.image}, {date.date or 'day unknown'}, " if len(report.dates) > 1 else ""
                print(f"{when}{image.sensor or 'Unknown sensor'}: {image.stretch}")
    print(f"{report.model.name} on {report.model.device}, weights in {report.model.tier}")


def _remeasure(args: argparse.Namespace) -> None:
    from .remeasure import remeasure

    report = remeasure(args.report, args.steps)
    if args.json:
        print(report.model_dump_json(indent=2))
    else:
        _print_report(report)


def _doctor(args: argparse.Namespace) -> int:
    import rasterio

    from .model_store.devices import examine, pick_device, title
    from .model_store.shelf import summaries
    from .versions import versions

    parts = {**versions(), "GDAL": rasterio.__gdal_version__}
    device = examine(pick_device("auto"))
    found = [model for model in summaries(device=device) if model.state in ("bundled", "here")]
    if args.json:
        about = {"name": device.name, "title": title(device.name), "free_bytes": device.free}
        print(json.dumps({"versions": parts, "device": about, "models": [model.id for model in found]}))
    else:
        for name, version in parts.items():
            print(f"{name:<14} {version}")
        print(f"{'device':<14} {device.name}, {device.free / 1e9:.1f} GB of memory free")
        for model in found:
            tier = next((f"would be loaded in {need.tier}" for need in model.memory if need.fits), "does not fit")
            print(f"{'model':<14} {model.id} ({model.parameters:,} parameters, {model.state}), {tier}")
    if not any(model.state == "bundled" for model in found):
        print("The bundled model is missing; install the plugin again.", file=sys.stderr)
        return 2
    return 0


def _schema(_: argparse.Namespace) -> None:
    from .protocol import json_schema

    print(json.dumps(json_schema(), indent=2, sort_keys=True))


if __name__ == "__main__":
    try:
        sys.exit(main())
    finally:
        gc.freeze()  # else Python looks for garbage in all of torch before it ends, for more than a second
