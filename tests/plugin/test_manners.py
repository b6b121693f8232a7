"""How the plugin behaves in QGIS: it keeps to itself, and keyboard, screen readers and narrow docks all do."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from pytestqt.qtbot import QtBot
from qgis.core import QgsApplication, QgsCoordinateReferenceSystem, QgsProject, QgsRasterLayer, QgsRectangle
from qgis.gui import QgisInterface, QgsMessageBar
from qgis.PyQt.QtCore import Qt, QTimer
from qgis.PyQt.QtTest import QTest
from qgis.PyQt.QtWidgets import (
    QAbstractButton,
    QApplication,
    QComboBox,
    QGroupBox,
    QLabel,
    QMainWindow,
    QPushButton,
    QToolButton,
    QWidget,
)

from terrascope_qgis.core.analysis import AnalysisResult
from terrascope_qgis.errors import CancelledError
from terrascope_qgis.gui import ink
from terrascope_qgis.gui.dock import TerraScopeDock
from terrascope_qgis.gui.options import OptionsPage
from terrascope_qgis.plugin import TerraScopePlugin
from terrascope_qgis.settings import Settings

Ask = Callable[[], Any]
NARROW = 360  # logical pixels


@pytest.fixture(scope="module")
def window(plugin: TerraScopePlugin, qgis_iface: QgisInterface) -> Iterator[QMainWindow]:
    """A main window that holds the dock as QGIS's does, and is the active one."""
    window = QMainWindow()
    window.setCentralWidget(QWidget())
    window.resize(900, 1000)
    yield window
    if plugin.dock is not None:
        plugin.dock.setParent(qgis_iface.mainWindow())
    window.close()


@pytest.fixture
def shown(dock: TerraScopeDock, window: QMainWindow, qtbot: QtBot) -> TerraScopeDock:
    """The dock in its window, 360 pixels wide, on the page that asks."""
    window.addDockWidget(Qt.DockWidgetArea.RightDockWidgetArea, dock)
    dock.show()
    dock.pages.setCurrentIndex(0)
    activate(window, qtbot)
    window.resizeDocks([dock], [NARROW], Qt.Orientation.Horizontal)
    return dock


def activate(window: QWidget, qtbot: QtBot) -> None:
    with qtbot.waitActive(window):
        window.show()
        window.activateWindow()
        QApplication.setActiveWindow(window)


def stops(root: QWidget) -> list[QWidget]:
    """What a user must be able to reach with Tab: enabled, visible, and not part of another control."""
    inside = [root, *root.findChildren(QWidget)]
    return [
        one
        for one in inside
        if one.isVisibleTo(root)
        and one.isEnabled()
        and one.focusPolicy() & Qt.FocusPolicy.TabFocus
        and one.focusProxy() is None
        and (one.isWindow() or not one.visibleRegion().isEmpty() or not isinstance(one, QAbstractButton))
    ]


def walk(root: QWidget, begin: QWidget, key: Qt.Key = Qt.Key.Key_Tab) -> list[QWidget]:
    """Everything that has the focus, from `begin` on, until it is there again; fails in a trap."""
    begin.setFocus(Qt.FocusReason.TabFocusReason)
    first = QApplication.focusWidget()
    assert first is begin or begin.isAncestorOf(first) or begin.focusProxy() is first
    met = [first]
    for _ in range(400):
        QTest.keyClick(QApplication.focusWidget(), key)
        now = QApplication.focusWidget()
        if now is first:
            return met
        met.append(now)
    tail = ", ".join(described(one) for one in met[-6:])
    raise AssertionError(f"the focus does not come back; it was last in {tail}")


def described(widget: QWidget) -> str:
    text = widget.text() if isinstance(widget, (QAbstractButton, QLabel)) else widget.accessibleName()
    return f"{type(widget).__name__} {widget.objectName()!r} {text!r} in {type(widget.parent()).__name__}"


def missed(root: QWidget, met: list[QWidget]) -> list[str]:
    """Stops that a walk did not make."""
    reached = [*met, *(one.parentWidget() for one in met if isinstance(one.parentWidget(), QComboBox))]
    return [described(one) for one in stops(root) if one not in reached]


def unnamed(root: QWidget) -> list[str]:
    """Focusable widgets that a screen reader cannot tell by a name."""
    buddies = {label.buddy(): label.text() for label in root.findChildren(QLabel) if label.buddy() is not None}
    return [described(one) for one in stops(root) if not spoken(one, buddies).strip()]


