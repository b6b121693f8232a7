"""Generated scenes of any size in bounded memory: tiles of one country, sewn together along irregular seams.

Each tile is a landscape of its own, painted on a canvas wider than the tile. A pixel is of one tile alone, labels,
bands and radar alike, so the truth is exact to the pixel; which tile that is, noise decides, so that no straight
border is to be seen. Rivers, roads and coasts run on through all tiles, and so do clouds, light and seasons
(`country.py`).
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

import numpy as np

from . import changes, light, seasons
from .biomes import Biome
from .canvas import Canvas
from .country import Country
from .dates import ANY, seen
from .noise import EndlessLumps, Field
from .regions import REGIONS
from .scenes import Ground, LabelledScene, slopes_of

TILE_PX = 768
"""From tile to tile, at most."""
_SEAM_PX = (300.0, 150.0, 75.0, 36.0, 16.0, 6.0)
# So many tiles are looked at to find what can change.
_LOOKED_AT = 9


@dataclass(frozen=True)
class Piece:
    """A tile on one date.

    Attributes:
        date: Number of the date, from 0.
        done: How much of the quilt is made with it, 0 to 1.
        row: Of the scene's upper left pixel in the quilt.
        column: As `row`.
        mine: bool (H, W), which pixels are of this tile; every pixel of the quilt is of one tile.
        scene: What is seen.
    """

    date: int
    done: float
    row: int
    column: int
    mine: np.ndarray
    scene: LabelledScene


class _TileCanvas(Canvas):
    """A canvas whose rivers and roads are those of its country."""

    def __init__(self, rng: np.random.Generator, country: Country, rows: np.ndarray, columns: np.ndarray) -> None:
        super().__init__(rng, len(rows), country.pixel_size_m)
        self._biome = country.biome
        self.rivers, self.roads = country.rivers(rows, columns), country.roads(rows, columns)

    def river(self, width_m: float, wander: float) -> tuple[Field, Field]:
        return self.rivers

    def road(self, wander: float) -> Field:
        return self.roads[0]

    def biome(self, drawn: Biome) -> Biome:
        return self._biome


class Quilt:
    """A large generated place on some dates.

    Args:
        size: Width and height in pixels, at least a tile's.
        seed: The same seed gives the same place.
        pixel_size_m: Ground size of a pixel.
        count: Number of dates.
        change: As in `dates.generate_dates`; tiles without the ground for it stay as they are.
        cloud_share: As in `dates.generate_dates`.

    Raises:
        ValueError: An unknown change, or one that no tile which was looked at has the ground for.
    """

    def __init__(
        self, size: int, seed: int, pixel_size_m: float, count: int, change: str | None, cloud_share: float | None
    ) -> None:
        self.size, self.seed, self.count = size, seed, count
        self.country = Country(seed, size, pixel_size_m, count, cloud_share)
        # Half of it is even, as swir's double pixels are.
        self._pitch_px = -(-size // -(-size // TILE_PX) // 4) * 4
        self.tiles = -(-size // self._pitch_px)
        self._margin_px = self._pitch_px // 10 * 2
        rng = np.random.default_rng([6, seed])  # 7 and 8 are the tiles', for trailing zeros do not tell streams apart
        self._numbers = [(down, right) for down in range(self.tiles) for right in range(self.tiles + down % 2)]
        self._seams = [EndlessLumps(rng, _SEAM_PX, 0.6 ** np.arange(len(_SEAM_PX))) for _ in range(2)]
        self.change = self._chosen(change, rng) if change and count > 1 else None

    @property
    def place(self) -> str:
        """What it is."""
        return f"generated {self.country.kind} country, seed {self.seed}"

    def pieces(self) -> Iterator[Piece]:
        """Make it, tile by tile and each date by date."""
        for number, (down, right) in enumerate(self._numbers):
            rows, columns = self._places(down, right)
            inside = [np.flatnonzero((places >= 0) & (places < self.size)) for places in (rows, columns)]
            crop = [slice(kept[0], kept[-1] + 1) for kept in inside]
            rows, columns = rows[crop[0]], columns[crop[1]]
            mine = self._mine(down, right, rows, columns)
            for date, scene in enumerate(self._tile(down, right)):
                done = (number + (date + 1) / self.count) / len(self._numbers)
                yield Piece(date, done, int(rows[0]), int(columns[0]), mine, _cropped(scene, *crop))

    def _shift_px(self, down: int) -> int:
        """How far a row of tiles is moved to the left: they lie like bricks."""
        return down % 2 * self._pitch_px // 2

    def _places(self, down: int, right: int) -> tuple[np.ndarray, np.ndarray]:
        """Rows and columns of a tile's pixels in the quilt; some lie outside."""
        reach = np.arange(-self._margin_px, self._pitch_px + self._margin_px)
        return down * self._pitch_px + reach, right * self._pitch_px - self._shift_px(down) + reach

    def _paint(self, down: int, right: int) -> tuple[Ground, list[int]]:
        rng = np.random.default_rng([7, self.seed, down, right])
        rows, columns = self._places(down, right)
        canvas = _TileCanvas(rng, self.country, rows, columns)
        odds = np.array(list(self.country.regions.values()))
        region = list(self.country.regions)[rng.choice(len(odds), p=odds / odds.sum())]
        relief = REGIONS[region](canvas)
        things = self.country.finish(canvas, rows, columns, canvas.rivers, canvas.roads)
        return Ground(canvas, slopes_of(relief), region, self.country.pixel_size_m), things

    def _chosen(self, change: str, rng: np.random.Generator) -> str | None:
        """The change that happens, one that a few tiles have the ground for."""
        some = rng.permutation(len(self._numbers))[:_LOOKED_AT]
        grounds = (self._paint(*self._numbers[number])[0] for number in some)
        can = list(dict.fromkeys(kind for ground in grounds for kind in changes.possible(ground.canvas)))
        if change == ANY:
            told = [kind for kind in can if kind not in changes.OF_FIELDS]
            return str(rng.choice(told)) if told else None
        changes.check(change, can)
        return change

    def _mine(self, down: int, right: int, rows: np.ndarray, columns: np.ndarray) -> np.ndarray:
        """Which pixels are of a tile: its square, with borders that noise has bent."""
        mine = np.ones((len(rows), len(columns)), dtype=bool)
        sides = ((down, self.tiles, rows[:, None]), (right, self.tiles + down % 2, columns + self._shift_px(down)))
        for (number, count, places), seam in zip(sides, self._seams, strict=True):
            # The noise at a pixel is the same from every tile, and never reaches the two outermost pixels of a canvas.
            bent = places + np.clip(
                self._margin_px / 2.5 * seam.at(rows, columns), 2 - self._margin_px, self._margin_px - 2
            )
            mine &= np.clip(np.floor(bent / self._pitch_px), 0, count - 1) == number
        return mine

    def _tile(self, down: int, right: int) -> Iterator[LabelledScene]:
        """A tile on each date, whole."""
        rows, columns = self._places(down, right)
        ground, things = self._paint(down, right)
        canvas, rng = ground.canvas, ground.canvas.rng
        first_look = light.with_swir2(light.draw_look(canvas, ground.used), ground.used, rng)
        strength = float(rng.uniform(0.10, 0.36) if canvas.steep else rng.uniform(0.02, 0.16))
        planned = None
        if self.change and self.change in changes.possible(canvas):
            planned = changes.plan(self.change, canvas, rng)
        materials, later, look = canvas.materials, ground, first_look
        changed = np.zeros(canvas.objects.shape, dtype=bool)
        for date, day in enumerate(self.country.days):
            if date:
                rng = np.random.default_rng([8, self.seed, down, right, date])
                fields = self.change not in changes.OF_FIELDS
                materials = seasons.aged(materials, day.months, rng, fields, day.turns)
                later = replace(ground, canvas=canvas.later(rng, materials))
                if planned is not None:
                    changed = planned.apply(later.canvas, date / (self.count - 1))
                look = light.later_look(first_look, later.canvas)
            look = self.country.share(look, date, things)
            conditions = self.country.conditions(date, ground, strength, rows, columns)
            scene = seen(later, look, conditions, self.place, rng)
            yield replace(scene, changed=changed, change=self.change or "")


def _cropped(scene: LabelledScene, rows: slice, columns: slice) -> LabelledScene:
    names = ("bands", "labels", "surface", "hidden", "sar", "changed")
    return replace(scene, **{name: getattr(scene, name)[..., rows, columns] for name in names})
