"""How the benchmark asks. All of it are wordings of Terra-CoT that ask for exactly one figure or word."""

from __future__ import annotations

import random
import re
from collections.abc import Sequence

from ..terra_cot.templates import agree
from ..terra_cot.vocabulary import is_plural, synonyms

WORDINGS: dict[str, tuple[str, ...]] = {
    "coverage": (
        "What percentage of the image is covered by {a}?", "What share of the scene is {a}?",
        "What percent of this area is {a}?", "What proportion of the image is {a}?",
    ),
    "area": (
        "How many hectares of {a} are there?", "What is the area of the {a} in hectares?",
        "How many hectares does {a} cover?",
    ),
    "area_m2": (
        "What is the area of {a} in square metres?", "How many square metres of {a} are there?",
        "How many square metres does {a} cover?",
    ),
    "larger": (
        "Which is larger, {a} or {b}?", "Which covers more, {a} or {b}?", "Which has the larger area, {a} or {b}?",
        "Does {a} or {b} cover more of the scene?",
    ),
    "distance": (
        "What is the distance between {a} and {b}?", "How far is {a} from {b}?",
        "How many metres are between {a} and {b}?", "What is the shortest distance from {a} to {b}?",
    ),
    "border": (
        "Does {a} border {b}?", "Do {a} and {b} share a border?", "Is {a} adjacent to {b}?",
        "Do {a} and {b} touch each other?",
    ),
    "damage_count": ("How many of the buildings were destroyed?", "How many buildings were destroyed?"),
    "damage_rate": ("How many buildings, in percent, were destroyed?",
                    "How many buildings out of all were destroyed, as a share?"),
}  # fmt: skip
"""Kind of question (a key of `samples.KINDS`) -> wordings; each stands in `templates.QUESTIONS` too."""

_NAMES = 2
"""Of the words for a class so many are used: the further ones mean it only in some places."""


def names(phrases: Sequence[str], rng: random.Random) -> tuple[str, ...]:
    """What a question calls some regions."""
    return tuple(rng.choice(synonyms(phrase)[:_NAMES]) for phrase in phrases)


def ask(kind: str, called: Sequence[str], rng: random.Random) -> str:
    """A question of some kind about regions of these names."""
    text = rng.choice(WORDINGS[kind]).format(**dict(zip("ab", called, strict=False)))
    return agree(text, filter(is_plural, called))


def in_first_image(question: str) -> str:
    """The question where another date is shown too."""
    text = re.sub(r" in (?:the|this) (?:image|scene)(?=\?$)", "", question)
    return f"{text.removesuffix('?')} in the first image?"
