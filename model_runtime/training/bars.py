"""What is measured of masks at known places: IoU, coverage, and the questions that coverage answers.

A method is anything that draws a mask of every class at a place. Masks are judged as they are: where two classes claim
a pixel, both do. docs/evaluation.md has the rules in words.
"""

from __future__ import annotations

import random
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations

import numpy as np

from ..terra_cot.chance import seeded
from ..terra_cot.scenes import CLASSES
from ..terra_cot.sources.common import mask_of
from .places import Place

Masks = Mapping[str, np.ndarray]
"""class name of `CLASSES` -> bool (H, W)"""
Method = Callable[[Place], Masks]
"""draws the masks of a place"""

MERGED = {
    "water": ("water",), "trees": ("trees",), "crop or grass": ("cropland", "grassland"), "built-up": ("built-up",),
    "bare": ("bare",), "snow and ice": ("snow and ice",),
}  # fmt: skip
"""The six groups of mIoU6 -> their classes."""
STRICT = tuple(name for classes in MERGED.values() for name in classes)
"""The seven classes of mIoU7: crop and grass apart."""
EIGHT = (*STRICT, "cloud")
"""Those of mIoU8, on generated places."""
MULTI_CLASS = 3
"""Groups on the ground from which on a place counts as one of several classes."""
TIGHT, WIDE = (5.0, 12.0), (15.0, 30.0)
"""How far the wrong options of a coverage question are from the truth, in percentage points."""
_DRAWS = 20
"""coverage questions of each kind asked of each group at each place, so that chance averages out"""
_LARGER_BY_PCT = 5.0
"""two groups are compared if their coverage differs by more points than this"""


@dataclass(frozen=True)
class GroupScore:
    """One group of classes at one place.

    Attributes:
        both: Pixels that are the group and are claimed.
        either: Pixels that are or are claimed.
        truth_pct: Share of the known pixels that are.
        claimed_pct: Share of the known pixels that are claimed.
    """

    both: int
    either: int
    truth_pct: float
    claimed_pct: float

    @property
    def iou(self) -> float | None:
        """None where the group neither is nor is claimed."""
        return self.both / self.either if self.either else None

    @property
    def error_pct(self) -> float:
        """Of coverage, in percentage points."""
        return abs(self.claimed_pct - self.truth_pct)


@dataclass(frozen=True)
class PlaceScore:
    """One place: the groups of `MERGED`, and every class by itself."""

    name: str
    site: str
    merged: dict[str, GroupScore]
    classes: dict[str, GroupScore]

    @property
    def strict(self) -> dict[str, GroupScore]:
        """The classes of mIoU7."""
        return {name: self.classes[name] for name in STRICT}

    def row(self) -> dict[str, object]:
        """For JSON: mIoU6 and mIoU7, coverage error, and each group's figures."""
        there = present(self.merged)
        return {
            "site": self.site,
            "miou6": mean_iou(self.merged),
            "miou7": mean_iou(self.strict),
            "coverage_error_pct": mean([score.error_pct for score in there.values()]),
            "classes": {
                name: {"iou": score.iou, "truth_pct": score.truth_pct, "claimed_pct": score.claimed_pct}
                for name, score in {**self.classes, **self.merged}.items()
                if score.truth_pct or score.claimed_pct
            },
        }


def judge(place: Place, masks: Masks) -> PlaceScore:
    """Hold the masks of a place against what is known of it."""
    merged = {
        name: group_score(place, np.any([masks[one] for one in classes], 0), classes)
        for name, classes in MERGED.items()
    }
    return PlaceScore(
        place.name, place.site, merged, {name: group_score(place, masks[name], [name]) for name in CLASSES}
    )


def truth_of(place: Place, classes: Iterable[str]) -> tuple[np.ndarray, np.ndarray]:
    """Where a group is, and where it is known whether it is; bool (H, W) each.

    A pixel that may be one of the group or something else is not known.
    """
    allowed, bits = place.scene.allowed, np.uint16(mask_of(classes))
    inside = (allowed > 0) & (allowed & ~bits == 0)
    return inside, inside | ((allowed > 0) & (allowed & bits == 0))


def group_score(place: Place, mask: np.ndarray, classes: Iterable[str]) -> GroupScore:
    """One mask against the ground where the ground is known."""
    truth, known = truth_of(place, classes)
    total = max(1, int(known.sum()))
    claimed = mask & known
    return GroupScore(
        int((claimed & truth).sum()),
        int((claimed | truth).sum()),
        100 * int(truth.sum()) / total,
        100 * int(claimed.sum()) / total,
    )


