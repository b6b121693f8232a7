"""Starts the runtime when it is first needed, keeps it, and lets it go when QGIS does.

One `Launcher` belongs to the plugin; the dock's tasks and Processing's threads share it. The process is owned by one
thread of ours (a QProcess may only be touched by the thread that made it, and QgsTask threads come and go), which
works without an event loop and therefore in qgis_process too. The runtime exits when its standard input closes, so
not even a crash of QGIS leaves it behind.
"""

from __future__ import annotations

import json
import os
import secrets
import shutil
import tempfile
import threading
import time
from collections import deque
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

from qgis.PyQt.QtCore import QCoreApplication, QProcess, QProcessEnvironment

from ..errors import AnalysisError, CancelledError, RuntimeLostError, RuntimeStartError, TerraScopeError
from .address import Address
from .errand import RefusedError

START_LIMIT_S = 120.0  # a cold start of torch from a slow disk
STOP_LIMIT_MS = 3000
POLL_MS = 100
PROTOCOL = 1

# What QGIS (or a Python environment it was started from) sets for itself and what would break another Python.
_FOREIGN = {"PROJ_LIB", "PROJ_DATA", "LD_LIBRARY_PATH", "DYLD_LIBRARY_PATH", "VIRTUAL_ENV"}
_FOREIGN_PREFIXES = ("GDAL_", "PYTHON", "QT_", "QGIS_", "OGR_", "CONDA_", "HF_")
_OURS = {
    "HF_HUB_OFFLINE": "1",
    "TRANSFORMERS_OFFLINE": "1",
    "HF_HUB_DISABLE_TELEMETRY": "1",
    "PYTHONUTF8": "1",
    "PYTHONNOUSERSITE": "1",
    "PYTHONDONTWRITEBYTECODE": "1",
}

translate = QCoreApplication.translate


def clean_environment(environment: Mapping[str, str]) -> dict[str, str]:
    """The environment for the runtime: nothing of QGIS's own Python, GDAL, PROJ or Qt, and no model hub on the net."""
    kept = {
        name: value
        for name, value in environment.items()
        if name.upper() not in _FOREIGN and not name.upper().startswith(_FOREIGN_PREFIXES)
    }
    return {**kept, **_OURS}


def runtime_process(interpreter: str, folder: Path, environment: Mapping[str, str]) -> QProcess:
    """A process in which the runtime can be started; belongs to the thread that calls.

    Args:
        interpreter: the runtime's Python.
        folder: the folder that contains `model_runtime`.
        environment: all its variables.

    Raises:
        RuntimeStartError: there is no such interpreter.
    """
    if not Path(interpreter).is_file():
        raise RuntimeStartError(
            translate(
                "TerraScope",
                "The runtime's Python was not found at {path}: install it with Raster > TerraScope > Runtime….",
            ).format(path=interpreter)
        )
    process = QProcess()
    variables = QProcessEnvironment()
    for name, value in environment.items():
        variables.insert(name, value)
    process.setProcessEnvironment(variables)
    process.setWorkingDirectory(str(folder))
    return process


def does_not_start(interpreter: str, why: str) -> str:
    """The sentence for an interpreter that is there and cannot be run."""
    return translate("TerraScope", "The runtime's Python at {path} does not start: {why}.").format(
        path=interpreter, why=why
    )


class Launcher:
    """The one runtime process of this QGIS.

    Args:
        interpreter: called at each start for the path of the runtime's Python, so that a changed setting is used.
        folder: the folder that contains `model_runtime`.
        device: called likewise for what it computes on.
        unix_socket: called likewise for whether it is to listen on a file instead of a port, where the system can.
    """

    def __init__(
        self,
        interpreter: Callable[[], str],
        folder: Path,
        device: Callable[[], str] = lambda: "auto",
        unix_socket: Callable[[], bool] = lambda: False,
    ) -> None:
        self._interpreter = interpreter
        self._folder = folder
        self._device = device
        self._unix_socket = unix_socket
        self._users = 0
        self._lock = threading.Lock()
        self._keeper: _Keeper | None = None

    def address(self, cancelled: Callable[[], bool] = lambda: False) -> Address:
        """Where the runtime listens; starts it if it does not run, or if it runs otherwise than it is set by now.

        While others use it (see `in_use`) it runs on as it is.

        Raises:
            RuntimeStartError: it does not start; says what to do.
            CancelledError: `cancelled` became true while it started.
        """
        with self._lock:
            wanted = self._interpreter(), self._device(), self._unix_socket() and os.name == "posix"
            if self._keeper is not None and self._users <= 1 and self._keeper.runs != wanted:
                self._keeper.stop()
            if self._keeper is None or not self._keeper.is_alive():
                self._keeper = _Keeper(self._folder, *wanted)
                self._keeper.start()
            keeper = self._keeper
        deadline = time.monotonic() + START_LIMIT_S
        while not keeper.settled.wait(POLL_MS / 1000):
            if cancelled():
                raise CancelledError(translate("TerraScope", "Cancelled."))
            if time.monotonic() > deadline:
                keeper.stop()
                raise RuntimeStartError(
                    translate("TerraScope", "The runtime did not start in two minutes: see Details, then ask again."),
                    detail=keeper.output(),
                )
        if keeper.address is None:
            unknown = translate("TerraScope", "The runtime could not be started: see Details.")
            raise RuntimeStartError(keeper.failure or unknown, detail=keeper.output())
        return keeper.address

    @contextmanager
    def in_use(self) -> Iterator[None]:
        """Who asks a question does so within this."""
        with self._lock:
            self._users += 1
        try:
            yield
        finally:
            with self._lock:
                self._users -= 1

    @property
    def pid(self) -> int | None:
        """Process id of the runtime, None while none runs."""
        keeper = self._keeper
        return keeper.pid if keeper is not None and keeper.is_alive() else None

    def output(self) -> str:
        """The last lines the runtime wrote to its error output, for "Details"."""
        return self._keeper.output() if self._keeper is not None else ""

    def trouble(self, failure: Exception) -> TerraScopeError:
        """What to tell of a connection that failed, broke, or was answered with a refusal."""
        if isinstance(failure, TerraScopeError):
            return failure
        if isinstance(failure, RefusedError):
            refused = translate("TerraScope", "The runtime refused the request (HTTP {status}): see the log.")
            code = f"http {failure.status}" if failure.sentence else str(failure).lower()
            return AnalysisError(failure.sentence or refused.format(status=failure.status), code)
        self.settle()
        return RuntimeLostError(
            translate(
                "TerraScope",
                "The runtime stopped before it had answered; nothing was written. Ask again: it is started anew.",
            ),
            detail=f"{type(failure).__name__}: {failure}\n{self.output()}",
        )

    def settle(self, seconds: float = 1.0) -> None:
        """Wait until a runtime whose connection broke is seen as gone, so that the next start does not meet a corpse.

        A runtime that lives on (it only closed a connection) is left alone.
        """
        if self._keeper is not None:
            self._keeper.join(seconds)

    def stop(self) -> None:
        """End the runtime and wait until it is gone; the next `address` starts a fresh one."""
        with self._lock:
            if self._keeper is not None:
                self._keeper.stop()
                self._keeper = None


