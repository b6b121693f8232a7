from __future__ import annotations

import http.server
import os
import signal
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from qgis.core import QgsApplication

from terrascope_qgis.client import protocol
from terrascope_qgis.client.http_client import RuntimeClient
from terrascope_qgis.client.launcher import Address, Launcher
from terrascope_qgis.errors import AnalysisError, CancelledError, ProtocolError, RuntimeLostError, TerraScopeError

REPOSITORY = Path(__file__).resolve().parents[2]
GOLDEN = (REPOSITORY / "tests" / "data" / "answer.ndjson").read_bytes().splitlines(keepends=True)


@pytest.fixture(scope="module")
def launcher(runtime_python: str, qgis_app: QgsApplication) -> Iterator[Launcher]:
    launcher = Launcher(lambda: runtime_python, REPOSITORY)
    yield launcher
    launcher.stop()


def test_health_and_models(launcher: Launcher) -> None:
    client = RuntimeClient(launcher)
    health = client.health()
    assert health.pid == launcher.pid
    assert health.protocol == 1
    for model in client.models():
        assert (model.parameters > 0) == (model.state in ("bundled", "here"))


def test_a_scene_that_is_not_there_is_the_runtime_s_own_sentence(launcher: Launcher, model_name: str) -> None:
    request = protocol.AskRequest("Is there water?", [protocol.DateInput("/nowhere/scene.tif")], model=model_name)
    with pytest.raises(AnalysisError, match="/nowhere/scene.tif") as refusal:
        list(RuntimeClient(launcher).ask(request))
    assert refusal.value.code == "scene"


def test_a_malformed_request_is_refused_in_words(launcher: Launcher) -> None:
    with pytest.raises(AnalysisError, match="profile"):
        list(
            RuntimeClient(launcher).ask(
                protocol.AskRequest("?", [protocol.DateInput("scene.tif")], profile="unheard of")
            )
        )


def test_cancel_within_a_second_while_no_line_comes(launcher: Launcher, scene_path: Path) -> None:
    """The runtime is stopped in its tracks: it sends nothing and does not even hear that we cancel."""
    launcher.address()
    os.kill(launcher.pid, signal.SIGSTOP)
    try:
        cancelled = threading.Event()
        threading.Timer(0.5, cancelled.set).start()
        begin = time.monotonic()
        with pytest.raises(CancelledError):
            list(
                RuntimeClient(launcher).ask(
                    protocol.AskRequest("?", [protocol.DateInput(str(scene_path))]), cancelled.is_set
                )
            )
        assert 0.5 <= time.monotonic() - begin < 1.5
    finally:
        os.kill(launcher.pid, signal.SIGCONT)
    assert RuntimeClient(launcher).health().pid == launcher.pid


class _Played(Launcher):
    """Leads to a server that plays back bytes, to show what no healthy runtime would send."""

    def __init__(self, port: int) -> None:
        super().__init__(lambda: "", Path())
        self._port = port

    def address(self, cancelled: Callable[[], bool] = lambda: False) -> Address:  # noqa: ARG002
        return Address(self._port, "0" * 64)


@pytest.fixture
def play(qgis_app: QgsApplication) -> Iterator[Callable[[list[bytes], bool], RuntimeClient]]:
    servers = []

    def start(chunks: list[bytes], whole: bool) -> RuntimeClient:
        class Handler(http.server.BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def do_POST(self) -> None:  # noqa: N802
                self.rfile.read(int(self.headers["Content-Length"]))
                self.send_response(200)
                self.send_header("Transfer-Encoding", "chunked")
                self.end_headers()
                for chunk in chunks:
                    self.wfile.write(f"{len(chunk):x}\r\n".encode() + chunk + b"\r\n")
                if whole:
                    self.wfile.write(b"0\r\n\r\n")
                self.close_connection = True

            def log_message(self, *_: object) -> None:
                pass

        server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        threading.Thread(target=server.serve_forever, daemon=True).start()
        servers.append(server)
        return RuntimeClient(_Played(server.server_address[1]))

    yield start
    for server in servers:
        server.shutdown()
        server.server_close()


def _events(client: RuntimeClient) -> list[protocol.Event]:
    return list(client.ask(protocol.AskRequest("?", [protocol.DateInput("scene.tif")])))


def test_lines_cut_anywhere_are_put_together(play: Callable[..., RuntimeClient]) -> None:
    stream = b"".join(line for line in GOLDEN if b'"error"' not in line)
    client = play([stream[at : at + 7] for at in range(0, len(stream), 7)], True)
    events = _events(client)
    assert [event.event for event in events].count("mask") == 4
    assert isinstance(events[-1], protocol.Done)


@pytest.mark.parametrize("whole", [True, False], ids=["stream closed", "stream torn"])
@pytest.mark.parametrize("count", [0, 1, 5])
def test_a_stream_without_an_end_is_a_lost_runtime(play: Callable[..., RuntimeClient], whole: bool, count: int) -> None:
    with pytest.raises(RuntimeLostError, match="Ask again"):
        _events(play(GOLDEN[:count], whole))


def test_a_line_torn_in_the_middle_is_a_failure_in_words(play: Callable[..., RuntimeClient]) -> None:
    with pytest.raises(TerraScopeError):
        _events(play([GOLDEN[0], GOLDEN[3][:50]], False))


def test_an_error_line_is_the_runtime_s_own_sentence(play: Callable[..., RuntimeClient]) -> None:
    error = next(line for line in GOLDEN if b'"error"' in line)
    with pytest.raises(AnalysisError, match="assign one") as failure:
        _events(play([GOLDEN[0], error], True))
    assert failure.value.code == "scene"


def test_noise_is_a_protocol_error(play: Callable[..., RuntimeClient]) -> None:
    with pytest.raises(ProtocolError):
        _events(play([b"<html>hello</html>\n"], True))


def test_nobody_listening_is_a_lost_runtime(qgis_app: QgsApplication) -> None:
    with pytest.raises(RuntimeLostError):
        _events(RuntimeClient(_Played(9)))
