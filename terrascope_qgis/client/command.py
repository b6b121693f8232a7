"""A command of the runtime as a child process that says what it does in lines of JSON, for a thread that can wait.

Training and batches need a process of their own: they take minutes and much memory, and the server answers meanwhile.
The caller's thread owns the process and waits for it; no event loop is needed, so it works in qgis_process too.
"""

from __future__ import annotations

import json
import os
from collections import deque
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from qgis.PyQt.QtCore import QCoreApplication, QProcess

from ..errors import CancelledError, ProtocolError, RuntimeStartError
from .launcher import clean_environment, does_not_start, runtime_process

POLL_MS = 100
PATIENCE_MS = 800  # between asking it to end and ending it
START_LIMIT_MS = 10_000
REFUSED = 2  # the exit code of a runtime that has said in one sentence what is wrong
LAST_LINES = 100  # of the error output, for "Details"

translate = QCoreApplication.translate


@dataclass(frozen=True)
class Ended:
    """How a command ended.

    Args:
        code: its exit code.
        errors: the end of what it wrote to its error output.
    """

    code: int
    errors: str

    @property
    def refusal(self) -> str:
        """The sentence of a runtime that refused; empty where it did not, or did not say why."""
        return self.errors.strip().splitlines()[-1] if self.code == REFUSED and self.errors.strip() else ""


def run_command(
    interpreter: str,
    folder: Path,
    words: Sequence[str],
    hear: Callable[[dict[str, Any]], None] | None,
    cancelled: Callable[[], bool],
) -> Ended:
    """Run `python -m model_runtime WORDS` and come back when it has ended.

    Args:
        interpreter: the runtime's Python.
        folder: the folder that contains `model_runtime`.
        words: the command and its options.
        hear: called with the JSON object of each line of its output; None: what it says is for people.
        cancelled: asked ten times a second.

    Raises:
        CancelledError: `cancelled` became true; within a second the process is gone.
        RuntimeStartError: the runtime does not start.
        ProtocolError: it said something that is no JSON object, or that `hear` cannot read.
    """
    process = runtime_process(interpreter, folder, clean_environment(os.environ))
    process.start(interpreter, ["-m", "model_runtime", *words])
    if not process.waitForStarted(START_LIMIT_MS):
        raise RuntimeStartError(does_not_start(interpreter, process.errorString()))
    lines = _Lines(hear)
    try:
        while process.state() == QProcess.ProcessState.Running:
            process.waitForReadyRead(POLL_MS)
            lines.read(process)
            if cancelled():
                raise CancelledError(translate("TerraScope", "Cancelled."))
        lines.read(process)
    finally:
        _end(process)
    return Ended(process.exitCode(), lines.errors())


class _Lines:
    """What the process has said so far."""

    def __init__(self, hear: Callable[[dict[str, Any]], None] | None) -> None:
        self._hear = hear
        self._begun = b""  # of a line
        self._errors: deque[str] = deque(maxlen=LAST_LINES)

    def errors(self) -> str:
        return "".join(self._errors)

    def read(self, process: QProcess) -> None:
        """Read what has come."""
        errors = bytes(process.readAllStandardError()).decode("utf-8", "replace")
        self._errors.extend(errors.splitlines(keepends=True))
        *lines, self._begun = (self._begun + bytes(process.readAllStandardOutput())).split(b"\n")
        if self._hear is not None:
            for line in filter(bytes.strip, lines):
                self._take(line)

    def _take(self, line: bytes) -> None:
        try:
            said = json.loads(line)
            if not isinstance(said, dict):
                raise TypeError(f"{type(said).__name__} is not an object")
            self._hear(said)
        except (ValueError, TypeError, LookupError, AttributeError) as failure:
            text = line[:200].decode("utf-8", "replace")
            raise ProtocolError(
                translate("TerraScope", "The runtime says something this plugin does not understand: update both."),
                detail=f"{failure}: {text}",
            ) from failure


def _end(process: QProcess) -> None:
    """Have a process end: politely at first, so that it can clear up, by force in less than a second."""
    if process.state() == QProcess.ProcessState.NotRunning:
        return
    process.closeWriteChannel()
    process.terminate()  # a second way to ask, where there are signals
    if not process.waitForFinished(PATIENCE_MS):
        process.kill()
        process.waitForFinished(PATIENCE_MS)
