"""What an answer claims, held against what was measured."""

from __future__ import annotations

import math
import re
from collections.abc import Sequence
from dataclasses import dataclass
from statistics import fmean

from ..protocol import Change, Claim, Distance, Step
from .comparisons import shown
from .words import metres, number, square_metres

_RELATIVE_TOLERANCE = 0.01


@dataclass(frozen=True)
class ParsedClaim:
    """A figure found in a text.

    `unit` is a unit of `protocol.Claim`; `clause` is the part of the text around it, `lead` its sentence up to the
    figure and `tail` its clause after it; `later` says that the text gives it to the later of two dates. `counts` are
    the numbers of "2 of 5 buildings are gone", which is claimed as a share. `points` says that it is the difference of
    two shares of the image.
    """

    text: str
    value: float
    unit: str
    decimals: int = 0
    clause: str = ""
    later: bool = False
    lead: str = ""
    tail: str = ""
    counts: tuple[int, int] | None = None
    points: bool = False


_FIGURE = re.compile(
    r"(?P<number>(?<!\w)[-\u2212]?(?<![\d.,])(?:\d{1,3}(?:,\d{3})+|\d+)(?:\.(?P<decimals>\d+))?)"
    r"[ \u00a0\u202f]*"
    r"(?:(?P<km2>(?i:sq(?:uare|\.)? ?(?:kilomet(?:re|er)s?|km)|km2|km\u00b2))"
    r"|(?P<m2>(?i:sq(?:uare|\.)? ?(?:met(?:re|er)s?|m)|m2|m\u00b2))"
    r"|(?P<ha>(?i:hectares?|ha))"
    r"|(?P<points>(?i:(?:% ?|percentage )?points?))"
    r"|(?P<pct>%|(?i:per ?cent))"
    r"|(?P<km>km|(?i:kilomet(?:re|er)s?))"
    r"|(?P<m>m|(?i:met(?:re|er)s?)))"
    r"(?![\w\u00b2])"
)
_UNITS = {"km2": "km2", "m2": "m2", "ha": "ha", "points": "%", "pct": "%", "km": "km", "m": "m"}
_CLAUSE_END = re.compile(r"[.,;](?=\s|$)|\n|\b(?:and|while|whereas|but)\b", re.IGNORECASE)


# "within 300 m of the water": how far is looked, not a length that is claimed.
_REACH = re.compile(r"\b(?:within|closer than|nearer than|no (?:further|farther) than)\s+$", re.IGNORECASE)
_COUNTS = re.compile(
    r"(?<![\w.,])(?P<part>\d{1,6}) (?:out )?of (?:the |its )?(?P<all>\d{1,6})(?![\w.,]*\d)(?: [a-z][\w-]*)?"
)
_OF_IMAGE = re.compile(r"\bof (?:the|this) (?:image|scene|whole|area)\b", re.IGNORECASE)
_SENTENCE_END = re.compile(r"[.!?](?=\s|$)|[;\n]")


def parse_claims(text: str) -> list[ParsedClaim]:
    """Find the areas, shares and lengths that a text states, and objects counted at two dates, in order."""
    found: dict[int, ParsedClaim] = {}
    taken: set[int] = set()
    for match in _FIGURE.finditer(text):
        unit = next(_UNITS[name] for name in _UNITS if match[name])
        if unit in ("m", "km") and _REACH.search(text[: match.start()]):
            continue
        value = float(match["number"].replace(",", "").replace("\u2212", "-"))
        found[match.start()] = _parsed(text, match, value, unit)
        taken.update(range(*match.span()))
    for match in _COUNTS.finditer(text):
        part, whole = int(match["part"]), int(match["all"])
        if taken.isdisjoint(range(*match.span())) and whole and _OBJECTS.search(_clause(text, match)):
            found[match.start()] = _parsed(text, match, 100 * part / whole, "%", (part, whole))
    return [found[start] for start in sorted(found)]


