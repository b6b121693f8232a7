"""What a batch costs and stands: beside plain questions, killed and resumed, with one worker and with two.

    python benchmarks/batch.py overhead [--scenes 40]
    python benchmarks/batch.py kill [--scenes 200]
    python benchmarks/batch.py workers [--scenes 40]

`overhead`: the same questions as plain asks and as a batch, in turns, so that a machine that is busy for a while slows
both; the model is loaded before either. `kill`: an unbroken batch, and one that is killed five times at random and
resumed; their reports are compared row by row. `workers`: Ray, one actor and then two, each on one thread, the time
from the first answer to the last.
"""

from __future__ import annotations

import argparse
import os
import random
import signal
import subprocess
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from model_runtime.batch import run  # noqa: E402
from model_runtime.batch.plan import read_plan  # noqa: E402
from model_runtime.batch.tasks import Task  # noqa: E402
from model_runtime.model_store import keeper as keeping  # noqa: E402
from tests.runtime.batch.content import content  # noqa: E402
from tests.runtime.batch.scenes import write_scenes  # noqa: E402

QUESTIONS = ["How much water is there?", "What is the land cover?", "How far is the water from the grassland?"]
GROUPS, KILLS = 4, 5


class _Watcher:
    """Hears when questions are settled."""

    def __init__(self) -> None:
        self.settled_at: list[float] = []

    def told(self, stage: str, fraction: float) -> None:
        pass

    def settled(self, *_: object) -> None:
        self.settled_at.append(time.perf_counter())

    def cancelled(self) -> bool:
        return False


class _Sink:
    def emit(self, event: object) -> None:
        pass

    def cancelled(self) -> bool:
        return False


def _plainly(tasks: list[Task], keeper: keeping.Keeper, folder: Path) -> float:
    begin = time.perf_counter()
    for number, task in enumerate(tasks):
        keeper.answer(task.request.model_copy(update={"out": str(folder / f"{number}.gpkg")}), _Sink())
    return time.perf_counter() - begin


def overhead(folder: Path, tasks: list[Task]) -> None:
    """Print seconds per scene of plain asks and of a batch."""
    (folder / "plain").mkdir()
    keeper = keeping.Keeper("cpu")
    keeper.get("nano")
    keeping.Keeper = lambda _: keeper  # the batch is to find it loaded, as the plain asks do
    _plainly(tasks[: len(QUESTIONS)], keeper, folder / "plain")
    out, seconds = folder / "report.gpkg", {"plain": 0.0, "batch": 0.0}
    for group in range(GROUPS):
        part = [task for number, task in enumerate(tasks) if number // len(QUESTIONS) % GROUPS == group]
        for way in ("plain", "batch") if group % 2 else ("batch", "plain"):
            if way == "plain":
                seconds[way] += _plainly(part, keeper, folder / "plain")
            else:
                begin = time.perf_counter()
                run.run(part, out, run.Workers(device="cpu"), _Watcher(), resume=True)
                seconds[way] += time.perf_counter() - begin
    scenes = len(tasks) // len(QUESTIONS)
    for way, took in seconds.items():
        print(f"{way}: {took:.1f} s, {took / scenes:.3f} s per scene of {len(QUESTIONS)} questions")
    print(f"overhead: {100 * (seconds['batch'] / seconds['plain'] - 1):.1f} %")


def kill(folder: Path, tasks: list[Task]) -> None:
    """Kill a batch five times, resume it, and compare its report with that of an unbroken one."""
    command = [sys.executable, "-m", "model_runtime", "batch", str(folder / "scenes"), "--device", "cpu", "--json"]
    command += [word for question in QUESTIONS for word in ("--question", question)]
    surroundings = {**os.environ, "PYTHONPATH": str(ROOT), "OMP_NUM_THREADS": "1"}
    begin = time.perf_counter()
    whole, broken = folder / "whole.gpkg", folder / "broken.gpkg"
    subprocess.run([*command, "--out", str(whole)], check=True, env=surroundings, stdout=subprocess.DEVNULL)
    took = time.perf_counter() - begin
    chance = random.Random(8)
    for _ in range(KILLS):
        words = [*command, "--out", str(broken), *["--resume"] * broken.exists()]
        process = subprocess.Popen(words, env=surroundings, stdout=subprocess.PIPE, start_new_session=True)
        questions = chance.randint(1, len(tasks) // KILLS)
        for line in process.stdout:
            questions -= b'"settled"' in line
            if not questions:
                break
        time.sleep(chance.uniform(0.0, 1.0) * took / len(tasks))
        os.killpg(process.pid, signal.SIGKILL)
        process.wait()
        process.stdout.close()
        print(f"killed with {len(content(broken)['runs'])} of {len(tasks)} runs in the report", flush=True)
    subprocess.run(
        [*command, "--out", str(broken), "--resume"], check=True, env=surroundings, stdout=subprocess.DEVNULL
    )
    one, other = content(whole), content(broken)
    print(f"unbroken in {took:.0f} s; rows: { ({table: len(rows) for table, rows in one.items()}) }")
    print("the reports are the same" if one == other else "THE REPORTS DIFFER")


def workers(folder: Path, tasks: list[Task]) -> None:
    """Print questions per second of one Ray actor and of two."""
    os.environ["OMP_NUM_THREADS"] = "1"
    rates = {}
    for count in (1, 2, 2, 1):
        watcher, out = _Watcher(), folder / f"{len(rates)}_{count}_{time.monotonic_ns()}.gpkg"
        run.run(tasks, out, run.Workers(count, "local", "cpu"), watcher)
        # Actors load their models before the first answer.
        span = watcher.settled_at[-1] - watcher.settled_at[count - 1]
        rates.setdefault(count, []).append((len(tasks) - count) / span)
        print(f"{count}: {rates[count][-1]:.3f} questions per second", flush=True)
    print(f"two actors: {sum(rates[2]) / sum(rates[1]):.2f} x one")


def main() -> None:
    """Run one of the three."""
    ways = {"overhead": (overhead, 40), "kill": (kill, 200), "workers": (workers, 40)}
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("what", choices=ways)
    parser.add_argument("--scenes", type=int)
    parser.add_argument("--size", type=int, default=256, help="pixels along a side")
    args = parser.parse_args()
    work, usual = ways[args.what]
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        write_scenes(folder / "scenes", args.scenes or usual, args.size)
        work(folder, read_plan(folder / "scenes", QUESTIONS))


if __name__ == "__main__":
    main()
