"""What the plugin adds to the start of QGIS, and how long its dock takes to open, in fresh processes without a screen.

    QT_QPA_PLATFORM=offscreen python benchmarks/plugin_start.py [--runs 7]

Each run is a new Python with QGIS's libraries, its Processing and a window with a canvas: what QGIS has loaded itself
before plugins come. The plugin lies in a folder of its own, as an installed one does. Measured are

- start: its import, `classFactory` and `initGui`; the first time that a version is started, before Python has compiled
  it (`cold`), and later (`warm`);
- open: from the click on its action until the dock is painted and QGIS listens again; the first time in a process,
  which makes the dock, and a second time after it was closed.

Told are medians of processes with the smallest and the largest: on the clock, on the clock without what the main
thread waited for a core because other processes had them all (Linux counts it), and of the process's processor time.
The bars are for the second of these, warm. Files are in the system's cache in all runs.

The Python is one that has QGIS (`.envs/plugin/bin/python`); TERRASCOPE_RUNTIME_PYTHON names that of the runtime.
"""

from __future__ import annotations

import argparse
import importlib
import json
import os
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from dock_stall import ROOT, Window, queued_s
from qgis.core import Qgis, QgsApplication
from qgis.PyQt.QtCore import QEvent, QEventLoop, QObject
from qgis.PyQt.QtWidgets import QWidget

PACKAGE = "terrascope"
PARTS = ("__init__.py", "metadata.txt", "terrascope_qgis", "i18n")
LINKED = ("model_runtime", "resources")  # large, and no part of what is measured
BARS_MS = {"start": 150, "open first": 200}
PROCESSING = Path("/usr/share/qgis/python/plugins")
OPEN_MOST_S = 60


class Painted(QObject):
    """Notes that a widget has been painted."""

    def __init__(self) -> None:
        super().__init__()
        self.done = False

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802 - Qt's name
        """Look at what the widget is told."""
        self.done |= event.type() == QEvent.Type.Paint
        return False


def timed(work: Callable[[], object]) -> tuple[list[float], object]:
    """Milliseconds of `work`: on the clock, without waiting for a core, of the processor; and what it returned."""
    begin = time.perf_counter(), queued_s(), time.process_time()
    result = work()
    wall, queued, computed = time.perf_counter() - begin[0], queued_s() - begin[1], time.process_time() - begin[2]
    return [1000 * wall, 1000 * (wall - queued), 1000 * computed], result


def installed(folder: Path) -> None:
    """The plugin in a folder of its own, not compiled yet."""
    package = folder / PACKAGE
    package.mkdir()
    for name in PARTS:
        source = ROOT / name
        if source.is_dir():
            shutil.copytree(source, package / name, ignore=shutil.ignore_patterns("__pycache__"))
        else:
            shutil.copy(source, package / name)
    for name in LINKED:
        (package / name).symlink_to(ROOT / name)


def measured_once(folder: Path) -> dict[str, list[float]]:
    """Start the plugin and open its dock twice, in this process."""
    application = QgsApplication([], True)
    application.initQgis()
    sys.path += [str(PROCESSING), str(folder)]
    importlib.import_module("qgis.utils")
    importlib.import_module("processing")
    window = Window()
    settle()

    def start() -> object:
        plugin = importlib.import_module(PACKAGE).classFactory(window)
        plugin.initGui()
        return plugin

    times = {}
    times["start"], plugin = timed(start)
    settle()
    action = plugin._action
    times["open first"], _ = timed(lambda: open_dock(window.mainWindow(), lambda: (action.trigger(), plugin.dock)[1]))
    settle()
    action.trigger()
    settle()
    if plugin.dock.isVisible():
        raise RuntimeError("The second click did not close the dock.")
    times["open again"], _ = timed(lambda: open_dock(window.mainWindow(), lambda: (action.trigger(), plugin.dock)[1]))
    plugin.unload()
    return times


def open_dock(window: QWidget, click: Callable[[], QWidget]) -> None:
    """Click, and wait until the dock that this shows is painted with all that lies in it."""
    painted, begin = Painted(), time.monotonic()
    window.installEventFilter(painted)
    dock = click()
    window.removeEventFilter(painted)
    painted.done = False  # the window may have been painted before the dock was in it
    dock.installEventFilter(painted)
    while not painted.done:
        QgsApplication.processEvents(QEventLoop.ProcessEventsFlag.AllEvents)
        if time.monotonic() - begin > OPEN_MOST_S:
            raise RuntimeError("The dock was not painted.")
    dock.removeEventFilter(painted)


def settle() -> None:
    """Let the window do what it has to do."""
    end = time.monotonic() + 0.5
    while time.monotonic() < end:
        QgsApplication.processEvents(QEventLoop.ProcessEventsFlag.AllEvents, 50)


def in_new_process(folder: Path) -> dict[str, list[float]]:
    """`measured_once` in a Python that has loaded nothing yet, with settings of its own."""
    with tempfile.TemporaryDirectory() as profile:
        environment = os.environ | {"QGIS_CUSTOM_CONFIG_PATH": profile, "XDG_RUNTIME_DIR": profile}
        environment.pop("PYTHONDONTWRITEBYTECODE", None)  # what is compiled is to be kept, as QGIS does
        arguments = [sys.executable, __file__, "--once", str(folder)]
        done = subprocess.run(arguments, env=environment, capture_output=True, text=True, check=False)
    if done.returncode:
        raise RuntimeError(done.stderr)
    return json.loads(done.stdout.splitlines()[-1])


def tell(name: str, rounds: list[list[float]]) -> float:
    """Print one row; returns the median without waiting for a core."""
    columns = [
        f"{statistics.median(column):7.0f} ({min(column):.0f}-{max(column):.0f})"
        for column in zip(*rounds, strict=True)
    ]
    print(f"{name:>12} " + " ".join(f"{column:>18}" for column in columns), flush=True)
    return statistics.median(row[1] for row in rounds)


def main() -> int:
    """Measure, print a table, and tell by the exit code whether the bars are kept."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--runs", type=int, default=7, help="processes, cold and warm each")
    parser.add_argument("--once", type=Path, help=argparse.SUPPRESS)
    arguments = parser.parse_args()
    if arguments.once:
        print(json.dumps(measured_once(arguments.once)))
        return 0
    cold, warm = [], []
    for _ in range(arguments.runs):
        with tempfile.TemporaryDirectory() as folder:
            installed(Path(folder))
            cold.append(in_new_process(Path(folder)))
            warm.append(in_new_process(Path(folder)))
    print(f"QGIS {Qgis.QGIS_VERSION}, medians of {arguments.runs} processes in milliseconds")
    print(f"{'':>12} {'clock':>18} {'without waiting':>18} {'processor':>18}")
    tell("start, cold", [run["start"] for run in cold])
    tell("open, cold", [run["open first"] for run in cold])
    found = {name: tell(name, [run[name] for run in warm]) for name in warm[0]}
    return 0 if all(found[name] < bar for name, bar in BARS_MS.items()) else 1


if __name__ == "__main__":
    status = main()
    sys.stdout.flush()
    os._exit(status)  # QGIS 3.22 crashes when Python's own end destroys what is left
