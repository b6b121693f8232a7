"""Landscapes from a seed: labelled multispectral scenes with known truth.

A scene is painted, then lit. Painting gives every pixel an object (a field, a forest stand, a city block, a reach of
river), every object a material of `spectra.py` and so a class. Lighting draws each object's own spectrum, mixes in
what shows through, blurs, shades by relief, adds cloud, shadow, haze and sensor noise. The label is the class of the
object, so the truth is exact; only soft cloud edges, thin roads and thick shadow are left unlabelled.

Lengths are in metres and turned to pixels by the scene's own pixel size.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
from scipy import ndimage

from .spectra import BANDS, BRIGHT, CLASSES, CODE, GRAIN, LABEL, MEAN, MIX, NUMBER, PARTNER, SHAPE

__all__ = ["BANDS", "CLASSES", "REGIONS", "LabelledScene", "generate"]

Field = np.ndarray
"""A float32 raster (H, W)."""

MIN_SIZE_PX = 64
MAX_SIZE_PX = 2048
_PARCEL_IDS = 4096
"""Parcels are numbered by a hash into this many objects; two parcels that meet there merely look alike."""


@dataclass(frozen=True)
class LabelledScene:
    """A scene with what is known about its ground.

    Attributes:
        bands: float32 (5, H, W) in the order of `BANDS`; reflectance 0..1, or 8-bit display value / 255; 0 where a band is absent.
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


@dataclass(frozen=True)
class _Biome:
    """Which materials grow and are built together."""

    trees: tuple[str, ...]
    crops: tuple[str, ...]
    grass: tuple[str, ...]
    built: tuple[str, ...]
    bare: tuple[str, ...]
    water: tuple[str, ...]
    wetland: tuple[str, ...]


_TEMPERATE = _Biome(
    ("broadleaf", "mixed_forest", "conifer"),
    ("crop_dense", "crop_medium", "crop_young", "ripe", "stubble", "tilled_brown", "tilled_dark", "tilled_light", "rapeseed", "crop_nordic",
     "crop_nordic"),
    ("lush", "pasture", "pasture", "scrub", "heath"),
    ("red_roof", "suburb", "slate", "concrete", "dense", "suburb"),
    ("soil_grey", "quarry", "gravel", "cleared"),
    ("deep", "humic", "turbid", "eutrophic", "shallow"),
    ("reed", "marsh", "bog"),
)
_WINTER = _Biome(
    ("leafless", "conifer", "mixed_forest"),
    ("crop_young", "crop_medium", "tilled_brown", "tilled_dark", "stubble", "crop_nordic"),
    ("pasture", "rangeland_wet", "heath"),
    _TEMPERATE.built, _TEMPERATE.bare, _TEMPERATE.water, ("reed", "bog", "flooded"),
)
_NORDIC = _Biome(
    ("conifer", "mixed_forest", "broadleaf", "autumn"),
    ("crop_nordic", "crop_dense", "crop_medium", "ripe", "tilled_brown", "stubble"),
    ("rangeland_wet", "pasture", "heath", "scrub"),
    ("slate", "suburb", "red_roof", "suburb", "asphalt"),
    ("rock", "gravel", "quarry", "cleared"),
    ("humic", "deep", "humic", "sea"),
    ("bog", "bog", "reed", "marsh"),
)
_DRY = _Biome(
    ("woodland", "oak_savanna", "juniper", "orchard"),
    ("crop_dry", "tilled_red", "tilled_light", "tilled_brown", "stubble", "ripe", "crop_medium", "crop_young", "crop_dense"),
    ("steppe", "rangeland_dry", "savanna", "arid_shrub", "scrub"),
    ("town_dry", "town_dirt", "red_roof", "concrete", "dense"),
    ("soil_grey", "soil_red", "rock", "gravel", "quarry", "cleared"),
    ("turbid", "brown", "deep", "eutrophic"),
    ("reed", "marsh", "saltmarsh"),
)
_TROPICAL = _Biome(
    ("tropical", "tropical", "regrowth", "broadleaf", "mangrove"),
    ("crop_medium", "crop_dense", "crop_young", "tilled_red", "tilled_brown", "paddy_green", "stubble"),
    ("pasture", "savanna", "scrub", "lush"),
    ("town_tropical", "town_dirt", "dense", "red_roof", "suburb"),
    ("cleared", "soil_red", "gravel", "soil_red"),
    ("brown", "silt", "turbid", "eutrophic", "humic"),
    ("flooded", "papyrus", "marsh"),
)
_DESERT = _Biome(
    ("juniper", "orchard", "woodland"),
    ("crop_dense", "crop_medium", "stubble", "tilled_light", "crop_young"),
    ("arid_shrub", "steppe", "rangeland_dry"),
    ("town_dry", "town_dry", "concrete", "asphalt"),
    ("sand", "dune", "soil_grey", "rock", "rock_red", "basalt", "salt", "soil_red"),
    ("turbid", "deep", "shallow", "sea"),
    ("saltmarsh", "reed"),
)
_ALPINE = _Biome(
    ("conifer", "mixed_forest", "conifer", "juniper"),
    ("crop_medium", "crop_young", "tilled_brown", "ripe"),
    ("alpine", "pasture", "heath", "alpine"),
    ("red_roof", "suburb", "slate"),
    ("rock", "gravel", "rock", "soil_grey"),
    ("glacial", "deep", "humic", "shallow"),
    ("bog", "marsh"),
)

_CANYON = _Biome(
    ("juniper", "juniper", "conifer", "oak_savanna"),
    _DRY.crops,
    ("arid_shrub", "arid_shrub", "steppe", "heath"),
    _DRY.built,
    ("rock_red", "rock_red", "rock", "soil_red", "sand"),
    ("turbid", "brown", "deep"),
    ("reed", "marsh"),
)

# Per class: how much of the within-pixel texture is single-pixel, clumped (about 3 px), broad (about 12 px) or in rows.
_TEXTURE = np.array([
    (0.5, 0.5, 0.3, 0.0),   # unlabelled
    (0.2, 0.3, 1.0, 0.0),   # water
    (0.8, 0.7, 0.3, 0.0),   # trees
    (0.3, 0.5, 0.6, 0.7),   # cropland
    (0.4, 0.7, 0.7, 0.0),   # grassland
    (1.0, 0.5, 0.1, 0.0),   # built-up
    (0.5, 0.6, 0.8, 0.0),   # bare
    (0.3, 0.5, 0.9, 0.0),   # snow and ice
    (0.6, 0.9, 0.5, 0.0),   # wetland
    (0.2, 0.5, 1.0, 0.0),   # cloud
], dtype=np.float32)
# Per class: log standard deviation of brightness from pixel to pixel.
_ROUGHNESS = np.array([0.08, 0.09, 0.08, 0.05, 0.07, 0.20, 0.08, 0.05, 0.09, 0.06], dtype=np.float32)


