"""Work spread over a Ray cluster, by the same function that a process pool calls.

Every node needs this package installed and sees the folders under the same paths.
"""

from __future__ import annotations

import logging
import os
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from types import ModuleType

from ..errors import Cancelled, OutputError, RequestError
from .extras import require
from .workers import Job, Result, Work

_SECONDS_BETWEEN_LOOKS = 0.2


def on_ray(
    work: Work, jobs: Iterable[Job], address: str, workers: int | None, stopped: Callable[[], bool]
) -> Iterator[Result]:
    """Do jobs as Ray tasks of one core each; close the iterator to end them.

    Args:
        work: a picklable function of a job and of something to be told counts, which is not heard here.
        jobs: picklable.
        address: of a running cluster, "auto" for the one of this machine, "local" to start one here.
        workers: with "local", how many cores it takes; by default all.
        stopped: asked a few times a second whether to end.

    Yields:
        Results, in the order in which they come.

    Raises:
        Cancelled: `stopped` was true; the tasks are ended.
        RequestError: Ray is not installed, or the cluster cannot be reached.
        OutputError: a task was ended from outside again and again.
    """
    with _cluster(address, workers) as ray:
        remote = ray.remote(num_cpus=1, max_retries=3)(work_alone)
        waiting = [remote.remote(work, job) for job in jobs]
        while waiting:
            if stopped():
                for task in waiting:
                    ray.cancel(task, force=True)
                raise Cancelled
            done, waiting = ray.wait(waiting, timeout=_SECONDS_BETWEEN_LOOKS)
            for task in done:
                yield ray.get(task)


def on_ray_actors(
    work: Work, jobs: Sequence[Job], address: str, workers: int | None, stopped: Callable[[], bool], gpus: bool
) -> Iterator[Result]:
    """Do jobs by Ray actors, which keep what `work` keeps in memory from job to job; close the iterator to end them.

    Args:
        work: as of `on_ray`.
        jobs: picklable, at least one.
        address: as of `on_ray`.
        workers: at most so many actors; by default as many as the cluster has room for.
        stopped: asked a few times a second whether to end.
        gpus: whether each has a GPU of its own where the cluster has some; else each has a core.

    Yields:
        Results, in the order in which they come.

    Raises:
        Cancelled: `stopped` was true; the actors are ended.
        RequestError: Ray is not installed, or the cluster cannot be reached.
        OutputError: an actor was ended from outside again and again.
    """
    with _cluster(address, workers) as ray:
        there = ray.cluster_resources()
        with_gpu = gpus and there.get("GPU", 0) >= 1
        room = max(1, int(there["GPU"] if with_gpu else there.get("CPU", 1)))
        actor = ray.remote(num_cpus=1, num_gpus=int(with_gpu), max_restarts=3, max_task_retries=3)(_Actor)
        free = [actor.remote() for _ in range(min(room, workers or room, len(jobs)))]
        left, busy = list(reversed(jobs)), {}
        while left or busy:
            while left and free:
                one = free.pop()
                busy[one.do.remote(work, left.pop())] = one
            if stopped():
                raise Cancelled
            done, _ = ray.wait(list(busy), timeout=_SECONDS_BETWEEN_LOOKS)
            for task in done:
                free.append(busy.pop(task))
                yield ray.get(task)


def joined(address: str, cores: int | None) -> ModuleType:
    """Ray, with this process joined to a cluster until `ray.shutdown`.

    Args:
        address: as of `on_ray`.
        cores: with "local", how many it takes; None: all.

    Raises:
        RequestError: Ray is not installed, or the cluster cannot be reached.
    """
    require("ray", "ray")
    os.environ.setdefault("RAY_USAGE_STATS_ENABLED", "0")
    import ray

    own = {"num_cpus": cores, "include_dashboard": False} if address == "local" else {}
    try:
        ray.init(address, log_to_driver=False, logging_level=logging.ERROR, **own)
    except (ConnectionError, ValueError, RuntimeError) as error:
        reason = str(error).splitlines()[0]
        raise RequestError(f"No Ray cluster answers at {address!r} ({reason}): start one, or use local.") from error
    return ray


@contextmanager
def _cluster(address: str, cores: int | None) -> Iterator[ModuleType]:
    """Within, this process is joined to a cluster; what it runs there ends with it."""
    ray = joined(address, cores)
    try:
        yield ray
    except ray.exceptions.RayTaskError as error:
        raise error.cause from error  # our own errors as themselves
    except ray.exceptions.RayError as error:
        raise OutputError(
            "A worker of the Ray cluster was ended from outside, which often means that memory ran out: run the "
            "command again with fewer --workers; what is finished is kept."
        ) from error
    finally:
        ray.shutdown()


def work_alone(work: Work, job: Job) -> Result:
    """Do one job, its counts unheard."""
    return work(job, lambda count: None)


class _Actor:
    """A process of a node, which stays."""

    def do(self, work: Work, job: Job) -> Result:
        return work_alone(work, job)
