"""ChatEarthNet: Sentinel-2 images of SatlasPretrain with captions, and the ESA WorldCover map they were written from.

Verified against public text (November 2026): the Zenodo record 11003436 has four archives, `json_files.zip`,
`s2_rgb_images.zip`, `s2_band_5_6_7_images.zip` and `s2_band_8_11_12_images.zip`; people who use them read
`json_files/ChatEarthNet_caps_{35,4v}_{train,val,test}.json`, lists of objects with "image" (in some files "image_id")
and "caption" (a text, in some files a list), and PNGs in a folder `s2_images`, with or without `s2_rgb_images` above
it; images are called `<column>_<row>_patch<00|01|10|11>.png` after the SatlasPretrain tile (Web Mercator, zoom 13,
512 x 512) that they are a quarter of; some are all black or all white. The colours of the classes are those of the
authors' `generate_description_chatgpt3_5_text.py`, the codes those of `allenai/satlas`, `satlas/tasks.py`.

Not published: the land-cover maps are not among the archives. They are read from where a user puts them:
`land_cover/<image name>.png` in the authors' colours, `worldcover/<image name>.tif` (or .png) in WorldCover's own
codes, or the labels of SatlasPretrain itself, `static/<column>_<row>/land_cover.png`. Not verified against real files:
which of patch01 and patch10 is the upper right quarter. So SatlasPretrain's tiles label patch00 and patch11 only; the
others bring their captions alone. Not read: the six other bands, because how they became 8-bit is not published.
"""

from __future__ import annotations

import math
import re
from collections.abc import Sequence
from functools import lru_cache
from pathlib import Path

import affine
import numpy as np
import pyproj
from PIL import Image

from ...scene.grid import Grid
from ..records import SPLITS, BrokenRecord, BroughtQuestion, Item, Record, Source, Split
from ..scenes import LabelledScene
from ..spectra import BANDS
from .common import GROUND_CLASSES, allowed_by, mask_of, settled
from .places import hold_out
from .rasters import middle_of
from .tables import Stamped, entries_of, stamped

CLASS_TABLE: dict[str, tuple[str, ...]] = {
    "water": ("water",),
    "developed": ("built-up",),
    "tree": ("trees",),
    "shrub": ("grassland", "bare"),  # in dry lands mostly soil
    "grass": ("grassland",),
    "crop": ("cropland",),
    "bare": ("bare",),
    "snow": ("snow and ice",),
    "wetland": ("wetland",),
    "mangroves": ("wetland", "trees"),
    "moss": ("grassland", "bare"),  # moss and lichen
}
"""Class of SatlasPretrain, in the order of its codes 1 to 11 -> what a pixel may be; 0 is invalid."""

COLOURS: dict[tuple[int, int, int], str] = {
    (0, 0, 255): "water",
    (255, 0, 0): "developed",
    (0, 192, 0): "tree",
    (200, 170, 120): "shrub",
    (0, 255, 0): "grass",
    (255, 255, 0): "crop",
    (128, 128, 128): "bare",
    (255, 255, 255): "snow",
    (0, 255, 255): "wetland",
    (255, 0, 255): "mangroves",
    (128, 0, 128): "moss",
}
"""Of the authors' scripts; black is unknown."""

WORLDCOVER: dict[int, str] = {
    10: "tree",
    20: "shrub",
    30: "grass",
    40: "crop",
    50: "developed",
    60: "bare",
    70: "snow",
    80: "water",
    90: "wetland",
    95: "mangroves",
    100: "moss",
}
"""ESA WorldCover's own codes; 0 is no data."""

QUESTION = "Describe the image."
SIDE_PX = 256
ZOOM = 13
SURE = ((0, 0), (1, 1))
"""Quarters of a tile whose place is the same whether row or column is named first."""

_NAME = re.compile(r"(\d+)_(\d+)_patch([01])([01])")
_CAPTIONS = ("35", "4v")
_IMAGE_FOLDERS = ("s2_rgb_images/s2_images", "s2_images", "s2_rgb_images")
_BITS = {name: mask_of(kinds) for name, kinds in CLASS_TABLE.items()}
_OF_TILE = {0: 0, **dict(enumerate(_BITS.values(), start=1))}
_OF_WORLDCOVER = {0: 0, **{code: _BITS[name] for code, name in WORLDCOVER.items()}}
_OF_COLOUR = {0: 0, **{(r << 16) + (g << 8) + b: _BITS[name] for (r, g, b), name in COLOURS.items()}}
_WEB_MERCATOR = pyproj.CRS.from_epsg(3857)
_EDGE = math.pi * 6_378_137
"""Easting of 180 degrees in Web Mercator."""


def find(folder: Path) -> Sequence[Item]:
    """Images that have a caption; a tile (4.9 km at the equator) is a place, in the most held-out of its splits."""
    items = []
    for name, (splits, _) in _captions(_caption_files(folder)).items():
        found = _NAME.fullmatch(name)
        tile = f"tile {found[1]} {found[2]}" if found else name
        items += [Item(name, f"{SOURCE.name} {tile}", split) for split in splits]
    # An image that stands in two of the files is one record still.
    return sorted({item.name: item for item in hold_out(items)}.values(), key=lambda item: item.name)


