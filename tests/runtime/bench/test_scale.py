"""`bench scale` on a small model: every step is there, and its exponent is of the times that are told."""

from __future__ import annotations

import json
import math
from pathlib import Path

import pytest

from model_runtime.__main__ import main
from model_runtime.bench.scale import Axis, Step, measure
from model_runtime.bench.stopwatch import Timed
from model_runtime.errors import Cancelled
from tests.runtime.model.small import write_small


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    made = tmp_path_factory.mktemp("scale")
    write_small(made)
    return made


def test_what_grows_with_the_work_has_exponent_one() -> None:
    steps = [Step(n, [Timed(1.0, n**power) for power in (1, 1, 2)]) for n in (1, 2, 8)]
    assert Axis("words", steps).exponents() == [None, pytest.approx(1.0), pytest.approx(1.0)]
    squares = [Step(n, [Timed(1.0, n * n)]) for n in (3, 5)]
    assert Axis("words", squares).exponents()[1] == pytest.approx(2.0)


def test_the_command_measures_every_axis(folder: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    out = tmp_path / "scale.json"
    assert main(["bench", "scale", "--model", str(folder), "--device", "cpu", "--runs", "1", "--json", str(out),
                 "--axes", "masks,queue", "--most", "4"]) == 0  # fmt: skip
    made = json.loads(out.read_text("utf-8"))
    assert list(made["axes"]) == ["masks", "queue"]
    assert [step["amount"] for step in made["axes"]["masks"]] == [1, 2, 4]
    for steps in made["axes"].values():
        assert steps[0]["exponent"] is None
        assert all(step["wall_s"] > 0 for step in steps)
        for one, other in zip(steps, steps[1:], strict=False):
            grown = other["processor_s"] / one["processor_s"]
            assert other["exponent"] == pytest.approx(math.log(grown, other["amount"] / one["amount"]))
    queue = made["axes"]["queue"]
    assert queue[-1]["wall_s"] > 1.5 * queue[0]["wall_s"]
    assert "exponent" in capsys.readouterr().out


def test_a_prompt_counts_what_it_is(folder: Path) -> None:
    """One token a character: the least amounts are below the shortest prompt, and are told once."""
    made = measure(str(folder), "cpu", 1, {"prompt_tokens": (10, 20, 900)}, lambda: False, lambda _: None)
    assert [step["amount"] >= 300 for step in made["axes"]["prompt_tokens"]] in ([True], [True, True])


def test_it_can_be_stopped(folder: Path) -> None:
    for axis in ("masks", "queue"):
        with pytest.raises(Cancelled):
            measure(str(folder), "cpu", 1, {axis: (2,)}, lambda: True, lambda _: None)


def test_an_axis_that_there_is_not(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["bench", "scale", "--axes", "masks,height"]) == 2
    assert "no axis height: choose from megapixels" in capsys.readouterr().err
