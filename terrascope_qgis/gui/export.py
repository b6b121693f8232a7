"""Exports an answer: its GeoPackage copied in the background, then its page as a PDF; the window goes on."""

from __future__ import annotations

from pathlib import Path

from qgis.core import QgsApplication, QgsTask
from qgis.PyQt.QtCore import QCoreApplication, QObject, pyqtSignal

from ..client.protocol import Report
from ..core.report import copy_geopackage
from ..core.report_pdf import ReportPdf
from ..errors import TerraScopeError

translate = QCoreApplication.translate


class Export(QObject):
    """One export; keep it until `ended`.

    Args:
        report: of the run.
        geopackage: the file of the run.
        target: GeoPackage to write; the PDF gets the same name. Its own file: only the PDF is written.

    Signals:
        ended: the two paths, or the TerraScopeError that came instead.
    """

    ended = pyqtSignal(object)

    def __init__(self, report: Report, geopackage: Path, target: Path) -> None:
        super().__init__()
        self._report = report
        self._geopackage = geopackage
        self._target = target
        self._task: _CopyTask | None = None
        self._pdf: ReportPdf | None = None

    def start(self) -> None:
        """Begin; comes back at once.

        Raises:
            TerraScopeError: a PDF of that name, which nobody has agreed to replace, is there.
        """
        pdf = self._target.with_suffix(".pdf")
        if pdf.exists() and not self._target.exists():
            raise TerraScopeError(
                translate("TerraScope", "{name} is there already: choose another name for the report.").format(
                    name=pdf.name
                )
            )
        if self._target.resolve() == self._geopackage.resolve():
            self._draw()
            return
        self._task = _CopyTask(self._geopackage, self._target)
        self._task.ended.connect(self._copied)
        QgsApplication.taskManager().addTask(self._task)

    def cancel(self) -> None:
        """Give up: `ended` does not come."""
        self.blockSignals(True)
        if self._pdf is not None:
            self._pdf.cancel()

    def _copied(self, failure: TerraScopeError | None) -> None:
        self._task = None
        if failure is not None:
            self.ended.emit(failure)
        elif not self.signalsBlocked():
            self._draw()

    def _draw(self) -> None:
        self._pdf = ReportPdf(self._report, self._geopackage, self._target.with_suffix(".pdf"))
        self._pdf.ended.connect(self._written)
        self._pdf.start()

    def _written(self, outcome: Path | TerraScopeError) -> None:
        self.ended.emit(outcome if isinstance(outcome, TerraScopeError) else (self._target, outcome))


class _CopyTask(QgsTask):
    ended = pyqtSignal(object)

    def __init__(self, source: Path, target: Path) -> None:
        super().__init__("TerraScope: " + target.name)
        self._source = source
        self._target = target
        self._failure: TerraScopeError | None = None

    def run(self) -> bool:
        try:
            copy_geopackage(self._source, self._target)
        except TerraScopeError as failure:
            self._failure = failure
        except Exception as failure:  # noqa: BLE001 - a task must not raise; a defect of ours still reaches the user
            self._failure = TerraScopeError(str(failure))
        return self._failure is None

    def finished(self, result: bool) -> None:  # noqa: ARG002
        self.ended.emit(self._failure)
