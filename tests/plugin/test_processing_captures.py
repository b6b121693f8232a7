"""Layers that are no file of this machine, in every algorithm that takes a raster."""

from __future__ import annotations

import json
import shutil
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from qgis.core import QgsApplication, QgsProcessingUtils, QgsProject, QgsRasterLayer

from terrascope_qgis.client.batching import Batch, Batcher
from terrascope_qgis.client.teaching import Lesson, Teacher
from terrascope_qgis.errors import TeachingError
from terrascope_qgis.plugin import TerraScopePlugin
from terrascope_qgis.settings import Settings

from .processing_runs import LAKE_HA, box, polygons, rows_of, run, write_scene
from .tile_server import TileServer, serving

WATER = "How many hectares of water are there?"
PLACE = "500000,500960,5499040,5500000 [EPSG:32633]"


@pytest.fixture(scope="module")
def lake(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write_scene(tmp_path_factory.mktemp("lake") / "S2_lake.tif")


@pytest.fixture(scope="module")
def server(lake: Path) -> Iterator[TileServer]:
    with serving((500_360, 5_499_640), 200, lake) as server:
        yield server


@pytest.fixture
def zipped(lake: Path, tmp_path: Path, qgis_new_project: None, algorithms: None) -> QgsRasterLayer:  # noqa: ARG001
    """A raster in an archive."""
    with zipfile.ZipFile(tmp_path / "archive.zip", "w") as archive:
        archive.write(lake, "S2_lake.tif")
    return added(f"/vsizip/{tmp_path}/archive.zip/S2_lake.tif", "S2 archive", "gdal")


@pytest.fixture
def algorithms(plugin: TerraScopePlugin, settings: Settings, runtime_python: str, model_name: str) -> None:  # noqa: ARG001
    settings.runtime_python, settings.model = runtime_python, model_name
    settings.save()


def added(source: str, name: str, provider: str) -> QgsRasterLayer:
    layer = QgsRasterLayer(source, name, provider)
    assert layer.isValid(), layer.error().summary()
    QgsProject.instance().addMapLayer(layer)
    return layer


def algorithm(name: str):  # noqa: ANN201
    return QgsApplication.processingRegistry().createAlgorithmById(f"terrascope:{name}")


def captures_left() -> list[Path]:
    return list(Path(QgsProcessingUtils.tempFolder()).rglob("captured/*"))


def test_ask_reads_a_raster_in_an_archive(zipped: QgsRasterLayer, tmp_path: Path) -> None:
    results, ok, log, _ = run(algorithm("ask"), INPUT=zipped.id(), QUESTION=WATER, OUTPUT=str(tmp_path / "run.gpkg"))
    assert ok, log
    assert results["AREA_HA"] == pytest.approx(LAKE_HA, rel=0.15)
    assert "Capturing S2 archive" in log
    told = json.loads(Path(results["REPORT"]).read_text("utf-8"))["warnings"]
    assert any("“S2 archive” (gdal) was captured at 10 m, 96 × 96 pixels" in sentence for sentence in told)
    assert captures_left() == []


def test_a_picture_of_a_server_needs_a_resolution(server: TileServer, algorithms: None, tmp_path: Path) -> None:
    layer = added(f"crs=EPSG:32633&format=image/png&layers=lake&styles=&url={server.address}/wms", "web map", "wms")
    given = {"INPUT": layer.id(), "QUESTION": WATER, "EXTENT": PLACE, "OUTPUT": str(tmp_path / "run.gpkg")}
    results, ok, log, _ = run(algorithm("ask"), **given)
    assert not ok
    assert "give the resolution" in log
    results, ok, log, _ = run(algorithm("ask"), RESOLUTION=10, **given)
    assert ok, log
    report = json.loads(Path(results["REPORT"]).read_text("utf-8"))
    assert (report["scene"]["width"], report["scene"]["height"]) == (96, 96)
    assert any("It is a picture" in sentence for sentence in report["warnings"])


def test_polygons_are_the_extent_of_what_is_captured_for_them(zipped: QgsRasterLayer) -> None:
    zones = polygons([("", box(10, 10, 60, 60))])
    results, ok, log, context = run(
        algorithm("zonal_answers"), INPUT=zipped.id(), ZONES=zones.id(), OUTPUT="TEMPORARY_OUTPUT",
        QUESTION=f"'{WATER}'",
    )  # fmt: skip
    assert ok, log
    (row,) = rows_of(results["OUTPUT"], context)
    assert row["area_ha"] == pytest.approx(LAKE_HA, rel=0.15)
    assert "was captured at 10 m, 50 × 50 pixels" in log
    assert captures_left() == []


def test_classes_of_a_raster_in_an_archive(zipped: QgsRasterLayer) -> None:
    results, ok, log, _ = run(
        algorithm("segment_classes"), INPUT=zipped.id(), CLASSES="water", OUTPUT="TEMPORARY_OUTPUT"
    )
    assert ok, log
    assert results["MAPPED_HA"] == pytest.approx(LAKE_HA, rel=0.15)


def test_a_batch_and_a_lesson_are_given_files(
    zipped: QgsRasterLayer, plugin: TerraScopePlugin, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """What the commands are given is there while they run, and gone afterwards."""
    seen: dict[str, Path] = {}

    def ask(self: Batcher, batch: Batch, *_: object) -> None:  # noqa: ARG001
        scene = Path(batch.plan).read_text("utf-8").splitlines()[1].split(",")[0]
        seen["batch"] = shutil.copy(scene, tmp_path / "batch.tif")
        raise TeachingError("Enough.")

    def teach(self: Teacher, lesson: Lesson, *_: object) -> None:  # noqa: ARG001
        seen["lesson"] = shutil.copy(lesson.scenes[0], tmp_path / "lesson.tif")
        raise TeachingError("Enough.")

    monkeypatch.setattr(Batcher, "ask", ask)
    monkeypatch.setattr(Teacher, "teach", teach)
    zones = polygons([("heath", box(10, 10, 60, 60)), ("bog", box(60, 60, 90, 90))])
    outputs = {"OUTPUT": str(tmp_path / "r.gpkg"), "SUMMARY": "TEMPORARY_OUTPUT"}
    _, ok, log, _ = run(algorithm("ask_batch"), INPUT=[zipped.id()], QUESTIONS=WATER, **outputs)
    assert "Enough." in log
    lesson = {"LABELS": zones.id(), "FIELD": "cover", "NAME": "heath"}
    _, ok, log, _ = run(
        algorithm("finetune"), INPUT=[zipped.id()], EXTENT="500000,500500,5499500,5500000 [EPSG:32633]", **lesson
    )
    assert not ok
    assert "Enough." in log
    sizes = {name: QgsRasterLayer(str(path)).width() for name, path in seen.items()}
    assert sizes == {"batch": 96, "lesson": 50}
    assert captures_left() == []
