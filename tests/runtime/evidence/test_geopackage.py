from __future__ import annotations

import json
import os
import shutil
import sqlite3
import subprocess
import xml.etree.ElementTree as ElementTree
from pathlib import Path

import numpy as np
import pyogrio
import pyproj
import pytest
import rasterio

from model_runtime.errors import Cancelled, OutputError
from model_runtime.evidence import geopackage
from model_runtime.evidence.colours import MODALITY_COLOURS
from model_runtime.evidence.geopackage import layer_name, write_report

from .conftest import Run, geodesic_ha, make_change_run, make_run

STEP_FIELDS = ["step", "phrase", "image", "area_ha", "area_uncertainty_ha", "coverage_pct", "pixels", "score",
               "unsure"]  # fmt: skip


def written(run: Run, folder: Path) -> Path:
    path = folder / "run.gpkg"
    write_report(path, run.report, run.masks, run.lines, run.grid)
    assert [entry.name for entry in folder.iterdir()] == ["run.gpkg"]
    return path


def test_layers_fields_and_version(run: Run, tmp_path: Path) -> None:
    path = written(run, tmp_path)
    assert pyogrio.list_layers(path).tolist() == [
        ["step_01_water", "Polygon"],
        ["step_02_built_up_area", "Polygon"],
        ["step_03_snow_ice", "Polygon"],
        ["distances", "LineString"],
        ["steps", None],
        ["dates", None],
        ["run", None],
        ["layer_styles", None],
    ]
    for step in run.report.steps:
        info = pyogrio.read_info(path, layer=step.layer)
        assert info["fields"].tolist() == STEP_FIELDS
        assert pyproj.CRS(info["crs"]) == run.grid.crs
    with sqlite3.connect(path) as base:
        assert base.execute("PRAGMA application_id").fetchone() == (0x47504B47,)  # "GPKG"
        assert base.execute("PRAGMA user_version").fetchone() == (10200,)
        assert base.execute("PRAGMA integrity_check").fetchone() == ("ok",)
    base.close()


def test_polygons_add_up_to_the_report(run: Run, tmp_path: Path) -> None:
    path = written(run, tmp_path)
    for step, mask in zip(run.report.steps, run.masks, strict=True):
        frame = pyogrio.read_dataframe(path, layer=step.layer)
        assert geodesic_ha(frame.geometry, run.grid) == pytest.approx(step.area_ha, rel=1e-6)
        for column in ("area_ha", "area_uncertainty_ha", "coverage_pct", "pixels"):
            assert frame[column].sum() == pytest.approx(getattr(step, column), rel=1e-9), column
        assert frame["area_ha"].is_monotonic_decreasing
        assert (frame["phrase"] == step.phrase).all() and (frame["step"] == step.index).all()
        assert bool(len(frame)) == bool(mask.any())
    water = pyogrio.read_dataframe(path, layer="step_01_water")
    assert len(water) == 3 and len(water.geometry.iloc[0].interiors) == 1


def test_distances_steps_and_run(run: Run, tmp_path: Path) -> None:
    path = written(run, tmp_path)
    (distance,) = run.report.distances
    line = pyogrio.read_dataframe(path, layer="distances").iloc[0]
    assert line.geometry.equals(run.lines[0])
    for name, value in distance.model_dump().items():
        assert line[name] == value
    steps = pyogrio.read_dataframe(path, layer="steps")
    assert steps["layer"].tolist() == [step.layer for step in run.report.steps]
    assert steps["area_ha"].tolist() == [step.area_ha for step in run.report.steps]
    assert steps["tokens"].tolist() == [12, 24, 36] and steps["sar_share"].dropna().to_dict() == {1: 0.25}
    row = pyogrio.read_dataframe(path, layer="run").iloc[0]
    assert (row["question"], row["answer"], row["reasoning"]) == (
        run.report.question, run.report.answer, run.report.reasoning,
    )  # fmt: skip
    assert (row["model_sha256"], row["fusion"], row["ellipsoid"]) == ("0" * 64, "text_guided", run.grid.ellipsoid)
    assert json.loads(row["versions"]) == run.report.versions and json.loads(row["warnings"]) == ["One thing."]
    assert type(run.report).model_validate_json(row["report"]) == run.report