_PLANTS = np.array([0, 0, 1, 0.6, 1.3, 0.5, 0.3, 0, 1.2, 0], dtype=np.float32)
_VIGOUR = np.array([-1.2, -0.5, -0.8, 0.9, -0.5], dtype=np.float32)
# Natural patches differ less from each other than fields and roofs do.
_APART = np.array([1, 0.7, 0.6, 1, 0.7, 1.1, 0.55, 0.7, 0.8, 1], dtype=np.float32)


class _Canvas:
    """The ground being painted: an object number per pixel, a material per object."""

    def __init__(self, rng: np.random.Generator, size: int, pixel_size_m: float) -> None:
        self.rng = rng
        self.size = size
        self.pixel_size_m = pixel_size_m
        self.extent_m = size * pixel_size_m
        self.rough = float(rng.uniform(0.45, 0.72))
        axis = np.arange(size, dtype=np.float32) * np.float32(pixel_size_m)
        self.x_m = np.broadcast_to(axis[None, :], (size, size))
        self.y_m = np.broadcast_to(axis[:, None], (size, size))
        self.objects = np.zeros((size, size), dtype=np.int32)
        self.unlabelled = np.zeros((size, size), dtype=bool)
        self._materials: list[np.ndarray] = []
        self._count = 0

    # --- fields -----------------------------------------------------------------------------------------------
    def noise(self, scale_m: float, octaves: int = 1, rough: float | None = None) -> Field:
        """Random field of zero mean and unit deviation; `scale_m` is its largest lumps, `rough` the weight of smaller ones."""
        rough = self.rough if rough is None else rough
        total = np.zeros((self.size, self.size), dtype=np.float32)
        for octave in range(octaves):
            step_px = max(1.5, scale_m / self.pixel_size_m / 2**octave)
            total += rough**octave * _lumps(self.rng, self.size, step_px)
            if step_px == 1.5:
                break
        total -= total.mean()
        return total / max(float(total.std()), 1e-6)

    def rotated(self, angle: float) -> tuple[Field, Field]:
        """Coordinates in metres along and across a direction, from the middle of the scene."""
        cos, sin = np.float32(np.cos(angle)), np.float32(np.sin(angle))
        x, y = self.x_m - self.extent_m / 2, self.y_m - self.extent_m / 2
        return x * cos + y * sin, y * cos - x * sin

    def course(self, wander: float, near_middle: bool = False) -> Field:
        """Signed distance in metres, roughly, to a winding line that crosses the scene; `wander` 0 is straight."""
        reach = 0.15 if near_middle else 0.42
        _, across = self.rotated(self.rng.uniform(0, np.pi))
        across = across + np.float32(self.rng.uniform(-reach, reach) * self.extent_m)
        if wander <= 0:
            return across
        length_m = self.rng.uniform(0.12, 0.35) * self.extent_m
        across = across + np.float32(wander * length_m) * self.noise(length_m, 2)
        slope_y, slope_x = np.gradient(across, self.pixel_size_m)
        return across / np.maximum(np.hypot(slope_y, slope_x), 0.5)

    def parcels(self, block_m: float, width_m: float, length_m: float, disorder: float = 0.3) -> np.ndarray:
        """Numbers of straight-edged parcels: blocks with their own direction, cut to strips, strips cut to fields."""
        count = int(np.clip((self.extent_m / block_m) ** 2, 1, 24))
        seeds = self.rng.uniform(-0.6, 0.6, (count, 2)).astype(np.float32) * self.extent_m
        x, y = self.rotated(0.0)
        if disorder > 0:
            bend = np.float32(disorder * block_m * 0.12)
            x, y = x + bend * self.noise(block_m), y + bend * self.noise(block_m)
        nearest = np.full((self.size, self.size), np.inf, dtype=np.float32)
        block = np.zeros((self.size, self.size), dtype=np.intp)
        for number, (seed_x, seed_y) in enumerate(seeds):
            far = (x - seed_x) ** 2 + (y - seed_y) ** 2
            closer = far < nearest
            nearest[closer] = far[closer]
            block[closer] = number
        main = self.rng.uniform(0, np.pi)
        angle = (main + self.rng.normal(0, disorder * 0.8, count)).astype(np.float32)
        width = (width_m * np.exp(self.rng.normal(0, 0.35, count))).astype(np.float32)
        length = (length_m * np.exp(self.rng.normal(0, 0.35, count))).astype(np.float32)
        phase = self.rng.uniform(0, 50, count).astype(np.float32)
        cos, sin = np.cos(angle)[block], np.sin(angle)[block]
        u = (x * cos + y * sin) / width[block] + phase[block]
        strip = np.floor(u + 0.35 * np.sin(1.7 * u)).astype(np.int32)
        v = (y * cos - x * sin) / length[block] + (strip * 0.618) % 1
        field = np.floor(v + 0.35 * np.sin(1.3 * v + strip)).astype(np.int32)
        return (block * 7919 + strip * 104729 + field * 1299709) % _PARCEL_IDS

    def patches(self, scale_m: float) -> np.ndarray:
        """Numbers of natural patches with curved outlines."""
        rough = self.rng.uniform(0.5, 0.8)
        first, second = self.noise(scale_m, 5, rough), self.noise(scale_m, 4, rough)
        frayed = first * 1.3 + 0.12 * _swapped(second - ndimage.uniform_filter(second, 3))
        return (np.floor(frayed).astype(np.int32) * 61 + np.floor(second * 1.3).astype(np.int32) * 17) % _PARCEL_IDS

    def chance(self, probability: float) -> bool:
        """Whether something of this probability happens."""
        return bool(self.rng.random() < probability)

    # --- painting ---------------------------------------------------------------------------------------------
    def fill(self, where: np.ndarray | None, kinds: Sequence[str]) -> None:
        """Paint one object of one of the `kinds`."""
        number = self._add(np.array([NUMBER[kinds[self.rng.integers(len(kinds))]]]))
        if where is None:
            self.objects[:] = number
        else:
            self.objects[where] = number
            self.unlabelled[where] = False

    def fill_parcels(self, where: np.ndarray | None, parcels: np.ndarray, kinds: Sequence[str], evenness: float = 1.0) -> None:
        """Paint each parcel as its own object; the mix of `kinds` is drawn (small `evenness`: few of them prevail)."""
        share = self.rng.dirichlet(np.full(len(kinds), evenness))
        drawn = self.rng.choice([NUMBER[kind] for kind in kinds], size=_PARCEL_IDS, p=share)
        first = self._add(drawn)
        if where is None:
            self.objects[:] = first + parcels
        else:
            self.objects[where] = first + parcels[where]
            self.unlabelled[where] = False

    def _add(self, materials: np.ndarray) -> int:
        first = self._count
        self._materials.append(materials)
        self._count += len(materials)
        return first

    @property
    def materials(self) -> np.ndarray:
        """Material number per object."""
        return np.concatenate(self._materials)

    def is_class(self, *names: str) -> np.ndarray:
        """Where the ground painted so far is one of these classes."""
        return np.isin(LABEL[self.materials], [CODE[name] for name in names])[self.objects]


