"""What somebody says of labels of their own: `classes.json` or `classes.csv` in a folder of rasters.

`classes.json`, everything but "classes" with a default:

    {"classes": {"1": "water", "2": "solar panels", "3": ["built-up area", "bare ground"], "0": "other", "9": null},
     "images": "images/*.tif", "masks": "masks/*.tif", "nodata": [255],
     "bands": {"red": 3, "green": 2, "blue": 1}, "sensor": "sentinel-2"}

or, for polygons instead of masks,

    {"labels": "parcels.gpkg", "layer": "2021", "field": "use", "classes": {"W": "water"}, "outside": "other"}

A key of "classes" is a code of the masks or a value of the field. Its value is a class name; several, when it may be
any of them; "other", when it is known to be none of the classes; null, when it tells nothing. Names that are ours, or
words for ours, become our phrases; others stay as they are. The "*" of "masks" stands for what the "*" of "images"
matched.
`classes.csv` is the same table with the columns code and name, and nothing but defaults.
"""

from __future__ import annotations

import csv
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Literal

from pydantic import BaseModel, ConfigDict, Field, ValidationError, field_validator

from ...errors import RequestError
from ..records import BrokenRecord, Item
from ..vocabulary import LAND_COVER_CLASSES, Classes, canonical
from .common import MAX_CLASSES, OTHER
from .rasters import BLOCK, raster, square_grid
from .report import CAUGHT
from .windows import window_name, windows

NONE_OF_THEM = "other"
"""The class name that says: known to be none of the classes."""


