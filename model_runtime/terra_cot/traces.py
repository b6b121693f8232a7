"""Reasoning traces with [SEG] marks whose every figure follows from the masks (paper section 3.3, L1).

A trace is a list of pieces: text to be learnt, a [SEG] with its mask, and measured text that is only read. The
figures come from `measure` through `claims.measured_text`, the same words the runtime writes while it reasons.
"""

from __future__ import annotations

import random
from collections.abc import Callable
from dataclasses import dataclass

from ..measure.claims import Relation, measured_text, metres, number, relates
from .templates import PHRASES, QUESTIONS, SYNONYMS, sentence

PRESENT_PCT = 0.1
"""A class that covers less of the image than this counts as absent."""


@dataclass(frozen=True)
class Region:
    """One class of one image, and how large it is."""

    label: int
    """1-based class code."""
    image: int
    """1-based image."""
    coverage_pct: float
    area_ha: float

    @property
    def phrase(self) -> str:
        """Its canonical name."""
        return PHRASES[self.label - 1]


@dataclass(frozen=True)
class Seg:
    """A [SEG] in a trace."""

    region: Region


@dataclass(frozen=True)
class Measured:
    """The measure that follows a [SEG]; in the context, not in the loss."""

    text: str


Piece = str | Seg | Measured


@dataclass(frozen=True)
class Sample:
    """A question and the trace that answers it."""

    kind: str
    question: str
    trace: tuple[Piece, ...]
    answer: str


Relate = Callable[[Region, Region], tuple[float, bool] | None]
"""distance in metres and contact of two regions; None when one of them is empty"""


def ask(kind: str, a: str, b: str, rng: random.Random) -> str:
    """One wording of a question about classes with the canonical phrases `a` and `b`."""
    text = rng.choice(QUESTIONS[kind]).format(a=rng.choice(SYNONYMS[a]), b=rng.choice(SYNONYMS[b]))
    dice = rng.random()
    if dice < 0.1:
        text = text.lower()
    elif dice < 0.2:
        text = text.rstrip("?.")
    return text


def compose(kind: str, regions: list[Region], relate: Relate, rng: random.Random, *, measured: bool) -> Sample:
    """Question, trace and answer of one kind.

    Args:
        kind: a key of `templates.QUESTIONS`.
        regions: the one or two regions asked about; for `change`, the same class at two dates.
        relate: how two regions lie to one another.
        rng: source of all variation.
        measured: whether exact measures stand behind each [SEG]; without them figures are rounded estimates.
    """
    first, second = regions[0], regions[-1]
    question = ask(kind, first.phrase, second.phrase, rng)
    relation = relate(first, second) if len(regions) == 2 and kind != "change" else None
    trace = _Trace(question, measured)
    answer = _WRITERS[kind](trace, first, second, relation)
    return Sample(kind, question, (*trace.pieces, f"</think><answer>{answer}</answer>"), answer)


class _Trace:
    """Pieces written one after the other; figures worded as the mode allows."""

    def __init__(self, question: str, measured: bool) -> None:
        self.question, self.measured = question, measured
        self.pieces: list[Piece] = ["<think>"]

    def say(self, text: str) -> None:
        if isinstance(self.pieces[-1], str):
            self.pieces[-1] += text
        else:
            self.pieces.append(text)

    def mark(self, region: Region, earlier: Region | None = None, relation: tuple[float, bool] | None = None) -> None:
        spoken = "".join(piece for piece in self.pieces if isinstance(piece, str))
        self.pieces.append(Seg(region))
        if self.measured:
            related = relates(self.question, spoken) and earlier is not None and relation is not None
            told = Relation(earlier.phrase, *relation) if related else None
            self.pieces.append(Measured(measured_text(region.area_ha, region.coverage_pct, told)))

    def pct(self, region: Region) -> str:
        if self.measured:
            return f"{number(region.coverage_pct)} %"
        return f"about {round(region.coverage_pct)} %"

    def ha(self, region: Region) -> str:
        # Without measures the model cannot know the ground area of the image: it says the share instead.
        return f"{number(region.area_ha)} ha" if self.measured else self.pct(region)


def _present(region: Region) -> bool:
    return region.coverage_pct >= PRESENT_PCT


