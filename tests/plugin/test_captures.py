"""Layers that are no file: each kind is captured, asked about, told in the report, and removed."""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from osgeo import gdal
from pytestqt.qtbot import QtBot
from qgis.core import (
    QgsCoordinateReferenceSystem,
    QgsCoordinateTransformContext,
    QgsPointXY,
    QgsProject,
    QgsRasterLayer,
    QgsRectangle,
)

from terrascope_qgis.core.captures import is_captured, metres_per_unit, plan, utm_of
from terrascope_qgis.core.capturing import FOLDER, Captures
from terrascope_qgis.core.extents import Area
from terrascope_qgis.core.request import Acquisition
from terrascope_qgis.errors import CancelledError, LayerError
from terrascope_qgis.gui.dock import TerraScopeDock
from terrascope_qgis.settings import Settings

from . import postgis
from .tile_server import LAKE, LAND, TileServer, serving

UTM = QgsCoordinateReferenceSystem("EPSG:32633")
PLACE = Area.of_rectangle(QgsRectangle(500_400, 5_498_200, 502_400, 5_500_000), UTM)
CENTRE, RADIUS_M = (501_400.0, 5_499_100.0), 450.0  # of the lake
LAKE_HA = 63.6


@pytest.fixture(scope="module")
def server(scene_path: Path) -> Iterator[TileServer]:
    with serving(CENTRE, RADIUS_M, scene_path) as server:
        yield server


@pytest.fixture
def tiles(server: TileServer, qgis_new_project: None) -> QgsRasterLayer:  # noqa: ARG001
    return added(f"type=xyz&url={server.address}/%7Bz%7D/%7Bx%7D/%7By%7D.png&zmax=17&zmin=0", "street map", "wms")


@pytest.fixture
def web_map(server: TileServer, qgis_new_project: None) -> QgsRasterLayer:  # noqa: ARG001
    uri = f"crs=EPSG:32633&format=image/png&layers=lake&styles=&url={server.address}/wms"
    return added(uri, "web map", "wms")


@pytest.fixture
def coverage(server: TileServer, qgis_new_project: None) -> QgsRasterLayer:  # noqa: ARG001
    return added(f"crs=EPSG:32633&format=GeoTIFF&identifier=lake&url={server.address}/wcs", "coverage", "wcs")


@pytest.fixture
def memory(scene_path: Path, qgis_new_project: None) -> Iterator[QgsRasterLayer]:  # noqa: ARG001
    gdal.FileFromMemBuffer("/vsimem/S2_memory.tif", scene_path.read_bytes())
    yield added("/vsimem/S2_memory.tif", "S2 memory", "gdal")
    QgsProject.instance().removeAllMapLayers()
    gdal.Unlink("/vsimem/S2_memory.tif")


def added(source: str, name: str, provider: str) -> QgsRasterLayer:
    layer = QgsRasterLayer(source, name, provider)
    assert layer.isValid(), layer.error().summary()
    QgsProject.instance().addMapLayer(layer)
    return layer


def captured(layer: QgsRasterLayer, folder: Path, pixel_size_m: float | None = None, area: Area | None = PLACE) -> Path:
    """Capture a layer as the dock does, here and now."""
    files = Captures().gather(area, pixel_size_m, 20.0, folder)
    path = files.path_of(layer)
    shares: list[float] = []
    files.captures[path].write(shares.append)
    assert Path(path).is_file()
    return Path(path)


def colours(path: Path, x: float, y: float) -> list[int]:
    """The values of a captured file at a place of its CRS."""
    opened = gdal.Open(str(path))
    west, across, _, north, _, down = opened.GetGeoTransform()
    return [int(value) for value in opened.ReadAsArray(int((x - west) / across), int((y - north) / down), 1, 1).ravel()]


def test_files_are_not_captured(scene: QgsRasterLayer, scene_path: Path, tmp_path: Path) -> None:
    assert not is_captured(scene)
    assert not is_captured(str(scene_path))
    assert not is_captured(None)
    files = Captures().gather(None, None, 10.0, tmp_path)
    assert files.path_of(scene) == str(scene_path)
    assert files.captures == {}


