"""The examples of a run as layers of QGIS."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from osgeo import ogr, osr
from qgis.core import QgsProject, QgsRenderContext, QgsWkbTypes

from terrascope_qgis.client import protocol
from terrascope_qgis.core.example_layers import open_examples
from terrascope_qgis.core.layers import add_group, open_evidence

GOLDEN = (Path(__file__).resolve().parents[1] / "data" / "answer.ndjson").read_bytes().splitlines()
EXAMPLES = (
    protocol.Example("water", "POINT (500010 5499990)"),
    protocol.Example("water", "MULTIPOINT (500020 5499990, 500030 5499990)", inside=False),
    protocol.Example("trees", "POLYGON ((500000 5499900, 500050 5499900, 500050 5499950, 500000 5499900))"),
    protocol.Example(
        "trees", "MULTIPOLYGON (((500100 5499900, 500150 5499900, 500150 5499950, 500100 5499900)))", inside=False
    ),
)
REPORT = replace(protocol.read_event(GOLDEN[-1]).report, examples=EXAMPLES)


def write_examples(path: Path, examples: tuple[protocol.Example, ...]) -> None:
    """As the runtime writes them: all in one layer, whatever their shapes."""
    crs = osr.SpatialReference()
    crs.ImportFromEPSG(32633)
    target = ogr.GetDriverByName("GPKG").CreateDataSource(str(path))
    layer = target.CreateLayer("examples", crs, ogr.wkbUnknown)
    layer.CreateField(ogr.FieldDefn("phrase", ogr.OFTString))
    for name in ("inside", "image"):
        layer.CreateField(ogr.FieldDefn(name, ogr.OFTInteger))
    for example in examples:
        feature = ogr.Feature(layer.GetLayerDefn())
        feature["phrase"], feature["inside"], feature["image"] = example.phrase, int(example.inside), 1
        feature.SetGeometry(ogr.CreateGeometryFromWkt(example.wkt))
        layer.CreateFeature(feature)


@pytest.fixture
def run(tmp_path: Path, qgis_app: object) -> Path:
    """A GeoPackage with points and outlines, single and multiple."""
    write_examples(tmp_path / "run.gpkg", EXAMPLES)
    return tmp_path / "run.gpkg"


def test_points_lie_over_outlines_and_what_is_there_looks_different(run: Path) -> None:
    outlines, points = open_examples(run, REPORT)
    assert (outlines.name(), points.name()) == ("examples: outlines", "examples: points")
    assert points.geometryType() == QgsWkbTypes.GeometryType.PointGeometry
    assert outlines.geometryType() == QgsWkbTypes.GeometryType.PolygonGeometry
    for layer, phrase in ((points, "water"), (outlines, "trees")):
        features = list(layer.getFeatures())
        assert [(one["phrase"], one["inside"]) for one in features] == [(phrase, 1), (phrase, 0)]
        renderer = layer.renderer().clone()
        renderer.startRender(QgsRenderContext(), layer.fields())
        legend = [renderer.legendKeysForFeature(one, QgsRenderContext()) for one in features]
        symbols = [renderer.symbolForFeature(one, QgsRenderContext()).symbolLayer(0).properties() for one in features]
        renderer.stopRender(QgsRenderContext())
        assert legend[0] != legend[1]
        told_apart = "name" if layer is points else "outline_style"  # not by colour alone
        assert symbols[0][told_apart] != symbols[1][told_apart]
        assert layer.labelsEnabled()
        assert layer.labeling().settings().fieldName == "phrase"


def test_a_kind_that_was_not_given_has_no_layer(tmp_path: Path, qgis_app: object) -> None:
    write_examples(tmp_path / "points.gpkg", EXAMPLES[:2])
    report = replace(REPORT, examples=EXAMPLES[:2])
    assert [layer.name() for layer in open_examples(tmp_path / "points.gpkg", report)] == ["examples: points"]


def test_without_examples_nothing_is_opened(run: Path) -> None:
    assert open_examples(run, replace(REPORT, examples=())) == []


def test_they_come_on_top_of_the_group_of_the_answer(run: Path, qgis_new_project: None) -> None:
    assert [one.layer.name() for one in open_evidence(REPORT, run)][-2:] == ["examples: outlines", "examples: points"]
    add_group(REPORT, run, QgsProject.instance())
    (group,) = QgsProject.instance().layerTreeRoot().findGroups()
    assert [node.name() for node in group.findLayers()][:2] == ["examples: points", "examples: outlines"]
