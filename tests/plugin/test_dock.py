"""The dock with the real runtime: from question to layers, and everything that can get in the way."""

from __future__ import annotations

import os
import re
import signal
import sqlite3
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from osgeo import ogr
from pytestqt.qtbot import QtBot
from qgis.core import Qgis, QgsProject, QgsRasterLayer, QgsRectangle
from qgis.gui import QgisInterface, QgsMessageBar
from qgis.PyQt.QtCore import Qt, QUrl
from qgis.PyQt.QtWidgets import QPushButton

from terrascope_qgis.client import protocol
from terrascope_qgis.core.analysis import AnalysisResult
from terrascope_qgis.core.layers import evidence
from terrascope_qgis.core.report import check_areas, measured_ha
from terrascope_qgis.core.request import Acquisition
from terrascope_qgis.errors import AnalysisError, CancelledError, RuntimeLostError
from terrascope_qgis.gui.dock import TerraScopeDock
from terrascope_qgis.gui.run import Run
from terrascope_qgis.plugin import TerraScopePlugin
from terrascope_qgis.settings import Settings

Ask = Callable[[], Any]


def runs_in(settings: Settings) -> list[str]:
    folder = Path(settings.runs_folder)
    return sorted(path.name for path in folder.iterdir()) if folder.is_dir() else []


def test_an_answer_becomes_a_group_of_layers(ask: Ask, dock: TerraScopeDock, settings: Settings) -> None:
    result = ask()
    assert isinstance(result, AnalysisResult), result
    report = result.report
    assert report.answer
    shown = evidence(report)
    assert shown, "the lake was not found at all"
    group = QgsProject.instance().layerTreeRoot().findGroup("How many hectares of water are there?")
    assert group is not None
    assert sorted(node.name() for node in group.findLayers()) == sorted(item.title for item in shown)
    for item in shown:
        layer = QgsProject.instance().mapLayersByName(item.title)[0]
        assert layer.isValid()
        if item.step is not None:
            assert layer.attributeDisplayName(layer.fields().indexOf("area_ha")) == "Area (ha)"
            fill = layer.renderer().symbol().color()
            assert fill.name() == dock.runs[dock._current].colour(item.step.index).name()
    assert [name for name in runs_in(settings) if name.endswith(".gpkg")] == [result.geopackage.name]
    assert report.model.name in dock.conversation.toPlainText()
    assert f"{report.model.tier} on {report.model.device}" in dock.conversation.toPlainText()
    assert "Ask" in dock.panel.ask_button.text()
    assert dock.panel.ask_button.isVisibleTo(dock)


def test_two_dates_become_layers_with_their_days(ask: Ask, dock: TerraScopeDock, two_dates: tuple[Path, Path]) -> None:
    later, earlier = Acquisition(str(two_dates[1])), Acquisition(str(two_dates[0]))
    dock.panel.dates.set_dates([later, earlier])
    dock.panel.question.setPlainText("How did water change?")
    result = ask()
    assert isinstance(result, AnalysisResult), result
    assert [date.date for date in result.report.dates] == ["2017-10-08", "2018-03-26"]
    group = QgsProject.instance().layerTreeRoot().findGroup("How did water change?")
    layers = {node.name().split(" · ")[0]: node.layer() for node in group.findLayers()}
    assert all(layer.temporalProperties().isActive() for layer in layers.values())
    assert {"1 water", "2 water", "change: gained"} <= set(layers)
    assert "2017-10-08 → 2018-03-26" in dock.conversation.toPlainText()
    assert "2 dates · 2017-10-08 – 2018-03-26" in dock.conversation.toPlainText()


def test_qgis_measures_the_same_hectares(ask: Ask, scene: QgsRasterLayer) -> None:
    result = ask()
    transforms = QgsProject.instance().transformContext()
    assert check_areas(result.report, result.geopackage, transforms) == []
    found = [item for item in evidence(result.report) if item.step is not None]
    assert found
    for item in found:
        layer = QgsProject.instance().mapLayersByName(item.title)[0]
        assert measured_ha(layer, transforms) == pytest.approx(item.step.area_ha, rel=1e-6)


def test_a_wrong_figure_in_the_geopackage_is_noticed(ask: Ask) -> None:
    result = ask()
    layer = next(item.layer_name for item in evidence(result.report) if item.step is not None)
    QgsProject.instance().clear()
    data = ogr.Open(str(result.geopackage), 1)
    table = data.GetLayerByName(layer)
    table.DeleteFeature(table.GetNextFeature().GetFID())
    del table, data
    sentences = check_areas(result.report, result.geopackage, QgsProject.instance().transformContext())
    assert len(sentences) == 1
    assert "QGIS measures" in sentences[0]