def _parsed(
    text: str, match: re.Match[str], value: float, unit: str, counts: tuple[int, int] | None = None
) -> ParsedClaim:
    before = text[: match.start()]
    clause = _clause(text, match)
    return ParsedClaim(
        text=match[0],
        value=value,
        unit=unit,
        decimals=0 if counts else len(match["decimals"] or ""),
        clause=clause,
        later=bool(_LATER.search(clause) or _FROM_TO.search(before)),
        lead=before[max((end.end() for end in _SENTENCE_END.finditer(before)), default=0) :],
        tail=text[match.end() : _bounds(text, match)[1]],
        counts=counts,
        points=bool(match.groupdict().get("points")),
    )


def check(
    claims: Sequence[ParsedClaim],
    steps: Sequence[Step],
    distances: Sequence[Distance],
    changes: Sequence[Change] = (),
    shares_pct: Sequence[float] = (),
) -> list[Claim]:
    """Put the measured figure beside each claimed one.

    The region named in the claim's own clause, else last in its sentence, decides which measure it is held against,
    else the first mask (areas and shares) or the first distance (lengths). The closest measure is never picked: that
    would hide errors. Only where one thing is measured twice, an area in a step and again in a change, for which the
    dates were mapped together, either is right.

    What was gained, lost or kept, by how much a region grew or shrank and how many of its objects are gone is only
    told by a change; over more than two dates only growth is, unless the text names two images that follow. By how much
    two regions of one image differ is told by their steps, and a mean by those of one region at several dates.

    Where the question asks for a share of a region (within a reach, of its edge), `shares_pct` has what was measured of
    each region in turn: a percentage is held against the last one, unless the text says that it is of the image.
    """
    checked = []
    for claim in claims:
        of_region = bool(shares_pct) and claim.unit == "%" and not (claim.points or _OF_IMAGE.search(claim.clause))
        found_measures = [shares_pct[-1]] if of_region else _measures(claim, steps, distances, changes)
        measures = [found for found in found_measures if found is not None]
        measured = next((measured for measured in measures if _agrees(claim, measured)), next(iter(measures), None))
        agrees = None if measured is None else _agrees(claim, measured)
        if claim.counts and agrees is not None:
            agrees = claim.counts in _counted(claim, _changes(claim, steps, changes))
        checked.append(Claim(text=claim.text, value=claim.value, unit=claim.unit, measured=measured, agrees=agrees))
    return checked


def _clause(text: str, figure: re.Match[str]) -> str:
    start, end = _bounds(text, figure)
    return text[start:end].strip()


def _bounds(text: str, figure: re.Match[str]) -> tuple[int, int]:
    """Where the clause of a figure begins and ends."""
    ends = [match for match in _CLAUSE_END.finditer(text) if not _joins_a_name(text, match)]
    start = max((match.end() for match in ends if match.end() <= figure.start()), default=0)
    end = min((match.start() for match in ends if match.start() >= figure.end()), default=len(text))
    return start, end


def _joins_a_name(text: str, match: re.Match[str]) -> bool:
    """'snow and ice' is one class: its 'and' ends no clause."""
    return match[0].lower() == "and" and bool(re.search(r"snow\s+$", text[: match.start()], re.IGNORECASE))


