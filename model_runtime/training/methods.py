"""The model as a method of the bars: every class asked for in words, or prompted by its fixed anchor."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace

import numpy as np
import torch

from ..measure.change import decide_together
from ..measure.words import measured_text
from ..model.banks import DateBank, encode_at_once
from ..model.profile import ReasoningProfile
from ..model.reasoner import SegStep, reason
from ..model.terrascope import TerraScope
from ..model.vision import ModelImage
from ..terra_cot.model_images import date_image
from ..terra_cot.scenes import CLASSES
from ..terra_cot.vocabulary import LAND_COVER
from .anchors import class_anchors
from .bars import Masks, Method
from .places import Place
from .recipe import RECIPE

QUESTION = "What share of the scene is {phrase}?"
"""put for every class"""
CHANGE_QUESTION = "How did the {phrase} change?"
_PHRASES = dict(zip(CLASSES, LAND_COVER, strict=True))
# The first masks are judged; an output that has none after so many words will not have one.
_MOST_TOKENS = 200


class ByWords:
    """Asks for every class in words, as a user would; an image is encoded once.

    Args:
        model: that is asked.
        profile: how it reasons; None: as it does by default.
    """

    def __init__(self, model: TerraScope, profile: ReasoningProfile | None = None) -> None:
        self._model = model
        profile = profile or ReasoningProfile.named("paper", measured=model.config.measured_default)
        self._profile = replace(profile, max_new_tokens=_MOST_TOKENS)
        self.asked = self.strayed = 0
        """questions, and those to which another class was marked or none: there the mask counts as empty"""

    def __call__(self, place: Place) -> Masks:
        """The masks of a place, through every band it has."""
        images = [image_of(place)]
        banks = encode_at_once(self._model, images)
        masks = {}
        for name in CLASSES:
            step = self.step(images, banks, name)
            masks[name] = step.mask if step else np.zeros(place.scene.labels.shape, bool)
        return masks

    def step(self, images: list[ModelImage], banks: list[DateBank], name: str) -> SegStep | None:
        """How a class is marked on one date; None where another one is marked, or none."""
        phrase = _PHRASES[name]
        return self._steps(images, banks, QUESTION.format(phrase=phrase), phrase).get(1)

    def changes(self, earlier: Place, later: Place) -> Masks:
        """Where each class but cloud is said to differ between two dates, decided together as the program does."""
        images = [image_of(earlier), image_of(later)]
        banks = encode_at_once(self._model, images)
        told = {name: np.zeros(earlier.scene.labels.shape, bool) for name in CLASSES if name != "cloud"}
        for name in told:
            phrase = _PHRASES[name]
            steps = self._steps(images, banks, CHANGE_QUESTION.format(phrase=phrase), phrase)
            if len(steps) == len(images):
                before, after = (mask[:] for mask in decide_together([steps[1].logits, steps[2].logits]))
                told[name] = before != after
        return told

    def _steps(self, images: list[ModelImage], banks: list[DateBank], question: str, phrase: str) -> dict[int, SegStep]:
        """The first [SEG] of each date, by its number, as long as the model marks what it was asked for."""
        hectares = images[0].pixel_size_m ** 2 / 1e4

        def measure(step: SegStep) -> str:
            return measured_text(step.mask.sum() * hectares, 100 * step.mask.mean(), None)

        found: dict[int, SegStep] = {}
        for event in reason(self._model, images, question, self._profile, measure=measure, banks=banks):
            if isinstance(event, SegStep):
                if event.phrase != phrase:
                    break
                found.setdefault(event.image, event)
                if len(found) == len(images):
                    break
        self.asked += 1
        self.strayed += len(found) < len(images)
        return found


def image_of(place: Place) -> ModelImage:
    """What the model is shown of a place: its optical image, its radar image, or both."""
    scene = place.scene
    if scene.sar is None:
        return date_image(scene, "optical")
    return date_image(scene, "both" if any(scene.present) else "sar")


def by_anchors(model: TerraScope, classes: Sequence[str] = CLASSES) -> Method:
    """Masks of the mask branch alone, prompted as stage 1 teaches it: no word is read or said.

    Args:
        model: Of our own training; others were never taught the anchors.
        classes: Whose masks are asked for.
    """
    logits = anchor_logits(model, classes)
    return lambda place: {name: found > 0 for name, found in logits(place).items()}


def anchor_logits(model: TerraScope, classes: Sequence[str] = CLASSES) -> Callable[[Place], dict[str, np.ndarray]]:
    """The same before masks are made of it: float32 (H, W) by class, above 0 inside.

    Where a place has both sensors, the mean of their features is looked at.
    """
    anchors = class_anchors(model.config.grounding_config.d_model, RECIPE.seed).to(model.device)
    prompts = {name: anchors[CLASSES.index(name)][None] for name in classes}

    @torch.inference_mode()
    def logits(place: Place) -> dict[str, np.ndarray]:
        views = image_of(place).sensors
        features = [model.grounding.encode(view.rgb, model.planes(view), alone=len(views) == 1) for view in views]
        seen = features[0] if len(views) == 1 else model.grounding.mix(*features, torch.full((1, 1), 0.5))
        return {name: model.grounding.decode(seen, prompt).logits.cpu().numpy() for name, prompt in prompts.items()}

    return logits


def one_class_each(logits: Mapping[str, np.ndarray]) -> Masks:
    """Give each pixel to the class that claims it most."""
    first = np.argmax(list(logits.values()), 0)
    return {name: first == number for number, name in enumerate(logits)}
