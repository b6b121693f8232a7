"""`terrascope:ask` with the real runtime: from Python, in a window's thread, and in qgis_process."""

from __future__ import annotations

import json
import shutil
import sqlite3
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from pytestqt.qtbot import QtBot
from qgis.core import (
    QgsApplication,
    QgsProcessingAlgorithm,
    QgsProcessingAlgRunnerTask,
    QgsProcessingContext,
    QgsProcessingException,
    QgsProcessingFeedback,
    QgsProject,
    QgsRasterLayer,
)
from qgis.PyQt.QtCore import QDate

from terrascope_qgis.client import protocol
from terrascope_qgis.core.layers import evidence
from terrascope_qgis.core.request import Acquisition
from terrascope_qgis.errors import AnalysisError
from terrascope_qgis.plugin import TerraScopePlugin
from terrascope_qgis.processing.base import EventsToFeedback

from .conftest import REPOSITORY, QgisProcess
from .processing_runs import documented

ALGORITHM = "terrascope:ask"
QUESTION = "How many hectares of water are there?"


def parameters(scene: Path, out: Path, **more: Any) -> dict[str, Any]:  # noqa: ANN401
    return {"INPUT": str(scene), "QUESTION": QUESTION, "OUTPUT": str(out), **more}


def test_the_algorithm_is_as_the_toolbox_wants_it(plugin: TerraScopePlugin) -> None:
    algorithm = QgsApplication.processingRegistry().algorithmById("terrascope:ask")
    assert not algorithm.flags() & QgsProcessingAlgorithm.Flag.FlagNoThreading
    names = [definition.name() for definition in algorithm.parameterDefinitions()]
    advanced = [one.name() for one in algorithm.parameterDefinitions() if one.flags() & one.Flag.FlagAdvanced]
    plain = [name for name in names if name not in advanced]
    assert plain == ["INPUT", "SAR", "FURTHER", "DAYS", "QUESTION", "EXTENT", "OUTPUT"]
    assert advanced == [
        "CLOUDS", "FOLDER", "SAR_FOLDER", "FURTHER_SAR", "FURTHER_CLOUDS", "FURTHER_FOLDERS",
        "RESOLUTION", "SENSOR", "SAR_SENSOR", "ON_OFFSET", "FUSION", "CLOUD_HANDLING", "LARGE",
        "MINIMUM_AREA", "MODEL", "TIER", "PROFILE",
    ]  # fmt: skip
    outputs = {one.name() for one in algorithm.outputDefinitions()}
    assert outputs == {"OUTPUT", "ANSWER", "AREA_HA", "REPORT"}


def read(algorithm: QgsProcessingAlgorithm, **given: Any) -> list[Acquisition]:  # noqa: ANN401
    context = QgsProcessingContext()
    context.setProject(QgsProject.instance())
    return algorithm._dates.read(given, context)


def test_dates_are_read_from_layers_folders_and_days(
    algorithm: QgsProcessingAlgorithm, scene: QgsRasterLayer, radar: QgsRasterLayer, tmp_path: Path
) -> None:
    folder = tmp_path / "LC08_L2SP_170066_20200106_20200823_02_T1"
    folder.mkdir()
    (folder / "x_MTL.txt").touch()
    days = [QDate(2017, 6, 4), None, QDate(2020, 1, 6)]
    found = read(
        algorithm, INPUT=scene, SAR=radar, FURTHER=[scene.id()], FURTHER_FOLDERS=[str(folder / "x_MTL.txt")],
        DAYS="2017-06-04",
    )  # fmt: skip
    assert [date.day for date in found] == days
    assert (found[0].optical, found[0].sar) == (scene, radar)
    assert found[1].optical is scene
    assert found[2] == Acquisition(str(folder), day=days[2])
    assert read(algorithm, FOLDER=str(folder)) == [Acquisition(str(folder), day=days[2])]


def test_radar_alone_may_stand_in_either_place(algorithm: QgsProcessingAlgorithm, radar: QgsRasterLayer) -> None:
    alone = [Acquisition(None, radar, None, QDate(2017, 6, 5))]
    assert read(algorithm, INPUT=radar) == read(algorithm, SAR=radar) == alone


