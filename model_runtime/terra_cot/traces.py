"""Reasoning traces with [SEG] marks whose every figure follows from the masks (paper section 3.3, L1).

A trace is a list of pieces: text to be learnt, a [SEG] with its mask, and measured text that is only read. The
figures come from `measure` through `claims.measured_text`, the same words the runtime writes while it reasons.
"""

from __future__ import annotations

import random
import re
from collections.abc import Callable
from dataclasses import dataclass

from ..measure.claims import Relation, measured_text, metres, number, relates
from .templates import IN_RADAR, PHRASES, QUESTIONS, SYNONYMS, moments, sentence

PRESENT_PCT = 0.1
"""A class that covers less of the image than this counts as absent."""

TWO = ("larger", "distance", "border", "area_distance")
"""kinds of questions about two classes at one date"""
OVER_TIME = ("change", "grown", "lost", "gained", "grew", "series", "series_coverage", "most", "least")
"""kinds of questions that only several dates can answer"""


@dataclass(frozen=True)
class Region:
    """One class of one image, and how large it is."""

    label: int
    """1-based class code."""
    image: int
    """1-based date."""
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


def needed(kind: str, dates: int, rng: random.Random) -> list[tuple[int, int]]:
    """What a question of one kind is about, in the order in which the reasoning marks it.

    Args:
        kind: a key of `templates.QUESTIONS`; several dates are needed for those of `OVER_TIME`.
        dates: how many there are.
        rng: chooses the date of a question about one date.

    Returns:
        Which class (0 is the first that is asked about, 1 the second) at which 1-based date.
    """
    if kind == "grew":
        return [(0, 1), (0, dates), (1, 1), (1, dates)]
    if kind in ("change", "grown", "lost", "gained"):
        return [(0, 1), (0, dates)]
    if kind in OVER_TIME:
        return [(0, date) for date in range(1, dates + 1)]
    date = rng.randint(1, dates)
    return [(0, date), (1, date)] if kind in TWO else [(0, date)]


def ask(kind: str, regions: list[Region], rng: random.Random, *, dates: int = 1, radar: bool = False) -> str:
    """One wording of a question; see `compose`."""
    a, b = regions[0].phrase, regions[-1].phrase
    text = rng.choice(QUESTIONS[kind]).format(a=rng.choice(SYNONYMS[a]), b=rng.choice(SYNONYMS[b]))
    date = regions[0].image
    if dates > 1 and kind not in OVER_TIME:
        # Where one date is meant and none is named, it is the newest; how large a class is, is then told of each.
        silent = date == dates and kind not in ("coverage", "area") and rng.random() < 0.3
        text = text if silent else _placed(text, rng.choice(moments(date, dates)), rng)
    elif dates == 1 and radar and rng.random() < 0.08:
        text = _placed(text, rng.choice(IN_RADAR), rng)
    dice = rng.random()
    if dice < 0.1:
        text = text.lower()
    elif dice < 0.2:
        text = text.rstrip("?.")
    return text


def _placed(question: str, where: str, rng: random.Random) -> str:
    """A question that says at its end or its beginning which image it is about."""
    text, end = re.sub(r" in (?:the|this) (?:image|scene)(?=[?.]$)", "", question), question[-1]
    if rng.random() < 0.3:
        return f"{sentence(where)}, {text[:1].lower()}{text[1:]}"
    return f"{text.removesuffix(end)} {where}{end}"


def compose(
    kind: str, regions: list[Region], relate: Relate, rng: random.Random, *, measured: bool, dates: int = 1,
    radar: bool = False,
) -> Sample:  # fmt: skip
    """Question, trace and answer of one kind.

    Args:
        kind: a key of `templates.QUESTIONS`.
        regions: what it is about, as `needed` lists it.
        relate: how two regions lie to one another.
        rng: source of all variation.
        measured: whether exact measures stand behind each [SEG]; without them figures are rounded estimates.
        dates: how many dates there are; when several, the trace says before each [SEG] at which one it looks.
        radar: whether the only image is a radar image; now and then the question says so.
    """
    question = ask(kind, regions, rng, dates=dates, radar=radar)
    trace = _Trace(question, measured, dates, relate)
    answer = _WRITERS[kind](trace, *regions)
    return Sample(kind, question, (*trace.pieces, f"</think><answer>{answer}</answer>"), answer)


