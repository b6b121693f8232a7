"""Questions put to a model by those who judge it, and what comes of them."""

from __future__ import annotations

import random
import re
from dataclasses import dataclass

from ..measure.words import Relation, measured_text, relates
from ..model.profile import ReasoningProfile
from ..model.reasoner import Finished, SegStep, reason
from ..model.terrascope import TerraScope
from ..model.vision import ModelImage
from ..terra_cot.templates import QUESTIONS
from ..terra_cot.vocabulary import LAND_COVER, SYNONYMS

MEASURED = ReasoningProfile.named("paper", measured=True)
_FORM = re.compile(r"^<think>.*</think><answer>.+?</answer>(<\|im_end\|>)?$", re.DOTALL)


@dataclass(frozen=True)
class Asked:
    """One question and what came of it."""

    text: str
    steps: list[SegStep]
    answer: str

    def well_formed(self) -> bool:
        """Think block with at least one [SEG], then an answer block (every question here is about a region)."""
        thought = self.text.split("</think>")[0]
        return bool(_FORM.match(self.text)) and "[SEG]" in thought


def ask(model: TerraScope, images: list[ModelImage], question: str, profile: ReasoningProfile) -> Asked:
    """Ask; measures are told with a nominal pixel size, as only their wording matters to the form."""
    hectares = images[0].pixel_size_m ** 2 / 1e4
    steps: list[SegStep] = []

    def measure(step: SegStep) -> str:
        steps.append(step)
        relation = None
        if len(steps) > 1 and relates(question, "") and steps[0].mask.any():
            relation = Relation(steps[0].phrase, 100.0, False)
        return measured_text(step.mask.sum() * hectares, 100 * step.mask.mean(), relation)

    found: list[SegStep] = []
    for event in reason(model, images, question, profile, measure=measure):
        if isinstance(event, SegStep):
            found.append(event)
        elif isinstance(event, Finished):
            return Asked(event.text, found, event.answer)
    raise AssertionError("the reasoner ended without Finished")


def coverage_question(label: int, rng: random.Random) -> str:
    """How much of a class there is, in plain words."""
    return rng.choice(QUESTIONS["coverage"]).format(a=rng.choice(SYNONYMS[LAND_COVER[label - 1]][:3]))
