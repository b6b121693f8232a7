"""Regions that are named beforehand: the model is made to say that it marks each, instead of choosing what it marks."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

import numpy as np
import torch

from ..errors import Cancelled
from .adapt import Lessons
from .banks import DateBank, Drawn, Encoded, draw
from .clouds import CLOUD
from .profile import ReasoningProfile
from .reasoner import Clouds, SegStep, see
from .teaching import QUESTION, marked_prompts, teach
from .terrascope import TerraScope
from .vision import ModelImage
from .windows import WindowsMask


@torch.inference_mode()
def mark_regions(
    model: TerraScope,
    image: ModelImage,
    phrases: Sequence[str],
    profile: ReasoningProfile,
    *,
    looks_for_clouds: bool = False,
    cancelled: Callable[[], bool] = lambda: False,
    banks: list[DateBank] | None = None,
    lessons: Lessons | None = None,
) -> Iterator[Encoded | Clouds | SegStep]:
    """Mark regions on one date, each as if nothing else had been said: their order does not matter.

    Args:
        model: the network.
        image: of the date.
        phrases: what the regions are called.
        profile: how the model reasons.
        looks_for_clouds: the model shall find the date's clouds first.
        cancelled: asked between pieces of work.
        banks: see `reason`.
        lessons: see `reason`.

    Yields:
        How far it is, and one step per phrase, in order; no tokens enter a context.

    Raises:
        Cancelled: `cancelled` said so.
    """

    def go_on() -> None:
        if cancelled():
            raise Cancelled

    banks = [] if banks is None else banks
    (image,) = yield from see(model, [image], profile, [1] if looks_for_clouds else [], banks, go_on)
    (bank,) = banks
    taught = None
    if lessons:
        yield Encoded("examples", 0.0)
        taught = teach(model, [image], banks, lessons, profile, go_on)
    yield Encoded("prefill", 0.0)
    prompts = marked_prompts(model, bank.views, QUESTION, phrases, profile, go_on)
    for number, (phrase, prompt) in enumerate(zip(phrases, prompts, strict=True), start=1):
        go_on()
        lesson = taught.phrase(0, phrase) if taught else ""
        if lesson:
            drawn = Drawn(taught.drawn[0][lesson], taught.drawn[0][lesson].score)
        else:
            # Only the optical image shows clouds.
            seen = bank.views[0].features if phrase == CLOUD else bank.features(model.grounding, profile)
            drawn = yield from draw(model, seen, prompt, None, profile, go_on)
        decoded = drawn.mask
        yield SegStep(
            number, phrase, 1, decoded.mask, drawn.score, 0, np.zeros(0, int), None, None, taught_by=lesson,
            signs=None if lesson else decoded.signs, refined=drawn.refined,
            overview=decoded.overview if isinstance(decoded, WindowsMask) else None,
        )  # fmt: skip
