"""Chips for training: a cache of generated scenes on disk, real labelled scenes, and augmentation.

A chip is a square of planes-to-be (band values, which bands are present, whether they are reflectance) with its
label codes (0 where unknown) and, per pixel, the set of classes it may be.
"""

from __future__ import annotations

import random
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from functools import partial
from pathlib import Path

import numpy as np

from ..terra_cot.scenes import BANDS, CLASSES, LabelledScene, generate

ALL_ALLOWED = (1 << len(CLASSES)) - 1
_BITS = np.array([ALL_ALLOWED, *(1 << k for k in range(len(CLASSES)))], np.uint16)
"""the allowed set of each label code"""
_DISPLAY = 3
"""bands a camera image has: red, green, blue"""


@dataclass(frozen=True)
class Chip:
    """One training example of the mask branch."""

    bands: np.ndarray
    """float32 (5, S, S)"""
    present: np.ndarray
    """bool (5,)"""
    reflectance: bool
    labels: np.ndarray
    """uint8 (S, S), 0 unknown"""
    allowed: np.ndarray
    """uint16 (S, S), bit k: class k + 1 is possible"""


class SceneCache:
    """Generated scenes in two memory-mapped files, made once and shared by every process that trains."""

    def __init__(self, folder: Path) -> None:
        self.bands = np.load(folder / "bands.npy", mmap_mode="r")
        self.labels = np.load(folder / "labels.npy", mmap_mode="r")

    def __len__(self) -> int:
        return len(self.labels)

    @staticmethod
    def build(folder: Path, count: int, size: int, first_seed: int, workers: int) -> None:
        """Generate `count` scenes from consecutive seeds; files appear under their name when complete."""
        folder.mkdir(parents=True, exist_ok=True)
        parts = {name: folder / f".{name}.npy.part" for name in ("bands", "labels")}
        bands = np.lib.format.open_memmap(parts["bands"], "w+", np.uint16, (count, len(BANDS), size, size))
        labels = np.lib.format.open_memmap(parts["labels"], "w+", np.uint8, (count, size, size))
        with ProcessPoolExecutor(workers) as pool:
            seeds = range(first_seed, first_seed + count)
            for i, scene in enumerate(pool.map(partial(_generate, size), seeds, chunksize=8)):
                bands[i], labels[i] = scene
                if (i + 1) % 200 == 0:
                    print(f"{i + 1} of {count} scenes", flush=True)
        for name, part in parts.items():
            part.replace(folder / f"{name}.npy")

    def chip(self, index: int) -> Chip:
        """Scene `index`, unaugmented."""
        labels = np.array(self.labels[index])
        return Chip(
            self.bands[index].astype(np.float32) / 10000, np.ones(len(BANDS), bool), True, labels, _certain(labels)
        )


def _generate(size: int, seed: int) -> tuple[np.ndarray, np.ndarray]:
    scene = generate(size, seed)
    return (scene.bands.clip(0, 6) * 10000).astype(np.uint16), scene.labels


def _certain(labels: np.ndarray) -> np.ndarray:
    return _BITS[labels]


def real_chip(scene: LabelledScene, size: int, rng: random.Random) -> Chip:
    """A random square of a real scene, mirrored at its edges where the scene is smaller."""
    height, width = scene.labels.shape
    pad = ((0, max(0, size - height)), (0, max(0, size - width)))
    bands = np.pad(scene.bands, ((0, 0), *pad), mode="symmetric")
    labels = np.pad(scene.labels, pad, mode="symmetric")
    certain = _certain(labels)
    allowed = (
        certain
        if scene.allowed is None
        else np.where(labels > 0, certain, np.pad(scene.allowed, pad, mode="symmetric")).astype(np.uint16)
    )
    top, left = rng.randint(0, labels.shape[0] - size), rng.randint(0, labels.shape[1] - size)
    square = (slice(top, top + size), slice(left, left + size))
    return Chip(
        bands[:, *square].astype(np.float32),
        np.array(scene.present),
        scene.reflectance,
        labels[square],
        allowed[square],
    )


def augment(chip: Chip, rng: random.Random) -> Chip:
    """Turn, mirror, zoom, relight, and take bands away; a quarter of the chips become plain camera colours."""
    bands, labels, allowed, present = chip.bands, chip.labels, chip.allowed, chip.present.copy()
    turns, mirrored = rng.randrange(4), rng.random() < 0.5

    def turn(a: np.ndarray) -> np.ndarray:
        a = np.rot90(a, turns, (-2, -1))
        return a[..., ::-1] if mirrored else a

    bands, labels, allowed = turn(bands), turn(labels), turn(allowed)
    if rng.random() < 0.35:
        bands, labels, allowed = _zoom(bands, labels, allowed, rng)
    reflectance = chip.reflectance
    if reflectance:
        bands = bands * rng.uniform(0.85, 1.18)
        dice = rng.random()
        if dice < 0.22:
            bands, reflectance = _display(bands, rng), False
            # Aerial photographs may have an infrared channel, old Landsat scenes have every band in 8 bits.
            kept = rng.choices([_DISPLAY, _DISPLAY + 1, len(BANDS)], [0.55, 0.25, 0.2])[0]
            present[kept:] = False
        elif dice < 0.32:
            present[_DISPLAY:] = False
        elif dice < 0.47:
            present[_DISPLAY + 1 :] = False
    return Chip(np.ascontiguousarray(bands, np.float32), present, reflectance, labels.copy(), allowed.copy())


def _zoom(
    bands: np.ndarray, labels: np.ndarray, allowed: np.ndarray, rng: random.Random
) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Finer pixels from a part of the chip, or coarser ones from all of it mirrored."""
    size = labels.shape[0]
    if rng.random() < 0.5:
        part = rng.randint(size // 2, size)
        top, left = rng.randint(0, size - part), rng.randint(0, size - part)
        index = (np.arange(size) * part) // size
        rows, cols = np.ix_(top + index, left + index)
        return bands[:, rows, cols], labels[rows, cols], allowed[rows, cols]
    mean = (bands[:, ::2, ::2] + bands[:, 1::2, ::2] + bands[:, ::2, 1::2] + bands[:, 1::2, 1::2]) / 4
    pad = ((0, size // 2), (0, size // 2))
    return (
        np.pad(mean, ((0, 0), *pad), mode="symmetric"),
        np.pad(labels[::2, ::2], pad, mode="symmetric"),
        np.pad(allowed[::2, ::2], pad, mode="symmetric"),
    )


def _display(bands: np.ndarray, rng: random.Random) -> np.ndarray:
    """Reflectance as a display stretch would show it: gain and gamma per band, 8 bits."""
    white = rng.uniform(0.18, 0.45)
    tint = np.array([rng.uniform(0.85, 1.15) for _ in range(len(bands))], np.float32)[:, None, None]
    shown = (bands / white * tint).clip(0, 1) ** rng.uniform(0.6, 1.1)
    return np.round(shown * 255) / 255
