"""The dock: ask above, read below. It glues the parts; each part knows only itself."""

from __future__ import annotations

import gc
from pathlib import Path

from qgis.core import QgsApplication, QgsProject, QgsRasterLayer
from qgis.gui import QgisInterface, QgsDockWidget
from qgis.PyQt.QtCore import Qt, QTimer, pyqtSignal
from qgis.PyQt.QtWidgets import QProgressBar, QStackedWidget, QVBoxLayout, QWidget

from ..client import protocol
from ..client.http_client import RuntimeClient
from ..client.model_store import ModelStore, StoreCommand
from ..compat import QAction
from ..core import inputs, layers
from ..core.analysis import AnalysisResult
from ..core.request import Acquisition
from ..errors import CancelledError, TerraScopeError
from ..settings import Settings
from .action_bar import ActionBar
from .analysis_task import AnalysisTask
from .answers import Answers
from .ask_panel import AskPanel
from .conversation import Conversation
from .copy_answer import CopyAnswer
from .correct_mask import CorrectMask
from .evidence_map import EvidenceMap
from .first_run import FirstRunPage
from .keeping import Keeping
from .layer_loader import LayerLoader
from .layer_switches import LayerSwitches
from .map_view import MapView
from .messages import show_failure
from .models_page import ModelsDialog
from .run import Run
from .teach import Teach

SMALLEST_WIDTH = 320
_SHOWN_MS = 500


