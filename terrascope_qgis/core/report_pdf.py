"""A report as a PDF of one page. The map is drawn in threads of QGIS's own; only the page itself is made here."""

from __future__ import annotations

import tempfile
from collections.abc import Generator
from pathlib import Path

from qgis.core import QgsLayoutExporter, QgsMapRendererParallelJob, QgsPrintLayout, QgsProject
from qgis.PyQt.QtCore import QCoreApplication, QObject, pyqtSignal
from qgis.PyQt.QtGui import QImage

from ..client.protocol import Report
from ..errors import TerraScopeError
from .report import replacing
from .report_map import opening_map
from .report_page import ReportPage
from .turns import Turns

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
        self._report = report
        self._geopackage = geopackage
        self._target = target
        self._turns = Turns()
        self._job: QgsMapRendererParallelJob | None = None

    def start(self) -> None:
        """Begin."""
        self._turns.go(self._open())

    def cancel(self) -> None:
        """Nothing is written, and `ended` does not come."""
        self.blockSignals(True)
        self._turns.stop()
        if self._job is not None:
            self._job.finished.disconnect(self._drawn)
            self._job.cancelWithoutBlocking()

    def _open(self) -> Generator[None, None, None]:
        """Open what the map shows, and have it drawn."""
        project = QgsProject.instance()
        shown = yield from opening_map(self._report, self._geopackage, project)
        self._page = ReportPage(self._report, shown)
        yield
        self._job = QgsMapRendererParallelJob(shown.settings(self._page.map_width, self._page.map_height, project))
        self._job.finished.connect(self._drawn)
        self._job.start()

    def _drawn(self) -> None:
        self._turns.go(self._write())

    def _write(self) -> Generator[None, None, None]:
        """Put the map on the page, and the page into the file."""
        try:
            with tempfile.TemporaryDirectory(prefix="terrascope") as folder:
                picture = Path(folder) / "map.bmp"  # QGIS takes its pictures from files; packing it takes long
                image = self._job.renderedImage().convertToFormat(QImage.Format.Format_RGB32)
                if not image.save(str(picture), "BMP"):
                    raise TerraScopeError(
                        translate("TerraScope", "The map of the report cannot be kept in {folder}: make room there.")
                        .format(folder=folder)
                    )  # fmt: skip
                yield
                layout = yield from self._page.composing(picture)
                yield
                write_pdf(layout, self._target)
        except (TerraScopeError, OSError) as failure:
            known = isinstance(failure, TerraScopeError)
            self.ended.emit(failure if known else TerraScopeError(str(failure)))
        else:
            yield
            self.ended.emit(self._target)


def _is_whole(pdf: Path) -> bool:
    """Whether a PDF has its end; on a full disk Qt and QGIS call a file without one a success."""
    with pdf.open("rb") as file:
        file.seek(max(0, pdf.stat().st_size - 32))
        return b"%%EOF" in file.read()


def write_pdf(layout: QgsPrintLayout, target: Path) -> None:
    """Export a layout, whole or not at all.

    Raises:
        TerraScopeError: it cannot be written.
    """
    settings = QgsLayoutExporter.PdfExportSettings()
    settings.dpi = 300
    with replacing(target) as draft:
        done = QgsLayoutExporter(layout).exportToPdf(str(draft), settings)
        if done != QgsLayoutExporter.ExportResult.Success or not _is_whole(draft):
            raise TerraScopeError(
                translate("TerraScope", "{name} cannot be written: choose another place.").format(name=target.name),
                detail=f"QgsLayoutExporter: {done}",
            )
