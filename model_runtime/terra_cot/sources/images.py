"""Any folder of images without labels: for `data annotate`, where a model draws the masks."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import numpy as np

from ...errors import RequestError
from ..records import Item, Record, Source
from .own_labels import Description, image_of, images_of, items_of
from .rasters import BLOCK, middle_of, raster, read_block
from .windows import window_of

IMAGES = ("*.tif", "*.tiff", "*.jp2", "images/*.tif", "images/*.tiff", "images/*.jp2")


def find(folder: Path) -> Sequence[Item]:
    """Windows of the images."""
    described = Description()
    try:
        found = images_of(folder, described, IMAGES)
    except RequestError:
        return []
    return items_of(SOURCE.name, found, described)


def read(folder: Path, item: Item) -> Record:
    """One window of an image; nothing is known of its ground."""
    name, row, column = window_of(item.name)
    block = read_block(raster(image_of(folder, Description(), IMAGES, name)), row // BLOCK, column // BLOCK)
    grid = block.window_grid(row, column)
    unknown = np.zeros((grid.height, grid.width), np.uint16)
    scene = block.window(row, column, unknown, f"{SOURCE.name} {name}")
    return Record(SOURCE.name, item.name, item.place, (scene,), {}, sensor=block.scene.sensor, lonlat=middle_of(grid))


SOURCE = Source(
    name="images",
    title="A folder of images without labels",
    licence="its owner's",
    reference="docs/sources.md",
    layout="<name>.tif, .tiff or .jp2, or the same in images/; use it with `data annotate`",
    find=find,
    read=read,
)
