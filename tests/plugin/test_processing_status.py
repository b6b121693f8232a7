"""`terrascope:runtime_status` with the real runtime, and with none."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from qgis.core import QgsProcessingAlgorithm, QgsProcessingContext, QgsProcessingException, QgsProcessingFeedback

from terrascope_qgis.plugin import TerraScopePlugin
from terrascope_qgis.settings import Settings

from .conftest import QgisProcess
from .processing_runs import documented, run

ALGORITHM = "terrascope:runtime_status"


def test_it_starts_the_runtime_and_tells_of_it(algorithm: QgsProcessingAlgorithm, plugin: TerraScopePlugin) -> None:
    results, ok, log, _ = run(algorithm)
    assert ok, log
    health = plugin.client.health()
    assert (results["VERSION"], results["DEVICE"]) == (health.version, health.device)
    assert (results["BUSY"], results["JOBS"], results["REMOTE"]) == (False, 0, False)
    assert "nano" in results["MODELS"].splitlines()
    assert set(results["LOADED"].splitlines()) <= set(results["MODELS"].splitlines())
    assert 10 < results["MEMORY_MB"] < 10_000
    assert health.version in log
    assert "terrascope-nano" in log


def test_a_runtime_that_is_not_there_is_a_sentence(
    algorithm: QgsProcessingAlgorithm, settings: Settings, tmp_path: Path
) -> None:
    settings.runtime_python = str(tmp_path / "python")
    settings.save()
    with pytest.raises(QgsProcessingException, match="was not found at .*install it"):
        algorithm.run({}, QgsProcessingContext(), QgsProcessingFeedback(False), {}, False)


def test_cancelled_before_it_begins(algorithm: QgsProcessingAlgorithm, plugin: TerraScopePlugin) -> None:
    plugin.launcher.stop()
    feedback = QgsProcessingFeedback(False)
    feedback.cancel()
    assert algorithm.run({}, QgsProcessingContext(), feedback)[0] == {}


def test_the_documented_line_runs_without_a_window(qgis_process: QgisProcess) -> None:
    done = qgis_process(*documented(ALGORITHM, Path()))
    assert done.returncode == 0, done.stderr
    results = json.loads(done.stdout)["results"]
    assert results["DEVICE"]
    assert "nano" in results["MODELS"].splitlines()
