"""How a painted ground looks from above: spectra of its objects, texture, relief in the sun."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np

from .canvas import Canvas, Used
from .noise import Field, lumps, swapped
from .spectra import (
    BANDS,
    BRIGHT,
    CLASSES,
    CODE,
    GRAIN,
    LABEL,
    MEAN,
    MIX,
    OPTICAL_BANDS,
    PARTNER,
    SHAPE,
    SPECTRA,
)

# Per class: how much of the within-pixel texture is single-pixel, clumped (about 3 px), broad (about 12 px) or in rows.
_TEXTURE = np.array(
    [
        (0.5, 0.5, 0.3, 0.0),  # unlabelled
        (0.2, 0.3, 1.0, 0.0),  # water
        (0.8, 0.7, 0.3, 0.0),  # trees
        (0.3, 0.5, 0.6, 0.7),  # cropland
        (0.4, 0.7, 0.7, 0.0),  # grassland
        (1.0, 0.5, 0.1, 0.0),  # built-up
        (0.5, 0.6, 0.8, 0.0),  # bare
        (0.3, 0.5, 0.9, 0.0),  # snow and ice
        (0.6, 0.9, 0.5, 0.0),  # wetland
        (0.2, 0.5, 1.0, 0.0),  # cloud
    ],
    dtype=np.float32,
)
# Per class: log standard deviation of brightness from pixel to pixel.
_ROUGHNESS = np.array([0.08, 0.06, 0.085, 0.07, 0.06, 0.20, 0.15, 0.06, 0.08, 0.06], dtype=np.float32)


_PLANTS = np.array([0, 0, 1, 0.6, 1.3, 0.5, 0.3, 0, 1.2, 0], dtype=np.float32)
_VIGOUR = np.array([-1.2, -0.5, -0.8, 0.9, -0.5, -0.9], dtype=np.float32)
# Natural patches differ less from each other than fields and roofs do.
_APART = np.array([1, 0.7, 0.6, 1, 0.7, 1.1, 0.55, 0.7, 0.8, 1], dtype=np.float32)

# Water lies level and so, mostly, do fields, towns and swamps.
_FLAT = np.array([0, 1, 0, 0.8, 0.2, 0.8, 0, 0, 0.9, 0], dtype=np.float32)
# Share of each band's light that comes from the sky and not straight from the sun.
_SKY = np.array([0.15, 0.25, 0.40, 0.08, 0.04, 0.03], dtype=np.float32)


@dataclass(frozen=True)
class Look:
    """What is drawn about the look of a painted ground, so that it can be drawn again on another date.

    Attributes:
        bright: (materials, 1) deviates of each material in this scene, shared by its bands.
        shape: (materials, bands) deviates per band.
        object_bright: (objects, 1) deviates of each object; 0 for objects of which no pixel is left.
        object_shape: (objects, bands).
        object_mix: (objects,) deviates of what shows through.
        fine: (H, W) single-pixel texture.
        clumped: (H, W) texture of about 2 pixels.
        broad: (H, W) texture of about 12 pixels.
        rows: (H, W) texture along the rows of fields.
        lively: (classes + 1,) how much texture each class has in this scene.
        vigour: (H, W) where plants grow better than usual, of unit deviation.
        vigour_strength: how much better.
    """

    bright: np.ndarray
    shape: np.ndarray
    object_bright: np.ndarray
    object_shape: np.ndarray
    object_mix: np.ndarray
    fine: Field
    clumped: Field
    broad: Field
    rows: Field
    lively: np.ndarray
    vigour: Field
    vigour_strength: np.float32


def draw_look(canvas: Canvas, used: Used) -> Look:
    """Draw the look of a ground in the five bands of `BANDS`; `used` are the canvas's own."""
    rng = canvas.rng
    bright, shape = rng.standard_normal((len(MEAN), 1)), rng.standard_normal(MEAN.shape)
    count, some = len(canvas.materials), len(used.objects)
    object_bright, object_shape = np.zeros((count, 1)), np.zeros((count, len(BANDS)))
    object_bright[used.objects] = rng.standard_normal((some, 1))
    object_shape[used.objects] = rng.standard_normal((some, len(BANDS)))
    object_mix = rng.standard_normal(count)
    fine = rng.standard_normal((canvas.size, canvas.size), dtype=np.float32)
    clumped = canvas.noise(2.2 * canvas.pixel_size_m)
    broad = canvas.noise(12 * canvas.pixel_size_m, 2)
    across = canvas.rotated(rng.uniform(0, np.pi))[1] / canvas.pixel_size_m
    rows = lumps(rng, canvas.size, [3], width=1)[:, 0][
        np.clip((across + canvas.size * 0.5).astype(np.intp), 0, canvas.size - 1)
    ]
    # Some scenes are smoother than others.
    lively = np.exp(0.35 * rng.standard_normal(len(CLASSES) + 1)).astype(np.float32)
    lively[CODE["water"]] *= 0.7
    # Vigour drifts over the land: more infrared goes with less red.
    strength = np.float32(rng.uniform(0.0, 0.14))
    vigour = canvas.noise(rng.uniform(150, 800), 4, 0.7)
    return Look(
        bright, shape, object_bright, object_shape, object_mix, fine, clumped, broad, rows, lively, vigour, strength
    )


