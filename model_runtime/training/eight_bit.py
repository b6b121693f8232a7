"""Reflectance as 8-bit files show it: a camera's picture, bands stretched one by one, or a sensor's raw counts.

What such files have in common is that nothing in them tells reflectance; how far they are from it differs by kind.
"""

from __future__ import annotations

import random

import numpy as np

# Counts / 255 per unit of reflectance, sun 37 degrees from the zenith, in the order of OPTICAL_BANDS (red, green, blue,
# near infrared, shortwave infrared 1 and 2): Landsat 5 TM, Landsat 7 ETM+ with high and with low gain in the near
# infrared. From the radiance ranges and solar irradiances of Chander et al. 2009, tables 3 to 5.
_COUNTS = (
    (1.48, 1.37, 2.99, 1.19, 1.85, 1.29),
    (2.58, 2.40, 2.62, 1.69, 1.85, 1.93),
    (2.58, 2.40, 2.62, 1.10, 1.85, 1.93),
)
# What clear air adds to the reflectance of each of these bands.
_AIR = (0.03, 0.045, 0.085, 0.012, 0.0, 0.0)


def eight_bit(bands: np.ndarray, rng: random.Random) -> np.ndarray:
    """Reflectance (B, H, W) as one of the kinds of 8-bit files holds it, float32 0 to 1 in steps of 1 / 255.

    Args:
        bands: the first B of red, green, blue, near infrared and two of shortwave infrared.
        rng: source of all variation.
    """
    make = rng.choices([_camera, _stretched, _counts], [0.45, 0.3, 0.25])[0]
    return (np.round(make(bands, rng).clip(0, 1) * 255) / 255).astype(np.float32)


def _column(values: list[float]) -> np.ndarray:
    return np.array(values, np.float32)[:, None, None]


def _camera(bands: np.ndarray, rng: random.Random) -> np.ndarray:
    """One white point for all bands, a tint, and a gamma."""
    white = rng.uniform(0.18, 0.45)
    tint = _column([rng.uniform(0.85, 1.15) for _ in bands])
    return (bands / white * tint).clip(0, 1) ** rng.uniform(0.6, 1.1)


def _stretched(bands: np.ndarray, rng: random.Random) -> np.ndarray:
    """Each band between percentiles of its own, as those who make pictures of a scene larger than the chip do."""
    sample = bands[:, ::4, ::4].reshape(len(bands), -1)
    low = np.quantile(sample, rng.uniform(0, 0.03), axis=1)
    high = np.quantile(sample, rng.uniform(0.95, 1), axis=1)
    room = (high - low) * rng.uniform(0, 0.5) + 0.02
    low = (low - room * np.array([rng.random() for _ in bands])).clip(0)
    high = high + room * np.array([rng.random() for _ in bands])
    shown = (bands - low[:, None, None]) / (high - low + 1e-3)[:, None, None]
    return shown.clip(0, 1) ** rng.uniform(0.7, 1.1)


def _counts(bands: np.ndarray, rng: random.Random) -> np.ndarray:
    """Raw counts of Landsat 5 or 7, under more or less air and a higher or lower sun."""
    count = len(bands)
    sun = rng.uniform(0.55, 1.2)
    gain = _column([g * sun * rng.lognormvariate(0, 0.06) for g in rng.choice(_COUNTS)[:count]])
    air = _column([a * rng.uniform(0.2, 1.5) for a in _AIR[:count]])
    return (bands + air) * gain
