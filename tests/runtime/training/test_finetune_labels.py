"""Polygons and rasters of a user's: what is read, and what is refused in one sentence."""

from __future__ import annotations

import json
from pathlib import Path

import geopandas
import numpy as np
import pytest
import shapely

from model_runtime.errors import RequestError
from model_runtime.model.config import InputConfig
from model_runtime.training.data import BANDS
from model_runtime.training.finetune_labels import Labels, read_labels

from ..terra_cot.sources.files import write_raster

INPUTS = InputConfig(bands=BANDS, optional=BANDS)
WEST, NORTH, CRS = 400_000.0, 5_400_000.0, "EPSG:32633"
SIDE = 96
NAMES = ("B02", "B03", "B04", "B08")


def _square(row: int, column: int, side: int = 8) -> shapely.Polygon:
    left, top = WEST + 10 * column, NORTH - 10 * row
    return shapely.box(left, top - 10 * side, left + 10 * side, top)


@pytest.fixture
def scene(tmp_path: Path) -> Path:
    values = np.random.default_rng(1).integers(200, 3000, (4, SIDE, SIDE), np.uint16)
    return write_raster(tmp_path / "scene.tif", values, names=NAMES)


def _table(names: list[object], shapes: list[shapely.Geometry] | None = None) -> geopandas.GeoDataFrame:
    there = shapes or [_square(12 * (k // 8), 12 * (k % 8)) for k in range(len(names))]
    return geopandas.GeoDataFrame({"kind": names}, geometry=there, crs=CRS)


def _read(scene: Path, table: geopandas.GeoDataFrame, **given: object) -> Labels:
    path = scene.with_name("polygons.gpkg")
    table.to_file(path, driver="GPKG")
    return _order(scene, polygons=path, **given)


def _order(*scenes: Path, polygons: Path | None = None, field: str = "kind", raster: Path | None = None,
           names: Path | None = None) -> Labels:  # fmt: skip
    return read_labels(scenes, polygons, field, raster, names, INPUTS, lambda: None)


def _said(path: Path, names: object) -> Path:
    path.write_text(json.dumps(names), "utf-8")
    return path


def test_classes_are_called_as_the_model_calls_them(scene: Path) -> None:
    labels = _read(scene, _table(["Forest", "woodland", "Solar_Panels", "heath"] * 8))
    assert labels.classes == ("heath", "solar panels", "trees")
    (lesson,) = labels.lessons
    counts = np.bincount(lesson.codes.ravel(), minlength=4)
    assert counts.tolist()[1:] == [8 * 64, 8 * 64, 16 * 64]
    assert [name for name, there in zip(BANDS, lesson.present, strict=True) if there] == ["red", "green", "blue", "nir"]


def test_polygons_of_another_coordinate_system_lie_where_they_lie(scene: Path) -> None:
    table = _table(["trees", "heath"] * 16)
    here, there = (_read(scene, one).lessons[0] for one in (table, table.to_crs("EPSG:3857")))
    differ = [(one.codes > 0).sum() for one in (here, there)]
    assert abs(int(differ[0]) - int(differ[1])) <= 0.03 * differ[0]


def test_polygons_and_the_raster_made_of_them_say_the_same(scene: Path, tmp_path: Path) -> None:
    (drawn,) = _read(scene, _table(["trees", "heath"] * 32)).lessons
    values = np.zeros((SIDE, SIDE), np.uint8)
    # `polygons` are read with a margin around them that the scene does not have here.
    values[: drawn.codes.shape[0], : drawn.codes.shape[1]] = np.array([0, 7, 9], np.uint8)[drawn.codes]
    raster = write_raster(tmp_path / "labels.tif", values[None], nodata=0)
    (read,) = _order(scene, raster=raster, names=_said(tmp_path / "n.json", {"7": "heath", "9": "trees"})).lessons
    np.testing.assert_array_equal(read.codes, np.array([0, 1, 2], np.uint8)[np.searchsorted([0, 7, 9], values)])


def test_a_pixel_in_polygons_of_two_classes_is_not_labelled(scene: Path) -> None:
    shapes = [_square(0, 0, 10), _square(0, 5, 10), _square(40, 0), _square(60, 60)]
    labels = _read(scene, _table(["trees", "heath", "trees", "heath"], shapes))
    assert labels.lessons[0].codes[:10, 5:10].max() == 0


def test_numbers_of_a_field_are_named_by_a_table(scene: Path, tmp_path: Path) -> None:
    names = _said(tmp_path / "names.json", {"1": "heath", "2": "water", "3": None})
    assert _read(scene, _table([1, 2, 3] * 8), names=names).classes == ("heath", "water")


def test_a_scene_without_labels_is_left_out_and_said(scene: Path, tmp_path: Path) -> None:
    values = np.full((4, 40, 40), 900, np.uint16)
    far = write_raster(
        tmp_path / "far.tif", values, names=("B02", "B03", "B04", "B08"), origin=(600_000.0, 5_000_000.0)
    )
    path = tmp_path / "polygons.gpkg"
    _table(["trees", "heath"] * 16).to_file(path, driver="GPKG")
    labels = _order(far, scene, polygons=path)
    assert len(labels.lessons) == 1 and any("far.tif" in warning for warning in labels.warnings)


@pytest.mark.parametrize(
    ("names", "sentence"),
    [
        (["trees"] * 4, "All labels are of one class, trees"),
        ([], "There are no labels"),
        ([1, 2], "give the classes names with --classes"),
        (["trees", "[SEG]"], "cannot be the name of a class"),
        (["trees", "x" * 41], "cannot be the name of a class"),
        ([f"kind {k}" for k in range(16)], "16 classes are too many"),
    ],
)
def test_classes_that_cannot_be_taught(scene: Path, names: list[object], sentence: str) -> None:
    with pytest.raises(RequestError, match=sentence.replace("[", r"\[")):
        _read(scene, _table(names))


def test_a_field_that_is_not_there(scene: Path) -> None:
    with pytest.raises(RequestError, match="has no field 'use'.*there are: kind"):
        _read(scene, _table(["trees", "heath"]), field="use")


def test_polygons_elsewhere(scene: Path) -> None:
    shapes = [shapely.affinity.translate(_square(0, k), 900_000, 0) for k in (0, 20)]
    with pytest.raises(RequestError, match="lie on none of the scenes"):
        _read(scene, _table(["trees", "heath"], shapes))


def test_polygons_without_a_coordinate_system(scene: Path) -> None:
    with pytest.raises(RequestError, match="no coordinate reference system"):
        _read(scene, _table(["trees", "heath"]).set_crs(None, allow_override=True))


@pytest.mark.parametrize("name", ["labels.txt", "missing.gpkg"])
def test_files_that_are_no_vectors(scene: Path, name: str) -> None:
    with pytest.raises(RequestError, match="no vector file"):
        _order(scene, polygons=scene.with_name(name))


def test_a_damaged_vector_file(scene: Path) -> None:
    path = scene.with_name("damaged.gpkg")
    path.write_bytes(b"not a database")
    with pytest.raises(RequestError, match="cannot be read"):
        _order(scene, polygons=path)


@pytest.mark.parametrize(
    ("shape", "options", "names", "sentence"),
    [
        ((SIDE, SIDE - 1), {}, {"1": "trees", "2": "heath"}, "does not have the pixels of"),
        ((SIDE, SIDE), {"pixel": 20.0}, {"1": "trees", "2": "heath"}, "does not have the pixels of"),
        ((SIDE, SIDE), {"crs": None}, {"1": "trees", "2": "heath"}, "no coordinate reference system"),
        ((SIDE, SIDE), {}, None, "Nothing says what the values 1, 2"),
        ((SIDE, SIDE), {}, {"1": "trees"}, "All labels are of one class"),
        ((SIDE, SIDE), {}, ["trees"], "no list of class names"),
    ],
)
def test_rasters_that_cannot_be_taught(
    scene: Path, tmp_path: Path, shape: tuple[int, int], options: dict, names: object, sentence: str
) -> None:
    values = np.random.default_rng(1).integers(1, 3, (1, *shape), np.uint8)
    raster = write_raster(tmp_path / "labels.tif", values, **options)
    with pytest.raises(RequestError, match=sentence):
        _order(scene, raster=raster, names=None if names is None else _said(tmp_path / "n.json", names))


def test_a_raster_of_fractions(scene: Path, tmp_path: Path) -> None:
    raster = write_raster(tmp_path / "labels.tif", np.ones((1, SIDE, SIDE), np.float32))
    with pytest.raises(RequestError, match="holds fractions"):
        _order(scene, raster=raster, names=_said(tmp_path / "n.json", {"1": "trees"}))
