"""`terrascope:compare_dates` with the real runtime on a generated flood: in QGIS's Python and in qgis_process."""

from __future__ import annotations

import ast
import json
import shutil
import sqlite3
from pathlib import Path
from typing import Any

import pytest
from qgis.core import (
    Qgis,
    QgsApplication,
    QgsDateTimeRange,
    QgsProcessingAlgorithm,
    QgsProcessingContext,
    QgsProcessingException,
    QgsProcessingFeedback,
    QgsProject,
    QgsVectorLayer,
)
from qgis.PyQt.QtCore import QDate, QDateTime, Qt, QTime

from terrascope_qgis.core.choices import LAND_COVER
from terrascope_qgis.plugin import TerraScopePlugin
from terrascope_qgis.processing.compare_dates import QUESTION

from .conftest import REPOSITORY, QgisProcess
from .processing_runs import documented

ALGORITHM = "terrascope:compare_dates"
FIGURES = ("GAINED_HA", "LOST_HA", "KEPT_HA", "UNCERTAINTY_HA", "FLOOR_HA", "TOLD")


def parameters(two_dates: tuple[Path, Path], out: Path, **more: Any) -> dict[str, Any]:  # noqa: ANN401
    return {"EARLIER": str(two_dates[0]), "LATER": str(two_dates[1]), "OUTPUT": str(out), **more}


def stored(geopackage: Path | str, columns: str, phrase: str) -> list[tuple[Any, ...]]:
    """Rows of the GeoPackage's own table of changes."""
    with sqlite3.connect(geopackage) as database:
        return database.execute(f"SELECT {columns} FROM changes WHERE phrase = ?", (phrase,)).fetchall()  # noqa: S608


def test_the_algorithm_is_as_the_toolbox_wants_it(plugin: TerraScopePlugin) -> None:
    algorithm = QgsApplication.processingRegistry().algorithmById("terrascope:compare_dates")
    assert not algorithm.flags() & QgsProcessingAlgorithm.Flag.FlagNoThreading
    plain = [one.name() for one in algorithm.parameterDefinitions() if not one.flags() & one.Flag.FlagAdvanced]
    assert plain == [
        "EARLIER", "EARLIER_SAR", "LATER", "LATER_SAR", "FURTHER", "DAYS", "COVER", "QUESTION", "EXTENT", "OUTPUT",
    ]  # fmt: skip
    outputs = {one.name() for one in algorithm.outputDefinitions()}
    assert outputs == {"OUTPUT", "ANSWER", "REPORT", "GAINED", "LOST", *FIGURES}
    assert not algorithm.icon().isNull()
    assert "FLOOR_HA" in algorithm.shortHelpString()


def test_it_asks_what_the_model_has_learnt() -> None:
    """The plugin has the words of the runtime's vocabulary and templates, which it cannot import."""
    assert literal("vocabulary.py", "LAND_COVER") == LAND_COVER
    assert QUESTION.format(cover="{a}") in literal("templates.py", "QUESTIONS")["change"]


def literal(file: str, name: str) -> Any:  # noqa: ANN401
    """The value that a file of the data factory gives to a name."""
    source = (REPOSITORY / "model_runtime" / "terra_cot" / file).read_text("utf-8")
    for node in ast.parse(source).body:
        target = node.targets[0] if isinstance(node, ast.Assign) else getattr(node, "target", None)
        if isinstance(target, ast.Name) and target.id == name:
            return ast.literal_eval(node.value)
    raise AssertionError(f"{file} has no {name}")


def test_a_flood_is_measured_and_its_layers_are_named(
    algorithm: QgsProcessingAlgorithm, two_dates: tuple[Path, Path], tmp_path: Path
) -> None:
    context, feedback = QgsProcessingContext(), QgsProcessingFeedback(False)
    context.setProject(QgsProject.instance())
    results, ok = algorithm.run(parameters(two_dates, tmp_path / "run.gpkg"), context, feedback)
    assert ok, feedback.textLog()
    assert results["OUTPUT"] == str(tmp_path / "run.gpkg")
    (row,) = stored(results["OUTPUT"], "gained_ha, lost_ha, kept_ha, uncertainty_ha, floor_ha, told", "water")
    assert tuple(results[name] for name in FIGURES) == row
    truth = json.loads((two_dates[0].parent / "place_truth.json").read_text("utf-8"))["dates"]
    flooded = [date["ground"]["water"]["hectares"] for date in truth]
    assert results["GAINED_HA"] == pytest.approx(flooded[1] - flooded[0], abs=results["FLOOR_HA"])
    assert results["TOLD"] is True
    gained, lost = (QgsVectorLayer(results[name]) for name in ("GAINED", "LOST"))
    assert gained.isValid()
    assert lost.isValid()
    assert sum(one["area_ha"] for one in gained.getFeatures()) == pytest.approx(results["GAINED_HA"])
    assert sum(one["area_ha"] for one in lost.getFeatures()) == pytest.approx(results["LOST_HA"])
    assert json.loads(Path(results["REPORT"]).read_text("utf-8"))["question"] == "How did water change?"
    titles = [details.name for details in context.layersToLoadOnCompletion().values()]
    assert "change: gained" in titles
    assert {figure.split()[0] for figure in titles} >= {"1", "2"}


