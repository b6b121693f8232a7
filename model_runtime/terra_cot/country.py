"""What all parts of a large generated scene share: biome, light, skies and seasons, and rivers, roads and the coast.

What runs through all of a country is a function of the place, so that any part can be made by itself and fits its
neighbours to the pixel.
"""

from __future__ import annotations

import datetime
from dataclasses import dataclass, replace

import numpy as np

from . import radar, seasons
from .biomes import ALPINE, DESERT, DRY, NORDIC, TEMPERATE, TROPICAL, WINTER, Biome
from .canvas import Canvas
from .dates import DAYS_A_MONTH, DAYS_BETWEEN, FIRST_DAYS, Conditions, drift
from .light import Look
from .noise import EndlessLumps, Field, octaves_px
from .scenes import Ground, Sunlight, draw_shot
from .sky import brightness, edge_for
from .spectra import CLASSES, CODE, MATERIALS, OPTICAL_BANDS

KINDS: dict[str, tuple[float, Biome, dict[str, float]]] = {
    "temperate": (0.26, TEMPERATE, {"farmland": 6, "city": 1.5, "delta": 1, "open": 0.5}),
    "winter": (0.10, WINTER, {"farmland": 6, "city": 1.5}),
    "nordic": (0.14, NORDIC, {"boreal": 4, "farmland": 3, "delta": 1, "city": 1, "open": 0.5}),
    "dry": (0.16, DRY, {"steppe": 4, "farmland": 3, "city": 1.2, "delta": 0.6}),
    "tropical": (0.16, TROPICAL, {"tropical forest": 5, "paddy": 2, "city": 1.2, "delta": 1}),
    "desert": (0.08, DESERT, {"desert": 6, "city": 1}),
    "mountain": (0.10, ALPINE, {"mountain": 1}),
}
"""Kinds of country: how common, its biome, and which of `regions.REGIONS` lie in it, with their odds."""

_COASTAL = 0.3
# Rivers and roads have numbers, which repeat after so many.
_NUMBERS = 256
_FAR_M = np.float32(1e6)


class _Lines:
    """Winding lines side by side through all the country, all of one direction."""

    def __init__(
        self, rng: np.random.Generator, pixel_size_m: float, spacing_m: float, wander: float, octaves: int
    ) -> None:
        self.pixel_size_m, self.spacing_m = pixel_size_m, spacing_m
        angle = rng.uniform(0, 2 * np.pi)
        self._down, self._right = np.cos(angle), np.sin(angle)
        self._start_m = rng.uniform(0, spacing_m)
        length_m = rng.uniform(2500, 5000)
        self._bend_m = wander * length_m
        self._bends = EndlessLumps(rng, octaves_px(length_m / pixel_size_m, octaves), 0.4 ** np.arange(octaves))

    def through(self, row: float, column: float) -> None:
        """Move the lines so that one of them, if it did not bend, went through this pixel."""
        self._start_m = -self.pixel_size_m * (self._down * row + self._right * column)

    def at(self, rows: np.ndarray, columns: np.ndarray) -> tuple[Field, np.ndarray]:
        """Where rows and columns of pixels cross: signed distance in metres to the nearest line, and its number."""
        across = self.pixel_size_m * (self._down * rows[:, None] + self._right * columns) + self._start_m
        across += self._bend_m * self._bends.at(rows, columns)
        slope_y, slope_x = np.gradient(across, self.pixel_size_m)
        number = np.floor(across / self.spacing_m + 0.5)
        across -= self.spacing_m * number
        across /= np.maximum(np.sqrt(slope_y**2 + slope_x**2), 0.5)
        return across.astype(np.float32), number.astype(np.intp) % _NUMBERS


@dataclass(frozen=True)
class _Day:
    """One date all over the country: deviates of materials as in `Look`, and what else the parts share.

    `sunlight` has a strength that a part's own is multiplied by; the clouds of `conditions` lack their fields, which
    `cloud_fields` makes.
    """

    conditions: Conditions
    bright: np.ndarray
    shape: np.ndarray
    months: float
    turns: list[np.ndarray]
    sunlight: Sunlight
    cloud_fields: tuple[EndlessLumps, ...]


