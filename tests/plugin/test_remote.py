"""A runtime on another machine: asked through the dock, with a real second process at the other end."""

from __future__ import annotations

import http.client
import http.server
import json
import shutil
import socket
import sqlite3
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from osgeo import gdal
from pytestqt.qtbot import QtBot
from qgis.core import (
    QgsApplication,
    QgsAuthCertUtils,
    QgsFeature,
    QgsGeometry,
    QgsNetworkAccessManager,
    QgsProcessingContext,
    QgsProcessingFeedback,
    QgsProject,
    QgsRasterLayer,
    QgsSettings,
)
from qgis.PyQt.QtNetwork import QNetworkProxy, QSslCertificate

from terrascope_qgis.client import protocol
from terrascope_qgis.client.address import Address
from terrascope_qgis.client.errand import RefusedError
from terrascope_qgis.client.http_client import events_of
from terrascope_qgis.client.remote import Remote, parse_url
from terrascope_qgis.core.elsewhere import is_sent_whole
from terrascope_qgis.core.open_report import open_report
from terrascope_qgis.core.request import Acquisition
from terrascope_qgis.errors import AnalysisError, LayerError, RuntimeStartError, TerraScopeError
from terrascope_qgis.gui.dock import TerraScopeDock
from terrascope_qgis.gui.options import OptionsPage
from terrascope_qgis.gui.state_row import MISSING, READY
from terrascope_qgis.plugin import TerraScopePlugin
from terrascope_qgis.settings import Settings

from .conftest import ANSWER_LIMIT_MS
from .remote_runtime import Proxy, RemoteRuntime, Tunnel, certificate, keep_key

FAR = "127.0.0.2"  # for the plugin it is no end of a tunnel


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


@pytest.fixture
def there(dock: TerraScopeDock, settings: Settings, runtime: RemoteRuntime, tunnel: Tunnel) -> Tunnel:
    """The dock asks the remote runtime through the tunnel."""
    settings.remote_url = f"http://127.0.0.1:{tunnel.port}"
    settings.remote_sign_in = keep_key(runtime.key)
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
    dock: TerraScopeDock, there: Tunnel, ask: Callable[[], Any], settings: Settings
) -> None:
    settings.remote_sign_in = keep_key("0" * 64)
    settings.save()
    outcome = ask()
    assert "does not accept the key" in outcome.user_message
    assert "0" * 64 not in outcome.user_message + outcome.detail
    settings.remote_sign_in = keep_key("swordfish")
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
    layer = QgsRasterLayer(str(other), "other")
    QgsProject.instance().addMapLayer(layer)
    dock.panel.dates.set_dates([Acquisition(layer)])
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


def test_a_file_that_is_gone_there_is_sent_again(
    dock: TerraScopeDock,
    there: Tunnel,
    ask: Callable[[], Any],
    runtime: RemoteRuntime,
    runtime_python: str,
    tmp_path: Path,
) -> None:
    assert not isinstance(ask(), TerraScopeError)
    other = RemoteRuntime(runtime_python, tmp_path, key=runtime.key)
    heads: list[int] = []

    def look(data: bytes) -> None:
        if data.startswith(b"HEAD "):  # it is there when it is looked for, and the next connection finds it gone
            heads.append(there.to)
            there.to = other.port

    there.looks = look
    there.sent.clear()
    try:
        outcome = ask()
    finally:
        other.stop()
    assert not isinstance(outcome, TerraScopeError), (outcome.user_message, outcome.detail)
    assert heads == [runtime.port, other.port]
    assert bytes(there.sent).count(b"PUT /v1/uploads/") == 1
    assert bytes(there.sent).count(b"POST /v1/ask") == 2


def test_a_virtual_raster_is_captured_and_a_folder_is_refused(
    dock: TerraScopeDock, there: Tunnel, ask: Callable[[], Any], scene_path: Path, tmp_path: Path
) -> None:
    virtual = tmp_path / "S2_virtual.vrt"
    gdal.BuildVRT(str(virtual), [str(scene_path)]).FlushCache()
    layer = QgsRasterLayer(str(virtual), "S2 virtual")
    QgsProject.instance().addMapLayer(layer)
    dock.panel.dates.set_dates([Acquisition(layer)])
    assert dock.panel.capture.isVisibleTo(dock)
    outcome = ask()
    assert not isinstance(outcome, TerraScopeError), (outcome.user_message, outcome.detail)
    assert b"S2_virtual_" in there.sent
    assert b".vrt" not in there.sent
    assert Path(outcome.report.dates[0].optical.path).is_file()
    assert 55 < outcome.report.steps[0].area_ha < 75

    request = protocol.AskRequest("Where is water?", (protocol.DateInput(str(tmp_path)),), model="nano")
    with pytest.raises(LayerError, match="not one raster file"):
        list(dock._client.ask(request))
    with pytest.raises(AnalysisError, match="folder of this machine"):
        list(dock._client.ask(replace(request, dates=(protocol.DateInput(str(scene_path)),), model=str(tmp_path))))


