"""The loss of a teacher-forced pass: words and masks together (paper Eq. 6), or as the released weights had it."""

from __future__ import annotations

from typing import Literal

import torch
from torch import Tensor
from torch.nn import functional as F

from ..model.grounding import Decoded
from .conversations import Mark
from .forward import Outcome
from .losses import hard_iou, mask_loss

Objective = Literal["paper", "published"]

MASK_WEIGHT = 0.5
"""lambda of the paper's Eq. 6: of Dice and pixel cross-entropy together"""
PUBLISHED_PIXEL_WEIGHT, PUBLISHED_DICE_WEIGHT = 2.0, 0.5
"""SPEC 7.2"""
# Points at which the released training compares masks, of how many that are tried, and how many of them are the least
# certain ones (SPEC 7.2).
_POINTS, _OVERSAMPLED, _UNCERTAIN = 12544, 3.0, 0.75


def losses(outcome: Outcome, objective: Objective, *, whole: bool) -> dict[str, Tensor]:
    """What a pass costs, and how well it does.

    Args:
        outcome: of `forward`.
        objective: `paper`: cross-entropy of the words + 0.5 x (Dice + pixel cross-entropy), each a mean over all masks;
            `published`: + 2 x cross-entropy + 0.5 x Dice at sampled points.
        whole: whether the mask decoder sees an image as a whole (`GroundingConfig.view`).

    Returns:
        `loss`, which is to be trained; `text` and `mask`, its terms; `wrong`, the share of words that are not the
        likeliest; `iou`, the mean over the masks. What there is nothing of is not there: a conversation without a mask
        has no `mask` and no `iou`.
    """
    text = F.cross_entropy(outcome.logits, outcome.targets)
    wrong = (outcome.logits.argmax(-1) != outcome.targets).float().mean()
    found = {"loss": text, "text": text.detach(), "wrong": wrong}
    if outcome.marks:
        drawn = [(decoded, target_of(mark, decoded)) for mark, decoded in outcome.pairs]
        if objective == "paper":
            mask = MASK_WEIGHT * torch.stack([pixel_loss(*pair) for pair in drawn]).mean()
        else:
            mask = torch.stack([published_loss(*pair, whole=whole) for pair in drawn]).mean()
        ious = [hard_iou(decoded.logits, target, torch.ones_like(target)) for decoded, target in drawn]
        found |= {"loss": text + mask, "mask": mask.detach(), "iou": torch.stack(ious).mean()}
    return found


def target_of(mark: Mark, decoded: Decoded) -> Tensor:
    """The true mask beside what was drawn: 0 or 1, (H, W)."""
    return torch.from_numpy(mark.mask).to(decoded.logits.device, torch.float32)


def pixel_loss(decoded: Decoded, target: Tensor) -> Tensor:
    """Dice and pixel cross-entropy on the image's own pixels; an empty target is learnt as empty.

    Args:
        decoded: a mask.
        target: 0 or 1, (H, W).
    """
    return mask_loss(decoded.logits.float(), target, torch.ones_like(target))


def published_loss(decoded: Decoded, target: Tensor, *, whole: bool) -> Tensor:
    """2 x cross-entropy + 0.5 x Dice at sampled points (SPEC 7.2), three quarters of them where the mask is uncertain.

    Args:
        decoded: a mask.
        target: 0 or 1, (H, W).
        whole: the points lie on SAM-2's low-resolution mask, the target brought to it by nearest neighbour, as in the
            release; else, where an image has windows, on the image's own pixels.
    """
    logits = (decoded.best[0, 0] if whole else decoded.logits).float()
    target = F.interpolate(target[None, None], logits.shape, mode="nearest")[0, 0]
    points = _points(logits.detach())
    return published_terms(_at(logits, points), _at(target, points))


def published_terms(logits: Tensor, target: Tensor) -> Tensor:
    """The two terms at given points (n,): binary cross-entropy, and Dice with 1 added above and below."""
    probability = logits.sigmoid()
    dice = 1 - (2 * (probability * target).sum() + 1) / (probability.sum() + target.sum() + 1)
    pixels = F.binary_cross_entropy_with_logits(logits, target)
    return PUBLISHED_PIXEL_WEIGHT * pixels + PUBLISHED_DICE_WEIGHT * dice


def _points(logits: Tensor) -> Tensor:
    """Places in the mask, (n, 2) in 0..1: of many random ones the least certain, and some more anywhere."""
    tried = torch.rand(int(_POINTS * _OVERSAMPLED), 2, device=logits.device)
    certain = int(_POINTS * _UNCERTAIN)
    uncertain = tried[_at(logits, tried).abs().topk(certain, largest=False).indices]
    return torch.cat([uncertain, torch.rand(_POINTS - certain, 2, device=logits.device)])


def _at(values: Tensor, points: Tensor) -> Tensor:
    """Values (H, W) at points, bilinear: (n,)."""
    places = 2 * points[None, None] - 1
    return F.grid_sample(values[None, None], places, padding_mode="border", align_corners=False)[0, 0, 0]
