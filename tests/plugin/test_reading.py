"""Reading an answer: masks light up on the map, boxes show and hide their layers, and figures are copied."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from pytestqt.qtbot import QtBot
from qgis.core import QgsApplication, QgsFeature, QgsGeometry, QgsProject, QgsRasterLayer, QgsRectangle, QgsVectorLayer
from qgis.gui import QgisInterface, QgsMapCanvas
from qgis.PyQt.QtCore import QEvent, QPoint, QPointF, Qt, QUrl
from qgis.PyQt.QtGui import QFocusEvent, QMouseEvent
from qgis.PyQt.QtWidgets import QApplication

from terrascope_qgis.client import protocol
from terrascope_qgis.core.analysis import AnalysisResult
from terrascope_qgis.core.answer_csv import as_csv
from terrascope_qgis.core.answer_text import as_markdown, as_text
from terrascope_qgis.gui import mask_light
from terrascope_qgis.gui.dock import TerraScopeDock
from terrascope_qgis.gui.mask_light import polygons_of
from terrascope_qgis.gui.run import Run

ANSWERS: list[AnalysisResult] = []


@pytest.fixture
def canvas(qgis_iface: QgisInterface, scene: QgsRasterLayer) -> QgsMapCanvas:
    canvas = qgis_iface.mapCanvas()
    canvas.setDestinationCrs(scene.crs())
    canvas.setExtent(scene.extent())
    return canvas


@pytest.fixture
def number(dock: TerraScopeDock, ask: Callable[[], Any], canvas: QgsMapCanvas, qtbot: QtBot) -> int:  # noqa: ARG001
    """Number of a run that is answered; the runtime answers once, the others tests read the same answer again."""
    if ANSWERS:
        dock._current = dock.conversation.begin(ANSWERS[0].report.question, "lake and town")
        dock.runs[dock._current] = Run(protocol.AskRequest(ANSWERS[0].report.question, ()))
        with qtbot.waitSignal(dock.ended):
            dock._ended(ANSWERS[0])
    else:
        result = ask()
        assert isinstance(result, AnalysisResult), result
        ANSWERS.append(result)
    return dock._current


@pytest.fixture
def step(number: int, dock: TerraScopeDock) -> protocol.Step:
    """A region that was found."""
    return next(step for step in dock.runs[number].report.steps if step.pixels)


def chip_spot(dock: TerraScopeDock, address: str) -> QPoint:
    """Where on the viewport the last link with an address is."""
    document, found = dock.conversation.document(), None
    block = document.begin()
    while block.isValid():
        pieces = block.begin()
        while not pieces.atEnd():
            if pieces.fragment().charFormat().anchorHref() == address:
                found = pieces.fragment().position()
            pieces += 1
        block = block.next()
    assert found is not None, address
    cursor = dock.conversation.textCursor()
    cursor.setPosition(found + 1)
    dock.conversation.setTextCursor(cursor)  # scrolls it into view
    return dock.conversation.cursorRect(cursor).center() + QPoint(2, 0)


def move_to(dock: TerraScopeDock, spot: QPoint) -> None:
    viewport = dock.conversation.viewport()
    place, everywhere = QPointF(spot), QPointF(viewport.mapToGlobal(spot))
    none = Qt.MouseButton.NoButton
    move = QMouseEvent(QEvent.Type.MouseMove, place, everywhere, none, none, Qt.KeyboardModifier.NoModifier)
    QApplication.sendEvent(viewport, move)


def show(dock: TerraScopeDock) -> None:
    """Links are only found where text is laid out to be seen."""
    dock.window().resize(900, 900)
    dock.resize(360, 800)
    dock.window().show()
    dock.show()


def lit(dock: TerraScopeDock) -> QgsGeometry:
    return dock._evidence.light.lit()


def test_pointing_at_a_chip_lights_its_polygons_until_the_pointer_leaves(
    number: int, step: protocol.Step, dock: TerraScopeDock
) -> None:
    show(dock)
    layer = QgsProject.instance().mapLayer(dock.runs[number].layer_ids[step.index])
    whole = sum(feature.geometry().area() for feature in layer.getFeatures())
    move_to(dock, chip_spot(dock, f"mask:{number}.{step.index}"))
    assert lit(dock).area() == pytest.approx(whole, rel=0.05)  # outlines are as fine as the map shows them
    QApplication.sendEvent(dock.conversation.viewport(), QEvent(QEvent.Type.Leave))
    assert lit(dock).isEmpty()


def test_the_keyboard_lights_and_leaves_and_goes_there(
    number: int, step: protocol.Step, dock: TerraScopeDock, canvas: QgsMapCanvas, qtbot: QtBot
) -> None:
    conversation, reached = dock.conversation, []
    conversation.links.entered.connect(lambda run, index: reached.append((run, index)))
    cursor = conversation.textCursor()
    cursor.setPosition(0)
    conversation.setTextCursor(cursor)
    for _ in range(60):
        qtbot.keyClick(conversation, Qt.Key.Key_Tab)
        if conversation.textCursor().charFormat().anchorHref() == f"mask:{number}.{step.index}":
            break
    assert reached[-1] == (number, step.index)
    assert not lit(dock).isEmpty()
    canvas.setExtent(QgsRectangle(0, 0, 1, 1))
    qtbot.keyClick(conversation, Qt.Key.Key_Return)
    assert canvas.extent().contains(QgsRectangle(*step.bounds))
    QApplication.sendEvent(conversation, QFocusEvent(QEvent.Type.FocusOut))
    assert lit(dock).isEmpty()


def test_polygons_come_from_the_geopackage_when_the_layer_is_gone(
    number: int, step: protocol.Step, dock: TerraScopeDock
) -> None:
    QgsProject.instance().removeAllMapLayers()
    dock.conversation.highlighted.emit(QUrl(f"mask:{number}.{step.index}"))
    box = QgsRectangle(*step.bounds)
    assert lit(dock).boundingBox().width() == pytest.approx(box.width(), rel=0.05)
    assert lit(dock).area() < 0.95 * box.width() * box.height()  # the lake is round
    dock.conversation.highlighted.emit(QUrl())
    assert lit(dock).isEmpty()


def test_bounds_are_lit_while_the_answer_comes(step: protocol.Step, dock: TerraScopeDock) -> None:
    report = ANSWERS[0].report
    dock._current = dock.conversation.begin("Again?", "")
    dock.runs[dock._current] = Run(protocol.AskRequest("Again?", ()))
    dock._happened(protocol.Mask(step, report.scene.crs))
    dock.conversation.highlighted.emit(QUrl(f"mask:{dock._current}.{step.index}"))
    box = QgsRectangle(*step.bounds)
    assert lit(dock).area() == pytest.approx(box.width() * box.height())
    dock.conversation.highlighted.emit(QUrl())


def test_only_so_many_polygons_are_lit(qgis_new_project: None, monkeypatch: pytest.MonkeyPatch) -> None:
    layer = QgsVectorLayer("Polygon?crs=EPSG:32633", "many", "memory")
    features = []
    for number in range(50):
        feature = QgsFeature()
        feature.setGeometry(QgsGeometry.fromRect(QgsRectangle(20 * number, 0, 20 * number + 10, 10)))
        features.append(feature)
    layer.dataProvider().addFeatures(features)
    monkeypatch.setattr(mask_light, "LONGEST_MS", 60_000)
    assert polygons_of(layer, 0).area() == pytest.approx(5000)
    monkeypatch.setattr(mask_light, "MOST_POLYGONS", 7)
    assert polygons_of(layer, 0).area() == pytest.approx(700)
    monkeypatch.setattr(mask_light, "MOST_VERTICES", 10)  # five points each
    assert polygons_of(layer, 0).area() == pytest.approx(200)


def test_a_box_shows_and_hides_its_layer_and_follows_the_tree(
    number: int, step: protocol.Step, dock: TerraScopeDock, qtbot: QtBot
) -> None:
    root, frames = QgsProject.instance().layerTreeRoot(), dock.conversation.frames

    def node() -> Any:  # noqa: ANN401
        return root.findLayer(dock.runs[number].layer_ids[step.index])

    def says(on: bool) -> None:
        qtbot.waitUntil(lambda: frames.switches(number)[step.index] is on, timeout=2000)

    box = QUrl(f"layer:{number}.{step.index}")
    says(True)
    dock.conversation.anchorClicked.emit(box)
    assert not node().isVisible()
    says(False)
    dock.conversation.anchorClicked.emit(box)
    assert node().isVisible()
    says(True)
    node().parent().setItemVisibilityChecked(False)  # the whole group, in the layer panel
    says(False)
    dock.conversation.anchorClicked.emit(box)  # shows the group as well
    assert node().isVisible()
    says(True)
    QgsProject.instance().removeMapLayer(node().layerId())
    says(False)
    dock.conversation.anchorClicked.emit(box)  # it is opened again
    assert node().isVisible()
    says(True)


def test_a_box_keeps_the_focus_when_it_changes(
    number: int, step: protocol.Step, dock: TerraScopeDock, qtbot: QtBot
) -> None:
    conversation = dock.conversation
    cursor = conversation.textCursor()
    cursor.setPosition(0)
    conversation.setTextCursor(cursor)
    for _ in range(60):
        qtbot.keyClick(conversation, Qt.Key.Key_Tab)
        if conversation.textCursor().charFormat().anchorHref() == f"layer:{number}.{step.index}":
            break
    assert conversation.textCursor().hasSelection()
    begin, end = conversation.textCursor().selectionStart(), conversation.textCursor().selectionEnd()
    was = conversation.frames.switches(number)[step.index]
    conversation.frames.show_switch(number, step.index, not was)
    assert (conversation.textCursor().selectionStart(), conversation.textCursor().selectionEnd()) == (begin, end)
    assert conversation.frames.switches(number)[step.index] is not was


def test_the_answer_is_copied_as_text_markdown_and_csv(number: int, dock: TerraScopeDock) -> None:
    report = dock.runs[number].report
    assert dock.copy.action.isEnabled()
    written = []
    for action in dock.copy.action.menu().actions():
        action.trigger()
        written.append(QgsApplication.clipboard().text())
    assert written == [as_text(report), as_markdown(report), as_csv(report)]
    assert QgsApplication.clipboard().mimeData().hasFormat("text/csv")


def test_the_context_menu_copies_the_answer_that_is_there(number: int, dock: TerraScopeDock) -> None:
    show(dock)
    dock.conversation.begin("Another question?", "")
    menu = dock.copy.menu_at(chip_spot(dock, f"layer:{number}.1"))
    words = [action.text() for action in menu.actions() if action.menu() is not None]
    assert words == ["Copy answer"]
    copies = menu.actions()[-1].menu()
    copies.actions()[0].trigger()
    assert QgsApplication.clipboard().text() == as_text(dock.runs[number].report)
    below = QPoint(20, dock.conversation.viewport().height() - 2)
    dock.conversation.verticalScrollBar().setValue(dock.conversation.verticalScrollBar().maximum())
    other = dock.copy.menu_at(below)
    assert "Copy answer" not in [action.text() for action in other.actions()]


def test_the_context_menu_stays_open(number: int, dock: TerraScopeDock) -> None:  # noqa: ARG001
    show(dock)
    dock.conversation.customContextMenuRequested.emit(QPoint(20, 20))
    opened = QApplication.activePopupWidget()
    assert opened is not None
    opened.close()


def test_the_answer_stands_once_and_its_card_names_the_ellipsoid(number: int, dock: TerraScopeDock) -> None:
    report = dock.runs[number].report
    begin = dock.conversation.toPlainText().rindex("lake and town")
    words = " ".join(dock.conversation.toPlainText()[begin:].split())
    assert words.startswith(f"lake and town {report.answer} ")
    assert f"{report.answer} {report.answer}" not in words
    assert f"ellipsoid {report.scene.ellipsoid}" in words
    assert "Sure or not" in words
    assert report.scene.asked_area_ha == pytest.approx(report.scene.valid_area_ha)
    assert "No data" not in words  # the scene has data everywhere