def test_dates_say_what_was_looked_at(tmp_path: Path) -> None:
    run, changed = make_change_run()
    write_report(tmp_path / "run.gpkg", run.report, run.masks, run.lines, run.grid, changed)
    first, second = pyogrio.read_dataframe(tmp_path / "run.gpkg", layer="dates").to_dict("records")
    assert (first["image"], first["date"], first["optical_path"], first["sar_path"]) == (
        1, "2020-02-23", "scene.tif", "radar.tif",
    )  # fmt: skip
    assert (first["sar_offset_m"], first["hidden_ha"], first["hidden_by"]) == (4.5, 1.25, "layer")
    assert json.loads(first["sar_bands"]) == {"vv": 1} and first["optical_sha256"] == "1" * 64
    assert not isinstance(second["sar_path"], str) and np.isnan(second["optical_offset_m"]) and second["hidden_ha"] == 0


@pytest.mark.parametrize("images", [(1,), (1, 3)])
def test_modality_is_a_raster_on_the_grid(run: Run, tmp_path: Path, images: tuple[int, ...]) -> None:
    path = tmp_path / "run.gpkg"
    values = np.random.default_rng(4).integers(0, 3, (50, 60)).astype(np.uint8)
    pairs = [(image, values if image == images[0] else np.zeros_like(values)) for image in images]
    write_report(path, run.report, run.masks, run.lines, run.grid, modality=pairs)
    assert [entry.name for entry in tmp_path.iterdir()] == ["run.gpkg"]
    assert "step_01_water" in pyogrio.list_layers(path)[:, 0]
    for image, written_values in pairs:
        table = "modality" if len(images) == 1 else f"modality_{image}"
        with rasterio.open(f"GPKG:{path}:{table}", BAND_COUNT=1) as reader:
            np.testing.assert_array_equal(reader.read(1), written_values)
            assert (reader.dtypes, reader.nodata) == (("uint8",), 0)
            pixel = abs(run.grid.transform.a)
            np.testing.assert_allclose(reader.transform, run.grid.transform, rtol=0, atol=1e-6 * pixel)
            assert pyproj.CRS(reader.crs.to_wkt()).equals(run.grid.crs, ignore_axis_order=True)
            assert reader.tags()["DESCRIPTION"] == f"Sensor looked at, image {image}"
    with rasterio.open(f"GPKG:{path}:{'modality' if len(images) == 1 else 'modality_1'}") as reader:
        shown = reader.read()  # what a GIS shows without being told anything
        for value, colour in enumerate(MODALITY_COLOURS.values(), start=1):
            assert (shown[:, values == value] == np.array([*colour, 255])[:, None]).all()
        assert (shown[3, values == 0] == 0).all()


def test_the_style_of_the_modality_has_its_colours_and_names() -> None:
    entries = ElementTree.parse(geopackage.STYLES / "modality.qml").findall(".//paletteEntry")  # noqa: S314 - our own
    assert {entry.get("label"): entry.get("color") for entry in entries} == {
        name: "#" + bytes(colour).hex() for name, colour in MODALITY_COLOURS.items()
    }
    assert [entry.get("value") for entry in entries] == ["1", "2"]


def test_a_modality_that_cannot_be_written_leaves_nothing(tmp_path: Path) -> None:
    run = make_run()
    # A table of that name is there already: GDAL refuses.
    twice = [(1, np.ones((50, 60), np.uint8)), (1, np.ones((50, 60), np.uint8))]
    with pytest.raises(OutputError, match="cannot be written"):
        write_report(tmp_path / "run.gpkg", run.report, run.masks, run.lines, run.grid, modality=twice)
    assert not list(tmp_path.iterdir())


def test_touching_masks_have_a_distance_without_a_line(tmp_path: Path) -> None:
    run = make_run()._replace(lines=[None])
    frame = pyogrio.read_dataframe(written(run, tmp_path), layer="distances")
    assert len(frame) == 1 and frame.geometry.iloc[0] is None


def test_each_layer_brings_its_style_in_its_own_colour(tmp_path: Path) -> None:
    path = written(make_run(), tmp_path)
    styles = pyogrio.read_dataframe(path, layer="layer_styles", read_geometry=False)
    assert styles["f_table_name"].tolist() == [
        "step_01_water", "step_02_built_up_area", "step_03_snow_ice", "distances",
    ]  # fmt: skip
    assert styles["useAsDefault"].all() and (styles["f_geometry_column"] == "geom").all()
    colours = set()
    for text in styles["styleQML"][:3]:
        fill = ElementTree.fromstring(text).find(".//Option[@name='color']")  # noqa: S314 - our own file
        colours.add(fill.get("value"))
    assert len(colours) == 3 and "30,136,229,90" in colours


def test_the_format_is_what_ogr_tools_read(tmp_path: Path) -> None:
    if not shutil.which("ogrinfo"):
        pytest.skip("ogrinfo is not installed")
    done = subprocess.run(["ogrinfo", str(written(make_run(), tmp_path))], capture_output=True, text=True, check=True)
    assert "step_01_water (Polygon)" in done.stdout
    assert not done.stderr


