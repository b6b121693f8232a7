"""Teach it here: what the user shows on the map changes the answer in its place.

Each example asks the question again with all examples. Only the latest state counts: what is on its way is cancelled.
"""

from __future__ import annotations

from contextlib import suppress
from dataclasses import replace
from pathlib import Path

from qgis.core import QgsApplication, QgsGeometry, QgsProject
from qgis.gui import QgsMapCanvas, QgsMapTool
from qgis.PyQt.QtCore import QObject, QTimer, pyqtSignal
from qgis.PyQt.QtGui import QColor

from ..client import protocol
from ..client.http_client import RuntimeClient
from ..compat import QAction
from ..core.analysis import AnalysisResult
from ..core.example_layers import THERE
from ..core.figures import day_or_image
from ..core.figures import examples as in_words
from ..core.request import new_run
from ..core.shown_examples import ShownExamples
from ..errors import CancelledError, TerraScopeError
from ..settings import Settings
from .analysis_task import AnalysisTask
from .answers import Answers
from .messages import show_failure, show_news
from .polygon_tool import PolygonTool
from .run import Run
from .teach_marks import TeachMarks
from .teach_panel import TeachPanel
from .teach_tool import TeachTool

PAUSE_MS = 150  # clicks that follow one another so soon are one


class Teach(QObject):
    """Teaches the answer that came last.

    Args:
        answers: of the dock.
        canvas: QGIS's main canvas.
        client: of the runtime.

    Attributes:
        panel: to be laid out below the answer.

    Signals:
        taught: an answer was given anew and is shown; its AnalysisResult.
        settled: nothing is on its way any more.
    """

    taught = pyqtSignal(object)
    settled = pyqtSignal()

    def __init__(self, answers: Answers, canvas: QgsMapCanvas, client: RuntimeClient) -> None:
        super().__init__(answers.conversation)
        self._answers = answers
        self._canvas = canvas
        self._client = client
        self._bar = answers.bar
        self._run: Run | None = None  # that is being taught
        self._examples: ShownExamples | None = None
        self._task: AnalysisTask | None = None
        self._asked: tuple[Run, tuple[protocol.Example, ...]] | None = None  # what it is about
        self._warned: list[str] = []
        self._showing = False
        self._ours: set[Path] = set()  # files of answers that were taught, and then taught again
        self._before: QgsMapTool | None = None
        self._tool = TeachTool(canvas)
        self._tool.shown.connect(self.show_place)
        self._tool.undo.connect(self.undo)
        self._tool.left.connect(self.end)
        self._polygons = PolygonTool(canvas, QColor(THERE))
        self._polygons.ended.connect(self._outlined)
        self.marks = TeachMarks(canvas)
        self.panel = TeachPanel()
        self.panel.outline_wanted.connect(self._outline)
        self.panel.undo_wanted.connect(self.undo)
        self.panel.clear_wanted.connect(self.clear)
        self.panel.left.connect(self.end)
        self._soon = QTimer(self)
        self._soon.setSingleShot(True)
        self._soon.setInterval(PAUSE_MS)
        self._soon.timeout.connect(self._ask)
        self.action = QAction(self.tr("Teach it here"), self)
        self.action.setToolTip(self.tr("Show on the map what is where: the answer follows at once"))
        self.action.setCheckable(True)
        self.action.setEnabled(False)
        self.action.triggered.connect(lambda on: self.begin() if on else self.end())
        answers.actions.addAction(self.action)
        answers.conversation.card_written.connect(self._card_written)
        canvas.mapToolSet.connect(self._tool_changed)
        canvas.destinationCrsChanged.connect(self._mark)

    def begin(self) -> None:
        """Let the user show things of the answer that came last."""
        run = self._answers.shown()
        if run is None or run.report is None or self._answers.busy():
            self.action.setChecked(False)
            return
        self._run, self._examples = run, ShownExamples(run.report)
        if run.report.edited:
            told = self.tr("Teaching draws the masks anew; your corrections stay in {file}.")
            show_news(self._bar, told.format(file=run.geopackage.name), warns=True)
        report = run.report
        phrases = list(dict.fromkeys(step.phrase for step in report.steps))
        self.panel.open(phrases, [(date.image, day_or_image(date.image, report.dates)) for date in report.dates])
        self.action.setChecked(True)
        self._before = self._canvas.mapTool()
        self._canvas.setMapTool(self._tool)
        self._changed()

    def end(self) -> None:
        """No more examples; what is on its way still comes."""
        self.action.setChecked(False)
        self.panel.setVisible(False)
        self.marks.leave()
        if self._canvas.mapTool() in (self._tool, self._polygons):
            if self._before is not None:
                self._canvas.setMapTool(self._before)
            else:
                self._canvas.unsetMapTool(self._canvas.mapTool())

    def leave(self) -> None:
        """Before the dock goes: nothing on its way, nothing on the canvas."""
        self._soon.stop()
        if self._task is not None:
            self._task.ended.disconnect(self._ended)
            self._task.cancel()
            self._task = None
        self._canvas.mapToolSet.disconnect(self._tool_changed)
        self._canvas.destinationCrsChanged.disconnect(self._mark)
        self.end()
        self._polygons.remove()

    def show_place(self, shape: QgsGeometry, inside: bool) -> None:
        """Take an example.

        Args:
            shape: point or polygon in the CRS of the canvas.
            inside: what is chosen in the panel is there; else it is not.
        """
        crs = self._canvas.mapSettings().destinationCrs()
        try:
            self._examples.add(self.panel.shown_phrase(), shape, crs, inside, self.panel.shown_image())
        except TerraScopeError as failure:
            show_news(self._bar, failure.user_message, warns=True)
            return
        self._changed()

    def undo(self) -> None:
        """Take back what was done last."""
        if self._examples is not None and self._examples.undo():
            self._changed()

    def clear(self) -> None:
        """Take all examples back."""
        if self._examples is not None:
            self._examples.clear()
            self._changed()

    def _changed(self) -> None:
        self._mark()
        examples = self._examples.examples
        self.panel.tell(len(examples), busy=examples != self._run.request.examples)
        self._soon.start()

    def _mark(self) -> None:
        if self.action.isChecked():
            self.marks.show(self._examples.examples, self._examples.crs)

    def _ask(self) -> None:
        """Ask the question again with all examples, once what is on its way is gone."""
        wanted = self._examples.examples
        if self._task is not None:
            if self._asked != (self._run, wanted):
                self._task.cancel()
        elif wanted == self._run.request.examples:
            self.settled.emit()
        elif self._answers.busy():  # another question is being answered
            self._soon.start()
        else:
            self._start(wanted)

    def _start(self, examples: tuple[protocol.Example, ...]) -> None:
        run = self._run
        try:
            out = new_run(Settings.load().runs(), run.request.question)
        except TerraScopeError as failure:
            show_failure(self._bar, failure)
            return
        crs = self._examples.crs_text() if examples else None
        request = replace(run.request, examples=examples, examples_crs=crs, out=str(out), picture=None)
        self._asked, self._warned = (run, examples), []
        self._task = AnalysisTask(request, self._client, QgsProject.instance().transformContext())
        self._task.happened.connect(self._happened)
        self._task.ended.connect(self._ended)
        QgsApplication.taskManager().addTask(self._task)

    def _happened(self, event: protocol.Event) -> None:
        if isinstance(event, protocol.Warning) and event.message not in self._asked[0].report.warnings:
            self._warned.append(event.message)

    def _ended(self, outcome: AnalysisResult | TerraScopeError) -> None:
        self._task = None
        run, examples = self._asked
        if isinstance(outcome, AnalysisResult):
            self._show(run, outcome, examples)
        elif not isinstance(outcome, CancelledError):
            show_failure(self._bar, outcome)
        self.panel.tell(len(self._examples.examples), note=" ".join(self._warned))
        failed = isinstance(outcome, TerraScopeError) and not isinstance(outcome, CancelledError)
        if failed and self._examples.examples == examples:
            self.settled.emit()  # asked again it would fail again
        else:
            self._ask()

    def _show(self, run: Run, result: AnalysisResult, examples: tuple[protocol.Example, ...]) -> None:
        """The answer is another one."""
        before = run.geopackage
        title = self.tr("taught with {examples}").format(examples=in_words(len(examples)))
        self._showing = True
        now = self._answers.give_anew(run, result.report, result.geopackage, title)
        self._showing = False
        crs = result.report.examples_crs
        now.request = replace(now.request, examples=examples, examples_crs=crs)
        if self._run is run:
            self._run = now
        if now is run and before in self._ours:
            with suppress(OSError):  # Windows keeps a file that is open; it is in the folder of runs
                before.unlink()
        self._ours.add(result.geopackage)
        self.taught.emit(result)

    def _card_written(self, number: int) -> None:
        """There is an answer; if it is another one than what is being taught, that is over."""
        self.action.setEnabled(True)
        if self.action.isChecked() and not self._showing and self._answers.number_of(self._run) != number:
            self.end()

    def _outline(self) -> None:
        self._canvas.setMapTool(self._polygons)
        self._canvas.setFocus()

    def _outlined(self, polygon: QgsGeometry | None) -> None:
        if self.action.isChecked():
            self._canvas.setMapTool(self._tool)
            if polygon is not None:
                self.show_place(polygon, True)

    def _tool_changed(self, tool: QgsMapTool | None) -> None:
        """The user has chosen another tool."""
        if self.action.isChecked() and tool not in (self._tool, self._polygons):
            self._before = None
            self.end()
