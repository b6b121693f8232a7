"""Every widget of the plugin that needs nothing but Qt, really built under Qt 6, shown and looked at."""

from __future__ import annotations

import importlib
import pkgutil
from collections.abc import Callable
from dataclasses import replace

import pytest
from PyQt6.QtCore import QPoint, QRectF, Qt
from PyQt6.QtGui import QAction, QColor, QFont, QImage, QPainter, QPalette
from PyQt6.QtWidgets import QApplication, QLabel, QTextBrowser, QWidget
from pytestqt.qtbot import QtBot

import terrascope_qgis.gui
from terrascope_qgis.client import protocol
from terrascope_qgis.client.protocol import ClassQuality
from terrascope_qgis.core.chart_data import chart_of
from terrascope_qgis.gui.action_bar import ActionBar
from terrascope_qgis.gui.band_mapping import BandGroup
from terrascope_qgis.gui.chart import chart_size, paint_chart
from terrascope_qgis.gui.choices_group import ChoicesGroup
from terrascope_qgis.gui.class_lights import ClassLights
from terrascope_qgis.gui.conversation import Conversation
from terrascope_qgis.gui.day_edit import DayEdit
from terrascope_qgis.gui.elided_label import ElidedLabel
from terrascope_qgis.gui.first_run import FirstRunPage
from terrascope_qgis.gui.fitted_label import FittedLabel
from terrascope_qgis.gui.fold import Fold
from terrascope_qgis.gui.follow_up import FollowUp
from terrascope_qgis.gui.form_area import FormArea
from terrascope_qgis.gui.help_button import HelpButton
from terrascope_qgis.gui.history_menu import HistoryMenu, HistoryPopup
from terrascope_qgis.gui.install_view import InstallView
from terrascope_qgis.gui.install_ways import InstallWays
from terrascope_qgis.gui.mask_chip import mask_chip
from terrascope_qgis.gui.menu_button import MenuButton
from terrascope_qgis.gui.model_details import ModelDetails
from terrascope_qgis.gui.model_quality import ModelQuality
from terrascope_qgis.gui.model_settings import ModelSettings
from terrascope_qgis.gui.model_table import ModelTable
from terrascope_qgis.gui.needs import Needs
from terrascope_qgis.gui.options import OptionsPage
from terrascope_qgis.gui.question_box import QuestionBox
from terrascope_qgis.gui.quiet_label import QuietLabel
from terrascope_qgis.gui.remote_group import RemoteGroup
from terrascope_qgis.gui.state_row import READY, WARNING, StateRow
from terrascope_qgis.gui.store_progress import StoreProgress
from terrascope_qgis.gui.swatch import Swatch
from terrascope_qgis.gui.teach_panel import TeachPanel
from terrascope_qgis.gui.template_menu import TemplateMenu
from terrascope_qgis.settings import Settings
from tests.qt6.names import REPOSITORY

DATA = REPOSITORY / "tests" / "data"
REPORT = protocol.read_event((DATA / "answer.ndjson").read_bytes().splitlines()[-1]).report
MODELS = [
    event.entry
    for event in map(protocol.read_event, (DATA / "store.ndjson").read_bytes().splitlines())
    if isinstance(event, protocol.Stored)
]
BLUE, RED = QColor("#1e88e5"), QColor("#e53935")
FIGURES = {"rgb": {"water": ClassQuality(0.86, 1.9), "trees": ClassQuality(0.4, 9.0)}}


def answered() -> Conversation:
    conversation = Conversation()
    conversation.begin(REPORT.question, "a scene")
    for step in REPORT.steps:
        conversation.add_mask(step, BLUE if step.phrase == "water" else RED)
    conversation.add_report(REPORT)
    return conversation


def chip() -> QTextBrowser:
    browser = QTextBrowser()
    browser.setHtml(mask_chip(1, 2, "2 built-up", RED, "a title"))
    return browser


def popup() -> HistoryPopup:
    menu = HistoryMenu()
    menu.open()
    menu.popup.list.addItem("How many hectares of water are there?")
    menu.popup.menu = menu  # lives as long
    return menu.popup


def bar() -> ActionBar:
    bar = ActionBar("Buttons")
    bar.addAction(QAction("Ask", bar))
    return bar


def told(widget: QWidget, method: str, *arguments: object) -> QWidget:
    """A widget with something to show."""
    getattr(widget, method)(*arguments)
    return widget


