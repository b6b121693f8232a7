"""The page of what is missing: small packages for every state, and once the real ones, from nothing to an answer."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot
from qgis.PyQt.QtCore import Qt
from qgis.PyQt.QtGui import QGuiApplication
from qgis.PyQt.QtWidgets import QAbstractButton, QMessageBox

from terrascope_qgis.client import pythons
from terrascope_qgis.client.inspection import Inspected
from terrascope_qgis.client.runtime_home import Requirements, RuntimeHome, interpreter_in
from terrascope_qgis.gui.first_run import FirstRunPage
from terrascope_qgis.gui.state_row import MISSING, READY, UNKNOWN, WARNING
from terrascope_qgis.plugin import TerraScopePlugin
from terrascope_qgis.settings import Settings
from tests.plugin.package_index import write_requirements, write_wheel

REPOSITORY = Path(__file__).resolve().parents[2]
LIMIT_MS = 180_000
ON_A_GPU = "{'device': {'name': 'cuda', 'title': 'Some GPU', 'free_bytes': 8000000000}, 'models': ['nano']}"
PROOF = ("-c", f"import alpha, json; print(json.dumps({ON_A_GPU}))")


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> RuntimeHome:
    """The profile's folder for environments, where the settings look too; the system has its own programs only."""
    for name in [name for name in os.environ if name.startswith(("PIP_", "UV_"))]:
        monkeypatch.delenv(name)
    monkeypatch.delenv("TERRASCOPE_RUNTIME_PYTHON", raising=False)
    monkeypatch.setenv("PATH", "/usr/bin:/bin")
    monkeypatch.setenv("PIP_CONFIG_FILE", os.devnull)
    place = RuntimeHome(tmp_path / "runtime")
    monkeypatch.setattr("terrascope_qgis.settings.profile_home", lambda: place)
    # a checkout's own environment would be found after the profile's
    monkeypatch.setattr("terrascope_qgis.settings.PLUGIN_ROOT", REPOSITORY / "tests")
    monkeypatch.setattr("terrascope_qgis.settings.runtime_requirements", lambda _: Requirements(()))
    return place


@pytest.fixture
def wheels(tmp_path: Path, settings: Settings) -> Path:
    """A folder of wheels, which the user has named."""
    folder = tmp_path / "wheels"
    folder.mkdir()
    write_wheel(folder, "alpha")
    settings.wheels_folder = str(folder)
    settings.save()
    return folder


