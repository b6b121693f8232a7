"""What pixels teach, and how it becomes a part of a model's stem."""

from __future__ import annotations

import time
from pathlib import Path

import numpy as np
import pytest
import torch

from model_runtime.model.checkpoint import load_model
from model_runtime.model.terrascope import TerraScope
from model_runtime.training.anchors import class_anchors
from model_runtime.training.finetune_pixels import (
    PixelHead,
    PixelRecipe,
    band_planes_of,
    grow_forest,
    learn_pixels,
    pixel_planes,
    share_done,
    with_head,
)
from model_runtime.training.lessons import Lesson
from model_runtime.training.recipe import RECIPE


@pytest.fixture
def model(nano_folder: Path) -> TerraScope:
    return load_model(nano_folder, dtype=torch.float32)


@pytest.fixture
def lesson(model: TerraScope) -> Lesson:
    """Two classes that near infrared alone tells apart; a tenth of the pixels is labelled."""
    rng, names = np.random.default_rng(1), model.config.input_config.bands
    bands = rng.uniform(0.05, 0.3, (len(names), 64, 64)).astype(np.float32)
    truth = bands[names.index("nir")] > 0.18
    codes = np.where(rng.random(truth.shape) < 0.1, truth + 1, 0).astype(np.uint8)
    present = np.array([name not in ("vv", "vh") for name in names])
    return Lesson(bands, present, True, 10.0, codes, np.zeros(codes.shape, bool), np.ones(codes.shape, bool))


def _head(model: TerraScope, classes: int) -> PixelHead:
    """Random, but as sure of itself as one that has learnt."""
    torch.manual_seed(1)
    head = PixelHead(model.config.input_config.plane_count, 12, classes).requires_grad_(False)
    head.leave.weight *= 40
    return head


def test_what_is_not_asked_for_anew_is_answered_as_before(model: TerraScope) -> None:
    anchors = class_anchors(model.config.grounding_config.d_model, RECIPE.seed)
    planes = torch.randn(1, model.config.input_config.plane_count, 64, 64)
    with torch.no_grad():
        before = model.spectral_stem.logits(model.spectral_stem(planes), anchors[None, 3:])
        with_head(model, _head(model, 3), anchors[:3], anchors[3:])
        after = model.spectral_stem.logits(model.spectral_stem(planes), anchors[None, 3:])
    scale = before.abs().mean()
    assert (before - after).abs().mean() < 0.02 * scale


def test_taught_prompts_get_what_the_head_says(model: TerraScope) -> None:
    anchors = class_anchors(model.config.grounding_config.d_model, RECIPE.seed)
    head = _head(model, 3)
    planes = torch.randn(1, model.config.input_config.plane_count, 32, 32)
    with torch.no_grad():
        wanted = head(planes[0].flatten(1).T).T.view(1, 3, 32, 32)
        with_head(model, head, anchors[:3], anchors[3:])
        said = model.spectral_stem.logits(model.spectral_stem(planes), anchors[None, :3])
    assert (said - wanted).abs().mean() < 0.15 * wanted.abs().mean()
    assert ((said > 0) == (wanted > 0)).float().mean() > 0.9


def test_the_features_that_the_mask_decoder_is_given_stay(model: TerraScope) -> None:
    anchors = class_anchors(model.config.grounding_config.d_model, RECIPE.seed)
    planes = torch.randn(1, model.config.input_config.plane_count, 64, 64)
    levels = [torch.randn(1, channels, 64 // stride, 64 // stride) for channels, stride in
              zip((layer.out_features for layer in model.spectral_stem.levels), (4, 8, 16), strict=True)]  # fmt: skip
    with torch.no_grad():
        before = model.spectral_stem.enrich(levels, model.spectral_stem(planes))
        with_head(model, _head(model, 2), anchors[:2], anchors[2:])
        after = model.spectral_stem.enrich(levels, model.spectral_stem(planes))
    for one, other in zip(before, after, strict=True):
        torch.testing.assert_close(one, other, atol=1e-4, rtol=1e-4)


def test_a_head_learns_what_trees_found(model: TerraScope, lesson: Lesson) -> None:
    forest = grow_forest(model, [lesson], 2, 1, lambda: None)
    head = learn_pixels(model, [lesson], forest, 1.0, PixelRecipe(steps=150, units=32, pool=4000, batch=512),
                        lambda share: None)  # fmt: skip
    truth = (lesson.bands[model.config.input_config.bands.index("nir")] > 0.18).ravel()
    every = np.arange(truth.size)
    assert (forest.shares(band_planes_of(model.config, lesson, every), lambda: None).argmax(1) == truth).mean() > 0.97
    assert (head(pixel_planes(model.config, lesson, every)).argmax(1).numpy() == truth).mean() > 0.95


def test_little_time_still_makes_the_least_steps() -> None:
    long_ago = time.monotonic() - 1000
    assert share_done(5, 100, 10, long_ago, 0.1) == pytest.approx(0.5)
    assert share_done(10, 100, 10, long_ago, 0.1) >= 1
    assert share_done(100, 100, 10, time.monotonic(), 60.0) >= 1
