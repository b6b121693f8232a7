"""Where everything drawn in datasets and in training comes from."""

from __future__ import annotations

import random


def seeded(key: int | str) -> random.Random:
    """The random stream of a key: the same draws for the same key on every machine; it keeps no secret."""
    return random.Random(key)  # nosec B311