_LATER = re.compile(r"\b(?:second|later|after|afterwards|image:? ?2)\b", re.IGNORECASE)
_ABOUT = r"(?:(?:about|around|roughly|some|approximately|nearly|almost)\s+)?"
_FROM_TO = re.compile(rf"\bfrom\s(?:[^.;:]|\.\d)*\bto\s+{_ABOUT}$", re.IGNORECASE)
_FROM = re.compile(rf"\bfrom\s+{_ABOUT}$", re.IGNORECASE)
# The words that say what a figure is of a change, and what that is called here.
_ASPECT = re.compile(
    r"\b(?:(?P<shrunk>net loss|shr[aiu]nk\w*|decreas\w*|declin\w*|drop\w*|fell|fallen|reduc\w*|diminish\w*|reced\w*)"
    r"|(?P<grown>net (?:gain|change|growth)|grow\w*|grew|increas\w*|expan\w*|rose|risen|chang\w+ (?=(?:by|of)\b))"
    r"|(?P<gained>gain\w*|new|newly|appear\w*)"
    r"|(?P<gone>gone|vanish\w*|disappear\w*|destroy\w*)"
    r"|(?P<lost>los[est]\w*|cleared|removed)"
    r"|(?P<kept>kept|stay\w*|unchanged|persist\w*|remain\w*|still|surviv\w*))\b",
    re.IGNORECASE,
)
_OBJECTS = re.compile(
    r"\b(?:gone|vanish\w*|disappear\w*|destroy\w*|lost|new|remain\w*|still|surviv\w*)\b", re.IGNORECASE
)
_THAN = re.compile(
    r"\s*(?:more|larger|bigger|less|smaller|fewer)\b(?P<one>[^.,;]*?)\bthan\b(?P<other>[^.,;]*)", re.IGNORECASE
)
_BY = re.compile(rf"\bby\s+{_ABOUT}$", re.IGNORECASE)
_AVERAGE = re.compile(r"\b(?:averages?|mean)\b", re.IGNORECASE)
_PAIR = 2
_COMPARED = re.compile(r"\s*(?:(?P<grown>more|larger|bigger)|(?P<shrunk>less|smaller|fewer))\b", re.IGNORECASE)
_IMAGE = re.compile(r"\b(?:image|date):? ?(\d)\b", re.IGNORECASE)


def _aspect(claim: ParsedClaim, phrases: Sequence[str]) -> str:
    """What of a change a figure is: a group of `_ASPECT`, "earlier" or "later"; "" when it is no figure of a change."""
    lead, tail = claim.lead, claim.tail
    for phrase in sorted(filter(None, phrases), key=len, reverse=True):  # a region may be called "cleared land"
        lead, tail = (re.sub(rf"\b{re.escape(phrase)}\b", "_", text, flags=re.IGNORECASE) for text in (lead, tail))
    if lead.endswith("+") or claim.value < 0:
        return "grown"
    if _FROM_TO.search(lead):
        return "later"
    if _FROM.search(lead) and re.match(r"[^.,;]*\bto\b", tail):
        return "earlier"
    if re.search(r"\bof (?:its|their)(?: \w+)?\s+$", lead, re.IGNORECASE):
        return "earlier"
    compared = _COMPARED.match(tail)
    if compared:
        return str(compared.lastgroup)
    starts = [end.end() for end in _CLAUSE_END.finditer(lead)]
    words = list(_ASPECT.finditer(lead, max(starts, default=0))) or list(_ASPECT.finditer(tail))[:1]
    if not words:
        return ""
    aspect = str(words[-1].lastgroup)
    return "later" if aspect in ("grown", "shrunk") and re.search(r"\bto\s+$", lead, re.IGNORECASE) else aspect


def _named(claim: ParsedClaim, phrases: Sequence[str]) -> list[str]:
    """Phrases that the claim's clause contains, else the one that its sentence named last."""

    def ends(text: str) -> dict[str, int]:
        found = {p: list(re.finditer(rf"\b{re.escape(p)}\b", text, re.IGNORECASE)) for p in phrases if p}
        return {phrase: matches[-1].end() for phrase, matches in found.items() if matches}

    before = ends(claim.lead)
    return list(ends(claim.clause)) or sorted(before, key=lambda phrase: -before[phrase])[:1]