def _lumps(rng: np.random.Generator, size: int, step_px: float) -> Field:
    """Random values every `step_px` pixels joined by cubic B-splines (no grid to be seen)."""
    count = int(np.ceil(size / step_px)) + 4
    values = rng.standard_normal((count, count), dtype=np.float32)
    whole, taps = _spline(rng, size, step_px)
    tall = sum(tap[:, None] * values[whole + k] for k, tap in enumerate(taps))
    return sum(tap * np.take(tall, whole + k, axis=1) for k, tap in enumerate(taps))


def _spline(rng: np.random.Generator, size: int, step_px: float) -> tuple[np.ndarray, list[np.ndarray]]:
    """First knot and the four B-spline weights of every pixel along one axis, with a random offset."""
    at = (np.arange(size) + rng.uniform(0, step_px)) / step_px
    whole = np.minimum(np.floor(at).astype(np.intp), int(np.ceil(size / step_px)))
    part = (at - whole).astype(np.float32)
    weights = ((1 - part) ** 3, 3 * part**3 - 6 * part**2 + 4, -3 * part**3 + 3 * part**2 + 3 * part + 1, part**3)
    return whole, [weight / 6 for weight in weights]


def _share_above(field: Field, share: float) -> np.ndarray:
    """The highest `share` of a field."""
    return field > np.quantile(field[::3, ::3], 1 - min(max(share, 0.0), 1.0))


def _edges(parcels: np.ndarray) -> np.ndarray:
    """Pixels whose right or lower neighbour belongs to another parcel."""
    edge = np.zeros(parcels.shape, dtype=bool)
    edge[:, :-1] = parcels[:, :-1] != parcels[:, 1:]
    edge[:-1] |= parcels[:-1] != parcels[1:]
    return edge


# --- parts of landscapes ------------------------------------------------------------------------------------------
def _farmland(canvas: _Canvas, where: np.ndarray | None, biome: _Biome, scale: float = 1.0) -> None:
    """Fields in all stages, some meadow, copses and hedges along the parcels."""
    rng = canvas.rng
    width_m = scale * rng.choice([60, 110, 180, 300]) * rng.uniform(0.7, 1.3)
    parcels = canvas.parcels(rng.uniform(5, 10) * width_m, width_m, width_m * rng.uniform(1.2, 4.0), rng.uniform(0.0, 0.6))
    crops = [str(kind) for kind in rng.choice(biome.crops, size=rng.integers(2, 7))]
    canvas.fill_parcels(where, parcels, crops, rng.choice([0.5, 1.5]))
    inside = np.ones_like(parcels, dtype=bool) if where is None else where
    lot = rng.random(_PARCEL_IDS, dtype=np.float32)[parcels]
    meadow = float(rng.choice([0.0, 0.1, 0.25, 0.5]))
    copse = float(rng.choice([0.0, 0.04, 0.12]))
    if meadow:
        canvas.fill_parcels(inside & (lot < meadow), parcels, biome.grass[:3])
    if copse:
        canvas.fill_parcels(inside & (lot > 1 - copse), parcels, biome.trees[:3])
    edge = _edges(parcels) & inside
    if canvas.chance(0.25):
        hedge = edge & (canvas.noise(120) > rng.uniform(-0.3, 1.8))
        if canvas.chance(0.5):
            hedge |= np.roll(hedge, 1, axis=1) & inside
        canvas.fill(hedge, biome.trees)
    elif canvas.chance(0.4):
        canvas.fill(edge & (lot < 0.5), ["soil_grey", "cleared"] if canvas.chance(0.5) else biome.grass[:2])
        canvas.unlabelled |= edge & (lot < 0.5)


def _pivots(canvas: _Canvas, where: np.ndarray | None, biome: _Biome) -> None:
    """Round irrigated fields on a loose grid."""
    radius_m = canvas.rng.uniform(200, 420)
    angle = canvas.rng.uniform(0, np.pi)
    u, v = canvas.rotated(angle)
    step = 2.1 * radius_m
    column, row = np.floor(u / step), np.floor(v / step)
    offset_u, offset_v = u - (column + 0.5) * step, v - (row + 0.5) * step
    cell = (column.astype(np.int32) * 31 + row.astype(np.int32) * 57) % _PARCEL_IDS
    wedge = (np.floor(np.arctan2(offset_v, offset_u) / np.pi * 2).astype(np.int32) + 2) * 7
    split = (canvas.rng.random(_PARCEL_IDS) < 0.3)[cell]
    used = (canvas.rng.random(_PARCEL_IDS) < canvas.rng.uniform(0.4, 0.95))[cell]
    circle = (np.hypot(offset_u, offset_v) < radius_m) & used
    if where is not None:
        circle &= where
    canvas.fill_parcels(circle, (cell + np.where(split, wedge, 0)) % _PARCEL_IDS, biome.crops)


def _forest(canvas: _Canvas, where: np.ndarray | None, biome: _Biome, glades: float = 0.0) -> None:
    """Stands of one or a few kinds of trees, sometimes with straight cuts or clearings."""
    rng = canvas.rng
    kinds = list(rng.choice(biome.trees, size=rng.integers(1, 4)))
    stands = canvas.parcels(900, 250, 350, 0.6) if canvas.chance(0.4) else canvas.patches(rng.uniform(300, 900))
    canvas.fill_parcels(where, stands, kinds, 0.7)
    if canvas.chance(0.4):  # tracks narrower than a pixel
        for _ in range(rng.integers(1, 4)):
            track = (np.abs(canvas.course(rng.choice([0.0, 0.1, 0.4]))) < 0.5 * canvas.pixel_size_m) & canvas.is_class("trees")
            if where is not None:
                track &= where
            canvas.fill(track, ["cleared", "scrub", *biome.grass[:1]])
            canvas.unlabelled |= track
    if glades:
        gap = _share_above(canvas.noise(rng.uniform(60, 300), 3), glades)
        if where is not None:
            gap &= where
        canvas.fill_parcels(gap, stands, [*biome.grass, biome.bare[-1]])


def _grass(canvas: _Canvas, where: np.ndarray | None, biome: _Biome, trees: float = 0.0) -> None:
    """Open vegetation in natural patches or large paddocks, with scattered trees."""
    rng = canvas.rng
    patches = canvas.parcels(1500, 400, 600, 0.3) if canvas.chance(0.3) else canvas.patches(rng.uniform(150, 700))
    canvas.fill_parcels(where, patches, biome.grass, 0.7)
    if trees:
        clump = _share_above(canvas.noise(rng.uniform(25, 160), 2) + 0.5 * canvas.noise(600), trees)
        canvas.fill(clump if where is None else clump & where, biome.trees)


def _bare(canvas: _Canvas, where: np.ndarray | None, kinds: Sequence[str]) -> None:
    """Naked ground in patches."""
    canvas.fill_parcels(where, canvas.patches(canvas.rng.uniform(200, 800)), kinds, 0.3)