class TerraScopeDock(QgsDockWidget):
    """Ask a question about a raster layer and read the answer with its evidence.

    Args:
        iface: of the running QGIS.
        client: the runtime's client, shared with Processing.
        store: the runtime's commands on models.

    Signals:
        ended: the AnalysisResult, or the TerraScopeError that came instead, once all is shown.
    """

    ended = pyqtSignal(object)

    def __init__(self, iface: QgisInterface, client: RuntimeClient, store: ModelStore) -> None:
        super().__init__("TerraScope", iface.mainWindow())
        self.setObjectName("TerraScopeDock")
        self._iface = iface
        self._client = client
        self._store = store
        self.models: ModelsDialog | None = None
        self._listing: StoreCommand | None = None
        self._task: AnalysisTask | None = None
        self.runs: dict[int, Run] = {}
        self._current = 0  # number of the run whose answer is on its way, or came last
        self._map = MapView(iface.mapCanvas(), self)
        self.panel = AskPanel(self._map)
        self.conversation = Conversation()
        self.progress = QProgressBar()
        self.progress.setMaximum(1000)
        self.progress.setVisible(False)
        self.answer_actions = ActionBar(self.tr("Answer"))
        self.pages = QStackedWidget()
        self.first_run: FirstRunPage | None = None
        self._evidence = EvidenceMap(self.conversation.links, self.runs, self._map, iface.mapCanvas())
        self._switches = LayerSwitches(self.conversation, self.runs)
        self._switches.wanted.connect(self._add_layer)
        self.copy = CopyAnswer(self.conversation, self.runs, self.run_shown, self.answer_actions)
        answers = Answers(
            self.conversation,
            self.runs,
            self.run_shown,
            lambda: self._task is not None,
            self.answer_actions,
            iface.messageBar(),
        )
        self.teach = Teach(answers, iface.mapCanvas(), client)
        self.correct = CorrectMask(answers, iface, client)
        self.keeping = Keeping(answers)
        self._lay_out()
        self.panel.asked.connect(self.ask)
        self.panel.cancelled.connect(self.cancel)
        escape = QAction(self)
        escape.setShortcut(Qt.Key.Key_Escape)
        escape.setShortcutContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)  # the map has an Escape of its own
        escape.triggered.connect(self.cancel)
        self.addAction(escape)
        self.panel.models_wanted.connect(self.show_models)
        self.panel.model_put_back.connect(self.show_model)
        self.panel.failed.connect(lambda failure: show_failure(iface.messageBar(), failure))
        active = iface.activeLayer()
        if isinstance(active, QgsRasterLayer):
            self.panel.dates.set_dates([Acquisition(active)])
        self.show_model()
        # All of QGIS's objects are looked through once: when the dock is there, and not while an answer comes.
        QTimer.singleShot(_SHOWN_MS, gc.collect)

    def ask(self, out: Path | None = None, picture: Path | None = None) -> None:
        """Ask what the panel says; `ended` follows.

        Args:
            out: GeoPackage to write; None: a new file in the folder of runs.
            picture: PNG of the scene with the masks to write as well.
        """
        if self._task is not None:
            return
        try:
            request = self.panel.request(Settings.load(), out or None, picture)  # `clicked` sends a False
        except TerraScopeError as failure:
            show_failure(self._iface.messageBar(), failure)
            self.ended.emit(failure)
            return
        self.panel.remember()
        self._current = self.conversation.begin(request.question, self.panel.scene_name())
        self.runs[self._current] = Run(request)
        self.panel.set_busy(True)
        self.progress.setValue(0)
        self.progress.setVisible(True)
        self._task = AnalysisTask(request, self._client, QgsProject.instance().transformContext(), self.panel.captures)
        self._task.happened.connect(self._happened)
        self._task.ended.connect(self._ended)
        QgsApplication.taskManager().addTask(self._task)

    def run_shown(self) -> Run | None:
        """The complete answer that came last: what is done with an answer is done with that one."""
        return next((run for _, run in sorted(self.runs.items(), reverse=True) if run.report is not None), None)

    def cancel(self) -> None:
        """Stop the answer that is on its way."""
        if self._task is not None:
            self.panel.cancel_button.setEnabled(False)
            self._task.cancel()

    def show_model(self) -> None:
        """Show which model answers, and how good it is once the runtime has told."""
        settings = Settings.load()
        self.panel.show_model(settings)
        self._forget_listing()
        self._listing = self._store.listing(settings.own_folders())
        self._listing.ended.connect(self._know_model)
        self._listing.start()

    def show_models(self) -> ModelsDialog:
        """Open the page of models; it is made when it is first wanted."""
        if self.models is None:
            self.models = ModelsDialog(self._store, self._iface.messageBar(), self._iface.mainWindow())
            self.models.chosen.connect(self.show_model)
        self.models.open_page()
        return self.models

    def add_first_run(self, page: FirstRunPage) -> None:
        """Have a page for what is missing; the dock opens on it when something is."""
        self.first_run = page
        self.pages.addWidget(page)
        page.left.connect(lambda: self.pages.setCurrentIndex(0))
        page.models_wanted.connect(self.show_models)
        page.changed.connect(self.show_model)
        if page.is_needed():
            self.show_runtime()

    def show_runtime(self) -> None:
        """Show the page of the runtime."""
        self.pages.setCurrentWidget(self.first_run)
        self.first_run.look()

    def settings_changed(self) -> None:
        """Another model may answer, or another runtime; figures may be in other units."""
        self.conversation.tell_again()
        self.panel.area.tell()
        self.show_model()
        self.list_models()
        if self.first_run is not None:
            self.first_run.settings_changed()

    def list_models(self) -> None:
        """There is another model: the page of models shows it if it is open; it looks by itself when it is opened."""
        if self.models is not None and self.models.isVisible():
            self.models.refresh()

    def close_down(self) -> None:
        """Before the plugin goes: no answer on its way, no work on models, nothing of ours on the map."""
        if self.models is not None:
            self.models.close_down()
            self.models.deleteLater()
            self.models = None
        if self.first_run is not None:
            self.first_run.close_down()
        self._forget_listing()
        if self._task is not None:
            self._task.happened.disconnect(self._happened)
            self._task.ended.disconnect(self._ended)
            self._task.cancel()
            self._task = None
        self.panel.leave()
        self.keeping.leave()
        self.teach.leave()
        self.correct.leave()
        for loader in self.findChildren(LayerLoader):
            loader.stop()
        self._switches.leave()
        self._evidence.leave()
        self._map.leave()

    def _know_model(self, outcome: tuple | TerraScopeError) -> None:
        """The runtime has told its models; why it could not is told when it is asked a question."""
        if isinstance(outcome, tuple):
            settings = Settings.load()
            known = (model for model in outcome if model.id == settings.model_id())
            self.panel.show_model(settings, next(known, None))

    def _forget_listing(self) -> None:
        if self._listing is not None:
            self._listing.close_down()
            self._listing.deleteLater()
            self._listing = None

    def _happened(self, event: protocol.Event) -> None:
        """Show one event."""
        run = self.runs[self._current]
        if isinstance(event, protocol.Text):
            self.conversation.add_text(event.text, event.kind)
        elif isinstance(event, protocol.Mask):
            if event.step.index in run.steps:
                run = self._begin_again()
            run.steps[event.step.index] = event.step
            run.crs = event.crs
            self.conversation.add_mask(event.step, run.colour(event.step.index))
        elif isinstance(event, protocol.Progress):
            self._show_progress(event.stage, event.fraction)
        elif isinstance(event, protocol.Queued) and event.ahead:
            self._show_progress(self.tr("Waiting for {count} other question(s)").format(count=event.ahead), 0.0)
        elif isinstance(event, protocol.Answer):
            self.conversation.add_answer(event.answer)
        elif isinstance(event, protocol.Warning):
            self.conversation.add_note(event.message)

    def _begin_again(self) -> Run:
        """The runtime started the answer over: what it has marked so far no longer holds, and leads nowhere."""
        request = self.runs.pop(self._current).request
        self._current = self.conversation.begin_again()
        self.runs[self._current] = Run(request)
        return self.runs[self._current]

    def _ended(self, outcome: AnalysisResult | TerraScopeError) -> None:
        """Show how it ended; on the main thread."""
        self._task = None
        self.panel.set_busy(False)
        self.progress.setVisible(False)
        if isinstance(outcome, AnalysisResult):
            self._show_result(outcome)
            return
        if isinstance(outcome, CancelledError):
            self.conversation.add_note(self.tr("Cancelled; nothing was written."))
        else:
            self.conversation.add_note(outcome.user_message)
            show_failure(self._iface.messageBar(), outcome)
        self.ended.emit(outcome)

    def _show_result(self, result: AnalysisResult) -> None:
        run = self.runs[self._current]
        run.complete(result.report, result.geopackage)
        self.conversation.add_report(result.report)
        self.panel.quality.show_inputs(inputs.of_report(result.report.dates))  # now that the bands' roles are known
        self.panel.follow_up.offer(run)
        if not Settings.load().add_layers:
            self.ended.emit(result)
            return
        loader = LayerLoader(run, self)
        loader.failed.connect(lambda failure: show_failure(self._iface.messageBar(), failure))
        loader.loaded.connect(lambda: self.ended.emit(result))
        loader.start()

    def _add_layer(self, number: int, index: int) -> None:
        """A mask is to be shown whose layer is not in the project."""
        run = self.runs[number]
        if run.report is not None and run.geopackage is not None:
            layer = layers.add_step(run.report, run.geopackage, run.steps[index], QgsProject.instance())
            if layer is not None:
                run.layer_ids[index] = layer.id()

    def _show_progress(self, stage: str, fraction: float) -> None:
        letters = self.progress.fontMetrics()
        what, colon, how_far = stage.rpartition(": ")
        taken = letters.horizontalAdvance(colon + how_far) + 2 * letters.averageCharWidth()
        what = letters.elidedText(what, Qt.TextElideMode.ElideMiddle, self.progress.width() - taken)
        self.progress.setFormat(what + colon + how_far)
        self.progress.setToolTip(stage)
        self.progress.setValue(round(1000 * fraction))

    def _lay_out(self) -> None:
        content = QWidget()
        layout = QVBoxLayout(content)
        layout.setContentsMargins(6, 6, 6, 6)
        layout.addWidget(self.panel)
        layout.addWidget(self.progress)
        layout.addWidget(self.conversation, 1)
        layout.addWidget(self.teach.panel)
        layout.addWidget(self.answer_actions)
        content.setMinimumWidth(SMALLEST_WIDTH)
        self.pages.addWidget(content)
        self.setWidget(self.pages)
