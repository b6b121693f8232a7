"""Which part of a dataset a place belongs to where the source has a say of its own."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from ..records import SPLITS, Item, Split


def hold_out(items: Sequence[Item]) -> list[Item]:
    """Give all records of a place the most held-out of the parts that the source puts them into.

    A published split may cut through a place. Then nothing that the source tests with is learnt from, and no place
    is in two parts.

    Args:
        items: In any order; kept.
    """
    splits: dict[str, Split] = {}
    for item in items:
        if item.split is not None:
            splits[item.place] = max(splits.get(item.place, item.split), item.split, key=SPLITS.index)
    return [replace(item, split=splits.get(item.place)) for item in items]
