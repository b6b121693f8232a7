"""Chips for training: a cache of generated places on disk, real labelled scenes, and augmentation.

A chip is a square of planes-to-be (band values, which bands are present, whether they are reflectance) with its
label codes (0 where unknown) and, per pixel, the set of classes it may be. A chip that has both sensors is looked at
through one of them with `optical` and `radar`.
"""

from __future__ import annotations

import random
import time
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np

from ..errors import ModelError
from ..scene.values import brightness
from ..terra_cot.chance import seeded
from ..terra_cot.dates import ANY, generate_dates
from ..terra_cot.radar import SAR_BANDS
from ..terra_cot.scenes import CLASSES, LabelledScene
from ..terra_cot.spectra import OPTICAL_BANDS
from ..terra_cot.workers import in_processes
from .eight_bit import eight_bit

BANDS = (*OPTICAL_BANDS, *SAR_BANDS)
"""of a chip, in this order; the model's `input_config` names the same"""
ALL_ALLOWED = (1 << len(CLASSES)) - 1
_BITS = np.array([ALL_ALLOWED, *(1 << k for k in range(len(CLASSES)))], np.uint16)
"""the allowed set of each label code"""
_OPTICAL = len(OPTICAL_BANDS)
_DISPLAY = 3
"""bands a camera image has: red, green, blue"""
DATES = 2
"""of a place in the cache"""
# Shares of the places in the cache on which something really happens, and whose optical images are clouded on purpose.
_CHANGING = 0.6
_CLOUDED = 0.45
# Share of the places whose pixels have any size between these two; the others have the generator's usual sizes.
_ANY_SIZE = 0.5
_PIXEL_SIZES_M = (3.0, 30.0)
_PLACES_A_JOB = 8
# How calibrations of a band differ (its logarithm), how often air is left, and how much of it each band sees.
_BAND_DEVIATION = 0.04
_HAZY = 0.35
_HAZE = np.array([0.6, 0.8, 1.2, 0.3, 0.1, 0.05], np.float32)[:, None, None]
_ZOOMED = 0.35
"""share of the places whose pixels are made finer or coarser"""
_SECONDS_BETWEEN_LINES = 10
_Move = Callable[[np.ndarray], np.ndarray]
"""turns or zooms an array (..., S, S)"""


@dataclass(frozen=True)
class Chip:
    """One training example of the mask branch: a date of a place."""

    bands: np.ndarray
    """float32 (B, S, S) in the order of BANDS; reflectance, and brightness of the radar bands"""
    present: np.ndarray
    """bool (B,)"""
    reflectance: bool
    labels: np.ndarray
    """uint8 (S, S), as the optical image shows the ground; 0 unknown"""
    allowed: np.ndarray
    """uint16 (S, S), bit k: class k + 1 is possible"""
    surface: np.ndarray
    """uint8 (S, S), as `labels`, but without clouds: what radar shows"""
    hidden: np.ndarray
    """bool (S, S), under clouds or their shadows"""
    pixel_size_m: float
    """on the ground"""

    @property
    def has_radar(self) -> bool:
        """Whether there is any radar band."""
        return bool(self.present[_OPTICAL:].any())

    def optical(self) -> Chip:
        """The same chip as the optical sensor alone sees it."""
        return replace(self, present=self.present & (np.arange(len(BANDS)) < _OPTICAL))

    def radar(self) -> Chip:
        """The same chip as the radar alone sees it."""
        # Where clouds hide nothing, both sensors' labels say the same and so do the sets of what may be.
        allowed = np.where(self.labels == self.surface, self.allowed, _BITS[self.surface]).astype(np.uint16)
        present = self.present & (np.arange(len(BANDS)) >= _OPTICAL)
        return replace(self, present=present, reflectance=False, labels=self.surface, allowed=allowed)


