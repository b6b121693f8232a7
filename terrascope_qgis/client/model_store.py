"""The runtime's `models` commands as the dock runs them: each a child process that says what it does, line by line.

They work on this machine's disk and network and need no model in memory, so they are not the server's business and no
answer waits for them. A QProcess reports through the event loop of the main thread: nothing here blocks, and a
download that takes an hour keeps none of QGIS's threads.
"""

from __future__ import annotations

import json
import os
from collections import deque
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Union

from qgis.PyQt.QtCore import QCoreApplication, QObject, QProcess, QTimer, pyqtSignal

from ..errors import CancelledError, ModelStoreError, ProtocolError, RuntimeStartError, TerraScopeError
from . import protocol
from .http_client import RuntimeClient
from .hub_access import access_key, with_proxy
from .launcher import clean_environment, does_not_start, runtime_process
from .remote_listing import RemoteListing

PATIENCE_MS = 600  # between asking a command to end and ending it
LAST_LINES = 100  # of the error output, for "Details"
_OFFLINE = ("HF_HUB_OFFLINE", "TRANSFORMERS_OFFLINE")

translate = QCoreApplication.translate
_Said = Union[protocol.ModelSummary, protocol.Plan, protocol.Stored]


class ModelStore:
    """Makes commands; the caller connects to one's signals, starts it and keeps it until it has ended.

    Args:
        interpreter: called for each command for the path of the runtime's Python.
        folder: the folder that contains `model_runtime`.
        client: of the runtime; one on another machine has models of its own.
    """

    def __init__(self, interpreter: Callable[[], str], folder: Path, client: RuntimeClient | None = None) -> None:
        self._interpreter = interpreter
        self._folder = folder
        self._client = client

    def listing(self, folders: Sequence[str] = ()) -> StoreCommand | RemoteListing:
        """Every model of the catalogue and in the user's own `folders`: one ModelSummary each."""
        if self._client is not None and self._client.is_elsewhere():
            return RemoteListing(self._client)
        return self._command(["list", *folders])

    def plan(self, model: str, sign_in: str = "") -> StoreCommand:
        """What a download would fetch: a Plan.

        Args:
            model: id of the catalogue.
            sign_in: authentication configuration of QGIS; empty: none.
        """
        return self._command(["download", model, "--plan"], online=True, sign_in=sign_in)

    def download(self, model: str, revision: str, sign_in: str = "") -> StoreCommand:
        """Fetch a model, or what is missing of it: a Plan, Progress, then Stored.

        Args:
            model: id of the catalogue.
            revision: the commit that was planned.
            sign_in: authentication configuration of QGIS; empty: none.
        """
        return self._command(["download", model, "--revision", revision], online=True, sign_in=sign_in)

    def verify(self, model: str) -> StoreCommand:
        """Hash every file of a model (id or folder): Progress, then Stored."""
        return self._command(["verify", model])

    def delete(self, model: str) -> StoreCommand:
        """Delete a fetched model: Stored, with what is left of it."""
        return self._command(["delete", model, "--yes"])

    def _command(self, arguments: list[str], online: bool = False, sign_in: str = "") -> StoreCommand:
        return StoreCommand(self._interpreter(), self._folder, arguments, online, sign_in)


