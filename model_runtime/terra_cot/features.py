"""Parts of landscapes: fields, forests, rivers, towns and what else a region is composed of.

Each function paints one kind of thing on a canvas, all of it random within limits that are given in metres.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from .biomes import DRY, Biome
from .canvas import PARCEL_IDS, Canvas, edges, share_above
from .noise import Field


def add_farmland(canvas: Canvas, where: np.ndarray | None, biome: Biome, scale: float = 1.0) -> None:
    """Fields in all stages, some meadow, copses and hedges along the parcels."""
    rng = canvas.rng
    width_m = scale * rng.choice([60, 110, 180, 300]) * rng.uniform(0.7, 1.3)
    parcels = canvas.parcels(
        rng.uniform(5, 10) * width_m, width_m, width_m * rng.uniform(1.2, 4.0), rng.uniform(0.0, 0.6)
    )
    crops = [str(kind) for kind in rng.choice(biome.crops, size=rng.integers(2, 7))]
    canvas.fill_parcels(where, parcels, crops, rng.choice([0.5, 1.5]))
    inside = np.ones_like(parcels, dtype=bool) if where is None else where
    lot = rng.random(PARCEL_IDS, dtype=np.float32)[parcels]
    meadow = float(rng.choice([0.0, 0.0, 0.1, 0.25, 0.5]))
    copse = float(rng.choice([0.0, 0.04, 0.12]))
    if meadow:
        canvas.fill_parcels(inside & (lot < meadow), parcels, biome.grass[:3])
    if copse:
        canvas.fill_parcels(inside & (lot > 1 - copse), parcels, biome.trees[:3])
    edge = edges(parcels) & inside
    if canvas.chance(0.25):
        hedge = edge & (canvas.noise(120) > rng.uniform(-0.3, 1.8))
        if canvas.chance(0.5):
            hedge |= np.roll(hedge, 1, axis=1) & inside
        canvas.fill(hedge, biome.trees)
    elif canvas.chance(0.4):
        canvas.fill(edge & (lot < 0.5), ["soil_grey", "cleared"] if canvas.chance(0.5) else biome.grass[:2])
        canvas.unlabelled |= edge & (lot < 0.5)


def add_pivots(canvas: Canvas, where: np.ndarray | None, biome: Biome) -> None:
    """Round irrigated fields on a loose grid."""
    radius_m = canvas.rng.uniform(200, 420)
    angle = canvas.rng.uniform(0, np.pi)
    u, v = canvas.rotated(angle)
    step = 2.1 * radius_m
    column, row = np.floor(u / step), np.floor(v / step)
    offset_u, offset_v = u - (column + 0.5) * step, v - (row + 0.5) * step
    cell = (column.astype(np.int32) * 31 + row.astype(np.int32) * 57) % PARCEL_IDS
    wedge = (np.floor(np.arctan2(offset_v, offset_u) / np.pi * 2).astype(np.int32) + 2) * 7
    split = (canvas.rng.random(PARCEL_IDS) < 0.3)[cell]
    used = (canvas.rng.random(PARCEL_IDS) < canvas.rng.uniform(0.4, 0.95))[cell]
    circle = (np.hypot(offset_u, offset_v) < radius_m) & used
    if where is not None:
        circle &= where
    canvas.fill_parcels(circle, (cell + np.where(split, wedge, 0)) % PARCEL_IDS, biome.crops)


def add_forest(canvas: Canvas, where: np.ndarray | None, biome: Biome, glades: float = 0.0) -> None:
    """Stands of one or a few kinds of trees, sometimes with straight cuts or clearings."""
    rng = canvas.rng
    kinds = list(rng.choice(biome.trees, size=rng.integers(1, 4)))
    stands = canvas.parcels(900, 250, 350, 0.6) if canvas.chance(0.4) else canvas.patches(rng.uniform(300, 900))
    canvas.fill_parcels(where, stands, kinds, 0.7)
    if canvas.chance(0.4):  # tracks narrower than a pixel
        for _ in range(rng.integers(1, 4)):
            track = (np.abs(canvas.course(rng.choice([0.0, 0.1, 0.4]))) < 0.5 * canvas.pixel_size_m) & canvas.is_class(
                "trees"
            )
            if where is not None:
                track &= where
            canvas.fill(track, ["cleared", "scrub", *biome.grass[:1]])
            canvas.unlabelled |= track
    if glades:
        gap = share_above(canvas.noise(rng.uniform(60, 300), 3), glades)
        if where is not None:
            gap &= where
        canvas.fill_parcels(gap, stands, [*biome.grass, biome.bare[-1]])


def add_grass(canvas: Canvas, where: np.ndarray | None, biome: Biome, trees: float = 0.0) -> None:
    """Open vegetation in natural patches or large paddocks, with scattered trees."""
    rng = canvas.rng
    patches = canvas.parcels(1500, 400, 600, 0.3) if canvas.chance(0.12) else canvas.patches(rng.uniform(150, 700))
    canvas.fill_parcels(where, patches, biome.grass, 0.7)
    if trees:
        clump = share_above(canvas.noise(rng.uniform(25, 160), 2) + 0.5 * canvas.noise(600), trees)
        canvas.fill(clump if where is None else clump & where, biome.trees)


def add_bare(canvas: Canvas, where: np.ndarray | None, kinds: Sequence[str]) -> None:
    """Naked ground in patches."""
    canvas.fill_parcels(where, canvas.patches(canvas.rng.uniform(200, 800)), kinds, 0.3)


def add_river(canvas: Canvas, biome: Biome, width_m: float, wander: float | None = None, bars: float = 0.0) -> Field:
    """A river with bars; returns the distance in metres from its bank (negative in the water)."""
    rng = canvas.rng
    line, half_m = canvas.river(width_m, rng.uniform(0.0, 0.55) if wander is None else wander)
    bank = np.abs(line) - half_m
    water = bank < 0
    canvas.fill(water, biome.water)
    if width_m < 0.8 * canvas.pixel_size_m:
        canvas.unlabelled |= water
    if bars:
        side = (np.abs(line) < half_m * 1.25) & (np.abs(line) > half_m * 0.35)
        bar = side & share_above(canvas.noise(rng.uniform(0.3, 0.9) * width_m, 2), bars)
        canvas.fill(bar, ["gravel", "sand", "mud"])
    return bank


def add_lakes(canvas: Canvas, biome: Biome, share: float, scale_m: float) -> Field:
    """Standing water in the low places; returns a height above the shore (negative in the water), unit-free."""
    height = canvas.noise(scale_m, 4)
    level = np.quantile(height[::3, ::3], share)
    body = canvas.patches(scale_m * 2) if canvas.chance(0.08) else np.zeros_like(canvas.objects)
    canvas.fill_parcels(height < level, body, biome.water, 0.5)
    return height - level


def add_ponds(canvas: Canvas, biome: Biome) -> None:
    """Small round or square ponds."""
    rng = canvas.rng
    for _ in range(rng.integers(2, 25)):
        centre = rng.uniform(-0.5, 0.5, 2) * canvas.extent_m
        radius_m = rng.uniform(1.0, 6.0) * canvas.pixel_size_m
        stretch = rng.uniform(0.5, 2.0)
        u, v = canvas.x_m - centre[0], (canvas.y_m - centre[1]) * stretch
        shape = np.maximum(np.abs(u), np.abs(v)) if canvas.chance(0.3) else np.sqrt(u**2 + v**2)
        canvas.fill(shape < radius_m, biome.water)


def add_fringe(canvas: Canvas, distance: Field, reach: float, biome: Biome) -> None:
    """Wetland along water, wider here, absent there; `reach` is in the unit of `distance`."""
    ragged = reach * np.maximum(0, 0.8 + 0.9 * canvas.noise(400, 3))
    where = (distance > 0) & (distance < ragged)
    canvas.fill_parcels(where, canvas.patches(250), biome.wetland, 0.6)


def add_road(canvas: Canvas, width_m: float, wander: float) -> Field:
    """A road; narrower than a pixel it is drawn but not labelled. Returns the distance in metres from it."""
    distance = canvas.road(wander)
    where = distance < max(width_m, canvas.pixel_size_m) / 2
    canvas.fill(where, ["asphalt", "asphalt", "concrete"])
    if width_m < canvas.pixel_size_m:
        canvas.unlabelled |= where
    return distance


def add_settlement(canvas: Canvas, biome: Biome, density: Field, kinds: Sequence[str] | None = None) -> None:
    """Blocks, streets, yards and parks where `density` is above 0; the denser the more central."""
    rng = canvas.rng
    kinds = tuple(kinds or biome.built)
    block_m = rng.uniform(70, 190) / canvas.grandeur  # houses do not grow with the land
    blocks = canvas.parcels(
        rng.uniform(6, 14) * block_m, block_m, block_m * rng.uniform(1.0, 2.2), rng.uniform(0.0, 0.5)
    )
    town = density > 0
    if canvas.chance(0.5):  # whole blocks, so that the edge of the town is straight
        town = (rng.uniform(-0.25, 0.25, PARCEL_IDS).astype(np.float32)[blocks] + density) > 0
    canvas.fill_parcels(town, blocks, kinds, 0.8)
    centre = town & (density > np.float32(rng.uniform(0.5, 1.2)))
    canvas.fill_parcels(centre, blocks, ["dense", "dense", "concrete", kinds[0]], 0.8)
    lot = rng.random(PARCEL_IDS, dtype=np.float32)[blocks]
    works = town & (lot > 1 - rng.choice([0.0, 0.05, 0.12]))
    canvas.fill_parcels(
        works,
        canvas.parcels(400 / canvas.grandeur, 45 / canvas.grandeur, 90 / canvas.grandeur, 0.1),
        ["metal", "concrete", "asphalt", "blue_roof", "dense"],
        1.0,
    )
    green = float(rng.choice([0.03, 0.08, 0.2]))
    park = town & (lot < green)
    canvas.fill_parcels(park, blocks, [*biome.grass[:2], *biome.trees[:2]], 1.5)
    if canvas.chance(0.6):
        streets = edges(blocks) & town & ~park
        canvas.fill(streets, ["asphalt", "asphalt", "suburb"] if biome is not DRY else ["asphalt", "town_dry"])
    if canvas.chance(0.6):
        roofs = town & (lot >= green) & (rng.random(town.shape, dtype=np.float32) < rng.uniform(0.01, 0.06))
        canvas.fill(roofs, ["metal", "concrete", "metal"])
    if canvas.chance(0.5):
        canvas.fill(town & share_above(canvas.noise(40, 2), rng.uniform(0.02, 0.10)), biome.trees)


def _town_density(canvas: Canvas, count: int, radius_m: tuple[float, float], along: Field | None = None) -> Field:
    """A field above 0 in `count` towns, ragged, stretched along a road when one is given."""
    rng = canvas.rng
    density = np.full((canvas.size, canvas.size), -5.0, dtype=np.float32)
    for _ in range(count):
        if along is None:
            centre = rng.uniform(-0.5, 0.5, 2) * canvas.extent_m
        else:
            on_road = np.argwhere(along < 2 * canvas.pixel_size_m)
            centre = (
                (on_road[rng.integers(len(on_road))][::-1] / canvas.size - 0.5) * canvas.extent_m
                if len(on_road)
                else np.zeros(2)
            )
        u, v = canvas.rotated(rng.uniform(0, np.pi))
        if along is None:
            away_m = np.sqrt((u - centre[0]) ** 2 + ((v - centre[1]) * rng.uniform(0.8, 1.6)) ** 2)
        else:
            away_m = np.sqrt((canvas.x_m - centre[0]) ** 2 + (canvas.y_m - centre[1]) ** 2)
        density = np.maximum(density, 1.5 * (1 - away_m / np.float32(rng.uniform(*radius_m))))
    if along is not None:
        density = density + np.where(density > -1.5, 0.5 * np.exp(-along / 80), 0)
    return density + 0.35 * canvas.noise(rng.uniform(80, 250), 2)


def add_villages(canvas: Canvas, biome: Biome, along: Field | None = None) -> None:
    """A few small settlements."""
    add_settlement(canvas, biome, _town_density(canvas, int(canvas.rng.integers(1, 5)), (60, 450), along))


def add_farmsteads(canvas: Canvas, biome: Biome) -> None:
    """Single farms: a few roofs, a yard and trees."""
    rng = canvas.rng
    for _ in range(rng.integers(3, 16)):
        row, column = rng.integers(0, canvas.size, 2)
        half = int(np.clip(rng.uniform(15, 45) / canvas.pixel_size_m, 1, 4))
        if canvas.chance(0.5):
            canvas.fill(_square(row - half - 1, column - half - 1, 2 * half + 3), biome.trees)
        canvas.fill(_square(row - half, column - half, 2 * half), biome.built[:4])


def _square(row: int, column: int, side: int) -> tuple[slice, slice]:
    return slice(max(row, 0), row + side), slice(max(column, 0), column + side)


def add_snow_cover(canvas: Canvas, where: np.ndarray, kinds: Sequence[str]) -> None:
    """Snow on everything but standing forest and water."""
    open_ground = where & ~canvas.is_class("trees", "water")
    canvas.fill_parcels(open_ground, canvas.patches(500), kinds, 0.6)
