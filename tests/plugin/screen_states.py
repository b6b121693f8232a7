"""The states of the dock, each as a function that brings it about and returns what is to be looked at."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path

from osgeo import gdal
from qgis.core import QgsCoordinateTransformContext, QgsProject, QgsRasterLayer, QgsRectangle
from qgis.PyQt.QtCore import QDate, QPoint, Qt
from qgis.PyQt.QtWidgets import (
    QWidget,
)

from terrascope_qgis.client import protocol
from terrascope_qgis.client.graphics import Gpu
from terrascope_qgis.client.inspection import Inspected
from terrascope_qgis.client.install_trouble import NETWORK
from terrascope_qgis.core.analysis import AnalysisResult, run
from terrascope_qgis.core.extents import Area
from terrascope_qgis.core.question_templates import tasks
from terrascope_qgis.core.request import Acquisition
from terrascope_qgis.errors import AnalysisError, CancelledError, InstallError
from terrascope_qgis.gui.dock import TerraScopeDock
from terrascope_qgis.gui.first_run import FirstRunPage
from terrascope_qgis.gui.models_page import ModelsDialog
from terrascope_qgis.gui.needs import IDLE, INSTALLING
from terrascope_qgis.gui.options import OptionsPage
from terrascope_qgis.gui.run import Run
from terrascope_qgis.plugin import TerraScopePlugin
from terrascope_qgis.settings import Settings

from .screens import Look

WATER = "How many hectares of water are there, and how far is it from the nearest built-up area?"
FLOOD = "How did the water change?"


class _Listener:
    """Keeps the events of an answer."""

    def __init__(self) -> None:
        self.events: list[protocol.Event] = []

    def isCanceled(self) -> bool:  # noqa: N802 - as QGIS calls it
        return False

    def tell(self, event: protocol.Event) -> None:
        self.events.append(event)


@dataclass(frozen=True)
class Told:
    """An answer with the events by which it came."""

    events: list[protocol.Event]
    result: AnalysisResult


class Answers:
    """Real answers of the bundled model, and the models that the runtime lists: asked once, shown in every look."""

    def __init__(
        self, plugin: TerraScopePlugin, folder: Path, model: str, scene: Path, dates: tuple[Path, Path]
    ) -> None:
        self._plugin, self._folder, self._model = plugin, folder, model
        self.models: tuple[protocol.ModelSummary, ...] = ()
        self.one = self.ask(WATER, (scene, "2017-06-04"))
        self.two = self.ask(FLOOD, (dates[0], "2017-10-08"), (dates[1], "2018-03-26"))

    def ask(self, question: str, *scenes: tuple[Path, str]) -> Told:
        """Ask about scenes and their days; waits for the answer."""
        listener = _Listener()
        dates = tuple(protocol.DateInput(str(path), date=day) for path, day in scenes)
        out = str(self._folder / f"{len(list(self._folder.glob('*.gpkg')))}.gpkg")
        request = protocol.AskRequest(question, dates, model=self._model, out=out)
        result = run(request, self._plugin.client, listener, QgsCoordinateTransformContext())
        return Told(listener.events, result)

    def some(self) -> int:
        """How many events of the first answer there are a little after its first mask."""
        return 4 + next(index for index, event in enumerate(self.one.events) if isinstance(event, protocol.Mask))


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
        dock, events, result = self.dock, told.events, told.result
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
    page.view.add_line("error: Failed to fetch: `https://index.example/simple/torch/`")
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
    events, result = stage.answers.one.events, stage.answers.one.result
    report = result.report
    weak, *others = report.steps
    claims = (protocol.Claim("90 ha", 90.0, "ha", weak.area_ha, False), protocol.Claim("12 %", 12.0, "%"))
    nothing = replace(weak, index=len(report.steps) + 1, phrase="wetland", pixels=0, area_ha=0.0, coverage_pct=0.0)
    dates = tuple(replace(date, hidden_ha=31.4, hidden_by="clouds") for date in report.dates)
    doubtful = replace(report, steps=(replace(weak, score=0.31), *others, nothing), claims=claims, dates=dates)
    notes = [protocol.Warning("The scene has no short-wave infrared band: bare soil and built-up areas look alike.")]
    return stage.tell(Told(notes + events, replace(result, report=doubtful)))


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
    events, result = stage.answers.one.events, stage.answers.one.result
    first, *others = result.report.steps
    steps = (replace(first, edited=True), *others)
    report = replace(result.report, steps=steps, edited="2026-11-28T10:20:00", taught={first.phrase: 2})
    return stage.tell(Told(events, replace(result, report=report)))


@state("models")
def _(stage: Stage) -> QWidget:
    dialog = ModelsDialog(stage.dock._store, stage.dock._iface.messageBar(), stage.dock)
    small, *large = stage.answers.models  # whether they fit depends on who else needs memory here: the longer words
    tight = [replace(one, memory=tuple(replace(need, fits=False) for need in one.memory)) for one in large]
    dialog.table.show_models([small, *tight], Settings.load().model_id())
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
