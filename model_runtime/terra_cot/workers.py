"""Work spread over the processor's cores: a pool of processes that ends when it is told to, with all it started."""

from __future__ import annotations

import os
import signal
import threading
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import FIRST_COMPLETED, ProcessPoolExecutor, wait
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager
from multiprocessing import active_children, connection, get_context, parent_process
from multiprocessing.sharedctypes import Synchronized
from typing import TypeVar

from ..errors import Cancelled, OutputError

Job = TypeVar("Job")
Result = TypeVar("Result")
Tell = Callable[[int], None]
Work = Callable[[Job, Tell], Result]

_SECONDS_BETWEEN_LOOKS = 0.2
_ONE_THREAD = ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS", "GDAL_NUM_THREADS")


def cores() -> int:
    """How many cores this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def in_processes(
    work: Work, jobs: Iterable[Job], workers: int, stopped: Callable[[], bool], tick: Tell
) -> Iterator[Result]:
    """Do jobs in processes of their own, each with one thread; close the iterator to end them.

    Args:
        work: a picklable function of a job and of something to be told counts of what is done.
        jobs: picklable.
        workers: how many processes.
        stopped: asked a few times a second whether to end.
        tick: told a few times a second the sum of the counts.

    Yields:
        Results, in the order in which they come.

    Raises:
        Cancelled: `stopped` was true; all processes are gone.
        OutputError: a process was ended from outside.
    """
    context = get_context("spawn")
    told = context.Value("q", 0)
    others = set(active_children())
    pool = ProcessPoolExecutor(workers, context, _begin, (told,))
    finished = False
    try:
        with inherited():
            waiting = {pool.submit(_do, work, job) for job in jobs}
        while waiting:
            if stopped():
                raise Cancelled
            done, waiting = wait(waiting, _SECONDS_BETWEEN_LOOKS, FIRST_COMPLETED)
            tick(told.value)
            for future in done:
                yield future.result()
        finished = True
    except BrokenProcessPool:
        if stopped():  # what ended the processes was meant for this one too
            raise Cancelled from None
        raise OutputError(
            "A worker process was ended from outside, which often means that memory ran out: run the command again "
            "with fewer --workers; what is finished is kept."
        ) from None
    finally:
        if not finished:
            for child in set(active_children()) - others:
                child.kill()
        pool.shutdown(wait=True, cancel_futures=True)


@contextmanager
def inherited() -> Iterator[None]:
    """Within, new processes inherit one thread each and a deaf ear for Ctrl+C: it is for this process to end them."""
    kept = {name: os.environ.get(name) for name in _ONE_THREAD}
    os.environ.update(dict.fromkeys(_ONE_THREAD, "1"))
    blocked = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT}) if hasattr(signal, "pthread_sigmask") else None
    try:
        yield
    finally:
        if blocked is not None:
            signal.pthread_sigmask(signal.SIG_SETMASK, blocked)
        for name, value in kept.items():
            if value is None:
                os.environ.pop(name, None)
            else:
                os.environ[name] = value


_told: Synchronized | None = None


def _begin(told: Synchronized) -> None:
    """In a new process: end with the parent, even when that is killed; leave Ctrl+C to it."""
    global _told
    _told = told
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    threading.Thread(target=end_with_parent, daemon=True).start()


def end_with_parent() -> None:
    """End this process when the one that began it ends, even when that is killed; for a thread of its own."""
    connection.wait([parent_process().sentinel])
    os._exit(1)


def _do(work: Work, job: Job) -> Result:
    return work(job, _tell)


def _tell(count: int) -> None:
    with _told.get_lock():
        _told.value += count
