"""Measures in words: the text that puts a mask's measure into the reasoning, and which measures a question asks for.

This is the one wording of measures in the model's context; Terra-CoT writes its traces with the same functions, so a
change here is a change of the training data.
"""

from __future__ import annotations

import math
import re
from dataclasses import dataclass
from typing import Literal

from .layout import LEAST_PART_PX

_SMALLEST = 0.01

Unit = Literal["ha", "points"]
"""in which regions are held against one another: hectares, or percentage points of the image"""


@dataclass(frozen=True)
class Relation:
    """How a region lies to an earlier one.

    Attributes:
        phrase: names the earlier region.
        distance_m: from edge to edge.
        contact: whether they share a pixel or a pixel edge.
        edge_pct: share of its edge along the earlier region; None when nobody asks.
        within_pct: share of it no further than `within_m` from the earlier region; None when nobody asks.
        within_m: the distance that was asked about.
        direction: in which it lies from the earlier region, "north-east"; "" when nobody asks.
    """

    phrase: str
    distance_m: float
    contact: bool
    edge_pct: float | None = None
    within_pct: float | None = None
    within_m: float = 0.0
    direction: str = ""


@dataclass(frozen=True)
class Asked:
    """Which measures a question asks for beside area and coverage, which every mask has."""

    parts: bool = False
    """how many separate parts a region has"""
    where: bool = False
    """in which part of the image it lies"""
    edge: bool = False
    """how much of its edge runs along another region"""
    direction: bool = False
    """in which direction from another region it lies"""
    within_m: float | None = None
    """how much of it lies within so many metres of another region"""
    area_m2: bool = False
    """its area in square metres"""
    part_size: bool = False
    """how large its parts are on average"""
    difference: Unit | None = None
    """by how much it differs from another region, or from itself at the first date"""
    ranking: bool = False
    """where it stands when regions are put in order of size"""
    mean: Unit | None = None
    """its mean over the dates"""


def number(value: float) -> str:
    """Write a quantity the way the model reads it: '1403', '12.3', '0.04'; never '0' for what is not nothing.

    Raises:
        ValueError: for a negative or non-finite value, which no measure has.
    """
    if not math.isfinite(value) or value < 0:
        raise ValueError(f"not a measure: {value}")
    if value == 0:
        return "0"
    decimals = 0 if value >= 100 else 1 if value >= 1 else 2
    text = f"{max(value, _SMALLEST):.{decimals}f}"
    return text.rstrip("0").rstrip(".") if decimals else text


def metres(distance_m: float) -> str:
    """Write a distance in whole metres; '0' only for touching regions."""
    return "0" if distance_m == 0 else str(max(1, round(distance_m)))


def square_metres(area_ha: float) -> str:
    """Write an area in whole square metres; '0' only for nothing."""
    return "0" if area_ha == 0 else str(max(1, round(area_ha * 10_000)))


def parts_text(parts: int) -> str:
    """'15 parts', '1 part', 'no part': separate parts of a region of at least `LEAST_PART_PX` pixels."""
    return f"{parts or 'no'} part{'' if parts == 1 else 's'}".replace("no parts", "no part")


def part_size(area_ha: float, parts: int) -> str:
    """The mean area of some parts, from the area as it is shown: '9.33 ha'."""
    return f"{number(float(number(area_ha)) / parts)} ha"


def measured_text(
    area_ha: float,
    coverage_pct: float,
    relation: Relation | None,
    parts: int | None = None,
    where: str = "",
    asked: Asked | None = None,
) -> str:
    """The measure of one mask as it enters the context.

    Args:
        area_ha: geodesic area of the mask; 0 for an empty mask, which is related to nothing.
        coverage_pct: its share of the valid pixels.
        relation: to an earlier region, or None.
        parts: its separate parts; None when nobody asks.
        where: its place in the image, "in the north"; "" when nobody asks.
        asked: whether somebody asks for square metres and how large its parts are; None: nobody does.

    Returns:
        '12.3 %, 1403 ha', or with all that can be asked for '12.3 %, 1403 ha, 14032000 m2; 15 parts of 93.5 ha on
        average; in the north; 230 m from water, no contact, 12 % of its edge, 34 % within 500 m, north-east of it'.
    """
    text = f"{number(coverage_pct)} %, {number(area_ha)} ha"
    if asked and asked.area_m2:
        text += f", {square_metres(area_ha)} m2"
    if parts is not None:
        text += f"; {parts_text(parts)}"
        if asked and asked.part_size and parts:
            text += f" of {part_size(area_ha, parts)} on average"
    if area_ha == 0:
        return text
    if where:
        text += f"; {where}"
    if relation is None:
        return text
    contact = "contact" if relation.contact else "no contact"
    text += f"; {metres(relation.distance_m)} m from {relation.phrase}, {contact}"
    if relation.edge_pct is not None:
        text += f", {number(relation.edge_pct)} % of its edge"
    if relation.within_pct is not None:
        text += f", {number(relation.within_pct)} % within {metres(relation.within_m)} m"
    if relation.direction:
        text += f", {relation.direction} of it"
    return text


