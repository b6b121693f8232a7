"""What regions come to when they are held against one another, in words: differences, ranks, means over dates.

A small model reads and copies well and calculates badly, so the runtime tells it what a question asks to be worked out.
Like `words`, this is the one wording for the runtime and for the traces it learns from. Everything is worked out from
the figures as they are shown, so that it can be followed in the text.
"""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from typing import Protocol

from .words import Asked, Unit, number


class Marked(Protocol):
    """A region that reasoning has marked: a step of the runtime, or a region of a trace."""

    @property
    def phrase(self) -> str:
        """What it is called."""

    @property
    def image(self) -> int:
        """1-based date."""

    @property
    def coverage_pct(self) -> float:
        """Its share of the image."""

    @property
    def area_ha(self) -> float:
        """Its area in hectares."""


def compared_text(asked: Asked, marked: Sequence[Marked]) -> str:
    """What stands behind the last of some marked regions beside its own measure.

    Args:
        asked: by the question.
        marked: all regions so far, in order; the last one has just been marked.

    Returns:
        '; 4.2 points more than water', '; 3 ha less than in image 1', '; from the largest: trees, water',
        '; mean of 3 images 12.3 ha', several of them one after the other, or ''.
    """
    last = marked[-1]
    text = ""
    if asked.difference and (rival := rival_of(marked)):
        than = rival.phrase if rival.phrase != last.phrase else f"in image {rival.image}"
        text += f"; {difference(rival, last, asked.difference)} than {than}"
    if asked.ranking and len(ranked := from_the_largest(marked)) > 1:
        text += f"; from the largest: {', '.join(region.phrase for region in ranked)}"
    if asked.mean and len(dates := at_each_date(marked)) > 1:
        text += f"; mean of {len(dates)} images {mean(dates, asked.mean)}"
    return text


def rival_of(marked: Sequence[Marked]) -> Marked | None:
    """What the last region is held against: itself at the first date, else the latest other one of its image."""
    *earlier, last = marked
    before = [region for region in earlier if region.phrase == last.phrase and region.image != last.image]
    if before:
        return before[0]
    beside = [region for region in earlier if region.phrase != last.phrase and region.image == last.image]
    return beside[-1] if beside else None


def difference(first: Marked, second: Marked, unit: Unit) -> str:
    """How much larger or smaller the second is: '4.2 points more', '475 ha less', '0 ha more'."""
    change = shown(second, unit) - shown(first, unit)
    return f"{abs(change) if change else 0} {unit} {'less' if change < 0 else 'more'}"


def from_the_largest(marked: Sequence[Marked]) -> list[Marked]:
    """The regions of the last one's image, each once, the largest first; equal ones as they were marked."""
    beside = {region.phrase: region for region in marked if region.image == marked[-1].image}
    return sorted(beside.values(), key=lambda region: -region.coverage_pct)


def at_each_date(marked: Sequence[Marked]) -> list[Marked]:
    """The last region at each date at which it was marked."""
    return list({region.image: region for region in marked if region.phrase == marked[-1].phrase}.values())


def mean(regions: Sequence[Marked], unit: Unit) -> str:
    """The mean of some regions: '12.3 ha', or of their shares '4 %'."""
    value = sum(shown(region, unit) for region in regions) / len(regions)
    return f"{number(float(value))} {'%' if unit == 'points' else unit}"


def shown(region: Marked, unit: Unit) -> Decimal:
    """A region's area or share, as it is written."""
    return Decimal(number(region.area_ha if unit == "ha" else region.coverage_pct))
