"""Takes the pictures of docs/walkthrough.md, inside a full QGIS: `python3 dev.py walkthrough` starts it.

The environment variable TERRASCOPE_DEMO names a JSON file: `{"scene": path, "question": text, "out_dir": folder,
"runtime_python": path}`. All that is shown is done through the dock, with the real runtime. It ends QGIS with exit code
0, 2 (the dock refused something; one sentence on stderr) or 3 (a defect; a traceback on stderr).
"""

from __future__ import annotations

import json
import os
import sys
import traceback
from collections.abc import Generator
from pathlib import Path

import qgis.utils
from qgis.core import (
    QgsFeature,
    QgsGeometry,
    QgsLayoutExporter,
    QgsPointXY,
    QgsPrintLayout,
    QgsProject,
    QgsRasterLayer,
)
from qgis.PyQt.QtCore import QObject, QSize, Qt, QTimer, pyqtBoundSignal
from qgis.PyQt.QtGui import QImage

from ..terrascope_qgis.core import report_pdf
from ..terrascope_qgis.core.band_roles import optical_roles
from ..terrascope_qgis.core.request import Acquisition
from ..terrascope_qgis.demo import DEFECT, NO_ANSWER, OK, TIME_LIMIT_MS, leave, natural_colour, open_dock
from ..terrascope_qgis.errors import TerraScopeError
from ..terrascope_qgis.gui.dock import TerraScopeDock
from ..terrascope_qgis.gui.needs import IDLE
from ..terrascope_qgis.gui.run import Run
from ..terrascope_qgis.settings import Settings
from ..tests.plugin.screens import with_few_colours

DRAWING_MS = 2_500
WIDTH = 1200  # pixels of a picture
PAGE_WIDTH = 700
Steps = Generator[pyqtBoundSignal, None, None]  # what is waited for; None: until everything is drawn


def main() -> None:
    """Do the job of TERRASCOPE_DEMO; returns at once, QGIS ends when it is done."""
    walk = _Walkthrough(json.loads(Path(os.environ["TERRASCOPE_DEMO"]).read_text(encoding="utf-8")))
    _UNDER_WAY.append(walk)
    walk.go()


_UNDER_WAY: list[QObject] = []
"""held here: timers and signals hold none, and the dock has Python look for what nobody holds"""


