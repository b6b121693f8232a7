"""`terrascope:finetune` with the real runtime: a model is taught in a thread and in qgis_process, listed, and asked."""

from __future__ import annotations

import json
import subprocess
import time
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from osgeo import gdal, ogr
from pytestqt.qtbot import QtBot
from qgis.core import (
    Qgis,
    QgsApplication,
    QgsProcessingAlgorithm,
    QgsProcessingAlgRunnerTask,
    QgsProcessingContext,
    QgsProcessingFeedback,
    QgsProject,
    QgsRasterLayer,
    QgsVectorLayer,
)

from terrascope_qgis.gui.dock import TerraScopeDock
from terrascope_qgis.gui.model_table import NAME, STATE
from terrascope_qgis.plugin import TerraScopePlugin

from .conftest import REPOSITORY, QgisProcess

ALGORITHM = "terrascope:finetune"
CLASSES = {2: "trees", 3: "spelt fields", 4: "grassland"}  # by the generator's code; to nano the second is cropland
QUESTION = "How many hectares of spelt fields are there?"
LIMIT_MS = 1_200_000  # a minute on a core of one's own; a machine that others use took seven
MOST_BYTES = 5_000_000
MINUTES = 0.1
READS_JSON = 32_400  # since then qgis_process takes inputs from its standard input


@dataclass(frozen=True)
class Ground:
    """A generated scene, with labels of some of it; the truth is known."""

    scene: Path
    polygons: Path  # with the class in the field "kind"
    label_raster: Path
    spelt_ha: float


@pytest.fixture(scope="module")
def ground(tmp_path_factory: pytest.TempPathFactory, runtime_python: str) -> Ground:
    """256 x 256 pixels with three large classes, each labelled on 14 small squares."""
    folder = tmp_path_factory.mktemp("ground")
    place = ["--size", "256", "--seed", "42", "--out", str(folder / "place.tif")]
    command = [runtime_python, "-m", "model_runtime", "data", "scene", *place]
    subprocess.run(command, cwd=REPOSITORY, check=True, capture_output=True, timeout=120)
    truth = json.loads((folder / "place_truth.json").read_text("utf-8"))
    kept = _keep_some(folder / "place_labels.tif", folder / "labelled.tif")
    _outline(kept, folder / "polygons.gpkg")
    return Ground(
        folder / "place.tif", folder / "polygons.gpkg", folder / "labelled.tif", truth["cropland"]["hectares"]
    )


def _keep_some(labels: Path, out: Path) -> gdal.Dataset:
    """Copy a raster of labels, nothing but squares of 9 x 9 pixels."""
    kept = gdal.GetDriverByName("GTiff").CreateCopy(str(out), gdal.Open(str(labels)))
    codes, rng = kept.ReadAsArray(), np.random.default_rng(1)
    squares = np.zeros_like(codes)
    for code in CLASSES:
        inside = np.argwhere(codes == code)
        for row, column in inside[rng.choice(len(inside), 14, replace=False)]:
            square = np.s_[max(0, row - 4) : row + 5, max(0, column - 4) : column + 5]
            squares[square] = np.where(codes[square] == code, code, squares[square])
    kept.GetRasterBand(1).WriteArray(squares)
    kept.FlushCache()
    return kept


def _outline(labels: gdal.Dataset, out: Path) -> None:
    """Write the squares as polygons with the names of their classes."""
    target = ogr.GetDriverByName("GPKG").CreateDataSource(str(out))
    layer = target.CreateLayer("training", labels.GetSpatialRef(), ogr.wkbPolygon)
    layer.CreateField(ogr.FieldDefn("code", ogr.OFTInteger))
    layer.CreateField(ogr.FieldDefn("kind", ogr.OFTString))
    gdal.Polygonize(labels.GetRasterBand(1), labels.GetRasterBand(1), layer, 0)
    for feature in layer:
        feature["kind"] = CLASSES[feature["code"]]
        layer.SetFeature(feature)


