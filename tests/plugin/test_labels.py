"""Labels on their way to the runtime: what is written of polygons, and how values of a raster get their names."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from osgeo import gdal
from qgis.core import (
    QgsCoordinateReferenceSystem,
    QgsCoordinateTransformContext,
    QgsFeature,
    QgsGeometry,
    QgsRasterLayer,
    QgsVectorLayer,
    QgsWkbTypes,
)

from terrascope_qgis.core.labels import class_names, legend_names, write_names, write_polygons
from terrascope_qgis.errors import LayerError, TerraScopeError

SQUARE = "POLYGON((0 0, 0 10, 10 10, 10 0, 0 0))"
TRANSFORMS = QgsCoordinateTransformContext()


def polygons(kind: str, field: str, *features: tuple[object, str]) -> QgsVectorLayer:
    """A layer in memory."""
    layer = QgsVectorLayer(f"{kind}?field=other:int&field={field}&crs=EPSG:32633", "training", "memory")
    for value, wkt in features:
        feature = QgsFeature(layer.fields())
        feature.setAttribute(1, value)
        feature.setGeometry(QgsGeometry.fromWkt(wkt))
        assert layer.dataProvider().addFeature(feature)
    return layer


def written(path: Path) -> QgsVectorLayer:
    return QgsVectorLayer(str(path), "written", "ogr")


def test_polygons_with_a_class_are_written_and_others_are_not(qgis_app: object, tmp_path: Path) -> None:
    layer = polygons(
        "Polygon", "kind:string", ("heath", SQUARE), (None, SQUARE), (" ", SQUARE), ("bog", "POLYGON EMPTY"),
        ("bog", SQUARE.replace("10", "20")),
    )  # fmt: skip
    assert write_polygons(layer, "kind", tmp_path / "l.gpkg", TRANSFORMS) == 2
    back = written(tmp_path / "l.gpkg")
    assert [(feature["class"], feature.geometry().area()) for feature in back.getFeatures()] == [
        ("heath", 100.0), ("bog", 400.0),
    ]  # fmt: skip
    assert back.crs().authid() == "EPSG:32633"
    assert [field.name() for field in back.fields()] == ["fid", "class"]


@pytest.mark.parametrize(
    ("kind", "wkt", "area"),
    [
        ("PolygonZ", "POLYGON Z((0 0 5, 0 10 5, 10 10 5, 10 0 5, 0 0 5))", 100.0),
        ("MultiPolygon", "MULTIPOLYGON(((0 0, 0 10, 10 10, 10 0, 0 0)), ((20 0, 20 5, 30 5, 30 0, 20 0)))", 150.0),
        ("CurvePolygon", "CURVEPOLYGON(CIRCULARSTRING(0 5, 5 10, 10 5, 5 0, 0 5))", 78.54),
    ],
)
def test_any_kind_of_polygon_becomes_a_plain_one(
    qgis_app: object, tmp_path: Path, kind: str, wkt: str, area: float
) -> None:
    layer = polygons(kind, "kind:string", ("heath", wkt))
    assert write_polygons(layer, "kind", tmp_path / "l.gpkg", TRANSFORMS) == 1
    back = written(tmp_path / "l.gpkg")
    assert back.wkbType() == QgsWkbTypes.Type.MultiPolygon
    assert next(back.getFeatures()).geometry().area() == pytest.approx(area, rel=1e-3)


def test_a_class_may_be_a_number_and_its_field_may_be_called_fid(qgis_app: object, tmp_path: Path) -> None:
    layer = polygons("Polygon", "fid:int", (7, SQUARE), (7, SQUARE), (0, SQUARE))
    assert write_polygons(layer, "fid", tmp_path / "l.gpkg", TRANSFORMS) == 3
    assert [feature["class"] for feature in written(tmp_path / "l.gpkg").getFeatures()] == [7, 7, 0]


def test_polygons_of_no_use_are_refused(qgis_app: object, tmp_path: Path) -> None:
    with pytest.raises(LayerError, match=r"None of the polygons “training” has a class in the field kind"):
        write_polygons(polygons("Polygon", "kind:string", (None, SQUARE)), "kind", tmp_path / "a.gpkg", TRANSFORMS)
    with pytest.raises(LayerError, match="no coordinate reference system"):
        layer = polygons("Polygon", "kind:string", ("heath", SQUARE))
        layer.setCrs(QgsCoordinateReferenceSystem())
        write_polygons(layer, "kind", tmp_path / "b.gpkg", TRANSFORMS)
    with pytest.raises(TerraScopeError, match="could not be written"):
        layer = polygons("Polygon", "kind:string", ("heath", SQUARE))
        write_polygons(layer, "kind", tmp_path / "no" / "c.gpkg", TRANSFORMS)


def test_names_of_values_are_read_and_written(tmp_path: Path) -> None:
    assert class_names(" 1 = water;2=dry heath ;\n 30=a=b; ") == {1: "water", 2: "dry heath", 30: "a=b"}
    assert class_names("  ") == {}
    write_names({1: "wåter", 20: "heath"}, tmp_path / "n.json")
    assert json.loads((tmp_path / "n.json").read_text("utf-8")) == {"1": "wåter", "20": "heath"}


NAME = st.text(st.characters(exclude_categories=("C", "Z"), exclude_characters=";"), min_size=1, max_size=12)


@given(st.dictionaries(st.integers(0, 65535), NAME, min_size=1, max_size=6))
def test_names_come_back_from_their_text(names: dict[int, str]) -> None:
    assert class_names("; ".join(f"{value}={name}" for value, name in names.items())) == names


@pytest.mark.parametrize("text", ["water", "1=", "=water", "one=water", "1.5=water", "-1=water"])
def test_what_names_no_class_is_refused(text: str) -> None:
    with pytest.raises(TerraScopeError, match="does not name a class"):
        class_names("3=heath; " + text)


def test_a_legend_names_its_values(write_raster: Callable[..., None], tmp_path: Path, qgis_app: object) -> None:
    path = tmp_path / "classes.tif"
    target = gdal.GetDriverByName("GTiff").Create(str(path), 8, 8, 1, gdal.GDT_Byte)
    target.GetRasterBand(1).WriteArray(np.arange(64, dtype=np.uint8).reshape(8, 8) % 3)
    colours = gdal.ColorTable()
    for value in range(3):
        colours.SetColorEntry(value, (value, 0, 0, 255))
    target.GetRasterBand(1).SetColorTable(colours)
    target.GetRasterBand(1).SetCategoryNames(["", "water", "heath"])
    target.FlushCache()
    del target
    layer = QgsRasterLayer(str(path), "classes")
    assert {value: name for value, name in legend_names(layer).items() if value in (1, 2)} == {1: "water", 2: "heath"}
    write_raster(tmp_path / "plain.tif", np.ones((1, 8, 8), np.uint16), ("",), epsg=32633)
    assert legend_names(QgsRasterLayer(str(tmp_path / "plain.tif"), "plain")) == {}
