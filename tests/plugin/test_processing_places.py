"""Where algorithms run: in a thread of a window, and with a runtime on another machine."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from pytestqt.qtbot import QtBot
from qgis.core import (
    QgsApplication,
    QgsProcessingAlgorithm,
    QgsProcessingAlgRunnerTask,
    QgsProcessingContext,
    QgsProcessingFeedback,
    QgsProject,
)

from terrascope_qgis.plugin import TerraScopePlugin
from terrascope_qgis.settings import Settings

from .processing_runs import LAKE_HA, box, polygons, rows_of, run, write_scene
from .remote_runtime import RemoteRuntime, keep_key

ZONAL, SEGMENT = "terrascope:zonal_answers", "terrascope:segment_classes"


@pytest.fixture(scope="module")
def lake(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write_scene(tmp_path_factory.mktemp("lake") / "S2_lake.tif")


@pytest.fixture
def here(plugin: TerraScopePlugin, settings: Settings, runtime_python: str, qgis_new_project: None) -> None:  # noqa: ARG001
    settings.runtime_python = runtime_python
    settings.save()


@pytest.fixture
def there(
    plugin: TerraScopePlugin,
    settings: Settings,
    runtime_python: str,
    tmp_path: Path,
    qgis_new_project: None,  # noqa: ARG001
) -> Iterator[RemoteRuntime]:
    """A runtime on another machine; this one has none."""
    runtime = RemoteRuntime(runtime_python, tmp_path)
    settings.remote_url = f"http://127.0.0.1:{runtime.port}"
    settings.remote_sign_in = keep_key(runtime.key)
    settings.runtime_python = "/nowhere/python"
    settings.save()
    yield runtime
    runtime.stop()


def created(name: str) -> QgsProcessingAlgorithm:
    return QgsApplication.processingRegistry().createAlgorithmById(name)


def in_a_thread(qtbot: QtBot, name: str, **given: Any) -> tuple[dict[str, Any], QgsProcessingContext]:  # noqa: ANN401
    """As the toolbox runs it."""
    context, feedback = QgsProcessingContext(), QgsProcessingFeedback(False)
    context.setProject(QgsProject.instance())
    task = QgsProcessingAlgRunnerTask(created(name), given, context, feedback)
    with qtbot.waitSignal(task.executed, timeout=180_000) as executed:
        QgsApplication.taskManager().addTask(task)
    ok, results = executed.args
    assert ok, feedback.textLog()
    return results, context


def test_in_a_thread_of_the_window(lake: Path, here: None, qtbot: QtBot, tmp_path: Path) -> None:
    zones = polygons([("water", box(4, 4, 68, 68)), ("", box(200, 200, 210, 210))])
    results, _ = in_a_thread(qtbot, ZONAL, INPUT=str(lake), ZONES=zones.id(), OUTPUT=str(tmp_path / "z.gpkg"))
    assert (results["ANSWERED"], results["FAILED"]) == (1, 1)
    assert [row["status"] for row in rows_of(results["OUTPUT"])] == ["answered", "skipped"]
    results, _ = in_a_thread(
        qtbot,
        SEGMENT,
        INPUT=str(lake),
        CLASSES="water",
        OUTPUT=str(tmp_path / "m.gpkg"),
        RASTER=str(tmp_path / "m.tif"),
    )
    assert results["MAPPED_HA"] == pytest.approx(LAKE_HA, rel=0.15)


def test_a_remote_runtime_answers_for_polygons_and_classes(lake: Path, there: RemoteRuntime, tmp_path: Path) -> None:
    results, ok, log, _ = run(created("terrascope:runtime_status"))
    assert ok, log
    assert results["REMOTE"] is True
    zones = polygons([("water", box(4, 4, 68, 68))])
    results, ok, log, context = run(
        created(ZONAL), INPUT=str(lake), ZONES=zones.id(), OUTPUT="TEMPORARY_OUTPUT", EVIDENCE=str(tmp_path / "e.gpkg")
    )
    assert ok, log
    (row,) = rows_of(results["OUTPUT"], context)
    assert row["area_ha"] == pytest.approx(LAKE_HA, rel=0.15)
    assert "was not found at /nowhere/python" in log  # the evidence is put together here
    assert results["EVIDENCE"] is None
    results, ok, log, _ = run(created(SEGMENT), INPUT=str(lake), CLASSES="water", OUTPUT="TEMPORARY_OUTPUT")
    assert ok, log
    assert results["MAPPED_HA"] == pytest.approx(LAKE_HA, rel=0.15)


def test_when_the_runtime_is_gone_it_ends_with_a_sentence(lake: Path, there: RemoteRuntime) -> None:
    """Not each of a thousand polygons waits for a machine that is switched off."""
    there.stop()
    zones = polygons([("water", box(4, 4, 68, 68))] * 5)
    _, ok, log, _ = run(created(ZONAL), INPUT=str(lake), ZONES=zones.id(), OUTPUT="TEMPORARY_OUTPUT")
    assert not ok
    assert log.count("127.0.0.1") <= 2
