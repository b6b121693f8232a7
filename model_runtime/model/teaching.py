"""From what a user shows to the masks of the phrases that are shown: prompts, points, and the head of `adapt`."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

import numpy as np
import torch
from torch import Tensor

from .adapt import Example, Lessons, adapt, phrases
from .banks import DateBank, View
from .grounding import Decoded, ImageFeatures, Point
from .language import Context
from .looks import Looks, look
from .profile import ReasoningProfile
from .prompt import cuts, prompt_embeddings, prompt_ids, user_turn
from .terrascope import TerraScope
from .vision import ModelImage

QUESTION = "Describe the land cover."
"""after which the model is made to say what is shown"""


@dataclass(frozen=True)
class Taught:
    """What the examples draw.

    Attributes:
        drawn: of each date (0-based) with examples, phrase -> what the mask decoder makes of its points, with the
            log-odds that the head has learnt.
        phrase_of: see `Lessons`.
    """

    drawn: dict[int, dict[str, Decoded]]
    phrase_of: Callable[[str], str]

    def phrase(self, image: int, said: str) -> str:
        """The phrase of a date's examples that the reasoning means; "" where none is shown."""
        known = self.phrase_of(said)
        return known if known in self.drawn.get(image, {}) else ""


def teach(
    model: TerraScope,
    images: Sequence[ModelImage],
    banks: Sequence[DateBank],
    lessons: Lessons,
    profile: ReasoningProfile,
    go_on: Callable[[], None],
) -> Taught:
    """Learn from the examples of each date that has any.

    Args:
        model: the network.
        images: one per date.
        banks: what was encoded of them.
        lessons: what is shown.
        profile: how the model reasons.
        go_on: asked between pieces of work; may raise to stop.
    """
    drawn: dict[int, dict[str, Decoded]] = {}
    for number, (image, bank) in enumerate(zip(images, banks, strict=True)):
        examples = lessons.of_date(number)
        if not examples:
            continue
        go_on()
        shown = phrases(examples)
        prompts = marked_prompts(model, bank.views, QUESTION, shown, profile, go_on)
        features = bank.features(model.grounding, profile)
        own = {}
        for phrase, prompt in zip(shown, prompts, strict=True):
            go_on()
            own[phrase] = model.grounding.decode(features, prompt, points=points_of(examples, phrase))
        go_on()
        learnt = adapt(
            _looks(model, image, bank, features), {phrase: mask.logits for phrase, mask in own.items()}, examples, go_on
        )
        drawn[number] = {phrase: replace(own[phrase], logits=log_odds) for phrase, log_odds in learnt.items()}
    return Taught(drawn, lessons.phrase_of)


def _looks(model: TerraScope, image: ModelImage, bank: DateBank, features: ImageFeatures) -> Looks:
    """How a date looks, as it is known from the question before, else made now."""
    return bank.looks(features, lambda: look(planes_of(model, image), features, model.grounding))


def marked_prompts(
    model: TerraScope,
    views: Sequence[View],
    question: str,
    marked: Sequence[str],
    profile: ReasoningProfile,
    go_on: Callable[[], None] = lambda: None,
) -> list[Tensor]:
    """Prompt embeddings (1, d_model) of phrases, as the model is made to say each that it marks it.

    Args:
        model: the network.
        views: of one date.
        question: that it is asked.
        marked: the phrases, each said at once after the question.
        profile: how it reasons.
        go_on: asked between phrases; may raise to stop.
    """
    vocabulary = model.vocabulary
    alone = replace(profile, image_choice="round_robin")
    ids = prompt_ids(vocabulary, user_turn(question, 1, alone), [[len(view.tokens) for view in views]])
    prompts = []
    with Context(model) as context:
        context.read(prompt_embeddings(model, ids, [view.tokens for view in views]), cuts(vocabulary, ids))
        read = context.length
        for phrase in marked:
            go_on()
            # The phrase is a user's: marks in it stay text.
            said = [*vocabulary.encode("<think>I"), *vocabulary.encode_plain(f" mark the {phrase} "), vocabulary.seg_id]
            context.append_tokens(said)
            prompts.append(model.text_hidden_fcs(context.last_state).to(model.sam2.dtype))
            context.forget_after(read)
    return prompts


def planes_of(model: TerraScope, image: ModelImage) -> list[Tensor]:
    """Of each sensor the model's input planes, or the colours where it has none: (C, H, W)."""
    found = []
    for sensor in image.sensors:
        planes = model.planes(sensor)
        if planes is None:
            planes = torch.from_numpy(np.ascontiguousarray(sensor.rgb.transpose(2, 0, 1))).to(model.device) / 255
        found.append(planes)
    return found


def points_of(examples: Sequence[Example], phrase: str) -> list[Point]:
    """What the examples are to SAM-2 where it draws one phrase: the middle pixel of each, inside or outside."""
    points = []
    for example in examples:
        inside = example.inside and example.phrase == phrase
        if inside or example.inside or example.phrase == phrase:
            row, column = example.pixels[len(example.pixels) // 2]
            points.append(Point(int(row), int(column), inside))
    return points
