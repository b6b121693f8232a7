"""One job at a time on the device, or several about one place together; a queue with one worker thread."""

from __future__ import annotations

import logging
import secrets
import threading
from collections import deque
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Protocol

from .. import protocol
from ..errors import Cancelled, LibrariesError, NotEnoughMemory, TerraScopeError
from .spare_memory import give_back

log = logging.getLogger(__name__)

MAX_WAITING = 32
MOST_TOGETHER = 4
_QUIET_S = 1.0  # without a job, before something is prepared
_LONG_QUIET_S = 5.0  # before memory is given back: the next question is slower by a tenth then


class QueueFullError(Exception):
    """Too many jobs wait already."""


@dataclass(frozen=True)
class Job:
    """One question on its way. It is the `Sink` of its own analysis: events go to `deliver`, from any thread."""

    request: protocol.AskRequest
    deliver: Callable[[protocol.Event], None]
    id: str = field(default_factory=lambda: secrets.token_hex(16))
    _stop: threading.Event = field(default_factory=threading.Event)

    def emit(self, event: protocol.Event) -> None:
        """Pass an event on."""
        self.deliver(event)

    def cancelled(self) -> bool:
        """Whether somebody has cancelled this job."""
        return self._stop.is_set()

    def cancel(self) -> None:
        """Ask the running analysis to stop at its next word."""
        self._stop.set()


class Company(Protocol):
    """Who can do several jobs at once."""

    def joins(self, first: Job, other: Job) -> bool:
        """Whether one that waits is better done with the one whose turn it is."""

    def work(self, jobs: Sequence[Job]) -> Sequence[Exception | None]:
        """Do them on the worker thread; each ends with `Done`, or has an error here."""