def test_writing_again_replaces(tmp_path: Path) -> None:
    path = written(make_run(), tmp_path)
    shorter = make_run()
    report = shorter.report.model_copy(update={"steps": shorter.report.steps[:1], "distances": []})
    write_report(path, report, shorter.masks[:1], [], shorter.grid)
    assert pyogrio.list_layers(path)[:, 0].tolist() == [
        "step_01_water", "distances", "steps", "dates", "run", "layer_styles",
    ]  # fmt: skip


def test_a_failure_leaves_nothing_and_keeps_the_old_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = written(make_run(), tmp_path)
    before = path.read_bytes()

    def fail(*_: object, **__: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(geopackage, "_table", fail)
    run = make_run()
    with pytest.raises(OutputError, match="No space left"):
        write_report(path, run.report, run.masks, run.lines, run.grid)
    assert path.read_bytes() == before
    assert [entry.name for entry in tmp_path.iterdir()] == ["run.gpkg"]


@pytest.mark.parametrize(
    ("name", "message"),
    [("no/such/run.gpkg", "does not exist"), ("run.tif", "does not end with .gpkg"), ("folder.gpkg", "is a folder")],
)
def test_places_that_cannot_be_written(tmp_path: Path, name: str, message: str) -> None:
    (tmp_path / "folder.gpkg").mkdir()
    run = make_run()
    with pytest.raises(OutputError, match=message):
        write_report(tmp_path / name, run.report, run.masks, run.lines, run.grid)


def test_what_is_cancelled_while_it_is_written_leaves_the_file_as_it_was(tmp_path: Path) -> None:
    def check() -> None:
        (part,) = tmp_path.glob(".run.*.gpkg")
        assert pyogrio.list_layers(part).size
        raise Cancelled

    run = make_run()
    for before in (b"", b"an older file"):
        if before:
            (tmp_path / "run.gpkg").write_bytes(before)
        with pytest.raises(Cancelled):
            write_report(tmp_path / "run.gpkg", run.report, run.masks, run.lines, run.grid, check=check)
        assert [path.read_bytes() for path in tmp_path.iterdir()] == ([before] if before else [])


@pytest.mark.skipif(os.name == "nt" or os.geteuid() == 0, reason="folder permissions do not bind this user")
def test_a_folder_without_permission(tmp_path: Path) -> None:
    tmp_path.chmod(0o500)
    run = make_run()
    try:
        with pytest.raises(OutputError, match="cannot be written"):
            write_report(tmp_path / "run.gpkg", run.report, run.masks, run.lines, run.grid)
    finally:
        tmp_path.chmod(0o700)


def test_a_disk_that_is_read_only(tmp_path: Path) -> None:
    mount = ["mount", "-t", "tmpfs", "-o", "ro,size=1m", "tmpfs", str(tmp_path)]
    if shutil.which("mount") is None or subprocess.run(mount, capture_output=True, check=False).returncode:
        pytest.skip("nothing can be mounted here")
    run = make_run()
    try:
        with pytest.raises(OutputError, match="cannot be written"):
            write_report(tmp_path / "run.gpkg", run.report, run.masks, run.lines, run.grid)
    finally:
        subprocess.run(["umount", "--lazy", str(tmp_path)], check=True)


def test_a_file_that_another_program_writes_is_left_alone(tmp_path: Path) -> None:
    run = make_run()
    (tmp_path / "run.gpkg-wal").write_bytes(b"x")
    with pytest.raises(OutputError, match="open in another program"):
        write_report(tmp_path / "run.gpkg", run.report, run.masks, run.lines, run.grid)


@pytest.mark.parametrize(
    ("phrase", "name"),
    [
        ("water", "step_07_water"),
        ("Built-up  area", "step_07_built_up_area"),
        ("the lake's; DROP TABLE", "step_07_the_lake_s_drop_table"),
        ("水", "step_07_region"),
        ("x" * 90, "step_07_" + "x" * 40),
    ],
)
def test_layer_names(phrase: str, name: str) -> None:
    assert layer_name(7, phrase) == name


def test_many_small_polygons_are_written_in_a_moment(tmp_path: Path) -> None:
    run = make_run()
    mask = np.random.default_rng(0).random((50, 60)) < 0.3
    report = run.report.model_copy(update={"steps": run.report.steps[:1], "distances": []})
    write_report(tmp_path / "run.gpkg", report, [mask], [], run.grid)
    assert pyogrio.read_info(tmp_path / "run.gpkg", layer="step_01_water")["features"] > 100
