"""Everything that a model is examined on, real and generated; each part is read or made when it is first asked for."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import Path

import numpy as np

from ..terra_cot.sources.common import mask_of
from . import generated_places
from .places import Place, dates_with_flood, forest_chips, held_out_places


@dataclass(frozen=True)
class Exam:
    """The held-out places.

    Attributes:
        data: The folder of real scenes and labels.
        count: Generated landscapes; as many are tried for floods, and half as many are seen on two dates.
    """

    data: Path
    count: int

    @cached_property
    def real(self) -> list[Place]:
        """Real places, with radar where they have it."""
        return held_out_places(self.data)

    @cached_property
    def chips(self) -> list[Place]:
        """Chips of the Amazon in 8-bit colours."""
        return forest_chips(self.data)

    @cached_property
    def landscapes(self) -> list[Place]:
        """Generated, with radar."""
        return generated_places.landscapes(self.count)

    @cached_property
    def floods(self) -> list[Place]:
        """Generated, under water."""
        return generated_places.floods(self.count)

    @cached_property
    def pairs(self) -> list[tuple[Place, Place]]:
        """Generated, of two dates without a change."""
        return generated_places.still_pairs(max(1, self.count // 2))

    @cached_property
    def prairie(self) -> tuple[list[Place], np.ndarray]:
        """North Dakota in 2012 and 2017, and where its water stayed as it was, bool (H, W).

        Of the later date it is known what is water: what its labels say, and what has become water since 2012.
        """
        dates, changed, unchanged = dates_with_flood(self.data)
        (labelled,) = (place for place in self.real if place.name == dates[1].name)
        ground = np.where(changed, np.uint16(mask_of(["water"])), labelled.scene.allowed)
        return [dates[0], replace(dates[1], scene=replace(dates[1].scene, allowed=ground))], unchanged