@pytest.mark.parametrize("kind", ["tiles", "web_map"])
def test_pictures_are_captured_in_metres(
    kind: str, server: TileServer, request: pytest.FixtureRequest, tmp_path: Path
) -> None:
    layer = request.getfixturevalue(kind)
    assert is_captured(layer)
    server.asked.clear()
    path = captured(layer, tmp_path)
    assert server.asked
    opened = gdal.Open(str(path))
    assert opened.GetProjection().count("UTM zone 33N")
    assert (opened.RasterXSize, opened.RasterYSize) == (100, 90)  # 20 m, as the canvas shows it
    assert [opened.GetRasterBand(band).GetColorInterpretation() for band in range(1, 5)] == [3, 4, 5, 6]
    assert colours(path, *CENTRE)[:3] == [LAKE.red(), LAKE.green(), LAKE.blue()]
    assert colours(path, CENTRE[0] + RADIUS_M + 100, CENTRE[1])[:3] == [LAND.red(), LAND.green(), LAND.blue()]


def test_a_coverage_keeps_its_values_and_its_grid(coverage: QgsRasterLayer, scene_path: Path, tmp_path: Path) -> None:
    path = captured(coverage, tmp_path)
    values, truth = gdal.Open(str(path)), gdal.Open(str(scene_path))
    assert values.GetGeoTransform() == (500_400, 10, 0, 5_500_000, 0, -10)
    assert (values.ReadAsArray() == truth.ReadAsArray(40, 0, 200, 180)).all()


def test_a_raster_in_memory_keeps_values_and_names(memory: QgsRasterLayer, scene_path: Path, tmp_path: Path) -> None:
    path = captured(memory, tmp_path, area=None)
    values, truth = gdal.Open(str(path)), gdal.Open(str(scene_path))
    assert (values.ReadAsArray() == truth.ReadAsArray()).all()
    assert [values.GetRasterBand(band).GetDescription() for band in range(1, 5)] == ["B02", "B03", "B04", "B08"]
    assert path.name.startswith("S2_memory_")
    assert captured(memory, tmp_path, area=None) == path  # the same is the same file
    assert captured(memory, tmp_path, pixel_size_m=20.0) != path


def test_a_virtual_raster_is_computed(memory: QgsRasterLayer, scene_path: Path, tmp_path: Path) -> None:
    uri = (
        "?crs=EPSG:32633&extent=500000,5497440,502560,5500000&width=256&height=256"
        "&formula=%22s@1%22%20%2B%20%22s@2%22&s:uri=/vsimem/S2_memory.tif&s:provider=gdal"
    )
    layer = added(uri, "sum", "virtualraster")
    path = captured(layer, tmp_path, area=None)
    truth = gdal.Open(str(scene_path)).ReadAsArray().astype(float)
    assert gdal.Open(str(path)).ReadAsArray() == pytest.approx(truth[0] + truth[1])


def test_a_raster_in_a_database_keeps_its_values(scene_path: Path, tmp_path: Path, qgis_new_project: None) -> None:  # noqa: ARG001
    with tempfile.TemporaryDirectory(dir="/tmp") as folder, postgis.serving(Path(folder), scene_path) as uri:
        layer = added(uri, "S2 of the database", "postgresraster")
        assert is_captured(layer)
        path = captured(layer, tmp_path, area=None)
        QgsProject.instance().removeAllMapLayers()
    values, truth = gdal.Open(str(path)), gdal.Open(str(scene_path))
    assert values.GetGeoTransform() == truth.GetGeoTransform()
    assert (values.ReadAsArray() == truth.ReadAsArray()).all()


def test_what_cannot_be_captured_is_said(
    tiles: QgsRasterLayer, coverage: QgsRasterLayer, server: TileServer, tmp_path: Path
) -> None:
    transforms = QgsCoordinateTransformContext()
    with pytest.raises(LayerError, match="choose a smaller extent or a coarser resolution"):
        plan(tiles, None, None, 20.0, tmp_path, transforms)
    elsewhere = Area.of_rectangle(QgsRectangle(600_000, 5_000_000, 601_000, 5_001_000), UTM)
    with pytest.raises(LayerError, match="does not reach the extent"):
        plan(coverage, elsewhere, None, 20.0, tmp_path, transforms)
    server.broken = True
    try:
        with pytest.raises(LayerError, match="Nothing could be captured of the layer “street map”"):
            captured(tiles, tmp_path, pixel_size_m=37.0)
    finally:
        server.broken = False
    assert list((tmp_path / FOLDER).iterdir()) == []


def test_a_capture_that_cannot_be_written_is_said(memory: QgsRasterLayer, tmp_path: Path) -> None:
    (tmp_path / FOLDER).write_text("a file where the folder should be")
    with pytest.raises(LayerError, match="Nothing could be captured"):
        captured(memory, tmp_path)


