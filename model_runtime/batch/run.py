"""Works through a plan: a plain loop, processes, or Ray actors; the report has what is finished at any moment."""

from __future__ import annotations

import shutil
import tempfile
from collections import deque
from collections.abc import Callable, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from glob import escape
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from filelock import FileLock, Timeout

from ..errors import Cancelled, RequestError, TerraScopeError
from . import collection
from .collection import ATTEMPTS
from .tasks import Outcome, Task, attempt

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ..protocol import Event
    from .crew import Crew

_SECONDS_BETWEEN_LOOKS = 0.2
_LOCK = "in_use.lock"
_ENDED_OFTEN = f"The process ended {ATTEMPTS} times while this was asked, which often means that memory ran out."


class Watcher(Protocol):
    """Who is told how far a batch is, and may stop it."""

    def told(self, stage: str, fraction: float) -> None:
        """What is done, and the share of the whole that is behind us."""

    def settled(self, task: Task, answer: str, reason: str) -> None:
        """A task has come to its end: there is an answer, or a reason why there is none."""

    def cancelled(self) -> bool:
        """Whether it is to end."""


@dataclass(frozen=True)
class Workers:
    """Who does the work.

    Attributes:
        count: processes, or actors with `ray`; None: this process itself, or as many actors as the cluster has room.
        ray: address of a Ray cluster; None: none.
        device: where each worker has its model.
    """

    count: int | None = None
    ray: str | None = None
    device: str = "auto"


@dataclass
class Tally:
    """How a batch ended."""

    tasks: int
    answered: int = 0
    before: int = 0
    failed: list[tuple[Task, str]] = field(default_factory=list)


def run(tasks: Sequence[Task], path: Path, workers: Workers, watcher: Watcher, resume: bool = False) -> Tally:
    """Ask what is missing, and collect it.

    Args:
        tasks: the plan.
        path: of the report.
        workers: who does it.
        watcher: is told.
        resume: go on with a report that is there.

    Raises:
        RequestError: the report is there without `resume`, or is none.
        Cancelled: the watcher said so; what is finished is in the report.
        ModelError: the model cannot answer, whatever the scene.
        OutputError: there is no place to write.
    """
    if path.suffix.lower() != ".gpkg":
        raise RequestError(f"'{path.name}' does not end with .gpkg: choose a name that does.")
    if resume and path.exists():
        collection.check(path)
    else:
        collection.make(path)
    with _folder_beside(path) as folder:
        work = _Work(tasks, path, watcher)
        if workers.count is None and workers.ray is None:
            _alone(work, workers.device, folder)
        else:
            _together(work, workers, folder)
    return work.tally


@contextmanager
def _folder_beside(path: Path) -> Iterator[Path]:
    """A folder for the files of single runs; what a killed batch left of its own goes first.

    Raises:
        RequestError: another batch is at work on the same report.
    """
    for left in path.parent.glob(f".{escape(path.stem[:80])}.runs.*"):
        try:
            with FileLock(left / _LOCK, timeout=0):
                pass
        except Timeout:
            raise RequestError(
                f"Another batch is writing '{path.name}': wait for it, or choose another name."
            ) from None
        shutil.rmtree(left, ignore_errors=True)
    folder = Path(tempfile.mkdtemp(prefix=f".{path.stem[:80]}.runs.", dir=path.parent))
    try:
        with FileLock(folder / _LOCK):  # the system lets go of it when the process is killed
            yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)


