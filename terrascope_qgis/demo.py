"""The demonstration, inside a full QGIS: asks through the dock and keeps what comes of it.

How it is called (dev.py does): start QGIS with this plugin enabled and with `--code boot.py`, where boot.py calls
`main()` of this module once the plugins are loaded. The environment variable TERRASCOPE_DEMO names a JSON file:
`{"scene": path, "sar": path or null, "second_date": path or null, "question": text, "out_dir": folder,
"runtime_python": path}`. It writes run.gpkg, evidence.png, run.json and qgis.png to the folder and ends QGIS with exit
code 0, 2 (no answer; one sentence on stderr) or 3 (a defect; a traceback on stderr). It only ever waits in Qt's own
event loop, so the window stays alive meanwhile.
"""

from __future__ import annotations

import json
import os
import sys
import traceback
from pathlib import Path

import qgis.utils
from qgis.core import (
    QgsApplication,
    QgsContrastEnhancement,
    QgsMultiBandColorRenderer,
    QgsProject,
    QgsRasterLayer,
    QgsRasterMinMaxOrigin,
)
from qgis.PyQt.QtCore import QObject, Qt, QTimer
from qgis.PyQt.QtWidgets import QDockWidget

from .core.analysis import AnalysisResult
from .core.report import write_json
from .core.request import Acquisition
from .errors import TerraScopeError
from .gui.dock import TerraScopeDock
from .plugin import TerraScopePlugin
from .settings import Settings

WINDOW = (1600, 1000)
DOCK_WIDTHS = {"Layers": 300, "TerraScopeDock": 440}
TIME_LIMIT_MS = 840_000
DRAWING_MS = 2_500

OK, NO_ANSWER, DEFECT = 0, 2, 3


def main() -> None:
    """Do the job of TERRASCOPE_DEMO; returns at once, QGIS ends when the job is done."""
    _Demo(json.loads(Path(os.environ["TERRASCOPE_DEMO"]).read_text(encoding="utf-8")))


class _Demo(QObject):
    """One demonstration; belongs to the application, which keeps it alive."""

    def __init__(self, job: dict[str, str]) -> None:
        super().__init__(QgsApplication.instance())
        self._job = job
        self._out = Path(job["out_dir"])
        self._iface = qgis.utils.iface
        self._status = OK
        QTimer.singleShot(TIME_LIMIT_MS, lambda: self._fail("The demonstration took longer than 14 minutes."))
        self._step(self._start)

    def _step(self, work: object, *arguments: object) -> None:
        """Run a step; a defect ends QGIS instead of opening a dialog that nobody closes."""
        try:
            work(*arguments)
        except TerraScopeError as failure:
            self._fail(failure.user_message)
        except Exception:  # noqa: BLE001 - whatever it is, it must end the program with its traceback
            traceback.print_exc()
            leave(DEFECT)

    def _start(self) -> None:
        settings = Settings.load()
        settings.runtime_python = self._job["runtime_python"]
        settings.save()
        self._scene = self._load("scene", "")
        dates = [Acquisition(self._scene, self._load("sar", "Radar: "))]
        later = self._load("second_date", "Later: ")
        dates += [Acquisition(later)] if later is not None else []
        self._dock = open_dock()
        self._dock.panel.dates.set_dates(dates)
        self._dock.panel.question.setPlainText(self._job["question"])
        self._dock.ended.connect(lambda outcome: self._step(self._ended, outcome))
        self._say("asking: " + self._job["question"])
        self._dock.ask(out=self._out / "run.gpkg", picture=self._out / "evidence.png")

    def _load(self, name: str, title: str) -> QgsRasterLayer | None:
        path = self._job.get(name)
        if not path:
            return None
        layer = QgsRasterLayer(path, title + Path(path).stem)
        if not layer.isValid():
            raise TerraScopeError(f"QGIS cannot open {path}: give a georeferenced raster file.")
        QgsProject.instance().addMapLayer(layer)
        return layer

    def _ended(self, outcome: AnalysisResult | TerraScopeError) -> None:
        if isinstance(outcome, AnalysisResult):
            write_json(outcome.report, self._out / "run.json")
            image = outcome.report.dates[0].optical
            if image is not None:
                natural_colour(self._scene, image.bands)
            self._say("answered: " + outcome.report.answer)
        else:
            self._status = NO_ANSWER
            print(outcome.user_message, outcome.detail, sep="\n", file=sys.stderr, flush=True)
        self._iface.mainWindow().resize(*WINDOW)  # parts of the window may have pushed it wider
        self._iface.setActiveLayer(self._scene)
        QgsProject.instance().layerTreeRoot().findLayer(self._scene.id()).setExpanded(False)
        self._iface.mapCanvas().setExtent(self._scene.extent())
        self._iface.mapCanvas().refresh()
        QTimer.singleShot(DRAWING_MS, lambda: self._step(self._shoot))

    def _shoot(self) -> None:
        if self._status == OK:
            self._iface.messageBar().clearWidgets()  # news of QGIS itself
        picture = self._out / "qgis.png"
        if not self._iface.mainWindow().grab().save(str(picture)):
            raise TerraScopeError(f"The picture {picture} cannot be written: choose another folder.")
        self._say(f"wrote {picture}")
        leave(self._status)

    def _fail(self, sentence: str) -> None:
        print(sentence, file=sys.stderr, flush=True)
        leave(NO_ANSWER)

    @staticmethod
    def _say(text: str) -> None:
        print("QGIS: " + text, flush=True)


def open_dock() -> TerraScopeDock:
    """The window as somebody at work would have it: layers on the left, map, dock on the right."""
    plugin = next(one for one in qgis.utils.plugins.values() if isinstance(one, TerraScopePlugin))
    window = qgis.utils.iface.mainWindow()
    window.showNormal()
    window.resize(*WINDOW)
    dock = plugin.show_dock()
    docks = {one.objectName(): one for one in window.findChildren(QDockWidget)}
    for name, one in docks.items():
        if name not in DOCK_WIDTHS:
            one.hide()
    docks["Layers"].show()
    window.resizeDocks([docks[name] for name in DOCK_WIDTHS], list(DOCK_WIDTHS.values()), Qt.Orientation.Horizontal)
    return dock


def natural_colour(layer: QgsRasterLayer, bands: dict[str, int]) -> None:
    """Show red as red: QGIS takes the first three bands of a file, which in satellite scenes often begin with blue."""
    if layer.bandCount() < 3:
        return
    layer.setRenderer(QgsMultiBandColorRenderer(layer.dataProvider(), bands["red"], bands["green"], bands["blue"]))
    layer.setContrastEnhancement(
        QgsContrastEnhancement.ContrastEnhancementAlgorithm.StretchToMinimumMaximum,
        QgsRasterMinMaxOrigin.Limits.CumulativeCut,
    )
    layer.triggerRepaint()


def leave(status: int) -> None:
    """End QGIS without its questions (save the project?) and without the crash that 3.22 can have while it ends."""
    for plugin in qgis.utils.plugins.values():
        if isinstance(plugin, TerraScopePlugin):
            plugin.launcher.stop()
    sys.stdout.flush()
    sys.stderr.flush()
    os._exit(status)
