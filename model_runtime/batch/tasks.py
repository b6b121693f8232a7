"""What a batch is made of: tasks, each one question about one scene, and what came of each."""

from __future__ import annotations

import hashlib
import tempfile
import traceback
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from pydantic import BaseModel

from ..errors import Cancelled, ModelError, OutputError, TerraScopeError
from ..protocol import AskRequest

if TYPE_CHECKING:
    from ..answering.telling import Sink
    from ..model_store.keeper import Keeper

_MOST_TRACEBACK = 20_000


@dataclass(frozen=True)
class Task:
    """One question about one scene.

    Attributes:
        name: of the scene, for people.
        request: without files to write.
    """

    name: str
    request: AskRequest

    @property
    def key(self) -> str:
        """What tells it from every other task: the sha256 of its request, hexadecimal."""
        return key_of(self.request)


@dataclass(frozen=True)
class Outcome:
    """What came of an attempt.

    Attributes:
        report: the GeoPackage of the run; None: there is none.
        reason: one sentence on why there is none.
        refused: the runtime said so itself; asking again would not help.
        traceback: of what was not foreseen.
    """

    report: Path | None = None
    reason: str = ""
    refused: bool = False
    traceback: str = ""


class Settled(BaseModel):
    """A line of `batch --json`: a task has come to its end, with an answer or a reason why there is none."""

    event: Literal["settled"] = "settled"
    scene: str
    question: str
    answer: str
    reason: str


def key_of(request: AskRequest) -> str:
    """The sha256 of a request without the files that it writes, hexadecimal."""
    plain = request.model_copy(update={"out": None, "picture": None})
    return hashlib.sha256(plain.model_dump_json().encode()).hexdigest()


def attempt(task: Task, keeper: Keeper, sink: Sink, folder: Path) -> Outcome:
    """Ask once.

    Args:
        task: what.
        keeper: has the model.
        sink: is told of it, and may stop it.
        folder: where the GeoPackage of the run goes, under a name of its own.

    Raises:
        Cancelled: the sink said so.
        ModelError: the model cannot answer, whatever the scene.
        OutputError: there is no place to write.
    """
    path = Path(tempfile.mkdtemp(dir=folder)) / "run.gpkg"
    try:
        keeper.answer(task.request.model_copy(update={"out": str(path)}), sink)
    except (Cancelled, ModelError, OutputError):
        raise
    except TerraScopeError as refusal:
        return Outcome(reason=str(refusal), refused=True)
    except Exception as defect:  # noqa: BLE001 - one scene's defect is not to end the others
        reason = f"{type(defect).__name__}: {defect}".splitlines()[0]
        return Outcome(reason=reason, traceback=traceback.format_exc()[-_MOST_TRACEBACK:])
    return Outcome(report=path)