def with_swir2(look: Look, used: Used, rng: np.random.Generator) -> Look:
    """The same look in the six bands of `OPTICAL_BANDS`; swir2 mostly goes with swir1."""

    def widened(deviates: np.ndarray, rows: np.ndarray) -> np.ndarray:
        wide = np.zeros((len(deviates), len(OPTICAL_BANDS)))
        wide[rows, :-1] = deviates[rows]
        wide[rows, -1] = 0.8 * deviates[rows, -1] + 0.6 * rng.standard_normal(len(deviates))[rows]
        return wide

    shape = widened(look.shape, np.arange(len(look.shape)))
    return replace(look, shape=shape, object_shape=widened(look.object_shape, used.objects))


def later_look(look: Look, canvas: Canvas) -> Look:
    """The look of the same ground on another date: most of it stays, new objects get their own."""
    rng = canvas.rng
    new = len(canvas.materials) - len(look.object_mix)

    def grown(deviates: np.ndarray) -> np.ndarray:
        return np.concatenate([deviates, rng.standard_normal((new, *deviates.shape[1:]))])

    def aged(deviates: np.ndarray, kept: float) -> np.ndarray:
        fresh = rng.standard_normal(deviates.shape, dtype=np.float32)
        return np.float32(kept) * deviates + np.float32(np.sqrt(1 - kept**2)) * fresh

    return Look(
        aged(look.bright, 0.95),
        aged(look.shape, 0.9),
        aged(grown(look.object_bright), 0.95),
        aged(grown(look.object_shape), 0.9),
        aged(grown(look.object_mix), 0.95),
        aged(look.fine, 0.85),
        0.95 * look.clumped + 0.3 * canvas.noise(2.2 * canvas.pixel_size_m),
        look.broad,
        look.rows,
        look.lively,
        0.8 * look.vigour + 0.6 * canvas.noise(rng.uniform(150, 800), 4, 0.7),
        look.vigour_strength,
    )


def ground(canvas: Canvas, look: Look, used: Used) -> np.ndarray:
    """Surface reflectance (bands, H, W) of the painted objects: own spectrum, what shows through, texture."""
    used, objects = used.objects, used.places
    materials = canvas.materials[used]
    bands_count = look.shape.shape[1]
    scene_mean = SPECTRA[:, :bands_count] * np.exp(
        BRIGHT[:, None] * 0.6 * look.bright + SHAPE[:, None] * 0.7 * look.shape
    )
    shift = (
        BRIGHT[materials, None] * 0.7 * look.object_bright[used]
        + SHAPE[materials, None] * 0.6 * look.object_shape[used]
    )
    shift *= _APART[LABEL[materials], None]
    # Neighbouring bands move together: half of each band's own shift is that of its neighbours.
    shift[:, :3] = 0.5 * shift[:, :3] + 0.5 * shift[:, :3].mean(1, keepdims=True)
    spectrum = (scene_mean[materials] * np.exp(shift)).T.astype(np.float32)
    shown = scene_mean[PARTNER[materials]].T.astype(np.float32) - spectrum
    own_mix = np.clip(MIX[materials] * np.exp(0.3 * look.object_mix[used]), 0, 0.8).astype(np.float32)
    label = LABEL[materials]
    weights = (_TEXTURE / np.linalg.norm(_TEXTURE, axis=1, keepdims=True))[label].T
    grain = GRAIN[materials] * look.lively[label]
    roughness = (_ROUGHNESS * look.lively)[label]

    mix = own_mix[objects]
    for weight, texture in zip(weights, (look.fine, look.clumped, look.broad, 2 * look.rows), strict=True):
        mix += (grain * weight)[objects] * texture
    np.clip(mix, 0, 0.95, out=mix)
    gain = np.zeros_like(mix)
    for weight, texture in zip(weights[:3], (look.fine, look.clumped, look.broad), strict=True):
        gain += (roughness * weight)[objects] * swapped(texture)
    vigour = (look.vigour_strength * _PLANTS[label])[objects] * look.vigour
    bands = np.empty((bands_count, canvas.size, canvas.size), dtype=np.float32)
    for band in range(bands_count):
        np.take(shown[band], objects, out=bands[band], mode="clip")
        bands[band] *= mix
        bands[band] += spectrum[band].take(objects)
        bands[band] *= np.exp(gain + _VIGOUR[band] * vigour)
    return bands


def shade(canvas: Canvas, bands: np.ndarray, slopes: tuple[Field, Field], strength: float, sun: float) -> None:
    """Slopes away from the sun darken, mostly in the red and infrared, whose sky light is weak; `sun` is in radians."""
    light = np.clip(1 + np.float32(strength) * slope_towards(slopes, sun), 0.18, 1.6)
    flat = _FLAT[LABEL[canvas.materials]][canvas.objects]
    light += flat * (1 - light)
    for band, sky in zip(bands, _SKY, strict=False):
        band *= sky + (1 - sky) * light


def slope_towards(slopes: tuple[Field, Field], azimuth: float) -> Field:
    """How much the ground rises away from a direction in radians, in the unit of the slopes along y and x."""
    return np.float32(np.cos(azimuth)) * slopes[1] + np.float32(np.sin(azimuth)) * slopes[0]