def test_a_chip_zooms_to_its_mask(ask: Ask, dock: TerraScopeDock, qgis_iface: QgisInterface) -> None:
    result = ask()
    step = next(item.step for item in evidence(result.report) if item.step is not None)
    canvas = qgis_iface.mapCanvas()
    canvas.setDestinationCrs(QgsProject.instance().crs())
    canvas.setExtent(QgsRectangle(0, 0, 1, 1))
    dock.conversation.anchorClicked.emit(QUrl(f"mask:{dock._current}.{step.index}"))
    assert canvas.extent().contains(QgsRectangle(*step.bounds))
    # also after the user has removed the layers
    QgsProject.instance().removeAllMapLayers()
    canvas.setExtent(QgsRectangle(0, 0, 1, 1))
    dock.conversation.anchorClicked.emit(QUrl(f"mask:{dock._current}.{step.index}"))
    assert canvas.extent().contains(QgsRectangle(*step.bounds))


def test_marks_of_an_attempt_that_was_started_over_lead_nowhere(
    ask: Ask, dock: TerraScopeDock, qgis_iface: QgisInterface
) -> None:
    result = ask()
    step = next(item.step for item in evidence(result.report) if item.step is not None)
    run = dock._current = dock.conversation.begin("Again?", "")
    dock.runs[run] = Run(protocol.AskRequest("Again?", ()))
    mark = protocol.Mask(step, result.report.scene.crs)
    for event in (mark, protocol.Warning("It was started again."), mark):
        dock._happened(event)
    links = re.findall(rf"mask:(\d+)\.{step.index}\b", dock.conversation.toHtml())
    assert links[-2:] == [str(run), str(run + 1)]
    canvas = qgis_iface.mapCanvas()
    canvas.setDestinationCrs(QgsProject.instance().crs())
    canvas.setExtent(QgsRectangle(0, 0, 1, 1))
    before = canvas.extent()
    dock.conversation.anchorClicked.emit(QUrl(f"mask:{run}.{step.index}"))
    assert canvas.extent() == before
    dock.conversation.anchorClicked.emit(QUrl(f"mask:{run + 1}.{step.index}"))
    assert canvas.extent().contains(QgsRectangle(*step.bounds))


def test_a_drawn_rectangle_limits_what_is_looked_at(
    ask: Ask, dock: TerraScopeDock, qgis_iface: QgisInterface, scene: QgsRasterLayer
) -> None:
    canvas = qgis_iface.mapCanvas()
    canvas.setDestinationCrs(scene.crs())
    combo = dock.panel.extent
    combo.setCurrentIndex(combo.findData("drawn"))
    combo.activated.emit(combo.currentIndex())
    tool = canvas.mapTool()
    assert tool is not None
    tool.extentChanged.emit(QgsRectangle(500_500, 5_498_400, 502_400, 5_500_000))
    assert canvas.mapTool() is not tool
    report = ask().report
    assert (report.scene.width, report.scene.height) == (190, 160)
    assert "drawn rectangle" in dock.conversation.toPlainText()


def test_the_map_view_limits_what_is_looked_at(
    ask: Ask, dock: TerraScopeDock, qgis_iface: QgisInterface, scene: QgsRasterLayer
) -> None:
    qgis_iface.mapCanvas().setDestinationCrs(scene.crs())
    qgis_iface.mapCanvas().setExtent(QgsRectangle(500_500, 5_498_400, 501_900, 5_499_800))
    dock.panel.extent.setCurrentIndex(dock.panel.extent.findData("canvas"))
    seen = (
        qgis_iface.mapCanvas().extent().intersect(scene.extent())
    )  # wider than asked for: the canvas has its own shape
    assert seen.height() < scene.extent().height()
    bounds = QgsRectangle(*ask().report.scene.bounds)
    pixel = scene.rasterUnitsPerPixelX()
    for edge in ("xMinimum", "yMinimum", "xMaximum", "yMaximum"):
        assert getattr(bounds, edge)() == pytest.approx(getattr(seen, edge)(), abs=pixel)


