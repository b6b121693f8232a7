"""Help: every button opens a page of the manual that comes with the plugin, and that page and chapter are there."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot
from qgis.core import QgsProcessingAlgorithm
from qgis.gui import QgisInterface
from qgis.PyQt.QtCore import QObject, QUrl, pyqtSlot
from qgis.PyQt.QtGui import QDesktopServices
from qgis.PyQt.QtWidgets import QAbstractButton

import dev
from terrascope_qgis.core import manual
from terrascope_qgis.core.question_templates import tasks
from terrascope_qgis.gui.first_run import FirstRunPage
from terrascope_qgis.gui.models_page import ModelsDialog
from terrascope_qgis.gui.options import OptionsPage
from terrascope_qgis.plugin import TerraScopePlugin
from terrascope_qgis.settings import Settings

from .conftest import REPOSITORY

HOMEPAGE = "https://github.com/terrascope-qgis/terrascope-for-qgis"


@pytest.fixture(scope="module")
def pages() -> dict[str, bytes]:
    return dev.manual()


@pytest.fixture
def installed(pages: dict[str, bytes], tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A plugin's folder with its manual, as a ZIP leaves it; a name that an address has to write otherwise."""
    folder = tmp_path / "a profile, 100 % #1"
    for name, content in pages.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_bytes(content)
    (folder / "metadata.txt").write_bytes((REPOSITORY / "metadata.txt").read_bytes())
    monkeypatch.setattr(manual, "PLUGIN_ROOT", folder)
    return folder


class Browser(QObject):
    """Takes what is opened."""

    def __init__(self) -> None:
        super().__init__()
        self.opened: list[QUrl] = []

    @pyqtSlot(QUrl)
    def open(self, url: QUrl) -> None:
        self.opened.append(url)


@pytest.fixture
def browser(qgis_app: object) -> Iterator[Browser]:
    found = Browser()
    for scheme in ("file", "https"):
        QDesktopServices.setUrlHandler(scheme, found, "open")
    yield found
    for scheme in ("file", "https"):
        QDesktopServices.unsetUrlHandler(scheme)


def chapters(page: Path) -> set[str]:
    return set(re.findall(r'\bid="([^"]+)"', page.read_text("utf-8")))


@pytest.fixture
def buttons(
    plugin: TerraScopePlugin, qgis_iface: QgisInterface, qtbot: QtBot, settings: Settings
) -> Iterator[dict[str, QAbstractButton]]:
    dock = plugin.show_dock()
    models = ModelsDialog(plugin.store, qgis_iface.messageBar())
    first_run = FirstRunPage(lambda: None, lambda: "")
    options = OptionsPage(lambda: None, lambda: None, lambda: None)
    for widget in (models, first_run, options):
        qtbot.addWidget(widget)
    yield {
        "ask": dock.panel.help_button,
        "models": models.help_button,
        "install": first_run.help_button,
        "index": options.help_button,
    }
    first_run.close_down()


def test_each_button_opens_its_page(buttons: dict[str, QAbstractButton], installed: Path, browser: Browser) -> None:
    for page, button in buttons.items():
        assert button.accessibleName(), page
        button.click()
        assert Path(browser.opened.pop().toLocalFile()) == installed / "help" / f"{page}.html"
        assert (installed / "help" / f"{page}.html").is_file()


def test_the_menu_has_it(plugin: TerraScopePlugin, installed: Path, browser: Browser) -> None:
    plugin._help_action.trigger()
    assert Path(browser.opened.pop().toLocalFile()) == installed / "help" / "index.html"
    assert plugin._help_action.text() == "Help"
    assert not plugin._help_action.icon().isNull()


def test_every_algorithm_has_its_chapter(plugin: TerraScopePlugin, installed: Path) -> None:
    algorithms: list[QgsProcessingAlgorithm] = plugin.provider.algorithms()
    assert len(algorithms) > 8
    for one in algorithms:
        url = QUrl(one.helpUrl())  # as QGIS reads it
        page = Path(url.toLocalFile())
        assert page == installed / "help" / "processing.html"
        assert url.fragment() == f"terrascope{one.name()}"
        assert url.fragment() in chapters(page), one.name()


def test_the_page_about_asking_has_a_question_of_every_kind(pages: dict[str, bytes]) -> None:
    text = re.sub(r"<[^>]+>", "", pages["help/ask.html"].decode())
    for task in tasks():
        patterns = [re.sub(r"\\{\w\\}", r"[\\w -]+", re.escape(wording)) for wording in task.wordings]
        assert any(re.search(pattern, text) for pattern in patterns), task.title


def test_without_the_copy_it_is_the_homepage(
    buttons: dict[str, QAbstractButton], plugin: TerraScopePlugin, browser: Browser
) -> None:
    assert not (REPOSITORY / "help").exists()
    for page, button in buttons.items():
        button.click()
        assert browser.opened.pop().toString() == f"{HOMEPAGE}/blob/main/docs/{page}.md"
        assert (REPOSITORY / "docs" / f"{page}.md").is_file()
    ask = plugin.provider.algorithm("ask")
    assert ask.helpUrl() == f"{HOMEPAGE}/blob/main/docs/processing.md#terrascopeask"
