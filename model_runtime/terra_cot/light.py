"""How a painted ground looks from space: spectra of its objects, texture, blur, relief, clouds, air, noise."""

from __future__ import annotations

import numpy as np
from scipy import ndimage

from .canvas import Canvas, Field, lumps, swapped
from .spectra import BRIGHT, CLASSES, CODE, GRAIN, LABEL, MEAN, MIX, NUMBER, PARTNER, SHAPE

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
_VIGOUR = np.array([-1.2, -0.5, -0.8, 0.9, -0.5], dtype=np.float32)
# Natural patches differ less from each other than fields and roofs do.
_APART = np.array([1, 0.7, 0.6, 1, 0.7, 1.1, 0.55, 0.7, 0.8, 1], dtype=np.float32)


def ground(canvas: Canvas) -> np.ndarray:
    """Surface reflectance (5, H, W) of the painted objects: own spectrum, what shows through, texture."""
    rng = canvas.rng
    materials = canvas.materials
    count = len(materials)
    scene_mean = MEAN * np.exp(
        BRIGHT[:, None] * 0.6 * rng.standard_normal((len(MEAN), 1))
        + SHAPE[:, None] * 0.7 * rng.standard_normal(MEAN.shape)
    )
    used = np.unique(canvas.objects)
    spectrum = np.zeros((count, 5), dtype=np.float32)
    shift = BRIGHT[materials[used], None] * 0.7 * rng.standard_normal((len(used), 1)) + SHAPE[
        materials[used], None
    ] * 0.6 * rng.standard_normal((len(used), 5))
    shift *= _APART[LABEL[materials[used]], None]
    # Neighbouring bands move together: half of each band's own shift is that of its neighbours.
    shift[:, :3] = 0.5 * shift[:, :3] + 0.5 * shift[:, :3].mean(1, keepdims=True)
    spectrum[used] = scene_mean[materials[used]] * np.exp(shift)
    label = LABEL[materials]
    own_mix = np.clip(MIX[materials] * np.exp(0.3 * rng.standard_normal(count)), 0, 0.8).astype(np.float32)

    fine = rng.standard_normal((canvas.size, canvas.size), dtype=np.float32)
    clumped = canvas.noise(2.2 * canvas.pixel_size_m)
    broad = canvas.noise(12 * canvas.pixel_size_m, 2)
    across = canvas.rotated(rng.uniform(0, np.pi))[1] / canvas.pixel_size_m
    rows = lumps(rng, canvas.size, 3)[:, 0][np.clip((across + canvas.size * 0.5).astype(np.intp), 0, canvas.size - 1)]
    weights = _TEXTURE / np.linalg.norm(_TEXTURE, axis=1, keepdims=True)
    pixel_label = label[canvas.objects]
    parts = weights[pixel_label]
    texture = parts[..., 0] * fine + parts[..., 1] * clumped + parts[..., 2] * broad + parts[..., 3] * rows * 2
    lively = np.exp(0.35 * rng.standard_normal(len(CLASSES) + 1)).astype(
        np.float32
    )  # some scenes are smoother than others
    lively[CODE["water"]] *= 0.7
    mix = np.clip(own_mix[canvas.objects] + (GRAIN[materials] * lively[label])[canvas.objects] * texture, 0, 0.95)
    other = parts[..., 0] * swapped(fine) + parts[..., 1] * swapped(clumped) + parts[..., 2] * swapped(broad)
    gain = np.exp((_ROUGHNESS * lively)[pixel_label] * other)
    # Vigour drifts over the land: more infrared goes with less red.
    vigour = np.float32(rng.uniform(0.0, 0.14)) * _PLANTS[pixel_label] * canvas.noise(rng.uniform(150, 800), 4, 0.7)
    partner = scene_mean[PARTNER[materials]]
    bands = np.empty((5, canvas.size, canvas.size), dtype=np.float32)
    for band in range(5):
        own = spectrum[:, band][canvas.objects]
        bands[band] = (own + mix * (partner[:, band][canvas.objects] - own)) * gain * np.exp(_VIGOUR[band] * vigour)
    return bands


