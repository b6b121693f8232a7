"""Regions that are named beforehand are those that the model marks when it is asked for each by itself."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from model_runtime.errors import Cancelled
from model_runtime.model.banks import Encoded
from model_runtime.model.checkpoint import load_model
from model_runtime.model.marking import mark_regions
from model_runtime.model.profile import PAPER
from model_runtime.model.reasoner import Clouds, SegStep, reason
from model_runtime.model.terrascope import TerraScope
from model_runtime.model.vision import ModelImage

NANO = Path(__file__).resolve().parents[3] / "resources" / "models" / "terrascope-nano"


@pytest.fixture(scope="module")
def model() -> TerraScope:
    return load_model(NANO)


@pytest.fixture(scope="module")
def image() -> ModelImage:
    """Dark water in bright green, as reflectance of four bands."""
    bands = np.empty((4, 96, 128), np.float32)
    bands[:] = np.array([0.06, 0.085, 0.05, 0.42])[:, None, None]
    bands[:, 30:70, 20:80] = np.array([0.03, 0.05, 0.045, 0.015])[:, None, None]
    bands *= np.random.default_rng(2).normal(1, 0.05, bands.shape).astype(np.float32)
    rgb = (bands[:3].transpose(1, 2, 0) / 0.3 * 255).clip(0, 255).astype(np.uint8)
    return ModelImage(rgb, bands, ("red", "green", "blue", "nir"))


def steps(found: list) -> list[SegStep]:
    return [event for event in found if isinstance(event, SegStep)]


def test_one_step_for_each_in_order_and_the_order_does_not_matter(model: TerraScope, image: ModelImage) -> None:
    asked = ["grassland", "water", "trees"]
    found = steps(list(mark_regions(model, image, asked, PAPER)))
    assert [(step.index, step.phrase) for step in found] == [(1, "grassland"), (2, "water"), (3, "trees")]
    turned = {step.phrase: step for step in steps(list(mark_regions(model, image, asked[::-1], PAPER)))}
    for step in found:
        assert (step.mask == turned[step.phrase].mask).all()
        assert step.score == turned[step.phrase].score


def test_water_is_where_a_question_finds_it(model: TerraScope, image: ModelImage) -> None:
    (named,) = steps(list(mark_regions(model, image, ["water"], PAPER)))
    (asked,) = steps(list(reason(model, [image], "Where is the water?", PAPER)))
    assert (named.mask & asked.mask).sum() / (named.mask | asked.mask).sum() > 0.95
    truth = np.zeros((96, 128), bool)
    truth[30:70, 20:80] = True
    assert (named.mask & truth).sum() / (named.mask | truth).sum() > 0.9


def test_clouds_are_looked_for_first_and_nothing_is_encoded_twice(model: TerraScope, image: ModelImage) -> None:
    banks: list = []
    first = list(mark_regions(model, image, ["water"], PAPER, looks_for_clouds=True, banks=banks))
    assert [type(event) for event in first if not isinstance(event, Encoded)] == [Clouds, SegStep]
    again = list(mark_regions(model, image, ["water"], PAPER, banks=banks))
    assert [event.stage for event in again if isinstance(event, Encoded)] == ["prefill"]


def test_cancelled_between_two(model: TerraScope, image: ModelImage) -> None:
    seen: list[SegStep] = []
    events = mark_regions(model, image, ["water", "trees"], PAPER, cancelled=lambda: bool(seen))
    with pytest.raises(Cancelled):
        for event in events:
            if isinstance(event, SegStep):
                seen.append(event)
    assert len(seen) == 1