@pytest.fixture
def models_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Where the runtime keeps its models, for one test."""
    monkeypatch.setenv("TERRASCOPE_MODELS", str(tmp_path / "models"))
    return tmp_path / "models"


@pytest.fixture
def labelled(ground: Ground, qgis_new_project: None) -> dict[str, Any]:  # noqa: ARG001
    """Parameters with layers of the project."""
    scene, polygons = QgsRasterLayer(str(ground.scene), "place"), QgsVectorLayer(str(ground.polygons), "training")
    QgsProject.instance().addMapLayers([scene, polygons])
    return {"INPUT": [scene.id()], "LABELS": polygons.id(), "FIELD": "kind", "NAME": "spelt", "MINUTES": MINUTES}


class Running:
    """An algorithm in a thread, as the toolbox runs it."""

    def __init__(self, algorithm: QgsProcessingAlgorithm, given: dict[str, Any]) -> None:
        self.context, self.feedback = QgsProcessingContext(), QgsProcessingFeedback(False)
        self.context.setProject(QgsProject.instance())
        self.ended: list[tuple[bool, dict[str, Any]]] = []
        self._task = QgsProcessingAlgRunnerTask(algorithm, given, self.context, self.feedback)
        self._task.executed.connect(lambda ok, results: self.ended.append((ok, results)))
        QgsApplication.taskManager().addTask(self._task)

    def results(self, qtbot: QtBot) -> dict[str, Any]:
        """What came of it, once it has ended."""
        qtbot.waitUntil(lambda: bool(self.ended), timeout=LIMIT_MS)
        ok, results = self.ended[0]
        assert ok, self.feedback.textLog()
        return results


@pytest.mark.slow
def test_taught_in_a_thread_listed_by_the_open_page_and_asked(
    algorithm: QgsProcessingAlgorithm, dock: TerraScopeDock, plugin: TerraScopePlugin, ground: Ground,
    models_folder: Path, labelled: dict[str, Any], qtbot: QtBot, tmp_path: Path,
) -> None:  # fmt: skip
    page = dock.show_models()
    qtbot.waitUntil(lambda: page.table.topLevelItemCount() > 0 and page._command is None, timeout=LIMIT_MS)
    running = Running(algorithm, labelled)
    told: list[float] = []
    running.feedback.progressChanged.connect(told.append)
    results = running.results(qtbot)
    log = running.feedback.textLog()

    assert results["OUTPUT"] == str(models_folder / "spelt")
    assert results["IOU_AFTER"] > results["IOU_BEFORE"] + 0.1, log
    figures = f"{results['IOU_BEFORE']:.3f} before, {results['IOU_AFTER']:.3f} after"
    assert f"IoU on held-out ground, mean of the classes: {figures}" in log
    assert "spelt fields: " in log
    assert told == sorted(told)
    assert len(set(told)) > 20
    assert 0 < sum(file.stat().st_size for file in (models_folder / "spelt").iterdir()) < MOST_BYTES
    assert [path.name for path in models_folder.iterdir()] == ["spelt"]

    def listed() -> dict[str, str]:
        lines = [page.table.topLevelItem(row) for row in range(page.table.topLevelItemCount())]
        return {line.text(NAME): line.text(STATE) for line in lines}

    qtbot.waitUntil(lambda: "spelt" in listed(), timeout=LIMIT_MS)  # nobody has touched the page
    assert listed()["spelt"] == "taught from terrascope-nano"
    page.table.select("spelt")
    assert page.table.selected().held_out.iou_after == pytest.approx(results["IOU_AFTER"])
    page.close()

    ask = QgsApplication.processingRegistry().createAlgorithmById("terrascope:ask")
    out = tmp_path / "answer.gpkg"
    answered = Running(ask, {"INPUT": str(ground.scene), "QUESTION": QUESTION, "MODEL": "spelt", "OUTPUT": str(out)})
    area_ha = answered.results(qtbot)["AREA_HA"]
    report = json.loads(out.with_suffix(".json").read_text("utf-8"))
    assert report["model"]["name"] == "spelt"
    assert [step["phrase"] for step in report["steps"]] == ["spelt fields"]
    assert area_ha == pytest.approx(ground.spelt_ha, rel=0.2)


@pytest.mark.slow
def test_cancelled_while_it_really_learns_nothing_is_left(
    algorithm: QgsProcessingAlgorithm, models_folder: Path, labelled: dict[str, Any], qtbot: QtBot
) -> None:
    running = Running(algorithm, {**labelled, "MINUTES": 10.0})
    qtbot.waitUntil(lambda: "Learning" in running.feedback.textLog(), timeout=LIMIT_MS)
    began = time.monotonic()
    running.feedback.cancel()
    qtbot.waitUntil(lambda: bool(running.ended), timeout=LIMIT_MS)
    assert time.monotonic() - began < 1.5
    assert running.ended == [(False, {})]
    assert list(models_folder.iterdir()) == []


@pytest.mark.slow
def test_qgis_process_teaches_refuses_to_overwrite_and_asks(
    qgis_process: QgisProcess, ground: Ground, models_folder: Path, tmp_path: Path
) -> None:
    def run(algorithm: str, **inputs: Any) -> subprocess.CompletedProcess[str]:  # noqa: ANN401
        if Qgis.QGIS_VERSION_INT >= READS_JSON:
            return qgis_process("run", algorithm, "-", given=json.dumps({"inputs": inputs}))
        return qgis_process("run", algorithm, "--json", *(f"--{name}={value}" for name, value in inputs.items()))

    polygons = {"LABELS": str(ground.polygons), "FIELD": "kind"}
    order = {"INPUT": str(ground.scene), "NAME": "spelt", "MINUTES": MINUTES}
    done = run(ALGORITHM, **order, **polygons)
    assert done.returncode == 0, done.stderr
    results = json.loads(done.stdout)["results"]
    assert results["OUTPUT"] == str(models_folder / "spelt")
    assert 0 <= results["IOU_BEFORE"] < results["IOU_AFTER"] <= 1
    assert 0 < sum(file.stat().st_size for file in (models_folder / "spelt").iterdir()) < MOST_BYTES

    names = "; ".join(f"{code}={name}" for code, name in CLASSES.items())
    again = run(ALGORITHM, **order, LABEL_RASTER=str(ground.label_raster), CLASSES=names)
    assert again.returncode == 1
    assert "is there already; choose another name" in again.stdout + again.stderr

    out = tmp_path / "answer.gpkg"
    asked = run("terrascope:ask", INPUT=str(ground.scene), QUESTION=QUESTION, MODEL="spelt", OUTPUT=str(out))
    assert asked.returncode == 0, asked.stderr
    assert json.loads(asked.stdout)["results"]["AREA_HA"] == pytest.approx(ground.spelt_ha, rel=0.2)