class SceneCache:
    """Generated places on two dates each, in memory-mapped files, made once and shared by every process that trains.

    Rows 2 k and 2 k + 1 are the dates of place k.
    """

    _ARRAYS = {"bands": (np.uint16, (_OPTICAL,)), "sar": (np.uint8, (len(SAR_BANDS),)), "labels": (np.uint8, ()),
               "surface": (np.uint8, ()), "hidden": (np.bool_, ()), "pixel_size_m": (np.float32, None)}  # fmt: skip
    """type, and channels before height and width; None: one number of the whole"""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        if not (folder / "labels.npy").is_file():
            raise ModelError(f"There are no places in {folder}: `train begin` or `train nano` generates them.")
        arrays = {name: np.load(folder / f"{name}.npy", mmap_mode="r") for name in self._ARRAYS}
        self.bands, self.sar = arrays["bands"], arrays["sar"]
        self.labels, self.surface, self.hidden = arrays["labels"], arrays["surface"], arrays["hidden"]
        self.pixel_size_m = arrays["pixel_size_m"]

    def __len__(self) -> int:
        return len(self.labels)

    def __reduce__(self) -> tuple[type[SceneCache], tuple[Path]]:
        """Another process opens the same files."""
        return SceneCache, (self.folder,)

    @classmethod
    def build(cls, folder: Path, places: int, size: int, first_seed: int, workers: int) -> None:
        """Generate places from consecutive seeds; files appear under their name when complete.

        Args:
            folder: of the files.
            places: how many.
            size: pixels along the side of a place.
            first_seed: of the first place.
            workers: processes that generate and write; 1: this one.
        """
        folder.mkdir(parents=True, exist_ok=True)
        parts = {name: folder / f".{name}.npy.part" for name in cls._ARRAYS}
        for name, (dtype, channels) in cls._ARRAYS.items():
            shape = (places * DATES, *(() if channels is None else (*channels, size, size)))
            np.lib.format.open_memmap(parts[name], "w+", dtype, shape).flush()
        steps = range(0, places, _PLACES_A_JOB)
        jobs = [_Job(parts, size, first_seed, range(start, min(start + _PLACES_A_JOB, places))) for start in steps]
        told = _Teller(places)
        if workers == 1:
            for job in jobs:
                _write(job, told.add)
        else:
            for _ in in_processes(_write, jobs, min(workers, len(jobs)), lambda: False, told):
                pass
        for name, part in parts.items():
            part.replace(folder / f"{name}.npy")

    def chip(self, index: int) -> Chip:
        """Row `index`, unaugmented."""
        labels = np.array(self.labels[index])
        bands = np.concatenate([self.bands[index].astype(np.float32) / 10000, self.sar[index].astype(np.float32) / 255])
        return Chip(
            bands,
            np.ones(len(BANDS), bool),
            True,
            labels,
            _BITS[labels],
            np.array(self.surface[index]),
            np.array(self.hidden[index]),
            float(self.pixel_size_m[index]),
        )


@dataclass(frozen=True)
class _Job:
    """Places that one process generates and writes into the files itself."""

    files: dict[str, Path]
    size: int
    first_seed: int
    places: range


class _Teller:
    """Prints now and then how many places there are."""

    def __init__(self, places: int) -> None:
        self._places, self._done, self._printed = places, 0, time.monotonic()

    def __call__(self, done: int) -> None:
        self._done = done
        if time.monotonic() - self._printed > _SECONDS_BETWEEN_LINES:
            print(f"{done} of {self._places} places", flush=True)
            self._printed = time.monotonic()

    def add(self, more: int) -> None:
        self(self._done + more)


def _write(job: _Job, tell: Callable[[int], None]) -> None:
    arrays = {name: np.load(path, mmap_mode="r+") for name, path in job.files.items()}
    for place in job.places:
        for date, scene in enumerate(_generate(job.size, job.first_seed + place)):
            for name, values in scene.items():
                arrays[name][place * DATES + date] = values
        tell(1)


def _generate(size: int, seed: int) -> list[dict[str, np.ndarray | float]]:
    rng = seeded(seed)
    clouds = rng.uniform(0.05, 0.8) if rng.random() < _CLOUDED else None
    change = ANY if rng.random() < _CHANGING else None
    finest, coarsest = _PIXEL_SIZES_M
    size_m = finest * (coarsest / finest) ** rng.random() if rng.random() < _ANY_SIZE else None
    scenes = generate_dates(size, seed, DATES, change, clouds, size_m)
    return [
        {
            "bands": (scene.bands.clip(0, 6) * 10000).astype(np.uint16),
            "sar": np.round(255 * brightness(scene.sar)),
            "labels": scene.labels,
            "surface": scene.surface,
            "hidden": scene.hidden,
            "pixel_size_m": scene.pixel_size_m,
        }
        for scene in scenes
    ]


def class_bits(labels: np.ndarray) -> np.ndarray:
    """What is there, as a set: bit k for label code k + 1, no bit for 0; uint16, same shape."""
    return _BITS[labels] * (labels > 0).astype(np.uint16)


def real_chip(scene: LabelledScene, size: int, rng: random.Random) -> Chip:
    """A random square of a real scene, mirrored at its edges where the scene is smaller."""
    height, width = scene.labels.shape
    pad = ((0, max(0, size - height)), (0, max(0, size - width)))
    labels = np.pad(scene.labels, pad, mode="symmetric")
    certain = _BITS[labels]
    allowed = (
        certain
        if scene.allowed is None
        else np.where(labels > 0, certain, np.pad(scene.allowed, pad, mode="symmetric")).astype(np.uint16)
    )
    top, left = rng.randint(0, labels.shape[0] - size), rng.randint(0, labels.shape[1] - size)
    square = (slice(top, top + size), slice(left, left + size))
    bands, present = np.zeros((len(BANDS), size, size), np.float32), np.zeros(len(BANDS), bool)
    measured = np.pad(scene.bands, ((0, 0), *pad), mode="symmetric")[:, *square]
    for name, here, band in zip(scene.names, scene.present, measured, strict=True):
        bands[BANDS.index(name)], present[BANDS.index(name)] = band, here
    if scene.sar is not None:
        bands[_OPTICAL:] = brightness(np.pad(scene.sar, ((0, 0), *pad), mode="symmetric")[:, *square])
        present[_OPTICAL:] = True
    hidden = np.zeros((size, size), bool)
    return Chip(
        bands, present, scene.reflectance, labels[square], allowed[square], labels[square], hidden, scene.pixel_size_m
    )