def test_files_of_the_same_name_get_their_own_paths_back(
    dock: TerraScopeDock, there: Tunnel, two_dates: tuple[Path, Path], tmp_path: Path
) -> None:
    files = [tmp_path / year / "place.tif" for year in ("2017", "2018")]
    for file, source in zip(files, two_dates):
        file.parent.mkdir()
        shutil.copy(source, file)
    days = ("2017-10-08", "2018-03-26")
    dates = tuple(protocol.DateInput(str(file), date=day) for file, day in zip(files, days))
    out = tmp_path / "answer.gpkg"
    request = protocol.AskRequest("How much water was gained?", dates, model="nano", out=str(out))
    dock._client.prepare()
    done = list(dock._client.ask(request))[-1]
    paths = [str(file) for file in files]
    assert [date.optical.path for date in done.report.dates] == paths
    assert [date.optical.path for date in open_report(out).report.dates] == paths
    assert [date.optical for date in open_report(out).request.dates] == paths
    with closing(sqlite3.connect(str(out))) as database:
        assert [row[0] for row in database.execute("SELECT optical_path FROM dates ORDER BY image")] == paths


def test_what_lies_beside_a_file_is_not_sent(scene_path: Path, tmp_path: Path) -> None:
    alone = tmp_path / "alone.tif"
    shutil.copy(scene_path, alone)
    assert is_sent_whole(str(alone))
    bare = tmp_path / "bare.png"
    gdal.Translate(str(bare), str(scene_path), format="PNG", bandList=[1], outputType=gdal.GDT_Byte)
    assert not is_sent_whole(str(bare))  # where it lies is in an .aux.xml beside it
    assert not is_sent_whole(str(tmp_path / "nothing.tif"))
    assert not is_sent_whole(str(tmp_path))


def test_models_there_and_what_is_seen_to_there(dock: TerraScopeDock, there: Tunnel, qtbot: QtBot) -> None:
    assert dock.panel.place.text() == f"Asks through a tunnel, port {there.port}"
    with qtbot.waitSignal(dock.show_models().idle, timeout=20_000):
        pass
    page = dock.models
    assert "nano" in [model.id for model in page.table.models()]
    page.table.select("nano")
    for button in (page.download_button, page.verify_button, page.delete_button, page.add_button):
        assert not button.isEnabled()
        assert "on its machine" in button.toolTip()
    page.close()


def test_the_page_of_needs_looks_there(dock: TerraScopeDock, there: Tunnel, settings: Settings, qtbot: QtBot) -> None:
    page = dock.first_run
    assert not page.is_needed()
    with qtbot.waitSignal(page.idle, timeout=20_000):
        dock.show_runtime()
    needs = page.needs
    assert [row.state for row in (needs.runtime, needs.device, needs.model)] == [READY] * 3
    assert f"http://127.0.0.1:{there.port}" in needs.runtime.line.text()
    assert page.ask_button.isEnabled() and not page.ways.isVisibleTo(page)
    settings.remote_sign_in = keep_key("0" * 64)
    settings.save()
    with qtbot.waitSignal(page.idle, timeout=20_000):
        needs.runtime.button.click()
    assert needs.runtime.state == MISSING
    assert "does not accept the key" in needs.runtime.line.text()
    text = page.copy_diagnostics()
    assert "through a tunnel" in text and "does not accept the key" in text and "0" * 64 not in text
    settings.remote_url = "https://gpu.example.invalid:8437"
    settings.save()
    dock.settings_changed()
    with qtbot.waitSignal(page.idle, timeout=20_000):
        page.look()
    assert "not known in this network" in needs.runtime.line.text()
    text = page.copy_diagnostics()
    assert "over HTTPS" in text and "gpu.example" not in text
    settings.remote_url = ""
    settings.save()
    dock.settings_changed()
    assert page.ways.isVisibleTo(page)
    dock.pages.setCurrentIndex(0)


