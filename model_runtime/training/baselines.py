"""Thresholds on spectral indices: what needs no training at all.

NDVI (Rouse et al. 1974), NDWI (McFeeters 1996), MNDWI (Xu 2006), NDBI (Zha et al. 2003) and NDSI (Hall et al. 1995),
taken in order: the first rule that holds gives a pixel its class. Every pixel gets one.
"""

from __future__ import annotations

import numpy as np

from ..terra_cot.scenes import CLASSES
from .bars import Masks
from .places import Place

_DARKEST = 0.005
"""share of the pixels below the dark object of a band"""


def index_rules(place: Place) -> Masks:
    """Masks of the classes that rules can tell; of the others (wetland, cloud) empty ones.

    With near infrared: snow NDSI > 0.4 and green > 0.3; water NDWI > 0.1 or, with shortwave infrared, MNDWI > 0.1 and
    NDVI < 0.2; trees NDVI > 0.6 and near infrared below 0.45 (canopies cast shade), or on 8-bit values below the
    median of such pixels; grass NDVI > 0.6; crop NDVI > 0.2; built-up NDBI < 0.1, or without shortwave infrared red
    below 0.3; bare the rest. From 8-bit values each band's darkest is taken first (Chavez 1988).
    Colours alone: trees GRVI > 0.15 (Tucker 1979); water where blue is above red and green; grass where green is above
    red; bare the rest.

    The thresholds were chosen on the very places of the bars, among those usual in the field: the best that rules of
    this form do there.
    """
    scene, bands = place.scene, place.optical
    there = scene.bands.max(axis=0) > 0
    if "nir" not in bands:
        rules = _by_colours(bands)
    else:
        if not scene.reflectance:
            bands = {name: (band - np.quantile(band[there], _DARKEST)).clip(0) for name, band in bands.items()}
        rules = _by_infrared(bands, reflectance=scene.reflectance)
    masks = {name: np.zeros(there.shape, bool) for name in CLASSES}
    for name, holds in rules:
        masks[name] |= there & holds
        there = there & ~holds
    return masks


def ratio(one: np.ndarray, other: np.ndarray) -> np.ndarray:
    """The normalised difference of two bands, -1 to 1."""
    return (one - other) / (one + other + 1e-4)


def _by_infrared(bands: dict[str, np.ndarray], *, reflectance: bool) -> list[tuple[str, np.ndarray]]:
    red, green, nir, swir = bands["red"], bands["green"], bands["nir"], bands.get("swir1")
    ndvi = ratio(nir, red)
    water, snow, built = ratio(green, nir) > 0.1, np.zeros_like(red, bool), red < 0.3
    if swir is not None:
        mndwi = ratio(green, swir)
        snow = (mndwi > 0.4) & (green > 0.3) & reflectance  # NDSI is the same ratio
        water |= (mndwi > 0.1) & (ndvi < 0.2)
        built = ratio(swir, nir) < 0.1
    leaves = ndvi > 0.6
    canopy = 0.45 if reflectance else np.median(nir[leaves]) if leaves.any() else 0.0
    return [
        ("snow and ice", snow), ("water", water), ("trees", leaves & (nir < canopy)), ("grassland", leaves),
        ("cropland", ndvi > 0.2), ("built-up", built), ("bare", np.ones_like(water)),
    ]  # fmt: skip


def _by_colours(bands: dict[str, np.ndarray]) -> list[tuple[str, np.ndarray]]:
    red, green, blue = bands["red"], bands["green"], bands["blue"]
    return [
        ("trees", ratio(green, red) > 0.15), ("water", (blue > red) & (blue > green)), ("grassland", green > red),
        ("bare", np.ones_like(red, bool)),
    ]  # fmt: skip
