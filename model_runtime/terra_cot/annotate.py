"""TerraScope-Cap: masks for scenes that have none, and truer ones for those that have, by a trained model.

The model is asked for each class in plain words and draws its mask (paper section 3.3, appendix E.2). Captions and
questions are then written from these masks as from any others, so that every figure holds for the mask it stands by;
whether the mask is right is the model's affair, and the datasheet says whose it is.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np

from .records import Record
from .sources.common import OTHER, mask_of, only
from .spectra import CLASSES
from .templates import QUESTIONS
from .vocabulary import LAND_COVER, LAND_COVER_CLASSES, canonical

if TYPE_CHECKING:
    from ..model.terrascope import TerraScope
    from .facts import Sensors
    from .scenes import LabelledScene

_ANY = np.uint16(mask_of(CLASSES))
Draw = Callable[["LabelledScene"], np.ndarray]
"""A scene -> its land cover as a model sees it: uint8 (H, W), codes of `spectra.CLASSES`, 0 where it sees none."""


def drawing_with(model: TerraScope) -> Draw:
    """Ask a model for every class of a scene; where masks overlap, the one it is surest of holds."""
    from ..model.banks import encode_at_once
    from ..model.profile import ReasoningProfile
    from ..model.reasoner import SegStep, reason
    from .model_images import date_image

    profile = ReasoningProfile.named("paper", measured=False)

    def draw(scene: LabelledScene) -> np.ndarray:
        images = [date_image(scene, _sensors(scene))]
        banks = encode_at_once(model, images)
        labels = np.zeros(scene.labels.shape, np.uint8)
        surest = np.full(scene.labels.shape, -np.inf)
        for code, phrase in enumerate(LAND_COVER, start=1):
            question = QUESTIONS["coverage"][0].format(a=phrase)
            events = reason(model, images, question, profile, banks=banks)
            step = next((event for event in events if isinstance(event, SegStep)), None)
            events.close()
            # A model that speaks of something else has not answered.
            if step is None or canonical(step.phrase) != phrase:
                continue
            better = step.mask & (step.score > surest)
            labels[better], surest[better] = code, step.score
        return labels

    return draw


def annotated(record: Record, draw: Draw) -> Record:
    """The record with the model's land cover in place of its labels; questions that it brought stay."""
    return replace(
        record, dates=tuple(_annotated(scene, draw(scene)) for scene in record.dates), classes=LAND_COVER_CLASSES
    )


def _annotated(scene: LabelledScene, drawn: np.ndarray) -> LabelledScene:
    # The model was asked for every class: where it drew none, it sees something else.
    allowed = np.where(drawn > 0, only(drawn), OTHER).astype(np.uint16)
    return replace(scene, labels=drawn, allowed=allowed, surface=None, hidden=None)


def intersected(record: Record, draw: Draw) -> Record:
    """The record with those labels only that the model sees too (paper, appendix E.2: mask refinement).

    Where they differ nothing is known; a class about which that is so for too much of an image is not asked about.
    Labels that are no land cover are left as they are.
    """
    if not record.is_land_cover:
        return record
    return replace(record, dates=tuple(_intersected(scene, draw(scene)) for scene in record.dates))


def _intersected(scene: LabelledScene, drawn: np.ndarray) -> LabelledScene:
    labels = np.where(drawn == scene.labels, scene.labels, 0).astype(np.uint8)
    # Either the label or the model may be right: it is one of the two.
    either = _bit(scene.labels) | _bit(drawn)
    known = either if scene.allowed is None else np.where(scene.labels > 0, either, scene.allowed)
    return replace(scene, labels=labels, allowed=known.astype(np.uint16), surface=None)


def _bit(codes: np.ndarray) -> np.ndarray:
    """The allowed set of each code: itself alone, everything for 0; uint16."""
    return np.where(codes > 0, only(codes), _ANY)


def _sensors(scene: LabelledScene) -> Sensors:
    radar = scene.sar is not None and bool(np.isfinite(scene.sar).any())
    return ("both" if radar else "optical") if any(scene.present) else "sar"
