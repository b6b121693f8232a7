"""Large scenes: how time and memory grow with the pixels, how fast masks become polygons, which reasoning maps better.

    python benchmarks/large_scenes.py growth FOLDER [--sizes 2745,5490,10980]
    python benchmarks/large_scenes.py polygons [--size 10980] [--blobs 4000]
    python benchmarks/large_scenes.py modes FOLDER [--size 2745] [--seeds 1,2,3]

Scenes are those of `data scene`, made in FOLDER unless they are there. The Python is the runtime's. Each question runs
in a process of its own, whose largest resident memory is told.
"""

from __future__ import annotations

import argparse
import json
import os
import resource
import subprocess
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

import numpy as np  # noqa: E402
import pyproj  # noqa: E402
import rasterio.features  # noqa: E402
from affine import Affine  # noqa: E402

from model_runtime.evidence.columns import step_parts  # noqa: E402
from model_runtime.measure.area import PixelAreas  # noqa: E402
from model_runtime.protocol import Step  # noqa: E402
from model_runtime.scene.grid import Grid  # noqa: E402
from model_runtime.terra_cot.vocabulary import LAND_COVER  # noqa: E402

QUESTIONS = {
    name: f"How many hectares of {name} are there?" for name in ("water", "trees", "built-up area", "cropland")
}


def scene_of(folder: Path, size: int, seed: int) -> Path:
    """A generated scene, made unless it is there."""
    path = folder / (f"s{size}.tif" if seed == 1 else f"s{size}_{seed}.tif")
    if not path.is_file():
        _run(["data", "scene", "--size", str(size), "--seed", str(seed), "--out", str(path)])
    return path