def spoken(widget: QWidget, buddies: Mapping[QWidget, str]) -> str:
    """The name that Qt tells screen readers (`QAccessibleWidget::text`), which PyQt5 has no way to ask for."""
    own = widget.accessibleName()
    if own:
        return own
    if isinstance(widget, QAbstractButton):
        return widget.text() or widget.toolTip()
    if isinstance(widget, QGroupBox):
        return widget.title()
    return buddies.get(widget, "")


def everything_is_reached(root: QWidget, begin: QWidget) -> list[QWidget]:
    """Tab goes to every control and comes back, Shift+Tab likewise, and each has a name; returns the stops."""
    met = walk(root, begin)
    assert missed(root, met) == []
    assert missed(root, walk(root, begin, Qt.Key.Key_Backtab)) == []
    assert unnamed(root) == []
    return met


@pytest.mark.parametrize("scale", [1, 1.25, 1.5, 2])
def test_it_never_opens_by_itself_and_fits_in_360_pixels(
    scale: float, runtime_python: str, tmp_path: Path, qgis_app: QgsApplication
) -> None:
    """In a fresh profile, at each scale, in English and in words that are 1.4 times as long."""
    ours = {"QT_SCALE_FACTOR": str(scale), "QGIS_CUSTOM_CONFIG_PATH": str(tmp_path), "QT_QPA_PLATFORM": "offscreen"}
    environment = {**os.environ, **ours, "TERRASCOPE_RUNTIME_PYTHON": runtime_python}
    command = [sys.executable, str(Path(__file__).with_name("scaled_dock.py"))]
    done = subprocess.run(command, env=environment, capture_output=True, text=True, timeout=120, check=False)
    assert done.returncode == 0, done.stderr
    for language, said in json.loads(done.stdout.splitlines()[-1]).items():
        assert said["opened"] == [], language
        assert said["runtime"] is None
        assert said["scale"] == scale
        for page in ("dock", "first run", "models"):
            assert said[page] <= NARROW, (language, page, said[page])
        assert said["outside"] == [], language


def test_the_keyboard_reaches_the_whole_form(shown: TerraScopeDock) -> None:
    shown.panel.bands.setCollapsed(False)
    shown.panel.more.setCollapsed(False)
    met = everything_is_reached(shown.widget(), shown.panel.question)
    for control in (shown.panel.ask_button, shown.panel.history, shown.panel.models_button, shown.conversation):
        assert control in met


def test_the_keyboard_reaches_the_first_run_page(shown: TerraScopeDock) -> None:
    shown.show_runtime()
    shown.first_run.ways.setCollapsed(False)
    everything_is_reached(shown.first_run, shown.first_run.ask_button)


def test_the_keyboard_reaches_the_page_of_models(shown: TerraScopeDock, qtbot: QtBot) -> None:
    page = shown.show_models()
    activate(page, qtbot)
    qtbot.waitUntil(lambda: page.table.topLevelItemCount() > 0)
    everything_is_reached(page, page.table)
    page.close()


def test_the_keyboard_reaches_all_options(settings: Settings, qtbot: QtBot) -> None:  # noqa: ARG001 - kept for one test
    page = OptionsPage(lambda: None, lambda: None, lambda: None)
    qtbot.addWidget(page)
    activate(page, qtbot)
    everything_is_reached(page, page.tier)