def read(folder: Path, item: Item) -> Record:
    """One image with its captions, and its land cover where that can be found."""
    texts = _captions(_caption_files(folder)).get(item.name, ((), ()))[1]
    found = _NAME.fullmatch(item.name)
    if found is None:
        raise BrokenRecord(texts[0] if texts else "It is not called <column>_<row>_patch<00|01|10|11>.")
    if not texts or not all(texts):
        raise BrokenRecord("A caption of it is empty or no text.")
    column, row, down, right = map(int, found.groups())
    image = next((path for top in _IMAGE_FOLDERS if (path := folder / top / f"{item.name}.png").is_file()), None)
    if image is None:
        raise BrokenRecord("Its image is not there.")
    bands = _square(image, "RGB").transpose(2, 0, 1).astype(np.float32) / 255
    if bands.min() == bands.max():
        raise BrokenRecord("Its image is all of one colour: a placeholder.")
    allowed = _allowed(folder, item.name, (down, right))
    grid = _grid(column, row, (down, right))
    pixel_size_m = float(np.mean(grid.pixel_size_m))
    scene = LabelledScene(
        bands, settled(allowed), pixel_size_m, (True,) * 3, False, allowed, f"{SOURCE.name} {item.name}", BANDS[:3]
    )
    classes = GROUND_CLASSES if allowed.any() else {}
    captions = tuple(BroughtQuestion(QUESTION, text, "caption") for text in texts)
    return Record(
        SOURCE.name, item.name, item.place, (scene,), classes, "Sentinel-2 L1C true colour", middle_of(grid), captions
    )


def _caption_files(folder: Path) -> Stamped:
    return stamped(
        folder / "json_files" / f"ChatEarthNet_caps_{version}_{split}.json" for split in SPLITS for version in _CAPTIONS
    )


@lru_cache(maxsize=2)
def _captions(files: Stamped) -> dict[str, tuple[tuple[Split, ...], tuple[str, ...]]]:
    """Image -> the splits it stands in, and its captions.

    A file or an entry that cannot be used stands under a name of its own with the reason for a caption, so that it is
    reported as a broken record.
    """
    splits: dict[str, list[Split]] = {}
    texts: dict[str, list[str]] = {}
    for path, _ in files:
        split = next(split for split in SPLITS if path.stem.endswith(split))
        try:
            entries = entries_of(path)
        except BrokenRecord as error:
            splits[path.name], texts[path.name] = [split], [str(error)]
            continue
        for number, entry in enumerate(entries):
            image, caption = entry.get("image", entry.get("image_id")), entry.get("caption")
            if not isinstance(image, str):
                name, found = f"{path.name} {number}", ["A caption names no image."]
            else:
                name = Path(image).stem
                found = [_text(value) for value in (caption if isinstance(caption, list) else [caption])]
            splits.setdefault(name, []).append(split)
            texts.setdefault(name, []).extend(found)
    return {name: (tuple(splits[name]), tuple(texts[name])) for name in splits}


def _text(value: object) -> str:
    """A caption with single blanks; "" for what is no text."""
    return " ".join(value.split()) if isinstance(value, str) else ""


def _square(path: Path, mode: str) -> np.ndarray:
    with Image.open(path) as image:
        if image.size != (SIDE_PX, SIDE_PX):
            raise BrokenRecord(f"{path.parent.name} has {image.width} x {image.height} pixels, not {SIDE_PX} a side.")
        return np.asarray(image.convert(mode))


def _allowed(folder: Path, name: str, quarter: tuple[int, int]) -> np.ndarray:
    """Allowed sets, uint16 (256, 256); all 0 where no land cover is found."""
    coloured = folder / "land_cover" / f"{name}.png"
    if coloured.is_file():
        r, g, b = _square(coloured, "RGB").transpose(2, 0, 1).astype(np.int64)
        return allowed_by((r << 16) + (g << 8) + b, _OF_COLOUR)
    for suffix in (".tif", ".png"):
        own = folder / "worldcover" / f"{name}{suffix}"
        if own.is_file():
            return allowed_by(_square(own, "L"), _OF_WORLDCOVER)
    tile = folder / "static" / name.rsplit("_", 1)[0] / "land_cover.png"
    if tile.is_file() and quarter in SURE:
        with Image.open(tile) as image:
            whole = np.asarray(image.convert("L"))
        if whole.shape != (2 * SIDE_PX, 2 * SIDE_PX):
            raise BrokenRecord("land_cover.png of its tile is not 512 x 512 pixels.")
        part = slice(quarter[0] * SIDE_PX, (quarter[0] + 1) * SIDE_PX)
        return allowed_by(whole[part, part], _OF_TILE)
    return np.zeros((SIDE_PX, SIDE_PX), dtype=np.uint16)


def _grid(column: int, row: int, quarter: tuple[int, int]) -> Grid:
    """The grid of a quarter of a Web Mercator tile; of the whole tile where it is not sure which quarter it is."""
    pixel = 2 * _EDGE / 2**ZOOM / (2 * SIDE_PX)
    down, right = quarter if quarter in SURE else (0, 0)
    side = SIDE_PX if quarter in SURE else 2 * SIDE_PX
    left, top = (2 * column + right) * SIDE_PX * pixel - _EDGE, _EDGE - (2 * row + down) * SIDE_PX * pixel
    return Grid(_WEB_MERCATOR, affine.Affine(pixel, 0, left, 0, -pixel, top), side, side)


SOURCE = Source(
    name="chatearthnet",
    title="ChatEarthNet: Sentinel-2 images with captions written from ESA WorldCover",
    licence="CC BY 4.0; contains modified Copernicus Sentinel data; WorldCover CC BY 4.0; SatlasPretrain labels ODC-BY",
    reference="Yuan et al. 2025, https://doi.org/10.5194/essd-17-1245-2025; https://zenodo.org/records/11003436",
    layout="json_files/ChatEarthNet_caps_<35|4v>_<train|val|test>.json, s2_images/<column>_<row>_patch<00|01|10|11>"
    ".png (also below s2_rgb_images/); labels, where there are any: land_cover/<image>.png in the authors' colours, "
    "worldcover/<image>.tif in WorldCover's codes, or static/<column>_<row>/land_cover.png of SatlasPretrain",
    find=find,
    read=read,
)
