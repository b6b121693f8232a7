"""`terrascope:zonal_answers` with the real runtime: polygons of all kinds, on the scene, off it, and empty."""

from __future__ import annotations

import json
import sqlite3
from pathlib import Path

import pytest
from qgis.core import (
    QgsApplication,
    QgsFeature,
    QgsGeometry,
    QgsProcessingAlgorithm,
    QgsProcessingContext,
    QgsProcessingException,
    QgsProcessingFeedback,
    QgsProcessingUtils,
    QgsProject,
    QgsVectorLayer,
    QgsWkbTypes,
)

from terrascope_qgis.plugin import TerraScopePlugin

from .conftest import QgisProcess
from .processing_runs import LAKE_HA, box, documented, polygons, rows_of, run, save, seconds_to_cancel, write_scene

ALGORITHM = "terrascope:zonal_answers"
QUESTION = "'How many hectares of ' || \"cover\" || ' are there?'"
WATER = "How many hectares of water are there?"


@pytest.fixture(scope="module")
def lake(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write_scene(tmp_path_factory.mktemp("lake") / "S2_lake.tif")


@pytest.fixture
def parcels(qgis_new_project: None) -> QgsVectorLayer:  # noqa: ARG001
    """Around the lake; in the forest; far away; without a polygon; a bow tie; without a cover."""
    tie = "POLYGON((500000 5500000, 500800 5499200, 500800 5500000, 500000 5499200, 500000 5500000))"
    rows = [
        ("water", box(4, 4, 68, 68)), ("trees", box(60, 60, 96, 96)), ("water", box(900, 900, 940, 940)),
        ("water", None), ("water", tie), (None, box(4, 4, 68, 68)),
    ]  # fmt: skip
    return polygons(rows)


def test_the_algorithm_is_as_the_toolbox_wants_it(plugin: TerraScopePlugin) -> None:
    algorithm = QgsApplication.processingRegistry().algorithmById(ALGORITHM)
    assert not algorithm.flags() & algorithm.Flag.FlagNoThreading
    plain = [one.name() for one in algorithm.parameterDefinitions() if not one.flags() & one.Flag.FlagAdvanced]
    assert plain == ["INPUT", "SAR", "ZONES", "QUESTION", "PHRASE", "OUTPUT", "EVIDENCE"]
    assert {one.name() for one in algorithm.outputDefinitions()} == {"OUTPUT", "EVIDENCE", "ANSWERED", "FAILED"}
    assert (algorithm.group(), algorithm.groupId()) == ("Ask", "ask")


def test_what_cannot_be_is_said_before_it_starts(
    algorithm: QgsProcessingAlgorithm, lake: Path, parcels: QgsVectorLayer, tmp_path: Path
) -> None:
    given = {"INPUT": str(lake), "ZONES": parcels.id(), "OUTPUT": "TEMPORARY_OUTPUT"}
    _, ok, why, _ = run(algorithm, QUESTION=WATER, **given)
    assert not ok
    assert "single quotes" in why
    (tmp_path / "there.gpkg").touch()
    _, ok, why, _ = run(algorithm, EVIDENCE=str(tmp_path / "there.gpkg"), **given)
    assert "there.gpkg is there already" in why
    with pytest.raises(QgsProcessingException, match="cannot be worked out"):
        context = QgsProcessingContext()
        context.setProject(QgsProject.instance())
        algorithm.run({**given, "QUESTION": "1 / 'a'"}, context, QgsProcessingFeedback(False), {}, False)


def test_each_polygon_gets_its_answer_or_a_reason(
    algorithm: QgsProcessingAlgorithm, lake: Path, parcels: QgsVectorLayer, tmp_path: Path
) -> None:
    results, ok, log, context = run(
        algorithm, INPUT=str(lake), ZONES=parcels.id(), QUESTION=QUESTION, OUTPUT="TEMPORARY_OUTPUT",
        EVIDENCE=str(tmp_path / "all.gpkg"),
    )  # fmt: skip
    assert ok, log
    rows = rows_of(results["OUTPUT"], context)
    assert [row["status"] for row in rows] == ["answered", "answered", "skipped", "skipped", "answered", "skipped"]
    water, trees, far, empty, tie, unnamed = rows
    assert (water["cover"], water["question"]) == ("water", WATER)
    assert water["area_ha"] == pytest.approx(LAKE_HA, rel=0.15)
    assert water["coverage_pct"] == pytest.approx(100 * 40 * 40 / 64 / 64, rel=0.15)
    assert water["regions"].startswith("water ")
    assert trees["phrase"] == "trees"
    assert trees["area_ha"] <= 36 * 36 / 100 * 1.01
    assert tie["area_ha"] < 32.1  # half of 80 by 80 pixels: the bow tie was mended
    assert far["reason"] == "The polygon does not meet the scene."
    assert empty["reason"] == "There is no polygon."
    assert unnamed["reason"] == "The question of this polygon is empty."
    assert {far["answer"], far["area_ha"], far["coverage_pct"], far["score"], far["regions"]} == {None}
    assert (results["ANSWERED"], results["FAILED"]) == (3, 3)
    made = context.getMapLayer(results["OUTPUT"])
    assert (made.crs().authid(), made.wkbType()) == ("EPSG:32633", QgsWkbTypes.Type.Polygon)
    with sqlite3.connect(tmp_path / "all.gpkg") as database:
        asked = [json.loads(text) for (text,) in database.execute("SELECT request FROM runs ORDER BY fid")]
        (area,) = database.execute("SELECT sum(area_ha) FROM evidence WHERE step = 1 AND phrase = 'trees'").fetchone()
    assert [one["notes"] for one in asked] == [["Polygon 1."], ["Polygon 2."], ["Polygon 5."]]
    assert area == pytest.approx(trees["area_ha"])


def test_other_kinds_of_polygons_in_another_crs_keep_theirs(
    algorithm: QgsProcessingAlgorithm,
    lake: Path,
    qgis_new_project: None,  # noqa: ARG001
) -> None:
    """A curve with heights, in degrees."""
    layer = QgsVectorLayer("CurvePolygonZ?crs=EPSG:4326", "curved", "memory")
    ring = "15.001 49.650 5, 15.0055 49.6465 5, 15.008 49.650 5, 15.0055 49.652 5, 15.001 49.650 5"
    feature = QgsFeature()
    feature.setGeometry(QgsGeometry.fromWkt(f"CurvePolygonZ (CircularStringZ ({ring}))"))
    assert layer.dataProvider().addFeature(feature)
    layer.updateExtents()
    QgsProject.instance().addMapLayer(layer)
    results, ok, log, context = run(
        algorithm, INPUT=str(lake), ZONES=layer.id(), OUTPUT="TEMPORARY_OUTPUT", PHRASE="WATER"
    )
    assert ok, log
    made = context.getMapLayer(results["OUTPUT"])
    assert (made.crs().authid(), made.wkbType()) == ("EPSG:4326", QgsWkbTypes.Type.CurvePolygonZ)
    (row,) = rows_of(results["OUTPUT"], context)
    assert row["question"] == "How much water is there?"
    assert (row["status"], row["phrase"]) == ("answered", "water")


def test_cancelled_it_ends_within_a_second_and_leaves_nothing(
    algorithm: QgsProcessingAlgorithm, lake: Path, parcels: QgsVectorLayer, tmp_path: Path
) -> None:
    given = {"INPUT": str(lake), "ZONES": parcels.id(), "OUTPUT": str(tmp_path / "out.gpkg"), "QUESTION": QUESTION}
    took, results = seconds_to_cancel(algorithm, 1, **given)
    assert took < 1.2
    assert results == {}
    assert not (tmp_path / "out.gpkg").exists()
    assert not list(Path(QgsProcessingUtils.tempFolder()).rglob("zone_*"))


def test_the_documented_line_runs_without_a_window(
    qgis_process: QgisProcess, parcels: QgsVectorLayer, tmp_path: Path
) -> None:
    write_scene(tmp_path / "scene.tif")
    save(parcels, tmp_path / "parcels.gpkg")
    done = qgis_process(*documented(ALGORITHM, tmp_path), "--json")
    assert done.returncode == 0, done.stderr
    assert json.loads(done.stdout)["results"]["ANSWERED"] == 4
    assert rows_of(str(tmp_path / "answers.gpkg"))[0]["area_ha"] == pytest.approx(LAKE_HA, rel=0.15)
