"""The runtime's `batch`, `report merge` and `bench run` as Processing runs them, each a process of its own."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from qgis.PyQt.QtCore import QCoreApplication

from ..errors import AnalysisError
from .command import run_command
from .protocol import Progress

translate = QCoreApplication.translate


@dataclass(frozen=True)
class Batch:
    """Many questions about many scenes; paths are files on this machine.

    Args:
        plan: table of scenes (.csv), STAC items (.json) or folder.
        out: GeoPackage of the report.
        questions: asked about every scene.
        pattern: which names of a folder are scenes; empty: rasters and folders of bands.
        resume: go on with the report that is there.
        options: further options of the command and their values; an empty value is left out, True is an option alone.
    """

    plan: str
    out: str
    questions: tuple[str, ...] = ()
    pattern: str = ""
    resume: bool = False
    options: tuple[tuple[str, str | bool], ...] = ()

    def words(self) -> list[str]:
        """The command line."""
        options = [("--question", question) for question in self.questions]
        options += [("--pattern", self.pattern), ("--out", self.out), ("--resume", self.resume), *self.options]
        return ["batch", self.plan, *_joined(options), "--json"]


@dataclass(frozen=True)
class Bench:
    """A benchmark that a model is to be scored on; paths are files on this machine.

    Args:
        suite: which benchmark.
        items: its file or folder.
        out: JSON file for the scores; what lies beside it is gone on with.
        options: as those of a batch.
    """

    suite: str
    items: str
    out: str
    options: tuple[tuple[str, str | bool], ...] = ()

    def words(self) -> list[str]:
        """The command line."""
        options = [("--suite", self.suite), ("--items", self.items), ("--json", self.out), *self.options]
        return ["bench", "run", *_joined(options), "--events"]


def _joined(options: Sequence[tuple[str, str | bool]]) -> list[str]:
    """Options with their values, joined by "=" so that a value may begin with a minus; those without are left out."""
    return [option if value is True else f"{option}={value}" for option, value in options if value]


@dataclass(frozen=True)
class Settled:
    """A question about a scene that has come to its end: with an answer, or with a reason why there is none."""

    scene: str
    question: str
    answer: str
    reason: str


class Batcher:
    """Runs batches; may be used from any thread.

    Args:
        interpreter: called for each batch for the path of the runtime's Python.
        folder: the folder that contains `model_runtime`.
    """

    def __init__(self, interpreter: Callable[[], str], folder: Path) -> None:
        self._interpreter = interpreter
        self._folder = folder

    def ask(self, batch: Batch, tell: Callable[[Progress | Settled], None], cancelled: Callable[[], bool]) -> None:
        """Ask all that is missing in the report, and come back when it is there.

        Args:
            batch: what is asked.
            tell: called with how far it is, and with each question that has come to its end.
            cancelled: asked ten times a second.

        Raises:
            AnalysisError: the runtime refuses, or cannot complete it.
            CancelledError: `cancelled` became true; the report has what was answered until then.
            RuntimeStartError: the runtime does not start.
            ProtocolError: it said something we do not understand.
        """
        self._tell(batch.words(), tell, cancelled)

    def bench(self, bench: Bench, tell: Callable[[Progress], None], cancelled: Callable[[], bool]) -> None:
        """Score a model, and come back when the scores are there; the rest as `ask`."""
        self._tell(bench.words(), tell, cancelled)

    def _tell(self, words: list[str], tell: Callable[[Any], None], cancelled: Callable[[], bool]) -> None:
        refusals: list[AnalysisError] = []

        def hear(said: dict[str, Any]) -> None:
            if said["event"] == "progress":
                tell(Progress(str(said["stage"]), float(said["fraction"])))
            elif said["event"] == "settled":
                tell(Settled(*(str(said[name]) for name in ("scene", "question", "answer", "reason"))))
            elif said["event"] == "error":
                refusals.append(AnalysisError(str(said["message"]), str(said["code"])))

        self._run(words, hear, cancelled, refusals)

    def merge(self, reports: Sequence[Path], out: Path, cancelled: Callable[[], bool]) -> None:
        """Make one report of many, or of all in folders; raises as `ask`."""
        words = ["report", "merge", *map(str, reports), "--out", str(out)]
        self._run(words, None, cancelled, [])

    def _run(
        self,
        words: list[str],
        hear: Callable[[dict[str, Any]], None] | None,
        cancelled: Callable[[], bool],
        refusals: list[AnalysisError],
    ) -> None:
        ended = run_command(self._interpreter(), self._folder, words, hear, cancelled)
        if ended.code == 0:
            return
        if refusals:
            raise refusals[0]
        unknown = translate("TerraScope", "The runtime ended before it was done (exit code {code}): see the log.")
        failure = AnalysisError(ended.refusal or unknown.format(code=ended.code))
        failure.detail = ended.errors
        raise failure