@pytest.fixture
def make_page(
    home: RuntimeHome, wheels: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Iterator[Callable[..., FirstRunPage]]:
    """Makes a page for the packages named; all pages are closed at the end."""
    pages = []

    def make(*names: str, stop: Callable[[], None] = lambda: None) -> FirstRunPage:
        files = [next(wheels.glob(f"{name}-*.whl")) for name in names or ("alpha",)]
        requirements = Requirements((write_requirements(tmp_path / "lock.txt", *files),))
        monkeypatch.setattr("terrascope_qgis.settings.runtime_requirements", lambda _: requirements)
        page = FirstRunPage(stop, lambda: "the runtime's last line", home, requirements, PROOF)
        page.show()
        pages.append(page)
        return page

    yield make
    for page in pages:
        page.close_down()
        page.deleteLater()


def do(qtbot: QtBot, page: FirstRunPage, action: Callable[[], object]) -> None:
    with qtbot.waitSignal(page.idle, timeout=LIMIT_MS):
        action()


def test_it_installs_updates_and_removes(
    make_page: Callable[..., FirstRunPage], home: RuntimeHome, wheels: Path, settings: Settings, qtbot: QtBot
) -> None:
    stopped = []
    page = make_page(stop=lambda: stopped.append(True))
    needs = page.needs
    assert page.is_needed()
    assert (needs.runtime.state, needs.device.state, needs.model.state) == (MISSING, UNKNOWN, READY)
    assert needs.runtime.button.text() == "&Install"
    assert not page.ask_button.isEnabled()
    assert not page.remove_button.isEnabled()
    settings.runtime_python = "/chosen/and/gone"
    settings.save()

    do(qtbot, page, needs.runtime.button.click)
    assert page._failure is None, page.view.log.toPlainText()
    assert not page.is_needed()
    assert Settings.load().runtime_python == ""
    first = Settings.load().interpreter()
    assert Path(first).is_file() and Path(first).is_relative_to(home.root)
    assert (needs.runtime.state, needs.device.state, needs.model.state) == (READY, READY, READY)
    assert needs.device.line.text().startswith("Some GPU, 8.0 GB")
    assert "Installed in the QGIS profile" in needs.runtime.line.text()
    assert page.ask_button.isEnabled()
    assert "Installing packages" in page.view.log.toPlainText()
    assert stopped == [True]  # a runtime of an earlier environment may still have been running

    write_wheel(wheels, "beta")  # the plugin is updated and needs more
    page = make_page("alpha", "beta")
    assert page.is_needed()
    assert (page.needs.runtime.state, page.needs.runtime.button.text()) == (WARNING, "&Update")
    assert Settings.load().interpreter() == first  # which answers until then
    do(qtbot, page, page.needs.runtime.button.click)
    assert page.needs.runtime.state == READY
    assert Settings.load().interpreter() != first
    assert not Path(first).exists()

    do(qtbot, page, page.remove)
    assert page.needs.runtime.state == MISSING
    qtbot.waitUntil(lambda: [path.name for path in home.root.iterdir()] == ["install.log"], timeout=5000)


def test_what_failed_is_said_where_it_was_begun_and_can_be_tried_again(
    make_page: Callable[..., FirstRunPage], wheels: Path, qtbot: QtBot
) -> None:
    page = make_page()
    aside = next(wheels.glob("*.whl"))
    aside.rename(aside.with_suffix(".gone"))
    do(qtbot, page, page.needs.runtime.button.click)
    assert page.needs.runtime.state == MISSING
    assert "There are no wheels (*.whl) in" in page.needs.runtime.line.text()
    assert page.needs.runtime.button.text() == "&Try again"
    assert page.view.log.isVisibleTo(page)
    assert not page.view.bar.isVisibleTo(page)
    report = page.copy_diagnostics()
    assert QGuiApplication.clipboard().text() == report
    assert "There are no wheels" in report
    assert "the runtime's last line" in report


def test_cancel_leaves_it_as_it_was(make_page: Callable[..., FirstRunPage], qtbot: QtBot) -> None:
    page = make_page()

    def begin_and_cancel() -> None:
        page.needs.runtime.button.click()
        assert not page.needs.runtime.button.isEnabled() or not page.needs.runtime.button.isVisibleTo(page)
        page.view.cancel_button.click()

    do(qtbot, page, begin_and_cancel)
    assert page.needs.runtime.state == MISSING
    assert page.needs.runtime.button.text() == "&Install"
    assert "Cancelled" in page.view.log.toPlainText()


def test_without_a_python_the_button_fetches_one(
    make_page: Callable[..., FirstRunPage], qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(pythons, "LOWEST", (3, 90))
    monkeypatch.setattr(pythons, "HIGHEST", (3, 99))
    page = make_page()
    do(qtbot, page, page.needs.runtime.button.click)
    assert page.needs.runtime.button.text() == "&Fetch Python, install"


def test_an_interpreter_of_ones_own_is_looked_at_before_it_is_used(
    make_page: Callable[..., FirstRunPage], qtbot: QtBot, tmp_path: Path
) -> None:
    page = make_page()
    do(qtbot, page, lambda: page.use_interpreter("/usr/bin/python3"))
    assert "/usr/bin/python3 lacks 1 of the runtime's packages: alpha." in page.needs.runtime.line.text()
    do(qtbot, page, lambda: page.use_interpreter("/nowhere/python"))
    assert page.needs.runtime.line.text() == "There is no Python at /nowhere/python."
    assert Settings.load().runtime_python == ""

    own = tmp_path / "own"
    subprocess.run(["/usr/bin/python3", "-m", "venv", "--without-pip", str(own)], check=True, env={"PATH": "/usr/bin"})
    site_packages = next(own.glob("lib/python3*/site-packages"))
    shutil.unpack_archive(str(next((tmp_path / "wheels").glob("alpha*"))), str(site_packages), "zip")
    page.ways.interpreter.setFilePath(str(interpreter_in(own)))
    do(qtbot, page, page.ways.use_button.click)
    assert Settings.load().runtime_python == str(interpreter_in(own))
    assert page.needs.runtime.state == READY
    assert page.needs.runtime.line.text().startswith("Chosen by hand: ")
    assert isinstance(page.inspected, Inspected)

    page._proof = ("-c", "raise ImportError('no good reason')")
    do(qtbot, page, lambda: page.use_interpreter(str(interpreter_in(own))))
    assert "do not work together: see the log" in page.needs.runtime.line.text()
    assert page.view.log.toPlainText().count("ImportError: no good reason") == 1
    (site_packages / "alpha" / "payload.bin").write_bytes(b"somebody else's")
    do(qtbot, page, lambda: page.use_interpreter(str(interpreter_in(own))))
    assert "Files of alpha are missing or changed" in page.needs.runtime.line.text()


def test_removing_is_asked_first(make_page: Callable[..., FirstRunPage], home: RuntimeHome, qtbot: QtBot) -> None:
    (home.root / "new-00000000").mkdir(parents=True)
    page = make_page()
    assert page.remove_button.isEnabled()
    page.remove_button.click()
    box = page.findChild(QMessageBox)
    assert (home.root / "new-00000000").exists()
    do(qtbot, page, next(button for button in box.buttons() if button.text() == "Remove").click)
    assert not (home.root / "new-00000000").exists()


def test_it_fits_360_pixels_and_everything_has_a_name_and_a_key(make_page: Callable[..., FirstRunPage]) -> None:
    page = make_page()
    page.ways.setCollapsed(False)
    assert page.minimumSizeHint().width() <= 360
    page.resize(360, 700)
    assert page.width() == 360
    for button in page.findChildren(QAbstractButton):
        if button.isVisibleTo(page) and button.focusPolicy() & Qt.FocusPolicy.TabFocus:
            assert button.accessibleName() or button.text(), button
    for field in (page.ways.wheels.lineEdit(), page.ways.index, page.ways.interpreter.lineEdit(), page.view.log):
        assert field.accessibleName()


def test_the_dock_opens_on_it_only_when_something_is_missing(plugin: TerraScopePlugin, runtime_python: str) -> None:
    dock = plugin.show_dock()  # with TERRASCOPE_RUNTIME_PYTHON, or a checkout's environment
    assert Path(Settings.load().interpreter()).is_file()
    assert dock.pages.currentWidget() is not dock.first_run
    plugin._runtime_action.trigger()
    assert dock.pages.currentWidget() is dock.first_run
    dock.first_run.cancel()
    dock.first_run.ask_button.click()
    assert dock.pages.currentWidget() is not dock.first_run


@pytest.mark.slow
@pytest.mark.timeout(2400)
def test_from_an_empty_profile_to_the_first_answer(tmp_path: Path, scene_path: Path) -> None:
    """The packaged plugin, the real packages from the package index, and nothing but the system's Python."""
    packaged = subprocess.run(
        [sys.executable, "-c", "import dev; print('\\n'.join(dev.packaged_files()))"],
        cwd=REPOSITORY, capture_output=True, text=True, check=False,
    )  # fmt: skip
    if packaged.returncode != 0:
        pytest.skip("the package is made from what git tracks: " + packaged.stderr.strip()[-200:])
    folder = tmp_path / "plugin"
    for name in packaged.stdout.splitlines():
        target = folder / name
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(REPOSITORY / name, target)
    foreign = {"TERRASCOPE_RUNTIME_PYTHON", "VIRTUAL_ENV"}
    environment = {name: value for name, value in os.environ.items() if name not in foreign}
    environment.update(PATH="/usr/bin:/bin", QGIS_CUSTOM_CONFIG_PATH=str(tmp_path / "config"), PYTHONUNBUFFERED="1")
    script = Path(__file__).with_name("from_nothing.py")
    command = [sys.executable, str(script), str(folder), str(scene_path), str(tmp_path / "seen.json")]
    done = subprocess.run(command, env=environment, cwd=tmp_path, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr[-4000:]
    seen = json.loads((tmp_path / "seen.json").read_text("utf-8"))
    print(f"installed in {seen['install_s']:.0f} s, answered in {seen['answer_s']:.0f} s, "
          f"longest stall {1000 * seen['longest_stall_s']:.0f} ms")  # fmt: skip
    assert seen["opened_on_it"]
    assert seen["before"][0][0] == MISSING
    assert [state for state, _ in seen["after"]] == [READY, READY, READY], seen["log"]
    assert Path(seen["interpreter"]).is_relative_to(tmp_path / "config")
    assert seen["left"]
    hectares = re.match(r"([\d.]+) ha", seen["answer"])
    assert hectares, seen["answer"]
    assert 60 < float(hectares.group(1)) < 67  # a round lake of 45 pixels' radius: 63.6
