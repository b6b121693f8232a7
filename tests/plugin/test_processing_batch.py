"""`terrascope:ask_batch` with the real runtime: layers, a folder, a table; a bad scene, resuming, cancelling."""

from __future__ import annotations

import json
import shutil
import sqlite3
from pathlib import Path

import pytest
from qgis.core import (
    QgsApplication,
    QgsProcessingAlgorithm,
    QgsProcessingContext,
    QgsProcessingException,
    QgsProcessingFeedback,
    QgsProject,
    QgsRasterLayer,
)

from terrascope_qgis.plugin import TerraScopePlugin
from terrascope_qgis.settings import Settings

from .conftest import QgisProcess
from .processing_runs import PIXEL, WEST, documented, rows_of, run, seconds_to_cancel, write_scene

ALGORITHM = "terrascope:ask_batch"
WATER, FOREST = "How many hectares of water are there?", "How many hectares of trees are there?"


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Two scenes side by side, and a file that is none."""
    folder = tmp_path_factory.mktemp("scenes")
    write_scene(folder / "a.tif")
    write_scene(folder / "b.tif", west=WEST + 96 * PIXEL)
    (folder / "damaged.tif").write_bytes(b"II*\0nothing")
    return folder


def test_the_algorithm_is_as_the_toolbox_wants_it(plugin: TerraScopePlugin) -> None:
    algorithm = QgsApplication.processingRegistry().algorithmById(ALGORITHM)
    assert not algorithm.flags() & algorithm.Flag.FlagNoThreading
    plain = [one.name() for one in algorithm.parameterDefinitions() if not one.flags() & one.Flag.FlagAdvanced]
    assert plain == ["INPUT", "FOLDER", "PATTERN", "PLAN", "QUESTIONS", "RESUME", "OUTPUT", "SUMMARY"]
    assert {one.name() for one in algorithm.outputDefinitions()} == {"OUTPUT", "SUMMARY", "ANSWERED", "FAILED"}
    assert (algorithm.group(), algorithm.groupId()) == ("Batch", "batch")


def test_what_is_missing_is_said_before_it_starts(
    algorithm: QgsProcessingAlgorithm, folder: Path, tmp_path: Path, settings: Settings
) -> None:
    (tmp_path / "there.gpkg").touch()
    one = "Give one of the three: scenes, a folder, or a table of scenes."
    whole = {"FOLDER": str(folder), "QUESTIONS": WATER, "OUTPUT": "TEMPORARY_OUTPUT", "SUMMARY": "TEMPORARY_OUTPUT"}

    def why(**changes: object) -> str:
        context = QgsProcessingContext()
        return algorithm.checkParameterValues({**whole, **changes}, context)[1]

    assert why() == ""
    assert why(FOLDER=None) == one
    assert why(INPUT=[str(folder / "a.tif")]) == one
    assert why(QUESTIONS=" \n ") == "There is no question yet: write one in each line."
    assert "is there already" in why(OUTPUT=str(tmp_path / "there.gpkg"))
    assert "There is nothing at" in why(FOLDER=str(tmp_path / "gone"))
    assert "A pattern chooses" in why(FOLDER=None, INPUT=[str(folder / "a.tif")], PATTERN="*.tif")
    settings.remote_url = "https://example.org:8765"
    settings.save()
    assert why().startswith("A batch is done by the runtime of this machine")


def test_layers_and_questions_and_a_scene_that_is_none(
    algorithm: QgsProcessingAlgorithm, folder: Path, tmp_path: Path
) -> None:
    out = tmp_path / "report.gpkg"
    layer = QgsRasterLayer(str(folder / "a.tif"), "first")
    QgsProject.instance().addMapLayer(layer)
    files = [layer.id(), str(folder / "b.tif"), str(folder / "damaged.tif")]
    results, ok, log, context = run(
        algorithm, INPUT=files, QUESTIONS=f"{WATER}\n\n{FOREST}\n", OUTPUT=str(out), SUMMARY="TEMPORARY_OUTPUT"
    )
    assert ok, log
    rows = rows_of(results["SUMMARY"], context)
    assert [(row["scene"], row["question"], row["status"]) for row in rows] == [
        ("first", WATER, "answered"), ("first", FOREST, "answered"),
        ("b", WATER, "answered"), ("b", FOREST, "answered"),
        ("damaged.tif", WATER, "failed"), ("damaged.tif", FOREST, "failed"),
    ]  # fmt: skip
    with sqlite3.connect(out) as database:
        stored = database.execute(
            "SELECT a.answer, sum(e.area_ha) FROM answers a JOIN evidence e ON a.run = e.run AND e.step = 1 "
            "WHERE a.scene = 'first' AND a.question = ?", (WATER,)
        ).fetchone()  # fmt: skip
    assert rows[0]["answer"] == stored[0]
    assert rows[0]["area_ha"] == pytest.approx(stored[1])
    assert rows[0]["regions"].startswith(f"{rows[0]['phrase']} ")
    assert rows[4]["reason"].endswith(".")
    assert (results["ANSWERED"], results["FAILED"]) == (4, 2)
    assert f"first · {WATER} {rows[0]['answer']}" in log
    assert {details.name for details in context.layersToLoadOnCompletion().values()} >= {"scenes", "regions"}


def test_a_folder_with_a_pattern_and_an_extent_then_resumed(
    algorithm: QgsProcessingAlgorithm, folder: Path, tmp_path: Path
) -> None:
    """Scene b does not reach the extent: it is listed with its reason, in the report's own table too."""
    given = {
        "FOLDER": str(folder), "PATTERN": "?.tif", "OUTPUT": str(tmp_path / "r.gpkg"),
        "EXTENT": f"{WEST},{WEST + 800},5499200,5500000 [EPSG:32633]", "SUMMARY": str(tmp_path / "s.csv"),
    }  # fmt: skip
    results, ok, log, _ = run(algorithm, QUESTIONS=WATER, **given)
    assert ok, log
    assert (results["ANSWERED"], results["FAILED"]) == (1, 1)
    with sqlite3.connect(results["OUTPUT"]) as database:
        assert [name for (name,) in database.execute("SELECT scene FROM failures")] == ["b.tif"]
        assert database.execute("SELECT width, height FROM runs").fetchall() == [(80, 80)]
    given["SUMMARY"] = str(tmp_path / "s2.csv")
    results, ok, log, _ = run(algorithm, QUESTIONS=f"{WATER}\n{FOREST}", RESUME=True, **given)
    assert ok, log
    assert (results["ANSWERED"], results["FAILED"]) == (2, 2)
    assert f"a.tif · {WATER}" not in log  # it was there
    assert [row["question"] for row in rows_of(results["SUMMARY"]) if row["status"] == "answered"] == [WATER, FOREST]


