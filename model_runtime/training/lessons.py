"""What a model is taught masks from: labelled parts of scenes, and windows of them."""

from __future__ import annotations

import random
from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
from torch import Tensor

from ..model.spectral import planes
from ..model.terrascope import TerraScope
from ..model.vision import ModelImage
from .data import Chip
from .stage1_batches import Look, LookBatch

_LEAST_BANDS = 3
"""that are left of an image when it is shown with fewer"""


@dataclass(frozen=True)
class Lesson:
    """A part of a scene with labels.

    Attributes:
        bands: float32 (B, H, W) in the order of the model's bands; reflectance, or 8-bit / 255.
        present: bool (B,), which of them there are.
        reflectance: False for display values.
        pixel_size_m: On the ground.
        codes: uint8 (H, W), 0 not labelled, else the 1-based place in the list of taught classes.
        held_out: bool (H, W), where labels are not learnt from.
        valid: bool (H, W), where there is data.
    """

    bands: np.ndarray
    present: np.ndarray
    reflectance: bool
    pixel_size_m: float
    codes: np.ndarray
    held_out: np.ndarray
    valid: np.ndarray

    def codes_of(self, *, held_out: bool) -> np.ndarray:
        """The labels that are held out, or those that are learnt from."""
        return np.where(self.held_out == held_out, self.codes, np.uint8(0))

    def chip(self, top: int, left: int, size: int, *, held_out: bool = False) -> Chip:
        """A square of it, mirrored at the ends of the scene."""
        return self.at(np.arange(top, top + size)[:, None], np.arange(left, left + size), held_out=held_out)

    def window(self, top: int, left: int, size: int) -> Lesson:
        """A square of it by itself, smaller where the scene ends."""
        part = (..., slice(top, top + size), slice(left, left + size))
        cut = {name: getattr(self, name)[part] for name in ("bands", "codes", "held_out", "valid")}
        return replace(self, **cut)

    def at(self, rows: np.ndarray, columns: np.ndarray, *, held_out: bool = False) -> Chip:
        """The pixels of any rows and columns that broadcast to (S, S); bit k of `allowed` is class k + 1."""
        rows, columns = (_mirrored(at, side) for at, side in zip((rows, columns), self.codes.shape, strict=True))
        codes = np.where(self.held_out[rows, columns] == held_out, self.codes[rows, columns], np.uint8(0))
        allowed = np.where(codes > 0, np.uint16(1) << (codes.clip(1) - np.uint16(1)), np.uint16(0xFFFF))
        bands = np.ascontiguousarray(self.bands[:, rows, columns])
        clear = np.zeros(codes.shape, bool)
        return Chip(bands, self.present, self.reflectance, codes, allowed, codes, clear, self.pixel_size_m)


def _mirrored(at: np.ndarray, side: int) -> np.ndarray:
    """Places in a row of `side` that is mirrored at its ends as often as needed."""
    at = at % (2 * side)
    return np.where(at < side, at, 2 * side - 1 - at)


def squares(lesson: Lesson, size: int, *, held_out: bool) -> list[tuple[int, int]]:
    """First row and column of the squares of a scene that have labels: side by side, the last ones moved inwards."""
    codes = lesson.codes_of(held_out=held_out)
    starts = [dict.fromkeys(min(first, max(0, side - size)) for first in range(0, side, size)) for side in codes.shape]
    return [(top, left) for top in starts[0] for left in starts[1] if codes[top : top + size, left : left + size].any()]


def look_batch(chips: Sequence[Chip], classes: int) -> LookBatch:
    """Chips of lessons; asked for is every taught class."""
    looks = [
        Look((chip,), np.zeros(chip.labels.shape, np.float32), chip.allowed * (chip.labels > 0), chip.allowed)
        for chip in chips
    ]
    return LookBatch.of(looks, [list(range(1, classes + 1))] * len(looks))


def planes_of(model: TerraScope, batch: LookBatch) -> Tensor:
    """Input planes (N, C, S, S) of looks through one sensor each."""
    return planes(batch.bands, batch.present, batch.reflectance, batch.pixel_size_m, model.config.input_config)


def kept_bands(present: np.ndarray, rng: random.Random) -> np.ndarray:
    """The first three of the bands that are there, or four, or all but the last one."""
    kept, there = present.copy(), np.flatnonzero(present)
    if len(there) > _LEAST_BANDS:
        kept[there[rng.choice([_LEAST_BANDS, _LEAST_BANDS + 1, len(there) - 1]) :]] = False
    return kept


def image_of(model: TerraScope, lesson: Lesson) -> ModelImage:
    """A lesson as the model is shown a scene; its colours, which no model with bands looks at, are black."""
    there = np.flatnonzero(lesson.present)
    names = tuple(model.config.input_config.bands[k] for k in there)
    black = np.zeros((*lesson.codes.shape, 3), np.uint8)
    return ModelImage(black, lesson.bands[there], names, lesson.reflectance, lesson.pixel_size_m)
