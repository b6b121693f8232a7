"""Figures in words: the text that puts a mask's measure into the reasoning, and the check of what an answer claims.

`measured_text` is the one wording of measures in the model's context; training writes its traces with the same
function, so a change here is a change of the training data.
"""

from __future__ import annotations

import math
import re
from collections.abc import Sequence
from dataclasses import dataclass

from ..protocol import Claim, Distance, Step

_SMALLEST = 0.01
_RELATIVE_TOLERANCE = 0.01


@dataclass(frozen=True)
class Relation:
    """How a region lies to an earlier one: `phrase` names the earlier region."""

    phrase: str
    distance_m: float
    contact: bool


@dataclass(frozen=True)
class ParsedClaim:
    """A figure found in a text.

    `unit` is a unit of `protocol.Claim`; `clause` is the part of the text around it; `later` says that the text gives
    it to the second of two dates.
    """

    text: str
    value: float
    unit: str
    decimals: int = 0
    clause: str = ""
    later: bool = False


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


def measured_text(area_ha: float, coverage_pct: float, relation: Relation | None) -> str:
    """The measure of one mask as it enters the context.

    Args:
        area_ha: geodesic area of the mask; 0 for an empty mask, which is related to nothing.
        coverage_pct: its share of the valid pixels.
        relation: to an earlier region, or None.

    Returns:
        '12.3 %, 1403 ha', or '12.3 %, 1403 ha; 230 m from water, no contact'.
    """
    text = f"{number(coverage_pct)} %, {number(area_ha)} ha"
    if relation is None or area_ha == 0:
        return text
    contact = "contact" if relation.contact else "no contact"
    return f"{text}; {metres(relation.distance_m)} m from {relation.phrase}, {contact}"


_RELATING = re.compile(
    r"\b(?:far|distances?|near|nearest|close|closer|closest|borders?|bordering|touch|touches|touching|adjacent|next to"
    r"|between|from the|neighbou?rs?|neighbou?ring|contact)\b",
    re.IGNORECASE,
)


def relates(question: str, reasoning: str) -> bool:
    """Whether the question, or the reasoning so far, speaks of how regions lie to one another."""
    return bool(_RELATING.search(question) or _RELATING.search(reasoning))


_FIGURE = re.compile(
    r"(?P<number>(?<!\w)[-\u2212]?(?<![\d.,])(?:\d{1,3}(?:,\d{3})+|\d+)(?:\.(?P<decimals>\d+))?)"
    r"[ \u00a0\u202f]*"
    r"(?:(?P<km2>(?i:sq(?:uare|\.)? ?(?:kilomet(?:re|er)s?|km)|km2|km\u00b2))"
    r"|(?P<m2>(?i:sq(?:uare|\.)? ?(?:met(?:re|er)s?|m)|m2|m\u00b2))"
    r"|(?P<ha>(?i:hectares?|ha))"
    r"|(?P<pct>%|(?i:per ?cent))"
    r"|(?P<km>km|(?i:kilomet(?:re|er)s?))"
    r"|(?P<m>m|(?i:met(?:re|er)s?)))"
    r"(?![\w\u00b2])"
)
_UNITS = {"km2": "km2", "m2": "m2", "ha": "ha", "pct": "%", "km": "km", "m": "m"}
_CLAUSE_END = re.compile(r"[.,;](?=\s|$)|\n|\b(?:and|while|whereas|but)\b", re.IGNORECASE)


def parse_claims(text: str) -> list[ParsedClaim]:
    """Find the areas, shares and lengths that a text states, in order."""
    claims = []
    for match in _FIGURE.finditer(text):
        unit = next(_UNITS[name] for name in _UNITS if match[name])
        value = float(match["number"].replace(",", "").replace("\u2212", "-"))
        clause = _clause(text, match)
        later = bool(_LATER.search(clause) or _FROM_TO.search(text[: match.start()]))
        claims.append(ParsedClaim(match[0], value, unit, len(match["decimals"] or ""), clause, later))
    return claims


def check(claims: Sequence[ParsedClaim], steps: Sequence[Step], distances: Sequence[Distance]) -> list[Claim]:
    """Put the measured figure beside each claimed one.

    The region named in the claim's own clause decides which measure it is held against, else the first mask (areas
    and shares) or the first distance (lengths). The closest measure is never picked: that would hide errors.
    """
    checked = []
    for claim in claims:
        measured = _measure(claim, steps, distances)
        agrees = None if measured is None else _agrees(claim, measured)
        checked.append(Claim(text=claim.text, value=claim.value, unit=claim.unit, measured=measured, agrees=agrees))
    return checked


def _clause(text: str, figure: re.Match[str]) -> str:
    ends = [match for match in _CLAUSE_END.finditer(text) if not _joins_a_name(text, match)]
    start = max((match.end() for match in ends if match.end() <= figure.start()), default=0)
    end = min((match.start() for match in ends if match.start() >= figure.end()), default=len(text))
    return text[start:end].strip()


def _joins_a_name(text: str, match: re.Match[str]) -> bool:
    """'snow and ice' is one class: its 'and' ends no clause."""
    return match[0].lower() == "and" and bool(re.search(r"snow\s+$", text[: match.start()], re.IGNORECASE))


_LATER = re.compile(r"\b(?:second|later|after|afterwards|image:? ?2)\b", re.IGNORECASE)
_FROM_TO = re.compile(r"\bfrom\s(?:[^.;:]|\.\d)*\bto\s+$", re.IGNORECASE)


def _named(clause: str, steps: Sequence[Step]) -> list[Step]:
    """Steps whose phrase the clause contains."""
    return [s for s in steps if re.search(rf"\b{re.escape(s.phrase)}\b", clause, re.IGNORECASE) and s.phrase]


def _measure(claim: ParsedClaim, steps: Sequence[Step], distances: Sequence[Distance]) -> float | None:
    named = _named(claim.clause, steps)
    if claim.unit in ("m", "km"):
        indices = {step.index for step in named}
        ranked = sorted(distances, key=lambda d: -len(indices & {d.from_step, d.to_step}))
        if not ranked:
            return None
        return ranked[0].distance_m / (1000 if claim.unit == "km" else 1)
    if not steps:
        return None
    # With the same phrase on two dates, the date that the claim speaks of.
    spoken_of = named or [step for step in steps if step.phrase == steps[0].phrase]
    step = min(spoken_of, key=lambda step: step.image != 1 + claim.later)
    return {
        "ha": step.area_ha,
        "m2": step.area_ha * 1e4,
        "km2": step.area_ha / 100,
        "%": step.coverage_pct,
    }[claim.unit]


def _agrees(claim: ParsedClaim, measured: float) -> bool:
    difference = abs(claim.value - measured)
    rounding = 0.5 * 10.0**-claim.decimals
    if difference <= rounding * (1 + 1e-9) or difference <= _RELATIVE_TOLERANCE * abs(measured):
        return True
    # Written exactly as the measure was given to the model: agreement, however small the measure.
    given = metres(measured) if claim.unit == "m" else number(measured)
    return claim.value == float(given)
