"""What the mask decoder is taught, and what it is held to."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
import torch

from model_runtime.model.checkpoint import load_model
from model_runtime.model.terrascope import TerraScope
from model_runtime.training.anchors import class_anchors
from model_runtime.training.finetune_masks import MaskRecipe, kept_loss, learn_masks, rehearsed_views, view, view_loss
from model_runtime.training.finetune_pixels import PixelHead
from model_runtime.training.lessons import Lesson, look_batch
from model_runtime.training.recipe import RECIPE
from model_runtime.training.rehearsal import rehearsal_chips


@pytest.fixture
def model(nano_folder: Path) -> TerraScope:
    return load_model(nano_folder, dtype=torch.float32)


@pytest.fixture
def anchors(model: TerraScope) -> torch.Tensor:
    return class_anchors(model.config.grounding_config.d_model, RECIPE.seed)


@pytest.fixture
def lesson(model: TerraScope) -> Lesson:
    """Two classes, left and right; one is bright in near infrared."""
    names = model.config.input_config.bands
    bands = np.random.default_rng(1).uniform(0.05, 0.1, (len(names), 64, 64)).astype(np.float32)
    codes = np.ones((64, 64), np.uint8)
    codes[:, 32:] = 2
    bands[names.index("nir")][codes == 2] += 0.3
    present = np.array([name not in ("vv", "vh") for name in names])
    return Lesson(bands, present, True, 10.0, codes, np.zeros(codes.shape, bool), np.ones(codes.shape, bool))


def test_what_the_decoder_says_already_costs_nothing(model: TerraScope, anchors: torch.Tensor) -> None:
    size = model.config.grounding_config.image_size
    views = rehearsed_views(model, rehearsal_chips(1, size, lambda: None), anchors[3:], lambda: None)
    with torch.no_grad():
        assert kept_loss(model, views, anchors[3:]) < 1e-6
        assert kept_loss(model, views, anchors[2:-1]) > 1e-2


@pytest.mark.parametrize("known", [2, 9])
def test_a_few_steps_bring_masks_nearer(model: TerraScope, anchors: torch.Tensor, lesson: Lesson, known: int) -> None:
    """Also where every class that the model knows is taught, so that there is none to be held to."""
    torch.manual_seed(1)
    prompts, others = anchors[:known], anchors[known:]
    head = PixelHead(model.config.input_config.plane_count, 8, known).requires_grad_(False)
    size = model.config.grounding_config.image_size
    seen = view(model, look_batch([lesson.chip(0, 0, size)], known), prompts, others)

    def cost() -> float:
        with torch.no_grad():
            return float(sum(view_loss(model, [seen], prompts, output) for output in range(3)))

    before = cost()
    learn_masks(model, [lesson], head, prompts, others, [seen], 1.0, MaskRecipe(steps=20, batch=1), lambda share: None)
    assert cost() < 0.9 * before
    assert all(torch.isfinite(value).all() for value in model.sam2.mask_decoder.parameters())
