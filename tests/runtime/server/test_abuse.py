"""What a stranger, or a client gone mad, can do to the server: take some places for some seconds, and nothing else.

Meanwhile, and afterwards, the client that has the key is answered at once.
"""

from __future__ import annotations

import random
import resource
import socket
import time
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest

from model_runtime.server.auth import BODY_S
from model_runtime.server.connections import HEAD_S, MOST

from .conftest import KEY, Server

SOON_S = 1.0
NO_FILES = (
    "/etc", ".", "..", "~", "~nobody-has-this-name/x.tif", "/etc/passwd", "/dev/zero",
    "/dev/stdin", "/proc/self/environ", "/proc/self/mem", "/vsicurl/http://127.0.0.1:1/x.tif", "/vsizip//etc/x.zip",
    "file:///etc/passwd", "//127.0.0.1/share/x.tif", "C:\\Windows\\x.tif", "NUL", "x.vrt", "items.json#x", "x" * 300,
    "/" + "x" * 5000, "x/" * 3000, "a\0b", "\u202e.tif", "upload:0/x.tif", "<VRTDataset/>", "WMS:http://127.0.0.1:1/",
)  # fmt: skip


@pytest.fixture
def many_files() -> Iterator[None]:
    """Room for a thousand connections of our own."""
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    wanted = 4096 if hard == resource.RLIM_INFINITY else min(4096, hard)
    if wanted < 1500:
        pytest.skip(f"only {hard} files may be open here")
    resource.setrlimit(resource.RLIMIT_NOFILE, (max(soft, wanted), hard))
    yield
    resource.setrlimit(resource.RLIMIT_NOFILE, (soft, hard))


def open_files(server: Server) -> int:
    return len(list(Path(f"/proc/{server.process.pid}/fd").iterdir()))


def answers(server: Server) -> None:
    begin = time.perf_counter()
    status, _, _ = server.request("GET", "/v1/health")
    assert status == 200
    assert time.perf_counter() - begin < SOON_S


def connected(server: Server) -> socket.socket:
    return socket.create_connection(("127.0.0.1", server.port), timeout=30)


def ended_by_server(connection: socket.socket, within_s: float) -> bool:
    """Whether the other end closes the connection in that time; what it says before is read."""
    connection.settimeout(within_s)
    try:
        while connection.recv(65536):
            pass
    except TimeoutError:
        return False
    except OSError:
        pass
    return True


def head(server: Server, path: str = "/v1/ask", **more: str) -> bytes:
    fields = {"Host": f"127.0.0.1:{server.port}", "Authorization": f"Bearer {KEY}", **more}
    lines = [f"POST {path} HTTP/1.1", *(f"{name}: {value}" for name, value in fields.items())]
    return "\r\n".join(lines).encode() + b"\r\n\r\n"


def test_heads_and_bodies_that_come_too_slowly_are_given_up(server: Server) -> None:
    with ExitStack() as stack:
        slow = [stack.enter_context(connected(server)) for _ in range(20)]
        silent = [stack.enter_context(connected(server)) for _ in range(20)]
        half = [stack.enter_context(connected(server)) for _ in range(5)]
        for connection in slow:
            connection.sendall(b"GET /v1/health HTTP/1.1\r\n")
        for connection in half:
            connection.sendall(head(server, **{"Content-Length": "1000", "Content-Type": "application/json"}) + b"{")
        begin = time.perf_counter()
        while time.perf_counter() - begin < HEAD_S + SOON_S:
            answers(server)
            for connection in slow:
                try:
                    connection.sendall(b"x: y\r\n")
                except OSError:  # it has been ended, as it should be
                    pass
            time.sleep(0.5)
        assert all(ended_by_server(connection, SOON_S) for connection in (*slow, *silent))
        left_s = begin + BODY_S + SOON_S - time.perf_counter()
        told = []
        for connection in half:
            connection.settimeout(max(left_s, SOON_S))
            told.append(connection.recv(65536))
        assert all(b" 408 " in answer for answer in told)
    answers(server)


def test_a_connection_that_is_used_again_has_as_long_again(server: Server) -> None:
    """The time of a first request does not end a second one; silence after it does."""
    connection = server.connect()
    for _ in range(3):
        connection.request("GET", "/v1/health", headers={"Authorization": f"Bearer {KEY}"})
        response = connection.getresponse()
        assert response.status == 200
        response.read()
        time.sleep(HEAD_S / 3)
    assert ended_by_server(connection.sock, HEAD_S + SOON_S)
    connection.close()


@pytest.mark.usefixtures("many_files")
def test_a_thousand_connections_take_a_hundred_places(server: Server) -> None:
    before = open_files(server)
    with ExitStack() as stack:
        for _ in range(1000):
            stack.enter_context(connected(server))
        time.sleep(0.5)
        assert open_files(server) <= before + MOST + 5
    deadline = time.perf_counter() + HEAD_S
    while open_files(server) > before + 5 and time.perf_counter() < deadline:
        time.sleep(0.1)
    assert open_files(server) <= before + 5
    answers(server)


def test_noise_is_refused_and_forgotten(server: Server) -> None:
    noise, before = random.Random(0), open_files(server)
    for number in range(200):
        with connected(server) as connection:
            if number % 2:
                connection.sendall(head(server, "/v1/health", **{"Content-Length": "0"}))  # and junk in its wake
            try:
                connection.sendall(noise.randbytes(noise.randrange(1, 3000)) + b"\r\n\r\n")
            except OSError:
                pass
            assert ended_by_server(connection, HEAD_S + SOON_S)
    answers(server)
    assert open_files(server) <= before + 5


@pytest.mark.parametrize("field", ["optical", "sar", "clouds", "model", "out", "picture"])
def test_what_is_no_file_is_refused_in_a_sentence(
    server: Server, remote: Server, nano_folder: Path, golden_scene: Path, field: str
) -> None:
    date = {} if field == "sar" else {"optical": str(golden_scene)}
    for path in NO_FILES:
        of_date = field in ("optical", "sar", "clouds")
        fields = {"dates": [date | {field: path}]} if of_date else {"dates": [date], field: path}
        for one in (server, remote):
            with one.ask(question="?", **fields) as events:
                last = list(events)[-1]
            assert last["event"] == "error", (path, last)
            assert last["code"] != "internal", (path, last)
            assert len(last["message"]) < 600 + len(path)
            assert "\n" not in last["message"]


def test_streams_that_are_left_at_once_leave_nothing(
    server: Server, golden_folder: Path, golden_scene: Path, tmp_path: Path
) -> None:
    body = (
        b'{"question": "?", "model": "%b", "dates": [{"optical": "%b"}], "out": "%b"}'
        % (str(golden_folder).encode(), str(golden_scene).encode(), str(tmp_path / "run.gpkg").encode())
    )  # fmt: skip
    before = open_files(server)
    for _ in range(40):  # more than may wait
        with connected(server) as connection:
            fields = {"Content-Length": str(len(body)), "Content-Type": "application/json"}
            connection.sendall(head(server, **fields) + body)
    deadline = time.perf_counter() + 3 * SOON_S
    while server.request("POST", "/v1/ask", body)[0] == 429:  # until it has seen that they are gone
        assert time.perf_counter() < deadline
        time.sleep(0.1)
    (tmp_path / "run.gpkg").unlink(missing_ok=True)
    with server.ask(question="Is there water?", model=str(golden_folder), profile="published",
                    dates=[{"optical": str(golden_scene)}]) as events:  # fmt: skip
        assert list(events)[-1]["event"] == "done"
    assert not list(tmp_path.iterdir())
    assert open_files(server) <= before + 30  # libraries that the answer has loaded