class StoreCommand(QObject):
    """One command on its way; lives on the main thread.

    Args:
        interpreter: the runtime's Python.
        folder: the folder that contains `model_runtime`.
        arguments: what follows `models`.
        online: it may use the network, through QGIS's proxy.
        sign_in: authentication configuration whose key it gets on its standard input; empty: none.

    Signals:
        happened: a Plan, Progress or Warning, as it comes.
        ended: once, after `start`: what it said that lasts (ModelSummary, Plan, Stored) as a tuple, or the
            TerraScopeError that came instead.
    """

    happened = pyqtSignal(object)
    ended = pyqtSignal(object)

    def __init__(self, interpreter: str, folder: Path, arguments: list[str], online: bool, sign_in: str) -> None:
        super().__init__()
        self._interpreter = interpreter
        self._folder = folder
        self._arguments = arguments
        self._online = online
        self._sign_in = sign_in
        self._process: QProcess | None = None
        self._begun = b""  # of a line
        self._said: list[_Said] = []
        self._errors: deque[str] = deque(maxlen=LAST_LINES)
        self._failure: TerraScopeError | None = None

    def start(self) -> None:
        """Begin; `ended` follows even when it cannot begin, never before this has returned."""
        try:
            key = access_key(self._sign_in)
            environment = clean_environment(os.environ)
            if self._online:
                environment = with_proxy(_online(environment))
            self._process = runtime_process(self._interpreter, self._folder, environment)
        except TerraScopeError as failure:
            self._failure = failure
            QTimer.singleShot(0, self._end)
            return
        self._process.setParent(self)
        self._process.readyReadStandardOutput.connect(self._read)
        self._process.readyReadStandardError.connect(self._read_errors)
        self._process.errorOccurred.connect(self._not_started)
        self._process.finished.connect(self._finished)
        options = ["--token-stdin"] if key else []
        self._process.start(self._interpreter, ["-m", "model_runtime", "models", *self._arguments, "--json", *options])
        if key:
            self._process.write((key + "\n").encode("ascii", "replace"))

    def cancel(self) -> None:
        """Have it end: politely at once, by force in less than a second."""
        if self._failure is None and self._process is not None:
            self._stop(CancelledError(translate("TerraScope", "Cancelled.")))

    def close_down(self) -> None:
        """End it before its owner goes; blocks for a moment at most, and `ended` does not come."""
        self.blockSignals(True)
        if self._process is None or self._process.state() == QProcess.ProcessState.NotRunning:
            return
        self._process.closeWriteChannel()
        if not self._process.waitForFinished(PATIENCE_MS):
            self._process.kill()
            self._process.waitForFinished(PATIENCE_MS)

    def _stop(self, failure: TerraScopeError) -> None:
        self._failure = failure
        self._process.closeWriteChannel()
        self._process.terminate()  # a second way to ask, where there are signals
        QTimer.singleShot(PATIENCE_MS, self._process.kill)

    def _read(self) -> None:
        *lines, self._begun = (self._begun + bytes(self._process.readAllStandardOutput())).split(b"\n")
        for line in lines:
            if line.strip() and self._failure is None:
                try:
                    self._take(line)
                except ProtocolError as failure:
                    self._stop(failure)

    def _take(self, line: bytes) -> None:
        message = _message(line)
        if isinstance(message, protocol.Error):
            cancelled = message.code == "cancelled"
            self._failure = CancelledError(message.message) if cancelled else self._refusal(message)
        elif isinstance(message, (protocol.Progress, protocol.Warning)):
            self.happened.emit(message)
        elif message is not None:
            self._said.append(message)
            if isinstance(message, protocol.Plan):
                self.happened.emit(message)

    def _read_errors(self) -> None:
        text = bytes(self._process.readAllStandardError()).decode("utf-8", "replace")
        self._errors.extend(text.splitlines(keepends=True))

    def _not_started(self, error: object) -> None:
        if error == QProcess.ProcessError.FailedToStart:
            self._failure = RuntimeStartError(does_not_start(self._interpreter, self._process.errorString()))
            self._end()

    def _finished(self, exit_code: int) -> None:
        self._read()
        self._read_errors()
        if self._failure is None and (exit_code != 0 or not self._said):
            self._failure = ModelStoreError(
                translate("TerraScope", "The runtime ended before it had done this (exit code {code}): see Details.")
                .format(code=exit_code),
                output="".join(self._errors),
            )  # fmt: skip
        self._end()

    def _refusal(self, error: protocol.Error) -> ModelStoreError:
        self._read_errors()
        # what is an option of the command line to the runtime is a field of the dialog here
        sentence = error.message.replace("--token-stdin", translate("TerraScope", "Hub sign-in"))
        return ModelStoreError(sentence, error.code, "".join(self._errors))

    def _end(self) -> None:
        self.ended.emit(self._failure or tuple(self._said))


def _online(environment: dict[str, str]) -> dict[str, str]:
    """With the network, and with the mirror of the hub that the user's own environment may name."""
    online = {name: value for name, value in environment.items() if name not in _OFFLINE}
    mirror = os.environ.get("HF_ENDPOINT")
    return {**online, "HF_ENDPOINT": mirror} if mirror else online


def _message(line: bytes) -> protocol.Event | protocol.ModelSummary | None:
    """A line of a command: an event, or a model of the list.

    Raises:
        ProtocolError: it is neither.
    """
    try:
        data = json.loads(line)
    except ValueError:
        data = None
    if isinstance(data, dict) and "event" not in data:
        return protocol.read(protocol.ModelSummary, data)
    return protocol.read_event(line)
