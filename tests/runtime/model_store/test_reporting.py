"""What commands say, and that they hear when they are to end."""

from __future__ import annotations

import os
import signal
import time

import pytest

from model_runtime.errors import ModelError
from model_runtime.model_store.reporting import reporting
from model_runtime.protocol import STORE_EVENT, Error, Progress, Warning


def events(capsys: pytest.CaptureFixture[str]) -> list[object]:
    return [STORE_EVENT.validate_json(line) for line in capsys.readouterr().out.splitlines()]


def test_programs_get_one_event_per_line(capsys: pytest.CaptureFixture[str]) -> None:
    with reporting(json=True) as report:
        tell = report.progress("reading")
        for i in range(1001):
            tell(i / 1000)
        report.note("Something.")
    said = events(capsys)
    assert said[0] == Progress(stage="reading", fraction=0)
    assert said[-2:] == [Progress(stage="reading", fraction=1), Warning(message="Something.")]
    assert len(said) < 20


def test_a_refusal_is_an_event_for_programs_and_goes_on_for_people(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as ended, reporting(json=True):
        raise ModelError("It is damaged.")
    assert ended.value.code == 2
    assert events(capsys) == [Error(code="model", message="It is damaged.")]
    with pytest.raises(ModelError), reporting(json=False) as report:
        report.note("A sentence.")
        raise ModelError("It is damaged.")
    assert capsys.readouterr().out == "A sentence.\n"


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_signals_ask_the_work_to_end_and_are_given_back(number: int) -> None:
    before = signal.getsignal(number)
    with reporting(json=True) as report:
        assert not report.cancelled()
        os.kill(os.getpid(), number)
        deadline = time.monotonic() + 5
        while not report.cancelled() and time.monotonic() < deadline:
            time.sleep(0.01)
        assert report.cancelled()
    assert signal.getsignal(number) is before
