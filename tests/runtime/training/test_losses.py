"""Loss terms against values computed by hand."""

from __future__ import annotations

import math

import pytest
import torch

from model_runtime.training.losses import class_targets, coverage_error, hard_iou, mask_loss


def test_mask_loss_by_hand() -> None:
    """Two pixels, one inside: logits 0 give probabilities of one half."""
    logits = torch.zeros(1, 2)
    target = torch.tensor([[1.0, 0.0]])
    known = torch.ones(1, 2)
    smooth = 0.002 * 2 + 1
    dice = 1 - (2 * 0.5 + smooth) / ((0.5 + 0.5) + 1 + smooth)
    assert float(mask_loss(logits, target, known)) == pytest.approx(math.log(2) + dice)


def test_unknown_pixels_do_not_count() -> None:
    logits = torch.tensor([[3.0, -2.0], [9.0, 9.0]])
    target = torch.tensor([[1.0, 0.0], [0.0, 0.0]])
    known = torch.tensor([[1.0, 1.0], [0.0, 0.0]])
    other = logits.clone()
    other[1] = -9.0
    assert mask_loss(logits, target, known) == mask_loss(other, target, known)


def test_an_empty_target_is_trained_as_empty() -> None:
    target, known = torch.zeros(1, 16), torch.ones(1, 16)
    claimed, silent = (mask_loss(torch.full((1, 16), x), target, known) for x in (4.0, -4.0))
    assert claimed > 4
    assert silent < 0.3


def test_nothing_known_costs_nothing() -> None:
    assert mask_loss(torch.randn(2, 3, 3), torch.zeros(2, 3, 3), torch.zeros(2, 3, 3)).tolist() == [0.0, 0.0]


def test_hard_iou() -> None:
    logits = torch.tensor([[1.0, 1.0, -1.0]])
    target = torch.tensor([[1.0, 0.0, 0.0]])
    known = torch.ones(1, 3)
    assert float(hard_iou(logits, target, known)) == 0.5
    assert float(hard_iou(-logits.abs(), torch.zeros(1, 3), known)) == 1.0


def test_weak_labels_decide_only_what_they_exclude() -> None:
    """A pixel that is "crop or grass" (codes 3 and 4) says no to water and nothing about crop."""
    labels = torch.tensor([[[1, 0, 0]]])
    allowed = torch.tensor([[[0b1, 0b1100, 0b111111111]]])
    target, known = class_targets(allowed, labels, torch.tensor([[1, 3]]))
    assert target[0, 0, 0].tolist() == [1, 0, 0]
    assert known[0, 0, 0].tolist() == [1, 1, 0]
    assert known[0, 1, 0].tolist() == [1, 0, 0]


def test_coverage_error_by_hand() -> None:
    """Four pixels, three known, one of them inside; a sure mask of two known pixels is a third off."""
    target = torch.tensor([[1.0, 0.0, 0.0, 0.0]])
    known = torch.tensor([[1.0, 1.0, 1.0, 0.0]])
    claimed = torch.tensor([[9.0, 9.0, -9.0, 9.0]])
    assert float(coverage_error(claimed, target, known)) == pytest.approx(1 / 3)
    assert float(coverage_error(torch.tensor([[9.0, -9.0, -9.0, 9.0]]), target, known)) == pytest.approx(0, abs=1e-6)