class _Trace:
    """Pieces written one after the other; figures worded as the mode allows."""

    def __init__(self, question: str, measured: bool, dates: int, relate: Relate) -> None:
        self.question, self.measured, self.dates, self.relate = question, measured, dates, relate
        self.pieces: list[Piece] = ["<think>"]
        self.marked: list[Region] = []

    def say(self, text: str) -> None:
        if isinstance(self.pieces[-1], str):
            self.pieces[-1] += text
        else:
            self.pieces.append(text)

    def look(self, region: Region, words: str = "I mark the") -> tuple[float, bool] | None:
        """Name a region and mark it; returns how it lies to its partner, where the question or the trace relates."""
        space = "" if self.pieces == ["<think>"] else " "
        # The paper's temporal indicator (section 3.2): whose mask is meant. One date alone has none.
        indicator = f"Image: {region.image} " if self.dates > 1 else ""
        self.say(f"{space}{indicator}{words} {region.phrase} ")
        spoken = "".join(piece for piece in self.pieces if isinstance(piece, str))
        earlier = partner(self.marked, region) if relates(self.question, spoken) else None
        relation = self.relate(earlier, region) if earlier else None
        self.pieces.append(Seg(region))
        self.marked.append(region)
        if self.measured:
            told = Relation(earlier.phrase, *relation) if earlier and relation else None
            self.pieces.append(Measured(measured_text(region.area_ha, region.coverage_pct, told)))
        return relation

    def pct(self, region: Region) -> str:
        if self.measured:
            return f"{number(region.coverage_pct)} %"
        return f"about {round(region.coverage_pct)} %"

    def ha(self, region: Region) -> str:
        # Without measures the model cannot know the ground area of the image: it says the share instead.
        return f"{number(region.area_ha)} ha" if self.measured else self.pct(region)

    def growth(self, a: Region, b: Region) -> int:
        """1 where the second is the larger one as far as the figures show, -1 where it is the smaller one, else 0."""
        if self.ha(a) == self.ha(b):
            return 0
        more = b.area_ha > a.area_ha if self.measured else b.coverage_pct > a.coverage_pct
        return 1 if more else -1

    def from_to(self, a: Region, b: Region) -> str:
        return f"from {self.ha(a)} to {self.ha(b)}"


def partner(marked: list[Region], region: Region) -> Region | None:
    """The earlier region that one is related to, by the rule of the pipeline's `partner_of`."""
    others = [earlier for earlier in marked if earlier.label != region.label]
    same_image = [earlier for earlier in others if earlier.image == region.image]
    if same_image:
        return same_image[-1]
    return marked[0] if marked and marked[0] in others else None


def _present(region: Region) -> bool:
    return region.coverage_pct >= PRESENT_PCT


def _presence(t: _Trace, a: Region) -> str:
    t.look(a, "I look for")
    if _present(a):
        t.say(f" It covers {t.pct(a)} of the image, so it is there.")
        return "Yes"
    t.say(" That is nothing to speak of, so it is not there.")
    return "No"


def _coverage(t: _Trace, a: Region) -> str:
    t.look(a)
    t.say(f" It covers {t.pct(a)} of the image.")
    return t.pct(a)


def _area(t: _Trace, a: Region) -> str:
    t.look(a)
    t.say(f" Its area is {t.ha(a)}.")
    return t.ha(a)


def _area_coverage(t: _Trace, a: Region) -> str:
    t.look(a)
    if not t.measured:
        t.say(f" It covers {t.pct(a)} of the image.")
        return t.pct(a)
    t.say(f" It covers {t.pct(a)} of the image, which is {t.ha(a)}.")
    return f"{t.ha(a)}, {t.pct(a)}"


def _both(t: _Trace, a: Region, b: Region) -> tuple[float, bool] | None:
    t.look(a, "First I mark the")
    return t.look(b, "Next I mark the")


def _larger(t: _Trace, a: Region, b: Region) -> str:
    _both(t, a, b)
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