def test_ctrl_enter_asks_and_a_second_question_waits_its_turn(dock: TerraScopeDock, qtbot: QtBot) -> None:
    with qtbot.waitSignal(dock.ended, timeout=180_000):
        qtbot.keyClick(dock.panel.question, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
        assert dock._task is not None
        running = dock._task
        dock.ask()
        assert dock._task is running
    assert dock.panel.question.toPlainText() == "How many hectares of water are there?"


def first_words(dock: TerraScopeDock, qtbot: QtBot) -> None:
    """Ask, and come back when the model has begun to speak."""
    seen = []
    dock.ask()
    dock._task.happened.connect(lambda event: seen.append(event) if isinstance(event, protocol.Text) else None)
    qtbot.waitUntil(lambda: bool(seen), timeout=180_000)


def test_cancel_within_a_second_leaves_nothing(dock: TerraScopeDock, settings: Settings, qtbot: QtBot) -> None:
    first_words(dock, qtbot)
    begin = time.monotonic()
    with qtbot.waitSignal(dock.ended, timeout=5_000) as ended:
        dock.panel.cancel_button.click()
    assert time.monotonic() - begin < 1.0
    assert isinstance(ended.args[0], CancelledError)
    assert "Cancelled" in dock.conversation.toPlainText()
    assert runs_in(settings) == []


def test_cancel_within_a_second_when_the_runtime_is_stuck(
    dock: TerraScopeDock, plugin: TerraScopePlugin, settings: Settings, qtbot: QtBot
) -> None:
    plugin.launcher.address()
    pid = plugin.launcher.pid
    first_words(dock, qtbot)
    os.kill(pid, signal.SIGSTOP)
    try:
        begin = time.monotonic()
        with qtbot.waitSignal(dock.ended, timeout=5_000) as ended:
            dock.panel.cancel_button.click()
        assert time.monotonic() - begin < 1.0
        assert isinstance(ended.args[0], CancelledError)
    finally:
        os.kill(pid, signal.SIGCONT)
    # the runtime notices that nobody listens and gives the device free
    qtbot.waitUntil(lambda: plugin.client.health().jobs == 0, timeout=20_000)
    assert runs_in(settings) == []


def test_a_runtime_killed_in_mid_answer(
    dock: TerraScopeDock,
    plugin: TerraScopePlugin,
    settings: Settings,
    message_bar: QgsMessageBar,
    ask: Ask,
    qtbot: QtBot,
) -> None:
    first_words(dock, qtbot)
    pid = plugin.launcher.pid
    with qtbot.waitSignal(dock.ended, timeout=10_000) as ended:
        os.kill(pid, signal.SIGKILL)
    assert isinstance(ended.args[0], RuntimeLostError)
    shown = message_bar.currentItem()
    assert "stopped before it had answered" in shown.text()
    assert shown.level() == Qgis.MessageLevel.Critical
    assert [button.text() for button in shown.findChildren(QPushButton)] == ["Details"]
    assert runs_in(settings) == []
    assert QgsProject.instance().layerTreeRoot().findGroups() == []
    assert not Path(f"/proc/{pid}").exists()  # reaped too
    again = ask()
    assert isinstance(again, AnalysisResult), again
    assert plugin.launcher.pid not in (None, pid)
    with sqlite3.connect(again.geopackage) as database:
        assert database.execute("PRAGMA integrity_check").fetchone() == ("ok",)


def test_details_open_without_blocking(
    dock: TerraScopeDock, settings: Settings, message_bar: QgsMessageBar, qtbot: QtBot, ask: Ask
) -> None:
    settings.model = "/nowhere/model"
    settings.save()
    failure = ask()
    assert isinstance(failure, AnalysisError)
    assert "/nowhere/model" in message_bar.currentItem().text()
    message_bar.currentItem().findChild(QPushButton).click()  # comes back at once
    viewers = [one for one in message_bar.window().children() if type(one).__name__ == "QgsMessageViewer"]
    assert len(viewers) == 1
    viewers[0].close()


@pytest.mark.parametrize(("question", "words"), [("  \n ", "There is no question yet")])
def test_what_is_missing_is_said(
    dock: TerraScopeDock, message_bar: QgsMessageBar, question: str, words: str, qtbot: QtBot
) -> None:
    dock.panel.question.setPlainText(question)
    with qtbot.waitSignal(dock.ended):
        dock.panel.ask_button.click()
    assert words in message_bar.currentItem().text()
    assert dock._task is None


def test_no_scene_is_said(dock: TerraScopeDock, message_bar: QgsMessageBar, qtbot: QtBot) -> None:
    QgsProject.instance().removeAllMapLayers()
    dock.panel.dates.set_dates([Acquisition()])  # files that were chosen before are still in the list
    with qtbot.waitSignal(dock.ended):
        dock.panel.ask_button.click()
    assert "There is no scene yet" in message_bar.currentItem().text()


def test_it_fits_in_360_pixels(dock: TerraScopeDock, scene: QgsRasterLayer) -> None:
    scene.setName("a very long name of a scene that nobody should ever have to read in a combo box")
    assert dock.minimumSizeHint().width() <= 360
    dock.panel.extent.setCurrentIndex(dock.panel.extent.findData("drawn"))
    dock.panel.extent.activated.emit(dock.panel.extent.currentIndex())
    assert dock.minimumSizeHint().width() <= 360


def test_a_chosen_runtime_is_kept(dock: TerraScopeDock, settings: Settings) -> None:
    chooser = dock.panel.more.runtime
    before = settings.runtime_python
    try:
        chooser.setFilePath("/opt/some/python")
        assert Settings.load().interpreter() == "/opt/some/python"
        chooser.setFilePath("")
        assert Settings.load().runtime_python == ""
    finally:
        chooser.setFilePath(before)
