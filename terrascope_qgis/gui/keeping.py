"""What is done to keep an answer, in the row of actions: add its layers, export a report, open one."""

from __future__ import annotations

from collections.abc import Callable, Generator
from pathlib import Path

from qgis.core import QgsProject
from qgis.PyQt.QtCore import QObject, pyqtSignal
from qgis.PyQt.QtWidgets import QFileDialog

from ..compat import QAction
from ..core.layer_groups import present
from ..core.open_report import Opened, open_report
from ..core.turns import Turns
from ..errors import TerraScopeError
from ..settings import Settings
from .answers import Answers
from .export import Export
from .layer_loader import LayerLoader
from .messages import show_failure, show_news
from .run import Run


class Keeping(QObject):
    """Three actions.

    Args:
        answers: of the dock; the one that came last is kept.

    Signals:
        added: the layers of the shown answer are in the project; whether any was not before.
        opened: a report was opened and its layers are there; number of the run.
        exported: the GeoPackage and the PDF, or the TerraScopeError that came instead.
    """

    added = pyqtSignal(bool)
    opened = pyqtSignal(int)
    exported = pyqtSignal(object)

    def __init__(self, answers: Answers) -> None:
        super().__init__(answers.conversation)
        self._answers = answers
        self._bar = answers.bar
        self._export: Export | None = None
        self._folder = ""
        self._turns = Turns()
        self.add_action = self._action(self.tr("Add layers"), self.add_layers)
        self.add_action.setToolTip(self.tr("Add the layers of the answer to the project"))
        self.export_action = self._action(self.tr("Export report…"), self._choose_target)
        self.export_action.setToolTip(self.tr("Keep the answer as a GeoPackage with everything and a PDF of one page"))
        self.open_action = self._action(self.tr("Open report…"), self._choose_report)
        self.open_action.setToolTip(self.tr("Open an answer that was kept, with its layers"))
        for action in (self.add_action, self.export_action):
            action.setEnabled(False)
        answers.conversation.card_written.connect(self._written)

    def add_layers(self) -> None:
        """Add what of the shown answer is not in the project yet; `added` follows."""
        run = self._answers.shown()
        if run is None or run.report is None or run.geopackage is None:
            return
        before = len(present(run.geopackage, QgsProject.instance()))
        loader = LayerLoader(run, self)
        loader.loaded.connect(lambda: self._tell_added(run, before))
        loader.start()

    def export(self, target: Path) -> None:
        """Export the shown answer; `exported` follows.

        Args:
            target: GeoPackage to write; the PDF gets the same name.
        """
        run = self._answers.shown()
        if run is None or run.report is None or run.geopackage is None or self._export is not None:
            return
        self._export = Export(run.report, run.geopackage, target.with_suffix(".gpkg"))
        self._export.ended.connect(self._exported)
        self.export_action.setEnabled(False)
        try:
            self._export.start()
        except TerraScopeError as failure:
            self._exported(failure)

    def open(self, geopackage: Path) -> None:
        """Show an answer that was kept as if it had just been given, and add its layers."""
        if self._answers.busy():
            show_news(self._bar, self.tr("Wait until the answer is there, or cancel it."), warns=True)
            return
        try:
            kept = open_report(geopackage)
        except TerraScopeError as failure:
            show_failure(self._bar, failure)
            return
        self._turns.go(self._show(kept, geopackage))

    def _show(self, kept: Opened, geopackage: Path) -> Generator[None, None, None]:
        """Tell an answer that was kept, and add its layers."""
        yield
        report = kept.report
        title = self.tr("opened from {file}").format(file=geopackage.name)
        number = self._answers.conversation.begin(report.question, title)
        run = self._answers.runs[number] = Run(kept.request)
        run.complete(report, geopackage)
        yield
        self._answers.tell(run, number)
        if not Settings.load().add_layers:
            self.opened.emit(number)
            return
        loader = LayerLoader(run, self)
        loader.loaded.connect(lambda: self.opened.emit(number))
        loader.start()

    def leave(self) -> None:
        """Before the dock goes: nothing is told or written any more."""
        self._turns.stop()
        for loader in self.findChildren(LayerLoader):
            loader.stop()
        if self._export is not None:
            self._export.cancel()
            self._export = None

    def _tell_added(self, run: Run, before: int) -> None:
        fresh = len(present(run.geopackage, QgsProject.instance())) > before
        if not fresh:
            show_news(self._bar, self.tr("All layers of this answer are in the project already."))
        self.added.emit(fresh)

    def _written(self) -> None:
        self.add_action.setEnabled(True)
        self.export_action.setEnabled(self._export is None)

    def _exported(self, outcome: tuple[Path, Path] | TerraScopeError) -> None:
        self._export = None
        self.export_action.setEnabled(True)
        if isinstance(outcome, TerraScopeError):
            show_failure(self._bar, outcome)
        else:
            words = self.tr("The report is kept: {geopackage} and {pdf} in {folder}.")
            names = {"geopackage": outcome[0].name, "pdf": outcome[1].name, "folder": outcome[0].parent}
            show_news(self._bar, words.format(**names))
        self.exported.emit(outcome)

    def _choose_target(self) -> None:
        run = self._answers.shown()
        if run is None or run.geopackage is None:
            return
        dialog = self._dialog(self.tr("Export report"), QFileDialog.FileMode.AnyFile)
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.setDefaultSuffix("gpkg")
        dialog.selectFile(run.geopackage.name)
        dialog.fileSelected.connect(lambda path: self.export(self._remember(path)))
        dialog.open()

    def _choose_report(self) -> None:
        dialog = self._dialog(self.tr("Open report"), QFileDialog.FileMode.ExistingFile)
        dialog.fileSelected.connect(lambda path: self.open(self._remember(path)))
        dialog.open()

    def _dialog(self, title: str, mode: QFileDialog.FileMode) -> QFileDialog:
        """A dialog that does not block QGIS."""
        filters = self.tr("GeoPackage") + " (*.gpkg)"
        dialog = QFileDialog(
            self._answers.conversation.window(), title, self._folder or str(Settings.load().runs()), filters
        )
        dialog.setFileMode(mode)
        dialog.finished.connect(dialog.deleteLater)
        return dialog

    def _remember(self, path: str) -> Path:
        self._folder = str(Path(path).parent)
        return Path(path)

    def _action(self, title: str, then: Callable[[], None]) -> QAction:
        action = QAction(title, self)
        action.triggered.connect(lambda: then())
        self._answers.actions.addAction(action)
        return action
