"""Level 1: basic spatial grounding, template-based and deterministic (paper section 3.3, appendix E.2).

The six tasks of the paper at one date, and what only several dates can answer. Each writer says the steps of one
question to a trace and returns the answer; `l2` chains the same steps.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal

from ..measure.words import PARTS_SIZE, Relation, square_metres
from .templates import countable, sentence
from .traces import Level, Region, Trace

Writer = Callable[..., str]
"""says the steps of one kind of question about its regions to a trace, and returns the answer"""


@dataclass(frozen=True)
class Kind:
    """One kind of question.

    Attributes:
        level: tier of Terra-CoT.
        task: of the six of L1, or the theme of L2.
        write: its writer; called with the trace and the regions, class by class, of each class date by date.
        classes: how many classes it is about.
        dates: all classes at one date; each at the first and the last; each at every date; or across: the first class
            at the first date and the second at the last.
        phrases: the classes, where the rule behind it fixes them.
        measured_only: whether it cannot be answered without measures.
        present: whether all its regions must be there.
        distinct: whether its regions must be of different size, as far as figures show.
    """

    level: Level
    task: str
    write: Writer
    classes: int = 1
    dates: Literal["one", "ends", "all", "across"] = "one"
    phrases: tuple[str, ...] = ()
    measured_only: bool = False
    present: bool = False
    distinct: bool = False

    @property
    def over_time(self) -> bool:
        """Whether only several dates can answer it."""
        return self.dates != "one"


def presence(t: Trace, a: Region) -> str:
    """Existence."""
    t.look(a, "I look for")
    if a.present:
        t.say(f" It covers {t.pct(a)} of the image, so it is there.")
        return "Yes"
    t.say(" That is nothing to speak of, so it is not there.")
    return "No"


def coverage(t: Trace, a: Region, words: str = "I mark the") -> str:
    """Share of the image."""
    t.look(a, words)
    t.say(f" It covers {t.pct(a)} of the image.")
    return t.pct(a)


def area(t: Trace, a: Region, words: str = "I mark the") -> str:
    """Hectares."""
    t.look(a, words)
    t.say(f" Its area is {t.ha(a)}.")
    return t.ha(a)


def _area_m2(t: Trace, a: Region) -> str:
    t.look(a)
    if not t.measured:
        t.say(f" It covers {t.pct(a)} of the image.")
        return t.pct(a)
    found = f"{square_metres(a.area_ha)} m2"
    t.say(f" Its area is {t.ha(a)}, which is {found}.")
    return found


def _area_coverage(t: Trace, a: Region) -> str:
    t.look(a)
    if not t.measured:
        t.say(f" It covers {t.pct(a)} of the image.")
        return t.pct(a)
    t.say(f" It covers {t.pct(a)} of the image, which is {t.ha(a)}.")
    return f"{t.ha(a)}, {t.pct(a)}"


def parts(t: Trace, a: Region, words: str = "I mark the") -> int:
    """Count of separate parts, said."""
    t.look(a, words)
    count = t.ground.parts(a)
    t.say(f" It has {count or 'no'} separate part{'' if count == 1 else 's'} of {PARTS_SIZE}.")
    return count


def _count(t: Trace, a: Region) -> str:
    count = parts(t, a)
    # The noun of the question, which may call a region otherwise than the reasoning does.
    pairs = countable(a.phrase)
    one, many = next((pair for pair in pairs if pair[1] in t.question.lower()), pairs[0])
    return f"{count} {one if count == 1 else many}"


def location(t: Trace, a: Region) -> str:
    """Part of the image."""
    t.look(a)
    place = t.ground.where(a)
    if not place:
        t.say(f" There is no {a.phrase}.")
        return f"no {a.phrase}"
    t.say(f" It lies {place}.")
    return place


def both(t: Trace, a: Region, b: Region) -> Relation | None:
    """Mark two regions; returns how the second lies to the first."""
    t.look(a, "First I mark the")
    return t.look(b, "Next I mark the")


def missing(t: Trace, *regions: Region) -> str | None:
    """The first region that is empty, said so."""
    for region in regions:
        if region.area_ha == 0:
            t.say(f" There is no {region.phrase}.")
            return f"no {region.phrase}"
    return None


def distance(t: Trace, a: Region, b: Region) -> str:
    """Metres from edge to edge."""
    relation = both(t, a, b)
    gone = missing(t, a, b)
    if gone:
        return gone
    t.say(f" The shortest distance between them is {t.gap(relation)}.")
    return t.gap(relation)


def border(t: Trace, a: Region, b: Region) -> str:
    """Contact."""
    relation = both(t, a, b)
    if missing(t, a, b):
        return "No"
    if relation.contact:
        t.say(" They are in contact.")
        return "Yes"
    t.say(" They are not in contact.")
    return "No"


def _change(t: Trace, a: Region, b: Region) -> str:
    t.look(a)
    t.look(b)
    t.say(f" It goes {t.from_to(a, b)}.")
    return t.from_to(a, b)


def grown(t: Trace, a: Region, b: Region) -> str:
    """Whether a class has grown, with its areas."""
    t.look(a)
    t.look(b)
    verdict = {1: "grown", -1: "shrunk", 0: "not changed"}[t.growth(a, b)]
    t.say(f" It goes {t.from_to(a, b)}, so it has {verdict}.")
    return f"{verdict}, {t.from_to(a, b)}"


def _balance(gain: bool) -> Writer:
    """Loss or gain as far as two areas tell it: their difference, which is left to the reader to take."""
    one, none = ("more", "no gain") if gain else ("less", "no loss")

    def write(t: Trace, a: Region, b: Region) -> str:
        t.look(a)
        t.look(b)
        found = one if t.growth(a, b) == (1 if gain else -1) else none
        t.say(f" It goes {t.from_to(a, b)}, so on balance there is {found}.")
        return f"{found}, {t.from_to(a, b)}"

    return write


def _series(share: bool) -> Writer:
    """The figure of each date, one after the other."""

    def write(t: Trace, *regions: Region) -> str:
        for region in regions:
            t.look(region)
        return ", ".join(f"image {region.image}: {t.pct(region) if share else t.ha(region)}" for region in regions)

    return write


def _extreme(least: bool) -> Writer:
    """The date with the most or the least, found by holding each date against the best so far."""
    order, word, most = (-1, "less", "least") if least else (1, "more", "most")

    def write(t: Trace, *regions: Region) -> str:
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


L1: dict[str, Kind] = {
    "presence": Kind("L1", "existence", presence),
    "count": Kind("L1", "counting", _count),
    "location": Kind("L1", "localisation", location),
    "coverage": Kind("L1", "area", coverage),
    "area": Kind("L1", "area", area),
    "area_m2": Kind("L1", "area", _area_m2),
    "area_coverage": Kind("L1", "area", _area_coverage),
    "border": Kind("L1", "border", border, classes=2),
    "distance": Kind("L1", "distance", distance, classes=2),
    "change": Kind("L1", "change", _change, dates="ends"),
    "grown": Kind("L1", "change", grown, dates="ends"),
    "lost": Kind("L1", "change", _balance(gain=False), dates="ends"),
    "gained": Kind("L1", "change", _balance(gain=True), dates="ends"),
    "series": Kind("L1", "change", _series(share=False), dates="all"),
    "series_coverage": Kind("L1", "change", _series(share=True), dates="all"),
    "most": Kind("L1", "change", _extreme(least=False), dates="all"),
    "least": Kind("L1", "change", _extreme(least=True), dates="all"),
}
"""Kinds of questions of level 1; their wordings stand in `templates.QUESTIONS`."""

TASKS = ("existence", "counting", "localisation", "area", "border", "distance")
"""the six tasks of the paper; "change" is asked where there are several dates"""
