"""Scores of masks against what such masks had: fitted curves, figures about them, and a model that is calibrated."""

from __future__ import annotations

import json
import shutil
from dataclasses import replace
from pathlib import Path
from types import SimpleNamespace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

pytest.importorskip("sklearn", reason="scikit-learn is not installed")

from model_runtime.errors import ModelError
from model_runtime.model.confidence import Confidence, Signs
from model_runtime.model.config import ConfidenceConfig, read_config
from model_runtime.training import calibrate
from model_runtime.training.calibrate import Exam, Seen, exam, fit, reliability, second_looks


def seen(signs: Signs, iou: float, score: float = 0.5, *, real: bool = False, number: int = 0) -> Seen:
    return Seen(f"place {number}", real, "rgb", "water", signs, iou, score, refined=False)


def masks(seed: int, count: int = 400) -> list[Seen]:
    """Masks whose decoder promises more than they hold: IoU is the square of what is predicted, with noise."""
    rng = np.random.default_rng(seed)
    predicted = rng.uniform(0.2, 1, count)
    ious = np.clip(predicted**2 + rng.normal(0, 0.05, count), 0, 1)
    return [
        seen(Signs(float(p), float(0.5 + p / 2), float(p)), float(iou), float(p), number=number)
        for number, (p, iou) in enumerate(zip(predicted, ious, strict=True))
    ]


@settings(max_examples=15, deadline=None)
@given(st.integers(0, 10_000))
def test_scores_are_what_such_masks_have_on_others(seed: int) -> None:
    config = fit(masks(seed), "made up")
    others = masks(seed + 1)
    scores = [Confidence(config).score(one.signs) for one in others]
    before, after = reliability(others), reliability(others, scores)
    assert before["calibration_error"] > 0.15
    assert after["calibration_error"] < 0.05
    assert after["mean_score"] == pytest.approx(after["mean_iou"], abs=0.03)
    assert config.calibrated_on == "made up"


@settings(max_examples=15, deadline=None)
@given(st.integers(0, 10_000))
def test_a_better_sign_never_lowers_a_score(seed: int) -> None:
    learnt = Confidence(fit(masks(seed, 80)))
    rng = np.random.default_rng(seed)
    for _ in range(20):
        one = rng.uniform(0.1, 1, 3)
        better = np.minimum(one + rng.uniform(0, 0.3, 3), 1)
        assert learnt.score(Signs(*better)) >= learnt.score(Signs(*one))


def test_empty_masks_count_by_themselves() -> None:
    """Right more often the more is predicted: 1 of 5 where little is, 4 of 5 where much is."""
    rare, often = Signs(0.3, 0.0, 0.0), Signs(0.9, 0.0, 0.0)
    found = masks(1)
    nothing = [seen(rare, float(n % 5 == 0)) for n in range(30)] + [seen(often, float(n % 5 > 0)) for n in range(30)]
    learnt = fit([*found, *nothing])
    assert Confidence(learnt).score(rare) == pytest.approx(0.2, abs=0.05)
    assert Confidence(learnt).score(often) == pytest.approx(0.8, abs=0.05)
    assert learnt.knots == fit(found).knots
    assert Confidence(fit(found)).score(often) == 0.9  # too few to learn from: what the decoder says


def test_real_and_generated_masks_have_the_same_say() -> None:
    signs = Signs(0.5, 0.75, 0.5)
    found = [seen(signs, 0.2, number=n) for n in range(90)] + [seen(signs, 0.8, real=True, number=n) for n in range(10)]
    assert reliability(found)["mean_iou"] == pytest.approx(0.5)
    assert Confidence(fit(found)).score(signs) == pytest.approx(0.5)


def test_reliability_by_hand() -> None:
    signs = Signs(0.5, 0.75, 0.5)
    found = [seen(signs, iou, score) for iou, score in ((0.9, 0.85), (0.7, 0.85), (0.1, 0.15), (0.4, 0.15))]
    told = reliability(found)
    assert told["masks"] == 4
    assert told["calibration_error"] == pytest.approx((2 * 0.05 + 2 * 0.1) / 4)
    assert [b["masks"] for b in told["bins"]] == [2, 2]
    assert told["from_0.8"] == {"masks": 2, "mean_iou": pytest.approx(0.8), "share_from_0.8": 0.5}
    assert told["unsure"]["mean_iou"] == pytest.approx(0.25)


def test_second_looks_are_held_against_the_first_of_the_same_mask() -> None:
    signs = Signs(0.5, 0.75, 0.5)
    once = [seen(signs, iou, number=number) for number, iou in enumerate((0.2, 0.4, 0.6))]
    twice = [replace(once[0], iou=0.5, refined=True), replace(once[1], iou=0.3, refined=True), once[2]]
    assert second_looks(once, twice) == {
        "kept": 2, "iou_before": pytest.approx(0.3), "iou_after": pytest.approx(0.4), "better": 1, "worse": 1,
    }  # fmt: skip
    assert second_looks(once, once) == {"kept": 0}


def test_too_few_masks_are_refused() -> None:
    with pytest.raises(ModelError, match="39 masks are too few"):
        fit(masks(1, 39))


def test_the_places_to_judge_by_are_others() -> None:
    found = exam(2, None)
    assert len({place.name for place in found.to_learn + found.to_judge}) == 4
    assert found.real == []


def test_each_real_site_is_judged_by_what_the_others_teach(monkeypatch: pytest.MonkeyPatch) -> None:
    """One site's masks are bad where all others are good: judged by the others it looks good, taught by itself bad."""
    sharp = Signs(0.9, 0.95, 0.9)
    real = [seen(sharp, 0.0 if site == 2 else 1.0, real=True, number=site) for site in (0, 1, 2) for _ in range(20)]

    def look(model: SimpleNamespace, places: list[str], real_ones: bool, *_: object) -> list[Seen]:
        return real if real_ones else masks(0, 60)

    monkeypatch.setattr(calibrate, "look", look)
    config = SimpleNamespace(model_copy=lambda update: config)
    learnt, figures = calibrate.calibrate(SimpleNamespace(config=config), Exam([], [], []), lambda what: None)
    assert learnt.calibrated_on == "60 masks of 0 generated places, 60 of 3 real sites"
    (top,) = [b for b in figures["real"]["after"]["bins"] if b["score"] > 0.85]
    assert (top["masks"], top["iou"]) == (20, 0.0)  # of the two good sites that know of the bad one none is so sure


def test_a_model_is_calibrated_and_keeps_it(
    nano_folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = shutil.copytree(nano_folder, tmp_path / "model")
    before = json.loads((folder / "config.json").read_text("utf-8"))
    monkeypatch.setattr(calibrate, "input_sets", lambda place: ["rgb+nir"])
    monkeypatch.setattr(calibrate, "_LEAST_MASKS", 2)
    calibrate.run(str(folder), 1, None, tmp_path / "figures.json", write=True)
    after = json.loads((folder / "config.json").read_text("utf-8"))
    learnt = after.pop("confidence_config")
    told_before = before.pop("confidence_config", None)
    assert after == before
    figures = json.loads((tmp_path / "figures.json").read_text("utf-8"))
    assert figures["confidence_config"] == learnt
    assert read_config(folder).confidence_config == ConfidenceConfig.model_validate(learnt)
    assert learnt != told_before
    assert learnt["calibrated_on"].endswith("masks of 1 generated places")
    assert figures["before"]["masks"] == figures["after"]["masks"] > 2
    assert "mean IoU" in capsys.readouterr().out
