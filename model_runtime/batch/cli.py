"""The commands `batch` and `report`."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import TYPE_CHECKING

from ..errors import RequestError

if TYPE_CHECKING:
    from ..model_store.reporting import Report
    from .tasks import Task


def register(commands: argparse._SubParsersAction) -> None:
    """Add both to the command line."""
    batch = commands.add_parser("batch", help="ask many questions about many scenes, into one report")
    batch.add_argument("plan", type=Path, metavar="PLAN.csv|FOLDER|STAC_ITEMS.json",
                       help="a table (scene, sar, dates, clouds, question, name), a folder of scenes, or STAC items "
                       "whose files are here")  # fmt: skip
    batch.add_argument("--question", dest="questions", action="append", default=[],
                       help="asked about every scene; once for each question")  # fmt: skip
    batch.add_argument("--pattern", metavar="'*.tif'", help="which names of a folder are scenes")
    batch.add_argument("--out", type=Path, required=True, metavar="report.gpkg")
    batch.add_argument("--resume", action="store_true", help="go on with the report: ask only what is missing in it")
    batch.add_argument("--workers", type=_count, metavar="N",
                       help="processes, each with the model in memory; default: this one alone")  # fmt: skip
    batch.add_argument("--ray", metavar="ADDRESS", help="run on this Ray cluster: auto, local, or an address")
    batch.add_argument("--model", default="nano", metavar="nano|DIR")
    batch.add_argument("--device", default="auto", help="auto, cpu, cuda, cuda:1, mps")
    batch.add_argument("--tier", choices=("auto", "fp32", "bf16", "int8", "fp8", "int4"), default="auto",
                       help="how the weights are kept in memory; auto: the best that fits")  # fmt: skip
    batch.add_argument("--json", action="store_true", help="progress and what comes of each question as lines of JSON")
    _add_options(batch)
    batch.set_defaults(run=_batch)

    report = commands.add_parser("report", help="put reports together, or export one").add_subparsers(
        required=True, metavar="COMMAND"
    )
    merge = report.add_parser("merge", help="one report of many, also of single answers")
    merge.add_argument("reports", type=Path, nargs="+", metavar="A.gpkg|FOLDER",
                       help="reports; a folder stands for all GeoPackages in it")  # fmt: skip
    merge.add_argument("--out", type=Path, required=True, metavar="all.gpkg")
    merge.set_defaults(run=_merge)
    export = report.add_parser("export", help="as CSV, GeoParquet or Markdown")
    export.add_argument("report", type=Path, metavar="all.gpkg")
    kind = export.add_mutually_exclusive_group(required=True)
    kind.add_argument("--csv", type=Path, metavar="DIR", help="a new folder, one file for each table")
    kind.add_argument("--parquet", type=Path, metavar="DIR", help="a new folder, one file for each table")
    kind.add_argument("--markdown", type=Path, metavar="FILE.md", help="a text for people")
    export.set_defaults(run=_export)


def _add_options(batch: argparse.ArgumentParser) -> None:
    """What `ask` can be told too; it holds for every question."""
    how = batch.add_argument_group("of every question, as for ask")
    how.add_argument("--profile", choices=("paper", "published"), default="paper")
    how.add_argument("--no-measured", dest="measured", action="store_const", const=False)
    how.add_argument("--fusion", choices=("text_guided", "concat", "published_train", "none"), default="text_guided")
    how.add_argument("--large", choices=("overview", "per_window"), default="overview")
    how.add_argument("--minimum-area", dest="minimum_area_ha", type=float, default=0.0, metavar="HECTARES")
    how.add_argument("--on-offset", choices=("refuse", "allow", "shift"), default="refuse")
    how.add_argument("--ignore-clouds", dest="clouds", action="store_const", const="ignore", default="exclude")
    how.add_argument("--sensor", metavar="PRESET")
    how.add_argument("--sar-sensor", metavar="PRESET")
    how.add_argument("--stretch", choices=("auto", "percentiles"), default="auto")
    how.add_argument("--ellipsoid", metavar="EPSG:7030")
    how.add_argument("--extent", type=_numbers, metavar="xmin,ymin,xmax,ymax",
                     help="look at this part of every scene; one that does not reach it is set aside")  # fmt: skip
    how.add_argument("--extent-crs", metavar="CRS", help="of the extent; default: each scene's own")


_OPTIONS = (
    "model", "tier", "profile", "measured", "fusion", "large", "on_offset", "clouds", "sensor", "sar_sensor",
    "stretch", "ellipsoid", "extent", "extent_crs", "minimum_area_ha",
)  # fmt: skip


def _numbers(text: str) -> list[float]:
    return [float(part) for part in text.split(",")]  # the request wants four of them, and says so


def _count(text: str) -> int:
    count = int(text)
    if not 1 <= count <= 1024:
        raise argparse.ArgumentTypeError("a number from 1 to 1024 is needed")
    return count


class _Watcher:
    """Tells the report of a command how far a batch is."""

    def __init__(self, report: Report) -> None:
        self._report = report

    def told(self, stage: str, fraction: float) -> None:
        """Pass it on."""
        self._report.progress(stage)(fraction)

    def settled(self, task: Task, answer: str, reason: str) -> None:
        """A line for programs; people see the report."""
        from .tasks import Settled

        self._report.event(Settled(scene=task.name, question=task.request.question, answer=answer, reason=reason))

    def cancelled(self) -> bool:
        """Whether Ctrl+C was pressed."""
        return self._report.cancelled()


def _batch(args: argparse.Namespace) -> int:
    from ..model_store.reporting import reporting
    from ..model_store.shelf import folder_of
    from .plan import read_plan
    from .run import Workers, run

    with reporting(args.json) as report:
        folder_of(args.model)  # refuses one that there is not
        options = {name: getattr(args, name) for name in _OPTIONS}
        tasks = read_plan(args.plan, args.questions, args.pattern, options)
        out = args.out.expanduser().absolute()
        tally = run(tasks, out, Workers(args.workers, args.ray, args.device), _Watcher(report), args.resume)
        for task, reason in tally.failed:
            report.say(f"{task.name}: {reason}")
        before = f", {tally.before} were there before" if tally.before else ""
        report.say(f"{tally.answered} of {tally.tasks} answered{before}, {len(tally.failed)} set aside: {args.out}")
    return 0


def _merge(args: argparse.Namespace) -> None:
    from .exports import merge

    count = merge(args.reports, args.out.expanduser().absolute())
    print(f"{count} runs in {args.out}")


def _export(args: argparse.Namespace) -> None:
    from . import exports

    if not args.report.is_file():
        raise RequestError(f"'{args.report}' is not there: choose an existing report.")
    if args.csv:
        exports.export_csv(args.report, args.csv)
    elif args.parquet:
        exports.export_parquet(args.report, args.parquet)
    else:
        exports.export_markdown(args.report, args.markdown)