@given(st.floats(-180, 180), st.floats(-90, 90))
def test_the_metric_grid_of_a_place_reaches_it(longitude: float, latitude: float) -> None:
    crs = utm_of(QgsPointXY(longitude, latitude))
    assert crs.isValid()
    if -80 <= latitude < 84:
        number = int(crs.authid()[-2:])
        assert abs((number - 1) * 6 - 177 - longitude) <= 3 + 1e-9
        assert crs.authid()[5:8] == ("326" if latitude >= 0 else "327")


def test_metres_of_a_unit(qgis_app: object) -> None:
    assert metres_per_unit(UTM, 60) == 1
    assert metres_per_unit(QgsCoordinateReferenceSystem("EPSG:3857"), 60) == pytest.approx(0.5)
    assert metres_per_unit(QgsCoordinateReferenceSystem("EPSG:4326"), 60) == pytest.approx(111_320)
    assert metres_per_unit(QgsCoordinateReferenceSystem("EPSG:2277"), 30) == pytest.approx(0.3048, rel=1e-3)  # feet
    assert metres_per_unit(QgsCoordinateReferenceSystem(), 60) == 1


def test_a_captured_layer_is_asked_about_and_told(
    dock: TerraScopeDock, ask: Callable[[], Any], memory: QgsRasterLayer, settings: Settings, qtbot: QtBot
) -> None:
    dock.panel.dates.set_dates([Acquisition(memory)])
    assert not dock.panel.capture.isHidden()
    qtbot.waitUntil(lambda: dock.panel.capture.told.text() == "S2 memory: 10 m, 256 × 256 pixels")
    report = ask().report
    assert report.steps[0].area_ha == pytest.approx(LAKE_HA, rel=0.1)
    note = "“S2 memory” (gdal) was captured at 10 m, 256 × 256 pixels, in EPSG:32633."
    assert note in report.warnings
    assert note in dock.conversation.toPlainText()
    folder = Path(settings.runs_folder) / FOLDER
    (kept,) = folder.iterdir()
    assert report.dates[0].optical.path == str(kept)
    assert report.dates[0].optical.sensor.startswith("Sentinel-2")  # which its name tells
    before = kept.stat().st_mtime_ns
    followed = ask().report  # the same file again
    assert kept.stat().st_mtime_ns == before
    assert note in followed.warnings
    dock.panel.capture.captures.leave()
    assert not folder.exists()


def test_a_picture_is_asked_about(
    dock: TerraScopeDock, ask: Callable[[], Any], tiles: QgsRasterLayer, qtbot: QtBot
) -> None:
    dock.panel.dates.set_dates([Acquisition(tiles)])
    assert "smaller extent" in dock.panel.capture.told.text()  # the whole world
    dock.panel.area.keep(PLACE)
    dock.panel.capture.resolution.setValue(10)
    qtbot.waitUntil(lambda: dock.panel.capture.told.text() == "street map: 10 m, 200 × 180 pixels")
    assert dock.panel.bands.isHidden()
    report = ask().report
    assert (report.scene.width, report.scene.height) == (200, 180)
    assert report.scene.crs == "EPSG:32633"
    assert any("It is a picture" in warning for warning in report.warnings)
    dock.panel.capture.resolution.setValue(0)
    dock.panel.capture.captures.leave()


def test_capturing_can_be_cancelled(
    dock: TerraScopeDock, tiles: QgsRasterLayer, server: TileServer, settings: Settings, qtbot: QtBot
) -> None:
    dock.panel.dates.set_dates([Acquisition(tiles)])
    dock.panel.area.keep(PLACE)
    dock.panel.capture.resolution.setValue(5)
    server.asked.clear()
    server.slow.clear()
    try:
        with qtbot.waitSignal(dock.ended, timeout=10_000) as ended:
            dock.panel.ask_button.click()
            # what the worker asks for may be heard of before the window has
            shown = dock.progress
            qtbot.waitUntil(
                lambda: bool(server.asked) and shown.format().startswith("Capturing street map"), timeout=10_000
            )
            dock.panel.cancel_button.click()
    finally:
        server.slow.set()
    assert isinstance(ended.args[0], CancelledError)
    folder = Path(settings.runs_folder) / FOLDER
    assert not folder.exists() or list(folder.iterdir()) == []
    dock.panel.capture.resolution.setValue(0)
