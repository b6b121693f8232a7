"""What a place looks like some months on when only the season has changed: crops grow, leaves fall, grass dries.

Every material turns into another of its own class, so that the labels stay.
"""

from __future__ import annotations

import numpy as np

from .spectra import MATERIALS, NUMBER

NEXT_STAGE: dict[str, tuple[str, ...]] = {
    "crop_young": ("crop_medium",),
    "crop_sparse": ("crop_medium", "crop_nordic"),
    "crop_medium": ("crop_dense", "rapeseed", "ripe"),
    "crop_dense": ("ripe",),
    "crop_nordic": ("ripe", "crop_dense"),
    "rapeseed": ("ripe",),
    "crop_dry": ("stubble", "tilled_red"),
    "ripe": ("stubble",),
    "stubble": ("tilled_brown", "tilled_dark", "tilled_light"),
    "tilled_brown": ("crop_young",),
    "tilled_dark": ("crop_young",),
    "tilled_light": ("crop_young",),
    "tilled_red": ("crop_young", "crop_dry"),
    "peat_field": ("crop_sparse", "crop_nordic"),
    "paddy_wet": ("paddy_green",),
    "paddy_green": ("ripe",),
}
"""What a field is some two months later."""

_LEAVES = {"broadleaf": "autumn", "autumn": "leafless", "leafless": "broadleaf"}
_DRIER = {
    "lush": "pasture",
    "pasture": "steppe",
    "rangeland_wet": "pasture",
    "savanna": "rangeland_dry",
    "alpine": "heath",
    "heath": "arid_shrub",
}
_WETTER = {
    "steppe": "pasture",
    "pasture": "lush",
    "rangeland_dry": "savanna",
    "savanna": "pasture",
    "heath": "alpine",
    "arid_shrub": "steppe",
}
_MURKIER = {
    "deep": "humic",
    "humic": "turbid",
    "turbid": "brown",
    "brown": "silt",
    "sea": "turbid",
    "shallow": "turbid",
}


def aged(
    materials: np.ndarray,
    months: float,
    rng: np.random.Generator,
    fields: bool = True,
    turns: list[np.ndarray] | None = None,
) -> np.ndarray:
    """Materials of the same objects some months later.

    Args:
        materials: Material number per object.
        months: How much later; fields take one step in two months, not all of them at once.
        rng: What is drawn: each field's steps, the weather of the season.
        fields: Whether fields grow, ripen and are harvested as the season goes.
        turns: What else turns everywhere at once, of `draw_turns`; drawn when not given.

    Returns:
        Material number per object, of the same classes.
    """
    later = materials.copy()
    steps = rng.poisson(months / 2, len(materials))
    pick = rng.integers(0, 6, len(materials))
    for step in range(1, 7 if fields else 1):
        moving = steps >= step
        later[moving] = _STAGES[later[moving], (pick[moving] + step) % 6]
    for table in draw_turns(months, rng) if turns is None else turns:
        later = table[later]
    return later


def draw_turns(months: float, rng: np.random.Generator) -> list[np.ndarray]:
    """Tables, material -> material, of how leaves, grass and water turn everywhere at once in so many months."""
    tables = []
    for _ in range(int(rng.integers(0, 1 + round(min(months, 8.0) / 4)))):
        tables.append(_table(_LEAVES))
    weather = rng.integers(4)
    if weather < 2:
        tables.append(_table((_DRIER, _WETTER)[weather]))
    if rng.random() < 0.3:
        tables.append(_table(_MURKIER))
    return tables


def _table(names: dict[str, str]) -> np.ndarray:
    table = np.arange(len(MATERIALS))
    for name, other in names.items():
        table[NUMBER[name]] = NUMBER[other]
    return table


def _stages() -> np.ndarray:
    """Six alternatives per material; what is no field stays as it is."""
    table = np.repeat(np.arange(len(MATERIALS))[:, None], 6, axis=1)
    for name, others in NEXT_STAGE.items():
        table[NUMBER[name]] = [NUMBER[others[place % len(others)]] for place in range(6)]
    return table


_STAGES = _stages()
