"""The unlimited source: generated places, each with its dates, radar and true labels, from one number."""

from __future__ import annotations

from .chance import seeded
from .dates import ANY, MAX_DATES, generate_dates
from .records import Item, Record
from .vocabulary import LAND_COVER_CLASSES

NAME = "generated"
TITLE = "Generated landscapes of TerraScope (`scenes.py`, `dates.py`)"
LICENCE = "CC0-1.0: made by a program from a number, no right is reserved"
REFERENCE = "model_runtime/terra_cot/scenes.py"

SIZE_PX = 256
ONE_DATE = 0.6
"""Share of places that are seen on one date only."""
CLOUDED = 0.15
"""Share of places whose optical images are all clouded, beside those that happen to have some cloud."""
UNCHANGED = 0.2
"""Share of places with several dates where nothing but season, light and noise differs."""


def item_of(seed: int) -> Item:
    """The place of a seed, not yet made."""
    return Item(str(seed), f"{NAME} {seed}")


def make_record(seed: int) -> Record:
    """Make a place: one date (6 in 10 places) or two to eight, some clouded, always with radar.

    Args:
        seed: 0 or more; the same number gives the same place.
    """
    item = item_of(seed)
    rng = seeded(item.place)
    count = 1
    if rng.random() >= ONE_DATE:
        # Pairs are asked about most: half of them, the longer series share the rest.
        count = 2 if rng.random() < 0.5 else rng.randint(3, MAX_DATES)
    change = None if rng.random() < UNCHANGED else ANY
    cloud_share = rng.uniform(0.1, 0.7) if rng.random() < CLOUDED else None
    dates = generate_dates(SIZE_PX, seed, count, change, cloud_share)
    return Record(NAME, item.name, item.place, tuple(dates), LAND_COVER_CLASSES, sensor=NAME)