def _measures(
    claim: ParsedClaim, steps: Sequence[Step], distances: Sequence[Distance], changes: Sequence[Change]
) -> list[float | None]:
    """What the claim is held against: one measure, or two of the same thing."""
    phrases = list(dict.fromkeys(step.phrase for step in steps))
    named = _named(claim, phrases)
    if claim.unit in ("m", "km"):
        indices = {step.index for step in steps if step.phrase in named}
        ranked = sorted(distances, key=lambda d: -len(indices & {d.from_step, d.to_step}))
        return [ranked[0].distance_m / (1000 if claim.unit == "km" else 1)] if ranked else []
    if not steps:
        return []
    aspect = _aspect(claim, phrases)
    found = _changes(claim, steps, changes)
    pair = None if found else _held_together(claim, steps)
    if pair:
        return [_difference(claim, *pair)]
    if aspect == "kept" and len(found) != 1:
        aspect = "later"  # what remains, where no change tells what stayed in its place
    if aspect not in ("", "earlier", "later"):
        return _of_changes(claim, aspect, found, steps)
    # With the same phrase on two dates, the date that the claim speaks of.
    spoken_of = [step for step in steps if step.phrase in (named or phrases[:1])]
    if _AVERAGE.search(claim.lead + claim.text + claim.tail) and len({step.image for step in spoken_of}) > 1:
        return [fmean(_shown(claim, step) for step in spoken_of)]
    image = _image(claim, aspect, spoken_of)
    step = min(spoken_of, key=lambda step: step.image != image)
    if claim.unit == "%":
        return [step.coverage_pct]
    together = [change.earlier_ha for change in changes if change.from_step == step.index]
    together += [change.later_ha for change in changes if change.to_step == step.index]
    return [_in_unit(area_ha, claim.unit) for area_ha in (step.area_ha, *together)]


def _shown(claim: ParsedClaim, step: Step) -> float:
    """A step's figure in the claim's unit, as the model read it: what is worked out is worked out from these."""
    return float(shown(step, "points")) if claim.unit == "%" else _in_unit(float(shown(step, "ha")), claim.unit)


def _held_together(claim: ParsedClaim, steps: Sequence[Step]) -> tuple[Step, Step] | None:
    """The two regions whose difference is claimed, the one named as the larger or smaller first; None if none is."""
    than = _THAN.match(claim.tail)
    # "18 ha more" and no further word: than the other region, where one date alone was looked at.
    bare = _COMPARED.fullmatch(claim.tail.rstrip(" .;,")) and len({step.image for step in steps}) == 1
    if not (claim.points or than or bare or _BY.search(claim.lead)):
        return None
    image = steps[-1].image
    beside = {step.phrase: step for step in steps if step.image == image and step.phrase}
    # Behind "than" stands what a region is held against, before the figure the region itself.
    behind = _named(ParsedClaim("", 0, "", clause=than["other"]), list(beside)) if than else []
    lead = claim.lead + (than["one"] if than else "")
    before = _named(ParsedClaim("", 0, "", clause=lead), [p for p in beside if p not in behind])
    pair = [*before[:1], *behind[:1]]
    pair += [phrase for phrase in beside if phrase not in pair] if len(beside) == _PAIR else []
    if len(pair) != _PAIR:
        return None
    if behind and not before:
        pair.reverse()
    return beside[pair[0]], beside[pair[1]]


def _difference(claim: ParsedClaim, one: Step, other: Step) -> float:
    """By how much one region is larger than the other, or smaller, as the claim has it."""
    difference = _shown(claim, one) - _shown(claim, other)
    compared = _COMPARED.match(claim.tail)
    if one.phrase.lower() not in claim.lead.lower() and not _THAN.match(claim.tail):
        return abs(difference)  # "4.2 points", "18 ha more": of which one nobody says
    return -difference if compared and compared["shrunk"] else difference


def _image(claim: ParsedClaim, aspect: str, steps: Sequence[Step]) -> int:
    images = [step.image for step in steps]
    told = _IMAGE.search(claim.clause)
    if told:
        return int(told[1])
    if re.search(r"\bsecond\b", claim.clause, re.IGNORECASE):
        return 2
    return max(images) if aspect == "later" or (claim.later and aspect != "earlier") else min(images)


