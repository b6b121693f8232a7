"""Correct a mask: QGIS's own editing, then the runtime measures, and the card and the report follow."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from contextlib import closing
from typing import Any

import pytest
from pytestqt.qtbot import QtBot
from qgis.core import QgsFeature, QgsGeometry, QgsProject, QgsRectangle, QgsVectorLayer
from qgis.gui import QgisInterface, QgsMessageBar

from terrascope_qgis.client.protocol import Step
from terrascope_qgis.core.analysis import AnalysisResult
from terrascope_qgis.core.open_report import open_report
from terrascope_qgis.core.report import check_areas
from terrascope_qgis.errors import AnalysisError
from terrascope_qgis.gui.dock import TerraScopeDock

LIMIT_MS = 60_000
SQUARE = QgsRectangle(502_000, 5_499_500, 502_200, 5_499_700)  # 20 x 20 pixels in the fields


@pytest.fixture
def answer(ask: Callable[[], Any]) -> AnalysisResult:
    result = ask()
    assert isinstance(result, AnalysisResult), result
    return result


@pytest.fixture
def step(answer: AnalysisResult) -> Step:
    return next(step for step in answer.report.steps if step.pixels)


def layer_of(dock: TerraScopeDock, step: Step) -> QgsVectorLayer:
    return QgsProject.instance().mapLayer(dock.run_shown().layer_ids[step.index])


def add(layer: QgsVectorLayer, shape: QgsGeometry) -> None:
    """Draw a polygon as the tool of QGIS does."""
    feature = QgsFeature(layer.fields())
    feature.setGeometry(shape)
    assert layer.addFeature(feature)


def test_a_saved_edit_changes_figures_card_and_report(
    answer: AnalysisResult, step: Step, dock: TerraScopeDock, qtbot: QtBot, qgis_iface: QgisInterface
) -> None:
    before = dock.conversation.toPlainText()
    assert dock.correct.action.isEnabled()  # after the first answer already
    dock.correct.menu.aboutToShow.emit()
    titles = [action.text() for action in dock.correct.menu.actions()]
    assert len(titles) == len(answer.report.steps)
    entry = next(action for action in dock.correct.menu.actions() if action.text().startswith(f"{step.index} "))
    entry.trigger()
    layer = layer_of(dock, step)
    assert layer.isEditable()
    assert qgis_iface.activeLayer() is layer
    # two of QGIS's edits: everything away, a new polygon that does not follow the pixels
    layer.deleteFeatures([feature.id() for feature in layer.getFeatures()])
    shape = QgsGeometry.fromRect(SQUARE)
    shape.translate(3, 3)
    add(layer, shape)
    with qtbot.waitSignal(dock.correct.corrected, timeout=LIMIT_MS) as corrected:
        assert layer.commitChanges()
    report = corrected.args[0]
    now = report.steps[step.index - 1]
    assert (now.pixels, now.edited) == (400, True)
    assert report.answer == answer.report.answer
    run = dock.run_shown()
    assert run.report == report
    assert not layer.isEditable()
    assert not layer.readOnly()
    # the same layers, with what the file holds now
    assert layer_of(dock, step) is layer
    assert layer.featureCount() == 1
    (feature,) = layer.getFeatures()
    assert feature["area_ha"] == pytest.approx(now.area_ha)
    assert feature["phrase"] == step.phrase
    assert layer.extent().width() == pytest.approx(200)
    assert layer.name().endswith("4.00 ha")
    assert check_areas(report, answer.geopackage, QgsProject.instance().transformContext()) == []
    told = dock.conversation.toPlainText()
    assert "corrected by hand" in told
    assert "corrected by hand" not in before
    assert "4.00 ±" in told.replace("\u00a0", " ")
    kept = open_report(answer.geopackage)
    assert kept.report.edited
    assert kept.report == report
    with closing(sqlite3.connect(answer.geopackage)) as database:
        assert database.execute("PRAGMA integrity_check").fetchone() == ("ok",)


def test_saving_in_the_middle_goes_on_with_editing(
    answer: AnalysisResult, step: Step, dock: TerraScopeDock, qtbot: QtBot
) -> None:
    dock.correct.begin(dock.run_shown(), step.index)
    layer = layer_of(dock, step)
    for count, moved in ((1, 0), (2, 300)):
        shape = QgsGeometry.fromRect(SQUARE)
        shape.translate(0, -moved)
        if count == 1:
            layer.deleteFeatures([feature.id() for feature in layer.getFeatures()])
        add(layer, shape)
        with qtbot.waitSignal(dock.correct.corrected, timeout=LIMIT_MS) as corrected:
            assert layer.commitChanges(False)  # "Save layer edits": the pencil stays down
        assert corrected.args[0].steps[step.index - 1].pixels == 400 * count
        assert layer.isEditable()
        assert layer.featureCount() == count
    # an edit of the first polygon finds it under its new number
    feature = max(layer.getFeatures(), key=lambda one: one.geometry().boundingBox().yMaximum())
    assert layer.changeGeometry(feature.id(), QgsGeometry.fromRect(SQUARE.buffered(100)))
    with qtbot.waitSignal(dock.correct.corrected, timeout=LIMIT_MS) as corrected:
        assert layer.commitChanges()
    assert corrected.args[0].steps[step.index - 1].pixels == 40 * 40 + 400
    # what was given up or changes no shape is not measured
    dock.correct.begin(dock.run_shown(), step.index)
    add(layer, QgsGeometry.fromRect(SQUARE))
    layer.rollBack()
    dock.correct.begin(dock.run_shown(), step.index)
    feature = next(layer.getFeatures())
    assert layer.changeAttributeValue(feature.id(), layer.fields().indexOf("score"), 0.5)
    with qtbot.assertNotEmitted(dock.correct.corrected, wait=500):
        assert layer.commitChanges()
    assert dock.correct._task is None


def test_a_failure_is_told_and_the_layer_can_be_edited_again(
    answer: AnalysisResult, step: Step, dock: TerraScopeDock, qtbot: QtBot, message_bar: QgsMessageBar
) -> None:
    dock.correct.begin(dock.run_shown(), step.index)
    layer = layer_of(dock, step)
    add(layer, QgsGeometry.fromRect(SQUARE))
    with closing(sqlite3.connect(answer.geopackage)) as database:
        database.execute("UPDATE run SET report = '{'")
        database.commit()
    with qtbot.waitSignal(dock.correct.corrected, timeout=LIMIT_MS) as corrected:
        assert layer.commitChanges()
    assert isinstance(corrected.args[0], AnalysisError)
    assert "no report of TerraScope" in message_bar.currentItem().text()
    assert not layer.readOnly()
    assert layer.startEditing()
    layer.rollBack()


def test_a_layer_that_is_not_in_the_project_comes(
    answer: AnalysisResult, step: Step, dock: TerraScopeDock, message_bar: QgsMessageBar
) -> None:
    QgsProject.instance().removeMapLayer(layer_of(dock, step).id())
    dock.correct.begin(dock.run_shown(), step.index)
    layer = layer_of(dock, step)
    assert layer.isEditable()
    layer.rollBack()
    QgsProject.instance().removeMapLayer(layer.id())
    answer.geopackage.unlink()
    dock.correct.begin(dock.run_shown(), step.index)
    assert "cannot be opened" in message_bar.currentItem().text()
