"""The plugin in a QGIS of its own, as QT_SCALE_FACTOR has it: prints as JSON what opened by itself and how wide it is.

A scale holds for a whole process, so the tests start this file anew for each.
"""

from __future__ import annotations

import json
import os
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT))

from qgis.core import QgsApplication  # noqa: E402
from qgis.PyQt.QtCore import QCoreApplication  # noqa: E402
from qgis.PyQt.QtWidgets import QDockWidget, QWidget  # noqa: E402

from benchmarks.dock_stall import Window  # noqa: E402
from tests.plugin.screens import LongWords  # noqa: E402

NARROW = 360  # logical pixels


def outside(root: QWidget) -> list[str]:
    """Visible parts that reach over the right edge of a window."""
    return [
        f"{type(one).__name__} {one.objectName()}"
        for one in root.findChildren(QWidget)
        if one.isVisible() and not one.isWindow() and one.mapTo(root, one.rect().topRight()).x() >= root.width()
    ]


def pages() -> dict[str, object]:
    """Make the plugin, open everything 360 pixels wide, and take it away again."""
    from terrascope_qgis.plugin import TerraScopePlugin

    window = Window()
    main = window.mainWindow()
    plugin = TerraScopePlugin(window)
    plugin.initGui()
    QCoreApplication.processEvents()
    main.restoreState(main.saveState())
    said: dict[str, object] = {
        "opened": [dock.windowTitle() for dock in main.findChildren(QDockWidget) if dock.windowTitle() != "Layers"],
        "runtime": plugin.launcher.pid,
    }
    dock = plugin.show_dock()
    dock.setFloating(True)
    dock.resize(NARROW, 900)
    models = dock.show_models()
    dock.panel.bands.setCollapsed(False)
    dock.panel.more.setCollapsed(False)
    dock.pages.setCurrentIndex(0)
    QCoreApplication.processEvents()
    said["scale"] = dock.devicePixelRatioF()
    said["dock"], said["outside"] = dock.minimumSizeHint().width(), outside(dock)
    dock.show_runtime()
    dock.first_run.ways.setCollapsed(False)
    QCoreApplication.processEvents()
    said["first run"] = dock.first_run.minimumSizeHint().width()
    said["outside"] += outside(dock)
    models.resize(NARROW, 700)
    QCoreApplication.processEvents()
    said["models"] = models.minimumSizeHint().width()
    said["outside"] += outside(models)
    plugin.unload()
    return said


if __name__ == "__main__":
    application = QgsApplication([], True)
    application.initQgis()
    english = pages()
    translator = LongWords()
    QCoreApplication.installTranslator(translator)
    print(json.dumps({"English": english, "long words": pages()}), flush=True)
    os._exit(0)  # QGIS 3.22 crashes when Python's own end destroys what is left
