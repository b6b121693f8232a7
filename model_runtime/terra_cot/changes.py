"""What really happens to a place between two dates: it floods, is cleared, built on, torn down, grows or is harvested.

A change is planned once: which ground it takes and in which order, and what that ground becomes. Each date then has it
up to some level, so that it only ever grows, and what changed is known to the pixel.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from scipy import ndimage

from .canvas import PARCEL_IDS, Canvas
from .noise import Field
from .spectra import CODE, LABEL, NUMBER


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

    def apply(self, canvas: Canvas, level: float) -> np.ndarray:
        """Paint the change up to a level, 0 to 1; returns where that is, bool (H, W)."""
        where = self.when <= level
        np.copyto(canvas.objects, self.objects, where=where)
        canvas.unlabelled &= ~where
        return where


@dataclass(frozen=True)
class _Turn:
    """Ground of some classes or materials turns into one of other materials."""

    takes: tuple[str, ...]
    becomes: tuple[str, ...]


@dataclass(frozen=True)
class _Kind:
    """What a kind of change turns, and how much of the scene there must be of it and of `near`."""

    turns: tuple[_Turn, ...]
    least: float
    share: tuple[float, float]
    near: tuple[str, ...] = ()
    near_least: float = 0.0


_YOUNG = ("tilled_brown", "tilled_dark", "tilled_red", "tilled_light", "crop_young", "crop_sparse", "peat_field")
_STANDING = ("crop_dense", "crop_medium", "crop_nordic", "crop_dry", "ripe", "rapeseed", "paddy_green")

_KINDS = {
    "flooding": _Kind(
        (_Turn(("cropland", "grassland", "bare", "wetland"), ("brown", "turbid")),),
        0.10,
        (0.05, 0.5),
        ("water",),
        0.005,
    ),
    "drained": _Kind((_Turn(("water",), ("mud", "mud", "soil_grey", "gravel")),), 0.03, (0.3, 0.9)),
    "deforestation": _Kind((_Turn(("trees",), ("cleared", "cleared", "cleared", "pasture")),), 0.05, (0.1, 0.6)),
    "construction": _Kind(
        (
            _Turn(
                ("cropland", "grassland", "bare"),
                ("suburb", "suburb", "red_roof", "concrete", "town_dirt", "metal"),
            ),
        ),
        0.10,
        (0.05, 0.3),
    ),
    "destruction": _Kind((_Turn(("built-up",), ("gravel", "cleared", "quarry")),), 0.02, (0.15, 0.8)),
    "growth": _Kind(
        (
            _Turn(_YOUNG, ("crop_dense", "crop_dense", "crop_medium")),
            _Turn(("cleared", "scrub"), ("regrowth", "regrowth", "mixed_forest")),
        ),
        0.05,
        (0.2, 0.8),
    ),
    "harvest": _Kind((_Turn(_STANDING, ("stubble", "stubble", "tilled_brown", "tilled_light")),), 0.05, (0.2, 0.8)),
}
CHANGES = tuple(_KINDS)
"""Kinds of change: water grows over open ground, a lake loses its shallows, forest is cleared in lots, open ground is
built on, buildings are torn down; young fields grow up and clearings become forest, standing fields are harvested."""

OF_FIELDS = ("growth", "harvest")
"""Changes of which the labels tell nothing or not all: a field stays a field. Nothing else happens to fields then."""


def possible(canvas: Canvas) -> tuple[str, ...]:
    """Which of `CHANGES` this ground has enough ground for."""
    return tuple(
        kind
        for kind, rule in _KINDS.items()
        if sum(_where(canvas, turn.takes).mean() for turn in rule.turns) >= rule.least
        and (not rule.near or _where(canvas, rule.near).mean() >= rule.near_least)
    )


def _where(canvas: Canvas, names: tuple[str, ...]) -> np.ndarray:
    """Where the ground is one of these classes or materials."""
    materials = canvas.materials
    codes, numbers = [CODE[n] for n in names if n in CODE], [NUMBER[n] for n in names if n in NUMBER]
    return (np.isin(LABEL[materials], codes) | np.isin(materials, numbers))[canvas.objects]


def check(kind: str, can: Sequence[str]) -> None:
    """Check a change that is asked for of a place where some can happen.

    Raises:
        ValueError: No such change, or not one of those that can happen.
    """
    if kind not in _KINDS:
        raise ValueError(f"'{kind}' is no kind of change: choose one of {', '.join(CHANGES)}.")
    if kind not in can:
        raise ValueError(
            f"This place has not the ground for {kind}: choose another seed, or one of {', '.join((*can, 'none'))}."
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
    check(kind, possible(canvas))
    rule = _KINDS[kind]
    painter = canvas.later(rng, canvas.materials)  # draws from `rng`, and leaves the ground alone
    turning = [_where(canvas, turn.takes) for turn in rule.turns]
    takes = np.logical_or.reduce(turning)
    if kind == "flooding":
        # Water spreads from its shores into the low places.
        shore_m = ndimage.distance_transform_edt(~_where(canvas, rule.near)) * canvas.pixel_size_m
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
    elif kind == "destruction":
        parcels = canvas.objects % PARCEL_IDS
        order = rng.random(PARCEL_IDS)[parcels] + 0.3 * painter.noise(800)
    else:
        # Whole fields, and neighbours sooner after each other than fields far apart.
        parcels = canvas.objects % PARCEL_IDS
        order = _mean_of(parcels, painter.noise(1500)) + rng.random(PARCEL_IDS)[parcels]
    share = rng.uniform(*rule.share)
    rank = np.searchsorted(np.sort(order[takes]), order) / max(int(takes.sum()), 1)
    when = np.where(takes, rank / share, np.inf).astype(np.float32)
    objects = parcels
    for turn, where in zip(rule.turns, turning, strict=True):
        first = canvas.add_objects(rng.choice([NUMBER[name] for name in turn.becomes], size=PARCEL_IDS))
        objects = np.where(where, first + parcels, objects)
    return Change(kind, when, objects)


def _mean_of(parcels: np.ndarray, field: Field) -> Field:
    count = np.bincount(parcels.ravel(), minlength=PARCEL_IDS)
    return (np.bincount(parcels.ravel(), field.ravel(), PARCEL_IDS) / np.maximum(count, 1))[parcels]
