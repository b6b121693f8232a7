"""Level 2: questions of several steps, each composed of steps of level 1 (paper section 3.3, appendix E.2).

L2-Spatial relates regions. L2-Semantic judges by a written rule, whose idea comes from its source and whose figures,
where the source gives none for a land-cover map, are ours and marked so. The rules judge what a map can show, no more.
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from ..measure import comparisons
from ..measure.words import Unit, number, part_size
from .l1 import Kind, Writer, area, both, coverage, grown, missing, parts
from .templates import sentence
from .traces import Region, Trace

# Every verdict is drawn from the figures as they are shown, so that it can be followed in the text.


@dataclass(frozen=True)
class Rule:
    """A rule of L2-Semantic.

    Attributes:
        says: the rule in one sentence.
        source: where the idea and the figure come from.
    """

    says: str
    source: str


FARMING_PCT = 50
FLOOD_REACH_M = 100
PART_HA = 10
GREEN_REACH_M = 300
CONTINUOUS_PCT, DISCONTINUOUS_PCT = 80, 30
FOREST_PCT, FOREST_HA = 10, Decimal("0.5")
CANOPY_PCT = 30
DOMINANT_PCT = 50
CLEARED_PCT = 5
ENCLOSED_PCT = 95

_IN_TURN = ("First I mark the", "Next I mark the", "Then I mark the")

RULES: dict[str, Rule] = {
    "farming": Rule(
        "Suitable when cropland and grassland together cover at least half of the image.",
        "after FAO (1976), A framework for land evaluation: present land use as a land quality; the half is ours, "
        "soils, slope and climate are not looked at",
    ),
    "flood_exposure": Rule(
        "Exposed when built-up area lies within 100 m of water.",
        "idea: Directive 2007/60/EC (floods), article 6: assets near water; the 100 m are ours, heights are not "
        "looked at",
    ),
    "fragmentation": Rule(
        "Fragmented when its parts have less than 10 ha on average.",
        "mean patch size: McGarigal and Marks (1995), FRAGSTATS; the 10 ha are ours",
    ),
    "green_space": Rule(
        "Served well when at least half of the built-up area lies within 300 m of trees.",
        "300 m: WHO Regional Office for Europe (2016), Urban green spaces and health; the half is ours",
    ),
    "urban_fabric": Rule(
        "Continuous urban fabric from 80 %, discontinuous from 30 % of built-up area.",
        "CORINE Land Cover nomenclature (EEA), classes 1.1.1 and 1.1.2",
    ),
    "forest_land": Rule(
        "Forest when tree cover is above 10 % on more than 0.5 ha.",
        "FAO, Global Forest Resources Assessment 2020, terms and definitions; land use is not looked at",
    ),
    "buffer_strip": Rule(
        "Protected when no cropland is in contact with water.",
        "buffer strips along water courses: Regulation (EU) 2021/2115, annex III, GAEC 4; contact at the "
        "size of a pixel",
    ),
    "canopy": Rule(
        "Reached from 30 % of tree cover.",
        "Konijnendijk (2023), Evidence-based guidelines for greener, healthier, more resilient neighbourhoods: the "
        "3-30-300 rule",
    ),
    "landscape": Rule("Dominated by a class that covers at least half of the image, else mixed.", "ours"),
    "deforestation": Rule(
        "Deforestation when tree cover shrinks by at least 5 % of what it was.",
        "conversion of forest: FAO, Global Forest Resources Assessment 2020; the 5 % are ours, a margin of mapping",
    ),
    "urban_growth": Rule(
        "Growth when built-up area increases.", "land consumption: United Nations, SDG indicator 11.3.1"
    ),
    "flooding": Rule("Flooded when water has grown to at least one and a half of what it was.", "ours"),
    "damage_count": Rule(
        "Destroyed buildings of the later image, of the buildings of the earlier one.",
        "paper, appendix D: building change estimation",
    ),
    "damage_rate": Rule("R = destroyed / all x 100 %.", "paper, appendix D: building change estimation"),
}
"""What each kind of L2-Semantic judges by, and where that comes from."""


def _shown(text: str) -> Decimal:
    """The number of a figure as a trace writes it: "12.3 %", "about 12 %", "230 m"; a half of "less than 1 %"."""
    if text.startswith("less than"):
        return Decimal("0.5")
    return Decimal(text.removeprefix("about ").split()[0])


# --- spatial ----------------------------------------------------------------------------------------------------------
def _larger(t: Trace, a: Region, b: Region) -> str:
    both(t, a, b)
    if t.pct(a) == t.pct(b):
        t.say(f" Both cover {t.pct(a)}.")
        return "equal"
    word, winner = ("more", a) if a.coverage_pct > b.coverage_pct else ("less", b)
    t.say(f" {sentence(t.pct(a))} is {word} than {t.pct(b)}, so {winner.phrase} is larger.")
    return winner.phrase


def _difference(t: Trace, a: Region, b: Region) -> str:
    shown = [coverage(t, a, "First I mark the"), coverage(t, b, "Next I mark the")]
    first, second = (_shown(text) for text in shown)
    points = f"{abs(first - second)} points"
    if first == second:
        t.say(" They cover the same.")
        return "no difference"
    winner = a if first > second else b
    t.say(f" {sentence(winner.phrase)} covers more, by {points}.")
    return f"{winner.phrase} by {points}"


def _difference_area(t: Trace, a: Region, b: Region) -> str:
    area(t, a, "First I mark the")
    area(t, b, "Next I mark the")
    if t.ha(a) == t.ha(b):
        t.say(" They are of the same size.")
        return "no difference"
    change = _shown(t.ha(b)) - _shown(t.ha(a))
    winner = b if change > 0 else a
    t.say(f" {sentence(winner.phrase)} is larger, by {abs(change)} ha.", winner)
    return f"{winner.phrase} by {abs(change)} ha"


def _area_distance(t: Trace, a: Region, b: Region) -> str:
    area(t, a, "First I mark the")
    relation = t.look(b, "Next I mark the")
    gone = missing(t, a, b)
    if gone:
        return f"{t.ha(a)}, {gone}" if a.area_ha else gone
    t.say(f" The shortest distance between them is {t.gap(relation)}.")
    return f"{t.ha(a)}, {t.gap(relation)}"


def _rank(t: Trace, *regions: Region) -> str:
    for region, words in zip(regions, _IN_TURN, strict=True):
        coverage(t, region, words)
    order = ", ".join(region.phrase for region in sorted(regions, key=lambda region: -region.coverage_pct))
    # Where the order is told, in its own words: so it is copied more easily.
    t.say(f" From the largest{'' if t.measured else ' to the smallest'}: {order}.")
    return order


def _which_borders(t: Trace, a: Region, b: Region, c: Region) -> str:
    # Each region is related to the one marked before it: the third stands between the two it is held against.
    t.look(a, "First I mark the")
    found = [(a, t.look(c, "Next I mark the")), (b, t.look(b, "Then I mark the"))]
    touching = []
    for region, relation in found:
        touches = relation is not None and relation.contact
        t.say(f" {sentence(region.phrase)} {'touches' if touches else 'does not touch'} {c.phrase}.")
        touching += [region.phrase] if touches else []
    return touching[0] if len(touching) == 1 else "both" if touching else "neither"


def _nearer(t: Trace, a: Region, b: Region, c: Region) -> str:
    t.look(a, "First I mark the")
    to_a = t.look(c, "Next I mark the")
    to_b = t.look(b, "Then I mark the")
    gaps = [t.gap(to_a), t.gap(to_b)]
    t.say(f" {sentence(c.phrase)} is {gaps[0]} from {a.phrase} and {gaps[1]} from {b.phrase}, ")
    if gaps[0] == gaps[1]:
        t.say("which is the same.")
        return "equally near"
    winner = a if to_a.distance_m < to_b.distance_m else b
    t.say(f"so {winner.phrase} is nearer.")
    return winner.phrase


def _towards(t: Trace, a: Region, b: Region) -> str:
    """Direction of `a` from `b`, said; "" where their middles coincide."""
    both(t, b, a)
    if missing(t, a, b):
        return ""
    found = t.ground.direction(a, b)
    t.say(f" The middle of the {a.phrase} lies {found or 'nowhere but at the middle'} of the {b.phrase}.")
    return found


def _direction(t: Trace, a: Region, b: Region) -> str:
    return _towards(t, a, b) or "none"


def _side_of(side: str) -> Writer:
    def write(t: Trace, a: Region, b: Region) -> str:
        found = _towards(t, a, b)
        return "Yes" if side in found.split("-") else "No"

    return write


def _reach(t: Trace, a: Region, b: Region, reach_m: float) -> float | None:
    """How much of `a` lies within a reach of `b`, said; None where one of them is not there."""
    both(t, b, a)
    if missing(t, a, b):
        return None
    share = t.ground.within_pct(a, b, reach_m)
    t.say(f" {sentence(t.share(share))} of the {a.phrase} lies within {reach_m:.0f} m of the {b.phrase}.")
    return share


def _within(t: Trace, a: Region, b: Region) -> str:
    share = _reach(t, a, b, t.asked.within_m)
    return f"Yes, {t.share(share)} of it" if share and _shown(t.share(share)) else "No"


def _within_share(t: Trace, a: Region, b: Region) -> str:
    share = _reach(t, a, b, t.asked.within_m)
    return t.share(share or 0.0)


def _ringed(t: Trace, a: Region, b: Region) -> float:
    """How much of the edge of `a` runs along `b`, said."""
    both(t, b, a)
    if missing(t, a, b):
        return 0.0
    share = t.ground.edge_pct(a, b)
    t.say(f" {sentence(t.share(share))} of the edge of the {a.phrase} runs along the {b.phrase}.")
    return share


def _enclosed(t: Trace, a: Region, b: Region) -> str:
    return "Yes" if _shown(t.share(_ringed(t, a, b))) >= ENCLOSED_PCT else "No"


def _edge_share(t: Trace, a: Region, b: Region) -> str:
    return t.share(_ringed(t, a, b))


def _grew(t: Trace, a: Region, later_a: Region, b: Region, later_b: Region) -> str:
    grown = []
    for one, other in ((a, later_a), (b, later_b)):
        t.look(one)
        t.look(other)
        growth = t.growth(one, other)
        t.say(f" It goes {t.from_to(one, other)}, so it has {'grown' if growth == 1 else 'not grown'}.")
        grown += [one.phrase] if growth == 1 else []
    return grown[0] if len(grown) == 1 else "both" if grown else "neither"


def _change_by(t: Trace, a: Region, b: Region) -> str:
    t.look(a)
    t.look(b)
    change = comparisons.difference(a, b, "ha") if t.growth(a, b) else "no change"
    t.say(f" It goes {t.from_to(a, b)}, which is {change}.")
    return change


def _mean(unit: Unit) -> Writer:
    def write(t: Trace, *regions: Region) -> str:
        for region in regions:
            t.look(region)
        found = f"{comparisons.mean(regions, unit)} on average"
        t.say(f" That is {found}.")
        return found

    return write


# --- semantic: each by the rule of its name ---------------------------------------------------------------------------
def _farming(t: Trace, crops: Region, grass: Region) -> str:
    shown = [coverage(t, crops, "First I mark the"), coverage(t, grass, "Next I mark the")]
    together = sum(_shown(text) for text in shown)
    enough = together >= FARMING_PCT
    t.say(f" Open land makes {together} % together, which is {'' if enough else 'not '}at least half.")
    return "Yes" if enough else "No"


def _flood_exposure(t: Trace, water: Region, built: Region) -> str:
    t.say("I check how near the water comes.")
    relation = both(t, water, built)
    if missing(t, water, built):
        return "No"
    near = _shown(t.gap(relation)) <= FLOOD_REACH_M
    t.say(f" They are {t.gap(relation)} apart, which is {'no ' if near else ''}more than {FLOOD_REACH_M} m.")
    return f"{'Yes' if near else 'No'}, {t.gap(relation)}"


def _fragmentation(t: Trace, a: Region) -> str:
    count = parts(t, a)
    if not count:
        return f"no {a.phrase}"
    mean_ha = part_size(a.area_ha, count).removesuffix(" ha")
    small = Decimal(mean_ha) < PART_HA
    t.say(f" With {t.ha(a)} in all a part has {mean_ha} ha on average, which is {'' if small else 'not '}less than")
    t.say(f" {PART_HA} ha.")
    return "Yes" if small else "No"


def _green_space(t: Trace, built: Region, green: Region) -> str:
    share = _reach(t, built, green, GREEN_REACH_M)
    if share is None:
        return "not at all"
    well = _shown(t.share(share)) >= DOMINANT_PCT
    t.say(f" That is {'' if well else 'not '}at least half of it.")
    return f"{t.share(share)} of it, {'well' if well else 'badly'} served"


def _urban_fabric(t: Trace, built: Region) -> str:
    share = _shown(coverage(t, built))
    if share >= CONTINUOUS_PCT:
        t.say(" That is 80 % or more.")
        return "continuous urban fabric"
    if share >= DISCONTINUOUS_PCT:
        t.say(" That is between 30 and 80 %.")
        return "discontinuous urban fabric"
    t.say(" That is less than 30 %.")
    return "not urban"


def _forest_land(t: Trace, trees: Region) -> str:
    share = _shown(coverage(t, trees))
    t.say(f" Its area is {t.ha(trees)}.")
    enough = share > FOREST_PCT and _shown(t.ha(trees)) > FOREST_HA
    t.say(
        f" Forest land has more than 10 % of tree cover on more than 0.5 ha: it {'is' if enough else 'is not'} forest."
    )
    return "Yes" if enough else "No"


def _buffer_strip(t: Trace, water: Region, crops: Region) -> str:
    t.say("I check whether they touch.")
    relation = both(t, water, crops)
    touch = relation.contact
    t.say(f" They are {'' if touch else 'not '}in contact, so there is {'no' if touch else 'a'} strip between them.")
    return "No" if touch else "Yes"


def _canopy(t: Trace, trees: Region) -> str:
    enough = _shown(coverage(t, trees)) >= CANOPY_PCT
    t.say(f" The rule asks for 30 %, which is {'' if enough else 'not '}reached.")
    return "Yes" if enough else "No"


def _landscape(t: Trace, *regions: Region) -> str:
    for region, words in zip(regions, _IN_TURN, strict=True):
        coverage(t, region, words)
    best = max(regions, key=lambda region: region.coverage_pct)
    if _shown(t.pct(best)) < DOMINANT_PCT:
        t.say(" None of them covers half of the image: the landscape is mixed.")
        return "mixed"
    t.say(f" {sentence(best.phrase)} covers at least half of the image and dominates it.")
    return f"dominated by {best.phrase}"


def _deforestation(t: Trace, before: Region, after: Region) -> str:
    grown(t, before, after)
    first, last = _shown(t.ha(before)), _shown(t.ha(after))
    cleared = first > 0 and last * 100 <= first * (100 - CLEARED_PCT)
    t.say(f" It has {'' if cleared else 'not '}lost at least 5 % of what it was.")
    return "Yes" if cleared else "No"


def _urban_growth(t: Trace, before: Region, after: Region) -> str:
    grown(t, before, after)
    return "Yes" if t.growth(before, after) == 1 else "No"


def _flooding(t: Trace, before: Region, after: Region) -> str:
    grown(t, before, after)
    flooded = after.present and 2 * _shown(t.ha(after)) >= 3 * _shown(t.ha(before))
    t.say(f" It is {'' if flooded else 'not '}at least one and a half of what it was.")
    return "Yes" if flooded else "No"


def _damage_count(t: Trace, buildings: Region, destroyed: Region) -> str:
    total = parts(t, buildings)
    gone = parts(t, destroyed)
    t.say(f" So {gone} of {total} are gone.")
    return f"{gone} of {total}"


def _damage_rate(t: Trace, buildings: Region, destroyed: Region) -> str:
    total = parts(t, buildings)
    gone = parts(t, destroyed)
    if not total:
        return "no buildings"
    rate = f"{number(100 * gone / total)} %"
    t.say(f" {gone} of {total} is {rate}.")
    return rate


L2: dict[str, Kind] = {
    "larger": Kind("L2-Spatial", "comparison", _larger, classes=2),
    "difference": Kind("L2-Spatial", "comparison", _difference, classes=2),
    "difference_area": Kind("L2-Spatial", "comparison", _difference_area, classes=2, measured_only=True),
    "change_by": Kind("L2-Spatial", "comparison", _change_by, dates="ends", measured_only=True),
    "mean": Kind("L2-Spatial", "mean", _mean("ha"), dates="all", measured_only=True),
    "mean_coverage": Kind("L2-Spatial", "mean", _mean("points"), dates="all", measured_only=True),
    "area_distance": Kind("L2-Spatial", "area and distance", _area_distance, classes=2),
    "rank": Kind("L2-Spatial", "ranking", _rank, classes=3, distinct=True),
    "which_borders": Kind("L2-Spatial", "adjacency", _which_borders, classes=3, present=True),
    "nearer": Kind("L2-Spatial", "nearest", _nearer, classes=3, measured_only=True, present=True),
    "direction": Kind("L2-Spatial", "relative position", _direction, classes=2, present=True),
    "north_of": Kind("L2-Spatial", "relative position", _side_of("north"), classes=2, present=True),
    "south_of": Kind("L2-Spatial", "relative position", _side_of("south"), classes=2, present=True),
    "east_of": Kind("L2-Spatial", "relative position", _side_of("east"), classes=2, present=True),
    "west_of": Kind("L2-Spatial", "relative position", _side_of("west"), classes=2, present=True),
    "within": Kind("L2-Spatial", "within a distance", _within, classes=2),
    "within_share": Kind("L2-Spatial", "within a distance", _within_share, classes=2, present=True),
    "enclosed": Kind("L2-Spatial", "enclosure", _enclosed, classes=2, present=True),
    "edge_share": Kind("L2-Spatial", "enclosure", _edge_share, classes=2, present=True),
    "grew": Kind("L2-Spatial", "comparison", _grew, classes=2, dates="ends"),
    "farming": Kind("L2-Semantic", "suitability", _farming, 2, phrases=("cropland", "grassland")),
    "flood_exposure": Kind(
        "L2-Semantic", "flood exposure", _flood_exposure, 2, phrases=("water", "built-up area"), measured_only=True
    ),
    "fragmentation": Kind("L2-Semantic", "fragmentation", _fragmentation, measured_only=True, present=True),
    "green_space": Kind("L2-Semantic", "greenness", _green_space, 2, phrases=("built-up area", "trees")),
    "urban_fabric": Kind("L2-Semantic", "urban fabric", _urban_fabric, phrases=("built-up area",)),
    "forest_land": Kind("L2-Semantic", "forest", _forest_land, phrases=("trees",), measured_only=True),
    "buffer_strip": Kind("L2-Semantic", "buffer strips", _buffer_strip, 2, phrases=("water", "cropland"), present=True),
    "canopy": Kind("L2-Semantic", "greenness", _canopy, phrases=("trees",)),
    "landscape": Kind("L2-Semantic", "landscape", _landscape, classes=3, distinct=True),
    "deforestation": Kind("L2-Semantic", "deforestation", _deforestation, dates="ends", phrases=("trees",)),
    "urban_growth": Kind("L2-Semantic", "urban growth", _urban_growth, dates="ends", phrases=("built-up area",)),
    "flooding": Kind("L2-Semantic", "floods", _flooding, dates="ends", phrases=("water",)),
    "damage_count": Kind("L2-Semantic", "damage", _damage_count, 2, "across", ("buildings", "destroyed buildings")),
    "damage_rate": Kind("L2-Semantic", "damage", _damage_rate, 2, "across", ("buildings", "destroyed buildings")),
}
"""Kinds of questions of level 2; their wordings stand in `templates.QUESTIONS`."""
