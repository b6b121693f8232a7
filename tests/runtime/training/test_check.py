"""`train check`: eight samples learnt by heart, and what a verdict is."""

from __future__ import annotations

import time

import pytest
import torch

from model_runtime.model.profile import ReasoningProfile
from model_runtime.terra_cot.traces import Measured
from model_runtime.training.check import LEAST_IOU, check_samples, examine, small_model

pytest.importorskip("accelerate")
from model_runtime.__main__ import main  # noqa: E402

PAPER = ReasoningProfile.named("paper", measured=True)


def test_the_samples_are_mixed() -> None:
    talks = check_samples(PAPER)
    assert len(talks) == 8
    assert {len(talk.images) for talk in talks} == {1, 2}
    assert any(talk.images[0].sar is not None for talk in talks)
    assert any(talk.images[0].roles == ("vv", "vh") for talk in talks)
    masks = [mark.mask for talk in talks for mark in talk.marks]
    assert sum(not mask.any() for mask in masks) == 1
    assert sum(mask.any() and not mask.all() for mask in masks) >= 8
    measured = [any(isinstance(piece, Measured) for piece in talk.pieces) for talk in talks]
    assert 2 <= sum(measured) <= 6


def test_a_model_that_has_learnt_nothing_fails(tmp_path_factory: pytest.TempPathFactory) -> None:
    model = small_model(tmp_path_factory.mktemp("small")).eval()
    talk = check_samples(PAPER)[0]
    with torch.no_grad():
        verdict = examine(model, talk, PAPER)
    assert not verdict.passed
    assert not verdict.exact
    assert verdict.ious == (0.0,)


@pytest.mark.slow
def test_eight_samples_are_learnt_by_heart(capsys: pytest.CaptureFixture[str]) -> None:
    """Asked by the reasoning loop, every mask above an IoU of 0.95 and every word right."""
    start = time.process_time()
    assert main(["train", "check"]) == 0
    took = time.process_time() - start
    told = capsys.readouterr().out
    assert f"8 of 8 samples learnt (IoU above {LEAST_IOU}, every word)." in told
    assert took < 180
