"""The report of a batch as QGIS opens it: styled, a line in the legend for each region, and as large as it says."""

from __future__ import annotations

import subprocess
from pathlib import Path

import pytest
from qgis.core import QgsApplication, QgsDistanceArea, QgsProject, QgsVectorLayer, QgsVectorSimplifyMethod, QgsWkbTypes

from terrascope_qgis.core.colours import step_colours

REPOSITORY = Path(__file__).resolve().parents[2]
QUESTION = "How many hectares of water are there, and how far is it from the built-up area?"


@pytest.fixture(scope="module")
def report(runtime_python: str, scene_path: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("collected")
    for words in (
        ["ask", "--optical", str(scene_path), "--question", QUESTION, "--out", str(folder / "one.gpkg")],
        ["ask", "--optical", str(scene_path), "--region", "trees", "--out", str(folder / "two.gpkg")],
        ["report", "merge", str(folder / "one.gpkg"), str(folder / "two.gpkg"), "--out", str(folder / "all.gpkg")],
    ):
        command = [runtime_python, "-m", "model_runtime", *words]
        subprocess.run(command, cwd=REPOSITORY, check=True, capture_output=True, timeout=300)
    return folder / "all.gpkg"


def layer(report: Path, name: str) -> QgsVectorLayer:
    found = QgsVectorLayer(f"{report}|layername={name}", name, "ogr")
    assert found.isValid()
    return found


def test_layers_come_styled(report: Path, qgis_app: QgsApplication) -> None:  # noqa: ARG001
    evidence = layer(report, "evidence")
    legend = {category.value(): category.symbol().color() for category in evidence.renderer().categories()}
    phrases = sorted({feature["phrase"] for feature in evidence.getFeatures()})
    assert "trees" in phrases
    assert sorted(legend) == phrases
    for phrase, colour in zip(phrases, step_colours(phrases)):
        assert legend[phrase].getRgb()[:3] == colour
    assert evidence.labelsEnabled()
    runs = layer(report, "runs")
    assert runs.featureCount() == 2
    assert runs.renderer().symbol().symbolLayer(0).brushStyle() == 0  # an outline hides nothing
    assert layer(report, "distances").renderer().type() == "singleSymbol"
    for name in ("answers", "changes", "series", "failures"):
        assert layer(report, name).wkbType() == QgsWkbTypes.Type.NoGeometry


def test_outlines_are_simplified_on_the_screen_and_nowhere_else(report: Path, qgis_app: QgsApplication) -> None:  # noqa: ARG001
    evidence = layer(report, "evidence")
    assert int(evidence.simplifyMethod().simplifyHints()) == int(
        QgsVectorSimplifyMethod.SimplifyHint.GeometrySimplification
    )
    meter = QgsDistanceArea()
    meter.setSourceCrs(evidence.crs(), QgsProject.instance().transformContext())
    meter.setEllipsoid("EPSG:7030")
    features = list(evidence.getFeatures())
    measured = sum(meter.measureArea(feature.geometry()) for feature in features) / 1e4
    assert measured == pytest.approx(sum(feature["area_ha"] for feature in features), rel=1e-6)
