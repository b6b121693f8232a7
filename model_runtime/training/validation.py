"""A look at some samples that are not learnt from: how well they are told and marked, and a picture of the masks."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import torch
from PIL import Image, ImageDraw

from ..model.grounding import Decoded
from ..model.profile import ReasoningProfile
from ..model.terrascope import TerraScope
from .conversations import Conversation, Mark
from .forward import forward
from .losses import hard_iou
from .objective import losses, target_of

_SIDE, _LINE = 160, 14
"""pixels of a picture in the panel, and of the line of text above it"""
_MOST_ROWS = 12
_TRUTH, _DRAWN = (40, 190, 90), (235, 90, 40)


@dataclass(frozen=True)
class Look:
    """What was seen.

    Attributes:
        figures: `text` and `wrong` as of `objective.losses`, `iou` with true masks choosing the tokens; `own wrong` and
            `own iou` with the model's own masks, as it will be asked.
        panel: uint8 (H, W, 3), a row for each mask: the image, the true mask, the model's own.
    """

    figures: dict[str, float]
    panel: np.ndarray


@torch.no_grad()
def look(model: TerraScope, talks: Sequence[Conversation], profile: ReasoningProfile) -> Look:
    """Look at some conversations, one by one; the model is left as it was.

    Args:
        model: the network.
        talks: at least one.
        profile: how masks become tokens.
    """
    whole = model.config.grounding_config.view == "whole"
    training = model.training
    model.eval()
    seen: dict[str, list[float]] = {}
    rows: list[np.ndarray] = []
    try:
        for talk in talks:
            for own, names in ((False, ("text", "wrong", "iou")), (True, ("wrong", "iou"))):
                outcome = forward(model, [talk], profile, [own])
                found = losses(outcome, "paper", whole=whole)
                for name in names:
                    if name in found:
                        seen.setdefault(f"own {name}" if own else name, []).append(float(found[name]))
            # The last pass is that with the model's own masks.
            rows += [_row(talk, *pair) for pair in outcome.pairs[: _MOST_ROWS - len(rows)]]
    finally:
        model.train(training)
    panel = np.concatenate(rows) if rows else np.zeros((1, 3 * _SIDE, 3), np.uint8)
    return Look({name: float(np.mean(values)) for name, values in seen.items()}, panel)


def _row(talk: Conversation, mark: Mark, decoded: Decoded) -> np.ndarray:
    target = target_of(mark, decoded)
    iou = float(hard_iou(decoded.logits, target, torch.ones_like(target)))
    image = talk.images[mark.image].rgb
    pictures = [image, _tinted(image, mark.mask, _TRUTH), _tinted(image, decoded.mask, _DRAWN)]
    sheet = Image.new("RGB", (3 * _SIDE, _SIDE + _LINE))
    for column, picture in enumerate(pictures):
        sheet.paste(Image.fromarray(picture).resize((_SIDE, _SIDE), Image.Resampling.NEAREST), (column * _SIDE, _LINE))
    where = f"image {mark.image + 1}, " if len(talk.images) > 1 else ""
    ImageDraw.Draw(sheet).text((2, 1), f"{mark.phrase}, {where}IoU {iou:.2f}: image, truth, model", fill="white")
    return np.asarray(sheet)


def _tinted(image: np.ndarray, mask: np.ndarray, colour: tuple[int, int, int]) -> np.ndarray:
    tinted = image.astype(np.float32)
    tinted[mask] = 0.4 * tinted[mask] + 0.6 * np.array(colour, np.float32)
    return tinted.astype(np.uint8)
