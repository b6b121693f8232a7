"""Signs of a mask, the score that is made of them, and the second look at what is unsure."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
import torch
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays
from pydantic import ValidationError

from model_runtime.model.banks import Drawn, draw, encode_at_once
from model_runtime.model.confidence import UNSURE, Confidence, Signs, Tally, between, signs_of
from model_runtime.model.config import ConfidenceConfig
from model_runtime.model.profile import PAPER, PUBLISHED, ReasoningProfile
from model_runtime.model.terrascope import TerraScope
from tests.runtime.model.small import write_small
from tests.runtime.model.test_banks import optical
from tests.runtime.model.test_reasoner import whole_mask

LOG_ODDS = arrays(np.float32, st.tuples(st.integers(1, 20), st.integers(1, 20)), elements=st.floats(-9, 9, width=16))
LEARNT = ConfidenceConfig(weights=(0.5, 0.25, 0.25), bias=0.1, knots=((0.2, 0.1), (0.6, 0.4), (1.1, 0.9)),
                          empty_knots=((0.0, 0.2), (1.0, 0.8)))  # fmt: skip


@given(LOG_ODDS)
def test_signs_are_those_of_a_plain_count(log_odds: np.ndarray) -> None:
    found = signs_of(torch.from_numpy(log_odds), 0.4)
    inside = [1 / (1 + np.exp(-float(value))) for value in log_odds.ravel() if value > 0]
    assert found.predicted_iou == 0.4
    assert found.empty == (not inside)
    if inside:
        assert found.probability == pytest.approx(np.mean(inside), abs=1e-5)
        assert found.margin == (log_odds > 1).sum() / (log_odds > -1).sum()
    else:
        assert (found.probability, found.margin) == (0, 0)


@given(LOG_ODDS, st.integers(1, 19))
def test_a_large_mask_is_counted_strip_by_strip(log_odds: np.ndarray, high: int) -> None:
    tally = Tally()
    for top in range(0, len(log_odds), high):
        tally.add(torch.from_numpy(log_odds[top : top + high]))
    whole, found = signs_of(torch.from_numpy(log_odds), 0.5), tally.signs(0.5)
    assert (found.margin, found.empty) == (whole.margin, whole.empty)
    assert found.probability == pytest.approx(whole.probability, abs=1e-5)


def test_a_model_that_was_not_calibrated_says_what_its_decoder_predicts() -> None:
    assert Confidence().score(Signs(0.3, 0.9, 0.9)) == 0.3
    assert Confidence().score(Signs(1.02, 0.9, 0.9)) == 1
    assert Confidence().score(Signs(-0.1, 0.0, 0.0)) == 0


def test_a_score_is_what_such_masks_had() -> None:
    learnt = Confidence(LEARNT)
    assert learnt.score(Signs(0.4, 0.8, 0.4)) == pytest.approx(0.4)  # 0.1 + 0.2 + 0.2 + 0.1
    assert learnt.score(Signs(0.2, 0.8, 0.0)) == pytest.approx(0.25)
    assert learnt.score(Signs(0.0, 0.1, 0.0)) == 0.1
    assert learnt.score(Signs(1.0, 1.0, 1.0)) == pytest.approx(0.9)
    assert learnt.score(Signs(0.5, 0.0, 0.0)) == pytest.approx(0.5)


@given(st.lists(st.tuples(st.floats(-5, 5), st.floats(0, 1)), min_size=1, max_size=9, unique_by=lambda k: k[0]),
       st.floats(-9, 9))  # fmt: skip
def test_between_knots_is_numpys(knots: list[tuple[float, float]], x: float) -> None:
    knots.sort()
    assert between(x, tuple(knots)) == pytest.approx(np.interp(x, *zip(*knots, strict=True)), abs=1e-9)


@pytest.mark.parametrize(
    "wrong",
    [
        {"knots": ((0.5, 0.2), (0.5, 0.3))},
        {"knots": ((0.1, 0.5), (0.2, 0.4))},
        {"knots": ()},
        {"weights": (-1.0, 0.0, 0.0)},
        {"empty_knots": ((0.5, 1.5),)},
        {"bias": float("nan")},
    ],
)
def test_what_makes_no_sense_is_refused(wrong: dict[str, object]) -> None:
    with pytest.raises(ValidationError):
        ConfidenceConfig(**{**LEARNT.model_dump(), **wrong})


@pytest.fixture(scope="module")
def model(tmp_path_factory: pytest.TempPathFactory) -> TerraScope:
    made = write_small(tmp_path_factory.mktemp("small"))
    whole_mask(made, 1)
    return made


@torch.inference_mode()
def drawn(model: TerraScope, profile: ReasoningProfile) -> Drawn:
    (bank,) = encode_at_once(model, [optical()])
    prompt = torch.linspace(-1, 1, model.config.grounding_config.d_model)[None]
    steps = draw(model, bank.views[0].features, prompt, None, profile, lambda: None)
    while True:
        try:
            next(steps)
        except StopIteration as end:
            return end.value


def test_what_is_unsure_is_drawn_again_and_the_surer_is_kept(
    model: TerraScope, monkeypatch: pytest.MonkeyPatch
) -> None:
    once = drawn(model, replace(PAPER, refine_below=0.0))
    assert not once.refined
    scores: list[float] = []

    def rate(falls: bool) -> None:
        def score(_: Confidence, signs: Signs) -> float:
            scores.append(0.3 if falls and scores else 0.4 + 0.1 * len(scores))
            return scores[-1]

        scores.clear()
        monkeypatch.setattr(Confidence, "score", score)

    rate(falls=False)
    better = drawn(model, PAPER)
    assert (len(scores), better.refined, better.score) == (2, True, 0.5)
    assert not torch.equal(better.mask.best, once.mask.best)
    rate(falls=True)
    worse = drawn(model, PAPER)
    assert (len(scores), worse.refined, worse.score) == (2, False, 0.4)
    assert torch.equal(worse.mask.best, once.mask.best)
    rate(falls=False)
    assert drawn(model, PUBLISHED).refined is False
    assert len(scores) == 1


def test_the_flag_is_the_limit_of_the_second_look() -> None:
    assert PAPER.refine_below == UNSURE
    assert PUBLISHED.refine_below == 0
