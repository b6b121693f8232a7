"""The six tasks of the benchmark: what each asks, what it leaves out, and the figure that answers it (appendix D).

A task draws one question about a site, or none where the site has nothing for it. Figures come from `measure`, on the
site's grid: hectares and metres are geodesic.
"""

from __future__ import annotations

import itertools
import random
from collections.abc import Callable, Iterator
from dataclasses import dataclass

import numpy as np

from ..measure import distance as gap
from ..measure.area import M2_PER_HA
from ..measure.contact import between as contact
from ..rasters.parts import part_pixels
from . import wording
from .options import OPTIONS, Margin, figures, shown
from .places import BUILDINGS, DESTROYED, LEAST_BUILDINGS, LEAST_DESTROYED, Site, counted

COVERAGE_MARGIN = Margin(3.0)
"""Percentage points."""
AREA_MARGIN = Margin(0.0, 0.08)
DISTANCE_SHARE = 0.1
"""Margin of a distance: a tenth of it, and at least two pixels."""
COUNT_MARGIN = Margin(2.0, 0.1)
RATE_MARGIN = Margin(3.0)
LEAST_PCT, MOST_PCT = 1.0, 95.0
"""Of the image: what is smaller is not asked about; what is nearly everywhere leaves no room for distractors."""
RANKING_POINTS, RANKING_SHARE = 1.0, 0.1
"""Two areas are ranked when they differ by a percentage point of the image and by a tenth of the larger."""
DISTANCE_PIXELS = 2
"""Regions that lie nearer are not asked about."""
BOUNDARY_PCT, BOUNDARY_PIECES = 3.0, 5
"""Regions that cover less, or that fall into more pieces, are left out of boundary questions (paper, appendix D)."""


@dataclass(frozen=True)
class Mark:
    """A region that an answer follows from: its phrase, its date among those shown (1-based), bool (H, W)."""

    phrase: str
    image: int
    mask: np.ndarray


@dataclass(frozen=True)
class Draft:
    """A question before its options are put in order.

    Attributes:
        question: Where one date is shown.
        options: The right one first.
        value: The exact figure; None for an answer in words.
        unit: Of it; "" for none.
        marks: In the order of the question.
        two_dates: Whether it needs both dates.
    """

    question: str
    options: tuple[str, ...]
    value: float | None
    unit: str
    marks: tuple[Mark, ...]
    two_dates: bool = False


Draw = Callable[[Site, random.Random, int, str], Draft | None]
"""Site, source of all variation, how many distractors are to be smaller than the truth, and of a question whose options
are two words the one that is to be right ("" for any) -> question."""


def _there(site: Site, rng: random.Random, most_pct: float = 100.0) -> list[str]:
    """Classes that there is enough of, in drawn order."""
    found = [phrase for phrase in site.phrases if LEAST_PCT <= site.pct(phrase) <= most_pct]
    return rng.sample(found, len(found))


def _pairs(phrases: list[str]) -> Iterator[tuple[str, str]]:
    return itertools.combinations(phrases, 2)


def _marks(site: Site, *phrases: str) -> tuple[Mark, ...]:
    return tuple(Mark(phrase, 1, site.mask(phrase)) for phrase in phrases)


def coverage_percentage(site: Site, rng: random.Random, below: int, wanted: str) -> Draft | None:
    """Share of the image, in percent."""
    for phrase in _there(site, rng, MOST_PCT):
        value = site.pct(phrase)
        options = figures(value, COVERAGE_MARGIN, lambda pct: f"{round(pct)}%", rng, below, least=0.5, most=99.0)
        if options:
            question = wording.ask("coverage", wording.names([phrase], rng), rng)
            return Draft(question, options, value, "%", _marks(site, phrase))
    return None


def absolute_area(site: Site, rng: random.Random, below: int, wanted: str) -> Draft | None:
    """Hectares or square metres."""
    for phrase in _there(site, rng):
        if site.doubt_pct(phrase) > AREA_MARGIN.share / 2 * site.pct(phrase):
            continue  # what is not labelled could move the area by half the margin
        area_ha = site.areas.area_ha(site.mask(phrase))
        kind, value, unit = rng.choice((("area", area_ha, "ha"), ("area_m2", area_ha * M2_PER_HA, "m2")))
        options = figures(value, AREA_MARGIN, lambda area, unit=unit: f"{shown(area)} {unit}", rng, below)
        if options:
            question = wording.ask(kind, wording.names([phrase], rng), rng)
            return Draft(question, options, value, unit, _marks(site, phrase))
    return None


