"""Workers that each have the model in memory: processes of this machine, or actors of a Ray cluster.

A pool of `concurrent.futures` breaks as a whole when one process ends, and cannot tell whose job it was; here a
process that ends costs its own task one attempt, and another one takes its place.
"""

from __future__ import annotations

import shutil
import signal
import threading
from collections.abc import Iterator
from dataclasses import dataclass
from multiprocessing import connection, get_context
from multiprocessing.connection import Connection
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol

from ..errors import TerraScopeError
from ..terra_cot.ray_workers import joined
from ..terra_cot.workers import end_with_parent, inherited
from .tasks import Outcome, Task, attempt

if TYPE_CHECKING:
    from ..protocol import Event

_ENDED = "The process that asked it ended, which often means that memory ran out."


class Crew(Protocol):
    """Some workers, each of which does one task at a time."""

    def idle(self) -> bool:
        """Whether one has nothing to do."""

    def start(self, task: Task) -> None:
        """Give it a task."""

    def ended(self, seconds: float) -> Iterator[tuple[Task, Outcome | TerraScopeError]]:
        """What has ended, after waiting at most so long for it; an error is nothing of the scene's."""

    def close(self) -> None:
        """End all workers at once, whatever they do."""


class Quiet:
    """The `Sink` of a worker, which is ended from outside."""

    def emit(self, event: Event) -> None:
        """Not heard."""

    def cancelled(self) -> bool:
        """Never."""
        return False


@dataclass
class _Worker:
    process: Any
    pipe: Connection
    task: Task | None = None


class Processes:
    """Processes of this machine.

    Args:
        count: how many.
        device: where each has its model.
        folder: where GeoPackages of runs go.
    """

    def __init__(self, count: int, device: str, folder: Path) -> None:
        self._given = device, folder
        self._workers = [self._new() for _ in range(count)]

    def _new(self) -> _Worker:
        context = get_context("spawn")
        ours, theirs = context.Pipe()
        process = context.Process(target=_work, args=(theirs, *self._given), daemon=True)
        with inherited():
            process.start()
        theirs.close()  # so that its end is told
        return _Worker(process, ours)

    def idle(self) -> bool:
        """Whether one has nothing to do."""
        return any(worker.task is None for worker in self._workers)

    def start(self, task: Task) -> None:
        """Give it a task."""
        worker = next(worker for worker in self._workers if worker.task is None)
        worker.task = task
        try:
            worker.pipe.send(task)
        except OSError:
            pass  # it has ended; `ended` tells

    def ended(self, seconds: float) -> Iterator[tuple[Task, Outcome | TerraScopeError]]:
        """See `Crew`."""
        busy = {worker.pipe: worker for worker in self._workers if worker.task}
        for pipe in connection.wait(list(busy), seconds):
            worker = busy[pipe]
            task, worker.task = worker.task, None
            try:
                yield task, pipe.recv()
            except (EOFError, OSError):
                worker.process.join()
                self._workers[self._workers.index(worker)] = self._new()
                yield task, Outcome(reason=_ENDED, traceback=f"exit code {worker.process.exitcode}")

    def close(self) -> None:
        """See `Crew`."""
        for worker in self._workers:
            worker.process.kill()
        for worker in self._workers:
            worker.process.join()


def _work(pipe: Connection, device: str, folder: Path) -> None:
    """In a new process: do what comes until the parent ends."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    signal.signal(signal.SIGTERM, signal.SIG_DFL)
    threading.Thread(target=end_with_parent, daemon=True).start()
    from ..model_store.keeper import Keeper

    keeper = Keeper(device)
    while True:
        try:
            task = pipe.recv()
        except EOFError:
            return
        try:
            result: Outcome | TerraScopeError = attempt(task, keeper, Quiet(), folder)
        except TerraScopeError as error:
            result = error
        pipe.send(result)


class RayActors:
    """Actors of a Ray cluster, each with a GPU of its own where the cluster has some.

    Every node needs this package installed and sees the scenes under the same paths.

    Args:
        address: of a running cluster, "auto" for that of this machine, "local" to start one here.
        count: how many; None: one for each GPU, without any one for each core.
        device: where each has its model.
        folder: of this machine, where GeoPackages of runs go; they are sent through Ray.

    Raises:
        RequestError: Ray is not installed, or the cluster cannot be reached.
    """

    def __init__(self, address: str, count: int | None, device: str, folder: Path) -> None:
        ray = joined(address, count)
        self._ray, self._folder, self._number = ray, folder, 0
        there = ray.cluster_resources()
        gpus = int(there.get("GPU", 0))
        self._kind = ray.remote(num_cpus=1, num_gpus=1 if gpus else 0)(_Actor)
        self._device = device
        self._actors = [self._kind.remote(device) for _ in range(count or gpus or max(1, int(there.get("CPU", 1))))]
        self._busy: dict[Any, tuple[int, Task]] = {}

    def idle(self) -> bool:
        """Whether one has nothing to do."""
        return len(self._busy) < len(self._actors)

    def start(self, task: Task) -> None:
        """Give it a task."""
        taken = {place for place, _ in self._busy.values()}
        place = next(place for place in range(len(self._actors)) if place not in taken)
        self._busy[self._actors[place].do.remote(task)] = place, task

    def ended(self, seconds: float) -> Iterator[tuple[Task, Outcome | TerraScopeError]]:
        """See `Crew`."""
        done, _ = self._ray.wait(list(self._busy), timeout=seconds)
        for reference in done:
            place, task = self._busy.pop(reference)
            try:
                result, content = self._ray.get(reference)
            except self._ray.exceptions.RayError as error:
                self._actors[place] = self._kind.remote(self._device)
                yield task, Outcome(reason=_ENDED, traceback=str(error))
                continue
            if content is not None:
                self._number += 1
                report = self._folder / f"{self._number}.gpkg"
                report.write_bytes(content)
                result = Outcome(report=report)
            yield task, result

    def close(self) -> None:
        """See `Crew`."""
        self._ray.shutdown()


class _Actor:
    """One worker on a node of the cluster."""

    def __init__(self, device: str) -> None:
        from ..model_store.keeper import Keeper

        self._keeper = Keeper(device)

    def do(self, task: Task) -> tuple[Outcome | TerraScopeError, bytes | None]:
        import tempfile

        with tempfile.TemporaryDirectory() as folder:
            try:
                outcome = attempt(task, self._keeper, Quiet(), Path(folder))
            except TerraScopeError as error:
                return error, None
            content = outcome.report.read_bytes() if outcome.report else None
            shutil.rmtree(folder, ignore_errors=True)
        return outcome, content
