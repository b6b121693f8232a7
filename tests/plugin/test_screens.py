"""Every state of the dock in every look: nothing cut, nothing overlapping, everything readable; pictures for people.

`TERRASCOPE_SCREENS=folder` keeps the pictures there; docs/screens/README.md says more.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot
from qgis.core import QgsRasterLayer
from qgis.gui import QgisInterface, QgsMessageBar
from qgis.PyQt.QtCore import Qt
from qgis.PyQt.QtGui import QImage, QPixmap
from qgis.PyQt.QtWidgets import (
    QApplication,
    QWidget,
)

from i18n import texts
from terrascope_qgis.client.runtime_home import RuntimeHome
from terrascope_qgis.gui.dock import TerraScopeDock
from terrascope_qgis.gui.first_run import FirstRunPage
from terrascope_qgis.gui.form_area import FormArea
from terrascope_qgis.gui.options import OptionsPage
from terrascope_qgis.plugin import TerraScopePlugin
from terrascope_qgis.settings import Settings

from .screen_checks import problems
from .screen_states import STATES, Answers, Stage
from .screens import LONG_WORDS, Look, looking, settle, sheet, show_theme

HIGH = 760  # pixels of a dock on a small screen, at 100 %
TALLEST = 1500  # that a picture of a long conversation may have
LOOKS = (
    Look("100 %", 1.0, "", ("light", "dark")),
    Look("200 %", 2.0, "", ("light",)),
    Look("100 %, long words", 1.0, LONG_WORDS, ("light",)),
    Look("200 %, long words", 2.0, LONG_WORDS, ("dark",)),
)
_LANGUAGES = sorted(path.stem.rpartition("_")[2] for path in texts.FOLDER.glob("*.ts"))
IN_LANGUAGES = [Look(language, 1.0, language, ("light",)) for language in _LANGUAGES]
"""of which each has its own long words"""


@pytest.fixture(scope="module")
def answers(
    plugin: TerraScopePlugin,
    scene_path: Path,
    two_dates: tuple[Path, Path],
    runtime_python: str,
    model_name: str,
    tmp_path_factory: pytest.TempPathFactory,
) -> Answers:
    before = Settings.load()
    Settings(runtime_python=runtime_python, model=model_name).save()
    asked = Answers(plugin, tmp_path_factory.mktemp("answers"), model_name, scene_path, two_dates)
    before.save()
    return asked


@pytest.fixture(scope="module")
def pictures(tmp_path_factory: pytest.TempPathFactory) -> Iterator[dict[str, list[QImage]]]:
    """By state, in the order of the looks; written as a sheet each when all looks are through."""
    named = os.environ.get("TERRASCOPE_SCREENS")
    folder = Path(named) if named else tmp_path_factory.mktemp("screens")
    folder.mkdir(parents=True, exist_ok=True)
    taken: dict[str, list[QImage]] = {}
    yield taken
    for number, (state, shown) in enumerate(taken.items(), start=1):
        assert sheet(shown).save(str(folder / f"{number:02} {state}.png".replace(",", "").replace(" ", "-")), quality=0)


@pytest.fixture
def stage(
    request: pytest.FixtureRequest,
    plugin: TerraScopePlugin,
    answers: Answers,
    scene: QgsRasterLayer,
    settings: Settings,
    runtime_python: str,
    model_name: str,
    qgis_iface: QgisInterface,
    tmp_path: Path,
    qtbot: QtBot,
) -> Iterator[Stage]:
    look: Look = request.param
    settings.runtime_python, settings.model = runtime_python, model_name
    settings.save()
    canvas = qgis_iface.mapCanvas()
    canvas.setDestinationCrs(scene.crs())
    canvas.setExtent(scene.extent())
    QApplication.setStyle("Fusion")
    qgis_iface.messageBar().clearWidgets()
    with looking(look):
        dock = TerraScopeDock(qgis_iface, plugin.client, plugin.store)
        dock.panel.history.path = tmp_path / "history.jsonl"
        if not answers.models:
            with qtbot.waitSignal(dock._listing.ended, timeout=120_000) as listed:
                pass
            answers.models = listed.args[0]
        dock._know_model(answers.models)
        dock._forget_listing()
        dock.add_first_run(FirstRunPage(lambda: None, str, RuntimeHome(tmp_path / "runtime")))
        dock.setFloating(True)
        dock.show()
        yield Stage(look, dock, scene, answers, tmp_path)
        dock.close_down()
        dock.close()
        dock.deleteLater()
        settle()


@pytest.mark.parametrize("stage", LOOKS, indirect=True, ids=lambda look: look.name)
def test_every_state_can_be_read(stage: Stage, pictures: dict[str, list[QImage]], qtbot: QtBot) -> None:
    found = shown(stage, pictures, qtbot)
    assert not found, "\n" + "\n".join(found)


@pytest.mark.parametrize("stage", IN_LANGUAGES, indirect=True, ids=lambda look: look.name)
def test_every_state_can_be_read_in_every_language(stage: Stage, qtbot: QtBot) -> None:
    found = shown(stage, {}, qtbot)
    assert not found, "\n" + "\n".join(found)


def shown(stage: Stage, pictures: dict[str, list[QImage]], qtbot: QtBot) -> list[str]:
    """Show every state, and take its pictures.

    Returns:
        What cannot be read.
    """
    found: list[str] = []
    for name, show in STATES.items():
        window = show(stage)
        fit(window, stage)
        for theme in stage.look.themes:
            show_theme(theme)
            qtbot.waitUntil(lambda: stage.dock.panel.bands.swatch._task is None, timeout=10_000)
            pictures.setdefault(name, []).append(picture_of(window, stage.look.scale))
            widest = stage.look.width if window is stage.dock else None
            found += [f"{name}, {theme}: {problem}" for problem in problems(window, widest)]
        show_theme("light")
        if window is not stage.dock:
            window.hide()
    return list(dict.fromkeys(found))


def fit(window: QWidget, stage: Stage) -> None:
    """Give a window the size that it has for somebody; a dock is as high as the conversation in it needs."""
    scale = stage.look.scale
    if window is stage.dock:
        window.resize(stage.look.width, round(scale * HIGH))
        settle()
        if window.pages.currentIndex() == 0:
            areas = (window.conversation, window.findChild(FormArea))
            more = sum(area.verticalScrollBar().maximum() for area in areas)
            window.resize(stage.look.width, min(round(scale * HIGH) + more, round(scale * TALLEST)))
    elif isinstance(window, QgsMessageBar):
        window.show()
        window.resize(round(scale * 800), window.sizeHint().height())
    elif isinstance(window, OptionsPage):
        window.resize(round(scale * 560), round(scale * 640))
    settle()


def picture_of(window: QWidget, scale: float) -> QImage:
    """What is shown, at 100 %."""
    image: QPixmap = window.grab()
    smooth = Qt.TransformationMode.SmoothTransformation
    return image.toImage().scaledToWidth(round(image.width() / scale), smooth)