class _Keeper(threading.Thread):
    """Owns one runtime process from its start to its end."""

    def __init__(self, folder: Path, interpreter: str, device: str, unix_socket: bool) -> None:
        super().__init__(name="terrascope-runtime", daemon=True)
        self.runs = (interpreter, device, unix_socket)
        self.settled = threading.Event()
        self.address: Address | None = None
        self.failure = ""
        self.pid: int | None = None
        self._interpreter, self._device = interpreter, device
        self._folder = folder
        self._meeting: Path | None = None
        self._ending = threading.Event()
        self._errors: deque[str] = deque(maxlen=200)

    def output(self) -> str:
        return "".join(self._errors)[-8000:]

    def stop(self) -> None:
        self._ending.set()
        self.join(STOP_LIMIT_MS / 1000 + 2)

    def run(self) -> None:
        try:
            self._keep()
        finally:
            self.address = None
            if self._meeting is not None:
                shutil.rmtree(self._meeting, ignore_errors=True)
            self.settled.set()

    def _keep(self) -> None:
        try:
            process = runtime_process(self._interpreter, self._folder, clean_environment(os.environ))
        except RuntimeStartError as failure:
            self.failure = failure.user_message
            return
        listening = []
        if self.runs[2]:
            try:
                self._meeting = Path(tempfile.mkdtemp(prefix="terrascope-"))  # which only its user can enter
            except OSError as failure:
                self.failure = does_not_start(self._interpreter, failure)
                return
            listening = ["--unix-socket", str(self._meeting / "runtime")]
        process.start(self._interpreter, ["-m", "model_runtime", "serve", "--device", self._device, *listening])
        if not process.waitForStarted(10_000):
            self.failure = does_not_start(self._interpreter, process.errorString())
            return
        self.pid = process.processId()
        key = secrets.token_hex(32)
        process.write((key + "\n").encode("ascii"))
        process.waitForBytesWritten(5_000)
        self._serve(process, key)
        process.closeWriteChannel()  # the runtime ends itself when its standard input closes
        if not process.waitForFinished(STOP_LIMIT_MS):
            process.kill()
            process.waitForFinished(STOP_LIMIT_MS)

    def _serve(self, process: QProcess, key: str) -> None:
        """Drain both pipes until the process ends or we are told to end it; the first line of output is the address."""
        announced = b""
        running = QProcess.ProcessState.Running
        while process.state() == running and not self._ending.is_set():
            process.waitForReadyRead(POLL_MS)
            errors = bytes(process.readAllStandardError())
            if errors:
                self._errors.append(errors.decode("utf-8", "replace"))
            announced += bytes(process.readAllStandardOutput())
            if self.address is None and b"\n" in announced:
                self._announce(announced.split(b"\n", 1)[0], key)
            if self.address is not None:
                announced = b""
        self._errors.append(bytes(process.readAllStandardError()).decode("utf-8", "replace"))
        if self.address is None and not self.failure:
            self.failure = translate(
                "TerraScope", "The runtime ended while it was starting (exit code {code}): see Details."
            ).format(code=process.exitCode())

    def _announce(self, line: bytes, key: str) -> None:
        try:
            said = json.loads(line)
            path = "" if self._meeting is None else str(said["unix_socket"])
            port, protocol = 0 if path else int(said["port"]), int(said["protocol"])
        except (ValueError, KeyError, TypeError):
            self.failure = translate("TerraScope", "The runtime did not say where it listens: install it again.")
            self._errors.append(line.decode("utf-8", "replace"))
            self._ending.set()
            return
        if protocol != PROTOCOL:
            self.failure = translate(
                "TerraScope", "The runtime speaks protocol {theirs}, the plugin {ours}: update whichever is older."
            ).format(theirs=protocol, ours=PROTOCOL)
            self._ending.set()
            return
        self.address = Address(port, key, unix_socket=path)
        self.settled.set()