def _run(words: list[str]) -> tuple[float, float]:
    """Run a command of the runtime; the largest memory of its process in MB, and the seconds of processor time."""
    child = subprocess.Popen(
        [sys.executable, "-m", "model_runtime", *words],
        cwd=ROOT,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    _, status, usage = os.wait4(child.pid, 0)
    if status:
        raise SystemExit(f"model_runtime {' '.join(words)} failed")
    return usage.ru_maxrss / 1024, usage.ru_utime + usage.ru_stime


def asked(scene: Path, question: str, out: Path, large: str = "overview") -> tuple[dict, float, float, float]:
    """The report, seconds, MB and seconds of processor time of one question."""
    begin = time.perf_counter()
    memory, computed = _run(
        ["ask", "--optical", str(scene), "--question", question, "--large", large, "--out", str(out / "run.gpkg"),
         "--json", str(out / "run.json")]
    )  # fmt: skip
    return json.loads((out / "run.json").read_text("utf-8")), time.perf_counter() - begin, memory, computed


def growth(folder: Path, sizes: list[int]) -> None:
    """Time and memory by size."""
    stages = {"scene": "read", "encode": "overview", "reason": "map", "measure": "measure", "write": "write"}
    print(f"| pixels a side | {' | '.join(stages.values())} | all | processors | windows a second | memory |")
    print("|---" * (len(stages) + 5) + "|")
    with tempfile.TemporaryDirectory() as name:
        for size in sizes:
            report, seconds, memory, computed = asked(scene_of(folder, size, 1), QUESTIONS["water"], Path(name))
            spent = report["timings"]
            windows = len(report["steps"]) * (-(-(size - 256) // 192) + 1) ** 2
            cells = [f"{size:,}", *(f"{spent.get(stage, 0):.1f} s" for stage in stages), f"{seconds:.1f} s"]
            cells += [f"{computed:.0f} s", f"{windows / spent['reason']:.0f}", f"{memory:,.0f} MB"]
            print(f"| {' | '.join(cells)} |", flush=True)


def polygons(size: int, blobs: int) -> None:
    """Polygonise and measure a mask of many blobs, none touching another, beside GDAL's Polygonize alone."""
    rng = np.random.default_rng(1)
    mask = np.zeros((size, size), bool)
    rows, columns = np.mgrid[-70:71, -70:71]
    turn = np.arctan2(rows, columns)
    while blobs:
        radius = rng.integers(10, 60) * (1 + 0.15 * np.sin(turn * rng.integers(3, 9) + rng.random() * 6))
        top, left = rng.integers(70, size - 71, 2)
        place = mask[top - 70 : top + 71, left - 70 : left + 71]
        if not place[rows**2 + columns**2 < (radius + 2) ** 2].any():
            place |= rows**2 + columns**2 < radius**2
            blobs -= 1
    areas = PixelAreas(Grid(pyproj.CRS("EPSG:32648"), Affine(10, 0, 300_000, 0, -10, 2_000_000), size, size))
    step = Step(index=1, phrase="water", image=1, area_ha=0, area_uncertainty_ha=0, coverage_pct=0, pixels=0, score=1,
                tokens=1, layer="step_01_water")  # fmt: skip
    for _ in range(3):
        begin = time.perf_counter()
        plain = sum(1 for _ in rasterio.features.shapes(mask.astype(np.uint8), mask=mask, connectivity=4))
        between = time.perf_counter()
        made, _ = step_parts(step, mask, areas, mask.size)
        ours, gdal = time.perf_counter() - between, between - begin
        print(f"{plain} blobs: GDAL's Polygonize {gdal:.2f} s; polygons and measures of {len(made)}: {ours:.2f} s, "
              f"{ours / gdal:.2f} times", flush=True)  # fmt: skip
    print(f"memory {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024:,.0f} MB")


def modes(folder: Path, size: int, seeds: list[int]) -> None:
    """Masks of both ways of reasoning against the labels of generated scenes."""
    print("| way | " + " | ".join(f"IoU {name}" for name in QUESTIONS) + " | seconds |")
    print("|---|" + "---|" * (len(QUESTIONS) + 1))
    with tempfile.TemporaryDirectory() as name:
        for large in ("overview", "per_window"):
            ious: dict[str, list[float]] = {phrase: [] for phrase in QUESTIONS}
            spent = []
            for seed in seeds:
                scene = scene_of(folder, size, seed)
                with rasterio.open(scene.with_name(f"{scene.stem}_labels.tif")) as source:
                    labels, transform = source.read(1), source.transform
                for phrase, question in QUESTIONS.items():
                    report, seconds, *_ = asked(scene, question, Path(name), large)
                    ious[phrase].append(_iou(report, phrase, Path(name) / "run.gpkg", labels, transform))
                    spent.append(seconds)
            cells = " | ".join(f"{np.mean(found):.3f}" for found in ious.values())
            print(f"| {large} | {cells} | {np.mean(spent):.1f} |", flush=True)


def _iou(report: dict, phrase: str, geopackage: Path, labels: np.ndarray, transform: Affine) -> float:
    import pyogrio

    layers = [step["layer"] for step in report["steps"] if step["phrase"] == phrase and step["pixels"]]
    truth = labels == LAND_COVER.index(phrase) + 1
    shapes = [shape for layer in layers for shape in pyogrio.read_dataframe(geopackage, layer=layer).geometry]
    mask = rasterio.features.geometry_mask(shapes, labels.shape, transform, invert=True) if shapes else truth & False
    known = labels > 0
    return float((mask & truth & known).sum() / max(1, ((mask | truth) & known).sum()))


def main() -> None:
    """Run what is named."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    commands = parser.add_subparsers(dest="command", required=True)

    def numbers(text: str) -> list[int]:
        return [int(part) for part in text.split(",")]

    growing = commands.add_parser("growth")
    growing.add_argument("folder", type=Path)
    growing.add_argument("--sizes", type=numbers, default=[2745, 5490, 10980])
    shapes = commands.add_parser("polygons")
    shapes.add_argument("--size", type=int, default=10980)
    shapes.add_argument("--blobs", type=int, default=4000)
    ways = commands.add_parser("modes")
    ways.add_argument("folder", type=Path)
    ways.add_argument("--size", type=int, default=2745)
    ways.add_argument("--seeds", type=numbers, default=[1, 2, 3])
    args = parser.parse_args()
    if args.command == "growth":
        growth(args.folder, args.sizes)
    elif args.command == "polygons":
        polygons(args.size, args.blobs)
    else:
        modes(args.folder, args.size, args.seeds)


if __name__ == "__main__":
    main()
