"""A QGIS of its own with the plugin as it is packaged: from an empty profile to the first answer, by buttons alone.

    python from_nothing.py PLUGIN_FOLDER SCENE OUT.json

PLUGIN_FOLDER holds the packaged plugin. QGIS_CUSTOM_CONFIG_PATH names the profile's folder. What was seen is written
to OUT.json: what each row of the page said before and after, seconds, the longest time that the window stood still, and
the answer.
"""

from __future__ import annotations

import json
import sys
import time
from pathlib import Path

LIMIT_S = 1500
BEAT_MS = 5


def main(plugin_folder: str, scene: str, out: str) -> None:
    """Do it; an exception is a failure."""
    sys.path.insert(0, plugin_folder)
    from pytest_qgis.mock_qgis_classes import MockMessageBar
    from pytest_qgis.qgis_interface import QgisInterface
    from qgis.core import QgsApplication, QgsProject, QgsRasterLayer
    from qgis.gui import QgsMapCanvas, QgsMessageBar
    from qgis.PyQt.QtCore import QEventLoop, QTimer
    from qgis.PyQt.QtWidgets import QMainWindow

    application = QgsApplication([], True)
    application.initQgis()

    from terrascope_qgis.core.request import Acquisition
    from terrascope_qgis.plugin import TerraScopePlugin

    window, canvas = QMainWindow(), QgsMapCanvas()
    iface = QgisInterface(canvas, MockMessageBar(), window)
    bar = QgsMessageBar()
    iface.messageBar = lambda: bar
    plugin = TerraScopePlugin(iface)
    plugin.initGui()
    layer = QgsRasterLayer(scene, "scene")
    QgsProject.instance().addMapLayer(layer)
    dock = plugin.show_dock()
    page = dock.first_run
    rows = (page.needs.runtime, page.needs.device, page.needs.model)
    seen = {
        "opened_on_it": dock.pages.currentWidget() is page,
        "before": [(row.state, row.line.text()) for row in rows],
    }

    beats = [time.monotonic()]
    stalls = []

    def beat() -> None:
        stalls.append(time.monotonic() - beats[-1])
        beats.append(time.monotonic())

    heart = QTimer()
    heart.setInterval(BEAT_MS)
    heart.timeout.connect(beat)
    heart.start()
    started = time.monotonic()
    loop = QEventLoop()
    QTimer.singleShot(LIMIT_S * 1000, loop.quit)
    page.idle.connect(loop.quit)
    page.needs.runtime.button.click()
    loop.exec()
    heart.stop()
    seen["install_s"] = time.monotonic() - started
    seen["longest_stall_s"] = max(stalls)
    seen["after"] = [(row.state, row.line.text()) for row in rows]
    seen["log"] = page.view.log.toPlainText()[-4000:]
    seen["interpreter"] = plugin_settings().interpreter()

    page.ask_button.click()
    seen["left"] = dock.pages.currentWidget() is not page
    dock.panel.dates.set_dates([Acquisition(layer)])
    dock.panel.question.setPlainText("How many hectares of water are there?")
    ended = []
    dock.ended.connect(ended.append)
    dock.ended.connect(loop.quit)
    QTimer.singleShot(300_000, loop.quit)
    started = time.monotonic()
    dock.panel.ask_button.click()
    if not ended:
        loop.exec()
    seen["answer_s"] = time.monotonic() - started
    outcome = ended[0] if ended else None
    seen["answer"] = outcome.report.answer if hasattr(outcome, "report") else repr(outcome)
    plugin.unload()
    Path(out).write_text(json.dumps(seen), encoding="utf-8")


def plugin_settings() -> object:
    """The plugin's settings as they are now."""
    from terrascope_qgis.settings import Settings

    return Settings.load()


if __name__ == "__main__":
    main(*sys.argv[1:])
    import os

    os._exit(0)  # QGIS's own teardown in a script without its window is not what is looked at here
