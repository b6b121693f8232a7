"""Zion, Utah: Landsat 8 with the National Land Cover Database 2011 at 30 m."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import numpy as np
import rasterio
from rasterio.enums import Resampling
from rasterio.warp import reproject

from ..scenes import LabelledScene
from .common import drop_impossible, mask_of, only, recode

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


def scenes(data: Path) -> Iterator[LabelledScene]:
    """Yield the one scene under `data`/zion_landsat8_nlcd2011, as top-of-atmosphere reflectance, without swir1."""
    folder = data / "zion_landsat8_nlcd2011"
    if not folder.is_dir():
        return
    with rasterio.open(folder / "zion_landsat8_b2345.tif") as source:
        digital = source.read().astype(np.float32)  # blue, green, red, nir
        grid = {"dst_transform": source.transform, "dst_crs": source.crs}
        shape = source.shape
    reflectance = np.clip((2e-5 * digital - 0.1) / np.sin(np.deg2rad(SUN_ELEVATION_DEG)), 0, 1.6)
    reflectance[:, (digital == 0).any(axis=0)] = 0
    bands = np.concatenate([reflectance[[2, 1, 0, 3]], np.zeros((1, *shape), dtype=np.float32)]).astype(np.float32)
    cover = np.zeros(shape, dtype=np.uint8)
    with rasterio.open(folder / "nlcd2011.tif") as source:
        reproject(
            source.read(1).astype(np.uint8),
            cover,
            src_transform=source.transform,
            src_crs=source.crs,
            resampling=Resampling.nearest,
            **grid,
        )
    labels = drop_impossible(bands, recode(cover, CLASS_TABLE), has_swir=False)
    allowed = only(labels)
    allowed[(cover == 52) & (labels > 0)] = mask_of(["grassland", "bare"])
    yield LabelledScene(bands, labels, 30.0, (True, True, True, True, False), True, allowed, "zion landsat 8")
