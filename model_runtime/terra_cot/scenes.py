"""Landscapes from a seed: labelled multispectral scenes with known truth.

A scene is painted, then lit. Painting gives every pixel an object (a field, a forest stand, a city block, a reach of
river), every object a material of `spectra.py` and so a class. Lighting draws each object's own spectrum, mixes in
what shows through, blurs, shades by relief, adds cloud, shadow, haze and sensor noise. The label is the class of the
object, so the truth is exact; only soft cloud edges, thin roads and thick shadow are left unlabelled.

Lengths are in metres and turned to pixels by the scene's own pixel size. `dates.py` goes on from here: radar, clouds
as wanted, and the same place on further dates.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from . import light
from .canvas import Canvas, Used
from .noise import Field, blur
from .regions import REGION_ODDS, REGIONS
from .sky import Air, Clouds, draw_air, draw_clouds
from .spectra import BANDS, CLASSES, LABEL

__all__ = [
    "BANDS",
    "CLASSES",
    "MAX_SIZE_PX",
    "MIN_SIZE_PX",
    "Ground",
    "LabelledScene",
    "Shot",
    "Sunlight",
    "draw_shot",
    "draw_sunlight",
    "generate",
    "paint",
    "photograph",
    "slopes_of",
]

MIN_SIZE_PX = 64
MAX_SIZE_PX = 2048
CLOUDY = 0.18
"""How many scenes have clouds when nobody says."""


@dataclass(frozen=True)
class LabelledScene:
    """A scene with what is known about its ground.

    Attributes:
        bands: float32 (bands, H, W) in the order of `names`; reflectance 0..1, or 8-bit display value / 255; 0 where
            a band is absent.
        labels: uint8 (H, W), what the optical image shows: 0 unlabelled, 1..9 the place in `CLASSES`.
        pixel_size_m: Ground size of a pixel.
        present: Per band, whether the data has it.
        reflectance: False for 8-bit display values.
        allowed: uint16 (H, W) for weak labels: bit k set when class code k+1 is possible; 0 where nothing is known.
        place: What or where it is.
        names: What the bands are.
        surface: uint8 (H, W), as `labels` but what the ground is, under clouds too; None when not known.
        hidden: bool (H, W), where a cloud or its shadow hides the ground; None when not known.
        sar: float32 (2, H, W), VV and VH in dB on the same grid (`radar.py`); None when there is no radar.
        date: Year, month and day as in 2021-06-14; "" when not known.
        change: What happens to the ground between the dates of this place (`changes.py`); "" when nothing does.
        changed: bool (H, W), where it has happened since the first date; None when not known.
    """

    bands: np.ndarray
    labels: np.ndarray
    pixel_size_m: float
    present: tuple[bool, ...]
    reflectance: bool
    allowed: np.ndarray | None
    place: str
    names: tuple[str, ...] = BANDS
    surface: np.ndarray | None = None
    hidden: np.ndarray | None = None
    sar: np.ndarray | None = None
    date: str = ""
    change: str = ""
    changed: np.ndarray | None = None


@dataclass(frozen=True)
class Ground:
    """A painted place.

    Attributes:
        canvas: Its objects and materials.
        slopes: How much the ground rises along y and x, in deviations of the whole relief's slope; None where flat.
        region: The kind of landscape, one of `REGIONS`.
        pixel_size_m: Ground size of a pixel (the canvas's own is smaller where everything is larger than usual).
    """

    canvas: Canvas
    slopes: tuple[Field, Field] | None
    region: str
    pixel_size_m: float

    @cached_property
    def used(self) -> Used:
        """Of its canvas, once it is painted."""
        return self.canvas.used()

    def labels(self) -> np.ndarray:
        """Class code per pixel, uint8 (H, W); 0 for roads and rivers narrower than a pixel."""
        labels = LABEL[self.canvas.materials][self.canvas.objects]
        labels[self.canvas.unlabelled] = 0
        return labels


@dataclass(frozen=True)
class Sunlight:
    """How slopes are lit: strength, and the sun's direction in radians."""

    strength: float
    sun: float


def paint(rng: np.random.Generator, size: int, pixel_size_m: float | None = None) -> Ground:
    """Paint a place, of pixels of a drawn size when none is given.

    Raises:
        ValueError: For a size out of range.
    """
    if not MIN_SIZE_PX <= size <= MAX_SIZE_PX:
        raise ValueError(f"A generated scene is {MIN_SIZE_PX} to {MAX_SIZE_PX} pixels wide, not {size}.")
    drawn_m = 10.0 if rng.random() < 0.65 else float(rng.choice([5.0, 8.0, 15.0, 20.0, 30.0]))
    pixel_size_m = pixel_size_m or drawn_m
    # A landscape whose parts are larger than usual: few classes, one of them nearly everywhere.
    grandeur = float(rng.uniform(1.5, 5.0)) if rng.random() < 0.25 else 1.0
    canvas = Canvas(rng, size, pixel_size_m / grandeur, grandeur)
    region = list(REGIONS)[rng.choice(len(REGIONS), p=REGION_ODDS)]
    return Ground(canvas, slopes_of(REGIONS[region](canvas)), region, pixel_size_m)


def slopes_of(relief: Field | None) -> tuple[Field, Field] | None:
    """The `slopes` of a ground of this relief, whose height has no unit."""
    if relief is None:
        return None
    smooth = relief.astype(np.float32)
    blur(smooth, 0.22)
    along_y, along_x = np.gradient(smooth)
    scale = max(float(np.sqrt(along_y**2 + along_x**2).std()), 1e-9)
    return along_y / scale, along_x / scale


def draw_sunlight(ground: Ground) -> Sunlight | None:
    """Draw how slopes are lit; None where the ground is flat."""
    if ground.slopes is None:
        return None
    rng = ground.canvas.rng
    strength = float(rng.uniform(0.10, 0.36) if ground.canvas.steep else rng.uniform(0.02, 0.16))
    return Sunlight(strength, float(rng.uniform(0, 2 * np.pi)))


@dataclass(frozen=True)
class Shot:
    """How one optical image is taken.

    Attributes:
        blur: What goes from a pixel to each of its neighbours.
        coarse_swir: Whether swir1 and swir2 are measured in pixels twice as large, as by Sentinel-2.
        clouds: None where the sky is clear.
        air: What is seen through.
    """

    blur: float
    coarse_swir: bool
    clouds: Clouds | None
    air: Air


def draw_shot(
    rng: np.random.Generator,
    pixel_size_m: float,
    noise: Callable[[float, int], Field],
    cloud_share: float | None,
    grandeur: float = 1.0,
) -> Shot:
    """Draw how an optical image is taken.

    Args:
        rng: What is drawn.
        pixel_size_m: Ground size of a pixel.
        noise: Makes the field of the clouds, as in `draw_clouds`.
        cloud_share: Of the image that clouds and shadows hide; whether there are clouds is drawn when not given.
        grandeur: How much larger than usual the land and its clouds are.
    """
    blurred = float(rng.uniform(0.06, 0.17))
    coarse = bool(pixel_size_m == 10.0 and rng.random() < 0.7)
    cloudy = rng.random() < CLOUDY if cloud_share is None else cloud_share > 0
    clouds = draw_clouds(rng, pixel_size_m / grandeur, noise, cloud_share) if cloudy else None
    return Shot(blurred, coarse, clouds, draw_air(rng))


def photograph(
    ground: Ground, look: light.Look, sunlight: Sunlight | None, shot: Shot
) -> tuple[np.ndarray, np.ndarray, np.ndarray, np.ndarray]:
    """The optical image of a ground.

    Args:
        ground: The place; the sensor's noise is drawn from its canvas's random stream.
        look: How its objects look, in five or six bands.
        sunlight: How its slopes are lit.
        shot: How the image is taken.

    Returns:
        Bands, float32 (bands, H, W); labels of what the image shows and of the surface, uint8 (H, W) each; where the
        ground is hidden, bool (H, W).
    """
    canvas = ground.canvas
    surface = ground.labels()
    labels, hidden = surface.copy(), np.zeros(surface.shape, dtype=bool)
    bands = light.ground(canvas, look, ground.used)
    if ground.slopes is not None and sunlight is not None:
        light.shade(canvas, bands, ground.slopes, sunlight.strength, sunlight.sun)
    blur(bands, shot.blur)
    if shot.coarse_swir:
        half = canvas.size // 2 * 2
        for band in bands[4:]:
            quarters = [band[row:half:2, column:half:2] for row in (0, 1) for column in (0, 1)]
            coarse = sum(quarters) / 4
            for quarter in quarters:
                quarter[:] = coarse
    if shot.clouds is not None:
        hidden = shot.clouds.cover(bands, labels)
    shot.air.dim(bands, canvas.rng)
    return bands, labels, surface, hidden


def generate(size: int, seed: int, pixel_size_m: float | None = None) -> LabelledScene:
    """Make one labelled scene.

    Args:
        size: Width and height in pixels, 64 to 2048.
        seed: The same seed gives the same scene.
        pixel_size_m: Ground size of a pixel; drawn when not given, 10 m in two of three scenes.

    Returns:
        A scene with all five bands as reflectance and a label for nearly every pixel.

    Raises:
        ValueError: For a size out of range.
    """
    ground = paint(np.random.default_rng(seed), size, pixel_size_m)
    canvas = ground.canvas
    look, sunlight = light.draw_look(canvas, ground.used), draw_sunlight(ground)
    shot = draw_shot(canvas.rng, ground.pixel_size_m, canvas.noise, None, canvas.grandeur)
    bands, labels, surface, hidden = photograph(ground, look, sunlight, shot)
    return LabelledScene(
        bands,
        labels,
        ground.pixel_size_m,
        (True,) * len(BANDS),
        True,
        None,
        f"generated {ground.region}, seed {seed}",
        surface=surface,
        hidden=hidden,
    )
