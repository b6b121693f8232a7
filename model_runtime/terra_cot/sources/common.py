"""What every reader of real labels needs: allowed sets, class tables, and the rule against impossible labels."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

import numpy as np

from ..records import BrokenRecord
from ..spectra import CODE
from ..vocabulary import LAND_COVER_CLASSES, Classes

GROUND_CLASSES: Classes = {phrase: codes for phrase, codes in LAND_COVER_CLASSES.items() if phrase != "cloud"}
"""What a land-cover map can tell. It was not made from the very image beside it, so it knows nothing of its clouds."""

MAX_CLASSES = 15
"""As many as an allowed set can hold beside `OTHER`."""

OTHER = 1 << MAX_CLASSES
"""Bit of an allowed set: possibly none of the source's classes; alone: known to be none of them."""

_SETTLED = np.zeros(1 << 16, dtype=np.uint8)
_SETTLED[[1 << bit for bit in range(MAX_CLASSES)]] = np.arange(1, MAX_CLASSES + 1)


def mask_of(names: Iterable[str]) -> int:
    """The allowed set of some land-cover classes as bits: bit code-1 of each."""
    return sum(1 << (CODE[name] - 1) for name in names)


def recode(source: np.ndarray, table: Mapping[int, str | None]) -> np.ndarray:
    """Turn a source's codes into ours; codes not in the table, or mapped to None, become 0.

    Args:
        source: Integer codes, any shape.
        table: Source code -> class name.

    Returns:
        uint8 label codes of the same shape.
    """
    labels = np.zeros(source.shape, dtype=np.uint8)
    for code, name in table.items():
        if name is not None:
            labels[source == code] = CODE[name]
    return labels


def allowed_by(source: np.ndarray, table: Mapping[int, int]) -> np.ndarray:
    """Turn a source's codes into allowed sets.

    Args:
        source: Integer codes, any shape.
        table: Source code -> allowed set as bits; 0 where the code tells nothing.

    Returns:
        uint16 allowed sets of the same shape.

    Raises:
        BrokenRecord: A code is not in the table.
    """
    codes, places = np.unique(source, return_inverse=True)
    unknown = [int(code) for code in codes if int(code) not in table]
    if unknown:
        named = ", ".join(map(str, unknown[:5]))
        raise BrokenRecord(f"The label raster holds codes that the class table does not name: {named}.")
    return np.array([table[int(code)] for code in codes], dtype=np.uint16)[places].reshape(source.shape)


def settled(allowed: np.ndarray) -> np.ndarray:
    """Label codes, uint8: the class where only one is allowed, else 0."""
    return _SETTLED[allowed]


def only(labels: np.ndarray) -> np.ndarray:
    """Allowed sets of pixels whose class is known: that class alone, nothing where the label is 0."""
    return np.where(
        labels > 0, np.uint16(1) << (np.maximum(labels, 1).astype(np.uint16) - np.uint16(1)), np.uint16(0)
    ).astype(np.uint16)


def drop_impossible(bands: np.ndarray, labels: np.ndarray, has_swir: bool) -> np.ndarray:
    """Unlabel pixels that physically cannot be what a coarse label map says.

    The rules, on surface or top-of-atmosphere reflectance:
        water: NDVI above 0.4 with NDWI below -0.2, or near infrared above 0.25.
        trees: NDVI below 0.2, or near infrared above 0.65.
        cropland, grassland: NDWI above 0.2 (open water), or red above 0.6.
        built-up: NDVI above 0.75.
        bare: NDVI above 0.35, or NDWI above 0.3.
        snow and ice: green below 0.1, or (with swir1) NDSI below 0.1.
        wetland: near infrared below 0.02, or NDVI below -0.3.
        cloud: blue below 0.12.

    Args:
        bands: float32 (5, H, W) in the order of BANDS, near infrared present.
        labels: uint8 (H, W).
        has_swir: Whether swir1 is real.

    Returns:
        A copy of the labels with impossible ones set to 0, and with pixels that have no signal set to 0.
    """
    red, green, blue, nir, swir = bands
    ndvi = (nir - red) / np.maximum(nir + red, 1e-4)
    ndwi = (green - nir) / np.maximum(green + nir, 1e-4)
    ndsi = (green - swir) / np.maximum(green + swir, 1e-4)
    wrong = {
        "water": ((ndvi > 0.4) & (ndwi < -0.2)) | (nir > 0.25),
        "trees": (ndvi < 0.2) | (nir > 0.65),
        "cropland": (ndwi > 0.2) | (red > 0.6),
        "grassland": (ndwi > 0.2) | (red > 0.6),
        "built-up": ndvi > 0.75,
        "bare": (ndvi > 0.35) | (ndwi > 0.3),
        "snow and ice": (green < 0.1) | ((ndsi < 0.1) if has_swir else np.zeros_like(labels, dtype=bool)),
        "wetland": (nir < 0.02) | (ndvi < -0.3),
        "cloud": blue < 0.12,
    }
    cleaned = labels.copy()
    for name, where in wrong.items():
        cleaned[(labels == CODE[name]) & where] = 0
    cleaned[bands.max(axis=0) <= 0] = 0
    return cleaned