def test_ctrl_enter_asks_and_escape_cancels(shown: TerraScopeDock, qtbot: QtBot) -> None:
    shown.panel.question.setFocus()
    QTest.keyClick(shown.panel.question, Qt.Key.Key_Escape)  # nothing to cancel: nothing happens
    QTest.keyClick(shown.panel.question, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    assert shown.panel.cancel_button.isVisible()
    with qtbot.waitSignal(shown.ended, timeout=5_000) as ended:
        QTest.keyClick(QApplication.focusWidget(), Qt.Key.Key_Escape)
    assert isinstance(ended.args[0], CancelledError)
    assert shown.panel.ask_button.isVisible()


def test_the_marks_and_actions_of_an_answer_work_by_keyboard(shown: TerraScopeDock, ask: Ask, qtbot: QtBot) -> None:
    """In a project without a CRS, which is nothing to complain about."""
    QgsProject.instance().setCrs(QgsCoordinateReferenceSystem())
    result = ask()
    assert isinstance(result, AnalysisResult), result
    marks = [step.index for step in result.report.steps]
    clicked = []
    shown.conversation.links.clicked.connect(lambda run, index: clicked.append(index))
    shown.conversation.links.switched.connect(lambda run, index: clicked.append(-index))
    met = everything_is_reached(shown.widget(), shown.panel.question)
    assert met.count(shown.conversation) > len(marks)  # each link is a stop
    shown.conversation.setFocus(Qt.FocusReason.TabFocusReason)
    while QApplication.focusWidget() is shown.conversation:
        QTest.keyClick(shown.conversation, Qt.Key.Key_Return)
        QTest.keyClick(shown.conversation, Qt.Key.Key_Tab)
    assert set(marks) <= set(clicked)
    assert {-index for index in marks} <= set(clicked)
    assert menu_of_the_rest(shown, qtbot) <= {action.text() for action in shown.answer_actions.actions()}


def menu_of_the_rest(dock: TerraScopeDock, qtbot: QtBot) -> set[str]:
    """The texts in the menu of the actions that have no room, opened by Space."""
    rest = dock.answer_actions.findChild(QToolButton, "qt_toolbar_ext_button")
    assert rest.isVisible()
    read: list[str] = []

    def read_and_close() -> None:
        menu = QApplication.activePopupWidget()
        read.extend(action.text() for action in menu.actions())
        menu.close()

    QTimer.singleShot(200, read_and_close)
    rest.setFocus(Qt.FocusReason.TabFocusReason)
    QTest.keyClick(rest, Qt.Key.Key_Space)
    qtbot.waitUntil(lambda: bool(read))
    assert {"Export report…", "Open report…"} <= set(read)
    return set(read)


def test_the_map_view_of_a_project_without_a_crs_is_asked_about_or_refused_in_words(
    dock: TerraScopeDock, message_bar: QgsMessageBar, ask: Ask, qgis_iface: QgisInterface, scene: QgsRasterLayer
) -> None:
    """Its coordinates are taken for those of the scene, which is how QGIS shows the scene then."""
    QgsProject.instance().setCrs(QgsCoordinateReferenceSystem())
    qgis_iface.mapCanvas().setDestinationCrs(QgsCoordinateReferenceSystem())
    corner = scene.extent()
    corner.scale(0.5)
    qgis_iface.mapCanvas().setExtent(corner)
    dock.panel.extent.setCurrentIndex(dock.panel.extent.findData("canvas"))
    result = ask()
    assert isinstance(result, AnalysisResult), result
    assert scene.extent().contains(QgsRectangle(*result.report.scene.bounds))
    assert QgsRectangle(*result.report.scene.bounds).height() < scene.extent().height()  # the canvas has its own shape


def test_colour_is_never_the_only_sign(dock: TerraScopeDock, ask: Ask) -> None:
    """What stands in the colours of good and bad has a sign too; a chip has its number."""
    result = ask()
    assert isinstance(result, AnalysisResult), result
    report = result.report
    claims = tuple(replace(report.claims[0], agrees=agrees) for agrees in (True, False)) if report.claims else ()
    steps = tuple(replace(step, score=0.1) for step in report.steps)
    dock.conversation.add_report(replace(report, claims=claims, steps=steps), dock._current)
    dock.conversation.add_note("A note.")
    palette, met = dock.conversation.palette(), []
    block = dock.conversation.document().begin()
    while block.isValid():
        iterator = block.begin()
        while not iterator.atEnd():
            piece = iterator.fragment()
            colour = piece.charFormat().foreground().color().name()
            if colour in (ink.warm(palette), ink.good(palette)) and re.search(r"\w", piece.text()):
                met.append(colour)
                assert re.search("[⚠✓✗]", piece.text()), piece.text()
            iterator += 1
        block = block.next()
    assert ink.warm(palette) in met
    assert not claims or ink.good(palette) in met


def test_teaching_is_reached_too(shown: TerraScopeDock, ask: Ask) -> None:
    ask()
    shown.teach.action.trigger()
    met = everything_is_reached(shown.widget(), shown.panel.question)
    assert shown.teach.panel.done_button in met
    shown.teach.action.trigger()


def test_a_failure_has_details_and_the_log_has_the_rest(
    dock: TerraScopeDock, settings: Settings, message_bar: QgsMessageBar, ask: Ask
) -> None:
    settings.model = "/nowhere/model"
    settings.save()
    logged: list[tuple[str, str]] = []
    log = QgsApplication.messageLog()
    log.messageReceived.connect(lambda text, tab, _level: logged.append((tab, text)))
    failure = ask()
    assert failure.user_message in message_bar.currentItem().text()
    assert [button.text() for button in message_bar.currentItem().findChildren(QPushButton)] == ["Details"]
    assert ("TerraScope", failure.user_message + "\n" + failure.detail) in logged
