"""Landscapes from a seed: labelled multispectral scenes with known truth.

A scene is painted, then lit. Painting gives every pixel an object (a field, a forest stand, a city block, a reach of
river), every object a material of `spectra.py` and so a class. Lighting draws each object's own spectrum, mixes in
what shows through, blurs, shades by relief, adds cloud, shadow, haze and sensor noise. The label is the class of the
object, so the truth is exact; only soft cloud edges, thin roads and thick shadow are left unlabelled.

Lengths are in metres and turned to pixels by the scene's own pixel size.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from . import light
from .canvas import Canvas
from .regions import REGION_ODDS, REGIONS
from .spectra import BANDS, CLASSES, LABEL

__all__ = ["BANDS", "CLASSES", "MAX_SIZE_PX", "MIN_SIZE_PX", "LabelledScene", "generate"]

MIN_SIZE_PX = 64
MAX_SIZE_PX = 2048


@dataclass(frozen=True)
class LabelledScene:
    """A scene with what is known about its ground.

    Attributes:
        bands: float32 (5, H, W) in the order of `BANDS`; reflectance 0..1, or 8-bit display value / 255; 0 where a
            band is absent.
        labels: uint8 (H, W); 0 unlabelled, 1..9 the place in `CLASSES`.
        pixel_size_m: Ground size of a pixel.
        present: Per band, whether the data has it.
        reflectance: False for 8-bit display values.
        allowed: uint16 (H, W) for weak labels: bit k set when class code k+1 is possible; 0 where nothing is known.
        place: What or where it is.
    """

    bands: np.ndarray
    labels: np.ndarray
    pixel_size_m: float
    present: tuple[bool, ...]
    reflectance: bool
    allowed: np.ndarray | None
    place: str


def generate(size: int, seed: int) -> LabelledScene:
    """Make one labelled scene.

    Args:
        size: Width and height in pixels, 64 to 2048.
        seed: The same seed gives the same scene.

    Returns:
        A scene with all five bands as reflectance and a label for nearly every pixel.

    Raises:
        ValueError: For a size out of range.
    """
    if not MIN_SIZE_PX <= size <= MAX_SIZE_PX:
        raise ValueError(f"A generated scene is {MIN_SIZE_PX} to {MAX_SIZE_PX} pixels wide, not {size}.")
    rng = np.random.default_rng(seed)
    pixel_size_m = 10.0 if rng.random() < 0.65 else float(rng.choice([5.0, 8.0, 15.0, 20.0, 30.0]))
    # A landscape whose parts are larger than usual: few classes, one of them nearly everywhere.
    grandeur = float(rng.uniform(1.5, 5.0)) if rng.random() < 0.25 else 1.0
    canvas = Canvas(rng, size, pixel_size_m / grandeur, grandeur)
    name = list(REGIONS)[rng.choice(len(REGIONS), p=REGION_ODDS)]
    relief = REGIONS[name](canvas)
    labels = LABEL[canvas.materials][canvas.objects]
    labels[canvas.unlabelled] = 0
    bands = light.ground(canvas)
    if relief is not None:
        bands = light.shade(
            canvas, bands, relief, float(rng.uniform(0.10, 0.36) if canvas.steep else rng.uniform(0.02, 0.16))
        )
    bands = light.blur(bands, float(rng.uniform(0.06, 0.17)))
    if pixel_size_m == 10.0 and rng.random() < 0.7:  # Sentinel-2 measures swir1 at 20 m
        half = size // 2 * 2
        coarse = bands[4, :half, :half].reshape(half // 2, 2, half // 2, 2).mean((1, 3))
        bands[4, :half, :half] = coarse.repeat(2, 0).repeat(2, 1)
    if rng.random() < 0.18:
        bands = light.clouds(canvas, bands, labels)
    bands = light.air(rng, bands).astype(np.float32)
    return LabelledScene(bands, labels, pixel_size_m, (True,) * 5, True, None, f"generated {name}, seed {seed}")
