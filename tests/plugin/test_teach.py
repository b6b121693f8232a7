"""Teach it here: clicks and outlines on the canvas change the answer in its place."""

from __future__ import annotations

import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from pytestqt.qtbot import QtBot
from qgis.core import QgsGeometry, QgsPointXY, QgsProject, QgsRasterLayer, QgsRectangle
from qgis.gui import QgisInterface, QgsMapCanvas, QgsMapToolPan, QgsMessageBar
from qgis.PyQt.QtCore import QEvent, QPoint, QPointF, Qt
from qgis.PyQt.QtGui import QKeyEvent, QMouseEvent
from qgis.PyQt.QtWidgets import QApplication

from terrascope_qgis.core.analysis import AnalysisResult
from terrascope_qgis.core.layer_groups import group_of, present
from terrascope_qgis.core.open_report import open_report
from terrascope_qgis.core.report import check_areas
from terrascope_qgis.gui.dock import TerraScopeDock
from terrascope_qgis.settings import Settings

LIMIT_MS = 120_000
FIELD, LAKE = QgsPointXY(502_300, 5_499_700), QgsPointXY(501_400, 5_499_100)


@pytest.fixture
def canvas(qgis_iface: QgisInterface, scene: QgsRasterLayer) -> QgsMapCanvas:
    canvas = qgis_iface.mapCanvas()
    canvas.resize(400, 400)
    canvas.setDestinationCrs(scene.crs())
    canvas.setExtent(scene.extent())
    return canvas


def spot(canvas: QgsMapCanvas, place: QgsPointXY) -> QPoint:
    return canvas.getCoordinateTransform().transform(place).toQPointF().toPoint()


def click(qtbot: QtBot, canvas: QgsMapCanvas, place: QgsPointXY, button: Any) -> None:  # noqa: ANN401
    qtbot.mouseClick(canvas.viewport(), button, pos=spot(canvas, place))


