"""A second runtime process, started as on another machine, and what stands between it and the plugin.

Also the plugin's half of being asked there: a key in QGIS's password store, and certificates.
"""

from __future__ import annotations

import json
import os
import secrets
import shutil
import socket
import subprocess
import threading
from collections.abc import Callable
from contextlib import closing, suppress
from pathlib import Path

import pytest
from qgis.core import QgsApplication, QgsAuthMethodConfig

REPOSITORY = Path(__file__).resolve().parents[2]


class RemoteRuntime:
    """`serve --remote` with a key of its own.

    Args:
        python: its interpreter.
        folder: for its key.
        arguments: further ones of `serve`.
        key: of the runtime; empty: a new one.
    """

    def __init__(self, python: str, folder: Path, *arguments: str, key: str = "") -> None:
        self.key = key or secrets.token_hex(32)
        self.folder = folder
        file = folder / "key"
        file.touch(mode=0o600)
        file.write_text(self.key + "\n")
        command = [python, "-m", "model_runtime", "serve", "--remote", "--key-file", str(file), "--device", "cpu"]
        self.process = subprocess.Popen(
            [*command, *(() if "--port" in arguments else ("--port", "0")), *arguments],
            cwd=REPOSITORY,
            env={**os.environ, "TMPDIR": str(folder)},
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
        )
        self.port = json.loads(self.process.stdout.readline())["port"]

    def stop(self) -> None:
        """End it at once, as a machine that is switched off."""
        self.process.kill()
        self.process.wait(10)
        self.process.stdout.close()


class Tunnel:
    """A port of this machine that leads to another, as an SSH tunnel's; keeps what the client sent.

    Args:
        port: where it leads.
        host: likewise.
        slow: bytes a second that pass from the client; None: as they come.
    """

    def __init__(self, port: int, slow: int | None = None, host: str = "127.0.0.1") -> None:
        self.sent = bytearray()
        self.looks: Callable[[bytes], object] = lambda _data: None  # called before it passes
        self.slow = slow
        self.to = port
        self._host = host
        self._open: list[socket.socket] = []
        self._listener = socket.create_server(("127.0.0.1", 0))
        self.port = self._listener.getsockname()[1]
        threading.Thread(target=self._accept, daemon=True).start()

    def cut(self) -> None:
        """Break what goes through it; it can be used again."""
        for one in self._open:
            with closing(one):
                try:
                    one.shutdown(socket.SHUT_RDWR)
                except OSError:
                    continue
        self._open.clear()

    def stop(self) -> None:
        """Close it."""
        with suppress(OSError):  # it may be closed already
            self._listener.shutdown(socket.SHUT_RDWR)  # wakes the thread that waits there
        self._listener.close()
        self.cut()

    def _accept(self) -> None:
        while True:
            try:
                client, _ = self._listener.accept()
            except OSError:
                return
            try:
                server = self._lead(client)
            except OSError:  # as ssh does it: the connection is there, and ends
                client.close()
                continue
            self._open += [client, server]
            threading.Thread(target=self._pass, args=(client, server, True), daemon=True).start()
            threading.Thread(target=self._pass, args=(server, client, False), daemon=True).start()

    def _lead(self, client: socket.socket) -> socket.socket:  # noqa: ARG002 - what it says is of no matter
        return socket.create_connection((self._host, self.to))

    def _pass(self, source: socket.socket, target: socket.socket, kept: bool) -> None:
        pause = threading.Event()
        try:
            while data := source.recv(65_536):
                if kept:
                    self.sent += data
                    self.looks(data)
                    if self.slow:
                        pause.wait(len(data) / self.slow)
                target.sendall(data)
            target.shutdown(socket.SHUT_WR)
        except OSError:
            for one in (source, target):
                one.close()


def keep_key(key: str) -> str:
    """Put a key into QGIS's password store; the id of its entry."""
    manager = QgsApplication.authManager()
    assert manager.setMasterPassword("a master password", True)
    config = QgsAuthMethodConfig("Basic")
    config.setName("remote")
    config.setConfig("username", "terrascope")
    config.setConfig("password", key)
    assert manager.storeAuthenticationConfig(config)[0]
    return config.id()


def certificate(folder: Path, address: str) -> tuple[Path, Path, Path]:
    """An authority of one's own, and what it has signed for an IP address: authority, certificate, private key."""
    if shutil.which("openssl") is None:
        pytest.skip("openssl is not installed")

    def run(*arguments: str) -> None:
        subprocess.run(["openssl", *arguments], check=True, capture_output=True, cwd=folder)

    key = ("-newkey", "rsa:2048", "-nodes")
    run("req", "-x509", *key, "-keyout", "ca.key", "-out", "ca.pem", "-days", "2", "-subj", "/CN=our own authority",
        "-addext", "keyUsage=critical,keyCertSign,cRLSign")  # fmt: skip
    run("req", *key, "-keyout", "server.key", "-out", "server.csr", "-subj", "/CN=" + address)
    (folder / "names").write_text(f"subjectAltName=IP:{address}\nextendedKeyUsage=serverAuth\n")
    run("x509", "-req", "-in", "server.csr", "-CA", "ca.pem", "-CAkey", "ca.key", "-CAcreateserial", "-days", "2",
        "-out", "server.pem", "-extfile", "names")  # fmt: skip
    return folder / "ca.pem", folder / "server.pem", folder / "server.key"


class Proxy(Tunnel):
    """An HTTP proxy that makes tunnels; keeps to where."""

    def __init__(self) -> None:
        super().__init__(0)
        self.asked: list[str] = []

    def _lead(self, client: socket.socket) -> socket.socket:
        head = b""
        while b"\r\n\r\n" not in head:
            head += client.recv(4096)
        self.asked.append(head.decode("ascii"))
        host, port = head.split()[1].decode("ascii").rsplit(":", 1)
        server = socket.create_connection((host, int(port)))
        client.sendall(b"HTTP/1.1 200 Connection established\r\n\r\n")
        return server
