"""The queue: one at a time, in order, bounded, and every job ends."""

from __future__ import annotations

import threading
from collections.abc import Callable, Sequence

import pytest
import torch

from model_runtime import protocol
from model_runtime.errors import Cancelled, LibrariesError, NotEnoughMemory, SceneError
from model_runtime.server.jobs import MAX_WAITING, Job, Jobs, QueueFullError

REQUEST = protocol.AskRequest(question="?", dates=[protocol.DateInput(optical="x.tif")])


class Mailbox:
    """The events of one job, and a wait for its last."""

    def __init__(self) -> None:
        self.events: list[protocol.Event] = []
        self.ended = threading.Event()
        self.job = Job(REQUEST, self._take)

    def _take(self, event: protocol.Event) -> None:
        self.events.append(event)
        if event.event == "error":
            self.ended.set()

    def last(self) -> protocol.Error:
        assert self.ended.wait(10)
        return self.events[-1]


def _until(release: threading.Event) -> Callable[[Job], None]:
    """Work that stops when released or cancelled, as an analysis does between two words."""

    def work(job: Job) -> None:
        while not release.wait(0.005):
            if job.cancelled():
                raise Cancelled
        raise SceneError(job.id)

    return work


def test_jobs_run_one_at_a_time_and_in_order() -> None:
    running, overlap, order = threading.Lock(), [], []

    def work(job: Job) -> None:
        overlap.append(not running.acquire(blocking=False))
        order.append(job.id)
        threading.Event().wait(0.01)
        running.release()
        raise SceneError("end")

    jobs, boxes = Jobs(work), [Mailbox() for _ in range(8)]
    for box in boxes:
        jobs.submit(box.job)
    for box in boxes:
        box.last()
    assert order == [box.job.id for box in boxes]
    assert not any(overlap)
    assert len(jobs) == 0


def test_queued_comes_first_and_counts_those_ahead() -> None:
    release = threading.Event()
    jobs, boxes = Jobs(_until(release)), [Mailbox() for _ in range(3)]
    for box in boxes:
        jobs.submit(box.job)
    release.set()
    assert [box.events[0] for box in boxes] == [
        protocol.Queued(job=box.job.id, ahead=ahead) for ahead, box in enumerate(boxes)
    ]
    assert [box.last().message for box in boxes] == [box.job.id for box in boxes]


def test_ids_are_32_hex_digits_and_differ() -> None:
    ids = {Mailbox().job.id for _ in range(50)}
    assert len(ids) == 50
    assert all(len(i) == 32 and set(i) <= set("0123456789abcdef") for i in ids)


def test_cancel_ends_the_running_job_and_a_waiting_one_at_once() -> None:
    jobs, first, second, third = Jobs(_until(threading.Event())), Mailbox(), Mailbox(), Mailbox()
    for box in (first, second, third):
        jobs.submit(box.job)
    assert jobs.cancel(second.job.id)
    assert second.events[-1] == protocol.Error(code="cancelled", message="Cancelled.")  # the first still runs
    assert not first.ended.is_set()
    assert jobs.cancel(first.job.id)
    assert first.last().code == "cancelled"
    assert jobs.cancel(third.job.id)
    assert third.last().code == "cancelled"
    assert not jobs.cancel(first.job.id)
    assert not jobs.cancel("0" * 32)


def test_a_full_queue_refuses_and_recovers() -> None:
    jobs, running = Jobs(_until(threading.Event())), Mailbox()
    jobs.submit(running.job)
    while len(jobs._waiting):
        threading.Event().wait(0.005)
    waiting = [Mailbox() for _ in range(MAX_WAITING)]
    for box in waiting:
        jobs.submit(box.job)
    refused = Mailbox()
    with pytest.raises(QueueFullError):
        jobs.submit(refused.job)
    assert refused.events == []
    jobs.cancel(waiting[0].job.id)
    jobs.submit(refused.job)
    for box in (running, *waiting[1:], refused):
        jobs.cancel(box.job.id)
        assert box.last().code == "cancelled"


def test_a_defect_ends_its_job_with_a_sentence_and_the_next_job_runs(caplog: pytest.LogCaptureFixture) -> None:
    def work(job: Job) -> None:
        raise SceneError("second.") if job is second.job else ZeroDivisionError("private detail")

    jobs, first, second = Jobs(work), Mailbox(), Mailbox()
    jobs.submit(first.job)
    jobs.submit(second.job)
    assert first.last().code == "internal"
    assert "private detail" not in first.last().message
    assert "private detail" in caplog.text
    assert second.last() == protocol.Error(code="scene", message="second.")


class Pairs:
    """Does jobs together whose ids begin alike, and fails the first of them."""

    def __init__(self) -> None:
        self.seen: list[list[str]] = []
        self.begun, self.go_on = threading.Event(), threading.Event()

    def joins(self, first: Job, other: Job) -> bool:
        return first.id[0] == other.id[0]

    def work(self, jobs: Sequence[Job]) -> list[Exception | None]:
        self.seen.append([job.id for job in jobs])
        self.begun.set()
        while not self.go_on.wait(0.005):
            pass
        return [Cancelled() if job.cancelled() else SceneError(job.id) for job in jobs]


