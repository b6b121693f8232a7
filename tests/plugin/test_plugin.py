from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
import qgis.utils
from pytestqt.qtbot import QtBot
from qgis.core import QgsApplication, QgsRasterLayer
from qgis.gui import QgisInterface

from terrascope_qgis.core.request import Acquisition
from terrascope_qgis.settings import Settings

REPOSITORY = Path(__file__).resolve().parents[2]
PACKAGE = "terrascope_for_qgis"


@pytest.fixture
def plugin_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A plugin folder as QGIS has it, with the checkout in it."""
    (tmp_path / PACKAGE).symlink_to(REPOSITORY, target_is_directory=True)
    monkeypatch.syspath_prepend(str(tmp_path))
    monkeypatch.setattr(qgis.utils, "plugin_paths", [str(tmp_path)])
    yield tmp_path
    # tests import the same package under its short name: the copies of the loader go
    for name in [name for name in sys.modules if name.split(".")[0] == PACKAGE]:
        del sys.modules[name]


def test_loads_and_unloads_twice_through_the_loader_of_qgis(
    plugin_folder: Path, qgis_iface: QgisInterface, qtbot: QtBot
) -> None:
    registry = QgsApplication.processingRegistry()
    for _ in range(2):
        qgis.utils.updateAvailablePlugins()
        assert qgis.utils.loadPlugin(PACKAGE)
        assert qgis.utils.startPlugin(PACKAGE)
        assert registry.algorithmById("terrascope:ask") is not None
        plugin = qgis.utils.plugins[PACKAGE]
        assert plugin.dock is None  # it never opens by itself
        dock = plugin.show_dock()
        assert dock.objectName() == "TerraScopeDock"
        assert plugin.launcher.pid is None  # nor does the runtime start before it is needed
        gone = []
        dock.destroyed.connect(lambda *_, gone=gone: gone.append(True))
        assert qgis.utils.unloadPlugin(PACKAGE)
        assert registry.providerById("terrascope") is None
        qtbot.waitUntil(lambda gone=gone: bool(gone))


def test_unloading_in_mid_answer_ends_the_work_and_the_runtime(
    plugin_folder: Path,
    qgis_iface: QgisInterface,
    qtbot: QtBot,
    scene: QgsRasterLayer,
    settings: Settings,
    runtime_python: str,
    model_name: str,
) -> None:
    settings.runtime_python, settings.model = runtime_python, model_name
    settings.save()
    qgis.utils.updateAvailablePlugins()
    assert qgis.utils.loadPlugin(PACKAGE)
    assert qgis.utils.startPlugin(PACKAGE)
    plugin = qgis.utils.plugins[PACKAGE]
    dock = plugin.show_dock()
    dock.panel.dates.set_dates([Acquisition(scene)])
    dock.panel.question.setPlainText("How many hectares of water are there?")
    seen = []
    dock.ask()
    dock._task.happened.connect(lambda event: seen.append(event.event))
    qtbot.waitUntil(lambda: "queued" in seen, timeout=60_000)
    pid = plugin.launcher.pid
    assert Path(f"/proc/{pid}").exists()
    assert qgis.utils.unloadPlugin(PACKAGE)
    assert not Path(f"/proc/{pid}").exists()
    qtbot.waitUntil(lambda: QgsApplication.taskManager().countActiveTasks() == 0, timeout=10_000)
    assert list(Path(settings.runs_folder).iterdir()) == []


def test_the_manifest_says_what_qgis_and_the_plugin_site_need(plugin_folder: Path) -> None:
    qgis.utils.updateAvailablePlugins()
    said = {
        name: qgis.utils.pluginMetadata(PACKAGE, name) for name in ("name", "hasProcessingProvider", "icon", "license")
    }
    assert said["name"] == "TerraScope for QGIS"
    assert said["hasProcessingProvider"] == "yes"
    assert said["license"] == "GPL-2.0-or-later"
    assert (REPOSITORY / said["icon"]).is_file()
    about = qgis.utils.pluginMetadata(PACKAGE, "about")
    assert "Not related to VITO/BELSPO" in about
    assert "PyTorch" in about
