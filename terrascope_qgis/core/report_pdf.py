"""A report as a PDF of one page. The map is drawn in threads of QGIS's own; only the page itself is made here."""

from __future__ import annotations

import tempfile
from pathlib import Path

from qgis.core import QgsLayoutExporter, QgsMapRendererParallelJob, QgsPrintLayout, QgsProject
from qgis.PyQt.QtCore import QCoreApplication, QObject, pyqtSignal

from ..client.protocol import Report
from ..errors import TerraScopeError
from .report import replacing
from .report_map import report_map
from .report_page import ReportPage

translate = QCoreApplication.translate


class ReportPdf(QObject):
    """Makes one PDF; keep it until `ended`. Main thread only, and it never waits.

    Args:
        report: of the run.
        geopackage: with its evidence.
        target: PDF to write, replacing a file of that name.

    Signals:
        ended: the path, or the TerraScopeError that came instead.
    """

    ended = pyqtSignal(object)

    def __init__(self, report: Report, geopackage: Path, target: Path) -> None:
        super().__init__()
        self._target = target
        self._shown = report_map(report, geopackage, QgsProject.instance())
        self._page = ReportPage(report, self._shown)
        size = self._page.map_width, self._page.map_height
        self._job = QgsMapRendererParallelJob(self._shown.settings(*size, QgsProject.instance()))
        self._job.finished.connect(self._drawn)

    def start(self) -> None:
        """Begin to draw."""
        self._job.start()

    def cancel(self) -> None:
        """Nothing is written, and `ended` does not come."""
        self.blockSignals(True)
        self._job.finished.disconnect(self._drawn)
        self._job.cancelWithoutBlocking()

    def _drawn(self) -> None:
        try:
            with tempfile.TemporaryDirectory(prefix="terrascope") as folder:
                picture = Path(folder) / "map.png"
                if not self._job.renderedImage().save(str(picture), "PNG", 80):  # quickly rather than small
                    raise TerraScopeError(
                        translate("TerraScope", "The map of the report cannot be kept in {folder}: make room there.")
                        .format(folder=folder)
                    )  # fmt: skip
                write_pdf(self._page.compose(picture), self._target)
        except (TerraScopeError, OSError) as failure:
            known = isinstance(failure, TerraScopeError)
            self.ended.emit(failure if known else TerraScopeError(str(failure)))
        else:
            self.ended.emit(self._target)


def write_pdf(layout: QgsPrintLayout, target: Path) -> None:
    """Export a layout, whole or not at all.

    Raises:
        TerraScopeError: it cannot be written.
    """
    settings = QgsLayoutExporter.PdfExportSettings()
    settings.dpi = 300
    with replacing(target) as draft:
        done = QgsLayoutExporter(layout).exportToPdf(str(draft), settings)
        if done != QgsLayoutExporter.ExportResult.Success:
            raise TerraScopeError(
                translate("TerraScope", "{name} cannot be written: choose another place.").format(name=target.name),
                detail=f"QgsLayoutExporter: {done}",
            )
