"""How a painted ground looks from space: spectra of its objects, texture, blur, relief, clouds, air, noise."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np

from .canvas import Canvas
from .noise import Field, lumps, normal_grain, swapped
from .spectra import (
    BANDS,
    BRIGHT,
    CLASSES,
    CODE,
    GRAIN,
    LABEL,
    MEAN,
    MIX,
    NUMBER,
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


def draw_look(canvas: Canvas) -> Look:
    """Draw the look of a ground in the five bands of `BANDS`."""
    rng = canvas.rng
    bright, shape = rng.standard_normal((len(MEAN), 1)), rng.standard_normal(MEAN.shape)
    count = len(canvas.materials)
    used = canvas.used()
    object_bright, object_shape = np.zeros((count, 1)), np.zeros((count, len(BANDS)))
    object_bright[used] = rng.standard_normal((len(used), 1))
    object_shape[used] = rng.standard_normal((len(used), len(BANDS)))
    object_mix = rng.standard_normal(count)
    fine = rng.standard_normal((canvas.size, canvas.size), dtype=np.float32)
    clumped = canvas.noise(2.2 * canvas.pixel_size_m)
    broad = canvas.noise(12 * canvas.pixel_size_m, 2)
    across = canvas.rotated(rng.uniform(0, np.pi))[1] / canvas.pixel_size_m
    rows = lumps(rng, canvas.size, [3])[:, 0][np.clip((across + canvas.size * 0.5).astype(np.intp), 0, canvas.size - 1)]
    # Some scenes are smoother than others.
    lively = np.exp(0.35 * rng.standard_normal(len(CLASSES) + 1)).astype(np.float32)
    lively[CODE["water"]] *= 0.7
    # Vigour drifts over the land: more infrared goes with less red.
    strength = np.float32(rng.uniform(0.0, 0.14))
    vigour = canvas.noise(rng.uniform(150, 800), 4, 0.7)
    return Look(
        bright, shape, object_bright, object_shape, object_mix, fine, clumped, broad, rows, lively, vigour, strength
    )


def with_swir2(look: Look, canvas: Canvas, rng: np.random.Generator) -> Look:
    """The same look in the six bands of `OPTICAL_BANDS`; swir2 mostly goes with swir1."""

    def widened(deviates: np.ndarray, used: np.ndarray) -> np.ndarray:
        wide = np.zeros((len(deviates), len(OPTICAL_BANDS)))
        wide[used, :-1] = deviates[used]
        wide[used, -1] = 0.8 * deviates[used, -1] + 0.6 * rng.standard_normal(len(deviates))[used]
        return wide

    shape = widened(look.shape, np.arange(len(look.shape)))
    return replace(look, shape=shape, object_shape=widened(look.object_shape, canvas.used()))


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


def ground(canvas: Canvas, look: Look) -> np.ndarray:
    """Surface reflectance (bands, H, W) of the painted objects: own spectrum, what shows through, texture."""
    # All tables are of the objects that have pixels: small enough for the processor's cache.
    used, objects = canvas.used_by_pixel()
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
    flat = np.array([0, 1, 0, 0.8, 0.2, 0.8, 0, 0, 0.9, 0], dtype=np.float32)[LABEL[canvas.materials]][canvas.objects]
    light += flat * (1 - light)
    for band, sky in zip(bands, _six((0.15, 0.25, 0.40, 0.08, 0.04), 0.03), strict=False):
        band *= sky + (1 - sky) * light


def slope_towards(slopes: tuple[Field, Field], azimuth: float) -> Field:
    """How much the ground rises away from a direction in radians, in the unit of the slopes along y and x."""
    return np.float32(np.cos(azimuth)) * slopes[1] + np.float32(np.sin(azimuth)) * slopes[0]


def clouds(canvas: Canvas, bands: np.ndarray, labels: np.ndarray, share: float | None = None) -> np.ndarray:
    """Clouds with soft edges and their shadows.

    Args:
        canvas: the ground.
        bands: (bands, H, W) as seen without clouds; changed in place.
        labels: uint8 (H, W); changed in place.
        share: of the scene that clouds and shadows hide together, 0 to 1; drawn when not given.

    Returns:
        bool (H, W), where a cloud or its shadow hides the ground.
    """
    rng = canvas.rng
    drawn = float(rng.beta(0.8, 2.2))
    field = canvas.noise(rng.uniform(120, 1500), 5)
    edge = np.quantile(field[::3, ::3], 1 - drawn)
    softness = rng.uniform(0.15, 0.9)
    density = rng.uniform(0.75, 1.0)
    name = ["cloud_thick", "cloud_thick", "cloud_low", "cirrus"][rng.integers(4)]
    number = NUMBER[name]
    colour = (
        MEAN[number]
        * np.exp(BRIGHT[number] * rng.standard_normal())
        * np.exp(SHAPE[number] * rng.standard_normal(len(BANDS)))
    )
    height_px = rng.uniform(5, 50) * 10 / canvas.pixel_size_m
    direction = rng.uniform(0, 2 * np.pi)
    offset = (height_px * np.sin(direction), height_px * np.cos(direction))
    if share is not None:
        edge = _edge_for(field, share, softness, density, offset)
    alpha = _thickness(field, edge, softness, density)
    shadow = _moved(alpha, offset)
    depth = _six((0.55, 0.45, 0.35, 0.65, 0.65), 0.65) * rng.uniform(0.7, 1.15)
    np.copyto(labels, 0, where=(shadow > 0.6) & (alpha < 0.2) & (rng.random() < 0.5))
    colour = np.append(colour, colour[-1] * SPECTRA[number, -1] / MEAN[number, -1]).astype(np.float32)
    body = 1 + 0.10 * canvas.noise(100, 3)
    body *= alpha
    for band, dark, bright in zip(bands, depth.astype(np.float32), colour, strict=False):
        band *= (1 - dark * shadow) * (1 - alpha)
        band += bright * body
    np.copyto(labels, 0, where=alpha > 0.15)
    np.copyto(labels, CODE["cloud"], where=alpha > 0.45)
    return _hides(alpha, shadow)


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


def _edge_for(field: Field, share: float, softness: float, density: float, offset: tuple[float, float]) -> float:
    """The edge at which clouds and shadows hide this share, found by halving on every third pixel."""
    thinned = field[::3, ::3]
    low, high = float(field.min()) - 2, float(field.max()) + 2
    for _ in range(12):
        middle = (low + high) / 2
        alpha = _thickness(thinned, middle, softness, density)
        shadow = _moved(alpha, (offset[0] / 3, offset[1] / 3))
        if _hides(alpha, shadow).mean() > share:
            low = middle
        else:
            high = middle
    return (low + high) / 2


def air(rng: np.random.Generator, bands: np.ndarray) -> None:
    """The whole scene's season, sun and air, in place: a gain, a colour cast, haze strongest in the blue, noise."""
    gain = np.exp(rng.normal(0, 0.10)) * np.exp(rng.normal(0, 0.04, len(BANDS)))
    draw = rng.random()
    if draw < 0.25:  # top of atmosphere
        haze = rng.uniform(0.6, 1.4) * np.array([0.025, 0.043, 0.078, 0.008, 0.002, 0.001])
    elif draw < 0.60:  # thin haze left in, or some taken out too much
        haze = rng.normal(0.004, 0.010) * np.array([0.7, 0.85, 1.0, 0.4, 0.1, 0.05])
    else:
        haze = np.zeros(len(SPECTRA[0]))
    noise = float(rng.choice([0.0003, 0.0008, 0.002]))
    gain = (np.append(gain, gain[-1]) * (1 - haze[2])).astype(np.float32)
    for band, factor, added in zip(bands, gain, haze, strict=False):
        band *= factor
        band += normal_grain(rng, band.shape, added, noise)
        np.clip(band, 0.0001, 1.6, out=band)


def _six(five: tuple[float, ...], sixth: float) -> np.ndarray:
    return np.array([*five, sixth], dtype=np.float32)
