"""How a remote runtime starts, speaks TLS, and ends: never in the clear, and never leaving files behind."""

from __future__ import annotations

import http.client
import os
import shutil
import signal
import socket
import ssl
import stat
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import numpy as np
import pytest

from model_runtime.errors import RequestError
from model_runtime.server.lifetime import read_key_file

from ..conftest import write_rgb
from .conftest import KEY, ROOT, RemoteServer

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="POSIX signals and permissions")
DIGEST = "0" * 64


@pytest.fixture(scope="module")
def certificate(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    """A certificate for 127.0.0.1 and gpu.example that nobody but us trusts, and its key."""
    if not shutil.which("openssl"):
        pytest.skip("openssl, which makes the certificate, is not here")
    folder = tmp_path_factory.mktemp("certificate")
    made = folder / "certificate.pem", folder / "key.pem"
    subprocess.run(
        ["openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes", "-days", "2",
         "-subj", "/CN=gpu.example", "-addext", "subjectAltName=IP:127.0.0.1,DNS:gpu.example",
         "-out", made[0], "-keyout", made[1]], check=True, capture_output=True,
    )  # fmt: skip
    return made


@pytest.fixture
def starting(tmp_path: Path) -> Iterator[Callable[..., RemoteServer]]:
    """Starts servers that a test may end."""
    started: list[RemoteServer] = []

    def start(*options: str, certificate: Path | None = None) -> RemoteServer:
        place = tmp_path / str(len(started))
        place.mkdir()
        started.append(RemoteServer(place, *options, certificate=certificate))
        return started[-1]

    yield start
    for one in started:
        one.stop()


def refused(*options: str, given: bytes = b"") -> str:
    """The sentence with which a start is refused."""
    command = [sys.executable, "-m", "model_runtime", "serve", *options]
    done = subprocess.run(command, cwd=ROOT, input=given, capture_output=True, timeout=30)
    assert (done.returncode, done.stdout) == (2, b""), done.stderr
    assert done.stderr.decode().strip().count("\n") == 0
    return done.stderr.decode()


def test_a_start_that_would_be_unsafe_is_refused(tmp_path: Path) -> None:
    key = tmp_path / "key"
    key.write_text(KEY)
    key.chmod(0o600)
    right = ("--remote", "--key-file", str(key), "--port", "0")
    assert "SSH tunnel" in refused(*right, "--bind", "192.0.2.7")
    assert "give --key-file" in refused("--remote")
    assert "give --remote too" in refused("--bind", "127.0.0.1", given=KEY.encode())
    assert "32 or more" in refused("--remote", "--key-file", "-", given=b"short\n")
    with socket.create_server(("127.0.0.1", 0)) as other:
        sentence = refused(*right[:-1], str(other.getsockname()[1]))
    assert "choose another --port" in sentence
    key.chmod(0o640)
    assert "chmod 600" in refused(*right)


def test_the_key_is_read_from_a_file_that_is_ours_alone(tmp_path: Path) -> None:
    key = tmp_path / "key"
    with pytest.raises(RequestError, match="cannot be read"):
        read_key_file(str(key))
    key.write_text("short\n")
    key.chmod(0o600)
    with pytest.raises(RequestError, match="32 or more"):
        read_key_file(str(key))
    key.write_text(KEY + "\r\n# of the machine in the cellar\n")
    assert read_key_file(str(key)) == KEY
    for mode in (0o604, 0o620, 0o660):
        key.chmod(mode)
        with pytest.raises(RequestError, match="chmod 600"):
            read_key_file(str(key))


def test_its_folder_is_ours_alone_and_its_key_in_no_command_line(remote: RemoteServer) -> None:
    (folder,) = remote.folders()
    assert stat.S_IMODE(folder.stat().st_mode) == 0o700
    if Path("/proc/self/cmdline").exists():
        for name in ("cmdline", "environ"):
            assert KEY.encode() not in Path(f"/proc/{remote.process.pid}/{name}").read_bytes()


def test_it_speaks_tls_and_nothing_else(
    starting: Callable[..., RemoteServer], certificate: tuple[Path, Path], tmp_path: Path
) -> None:
    options = ("--certificate", str(certificate[0]), "--private-key", str(certificate[1]), "--host", "GPU.example")
    server = starting(*options, certificate=certificate[0])
    assert server.health()["remote"]
    for host, status in (("gpu.example:8437", 200), ("gpu.example", 200), ("gpu.example.evil", 421)):
        assert server.request("GET", "/v1/health", headers={"Host": host})[0] == status
    assert server.request("GET", "/v1/health", headers={"Authorization": "Bearer 0"})[0] == 401
    data = b"II*\0" + b"tls" * 1_000_000
    digest = server.send(data, "a.tif").removeprefix("upload:")[:64]
    assert server.request("GET", f"/v1/uploads/{digest}")[0] == 200
    with server.ask(question="?", dates=[{"optical": f"upload:{DIGEST}/a.tif"}]) as events:
        assert next(events)["code"] == "upload_missing"
    assert "https://127.0.0.1" in server.log.read_text()

    plain = http.client.HTTPConnection("127.0.0.1", server.port, timeout=10)
    with pytest.raises((http.client.HTTPException, OSError)):
        plain.request("GET", "/v1/health", headers={"Authorization": f"Bearer {KEY}"})
        plain.getresponse()
    plain.close()
    old = ssl.create_default_context(cafile=certificate[0])
    old.set_ciphers("ALL:@SECLEVEL=0")
    with pytest.warns(DeprecationWarning):
        old.minimum_version = old.maximum_version = ssl.TLSVersion.TLSv1_1
    with socket.create_connection(("127.0.0.1", server.port), timeout=10) as raw, pytest.raises(OSError):
        old.wrap_socket(raw, server_hostname="127.0.0.1")
    assert server.health()["status"] == "ready"


def test_off_loopback_it_is_reached_with_a_certificate(
    starting: Callable[..., RemoteServer], certificate: tuple[Path, Path]
) -> None:
    files = ("--certificate", str(certificate[0]), "--private-key", str(certificate[1]))
    server = starting(*files, "--bind", "0.0.0.0", "--host", "gpu.example", certificate=certificate[0])  # noqa: S104
    assert server.request("GET", "/v1/health")[0] == 200
    own = {info[4][0] for info in socket.getaddrinfo(socket.gethostname(), None, socket.AF_INET)}
    for address in own:
        with socket.create_connection((address, server.port), timeout=10) as raw:
            trust = ssl.create_default_context(cafile=certificate[0])
            with trust.wrap_socket(raw, server_hostname="gpu.example") as safe:
                safe.sendall(
                    f"GET /v1/health HTTP/1.1\r\nHost: gpu.example\r\nAuthorization: Bearer {KEY}\r\n\r\n".encode()
                )
                assert safe.recv(64).split()[1] == b"200"


def test_it_does_not_end_with_its_input_though_its_key_may_come_from_there(
    starting: Callable[..., RemoteServer],
) -> None:
    server = starting("--key-file", "-")
    assert server.process.stdin.closed
    time.sleep(0.3)
    assert server.health()["status"] == "ready"


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT, signal.SIGHUP], ids=lambda number: number.name)
def test_a_signal_ends_it_in_mid_upload_and_leaves_no_folder(
    starting: Callable[..., RemoteServer], number: signal.Signals
) -> None:
    server = starting()
    server.send(b"II*\0 whole", "a.tif")
    with socket.create_connection(("127.0.0.1", server.port), timeout=10) as raw:
        head = f"PUT /v1/uploads/{DIGEST} HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer {KEY}\r\n"
        raw.sendall(f"{head}Content-Length: 30000000\r\n\r\n".encode() + b"x" * 9_000_000)
        deadline = time.perf_counter() + 5
        while len(server.files()) < 2 and time.perf_counter() < deadline:
            time.sleep(0.01)
        assert len(server.files()) == 2
        begin = time.perf_counter()
        server.process.send_signal(number)
        assert server.process.wait(10) == 0
        assert time.perf_counter() - begin < 2
    assert server.folders() == []
    assert "Traceback" not in server.log.read_text()


# At the first progress torch is imported, which takes seconds and hears nothing.
@pytest.mark.parametrize("awaited", ["progress", "text"])
def test_a_signal_ends_it_in_mid_answer_and_leaves_no_folder(
    starting: Callable[..., RemoteServer], nano_folder: Path, tmp_path: Path, awaited: str
) -> None:
    write_rgb(tmp_path / "a.tif", np.random.default_rng(1).integers(60, 160, (400, 400, 3), np.uint8))
    server = starting()
    name = server.send((tmp_path / "a.tif").read_bytes(), "a.tif")
    with server.ask(question="How much of this is water, trees and buildings?", dates=[{"optical": name}]) as events:
        next(event for event in events if event["event"] == awaited)
        begin = time.perf_counter()
        os.kill(server.process.pid, signal.SIGTERM)
        if awaited == "text":
            assert list(events)[-1] == {"event": "error", "code": "cancelled", "message": "Cancelled."}
        assert server.process.wait(10) == 0
        assert time.perf_counter() - begin < 2
    assert server.folders() == []