BUILT: dict[str, Callable[[], QWidget]] = {
    "ActionBar": bar,
    "BandGroup": BandGroup,
    "ChoicesGroup": ChoicesGroup,
    "ClassLights": lambda: told(ClassLights(), "show_figures", FIGURES, "rgb"),
    "Conversation": answered,
    "DayEdit": DayEdit,
    "ElidedLabel": lambda: told(ElidedLabel(), "set_whole", "/a/path/that/is/long/" * 20),
    "FirstRunPage": lambda: FirstRunPage(lambda: None, lambda: ""),
    "FittedLabel": lambda: told(FittedLabel(), "set_whole", "One sentence, and /a/path/that/is/long/" * 9),
    "Fold": lambda: told(Fold(), "setTitle", "Advanced"),
    "FollowUp": FollowUp,
    "FormArea": lambda: FormArea(QLabel("A form")),
    "HelpButton": lambda: HelpButton("ask", "Help"),
    "HistoryMenu": HistoryMenu,
    "HistoryPopup": popup,
    "InstallView": InstallView,
    "InstallWays": InstallWays,
    "MenuButton": lambda: told(MenuButton(), "setText", "Templates…"),
    "ModelDetails": lambda: told(ModelDetails(), "show_model", MODELS[0]),
    "ModelQuality": lambda: told(ModelQuality(), "show_model", replace(MODELS[0], quality="small"), "rgb"),
    "ModelSettings": ModelSettings,
    "ModelTable": lambda: told(ModelTable(), "show_models", MODELS, MODELS[0].id),
    "Needs": Needs,
    "OptionsPage": lambda: OptionsPage(lambda: None, lambda: None, lambda: None),
    "QuestionBox": QuestionBox,
    "QuietLabel": lambda: told(QuietLabel(), "tell", "256 × 256 pixels", True),
    "RemoteGroup": lambda: RemoteGroup(Settings()),
    "StateRow": lambda: told(StateRow("Runtime"), "show_state", WARNING, "It is old.", "&Update"),
    "StoreProgress": lambda: told(StoreProgress(), "begin", "Fetching", 100),
    "Swatch": lambda: told(Swatch(), "_show", QImage()),
    "TeachPanel": lambda: told(TeachPanel(), "open", ["water", "trees"], [(1, "2017-06-04"), (2, "2018-03-30")]),
    "TemplateMenu": TemplateMenu,
}
# These show layers, or ask about them.
NEED_QGIS = {
    "AskPanel",
    "CaptureRow",
    "DatesForm",
    "ExtentChoice",
    "ModelsDialog",
    "RasterChoice",
    "TerraScopeDock",
}


def test_each_widget_of_the_plugin_is_in_one_of_the_two_lists() -> None:
    there = set()
    for found in pkgutil.iter_modules(terrascope_qgis.gui.__path__):
        module = importlib.import_module(f"terrascope_qgis.gui.{found.name}")
        classes = [one for one in vars(module).values() if isinstance(one, type) and issubclass(one, QWidget)]
        there |= {one.__name__ for one in classes if one.__module__ == module.__name__}
    assert there == set(BUILT) | NEED_QGIS
    assert not set(BUILT) & NEED_QGIS


def colours(picture: QImage) -> set[str]:
    """Those of a picture."""
    return {
        picture.pixelColor(x, y).name() for x in range(0, picture.width(), 2) for y in range(0, picture.height(), 2)
    }


def dark() -> QPalette:
    """Of a theme at night."""
    palette = QPalette(QColor("#333333"), QColor("#2b2b2b"))
    palette.setColor(QPalette.ColorRole.Base, QColor("#1e1e1e"))
    palette.setColor(QPalette.ColorRole.Text, QColor("#e8e8e8"))
    palette.setColor(QPalette.ColorRole.WindowText, QColor("#e8e8e8"))
    return palette


@pytest.mark.parametrize("name", BUILT)
def test_it_is_shown_in_both_themes_at_any_size_and_takes_keys(name: str, qtbot: QtBot) -> None:
    """An exception in a method that Qt calls fails the test too."""
    widget = BUILT[name]()
    qtbot.addWidget(widget)
    widget.resize(360, 300)
    widget.show()
    qtbot.waitExposed(widget)
    light = widget.grab().toImage()
    assert len(colours(light)) > 1
    widget.setPalette(dark())
    widget.resize(200, 500)
    QApplication.processEvents()
    assert colours(widget.grab().toImage()) != colours(light)
    for key in (Qt.Key.Key_Tab, Qt.Key.Key_Down, Qt.Key.Key_A, Qt.Key.Key_Return, Qt.Key.Key_Escape):
        qtbot.keyClick(widget, key)
    qtbot.mouseMove(widget, QPoint(20, 20))
    widget.setEnabled(False)
    QApplication.processEvents()


def test_the_chips_of_an_answer_have_the_colours_of_its_masks(qtbot: QtBot) -> None:
    conversation = answered()
    qtbot.addWidget(conversation)
    conversation.resize(500, 1500)
    conversation.show()
    seen = colours(conversation.grab().toImage())
    assert {BLUE.name(), RED.name()} <= seen


def test_a_chip_alone(qtbot: QtBot) -> None:
    browser = chip()
    qtbot.addWidget(browser)
    browser.show()
    assert RED.name() in colours(browser.grab().toImage())


@pytest.mark.parametrize("over_time", [False, True])
def test_a_chart_is_painted(over_time: bool, qapp: QApplication) -> None:  # noqa: ARG001
    report = REPORT if over_time else replace(REPORT, series=(), steps=REPORT.steps[:3])
    chart = chart_of(report, {1: BLUE, 2: RED, 3: BLUE, 4: BLUE})
    assert bool(chart.lines) == over_time
    size = chart_size(chart, 400, QFont())
    picture = QImage(round(size.width()), round(size.height()), QImage.Format.Format_RGB32)
    picture.fill(QColor("#ffffff"))
    painter = QPainter(picture)
    paint_chart(painter, QRectF(0, 0, size.width(), size.height()), chart, QPalette(), QFont())
    painter.end()
    assert BLUE.name() in colours(picture)


def test_a_template_is_filled_in_with_the_keyboard(qtbot: QtBot) -> None:
    box = QuestionBox()
    qtbot.addWidget(box)
    box.show()
    box.insert_template("How many hectares of {a} are there?")
    assert box.unfilled()
    qtbot.keyClicks(box, "water")
    assert "water" in box.toPlainText()
    with qtbot.waitSignal(box.submitted):
        qtbot.keyClick(box, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)


def test_a_state_is_told_in_words_and_colour(qtbot: QtBot) -> None:
    row = StateRow("Runtime")
    qtbot.addWidget(row)
    row.show_state(READY, "There.", "&Stop")
    row.show()
    assert row.mark.text() == "✓"
    with qtbot.waitSignal(row.clicked):
        qtbot.mouseClick(row.button, Qt.MouseButton.LeftButton)
