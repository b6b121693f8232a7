"""What really happens to a place between two dates: it floods, is cleared, built on, torn down, or its lake is drained.

A change is planned once: which ground it takes and in which order, and what that ground becomes. Each date then has it
up to some level, so that it only ever grows, and what changed is known to the pixel.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from scipy import ndimage

from .canvas import PARCEL_IDS, Canvas
from .noise import Field
from .spectra import NUMBER


@dataclass(frozen=True)
class Change:
    """A planned change.

    Attributes:
        kind: One of `CHANGES`.
        when: float32 (H, W), the level from 0 to 1 at which a pixel changes; above 1 where it never does.
        objects: (H, W) the objects that it becomes.
    """

    kind: str
    when: Field
    objects: np.ndarray

    def apply(self, canvas: Canvas, level: float) -> None:
        """Paint the change up to a level, 0 to 1."""
        where = self.when <= level
        canvas.objects[where] = self.objects[where]
        canvas.unlabelled[where] = False


@dataclass(frozen=True)
class _Kind:
    """What a kind of change takes, how much of the scene there must be of it and of `near`, and what it becomes."""

    takes: tuple[str, ...]
    least: float
    share: tuple[float, float]
    becomes: tuple[str, ...]
    near: tuple[str, ...] = ()
    near_least: float = 0.0


_KINDS = {
    "flooding": _Kind(
        ("cropland", "grassland", "bare", "wetland"), 0.10, (0.05, 0.5), ("brown", "turbid"), ("water",), 0.005
    ),
    "drained": _Kind(("water",), 0.03, (0.3, 0.9), ("mud", "mud", "soil_grey", "gravel")),
    "deforestation": _Kind(("trees",), 0.05, (0.1, 0.6), ("cleared", "cleared", "cleared", "pasture")),
    "construction": _Kind(
        ("cropland", "grassland", "bare"),
        0.10,
        (0.05, 0.3),
        ("suburb", "suburb", "red_roof", "concrete", "town_dirt", "metal"),
    ),
    "destruction": _Kind(("built-up",), 0.02, (0.15, 0.8), ("gravel", "cleared", "quarry")),
}
CHANGES = tuple(_KINDS)
"""Kinds of change: water grows over open ground, a lake loses its shallows, forest is cleared in lots, open ground is
built on, buildings are torn down."""


def possible(canvas: Canvas) -> tuple[str, ...]:
    """Which of `CHANGES` this ground has enough ground for."""
    return tuple(
        kind
        for kind, rule in _KINDS.items()
        if canvas.is_class(*rule.takes).mean() >= rule.least
        and (not rule.near or canvas.is_class(*rule.near).mean() >= rule.near_least)
    )


def plan(kind: str, canvas: Canvas, rng: np.random.Generator) -> Change:
    """Plan a change; its new objects are added to the canvas, none is painted.

    Args:
        kind: One of `possible(canvas)`.
        canvas: The ground before it.
        rng: What is drawn.

    Returns:
        The change, of which level 1 takes a drawn share of the ground that it can take.

    Raises:
        ValueError: No such change, or the ground is not there for it.
    """
    if kind not in _KINDS:
        raise ValueError(f"'{kind}' is no kind of change: choose one of {', '.join(CHANGES)}.")
    if kind not in possible(canvas):
        raise ValueError(
            f"This place has not the ground for {kind}: choose another seed, or one of "
            f"{', '.join((*possible(canvas), 'none'))}."
        )
    rule = _KINDS[kind]
    painter = canvas.later(rng, canvas.materials)  # draws from `rng`, and leaves the ground alone
    takes = canvas.is_class(*rule.takes)
    if kind == "flooding":
        # Water spreads from its shores into the low places.
        shore_m = ndimage.distance_transform_edt(~canvas.is_class(*rule.near)) * canvas.pixel_size_m
        order = shore_m + 150 * painter.noise(rng.uniform(300, 900), 3)
        parcels = np.zeros_like(canvas.objects)
    elif kind == "drained":
        depth_m = ndimage.distance_transform_edt(takes) * canvas.pixel_size_m
        order = depth_m + 10 * painter.noise(200, 2)
        parcels = painter.patches(400)
    elif kind == "deforestation":
        parcels = painter.parcels(rng.uniform(900, 2500), rng.uniform(120, 300), rng.uniform(200, 500), 0.3)
        order = rng.random(PARCEL_IDS)[parcels] + 0.3 * painter.noise(1500)
    elif kind == "construction":
        parcels = painter.parcels(rng.uniform(700, 1500), rng.uniform(60, 150), rng.uniform(80, 250), 0.2)
        order = _mean_of(parcels, painter.noise(rng.uniform(500, 1500), 2)) + 0.1 * rng.random(PARCEL_IDS)[parcels]
    else:
        parcels = canvas.objects % PARCEL_IDS
        order = rng.random(PARCEL_IDS)[parcels] + 0.3 * painter.noise(800)
    share = rng.uniform(*rule.share)
    rank = np.searchsorted(np.sort(order[takes]), order) / max(int(takes.sum()), 1)
    when = np.where(takes, rank / share, np.inf).astype(np.float32)
    drawn = rng.choice([NUMBER[name] for name in rule.becomes], size=PARCEL_IDS)
    return Change(kind, when, canvas.add_objects(drawn) + parcels)


def _mean_of(parcels: np.ndarray, field: Field) -> Field:
    count = np.bincount(parcels.ravel(), minlength=PARCEL_IDS)
    return (np.bincount(parcels.ravel(), field.ravel(), PARCEL_IDS) / np.maximum(count, 1))[parcels]
