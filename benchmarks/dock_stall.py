"""The longest stall of QGIS's main thread while the dock answers, and while an answer is kept, without a screen.

A timer of 5 ms runs beside everything else; a stall is how much later than due it comes. The window has a canvas, the
layer panel and the dock, and the runtime is the real one. What the main thread waited for a core because other
processes had them all is no stall of ours: Linux counts it, and it is taken off. The processor time of the main thread
within the gap is told beside it; the rest of a stall is waiting, for Python's lock or a file.

    QT_QPA_PLATFORM=offscreen python benchmarks/dock_stall.py [--pixels 1024] [--answers 3] [--question TEXT]

Before that it tells in the same way how late the timer comes in a window where nothing happens.

The Python is one that has QGIS (`.envs/plugin/bin/python`); TERRASCOPE_RUNTIME_PYTHON names that of the runtime.
"""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from qgis.core import Qgis, QgsApplication, QgsLayerTreeModel, QgsProject, QgsRasterLayer  # noqa: E402
from qgis.gui import QgsLayerTreeMapCanvasBridge, QgsLayerTreeView, QgsMapCanvas, QgsMessageBar  # noqa: E402
from qgis.PyQt.QtCore import QEventLoop, QObject, QSize, Qt, QTimer  # noqa: E402
from qgis.PyQt.QtWidgets import QDockWidget, QMainWindow  # noqa: E402

TICK_MS = 5
IDLE_MS = 5000
SETTLING_MS = 3000  # after an answer: layers, drawing of the map
AIM_MS = 50
SCHEDULE = Path("/proc/self/schedstat")  # of the main thread: its nanoseconds on a core, and waiting for one


class Window(QObject):
    """What the plugin wants of QGIS's interface: a main window with a canvas, a layer panel and a message bar."""

    def __init__(self) -> None:
        super().__init__()
        self._window = QMainWindow()
        self._canvas = QgsMapCanvas()
        self._bar = QgsMessageBar()
        self._window.setCentralWidget(self._canvas)
        root = QgsProject.instance().layerTreeRoot()
        self._bridge = QgsLayerTreeMapCanvasBridge(root, self._canvas)
        self._model = QgsLayerTreeModel(root)
        self._tree = QgsLayerTreeView()
        self._tree.setModel(self._model)
        panel = QDockWidget("Layers")
        panel.setWidget(self._tree)
        self._window.addDockWidget(Qt.DockWidgetArea.LeftDockWidgetArea, panel)
        self._window.resize(QSize(1600, 1000))
        self._window.show()

    def mainWindow(self) -> QMainWindow:  # noqa: D102, N802 - as QgisInterface names it
        return self._window

    def mapCanvas(self) -> QgsMapCanvas:  # noqa: D102, N802
        return self._canvas

    def messageBar(self) -> QgsMessageBar:  # noqa: D102, N802
        return self._bar

    def activeLayer(self) -> None:  # noqa: D102, N802
        return None

    def addDockWidget(self, area: Qt.DockWidgetArea, dock: QDockWidget) -> None:  # noqa: D102, N802
        self._window.addDockWidget(area, dock)

    def removeDockWidget(self, dock: QDockWidget) -> None:  # noqa: D102, N802
        self._window.removeDockWidget(dock)

    def _nothing(self, *_: object) -> None:
        """Menus and tool bars."""

    addPluginToRasterMenu = removePluginRasterMenu = addRasterToolBarIcon = removeRasterToolBarIcon = _nothing  # noqa: N815
    registerOptionsWidgetFactory = unregisterOptionsWidgetFactory = _nothing  # noqa: N815


@dataclass
class Gap:
    """Between two ticks: how much later than due the second came, all told and without waiting for a core."""

    late_ms: float
    stall_ms: float
    computed_ms: float
    after: str  # what the dock was told last


class Watch:
    """Notes every gap between ticks while it runs."""

    def __init__(self) -> None:
        self.gaps: list[Gap] = []
        self.last_event = ""
        self._timer = QTimer()
        self._timer.setTimerType(Qt.TimerType.PreciseTimer)
        self._timer.setInterval(TICK_MS)
        self._timer.timeout.connect(self._tick)

    def start(self) -> None:
        """From now on."""
        self.gaps.clear()
        self._wall, self._computed, self._queued = time.perf_counter(), time.thread_time(), queued_s()
        self._timer.start()

    def stop(self) -> None:
        """No longer."""
        self._timer.stop()

    def _tick(self) -> None:
        wall, computed, queued = time.perf_counter(), time.thread_time(), queued_s()
        late = 1000 * (wall - self._wall) - TICK_MS
        stall = late - 1000 * (queued - self._queued)
        self.gaps.append(Gap(late, stall, 1000 * (computed - self._computed), self.last_event))
        self._wall, self._computed, self._queued = wall, computed, queued


def queued_s() -> float:
    """How long the main thread has waited for a core since it began; 0 where the system does not tell."""
    try:
        return int(SCHEDULE.read_text().split()[1]) / 1e9
    except (OSError, IndexError):
        return 0.0


def wait(milliseconds: int) -> None:
    """Let the window live for a while."""
    loop = QEventLoop()
    QTimer.singleShot(milliseconds, loop.quit)
    loop.exec()


