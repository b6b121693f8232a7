"""The place that was asked about last: what was read of it, and what the model has encoded.

Asked about again, with another question or other examples, nothing is read or encoded a second time. One place is kept,
up to `MOST_BYTES`, and is forgotten before another is read: an answer never needs more memory for it.
"""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from dataclasses import dataclass, field, fields, is_dataclass
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING

from . import protocol
from .unfinished import Unfinished

if TYPE_CHECKING:
    from .model.banks import DateBank
    from .scene.acquisitions import Acquisition

MOST_BYTES = 1 << 30
_ASKED = {"question", "earlier", "notes", "examples", "examples_crs", "out", "picture"}
"""what may be another while the place is the same"""
_READ_WITH = (".tif", ".tiff", ".jp2", ".img", ".ovr", ".msk", ".aux", ".xml", ".hdr", ".prj", ".rrd", ".ige",
              ".wld", ".tfw", ".tifw", ".jgw", ".pgw", ".j2w", "_mtl.txt")  # fmt: skip
"""how names end of what may be read with a scene: bands, clouds layers, and what GDAL and products keep beside them"""
_MANY = 5000
"""files beside a scene that are looked at; where there are more it is not kept"""

Files = tuple[tuple[str, int, int], ...]
"""path, bytes and time of change (ns) of each"""


@dataclass
class Place:
    """A place as one way of asking shows it.

    Attributes:
        settings: Everything of the request that is not the question itself.
        files: What it is made of and what lies beside it; None where those are too many to look at.
        acquired: Its dates; empty until they are read.
        sentences: What the images had to say when they were read.
        banks: What the model has encoded of each date; empty until it has.
        unfinished: Masks of a large scene that the run which asks now may go on with.
    """

    settings: str
    files: Files | None
    acquired: list[Acquisition] = field(default_factory=list)
    sentences: list[str] = field(default_factory=list)
    banks: list[DateBank] = field(default_factory=list)
    unfinished: Unfinished = field(default_factory=lambda: Unfinished(None))


class SceneMemory:
    """Keeps one place, for one model."""

    def __init__(self, most_bytes: int = MOST_BYTES) -> None:
        self._most_bytes = most_bytes
        self._place: Place | None = None

    def place_of(self, request: protocol.AskRequest) -> Place:
        """The place that a request asks about: as it is known, else one of which nothing is known yet.

        Args:
            request: Its files are there.
        """
        settings, files = request.model_dump_json(exclude=_ASKED), _files_of(request)
        known = self._place
        if known is not None and files is not None and (known.settings, known.files) == (settings, files):
            return known
        self.forget()
        return Place(settings, files)

    @staticmethod
    def same_place(one: protocol.AskRequest, other: protocol.AskRequest) -> bool:
        """Whether two requests are about one place, shown in one way."""
        return one.model_dump_json(exclude=_ASKED) == other.model_dump_json(exclude=_ASKED)

    def keep(self, place: Place) -> None:
        """Keep what is known of a place by now; what is too large is given back, since the masks are drawn."""
        if place.files is not None and sum(_sizes(place, set())) <= self._most_bytes:
            self._place = place
        else:
            self.forget()
            place.banks.clear()

    def forget(self) -> None:
        """Give the memory back, at once: what has been encoded of a large scene goes on reading from its place."""
        if self._place is not None:
            self._place.banks.clear()
        self._place = None


def _files_of(request: protocol.AskRequest) -> Files | None:
    """What the images, and what is found by itself beside them, are read from; None: too much to look at.

    Metadata of a product that lie above its band folders are not looked at: nothing rewrites them.
    """
    given = [path for date in request.dates for path in (date.optical, date.sar, date.clouds) if path]
    found: dict[str, os.stat_result] = {}
    try:
        for path in (Path(os.path.abspath(os.path.expanduser(path))) for path in given):
            beside = list(islice(_beside(path), _MANY + 1))
            if len(beside) > _MANY:
                return None
            for file in (path, *beside):
                found[str(file)] = file.stat()
    except OSError:  # something is being written or removed just now
        return None
    return tuple(sorted((path, stat.st_size, stat.st_mtime_ns) for path, stat in found.items()))


def _beside(path: Path) -> Iterator[Path]:
    """What may be read of a folder and below it, or from the folder of a file; a VRT's sources may lie below it too."""
    folder = path if path.is_dir() else path.parent
    if re.fullmatch(r"R\d0m", folder.name):  # Sentinel-2's bands and its clouds layer are in folders side by side
        folder = folder.parent
    deep = folder != path.parent or path.suffix.lower() == ".vrt"
    for file in folder.rglob("*") if deep else folder.iterdir():
        if file.name.lower().endswith(_READ_WITH):
            yield file


def _sizes(thing: object, seen: set[int]) -> Iterator[int]:
    """Bytes of every array and tensor in dataclasses, lists and tuples, each counted once."""
    if id(thing) in seen:
        return
    seen.add(id(thing))
    if is_dataclass(thing):
        for part in fields(thing):
            yield from _sizes(getattr(thing, part.name), seen)
    elif isinstance(thing, list | tuple):
        for part in thing:
            yield from _sizes(part, seen)
    elif isinstance(size := getattr(thing, "nbytes", None), int):
        yield size
