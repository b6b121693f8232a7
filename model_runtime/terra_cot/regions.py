"""Whole landscapes: which parts a farm country, a coast, a mountain or a city is made of, and how much of each."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from .biomes import ALPINE, CANYON, DESERT, DRY, NORDIC, TEMPERATE, TROPICAL, WINTER, Biome
from .canvas import PARCEL_IDS, Canvas, edges, share_above
from .features import (
    add_bare,
    add_farmland,
    add_farmsteads,
    add_forest,
    add_fringe,
    add_grass,
    add_lakes,
    add_pivots,
    add_ponds,
    add_river,
    add_road,
    add_settlement,
    add_snow_cover,
    add_villages,
)
from .noise import Field


def _amount(canvas: Canvas) -> float:
    """A share between 0 and 1 that favours neither little nor much."""
    return float(canvas.rng.beta(0.9, 0.9))


def _rugged(canvas: Canvas) -> Field:
    """Mountain relief with ridges and valleys."""
    rng = canvas.rng
    canvas.steep = True
    scale_m = rng.uniform(0.3, 1.0) * canvas.extent_m
    relief = canvas.noise(scale_m, 7) - rng.uniform(0.3, 1.5) * np.abs(canvas.noise(scale_m, 6, 0.5))
    return relief - np.float32(rng.uniform(0.1, 0.6)) * np.abs(canvas.noise(0.35 * scale_m, 5, 0.5))


def _region_farms(canvas: Canvas) -> Field | None:
    rng = canvas.rng
    biome = canvas.biome([TEMPERATE, TEMPERATE, WINTER, NORDIC, DRY][rng.integers(5)])
    add_farmland(canvas, None, biome, rng.choice([0.6, 1.0, 1.6]))
    if canvas.chance(0.65):
        add_forest(canvas, share_above(canvas.noise(rng.uniform(300, 1200), 5), 0.7 * _amount(canvas)), biome, 0.02)
    if canvas.chance(0.4):
        add_grass(canvas, share_above(canvas.noise(rng.uniform(300, 900), 2), 0.6 * _amount(canvas)), biome, 0.05)
    if canvas.chance(0.5):
        bank = add_river(canvas, biome, rng.choice([8, 20, 45, 120]))
        if canvas.chance(0.5):
            canvas.fill((bank > 0) & (bank < rng.uniform(10, 45)) & (canvas.noise(200) > -0.3), biome.trees)
        elif canvas.chance(0.4):
            add_fringe(canvas, bank, rng.uniform(40, 250), biome)
    if canvas.chance(0.25):
        add_lakes(canvas, biome, rng.uniform(0.01, 0.3), rng.uniform(300, 1200))
    if canvas.chance(0.25):
        add_ponds(canvas, biome)
    road = add_road(canvas, rng.choice([6, 12, 25]), rng.choice([0, 0.15])) if canvas.chance(0.6) else None
    if canvas.chance(0.6):
        add_villages(canvas, biome, road)
    if canvas.chance(0.4):
        add_farmsteads(canvas, biome)
    if canvas.chance(0.15):
        add_bare(canvas, share_above(canvas.noise(200, 2), rng.uniform(0.01, 0.06)), biome.bare)
    if biome in (WINTER, NORDIC) and canvas.chance(0.45):
        add_snow_cover(
            canvas,
            share_above(canvas.noise(900, 5, 0.7), _amount(canvas) ** 0.5),
            ["snow_fresh", "snow_old", "snow_thin", "snow_shaded"],
        )
    return None


def _region_steppe(canvas: Canvas) -> Field | None:
    rng = canvas.rng
    add_grass(canvas, None, DRY, rng.choice([0.0, 0.03, 0.15, 0.3]))
    if canvas.chance(0.6):
        add_farmland(
            canvas, share_above(canvas.noise(rng.uniform(500, 1500), 2), _amount(canvas)), DRY, rng.choice([0.5, 1.0])
        )
    if canvas.chance(0.5):
        add_bare(canvas, share_above(canvas.noise(rng.uniform(150, 600), 4), 0.7 * _amount(canvas)), DRY.bare)
    if canvas.chance(0.3):
        add_forest(canvas, share_above(canvas.noise(500, 5), 0.5 * _amount(canvas)), DRY, 0.1)
    if canvas.chance(0.35):
        bank = add_river(canvas, DRY, rng.choice([15, 40, 100]), bars=rng.choice([0.0, 0.3, 0.6]))
        canvas.fill((bank > 0) & (bank < rng.uniform(15, 60)) & (canvas.noise(150) > 0), DRY.trees)
    if canvas.chance(0.3):
        add_lakes(canvas, DRY, rng.uniform(0.005, 0.2), rng.uniform(200, 800))
    road = add_road(canvas, rng.choice([6, 14]), rng.choice([0, 0.1])) if canvas.chance(0.5) else None
    if canvas.chance(0.5):
        add_villages(canvas, DRY, road)
    return _rugged(canvas) if canvas.chance(0.25) else canvas.noise(1200, 4)


def _region_tropics(canvas: Canvas) -> Field | None:
    rng = canvas.rng
    add_forest(canvas, None, TROPICAL, rng.choice([0.0, 0.0, 0.04]))
    style = rng.integers(4)
    cleared_share = _amount(canvas)
    where = np.zeros_like(canvas.unlabelled)
    if style == 0:  # fishbone: clearings in lots along parallel tracks
        u, v = canvas.rotated(rng.uniform(0, np.pi))
        lots = canvas.parcels(5000, 180, 500, 0.05)
        track = np.abs(((v / rng.uniform(700, 1500)) % 1) - 0.5)
        where = (rng.random(PARCEL_IDS)[lots] * 0.8 + track) < cleared_share
    elif style == 1:  # ranches: large straight clearings
        lots = canvas.parcels(2500, 500, 800, 0.2)
        where = rng.random(PARCEL_IDS)[lots] < cleared_share
    elif style == 2:  # smallholders: ragged mosaic
        where = share_above(canvas.noise(rng.uniform(200, 900), 5), cleared_share)
    add_grass(canvas, where, TROPICAL, rng.choice([0.0, 0.03, 0.12]))
    if canvas.chance(0.7):
        fields = canvas.parcels(800, rng.uniform(50, 200), rng.uniform(80, 300), 0.5)
        chosen = where & (rng.random(PARCEL_IDS)[fields] < 0.9 * _amount(canvas))
        canvas.fill_parcels(chosen, fields, [*TROPICAL.crops], 0.7)
    if canvas.chance(0.5):
        fresh = canvas.parcels(1200, 160, 260, 0.4)
        canvas.fill_parcels(
            where & (rng.random(PARCEL_IDS)[fresh] < rng.uniform(0.03, 0.3)), fresh, ["cleared", "soil_red"]
        )
    if canvas.chance(0.6):
        bank = add_river(canvas, TROPICAL, rng.choice([12, 30, 80, 250, 600]), bars=rng.choice([0.0, 0.0, 0.25]))
        if canvas.chance(0.45):
            add_fringe(canvas, bank, rng.uniform(60, 500), TROPICAL)
    road = add_road(canvas, rng.choice([6, 12, 20]), rng.choice([0, 0.1])) if canvas.chance(0.5) else None
    if canvas.chance(0.45):
        add_villages(canvas, TROPICAL, road)
    return canvas.noise(900, 4) if canvas.chance(0.3) else None


def _region_coast(canvas: Canvas) -> Field | None:
    rng = canvas.rng
    biome = canvas.biome([TEMPERATE, NORDIC, DRY, TROPICAL, DESERT][rng.integers(5)])
    inland = [_region_farms, _region_steppe, _region_tropics, _region_city, _region_desert, _region_boreal]
    relief = inland[rng.integers(len(inland))](canvas)
    line = canvas.course(rng.uniform(0.05, 0.6)) + np.float32(0.12 * canvas.extent_m) * canvas.noise(
        0.6 * canvas.extent_m, 4
    ) * rng.uniform(0, 1)
    line = line + np.float32(rng.uniform(-0.3, 0.3) * canvas.extent_m)
    if canvas.chance(0.7):
        beach_m = rng.uniform(10, 120)
        canvas.fill(
            (line < beach_m * (1 + canvas.noise(400, 3))) & (canvas.noise(300) > rng.uniform(-1.5, 0.5)),
            ["sand", "gravel", "rock", "sand"],
        )
    if canvas.chance(0.3):
        add_fringe(
            canvas, line, rng.uniform(100, 500), Biome((), (), (), (), (), (), ("saltmarsh", "saltmarsh", "marsh"))
        )
        if biome is TROPICAL:
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


def _region_mountain(canvas: Canvas) -> Field | None:
    rng = canvas.rng
    relief = _rugged(canvas)
    height = (relief - relief.min()) / max(float(np.ptp(relief)), 1e-6) + 0.05 * canvas.noise(120, 2)
    levels = np.sort(rng.uniform(-0.3, 1.3, 3))
    biome = canvas.biome(ALPINE if canvas.chance(0.6) else CANYON)
    add_forest(canvas, None, biome, rng.choice([0.0, 0.05, 0.2]))
    add_grass(canvas, height > levels[0], biome, 0.08)
    add_bare(canvas, (height > levels[1]) & (canvas.noise(150, 3) > rng.uniform(-2, 0.5)), biome.bare)
    if canvas.chance(0.7):  # cliffs: rock where it is steep
        slope = np.hypot(*np.gradient(relief, canvas.pixel_size_m))
        canvas.fill_parcels(share_above(slope, 0.5 * _amount(canvas)), canvas.patches(400), biome.bare, 0.6)
    if canvas.chance(0.7 if biome is ALPINE else 0.2):
        snow = height + 0.12 * canvas.noise(200, 3) > levels[2]
        canvas.fill_parcels(
            snow, canvas.patches(500), ["snow_fresh", "snow_old", "snow_old", "snow_thin", "snow_shaded", "ice"], 0.5
        )
    valley = height < np.quantile(height[::3, ::3], 0.6 * _amount(canvas))
    if canvas.chance(0.35):
        add_farmland(canvas, valley & (levels[0] > 0.1), biome, 0.6)
    if canvas.chance(0.3):
        canvas.fill(height < np.quantile(height[::3, ::3], rng.uniform(0.01, 0.2)), biome.water)
    elif canvas.chance(0.4):
        add_river(canvas, biome, rng.choice([8, 20, 60]), bars=rng.choice([0.0, 0.4]))
    if canvas.chance(0.25):
        add_villages(canvas, biome)
    return relief


def _region_delta(canvas: Canvas) -> Field | None:
    rng = canvas.rng
    biome = canvas.biome([TEMPERATE, TROPICAL, DRY, NORDIC][rng.integers(4)])
    share = _amount(canvas)
    add_grass(canvas, None, biome, 0.05)
    if canvas.chance(0.5):
        add_farmland(canvas, share_above(canvas.noise(900, 2), _amount(canvas)), biome, 0.7)
    if canvas.chance(0.4):
        add_forest(canvas, share_above(canvas.noise(600, 5), 0.5 * _amount(canvas)), biome)
    patches = canvas.patches(rng.uniform(120, 400))
    canvas.fill_parcels(share_above(canvas.noise(rng.uniform(400, 1200), 4), share), patches, biome.wetland, 0.7)
    lake = add_lakes(canvas, biome, rng.uniform(0.02, 0.35), rng.uniform(150, 700))
    add_fringe(canvas, lake, rng.uniform(0.1, 0.6), biome)
    for _ in range(rng.integers(1, 5)):
        bank = add_river(canvas, biome, rng.choice([10, 25, 60, 160]), bars=rng.choice([0.0, 0.15]))
        if canvas.chance(0.4):
            add_fringe(canvas, bank, rng.uniform(50, 300), biome)
    if canvas.chance(0.15):
        add_villages(canvas, biome)
    return None


def _region_city(canvas: Canvas) -> Field | None:
    rng = canvas.rng
    biome = canvas.biome([TEMPERATE, DRY, TROPICAL, NORDIC, DESERT, WINTER][rng.integers(6)])
    if biome is DESERT:
        add_bare(canvas, None, biome.bare[:4])
    elif canvas.chance(0.5):
        add_farmland(canvas, None, biome, 0.8)
    else:
        add_grass(canvas, None, biome, 0.2)
    add_forest(canvas, share_above(canvas.noise(500, 5), 0.5 * _amount(canvas)), biome)
    share = _amount(canvas)
    field = canvas.noise(rng.uniform(500, 1500), 3)
    density = field - np.quantile(field[::3, ::3], 1 - share)
    add_settlement(canvas, biome, density.astype(np.float32), tuple(rng.choice(biome.built, size=rng.integers(1, 4))))
    if canvas.chance(0.5):
        add_river(canvas, biome, rng.choice([20, 60, 150, 400]), wander=rng.uniform(0, 0.3))
    if canvas.chance(0.3):
        add_ponds(canvas, biome)
    for _ in range(rng.integers(0, 4)):
        add_road(canvas, rng.choice([10, 20, 35]), rng.choice([0, 0.1]))
    if canvas.chance(0.3):
        site = canvas.parcels(1500, 200, 300, 0.3)
        canvas.fill_parcels(
            rng.random(PARCEL_IDS)[site] < rng.uniform(0.01, 0.08), site, ["soil_grey", "cleared", "quarry", "gravel"]
        )
    return None


def _region_desert(canvas: Canvas) -> Field | None:
    rng = canvas.rng
    kinds = list(rng.choice(DESERT.bare, size=rng.integers(1, 4)))
    relief = canvas.noise(rng.uniform(200, 1500), rng.integers(2, 6))
    add_bare(canvas, None, kinds)
    if canvas.chance(0.4):
        relief = _rugged(canvas)
    elif canvas.chance(0.4):
        canvas.steep = True
        _, across = canvas.rotated(rng.uniform(0, np.pi))
        relief = np.sin(across / rng.uniform(25, 120) + 2.5 * canvas.noise(500)).astype(np.float32) + 0.5 * relief
    if canvas.chance(0.6):
        add_grass(canvas, share_above(canvas.noise(rng.uniform(200, 900), 4), 0.7 * _amount(canvas)), DESERT)
    if canvas.chance(0.25):
        add_pivots(canvas, None, DESERT)
    elif canvas.chance(0.3):
        add_farmland(canvas, share_above(canvas.noise(900, 2), 0.6 * _amount(canvas)), DESERT, 0.6)
    if canvas.chance(0.25):
        add_forest(canvas, share_above(canvas.noise(500, 5), 0.4 * _amount(canvas)), DESERT, 0.3)
    if canvas.chance(0.3):
        add_bare(canvas, np.abs(canvas.course(0.4)) < rng.uniform(30, 200), ["gravel", "sand"])
    if canvas.chance(0.2):
        add_river(canvas, DESERT, rng.choice([30, 120]), bars=0.2)
    elif canvas.chance(0.2):
        add_lakes(canvas, DESERT, 0.5 * _amount(canvas), rng.uniform(400, 1500))
    road = add_road(canvas, rng.choice([8, 16]), 0) if canvas.chance(0.4) else None
    if canvas.chance(0.3):
        add_villages(canvas, DESERT, road)
    return relief


def _region_boreal(canvas: Canvas) -> Field | None:
    rng = canvas.rng
    add_forest(canvas, None, NORDIC, rng.choice([0.0, 0.1]))
    if canvas.chance(0.5):
        cuts = canvas.parcels(1500, 200, 300, 0.5)
        lot = rng.random(PARCEL_IDS)[cuts]
        share = 0.4 * _amount(canvas)
        canvas.fill_parcels(lot < share, cuts, ["scrub", "heath", "rangeland_wet"])
        canvas.fill_parcels(lot > 1 - 0.3 * share, cuts, ["cleared"])
    if canvas.chance(0.7):
        bogs = share_above(canvas.noise(rng.uniform(200, 900), 5), 0.8 * _amount(canvas))
        canvas.fill_parcels(bogs, canvas.patches(250), ["bog", "bog", "reed", "marsh"], 0.6)
    if canvas.chance(0.3):
        add_farmland(canvas, share_above(canvas.noise(800, 2), 0.6 * _amount(canvas)), NORDIC)
    if canvas.chance(0.2):
        add_bare(canvas, share_above(canvas.noise(300, 3), 0.3 * _amount(canvas)), ["rock", "gravel"])
    if canvas.chance(0.7):
        add_lakes(canvas, NORDIC, 0.6 * _amount(canvas), rng.uniform(250, 1500))
    if canvas.chance(0.3):
        add_river(canvas, NORDIC, rng.choice([10, 40, 120]))
    road = add_road(canvas, rng.choice([6, 12]), 0.1) if canvas.chance(0.4) else None
    if canvas.chance(0.2):
        add_villages(canvas, NORDIC, road)
    if canvas.chance(0.3):
        add_snow_cover(
            canvas,
            share_above(canvas.noise(900, 3), _amount(canvas) ** 0.4),
            ["snow_fresh", "snow_old", "snow_thin", "snow_shaded"],
        )
        if canvas.chance(0.5):
            canvas.fill(canvas.is_class("water"), ["ice", "snow_old", "snow_fresh"])
    return canvas.noise(1200, 4) if canvas.chance(0.5) else None


def _region_paddy(canvas: Canvas) -> Field | None:
    rng = canvas.rng
    kinds = [
        ["paddy_wet", "paddy_green"],
        ["paddy_green", "ripe", "stubble"],
        ["paddy_wet", "tilled_brown", "paddy_green", "crop_medium"],
    ][rng.integers(3)]
    width_m = rng.uniform(35, 130)
    parcels = canvas.parcels(10 * width_m, width_m, width_m * rng.uniform(1.5, 5), rng.uniform(0.1, 0.5))
    canvas.fill_parcels(None, parcels, kinds, 0.8)
    if canvas.chance(0.5):
        ponds = rng.random(PARCEL_IDS)[parcels] < 0.6 * _amount(canvas)
        canvas.fill_parcels(
            ponds & (canvas.noise(1000) > rng.uniform(-1, 1)), parcels, ["turbid", "eutrophic", "deep", "brown"], 0.7
        )
    if canvas.chance(0.3):
        canvas.fill(edges(parcels) & (canvas.noise(200) > rng.uniform(0, 1.5)), ["tropical", "regrowth", "broadleaf"])
    if canvas.chance(0.4):
        add_forest(canvas, share_above(canvas.noise(700, 5), 0.5 * _amount(canvas)), TROPICAL)
    if canvas.chance(0.7):
        add_river(canvas, TROPICAL, rng.choice([12, 40, 120, 300]))
    if canvas.chance(0.25):
        lake = add_lakes(canvas, TROPICAL, rng.uniform(0.02, 0.2), 500)
        add_fringe(canvas, lake, 0.4, TROPICAL)
    road = add_road(canvas, rng.choice([8, 16]), 0.1) if canvas.chance(0.7) else None
    if canvas.chance(0.8):
        add_villages(canvas, TROPICAL, road)
    return None


def _region_open(canvas: Canvas) -> Field | None:
    """One class nearly everywhere, so that very high and zero coverages are common."""
    rng = canvas.rng
    biome = canvas.biome([TEMPERATE, NORDIC, DRY, TROPICAL, ALPINE][rng.integers(5)])
    style = rng.integers(6)
    if style == 0:
        canvas.fill(None, biome.water)
        if canvas.chance(0.6):
            islands = share_above(canvas.noise(rng.uniform(200, 900), 4), rng.uniform(0.01, 0.15))
            add_forest(canvas, islands, biome, 0.3)
    elif style == 1:
        add_forest(canvas, None, biome, rng.choice([0.0, 0.03]))
    elif style == 2:
        add_grass(canvas, None, biome, rng.choice([0.0, 0.03, 0.3]))
    elif style == 3:
        canvas.fill_parcels(
            None, canvas.patches(600), ["snow_fresh", "snow_old", "snow_old", "snow_shaded", "ice"], 0.5
        )
        if canvas.chance(0.6):
            add_bare(canvas, share_above(canvas.noise(300, 4), rng.uniform(0.01, 0.4)), ["rock", "basalt"])
        return _rugged(canvas)
    elif style == 4:
        canvas.fill_parcels(None, canvas.patches(300), biome.wetland, 0.5)
        add_lakes(canvas, biome, rng.uniform(0.01, 0.2), 300)
    else:
        add_farmland(canvas, None, biome, 1.5)
    if canvas.chance(0.4):
        add_river(canvas, biome, rng.choice([10, 30, 100]))
    return _rugged(canvas) if canvas.chance(0.3) else None


REGIONS: dict[str, Callable[[Canvas], Field | None]] = {
    "farmland": _region_farms,
    "steppe": _region_steppe,
    "tropical forest": _region_tropics,
    "coast": _region_coast,
    "mountain": _region_mountain,
    "delta": _region_delta,
    "city": _region_city,
    "desert": _region_desert,
    "boreal": _region_boreal,
    "paddy": _region_paddy,
    "open": _region_open,
}
"""Kinds of landscape; each paints the canvas and returns its relief, or None where the ground is flat."""

REGION_ODDS = np.array([0.20, 0.09, 0.10, 0.08, 0.12, 0.07, 0.10, 0.07, 0.05, 0.05, 0.07])
