"""Places that exist in figures only: how their regions lie is drawn, so that texts can be written without masks.

From such texts a vocabulary is made, and a language model learns to read and copy measures.
"""

from __future__ import annotations

import random
from typing import Any, TypeVar

from ..measure.layout import CELLS, DIRECTIONS, EDGES, EVERYWHERE, HALVES, SEVERAL
from .traces import Region

_T = TypeVar("_T")
_PLACES = (*CELLS, *EDGES, *HALVES, EVERYWHERE, SEVERAL)


class Imagined:
    """How the regions of one question lie (`traces.Ground`); the same answer whenever the same is asked."""

    def __init__(self, rng: random.Random) -> None:
        self._rng = rng
        self._told: dict[tuple, Any] = {}

    def _draw(self, key: tuple, value: _T) -> _T:
        return self._told.setdefault(key, value)

    def relate(self, a: Region, b: Region) -> tuple[float, bool] | None:
        """Mostly apart, in contact for three in ten."""
        if not a.area_ha or not b.area_ha:
            return None
        far = 0.0 if self._rng.random() < 0.3 else 10 ** self._rng.uniform(1, 4)
        return self._draw(("relate", *sorted((a, b), key=repr)), (far, far == 0))

    def parts(self, region: Region) -> int:
        """A few, or many."""
        return self._draw(("parts", region), round(10 ** self._rng.uniform(0, 2.5)) if region.area_ha else 0)

    def where(self, region: Region) -> str:
        """Any part of an image."""
        return self._draw(("where", region), self._rng.choice(_PLACES)) if region.area_ha else ""

    def edge_pct(self, region: Region, other: Region) -> float:
        """All of it now and then."""
        return self._draw(("edge", region, other), min(100.0, 120 * self._rng.random() ** 2))

    def within_pct(self, region: Region, other: Region, reach_m: float) -> float:
        """All or nothing now and then."""
        drawn = min(100.0, max(0.0, self._rng.uniform(-15, 115)))
        return self._draw(("within", region, other, reach_m), drawn if region.area_ha and other.area_ha else 0.0)

    def direction(self, region: Region, other: Region) -> str:
        """Any of eight."""
        return self._draw(("direction", region, other), self._rng.choice(DIRECTIONS))