def _river(canvas: _Canvas, biome: _Biome, width_m: float, wander: float | None = None, bars: float = 0.0) -> Field:
    """A river with bars; returns the distance in metres from its bank (negative in the water)."""
    rng = canvas.rng
    line = canvas.course(rng.uniform(0.0, 0.55) if wander is None else wander, near_middle=canvas.chance(0.5))
    half_m = 0.5 * width_m * np.maximum(0.3, 1 + 0.3 * canvas.noise(800))
    bank = np.abs(line) - half_m
    water = bank < 0
    canvas.fill(water, biome.water)
    if width_m < 0.8 * canvas.pixel_size_m:
        canvas.unlabelled |= water
    if bars:
        side = (np.abs(line) < half_m * 1.25) & (np.abs(line) > half_m * 0.35)
        bar = side & _share_above(canvas.noise(rng.uniform(0.3, 0.9) * width_m, 2), bars)
        canvas.fill(bar, ["gravel", "sand", "mud"])
    return bank


def _lakes(canvas: _Canvas, biome: _Biome, share: float, scale_m: float) -> Field:
    """Standing water in the low places; returns a height above the shore (negative in the water), unit-free."""
    height = canvas.noise(scale_m, 4)
    level = np.quantile(height[::3, ::3], share)
    body = canvas.patches(scale_m * 2) if canvas.chance(0.08) else np.zeros_like(canvas.objects)
    canvas.fill_parcels(height < level, body, biome.water, 0.5)
    return height - level


def _ponds(canvas: _Canvas, biome: _Biome) -> None:
    """Small round or square ponds."""
    rng = canvas.rng
    for _ in range(rng.integers(2, 25)):
        centre = rng.uniform(-0.5, 0.5, 2) * canvas.extent_m
        radius_m = rng.uniform(1.0, 6.0) * canvas.pixel_size_m
        u, v = canvas.x_m - canvas.extent_m / 2 - centre[0], canvas.y_m - canvas.extent_m / 2 - centre[1]
        stretch = rng.uniform(0.5, 2.0)
        shape = np.maximum(np.abs(u), np.abs(v) * stretch) if canvas.chance(0.3) else np.hypot(u, v * stretch)
        canvas.fill(shape < radius_m, biome.water)


def _fringe(canvas: _Canvas, distance: Field, reach: float, biome: _Biome) -> None:
    """Wetland along water, wider here, absent there; `reach` is in the unit of `distance`."""
    ragged = reach * np.maximum(0, 0.8 + 0.9 * canvas.noise(400, 3))
    where = (distance > 0) & (distance < ragged)
    canvas.fill_parcels(where, canvas.patches(250), biome.wetland, 0.6)


def _road(canvas: _Canvas, width_m: float, wander: float) -> Field:
    """A road; narrower than a pixel it is drawn but not labelled. Returns the distance in metres from it."""
    distance = np.abs(canvas.course(wander))
    where = distance < max(width_m, canvas.pixel_size_m) / 2
    canvas.fill(where, ["asphalt", "asphalt", "concrete"])
    if width_m < canvas.pixel_size_m:
        canvas.unlabelled |= where
    return distance


def _settlement(canvas: _Canvas, biome: _Biome, density: Field, kinds: Sequence[str] | None = None) -> None:
    """Blocks, streets, yards and parks where `density` is above 0; the denser the more central."""
    rng = canvas.rng
    kinds = tuple(kinds or biome.built)
    block_m = rng.uniform(70, 190)
    blocks = canvas.parcels(rng.uniform(6, 14) * block_m, block_m, block_m * rng.uniform(1.0, 2.2), rng.uniform(0.0, 0.5))
    town = density > 0
    if canvas.chance(0.5):  # whole blocks, so that the edge of the town is straight
        town = (rng.uniform(-0.25, 0.25, _PARCEL_IDS).astype(np.float32)[blocks] + density) > 0
    canvas.fill_parcels(town, blocks, kinds, 0.8)
    centre = town & (density > np.float32(rng.uniform(0.5, 1.2)))
    canvas.fill_parcels(centre, blocks, ["dense", "dense", "concrete", kinds[0]], 0.8)
    lot = rng.random(_PARCEL_IDS, dtype=np.float32)[blocks]
    works = town & (lot > 1 - rng.choice([0.0, 0.05, 0.12]))
    canvas.fill_parcels(works, canvas.parcels(400, 45, 90, 0.1), ["metal", "concrete", "asphalt", "blue_roof", "dense"], 1.0)
    green = float(rng.choice([0.03, 0.08, 0.2]))
    park = town & (lot < green)
    canvas.fill_parcels(park, blocks, [*biome.grass[:2], *biome.trees[:2]], 1.5)
    if canvas.chance(0.6):
        streets = _edges(blocks) & town & ~park
        canvas.fill(streets, ["asphalt", "asphalt", "suburb"] if biome is not _DRY else ["asphalt", "town_dry"])
    if canvas.chance(0.6):
        roofs = town & (lot >= green) & (rng.random(town.shape, dtype=np.float32) < rng.uniform(0.01, 0.06))
        canvas.fill(roofs, ["metal", "concrete", "metal"])
    if canvas.chance(0.5):
        canvas.fill(town & _share_above(canvas.noise(40, 2), rng.uniform(0.02, 0.10)), biome.trees)


def _town_density(canvas: _Canvas, count: int, radius_m: tuple[float, float], along: Field | None = None) -> Field:
    """A field above 0 in `count` towns, ragged, stretched along a road when one is given."""
    rng = canvas.rng
    density = np.full((canvas.size, canvas.size), -5.0, dtype=np.float32)
    for _ in range(count):
        if along is None:
            centre = rng.uniform(-0.5, 0.5, 2) * canvas.extent_m
        else:
            on_road = np.argwhere(along < 2 * canvas.pixel_size_m)
            centre = (on_road[rng.integers(len(on_road))][::-1] / canvas.size - 0.5) * canvas.extent_m if len(on_road) else np.zeros(2)
        u, v = canvas.rotated(rng.uniform(0, np.pi))
        cos = np.hypot(u - centre[0], (v - centre[1]) * rng.uniform(0.8, 1.6)) if along is None else np.hypot(
            canvas.x_m - canvas.extent_m / 2 - centre[0], canvas.y_m - canvas.extent_m / 2 - centre[1])
        density = np.maximum(density, 1.5 * (1 - cos / np.float32(rng.uniform(*radius_m))))
    if along is not None:
        density = density + np.where(density > -1.5, 0.5 * np.exp(-along / 80), 0)
    return density + 0.35 * canvas.noise(rng.uniform(80, 250), 2)


def _villages(canvas: _Canvas, biome: _Biome, along: Field | None = None) -> None:
    """A few small settlements."""
    _settlement(canvas, biome, _town_density(canvas, int(canvas.rng.integers(1, 5)), (60, 450), along))


def _farmsteads(canvas: _Canvas, biome: _Biome) -> None:
    """Single farms: a few roofs, a yard and trees."""
    rng = canvas.rng
    for _ in range(rng.integers(3, 16)):
        row, column = rng.integers(0, canvas.size, 2)
        half = int(np.clip(rng.uniform(15, 45) / canvas.pixel_size_m, 1, 4))
        around = np.zeros_like(canvas.unlabelled)
        if canvas.chance(0.5):
            around[max(row - half - 1, 0): row + half + 2, max(column - half - 1, 0): column + half + 2] = True
            canvas.fill(around, biome.trees)
        house = np.zeros_like(canvas.unlabelled)
        house[max(row - half, 0): row + half, max(column - half, 0): column + half] = True
        canvas.fill(house, biome.built[:4])


