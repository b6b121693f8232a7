"""Generated places that models are judged on: landscapes, floods, and pairs of dates on which nothing happens.

Their seeds lie far from those of the places that are learnt from.
"""

from __future__ import annotations

from dataclasses import replace

from ..terra_cot.dates import generate_dates
from ..terra_cot.scenes import LabelledScene
from ..terra_cot.sources.common import only
from .places import Place
from .recipe import RECIPE

TO_CALIBRATE = 10_000
"""the first landscape by which scores are calibrated, far from those that judge"""
_SIZE = 256
_FLOOD = "flooding"


def landscapes(count: int, first: int = 0) -> list[Place]:
    """Places with six optical bands and radar; what their optical image shows is known to the pixel.

    Args:
        count: How many.
        first: Number of the first one.
    """
    return [_place(generate_dates(_SIZE, first + seed)[0], "a landscape") for seed in _seeds(count)]


def floods(count: int) -> list[Place]:
    """The later date of places that a flood has come over, under clear skies.

    Args:
        count: Places that are tried; flat ground beside water is needed, and about a third have it.
    """
    found = []
    for seed in _seeds(count):
        try:
            found.append(_place(generate_dates(_SIZE, seed, 2, _FLOOD, cloud_share=0.0)[1], "flooded"))
        except ValueError:  # this place has no ground for a flood
            continue
    return found


def still_pairs(count: int) -> list[tuple[Place, Place]]:
    """Two dates of places on which season, light and noise differ and nothing else, under clear skies."""
    pairs = []
    for seed in _seeds(count):
        earlier, later = generate_dates(_SIZE, seed, 2, None, cloud_share=0.0)
        pairs.append((_place(earlier, "first date"), _place(later, "second date")))
    return pairs


def _seeds(count: int) -> range:
    return range(RECIPE.held_out_seed, RECIPE.held_out_seed + count)


def _place(scene: LabelledScene, what: str) -> Place:
    return Place(replace(scene, allowed=only(scene.labels), place=f"{scene.place}, {what}"), scene.place)
