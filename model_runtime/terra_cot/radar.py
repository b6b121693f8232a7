"""What a C-band radar sees of a painted ground: VV and VH backscatter in dB, like a Sentinel-1 image on the same grid.

Radar looks through clouds and needs no sun, so nothing here knows of either. One row of `ECHOES` is one material at an
incidence angle of 38 degrees, the middle of Sentinel-1's wide swath. A scene adds to the rows what its day was like
(wind on the water, moist or dry ground, wet or dry snow), what its incidence angle does, whether the image is sigma
nought or terrain-flattened gamma nought, each object's own deviation, texture, the sensor's noise floor, and speckle.
Layover and radar shadow are left out: the usual products are corrected or masked where they occur.

Sources of the rows, and of what is added:
    Measured here, gamma nought of the terramesh patches (linear means, VV and VH in dB): trees in Denmark -7.6 and
        -12.8, crops there -8.8 and -16.3, rangeland -9.1 and -16.7, built-up -8.2 and -14.8; crops in Tanzania -12.1
        and -17.5, rangeland -11.8 and -16.8; snow in Canada -13.3 and -20.7. Gamma nought lies 1 dB above sigma nought
        at 38 degrees. Their speckle: correlation 0.67 to the next pixel and 0.17 to the second next.
    F. Ulaby and C. Dobson, Handbook of Radar Scattering Statistics for Terrain, 1989: ranges of C-band backscatter by
        kind of ground (trees, grasses, shrubs, soil and rock, roads, dry and wet snow), from which the other rows are
        chosen.
    A. Veloso et al., Remote Sensing of Environment 199, 2017: crops by stage, Sentinel-1 (VV falls by several dB while
        cereals grow up straight, VH rises with rapeseed and maize, bare soil follows its moisture).
    V. Tsyganskaya et al., International Journal of Remote Sensing 39, 2018: flooded vegetation, where stems and water
        make a double bounce that brightens VV more than VH.
    T. Nagler et al., Remote Sensing 8, 2016: wet snow lies 2 dB or more below dry.
    ESA, Sentinel-1 Product Definition: incidence 29 to 46 degrees; ground range images of 20 m by 22 m resolution in
        10 m pixels with 4.4 equivalent looks; noise-equivalent sigma nought of -22 dB or better. Terrain-flattened
        images are resampled and average a little more: 5.5 to 6 looks in windows of 7 pixels of the terramesh patches.
    Wind, moisture, spreads and textures: set from general knowledge, not measured here.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from .light import Look, slope_towards
from .noise import Field, blur, gamma_grain, swapped
from .scenes import Ground
from .spectra import CLASSES, CODE, LABEL, MATERIALS

SAR_BANDS = ("vv", "vh")

ECHOES: dict[str, tuple[float, float]] = {
    # What only shows through other materials has the echo of what it is.
    "shade": (-9.5, -15.0), "soil": (-12.5, -20.5), "green": (-11.0, -17.0), "pool": (-21.0, -28.0),
    # Water without wind; `Weather.wind` roughens it.
    "deep": (-24.0, -31.0), "sea": (-22.0, -30.0), "humic": (-24.0, -31.0), "turbid": (-23.5, -30.5),
    "brown": (-22.5, -30.0), "silt": (-22.0, -29.5), "eutrophic": (-23.0, -29.5), "shallow": (-22.5, -29.5),
    "glacial": (-24.0, -31.0), "glint": (-21.0, -30.0),
    # Crowns scatter from their volume: VH is high and VV steady.
    "conifer": (-9.0, -14.5), "broadleaf": (-8.8, -14.0), "mixed_forest": (-8.8, -14.2), "tropical": (-7.8, -13.2),
    "regrowth": (-8.5, -13.8), "autumn": (-8.8, -14.6), "leafless": (-9.2, -15.2), "woodland": (-10.5, -16.0),
    "oak_savanna": (-10.0, -15.8), "mangrove": (-7.0, -13.6), "orchard": (-9.8, -15.6), "juniper": (-10.8, -16.8),
    # Fields by stage: upright cereals dim VV, broad leaves raise VH, tilled ground is rough and has little VH.
    "crop_dense": (-11.5, -16.5), "crop_medium": (-11.8, -17.5), "crop_young": (-11.8, -19.5),
    "crop_nordic": (-10.0, -16.0), "crop_sparse": (-10.5, -18.0), "peat_field": (-9.8, -18.0),
    "crop_dry": (-13.0, -18.6), "ripe": (-13.0, -18.5), "stubble": (-12.2, -19.5), "tilled_brown": (-10.8, -19.8),
    "tilled_dark": (-10.2, -19.0), "tilled_red": (-11.5, -20.0), "tilled_light": (-12.5, -21.0),
    "rapeseed": (-10.5, -14.6), "paddy_green": (-10.5, -17.0), "paddy_wet": (-16.0, -23.5),
    "lush": (-11.2, -17.2), "pasture": (-11.8, -18.6), "rangeland_wet": (-10.6, -17.4), "rangeland_dry": (-12.8, -18.0),
    "steppe": (-14.0, -21.0), "savanna": (-12.3, -17.6), "alpine": (-12.2, -18.8), "heath": (-12.0, -18.0),
    "arid_shrub": (-13.8, -20.2), "scrub": (-11.2, -16.8),
    # Walls and streets make double bounces.
    "dense": (-4.6, -11.8), "concrete": (-5.5, -13.5), "red_roof": (-7.0, -14.2), "metal": (-3.8, -12.3),
    "blue_roof": (-4.5, -12.5), "slate": (-7.5, -14.6), "asphalt": (-13.0, -20.5), "suburb": (-8.2, -14.6),
    "town_tropical": (-6.2, -13.2), "town_dirt": (-7.0, -14.0), "town_dry": (-6.6, -14.2),
    # Smooth dry sand and salt let the wave in and hardly answer; broken rock does.
    "sand": (-19.0, -27.0), "dune": (-20.0, -27.5), "soil_grey": (-14.5, -22.5), "soil_red": (-13.5, -21.5),
    "cleared": (-12.0, -18.8), "rock": (-10.0, -18.0), "rock_red": (-11.0, -18.5), "basalt": (-9.5, -18.0),
    "salt": (-16.5, -25.5), "mud": (-15.5, -24.0), "gravel": (-13.0, -21.5), "quarry": (-10.5, -18.5),
    # Dry snow; wet snow is 3 to 8 dB lower.
    "snow_fresh": (-13.5, -20.5), "snow_old": (-13.0, -20.0), "snow_shaded": (-14.0, -21.0),
    "snow_thin": (-12.5, -20.0), "ice": (-11.5, -19.0),
    "reed": (-8.8, -16.6), "marsh": (-9.2, -16.4), "flooded": (-6.4, -13.8), "bog": (-10.5, -17.2),
    "saltmarsh": (-11.0, -18.2), "papyrus": (-6.8, -14.6),
    # A cloud has no echo of its own; objects are never of these.
    "cloud_thick": (-30.0, -35.0), "cloud_low": (-30.0, -35.0), "cirrus": (-30.0, -35.0),
}  # fmt: skip
"""Mean sigma nought of each material at 38 degrees in dB, VV and VH."""

_ECHO = np.array([ECHOES[material.name] for material in MATERIALS], dtype=np.float32)
_PER_CLASS = {
    # dB between objects in VV, in VH, dB of texture inside them, dB per unit of moisture in VV, in VH, dB per degree
    "unlabelled": (1.0, 1.0, 0.5, 0.5, 0.5, 0.08),
    "water": (0.7, 0.4, 0.3, 0.0, 0.0, 0.25),
    "trees": (0.5, 0.5, 0.6, 0.2, 0.2, 0.06),
    "cropland": (1.8, 1.4, 0.6, 1.4, 0.8, 0.10),
    "grassland": (1.2, 1.0, 0.8, 1.3, 0.8, 0.09),
    "built-up": (1.8, 1.4, 2.4, 0.2, 0.2, 0.05),
    "bare": (1.3, 1.2, 0.9, 1.5, 1.0, 0.12),
    "snow and ice": (1.2, 1.2, 0.8, 0.0, 0.0, 0.10),
    "wetland": (1.2, 1.0, 0.9, 0.3, 0.2, 0.08),
    "cloud": (0.0, 0.0, 0.0, 0.0, 0.0, 0.0),
}
_CLASS = np.array([_PER_CLASS["unlabelled"], *(_PER_CLASS[name] for name in CLASSES)], dtype=np.float32)

# Weights of fine, clumped and broad texture: single bright corners in towns, wind streaks on water, clumps elsewhere.
_TEXTURE = np.tile(np.array([0.5, 0.85, 0.0], dtype=np.float32), (len(CLASSES) + 1, 1))
_TEXTURE[CODE["built-up"]] = 0.8, 0.6, 0.0
_TEXTURE[CODE["water"]] = 0.0, 0.0, 1.0

_LOOKS = 4.4
_LOOKS_FLATTENED = 5.8
_NATIVE_PIXEL_M = 10.0
_MIDDLE_DEG = 38.0


@dataclass(frozen=True)
class Orbit:
    """What stays from date to date.

    Attributes:
        incidence_deg: Angle between the beam and the vertical.
        looking: Azimuth of the beam on the ground in radians, as `light.slope_towards` counts.
        flattened: Whether the image is gamma nought corrected for terrain, otherwise sigma nought.
        floor_db: The sensor's noise.
    """

    incidence_deg: float
    looking: float
    flattened: bool
    floor_db: float

    @property
    def looks(self) -> float:
        """Equivalent number of looks of a 10 m pixel."""
        return _LOOKS_FLATTENED if self.flattened else _LOOKS


def draw_orbit(rng: np.random.Generator) -> Orbit:
    """Draw how a place is seen: rising or falling orbit, near or far in the swath."""
    looking = (0.0 if rng.random() < 0.5 else np.pi) + float(rng.normal(0, 0.15))
    return Orbit(float(rng.uniform(30, 45)), looking, bool(rng.random() < 0.5), float(rng.uniform(-29, -24)))


@dataclass(frozen=True)
class Weather:
    """What the day of an image was like.

    Attributes:
        wind: 0 calm to 1 strong.
        moisture: Of the ground, in deviations from the usual.
        thaw_db: How much wet snow is dimmed; 0 when it is dry.
    """

    wind: float
    moisture: float
    thaw_db: float


def draw_weather(rng: np.random.Generator) -> Weather:
    """Draw the weather of one date."""
    thaw_db = float(rng.uniform(3, 8)) if rng.random() < 0.5 else 0.0
    return Weather(float(rng.beta(1.2, 2.5)), float(np.clip(rng.normal(), -1.5, 1.8)), thaw_db)


def backscatter(ground: Ground, look: Look, orbit: Orbit, weather: Weather, rng: np.random.Generator) -> np.ndarray:
    """The radar image of a ground.

    Args:
        ground: The place.
        look: Its objects' own deviations and textures, which stay from date to date.
        orbit: From where it is seen.
        weather: Of the date.
        rng: What else is drawn, speckle above all.

    Returns:
        float32 (2, H, W), VV and VH in dB.
    """
    canvas = ground.canvas
    used, objects = ground.used.objects, ground.used.places
    label = LABEL[canvas.materials[used]]
    traits = _CLASS[label]
    echo = _ECHO[canvas.materials[used]].astype(np.float64)
    # The optical deviates serve again, swapped about, so that a field keeps its own echo too.
    mix = look.object_mix[used]
    own = np.column_stack([mix, 0.7 * mix + 0.7 * look.object_shape[used, 0]])
    echo += traits[:, :2] * np.clip(own, -2.5, 2.5)
    echo += traits[:, 3:5] * weather.moisture
    echo -= traits[:, 5:] * (orbit.incidence_deg - _MIDDLE_DEG)
    water = label == CODE["water"]
    sheltered = np.clip(1 + 0.35 * look.object_bright[used, 0], 0.2, 1.6)
    echo[water] += weather.wind * sheltered[water, None] * np.array([11.0, 5.0])
    snow = label == CODE["snow and ice"]
    echo[snow] -= weather.thaw_db
    if orbit.flattened:
        echo -= 10 * np.log10(np.cos(np.deg2rad(orbit.incidence_deg)))
    texture = np.zeros((canvas.size, canvas.size), dtype=np.float32)
    fields = (look.fine[::-1, ::-1], swapped(look.clumped), swapped(look.broad))
    for weight, field in zip(_TEXTURE[label].T * traits[:, 2], fields, strict=True):
        texture += weight[objects] * field
    if ground.slopes is not None:
        # Slopes that face the radar are brighter; flattening takes most of that away.
        strength = (0.4 if orbit.flattened else 1.5) if canvas.steep else (0.1 if orbit.flattened else 0.4)
        dry = (~water).astype(np.float32)[objects]
        texture += dry * np.clip(strength * slope_towards(ground.slopes, orbit.looking), -5, 5)
    power = np.empty((2, canvas.size, canvas.size), dtype=np.float32)
    for band in range(2):
        power[band] = np.exp(np.float32(np.log(10) / 10) * (echo[:, band].astype(np.float32)[objects] + texture))
    if ground.pixel_size_m <= _NATIVE_PIXEL_M:
        blur(power, 0.15)
    power += np.float32(10 ** (orbit.floor_db / 10))
    for band in range(2):
        power[band] *= speckle(rng, canvas.size, ground.pixel_size_m, orbit.looks)
    return 10 * np.log10(np.maximum(power, 1e-5))


def speckle(rng: np.random.Generator, size: int, pixel_size_m: float, looks: float) -> Field:
    """Multiplicative speckle of mean 1: gamma distributed, so many looks at 10 m, neighbours correlated.

    A three-tap average in both directions gives 10 m pixels the correlation measured on real images (2/3 to the next
    pixel, 1/6 to the second next). Larger pixels average more looks and are less correlated; smaller ones are
    interpolated, as from an image of 10 m.
    """
    if pixel_size_m < _NATIVE_PIXEL_M:
        step = pixel_size_m / _NATIVE_PIXEL_M
        coarse = speckle(rng, int(np.ceil(size * step)) + 2, _NATIVE_PIXEL_M, looks)
        at = np.maximum((np.arange(size) + 0.5) * step - 0.5, 0)
        low, part = at.astype(np.intp), (at % 1).astype(np.float32)
        tall = coarse[low] + part[:, None] * (coarse[low + 1] - coarse[low])
        return tall[:, low] + part * (tall[:, low + 1] - tall[:, low])
    ratio = _NATIVE_PIXEL_M / pixel_size_m
    tap = 0.25 * ratio**2
    # The mean over 2 by 2 or 3 by 3 native pixels: neighbours are alike, so each brings only 0.15 of a look more.
    shape = looks * (0.85 + 0.15 / ratio**2) * ((1 - 2 * tap) ** 2 + 2 * tap**2) ** 2
    single = gamma_grain(rng, (size, size), shape)
    blur(single, tap)
    return single
