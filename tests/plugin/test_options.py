"""The page in QGIS's options, with the settings it keeps."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot
from qgis.core import QgsCoordinateReferenceSystem, QgsProject
from qgis.gui import QgisInterface
from qgis.PyQt.QtWidgets import QPushButton, QWidget

from terrascope_qgis.client.protocol import PROFILES, STRETCHES
from terrascope_qgis.gui.options import OptionsFactory, OptionsPage
from terrascope_qgis.plugin import TerraScopePlugin
from terrascope_qgis.settings import PLUGIN_ROOT, PROJECT_ELLIPSOID, Settings


@pytest.fixture
def told() -> list[str]:
    return []


@pytest.fixture
def page(settings: Settings, told: list[str], qtbot: QtBot) -> Iterator[OptionsPage]:  # noqa: ARG001 - kept for one test
    factory = OptionsFactory(
        lambda: told.append("models"), lambda: told.append("runtime"), lambda: told.append("applied")
    )
    parent = QWidget()
    qtbot.addWidget(parent)
    page = factory.createWidget(parent)
    parent.show()
    yield page


def choose(page: OptionsPage, name: str, value: str) -> None:
    combo = getattr(page, name)
    assert combo.findData(value) >= 0, (name, value)
    combo.setCurrentIndex(combo.findData(value))


def test_what_is_chosen_is_kept_and_shown_again(
    page: OptionsPage, told: list[str], tmp_path: Path, runtime_python: str, qtbot: QtBot
) -> None:
    for name, value in (
        ("tier", "bf16"), ("profile", "published"), ("stretch", "percentiles"), ("ellipsoid", "EPSG:7004"),
        ("units", "us"), ("language", "fr"), ("device", "cpu"),
    ):  # fmt: skip
        choose(page, name, value)
    page.interpreter.setFilePath(runtime_python)
    page.runs_folder.setFilePath(str(tmp_path))
    page.add_layers.setChecked(False)
    page.apply()
    assert told == ["applied"]
    kept = Settings.load()
    assert (kept.tier, kept.profile, kept.stretch, kept.ellipsoid) == ("bf16", "published", "percentiles", "EPSG:7004")
    assert (kept.units, kept.language, kept.device, kept.add_layers) == ("us", "fr", "cpu", False)
    assert Settings.kept_units() == "us"
    assert (kept.runtime_python, kept.runs_folder) == (runtime_python, str(tmp_path))
    assert kept.measured_on(QgsProject.instance()) == "EPSG:7004"
    again = OptionsPage(lambda: None, lambda: None, lambda: None)
    qtbot.addWidget(again)
    for name in ("tier", "profile", "stretch", "ellipsoid", "units", "language", "device"):
        assert getattr(again, name).currentData() == getattr(kept, name), name
    assert again.interpreter.filePath() == runtime_python
    assert not again.add_layers.isChecked()


def test_nothing_is_kept_unless_something_was_chosen(page: OptionsPage) -> None:
    before = Settings.load()
    page.apply()
    assert Settings.load() == before


def test_a_device_can_be_typed(page: OptionsPage) -> None:
    page.device.setEditText("cuda:3")
    page.apply()
    assert Settings.load().device == "cuda:3"


@pytest.mark.parametrize(
    ("field", "text", "sentence"),
    [
        ("interpreter", "/nowhere/python", "There is no Python at /nowhere/python"),
        ("runs_folder", "results", "is no whole path"),
        ("runs_folder", __file__, "is a file"),
        ("device", "toaster", "“toaster” is no device"),
    ],
)
def test_what_is_wrong_is_said_and_not_kept(
    page: OptionsPage, told: list[str], field: str, text: str, sentence: str
) -> None:
    before = Settings.load()
    widget = getattr(page, field)
    getattr(widget, "setFilePath", getattr(widget, "setEditText", None))(text)
    page.apply()
    assert sentence in page.trouble.text()
    assert page.trouble.isVisible()
    assert not page.isValid()
    assert told == []
    assert Settings.load() == before


def test_the_project_may_say_what_to_measure_on(page: OptionsPage, qgis_new_project: None) -> None:  # noqa: ARG001
    choose(page, "ellipsoid", PROJECT_ELLIPSOID)
    page.apply()
    project = QgsProject.instance()
    project.setCrs(QgsCoordinateReferenceSystem("EPSG:32633"))  # without one a project measures on a plane
    for set_to, expected in (("EPSG:7004", "EPSG:7004"), ("NONE", None)):
        project.setEllipsoid(set_to)
        assert Settings.load().measured_on(project) == expected


def test_the_pages_of_models_and_runtime_are_a_button_away(page: OptionsPage, told: list[str]) -> None:
    for button in page.findChildren(QPushButton):
        if button.text() in ("Models…", "Runtime…"):
            button.click()
    assert sorted(told) == ["models", "runtime"]


def test_every_field_has_a_name_for_screen_readers(page: OptionsPage) -> None:
    for field in (page.device, page.tier, page.profile, page.stretch, page.ellipsoid, page.language):
        assert field.accessibleName()


def test_choices_are_those_of_the_protocol() -> None:
    fields = json.loads((PLUGIN_ROOT / "resources" / "protocol.schema.json").read_text("utf-8"))["ask"]["properties"]
    assert tuple(fields["profile"]["enum"]) == PROFILES
    assert tuple(fields["stretch"]["enum"]) == STRETCHES


def test_the_plugin_registers_the_page_and_takes_it_away(qgis_iface: QgisInterface) -> None:
    plugin = TerraScopePlugin(qgis_iface)
    plugin.initGui()
    (factory,) = qgis_iface.registerOptionsWidgetFactory.call_args.args
    assert factory.title() == "TerraScope"
    assert not factory.icon().isNull()
    plugin.unload()
    assert qgis_iface.unregisterOptionsWidgetFactory.call_args.args == (factory,)