class Country:
    """A country as it is seen on some dates.

    Args:
        seed: The same seed gives the same country.
        size: Width and height of the scene in pixels.
        pixel_size_m: Ground size of a pixel.
        count: Number of dates.
        cloud_share: Of each image that clouds and shadows hide; drawn when None.
    """

    def __init__(self, seed: int, size: int, pixel_size_m: float, count: int, cloud_share: float | None) -> None:
        rng = np.random.default_rng([5, seed])  # other generators of this seed have other numbers
        odds = np.array([kind[0] for kind in KINDS.values()])
        self.kind = list(KINDS)[rng.choice(len(KINDS), p=odds / odds.sum())]
        _, self.biome, self.regions = KINDS[self.kind]
        self.size, self.pixel_size_m = size, pixel_size_m
        self._rivers = _Lines(rng, pixel_size_m, rng.uniform(8_000, 15_000), rng.uniform(0.2, 0.4), 4)
        self._river_m = np.float32(rng.choice([0, 12, 20, 40, 80, 150], _NUMBERS))
        self._roads = [_Lines(rng, pixel_size_m, rng.uniform(5_000, 9_000), rng.uniform(0, 0.12), 2) for _ in range(2)]
        self._road_m = np.float32(rng.choice([0, 6, 12, 25], _NUMBERS))
        self._coast = None
        if rng.random() < _COASTAL:
            self._coast = _Lines(rng, pixel_size_m, 1e9, rng.uniform(0.3, 0.9), 6)
            self._coast.through(*rng.uniform(0.1 * size, 0.9 * size, 2))
        self._river_kind = self.biome.water[rng.integers(len(self.biome.water))]
        self._sea_kind = ("sea", "deep", "turbid")[rng.integers(3)]
        self._lively = np.exp(0.35 * rng.standard_normal(len(CLASSES) + 1)).astype(np.float32)
        self._lively[CODE["water"]] *= 0.7
        self._vigour_strength = np.float32(rng.uniform(0.0, 0.14))
        self.orbit = radar.draw_orbit(rng)
        self.days: list[_Day] = []
        for _ in range(count):
            self.days.append(self._draw_day(rng, cloud_share))

    def _draw_day(self, rng: np.random.Generator, cloud_share: float | None) -> _Day:
        bright = rng.standard_normal((len(MATERIALS), 1))
        shape = rng.standard_normal((len(MATERIALS), len(OPTICAL_BANDS)))
        if self.days:
            first, before = self.days[0], self.days[-1]
            between = int(rng.integers(*DAYS_BETWEEN))
            day = before.conditions.day + datetime.timedelta(days=between)
            sunlight = Sunlight(float(rng.uniform(0.7, 1.3)), first.sunlight.sun + drift(rng))
            # As in `light.later_look`: most of it stays.
            bright, shape = 0.95 * first.bright + 0.31 * bright, 0.9 * first.shape + 0.44 * shape
        else:
            between, day = 0, datetime.date.fromordinal(int(rng.integers(*FIRST_DAYS)))
            sunlight = Sunlight(1.0, float(rng.uniform(0, 2 * np.pi)))
        months = between / DAYS_A_MONTH
        fields = []
        sample = np.linspace(0, self.size - 1, 400)

        def noise(scale_m: float, octaves: int) -> Field:
            steps = octaves_px(scale_m / self.pixel_size_m, octaves)
            fields.append(EndlessLumps(rng, steps, rng.uniform(0.45, 0.72) ** np.arange(octaves)))
            return fields[-1].at(sample, sample)

        shot = draw_shot(rng, self.pixel_size_m, noise, cloud_share)
        clouds = shot.clouds
        if clouds is not None and cloud_share is not None:
            down, right = clouds.offset_px
            shading = fields[0].at(sample - down, sample - right)
            edge = edge_for(cloud_share, clouds.field, shading, clouds.softness, clouds.density)
            shot = replace(shot, clouds=replace(clouds, edge=edge))
        conditions = Conditions(day, None, shot, self.orbit, radar.draw_weather(rng))
        turns = seasons.draw_turns(months, rng)
        return _Day(conditions, bright, shape, months, turns, sunlight, tuple(fields))

    def conditions(
        self, number: int, ground: Ground, strength: float, rows: np.ndarray, columns: np.ndarray
    ) -> Conditions:
        """What a date is like in a part of the country.

        Args:
            number: Of the date.
            ground: The part.
            strength: How strongly its slopes are shaded.
            rows: Of its pixels in the scene.
            columns: Of its pixels in the scene.
        """
        day = self.days[number]
        shot, clouds = day.conditions.shot, day.conditions.shot.clouds
        if clouds is not None:
            field, body = day.cloud_fields
            down, right = clouds.offset_px
            parts = (field.at(rows, columns), field.at(rows - down, columns - right), body.at(rows, columns))
            field, shading, body = (part.astype(np.float32) for part in parts)
            shot = replace(shot, clouds=replace(clouds, field=field, shading=shading, body=brightness(body)))
        sunlight = None
        if ground.slopes is not None:
            sunlight = Sunlight(strength * day.sunlight.strength, day.sunlight.sun)
        return replace(day.conditions, shot=shot, sunlight=sunlight)

    def share(self, look: Look, number: int, things: list[int]) -> Look:
        """The look of a part on a date, with what all parts share put in; `things` are its objects of `finish`."""
        for deviates in (look.object_bright, look.object_shape, look.object_mix):
            deviates[things] = 0
        day = self.days[number]
        shared = {"lively": self._lively, "vigour_strength": self._vigour_strength}
        return replace(look, bright=day.bright, shape=day.shape, **shared)

    def rivers(self, rows: np.ndarray, columns: np.ndarray) -> tuple[Field, Field]:
        """Distance in metres from the middle of the nearest river, and half its width."""
        line, number = self._rivers.at(rows, columns)
        width_m = self._river_m[number]
        return np.where(width_m > 0, line, _FAR_M), width_m / 2

    def roads(self, rows: np.ndarray, columns: np.ndarray) -> tuple[Field, Field]:
        """Distance in metres from the middle of the nearest road, and half its width."""
        distance, half_m = np.full((len(rows), len(columns)), _FAR_M), np.zeros((len(rows), len(columns)), np.float32)
        for lines in self._roads:
            line, number = lines.at(rows, columns)
            width_m = self._road_m[number]
            nearer = (np.abs(line) < distance) & (width_m > 0)
            np.copyto(distance, np.abs(line), where=nearer)
            np.copyto(half_m, width_m / 2, where=nearer)
        return distance, half_m

    def finish(
        self,
        canvas: Canvas,
        rows: np.ndarray,
        columns: np.ndarray,
        rivers: tuple[Field, Field],
        roads: tuple[Field, Field],
    ) -> list[int]:
        """Paint the sea, rivers and roads over a part; returns the numbers of these objects."""
        things = []
        sea = np.zeros_like(canvas.unlabelled)
        if self._coast is not None:
            line, _ = self._coast.at(rows, columns)
            sea = line < 0
            canvas.fill((line < 60 * (1 + canvas.noise(400, 3))) & ~sea, ["sand", "gravel", "rock", "sand"])
            things.append(canvas.fill(sea, [self._sea_kind]))
        things.append(self._line(canvas, *rivers, sea, self._river_kind))
        things.append(self._line(canvas, *roads, sea, "asphalt"))
        return things

    def _line(self, canvas: Canvas, line: Field, half_m: Field, sea: np.ndarray, kind: str) -> int:
        """Paint rivers or roads; what is narrower than a pixel is painted but not labelled."""
        where = (np.abs(line) < np.maximum(half_m, self.pixel_size_m / 2)) & ~sea
        number = canvas.fill(where, [kind])
        canvas.unlabelled |= where & (2 * half_m < self.pixel_size_m)
        return number
