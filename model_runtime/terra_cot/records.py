"""What every source of labelled places yields, and which part of a dataset a place belongs to."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from .scenes import LabelledScene
from .vocabulary import LAND_COVER_CLASSES, Classes

Split = Literal["train", "val", "test"]
SPLITS: tuple[Split, ...] = ("train", "val", "test")
_SHARES = {"train": 80, "val": 10, "test": 10}


@dataclass(frozen=True)
class Item:
    """A record that has been found but not yet read.

    Attributes:
        name: Its name, unique in its source and the same on every machine.
        place: Where it is: records of one place never fall into different splits.
        split: The source's own; None where it has none.
    """

    name: str
    place: str
    split: Split | None = None


@dataclass(frozen=True)
class BroughtQuestion:
    """A question with its answer that the source itself brings, without masks; `task` in the source's words."""

    question: str
    answer: str
    task: str


@dataclass(frozen=True)
class Record:
    """A labelled place: its images, one scene a date and in order, and what their labels can tell.

    Attributes:
        source: Name of the source.
        name: Of the record in its source, as in `Item`.
        place: As in `Item`.
        dates: One scene per date, all on one grid; each with its `sar` where there is radar.
        classes: What the codes in the scenes' labels mean.
        sensor: What made the optical images, as in "Sentinel-2 L2A"; "" when not known.
        lonlat: Longitude and latitude of the middle in degrees; None when not known.
        brought: Questions of the source's own.
    """

    source: str
    name: str
    place: str
    dates: tuple[LabelledScene, ...]
    classes: Classes
    sensor: str = ""
    lonlat: tuple[float, float] | None = None
    brought: tuple[BroughtQuestion, ...] = ()

    @property
    def is_land_cover(self) -> bool:
        """Whether its labels are the land-cover codes of `spectra.CLASSES`, all of them or some."""
        return bool(self.classes) and self.classes.items() <= LAND_COVER_CLASSES.items()


class BrokenRecord(Exception):  # noqa: N818 - it says what happened
    """A record cannot be used; its text says why in one sentence. It is skipped, counted and named in the report."""


@dataclass(frozen=True)
class Source:
    """A data set that is read from a folder.

    Attributes:
        name: What it is called on the command line.
        title: Its full name.
        licence: Of the data, with what it asks for.
        reference: Where the data set is described.
        layout: The files it expects below its folder, for people.
        find: Folder -> its items in a fixed order; cheap (names and small tables only). An empty list when the folder
            is not of this source.
        read: Folder and item -> the record. Raises `BrokenRecord` (or what rasterio, json, ... raise) when it cannot.
    """

    name: str
    title: str
    licence: str
    reference: str
    layout: str
    find: Callable[[Path], Sequence[Item]]
    read: Callable[[Path, Item], Record]


def split_of(item: Item) -> Split:
    """Which part of a dataset an item belongs to: the source's own, else by its place, 80, 10 and 10 in a hundred.

    A property of the place alone: no seed, number of workers or selection of samples moves a place to another part.
    """
    if item.split is not None:
        return item.split
    dice = int.from_bytes(hashlib.blake2b(item.place.encode(), digest_size=8).digest()) % 100
    for split in SPLITS:
        dice -= _SHARES[split]
        if dice < 0:
            return split
    raise AssertionError("the shares make a hundred")