def augment(chips: list[Chip], rng: random.Random) -> list[Chip]:
    """Turn, mirror, zoom, relight, and take bands away; a third of the chips become 8-bit values.

    Args:
        chips: dates of one place: they are turned and zoomed alike.
        rng: source of all variation.
    """
    turns, mirrored = rng.randrange(4), rng.random() < 0.5
    zoom, scale = _draw_zoom(chips[0].labels.shape[0], rng) if rng.random() < _ZOOMED else (None, 1.0)

    def turn(a: np.ndarray) -> np.ndarray:
        a = np.rot90(a, turns, (-2, -1))
        return zoom(a[..., ::-1] if mirrored else a) if zoom else a[..., ::-1] if mirrored else a

    kept = _draw_bands(rng)
    return [_relight(chip, turn, scale, kept, rng) for chip in chips]


def _relight(chip: Chip, turn: _Move, scale: float, kept: _Kept, rng: random.Random) -> Chip:
    bands, present, reflectance = turn(chip.bands).astype(np.float32), chip.present.copy(), chip.reflectance
    labels, allowed, surface, hidden = (turn(a).copy() for a in (chip.labels, chip.allowed, chip.surface, chip.hidden))
    if reflectance:
        bands[:_OPTICAL] *= rng.uniform(0.85, 1.18) * np.exp(_each_band(rng) * _BAND_DEVIATION)
        if rng.random() < _HAZY:
            # Not all air is corrected for, and some is corrected for twice.
            bands[:_OPTICAL] = (bands[:_OPTICAL] + rng.uniform(-0.012, 0.03) * _HAZE).clip(0)
        if kept.display:
            bands[:_OPTICAL], reflectance = eight_bit(bands[:_OPTICAL], rng), False
        present[:_OPTICAL] &= kept.optical
    # Calibration and looks differ: about 1 dB.
    bands[_OPTICAL:] += rng.gauss(0, 0.02)
    present[_OPTICAL:] &= kept.radar
    size_m = chip.pixel_size_m * scale
    return Chip(np.ascontiguousarray(bands), present, reflectance, labels, allowed, surface, hidden, size_m)


def _each_band(rng: random.Random) -> np.ndarray:
    return np.array([rng.gauss(0, 1) for _ in range(_OPTICAL)], np.float32)[:, None, None]


@dataclass(frozen=True)
class _Kept:
    """Which bands are left of a place's images, and whether they are display values."""

    optical: np.ndarray
    radar: np.ndarray
    display: bool


def _draw_bands(rng: random.Random) -> _Kept:
    """Band dropout: what real products lack, and now and then any band at all."""
    optical, radar = np.ones(_OPTICAL, bool), np.ones(len(SAR_BANDS), bool)
    dice = rng.random()
    display = dice < 0.30
    if display:
        # Aerial photographs may have an infrared channel, old Landsat scenes have every band in 8 bits.
        optical[rng.choices([_DISPLAY, _DISPLAY + 1, _OPTICAL - 1, _OPTICAL], [0.4, 0.27, 0.1, 0.23])[0] :] = False
    elif dice < 0.35:
        optical[_DISPLAY:] = False
    elif dice < 0.55:
        optical[_DISPLAY + 1 :] = False
    elif dice < 0.63:
        optical[_OPTICAL - 1] = False
    elif dice < 0.70:
        optical[rng.randrange(_OPTICAL)] = False
    dice = rng.random()
    if dice < 0.15:
        radar[1] = False  # VV alone is what early Sentinel-1 scenes over many places have
    elif dice < 0.18:
        radar[0] = False
    return _Kept(optical, radar, display)


def _draw_zoom(size: int, rng: random.Random) -> tuple[_Move, float]:
    """Finer pixels from a part of the chip, or coarser ones from all of it mirrored; and how large a pixel is then."""
    if rng.random() < 0.5:
        part = rng.randint(size // 2, size)
        top, left = rng.randint(0, size - part), rng.randint(0, size - part)
        index = (np.arange(size) * part) // size
        rows, cols = np.ix_(top + index, left + index)
        return (lambda a: a[..., rows, cols]), part / size

    def coarser(a: np.ndarray) -> np.ndarray:
        if a.ndim == 3:
            a = (a[:, ::2, ::2] + a[:, 1::2, ::2] + a[:, ::2, 1::2] + a[:, 1::2, 1::2]) / 4
        else:
            a = a[::2, ::2]
        side = ((0, size // 2), (0, size // 2))
        return np.pad(a, ((0, 0), *side) if a.ndim == 3 else side, mode="symmetric")

    return coarser, 2.0