def present(scores: Mapping[str, GroupScore]) -> dict[str, GroupScore]:
    """The groups that are on the ground."""
    return {name: score for name, score in scores.items() if score.truth_pct > 0}


def mean_iou(scores: Mapping[str, GroupScore]) -> float | None:
    """Over the groups that are on the ground."""
    return mean([score.iou for score in present(scores).values()])


def mean(values: Iterable[float | None]) -> float | None:
    """Of what is known; None where nothing is."""
    known = [value for value in values if value is not None]
    return float(np.mean(known)) if known else None


def several(places: Sequence[PlaceScore]) -> list[PlaceScore]:
    """The places of several classes."""
    return [place for place in places if len(present(place.merged)) >= MULTI_CLASS]


def over_sites(places: Sequence[PlaceScore], value: Callable[[PlaceScore], float | None]) -> float | None:
    """The mean over sites of the mean over a site's places."""
    sites: dict[str, list[float | None]] = defaultdict(list)
    for place in places:
        sites[place.site].append(value(place))
    return mean([mean(found) for found in sites.values()])


def pooled_miou(scores: Sequence[Mapping[str, GroupScore]]) -> float | None:
    """Pixels of all places counted together, group by group, then the mean: claims of absent groups count here.

    Args:
        scores: Of each place; groups that are on no ground are left out.
    """
    both: dict[str, int] = defaultdict(int)
    either: dict[str, int] = defaultdict(int)
    for groups in scores:
        for name, score in groups.items():
            both[name] += score.both
            either[name] += score.either
    on_ground = {name for groups in scores for name in present(groups)}
    return mean([both[name] / either[name] for name in on_ground])


def headline(places: Sequence[PlaceScore]) -> dict[str, float | None]:
    """The first rows of the table: masks, coverage, and questions that coverage answers, over sites."""
    chosen = several(places)
    absent = [s.claimed_pct for p in chosen for s in p.merged.values() if not s.truth_pct]
    return {
        "miou6": over_sites(chosen, lambda place: mean_iou(place.merged)),
        "miou7": over_sites(chosen, lambda place: mean_iou(place.strict)),
        "miou6_pooled": pooled_miou([place.merged for place in chosen]),
        "coverage_error_pct": over_sites(
            chosen, lambda place: mean([score.error_pct for score in present(place.merged).values()])
        ),
        "absent_claimed_pct": mean(absent),
        "four_options_tight_pct": over_sites(chosen, lambda place: four_options(place, TIGHT)),
        "four_options_wide_pct": over_sites(chosen, lambda place: four_options(place, WIDE)),
        "larger_of_two_pct": larger_of_two(chosen),
    }


def four_options(place: PlaceScore, apart: tuple[float, float]) -> float | None:
    """Percent of coverage questions whose option nearest to the claimed coverage is the right one; chance is 25.

    Args:
        place: Asked about every group on its ground, `_DRAWS` times with other wrong options.
        apart: How far wrong options are from the truth, from and to, in points.
    """
    rng = seeded(place.name)
    right = []
    for score in present(place.merged).values():
        for _ in range(_DRAWS):
            options = [score.truth_pct, *_wrong(score.truth_pct, apart, rng)]
            nearest = min(options, key=lambda option: abs(option - score.claimed_pct))
            right.append(100.0 * (nearest == score.truth_pct))
    return mean(right)


def _wrong(truth: float, apart: tuple[float, float], rng: random.Random) -> list[float]:
    """Three options, one below and one above the truth where there is room for it."""
    found: list[float] = []
    for side in (-1, 1, rng.choice((-1, 1))):
        option = truth + side * rng.uniform(*apart)
        while not 0 <= option <= 100:
            option = truth + rng.choice((-1, 1)) * rng.uniform(*apart)
        found.append(option)
    return found


def larger_of_two(places: Sequence[PlaceScore]) -> float | None:
    """Percent of pairs of groups on the ground of which the larger one is told; chance is 50."""
    right = []
    for place in places:
        for one, other in combinations(present(place.merged).values(), 2):
            differ = one.truth_pct - other.truth_pct
            if abs(differ) > _LARGER_BY_PCT:
                right.append(100.0 * ((one.claimed_pct - other.claimed_pct) * differ > 0))
    return mean(right)
