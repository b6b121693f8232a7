"""Reasoning traces with [SEG] marks whose every figure follows from the masks (paper section 3.3).

A trace is a list of pieces: text to be learnt, a [SEG] with its region, and measured text that is only read. The
figures come from `measure` through `words.measured_text`, the same words the runtime writes while it reasons.
`l1`, `l2` and `captions` write traces with `Trace`; here stands what they have in common.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal, Protocol

from ..measure.comparisons import compared_text
from ..measure.words import Relation, asked, measured_text, metres, number, relates
from ..model.marks import MEASURE_MARKS, SEG_MARK
from .templates import agree
from .vocabulary import is_plural

PRESENT_PCT = 0.1
"""A class that covers less of the image than this counts as absent."""

Level = Literal["caption", "L1", "L2-Spatial", "L2-Semantic", "source"]
"""tiers of Terra-CoT (paper Fig. 3, appendix E.2); "source" is a question that the source itself brought"""


@dataclass(frozen=True)
class Region:
    """One class of one image, and how large it is."""

    phrase: str
    """what reasoning calls it"""
    image: int
    """1-based date"""
    coverage_pct: float
    area_ha: float

    @property
    def present(self) -> bool:
        """Whether there is enough of it to speak of, going by the figure as it is shown."""
        return float(number(self.coverage_pct)) >= PRESENT_PCT


class Ground(Protocol):
    """What is known of how regions lie; `facts.Facts` measures it on masks."""

    def relate(self, a: Region, b: Region) -> tuple[float, bool] | None:
        """Distance in metres and contact of two regions; None when one of them is empty."""

    def parts(self, region: Region) -> int:
        """Separate parts of at least `layout.LEAST_PART_PX` pixels."""

    def where(self, region: Region) -> str:
        """In which part of the image, as `layout.where` says it."""

    def edge_pct(self, region: Region, other: Region) -> float:
        """Share of the region's edge along the other one."""

    def within_pct(self, region: Region, other: Region, reach_m: float) -> float:
        """Share of the region that lies no further than `reach_m` from the other one."""

    def direction(self, region: Region, other: Region) -> str:
        """In which of eight directions the region lies from the other one."""


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

    level: Level
    kind: str
    """of question: a key of the tables of `l1`, `l2` or "caption" """
    question: str
    trace: tuple[Piece, ...]
    """think block and answer block; the answer block alone where a source brings no reasoning"""
    answer: str
    measured: bool
    """whether exact measures stand behind each [SEG]"""

    @property
    def regions(self) -> tuple[Region, ...]:
        """The region of each [SEG], in order."""
        return tuple(piece.region for piece in self.trace if isinstance(piece, Seg))

    @property
    def text(self) -> str:
        """The whole trace as text: `[SEG]` for each mark, measures between `<measure>` and `</measure>`."""
        opening, closing = MEASURE_MARKS
        written = {Seg: lambda _: SEG_MARK, Measured: lambda piece: f"{opening}{piece.text}{closing}", str: str}
        return "".join(written[type(piece)](piece) for piece in self.trace)


class Trace:
    """Pieces written one after the other; figures worded as the mode allows.

    Args:
        question: decides which measures stand behind each [SEG], as it does at run time.
        measured: whether they stand there at all; without them figures are rounded estimates.
        dates: how many there are; when several, the trace says before each [SEG] at which one it looks.
        ground: how regions lie.
    """

    def __init__(self, question: str, measured: bool, dates: int, ground: Ground) -> None:
        self.question, self.measured, self.dates, self.ground = question, measured, dates, ground
        self.asked = asked(question)
        self.pieces: list[Piece] = ["<think>"]
        self.marked: list[Region] = []

    def say(self, text: str, *about: Region) -> None:
        """Go on with text; its verbs agree with the regions it is about and those that have been marked."""
        text = agree(text, {region.phrase for region in (*about, *self.marked) if is_plural(region.phrase)})
        if isinstance(self.pieces[-1], str):
            self.pieces[-1] += text
        else:
            self.pieces.append(text)

    def look(self, region: Region, words: str = "I mark the") -> Relation | None:
        """Name a region and mark it; returns how it lies to its partner, where question or trace relate regions."""
        space = "" if self.pieces == ["<think>"] else " "
        # The paper's temporal indicator (section 3.2): whose mask is meant. One date alone has none.
        indicator = f"Image: {region.image} " if self.dates > 1 else ""
        self.say(f"{space}{indicator}{words} {region.phrase} ", region)
        spoken = "".join(piece for piece in self.pieces if isinstance(piece, str))
        earlier = partner(self.marked, region) if relates(self.question, spoken) else None
        relation = self._relation(region, earlier) if earlier else None
        self.pieces.append(Seg(region))
        self.marked.append(region)
        if self.measured:
            parts = self.ground.parts(region) if self.asked.parts else None
            place = self.ground.where(region) if self.asked.where else ""
            text = measured_text(region.area_ha, region.coverage_pct, relation, parts, place, self.asked)
            self.pieces.append(Measured(text + compared_text(self.asked, self.marked)))
        return relation

    def _relation(self, region: Region, earlier: Region) -> Relation | None:
        found = self.ground.relate(earlier, region)
        if found is None:
            return None
        wanted, ground = self.asked, self.ground
        return Relation(
            earlier.phrase,
            *found,
            edge_pct=ground.edge_pct(region, earlier) if wanted.edge else None,
            within_pct=ground.within_pct(region, earlier, wanted.within_m) if wanted.within_m else None,
            within_m=wanted.within_m or 0.0,
            direction=ground.direction(region, earlier) if wanted.direction else "",
        )

    def pct(self, region: Region) -> str:
        """How much of the image a region covers."""
        return self.share(region.coverage_pct)

    def share(self, value: float) -> str:
        """A percentage: as measured, or as an estimate."""
        if self.measured:
            return f"{number(value)} %"
        return f"about {round(value)} %" if value == 0 or round(value) else "less than 1 %"

    def ha(self, region: Region) -> str:
        """Its area; without measures the model cannot know the ground area of the image: it says the share instead."""
        return f"{number(region.area_ha)} ha" if self.measured else self.pct(region)

    def gap(self, relation: Relation) -> str:
        """The distance of a relation; without measures only contact can be seen."""
        if self.measured:
            return f"{metres(relation.distance_m)} m"
        return "0 m" if relation.contact else "not known without measuring"

    def growth(self, a: Region, b: Region) -> int:
        """1 where the second is the larger one as far as the figures show, -1 where it is the smaller one, else 0."""
        if self.ha(a) == self.ha(b):
            return 0
        more = b.area_ha > a.area_ha if self.measured else b.coverage_pct > a.coverage_pct
        return 1 if more else -1

    def from_to(self, a: Region, b: Region) -> str:
        """How an area went."""
        return f"from {self.ha(a)} to {self.ha(b)}"

    def finish(self, answer: str, tag: str = "answer") -> tuple[Piece, ...]:
        """The pieces, closed by the answer."""
        return (*self.pieces, f"</think><{tag}>{answer}</{tag}>")


def partner(marked: Sequence[Region], region: Region) -> Region | None:
    """The earlier region that one is related to, by the rule of the pipeline's `partner_of`."""
    others = [earlier for earlier in marked if earlier.phrase != region.phrase]
    same_image = [earlier for earlier in others if earlier.image == region.image]
    if same_image:
        return same_image[-1]
    return marked[0] if marked and marked[0] in others else None
