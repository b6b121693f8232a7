"""The 8-bit pictures of a labelled scene, stretched as the runtime stretches what it looks at."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from ..scene.values import DB_RANGE, Scaling, brightness, display, display_sar
from .radar import SAR_BANDS

_RGB = ("red", "green", "blue")


def optical_picture(bands: np.ndarray, names: Sequence[str], reflectance: bool) -> np.ndarray:
    """What the runtime shows of an optical image.

    Args:
        bands: float32 (bands, H, W), reflectance or brightness 0..1; all bands 0 where there are no data.
        names: what the bands are; without red, green and blue the first ones are shown.
        reflectance: whether the values are reflectances, else brightness.

    Returns:
        uint8 (H, W, 3).
    """
    if set(_RGB) <= set(names):
        order = [names.index(name) for name in _RGB]
    else:
        order = [min(band, len(bands) - 1) for band in range(3)]
    scaling = Scaling(np.ones(3), np.zeros(3), reflectance, "")
    picture, _ = display(bands[order], bands.max(axis=0) > 0, scaling)
    return picture


def sar_picture(decibels: np.ndarray) -> np.ndarray:
    """What the runtime shows of a radar image, uint8 (H, W, 3), from VV and VH in dB (2, H, W)."""
    picture, _ = display_sar(brightness(decibels), SAR_BANDS, np.isfinite(decibels).all(axis=0), "")
    return picture


def grey_of_decibels(decibels: np.ndarray) -> np.ndarray:
    """Decibels of any shape as uint8: `DB_RANGE` as 0 to 255, 0 where there are no data."""
    low, high = DB_RANGE
    grey = (np.nan_to_num(decibels, nan=low) - low) * (255 / (high - low))
    return np.clip(np.rint(grey), 0, 255).astype(np.uint8)


def decibels_of_grey(grey: np.ndarray) -> np.ndarray:
    """The dB, float32, that `grey_of_decibels` stored, to a ninth of a dB."""
    low, high = DB_RANGE
    return grey.astype(np.float32) * np.float32((high - low) / 255) + np.float32(low)
