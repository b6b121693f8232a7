"""A real server process on a real socket, and a client as small as the plugin's."""

from __future__ import annotations

import hashlib
import http.client
import json
import os
import signal
import socket
import ssl
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[3]
KEY = "0123456789abcdef" * 4


class UnixConnection(http.client.HTTPConnection):
    """To a server that listens on a file."""

    def __init__(self, path: str) -> None:
        super().__init__("localhost", timeout=120)
        self._path = path

    def connect(self) -> None:
        self.sock = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
        self.sock.settimeout(self.timeout)
        self.sock.connect(self._path)


class Server:
    """A running `python -m model_runtime serve`."""

    def __init__(self, log: Path, *options: str, temporary: Path | None = None) -> None:
        started = time.perf_counter()
        self.log = log
        with log.open("w") as errors:  # the process keeps its own handle
            self.process = subprocess.Popen(
                [sys.executable, "-m", "model_runtime", "serve", "--device", "cpu", *options],
                cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=errors,
                env=os.environ | ({"TMPDIR": str(temporary)} if temporary else {}),
            )  # fmt: skip
        self.process.stdin.write(KEY.encode() + b"\n")
        self.process.stdin.flush()
        self.announced = json.loads(self.process.stdout.readline())
        self.start_s = time.perf_counter() - started
        self.port = self.announced.get("port")

    def connect(self) -> http.client.HTTPConnection:
        if self.port is None:
            return UnixConnection(self.announced["unix_socket"])
        return http.client.HTTPConnection("127.0.0.1", self.port, timeout=120)

    def request(
        self, method: str, path: str, body: bytes | dict | None = None, headers: dict[str, str] | None = None
    ) -> tuple[int, bytes, http.client.HTTPMessage]:
        """One request on its own connection. `headers` overrides the right ones."""
        connection = self.connect()
        try:
            _send(connection, method, path, body, {"Authorization": f"Bearer {KEY}"} | (headers or {}))
            response = connection.getresponse()
            return response.status, response.read(), response.headers
        finally:
            connection.close()

    @contextmanager
    def ask(self, **fields: object) -> Iterator[Iterator[dict]]:
        """Events of a question as they come; leaving the block hangs up."""
        connection = self.connect()
        try:
            _send(connection, "POST", "/v1/ask", fields, {"Authorization": f"Bearer {KEY}"})
            response = connection.getresponse()
            assert response.status == 200, response.read()
            assert response.headers["content-type"].startswith("application/x-ndjson")
            yield (json.loads(line) for line in response)
            response.close()
        finally:
            connection.close()

    def health(self) -> dict:
        return json.loads(self.request("GET", "/v1/health")[1])

    def settle(self) -> None:
        """Wait until no job is left: the last one leaves the queue a moment after its last line."""
        deadline = time.perf_counter() + 30
        while self.health()["jobs"]:
            assert time.perf_counter() < deadline, "a job of an earlier test does not end"
            time.sleep(0.01)

    def stop(self) -> int:
        self.process.stdin.close()
        self.process.stdout.close()
        return self.process.wait(timeout=20)


class RemoteServer(Server):
    """A running `serve --remote` with a key file, and the folder that it has its temporary folder in."""

    def __init__(self, place: Path, *options: str, certificate: Path | None = None) -> None:
        self.temporary = place / "temporary"
        self.temporary.mkdir()
        self.certificate = certificate
        (place / "key").write_text(KEY + "\n")
        (place / "key").chmod(0o600)
        where = () if "--unix-socket" in options else ("--port", "0")
        options = ("--remote", "--key-file", str(place / "key"), *where, *options)
        super().__init__(place / "log.txt", *options, temporary=self.temporary)
        self.process.stdin.close()  # it is not tied to its input

    def connect(self) -> http.client.HTTPConnection:
        if self.certificate is None:
            return super().connect()
        trust = ssl.create_default_context(cafile=self.certificate)
        return http.client.HTTPSConnection("127.0.0.1", self.port, timeout=120, context=trust)

    def send(self, data: bytes, name: str) -> str:
        """Send a file; what to call it in a request."""
        digest = hashlib.sha256(data).hexdigest()
        status, answer, _ = self.request("PUT", f"/v1/uploads/{digest}", data)
        assert status == 201, answer
        return f"upload:{digest}/{name}"

    def folders(self) -> list[Path]:
        """Its temporary folder, while it is there; torch has one of its own beside it."""
        return list(self.temporary.glob("terrascope-remote-*"))

    def files(self) -> list[Path]:
        """Everything that it keeps."""
        return [path for folder in self.folders() for path in folder.rglob("*") if path.is_file()]

    def stop(self) -> int:
        self.process.send_signal(signal.SIGTERM)  # nothing, where it has ended
        self.process.stdout.close()
        return self.process.wait(timeout=20)


def _send(
    connection: http.client.HTTPConnection, method: str, path: str, body: bytes | dict | None, headers: dict[str, str]
) -> None:
    if isinstance(body, dict):
        body, headers = json.dumps(body).encode(), headers | {"Content-Type": "application/json"}
    connection.request(method, path, body=body, headers=headers)


@pytest.fixture(scope="session")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    running = Server(tmp_path_factory.mktemp("server") / "log.txt")
    yield running
    assert running.stop() == 0


@pytest.fixture
def own_server(tmp_path: Path) -> Iterator[Server]:
    """A server that a test may end."""
    running = Server(tmp_path / "log.txt")
    yield running
    if running.process.poll() is None:
        running.stop()


@pytest.fixture(scope="session")
def remote(tmp_path_factory: pytest.TempPathFactory) -> Iterator[RemoteServer]:
    """A remote runtime that takes files of up to 4 MB, reached through a tunnel."""
    running = RemoteServer(tmp_path_factory.mktemp("remote"), "--upload-limit-gb", "0.004")
    yield running
    assert running.stop() == 0
    assert running.folders() == []
