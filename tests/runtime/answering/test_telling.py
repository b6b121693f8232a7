"""What is told reaches the sink in its order, and a wish to stop ends the run where it is heard."""

from __future__ import annotations

import time

import pytest

from model_runtime.answering.telling import Teller
from model_runtime.errors import Cancelled
from tests.runtime.sink import Sink


def test_warnings_are_told_and_kept_behind_those_that_were_told_before() -> None:
    sink, before = Sink(), ["It was loaded in bf16."]
    teller = Teller(sink, before)
    teller.warn("It is dark.")
    assert [event.message for event in sink.of("warning")] == ["It is dark."]
    assert teller.warnings == ["It was loaded in bf16.", "It is dark."]
    assert before == ["It was loaded in bf16."], "the caller's list was written to"


def test_a_run_ends_where_it_says_how_far_it_is_and_not_where_it_warns() -> None:
    sink = Sink(stop=lambda event: event.event == "progress")
    teller = Teller(sink)
    teller.progress("Reading the scene", 0.5)
    teller.warn("It is dark.")
    with pytest.raises(Cancelled):
        teller.progress("Reasoning", 0.6)
    with pytest.raises(Cancelled):
        teller.check()
    assert sink.fractions("Reading the scene") == [0.5]
    assert not sink.fractions("Reasoning")


def test_the_time_of_a_stage_is_added_up_also_of_blocks_that_fail() -> None:
    teller = Teller(Sink())
    with teller.timed("scene"):
        time.sleep(0.02)
    with pytest.raises(ZeroDivisionError), teller.timed("scene"):
        time.sleep(0.02)
        1 / 0  # noqa: B018
    found = teller.timings()
    assert 0.04 <= found["scene"] <= found["total"]
    assert list(found) == ["scene", "total"]
    assert teller.timings()["total"] >= found["total"]