def test_cancelled_it_ends_within_a_second_and_keeps_what_was_answered(
    algorithm: QgsProcessingAlgorithm, folder: Path, tmp_path: Path
) -> None:
    out = tmp_path / "report.gpkg"
    given = {"FOLDER": str(folder), "PATTERN": "?.tif", "OUTPUT": str(out), "SUMMARY": str(tmp_path / "s.gpkg")}
    took, results = seconds_to_cancel(algorithm, 24, QUESTIONS=f"{WATER}\n{FOREST}", **given)
    assert took < 1.5
    assert results == {}
    assert [path.name for path in tmp_path.iterdir() if path.suffix] == ["report.gpkg"]
    with sqlite3.connect(out) as database:
        assert 1 <= database.execute("SELECT count(*) FROM answers").fetchone()[0] < 4


def test_a_table_has_questions_of_its_own(algorithm: QgsProcessingAlgorithm, folder: Path, tmp_path: Path) -> None:
    table = tmp_path / "plan.csv"
    table.write_text(f"scene,name,question\n{folder / 'a.tif'},lake,{WATER}\n{folder / 'damaged.tif'},no,{WATER}\n")
    results, ok, log, _ = run(
        algorithm, PLAN=str(table), OUTPUT=str(tmp_path / "r.gpkg"), SUMMARY=str(tmp_path / "s.csv")
    )
    assert ok, log
    assert [(row["scene"], row["status"]) for row in rows_of(results["SUMMARY"])] == [
        ("lake", "answered"), ("no", "failed")
    ]  # fmt: skip
    table.write_text(f"scene,question\n{tmp_path / 'gone.tif'},{WATER}\n")
    with pytest.raises(QgsProcessingException, match=r"^Line 2 of 'plan.csv'"):
        algorithm.run(
            {"PLAN": str(table), "OUTPUT": str(tmp_path / "r2.gpkg"), "SUMMARY": "TEMPORARY_OUTPUT"},
            QgsProcessingContext(), QgsProcessingFeedback(False), {}, False,
        )  # fmt: skip


def test_the_documented_line_runs_without_a_window(qgis_process: QgisProcess, folder: Path, tmp_path: Path) -> None:
    shutil.copytree(folder, tmp_path / "scenes")
    done = qgis_process(*documented(ALGORITHM, tmp_path), "--json")
    assert done.returncode == 0, done.stderr
    results = json.loads(done.stdout)["results"]
    assert (results["ANSWERED"], results["FAILED"]) == (2, 1)
    assert len(rows_of(str(tmp_path / "summary.csv"))) == 3
