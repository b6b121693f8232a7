"""Real labelled scenes, each source with its own reader and an explicit table from its classes to ours.

`iter_real` walks all that may be learnt from. The places of `labels_by_hand` are kept for testing: no reader here
opens them.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from ..scenes import LabelledScene
from . import amazon, bigearthnet, chiapas, eurosat, terramesh, zion

__all__ = ["READERS", "iter_real"]

READERS = {
    "terramesh": terramesh.scenes,
    "zion": zion.scenes,
    "amazon": amazon.scenes,
    "chiapas": chiapas.scenes,
    "bigearthnet": bigearthnet.scenes,
    "eurosat": eurosat.scenes,
}
"""Source name -> function of the shared data folder that yields its scenes (none when the source is absent)."""


def iter_real(shared: Path) -> Iterator[LabelledScene]:
    """Yield every real labelled scene that is not a test place.

    Args:
        shared: The shared folder that has `data/` in it, or that data folder itself.

    Yields:
        Scenes in a fixed order; sources that are not there are passed over.
    """
    data = shared / "data" if (shared / "data").is_dir() else shared
    for read in READERS.values():
        yield from read(data)