def _changes(claim: ParsedClaim, steps: Sequence[Step], changes: Sequence[Change]) -> list[Change]:
    """The changes of the region that a claim speaks of, between the images that it names or between all."""
    phrases = [step.phrase for step in steps]
    named = _named(claim, phrases)[:1] or [change.phrase for change in changes][:1]
    found = [change for change in changes if change.phrase in named]
    images = [int(image) for image in _IMAGE.findall(claim.lead + claim.text + claim.tail)]
    between = [change for change in found if [change.from_image, change.to_image] == images[-2:]]
    return between or found


def _of_changes(
    claim: ParsedClaim, aspect: str, changes: Sequence[Change], steps: Sequence[Step]
) -> list[float | None]:
    """The measure of a figure of a change, in the claim's unit; of several that follow one another only growth."""
    if claim.counts:
        pairs = _counted(claim, changes)
        return [100 * part / whole for part, whole in pairs if whole]
    if aspect in ("grown", "shrunk"):
        return _growth(claim, aspect, changes, steps)
    if len(changes) != 1:
        return []
    (change,) = changes
    if claim.unit == "%":
        kept_pct = None if change.lost_pct is None else 100 - change.lost_pct
        return {
            "gained": [change.gained_pct],
            "lost": [change.lost_pct],
            # Of the objects, or of their area.
            "gone": [change.gone_pct, change.lost_pct],
            "kept": [kept_pct],
        }[aspect]
    hectares = {
        "gained": [change.gained_ha],
        "lost": [change.lost_ha],
        "gone": [change.lost_ha],
        # What stays at 12 ha need not stay in its place.
        "kept": [change.kept_ha, change.later_ha, *(s.area_ha for s in steps if s.index == change.to_step)],
    }[aspect]
    return [_in_unit(area_ha, claim.unit) for area_ha in hectares]


def _growth(claim: ParsedClaim, aspect: str, changes: Sequence[Change], steps: Sequence[Step]) -> list[float | None]:
    """How much larger (or, for "shrunk", smaller) the last date is than the first: mapped together, and each alone."""
    if not changes:
        return []
    area_ha = {step.index: step.area_ha for step in steps}
    ends = [(changes[0].earlier_ha, changes[-1].later_ha)]
    if changes[0].from_step in area_ha and changes[-1].to_step in area_ha:
        first, last = (step for step in steps if step.index in (changes[0].from_step, changes[-1].to_step))
        ends += [(first.area_ha, last.area_ha), (float(shown(first, "ha")), float(shown(last, "ha")))]
    sign = 1 if aspect == "grown" else -1
    if claim.unit == "%":
        return [sign * 100 * (later - earlier) / earlier if earlier else None for earlier, later in ends]
    return [sign * _in_unit(later - earlier, claim.unit) for earlier, later in ends]


def _counted(claim: ParsedClaim, changes: Sequence[Change]) -> list[tuple[int, int]]:
    """The measured counts beside those of "2 of 5 buildings are gone"."""
    if len(changes) != 1:
        return []
    (change,) = changes
    word = _OBJECTS.search(claim.clause)
    said = word[0].lower() if word else ""
    if said == "new":
        return [(change.objects_new, change.objects_later)]
    if re.match("remain|still|surviv", said):
        return [(change.objects_earlier - change.objects_gone, change.objects_earlier)]
    return [(change.objects_gone, change.objects_earlier)]


def _in_unit(area_ha: float, unit: str) -> float:
    return area_ha * {"ha": 1, "m2": 1e4, "km2": 0.01}[unit]


def _agrees(claim: ParsedClaim, measured: float) -> bool:
    difference = abs(claim.value - measured)
    rounding = 0.5 * 10.0**-claim.decimals
    if difference <= rounding * (1 + 1e-9) or difference <= _RELATIVE_TOLERANCE * abs(measured):
        return True
    # Written exactly as the measure was given to the model: agreement, however small the measure.
    if claim.unit == "m2":
        given = square_metres(abs(measured) / 1e4)
    else:
        given = metres(measured) if claim.unit == "m" else number(abs(measured))
    return claim.value == math.copysign(float(given), measured)
