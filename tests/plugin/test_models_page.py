"""The page of models with the real runtime commands and a hub on this machine."""

from __future__ import annotations

import importlib.util
import json
import os
import shutil
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest
from pytestqt.qtbot import QtBot
from qgis.core import Qgis
from qgis.gui import QgsMessageBar
from qgis.PyQt.QtCore import QEvent, Qt
from qgis.PyQt.QtWidgets import QAbstractButton, QApplication, QComboBox, QLabel, QMessageBox, QPushButton, QWidget

from terrascope_qgis.client import protocol
from terrascope_qgis.client.model_store import ModelStore
from terrascope_qgis.gui.dock import TerraScopeDock
from terrascope_qgis.gui.model_details import ModelDetails
from terrascope_qgis.gui.model_table import NAME, NEEDS, STATE, ModelTable, best_need
from terrascope_qgis.gui.models_page import ModelsDialog
from terrascope_qgis.numerals import data_size
from terrascope_qgis.plugin import TerraScopePlugin
from terrascope_qgis.settings import Settings

REPOSITORY = Path(__file__).resolve().parents[2]
NANO = REPOSITORY / "resources" / "models" / "terrascope-nano"
LIMIT_MS = 120_000
WEIGHTS = "model.safetensors"
Do = Callable[[Callable[[], Any]], None]
OFFERED = protocol.ModelSummary(
    "owner/model", "a model of the hub", "for tests", "/nowhere", "absent", False, repository="owner/model"
)


@pytest.fixture(autouse=True)
def models_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Where fetched models go, for one test."""
    monkeypatch.setenv("TERRASCOPE_MODELS", str(tmp_path / "models"))
    return tmp_path / "models"


@pytest.fixture
def elsewhere() -> QgsMessageBar:
    return QgsMessageBar()


@pytest.fixture
def dialog(
    runtime_python: str, settings: Settings, elsewhere: QgsMessageBar, qtbot: QtBot, models_folder: Path
) -> Iterator[ModelsDialog]:
    """The page, open and with the models of the runtime in it."""
    settings.runtime_python = runtime_python
    settings.save()
    dialog = ModelsDialog(ModelStore(lambda: Settings.load().interpreter(), REPOSITORY), elsewhere)
    qtbot.addWidget(dialog)
    with qtbot.waitSignal(dialog.idle, timeout=LIMIT_MS):
        dialog.open_page()
    yield dialog
    dialog.close_down()


@pytest.fixture
def do(dialog: ModelsDialog, qtbot: QtBot) -> Do:
    """Do something and wait until all work that follows from it has ended."""

    def do_and_wait(action: Callable[[], Any]) -> None:
        with qtbot.waitSignal(dialog.idle, timeout=LIMIT_MS):
            action()

    return do_and_wait


@pytest.fixture(scope="module")
def hub_module() -> ModuleType:
    """The stand-in hub of the runtime's tests."""
    path = REPOSITORY / "tests" / "runtime" / "model_store" / "hub.py"
    spec = importlib.util.spec_from_file_location("stand_in_hub", path)
    module = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = module  # dataclasses look for their module
    spec.loader.exec_module(module)
    return module