def answer(dock: QObject, watch: Watch, failed: list[str]) -> float:
    """Ask what the panel says and wait until all is shown; seconds until the answer."""
    loop = QEventLoop()
    dock.ended.connect(loop.quit)
    begin = time.perf_counter()
    watch.last_event = "asked"
    watch.start()
    dock.ask()
    dock._task.happened.connect(lambda event: setattr(watch, "last_event", event.event))
    dock._task.ended.connect(lambda outcome: failed.append(str(outcome)) if isinstance(outcome, Exception) else None)
    loop.exec()
    seconds = time.perf_counter() - begin
    watch.last_event = "ended"
    dock.ended.disconnect(loop.quit)
    wait(SETTLING_MS)
    watch.stop()
    return seconds


def keep(dock: QObject, watch: Watch, folder: Path) -> Iterator[tuple[str, float]]:
    """Add the layers of the last answer again, export its report, open that; each step's name and seconds."""
    project, keeping = QgsProject.instance(), dock.keeping
    report = folder / "kept" / "report.gpkg"
    report.parent.mkdir()
    steps = (
        ("add layers", keeping.added, keeping.add_layers),
        ("export report", keeping.exported, lambda: keeping.export(report)),
        ("open report", keeping.opened, lambda: keeping.open(report)),
    )
    for name, ended, begin in steps:
        project.removeMapLayers([layer.id() for layer in project.mapLayers().values() if layer.name() != "place"])
        wait(1000)
        loop = QEventLoop()
        ended.connect(loop.quit)
        watch.last_event = name
        watch.start()
        started = time.perf_counter()
        QTimer.singleShot(50, begin)
        loop.exec()
        seconds = time.perf_counter() - started
        wait(SETTLING_MS)
        watch.stop()
        ended.disconnect(loop.quit)
        yield name, seconds


def scene_of(pixels: int, folder: Path, python: str) -> Path:
    """A generated scene."""
    path = folder / "place.tif"
    made = ["--size", str(pixels), "--seed", "41", "--out", str(path)]
    subprocess.run(
        [python, "-m", "model_runtime", "data", "scene", *made], cwd=ROOT, check=True, stdout=subprocess.DEVNULL
    )
    return path


def tell(what: str, seconds: float, watch: Watch) -> float:
    """Print the three longest stalls of a step; returns the longest."""
    longest = sorted(watch.gaps, key=lambda gap: -gap.stall_ms)[:3]
    for gap in longest:
        row = f"{what:>13} {seconds:>8.1f} {gap.late_ms:>8.1f} {gap.stall_ms:>9.1f} {gap.computed_ms:>12.1f}"
        print(f"{row}  {gap.after}", flush=True)
    return longest[0].stall_ms


def main() -> int:
    """Measure, print a table, and tell by the exit code whether every answer kept to the aim."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--pixels", type=int, default=1024, help="edge of the generated scene")
    parser.add_argument("--answers", type=int, default=3)
    parser.add_argument("--question", default="How many hectares of water are there, and how far is it from a town?")
    arguments = parser.parse_args()
    application = QgsApplication([], True)
    application.initQgis()
    from terrascope_qgis.core.request import Acquisition
    from terrascope_qgis.plugin import TerraScopePlugin
    from terrascope_qgis.settings import Settings

    worst, failed = 0.0, []
    with tempfile.TemporaryDirectory() as folder:
        settings = replace(Settings.load(), runs_folder=folder + "/runs", model="nano", add_layers=True)
        settings.save()
        layer = QgsRasterLayer(str(scene_of(arguments.pixels, Path(folder), settings.interpreter())), "place")
        QgsProject.instance().addMapLayer(layer)
        QgsProject.instance().setCrs(layer.crs())
        plugin = TerraScopePlugin(Window())
        plugin.initGui()
        dock = plugin.show_dock()
        dock.panel.dates.set_dates([Acquisition(layer)])
        dock.panel.question.setPlainText(arguments.question)
        plugin.iface.mapCanvas().zoomToFullExtent()
        wait(SETTLING_MS)
        watch = Watch()
        watch.last_event = "nothing"
        watch.start()
        wait(IDLE_MS)
        watch.stop()
        idle = max(gap.stall_ms for gap in watch.gaps)
        print(f"QGIS {Qgis.QGIS_VERSION}, {arguments.pixels} x {arguments.pixels} pixels; idle: {idle:.1f} ms")
        print(f"{'answer':>13} {'seconds':>8} {'late ms':>8} {'stall ms':>9} {'computed ms':>12}  after")
        for number in range(1, arguments.answers + 1):
            seconds = answer(dock, watch, failed)
            worst = max(worst, tell(str(number), seconds, watch))
        for name, seconds in keep(dock, watch, Path(folder)):
            worst = max(worst, tell(name, seconds, watch))
        plugin.unload()
    for sentence in failed:
        print(sentence, file=sys.stderr)
    QgsProject.instance().clear()
    return 0 if not failed and worst < AIM_MS else 1


if __name__ == "__main__":
    status = main()
    sys.stdout.flush()
    os._exit(status)  # QGIS 3.22 crashes when Python's own end destroys what is left