class _Work:
    """What is left to do, and what becomes of it."""

    def __init__(self, tasks: Sequence[Task], path: Path, watcher: Watcher) -> None:
        self.path, self.watcher = path, watcher
        done, tried = collection.state(path)
        self.tally = Tally(len(tasks), before=sum(task.key in done for task in tasks))
        # What a process ended over comes last, so that it cannot keep the rest from being asked.
        left = sorted((task for task in tasks if task.key not in done), key=lambda task: tried.get(task.key, 0))
        self.waiting: deque[Task] = deque()
        for task in left:
            if tried.get(task.key, 0) < ATTEMPTS:
                self.waiting.append(task)
            else:
                self._set_aside(task, Outcome(reason=_ENDED_OFTEN), tried[task.key])
        self._attempts = tried
        self._begun = ""  # key of the task that comes next, where that it is tried is recorded already

    def tell(self, task: Task, part: float = 0.0) -> None:
        """Say which scene it is."""
        tally = self.tally
        behind = tally.before + tally.answered + len(tally.failed)
        stage = f"Scene {task.name}, question {min(behind + 1, tally.tasks)} of {tally.tasks}"
        self.watcher.told(stage, min(1.0, (behind + part) / max(tally.tasks, 1)))

    def take(self) -> Task:
        """The next task; that it is tried is recorded first."""
        task = self.waiting.popleft()
        if task.key == self._begun:
            self._attempts[task.key] = self._attempts.get(task.key, 0) + 1
        else:
            self._attempts[task.key] = collection.begin(self.path, task.key)
        self._begun = ""
        return task

    def settle(self, task: Task, outcome: Outcome, at_once: bool = False) -> None:
        """Keep a result, try again, or set aside.

        Args:
            task: what was tried.
            outcome: what came of it.
            at_once: `take` follows, whatever happens.
        """
        if outcome.report is not None:
            self._begun = self.waiting[0].key if at_once and self.waiting else ""
            collection.take_in(self.path, outcome.report, task, self._begun or None)
            self.tally.answered += 1
            outcome.report.unlink()
            self.watcher.settled(task, collection.answer(self.path, task), "")
        elif outcome.refused or self._attempts[task.key] >= ATTEMPTS:
            self._set_aside(task, outcome, self._attempts[task.key])
        else:
            self.waiting.append(task)
        self.tell(task)

    def _set_aside(self, task: Task, outcome: Outcome, attempts: int) -> None:
        collection.set_aside(self.path, task, outcome.reason, outcome.traceback, attempts)
        self.tally.failed.append((task, outcome.reason))
        self.watcher.settled(task, "", outcome.reason)


class _Ear:
    """The `Sink` of the plain loop: the progress of a run is a part of that of the batch."""

    def __init__(self, tell: Callable[[float], None], watcher: Watcher) -> None:
        self._tell, self._watcher = tell, watcher

    def emit(self, event: Event) -> None:
        """Pass on how far it is."""
        if event.event == "progress":
            self._tell(event.fraction if not event.stage.endswith(("the model", "files")) else 0.0)

    def cancelled(self) -> bool:
        """Whether the batch is to end."""
        return self._watcher.cancelled()


def _alone(work: _Work, device: str, folder: Path) -> None:
    from ..model_store.keeper import Keeper

    keeper = Keeper(device)
    if work.waiting:
        # Loaded before the first attempt is recorded: a batch that ends while it loads is no scene's fault.
        first = work.waiting[0]
        keeper.get(first.request.model, first.request.tier, _Ear(lambda part: work.tell(first), work.watcher))
    while work.waiting:
        task = work.take()
        work.tell(task)
        try:
            outcome = attempt(task, keeper, _Ear(lambda part, task=task: work.tell(task, part), work.watcher), folder)
        except TerraScopeError:  # cancelled, or nothing of the scene's
            collection.take_back(work.path, task.key)
            raise
        work.settle(task, outcome, at_once=True)


def _together(work: _Work, workers: Workers, folder: Path) -> None:
    from .crew import Processes, RayActors

    if not work.waiting:
        return
    crew: Crew
    if workers.ray is not None:
        crew = RayActors(workers.ray, workers.count, workers.device, folder)
    else:
        crew = Processes(min(workers.count or 1, len(work.waiting)), workers.device, folder)
    under_way: dict[str, Task] = {}
    try:
        while work.waiting or under_way:
            if work.watcher.cancelled():
                raise Cancelled
            while work.waiting and crew.idle():
                task = work.take()
                under_way[task.key] = task
                crew.start(task)
            for task, outcome in crew.ended(_SECONDS_BETWEEN_LOOKS):
                if isinstance(outcome, TerraScopeError):
                    raise outcome
                under_way.pop(task.key)
                work.settle(task, outcome)
    except TerraScopeError:
        for key in under_way:
            collection.take_back(work.path, key)
        raise
    finally:
        crew.close()
