"""`terrascope:benchmark` with the real runtime, on items that it made itself."""

from __future__ import annotations

import json
import subprocess
from pathlib import Path

import pytest
from qgis.core import QgsProcessingAlgorithm

from terrascope_qgis.settings import Settings

from .conftest import REPOSITORY, QgisProcess
from .processing_runs import documented, rows_of, run, seconds_to_cancel

ALGORITHM = "terrascope:benchmark"


@pytest.fixture(scope="module")
def items(runtime_python: str, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder `items` with six questions about two tasks."""
    lacks = subprocess.run([runtime_python, "-c", "import pyarrow, pycocotools"], capture_output=True, check=False)
    if lacks.returncode:
        pytest.skip("the runtime has no pyarrow and pycocotools: pip install -r model_runtime/requirements-data.txt")
    folder = tmp_path_factory.mktemp("bench") / "items"
    words = ["--source", "generated", "--items", "6", "--size", "96", "--tasks", "coverage_percentage,area_ranking"]
    command = [runtime_python, "-m", "model_runtime", "bench", "build", *words, "--out", str(folder)]
    subprocess.run(command, cwd=REPOSITORY, check=True, capture_output=True, timeout=300)
    return folder


def test_a_model_is_scored_and_a_run_goes_on(algorithm: QgsProcessingAlgorithm, items: Path, tmp_path: Path) -> None:
    out = tmp_path / "scores.json"
    given = {"SUITE": "terrascope", "FOLDER": str(items), "OUTPUT": str(out), "TASKS": "TEMPORARY_OUTPUT"}
    results, ok, log, context = run(algorithm, **given)
    assert ok, log
    scores = json.loads(out.read_text("utf-8"))
    assert results["QUESTIONS"] == 6
    assert results["MACRO_PCT"] == pytest.approx(100 * scores["macro_accuracy"])
    assert results["MEAN_IOU"] == pytest.approx(scores["mean_iou"])
    rows = {row["task"]: row for row in rows_of(results["TASKS"], context)}
    assert set(rows) == set(scores["tasks"])
    for task, found in scores["tasks"].items():
        assert rows[task]["n"] == found["n"]
        assert (rows[task]["accuracy_pct"] or 0) == pytest.approx(100 * found["accuracy"])
        assert task in log
    kept = out.with_name("scores.responses.jsonl").read_bytes()
    again, ok, log, _ = run(algorithm, **given)
    assert ok, log
    assert again["MICRO_PCT"] == results["MICRO_PCT"]
    assert out.with_name("scores.responses.jsonl").read_bytes() == kept


def test_cancelled_within_a_second(algorithm: QgsProcessingAlgorithm, items: Path, tmp_path: Path) -> None:
    given = {"FOLDER": str(items), "OUTPUT": str(tmp_path / "scores.json"), "TASKS": "TEMPORARY_OUTPUT"}
    took, results = seconds_to_cancel(algorithm, 1.0, **given)
    assert took < 1.5
    assert results == {}
    assert not (tmp_path / "scores.json").exists()


@pytest.mark.parametrize(
    ("given", "why"), [({}, "Choose the items"), ({"ITEMS": "/nowhere/items.parquet"}, "does not exist")]
)
def test_what_is_missing_is_said_before_it_begins(
    algorithm: QgsProcessingAlgorithm, given: dict[str, str], why: str, tmp_path: Path
) -> None:
    _, ok, said, _ = run(algorithm, **given, OUTPUT=str(tmp_path / "scores.json"), TASKS="TEMPORARY_OUTPUT")
    assert not ok
    assert why in said


def test_a_remote_runtime_is_refused(algorithm: QgsProcessingAlgorithm, settings: Settings, tmp_path: Path) -> None:
    settings.remote_url = "https://example.org:1"
    settings.save()
    given = {"ITEMS": __file__, "OUTPUT": str(tmp_path / "scores.json"), "TASKS": "TEMPORARY_OUTPUT"}
    _, ok, said, _ = run(algorithm, **given)
    assert not ok
    assert "runtime of this machine" in said


def test_the_documented_line_runs_without_a_window(items: Path, qgis_process: QgisProcess, tmp_path: Path) -> None:
    words = [str(items).join(word.split("items", 1)) if word == "--FOLDER=items" else word
             for word in documented(ALGORITHM, tmp_path)]  # fmt: skip
    done = qgis_process(*words, "--json")
    assert done.returncode == 0, done.stderr
    assert json.loads(done.stdout)["results"]["QUESTIONS"] == 6
    assert rows_of(str(tmp_path / "tasks.gpkg"))
