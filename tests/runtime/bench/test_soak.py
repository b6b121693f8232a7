"""`bench soak`: growth is told from noise, what does not stay is told, and a short one of a real runtime stays."""

from __future__ import annotations

import json
import random
import shutil
import sys
from dataclasses import replace
from pathlib import Path
from statistics import median, stdev

import pytest

from model_runtime.__main__ import main
from model_runtime.bench import soak
from model_runtime.bench.served import Seen, Served
from model_runtime.bench.soak import Bar, Look, Plan, growth
from model_runtime.bench.soak_mix import KINDS
from model_runtime.errors import Cancelled, ModelError

LOOK = Look(0, True, Seen(600_000_000, 700_000_000, 10, 6, 0), 1.0, 0.6, 0.3, ["1 ha"], [])


def looks(count: int = 40, **seen: float) -> list[Look]:
    """Looks half a minute apart, with noise as of a real run; `seen` are bytes or counts that are added each time."""
    dice = random.Random(1)
    made = []
    for number in range(count):
        grown = {name: round(getattr(LOOK.seen, name) + each * number) for name, each in seen.items()}
        noisy = replace(LOOK.seen, **grown)
        noisy = replace(noisy, own_bytes=round(noisy.own_bytes * dice.uniform(0.999, 1.001)))
        made.append(replace(LOOK, at_s=30.0 * number, seen=noisy, processor_s=0.6 * dice.uniform(0.9, 1.1)))
    return made


def missed(bars: list[Bar]) -> list[str]:
    return [bar.name for bar in bars if bar.met is False]


def test_growth_is_that_of_the_line_whatever_stands_out() -> None:
    times = [float(number) for number in range(50)]
    values = [100 + 0.1 * time for time in times]
    assert growth(times, values) == pytest.approx(4.9 / 102.45)
    values[7], values[30] = 900, 0
    assert growth(times, values) == pytest.approx(4.9 / 102.45, rel=0.05)


def test_noise_is_told_by_how_values_differ_within_a_group() -> None:
    dice = random.Random(2)
    ratios, told = [], []
    for _ in range(300):
        groups = [[dice.gauss(1, 0.1) for _ in range(13)] for _ in range(2)]
        ratios.append(median(groups[1]) / median(groups[0]))
        told.append(soak.noise(groups))
    assert median(told) == pytest.approx(stdev(ratios), rel=0.2)
    assert soak.noise([[1.0] * 5, [2.0] * 5]) == 0  # a step is no noise


def test_a_runtime_that_stays_meets_every_bar() -> None:
    assert missed(list(soak._bars(looks()))) == []
    assert all(bar.met for bar in soak._bars(looks()) if bar.limit)


@pytest.mark.parametrize(
    ("grown", "told"),
    [
        ({"own_bytes": 250_000}, ["memory of its own, MB"]),  # 10 MB in 40 looks
        ({"resident_bytes": 250_000}, ["memory in all, MB"]),
        ({"handles": 0.03}, ["handles"]),
        ({"threads": 0.03}, ["threads"]),
        ({"children": 0.03}, ["children"]),
    ],
)
def test_what_grows_is_told(grown: dict[str, float], told: list[str]) -> None:
    assert missed(list(soak._bars(looks(**grown)))) == told


def test_what_else_does_not_stay_is_told() -> None:
    slower = [replace(look, processor_s=look.processor_s * (1 + 0.006 * n)) for n, look in enumerate(looks())]
    assert missed(list(soak._bars(slower))) == ["time of the same question, in yardsticks"]
    busy = [replace(look, processor_s=2 * look.processor_s, yardstick_s=0.6) for look in looks()[20:]]
    assert missed(list(soak._bars([*looks()[:20], *busy]))) == []  # the machine has become slower, not the runtime
    other = [*looks()[:-1], replace(looks()[-1], said=["2 ha"], temporary=["x.mask"])]
    assert missed(list(soak._bars(other))) == ["answers to it", "temporary files"]
    assert missed(list(soak._ends(["large: internal"], ["x.mask"], 1))) == [
        "uses that ended as they should not", "files left at the end", "exit code",
    ]  # fmt: skip


def test_few_looks_judge_no_growth() -> None:
    bars = {bar.name: bar.met for bar in soak._bars(looks(5, own_bytes=9_000_000, handles=1))}
    assert bars["memory of its own, MB"] is None
    assert bars["handles"] is False


def test_every_kind_of_use_comes_in_every_round() -> None:
    rounds = soak._rounds(random.Random(3))
    for _ in range(3):
        of_round = [next(rounds) for _ in range(sum(KINDS.values()))]
        assert {use: of_round.count(use) for use in KINDS} == KINDS


def test_a_real_runtime_stays_as_it_was_for_a_round(nano_folder: Path) -> None:
    """Memory and time take longer to tell; everything else is exact after one round of all kinds of use."""
    plan = Plan(str(nano_folder), "cpu", 0.1, 1, large_px=512, warm_rounds=1, uses_between_looks=5, rest_s=0)
    made = soak.soak(plan, lambda: False, lambda _: None)
    assert made["uses"] >= sum(KINDS.values())
    assert made["met"], "\n".join(soak.table(made))
    told = "\n".join(soak.table(made))
    assert "memory of its own" in told
    assert "not judged" in told
    json.dumps(made)


def test_it_can_be_stopped(nano_folder: Path) -> None:
    with pytest.raises(Cancelled):
        soak.soak(Plan(str(nano_folder), "cpu", 1, large_px=64), lambda: True, lambda _: None)


def test_a_runtime_that_does_not_start_says_why(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "executable", shutil.which("false"))
    with pytest.raises(ModelError, match="did not start: no reason was given"):
        Served(tmp_path / "served", "cpu")


def test_a_model_that_does_not_answer_is_no_matter_for_a_soak(tmp_path: Path) -> None:
    (tmp_path / "config.json").write_text("{}", "utf-8")
    with pytest.raises(ModelError, match="begin: model"):
        soak.soak(Plan(str(tmp_path), "cpu", 1, large_px=64), lambda: False, lambda _: None)


@pytest.mark.parametrize("options", [["--minutes", "0"], ["--minutes", "nan"], ["--json", "soak.txt"]])
def test_what_cannot_be_asked(options: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    try:
        code = main(["bench", "soak", *options])
    except SystemExit as refused:
        code = refused.code
    assert code == 2
    assert capsys.readouterr().err
