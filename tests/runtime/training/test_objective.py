"""The loss against values worked out by hand."""

from __future__ import annotations

import math

import numpy as np
import pytest
import torch

from model_runtime.model.grounding import Decoded
from model_runtime.training.conversations import Mark
from model_runtime.training.forward import Outcome
from model_runtime.training.objective import losses, pixel_loss, published_loss, published_terms

LN3 = math.log(3)  # sigmoid(ln 3) = 3/4, sigmoid(-ln 3) = 1/4


def drawn(logits: list[list[float]], best: torch.Tensor | None = None) -> Decoded:
    values = torch.tensor(logits, requires_grad=True)
    low = torch.zeros(1, 3, 2, 2)
    return Decoded(values, 0.5, low[:, :1] if best is None else best[None, None], low, torch.zeros(1, 3))


def test_pixel_cross_entropy_and_dice_by_hand() -> None:
    # Four pixels, the upper two inside; probabilities 3/4, 1/4 above and 1/4, 1/4 below.
    target = torch.tensor([[1.0, 1.0], [0.0, 0.0]])
    pixels = (-math.log(0.75) - math.log(0.25) - 2 * math.log(0.75)) / 4
    # Dice = 1 - (2 overlap + s) / (sum of both + s) with s = 1 + 0.002 per pixel.
    dice = 1 - (2 * 1.0 + 1.008) / (1.5 + 2 + 1.008)
    found = pixel_loss(drawn([[LN3, -LN3], [-LN3, -LN3]]), target)
    assert found.item() == pytest.approx(pixels + dice, abs=1e-6)


def test_an_empty_target_by_hand() -> None:
    found = pixel_loss(drawn([[LN3, -LN3], [-LN3, -LN3]]), torch.zeros(2, 2))
    pixels = (-math.log(0.25) - 3 * math.log(0.75)) / 4
    assert found.item() == pytest.approx(pixels + 1 - 1.008 / (1.5 + 1.008), abs=1e-6)


def test_the_published_terms_by_hand() -> None:
    # SPEC 7.2: 2 x binary cross-entropy + 0.5 x Dice with 1 added above and below.
    logits, target = torch.tensor([LN3, LN3, -LN3]), torch.tensor([1.0, 0.0, 0.0])
    pixels = (-math.log(0.75) - math.log(0.25) - math.log(0.75)) / 3
    dice = 1 - (2 * 0.75 + 1) / (1.75 + 1 + 1)
    assert published_terms(logits, target).item() == pytest.approx(2 * pixels + 0.5 * dice, abs=1e-6)


def test_published_points_of_an_even_mask_cost_what_each_of_them_does() -> None:
    torch.manual_seed(0)
    target = torch.ones(8, 8)
    even = torch.full((4, 4), LN3)
    found = published_loss(drawn([[0.0]], even), target, whole=True).item()
    dice = 1 - (2 * 0.75 * 12544 + 1) / (1.75 * 12544 + 1)
    assert found == pytest.approx(2 * -math.log(0.75) + 0.5 * dice, abs=1e-4)
    # Not the low-resolution mask but the image's own pixels are compared where it has windows.
    on_pixels = published_loss(drawn([[9.0] * 8] * 8, even), target, whole=False).item()
    assert on_pixels < 0.01


def test_published_points_lie_where_the_mask_is_uncertain() -> None:
    """Three quarters of the points are the least certain of three times as many: there a mistake costs more."""
    torch.manual_seed(0)
    logits = torch.full((64, 64), 20.0)
    logits[:, :16] = 0.0  # a quarter of the mask is undecided
    found = published_loss(drawn([[0.0]], logits), torch.ones(64, 64), whole=True).item()
    plain = 2 * math.log(2) * 0.25
    assert found > 2.5 * plain


def outcome(marks: list[Mark], decoded: list[Decoded]) -> Outcome:
    # Two words of three: probabilities of the true ones 1/2 and 1/4.
    logits = torch.tensor([[0.5, 0.25, 0.25], [0.5, 0.25, 0.25]]).log()
    return Outcome(logits, torch.tensor([0, 1]), marks, decoded, [0] * len(marks), [])


def test_words_and_half_of_the_mean_over_all_masks() -> None:
    words = (math.log(2) + math.log(4)) / 2
    full, empty = np.ones((2, 2), bool), np.zeros((2, 2), bool)
    masks = [drawn([[LN3, LN3], [LN3, LN3]]), drawn([[-LN3, -LN3], [-LN3, -LN3]])]
    marks = [Mark("water", 0, full), Mark("trees", 0, empty)]
    first = -math.log(0.75) + 1 - (2 * 3 + 1.008) / (3 + 4 + 1.008)
    second = -math.log(0.75) + 1 - 1.008 / (1 + 1.008)
    found = losses(outcome(marks, masks), "paper", whole=False)
    assert found["text"].item() == pytest.approx(words, abs=1e-6)
    assert found["mask"].item() == pytest.approx(0.5 * (first + second) / 2, abs=1e-6)
    assert found["loss"].item() == pytest.approx(words + 0.5 * (first + second) / 2, abs=1e-6)
    assert found["wrong"].item() == 0.5
    assert found["iou"].item() == 1.0


def test_the_published_sum_has_no_further_half() -> None:
    torch.manual_seed(0)
    marks = [Mark("water", 0, np.ones((2, 2), bool))]
    found = losses(outcome(marks, [drawn([[0.0, 0.0], [0.0, 0.0]], torch.full((2, 2), LN3))]), "published", whole=True)
    dice = 1 - (2 * 0.75 * 12544 + 1) / (1.75 * 12544 + 1)
    words = (math.log(2) + math.log(4)) / 2
    assert found["loss"].item() == pytest.approx(words + 2 * -math.log(0.75) + 0.5 * dice, abs=1e-4)