def test_jobs_that_are_better_done_together_do_not_wait_for_their_turn() -> None:
    release, company = threading.Event(), Pairs()
    jobs, boxes = Jobs(_until(release), company), [Mailbox() for _ in range(9)]
    for box, name in zip(boxes, ("x", "a1", "b1", "a2", "a3", "a4", "a5", "b2", "c"), strict=True):
        object.__setattr__(box.job, "id", name)
        jobs.submit(box.job)
    release.set()
    assert company.begun.wait(10)
    assert len(jobs) == 8
    assert jobs.cancel("a3")
    company.go_on.set()
    told = [box.last() for box in boxes]
    # At most four at once; the fifth comes when its turn comes, alone.
    assert company.seen == [["a1", "a2", "a3", "a4"], ["b1", "b2"]]
    assert [error.message for error in told] == ["x", "a1", "b1", "a2", "Cancelled.", "a4", "a5", "b2", "c"]
    assert len(jobs) == 0


def test_close_cancels_what_runs_and_takes_nothing_more() -> None:
    jobs, box = Jobs(_until(threading.Event())), Mailbox()
    jobs.submit(box.job)
    jobs.close(10)
    assert box.last().code == "cancelled"
    with pytest.raises(QueueFullError):
        jobs.submit(Mailbox().job)


def test_something_is_prepared_while_nobody_asks() -> None:
    prepared, jobs = threading.Event(), Jobs(_until(threading.Event()))
    jobs.prepare(lambda _: prepared.set())
    assert prepared.wait(10)
    assert len(jobs) == 0


def test_a_job_does_not_wait_for_what_is_prepared() -> None:
    begun, jobs, box = threading.Event(), Jobs(_until(threading.Event())), Mailbox()

    def endless(go_on: Callable[[], None]) -> None:
        begun.set()
        while True:
            go_on()

    jobs.prepare(endless)
    assert begun.wait(10)
    jobs.submit(box.job)
    assert jobs.cancel(box.job.id)
    assert box.last().code == "cancelled"
    jobs.submit((second := Mailbox()).job)
    jobs.close(10)
    assert second.last().code == "cancelled"


def test_closing_ends_what_is_prepared_without_waiting_for_it() -> None:
    begun, closed, ended = threading.Event(), threading.Event(), threading.Event()
    jobs = Jobs(_until(threading.Event()))

    def long(go_on: Callable[[], None]) -> None:
        begun.set()
        assert closed.wait(10)
        try:
            go_on()
        finally:
            ended.set()
        pytest.fail("it goes on")

    jobs.prepare(long)
    assert begun.wait(10)
    jobs.close(10)
    closed.set()
    assert ended.wait(10)


def test_a_job_that_comes_first_leaves_nothing_to_prepare() -> None:
    release, prepared = threading.Event(), threading.Event()
    jobs, box = Jobs(_until(release)), Mailbox()
    jobs.submit(box.job)
    jobs.prepare(lambda _: prepared.set())
    release.set()
    box.last()
    jobs.prepare(lambda _: prepared.set())
    assert not prepared.wait(1.5)


def test_what_cannot_be_prepared_is_no_job_s_trouble() -> None:
    tried, jobs, box = threading.Event(), Jobs(_until(threading.Event())), Mailbox()

    def fail(_: Callable[[], None]) -> None:
        tried.set()
        raise OSError("too little memory")

    jobs.prepare(fail)
    assert tried.wait(10)
    jobs.submit(box.job)
    assert jobs.cancel(box.job.id)
    assert box.last().code == "cancelled"


@pytest.mark.parametrize("kind", [LibrariesError, NotEnoughMemory])
def test_where_memory_ran_out_everybody_is_told_and_the_process_gives_up(kind: type[Exception]) -> None:
    begin, given_up = threading.Event(), threading.Event()

    def work(_: Job) -> None:
        begin.wait(10)
        raise kind("not enough memory") from MemoryError()

    jobs, boxes = Jobs(work, give_up=given_up.set), [Mailbox() for _ in range(3)]
    for box in boxes:
        jobs.submit(box.job)
    begin.set()
    assert [box.last().message for box in boxes] == ["not enough memory"] * 3
    assert given_up.wait(10)
    with pytest.raises(QueueFullError):
        jobs.submit(Mailbox().job)


def test_where_only_a_gpu_had_too_little_memory_it_goes_on() -> None:
    def work(_: Job) -> None:
        raise NotEnoughMemory("not enough memory") from torch.OutOfMemoryError()

    jobs, boxes = Jobs(work, give_up=pytest.fail), [Mailbox() for _ in range(2)]
    for box in boxes:
        jobs.submit(box.job)
        assert box.last().message == "not enough memory"


def test_a_library_that_breaks_when_it_is_prepared_is_no_other_matter() -> None:
    given_up = threading.Event()
    jobs = Jobs(_until(threading.Event()), give_up=given_up.set)

    def prepare(_: Callable[[], None]) -> None:
        raise LibrariesError("not enough memory")

    jobs.prepare(prepare)
    assert given_up.wait(10)
    with pytest.raises(QueueFullError):
        jobs.submit(Mailbox().job)