@pytest.fixture
def hub(hub_module: ModuleType, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Iterator[Any]:
    """A hub with a model that is really one."""
    for name in [*os.environ]:
        if name.upper().endswith("_PROXY"):
            monkeypatch.delenv(name)
    with hub_module.serving(hub_module.StandInHub()) as hub:
        hub.publish({path.name: path.read_bytes() for path in NANO.iterdir() if path.suffix != ".md"})
        monkeypatch.setenv("HF_ENDPOINT", hub.url)
        yield hub


@pytest.fixture
def offered(dialog: ModelsDialog, hub: Any) -> ModelsDialog:  # noqa: ANN401, ARG001 - the hub serves meanwhile
    """The page with one more model in it, which the hub has."""
    dialog.table.show_models([*dialog.table._models, OFFERED], "nano")
    dialog.table.select(OFFERED.id)
    return dialog


def words(widget: QWidget) -> str:
    """The text of the messages in a bar."""
    return " ".join(label.text() for label in widget.findChildren(QLabel))


def question(dialog: ModelsDialog) -> QMessageBox:
    (box,) = [one for one in dialog.findChildren(QMessageBox) if one.isVisible()]
    return box


def answer(dialog: ModelsDialog, text: str) -> None:
    box = question(dialog)
    next(button for button in box.buttons() if button.text().replace("&", "") == text).click()


def column(table: ModelTable, number: int) -> list[str]:
    return [table.topLevelItem(row).text(number) for row in range(table.topLevelItemCount())]


def test_the_page_shows_what_the_runtime_lists(dialog: ModelsDialog) -> None:
    assert column(dialog.table, NAME) == ["terrascope-nano", "TerraScope 8B"]
    assert column(dialog.table, STATE) == ["in use, with the plugin", "not fetched"]
    assert dialog.table.topLevelItem(0).font(NAME).bold()
    assert dialog.table.selected().id == "nano"
    assert json.loads((NANO / "config.json").read_text("utf-8"))["quality"] in dialog.details.toPlainText()
    assert "swir1" in dialog.details.toPlainText()
    enabled = [button.isEnabled() for button in (dialog.use_button, dialog.download_button, dialog.delete_button)]
    assert enabled == [False, False, False]
    dialog.table.select("terrascope-8b")
    assert "sy1998/TerraScope" in dialog.details.toPlainText()
    assert dialog.download_button.isEnabled()
    assert not dialog.use_button.isEnabled()
    assert not dialog.verify_button.isEnabled()


def test_a_folder_is_added_used_and_removed(dialog: ModelsDialog, do: Do, tmp_path: Path, qtbot: QtBot) -> None:
    own = tmp_path / "my model"
    shutil.copytree(NANO, own)
    do(lambda: dialog.add_folder(str(own)))
    assert dialog.table.selected().id == str(own)
    assert "my model" in column(dialog.table, NAME)
    with qtbot.waitSignal(dialog.chosen):
        dialog.use_button.click()
    assert (Settings.load().model, Settings.load().model_title()) == (str(own), "my model")
    assert [dialog.table.topLevelItem(row).font(NAME).bold() for row in range(3)] == [False, False, True]
    do(dialog.refresh)
    assert dialog.table.selected().id == str(own)  # it stays where the user was
    assert "Remove" in dialog.delete_button.text()
    with qtbot.waitSignal(dialog.chosen):
        do(dialog.delete_button.click)
    assert Settings.load().model == "nano"
    assert Settings.load().own_folders() == []
    assert column(dialog.table, NAME) == ["terrascope-nano", "TerraScope 8B"]
    assert (own / WEIGHTS).is_file()  # a folder of the user's is not ours to delete


def test_a_folder_without_a_model_is_refused(dialog: ModelsDialog, do: Do, tmp_path: Path) -> None:
    do(lambda: dialog.add_folder(str(tmp_path)))
    assert "There is no complete model" in words(dialog.bar)
    assert Settings.load().own_folders() == []


def test_enter_uses_the_line_and_an_absent_model_cannot_be_used(
    dialog: ModelsDialog, settings: Settings, qtbot: QtBot
) -> None:
    settings.model, settings.model_name = "terrascope-8b", "TerraScope 8B"
    settings.save()
    dialog.table.mark("terrascope-8b")
    with qtbot.assertNotEmitted(dialog.chosen):
        dialog.table.select("terrascope-8b")
        qtbot.keyClick(dialog.table, Qt.Key.Key_Return)
    with qtbot.waitSignal(dialog.chosen):
        qtbot.keyClick(dialog.table, Qt.Key.Key_Up)
        qtbot.keyClick(dialog.table, Qt.Key.Key_Return)
    assert Settings.load().model_title() == "terrascope-nano"


def test_the_tier_is_kept(dialog: ModelsDialog) -> None:
    assert [dialog.settings.tier.itemData(row) for row in range(dialog.settings.tier.count())] == list(protocol.TIERS)
    dialog.settings.tier.setCurrentIndex(dialog.settings.tier.findData("int8"))
    dialog.settings.tier.activated.emit(dialog.settings.tier.currentIndex())
    assert Settings.load().tier == "int8"


def test_a_download_is_shown_first_then_fetched_checked_and_deleted(
    offered: ModelsDialog, do: Do, hub: Any, models_folder: Path  # noqa: ANN401
) -> None:  # fmt: skip
    do(offered.download_button.click)
    told = question(offered).informativeText()
    size = data_size(sum(map(len, hub.commits[hub.main].values())))
    for part in (f"{size} of {size}", hub.main, "owner/model", str(models_folder)):
        assert part in told
    assert not models_folder.exists()
    shown = []
    offered.progress.bar.valueChanged.connect(lambda _: shown.append(offered.progress.bar.format()))
    do(lambda: answer(offered, "Download"))
    assert any(text.endswith(f" of {size}") for text in shown), shown
    assert "as it was published" in words(offered.bar)
    offered.table.select("owner--model")
    fetched = offered.table.selected()
    assert (fetched.state, fetched.verified) == ("here", True)

    do(offered.verify_button.click)
    assert "as it was published" in words(offered.bar)
    weights = models_folder / "owner--model" / WEIGHTS
    weights.write_bytes(weights.read_bytes()[:-1] + b"?")
    do(offered.verify_button.click)
    assert WEIGHTS in words(offered.bar)

    offered.table.select("owner--model")
    offered.use()
    offered.delete_button.click()
    assert "Delete owner--model?" in question(offered).text()
    do(lambda: answer(offered, "Delete"))
    assert not weights.exists()
    assert Settings.load().model == "nano"
    assert "owner--model" not in column(offered.table, NAME)


def test_no_is_no(offered: ModelsDialog, do: Do, models_folder: Path) -> None:
    do(offered.download_button.click)
    answer(offered, "Cancel")
    assert offered._command is None
    assert not models_folder.exists()


def test_a_download_is_cancelled_within_a_second_and_goes_on_later(
    offered: ModelsDialog, do: Do, hub: Any, hub_module: ModuleType, models_folder: Path, qtbot: QtBot  # noqa: ANN401
) -> None:  # fmt: skip
    hub.always[WEIGHTS] = hub_module.Fault(pace=0.02)
    do(offered.download_button.click)
    answer(offered, "Download")
    qtbot.waitUntil(lambda: offered.progress.bar.value() > 20, timeout=LIMIT_MS)
    assert not offered.download_button.isEnabled()
    began = time.monotonic()
    ended = []
    offered._command.ended.connect(lambda _: ended.append(time.monotonic() - began))
    offered.progress.cancel_button.click()
    qtbot.waitUntil(lambda: bool(ended), timeout=5_000)
    assert ended[0] < 1.0
    qtbot.waitUntil(lambda: offered._command is None, timeout=LIMIT_MS)
    assert "Cancelled" in words(offered.bar)
    assert not (models_folder / "owner--model").exists()
    kept = sum(path.stat().st_size for path in (models_folder / ".owner--model.part").iterdir())
    assert kept > 100_000
    hub.always.clear()
    offered.table.show_models([OFFERED], "nano")
    do(offered.download_button.click)
    size = data_size(sum(map(len, hub.commits[hub.main].values())))
    assert f"{size} of {size}" not in question(offered).informativeText()
    do(lambda: answer(offered, "Download"))
    assert (models_folder / "owner--model" / WEIGHTS).stat().st_size == (NANO / WEIGHTS).stat().st_size


def test_a_cut_connection_is_told_and_survived(
    offered: ModelsDialog, do: Do, hub: Any, hub_module: ModuleType, models_folder: Path  # noqa: ANN401
) -> None:  # fmt: skip
    hub.faults[WEIGHTS] = [hub_module.Fault(cut_after=100_000)]
    told = []
    offered.bar.widgetAdded.connect(lambda item: told.append((item.level(), words(item))))
    do(offered.download_button.click)
    do(lambda: answer(offered, "Download"))
    (warning, news) = told
    assert warning[0] == Qgis.MessageLevel.Warning
    assert "trying again" in warning[1]
    assert news[0] == Qgis.MessageLevel.Success
    assert (models_folder / "owner--model" / WEIGHTS).is_file()


def test_a_hub_that_wants_a_sign_in_says_so_with_details(
    offered: ModelsDialog, do: Do, hub: Any, hub_module: ModuleType  # noqa: ANN401
) -> None:  # fmt: skip
    hub.always[""] = hub_module.Fault(status=401, code="GatedRepo")
    do(offered.download_button.click)
    assert "accept" in words(offered.bar)
    assert "Hub sign-in" in words(offered.bar)
    details = [button for button in offered.bar.findChildren(QPushButton) if button.text() == "Details"]
    assert len(details) == 1
    details[0].click()  # comes back at once
    viewers = [one for one in offered.children() if type(one).__name__ == "QgsMessageViewer"]
    assert len(viewers) == 1
    viewers[0].close()


def test_work_goes_on_while_the_page_is_closed_and_is_reported_elsewhere(
    offered: ModelsDialog, do: Do, elsewhere: QgsMessageBar, models_folder: Path
) -> None:
    do(offered.download_button.click)
    answer(offered, "Download")
    do(offered.close)
    assert "as it was published" in elsewhere.currentItem().text()
    assert (models_folder / "owner--model" / WEIGHTS).is_file()


def test_a_missing_runtime_is_one_sentence(dialog: ModelsDialog, settings: Settings, do: Do) -> None:
    settings.runtime_python = "/nowhere/bin/python"
    settings.save()
    do(dialog.refresh)
    assert "/nowhere/bin/python" in words(dialog.bar)
    assert dialog.bar.currentItem().level() == Qgis.MessageLevel.Critical
    assert dialog.add_button.isEnabled()


def test_closing_down_in_mid_download_leaves_no_process(
    offered: ModelsDialog, do: Do, hub: Any, hub_module: ModuleType, qtbot: QtBot  # noqa: ANN401
) -> None:  # fmt: skip
    hub.always[WEIGHTS] = hub_module.Fault(pace=0.02)
    do(offered.download_button.click)
    answer(offered, "Download")
    qtbot.waitUntil(lambda: offered.progress.bar.value() > 20, timeout=LIMIT_MS)
    pid = offered._command._process.processId()
    assert Path(f"/proc/{pid}").exists()
    offered.close_down()
    assert not Path(f"/proc/{pid}").exists()


def test_every_control_has_a_name_and_the_keyboard_reaches_it(dialog: ModelsDialog) -> None:
    controls = [
        dialog.table,
        dialog.details,
        dialog.settings.tier,
        dialog.progress.bar,
        *dialog.findChildren(QAbstractButton),
    ]
    dialog.progress.begin("Looking")
    for control in controls:
        if isinstance(control, QAbstractButton) and control.parent() is not dialog:
            continue  # QGIS's own, inside its widgets
        name = control.accessibleName() or (control.text() if isinstance(control, QAbstractButton) else "")
        assert name, control
        if not isinstance(control, QComboBox) and control is not dialog.progress.bar:
            assert control.focusPolicy() & Qt.FocusPolicy.TabFocus, name


def needs(*tiers: tuple[str, int, bool]) -> tuple[protocol.MemoryNeed, ...]:
    return tuple(protocol.MemoryNeed(*tier) for tier in tiers)


MEMORY = needs(("fp32", 35_100_000_000, False), ("bf16", 18_300_000_000, False), ("int8", 10_900_000_000, True),
               ("int4", 7_200_000_000, True))  # fmt: skip


def test_the_memory_shown_is_that_of_the_most_exact_tier_that_fits(qtbot: QtBot) -> None:
    table = ModelTable()
    qtbot.addWidget(table)
    known = protocol.ModelSummary("m", "M", "", "/m", "here", False, memory=MEMORY)
    tight = protocol.ModelSummary("t", "T", "", "/t", "here", False, memory=MEMORY[:2])
    unknown = protocol.ModelSummary("u", "U", "", "/u", "here", False)
    table.show_models([known, tight, unknown], "m")
    assert column(table, NEEDS) == ["10.9 GB as int8 ✓", "18.3 GB as bf16, not free here", ""]
    assert best_need(unknown) is None


def test_the_details_say_what_each_tier_needs_and_nothing_in_them_is_markup(qtbot: QtBot) -> None:
    details = ModelDetails()
    qtbot.addWidget(details)
    model = protocol.ModelSummary(
        "m", "<b>M</b>", "<i>s</i>", "/a & b", "here", False, "o/m", 8_160_000_000, 16_400_000_000, ("red",),
        "weak <u>", revision="f" * 40, verified=True, memory=MEMORY,
    )  # fmt: skip
    details.show_model(model)
    told = " ".join(details.toPlainText().split())
    for part in ("<b>M</b>", "<i>s</i>", "weak <u>", "/a & b", "8.2 billion parameters", "f" * 40):
        assert part in told
    assert "bf16 18.3 GB ✗ more than is free here int8 10.9 GB ✓ fits here" in told
    assert "✓ every file is as it was published" in told


def test_the_dock_shows_which_model_answers(
    dock: TerraScopeDock, settings: Settings, tmp_path: Path, qtbot: QtBot
) -> None:
    assert dock.panel.model.whole() == "terrascope-nano"
    dock.panel.models_button.click()
    page = dock.models
    qtbot.waitUntil(lambda: page._command is None, timeout=LIMIT_MS)
    assert page.isVisible()
    own = tmp_path / "a very long name of a model folder that nobody should ever have to read"
    shutil.copytree(NANO, own)
    with qtbot.waitSignal(page.idle, timeout=LIMIT_MS):
        page.add_folder(str(own))
    page.use_button.click()
    assert dock.panel.model.whole() == own.name
    assert dock.panel.model.toolTip() == own.name
    assert dock.minimumSizeHint().width() <= 360
    page.close()


def test_a_taught_model_tells_its_base_and_what_teaching_gave(qtbot: QtBot) -> None:
    figures = {"rgb": {"water": protocol.ClassQuality(0.8, 2.0)}, "sar": {}}
    taught = protocol.ModelSummary(
        "heath", "heath", "", "/m", "here", False, base="terrascope-nano", held_out=protocol.HeldOut(0.41, 0.63),
        class_quality=figures,
    )  # fmt: skip
    table, details = ModelTable(), ModelDetails()
    qtbot.addWidget(table)
    qtbot.addWidget(details)
    table.show_models([taught], "nano")
    assert column(table, STATE) == ["taught from terrascope-nano"]
    assert "0.41 → 0.63" in table.topLevelItem(0).toolTip(NAME)
    details.show_model(taught)
    told = " ".join(details.toPlainText().split())
    assert "⚠ taught from terrascope-nano; IoU on held-out ground 0.41 → 0.63 Base terrascope-nano" in told
    assert "With RGB ✓ water 0.80" in told
    assert "With SAR" not in told


def come_back(dialog: ModelsDialog) -> None:
    """What Qt tells a window that the user has clicked on."""
    QApplication.sendEvent(dialog, QEvent(QEvent.Type.WindowActivate))


def test_a_model_that_appeared_is_listed_when_the_user_comes_back(
    dialog: ModelsDialog, do: Do, models_folder: Path
) -> None:
    come_back(dialog)
    assert dialog._command is None  # nothing has changed
    shutil.copytree(NANO, models_folder / "heath")
    do(lambda: come_back(dialog))
    assert "heath" in column(dialog.table, NAME)
    come_back(dialog)
    assert dialog._command is None
    shutil.rmtree(models_folder / "heath")
    do(lambda: come_back(dialog))
    assert "heath" not in column(dialog.table, NAME)


def test_asked_to_look_again_during_other_work_it_does_so_after_it(
    dialog: ModelsDialog, do: Do, monkeypatch: pytest.MonkeyPatch
) -> None:
    begun, listing = [], dialog._store.listing
    monkeypatch.setattr(dialog._store, "listing", lambda *given: begun.append(1) or listing(*given))

    def look_three_times() -> None:
        for _ in range(3):
            dialog.refresh()
        assert len(begun) == 1

    do(look_three_times)
    assert len(begun) == 2  # one look after the first is enough for both others


def test_the_open_page_lists_what_was_taught_and_a_closed_one_is_left_alone(
    dock: TerraScopeDock, plugin: TerraScopePlugin, models_folder: Path, qtbot: QtBot
) -> None:
    plugin.provider.taught.emit()  # no page yet
    with qtbot.waitSignal(dock.show_models().idle, timeout=LIMIT_MS):
        pass
    shutil.copytree(NANO, models_folder / "heath")
    with qtbot.waitSignal(dock.models.idle, timeout=LIMIT_MS):
        plugin.provider.taught.emit()
    assert "heath" in column(dock.models.table, NAME)
    dock.models.close()
    plugin.provider.taught.emit()
    assert dock.models._command is None