_RELATING = re.compile(
    r"\b(?:far|distances?|near|nearer|nearest|close|closer|closest|borders?|bordering|touch|touches|touching"
    r"|adjacent|next to|between|from the|neighbou?rs?|neighbou?ring|contact)\b",
    re.IGNORECASE,
)
_UNITS = (
    r"hectares?|ha|per ?cent|percent(?:age)?|%|square|sq|met(?:re|er)s?|m2|m²|kilomet(?:re|er)s?|km2?|dates?|images?"
)
_COUNTING = re.compile(
    rf"\b(?:how many (?!(?:more |fewer )?(?:{_UNITS})\b)|number of (?!(?:{_UNITS})\b)|count (?!as\b)"
    r"|(?:fragment|scatter)\w*"
    r"|in how many (?:pieces|parts|patches)|one piece|connected)",
    re.IGNORECASE,
)
_LOCATING = re.compile(
    r"\b(?:where(?:abouts)?\b|located\b|location\b|position of\b|in (?:which|what) (?:part|corner|half)\b|situated\b)",
    re.IGNORECASE,
)
_ENCLOSING = re.compile(r"\b(?:enclos|surround|encircl|ringed)\w*\b|\bon all sides\b", re.IGNORECASE)
_DIRECTION = re.compile(
    r"\b(?:north|south|east|west)(?:-?(?:east|west)(?:ern)?|ern)? of\b"
    r"|\b(?:which|what) (?:side|direction)\b|\brelative to\b",
    re.IGNORECASE,
)
_SQUARE_METRES = re.compile(r"\b(?:square met(?:re|er)s?|sq\.? ?m|m2|m\u00b2)(?!\w)", re.IGNORECASE)
_PART_SIZE = re.compile(r"\bfragment\w*|\b(?:mean|average) (?:part|patch|piece)", re.IGNORECASE)
_DIFFERING = re.compile(
    r"\bby how (?:much|many)\b|\bdiffers?\b|\bdifferences?\b"
    r"|\bhow (?:much|many)(?: \w+)? (?:more|less|fewer|larger|smaller|bigger)\b",
    re.IGNORECASE,
)
_RANKING = re.compile(
    r"\b(?:rank|sort)(?:s|ed|ing)?\b|\border\b(?! to\b)|\b(?:largest|biggest|smallest|most|least) (?:one )?first\b"
    r"|\bfrom (?:the )?(?:largest|smallest) to\b|\blargest,? which (?:smallest|least)\b",
    re.IGNORECASE,
)
_AVERAGING = re.compile(r"\b(?:averages?|the mean|mean (?:area|share|coverage|size)|in the mean)\b", re.IGNORECASE)
_OF_SHARES = re.compile(
    r"\b(?:per ?cent(?:age)?|points?|coverages?|shares?|proportions?|fractions?|of (?:the|this) (?:image|scene))\b|%",
    re.IGNORECASE,
)
_WITHIN = re.compile(
    r"\b(?:within|closer than|nearer than|no (?:further|farther|more) than|less than|at most) "
    r"(?P<number>\d+(?:\.\d+)?)[ \u00a0]?(?P<unit>km|kilomet(?:re|er)s?|m|met(?:re|er)s?)\b",
    re.IGNORECASE,
)


def relates(question: str, reasoning: str) -> bool:
    """Whether the question, or the reasoning so far, speaks of how regions lie to one another."""
    wanted = asked(question)
    if wanted.edge or wanted.direction or wanted.within_m is not None:
        return True
    return bool(_RELATING.search(question) or _RELATING.search(reasoning))


def asked(question: str) -> Asked:
    """Which further measures a question asks for.

    >>> asked("How many hectares of water are there?") == Asked()
    True
    >>> asked("How many lakes lie within 2 km of the town, and where?") == Asked(parts=True, where=True, within_m=2000)
    True
    """
    unit: Unit = "points" if _OF_SHARES.search(question) else "ha"
    within = _WITHIN.search(question)
    scale = 1000 if within and within["unit"].lower().startswith("k") else 1
    return Asked(
        parts=bool(_COUNTING.search(question)),
        where=bool(_LOCATING.search(question)),
        edge=bool(_ENCLOSING.search(question)),
        direction=bool(_DIRECTION.search(question)),
        within_m=float(within["number"]) * scale if within else None,
        area_m2=bool(_SQUARE_METRES.search(question)),
        part_size=bool(_PART_SIZE.search(question)),
        difference=unit if _DIFFERING.search(question) else None,
        ranking=bool(_RANKING.search(question)),
        mean=unit if _AVERAGING.search(question) else None,
    )


PARTS_SIZE = f"{LEAST_PART_PX} pixels or more"
"""The smallest part that is counted, in words."""
