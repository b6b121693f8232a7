"""The places that items are about: what is true of their ground, on a grid of the Earth, and their images on demand.

The truth is what the ground is, whatever hides it from a sensor: the same for every variant of an item.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

import affine
import numpy as np
import pyproj

from ..measure.area import PixelAreas, coverage_pct
from ..measure.layout import LEAST_PART_PX
from ..rasters.parts import Parts, part_pixels
from ..scene.grid import Grid
from ..terra_cot import generated
from ..terra_cot.chance import seeded
from ..terra_cot.dates import ANY, generate_dates
from ..terra_cot.facts import CLOUD, View
from ..terra_cot.generated import item_of
from ..terra_cot.records import Record, Split, split_of
from ..terra_cot.scene_files import CRS, ORIGIN_M
from ..terra_cot.scenes import LabelledScene, paint
from ..terra_cot.sources import SOURCES, Report, read_all
from ..terra_cot.vocabulary import BUILDING_CLASSES, LAND_COVER, LAND_COVER_CLASSES, Classes

BUILDINGS, DESTROYED = "buildings", "destroyed buildings"
_BUILT_CODE = LAND_COVER.index("built-up area") + 1
_DESTRUCTION = "destruction"
MOST_DOUBT_PCT = 1.5
"""Of an image; where more of it may be a class or not, the class is not asked about."""


@dataclass(frozen=True)
class Footprints:
    """Buildings before, and the footprints of those that are destroyed after: bool (H, W) each."""

    before: np.ndarray
    destroyed: np.ndarray


@dataclass(frozen=True)
class Site:
    """A labelled place.

    Attributes:
        source: Name of the data set.
        place: Where it is.
        record: Of the place, unique in the data set.
        licence: Of images and labels.
        lonlat: Of the middle, in degrees; None when not known.
        view: What is true of its ground on the first date; its scene need not have images.
        classes: What can be asked about.
        grid: Of everything.
        buildings: Where two dates tell what became of each building.
        dates: Makes or reads its images, one scene a date; two where `second` is asked for and there are two.
    """

    source: str
    place: str
    record: str
    licence: str
    lonlat: tuple[float, float] | None
    view: View
    classes: Classes
    grid: Grid
    buildings: Footprints | None
    dates: Callable[[bool], tuple[LabelledScene, ...]]

    @cached_property
    def phrases(self) -> tuple[str, ...]:
        """What can be asked about: never clouds, which are no ground, nor what the labels hardly know."""
        return tuple(phrase for phrase in self.classes if phrase != CLOUD and self.doubt_pct(phrase) <= MOST_DOUBT_PCT)

    @cached_property
    def areas(self) -> PixelAreas:
        """Of its pixels."""
        return PixelAreas(self.grid)

    @property
    def valid(self) -> np.ndarray:
        """Where there are data, bool (H, W)."""
        return self.view.valid

    def mask(self, phrase: str) -> np.ndarray:
        """Where a class is, of what has data, bool (H, W)."""
        return self.view.mask(phrase) & self.valid

    def doubt_pct(self, phrase: str) -> float:
        """Share of the image, in percent, that may be a class or not: its labels do not say."""
        if phrase not in self._doubts:
            self._doubts[phrase] = 100 - self.view.known_pct(phrase)
        return self._doubts[phrase]

    @cached_property
    def _doubts(self) -> dict[str, float]:
        return {}

    def pct(self, phrase: str) -> float:
        """Share of what has data, in percent."""
        return coverage_pct(self.mask(phrase), self.valid)


def grid_of(scene: LabelledScene, source: str, lonlat: tuple[float, float] | None) -> Grid:
    """The grid of a record: what its source tells of it is the middle and the size of its square pixels.

    Generated places lie where `data scene` puts them. Others lie on an equal-area plane that touches the Earth in
    their middle; where that is not known, at 0, 0, which no area and no distance depends on.
    """
    height, width = scene.labels.shape
    size_m = float(scene.pixel_size_m)
    if source == generated.NAME:
        return Grid(pyproj.CRS(CRS), affine.Affine(size_m, 0, ORIGIN_M[0], 0, -size_m, ORIGIN_M[1]), width, height)
    lon, lat = lonlat or (0.0, 0.0)
    crs = pyproj.CRS(f"+proj=laea +lat_0={lat:.9f} +lon_0={lon:.9f} +datum=WGS84 +units=m +no_defs")
    return Grid(crs, affine.Affine(size_m, 0, -size_m * width / 2, 0, -size_m, size_m * height / 2), width, height)


def of_record(record: Record, licence: str) -> Site:
    """The site of a labelled record; its first date is asked about."""
    first = record.dates[0]
    buildings = None
    if record.classes == BUILDING_CLASSES and len(record.dates) > 1:
        views = [View(scene, "both", record.classes) for scene in record.dates]
        known = all(
            100 - view.known_pct(phrase) <= MOST_DOUBT_PCT for view in views for phrase in (BUILDINGS, DESTROYED)
        )
        if known:
            buildings = Footprints(views[0].mask(BUILDINGS), views[-1].mask(DESTROYED))

    def dates(second: bool) -> tuple[LabelledScene, ...]:
        return (first, record.dates[-1]) if second and len(record.dates) > 1 else (first,)

    return Site(
        record.source, record.place, record.name, licence, record.lonlat, View(first, "both", record.classes),
        record.classes, grid_of(first, record.source, record.lonlat), buildings, dates,
    )  # fmt: skip


def of_source(name: str, folder: Path, split: Split | None, seed: int, skipped: list[dict]) -> Iterator[Site]:
    """The sites of a labelled source in drawn order.

    Args:
        name: of the source.
        folder: where it lies.
        split: records of this split only; None: all.
        seed: of the order.
        skipped: is told of records that cannot be used.
    """
    source = SOURCES[name]
    found = [item for item in source.find(folder) if split is None or split_of(item) == split]
    told = Report(name)
    for record in read_all(source, folder, told, seeded(f"{seed} {name}").sample(found, len(found))):
        yield of_record(record, source.licence)
    skipped += [{"source": name, "record": broken.name, "reason": broken.reason} for broken in told.broken]


def generate(seed: int, size: int, split: Split | None, wants_buildings: Callable[[], bool]) -> Iterator[Site | None]:
    """Generated places without end, or None for one that is of another split.

    A place is painted, which tells its truth; it is photographed only when its images are asked for.

    Args:
        seed: the same seed gives the same places.
        size: pixels along a side.
        split: places of this split only; None: all.
        wants_buildings: whether to look at what becomes of buildings.
    """
    rng = seeded(f"{seed} places")
    while True:
        place_seed = rng.getrandbits(62)
        item = item_of(place_seed)
        yield _generated(place_seed, item.place, size, wants_buildings()) if split in (None, split_of(item)) else None


def _generated(seed: int, place: str, size: int, wants_buildings: bool) -> Site:
    ground = paint(np.random.default_rng(seed), size)
    labels = ground.labels()
    scene = LabelledScene(
        np.ones((1, size, size), np.float32), labels, ground.pixel_size_m, (True,), True, None, place, surface=labels
    )
    pair = _destruction(seed, size, labels) if wants_buildings else None

    def dates(second: bool) -> tuple[LabelledScene, ...]:
        if pair is not None:
            return pair if second else pair[:1]
        return tuple(generate_dates(size, seed, 2 if second else 1, ANY))

    return Site(
        generated.NAME, place, str(seed), generated.LICENCE, None, View(scene, "both", LAND_COVER_CLASSES),
        LAND_COVER_CLASSES, grid_of(scene, generated.NAME, None), pair and footprints(*pair), dates,
    )  # fmt: skip


def _destruction(seed: int, size: int, labels: np.ndarray) -> tuple[LabelledScene, LabelledScene] | None:
    """The place before and after buildings are torn down; None where it has too few."""
    if len(counted(labels == _BUILT_CODE)) < LEAST_BUILDINGS:
        return None
    try:
        before, after = generate_dates(size, seed, 2, _DESTRUCTION)
    except ValueError:
        return None
    return before, after


def footprints(before: LabelledScene, after: LabelledScene) -> Footprints:
    """Buildings of a generated place."""
    return of_built(before.surface == _BUILT_CODE, after.surface == _BUILT_CODE)


def of_built(built: np.ndarray, left: np.ndarray) -> Footprints:
    """Buildings by built-up ground at two dates, bool (H, W): separate areas, destroyed when less than half is left."""
    parts = Parts(built)
    labels = parts.labels[:]
    whole = np.bincount(labels.ravel(), minlength=parts.count + 1)
    still = np.bincount(labels[left], minlength=parts.count + 1)
    gone = 2 * still < whole
    gone[0] = False
    return Footprints(built, gone[labels])


LEAST_BUILDINGS, LEAST_DESTROYED = 10, 3
"""Fewer buildings, or fewer destroyed ones, and nothing is asked about them (paper, appendix D)."""


def counted(mask: np.ndarray) -> np.ndarray:
    """Pixels of each object of a mask that is counted."""
    sizes = part_pixels(mask)
    return sizes[sizes >= LEAST_PART_PX]
