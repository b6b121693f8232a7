"""`terrascope:ask` with the real runtime: from Python, in a window's thread, and in qgis_process."""

from __future__ import annotations

import json
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

from terrascope_qgis.core.layers import evidence
from terrascope_qgis.plugin import TerraScopePlugin
from terrascope_qgis.settings import Settings

from .conftest import QgisProcess

QUESTION = "How many hectares of water are there?"


@pytest.fixture
def algorithm(
    plugin: TerraScopePlugin, settings: Settings, runtime_python: str, model_name: str
) -> QgsProcessingAlgorithm:
    """The registered algorithm, with the bundled model chosen."""
    settings.runtime_python = runtime_python
    settings.model = model_name
    settings.save()
    return QgsApplication.processingRegistry().createAlgorithmById("terrascope:ask")


def parameters(scene: Path, out: Path, **more: Any) -> dict[str, Any]:  # noqa: ANN401
    return {"INPUT": str(scene), "QUESTION": QUESTION, "OUTPUT": str(out), **more}


def test_the_algorithm_is_as_the_toolbox_wants_it(plugin: TerraScopePlugin) -> None:
    algorithm = QgsApplication.processingRegistry().algorithmById("terrascope:ask")
    assert not algorithm.flags() & QgsProcessingAlgorithm.Flag.FlagNoThreading
    names = [definition.name() for definition in algorithm.parameterDefinitions()]
    assert names == ["INPUT", "QUESTION", "EXTENT", "SAR", "SECOND_DATE", "MODEL", "TIER", "PROFILE", "OUTPUT"]
    advanced = {one.name() for one in algorithm.parameterDefinitions() if one.flags() & one.Flag.FlagAdvanced}
    assert advanced == {"SAR", "SECOND_DATE", "MODEL", "TIER", "PROFILE"}
    outputs = {one.name() for one in algorithm.outputDefinitions()}
    assert outputs == {"OUTPUT", "ANSWER", "AREA_HA", "REPORT"}


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
    from terrascope_qgis.client import protocol

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


def test_qgis_process_answers_without_a_window(
    qgis_process: QgisProcess,
    scene_path: Path,
    tmp_path: Path,
    model_name: str,  # noqa: ANN401
) -> None:
    out = tmp_path / "run.gpkg"
    arguments = [f"--INPUT={scene_path}", f"--QUESTION={QUESTION}", f"--OUTPUT={out}"]
    arguments += [] if model_name == "nano" else [f"--MODEL={model_name}"]
    done = qgis_process("run", "terrascope:ask", "--json", *arguments)
    assert done.returncode == 0, done.stderr
    results = json.loads(done.stdout)["results"]
    assert results["OUTPUT"] == str(out)
    assert results["ANSWER"]
    assert results["AREA_HA"] == json.loads((tmp_path / "run.json").read_text("utf-8"))["steps"][0]["area_ha"]
    assert sorted(path.name for path in tmp_path.iterdir()) == ["run.gpkg", "run.json"]


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
