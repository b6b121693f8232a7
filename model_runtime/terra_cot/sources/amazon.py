"""Amazon forest chips: Sentinel-2 in 8-bit colours with a crisp forest mask."""

from __future__ import annotations

import warnings
from collections.abc import Iterator, Sequence
from functools import lru_cache
from pathlib import Path

import affine
import numpy as np
import rasterio
import rasterio.errors
from rasterio.crs import CRS

from ..records import BrokenRecord, Item, Record, Source
from ..scenes import LabelledScene
from ..spectra import CLASSES, CODE
from .common import GROUND_CLASSES, mask_of
from .windows import WINDOW_PX, crop, lonlat, window_name, window_of, windows

FOREST = 1
NOT_FOREST = 2

_OTHER_GROUND = mask_of(name for name in CLASSES if name not in ("trees", "cloud", "snow and ice"))


def scenes(data: Path) -> Iterator[LabelledScene]:
    """Yield the training chips under `data`/amazon_forest_s2; not forest is known only as anything but trees."""
    folder = data / "amazon_forest_s2"
    for path in sorted((folder / "training" / "images").glob("*.tif")):
        try:
            yield _chip(folder, path.stem)[0]
        except BrokenRecord:  # one mask is three columns too wide: where it lies is not known
            continue


def find(folder: Path) -> Sequence[Item]:
    """Windows of the training chips; all chips of one image are a place."""
    items = []
    for path in sorted((folder / "training" / "images").glob("*.tif")):
        place = f"{SOURCE.name} {path.stem.split('.')[0]}"
        try:
            with rasterio.open(path) as source:
                found = list(windows(*source.shape))
        except rasterio.errors.RasterioError:
            found = [(0, 0)]  # reading it will say what is wrong
        items += [Item(window_name(path.stem, *window), place) for window in found]
    return items


def read(folder: Path, item: Item) -> Record:
    """One window of a chip."""
    chip, row, column = window_of(item.name)
    whole, crs, transform = _chip(folder, chip)
    scene = crop(whole, row, column)
    height, width = scene.labels.shape
    middle = lonlat(crs, transform, row * WINDOW_PX + height / 2, column * WINDOW_PX + width / 2)
    return Record(
        SOURCE.name, item.name, item.place, (scene,), GROUND_CLASSES, sensor="Sentinel-2 true colour", lonlat=middle
    )


@lru_cache(maxsize=1)
def _chip(folder: Path, name: str) -> tuple[LabelledScene, CRS, affine.Affine]:
    with rasterio.open(folder / "training" / "images" / f"{name}.tif") as source:
        colours = source.read([1, 2, 3]).astype(np.float32) / 255
        crs, transform = source.crs, source.transform
    with warnings.catch_warnings():  # the masks are plain pictures on the chip's own grid
        warnings.simplefilter("ignore", rasterio.errors.NotGeoreferencedWarning)
        with rasterio.open(folder / "training" / "masks" / f"{name}.png") as source:
            cover = source.read(1)
    if cover.shape != colours.shape[1:]:
        raise BrokenRecord("The mask has another size than the image.")
    bands = np.concatenate([colours, np.zeros((2, *cover.shape), dtype=np.float32)])
    labels = np.where(cover == FOREST, CODE["trees"], 0).astype(np.uint8)
    allowed = np.zeros(cover.shape, dtype=np.uint16)
    allowed[cover == FOREST] = mask_of(["trees"])
    allowed[cover == NOT_FOREST] = _OTHER_GROUND
    allowed[colours.max(axis=0) <= 0] = 0
    present = (True, True, True, False, False)
    return LabelledScene(bands, labels, 10.0, present, False, allowed, f"{SOURCE.name} {name}"), crs, transform


SOURCE = Source(
    name="amazon",
    title="Amazon rainforest chips: Sentinel-2 true colour with forest masks",
    licence="CC BY 4.0 as far as known: confirm before redistributing; contains modified Copernicus Sentinel data",
    reference="Bragagnolo, da Silva, Grzybowski 2019, https://zenodo.org/records/3233081",
    layout="training/images/<chip>.tif, training/masks/<chip>.png (1 forest, 2 not forest)",
    find=find,
    read=read,
)
