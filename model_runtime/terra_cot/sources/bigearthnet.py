"""BigEarthNet patches with a list of CORINE classes per image: a pixel may be any of them that its index permits."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import rasterio

from ..scenes import LabelledScene
from ..spectra import CLASSES, CODE
from .common import mask_of, only

CLASS_TABLE: dict[str, tuple[str, ...]] = {
    "Coniferous forest": ("trees",),
    "Broad-leaved forest": ("trees",),
    "Mixed forest": ("trees",),
    "Transitional woodland/shrub": ("trees", "grassland"),
    "Pastures": ("grassland", "cropland"),
    "Non-irrigated arable land": ("cropland",),
    "Complex cultivation patterns": ("cropland", "grassland", "trees", "built-up"),
    "Land principally occupied by agriculture, with significant areas of natural vegetation": (
        "cropland",
        "grassland",
        "trees",
    ),
    "Peatbogs": ("wetland",),
}
"""CORINE class -> what a pixel of it may be. A patch with any other class is passed over."""

TEST_PLACES = ("36_85", "47_56")
"""Ends of the patch names that are kept for testing."""

_BANDS = ("B04", "B03", "B02", "B08", "B11")


def scenes(data: Path) -> Iterator[LabelledScene]:
    """Yield the patches under `data`/bigearthnet_s1s2_patches/S2 that are not test places."""
    for folder in sorted((data / "bigearthnet_s1s2_patches" / "S2").glob("S2*")):
        if folder.name.endswith(TEST_PLACES):
            continue
        names = json.loads((folder / f"{folder.name}_labels_metadata.json").read_text())["labels"]
        if any(name not in CLASS_TABLE for name in names):
            continue
        planes = []
        for name in _BANDS:
            with rasterio.open(folder / f"{folder.name}_{name}.tif") as source:
                plane = source.read(1).astype(np.float32) / 10_000
            planes.append(plane if name != "B11" else plane.repeat(2, 0).repeat(2, 1))
        bands = np.stack(planes)
        allowed = _allowed(bands, names)
        labels = np.zeros(allowed.shape, dtype=np.uint8)
        for name in CLASSES:
            labels[allowed == mask_of([name])] = CODE[name]
        yield LabelledScene(bands, labels, 10.0, (True,) * 5, True, allowed, f"bigearthnet {folder.name}")


def _allowed(bands: np.ndarray, names: list[str]) -> np.ndarray:
    """Allowed sets: the classes of the image, less what the pixel cannot be; snow where the snow index says so."""
    red, green, _, nir, swir = bands
    ndvi = (nir - red) / np.maximum(nir + red, 1e-4)
    ndsi = (green - swir) / np.maximum(green + swir, 1e-4)
    possible = mask_of({kind for name in names for kind in CLASS_TABLE[name]})
    allowed = np.full(ndvi.shape, possible, dtype=np.uint16)
    leafless = np.uint16(0xFFFF & ~mask_of(["trees"]))
    paved = np.uint16(0xFFFF & ~mask_of(["built-up"]))
    allowed[(ndvi < 0.45) | (red > 0.09)] &= leafless
    allowed[ndvi > 0.65] &= paved
    # CORINE draws nothing under 25 ha: a small pond, roof or track may hide in any class, so doubt is left out.
    allowed[ndvi < (0.12 if possible & mask_of(["cropland"]) else 0.45)] = 0
    snow = (ndsi > 0.4) & (green > 0.25)
    allowed[(ndsi > 0) & (green > 0.1)] = 0
    allowed[snow] = only(np.full(int(snow.sum()), CODE["snow and ice"], dtype=np.uint8))
    return allowed
