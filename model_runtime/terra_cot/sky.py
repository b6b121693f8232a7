"""What lies between the ground and the sensor: clouds with their shadows, air, and the sensor's own noise."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from .noise import Field, normal_grain
from .spectra import BANDS, BRIGHT, CODE, MEAN, NUMBER, OPTICAL_BANDS, SHAPE, SPECTRA

_SHADOW = np.array([0.55, 0.45, 0.35, 0.65, 0.65, 0.65], dtype=np.float32)
"""What a shadow takes of the light: least in the blue, for the sky is blue."""

PATH_REFLECTANCE = np.array([0.025, 0.043, 0.078, 0.008, 0.002, 0.001])
"""What the air itself adds to each of `OPTICAL_BANDS` above the atmosphere, usually."""


@dataclass(frozen=True)
class Clouds:
    """The clouds of one image.

    Attributes:
        field: There are clouds where it is high; unit deviation.
        shading: The same field where the cloud is that may shade a pixel.
        body: How bright clouds are from place to place, about 1.
        edge: From this value of the field on there is cloud.
        softness: How much of the field an edge takes.
        density: Of the thickest cloud, 0 to 1.
        offset_px: From a cloud to its shadow in rows and columns.
        colour: Reflectance in `OPTICAL_BANDS`.
        depth: What a full shadow takes of each band.
        doubtful: Whether shadowed ground is left unlabelled.
    """

    field: Field
    shading: Field
    body: Field
    edge: float
    softness: float
    density: float
    offset_px: tuple[float, float]
    colour: np.ndarray
    depth: np.ndarray
    doubtful: bool

    def cover(self, bands: np.ndarray, labels: np.ndarray) -> np.ndarray:
        """Lay clouds and shadows over an image.

        Args:
            bands: (bands, H, W) as seen without clouds, the first of `OPTICAL_BANDS`; changed in place.
            labels: uint8 (H, W); changed in place: thick cloud is labelled, edges and deep shadow are unlabelled.

        Returns:
            bool (H, W), where a cloud or its shadow hides the ground.
        """
        alpha = _thickness(self.field, self.edge, self.softness, self.density)
        shadow = _thickness(self.shading, self.edge, self.softness, self.density)
        np.copyto(labels, 0, where=(shadow > 0.6) & (alpha < 0.2) & self.doubtful)
        body = self.body * alpha
        for band, depth, colour in zip(bands, self.depth, self.colour, strict=False):
            band *= (1 - depth * shadow) * (1 - alpha)
            band += colour * body
        np.copyto(labels, 0, where=alpha > 0.15)
        np.copyto(labels, CODE["cloud"], where=alpha > 0.45)
        return _hides(alpha, shadow)


def draw_clouds(
    rng: np.random.Generator, pixel_size_m: float, noise: Callable[[float, int], Field], share: float | None
) -> Clouds:
    """Draw the clouds of one image.

    Args:
        rng: What is drawn.
        pixel_size_m: Ground size of a pixel.
        noise: Size of its largest lumps in metres and number of octaves -> field of unit deviation.
        share: Of the image that clouds and shadows hide together, 0 to 1; drawn when not given.
    """
    drawn = float(rng.beta(0.8, 2.2))
    field = noise(rng.uniform(120, 1500), 5)
    edge = float(np.quantile(field[::3, ::3], 1 - drawn))
    softness = rng.uniform(0.15, 0.9)
    density = rng.uniform(0.75, 1.0)
    number = NUMBER[["cloud_thick", "cloud_thick", "cloud_low", "cirrus"][rng.integers(4)]]
    deviation = BRIGHT[number] * rng.standard_normal() + SHAPE[number] * rng.standard_normal(len(BANDS))
    colour = MEAN[number] * np.exp(deviation)
    colour = np.append(colour, colour[-1] * SPECTRA[number, -1] / MEAN[number, -1]).astype(np.float32)
    height_px = rng.uniform(5, 50) * 10 / pixel_size_m
    direction = rng.uniform(0, 2 * np.pi)
    offset_px = (height_px * np.sin(direction), height_px * np.cos(direction))
    shading = _moved(field, offset_px)
    if share is not None:
        edge = edge_for(share, field[::3, ::3], shading[::3, ::3], softness, density)
    depth = _SHADOW * np.float32(rng.uniform(0.7, 1.15))
    doubtful = bool(rng.random() < 0.5)
    return Clouds(
        field, shading, brightness(noise(100, 3)), edge, softness, density, offset_px, colour, depth, doubtful
    )


def brightness(field: Field) -> Field:
    """The `body` of clouds, of a field of unit deviation."""
    return 1 + np.float32(0.10) * field


def edge_for(share: float, field: Field, shading: Field, softness: float, density: float) -> float:
    """The edge at which clouds and shadows hide this share of some pixels, found by halving."""
    low, high = float(field.min()) - 2, float(field.max()) + 2
    for _ in range(12):
        middle = (low + high) / 2
        alpha, shadow = (_thickness(part, middle, softness, density) for part in (field, shading))
        if _hides(alpha, shadow).mean() > share:
            low = middle
        else:
            high = middle
    return (low + high) / 2


def _thickness(field: Field, edge: float, softness: float, density: float) -> Field:
    alpha = np.clip((field - edge) / softness + 0.35, 0, 1)
    return alpha * alpha * (3 - 2 * alpha) * density


def _hides(alpha: Field, shadow: Field) -> np.ndarray:
    return (alpha > 0.15) | (shadow > 0.3)


def _moved(field: Field, offset: tuple[float, float]) -> Field:
    """The field moved by so many rows and columns, mirrored at its edges."""
    rows, columns = (
        _mirrored(np.arange(count) - round(by), count) for count, by in zip(field.shape, offset, strict=True)
    )
    return field[rows[:, None], columns]


def _mirrored(places: np.ndarray, count: int) -> np.ndarray:
    places = places % (2 * count)
    return np.minimum(places, 2 * count - 1 - places)


@dataclass(frozen=True)
class Air:
    """The season, sun, air and sensor of one image.

    Attributes:
        gain: Of each of `OPTICAL_BANDS`: brightness and a colour cast.
        haze: Reflectance added to each.
        noise: Of the sensor, as a deviation of reflectance.
    """

    gain: np.ndarray
    haze: np.ndarray
    noise: float

    def dim(self, bands: np.ndarray, rng: np.random.Generator) -> None:
        """Look through the air, in place; the noise is drawn."""
        for band, gain, haze in zip(bands, self.gain, self.haze, strict=False):
            band *= gain
            band += normal_grain(rng, band.shape, haze, self.noise)
            np.clip(band, 0.0001, 1.6, out=band)


def draw_air(rng: np.random.Generator) -> Air:
    """Draw what the air of one image is like; haze is strongest in the blue."""
    gain = np.exp(rng.normal(0, 0.10)) * np.exp(rng.normal(0, 0.04, len(BANDS)))
    draw = rng.random()
    if draw < 0.25:  # top of atmosphere
        haze = rng.uniform(0.6, 1.4) * PATH_REFLECTANCE
    elif draw < 0.60:  # thin haze left in, or some taken out too much
        haze = rng.normal(0.004, 0.010) * np.array([0.7, 0.85, 1.0, 0.4, 0.1, 0.05])
    else:
        haze = np.zeros(len(OPTICAL_BANDS))
    noise = float(rng.choice([0.0003, 0.0008, 0.002]))
    return Air((np.append(gain, gain[-1]) * (1 - haze[2])).astype(np.float32), haze, noise)
