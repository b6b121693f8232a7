"""A runtime on another machine: asked through the dock, with a real second process at the other end."""

from __future__ import annotations

import json
import socket
import sqlite3
import time
from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from pytestqt.qtbot import QtBot
from qgis.core import QgsApplication, QgsAuthMethodConfig, QgsFeature, QgsGeometry, QgsProject

from terrascope_qgis.client.remote import parse_url
from terrascope_qgis.core.open_report import open_report
from terrascope_qgis.core.request import Acquisition
from terrascope_qgis.errors import TerraScopeError
from terrascope_qgis.gui.dock import TerraScopeDock
from terrascope_qgis.settings import Settings

from .conftest import ANSWER_LIMIT_MS
from .remote_runtime import RemoteRuntime, Tunnel

SignIn = Callable[[str], str]


@pytest.fixture
def free_port() -> int:
    with closing(socket.create_server(("127.0.0.1", 0))) as listener:
        return listener.getsockname()[1]


@pytest.fixture(scope="module")
def runtime(runtime_python: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[RemoteRuntime]:
    runtime = RemoteRuntime(runtime_python, tmp_path_factory.mktemp("there"))
    yield runtime
    runtime.stop()


@pytest.fixture
def tunnel(runtime: RemoteRuntime) -> Iterator[Tunnel]:
    tunnel = Tunnel(runtime.port)
    yield tunnel
    tunnel.stop()


@pytest.fixture(scope="session")
def sign_in(qgis_app: QgsApplication) -> SignIn:
    """Keeps a key in QGIS's password store."""
    manager = QgsApplication.authManager()
    assert manager.setMasterPassword("a master password", True)

    def keep(key: str) -> str:
        config = QgsAuthMethodConfig("Basic")
        config.setName("remote")
        config.setConfig("username", "terrascope")
        config.setConfig("password", key)
        assert manager.storeAuthenticationConfig(config)[0]
        return config.id()

    return keep


@pytest.fixture
def there(dock: TerraScopeDock, settings: Settings, runtime: RemoteRuntime, tunnel: Tunnel, sign_in: SignIn) -> Tunnel:
    """The dock asks the remote runtime through the tunnel."""
    settings.remote_url = f"http://127.0.0.1:{tunnel.port}"
    settings.remote_sign_in = sign_in(runtime.key)
    settings.runtime_python = "/nowhere/python"  # this machine has none
    settings.save()
    dock.settings_changed()
    return tunnel


def strings_of(geopackage: Path) -> str:
    """The report, what was asked, and the table of dates, as they are kept."""
    with closing(sqlite3.connect(str(geopackage))) as database:
        rows = [*database.execute("SELECT report, request FROM run"), *database.execute("SELECT * FROM dates")]
    return json.dumps(rows)


def test_asked_there_answered_here_and_corrected_there(
    dock: TerraScopeDock, there: Tunnel, ask: Callable[[], Any], scene_path: Path, qtbot: QtBot
) -> None:
    outcome = ask()
    assert not isinstance(outcome, TerraScopeError), (outcome.user_message, outcome.detail)
    # the answer is a file of this machine, whole, with paths of this machine
    geopackage = outcome.geopackage
    assert geopackage.parent == Path(Settings.load().runs_folder)
    assert [one.name for one in geopackage.parent.iterdir() if ".part" in one.name] == []
    assert outcome.report.dates[0].optical.path == str(scene_path)
    kept = open_report(geopackage)
    assert replace(kept.report, timings={}) == replace(outcome.report, timings={})
    assert kept.request.dates[0].optical == str(scene_path)
    assert kept.request.out == str(geopackage)
    assert str(scene_path) in strings_of(geopackage)
    assert 55 < outcome.report.steps[0].area_ha < 75
    assert len(dock.run_shown().layer_ids) == len(outcome.report.steps)
    # nothing of this machine's paths has left it, and the scene left it whole, once
    sent = bytes(there.sent)
    assert scene_path.read_bytes() in sent
    assert str(scene_path.parent).encode() not in sent
    assert str(geopackage.parent).encode() not in sent
    assert b"upload:" in sent and scene_path.name.encode() in sent

    # a second question about the same scene sends it no more
    there.sent.clear()
    dock.panel.question.setPlainText("Where is the forest?")
    assert not isinstance(ask(), TerraScopeError)
    assert 0 < len(there.sent) < 10_000

    # and a mask that is corrected here is measured there
    there.sent.clear()
    run = dock.run_shown()
    before = run.report.steps[0].area_ha
    dock.correct.begin(run, 1)
    layer = QgsProject.instance().mapLayer(run.layer_ids[1])
    corner = run.report.scene.bounds
    square = QgsFeature(layer.fields())
    x, y = corner[0] + 2000, corner[1] + 100
    ring = ", ".join(f"{x + dx} {y + dy}" for dx, dy in ((0, 0), (100, 0), (100, 100), (0, 100), (0, 0)))
    square.setGeometry(QgsGeometry.fromWkt(f"MultiPolygon ((({ring})))"))
    assert layer.addFeature(square)
    with qtbot.waitSignal(dock.correct.corrected, timeout=ANSWER_LIMIT_MS) as corrected:
        assert layer.commitChanges()
    report = corrected.args[0]
    assert not isinstance(report, TerraScopeError), (report.user_message, report.detail)
    assert report.steps[0].edited
    assert report.steps[0].area_ha == pytest.approx(before + 1.0, abs=0.02)
    assert report.dates[0].optical.path == str(scene_path)
    kept = open_report(run.geopackage)
    assert kept.report == report
    assert kept.request.dates[0].optical == str(scene_path)
    assert b"SQLite format 3" in there.sent
    assert str(scene_path.parent).encode() not in bytes(there.sent)
    assert str(run.geopackage.parent).encode() not in bytes(there.sent)
    assert not layer.readOnly()


def test_a_wrong_key_is_a_sentence(
    dock: TerraScopeDock, there: Tunnel, ask: Callable[[], Any], settings: Settings, sign_in: SignIn
) -> None:
    settings.remote_sign_in = sign_in("0" * 64)
    settings.save()
    outcome = ask()
    assert "does not accept the key" in outcome.user_message
    assert "0" * 64 not in outcome.user_message + outcome.detail
    settings.remote_sign_in = sign_in("swordfish")
    settings.save()
    assert "hexadecimal" in ask().user_message
    settings.remote_sign_in = ""
    settings.save()
    assert "needs its key" in ask().user_message


def test_no_tunnel_and_no_runtime_behind_it(
    dock: TerraScopeDock, there: Tunnel, ask: Callable[[], Any], settings: Settings, free_port: int
) -> None:
    settings.remote_url = f"http://127.0.0.1:{free_port}"
    settings.save()
    assert "is the tunnel open?" in ask().user_message
    leads_nowhere = Tunnel(free_port)
    settings.remote_url = f"http://127.0.0.1:{leads_nowhere.port}"
    settings.save()
    try:
        assert "at its other end" in ask().user_message
    finally:
        leads_nowhere.stop()


def test_the_connection_breaks_midway(
    dock: TerraScopeDock, there: Tunnel, ask: Callable[[], Any], settings: Settings
) -> None:
    dock.panel.question.setPlainText("How much of this is town?")
    task_events: list[str] = []

    def cut_at_first_words(event: object) -> None:
        task_events.append(type(event).__name__)
        if type(event).__name__ == "Text":
            there.cut()

    happened = dock._happened
    dock._happened = lambda event: (happened(event), cut_at_first_words(event))
    try:
        outcome = ask()
    finally:
        del dock._happened
    assert "was lost; nothing was written" in outcome.user_message, outcome.detail
    assert "Text" in task_events
    assert list(Path(settings.runs_folder).iterdir()) == []
    assert not isinstance(ask(), TerraScopeError)  # the tunnel can be used again


def test_cancelled_within_a_second_while_a_scene_is_sent(
    dock: TerraScopeDock, there: Tunnel, settings: Settings, tmp_path: Path, scene_path: Path, qtbot: QtBot
) -> None:
    other = tmp_path / "S2_other.tif"
    other.write_bytes(scene_path.read_bytes() + bytes(3_000_000))
    there.slow = 500_000
    dock.panel.dates.set_dates([Acquisition(str(other))])
    stages: list[str] = []
    with qtbot.waitSignal(dock.ended, timeout=60_000) as ended:
        dock.panel.ask_button.click()
        dock._task.happened.connect(lambda event: stages.append(getattr(event, "stage", "")))
        qtbot.waitUntil(lambda: any("Sending" in stage for stage in stages), timeout=30_000)
        at = time.monotonic()
        dock.cancel()
    assert time.monotonic() - at < 1.0
    assert type(ended.args[0]).__name__ == "CancelledError"
    assert any("S2_other.tif" in stage and "MB" in stage and "%" in stage for stage in stages)
    assert list(Path(settings.runs_folder).iterdir()) == []


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("http://gpu.example.org:8437", "unprotected"),
        ("http://192.168.1.4:8437", "unprotected"),
        ("http://127.0.0.1", "port"),
        ("ftp://127.0.0.1:21", "no address"),
        ("https://user:secret@host", "no address"),
        ("https://host/path", "no address"),
        ("https://host:99999", "no address"),
        ("gpu.example.org", "no address"),
        ("https://", "no address"),
    ],
)
def test_addresses_that_are_refused(text: str, told: str) -> None:
    with pytest.raises(TerraScopeError, match=told):
        parse_url(text)


def test_addresses_that_are_taken() -> None:
    assert str(parse_url("https://gpu.example.org")) == "https://gpu.example.org:443"
    assert str(parse_url(" https://GPU.example.org:8437/ ")) == "https://gpu.example.org:8437"
    assert parse_url("http://[::1]:9").is_loopback
    assert parse_url("http://localhost:9").is_loopback
    assert not parse_url("https://10.0.0.1:9").is_loopback