def test_an_answer_is_taught_undone_and_kept(
    ask: Callable[[], Any],
    dock: TerraScopeDock,
    canvas: QgsMapCanvas,
    qtbot: QtBot,
    settings: Settings,
) -> None:
    result = ask()
    assert isinstance(result, AnalysisResult), result
    number = dock._current
    run = dock.runs[number]
    untaught, phrase = result.report, next(step.phrase for step in result.report.steps if step.pixels)
    ids = set(run.layer_ids.values())
    dock.teach.action.trigger()
    assert dock.teach.panel.isVisibleTo(dock)
    dock.teach.panel.phrase.setCurrentText(phrase)
    # two clicks that follow one another are one question
    with qtbot.waitSignal(dock.teach.settled, timeout=LIMIT_MS):
        click(qtbot, canvas, LAKE, Qt.MouseButton.LeftButton)
        click(qtbot, canvas, FIELD, Qt.MouseButton.RightButton)
        assert len(dock.teach.marks) == 2
    assert [(one.phrase, one.inside) for one in run.report.examples] == [(phrase, True), (phrase, False)]
    assert run.report.taught[phrase] == 2
    assert run is dock.run_shown()
    assert f"{phrase}: 2 examples" in dock.conversation.toPlainText()
    assert run.geopackage != result.geopackage
    project = QgsProject.instance()
    assert present(result.geopackage, project) == {}
    assert set(run.layer_ids.values()) >= ids  # the same layers show the new file
    names = [node.name() for node in group_of(run.geopackage, project).findLayers()]
    assert "examples: points" in names
    assert len(project.layerTreeRoot().findGroups()) == 1
    assert check_areas(run.report, run.geopackage, project.transformContext()) == []
    # a drawn outline, with Shift
    once = run.geopackage
    canvas.setFocus()
    with qtbot.waitSignal(dock.teach.settled, timeout=LIMIT_MS):
        corners = [spot(canvas, QgsPointXY(LAKE.x() + dx, LAKE.y() + dy)) for dx, dy in ((0, 0), (90, 0), (90, 90))]
        shift = Qt.KeyboardModifier.ShiftModifier
        qtbot.mousePress(canvas.viewport(), Qt.MouseButton.LeftButton, shift, corners[0])
        for corner in corners[1:]:
            left, none = Qt.MouseButton.LeftButton, Qt.MouseButton.NoButton
            moved = QMouseEvent(QEvent.Type.MouseMove, QPointF(corner), none, left, shift)
            QApplication.sendEvent(canvas.viewport(), moved)
        qtbot.mouseRelease(canvas.viewport(), Qt.MouseButton.LeftButton, shift, corners[-1])
        assert len(dock.teach.marks) == 3
    assert run.report.examples[2].wkt.lower().startswith(("polygon", "multipolygon"))
    assert not once.exists()  # answers in between are not kept
    assert result.geopackage.exists()
    # what is kept can be taught on
    kept = open_report(run.geopackage)
    assert kept.report.examples == run.report.examples
    assert kept.request.examples == run.report.examples
    # all is taken back
    with qtbot.waitSignal(dock.teach.settled, timeout=LIMIT_MS):
        QApplication.sendEvent(
            canvas, QKeyEvent(QEvent.Type.KeyPress, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
        )
        assert len(dock.teach.marks) == 2
        dock.teach.panel.clear_button.click()
        assert len(dock.teach.marks) == 0
    assert run.report.examples == ()
    assert [step.pixels for step in run.report.steps] == [step.pixels for step in untaught.steps]
    assert "examples" not in dock.conversation.frames._frames[number].firstCursorPosition().block().text()
    dock.teach.panel.done_button.click()
    assert not dock.teach.panel.isVisibleTo(dock)
    assert not dock.teach.action.isChecked()
    assert canvas.mapTool() is not dock.teach._tool


@pytest.fixture
def opened(ask: Callable[[], Any], dock: TerraScopeDock, canvas: QgsMapCanvas) -> Path:  # noqa: ARG001
    """An answer that is being taught."""
    result = ask()
    dock.teach.action.trigger()
    return result.geopackage


def test_what_cannot_be_shown_is_said(
    opened: Path, dock: TerraScopeDock, canvas: QgsMapCanvas, message_bar: QgsMessageBar
) -> None:
    dock.teach.show_place(QgsGeometry.fromPointXY(QgsPointXY(10, 10)), True)
    assert "beyond the scene" in message_bar.currentItem().text()
    dock.teach.panel.phrase.setCurrentText("  ")
    dock.teach.show_place(QgsGeometry.fromPointXY(LAKE), True)
    assert "choose a class" in message_bar.currentItem().text()
    assert len(dock.teach.marks) == 0
    # another tool of QGIS ends it
    pan = QgsMapToolPan(canvas)
    canvas.setMapTool(pan)
    assert not dock.teach.action.isChecked()
    assert canvas.mapTool() is pan
    canvas.unsetMapTool(pan)


def test_a_newer_example_stops_what_is_on_its_way(
    opened: Path, dock: TerraScopeDock, canvas: QgsMapCanvas, qtbot: QtBot
) -> None:
    with qtbot.waitSignal(dock.teach.settled, timeout=LIMIT_MS):
        dock.teach.show_place(QgsGeometry.fromPointXY(LAKE), True)
        qtbot.waitUntil(lambda: dock.teach._task is not None, timeout=5_000)
        dock.teach.show_place(QgsGeometry.fromPointXY(FIELD), False)
    assert len(dock.run_shown().report.examples) == 2
    folder = Path(Settings.load().runs_folder)
    assert sorted(folder.glob("*.gpkg")) == sorted({opened, dock.run_shown().geopackage})


def test_a_report_that_was_taught_opens_with_its_examples(
    opened: Path, dock: TerraScopeDock, canvas: QgsMapCanvas, qtbot: QtBot
) -> None:
    with qtbot.waitSignal(dock.teach.settled, timeout=LIMIT_MS):
        dock.teach.show_place(QgsGeometry.fromPointXY(LAKE), True)
    dock.teach.end()
    taught = dock.run_shown().geopackage
    dock.conversation.clear()
    with qtbot.waitSignal(dock.keeping.opened, timeout=LIMIT_MS):
        dock.keeping.open(taught)
    dock.teach.action.trigger()
    assert len(dock.teach.marks) == 1
    assert dock.teach._task is None
    with qtbot.waitSignal(dock.teach.settled, timeout=LIMIT_MS):
        dock.teach.undo()
    assert dock.run_shown().report.examples == ()


def test_it_fits_in_360_pixels(opened: Path, dock: TerraScopeDock) -> None:
    assert dock.minimumSizeHint().width() <= 360


def test_how_long_it_takes(opened: Path, dock: TerraScopeDock, qtbot: QtBot) -> None:
    """Not a limit, the machine may be busy: the seconds are printed."""
    for place in (LAKE, FIELD):
        begin = time.monotonic()
        with qtbot.waitSignal(dock.teach.settled, timeout=LIMIT_MS):
            dock.teach.show_place(QgsGeometry.fromPointXY(place), place is LAKE)
        print("taught in", round(time.monotonic() - begin, 2), dock.run_shown().report.timings)
    assert QgsRectangle(*dock.run_shown().report.scene.bounds).contains(LAKE)