def _distance(t: _Trace, a: Region, b: Region) -> str:
    relation = _both(t, a, b)
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


def _border(t: _Trace, a: Region, b: Region) -> str:
    relation = _both(t, a, b)
    if _missing(t, a, b):
        return "No"
    if relation[1]:
        t.say(" They are in contact.")
        return "Yes"
    t.say(" They are not in contact.")
    return "No"


def _area_distance(t: _Trace, a: Region, b: Region) -> str:
    t.look(a, "First I mark the")
    t.say(f" Its area is {t.ha(a)}.")
    relation = t.look(b, "Next I mark the")
    missing = _missing(t, a, b)
    if missing:
        return f"{t.ha(a)}, {missing}" if a.area_ha else missing
    gap = _gap(t, relation)
    t.say(f" The shortest distance between them is {gap}.")
    return f"{t.ha(a)}, {gap}"


def _change(t: _Trace, a: Region, b: Region) -> str:
    t.look(a)
    t.look(b)
    t.say(f" It goes {t.from_to(a, b)}.")
    return t.from_to(a, b)


def _grown(t: _Trace, a: Region, b: Region) -> str:
    t.look(a)
    t.look(b)
    verdict = {1: "grown", -1: "shrunk", 0: "not changed"}[t.growth(a, b)]
    t.say(f" It goes {t.from_to(a, b)}, so it has {verdict}.")
    return f"{verdict}, {t.from_to(a, b)}"


def _balance(gain: bool) -> _Writer:
    """Loss or gain as far as two areas tell it: their difference, which is left to the reader to take."""
    one, none = ("more", "no gain") if gain else ("less", "no loss")

    def write(t: _Trace, a: Region, b: Region) -> str:
        t.look(a)
        t.look(b)
        found = one if t.growth(a, b) == (1 if gain else -1) else none
        t.say(f" It goes {t.from_to(a, b)}, so on balance there is {found}.")
        return f"{found}, {t.from_to(a, b)}"

    return write


def _grew(t: _Trace, a: Region, later_a: Region, b: Region, later_b: Region) -> str:
    grown = []
    for one, other in ((a, later_a), (b, later_b)):
        t.look(one)
        t.look(other)
        growth = t.growth(one, other)
        t.say(f" It goes {t.from_to(one, other)}, so it has {'grown' if growth == 1 else 'not grown'}.")
        grown += [one.phrase] if growth == 1 else []
    return grown[0] if len(grown) == 1 else "both" if grown else "neither"


def _series(share: bool) -> _Writer:
    """The figure of each date, one after the other."""

    def write(t: _Trace, *regions: Region) -> str:
        for region in regions:
            t.look(region)
        return ", ".join(f"image {region.image}: {t.pct(region) if share else t.ha(region)}" for region in regions)

    return write


def _extreme(least: bool) -> _Writer:
    """The date with the most or the least, found by holding each date against the best so far."""
    order, word, most = (-1, "less", "least") if least else (1, "more", "most")

    def write(t: _Trace, *regions: Region) -> str:
        best = regions[0]
        t.look(best)
        for region in regions[1:]:
            t.look(region)
            better = t.growth(best, region) == order
            t.say(f" {sentence(t.ha(region))} is {'' if better else 'not '}{word} than {t.ha(best)}, ")
            best = region if better else best
            t.say(f"so image {best.image} has the {most}.")
        if not any(region.area_ha for region in regions):
            t.say(f" There is no {best.phrase}.")
            return f"no {best.phrase}"
        return f"image {best.image} with {t.ha(best)}"

    return write


_Writer = Callable[..., str]
"""writes the trace of one kind about its regions, and returns the answer"""

_WRITERS: dict[str, _Writer] = {
    "presence": _presence,
    "coverage": _coverage,
    "area": _area,
    "area_coverage": _area_coverage,
    "larger": _larger,
    "distance": _distance,
    "border": _border,
    "area_distance": _area_distance,
    "change": _change,
    "grown": _grown,
    "lost": _balance(gain=False),
    "gained": _balance(gain=True),
    "grew": _grew,
    "series": _series(share=False),
    "series_coverage": _series(share=True),
    "most": _extreme(least=False),
    "least": _extreme(least=True),
}
