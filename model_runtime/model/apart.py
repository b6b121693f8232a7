"""A large image reasoned about window by window, each by itself; regions of one name are put together.

The other way to look at a large image: what an overview is too coarse to show is seen, and nothing is known of the
whole. Windows of nodata are skipped.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

import numpy as np

from ..errors import Cancelled
from ..rasters.mask_file import MaskFile
from .banks import Encoded
from .profile import ReasoningProfile
from .reasoner import ModelEvent, SegStep, reason
from .terrascope import TerraScope
from .vision import ModelImage, Pixels

SIDE_PX = 1024
"""along a window"""


@dataclass
class _Region:
    """What windows have marked under one name."""

    target: MaskFile
    rows: np.ndarray
    """bool, of the row of windows that is worked on"""
    scores: list[tuple[float, int]] = field(default_factory=list)
    """of each window: the score, and how many pixels it is of"""
    tokens: int = 0
    refined: bool = False
    """in some window"""


def reason_apart(
    model: TerraScope,
    image: ModelImage,
    question: str,
    profile: ReasoningProfile,
    measure: Callable[[SegStep], str],
    cancelled: Callable[[], bool],
) -> Iterator[ModelEvent]:
    """Answer a question about each window of a large image.

    Args:
        model: the network.
        image: the overview, with its pixels.
        question: the user's words.
        profile: how to reason.
        measure: as for `reason`, of a mask on a window's own pixels.
        cancelled: asked before every token.

    Yields:
        How much of the image is done, and at last one step for each name, in the order in which they were first said.

    Raises:
        Cancelled: `cancelled` said so.
    """
    pixels = image.pixels
    height, width = pixels.size
    windows = [(top, left) for top in range(0, height, SIDE_PX) for left in range(0, width, SIDE_PX)]
    found: dict[str, _Region] = {}
    for number, (top, left) in enumerate(windows):
        if cancelled():
            raise Cancelled
        high, wide = min(SIDE_PX, height - top), min(SIDE_PX, width - left)
        part = pixels.read(top, left, high, wide)
        if part is not None:
            for event in reason(model, [part], question, profile, measure=measure, cancelled=cancelled):
                if isinstance(event, SegStep):
                    region = _region(found, event.phrase, pixels, top, high)
                    region.rows[:, left : left + wide] |= event.mask[:]
                    region.scores.append((event.score, int(event.mask[:].sum())))
                    region.tokens += event.injected
                    region.refined |= event.refined
        if left + wide == width:
            for region in found.values():
                region.target.append(region.rows)
                region.rows = np.zeros((min(SIDE_PX, max(0, height - top - high)), width), bool)
        yield Encoded("windows", (number + 1) / len(windows))
    for number, (phrase, region) in enumerate(found.items(), start=1):
        yield _step(number, phrase, region, pixels.step)


def _region(found: dict[str, _Region], phrase: str, pixels: Pixels, top: int, high: int) -> _Region:
    """The region of a name; one that is new had nothing in the rows above."""
    if phrase not in found:
        width = pixels.size[1]
        target = pixels.new_mask(hashlib.sha256(phrase.encode()).hexdigest())
        for first in range(0, top, SIDE_PX):
            target.append(np.zeros((min(SIDE_PX, top - first), width), bool))
        found[phrase] = _Region(target, np.zeros((high, width), bool))
    return found[phrase]


def _step(number: int, phrase: str, region: _Region, step: int) -> SegStep:
    total = sum(count for _, count in region.scores)
    score = sum(score * count for score, count in region.scores) / total if total else 0.0
    return SegStep(
        number, phrase, 1, region.target, score, region.tokens, np.zeros(0, int), None, None,
        refined=region.refined, overview=region.target.thinned(step) > 0.5,
    )  # fmt: skip
