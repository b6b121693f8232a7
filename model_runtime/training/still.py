"""How much a method says has changed where nothing has."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import numpy as np

from .bars import Masks, Method, mean
from .places import Place

Changes = Callable[[Place, Place], Masks]
"""Where each class differs between two dates of a place, bool (H, W) by class name."""


def differences(method: Method) -> Changes:
    """The changes that two dates mapped one by one show."""

    def changes(earlier: Place, later: Place) -> Masks:
        before, after = method(earlier), method(later)
        return {name: before[name] != after[name] for name in before if name != "cloud"}

    return changes


def changed_pct(changes: Changes, pairs: Sequence[tuple[Place, Place]]) -> float | None:
    """Percent of the pixels of unchanged places of which any class is said to have come or gone."""
    return mean([100 * float(np.any(list(changes(*pair).values()), 0).mean()) for pair in pairs])


def water_changed_pct(changes: Changes, dates: Sequence[Place], unchanged: np.ndarray) -> float:
    """The same of water alone, where it is known that water is what it was."""
    return 100 * float(changes(*dates)["water"][unchanged].mean())
