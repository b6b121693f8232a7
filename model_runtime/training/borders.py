"""Whether two groups border: told from masks as the answer to a question tells it, and balanced between yes and no."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import combinations

import numpy as np

from ..terra_cot.facts import Facts, View
from ..terra_cot.scenes import LabelledScene
from .bars import MERGED, Masks, Method, mean, truth_of
from .places import Place

_TILE_PX, _STRIDE_PX = 64, 32
_LEAST_SHARE = 0.01
"""of a tile that a group covers before it is asked about"""
_KNOWN_SHARE = 0.95
"""of a tile where it must be known whether it is a group"""
_CLEAR_GAP_PX = 2.5
"""groups that do not touch but come closer are not asked about"""


def border_accuracy(method: Method, places: Sequence[Place]) -> dict[str, float | int | None]:
    """Percent of right answers, the mean of the rate among pairs that border and among those that do not.

    Args:
        method: Draws the masks of whole places, which are then cut into overlapping tiles.
        places: With labels nearly everywhere; others have no tile to ask about.

    Returns:
        balanced_pct (chance, and always "yes", is 50), and how many pairs border and do not.
    """
    right: dict[bool, list[float]] = {True: [], False: []}
    for place in places:
        asked = list(_pairs(place))
        masks = method(place) if asked else {}
        for tile, one, other, border in asked:
            told = _touch(place.scene, _cut(masks, one, tile), _cut(masks, other, tile))
            right[border].append(100.0 * ((told is not None and told[1]) == border))
    rates = [mean(found) for found in right.values()]
    balanced = None if None in rates else mean(rates)
    return {"balanced_pct": balanced, "bordering": len(right[True]), "apart": len(right[False])}


def _pairs(place: Place) -> Iterator[tuple[tuple[slice, slice], str, str, bool]]:
    """Tiles, two groups on each, and whether they border."""
    height, width = place.scene.labels.shape
    truths = {name: truth_of(place, classes) for name, classes in MERGED.items()}
    for top in range(0, height - _TILE_PX + 1, _STRIDE_PX):
        for left in range(0, width - _TILE_PX + 1, _STRIDE_PX):
            tile = (slice(top, top + _TILE_PX), slice(left, left + _TILE_PX))
            there = [
                name
                for name, (truth, known) in truths.items()
                if truth[tile].mean() >= _LEAST_SHARE and known[tile].mean() >= _KNOWN_SHARE
            ]
            for one, other in combinations(there, 2):
                found = _touch(place.scene, truths[one][0][tile], truths[other][0][tile])
                if found and (found[1] or found[0] >= _CLEAR_GAP_PX * place.scene.pixel_size_m):
                    yield tile, one, other, found[1]


def _cut(masks: Masks, group: str, tile: tuple[slice, slice]) -> np.ndarray:
    return np.any([masks[name][tile] for name in MERGED[group]], 0)


def _touch(scene: LabelledScene, one: np.ndarray, other: np.ndarray) -> tuple[float, bool] | None:
    """Metres apart and whether they touch; None where one is empty."""
    regions = {"one": one, "other": other}
    ground = replace(scene, bands=np.ones((1, *one.shape), np.float32), names=("red",), present=(True,), sar=None)
    facts = Facts([View(ground, "optical", dict.fromkeys(regions, ()), regions)], dict.fromkeys(regions, ()), 0)
    return facts.relate(facts.region("one", 1), facts.region("other", 1))
