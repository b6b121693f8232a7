"""Each second is counted once, and what is watched is itself again afterwards."""

from __future__ import annotations

import time

import pytest
import torch

from model_runtime.bench.stopwatch import STAGES, Stopwatch, watching_runtime
from model_runtime.model.banks import DateBank
from model_runtime.model.language import Context

CPU = torch.device("cpu")


class Work:
    def outer(self) -> float:
        time.sleep(0.02)
        return self.inner(0.05) + self.inner(0.0)

    def inner(self, seconds: float) -> float:
        time.sleep(seconds)
        return seconds


def test_a_stage_within_a_stage_is_taken_off_the_outer_one() -> None:
    watch = Stopwatch(CPU)
    begin = time.perf_counter()
    with watch.watching(Work, "outer", "outer"), watch.watching(Work, "inner", lambda _, s: "inner" if s else None):
        assert Work().outer() == 0.05
    took = time.perf_counter() - begin
    assert watch.stages.keys() == {"outer", "inner"}
    assert watch.stages["inner"].wall_s >= 0.05
    assert watch.stages["outer"].wall_s >= 0.02
    assert watch.stages["inner"].processor_s < 0.05  # it slept
    assert sum(stage.wall_s for stage in watch.stages.values()) <= took
    assert watch.current is None


def test_a_stage_may_come_again_and_may_hold_itself() -> None:
    watch = Stopwatch(CPU)
    for _ in range(2):
        with watch.stage("a"), watch.stage("b"), watch.stage("a"):
            time.sleep(0.01)
    assert watch.stages["a"].wall_s >= 0.02 > watch.stages["b"].wall_s


def test_functions_are_themselves_again_whatever_happens() -> None:
    before = Work.inner, Context.append_embeddings, DateBank.region
    watch = Stopwatch(CPU)
    with pytest.raises(TypeError), watch.watching(Work, "inner", "inner"), watching_runtime(watch):
        assert Work.inner is not before[0]
        assert Context.append_embeddings is not before[1]
        Work().inner("no seconds")
    assert (Work.inner, Context.append_embeddings, DateBank.region) == before
    assert watch.current is None
    assert set(watch.stages).isdisjoint(STAGES)
