"""`terrascope:segment_classes` with the real runtime: polygons, raster, table and page say the same."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pytest
from osgeo import gdal
from qgis.core import (
    QgsApplication,
    QgsCategorizedSymbolRenderer,
    QgsProcessing,
    QgsProcessingAlgorithm,
    QgsProcessingOutputLayerDefinition,
    QgsProject,
)

from terrascope_qgis.plugin import TerraScopePlugin

from .conftest import QgisProcess
from .processing_runs import LAKE_HA, PIXEL, documented, rows_of, run, seconds_to_cancel, write_scene

ALGORITHM = "terrascope:segment_classes"
CLASSES = "water\n\nforest\ncropland\n"


@pytest.fixture(scope="module")
def lake(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write_scene(tmp_path_factory.mktemp("lake") / "S2_lake.tif")


def test_the_algorithm_is_as_the_toolbox_wants_it(plugin: TerraScopePlugin) -> None:
    algorithm = QgsApplication.processingRegistry().algorithmById(ALGORITHM)
    assert not algorithm.flags() & algorithm.Flag.FlagNoThreading
    plain = [one.name() for one in algorithm.parameterDefinitions() if not one.flags() & one.Flag.FlagAdvanced]
    assert plain == ["INPUT", "SAR", "CLASSES", "EXTENT", "OUTPUT", "AREAS", "RASTER", "PAGE"]
    outputs = {one.name() for one in algorithm.outputDefinitions()}
    assert outputs == {"OUTPUT", "AREAS", "RASTER", "PAGE", "MAPPED_HA", "MAPPED_PCT"}
    assert (algorithm.group(), algorithm.groupId()) == ("Map", "map")


def test_what_cannot_be_is_said_before_it_starts(algorithm: QgsProcessingAlgorithm, lake: Path) -> None:
    given = {"INPUT": str(lake), "OUTPUT": "TEMPORARY_OUTPUT"}
    assert "no class yet" in run(algorithm, CLASSES=" \n", **given)[2]
    many = "\n".join(f"class {number}" for number in range(65))
    assert "65 classes are more" in run(algorithm, CLASSES=many, **given)[2]


def test_all_outputs_have_the_same_areas(algorithm: QgsProcessingAlgorithm, lake: Path, tmp_path: Path) -> None:
    results, ok, log, context = run(
        algorithm, INPUT=str(lake), CLASSES=CLASSES, OUTPUT="TEMPORARY_OUTPUT", AREAS=str(tmp_path / "areas.csv"),
        RASTER=str(tmp_path / "classes.tif"), PAGE=str(tmp_path / "areas.html"),
    )  # fmt: skip
    assert ok, log
    water, trees, cropland = rows_of(results["AREAS"])
    assert [row["phrase"] for row in (water, trees, cropland)] == ["water", "trees", "cropland"]
    assert "forest is mapped as trees." in log
    assert float(water["area_ha"]) == pytest.approx(LAKE_HA, rel=0.15)
    rows = rows_of(results["OUTPUT"], context)
    values = gdal.Open(results["RASTER"]).ReadAsArray()
    for row in (water, trees, cropland):
        own = [one for one in rows if one["phrase"] == row["phrase"]]
        assert sum(one["area_ha"] for one in own) == pytest.approx(float(row["area_ha"]))
        assert sum(one["pixels"] for one in own) == int(row["pixels"])
        assert (values == int(row["class"])).sum() == int(row["pixels"])
    assert results["MAPPED_HA"] == pytest.approx(sum(float(row["area_ha"]) for row in (water, trees, cropland)))
    assert results["MAPPED_PCT"] == pytest.approx(100 * (values > 0).mean())
    assert (values[18:54, 18:54] == 1).all()
    page = (tmp_path / "areas.html").read_text("utf-8")
    assert "<td>water</td>" in page
    assert "terrascope-nano" in page
    assert sorted(path.name for path in tmp_path.iterdir() if path.suffix) == ["areas.csv", "areas.html", "classes.tif"]


def test_the_raster_lies_on_the_scene_and_names_its_classes(
    algorithm: QgsProcessingAlgorithm, lake: Path, tmp_path: Path
) -> None:
    extent = "500100,500700,5499300,5499900 [EPSG:32633]"
    results, ok, log, _ = run(
        algorithm,
        INPUT=str(lake),
        CLASSES="water",
        EXTENT=extent,
        OUTPUT="TEMPORARY_OUTPUT",
        RASTER=str(tmp_path / "c.tif"),
    )
    assert ok, log
    assert "AREAS" not in results
    made = gdal.Open(results["RASTER"])
    assert (made.RasterXSize, made.RasterYSize) == (60, 60)
    assert made.GetGeoTransform() == (500_100, PIXEL, 0, 5_499_900, 0, -PIXEL)
    assert made.GetSpatialRef().GetAuthorityCode(None) == "32633"
    assert made.GetMetadata()["CLASS_1"] == "water"
    band = made.GetRasterBand(1)
    assert band.GetNoDataValue() == 0
    assert band.GetColorTable().GetColorEntry(1)[3] == 255
    assert set(np.unique(band.ReadAsArray())) <= {0, 1}


def test_the_loaded_layer_has_a_colour_for_each_class(algorithm: QgsProcessingAlgorithm, lake: Path) -> None:
    wanted = QgsProcessingOutputLayerDefinition(QgsProcessing.TEMPORARY_OUTPUT, QgsProject.instance())
    results, ok, log, context = run(algorithm, INPUT=str(lake), CLASSES="water\ntrees", OUTPUT=wanted)
    assert ok, log
    layer = context.getMapLayer(results["OUTPUT"])
    context.layerToLoadOnCompletionDetails(results["OUTPUT"]).postProcessor().postProcessLayer(layer, context, None)
    assert isinstance(layer.renderer(), QgsCategorizedSymbolRenderer)
    assert [one.value() for one in layer.renderer().categories()] == ["water", "trees"]


def test_cancelled_it_ends_within_a_second_and_leaves_nothing(
    algorithm: QgsProcessingAlgorithm, lake: Path, tmp_path: Path
) -> None:
    given = {
        "INPUT": str(lake),
        "CLASSES": CLASSES,
        "OUTPUT": str(tmp_path / "o.gpkg"),
        "RASTER": str(tmp_path / "c.tif"),
    }
    took, results = seconds_to_cancel(algorithm, 5, **given)
    assert took < 1.2
    assert results == {}
    assert not [path for path in tmp_path.iterdir() if path.suffix]


def test_the_documented_line_runs_without_a_window(qgis_process: QgisProcess, tmp_path: Path) -> None:
    write_scene(tmp_path / "scene.tif")
    done = qgis_process(*documented(ALGORITHM, tmp_path), "--json")
    assert done.returncode == 0, done.stderr
    results = json.loads(done.stdout)["results"]
    assert results["MAPPED_HA"] == pytest.approx(sum(row["area_ha"] for row in rows_of(str(tmp_path / "map.gpkg"))))
    assert gdal.Open(str(tmp_path / "map.tif")) is not None
    assert rows_of(str(tmp_path / "areas.csv"))[0]["phrase"] == "water"
    assert (tmp_path / "areas.html").is_file()