def _snow_cover(canvas: _Canvas, where: np.ndarray, kinds: Sequence[str]) -> None:
    """Snow on everything but standing forest and water."""
    open_ground = where & ~canvas.is_class("trees", "water")
    canvas.fill_parcels(open_ground, canvas.patches(500), kinds, 0.6)


# --- regions ------------------------------------------------------------------------------------------------------
def _amount(canvas: _Canvas) -> float:
    """A share between 0 and 1 that favours neither little nor much."""
    return float(canvas.rng.beta(0.9, 0.9))


def _region_farms(canvas: _Canvas) -> Field | None:
    rng = canvas.rng
    biome = [_TEMPERATE, _TEMPERATE, _WINTER, _NORDIC, _DRY][rng.integers(5)]
    _farmland(canvas, None, biome, rng.choice([0.6, 1.0, 1.6]))
    if canvas.chance(0.65):
        _forest(canvas, _share_above(canvas.noise(rng.uniform(300, 1200), 5), 0.7 * _amount(canvas)), biome, 0.02)
    if canvas.chance(0.4):
        _grass(canvas, _share_above(canvas.noise(rng.uniform(300, 900), 2), 0.6 * _amount(canvas)), biome, 0.05)
    if canvas.chance(0.5):
        bank = _river(canvas, biome, rng.choice([8, 20, 45, 120]))
        if canvas.chance(0.5):
            canvas.fill((bank > 0) & (bank < rng.uniform(10, 45)) & (canvas.noise(200) > -0.3), biome.trees)
        elif canvas.chance(0.4):
            _fringe(canvas, bank, rng.uniform(40, 250), biome)
    if canvas.chance(0.25):
        _lakes(canvas, biome, rng.uniform(0.01, 0.3), rng.uniform(300, 1200))
    if canvas.chance(0.25):
        _ponds(canvas, biome)
    road = _road(canvas, rng.choice([6, 12, 25]), rng.choice([0, 0.15])) if canvas.chance(0.6) else None
    if canvas.chance(0.6):
        _villages(canvas, biome, road)
    if canvas.chance(0.4):
        _farmsteads(canvas, biome)
    if canvas.chance(0.15):
        _bare(canvas, _share_above(canvas.noise(200, 2), rng.uniform(0.01, 0.06)), biome.bare)
    if biome in (_WINTER, _NORDIC) and canvas.chance(0.45):
        _snow_cover(canvas, _share_above(canvas.noise(900, 5, 0.7), _amount(canvas) ** 0.5), ["snow_fresh", "snow_old", "snow_thin"])
    return None


def _region_steppe(canvas: _Canvas) -> Field | None:
    rng = canvas.rng
    _grass(canvas, None, _DRY, rng.choice([0.0, 0.03, 0.15, 0.3]))
    if canvas.chance(0.6):
        _farmland(canvas, _share_above(canvas.noise(rng.uniform(500, 1500), 2), _amount(canvas)), _DRY, rng.choice([0.5, 1.0]))
    if canvas.chance(0.5):
        _bare(canvas, _share_above(canvas.noise(rng.uniform(150, 600), 4), 0.7 * _amount(canvas)), _DRY.bare)
    if canvas.chance(0.3):
        _forest(canvas, _share_above(canvas.noise(500, 5), 0.5 * _amount(canvas)), _DRY, 0.1)
    if canvas.chance(0.35):
        bank = _river(canvas, _DRY, rng.choice([15, 40, 100]), bars=rng.choice([0.0, 0.3, 0.6]))
        canvas.fill((bank > 0) & (bank < rng.uniform(15, 60)) & (canvas.noise(150) > 0), _DRY.trees)
    if canvas.chance(0.3):
        _lakes(canvas, _DRY, rng.uniform(0.005, 0.2), rng.uniform(200, 800))
    road = _road(canvas, rng.choice([6, 14]), rng.choice([0, 0.1])) if canvas.chance(0.5) else None
    if canvas.chance(0.5):
        _villages(canvas, _DRY, road)
    return canvas.noise(1200, 4)


def _region_tropics(canvas: _Canvas) -> Field | None:
    rng = canvas.rng
    _forest(canvas, None, _TROPICAL, rng.choice([0.0, 0.0, 0.04]))
    style = rng.integers(4)
    cleared_share = _amount(canvas)
    where = np.zeros_like(canvas.unlabelled)
    if style == 0:  # fishbone: clearings in lots along parallel tracks
        u, v = canvas.rotated(rng.uniform(0, np.pi))
        lots = canvas.parcels(5000, 180, 500, 0.05)
        track = np.abs(((v / rng.uniform(700, 1500)) % 1) - 0.5)
        where = (rng.random(_PARCEL_IDS)[lots] * 0.8 + track) < cleared_share
    elif style == 1:  # ranches: large straight clearings
        lots = canvas.parcels(2500, 500, 800, 0.2)
        where = rng.random(_PARCEL_IDS)[lots] < cleared_share
    elif style == 2:  # smallholders: ragged mosaic
        where = _share_above(canvas.noise(rng.uniform(200, 900), 5), cleared_share)
    _grass(canvas, where, _TROPICAL, rng.choice([0.0, 0.03, 0.12]))
    if canvas.chance(0.7):
        fields = canvas.parcels(800, rng.uniform(50, 200), rng.uniform(80, 300), 0.5)
        chosen = where & (rng.random(_PARCEL_IDS)[fields] < 0.9 * _amount(canvas))
        canvas.fill_parcels(chosen, fields, [*_TROPICAL.crops], 0.7)
    if canvas.chance(0.5):
        fresh = canvas.parcels(1200, 160, 260, 0.4)
        canvas.fill_parcels(where & (rng.random(_PARCEL_IDS)[fresh] < rng.uniform(0.03, 0.3)), fresh, ["cleared", "soil_red"])
    if canvas.chance(0.6):
        bank = _river(canvas, _TROPICAL, rng.choice([12, 30, 80, 250, 600]), bars=rng.choice([0.0, 0.0, 0.25]))
        if canvas.chance(0.45):
            _fringe(canvas, bank, rng.uniform(60, 500), _TROPICAL)
    road = _road(canvas, rng.choice([6, 12, 20]), rng.choice([0, 0.1])) if canvas.chance(0.5) else None
    if canvas.chance(0.45):
        _villages(canvas, _TROPICAL, road)
    return canvas.noise(900, 4) if canvas.chance(0.3) else None