def _presence(t: _Trace, a: Region, b: Region, relation: tuple[float, bool] | None) -> str:
    t.say(f"I look for {a.phrase} ")
    t.mark(a)
    if _present(a):
        t.say(f" It covers {t.pct(a)} of the image, so it is there.")
        return "Yes"
    t.say(" That is nothing to speak of, so it is not there.")
    return "No"


def _coverage(t: _Trace, a: Region, b: Region, relation: tuple[float, bool] | None) -> str:
    t.say(f"I mark the {a.phrase} ")
    t.mark(a)
    t.say(f" It covers {t.pct(a)} of the image.")
    return t.pct(a)


def _area(t: _Trace, a: Region, b: Region, relation: tuple[float, bool] | None) -> str:
    t.say(f"I mark the {a.phrase} ")
    t.mark(a)
    t.say(f" Its area is {t.ha(a)}.")
    return t.ha(a)


def _area_coverage(t: _Trace, a: Region, b: Region, relation: tuple[float, bool] | None) -> str:
    t.say(f"I mark the {a.phrase} ")
    t.mark(a)
    if not t.measured:
        t.say(f" It covers {t.pct(a)} of the image.")
        return t.pct(a)
    t.say(f" It covers {t.pct(a)} of the image, which is {t.ha(a)}.")
    return f"{t.ha(a)}, {t.pct(a)}"


def _both(t: _Trace, a: Region, b: Region, relation: tuple[float, bool] | None) -> None:
    t.say(f"First I mark the {a.phrase} ")
    t.mark(a)
    t.say(f" Next I mark the {b.phrase} ")
    t.mark(b, a, relation)


def _larger(t: _Trace, a: Region, b: Region, relation: tuple[float, bool] | None) -> str:
    _both(t, a, b, relation)
    if number(a.coverage_pct) == number(b.coverage_pct):
        t.say(f" Both cover {t.pct(a)}.")
        return "equal"
    word, winner = ("more", a) if a.coverage_pct > b.coverage_pct else ("less", b)
    t.say(f" {sentence(t.pct(a))} is {word} than {t.pct(b)}, so {winner.phrase} is larger.")
    return winner.phrase


def _missing(t: _Trace, a: Region, b: Region) -> str | None:
    """The first of two regions that is empty, said so."""
    for region in (a, b):
        if region.area_ha == 0:
            t.say(f" There is no {region.phrase}.")
            return f"no {region.phrase}"
    return None


def _distance(t: _Trace, a: Region, b: Region, relation: tuple[float, bool] | None) -> str:
    _both(t, a, b, relation)
    missing = _missing(t, a, b)
    if missing:
        return missing
    gap = _gap(t, relation)
    t.say(f" The shortest distance between them is {gap}.")
    return gap


def _gap(t: _Trace, relation: tuple[float, bool] | None) -> str:
    if t.measured:
        return f"{metres(relation[0])} m"
    return "0 m" if relation[1] else "not known without measuring"


def _border(t: _Trace, a: Region, b: Region, relation: tuple[float, bool] | None) -> str:
    _both(t, a, b, relation)
    if _missing(t, a, b):
        return "No"
    if relation[1]:
        t.say(" They are in contact.")
        return "Yes"
    t.say(" They are not in contact.")
    return "No"


def _area_distance(t: _Trace, a: Region, b: Region, relation: tuple[float, bool] | None) -> str:
    t.say(f"First I mark the {a.phrase} ")
    t.mark(a)
    t.say(f" Its area is {t.ha(a)}. Next I mark the {b.phrase} ")
    t.mark(b, a, relation)
    missing = _missing(t, a, b)
    if missing:
        return f"{t.ha(a)}, {missing}" if a.area_ha else missing
    gap = _gap(t, relation)
    t.say(f" The shortest distance between them is {gap}.")
    return f"{t.ha(a)}, {gap}"


def _change(t: _Trace, a: Region, b: Region, relation: tuple[float, bool] | None) -> str:
    t.say(f"Image: 1 I mark the {a.phrase} ")
    t.mark(a)
    t.say(f" Image: 2 I mark the {b.phrase} ")
    t.mark(b)
    t.say(f" It goes from {t.ha(a)} to {t.ha(b)}.")
    return f"from {t.ha(a)} to {t.ha(b)}"


_WRITERS = {
    "presence": _presence,
    "coverage": _coverage,
    "area": _area,
    "area_coverage": _area_coverage,
    "larger": _larger,
    "distance": _distance,
    "border": _border,
    "area_distance": _area_distance,
    "change": _change,
}
