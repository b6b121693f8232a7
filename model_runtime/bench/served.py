"""A runtime that serves in a process of its own: asked as the plugin asks it, and looked at from outside."""

from __future__ import annotations

import http.client
import json
import os
import secrets
import subprocess  # nosec B404
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import psutil

from ..errors import ModelError
from ..unfinished import FOLDER_VARIABLE

_PATIENCE_S = 300
_END_S = 20


@dataclass(frozen=True)
class Seen:
    """What the system tells of a process and of what it started."""

    own_bytes: int
    """of memory that nobody else has, and that no file is read into: what would be free if it ended"""
    resident_bytes: int
    handles: int
    threads: int
    children: int


class Served:
    """`python -m model_runtime serve`, with all that it keeps in one folder.

    Args:
        folder: a new one, for its log, its temporary files, and masks that are not finished.
        device: auto, cpu, cuda, ...

    Raises:
        ModelError: it did not start.
    """

    def __init__(self, folder: Path, device: str) -> None:
        self.log, self._temporary, self._unfinished = folder / "log.txt", folder / "temporary", folder / "unfinished"
        self._temporary.mkdir(parents=True)
        self._unfinished.mkdir()
        self._key = secrets.token_hex(32)
        root = str(Path(__file__).resolve().parents[2])
        paths = os.pathsep.join(path for path in (root, os.environ.get("PYTHONPATH")) if path)
        variables = {"PYTHONPATH": paths, FOLDER_VARIABLE: str(self._unfinished)}
        variables |= dict.fromkeys(("TMPDIR", "TEMP", "TMP"), str(self._temporary))
        with self.log.open("wb") as log:  # the process keeps its own handle
            self._process = subprocess.Popen(  # nosec B603
                [sys.executable, "-m", "model_runtime", "serve", "--device", device],
                stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=log, env=os.environ | variables,
            )  # fmt: skip
        with suppress(BrokenPipeError):  # why it has ended already stands in its log
            self._process.stdin.write(self._key.encode() + b"\n")
            self._process.stdin.flush()
        announced = self._process.stdout.readline()
        if not announced:
            self.end()
            said = self.log.read_text("utf-8", "replace").strip().splitlines() or ["no reason was given"]
            raise ModelError(f"The runtime did not start: {said[-1]}")
        self._port = json.loads(announced)["port"]
        self._seen = psutil.Process(self._process.pid)

    def look(self) -> Seen:
        """See it as it is now."""
        memory, children = self._seen.memory_info(), self._seen.children(recursive=True)
        # On Linux without pages of libraries, which are its own or shared as other programs come and go.
        own = memory.rss - memory.shared if hasattr(memory, "shared") else self._seen.memory_full_info().uss
        return Seen(own, memory.rss, self.handles(), self._seen.num_threads(), len(children))

    def handles(self) -> int:
        """Open files, sockets and pipes."""
        return self._seen.num_handles() if os.name == "nt" else self._seen.num_fds()

    def processor_s(self) -> float:
        """Seconds that it has computed."""
        spent = self._seen.cpu_times()
        return spent.user + spent.system

    def temporary_files(self) -> list[str]:
        """Its temporary files."""
        return _files_in(self._temporary)

    def files(self) -> list[str]:
        """They, and masks of large scenes that a question may go on with."""
        return [*self.temporary_files(), *_files_in(self._unfinished)]

    def request(self, method: str, path: str, body: object = None, key: str | None = None) -> tuple[int, Any]:
        """One request on a connection of its own; its status, and what the answer says."""
        connection = self._connect()
        try:
            self._send(connection, method, path, body, key)
            response = connection.getresponse()
            return response.status, json.loads(response.read())
        finally:
            connection.close()

    @contextmanager
    def ask(self, question: dict[str, Any]) -> Iterator[Iterator[dict[str, Any]]]:
        """Events of a question as they come; who leaves the block hangs up."""
        connection = self._connect()
        try:
            self._send(connection, "POST", "/v1/ask", question)
            response = connection.getresponse()
            if response.status != 200:
                raise ModelError(f"The runtime refused a question: {response.status}, {response.read()!r}")
            with response:
                yield map(json.loads, response)
        finally:
            connection.close()

    def end(self) -> int:
        """Let it end as when QGIS is closed; its exit code."""
        with suppress(BrokenPipeError):
            self._process.stdin.close()
        self._process.stdout.close()
        try:
            return self._process.wait(_END_S)
        except subprocess.TimeoutExpired:
            self._process.kill()
            return self._process.wait()

    def _connect(self) -> http.client.HTTPConnection:
        return http.client.HTTPConnection("127.0.0.1", self._port, timeout=_PATIENCE_S)

    def _send(
        self, connection: http.client.HTTPConnection, method: str, path: str, body: object, key: str | None = None
    ) -> None:
        headers = {"Authorization": f"Bearer {key or self._key}"}
        if body is not None:
            headers["Content-Type"] = "application/json"
        connection.request(method, path, None if body is None else json.dumps(body), headers)


def _files_in(folder: Path) -> list[str]:
    return sorted(str(path) for path in folder.rglob("*") if path.is_file())