class Jobs:
    """The queue and its worker.

    Args:
        work: does a job, on the worker thread; ends with `Done`, or raises.
        company: who can do several at once.
        give_up: called when this process can answer nothing any more; whoever asks next needs a new one.
    """

    def __init__(
        self, work: Callable[[Job], None], company: Company | None = None, give_up: Callable[[], None] = lambda: None
    ) -> None:
        self._work, self._company, self._give_up = work, company, give_up
        self._waiting: deque[Job] = deque()
        self._running: list[Job] = []
        self._asked = False
        self._changed = threading.Condition()
        self._closed = False
        self._preparation: Callable[[Callable[[], None]], None] | None = None
        threading.Thread(target=self._serve, name="device", daemon=True).start()

    def __len__(self) -> int:
        with self._changed:
            return self._count()

    def submit(self, job: Job) -> None:
        """Queue a job; its first event is `Queued`.

        Raises:
            QueueFullError: try again later.
        """
        with self._changed:
            if self._closed or len(self._waiting) >= MAX_WAITING:
                raise QueueFullError
            job.emit(protocol.Queued(job=job.id, ahead=self._count()))
            self._waiting.append(job)
            self._asked, self._preparation = True, None
            self._changed.notify_all()

    def prepare(self, work: Callable[[Callable[[], None]], None]) -> None:
        """Do something ahead of the first job, on its thread, when none has come for a moment; never after one.

        Args:
            work: given what it is to call now and then: that raises `Cancelled` as soon as a job waits.
        """
        with self._changed:
            if not self._asked:
                self._preparation = work
                self._changed.notify_all()

    def cancel(self, job_id: str) -> bool:
        """Cancel a job; False when it is neither running nor waiting."""
        with self._changed:
            for job in self._running:
                if job.id == job_id:
                    job.cancel()
                    return True
            job = next((job for job in self._waiting if job.id == job_id), None)
            if job is None:
                return False
            self._waiting.remove(job)
        job.cancel()
        job.emit(as_error(Cancelled()))
        return True

    def requests(self) -> list[protocol.AskRequest]:
        """What is asked by those that wait and the one that runs."""
        with self._changed:
            return [job.request for job in (*self._waiting, *self._running)]

    def close(self, timeout_s: float) -> None:
        """Cancel everything, and give the running job some time to leave nothing half done."""
        with self._changed:
            self._closed = True
            dropped = list(self._waiting)
            self._waiting.clear()
            for job in self._running:
                job.cancel()
            self._changed.wait_for(lambda: not self._running, timeout_s)
        for job in dropped:
            job.emit(as_error(Cancelled()))

    def _count(self) -> int:
        return len(self._waiting) + len(self._running)

    def _serve(self) -> None:
        while True:
            with self._changed:
                self._changed.wait_for(lambda: bool(self._waiting or self._preparation))
                if not self._waiting:
                    self._changed.wait_for(self._wanted, _QUIET_S)
                work, self._preparation = self._preparation, None
            if work:
                self._run_ahead(work)
            self._run_next()
            with self._changed:
                quiet = not self._changed.wait_for(self._wanted, _LONG_QUIET_S)
            if quiet:
                give_back()

    def _run_next(self) -> None:
        with self._changed:
            self._changed.wait_for(lambda: bool(self._waiting))
            jobs = self._running = self._take()
        self._end(jobs, self._run(jobs))

    def _end(self, jobs: Sequence[Job], errors: Sequence[Exception | None]) -> None:
        """Tell how jobs ended. Errors are held here alone: their frames have all that a job had read and drawn."""
        broken = next((error for error in errors if _spoils(error)), None)
        with self._changed:
            self._running = []
            self._closed |= broken is not None
            self._changed.notify_all()
        for job, error in zip(jobs, errors, strict=True):
            if error:
                job.emit(self._told(job, error))
        if broken:
            self._end_all(broken)

    def _end_all(self, error: TerraScopeError) -> None:
        """Nothing can be answered any more: who waits is told so."""
        with self._changed:
            self._closed, waiting = True, list(self._waiting)
            self._waiting.clear()
        for job in waiting:
            job.emit(as_error(error))
        self._give_up()

    def _take(self) -> list[Job]:
        """The job whose turn it is, and those that wait and are better done with it."""
        first = self._waiting.popleft()
        jobs = [first]
        for other in list(self._waiting) if self._company else ():
            if len(jobs) < MOST_TOGETHER and self._company.joins(first, other):
                self._waiting.remove(other)
                jobs.append(other)
        return jobs

    def _wanted(self) -> bool:
        return bool(self._waiting) or self._closed

    def _run_ahead(self, work: Callable[[Callable[[], None]], None]) -> None:
        def go_on() -> None:
            if self._wanted():
                raise Cancelled

        try:
            work(go_on)
        except Cancelled:
            pass
        except LibrariesError as error:
            self._end_all(error)
        except Exception:
            # The job that needs it meets the same, and tells somebody.
            log.warning("nothing could be prepared", exc_info=True)

    def _run(self, jobs: Sequence[Job]) -> Sequence[Exception | None]:
        try:
            if len(jobs) > 1:
                return self._company.work(jobs)
            self._work(jobs[0])
        except Exception as error:  # noqa: BLE001 - told to whoever asked
            return [error] * len(jobs)
        return [None]

    def _told(self, job: Job, error: Exception) -> protocol.Error:
        if isinstance(error, TerraScopeError):
            if error.__cause__:
                log.info("job %s: %s", job.id, error, exc_info=error.__cause__)
            return as_error(error)
        log.error("job %s failed", job.id, exc_info=error)
        return protocol.Error(
            code="internal", message="The runtime failed in a way it should not; its log has the details."
        )


def _spoils(error: Exception | None) -> bool:
    """Whether a process that met this had better answer nothing more.

    Where memory ran out libraries keep what they made by half: modules, or what oneDNN could not make. A GPU's memory
    is another matter, and so is that of which too little was seen in time.
    """
    of_device = type(getattr(error, "__cause__", None)).__name__ == "OutOfMemoryError"  # torch's, which may not be here
    return isinstance(error, LibrariesError | NotEnoughMemory) and not of_device


def as_error(error: TerraScopeError) -> protocol.Error:
    """A refusal as the last line of a stream."""
    return protocol.Error(code=error.code, message=str(error))
