"""Run by a QGIS with its window, as its `--code`: it installs the plugin's ZIP and uses it, or takes it away.

TERRASCOPE_INSTALLATION names a file with the job: {"stage": "install" or "remove", "zip": …, "scene": …, "seen": the
file that what was seen is written to}. Both are done by the code behind "Install from ZIP" and "Uninstall Plugin".
"""

from __future__ import annotations

import json
import os
import sys
import traceback
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pyplugin_installer
import qgis.utils
from pyplugin_installer.installer_data import plugins as known_plugins
from qgis.core import QgsApplication, QgsProject, QgsRasterLayer, QgsSettings
from qgis.PyQt.QtCore import QEventLoop, QObject, QTimer
from qgis.PyQt.QtWidgets import QApplication, QDockWidget, QMessageBox

PACKAGE = "terrascope_for_qgis"
ANSWER_LIMIT_MS = 300_000
LATER_MS = 1_000  # enough for what Qt deletes later


def main() -> None:
    """Do the job."""
    job = json.loads(Path(os.environ["TERRASCOPE_INSTALLATION"]).read_text("utf-8"))
    step({"install": install, "remove": remove}[job["stage"]], job)


def step(work: Callable[..., None], *arguments: object) -> None:
    """What goes wrong ends QGIS with its traceback, and opens no dialog that nobody closes."""
    try:
        work(*arguments)
    except BaseException:
        traceback.print_exc()
        leave(3)


def leave(status: int) -> None:
    """End QGIS without its questions, and without the crash that 3.22 can have while it ends."""
    QgsSettings().sync()
    sys.stdout.flush()
    sys.stderr.flush()
    os._exit(status)


def install(job: dict[str, str]) -> None:
    """Install the plugin, and ask a question in its dock."""
    seen = {"before": state()}
    pyplugin_installer.instance().installFromZipFile(job["zip"])
    seen["after"] = state()
    seen["code"] = sys.modules[f"{PACKAGE}.terrascope_qgis.plugin"].__file__
    seen["answer"] = ask(open_dock(), job["scene"])
    seen["layers"] = [layer.name() for layer in QgsProject.instance().mapLayers().values()]
    qgis.utils.plugins[PACKAGE].launcher.stop()
    Path(job["seen"]).write_text(json.dumps(seen), "utf-8")
    leave(0)


def remove(job: dict[str, str]) -> None:
    """See what QGIS has loaded by itself, and install it once more over it, with its dock open."""
    seen = {"before": state(), "asked": []}
    open_dock()
    pyplugin_installer.instance().installFromZipFile(job["zip"])
    QTimer.singleShot(LATER_MS, lambda: step(replaced, job, seen))


def replaced(job: dict[str, str], seen: dict[str, Any]) -> None:
    """What is there, now that Qt has deleted what was to be deleted later; uninstall it, with its dock open."""
    seen["again"] = state()
    seen["docks"] = len(qgis.utils.iface.mainWindow().findChildren(QDockWidget, "TerraScopeDock"))
    open_dock()
    watch = QTimer()
    watch.timeout.connect(lambda: agree(seen["asked"]))
    watch.start(100)
    pyplugin_installer.instance().uninstallPlugin(PACKAGE)
    watch.stop()
    QTimer.singleShot(LATER_MS, lambda: step(removed, job, seen))


def removed(job: dict[str, str], seen: dict[str, Any]) -> None:
    """What is left of it."""
    seen["after"] = state()
    Path(job["seen"]).write_text(json.dumps(seen), "utf-8")
    leave(0)


def state() -> dict[str, Any]:
    """What there is of the plugin."""
    iface = qgis.utils.iface
    folder = Path(QgsApplication.qgisSettingsDirPath()) / "python" / "plugins" / PACKAGE
    provider = QgsApplication.processingRegistry().providerById("terrascope")
    menus = [action.menu() for action in iface.rasterMenu().actions() if action.text() == "TerraScope"]
    objects = {one.objectName() for one in iface.mainWindow().findChildren(QObject)}
    known = known_plugins.localCache.get(PACKAGE)
    return {
        "folder": str(folder),
        "files": sorted(path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file()),
        "known": {name: known[name] for name in ("name", "version_installed", "error")} if known else None,
        "enabled": QgsSettings().value("PythonPlugins/" + PACKAGE),
        "active": PACKAGE in qgis.utils.active_plugins,
        "modules": [name for name in sys.modules if name.split(".")[0] == PACKAGE],
        "algorithms": sorted(one.id() for one in provider.algorithms()) if provider is not None else [],
        "menu": [action.text() for menu in menus for action in menu.actions()],
        # QGIS keeps an emptied submenu, in no menu: an object of the menu's name.
        "objects": sorted(name for name in objects if name.startswith("TerraScope") and name != "TerraScope"),
    }


def open_dock() -> QDockWidget:
    """Click on the plugin's button in the toolbar."""
    buttons = qgis.utils.iface.rasterToolBar().actions()
    next(action for action in buttons if action.objectName() == "TerraScopeAction").trigger()
    dock = qgis.utils.iface.mainWindow().findChild(QDockWidget, "TerraScopeDock")
    assert dock.isVisible()  # noqa: S101
    return dock


def ask(dock: QDockWidget, scene: str) -> str:
    """Ask about a scene, and wait for the answer."""
    from terrascope_for_qgis.terrascope_qgis.core.request import Acquisition

    layer = QgsRasterLayer(scene, "scene")
    QgsProject.instance().addMapLayer(layer)
    dock.panel.dates.set_dates([Acquisition(layer)])
    dock.panel.question.setPlainText("How many hectares of water are there?")
    loop, ended = QEventLoop(), []
    dock.ended.connect(ended.append)
    dock.ended.connect(loop.quit)
    QTimer.singleShot(ANSWER_LIMIT_MS, loop.quit)
    dock.panel.ask_button.click()
    if not ended:
        loop.exec()
    return ended[0].report.answer if ended and hasattr(ended[0], "report") else repr(ended)


def agree(asked: list[str]) -> None:
    """Answer a question of QGIS's with Yes."""
    box = QApplication.activeModalWidget()
    if isinstance(box, QMessageBox):
        asked.append(box.text())
        box.button(QMessageBox.StandardButton.Yes).click()


QTimer.singleShot(LATER_MS, lambda: step(main))