def area_ranking(site: Site, rng: random.Random, below: int, wanted: str) -> Draft | None:
    """The larger of two regions."""
    for pair in _pairs(_there(site, rng)):
        shares = [site.pct(phrase) for phrase in pair]
        doubt = sum(map(site.doubt_pct, pair))
        if abs(shares[0] - shares[1]) < max(RANKING_POINTS, RANKING_SHARE * max(shares), doubt):
            continue
        called = wording.names(pair, rng)
        larger = called if shares[0] > shares[1] else called[::-1]
        return Draft(wording.ask("larger", called, rng), larger, None, "", _marks(site, *pair))
    return None


def distance(site: Site, rng: random.Random, below: int, wanted: str) -> Draft | None:
    """Metres from nearest edge to nearest edge."""
    pixel_m = max(site.grid.pixel_size_m)
    for pair in _pairs(_there(site, rng)):
        found = gap.between(*map(site.mask, pair), site.grid)
        if found is None or found.distance_m < DISTANCE_PIXELS * pixel_m:
            continue
        margin = Margin(DISTANCE_PIXELS * pixel_m, DISTANCE_SHARE)
        options = figures(found.distance_m, margin, lambda metres: f"{shown(metres)} m", rng, below)
        if options:
            question = wording.ask("distance", wording.names(pair, rng), rng)
            return Draft(question, options, found.distance_m, "m", _marks(site, *pair))
    return None


def boundary_detection(site: Site, rng: random.Random, below: int, wanted: str) -> Draft | None:
    """Whether two regions touch: one of them grown by a pixel meets the other."""
    clear = [phrase for phrase in _there(site, rng) if _is_clear(site, phrase)]
    for pair in _pairs(clear):
        # To share a pixel edge is to meet once one of the two has grown by a pixel to its four sides.
        answer = "Yes" if contact(*map(site.mask, pair), site.grid).touches else "No"
        if wanted in ("", answer):
            other = "No" if answer == "Yes" else "Yes"
            question = wording.ask("border", wording.names(pair, rng), rng)
            return Draft(question, (answer, other), None, "", _marks(site, *pair))
    return None


def _is_clear(site: Site, phrase: str) -> bool:
    return site.pct(phrase) >= BOUNDARY_PCT and len(part_pixels(site.mask(phrase))) <= BOUNDARY_PIECES


def building_change(site: Site, rng: random.Random, below: int, wanted: str) -> Draft | None:
    """How many buildings were destroyed, or what share of them: R = destroyed / all x 100 %."""
    if site.buildings is None:
        return None
    before, destroyed = site.buildings.before & site.valid, site.buildings.destroyed & site.valid
    total, gone = len(counted(before)), len(counted(destroyed))
    if total < LEAST_BUILDINGS or gone < LEAST_DESTROYED:
        return None
    kind = rng.choice(("damage_count", "damage_rate"))
    if kind == "damage_count":
        value, unit = float(gone), "buildings"
        options = figures(value, COUNT_MARGIN, lambda count: f"{round(count)} buildings", rng, below, least=1.0)
    else:
        value, unit = 100 * gone / total, "%"
        options = figures(value, RATE_MARGIN, lambda pct: f"{round(pct)}%", rng, below, least=0.5, most=100.0)
    if options is None:
        return None
    marks = (Mark(BUILDINGS, 1, before), Mark(DESTROYED, 2, destroyed))
    return Draft(wording.ask(kind, (), rng), options, value, unit, marks, two_dates=True)


DRAWS: dict[str, Draw] = {
    "coverage_percentage": coverage_percentage,
    "absolute_area": absolute_area,
    "area_ranking": area_ranking,
    "distance": distance,
    "boundary_detection": boundary_detection,
    "building_change": building_change,
}
"""What draws a question of each task."""

OPTIONS_OF = {task: 2 if task in ("area_ranking", "boundary_detection") else OPTIONS for task in DRAWS}
"""How many options its questions have."""