def _region_coast(canvas: _Canvas) -> Field | None:
    rng = canvas.rng
    biome = [_TEMPERATE, _NORDIC, _DRY, _TROPICAL, _DESERT][rng.integers(5)]
    inland = [_region_farms, _region_steppe, _region_tropics, _region_city, _region_desert, _region_boreal]
    relief = inland[rng.integers(len(inland))](canvas)
    line = canvas.course(rng.uniform(0.05, 0.6)) + np.float32(0.12 * canvas.extent_m) * canvas.noise(0.6 * canvas.extent_m, 4) * rng.uniform(0, 1)
    line = line + np.float32(rng.uniform(-0.3, 0.3) * canvas.extent_m)
    if canvas.chance(0.7):
        beach_m = rng.uniform(10, 120)
        canvas.fill((line < beach_m * (1 + canvas.noise(400, 3))) & (canvas.noise(300) > rng.uniform(-1.5, 0.5)), ["sand", "gravel", "rock", "sand"])
    if canvas.chance(0.3):
        _fringe(canvas, line, rng.uniform(100, 500), _Biome((), (), (), (), (), (), ("saltmarsh", "saltmarsh", "marsh")))
        if biome is _TROPICAL:
            canvas.fill((line > 0) & (line < 250) & (canvas.noise(300) > 0.3), ["mangrove"])
    kinds = ["sea", "deep", "turbid", "sea", "glint"]
    canvas.fill(line < 0, kinds)
    if canvas.chance(0.5):
        canvas.fill((line < 0) & (line > -rng.uniform(30, 200)) & (canvas.noise(250) > -0.5), ["shallow", "turbid"])
    if canvas.chance(0.2):
        canvas.fill((line < 0) & (line > -rng.uniform(50, 400)) & (canvas.noise(300, 3) > 0.4), ["mud"])
    if canvas.chance(0.15):
        canvas.fill((line < 0) & (np.abs(canvas.course(0)) < 12) & (line > -300), ["concrete"])
    return relief


def _region_mountain(canvas: _Canvas) -> Field | None:
    rng = canvas.rng
    scale_m = rng.uniform(0.3, 1.0) * canvas.extent_m
    relief = canvas.noise(scale_m, 7) - rng.uniform(0.3, 1.5) * np.abs(canvas.noise(scale_m, 6, 0.5))
    relief = relief - rng.uniform(0.1, 0.6) * np.abs(canvas.noise(0.35 * scale_m, 5, 0.5))
    height = (relief - relief.min()) / max(float(np.ptp(relief)), 1e-6) + 0.05 * canvas.noise(120, 2)
    levels = np.sort(rng.uniform(-0.3, 1.3, 3))
    biome = _ALPINE if canvas.chance(0.65) else _CANYON
    _forest(canvas, None, biome, rng.choice([0.0, 0.05, 0.2]))
    _grass(canvas, height > levels[0], biome, 0.08)
    _bare(canvas, (height > levels[1]) & (canvas.noise(150, 3) > rng.uniform(-2, 0.5)), biome.bare)
    if canvas.chance(0.7):  # cliffs: rock where it is steep
        slope = np.hypot(*np.gradient(relief, canvas.pixel_size_m))
        canvas.fill_parcels(_share_above(slope, 0.5 * _amount(canvas)), canvas.patches(400), biome.bare, 0.6)
    if canvas.chance(0.7 if biome is _ALPINE else 0.2):
        snow = height + 0.12 * canvas.noise(200, 3) > levels[2]
        canvas.fill_parcels(snow, canvas.patches(500), ["snow_fresh", "snow_old", "snow_old", "snow_thin", "ice"], 0.5)
    valley = height < np.quantile(height[::3, ::3], 0.6 * _amount(canvas))
    if canvas.chance(0.35):
        _farmland(canvas, valley & (levels[0] > 0.1), biome, 0.6)
    if canvas.chance(0.3):
        canvas.fill(height < np.quantile(height[::3, ::3], rng.uniform(0.01, 0.2)), biome.water)
    elif canvas.chance(0.4):
        _river(canvas, biome, rng.choice([8, 20, 60]), bars=rng.choice([0.0, 0.4]))
    if canvas.chance(0.25):
        _villages(canvas, biome)
    return relief * np.float32(rng.uniform(1.0, 3.0))


def _region_delta(canvas: _Canvas) -> Field | None:
    rng = canvas.rng
    biome = [_TEMPERATE, _TROPICAL, _DRY, _NORDIC][rng.integers(4)]
    share = _amount(canvas)
    _grass(canvas, None, biome, 0.05)
    if canvas.chance(0.5):
        _farmland(canvas, _share_above(canvas.noise(900, 2), _amount(canvas)), biome, 0.7)
    if canvas.chance(0.4):
        _forest(canvas, _share_above(canvas.noise(600, 5), 0.5 * _amount(canvas)), biome)
    patches = canvas.patches(rng.uniform(120, 400))
    canvas.fill_parcels(_share_above(canvas.noise(rng.uniform(400, 1200), 4), share), patches, biome.wetland, 0.7)
    lake = _lakes(canvas, biome, rng.uniform(0.02, 0.35), rng.uniform(150, 700))
    _fringe(canvas, lake, rng.uniform(0.1, 0.6), biome)
    for _ in range(rng.integers(1, 5)):
        bank = _river(canvas, biome, rng.choice([10, 25, 60, 160]), bars=rng.choice([0.0, 0.15]))
        if canvas.chance(0.4):
            _fringe(canvas, bank, rng.uniform(50, 300), biome)
    if canvas.chance(0.15):
        _villages(canvas, biome)
    return None


def _region_city(canvas: _Canvas) -> Field | None:
    rng = canvas.rng
    biome = [_TEMPERATE, _DRY, _TROPICAL, _NORDIC, _DESERT, _WINTER][rng.integers(6)]
    if biome is _DESERT:
        _bare(canvas, None, biome.bare[:4])
    elif canvas.chance(0.5):
        _farmland(canvas, None, biome, 0.8)
    else:
        _grass(canvas, None, biome, 0.2)
    _forest(canvas, _share_above(canvas.noise(500, 5), 0.5 * _amount(canvas)), biome)
    share = _amount(canvas)
    field = canvas.noise(rng.uniform(500, 1500), 3)
    density = field - np.quantile(field[::3, ::3], 1 - share)
    _settlement(canvas, biome, density.astype(np.float32), tuple(rng.choice(biome.built, size=rng.integers(1, 4))))
    if canvas.chance(0.5):
        _river(canvas, biome, rng.choice([20, 60, 150, 400]), wander=rng.uniform(0, 0.3))
    if canvas.chance(0.3):
        _ponds(canvas, biome)
    for _ in range(rng.integers(0, 4)):
        _road(canvas, rng.choice([10, 20, 35]), rng.choice([0, 0.1]))
    if canvas.chance(0.3):
        site = canvas.parcels(1500, 200, 300, 0.3)
        canvas.fill_parcels(rng.random(_PARCEL_IDS)[site] < rng.uniform(0.01, 0.08), site, ["soil_grey", "cleared", "quarry", "gravel"])
    return None


