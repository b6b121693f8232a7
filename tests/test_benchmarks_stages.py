"""`benchmarks/stages.py`: bars and lines are the figures of the files, and what is no such file is refused."""

from __future__ import annotations

import copy
import json
from pathlib import Path
from typing import Any

import numpy as np
import pytest

pytest.importorskip("matplotlib", reason="the extra `data` is not installed")

from benchmarks.stages import draw, main  # noqa: E402
from model_runtime.bench.first_answer import FirstAnswer  # noqa: E402
from model_runtime.bench.floor import Rates, Work  # noqa: E402
from model_runtime.bench.question import Answered  # noqa: E402
from model_runtime.bench.speed import Measured, Plan, Round  # noqa: E402
from model_runtime.bench.speed_figures import summary  # noqa: E402
from model_runtime.bench.stopwatch import STAGES, Timed  # noqa: E402
from model_runtime.bench.yardstick import Spoken  # noqa: E402

SECONDS = {name: 0.1 * (place + 1) for place, name in enumerate((*STAGES, "other"))}
PASSES = ("vit", "sam2_encode", "prefill", "token", "mask_decode", "select_inject")


def _took(seconds: float) -> Timed:
    return Timed(seconds, seconds)


@pytest.fixture(scope="module")
def speed() -> dict[str, Any]:
    """What `bench speed` would write of three rounds, the second twice and the third four times as slow."""
    said, rates = Spoken([1], [], []), Rates(1e9, 1e9)
    rounds = []
    for slow in (1, 2, 4):
        stages = {name: _took(slow * took) for name, took in SECONDS.items()}
        one = Answered(_took(slow * sum(SECONDS.values())), _took(slow * 4.0), stages, said)
        bare = {name: _took(slow * SECONDS[name] / 2) for name in PASSES}
        passes = _took(slow * sum(SECONDS[name] for name in PASSES) / 2)
        rounds.append(Round(one, one, _took(slow * 8.0), passes, bare, _took(slow * 0.5), rates, {"ids": True}, 0.0))
    plan = Plan("nano", None, "cpu", "fp32", 3, 1, 20, (64, 48))
    work = {name: Work(10**8, 10**7) for name in PASSES}
    first = FirstAnswer(1.0, 1.0, 1.0, dict(SECONDS), 10**9)
    made = summary(Measured(plan, {"device": "cpu", "tier": "fp32"}, 300, said, work, rounds, first))
    made["device"] |= {"title": "a processor", "threads": 1}
    return json.loads(json.dumps(made))


@pytest.fixture(scope="module")
def scale() -> dict[str, Any]:
    """What `bench scale` would write, of two axes: one in proportion, one that grows with the square."""
    axes = {
        name: [
            {"amount": n, "wall_s": n**power, "processor_s": n**power, "exponent": None if n == 2 else power}
            for n in (2, 4, 8)
        ]
        for name, power in (("megapixels", 1), ("queue", 2))
    }
    return {"model": "nano", "device": "cpu", "tier": "fp32", "runs": 3, "versions": {}, "axes": axes}


def test_bars_are_the_stages_one_after_the_other(speed: dict[str, Any]) -> None:
    (axes,) = draw([speed]).axes
    rows: dict[int, list[tuple[float, float]]] = {}
    for bar in axes.patches:
        rows.setdefault(round(bar.get_y() + bar.get_height() / 2), []).append((bar.get_x(), bar.get_width()))
    widths = {row: [width for _, width in bars] for row, bars in rows.items()}
    assert widths[0] == pytest.approx([2 * took for took in SECONDS.values()])
    assert widths[1] == pytest.approx([SECONDS[name] for name in PASSES])
    assert widths[2] == pytest.approx([0.1] * len(PASSES))
    assert (widths[3], widths[4]) == (pytest.approx([16.0]), pytest.approx([1.0]))
    for bars in rows.values():
        begins = [begin for begin, _ in bars]
        assert begins == pytest.approx([0, *np.cumsum([width for _, width in bars])[:-1]])
    spreads = [tuple(line.get_xdata()) for line in axes.lines]
    assert spreads[3] == pytest.approx((8.0, 32.0))
    said = " ".join(text.get_text() for text in axes.texts)
    assert "reasoning: 0.50 x this" in said
    assert f"whole question: {speed['ratio_to_bare_passes']:.2f} x this" in said
    asked = "64 x 48 pixels, 300 tokens read, 20 said, 1 mask; 3 rounds"
    assert axes.get_title("left") == f"nano on a processor, fp32, 1 thread: {asked}"


def test_every_stage_looks_otherwise(speed: dict[str, Any]) -> None:
    figure = draw([speed])
    (legend,) = figure.legends
    looks = {(patch.get_facecolor(), patch.get_hatch()) for patch in legend.get_patches()}
    assert len(looks) == len(SECONDS)
    assert [text.get_text() for text in legend.get_texts()][:3] == ["1 read", "2 preprocess", "3 vit"]


def test_seconds_of_two_machines_do_not_share_an_axis(speed: dict[str, Any]) -> None:
    other = copy.deepcopy(speed)
    other["device"]["title"] = "another one"
    for took in other["seconds"].values():
        took.update({name: value * 10 for name, value in took.items()})
    first, second = draw([speed, other]).axes
    assert second.get_xlim()[1] == pytest.approx(10 * first.get_xlim()[1])
    other["device"]["title"] = speed["device"]["title"]
    first, second = draw([speed, other]).axes
    assert first.get_xlim() == second.get_xlim()


def test_growth_is_drawn_beside_growth_in_proportion(scale: dict[str, Any]) -> None:
    (axes,) = draw([scale]).axes
    pixels, queue, guide = (np.array(line.get_xydata()) for line in axes.lines)
    assert pixels.tolist() == [[1, 1], [2, 2], [4, 4]]
    assert queue.tolist() == [[1, 1], [2, 4], [4, 16]]
    assert guide.tolist() == [[1, 1], [4, 4]]
    assert axes.get_xscale() == axes.get_yscale() == "log"
    assert axes.get_legend().get_texts()[0].get_text() == "pixels, 2 to 8: 2.00 to 8.00 s"


def test_the_command_writes_a_picture(speed: dict[str, Any], scale: dict[str, Any], tmp_path: Path) -> None:
    for name, made in (("speed", speed), ("scale", scale)):
        (tmp_path / f"{name}.json").write_text(json.dumps(made), "utf-8")
        assert main([str(tmp_path / f"{name}.json"), "--out", str(tmp_path / f"{name}.png")]) == 0
        assert (tmp_path / f"{name}.png").read_bytes().startswith(b"\x89PNG")


def test_what_cannot_be_drawn_is_told_and_leaves_nothing(
    speed: dict[str, Any], scale: dict[str, Any], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    files = {"speed": json.dumps(speed), "scale": json.dumps(scale), "list": "[]", "text": "{", "other": '{"a": 1}'}
    for name, text in files.items():
        (tmp_path / f"{name}.json").write_text(text, "utf-8")
    before = sorted(tmp_path.iterdir())
    for names, out, told in (
        (["speed", "scale"], "a.png", "make two pictures"),
        (["list"], "a.png", "is not a file of bench speed"),
        (["other"], "a.png", "is not a file of bench speed"),
        (["text"], "a.png", "cannot be read as JSON"),
        (["missing"], "a.png", "cannot be read as JSON"),
        (["speed"], "a.pdf", "does not end with .png"),
    ):
        assert main([*(str(tmp_path / f"{name}.json") for name in names), "--out", str(tmp_path / out)]) == 2
        assert told in capsys.readouterr().err
    assert sorted(tmp_path.iterdir()) == before
