"""`data scene`: three files that agree with each other."""

from __future__ import annotations

import argparse
import json
from pathlib import Path

import numpy as np
import pytest
import rasterio

from model_runtime.errors import OutputError, RequestError
from model_runtime.scene.scene import open_scene
from model_runtime.terra_cot.cli import register
from model_runtime.terra_cot.scene_files import write_scene
from model_runtime.terra_cot.scenes import BANDS, CLASSES, generate


def _run(*words: str) -> int:
    parser = argparse.ArgumentParser()
    register(parser.add_subparsers())
    args = parser.parse_args(["data", "scene", *words])
    return args.run(args)


def test_truth_equals_the_label_raster(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "new" / "place.tif"
    assert _run("--size", "130", "--seed", "21", "--out", str(path)) == 0
    assert sorted(file.name for file in path.parent.iterdir()) == ["place.tif", "place_labels.tif", "place_truth.json"]
    truth = json.loads((path.parent / "place_truth.json").read_text())
    with rasterio.open(path.parent / "place_labels.tif") as file:
        labels, pixel_m2 = file.read(1), file.res[0] * file.res[1]
    assert list(truth) == list(CLASSES)
    for code, name in enumerate(CLASSES, start=1):
        pixels = int((labels == code).sum())
        assert truth[name]["coverage_pct"] == pytest.approx(100 * pixels / labels.size)
        # The grid's own area differs from the geodesic one by the scale of the projection, below 0.1 %.
        assert truth[name]["hectares"] == pytest.approx(pixels * pixel_m2 / 10_000, rel=1e-3)
    printed = capsys.readouterr().out
    assert all(name in printed for name in CLASSES)


def test_the_raster_is_the_scene_and_opens_as_one(tmp_path: Path) -> None:
    write_scene(tmp_path / "a.tif", 96, 5)
    made = generate(96, 5)
    scene = open_scene(tmp_path / "a.tif")
    assert scene.roles == BANDS and scene.reflectance and scene.valid.all() and not scene.warnings
    np.testing.assert_allclose(scene.bands, np.clip(made.bands, 1e-4, None), atol=5.1e-5)
    assert scene.grid.pixel_size_m == pytest.approx((made.pixel_size_m, made.pixel_size_m), rel=1e-3)


@pytest.mark.parametrize(
    ("name", "size", "seed", "says"),
    [("a.tif", 4096, 0, "2048"), ("a.tif", 10, 0, "64"), ("a.tif", 64, -1, "0 or more"), ("a.png", 64, 0, "GeoTIFF")],
)
def test_what_cannot_be_made_is_refused(tmp_path: Path, name: str, size: int, seed: int, says: str) -> None:
    with pytest.raises(RequestError, match=says):
        write_scene(tmp_path / name, size, seed)
    assert not list(tmp_path.iterdir())


def test_a_folder_that_cannot_be_written_is_said_and_nothing_is_left(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way")
    with pytest.raises(OutputError, match="could not be written"):
        write_scene(tmp_path / "file" / "a.tif", 64, 0)
