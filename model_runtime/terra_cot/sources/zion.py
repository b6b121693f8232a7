"""Zion, Utah: Landsat 8 with the National Land Cover Database 2011 at 30 m."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import lru_cache
from pathlib import Path

import affine
import numpy as np
import rasterio
from rasterio.crs import CRS
from rasterio.enums import Resampling
from rasterio.errors import RasterioError
from rasterio.warp import reproject

from ..records import Item, Record, Source
from ..scenes import LabelledScene
from .common import GROUND_CLASSES, drop_impossible, mask_of, only, recode
from .windows import WINDOW_PX, crop, lonlat, window_name, window_of, windows

CLASS_TABLE = {
    11: "water",
    12: "snow and ice",
    21: None,
    22: "built-up",
    23: "built-up",
    24: "built-up",
    31: "bare",
    41: "trees",
    42: "trees",
    43: "trees",
    52: "grassland",
    71: "grassland",
    81: "grassland",
    82: "cropland",
    90: "wetland",
    95: "wetland",
}
"""NLCD codes; 21 (developed open space: lawns, verges) is left out, shrub counts as grassland."""

SUN_ELEVATION_DEG = 60.0
"""Not in the file; chosen so that conifers and red rock get the reflectances known for them."""

_IMAGE = "zion_landsat8_b2345.tif"
_LABELS = "nlcd2011.tif"


def scenes(data: Path) -> Iterator[LabelledScene]:
    """Yield the one scene under `data`/zion_landsat8_nlcd2011, as top-of-atmosphere reflectance, without swir1."""
    folder = data / "zion_landsat8_nlcd2011"
    if folder.is_dir():
        yield _scene(folder)[0]


def find(folder: Path) -> Sequence[Item]:
    """Windows of the one scene; it is one place."""
    if not ((folder / _IMAGE).is_file() and (folder / _LABELS).is_file()):
        return []
    try:
        with rasterio.open(folder / _IMAGE) as source:
            found = list(windows(*source.shape))
    except RasterioError:
        found = [(0, 0)]  # reading it will say what is wrong
    return [Item(window_name("zion", *window), SOURCE.name) for window in found]


def read(folder: Path, item: Item) -> Record:
    """One window."""
    _, row, column = window_of(item.name)
    whole, crs, transform = _scene(folder)
    scene = crop(whole, row, column)
    height, width = scene.labels.shape
    middle = lonlat(crs, transform, row * WINDOW_PX + height / 2, column * WINDOW_PX + width / 2)
    return Record(SOURCE.name, item.name, item.place, (scene,), GROUND_CLASSES, sensor="Landsat 8 L1", lonlat=middle)


@lru_cache(maxsize=1)
def _scene(folder: Path) -> tuple[LabelledScene, CRS, affine.Affine]:
    with rasterio.open(folder / _IMAGE) as source:
        digital = source.read().astype(np.float32)  # blue, green, red, nir
        crs, transform, shape = source.crs, source.transform, source.shape
    reflectance = np.clip((2e-5 * digital - 0.1) / np.sin(np.deg2rad(SUN_ELEVATION_DEG)), 0, 1.6)
    reflectance[:, (digital == 0).any(axis=0)] = 0
    bands = np.concatenate([reflectance[[2, 1, 0, 3]], np.zeros((1, *shape), dtype=np.float32)]).astype(np.float32)
    cover = np.zeros(shape, dtype=np.uint8)
    with rasterio.open(folder / _LABELS) as source:
        reproject(
            source.read(1).astype(np.uint8),
            cover,
            src_transform=source.transform,
            src_crs=source.crs,
            dst_transform=transform,
            dst_crs=crs,
            resampling=Resampling.nearest,
        )
    labels = drop_impossible(bands, recode(cover, CLASS_TABLE), has_swir=False)
    allowed = only(labels)
    allowed[(cover == 52) & (labels > 0)] = mask_of(["grassland", "bare"])
    place = "zion landsat 8"
    return LabelledScene(bands, labels, 30.0, (True, True, True, True, False), True, allowed, place), crs, transform


SOURCE = Source(
    name="zion",
    title="Landsat 8 of Zion, Utah, with the National Land Cover Database 2011",
    licence="CC0-1.0 (package spDataLarge); Landsat and NLCD are in the public domain (USGS)",
    reference="https://github.com/Nowosad/spDataLarge; https://www.mrlc.gov",
    layout="zion_landsat8_b2345.tif, nlcd2011.tif",
    find=find,
    read=read,
)