class Description(BaseModel):
    """`classes.json`; see the head of this file."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    classes: dict[str, str | list[str] | None] | None = None
    images: str | None = None
    masks: str | None = None
    nodata: list[int] = Field(default_factory=list)
    labels: str | None = None
    layer: str | None = None
    field: str = "class"
    outside: Literal["unknown", "other"] = "unknown"
    bands: dict[str, int] | None = None
    sensor: str | None = None

    @field_validator("nodata", mode="before")
    @classmethod
    def _one_or_several(cls, value: object) -> object:
        return [value] if isinstance(value, int) else value

    @field_validator("images", "masks", "labels")
    @classmethod
    def _below_the_folder(cls, value: str | None) -> str | None:
        if value is not None and (Path(value).is_absolute() or ".." in Path(value).parts):
            raise ValueError("must lie below the folder")
        return value

    @field_validator("images", "masks")
    @classmethod
    def _one_star(cls, value: str | None) -> str | None:
        if value is not None and (value.count("*") != 1 or "*" not in Path(value).name):
            raise ValueError('needs exactly one "*", in the name of the file')
        return value


@dataclass(frozen=True)
class ClassTable:
    """What values of a mask or a field mean.

    Attributes:
        phrases: Value -> phrases it may be; `NONE_OF_THEM` alone, or none where it tells nothing.
    """

    phrases: dict[str, tuple[str, ...]]

    @cached_property
    def classes(self) -> Classes:
        """Phrase -> its code: those of land cover where all are land cover, else counted from 1."""
        named = list(dict.fromkeys(name for names in self.phrases.values() for name in names if name != NONE_OF_THEM))
        if LAND_COVER_CLASSES.keys() >= set(named):
            return {name: LAND_COVER_CLASSES[name] for name in named}
        return {name: (code,) for code, name in enumerate(named, start=1)}

    def bits(self, value: str) -> int:
        """Allowed set of a value."""
        return sum(OTHER if name == NONE_OF_THEM else 1 << (self.classes[name][0] - 1) for name in self.phrases[value])


def describe(folder: Path) -> Description | None:
    """What a folder says of its labels; None when it says nothing.

    Raises:
        RequestError: It says something that cannot be understood.
    """
    path, table = folder / "classes.json", folder / "classes.csv"
    if path.is_file():
        try:
            return Description.model_validate(json.loads(path.read_text("utf-8")))
        except ValidationError as error:
            first = error.errors()[0]
            where = ".".join(map(str, first["loc"])) or "it"
            said = first["msg"].removeprefix("Value error, ")
            raise RequestError(
                f"{path} cannot be used: {where}: {said}. docs/sources.md says what it holds."
            ) from error
        except (OSError, ValueError) as error:
            raise RequestError(f"{path} is damaged or no JSON: correct it.") from error
    if table.is_file():
        return Description(classes=_read_csv(table))
    return None


def _read_csv(path: Path) -> dict[str, str | list[str] | None]:
    try:
        with path.open(encoding="utf-8-sig", newline="") as file:
            rows = list(csv.DictReader(file))
        return {str(int(row["code"])): row["name"].strip() or None for row in rows}
    except (OSError, KeyError, ValueError, TypeError, AttributeError) as error:
        raise RequestError(
            f"{path} is no class table: it needs the columns code and name, with whole numbers for codes."
        ) from error


def images_of(folder: Path, described: Description, usual: Sequence[str]) -> dict[str, Path]:
    """Name -> image, in the order of names; the name is what the "*" matched.

    Args:
        folder: Of the labels.
        described: What it says.
        usual: Patterns to try when it does not say where images are.

    Raises:
        RequestError: There are none.
    """
    patterns = [described.images] if described.images else usual
    found: dict[str, Path] = {}
    for pattern in patterns:
        before, after = Path(pattern).name.split("*")
        for path in folder.glob(pattern):
            if path.is_file():
                found.setdefault(path.name[len(before) : len(path.name) - len(after)], path)
    if not found:
        raise RequestError(f"{folder} has a class table but no image called {' or '.join(patterns)}: name them there.")
    return dict(sorted(found.items()))


def image_of(folder: Path, described: Description, usual: Sequence[str], name: str) -> Path:
    """The image of a name of `images_of`.

    Raises:
        BrokenRecord: It is not there.
    """
    for pattern in [described.images] if described.images else usual:
        path = folder / pattern.replace("*", name)
        if path.is_file():
            return path
    raise BrokenRecord("Its image is not there.")


def items_of(source: str, images: Mapping[str, Path], described: Description) -> list[Item]:
    """Windows of images, block by block as they are read; a block of 4 x 4 windows is a place.

    An image that cannot be opened is one item.
    """
    items = []
    for name, path in images.items():
        try:
            grid, _ = square_grid(raster(path, described.bands, described.sensor))
            found = sorted(windows(grid.height, grid.width), key=lambda at: (at[0] // BLOCK, at[1] // BLOCK, *at))
        except CAUGHT:
            found = [(0, 0)]  # reading it will say what is wrong
        items += [
            Item(window_name(name, row, column), f"{source} {name} block {row // BLOCK} {column // BLOCK}")
            for row, column in found
        ]
    return items


def table_of(classes: dict[str, str | list[str] | None], where: Path) -> ClassTable:
    """The class table, names in our vocabulary.

    Args:
        classes: As in `Description`.
        where: What is named in an error.

    Raises:
        RequestError: There are no classes, too many, or a value is both "other" and a class.
    """
    phrases: dict[str, tuple[str, ...]] = {}
    for value, told in classes.items():
        names = [] if told is None else [told] if isinstance(told, str) else told
        phrases[value] = tuple(dict.fromkeys(canonical(name) for name in names))
        if NONE_OF_THEM in phrases[value] and len(phrases[value]) > 1:
            raise RequestError(f'The class {value!r} of {where} is "other" and something else: name only what it is.')
    table = ClassTable(phrases)
    if not table.classes:
        raise RequestError(f"{where} names no class: name at least one.")
    if len(table.classes) > MAX_CLASSES:
        raise RequestError(
            f"{where} has {len(table.classes)} classes and at most {MAX_CLASSES} can be told apart: merge some."
        )
    return table
