"""`data build`: a dataset from sources, in shards that any number of workers make and that survive a kill.

A build folder holds `build.json` (the plan), `train/`, `val/`, `test/` with the shards, `images/` beside JSON shards,
`reports/` with a report per shard, and, when all is done, `report.json` and `DATASHEET.md`.
"""

from __future__ import annotations

import json
import shutil
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from contextlib import closing, contextmanager
from functools import partial
from pathlib import Path

import psutil

from ..errors import Cancelled, OutputError, RequestError
from ..evidence.files import write_whole
from .datasheet import datasheet
from .extras import require
from .plan import Options, Plan, Shard, make_plan, share, split_samples
from .ray_workers import on_ray
from .shards import build_shard, drafts_folder, report_path, shard_path
from .workers import cores, in_processes

PLAN_FILE = "build.json"
REPORT_FILE = "report.json"
DATASHEET_FILE = "DATASHEET.md"
_LOCK_FILE = ".building"
_SAME_START_S = 2.0  # a process of that number that began at another time is another one


def build(
    options: Options,
    folder: Path,
    workers: int | None = None,
    ray: str | None = None,
    stopped: Callable[[], bool] = lambda: False,
) -> dict:
    """Build a dataset, or go on with one that was stopped.

    Args:
        options: what to build.
        folder: where; new, empty, or holding the same build unfinished.
        workers: how many processes; by default one for each core. With `ray` "local", how many of its cores.
        ray: instead of processes, the address of a Ray cluster.
        stopped: asked a few times a second whether to end.

    Returns:
        The report that is written to `report.json`.

    Raises:
        RequestError: an option or a source cannot be used, a package is missing, or the folder holds something else.
        ModelError: the model that shall draw the masks is missing or damaged.
        OutputError: the folder cannot be written to.
        Cancelled: `stopped` was true; finished shards are kept.
    """
    require("data", "pycocotools", *(["pyarrow"] if options.format == "parquet" else []))
    if workers is not None and workers < 1:
        raise RequestError(f"At least 1 worker is needed, not {workers}.")
    plan = make_plan(options)
    options.aids.check()
    with _alone(folder):
        _fix(plan, folder)
        shutil.rmtree(drafts_folder(folder), ignore_errors=True)
        try:
            _make(plan, folder, workers, ray, stopped)
        finally:
            shutil.rmtree(drafts_folder(folder), ignore_errors=True)
        report = summary(plan, [json.loads(report_path(folder, shard).read_text("utf-8")) for shard in plan.shards])
        write_whole(folder / REPORT_FILE, json.dumps(report, indent=1, ensure_ascii=False) + "\n")
        write_whole(folder / DATASHEET_FILE, datasheet(plan, report))
    return report


def _make(plan: Plan, folder: Path, workers: int | None, ray: str | None, stopped: Callable[[], bool]) -> None:
    """Make the shards that are not there."""
    missing = [shard for shard in plan.shards if not _is_finished(folder, shard)]
    if not missing:
        return
    kept = sum(shard.samples for shard in plan.shards) - sum(shard.samples for shard in missing)
    if kept:
        print(f"{len(plan.shards) - len(missing)} of {len(plan.shards)} shards are there already.", flush=True)
    progress = Progress(kept, plan.options.samples)
    work = partial(build_shard, folder)
    if ray is None:
        results = in_processes(work, missing, min(workers or cores(), len(missing)), stopped, progress.show)
    else:
        results = on_ray(work, missing, ray, workers, stopped)
    try:
        with closing(results):
            _follow(results, progress)
    except Cancelled:
        progress.end()
        finished = sum(_is_finished(folder, shard) for shard in plan.shards)
        print(f"{finished} of {len(plan.shards)} shards are finished and kept: the same command goes on from there.")
        raise
    progress.end()


def _follow(results: Iterable[dict], progress: Progress) -> None:
    made = 0
    for report in results:
        made += report["samples"]
        progress.show(made)


def _is_finished(folder: Path, shard: Shard) -> bool:
    return shard_path(folder, shard).is_file() and report_path(folder, shard).is_file()


def _fix(plan: Plan, folder: Path) -> None:
    """Write the plan into a new folder, or see that it is the plan of the build that is there.

    Raises:
        RequestError: the folder holds another build, or other files.
    """
    path, wanted = folder / PLAN_FILE, plan.fixed()
    if path.is_file():
        try:
            there = json.loads(path.read_text("utf-8"))
        except ValueError:
            there = None
        if there != wanted:
            raise RequestError(
                f"{folder} holds a build with other options, sources or version ({_difference(there, wanted)}): "
                "choose another folder, or repeat its command to go on with it."
            )
        return
    if any(name.name != _LOCK_FILE for name in folder.iterdir()):
        raise RequestError(f"{folder} holds other files: choose a new or empty folder for the dataset.")
    write_whole(path, json.dumps(wanted, indent=1, ensure_ascii=False) + "\n")