def test_lists_that_do_not_fit_are_refused(
    algorithm: QgsProcessingAlgorithm, scene: QgsRasterLayer, radar: QgsRasterLayer
) -> None:
    with pytest.raises(QgsProcessingException, match="FURTHER_SAR has 1 layers for 2 further dates"):
        read(algorithm, INPUT=scene, FURTHER=[scene.id(), scene.id()], FURTHER_SAR=[radar.id()])
    with pytest.raises(QgsProcessingException, match="gone"):
        read(algorithm, INPUT="/nowhere/gone.tif")
    with pytest.raises(AnalysisError, match="2 days for 1"):
        read(algorithm, INPUT=scene, DAYS="2017-06-04; 2018-03-30")


def test_choices_and_an_extent_go_into_the_request(
    algorithm: QgsProcessingAlgorithm, scene: QgsRasterLayer, tmp_path: Path
) -> None:
    given = parameters(
        Path(scene.source()), tmp_path / "run.gpkg", SENSOR="sentinel-2", ON_OFFSET="shift", FUSION="concat",
        CLOUD_HANDLING="ignore", LARGE="per_window", MINIMUM_AREA=0.5,
        EXTENT="500100,500900,5498000,5499000 [EPSG:32633]",
    )  # fmt: skip
    request = algorithm.request(given, QgsProcessingContext(), QUESTION, tmp_path / "run.gpkg")
    assert (request.sensor, request.sar_sensor, request.on_offset) == ("sentinel-2", None, "shift")
    assert (request.fusion, request.clouds, request.large) == ("concat", "ignore", "per_window")
    assert request.minimum_area_ha == 0.5
    assert request.extent == (500_100, 5_498_000, 500_900, 5_499_000)
    assert request.extent_crs == "EPSG:32633"


def test_the_log_says_what_came_from_radar(qgis_app: QgsApplication) -> None:
    golden = (REPOSITORY / "tests" / "data" / "answer.ndjson").read_bytes().splitlines()
    feedback = QgsProcessingFeedback(False)
    for line in golden:
        EventsToFeedback(feedback).tell(protocol.read_event(line))
    assert "[4] water: 70.3 ± 1.5 ha, 10.7 %, 25 % of its tokens from SAR" in feedback.textLog()
    assert "[1] water: 63.6 ± 1.4 ha, 9.7 %\n" in feedback.textLog()


def test_outputs_are_what_the_report_says(
    algorithm: QgsProcessingAlgorithm, scene: QgsRasterLayer, scene_path: Path, tmp_path: Path
) -> None:
    context, feedback = QgsProcessingContext(), QgsProcessingFeedback(False)
    context.setProject(QgsProject.instance())
    results, ok = algorithm.run(parameters(scene_path, tmp_path / "run.gpkg"), context, feedback)
    assert ok, feedback.textLog()
    report = json.loads(Path(results["REPORT"]).read_text("utf-8"))
    assert results["ANSWER"] == report["answer"]
    assert results["AREA_HA"] == report["steps"][0]["area_ha"] > 0
    assert report["question"] == QUESTION
    with sqlite3.connect(results["OUTPUT"]) as database:
        tables = {row[0] for row in database.execute("SELECT table_name FROM gpkg_contents")}
    assert {step["layer"] for step in report["steps"]} | {"run", "steps"} <= tables
    assert report["model"]["name"] in feedback.textLog()


def test_in_a_task_its_layers_are_loaded_into_a_group(
    algorithm: QgsProcessingAlgorithm, plugin: TerraScopePlugin, scene: QgsRasterLayer, scene_path: Path,
    tmp_path: Path, qtbot: QtBot,
) -> None:  # fmt: skip
    """As the toolbox runs it: the work in a thread, the layers added on the main thread."""
    context, feedback = QgsProcessingContext(), QgsProcessingFeedback(False)
    context.setProject(QgsProject.instance())
    task = QgsProcessingAlgRunnerTask(algorithm, parameters(scene_path, tmp_path / "run.gpkg"), context, feedback)
    with qtbot.waitSignal(task.executed, timeout=180_000) as executed:
        QgsApplication.taskManager().addTask(task)
    ok, results = executed.args
    assert ok, feedback.textLog()
    report = protocol.read(protocol.Report, json.loads(Path(results["REPORT"]).read_text("utf-8")))
    for layer_id, details in context.layersToLoadOnCompletion().items():
        layer = QgsProject.instance().addMapLayer(context.temporaryLayerStore().takeMapLayer(
            context.temporaryLayerStore().mapLayer(layer_id)))  # fmt: skip
        details.postProcessor().postProcessLayer(layer, context, feedback)
    group = QgsProject.instance().layerTreeRoot().findGroup(QUESTION)
    assert sorted(node.layer().name() for node in group.findLayers()) == sorted(one.title for one in evidence(report))
    roots = [node.name() for node in QgsProject.instance().layerTreeRoot().children()]
    assert roots == [QUESTION, scene.name()]


