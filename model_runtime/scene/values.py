"""From digital numbers to reflectance or backscatter, and from there to the 8-bit picture that is looked at."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np

from ..errors import SceneError

# Decibels that brightness 0 and 1 stand for: from the noise floor of Sentinel-1 in calm water to a wall facing it.
DB_RANGE = (-40.0, 15.0)
_SHOWN_DB = {"vv": (-25.0, 0.0), "hh": (-25.0, 0.0), "vh": (-32.0, -7.0), "hv": (-32.0, -7.0)}
# A Sentinel-2 file of 2022 or later that names its tile, as bands outside their product do, and no baseline.
_SHIFTED_SINCE = r"^(?!.*_n\d{4}(?!\d)).*(?<![a-z0-9])t\d{2}[c-x][a-z]{2}_20(?:2[2-9]|[3-9]\d)\d{4}t"
_NO_REFLECTANCE = (
    "The values are not reflectances in any known scale; only their relative brightness within each band is used."
)
_DISPLAY_TOP = 0.3  # reflectance shown as white; land reaches it rarely, snow and cloud always


def brightness(decibels: np.ndarray) -> np.ndarray:
    """Backscatter in dB as brightness, 0 to 1 over `DB_RANGE`; same shape."""
    low, high = DB_RANGE
    return ((decibels - low) / (high - low)).clip(0, 1)


@dataclass(frozen=True)
class Scaling:
    """Value = number * scale + offset, per band.

    Attributes:
        scale: per band, shape (C,).
        offset: per band, shape (C,).
        reflectance: whether the values are reflectances (0 to 1), else they are only brightness (0 to 1).
        how: what was done, in words, for `Scene.stretch`.
        warnings: one sentence per guess.
    """

    scale: np.ndarray
    offset: np.ndarray
    reflectance: bool
    how: str
    warnings: tuple[str, ...] = ()

    def apply(self, numbers: np.ndarray) -> np.ndarray:
        """Numbers (C, H, W) to float32 values clipped to what a surface can reflect: 0 to 2, brightness to 0 to 1."""
        scale = self.scale.astype(np.float32)[:, None, None]
        values = numbers.astype(np.float32)
        values *= scale
        values += self.offset.astype(np.float32)[:, None, None]
        return np.clip(values, 0, 2 if self.reflectance else 1, out=values)


def find_scaling(
    sample: np.ndarray,
    dtype: str,
    sensor: str,
    hints: str,
    scales: np.ndarray,
    offsets: np.ndarray,
    how: str = "the raster's own scale and offset",
    *,
    relative: bool = False,
) -> Scaling:
    """Decide what the numbers of a raster mean.

    Args:
        sample: numbers of the whole raster, thinned, where it has data, shape (C, pixels). The whole raster, so that
            two extents of one raster are never scaled differently.
        dtype: numpy name of the numbers.
        sensor: as found by `bands.find_bands`.
        hints: file name, descriptions and tags.
        scales: the raster's own scale per band (1 where it has none).
        offsets: the raster's own offset per band.
        how: where `scales` and `offsets` come from.
        relative: do not look for reflectances; the user wants relative brightness.

    Raises:
        SceneError: there is not one number to look at.
    """
    kept = _finite(sample)
    if kept.shape[1] == 0:
        raise SceneError("The raster holds no data at all: choose another one.")
    if relative:
        return stretched(kept, said=None)
    ones, zeros = np.ones(len(sample)), np.zeros(len(sample))
    top = max(float(percentile(band, 99)) for band in kept)
    if (scales != 1).any() or (offsets != 0).any():
        own = Scaling(scales, offsets, True, how)
        if _plausible(kept, own):
            return own
    if dtype == "uint8":
        return Scaling(ones / 255, zeros, False, "8-bit values as they are")
    whole = np.issubdtype(np.dtype(dtype), np.integer)
    if not whole and top <= 2:
        as_is = Scaling(ones, zeros, True, "reflectance")
        return as_is if _plausible(kept, as_is) else stretched(kept)
    if not whole and top <= 255 and kept.min() >= 0:
        return Scaling(ones / 255, zeros, False, "values 0 to 255 as they are")
    if sensor == "PlanetScope" and re.search(r"analyticms(?!_sr)", hints.lower()):
        said = "The PlanetScope product is radiance, not surface reflectance; only relative brightness is used."
        return stretched(kept, said)
    if sensor.startswith("Landsat") and dtype == "uint16" and top > 2000:
        chosen = _landsat(kept, ones, hints)
    else:
        chosen = _decimal(kept, ones, top, hints)
    return chosen if _plausible(kept, chosen) else stretched(kept)


def _landsat(kept: np.ndarray, ones: np.ndarray, hints: str) -> Scaling:
    surface = Scaling(ones * 2.75e-5, ones * -0.2, True, "Landsat Collection 2 surface reflectance")
    if re.search(r"sr_b\d|l2sp|l2sr|_sr(?![a-z])", hints.lower()):
        return surface
    first = Scaling(ones * 2e-5, ones * -0.1, True, "Landsat Level 1 top-of-atmosphere reflectance")
    if re.search(r"l1tp|l1gt|l1gs", hints.lower()) and re.search(r"l[co]0?[89]|landsat-[89]", hints.lower()):
        return first
    # Level 1 numbers are top-of-atmosphere reflectance; read as Level 2 they put the darkest ground below zero.
    darkest = _darkest(kept)
    if darkest * 2.75e-5 - 0.2 > -0.005:
        return surface
    if top_of_atmosphere_fits(darkest):
        said = "The numbers are read as Landsat 8-9 Level 1: reflectance above the atmosphere, haze included."
        return replace(first, warnings=(said,))
    return _decimal(kept, ones, max(float(percentile(band, 99)) for band in kept), hints)


def top_of_atmosphere_fits(darkest: float) -> bool:
    """Level 1 numbers start at 5,000, which is reflectance zero."""
    return darkest >= 4900


def _decimal(kept: np.ndarray, ones: np.ndarray, top: float, hints: str) -> Scaling:
    """Integer reflectance: times 10,000 as products deliver it, times 1,000 as some tools write it."""
    product = re.search(r"msil[12][ac]|boa_|quantification", hints.lower())
    if top < 1000 and not product:
        said = (
            f"99 of 100 values are below {top:.0f}, so the numbers were read as reflectance times 1,000, "
            "not the usual 10,000."
        )
        return Scaling(ones / 1000, 0 * ones, True, "reflectance times 1,000", (said,))
    if _shifted(hints):
        if _darkest(kept) >= 900:
            return Scaling(ones / 10000, -0.1 * ones, True, "Sentinel-2 reflectance times 10,000 plus 1,000")
        said = "The product's version shifts values by 1,000, but the values are not shifted; none was taken off."
        return Scaling(ones / 10000, 0 * ones, True, "reflectance times 10,000", (said,))
    usual = Scaling(ones / 10000, 0 * ones, True, "reflectance times 10,000")
    if re.search(_SHIFTED_SINCE, hints.lower()) and _darkest(kept) >= 1000:
        said = (
            "Sentinel-2 products since January 2022 add 1,000 to their numbers; nothing says whether these do, and "
            "none was taken off: choose the sensor sentinel-2-offset if they do."
        )
        return replace(usual, warnings=(said,))
    return usual


def _shifted(hints: str) -> bool:
    """Sentinel-2 products since baseline 04.00 (January 2022) carry an offset of -1,000."""
    plain = hints.lower()
    baseline = re.search(r"_n(\d{4})(?!\d)", plain) or re.search(r"baseline\D{0,3}(\d\d)\.?(\d\d)", plain)
    if re.search(r"(boa|radio)_add_offset\D*-?1000", plain):
        return True
    # N9999 marks test processing of older data, which has no offset.
    return bool(baseline) and 400 <= int("".join(baseline.groups())) < 9999


def _plausible(kept: np.ndarray, scaling: Scaling) -> bool:
    scale, offset = scaling.scale, scaling.offset
    if (scale == scale[0]).all() and (offset == offset[0]).all() and scale[0] > 0:
        low, high = percentile(kept, [1, 99]) * scale[0] + offset[0]
    else:
        low, high = np.percentile(kept * scale[:, None] + offset[:, None], [1, 99])
    return bool(low > -0.1 and 0.01 < high < 2)


def _finite(sample: np.ndarray) -> np.ndarray:
    """Of numbers (C, pixels) those pixels that are finite in every band."""
    finite = np.isfinite(sample).all(axis=0)
    return sample if finite.all() else sample[:, finite]


def _darkest(kept: np.ndarray) -> float:
    return min(float(percentile(band, 1)) for band in kept)


def percentile(numbers: np.ndarray, shares: float | list[float]) -> np.ndarray:
    """What `np.percentile` finds of all numbers; those of 8 and 16 bits are counted, which takes a fifth of the time.

    Args:
        numbers: of any shape, not empty.
        shares: 0 to 100.
    """
    if numbers.dtype not in (np.uint8, np.uint16):
        return np.percentile(numbers, shares)
    place = (numbers.size - 1) * (np.asarray(shares, float) / 100)
    reached = np.cumsum(np.bincount(numbers.ravel()))
    below, above = (np.searchsorted(reached, end(place), side="right") for end in (np.floor, np.ceil))
    part, step = place - np.floor(place), above - below
    return np.where(part < 0.5, below + step * part, above - step * (1 - part))  # rounded as numpy does


def stretched(kept: np.ndarray, said: str | None = _NO_REFLECTANCE) -> Scaling:
    """Relative brightness: the 2nd and 98th percentile of each band become 0 and 1.

    Args:
        kept: numbers (C, pixels), all finite.
        said: why it had to be so; None: it was asked for.
    """
    low, high = np.percentile(kept, [2, 98], axis=1)
    span = np.where(high > low, high - low, 1)
    return Scaling(1 / span, -low / span, False, "2 to 98 percentile of each band", (said,) if said else ())


def display_top(rgb: np.ndarray, valid: np.ndarray, scaling: Scaling) -> float:
    """The value that is shown as white; arguments as for `display`."""
    if not scaling.reflectance:
        return 1.0
    # Snow and cloud would be one white sheet at 0.3.
    bright = 2 * np.count_nonzero((rgb > _DISPLAY_TOP) & valid) > len(rgb) * np.count_nonzero(valid)
    return 1.0 if bright else _DISPLAY_TOP


def display(rgb: np.ndarray, valid: np.ndarray, scaling: Scaling, top: float | None = None) -> tuple[np.ndarray, str]:
    """Picture of the scene and the sentence that says how it was stretched.

    Args:
        rgb: values (3, H, W).
        valid: bool (H, W).
        scaling: how the values came about.
        top: the value that is shown as white; None: as the values themselves tell.

    Returns:
        uint8 (H, W, 3), 0 where not valid; the sentence.
    """
    top = display_top(rgb, valid, scaling) if top is None else top
    picture = np.empty((*valid.shape, 3), np.uint8)
    shown = np.empty(valid.shape, rgb.dtype)
    for band in range(3):
        np.multiply(rgb[band], 255 / top, out=shown)
        shown += 0.5
        picture[..., band] = np.clip(shown, 0, 255, out=shown)
    if not valid.all():
        picture[~valid] = 0
    if scaling.reflectance:
        return picture, f"Reflectance 0 to {top:g} is shown as 0 to 255 ({scaling.how})."
    return picture, f"Brightness is shown as 0 to 255 ({scaling.how})."


@dataclass(frozen=True)
class Backscatter:
    """From the numbers of a radar image to brightness 0 to 1, which is backscatter from `DB_RANGE`.

    Attributes:
        kind: "decibels"; "power" (linear); or "amplitude", uncalibrated, which is placed by its own percentiles.
        shift: decibels added, per band; 0 where the numbers are calibrated.
        how: what was done, in words, for `Scene.stretch`.
        warnings: one sentence per guess.
    """

    kind: str
    shift: np.ndarray
    how: str
    warnings: tuple[str, ...] = ()

    def apply(self, numbers: np.ndarray) -> np.ndarray:
        """Numbers (C, H, W) to float32 brightness; a number that has no logarithm becomes 0."""
        low, high = DB_RANGE
        values = (_decibels(numbers, self.kind) + self.shift.astype(np.float32)[:, None, None] - low) / (high - low)
        return np.clip(np.nan_to_num(values, nan=0.0, posinf=1.0, neginf=0.0), 0, 1).astype(np.float32)


def find_backscatter(sample: np.ndarray, hints: str) -> Backscatter:
    """Decide whether the numbers of a radar image are decibels, linear power or an uncalibrated amplitude.

    Args:
        sample: numbers of the whole raster, thinned, where it has data, shape (C, pixels).
        hints: file name, descriptions and tags.

    Raises:
        SceneError: there is not one number to look at.
    """
    kept = _finite(sample)
    kept = kept[:, (kept != 0).any(axis=0)]
    if kept.shape[1] == 0:
        raise SceneError("The raster holds no data at all: choose another one.")
    none = np.zeros(len(sample))
    low, high = np.percentile(kept, [5, 99])
    plain = hints.lower()
    if "s1_decibels" in plain or (low < 0 and low > -80 and high < 40 and "s1_linear" not in plain):
        return Backscatter("decibels", none, "radar backscatter in decibels")
    if "s1_linear" in plain or (low >= 0 and high <= 30):
        return Backscatter("power", none, "linear radar backscatter turned into decibels")
    said = "The radar image is not calibrated; only its relative brightness within each band is used."
    amplitude = _decibels(kept - min(0.0, float(kept.min())), "amplitude")
    top = np.array([np.percentile(band[np.isfinite(band)], 98) for band in amplitude])
    return Backscatter("amplitude", -top, "amplitude, brightest 2 of 100 pixels as 0 dB", (said,))


def _decibels(numbers: np.ndarray, kind: str) -> np.ndarray:
    values = numbers.astype(np.float32)
    if kind == "decibels":
        return values
    with np.errstate(divide="ignore", invalid="ignore"):
        return np.log10(values) * (20 if kind == "amplitude" else 10)


def display_sar(values: np.ndarray, roles: Sequence[str], valid: np.ndarray, how: str) -> tuple[np.ndarray, str]:
    """Picture of a radar image and the sentence that says how it was made.

    The channels are those of the published model (SPEC 3): cross-polarised, co-polarised, and the mean of both. The
    limits are fixed, so that two dates can be compared by eye.

    Args:
        values: brightness (C, H, W) as `Backscatter` gives it.
        roles: polarisation of each band.
        valid: bool (H, W).
        how: how the values came about.

    Returns:
        uint8 (H, W, 3), 0 where not valid; the sentence.
    """
    low, high = DB_RANGE
    decibels = dict(zip(roles, values * (high - low) + low, strict=True))
    grey = {
        role: np.clip((band - _SHOWN_DB[role][0]) * (255 / (_SHOWN_DB[role][1] - _SHOWN_DB[role][0])) + 0.5, 0, 255)
        for role, band in decibels.items()
    }
    same = next((grey[role] for role in ("vv", "hh") if role in grey), None)
    cross = next((grey[role] for role in ("vh", "hv") if role in grey), same)
    same = cross if same is None else same
    picture = np.stack([cross, same, (cross + same) / 2], axis=-1).astype(np.uint8)
    picture[~valid] = 0
    limits = ", ".join(f"{role.upper()} {_SHOWN_DB[role][0]:g} to {_SHOWN_DB[role][1]:g} dB" for role in roles)
    return picture, f"{limits} is shown as 0 to 255 ({how})."