def _difference(there: object, wanted: dict) -> str:
    """The names of what differs between two plans."""
    if not isinstance(there, dict):
        return "its build.json is damaged"
    names = [name for name in ("layout", "made_by") if there.get(name) != wanted[name]]
    options = there.get("options") or {}
    names += [name for name, value in wanted["options"].items() if _plain(value) != options.get(name)]
    return ", ".join(names) or "the records of its sources"


def _plain(value: object) -> object:
    return list(value) if isinstance(value, tuple) else value


@contextmanager
def _alone(folder: Path) -> Iterator[None]:
    """Keep a second build out of the folder; one whose process is gone left its lock behind and counts for nothing.

    Raises:
        RequestError: another process builds there.
        OutputError: the folder cannot be made or written to.
    """
    lock, this = folder / _LOCK_FILE, psutil.Process()
    try:
        if folder.exists() and not folder.is_dir():
            raise RequestError(f"{folder} is a file: choose a folder for the dataset.")
        folder.mkdir(parents=True, exist_ok=True)
        if lock.is_file():
            pid, _, began = lock.read_text("utf-8").partition(" ")
            if _runs(pid, began):
                raise RequestError(f"Process {pid} is building in {folder}: wait for it, or choose another folder.")
        write_whole(lock, f"{this.pid} {this.create_time()}")
    except OSError as error:
        raise OutputError(f"{folder} cannot be written to ({error}): choose another folder.") from error
    try:
        yield
    finally:
        lock.unlink(missing_ok=True)


def _runs(pid: str, began: str) -> bool:
    try:
        return abs(psutil.Process(int(pid)).create_time() - float(began)) < _SAME_START_S
    except (psutil.Error, ValueError):
        return False


def summary(plan: Plan, reports: Iterable[dict]) -> dict:
    """What was built, from the reports on all shards.

    Returns:
        `samples` and `asked`; `splits`: samples and records of each; `sources`: samples, records and asked of each, by
        split; `levels`: samples of each; `captions`: what became of those that an endpoint was to put in better words;
        `skipped`: every record that was left out, with the reason.
    """
    splits: dict[str, Counter] = {}
    sources: dict[str, dict[str, Counter]] = {}
    for number, origin in enumerate(plan.origins):
        for split, samples in split_samples(plan.options.samples).items():
            asked = share(samples, len(plan.origins), number)
            of_source = sources.setdefault(origin.name, {})
            of_source.setdefault(split, Counter(samples=0, records=0)).update(asked=asked)
    levels: Counter[str] = Counter()
    captions: Counter[str] = Counter()
    skipped = [vars(record) for record in plan.skipped]
    for report in reports:
        split = report["split"]
        splits.setdefault(split, Counter()).update(samples=report["samples"], records=report["records"])
        for name, counts in report["sources"].items():
            sources[name][split].update(counts)
        levels.update(report["levels"])
        captions.update(report["captions"])
        skipped += report["skipped"]
    return {
        "samples": sum(counts["samples"] for counts in splits.values()),
        "asked": plan.options.samples,
        "splits": {split: dict(counts) for split, counts in splits.items()},
        "sources": {name: {split: dict(counts) for split, counts in of.items()} for name, of in sources.items()},
        "levels": dict(sorted(levels.items())),
        "captions": dict(sorted(captions.items())),
        "skipped": skipped,
    }


class Progress:
    """One line on stderr: samples made, their rate, the time that is left.

    Args:
        kept: samples of shards that were there before.
        asked: samples of the whole build.
    """

    def __init__(self, kept: int, asked: int) -> None:
        self.kept, self.asked = kept, asked
        self._began = self._said = time.monotonic()
        self._is_terminal = sys.stderr.isatty()
        self._every_s = 0.5 if self._is_terminal else 30.0

    def show(self, made: int) -> None:
        """Say how far it is, when it is time to: `made` samples are new."""
        now = time.monotonic()
        if made and now - self._said >= self._every_s:
            self._said = now
            end = "" if self._is_terminal else "\n"
            start = "\r" if self._is_terminal else ""
            print(f"{start}{self.line(made, now - self._began):<78}", end=end, file=sys.stderr, flush=True)

    def line(self, made: int, seconds: float) -> str:
        """The words of it."""
        rate = made / max(seconds, 1e-3)
        left_s = round(max(0, self.asked - self.kept - made) / rate)
        wait = f"{left_s // 60} min {left_s % 60:02} s" if left_s >= 60 else f"{left_s} s"
        return f"{self.kept + made:,} of {self.asked:,} samples, {rate:,.0f} a second, {wait} left"

    def end(self) -> None:
        """Close the line of a terminal."""
        if self._is_terminal:
            print(file=sys.stderr, flush=True)
