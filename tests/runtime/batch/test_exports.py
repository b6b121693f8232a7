"""The tables as they are documented, reports put together, and exports that say the same."""

from __future__ import annotations

import csv
import re
import sqlite3
from pathlib import Path

import pyogrio
import pytest
import shapely

from model_runtime.batch import collection, exports, run
from model_runtime.batch.plan import read_plan
from model_runtime.errors import RequestError
from model_runtime.model_store.keeper import Keeper

from ..sink import Sink
from .test_run import Watcher, content

SCHEMA = Path(__file__).resolve().parents[3] / "docs" / "report_schema.md"
_KINDS = {"OFTString": "text", "OFTInteger64": "integer", "OFTReal": "real", "OFTInteger": "boolean"}


@pytest.fixture(scope="module")
def report(nano_folder: Path, scenes: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Of a batch of three runs."""
    path = tmp_path_factory.mktemp("exports") / "report.gpkg"
    run.run(read_plan(scenes, ["How much water is there?"]), path, run.Workers(device="cpu"), Watcher())
    return path


def test_every_table_and_field_is_documented_and_there(report: Path) -> None:
    documented = {}
    for section in SCHEMA.read_text("utf-8").split("\n## ")[1:]:
        name = section.split("\n", 1)[0].strip()
        rows = re.findall(r"^\| (\w+) \| (\w+)[^|]*\| [^|]+ \|$", section, re.MULTILINE)
        documented[name] = dict(row for row in rows if row[0] != "field")
    there = {}
    for name in collection.TABLES:
        about = pyogrio.read_info(report, layer=name)
        there[name] = dict(zip(about["fields"], map(_KINDS.get, about["ogr_types"]), strict=True))
    assert documented.pop("layer_styles") == {}
    assert documented == there
    assert {layer for layer, _ in pyogrio.list_layers(report)} == {*there, "layer_styles"}


def test_it_comes_styled_and_says_which_version_it_is(report: Path) -> None:
    with sqlite3.connect(report) as database:
        styled = {name for (name,) in database.execute("SELECT f_table_name FROM layer_styles WHERE useAsDefault")}
    assert styled == {"runs", "evidence", "distances"}
    assert pyogrio.read_info(report, layer="runs")["layer_metadata"] == {"TERRASCOPE_REPORT_SCHEMA": "1"}


def test_evidence_lies_in_the_footprint_and_has_the_hectares_of_its_steps(report: Path) -> None:
    runs, evidence = pyogrio.read_dataframe(report, layer="runs"), pyogrio.read_dataframe(report, layer="evidence")
    assert len(evidence)
    footprints = dict(zip(runs.run, shapely.buffer(runs.geometry.to_numpy(), 1e-9), strict=True))
    assert all(footprints[name].covers(shape) for name, shape in zip(evidence.run, evidence.geometry, strict=True))
    on_earth = evidence.to_crs("EPSG:32648").area / 1e4
    assert on_earth.to_numpy() == pytest.approx(evidence.area_ha.to_numpy(), rel=2e-3)


def test_merged_reports_have_each_run_once(report: Path, scenes: Path, tmp_path: Path) -> None:
    single = tmp_path / "single.gpkg"
    request = read_plan(scenes, ["What is the land cover?"])[0].request.model_copy(update={"out": str(single)})
    Keeper("cpu").answer(request, Sink())
    out = tmp_path / "all.gpkg"
    assert exports.merge([report, single, report, single], out) == 4
    merged, before = content(out), content(report)
    assert len(merged["runs"]) == 4
    for table in ("runs", "evidence", "answers"):
        assert set(before[table]) <= set(merged[table])
    with pytest.raises(RequestError, match="there already"):
        exports.merge([report], out)
    with pytest.raises(RequestError, match="no GeoPackage"):
        exports.merge([scenes / "scene_000.tif"], tmp_path / "other.gpkg")
    assert sorted(file.name for file in tmp_path.iterdir()) == ["all.gpkg", "single.gpkg"]


def test_exports_say_what_the_report_says(report: Path, tmp_path: Path) -> None:
    pytest.importorskip(
        "pyarrow", reason="pyarrow is not installed: pip install -r model_runtime/requirements-data.txt"
    )
    import geopandas

    exports.export_csv(report, tmp_path / "csv")
    exports.export_parquet(report, tmp_path / "parquet")
    exports.export_markdown(report, tmp_path / "report.md")
    evidence = pyogrio.read_dataframe(report, layer="evidence")
    with (tmp_path / "csv" / "evidence.csv").open(encoding="utf-8", newline="") as stream:
        rows = list(csv.DictReader(stream))
    assert [float(row["area_ha"]) for row in rows] == evidence.area_ha.to_list()
    assert all(row["wkt"].startswith("POLYGON") for row in rows)
    same = geopandas.read_parquet(tmp_path / "parquet" / "evidence.parquet")
    assert same.crs == "EPSG:4326"
    assert same.geometry.geom_equals_exact(evidence.geometry, 0).all()
    text = (tmp_path / "report.md").read_text("utf-8")
    assert all(f"| scene_{number:03d}.tif | How much water is there? |" in text for number in range(3))
    with pytest.raises(RequestError, match="new folder"):
        exports.export_csv(report, tmp_path / "csv")
