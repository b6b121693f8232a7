"""Every state of the dock in every look: nothing cut, nothing overlapping, everything readable; pictures for people.

`TERRASCOPE_SCREENS=folder` keeps the pictures there; docs/screens/README.md says more.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from osgeo import gdal
from pytestqt.qtbot import QtBot
from qgis.core import QgsCoordinateTransformContext, QgsProject, QgsRasterLayer, QgsRectangle
from qgis.gui import QgisInterface, QgsMessageBar
from qgis.PyQt.QtCore import QDate, QPoint, QRect, Qt
from qgis.PyQt.QtGui import QImage, QPixmap
from qgis.PyQt.QtWidgets import (
    QApplication,
    QCheckBox,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from terrascope_qgis.client import protocol
from terrascope_qgis.client.graphics import Gpu
from terrascope_qgis.client.inspection import Inspected
from terrascope_qgis.client.install_trouble import NETWORK
from terrascope_qgis.client.runtime_home import RuntimeHome
from terrascope_qgis.core.analysis import run
from terrascope_qgis.core.extents import Area
from terrascope_qgis.core.question_templates import tasks
from terrascope_qgis.core.request import Acquisition
from terrascope_qgis.errors import AnalysisError, CancelledError, InstallError
from terrascope_qgis.gui.dock import TerraScopeDock
from terrascope_qgis.gui.first_run import FirstRunPage
from terrascope_qgis.gui.form_area import FormArea
from terrascope_qgis.gui.models_page import ModelsDialog
from terrascope_qgis.gui.needs import IDLE, INSTALLING
from terrascope_qgis.gui.options import OptionsPage
from terrascope_qgis.gui.run import Run
from terrascope_qgis.plugin import TerraScopePlugin
from terrascope_qgis.settings import Settings

from .screen_checks import problems
from .screens import Look, lengthened, looking, settle, sheet, show_theme

HIGH = 760  # pixels of a dock on a small screen, at 100 %
TALLEST = 1500  # that a picture of a long conversation may have
LOOKS = (
    Look("100 %", 1.0, False, ("light", "dark")),
    Look("200 %", 2.0, False, ("light",)),
    Look("100 %, long words", 1.0, True, ("light",)),
    Look("200 %, long words", 2.0, True, ("dark",)),
)
WATER = "How many hectares of water are there, and how far is it from the nearest built-up area?"
FLOOD = "How did the water change?"
Told = "tuple[list[protocol.Event], AnalysisResult]"


class _Listener:
    """Keeps the events of an answer."""

    def __init__(self) -> None:
        self.events: list[protocol.Event] = []

    def isCanceled(self) -> bool:  # noqa: N802 - as QGIS calls it
        return False

    def tell(self, event: protocol.Event) -> None:
        self.events.append(event)


class Answers:
    """Real answers of the bundled model, and the models that the runtime lists: asked once, shown in every look."""

    def __init__(self, plugin: TerraScopePlugin, folder: Path, model: str) -> None:
        self._plugin, self._folder, self._model = plugin, folder, model
        self.models: tuple[protocol.ModelSummary, ...] = ()

    def ask(self, question: str, *scenes: tuple[Path, str | None]) -> Told:
        listener = _Listener()
        dates = tuple(protocol.DateInput(str(path), date=day) for path, day in scenes)
        out = str(self._folder / f"{len(list(self._folder.glob('*.gpkg')))}.gpkg")
        request = protocol.AskRequest(question, dates, model=self._model, out=out)
        result = run(request, self._plugin.client, listener, QgsCoordinateTransformContext())
        return listener.events, result

    def some(self) -> int:
        """How many events of the first answer there are a little after its first mask."""
        return 4 + next(index for index, event in enumerate(self.one[0]) if isinstance(event, protocol.Mask))


@pytest.fixture(scope="module")
def answers(
    plugin: TerraScopePlugin,
    scene_path: Path,
    two_dates: tuple[Path, Path],
    runtime_python: str,
    model_name: str,
    tmp_path_factory: pytest.TempPathFactory,
) -> Answers:
    before = Settings.load()
    Settings(runtime_python=runtime_python, model=model_name).save()
    asked = Answers(plugin, tmp_path_factory.mktemp("answers"), model_name)
    asked.one = asked.ask(WATER, (scene_path, "2017-06-04"))
    asked.two = asked.ask(FLOOD, (two_dates[0], "2017-10-08"), (two_dates[1], "2018-03-26"))
    before.save()
    return asked


@pytest.fixture(scope="module")
def pictures(tmp_path_factory: pytest.TempPathFactory) -> Iterator[dict[str, list[QImage]]]:
    """By state, in the order of the looks; written as a sheet each when all looks are through."""
    named = os.environ.get("TERRASCOPE_SCREENS")
    folder = Path(named) if named else tmp_path_factory.mktemp("screens")
    folder.mkdir(parents=True, exist_ok=True)
    taken: dict[str, list[QImage]] = {}
    yield taken
    for number, (state, shown) in enumerate(taken.items(), start=1):
        assert sheet(shown).save(str(folder / f"{number:02} {state}.png".replace(",", "").replace(" ", "-")), quality=0)


class Stage:
    """A dock in one look, and what the states need to be shown."""

    def __init__(self, look: Look, dock: TerraScopeDock, scene: QgsRasterLayer, answers: Answers, folder: Path) -> None:
        self.look, self.dock, self.scene, self.answers, self.folder = look, dock, scene, answers, folder
        self.number = 0

    def blank(self) -> TerraScopeDock:
        """The form about the scene, an empty conversation."""
        dock = self.dock
        dock.pages.setCurrentIndex(0)
        dock.panel.dates.set_dates([Acquisition(self.scene, day=QDate(2017, 6, 4))])
        dock.panel.area.choose("layer")
        dock.panel.question.set_text("")
        dock.panel.follow_up.forget()
        dock.teach.end()
        for group in (dock.panel.bands, dock.panel.more):
            group.setCollapsed(True)
        dock.panel.set_busy(False)
        dock.progress.setVisible(False)
        dock.conversation.clear()
        dock.runs.clear()
        dock.panel.area.tell()
        return dock

    def tell(self, told: Told, until: int | None = None) -> TerraScopeDock:
        """Let an answer come as the runtime gave it, up to an event; None: all of it, with its layers."""
        dock, (events, result) = self.dock, told
        if len(result.report.dates) > 1:
            days = (
                (date.optical.path, QDate.fromString(date.date, Qt.DateFormat.ISODate)) for date in result.report.dates
            )
            dock.panel.dates.set_dates([Acquisition(path, day=day) for path, day in days])
            dock.panel.area.tell()
        dock.panel.question.set_text(result.report.question)
        dock._current = dock.conversation.begin(result.report.question, dock.panel.scene_name())
        dock.runs[dock._current] = Run(protocol.AskRequest(result.report.question, ()))
        for event in events[:until]:
            dock._happened(event)
        if until is None:
            dock.runs[dock._current].complete(result.report, result.geopackage)
            dock.conversation.add_report(result.report)
            dock.panel.follow_up.offer(dock.runs[dock._current])
        return dock


@pytest.fixture
def stage(
    request: pytest.FixtureRequest,
    plugin: TerraScopePlugin,
    answers: Answers,
    scene: QgsRasterLayer,
    settings: Settings,
    runtime_python: str,
    model_name: str,
    qgis_iface: QgisInterface,
    tmp_path: Path,
    qtbot: QtBot,
) -> Iterator[Stage]:
    look: Look = request.param
    settings.runtime_python, settings.model = runtime_python, model_name
    settings.save()
    canvas = qgis_iface.mapCanvas()
    canvas.setDestinationCrs(scene.crs())
    canvas.setExtent(scene.extent())
    QApplication.setStyle("Fusion")
    qgis_iface.messageBar().clearWidgets()
    with looking(look):
        dock = TerraScopeDock(qgis_iface, plugin.client, plugin.store)
        dock.panel.history.path = tmp_path / "history.jsonl"
        if not answers.models:
            with qtbot.waitSignal(dock._listing.ended, timeout=120_000) as listed:
                pass
            answers.models = listed.args[0]
        dock._know_model(answers.models)
        dock._forget_listing()
        dock.add_first_run(FirstRunPage(lambda: None, str, RuntimeHome(tmp_path / "runtime")))
        dock.setFloating(True)
        dock.show()
        yield Stage(look, dock, scene, answers, tmp_path)
        dock.close_down()
        dock.close()
        dock.deleteLater()
        settle()


# The states; each returns what is to be looked at.

STATES: dict[str, Callable[[Stage], QWidget]] = {}


def state(name: str) -> Callable[[Callable[[Stage], QWidget]], Callable[[Stage], QWidget]]:
    """Name a state."""

    def add(show: Callable[[Stage], QWidget]) -> Callable[[Stage], QWidget]:
        STATES[name] = show
        return show

    return add


def first_run(stage: Stage, activity: str, inspected: Inspected | None, failure: InstallError | None) -> FirstRunPage:
    page, there = stage.dock.first_run, "/home/ada/terrascope/bin/python"
    stage.dock.pages.setCurrentWidget(page)
    interpreter = __file__ if inspected else there  # some file that is there
    page.needs.show_runtime(interpreter, "profile", False, activity, inspected, failure)
    page.needs.show_device(inspected is not None, activity, inspected, "")
    page.needs.show_model(Settings.load(), inspected is not None, inspected)
    page.ask_button.setEnabled(inspected is not None)
    return page


@state("first run, nothing there")
def _(stage: Stage) -> QWidget:
    first_run(stage, IDLE, None, None)
    return stage.dock


@state("first run, installing")
def _(stage: Stage) -> QWidget:
    page = first_run(stage, INSTALLING, None, None)
    page.view.begin(page.tr("Beginning"))
    for line in ("uv 0.9.7", "Using CPython 3.11.9", "Resolved 41 packages in 512ms", "Downloading torch (184.1MiB)"):
        page.view.add_line(line)
    page.view.tell(0.37, page.tr("Installing packages") + " · 12 / 41, 184 MB")
    page.view.log_button.setChecked(True)
    page.ways.setEnabled(False)
    page.needs.set_busy(True)
    return stage.dock


@state("first run, failed")
def _(stage: Stage) -> QWidget:
    failure = InstallError(
        "The package index cannot be reached: check the network and the proxy in QGIS's options, then try again.",
        NETWORK,
    )
    page = first_run(stage, IDLE, None, failure)
    page.view.add_line("error: Failed to fetch: `https://pypi.org/simple/torch/`")
    page.view.add_line(failure.user_message)
    page.view.end(failed=True)
    page.ways.setEnabled(True)
    page.needs.set_busy(False)
    return stage.dock


@state("first run, ready")
def _(stage: Stage) -> QWidget:
    gpu = Gpu("NVIDIA GeForce RTX 4060", "470.12")
    versions = {"torch": "2.13.0+cpu"}
    found = Inspected("python", "3.11.9", (), versions, "cpu", "", 11_200_000_000, ("nano",), gpu)
    first_run(stage, IDLE, found, None).view.setVisible(False)
    return stage.dock


@state("empty")
def _(stage: Stage) -> QWidget:
    return stage.blank()


@state("form with dates, SAR, bands and extent")
def _(stage: Stage) -> QWidget:
    dock = stage.blank()
    area = Area.of_rectangle(QgsRectangle(500_400, 5_498_200, 502_400, 5_500_000), stage.scene.crs())
    dock.panel.dates.set_dates(
        [
            Acquisition(stage.scene, stage.scene, None, QDate(2017, 6, 4)),
            Acquisition(stage.scene, None, None, QDate(2018, 6, 9)),
            Acquisition(stage.scene),
        ]
    )
    dock.panel.area.keep(area)
    dock.panel.bands.setCollapsed(False)
    dock.panel.more.setCollapsed(False)
    return dock


@state("capture")
def _(stage: Stage) -> QWidget:
    dock = stage.blank()
    gdal.FileFromMemBuffer("/vsimem/S2.tif", Path(stage.scene.source()).read_bytes())
    layer = QgsRasterLayer("/vsimem/S2.tif", "S2A MSIL2A in memory, tile T33UVR", "gdal")
    QgsProject.instance().addMapLayer(layer)
    dock.panel.dates.set_dates([Acquisition(layer)])
    dock.panel.area.choose("drawn")  # nothing is drawn
    dock.panel.area.tell()
    return dock


@state("templates")
def _(stage: Stage) -> QWidget:
    dock = stage.blank()
    dock.panel.question.insert_template(tasks()[0].wordings[0])
    dock.panel.question.completer.popup().hide()
    menu = dock.panel.templates.menu()
    menu.popup(QPoint(0, 0))
    return menu


@state("history")
def _(stage: Stage) -> QWidget:
    dock = stage.blank()
    for question in (FLOOD, WATER, "How far is it from the trees?"):
        dock.panel.question.set_text(question)
        dock.panel.remember()
    dock.panel.history.open()
    return dock.panel.history.popup


@state("streaming")
def _(stage: Stage) -> QWidget:
    dock = stage.blank()
    stage.tell(stage.answers.one, stage.answers.some())
    dock.panel.set_busy(True)
    dock.progress.setVisible(True)
    dock._show_progress("Reasoning", 0.55)
    return dock


@state("answered")
def _(stage: Stage) -> QWidget:
    stage.blank()
    return stage.tell(stage.answers.one)


@state("two dates")
def _(stage: Stage) -> QWidget:
    stage.blank()
    return stage.tell(stage.answers.two)


@state("warnings")
def _(stage: Stage) -> QWidget:
    """The model contradicts what is measured, is unsure of one mask, and found nothing for another."""
    stage.blank()
    events, result = stage.answers.one
    report = result.report
    weak, *others = report.steps
    claims = (protocol.Claim("90 ha", 90.0, "ha", weak.area_ha, False), protocol.Claim("12 %", 12.0, "%"))
    nothing = replace(weak, index=len(report.steps) + 1, phrase="wetland", pixels=0, area_ha=0.0, coverage_pct=0.0)
    dates = tuple(replace(date, hidden_ha=31.4, hidden_by="clouds") for date in report.dates)
    doubtful = replace(report, steps=(replace(weak, score=0.31), *others, nothing), claims=claims, dates=dates)
    notes = [protocol.Warning("The scene has no short-wave infrared band: bare soil and built-up areas look alike.")]
    return stage.tell((notes + events, replace(result, report=doubtful)))


@state("failure")
def _(stage: Stage) -> QWidget:
    dock = stage.blank()
    stage.tell(stage.answers.one, 3)
    dock._ended(AnalysisError("The scene has no red band: say which band is red under Bands.", "no band"))
    return dock


@state("failure, message")
def _(stage: Stage) -> QWidget:
    return stage.dock._iface.messageBar()


@state("cancelled")
def _(stage: Stage) -> QWidget:
    dock = stage.blank()
    stage.tell(stage.answers.one, stage.answers.some())
    dock._ended(CancelledError("Cancelled."))
    return dock


@state("teaching")
def _(stage: Stage) -> QWidget:
    stage.blank()
    dock = stage.tell(stage.answers.two)
    dock.teach.begin()
    dock.teach._soon.stop()
    dock.teach.panel.tell(3)
    return dock


@state("correcting")
def _(stage: Stage) -> QWidget:
    stage.blank()
    dock = stage.tell(stage.answers.one)
    dock.correct._fill()
    dock.correct.menu.popup(QPoint(0, 0))
    return dock.correct.menu


@state("corrected")
def _(stage: Stage) -> QWidget:
    stage.blank()
    events, result = stage.answers.one
    first, *others = result.report.steps
    steps = (replace(first, edited=True), *others)
    report = replace(result.report, steps=steps, edited="2026-11-28T10:20:00", taught={first.phrase: 2})
    return stage.tell((events, replace(result, report=report)))


@state("models")
def _(stage: Stage) -> QWidget:
    dialog = ModelsDialog(stage.dock._store, stage.dock._iface.messageBar(), stage.dock)
    dialog.table.show_models(stage.answers.models, Settings.load().model_id())
    dialog._times = dialog._times_now()  # else it would look again
    dialog.show()
    stage.dock.models = dialog  # which closes it down
    return dialog


@state("options")
def _(stage: Stage) -> QWidget:
    page = OptionsPage(lambda: None, lambda: None, lambda: None, stage.dock)
    page.setWindowFlag(Qt.WindowType.Window)
    page.device.setEditText("gpu")
    assert not page.isValid()
    page.show()
    return page


# Looking


@pytest.mark.parametrize("stage", LOOKS, indirect=True, ids=lambda look: look.name)
def test_every_state_can_be_read(stage: Stage, pictures: dict[str, list[QImage]], qtbot: QtBot) -> None:
    found: list[str] = []
    for name, show in STATES.items():
        window = show(stage)
        fit(window, stage)
        for theme in stage.look.themes:
            show_theme(theme)
            qtbot.waitUntil(lambda: stage.dock.panel.bands.swatch._task is None, timeout=10_000)
            pictures.setdefault(name, []).append(picture_of(window, stage.look.scale))
            widest = stage.look.width if window is stage.dock else None
            found += [f"{name}, {theme}: {problem}" for problem in problems(window, widest)]
        show_theme("light")
        if window is not stage.dock:
            window.hide()
    assert not found, "\n" + "\n".join(dict.fromkeys(found))


def fit(window: QWidget, stage: Stage) -> None:
    """Give a window the size that it has for somebody; a dock is as high as the conversation in it needs."""
    scale = stage.look.scale
    if window is stage.dock:
        window.resize(stage.look.width, round(scale * HIGH))
        settle()
        if window.pages.currentIndex() == 0:
            areas = (window.conversation, window.findChild(FormArea))
            more = sum(area.verticalScrollBar().maximum() for area in areas)
            window.resize(stage.look.width, min(round(scale * HIGH) + more, round(scale * TALLEST)))
    elif isinstance(window, QgsMessageBar):
        window.show()
        window.resize(round(scale * 800), window.sizeHint().height())
    elif isinstance(window, OptionsPage):
        window.resize(round(scale * 560), round(scale * 640))
    settle()


def picture_of(window: QWidget, scale: float) -> QImage:
    """What is shown, at 100 %."""
    image: QPixmap = window.grab()
    smooth = Qt.TransformationMode.SmoothTransformation
    return image.toImage().scaledToWidth(round(image.width() / scale), smooth)


# What the checks are worth


def told_of(qtbot: QtBot, make: Callable[[QVBoxLayout], Any], width: int = 200) -> str:
    window = QWidget()
    qtbot.addWidget(window)
    make(QVBoxLayout(window))
    window.setFixedSize(width, 300)
    window.show()
    settle()
    return "\n".join(problems(window, width))


def test_what_is_in_order_is_not_reported(qtbot: QtBot) -> None:
    def make(layout: QVBoxLayout) -> None:
        label = QLabel("a text over several lines, which has all the room that it needs")
        label.setWordWrap(True)
        layout.addWidget(label)
        layout.addWidget(QPushButton("A button"))
        layout.addWidget(QCheckBox("A box"))

    assert told_of(qtbot, make) == ""


def narrow(widget: QWidget) -> Callable[[QVBoxLayout], None]:
    def make(layout: QVBoxLayout) -> None:
        widget.setFixedWidth(40)
        layout.addWidget(widget)

    return make


@pytest.mark.parametrize("kind", [QLabel, QPushButton, QCheckBox, QToolButton])
def test_a_cut_text_is_reported(qtbot: QtBot, kind: type) -> None:
    widget = kind()
    widget.setText("much longer than forty pixels")
    assert "px wide in" in told_of(qtbot, narrow(widget))


def test_a_line_too_low_for_its_text_is_reported(qtbot: QtBot) -> None:
    label = QLabel("several lines of text in the height of one of them")
    label.setWordWrap(True)
    label.setFixedSize(100, 14)
    assert "px high in 14" in told_of(qtbot, lambda layout: layout.addWidget(label))


def test_what_lies_on_another_or_outside_is_reported(qtbot: QtBot) -> None:
    def make(layout: QVBoxLayout) -> None:
        row = QHBoxLayout()
        layout.addLayout(row)
        one, other = QLabel("one"), QLabel("other")
        row.addWidget(one)
        row.addWidget(other)
        layout.activate()
        layout.parentWidget().show()
        layout.setEnabled(False)
        other.setGeometry(QRect(one.x() + 4, one.y(), 400, 20))

    told = told_of(qtbot, make)
    assert "overlap by" in told
    assert "lie outside" in told


def test_pale_text_is_reported(qtbot: QtBot) -> None:
    plain, rich = QLabel("pale"), QLabel('<span style="color:#cccccc">pale</span>')
    plain.setStyleSheet("color: #b0b0b0")
    for label in (plain, rich):
        assert "has a contrast of" in told_of(qtbot, lambda layout, label=label: layout.addWidget(label))


def test_a_window_that_needs_more_width_is_reported(qtbot: QtBot) -> None:
    assert "and has 200" in told_of(qtbot, lambda layout: layout.addWidget(QPushButton("wide " * 20)))


def test_long_words_keep_what_is_filled_in() -> None:
    assert lengthened("{count} &and dates of <b>water</b>, TerraScope").startswith("{count} &and d")
    assert lengthened("&Ask in QGIS") != "&Ask in QGIS"
    assert lengthened("&Ask in QGIS").startswith("&Ask ") and lengthened("&Ask in QGIS").endswith(" QGIS")
    text = "How well it finds them on other places, with {bands}"
    assert 1.3 * len(text) < len(lengthened(text)) < 1.5 * len(text)
