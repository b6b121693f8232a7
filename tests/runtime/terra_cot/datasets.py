"""What the tests of building share: real commands, a source of somebody's own, and what a folder holds."""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import psutil
import rasterio
from affine import Affine

from model_runtime.terra_cot.dates import generate_dates
from model_runtime.terra_cot.vocabulary import LAND_COVER

ROOT = Path(__file__).resolve().parents[3]


def data_command(*words: object) -> list[str]:
    """The words of `python -m model_runtime data …`."""
    return [sys.executable, "-m", "model_runtime", "data", *map(str, words)]


def environment() -> dict[str, str]:
    """This process's, in which the runtime can be imported from anywhere."""
    return {**os.environ, "PYTHONPATH": str(ROOT)}


def still_running(processes: Sequence[psutil.Process], timeout_s: float) -> list[psutil.Process]:
    """Those that have not ended in time; what has ended and was not yet collected by anybody has ended."""
    _, left = psutil.wait_procs(processes, timeout=timeout_s)
    return [process for process in left if process.is_running() and process.status() != psutil.STATUS_ZOMBIE]


def content(folder: Path) -> dict[str, bytes]:
    """Every file of a dataset, hidden ones too."""
    return {str(path.relative_to(folder)): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def own_labels(folder: Path, images: int, broken: int = 0) -> Path:
    """A folder of small generated images with their masks; the last ones have a mask that is no raster."""
    (folder / "images").mkdir(parents=True)
    (folder / "masks").mkdir()
    classes = {str(code): phrase for code, phrase in enumerate(LAND_COVER, start=1)}
    described = {"classes": classes, "bands": {"red": 1, "green": 2, "blue": 3, "nir": 4}, "nodata": 0}
    (folder / "classes.json").write_text(json.dumps(described), "utf-8")
    for number in range(images):
        (scene,) = generate_dates(64, 100 + number, cloud_share=0.0)
        numbers = np.rint(scene.bands[:4] * 10_000).clip(1).astype(np.uint16)
        _write(folder / "images" / f"tile{number:02}.tif", numbers, number)
        if number < images - broken:
            _write(folder / "masks" / f"tile{number:02}.tif", scene.surface[None], number)
        else:
            (folder / "masks" / f"tile{number:02}.tif").write_bytes(b"not a raster")
    return folder


def _write(path: Path, values: np.ndarray, number: int) -> None:
    count, height, width = values.shape
    transform = Affine(10, 0, 500_000 + 10_000 * number, 0, -10, 5_600_000)
    with rasterio.open(
        path, "w", driver="GTiff", count=count, height=height, width=width, dtype=values.dtype, crs="EPSG:32632",
        transform=transform,
    ) as file:  # fmt: skip
        file.write(values)