def test_a_runtime_that_is_busy_is_waited_for(qgis_app: QgsApplication) -> None:
    answers = [(429, {"Retry-After": "1"}, b'{"detail": "Too many questions wait already"}')]

    class Busy(http.server.BaseHTTPRequestHandler):
        def do_POST(self) -> None:  # noqa: N802
            self.rfile.read(int(self.headers["Content-Length"]))
            error = b'{"event": "error", "code": "scene", "message": "Taken at last"}\n'
            status, headers, body = answers.pop() if answers else (200, {}, error)
            self.send_response(status)
            for name, value in {**headers, "Content-Length": str(len(body))}.items():
                self.send_header(name, value)
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_: object) -> None:
            pass

    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), Busy) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        stages: list[str] = []
        address = Address(server.server_address[1], "0" * 64)
        with pytest.raises(AnalysisError, match="Taken at last"):
            for event in events_of(address, protocol.AskRequest("?", ()), lambda: False):
                stages.append(event.stage)
        server.shutdown()
    assert stages == ["The runtime is busy: it is asked again in 1 s"]


@pytest.fixture(scope="module")
def secure(runtime_python: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[RemoteRuntime, Path]]:
    """A runtime with a certificate of an authority of our own, which comes second."""
    folder = tmp_path_factory.mktemp("secure")
    authority, signed, key = certificate(folder, FAR)
    options = ("--bind", FAR, "--certificate", str(signed), "--private-key", str(key))
    runtime = RemoteRuntime(runtime_python, folder, *options)
    yield runtime, authority
    runtime.stop()


def test_https_of_an_authority_that_is_trusted(
    dock: TerraScopeDock, settings: Settings, secure: tuple[RemoteRuntime, Path], ask: Callable[[], Any], qtbot: QtBot
) -> None:
    runtime, authority = secure
    settings.remote_url, settings.remote_sign_in = f"https://{FAR}:{runtime.port}", keep_key(runtime.key)
    settings.save()
    untrusted = ask()
    assert "is not trusted" in untrusted.user_message and "Authorities" in untrusted.user_message
    manager = QgsApplication.authManager()
    trusted = QSslCertificate(authority.read_bytes())
    assert manager.storeCertAuthority(trusted)
    assert manager.storeCertTrustPolicy(trusted, QgsAuthCertUtils.CertTrustPolicy.Trusted)
    manager.rebuildCaCertsCache()
    manager.rebuildTrustedCaCertsCache()
    try:
        outcome = ask()
        assert not isinstance(outcome, TerraScopeError), (outcome.user_message, outcome.detail)
        assert open_report(outcome.geopackage).report.answer == outcome.report.answer
        other_name = Tunnel(runtime.port, host=FAR)
        settings.remote_url = f"https://127.0.0.1:{other_name.port}"
        settings.save()
        assert "is for another name" in ask().user_message
        other_name.stop()
        settings.remote_url = f"https://{FAR}:{runtime.port}"
        settings.save()
        proxy = Proxy()
        manager_of_proxies = QgsNetworkAccessManager.instance()
        before = manager_of_proxies.fallbackProxy()
        manager_of_proxies.setFallbackProxyAndExcludes(
            QNetworkProxy(QNetworkProxy.ProxyType.HttpProxy, "127.0.0.1", proxy.port, "jo", "swordfish"), [], []
        )
        try:
            assert dock._client.is_elsewhere()
            assert dock._client.health().remote
        finally:
            manager_of_proxies.setFallbackProxyAndExcludes(before, [], [])
            proxy.stop()
        assert proxy.asked[0].startswith(f"CONNECT {FAR}:{runtime.port} ")
        assert "Proxy-Authorization: Basic am86c3dvcmRmaXNo" in proxy.asked[0]
        assert runtime.key not in "".join(proxy.asked)
    finally:
        manager.removeCertTrustPolicy(trusted)
        manager.removeCertAuthority(trusted)
        manager.rebuildCaCertsCache()
        manager.rebuildTrustedCaCertsCache()
    settings.remote_url = f"http://127.0.0.1:{runtime.port}"
    settings.save()
    assert isinstance(ask(), TerraScopeError)


def test_what_plain_http_does_not_reach(
    dock: TerraScopeDock, settings: Settings, runtime: RemoteRuntime, ask: Callable[[], Any]
) -> None:
    settings.remote_url, settings.remote_sign_in = f"https://127.0.0.1:{runtime.port}", keep_key(runtime.key)
    settings.save()
    assert "speaks no HTTPS" in ask().user_message


