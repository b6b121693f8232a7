"""The runtime's `train finetune` as Processing runs it: a child process that says how far it is, line by line."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from qgis.PyQt.QtCore import QCoreApplication

from ..errors import TeachingError
from .command import run_command
from .protocol import Progress

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
        taught: list[Taught] = []

        def hear(said: dict[str, Any]) -> None:
            if "done" in said:
                taught.append(_taught(said["done"]))
            elif "stage" in said:
                tell(Progress(str(said["stage"]), float(said.get("fraction", 0.0))))

        words = ["train", "finetune", *lesson.arguments(), "--json-progress"]
        ended = run_command(self._interpreter(), self._folder, words, hear, cancelled)
        if ended.code == 0 and taught:
            return taught[-1]
        if ended.refusal:
            raise TeachingError(ended.refusal, detail=ended.errors)
        raise TeachingError(
            translate("TerraScope", "The runtime ended before the model was taught (exit code {code}): see Details.")
            .format(code=ended.code),
            detail=ended.errors,
        )  # fmt: skip


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
