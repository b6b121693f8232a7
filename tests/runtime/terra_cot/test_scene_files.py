"""`data scene`: files that agree with each other."""

from __future__ import annotations

import argparse
import json
from pathlib import Path

import numpy as np
import pytest
import rasterio

from model_runtime.errors import OutputError, RequestError
from model_runtime.scene.scene import open_scene
from model_runtime.terra_cot import quilt, scene_files
from model_runtime.terra_cot.changes import CHANGES, possible
from model_runtime.terra_cot.cli import register
from model_runtime.terra_cot.dates import ANY, generate_dates
from model_runtime.terra_cot.scene_cli import CHANGE_HELP
from model_runtime.terra_cot.scene_files import write_dates, write_scene
from model_runtime.terra_cot.scenes import BANDS, CLASSES, generate, paint


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
    made = generate(96, 5, 10.0)
    scene = open_scene(tmp_path / "a.tif")
    assert scene.roles == BANDS and scene.reflectance and scene.valid.all() and not scene.warnings
    np.testing.assert_allclose(scene.bands, np.clip(made.bands, 1e-4, None), atol=5.1e-5)
    assert scene.grid.pixel_size_m == pytest.approx((made.pixel_size_m, made.pixel_size_m), rel=1e-3)


@pytest.mark.parametrize(
    ("name", "size", "seed", "says"),
    [("a.tif", 10, 0, "64"), ("a.tif", 64, -1, "0 or more"), ("a.png", 64, 0, "GeoTIFF")],
)
def test_what_cannot_be_made_is_refused(tmp_path: Path, name: str, size: int, seed: int, says: str) -> None:
    with pytest.raises(RequestError, match=says):
        write_scene(tmp_path / name, size, seed)
    assert not list(tmp_path.iterdir())


