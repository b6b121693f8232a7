"""What a batch costs beside the questions themselves: the same questions as plain asks and as a batch, one process.

    python benchmarks/batch.py --scenes 40 --device cpu

Both ways write the GeoPackage of every run; the model is loaded before either. They take turns scene by scene group, so
that a machine that is busy for a while slows both.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

import numpy as np  # noqa: E402
import rasterio  # noqa: E402
from rasterio.transform import from_origin  # noqa: E402

from model_runtime.batch import run  # noqa: E402
from model_runtime.batch.plan import read_plan  # noqa: E402
from model_runtime.batch.tasks import Task  # noqa: E402
from model_runtime.model_store import keeper as keeping  # noqa: E402

QUESTIONS = ["How much water is there?", "What is the land cover?", "How far is the water from the built-up land?"]
GROUPS = 4


class _Watcher:
    def told(self, stage: str, fraction: float) -> None:
        pass

    def settled(self, *_: object) -> None:
        pass

    def cancelled(self) -> bool:
        return False


class _Sink:
    def emit(self, event: object) -> None:
        pass

    def cancelled(self) -> bool:
        return False


def write_scenes(folder: Path, count: int, side: int) -> None:
    """Noisy scenes of water, fields and roofs, each another place."""
    rng = np.random.default_rng(1)
    for number in range(count):
        values = np.full((3, side, side), np.array([70, 110, 50])[:, None, None])
        values[:, side // 8 : side // 3 + number % 9, 6 : side // 2] = np.array([15, 35, 80])[:, None, None]
        values[:, side // 2 : -8, side // 2 + number % 7 : -4] = np.array([150, 140, 130])[:, None, None]
        values = (values + rng.integers(0, 9, values.shape)).astype(np.uint8)
        with rasterio.open(
            folder / f"scene_{number:03d}.tif", "w", driver="GTiff", width=side, height=side, count=3, dtype="uint8",
            crs="EPSG:32648", transform=from_origin(500_000 + 9_000 * number, 2_000_000, 10, 10), photometric="RGB",
        ) as target:  # fmt: skip
            target.write(values)


def _plainly(tasks: list[Task], keeper: keeping.Keeper, folder: Path) -> float:
    begin = time.perf_counter()
    for number, task in enumerate(tasks):
        keeper.answer(task.request.model_copy(update={"out": str(folder / f"{number}.gpkg")}), _Sink())
    return time.perf_counter() - begin


def main() -> None:
    """Print seconds per scene of both ways, and the overhead."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--scenes", type=int, default=40)
    parser.add_argument("--size", type=int, default=256, help="pixels along a side")
    parser.add_argument("--device", default="cpu")
    args = parser.parse_args()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        (folder / "scenes").mkdir()
        (folder / "plain").mkdir()
        write_scenes(folder / "scenes", args.scenes, args.size)
        tasks = read_plan(folder / "scenes", QUESTIONS)
        keeper = keeping.Keeper(args.device)
        keeper.get("nano")
        keeping.Keeper = lambda device: keeper  # the batch is to find it loaded, as the plain asks do
        _plainly(tasks[: len(QUESTIONS)], keeper, folder / "plain")
        out, seconds = folder / "report.gpkg", {"plain": 0.0, "batch": 0.0}
        for group in range(GROUPS):
            part = [task for number, task in enumerate(tasks) if number // len(QUESTIONS) % GROUPS == group]
            for way in ("plain", "batch") if group % 2 else ("batch", "plain"):
                if way == "plain":
                    seconds[way] += _plainly(part, keeper, folder / "plain")
                else:
                    begin = time.perf_counter()
                    run.run(part, out, run.Workers(device=args.device), _Watcher(), resume=True)
                    seconds[way] += time.perf_counter() - begin
        for way, took in seconds.items():
            print(f"{way}: {took:.1f} s, {took / args.scenes:.3f} s per scene of {len(QUESTIONS)} questions")
        print(f"overhead: {100 * (seconds['batch'] / seconds['plain'] - 1):.1f} %")


if __name__ == "__main__":
    main()