def test_the_temporal_controller_shows_each_date_in_its_time(
    algorithm: QgsProcessingAlgorithm, two_dates: tuple[Path, Path], tmp_path: Path
) -> None:
    context = QgsProcessingContext()
    context.setProject(QgsProject.instance())
    algorithm.run(parameters(two_dates, tmp_path / "run.gpkg"), context, QgsProcessingFeedback(False))
    loaded = [context.temporaryLayerStore().mapLayer(key) for key in context.layersToLoadOnCompletion()]
    temporal = {layer.name()[:1]: layer.temporalProperties() for layer in loaded}
    gained = temporal["c"]
    assert gained.mode() == Qgis.VectorTemporalMode.FeatureDateTimeStartAndEndFromExpressions
    seen = {}
    for day in (QDate(2017, 10, 7), QDate(2017, 10, 8), QDate(2018, 3, 25), QDate(2018, 3, 26), QDate(2020, 1, 1)):
        time = QDateTime(day, QTime(1, 0), Qt.TimeSpec.UTC)  # QGIS 3.22 counts ranges that only touch as overlapping
        frame = QgsDateTimeRange(time, time.addSecs(3600), True, False)
        seen[day.toString("yyMMdd")] = "".join(
            one for one in "12" if temporal[one].isActive() and temporal[one].isVisibleInTemporalRange(frame)
        )
    assert seen == {"171007": "", "171008": "1", "180325": "1", "180326": "2", "200101": "2"}


def test_a_question_of_ones_own_comes_before_the_land_cover(
    algorithm: QgsProcessingAlgorithm, two_dates: tuple[Path, Path], tmp_path: Path
) -> None:
    context, feedback = QgsProcessingContext(), QgsProcessingFeedback(False)
    question = "Has the water grown or shrunk?"
    chosen = parameters(two_dates, tmp_path / "run.gpkg", COVER="cropland", QUESTION=question)
    results, ok = algorithm.run(chosen, context, feedback)
    assert ok, feedback.textLog()
    assert stored(results["OUTPUT"], "gained_ha", "water") == [(results["GAINED_HA"],)]
    assert results["GAINED_HA"] > results["FLOOR_HA"] > results["LOST_HA"]


def refused(algorithm: QgsProcessingAlgorithm, chosen: dict[str, Any]) -> str:
    """The sentence a run ends with; it was under way."""
    with pytest.raises(QgsProcessingException) as refusal:
        algorithm.run(chosen, QgsProcessingContext(), QgsProcessingFeedback(False), {}, False)
    return str(refusal.value)


def test_one_file_is_no_two_dates(
    algorithm: QgsProcessingAlgorithm, two_dates: tuple[Path, Path], tmp_path: Path
) -> None:
    feedback = QgsProcessingFeedback(False)
    chosen = parameters((two_dates[0], two_dates[0]), tmp_path / "run.gpkg")
    _, ok = algorithm.run(chosen, QgsProcessingContext(), feedback)
    assert not ok
    assert "is chosen twice" in feedback.textLog()


def test_scenes_that_do_not_lie_on_one_another_are_refused(
    algorithm: QgsProcessingAlgorithm, two_dates: tuple[Path, Path], scene_path: Path, tmp_path: Path
) -> None:
    out = tmp_path / "run.gpkg"
    assert "do not overlap" in refused(algorithm, parameters((two_dates[0], scene_path), out))
    assert not out.exists()


def test_an_answer_about_one_date_is_no_comparison(
    algorithm: QgsProcessingAlgorithm, two_dates: tuple[Path, Path], tmp_path: Path
) -> None:
    out = tmp_path / "run.gpkg"
    question = "Is there any water in the image?"
    assert str(out) in refused(algorithm, parameters(two_dates, out, QUESTION=question))
    with sqlite3.connect(out) as database:
        assert database.execute("SELECT question FROM run").fetchall() == [(question,)]


def test_cancelled_before_it_begins(
    algorithm: QgsProcessingAlgorithm, two_dates: tuple[Path, Path], tmp_path: Path
) -> None:
    feedback = QgsProcessingFeedback(False)
    feedback.cancel()
    results, _ = algorithm.run(parameters(two_dates, tmp_path / "run.gpkg"), QgsProcessingContext(), feedback)
    assert results == {}
    assert not list(tmp_path.iterdir())


def test_the_documented_line_runs_without_a_window(
    qgis_process: QgisProcess, two_dates: tuple[Path, Path], tmp_path: Path
) -> None:
    for scene, name in zip(two_dates, ("2017.tif", "2018.tif")):
        shutil.copy(scene, tmp_path / name)
    done = qgis_process(*documented(ALGORITHM, tmp_path), "--json", "--DAYS=2017-10-08; 2018-03-26")
    assert done.returncode == 0, done.stderr
    results = json.loads(done.stdout)["results"]
    out = tmp_path / "change.gpkg"
    (row,) = stored(out, "gained_ha, lost_ha, kept_ha, uncertainty_ha, floor_ha, told", "water")
    assert tuple(results[name] for name in FIGURES) == row
    assert results["TOLD"] is True
    assert results["GAINED"] == f"{out}|layername=change_gained"
