"""Work that is a row of commands, each a child process, without ever waiting: for installing and inspecting.

The work itself is a generator that reads from top to bottom: it yields a Command and gets back how that went. A
QProcess reports through the event loop of the main thread, so that QGIS stays as quick as ever. A command leads a
process group of its own and is ended with everything that it started.
"""

from __future__ import annotations

import json
import os
import signal
from collections.abc import Generator, Mapping
from dataclasses import dataclass, field
from typing import Any

from qgis.PyQt.QtCore import QCoreApplication, QObject, QProcess, QProcessEnvironment, QTimer, pyqtSignal

from ..errors import CancelledError, TerraScopeError

PATIENCE_MS = 800
KEPT_CHARACTERS = 200_000
# exec keeps the process id, which is then the group's as well
_LEAD = "import os, sys; os.setsid(); os.execvp(sys.argv[1], sys.argv[1:])"

translate = QCoreApplication.translate


@dataclass(frozen=True)
class Command:
    """One child process.

    Args:
        words: the program and its arguments; nothing secret, other users can read them.
        environment: all its variables.
        folder: it runs in; empty: ours.
        limit_s: after which it is ended; 0: none.
        told: its output is for the log.
    """

    words: tuple[str, ...]
    environment: Mapping[str, str] = field(repr=False)
    folder: str = ""
    limit_s: float = 0.0
    told: bool = True


@dataclass(frozen=True)
class Done:
    """How a command went.

    Args:
        code: its exit code; -1: it did not start, crashed, or its time was up.
        output: the end of what it wrote, both channels.
    """

    code: int
    output: str

    def json(self) -> dict[str, Any]:
        """The last line that is a JSON object; empty when there is none."""
        for line in reversed(self.output.splitlines()):
            if line.startswith("{"):
                try:
                    return json.loads(line)
                except ValueError:
                    continue
        return {}


Procedure = Generator[Command, Done, Any]


class Work(QObject):
    """Runs one procedure, once; lives on the main thread.

    Signals:
        said: a line of a command's output, or of our own.
        progressed: fraction of the whole, and what is being done.
        ended: once, after `start`, never before this has returned: what the procedure returned, or the TerraScopeError.
    """

    said = pyqtSignal(str)
    progressed = pyqtSignal(float, str)
    ended = pyqtSignal(object)

    def __init__(self) -> None:
        super().__init__()
        self.leader = ""  # a Python that makes a command lead its own group, where a system has groups
        self._procedure: Procedure | None = None
        self._process: QProcess | None = None
        self._output = ""
        self._begun = ""  # of a line
        self._told = True
        self._cancelled = False
        self._over = False

    def procedure(self) -> Procedure:
        """What is to be done; anything but a TerraScopeError or OSError that it raises is a mistake of ours."""
        raise NotImplementedError

    def heard(self, line: str) -> None:
        """A line of output has come."""
        self.said.emit(line)

    def start(self) -> None:
        """Begin."""
        self._procedure = self.procedure()
        QTimer.singleShot(0, lambda: self._advance(None))

    def cancel(self) -> None:
        """Have it end at once; `ended` follows."""
        self._cancelled = True
        if self._process is not None:
            self._kill()

    def close_down(self) -> None:
        """End it before its owner goes; blocks for a moment at most, and `ended` does not come."""
        self.blockSignals(True)
        self._over = True
        if self._process is not None:
            self._kill()
            self._process.waitForFinished(PATIENCE_MS)
        if self._procedure is not None:
            self._procedure.close()

    def _advance(self, done: Done | None) -> None:
        if self._over:
            return
        try:
            if self._cancelled:
                self._procedure.close()
                raise CancelledError(translate("TerraScope", "Cancelled."))
            command = self._procedure.send(done)
        except StopIteration as end:
            self._end(end.value)
        except TerraScopeError as failure:
            self._end(failure)
        except OSError as failure:
            self._end(self.os_failure(failure))
        else:
            self._run(command)

    def os_failure(self, failure: OSError) -> TerraScopeError:
        """What a file operation's failure is told as."""
        return TerraScopeError(str(failure))

    def _end(self, outcome: object) -> None:
        self._over = True
        self.ended.emit(outcome)

    def _run(self, command: Command) -> None:
        process = self._process = QProcess(self)
        process.setProcessChannelMode(QProcess.ProcessChannelMode.MergedChannels)
        variables = QProcessEnvironment()
        for name, value in command.environment.items():
            variables.insert(name, value)
        process.setProcessEnvironment(variables)
        if command.folder:
            process.setWorkingDirectory(command.folder)
        self._output = self._begun = ""
        self._told = command.told
        process.readyReadStandardOutput.connect(self._read)
        process.finished.connect(self._finished)
        process.errorOccurred.connect(self._not_started)
        words = list(command.words)
        if self.leader and os.name != "nt":
            words = [self.leader, "-c", _LEAD, *words]
        process.start(words[0], words[1:])
        process.closeWriteChannel()  # nobody answers questions here
        if command.limit_s:
            QTimer.singleShot(round(command.limit_s * 1000), lambda: self._process is process and self._kill())

    def _kill(self) -> None:
        """End the command and what it started, by force: what it leaves half done is seen and mended the next time."""
        process, number = self._process, self._process.processId()
        if number and os.name == "nt":
            QProcess.startDetached("taskkill", ["/F", "/T", "/PID", str(number)])
        elif number and self.leader:
            try:
                os.killpg(number, signal.SIGKILL)
            except (ProcessLookupError, PermissionError):  # it does not lead its group yet, or has just ended
                process.kill()
        else:
            process.kill()

    def _read(self) -> None:
        text = bytes(self._process.readAllStandardOutput()).decode("utf-8", "replace")
        self._output = (self._output + text)[-KEPT_CHARACTERS:]
        *lines, self._begun = (self._begun + text.replace("\r\n", "\n")).split("\n")
        for line in lines:
            self._hear(line)

    def _hear(self, line: str) -> None:
        line = line.rpartition("\r")[2].rstrip()  # a line that was drawn over is what it was last
        if line and self._told and not self._cancelled:
            self.heard(line)

    def _not_started(self, error: object) -> None:
        if error == QProcess.ProcessError.FailedToStart:
            self._finish(Done(-1, self._process.errorString()))

    def _finished(self, code: int, status: object) -> None:
        self._read()
        self._hear(self._begun)
        crashed = status == QProcess.ExitStatus.CrashExit
        self._finish(Done(-1 if crashed else code, self._output))

    def _finish(self, done: Done) -> None:
        self._process.deleteLater()
        self._process = None
        self._advance(done)
