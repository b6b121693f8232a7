"""Which regions of a reasoning are related to one another, and what is measured of two that are."""

from __future__ import annotations

import re
from collections.abc import Sequence

import shapely

from ..protocol import Distance, Step
from ..rasters.rows import Raster
from ..scene.grid import Grid
from . import contact, distance

_CLOUD = re.compile(r"\bclouds?\b", re.IGNORECASE)


def is_cloud(phrase: str) -> bool:
    """Whether a region is of clouds: they are seen where they hide the ground, and that they move is no change."""
    return _CLOUD.search(phrase) is not None


def partner_of(steps: Sequence[Step], index: int) -> Step | None:
    """The earlier step that a step (0-based) is related to.

    The latest other region of its own image, else the first step if that is another region; the same region at two
    dates is compared by its area, not by distance. The traces the model learns from follow the same rule.
    """
    step = steps[index]
    others = [earlier for earlier in steps[:index] if earlier.phrase != step.phrase]
    same_image = [earlier for earlier in others if earlier.image == step.image]
    if same_image:
        return same_image[-1]
    return steps[0] if steps[0] in others else None


def related(
    partner: Step, step: Step, partner_mask: Raster, mask: Raster, grid: Grid
) -> tuple[Distance, shapely.LineString | None]:
    """How a step lies to its partner, and the nearest way between them in the CRS of the grid; None where they touch.

    Args:
        partner: the earlier step.
        step: the later one.
        partner_mask: bool (H, W), not empty.
        mask: of the later step, as well.
        grid: of the masks.
    """
    edge = distance.between(partner_mask, mask, grid)
    shared = contact.between(partner_mask, mask, grid)
    found = Distance(
        from_step=partner.index,
        to_step=step.index,
        distance_m=edge.distance_m,
        centroid_distance_m=edge.centroid_distance_m,
        contact=shared.touches,
        contact_length_m=shared.length_m,
    )
    return found, edge.line
