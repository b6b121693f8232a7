"""The model that the plugin ships: as it was made, in the toolbox, run, and without a window."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from qgis.analysis import QgsNativeAlgorithms
from qgis.core import QgsApplication, QgsProcessing, QgsProcessingAlgorithm, QgsProcessingModelAlgorithm, QgsVectorLayer

from terrascope_qgis.plugin import TerraScopePlugin

from .conftest import QgisProcess
from .model_maker import HELP, PATH, land_cover_per_polygon
from .processing_runs import LAKE_HA, box, documented, polygons, rows_of, run, save, write_scene

ALGORITHM = "terrascope:land_cover_per_polygon"


@pytest.fixture(autouse=True, scope="module")
def native(qgis_app: QgsApplication) -> None:  # noqa: ARG001
    """QGIS's own algorithms, which a window always has."""
    if QgsApplication.processingRegistry().providerById("native") is None:
        assert QgsApplication.processingRegistry().addProvider(QgsNativeAlgorithms())


@pytest.fixture
def parcels(qgis_new_project: None) -> QgsVectorLayer:  # noqa: ARG001
    return polygons([("", box(4, 4, 68, 68)), ("", box(60, 60, 96, 96)), ("", box(900, 900, 940, 940))])


def code(model: QgsProcessingModelAlgorithm) -> list[str]:
    """All that a model does, as the Python that QGIS makes of it."""
    return model.asPythonCode(QgsProcessing.PythonOutputType.PythonQgsProcessingAlgorithmSubclass, 4)


def test_the_file_is_what_its_maker_makes(plugin: TerraScopePlugin) -> None:
    if os.environ.get("TERRASCOPE_WRITE_MODEL"):
        PATH.parent.mkdir(exist_ok=True)
        assert land_cover_per_polygon().toFile(str(PATH))
    shipped = QgsProcessingModelAlgorithm()
    assert shipped.fromFile(str(PATH))
    assert shipped.validate() == (True, [])
    assert code(shipped) == code(land_cover_per_polygon())
    assert shipped.helpContent() == HELP


def test_it_stands_beside_the_algorithms_it_uses(plugin: TerraScopePlugin) -> None:
    registered = QgsApplication.processingRegistry().algorithmById(ALGORITHM)
    for model in (registered, registered.create()):
        assert model.id() == ALGORITHM
        assert (model.displayName(), model.group(), model.groupId()) == ("Land cover per polygon", "Ask", "ask")
        assert not model.icon().isNull()
        assert model.canExecute() == (True, "")
        assert {one.name() for one in model.parameterDefinitions()} > {"SCENE", "POLYGONS", "COVER"}


def test_it_gives_the_hectares_of_each_polygon_and_its_share(
    algorithm: QgsProcessingAlgorithm, parcels: QgsVectorLayer, tmp_path: Path
) -> None:
    (output,) = (one.name() for one in algorithm.outputDefinitions())
    lake = write_scene(tmp_path / "S2_lake.tif")
    given = {"SCENE": str(lake), "POLYGONS": parcels.id(), "COVER": "water", output: "TEMPORARY_OUTPUT"}
    results, ok, log, context = run(algorithm, **given)
    assert ok, log
    around, forest, far = rows_of(results[output], context)
    assert around["area_ha"] == pytest.approx(LAKE_HA, rel=0.15)
    assert around["share_pct"] == pytest.approx(100, abs=10)
    assert (forest["area_ha"], forest["share_pct"]) == (pytest.approx(0, abs=0.5), pytest.approx(0, abs=3))
    assert (far["area_ha"], far["share_pct"], far["status"]) == (None, None, "skipped")


def test_the_documented_line_runs_without_a_window(
    qgis_process: QgisProcess, parcels: QgsVectorLayer, tmp_path: Path
) -> None:
    write_scene(tmp_path / "scene.tif")
    save(parcels, tmp_path / "parcels.gpkg")
    done = qgis_process(*documented(ALGORITHM, tmp_path))
    assert done.returncode == 0, done.stderr
    assert rows_of(str(tmp_path / "shares.gpkg"))[0]["area_ha"] == pytest.approx(LAKE_HA, rel=0.15)