def test_a_folder_that_cannot_be_written_is_said_and_nothing_is_left(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way")
    with pytest.raises(OutputError, match="could not be written"):
        write_scene(tmp_path / "file" / "a.tif", 64, 0)


def test_a_place_with_radar_under_clouds(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "a.tif"
    assert _run("--size", "96", "--seed", "3", "--sar", "--clouds", "0.5", "--out", str(path)) == 0
    names = ["a.tif", "a_labels.tif", "a_sar.tif", "a_surface.tif", "a_truth.json"]
    assert sorted(file.name for file in tmp_path.iterdir()) == names
    made = generate_dates(96, 3, cloud_share=0.5, pixel_size_m=10.0)[0]
    with rasterio.open(path) as optical, rasterio.open(tmp_path / "a_sar.tif") as sar:
        assert optical.descriptions == made.names and sar.descriptions == ("VV", "VH")
        assert sar.transform == optical.transform and sar.crs == optical.crs and sar.units == ("dB", "dB")
        np.testing.assert_array_equal(sar.read(), made.sar)
        assert np.isnan(sar.nodata)
        for file in (optical, sar):
            assert file.tags()["TIFFTAG_DATETIME"].startswith(made.date.replace("-", ":"))
    for kind, labels in (("labels", made.labels), ("surface", made.surface)):
        with rasterio.open(tmp_path / f"a_{kind}.tif") as file:
            np.testing.assert_array_equal(file.read(1), labels)
    date = json.loads((tmp_path / "a_truth.json").read_text())["dates"][0]
    assert date["hidden_pct"] == pytest.approx(50, abs=4)
    assert date["ground"]["cloud"]["hectares"] == 0 < date["seen"]["cloud"]["hectares"]
    assert "hidden" in capsys.readouterr().out
    assert open_scene(path).roles == made.names


def test_dates_and_what_became_of_what(tmp_path: Path) -> None:
    truth = write_dates(tmp_path / "b.tif", 96, 4, 3, "flooding", 0.0, sar=False)
    assert truth == json.loads((tmp_path / "b_truth.json").read_text())
    assert truth["change"] == "flooding" and len(truth["dates"]) == 3
    surfaces = []
    for date in truth["dates"]:
        assert date["optical"] == f"b_{date['date']}.tif" and "sar" not in date
        with rasterio.open(tmp_path / date["surface"]) as file:
            surfaces.append(file.read(1))
            pixel_ha = file.res[0] * file.res[1] / 10_000
    for step, after in zip(truth["from_to_ha"], surfaces[1:], strict=True):
        for old, row in step["hectares"].items():
            for new, area_ha in row.items():
                both = (surfaces[0] == CLASSES.index(old) + 1) & (after == CLASSES.index(new) + 1)
                assert area_ha == pytest.approx(both.sum() * pixel_ha, rel=1e-3)
        total = sum(sum(row.values()) for row in step["hectares"].values())
        assert total == pytest.approx(((surfaces[0] > 0) & (after > 0)).sum() * pixel_ha, rel=1e-3)
    files = [date[key] for date in truth["dates"] for key in ("optical", "labels", "surface", "change") if key in date]
    assert sorted(file.name for file in tmp_path.iterdir()) == sorted([*files, "b_truth.json"])


@pytest.mark.parametrize(
    ("words", "says"),
    [
        (["--change", "flooding"], "--dates 2"),
        (["--sar", "--change", "flooding"], "--dates 2"),
        (["--dates", "99"], "1 to 8"),
        (["--clouds", "7"], "between 0 and 1"),
        (["--dates", "2", "--change", "melting"], "choose one of flooding"),
    ],
)
def test_dates_that_cannot_be_made_are_refused(tmp_path: Path, words: list[str], says: str) -> None:
    with pytest.raises(RequestError, match=says):
        _run("--size", "64", "--out", str(tmp_path / "a.tif"), *words)
    assert not list(tmp_path.iterdir())


@pytest.mark.parametrize("kind", ["flooding", "harvest"])
def test_the_truth_tells_what_changed_also_where_the_labels_do_not(tmp_path: Path, kind: str) -> None:
    seed = next(s for s in range(100) if kind in possible(paint(np.random.default_rng(s), 96, 10.0).canvas))
    truth = write_dates(tmp_path / "c.tif", 96, seed, 3, kind, 0.0, sar=False)
    assert "change" not in truth["dates"][0] and len(truth["changes"]) == 2
    for step, date in zip(truth["changes"], truth["dates"][1:], strict=True):
        with rasterio.open(tmp_path / date["change"]) as file:
            changed, pixel_ha = file.read(1), file.res[0] * file.res[1] / 10_000
        assert set(np.unique(changed)) <= {0, 1} and file.nodata is None
        assert step["kind"] == kind and step["to"] == date["date"]
        assert step["coverage_pct"] == pytest.approx(100 * changed.mean())
        told_ha = sum(sum(row.values()) for row in step["hectares"].values())
        assert told_ha == pytest.approx(changed.sum() * pixel_ha, rel=0.05)  # less what is unlabelled
    last = truth["changes"][-1]["hectares"]
    assert (
        last == {"cropland": last["cropland"]}
        if kind == "harvest"
        else all(set(row) == {"water"} for row in last.values())
    )


def test_a_large_scene_is_written_part_by_part(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(quilt, "TILE_PX", 96)
    monkeypatch.setattr(scene_files, "MAX_SIZE_PX", 128)
    told: list[float] = []
    truth = write_dates(tmp_path / "q.tif", 300, 8, 2, ANY, 0.3, progress=told.append)
    assert told == sorted(told) and len(told) > 10 and told[-1] == 1
    for number, date in enumerate(truth["dates"]):
        rasters = {}
        for kind in ("optical", "sar", "labels", "surface", *(["change"] if number else [])):
            with rasterio.open(tmp_path / date[kind]) as file:
                assert file.shape == (300, 300) and file.res == (10, 10)
                rasters[kind] = file.read()
        assert (rasters["optical"] > 0).all() and np.isfinite(rasters["sar"]).all()
        for key, kind in (("seen", "labels"), ("ground", "surface")):
            for code, name in enumerate(CLASSES, start=1):
                pixels = int((rasters[kind] == code).sum())
                assert date[key][name]["coverage_pct"] == pytest.approx(100 * pixels / 300**2)
                assert date[key][name]["hectares"] == pytest.approx(pixels / 100, rel=1e-3)
    again = tmp_path / "again"
    assert write_dates(again / "q.tif", 300, 8, 2, ANY, 0.3) == truth
    for file in again.iterdir():
        assert file.read_bytes() == (tmp_path / file.name).read_bytes()
    plain = write_scene(tmp_path / "p.tif", 200, 8)
    assert set(plain) == set(CLASSES) and open_scene(tmp_path / "p.tif").roles == BANDS


@pytest.mark.parametrize("large", [False, True])
def test_what_is_stopped_half_way_leaves_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, large: bool) -> None:
    monkeypatch.setattr(quilt, "TILE_PX", 96)
    monkeypatch.setattr(scene_files, "MAX_SIZE_PX", 128 if large else 2048)

    def stop(fraction: float) -> None:
        if fraction >= 0.5:
            assert list(tmp_path.iterdir())
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        write_dates(tmp_path / "s.tif", 200, 8, 2, None, 0.0, progress=stop)
    assert not list(tmp_path.iterdir())


def test_a_scene_larger_than_the_disk_is_refused(tmp_path: Path) -> None:
    with pytest.raises(OutputError, match=r"GB are free.*choose a smaller size"):
        write_scene(tmp_path / "new" / "a.tif", 10**8, 0)
    assert not list(tmp_path.iterdir())


def test_the_pixel_size_is_10_m_unless_told_otherwise(tmp_path: Path) -> None:
    for words, size_m in (([], 10), (["--pixel-size", "20"], 20)):
        assert _run("--size", "64", "--seed", "1", "--out", str(tmp_path / "a.tif"), *words) == 0
        with rasterio.open(tmp_path / "a.tif") as file:
            assert file.res == (size_m, size_m)
    with pytest.raises(RequestError, match="5 to 30 m"):
        _run("--size", "64", "--pixel-size", "100", "--out", str(tmp_path / "b.tif"))


def test_the_help_names_every_change() -> None:
    assert all(kind in CHANGE_HELP for kind in CHANGES)
