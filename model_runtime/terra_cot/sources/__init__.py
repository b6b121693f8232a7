"""Real labelled places: one reader a source, each with an explicit table from its classes to ours.

`SOURCES` are what a data set is built from; `resolve` finds the one that a user means. `iter_real` walks what the
bundled model may learn from in the shared data. The places of `labels_by_hand` are kept for testing: nothing there
opens them.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

from ...errors import RequestError
from ..records import Source
from ..scenes import LabelledScene
from . import (
    amazon,
    bigearthnet,
    bigearthnet_v2,
    chatearthnet,
    chiapas,
    eurosat,
    folder,
    images,
    rsvqa_lr,
    terramesh,
    vector,
    xbd,
    zion,
)
from .report import CAUGHT, Broken, Report, broken_by, read_all

__all__ = ["CAUGHT", "READERS", "SOURCES", "Broken", "Report", "broken_by", "iter_real", "read_all", "resolve"]

SOURCES: dict[str, Source] = {
    module.SOURCE.name: module.SOURCE
    for module in (
        bigearthnet_v2, bigearthnet, chatearthnet, xbd, rsvqa_lr, terramesh, eurosat, amazon, zion, chiapas, folder,
        vector, images,
    )
}  # fmt: skip
"""Name -> source, in the order in which a folder is tried; `folder` and `vector` take any that describes itself, and
`images` any that holds images."""

READERS: dict[str, Callable[[Path], Iterator[LabelledScene]]] = {
    "terramesh": terramesh.scenes,
    "zion": zion.scenes,
    "amazon": amazon.scenes,
    "chiapas": chiapas.scenes,
    "bigearthnet": bigearthnet.scenes,
    "eurosat": eurosat.scenes,
}
"""Source name -> function of the shared data folder that yields whole scenes (none when the source is absent)."""


_held: set[tuple[str, Path]] = set()


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


def resolve(name_or_path: str) -> tuple[Source, Path]:
    """The source and folder that a user means.

    Args:
        name_or_path: `NAME=FOLDER`, or a folder whose source is recognised by what lies in it.

    Raises:
        RequestError: With the way out, when it is neither.
    """
    name, equals, rest = name_or_path.partition("=")
    if equals and name in SOURCES:
        path = _existing(rest)
        if not _holds(name, path):
            raise RequestError(f"{path} holds nothing of {name}: it should hold {SOURCES[name].layout}.")
        return SOURCES[name], path
    if name_or_path in SOURCES and not Path(name_or_path).is_dir():
        raise RequestError(f"Say where {name_or_path} is: {name_or_path}=FOLDER.")
    if equals and not Path(name_or_path).exists():
        raise RequestError(f"{name!r} is not a source that is known: use {', '.join(SOURCES)}.")
    path = _existing(name_or_path)
    found = next((source for source in SOURCES.values() if _holds(source.name, path)), None)
    if found is None:
        raise RequestError(
            f"{path} is in no layout that is known: `data sources` lists them, and docs/sources.md says how to "
            "describe a folder of your own with a classes.json."
        )
    return found, path


def _holds(name: str, path: Path) -> bool:
    """Whether a folder is of a source; remembered once it is, because workers ask again for each record."""
    if (name, path) not in _held and SOURCES[name].find(path):
        _held.add((name, path))
    return (name, path) in _held


def _existing(text: str) -> Path:
    path = Path(text).expanduser()
    if not path.is_dir():
        raise RequestError(f"{text!r} is no folder: give the folder that the data set was unpacked to.")
    return path.resolve()