def test_a_report_that_was_opened_is_taught_there(
    dock: TerraScopeDock, there: Tunnel, ask: Callable[[], Any], scene_path: Path, qtbot: QtBot
) -> None:
    geopackage = ask().geopackage
    with qtbot.waitSignal(dock.keeping.opened, timeout=20_000):
        dock.keeping.open(geopackage)
    dock.teach.action.trigger()
    there.sent.clear()
    centre = QgsGeometry.fromWkt("Point (501400 5499100)")
    dock.teach._canvas.setDestinationCrs(QgsProject.instance().crs())
    with qtbot.waitSignal(dock.teach.taught, timeout=30_000):
        dock.teach.show_place(centre, True)
    report = dock.run_shown().report
    assert len(report.examples) == 1
    assert report.dates[0].optical.path == str(scene_path)
    assert b"PUT /v1/uploads/" not in there.sent
    assert str(scene_path.parent).encode() not in bytes(there.sent)
    dock.teach.end()


def test_processing_asks_there_too(
    there: Tunnel, plugin: TerraScopePlugin, scene: QgsRasterLayer, tmp_path: Path
) -> None:
    algorithm = QgsApplication.processingRegistry().createAlgorithmById("terrascope:ask")
    context, feedback = QgsProcessingContext(), QgsProcessingFeedback()
    given = {"INPUT": scene.source(), "QUESTION": "Where is the lake?", "OUTPUT": str(tmp_path / "answer.gpkg")}
    there.sent.clear()
    results, fine = algorithm.run(given, context, feedback)
    assert fine, feedback.textLog()
    assert b"POST /v1/ask" in there.sent
    assert open_report(tmp_path / "answer.gpkg").report.answer == results["ANSWER"]
    assert sorted(one.name for one in tmp_path.iterdir() if one.is_file()) == ["answer.gpkg", "answer.json"]


@pytest.mark.parametrize(
    ("failure", "told"),
    [
        (RefusedError(421, b""), "--host gpu.example"),
        (RefusedError(404, b"<html>"), "no TerraScope runtime"),
        (RefusedError(404, b'{"detail": "Not Found"}'), "no TerraScope runtime"),
        (RefusedError(404, b'{"detail": "There is no such result, or not any more; ask again."}'), "no such result"),
        (RefusedError(507, b'{"detail": "The disk is full there."}'), "The disk is full there."),
        (TimeoutError("timed out"), "does not answer"),
        (ConnectionRefusedError(), "start the runtime there"),
        (OSError("Tunnel connection failed: 407 Proxy Authentication Required"), "proxy makes no connection"),
        (http.client.BadStatusLine("SSH-2.0"), "no TerraScope runtime"),
        (EOFError(), "was lost; nothing was written"),
    ],
)
def test_what_goes_wrong_in_words(failure: Exception, told: str) -> None:
    said = Remote(parse_url("https://gpu.example:8437"), "0" * 64).trouble(failure)
    assert told in said.user_message
    assert "{" not in said.user_message


def test_a_runtime_that_is_none_for_us() -> None:
    remote = Remote(parse_url("http://127.0.0.1:9000"), "0" * 64)
    fine = protocol.Health("ready", "0.1.0", 1, "cpu", 1, 0, remote=True, upload_limit_bytes=1)
    remote.check(fine)
    with pytest.raises(RuntimeStartError, match="speaks protocol 2, the plugin 1"):
        remote.check(replace(fine, protocol=2))
    with pytest.raises(RuntimeStartError, match="serve --remote"):
        remote.check(replace(fine, remote=False))


def test_the_options_try_and_keep_it(settings: Settings, runtime: RemoteRuntime, tunnel: Tunnel, qtbot: QtBot) -> None:
    page = OptionsPage(lambda: None, lambda: None, lambda: None)
    qtbot.addWidget(page)
    group = page.remote
    assert not group.test_button.isEnabled()
    group.url.setText("http://gpu.example:8437")
    assert not page.isValid() and "unprotected" in page.trouble.text()
    group.url.setText(f"http://127.0.0.1:{tunnel.port}")
    assert "sign-in" in page.wrong()
    group.sign_in.setConfigId(keep_key(runtime.key))
    assert page.isValid()
    group.test_button.click()
    assert not group.test_button.isEnabled()
    qtbot.waitUntil(lambda: group.told.text().startswith("✓ Version"), timeout=20_000)
    assert group.test_button.isEnabled()
    page.apply()
    kept = Settings.load()
    assert (kept.remote_url, kept.remote_sign_in) == (f"http://127.0.0.1:{tunnel.port}", group.sign_in.configId())
    everything = QgsSettings()
    assert not any(runtime.key in str(everything.value(name)) for name in everything.allKeys())
    tunnel.stop()
    group.test_button.click()
    qtbot.waitUntil(lambda: "is the tunnel open?" in group.told.text(), timeout=20_000)


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
