"""A runtime that listens on a file: nobody but its user can connect, and no file stays."""

from __future__ import annotations

import os
import shutil
import signal
import socket
import stat
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import psutil
import pytest

from model_runtime.errors import RequestError
from model_runtime.server.unix_socket import UnixSocket

from .conftest import KEY, ROOT, RemoteServer, Server

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="sockets in files")
PARENT = """
import json, os, subprocess, sys
command = [sys.executable, "-m", "model_runtime", "serve", "--unix-socket", sys.argv[2]]
child = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE)
child.stdin.write(sys.argv[1].encode() + b"\\n"); child.stdin.flush()
print(json.loads(child.stdout.readline())["pid"], flush=True)
sys.stdin.readline()
os._exit(9)
"""


@pytest.fixture
def folder() -> Iterator[Path]:
    """One that is ours alone, with a short path: pytest's own may be too long for a socket."""
    made = Path(tempfile.mkdtemp(prefix="ts-"))
    yield made
    shutil.rmtree(made)


@pytest.fixture
def starting(folder: Path, tmp_path: Path) -> Iterator[Callable[[], Server]]:
    """Starts servers that a test may end."""
    started: list[Server] = []

    def start() -> Server:
        started.append(Server(tmp_path / f"log{len(started)}.txt", "--unix-socket", str(folder / "socket")))
        return started[-1]

    yield start
    for one in started:
        one.stop()


def bound(path: Path) -> socket.socket:
    made = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
    made.bind(str(path))
    return made


def test_it_listens_on_its_file_and_nowhere_else(starting: Callable[[], Server], folder: Path) -> None:
    server, path = starting(), folder / "socket"
    assert server.announced == {"unix_socket": str(path), "pid": server.process.pid, "protocol": 1}
    mode = path.lstat().st_mode
    assert stat.S_ISSOCK(mode)
    assert stat.S_IMODE(mode) == 0o600
    assert psutil.Process(server.process.pid).net_connections("inet") == []
    assert server.health()["status"] == "ready"
    assert server.stop() == 0
    assert list(folder.iterdir()) == []


@pytest.mark.parametrize(
    ("headers", "status"),
    [
        ({}, 200),
        ({"Host": "127.0.0.1"}, 200),
        ({"Authorization": ""}, 401),
        ({"Authorization": f"Bearer {KEY[:-1]}0"}, 401),
        ({"Host": "localhost:80"}, 421),
        ({"Host": "evil.example"}, 421),
        ({"Origin": "http://localhost"}, 403),
    ],
)
def test_it_wants_the_key_as_on_a_port(unix_server: Server, headers: dict[str, str], status: int) -> None:
    assert unix_server.request("GET", "/v1/health", headers=headers)[0] == status


@pytest.fixture(scope="module")
def unix_server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    folder = Path(tempfile.mkdtemp(prefix="ts-"))
    running = Server(tmp_path_factory.mktemp("unix") / "log.txt", "--unix-socket", str(folder / "socket"))
    yield running
    assert running.stop() == 0
    folder.rmdir()


def test_an_answer_streams_through_it(unix_server: Server, nano_folder: Path, golden_scene: Path) -> None:
    with unix_server.ask(question="Is there water?", dates=[{"optical": str(golden_scene)}]) as events:
        received = list(events)
    assert received[0]["event"] == "queued"
    assert received[-1]["event"] == "done"


def test_a_remote_runtime_can_listen_on_a_file_too(folder: Path, tmp_path: Path) -> None:
    server = RemoteServer(tmp_path, "--unix-socket", str(folder / "socket"))
    assert server.health()["remote"]
    assert server.request("GET", "/v1/health", headers={"Host": "localhost:9000"})[0] == 200  # of an SSH tunnel to it
    server.send(b"II*\0 whole", "a.tif")
    assert f"Listening on unix:{folder}/socket" in server.log.read_text()
    assert server.stop() == 0
    assert server.folders() == []
    assert list(folder.iterdir()) == []


def test_a_signal_ends_it_and_its_file(starting: Callable[[], Server], folder: Path) -> None:
    server = starting()
    server.process.send_signal(signal.SIGTERM)
    assert server.process.wait(10) in (0, -signal.SIGTERM)
    assert list(folder.iterdir()) == []


