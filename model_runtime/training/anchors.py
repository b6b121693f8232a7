"""The fixed prompt embedding of each class.

Stage 1 teaches the mask branch to answer these; stage 2 teaches the language model to say them at [SEG]. The two
stages then need not wait for one another, and on two cores they run side by side.
"""

from __future__ import annotations

import torch
from torch import Tensor

from ..terra_cot.scenes import CLASSES

_SCALE = 0.5


def class_anchors(d_model: int, seed: int) -> Tensor:
    """(classes, d_model), independent directions of the same length."""
    generator = torch.Generator().manual_seed(seed)
    directions = torch.linalg.qr(torch.randn(d_model, len(CLASSES), generator=generator))[0].T
    return directions * _SCALE * d_model**0.5
