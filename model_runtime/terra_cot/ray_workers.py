"""Work spread over a Ray cluster, by the same function that a process pool calls.

Every node needs this package installed and sees the folders under the same paths.
"""

from __future__ import annotations

import logging
import os
from collections.abc import Callable, Iterable, Iterator

from ..errors import Cancelled, RequestError
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
    """
    require("ray", "ray")
    os.environ.setdefault("RAY_USAGE_STATS_ENABLED", "0")
    import ray

    own = {"num_cpus": workers, "include_dashboard": False} if address == "local" else {}
    try:
        ray.init(address, log_to_driver=False, logging_level=logging.ERROR, **own)
    except (ConnectionError, ValueError, RuntimeError) as error:
        reason = str(error).splitlines()[0]
        raise RequestError(f"No Ray cluster answers at {address!r} ({reason}): start one, or use local.") from error
    try:
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
    except ray.exceptions.RayTaskError as error:
        raise error.cause from error  # our own errors as themselves
    finally:
        ray.shutdown()


def work_alone(work: Work, job: Job) -> Result:
    """Do one job, its counts unheard."""
    return work(job, lambda count: None)
