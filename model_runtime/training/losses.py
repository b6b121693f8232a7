"""Loss terms of both stages (paper Eq. 6), for labels that are exact, weak, or missing."""

from __future__ import annotations

import torch
from torch import Tensor
from torch.nn import functional as F


def class_targets(allowed: Tensor, true: Tensor, classes: Tensor) -> tuple[Tensor, Tensor]:
    """What each pixel says about each asked class.

    Args:
        allowed: int (N, H, W), bit k: class k + 1 is possible here.
        true: int (N, H, W), bit k: class k + 1 is here; no bit where that is unknown. Where two sensors look, a cloud
            and what it covers are both here.
        classes: int (N, P), 1-based codes asked about.

    Returns:
        target (N, P, H, W), 1 inside; known (N, P, H, W), 1 where the label decides.
    """
    asked = classes[:, :, None, None] - 1
    inside = (true[:, None] >> asked) & 1 == 1
    excluded = (allowed[:, None] >> asked) & 1 == 0
    return inside.float(), (inside | excluded).float()


def mask_loss(logits: Tensor, target: Tensor, known: Tensor) -> Tensor:
    """Pixel cross-entropy plus Dice over known pixels, per mask.

    An empty target is trained as empty: its Dice term falls with every pixel that is not claimed.

    Args:
        logits: (..., H, W).
        target: 0 or 1, same shape.
        known: 0 or 1, same shape.

    Returns:
        (...), 0 for a mask without known pixels.
    """
    count = known.flatten(-2).sum(-1)
    bce = F.binary_cross_entropy_with_logits(logits, target, reduction="none") * known
    probability = logits.sigmoid() * known
    overlap = (probability * target).flatten(-2).sum(-1)
    total = (probability + target * known).flatten(-2).sum(-1)
    smooth = 0.002 * count + 1
    dice = 1 - (2 * overlap + smooth) / (total + smooth)
    return (bce.flatten(-2).sum(-1) / count.clamp_min(1) + dice) * (count > 0)


def coverage_error(logits: Tensor, target: Tensor, known: Tensor) -> Tensor:
    """How far the share of known pixels inside is from the truth, per mask, 0 to 1; the threshold made smooth.

    Args:
        logits: (..., H, W).
        target: 0 or 1, same shape.
        known: 0 or 1, same shape.
    """
    claimed = ((4 * logits).sigmoid() * known).flatten(-2).sum(-1)
    count = known.flatten(-2).sum(-1)
    return (claimed - (target * known).flatten(-2).sum(-1)).abs() / count.clamp_min(1)


def hard_iou(logits: Tensor, target: Tensor, known: Tensor) -> Tensor:
    """IoU of the thresholded mask over known pixels; 1 when both are empty. No gradient."""
    with torch.no_grad():
        inside = (logits > 0) & (known > 0)
        truth = (target > 0) & (known > 0)
        union = (inside | truth).flatten(-2).sum(-1)
        overlap = (inside & truth).flatten(-2).sum(-1)
        return torch.where(union > 0, overlap / union.clamp_min(1), torch.ones_like(union, dtype=logits.dtype))