def _region_desert(canvas: _Canvas) -> Field | None:
    rng = canvas.rng
    kinds = list(rng.choice(_DESERT.bare, size=rng.integers(1, 4)))
    relief = canvas.noise(rng.uniform(200, 1500), rng.integers(2, 6))
    _bare(canvas, None, kinds)
    if canvas.chance(0.3):
        _, across = canvas.rotated(rng.uniform(0, np.pi))
        relief = np.sin(across / rng.uniform(25, 120) + 2.5 * canvas.noise(500)).astype(np.float32) + 0.5 * relief
    if canvas.chance(0.6):
        _grass(canvas, _share_above(canvas.noise(rng.uniform(200, 900), 4), 0.7 * _amount(canvas)), _DESERT)
    if canvas.chance(0.25):
        _pivots(canvas, None, _DESERT)
    elif canvas.chance(0.3):
        _farmland(canvas, _share_above(canvas.noise(900, 2), 0.6 * _amount(canvas)), _DESERT, 0.6)
    if canvas.chance(0.25):
        _forest(canvas, _share_above(canvas.noise(500, 5), 0.4 * _amount(canvas)), _DESERT, 0.3)
    if canvas.chance(0.3):
        _bare(canvas, np.abs(canvas.course(0.4)) < rng.uniform(30, 200), ["gravel", "sand"])
    if canvas.chance(0.2):
        _river(canvas, _DESERT, rng.choice([30, 120]), bars=0.2)
    elif canvas.chance(0.2):
        _lakes(canvas, _DESERT, 0.5 * _amount(canvas), rng.uniform(400, 1500))
    road = _road(canvas, rng.choice([8, 16]), 0) if canvas.chance(0.4) else None
    if canvas.chance(0.3):
        _villages(canvas, _DESERT, road)
    return relief


def _region_boreal(canvas: _Canvas) -> Field | None:
    rng = canvas.rng
    _forest(canvas, None, _NORDIC, rng.choice([0.0, 0.1]))
    if canvas.chance(0.5):
        cuts = canvas.parcels(1500, 200, 300, 0.5)
        lot = rng.random(_PARCEL_IDS)[cuts]
        share = 0.4 * _amount(canvas)
        canvas.fill_parcels(lot < share, cuts, ["scrub", "heath", "rangeland_wet"])
        canvas.fill_parcels(lot > 1 - 0.3 * share, cuts, ["cleared"])
    if canvas.chance(0.7):
        _bogs = _share_above(canvas.noise(rng.uniform(200, 900), 5), 0.8 * _amount(canvas))
        canvas.fill_parcels(_bogs, canvas.patches(250), ["bog", "bog", "reed", "marsh"], 0.6)
    if canvas.chance(0.3):
        _farmland(canvas, _share_above(canvas.noise(800, 2), 0.6 * _amount(canvas)), _NORDIC)
    if canvas.chance(0.2):
        _bare(canvas, _share_above(canvas.noise(300, 3), 0.3 * _amount(canvas)), ["rock", "gravel"])
    if canvas.chance(0.7):
        _lakes(canvas, _NORDIC, 0.6 * _amount(canvas), rng.uniform(250, 1500))
    if canvas.chance(0.3):
        _river(canvas, _NORDIC, rng.choice([10, 40, 120]))
    road = _road(canvas, rng.choice([6, 12]), 0.1) if canvas.chance(0.4) else None
    if canvas.chance(0.2):
        _villages(canvas, _NORDIC, road)
    if canvas.chance(0.3):
        _snow_cover(canvas, _share_above(canvas.noise(900, 3), _amount(canvas) ** 0.4), ["snow_fresh", "snow_old", "snow_thin"])
        if canvas.chance(0.5):
            canvas.fill(canvas.is_class("water"), ["ice", "snow_old", "snow_fresh"])
    return canvas.noise(1200, 4) if canvas.chance(0.5) else None


def _region_paddy(canvas: _Canvas) -> Field | None:
    rng = canvas.rng
    kinds = [["paddy_wet", "paddy_green"], ["paddy_green", "ripe", "stubble"], ["paddy_wet", "tilled_brown", "paddy_green", "crop_medium"]][rng.integers(3)]
    width_m = rng.uniform(35, 130)
    parcels = canvas.parcels(10 * width_m, width_m, width_m * rng.uniform(1.5, 5), rng.uniform(0.1, 0.5))
    canvas.fill_parcels(None, parcels, kinds, 0.8)
    if canvas.chance(0.5):
        ponds = rng.random(_PARCEL_IDS)[parcels] < 0.6 * _amount(canvas)
        canvas.fill_parcels(ponds & (canvas.noise(1000) > rng.uniform(-1, 1)), parcels, ["turbid", "eutrophic", "deep", "brown"], 0.7)
    if canvas.chance(0.3):
        canvas.fill(_edges(parcels) & (canvas.noise(200) > rng.uniform(0, 1.5)), ["tropical", "regrowth", "broadleaf"])
    if canvas.chance(0.4):
        _forest(canvas, _share_above(canvas.noise(700, 5), 0.5 * _amount(canvas)), _TROPICAL)
    if canvas.chance(0.7):
        _river(canvas, _TROPICAL, rng.choice([12, 40, 120, 300]))
    if canvas.chance(0.25):
        lake = _lakes(canvas, _TROPICAL, rng.uniform(0.02, 0.2), 500)
        _fringe(canvas, lake, 0.4, _TROPICAL)
    road = _road(canvas, rng.choice([8, 16]), 0.1) if canvas.chance(0.7) else None
    if canvas.chance(0.8):
        _villages(canvas, _TROPICAL, road)
    return None


def _region_open(canvas: _Canvas) -> Field | None:
    """One class nearly everywhere, so that very high and zero coverages are common."""
    rng = canvas.rng
    biome = [_TEMPERATE, _NORDIC, _DRY, _TROPICAL, _ALPINE][rng.integers(5)]
    style = rng.integers(6)
    if style == 0:
        canvas.fill(None, biome.water)
        if canvas.chance(0.6):
            islands = _share_above(canvas.noise(rng.uniform(200, 900), 4), rng.uniform(0.01, 0.15))
            _forest(canvas, islands, biome, 0.3)
    elif style == 1:
        _forest(canvas, None, biome, rng.choice([0.0, 0.03]))
    elif style == 2:
        _grass(canvas, None, biome, rng.choice([0.0, 0.03, 0.3]))
    elif style == 3:
        canvas.fill_parcels(None, canvas.patches(600), ["snow_fresh", "snow_old", "snow_old", "ice"], 0.5)
        if canvas.chance(0.6):
            _bare(canvas, _share_above(canvas.noise(300, 4), rng.uniform(0.01, 0.4)), ["rock", "basalt"])
        return canvas.noise(900, 6) * np.float32(rng.uniform(0.5, 2.5))
    elif style == 4:
        canvas.fill_parcels(None, canvas.patches(300), biome.wetland, 0.5)
        _lakes(canvas, biome, rng.uniform(0.01, 0.2), 300)
    else:
        _farmland(canvas, None, biome, 1.5)
    if canvas.chance(0.4):
        _river(canvas, biome, rng.choice([10, 30, 100]))
    return canvas.noise(1000, 5) if canvas.chance(0.4) else None