def test_its_file_goes_when_its_parent_is_gone(folder: Path) -> None:
    parent = subprocess.Popen(
        [sys.executable, "-c", PARENT, KEY, folder / "socket"], cwd=ROOT, stdin=subprocess.PIPE,
        stdout=subprocess.PIPE, stderr=subprocess.DEVNULL,
    )  # fmt: skip
    pid = int(parent.stdout.readline())
    assert [path.name for path in folder.iterdir()] == ["socket"]
    parent.communicate(b"\n", timeout=10)
    deadline = time.perf_counter() + 5
    while psutil.pid_exists(pid) and list(folder.iterdir()):
        assert time.perf_counter() < deadline
        time.sleep(0.01)
    assert list(folder.iterdir()) == []


def test_what_a_killed_one_left_is_taken_over_and_what_lives_is_not(
    starting: Callable[[], Server], folder: Path
) -> None:
    killed = starting()
    killed.process.kill()
    killed.process.wait(10)
    assert [path.name for path in folder.iterdir()] == ["socket"]
    second = starting()
    assert second.health()["status"] == "ready"
    command = [sys.executable, "-m", "model_runtime", "serve", "--unix-socket", folder / "socket"]
    with subprocess.Popen(
        command, cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE
    ) as third:
        third.stdin.write(KEY.encode() + b"\n")
        third.stdin.flush()  # and its end would be the runtime's
        assert third.wait(30) == 2
        assert third.stdout.read() == b""
        assert "listens on" in third.stderr.read().decode()
    assert second.health()["status"] == "ready"


def test_what_is_there_already_stays(folder: Path) -> None:
    path = folder / "socket"
    path.write_text("mine")
    with pytest.raises(RequestError, match="is no socket of yours"):
        UnixSocket(str(path)).socket()
    assert path.read_text() == "mine"
    path.unlink()
    with bound(folder / "other"):
        path.symlink_to(folder / "other")  # a link to a socket is not one
        with pytest.raises(RequestError, match="is no socket of yours"):
            UnixSocket(str(path)).socket()
    assert path.is_symlink()
    unused = UnixSocket(str(folder / "other"))
    unused.remove()  # it has not made it
    assert (folder / "other").exists()


def test_a_folder_that_is_not_ours_alone_is_refused(folder: Path) -> None:
    for mode in (0o755, 0o710, 0o701, 0o770):
        folder.chmod(mode)
        with pytest.raises(RequestError, match="Others may enter"):
            UnixSocket(str(folder / "socket"))
    inner = folder / "inner"
    inner.mkdir(0o700)
    folder.chmod(0o777)
    with pytest.raises(RequestError, match="Others may change"):
        UnixSocket(str(inner / "socket"))
    folder.chmod(0o700)
    (folder / "link").symlink_to("/tmp")  # noqa: S108 - what others may enter
    with pytest.raises(RequestError, match="Others may enter"):
        UnixSocket(str(folder / "link" / "socket"))
    with pytest.raises(RequestError, match="mkdir -m 700"):
        UnixSocket(str(folder / "none" / "socket"))
    if os.geteuid() == 0:
        os.chown(inner, 12345, 12345)
        with pytest.raises(RequestError, match="Others may enter"):
            UnixSocket(str(inner / "socket"))


def test_a_path_that_is_too_long_and_options_of_a_network_are_refused(folder: Path, tmp_path: Path) -> None:
    with pytest.raises(RequestError, match="bytes"):
        UnixSocket(str(folder / ("x" * 120)))
    for options in (("--port", "0"), ("--bind", "127.0.0.1"), ("--host", "gpu.example")):
        command = [sys.executable, "-m", "model_runtime", "serve", "--remote", "--key-file", "-", *options,
                   "--unix-socket", str(folder / "socket")]  # fmt: skip
        done = subprocess.run(command, cwd=ROOT, input=KEY.encode(), capture_output=True, timeout=30)
        assert done.returncode == 2
        assert "leave out one" in done.stderr.decode()


def test_a_system_without_such_sockets_says_so(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delattr(socket, "AF_UNIX")
    with pytest.raises(RequestError, match=r"has no sockets in files: leave out --unix-socket\.$"):
        UnixSocket(str(folder / "socket"))