class _Walkthrough(QObject):
    """Walks."""

    def __init__(self, job: dict[str, str]) -> None:
        super().__init__()
        self._job = job
        self._out = Path(job["out_dir"])
        self._iface = qgis.utils.iface
        self._walk = self._steps()
        self._signal: pyqtBoundSignal | None = None  # that is waited for
        QTimer.singleShot(TIME_LIMIT_MS, self._too_late)

    def go(self, *outcome: object) -> None:
        """Take the next step; called when what was waited for has come."""
        if self._signal is not None:
            self._signal.disconnect(self.go)
            self._signal = None
        try:
            for one in outcome:
                if isinstance(one, TerraScopeError):
                    raise one
            self._signal = next(self._walk)
            if self._signal is None:
                QTimer.singleShot(DRAWING_MS, self.go)
            else:
                self._signal.connect(self.go)
        except StopIteration:
            leave(OK)
        except TerraScopeError as failure:
            print(failure.user_message, failure.detail, sep="\n", file=sys.stderr, flush=True)
            leave(NO_ANSWER)
        except Exception:  # noqa: BLE001 - whatever it is, it must end the program with its traceback
            traceback.print_exc()
            leave(DEFECT)

    def _steps(self) -> Steps:
        settings = Settings.load()
        settings.runtime_python = self._job["runtime_python"]
        settings.runs_folder = str(self._out / "runs")
        settings.save()
        dock = open_dock()
        yield from self._install(dock)
        yield from self._open_scene(dock)
        yield from self._ask(dock)
        run = dock.run_shown()
        index = next(step.index for step in run.report.steps if step.pixels)
        dock.conversation.links.entered.emit(dock._current, index)
        yield from self._shoot("4-evidence")
        dock.conversation.links.left.emit()
        yield from self._teach(dock, run, index)
        yield from self._correct(dock, dock.run_shown(), index)
        yield from self._keep(dock)

    def _install(self, dock: TerraScopeDock) -> Steps:
        """The page as it is before anything is installed, then with what is here."""
        dock.show_runtime()
        page = dock.first_run
        yield page.idle
        needs = page.needs
        needs.show_runtime("", "profile", False, IDLE, None, None)
        needs.show_device(False, IDLE, None, "")
        needs.show_model(Settings.load(), False, None)
        page.ask_button.setEnabled(False)
        page.view.setVisible(False)
        yield from self._shoot("1-install")
        page.show_state()
        page.ask_button.click()

    def _open_scene(self, dock: TerraScopeDock) -> Steps:
        self._add_scene(dock)
        dock.panel.question.setPlainText(self._job["question"])
        yield from self._shoot("2-scene")

    def _add_scene(self, dock: TerraScopeDock) -> None:
        self._scene = QgsRasterLayer(self._job["scene"], Path(self._job["scene"]).stem)
        QgsProject.instance().addMapLayer(self._scene)
        natural_colour(self._scene, optical_roles(self._scene))
        QgsProject.instance().layerTreeRoot().findLayer(self._scene.id()).setExpanded(False)
        self._iface.setActiveLayer(self._scene)
        self._iface.mapCanvas().setExtent(self._scene.extent())
        dock.panel.dates.set_dates([Acquisition(self._scene)])

    def _ask(self, dock: TerraScopeDock) -> Steps:
        dock.panel.ask_button.click()
        yield dock.ended
        self._iface.messageBar().clearWidgets()  # QGIS tells of tasks while nobody looks at its window
        dock.conversation.verticalScrollBar().setValue(0)
        yield from self._shoot("3-answer")

    def _teach(self, dock: TerraScopeDock, run: Run, index: int) -> Steps:
        """Show that a corner of a mask is not what the model takes it for."""
        corner = self._scene.extent()
        dock.teach.begin()
        dock.teach.panel.phrase.setCurrentText(run.steps[index].phrase)
        away = QgsPointXY(corner.xMinimum() + 0.08 * corner.width(), corner.yMinimum() + 0.08 * corner.height())
        dock.teach.show_place(QgsGeometry.fromPointXY(_within(run, index)), True)
        dock.teach.show_place(QgsGeometry.fromPointXY(away), False)
        yield dock.teach.settled
        self._iface.messageBar().clearWidgets()
        yield from self._shoot("5-teach")
        dock.teach.end()

    def _correct(self, dock: TerraScopeDock, run: Run, index: int) -> Steps:
        """Draw another polygon, as QGIS's own tool does, and save it."""
        self._iface.messageBar().clearWidgets()
        dock.correct.begin(run, index)
        layer = QgsProject.instance().mapLayer(run.layer_ids[index])
        extent = self._scene.extent()
        place = QgsPointXY(extent.xMinimum() + 0.69 * extent.width(), extent.yMinimum() + 0.2 * extent.height())
        feature = QgsFeature(layer.fields())
        feature.setGeometry(QgsGeometry.fromPointXY(place).buffer(0.06 * extent.width(), 8))
        layer.addFeature(feature)
        yield from self._shoot("6-correct")
        layer.commitChanges()
        yield dock.correct.corrected
        layer.rollBack()
        self._iface.messageBar().clearWidgets()
        yield from self._shoot("7-corrected")

    def _keep(self, dock: TerraScopeDock) -> Steps:
        """Export; then all is closed, and the report is opened again."""
        target, write = self._out / "lake-report.gpkg", report_pdf.write_pdf

        def write_and_keep(layout: QgsPrintLayout, pdf: Path) -> None:
            write(layout, pdf)
            page = QgsLayoutExporter(layout).renderPageToImage(0, QSize(), 150)
            self._save(page.scaledToWidth(PAGE_WIDTH, Qt.TransformationMode.SmoothTransformation), "8-report")

        report_pdf.write_pdf = write_and_keep
        dock.keeping.export(target)
        yield dock.keeping.exported
        report_pdf.write_pdf = write
        QgsProject.instance().clear()
        dock.conversation.clear()
        dock.runs.clear()
        self._add_scene(dock)
        dock.keeping.open(target)
        yield dock.keeping.opened
        self._iface.messageBar().clearWidgets()
        self._iface.mapCanvas().setExtent(self._scene.extent())
        yield from self._shoot("9-opened")

    def _shoot(self, name: str) -> Steps:
        """Take a picture of the window, once the map is drawn."""
        window = self._iface.mainWindow()
        window.resize(1600, 1000)  # parts of it may have pushed it wider
        self._iface.mapCanvas().refresh()
        yield None
        picture = window.grab().toImage()
        self._save(picture.scaledToWidth(WIDTH, Qt.TransformationMode.SmoothTransformation), name)

    def _save(self, picture: QImage, name: str) -> None:
        path = self._out / f"{name}.png"
        if not with_few_colours(picture).save(str(path), quality=0):
            raise TerraScopeError(f"The picture {path} cannot be written: choose another folder.")
        print(f"QGIS: wrote {path}", flush=True)

    def _too_late(self) -> None:
        print("The walk-through took longer than 14 minutes.", file=sys.stderr, flush=True)
        leave(NO_ANSWER)


def _within(run: Run, index: int) -> QgsPointXY:
    """A place in the largest polygon of a mask."""
    layer = QgsProject.instance().mapLayer(run.layer_ids[index])
    largest = max((feature.geometry() for feature in layer.getFeatures()), key=lambda shape: shape.area())
    return largest.pointOnSurface().asPoint()
