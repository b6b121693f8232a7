"""Any folder of images with label rasters and a class table: `own_labels` says how it is described."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from ...errors import RequestError
from ..records import BrokenRecord, Item, Record, Source
from .common import allowed_by
from .own_labels import ClassTable, Description, describe, image_of, images_of, items_of, table_of
from .rasters import BLOCK, OUTSIDE, middle_of, raster, read_block, read_codes
from .windows import window_of

IMAGES = ("images/*.tif", "images/*.tiff")
MASKS = ("masks/*.tif", "masks/*.tiff", "masks/*.png")
"""Where images and masks are looked for when nobody says."""


def find(folder: Path) -> Sequence[Item]:
    """Windows of the images."""
    described = describe(folder)
    if described is None or described.labels is not None:
        return []
    _table(folder, described)  # says now what is wrong with it
    return items_of(SOURCE.name, images_of(folder, described, IMAGES), described)


def read(folder: Path, item: Item) -> Record:
    """One window of an image with its labels."""
    described = describe(folder)
    if described is None:
        raise BrokenRecord("Its class table is not there.")
    name, row, column = window_of(item.name)
    path = image_of(folder, described, IMAGES, name)
    candidates = [folder / pattern.replace("*", name) for pattern in _masks(described)]
    mask = next((candidate for candidate in candidates if candidate.is_file()), None)
    if mask is None:
        raise BrokenRecord("There is no mask for its image.")
    table, bits = _table(folder, described)
    image = raster(path, described.bands, described.sensor)
    block = read_block(image, row // BLOCK, column // BLOCK)
    grid = block.window_grid(row, column)
    allowed = allowed_by(read_codes(mask, image, grid), bits)
    scene = block.window(row, column, allowed, f"{SOURCE.name} {name}")
    return Record(
        SOURCE.name, item.name, item.place, (scene,), table.classes, sensor=block.scene.sensor, lonlat=middle_of(grid)
    )


def _masks(described: Description) -> Sequence[str]:
    return [described.masks] if described.masks else MASKS


def _table(folder: Path, described: Description) -> tuple[ClassTable, dict[int, int]]:
    """The class table, and the allowed set of each code."""
    if not described.classes:
        raise RequestError(f'{folder / "classes.json"} names no classes: add "classes", code to name.')
    table = table_of(described.classes, folder)
    try:
        bits = {int(value): table.bits(value) for value in table.phrases}
    except ValueError as error:
        raise RequestError(f"The codes of {folder} are not all whole numbers: correct the class table.") from error
    return table, {**dict.fromkeys((OUTSIDE, *described.nodata), 0), **bits}


SOURCE = Source(
    name="folder",
    title="A folder of images with label rasters and a class table",
    licence="its owner's",
    reference="docs/sources.md",
    layout="classes.json, or classes.csv (code,name) with images/<name>.tif and masks/<name>.tif or .png",
    find=find,
    read=read,
)