def test_an_extent_in_another_crs_and_a_tier(
    algorithm: QgsProcessingAlgorithm, scene: QgsRasterLayer, scene_path: Path, tmp_path: Path
) -> None:
    extent = "15.0040,15.0200,49.6350,49.6480 [EPSG:4326]"
    context, feedback = QgsProcessingContext(), QgsProcessingFeedback(False)
    chosen = parameters(scene_path, tmp_path / "run.gpkg", EXTENT=extent, TIER="bf16")
    results, ok = algorithm.run(chosen, context, feedback)
    assert ok, feedback.textLog()
    report = json.loads(Path(results["REPORT"]).read_text("utf-8"))
    assert report["model"]["tier"] == "bf16"
    assert "bf16 on " + report["model"]["device"] in feedback.textLog()
    assert 100 < report["scene"]["width"] < 130
    assert 130 < report["scene"]["height"] < 160


def test_a_refusal_is_a_sentence(algorithm: QgsProcessingAlgorithm, scene_path: Path, tmp_path: Path) -> None:
    feedback = QgsProcessingFeedback(False)
    extent = "0,1,0,1 [EPSG:32633]"
    with pytest.raises(QgsProcessingException) as refusal:
        algorithm.run(
            parameters(scene_path, tmp_path / "run.gpkg", EXTENT=extent), QgsProcessingContext(), feedback, {}, False
        )
    assert str(refusal.value).endswith(".")
    assert not list(tmp_path.glob("*.gpkg"))


def test_cancelled_before_it_begins(algorithm: QgsProcessingAlgorithm, scene_path: Path, tmp_path: Path) -> None:
    feedback = QgsProcessingFeedback(False)
    feedback.cancel()
    results, _ = algorithm.run(parameters(scene_path, tmp_path / "run.gpkg"), QgsProcessingContext(), feedback)
    assert results == {}
    assert not list(tmp_path.iterdir())


def test_the_documented_line_runs_without_a_window(qgis_process: QgisProcess, scene_path: Path, tmp_path: Path) -> None:
    shutil.copy(scene_path, tmp_path / "scene.tif")
    done = qgis_process(*documented(ALGORITHM, tmp_path), "--json")
    assert done.returncode == 0, done.stderr
    results = json.loads(done.stdout)["results"]
    assert results["OUTPUT"] == str(tmp_path / "run.gpkg")
    assert results["ANSWER"]
    assert results["AREA_HA"] == json.loads((tmp_path / "run.json").read_text("utf-8"))["steps"][0]["area_ha"]
    assert sorted(path.name for path in tmp_path.glob("*run*")) == ["run.gpkg", "run.json"]


def test_qgis_process_fails_with_exit_code_1_and_a_sentence(
    qgis_process: QgisProcess,
    write_raster: Callable[..., None],
    tmp_path: Path,  # noqa: ANN401
) -> None:
    import numpy as np

    write_raster(tmp_path / "bare.tif", np.ones((3, 16, 16), np.uint16), ("B04", "B03", "B02"), epsg=None)
    done = qgis_process(
        "run", "terrascope:ask", f"--INPUT={tmp_path / 'bare.tif'}", "--QUESTION=?", f"--OUTPUT={tmp_path / 'x.gpkg'}"
    )
    assert done.returncode == 1
    assert "coordinate reference system" in done.stdout + done.stderr
    assert not (tmp_path / "x.gpkg").exists()
