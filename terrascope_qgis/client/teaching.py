"""The runtime's `train finetune` as Processing runs it: a child process that says how far it is, line by line.

Training needs a process of its own: it takes minutes and all the memory of a batch, and the server answers meanwhile.
The caller's thread owns the process and waits for it; no event loop is needed, so it works in qgis_process too.
"""

from __future__ import annotations

import json
import os
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from qgis.PyQt.QtCore import QCoreApplication, QProcess

from ..errors import CancelledError, ProtocolError, RuntimeStartError, TeachingError
from .launcher import clean_environment, does_not_start, runtime_process
from .protocol import Progress

POLL_MS = 100
PATIENCE_MS = 800  # between asking it to end and ending it
START_LIMIT_MS = 10_000
REFUSED = 2  # the exit code of a runtime that has said in one sentence what is wrong
LAST_LINES = 100  # of the error output, for "Details"

translate = QCoreApplication.translate


@dataclass(frozen=True)
class Lesson:
    """What to teach a model; paths are files on this machine. The labels are polygons or a raster, never both.

    Args:
        scenes: raster files, at least one.
        name: of the new model.
        labels: file of polygons.
        field: of the polygons, with the names of their classes.
        label_raster: file whose values are classes.
        classes: JSON file with the names of those values.
        model: that learns: an id the runtime knows, or a model folder.
        minutes: it may take.
        out: folder that the new model's folder is made in; empty: the runtime's own models folder.
    """

    scenes: tuple[str, ...]
    name: str
    labels: str = ""
    field: str = ""
    label_raster: str = ""
    classes: str = ""
    model: str = "nano"
    minutes: float = 5.0
    out: str = ""

    def arguments(self) -> list[str]:
        """What follows `train finetune`."""
        options = [("--scene", scene) for scene in self.scenes]
        options += [
            ("--labels", self.labels),
            ("--field", self.field),
            ("--label-raster", self.label_raster),
            ("--classes", self.classes),
            ("--name", self.name),
            ("--model", self.model),
            ("--minutes", f"{self.minutes:g}"),
            ("--out", self.out),
        ]
        return [word for option, value in options if value for word in (option, value)]


@dataclass(frozen=True)
class Gain:
    """Mean IoU before and after teaching."""

    before: float
    after: float


@dataclass(frozen=True)
class Taught:
    """A new model.

    Args:
        folder: of it.
        held_out: what it gained on ground that was held out, over its classes.
        classes: the same class by class, where a class was on that ground.
        rehearsal: what became of the classes that the model knew before, on scenes made for that; None: not measured.
        warnings: one sentence each.
    """

    folder: str
    held_out: Gain
    classes: dict[str, Gain]
    rehearsal: Gain | None
    warnings: tuple[str, ...]


class Teacher:
    """Teaches models, each in a process of its own; may be used from any thread.

    Args:
        interpreter: called for each lesson for the path of the runtime's Python.
        folder: the folder that contains `model_runtime`.
    """

    def __init__(self, interpreter: Callable[[], str], folder: Path) -> None:
        self._interpreter = interpreter
        self._folder = folder

    def teach(self, lesson: Lesson, tell: Callable[[Progress], None], cancelled: Callable[[], bool]) -> Taught:
        """Teach, and come back when the new model is there.

        Args:
            lesson: what to teach.
            tell: called with how far it is.
            cancelled: asked ten times a second.

        Raises:
            TeachingError: the runtime refuses, or cannot complete it.
            CancelledError: `cancelled` became true; within a second the process is gone, and no new model is left.
            RuntimeStartError: the runtime does not start.
            ProtocolError: it said something we do not understand.
        """
        interpreter = self._interpreter()
        process = runtime_process(interpreter, self._folder, clean_environment(os.environ))
        command = ["-m", "model_runtime", "train", "finetune", *lesson.arguments(), "--json-progress"]
        process.start(interpreter, command)
        if not process.waitForStarted(START_LIMIT_MS):
            raise RuntimeStartError(does_not_start(interpreter, process.errorString()))
        heard = _Heard(tell)
        try:
            while process.state() == QProcess.ProcessState.Running:
                process.waitForReadyRead(POLL_MS)
                heard.listen(process)
                if cancelled():
                    raise CancelledError(translate("TerraScope", "Cancelled."))
            heard.listen(process)
        finally:
            _end(process)
        return heard.outcome(process.exitCode())


class _Heard:
    """What the process has said so far."""

    def __init__(self, tell: Callable[[Progress], None]) -> None:
        self._tell = tell
        self._begun = b""  # of a line
        self._errors: deque[str] = deque(maxlen=LAST_LINES)
        self._taught: Taught | None = None

    def listen(self, process: QProcess) -> None:
        """Read what has come."""
        errors = bytes(process.readAllStandardError()).decode("utf-8", "replace")
        self._errors.extend(errors.splitlines(keepends=True))
        *lines, self._begun = (self._begun + bytes(process.readAllStandardOutput())).split(b"\n")
        for line in filter(bytes.strip, lines):
            self._take(line)

    def outcome(self, exit_code: int) -> Taught:
        """How it ended.

        Raises:
            TeachingError: without a new model.
        """
        output = "".join(self._errors)
        if exit_code == 0 and self._taught is not None:
            return self._taught
        if exit_code == REFUSED and output.strip():
            raise TeachingError(output.strip().splitlines()[-1], detail=output)
        raise TeachingError(
            translate("TerraScope", "The runtime ended before the model was taught (exit code {code}): see Details.")
            .format(code=exit_code),
            detail=output,
        )  # fmt: skip

    def _take(self, line: bytes) -> None:
        try:
            said = json.loads(line)
            if "done" in said:
                self._taught = _taught(said["done"])
            elif "stage" in said:
                self._tell(Progress(str(said["stage"]), float(said.get("fraction", 0.0))))
        except (ValueError, TypeError, LookupError, AttributeError) as failure:
            text = line[:200].decode("utf-8", "replace")
            raise ProtocolError(
                translate("TerraScope", "The runtime says something this plugin does not understand: update both."),
                detail=f"{failure}: {text}",
            ) from failure


def _taught(done: dict[str, Any]) -> Taught:
    held_out, rehearsal = done["held_out"], done.get("rehearsal")
    classes = {name: row for name, row in held_out.get("classes", {}).items() if None not in row.values()}
    return Taught(
        folder=str(done["folder"]),
        held_out=_gain(held_out),
        classes={name: _gain(row) for name, row in classes.items()},
        rehearsal=_gain(rehearsal) if rehearsal else None,
        warnings=tuple(map(str, done.get("warnings", ()))),
    )


def _gain(row: dict[str, Any]) -> Gain:
    return Gain(float(row["iou_before"]), float(row["iou_after"]))


def _end(process: QProcess) -> None:
    """Have a process end: politely at first, so that it can clear up, by force in less than a second."""
    if process.state() == QProcess.ProcessState.NotRunning:
        return
    process.closeWriteChannel()
    process.terminate()  # a second way to ask, where there are signals
    if not process.waitForFinished(PATIENCE_MS):
        process.kill()
        process.waitForFinished(PATIENCE_MS)