REGIONS: dict[str, Callable[[_Canvas], Field | None]] = {
    "farmland": _region_farms, "steppe": _region_steppe, "tropical forest": _region_tropics, "coast": _region_coast,
    "mountain": _region_mountain, "delta": _region_delta, "city": _region_city, "desert": _region_desert,
    "boreal": _region_boreal, "paddy": _region_paddy, "open": _region_open,
}
"""Kinds of landscape; each paints the canvas and returns its relief, or None where the ground is flat."""

_REGION_ODDS = np.array([0.20, 0.09, 0.10, 0.09, 0.11, 0.07, 0.10, 0.07, 0.05, 0.05, 0.07])


# --- light --------------------------------------------------------------------------------------------------------
def _ground(canvas: _Canvas) -> np.ndarray:
    """Surface reflectance (5, H, W) of the painted objects: own spectrum, what shows through, texture."""
    rng = canvas.rng
    materials = canvas.materials
    count = len(materials)
    scene_mean = MEAN * np.exp(BRIGHT[:, None] * 0.6 * rng.standard_normal((len(MEAN), 1)) + SHAPE[:, None] * 0.7 * rng.standard_normal(MEAN.shape))
    used = np.unique(canvas.objects)
    spectrum = np.zeros((count, 5), dtype=np.float32)
    shift = BRIGHT[materials[used], None] * 0.7 * rng.standard_normal((len(used), 1)) + SHAPE[materials[used], None] * 0.6 * rng.standard_normal((len(used), 5))
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
    rows = _lumps(rng, canvas.size, 3)[:, 0][np.clip((across + canvas.size * 0.5).astype(np.intp), 0, canvas.size - 1)]
    weights = _TEXTURE / np.linalg.norm(_TEXTURE, axis=1, keepdims=True)
    pixel_label = label[canvas.objects]
    parts = weights[pixel_label]
    texture = parts[..., 0] * fine + parts[..., 1] * clumped + parts[..., 2] * broad + parts[..., 3] * rows * 2
    mix = np.clip(own_mix[canvas.objects] + GRAIN[materials][canvas.objects] * texture, 0, 0.95)
    other = parts[..., 0] * _swapped(fine) + parts[..., 1] * _swapped(clumped) + parts[..., 2] * _swapped(broad)
    gain = np.exp(_ROUGHNESS[pixel_label] * other)
    # Vigour drifts over the land: more infrared goes with less red.
    vigour = np.float32(rng.uniform(0.0, 0.14)) * _PLANTS[pixel_label] * canvas.noise(rng.uniform(150, 800), 4, 0.7)
    partner = scene_mean[PARTNER[materials]]
    bands = np.empty((5, canvas.size, canvas.size), dtype=np.float32)
    for band in range(5):
        own = spectrum[:, band][canvas.objects]
        bands[band] = (own + mix * (partner[:, band][canvas.objects] - own)) * gain * np.exp(_VIGOUR[band] * vigour)
    return bands


def _swapped(field: Field) -> Field:
    """The same noise seen elsewhere: as good as independent, and free."""
    return field[::-1].T


def _blur(bands: np.ndarray, amount: float) -> np.ndarray:
    """A three-tap point spread in both directions; `amount` goes to each neighbour."""
    for axis in (1, 2):
        padded = np.pad(bands, [(1, 1) if a == axis else (0, 0) for a in range(3)], mode="edge")
        low, high = (padded[:, :-2], padded[:, 2:]) if axis == 1 else (padded[:, :, :-2], padded[:, :, 2:])
        bands = (1 - 2 * amount) * bands + amount * (low + high)
    return bands


def _shade(canvas: _Canvas, bands: np.ndarray, relief: Field, strength: float) -> np.ndarray:
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


def _clouds(canvas: _Canvas, bands: np.ndarray, labels: np.ndarray) -> np.ndarray:
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
    colour = MEAN[number] * np.exp(BRIGHT[number] * rng.standard_normal()) * np.exp(SHAPE[number] * rng.standard_normal(5))
    height_px = rng.uniform(5, 50) * 10 / canvas.pixel_size_m
    direction = rng.uniform(0, 2 * np.pi)
    shadow = ndimage.shift(alpha, (height_px * np.sin(direction), height_px * np.cos(direction)), order=0, mode="reflect")
    depth = np.array([0.55, 0.45, 0.35, 0.65, 0.65], dtype=np.float32) * rng.uniform(0.7, 1.15)
    bands = bands * (1 - depth[:, None, None] * shadow)
    labels[(shadow > 0.6) & (alpha < 0.2) & (rng.random() < 0.5)] = 0
    body = colour[:, None, None].astype(np.float32) * (1 + 0.10 * canvas.noise(100, 3))
    bands = bands * (1 - alpha) + body * alpha
    labels[alpha > 0.15] = 0
    labels[alpha > 0.45] = CODE["cloud"]
    return bands.astype(np.float32)


def _air(rng: np.random.Generator, bands: np.ndarray) -> np.ndarray:
    """The whole scene's season, sun and air: a gain, a colour cast, haze strongest in the blue, noise."""
    gain = np.exp(rng.normal(0, 0.10)) * np.exp(rng.normal(0, 0.04, 5))
    draw = rng.random()
    if draw < 0.20:  # top of atmosphere
        haze = rng.uniform(0.6, 1.4) * np.array([0.025, 0.043, 0.078, 0.008, 0.002])
    elif draw < 0.55:  # thin haze left in, or some taken out too much
        haze = rng.normal(0.004, 0.010) * np.array([0.7, 0.85, 1.0, 0.4, 0.1])
    else:
        haze = np.zeros(5)
    noise = rng.choice([0.0006, 0.0015, 0.003]) * rng.standard_normal(bands.shape, dtype=np.float32)
    bands = bands * gain[:, None, None].astype(np.float32) * np.float32(1 - haze[2]) + haze[:, None, None].astype(np.float32)
    return np.clip(bands + noise, 0.0001, 1.6)


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
    canvas = _Canvas(rng, size, pixel_size_m / grandeur)
    name = list(REGIONS)[rng.choice(len(REGIONS), p=_REGION_ODDS)]
    relief = REGIONS[name](canvas)
    labels = LABEL[canvas.materials][canvas.objects]
    labels[canvas.unlabelled] = 0
    bands = _ground(canvas)
    if relief is not None:
        steep = name in ("mountain", "desert", "open")
        bands = _shade(canvas, bands, relief, float(rng.uniform(0.08, 0.34) if steep else rng.uniform(0.02, 0.14)))
    bands = _blur(bands, float(rng.uniform(0.06, 0.17)))
    if pixel_size_m == 10.0 and rng.random() < 0.7:  # Sentinel-2 measures swir1 at 20 m
        half = size // 2 * 2
        coarse = bands[4, :half, :half].reshape(half // 2, 2, half // 2, 2).mean((1, 3))
        bands[4, :half, :half] = coarse.repeat(2, 0).repeat(2, 1)
    if rng.random() < 0.18:
        bands = _clouds(canvas, bands, labels)
    bands = _air(rng, bands).astype(np.float32)
    return LabelledScene(bands, labels, pixel_size_m, (True,) * 5, True, None, f"generated {name}, seed {seed}")
