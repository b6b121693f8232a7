"""The ground that is asked about: on the map, in hectares, and in the request."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from pytestqt.qtbot import QtBot
from qgis.core import (
    QgsCoordinateReferenceSystem,
    QgsCoordinateTransformContext,
    QgsFeature,
    QgsGeometry,
    QgsPointXY,
    QgsProject,
    QgsRasterLayer,
    QgsRectangle,
    QgsVectorLayer,
)
from qgis.gui import QgisInterface, QgsMapCanvas, QgsMapMouseEvent
from qgis.PyQt.QtCore import QEvent, QPoint, Qt

from terrascope_qgis.core.extents import MOST_FEATURES, Area, area_ha, asked_of, selected_in
from terrascope_qgis.errors import AnalysisError
from terrascope_qgis.gui.dock import TerraScopeDock
from terrascope_qgis.gui.extent_choice import CANVAS, KEPT, LAYER, POLYGON, SELECTED
from terrascope_qgis.settings import Settings

UTM = QgsCoordinateReferenceSystem("EPSG:32633")
WGS84 = QgsCoordinateReferenceSystem("EPSG:4326")
TRIANGLE = "POLYGON((500500 5498000, 502000 5498000, 500500 5499500, 500500 5498000))"


def transforms() -> QgsCoordinateTransformContext:
    return QgsProject.instance().transformContext()


def polygons(*wkts: str, crs: str = "EPSG:32633") -> QgsVectorLayer:
    layer = QgsVectorLayer(f"Polygon?crs={crs}", "places", "memory")
    features = []
    for wkt in wkts:
        feature = QgsFeature()
        feature.setGeometry(QgsGeometry.fromWkt(wkt))
        features.append(feature)
    layer.dataProvider().addFeatures(features)
    return layer


def test_hectares_are_those_of_the_ellipsoid(qgis_app: object) -> None:
    square = QgsRectangle(500_000, 5_497_440, 502_560, 5_500_000)
    expected = 655.8846  # geodesic; 655.36 on the plane of the projection
    assert area_ha(Area.of_rectangle(square, UTM), transforms()) == pytest.approx(expected, rel=1e-5)
    there = Area(QgsGeometry.fromRect(square), UTM).in_crs(QgsCoordinateReferenceSystem("EPSG:3857"), transforms())
    assert area_ha(there, transforms()) == pytest.approx(expected, rel=1e-4)


def test_what_is_asked_of_a_scene_is_what_lies_on_it(scene: QgsRasterLayer) -> None:
    whole = asked_of(None, scene, transforms())
    assert whole.bounds == scene.extent()
    half = QgsRectangle(scene.extent())
    half.setXMinimum(half.center().x())
    wide = QgsRectangle(half)
    wide.setXMaximum(half.xMaximum() + 5000)
    assert asked_of(Area.of_rectangle(wide, UTM), scene, transforms()).bounds == half
    triangle = Area(QgsGeometry.fromWkt(TRIANGLE), UTM)
    assert asked_of(triangle, scene, transforms()).geometry.area() == pytest.approx(1500 * 1500 / 2)
    elsewhere = Area.of_rectangle(QgsRectangle(10, 10, 11, 11), WGS84)
    assert asked_of(elsewhere, scene, transforms()) is None


def test_selected_polygons_are_united(qgis_app: object) -> None:
    layer = polygons(
        "POLYGON((0 0, 10 0, 10 10, 0 10, 0 0))",
        "POLYGON((5 0, 15 0, 15 10, 5 10, 5 0))",
        "POLYGON((100 0, 110 10, 110 0, 100 10, 100 0))",  # crosses itself
    )
    assert selected_in(layer) is None
    layer.selectAll()
    area = selected_in(layer)
    assert area.crs == layer.crs()
    assert area.geometry.isGeosValid()
    assert area.geometry.area() == pytest.approx(150 + 50)
    assert selected_in(QgsVectorLayer("Point?crs=EPSG:4326", "points", "memory")) is None
    assert selected_in(None) is None


def test_too_many_polygons_are_refused(qgis_app: object) -> None:
    layer = polygons(*["POLYGON((0 0, 1 0, 1 1, 0 0))"] * (MOST_FEATURES + 1))
    layer.selectAll()
    with pytest.raises(AnalysisError, match="select up to 2000"):
        selected_in(layer)


def choose(dock: TerraScopeDock, kind: str) -> None:
    combo = dock.panel.extent
    combo.setCurrentIndex(combo.findData(kind))
    combo.activated.emit(combo.currentIndex())


def click(dock: TerraScopeDock, x: float, y: float, button: Qt.MouseButton = Qt.MouseButton.LeftButton) -> None:
    canvas = dock._map._canvas
    at = canvas.getCoordinateTransform().transform(QgsPointXY(x, y))
    spot = QPoint(round(at.x()), round(at.y()))
    event = QgsMapMouseEvent(canvas, QEvent.Type.MouseButtonRelease, spot, button)
    canvas.mapTool().canvasReleaseEvent(event)


@pytest.fixture
def canvas_on(dock: TerraScopeDock, qgis_iface: QgisInterface, scene: QgsRasterLayer) -> QgsMapCanvas:
    """The canvas, looking at the scene."""
    canvas = qgis_iface.mapCanvas()
    canvas.setDestinationCrs(scene.crs())
    canvas.setExtent(scene.extent())
    return canvas


def test_the_whole_layer_is_stated_in_hectares(dock: TerraScopeDock, qtbot: QtBot) -> None:
    assert dock.panel.area.kind() == LAYER
    qtbot.waitUntil(lambda: dock.panel.area.told.text() == "655.9 ha")


def test_the_map_view_is_stated_as_it_moves(dock: TerraScopeDock, canvas_on: QgsMapCanvas, qtbot: QtBot) -> None:
    choose(dock, CANVAS)
    canvas_on.setExtent(QgsRectangle(0, 0, 10, 10))
    qtbot.waitUntil(lambda: "does not reach there" in dock.panel.area.told.text())
    canvas_on.setExtent(QgsRectangle(500_000, 5_498_720, 501_280, 5_500_000))
    qtbot.waitUntil(lambda: dock.panel.area.told.text().endswith(" ha"))
    assert 160 < float(dock.panel.area.told.text().split()[0]) < 656


def test_a_drawn_polygon_limits_what_is_measured(
    dock: TerraScopeDock,
    ask: Callable[[], Any],
    canvas_on: QgsMapCanvas,
) -> None:
    before = canvas_on.mapTool()
    choose(dock, POLYGON)
    tool = canvas_on.mapTool()
    assert tool is not before
    corners = ((500_500, 5_498_000), (502_000, 5_498_000), (500_500, 5_499_500))
    for corner in corners:
        click(dock, *corner)
    click(dock, 500_000, 5_500_000, Qt.MouseButton.RightButton)
    assert canvas_on.mapTool() is not tool
    area = dock.panel.area.area()
    pixel = canvas_on.mapUnitsPerPixel()
    assert area.geometry.area() == pytest.approx(1500 * 1500 / 2, abs=4 * 1500 * pixel)
    assert dock._map._band.asGeometry().isGeosEqual(area.geometry)  # it is outlined
    stated = float(dock.panel.area.told.text().split()[0])
    report = ask().report
    assert report.scene.asked_area_ha == pytest.approx(stated, rel=0.02)
    assert "drawn polygon" in dock.conversation.toPlainText()
    choose(dock, LAYER)
    assert dock._map._band.asGeometry().isEmpty()


def test_drawing_can_be_taken_back_and_given_up(dock: TerraScopeDock, canvas_on: QgsMapCanvas, qtbot: QtBot) -> None:
    dock._map.drawn = None
    choose(dock, POLYGON)
    tool = canvas_on.mapTool()
    click(dock, 500_500, 5_498_000)
    click(dock, 502_000, 5_498_000)
    click(dock, 502_000, 5_498_000, Qt.MouseButton.RightButton)  # two corners are no polygon
    assert canvas_on.mapTool() is tool
    qtbot.keyClick(canvas_on, Qt.Key.Key_Backspace)
    assert len(tool._corners) == 1
    qtbot.keyClick(canvas_on, Qt.Key.Key_Escape)
    assert canvas_on.mapTool() is not tool
    assert dock.panel.area.kind() == LAYER


def test_selected_polygons_of_the_active_layer(
    dock: TerraScopeDock,
    canvas_on: QgsMapCanvas,
    qtbot: QtBot,
) -> None:
    layer = polygons(TRIANGLE)
    QgsProject.instance().addMapLayer(layer)
    canvas_on.setCurrentLayer(layer)
    choose(dock, SELECTED)
    assert "No polygon is selected" in dock.panel.area.told.text()
    with qtbot.waitSignal(dock.ended) as ended:
        dock.panel.ask_button.click()
    assert "No polygon is selected" in ended.args[0].user_message
    layer.selectAll()
    canvas_on.selectionChanged.emit(layer)
    qtbot.waitUntil(lambda: dock.panel.area.told.text() == "112.6 ha")
    request = dock.panel.request(Settings.load())
    assert request.extent is None
    assert request.extent_crs == "EPSG:32633"
    assert QgsGeometry.fromWkt(request.polygon_wkt).area() == pytest.approx(1500 * 1500 / 2)


def test_an_extent_of_before_is_put_back(dock: TerraScopeDock) -> None:
    area = Area(QgsGeometry.fromWkt(TRIANGLE), UTM)
    dock.panel.area.keep(area)
    assert dock.panel.area.kind() == KEPT
    assert dock.panel.area.area() == area
    dock.panel.area.choose(LAYER)
    assert dock.panel.area.area() is None