def blur(bands: np.ndarray, amount: float) -> np.ndarray:
    """A three-tap point spread in both directions; `amount` goes to each neighbour."""
    for axis in (1, 2):
        padded = np.pad(bands, [(1, 1) if a == axis else (0, 0) for a in range(3)], mode="edge")
        low, high = (padded[:, :-2], padded[:, 2:]) if axis == 1 else (padded[:, :, :-2], padded[:, :, 2:])
        bands = (1 - 2 * amount) * bands + amount * (low + high)
    return bands


def shade(canvas: Canvas, bands: np.ndarray, relief: Field, strength: float) -> np.ndarray:
    """Slopes away from the sun darken, mostly in the red and infrared, whose sky light is weak."""
    rng = canvas.rng
    slope_y, slope_x = np.gradient(ndimage.gaussian_filter(relief, 0.7), canvas.pixel_size_m)
    scale = max(float(np.hypot(slope_x, slope_y).std()), 1e-9)
    sun = rng.uniform(0, 2 * np.pi)
    light = 1 + np.float32(strength) * (np.cos(sun) * slope_x + np.sin(sun) * slope_y) / scale
    light = np.clip(light, 0.18, 1.6)
    flat = np.array([0, 1, 0, 0.8, 0.2, 0.8, 0, 0, 0.9, 0], dtype=np.float32)[LABEL[canvas.materials]][canvas.objects]
    light = light + flat * (1 - light)
    sky = np.array([0.15, 0.25, 0.40, 0.08, 0.04], dtype=np.float32)[:, None, None]
    return bands * (sky + (1 - sky) * light)


def clouds(canvas: Canvas, bands: np.ndarray, labels: np.ndarray) -> np.ndarray:
    """Clouds with soft edges and their shadows; changes `labels` in place."""
    rng = canvas.rng
    share = float(rng.beta(0.8, 2.2))
    field = canvas.noise(rng.uniform(120, 1500), 5)
    edge = np.quantile(field[::3, ::3], 1 - share)
    softness = rng.uniform(0.15, 0.9)
    alpha = np.clip((field - edge) / softness + 0.35, 0, 1)
    alpha = alpha * alpha * (3 - 2 * alpha) * rng.uniform(0.75, 1.0)
    name = ["cloud_thick", "cloud_thick", "cloud_low", "cirrus"][rng.integers(4)]
    number = NUMBER[name]
    colour = (
        MEAN[number] * np.exp(BRIGHT[number] * rng.standard_normal()) * np.exp(SHAPE[number] * rng.standard_normal(5))
    )
    height_px = rng.uniform(5, 50) * 10 / canvas.pixel_size_m
    direction = rng.uniform(0, 2 * np.pi)
    shadow = ndimage.shift(
        alpha, (height_px * np.sin(direction), height_px * np.cos(direction)), order=0, mode="reflect"
    )
    depth = np.array([0.55, 0.45, 0.35, 0.65, 0.65], dtype=np.float32) * rng.uniform(0.7, 1.15)
    bands = bands * (1 - depth[:, None, None] * shadow)
    labels[(shadow > 0.6) & (alpha < 0.2) & (rng.random() < 0.5)] = 0
    body = colour[:, None, None].astype(np.float32) * (1 + 0.10 * canvas.noise(100, 3))
    bands = bands * (1 - alpha) + body * alpha
    labels[alpha > 0.15] = 0
    labels[alpha > 0.45] = CODE["cloud"]
    return bands.astype(np.float32)


def air(rng: np.random.Generator, bands: np.ndarray) -> np.ndarray:
    """The whole scene's season, sun and air: a gain, a colour cast, haze strongest in the blue, noise."""
    gain = np.exp(rng.normal(0, 0.10)) * np.exp(rng.normal(0, 0.04, 5))
    draw = rng.random()
    if draw < 0.25:  # top of atmosphere
        haze = rng.uniform(0.6, 1.4) * np.array([0.025, 0.043, 0.078, 0.008, 0.002])
    elif draw < 0.60:  # thin haze left in, or some taken out too much
        haze = rng.normal(0.004, 0.010) * np.array([0.7, 0.85, 1.0, 0.4, 0.1])
    else:
        haze = np.zeros(5)
    noise = rng.choice([0.0003, 0.0008, 0.002]) * rng.standard_normal(bands.shape, dtype=np.float32)
    bands = bands * gain[:, None, None].astype(np.float32) * np.float32(1 - haze[2]) + haze[:, None, None].astype(
        np.float32
    )
    return np.clip(bands + noise, 0.0001, 1.6)
