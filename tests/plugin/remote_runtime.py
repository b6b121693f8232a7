"""A second runtime process, started as on another machine, and what stands between it and the plugin."""

from __future__ import annotations

import json
import secrets
import socket
import subprocess
import threading
from contextlib import closing
from pathlib import Path

REPOSITORY = Path(__file__).resolve().parents[2]


class RemoteRuntime:
    """`serve --remote` with a key of its own.

    Args:
        python: its interpreter.
        folder: for its key.
        arguments: further ones of `serve`.
    """

    def __init__(self, python: str, folder: Path, *arguments: str) -> None:
        self.key = secrets.token_hex(32)
        file = folder / "key"
        file.touch(mode=0o600)
        file.write_text(self.key + "\n")
        command = [python, "-m", "model_runtime", "serve", "--remote", "--key-file", str(file), "--device", "cpu"]
        self.process = subprocess.Popen(
            [*command, *(() if "--port" in arguments else ("--port", "0")), *arguments],
            cwd=REPOSITORY,
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
        slow: bytes a second that pass from the client; None: as they come.
    """

    def __init__(self, port: int, slow: int | None = None) -> None:
        self.sent = bytearray()
        self.slow = slow
        self._to = port
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
                server = socket.create_connection(("127.0.0.1", self._to))
            except OSError:  # as ssh does it: the connection is there, and ends
                client.close()
                continue
            self._open += [client, server]
            threading.Thread(target=self._pass, args=(client, server, True), daemon=True).start()
            threading.Thread(target=self._pass, args=(server, client, False), daemon=True).start()

    def _pass(self, source: socket.socket, target: socket.socket, kept: bool) -> None:
        pause = threading.Event()
        try:
            while data := source.recv(65_536):
                if kept:
                    self.sent += data
                    if self.slow:
                        pause.wait(len(data) / self.slow)
                target.sendall(data)
            target.shutdown(socket.SHUT_WR)
        except OSError:
            for one in (source, target):
                one.close()
