"""A pool of processes: what it does, and how it ends."""

from __future__ import annotations

import os
import subprocess
import sys
import textwrap
import time
from collections.abc import Callable
from contextlib import closing
from multiprocessing import active_children
from pathlib import Path

import psutil
import pytest

from model_runtime.errors import Cancelled, OutputError
from model_runtime.terra_cot.workers import in_processes
from tests.runtime.terra_cot.datasets import environment, still_running


def square(number: int, tell: Callable[[int], None]) -> tuple[int, str]:
    tell(number)
    return number * number, os.environ["OMP_NUM_THREADS"]


def fail_at_three(number: int, tell: Callable[[int], None]) -> int:
    if number == 3:
        raise OutputError("the disk is full.")
    time.sleep(0 if number < 3 else 60)
    return number


def die(number: int, tell: Callable[[int], None]) -> None:
    os._exit(9)


def sleep(number: int, tell: Callable[[int], None]) -> None:
    tell(1)
    time.sleep(60)


def never() -> bool:
    return False


def unheard(count: int) -> None:
    pass


def test_all_jobs_are_done_with_one_thread_each_and_their_counts_are_heard() -> None:
    heard: list[int] = []
    before = os.environ.get("OMP_NUM_THREADS")
    found = sorted(in_processes(square, range(6), 2, never, heard.append))
    assert found == [(number * number, "1") for number in range(6)]
    assert heard[-1] == sum(range(6))
    assert os.environ.get("OMP_NUM_THREADS") == before
    assert active_children() == []


def test_a_job_that_fails_ends_the_others_and_says_why() -> None:
    started = time.monotonic()
    with (
        pytest.raises(OutputError, match="the disk is full"),
        closing(in_processes(fail_at_three, range(6), 2, never, unheard)) as results,
    ):
        list(results)
    assert time.monotonic() - started < 20
    assert active_children() == []


def test_a_process_that_is_ended_from_outside_is_one_sentence() -> None:
    with pytest.raises(OutputError, match="fewer --workers"):
        list(in_processes(die, range(2), 2, never, unheard))
    assert active_children() == []


def test_stopping_ends_processes_in_the_middle_of_their_work() -> None:
    begun = [0]
    asked: list[float] = []

    def stopped() -> bool:
        if begun[-1] == 2:
            asked.append(time.monotonic())
        return bool(asked)

    with pytest.raises(Cancelled):
        list(in_processes(sleep, range(4), 2, stopped, begun.append))
    assert time.monotonic() - asked[0] < 1
    assert active_children() == []


@pytest.mark.skipif(not hasattr(os, "fork"), reason="children are told by their parent's pipe, which POSIX has")
def test_processes_end_when_their_parent_is_killed(tmp_path: Path) -> None:
    """Else they would sit there for ever, or go on writing under a build that was started again."""
    script = tmp_path / "parent.py"
    script.write_text(
        textwrap.dedent("""
            from model_runtime.terra_cot.workers import in_processes
            from tests.runtime.terra_cot.test_workers import never, sleep
            if __name__ == "__main__":
                list(in_processes(sleep, range(2), 2, never, lambda count: print(count, flush=True)))
        """),
        "utf-8",
    )
    with subprocess.Popen([sys.executable, script], env=environment(), stdout=subprocess.PIPE, text=True) as parent:
        assert any(line == "2\n" for line in parent.stdout), "the jobs did not begin"
        children = psutil.Process(parent.pid).children(recursive=True)
        parent.kill()
    assert len(children) >= 2
    assert not still_running(children, timeout_s=5)
