"""Random fields: smooth lumps that join without a grid to be seen, and grains that are drawn from a table."""

from __future__ import annotations

import math
from collections.abc import Sequence
from functools import lru_cache
from itertools import accumulate, cycle

import numpy as np
from scipy import sparse, special

Field = np.ndarray
"""A float32 raster (H, W)."""


# The C library of Linux gives freed arrays back to the system and takes them again page by page, an eighth of the time
# of a scene; it keeps them once a larger one has been freed (mallopt(3), M_MMAP_THRESHOLD).
np.empty(1 << 24, dtype=np.uint8)


_FINEST_PX = 1.5
"""Noise has no smaller lumps."""


def octaves_px(scale_px: float, octaves: int) -> list[float]:
    """Sizes of the lumps of so many octaves, the largest first; those that no pixel can show are left out."""
    steps = [max(_FINEST_PX, scale_px / 2**octave) for octave in range(octaves)]
    return steps[: steps.index(_FINEST_PX) + 1] if _FINEST_PX in steps else steps


def lumps(
    rng: np.random.Generator,
    size: int,
    steps_px: Sequence[float],
    weights: Sequence[float] = (1.0,),
    width: int | None = None,
) -> Field:
    """The weighted sum of random values every so many pixels, each joined by cubic B-splines.

    Args:
        rng: Source of the values and of where the first of them lie.
        size: Width and height in pixels.
        steps_px: From value to value, of each lattice.
        weights: Of each lattice.
        width: Of the part that is made, at the left; default: all.

    Returns:
        float32 (size, width).
    """
    width = size if width is None else width
    counts = [math.ceil(size / step) + 4 for step in steps_px]
    *firsts, total = accumulate(counts, initial=0)
    lattices = np.zeros((total, max(counts)), dtype=np.float32)
    offsets = []
    for first, count, step_px in zip(firsts, counts, steps_px, strict=True):
        lattices[first : first + count, :count] = rng.standard_normal((count, count), dtype=np.float32).T
        offsets.append(rng.uniform(0, step_px))
    knots, taps = _splines(np.arange(size) + np.array(offsets)[:, None], np.array(steps_px)[:, None], np.float32)
    knots += np.array(firsts, dtype=np.int32)[:, None, None]
    # Along x each lattice by itself; along y all of them at once, which adds them up.
    wide = (_joining(knots[:, :width], taps[:, :width], total) @ lattices).reshape(len(counts), width, -1)
    wide = np.concatenate([rows[:, :count].T for rows, count in zip(wide, counts, strict=True)])
    taps *= np.array(weights, dtype=np.float32)[:, None, None]
    return _joining(knots.transpose(1, 0, 2), taps.transpose(1, 0, 2), total, len(counts)) @ wide


def _joining(knots: np.ndarray, taps: np.ndarray, columns: int, lattices: int = 1) -> sparse.csr_array:
    """The matrix that joins values: each pixel's row has the weights of the knots about it, of so many lattices."""
    starts = np.arange(0, knots.size + 1, 4 * lattices, dtype=np.int32)
    return sparse.csr_array((taps.ravel(), knots.ravel(), starts), shape=(len(starts) - 1, columns))


def _splines(at_px: np.ndarray, steps_px: np.ndarray, dtype: type) -> tuple[np.ndarray, np.ndarray]:
    """The four knots about every place of (lattices, places) and their B-spline weights, (lattices, places, 4)."""
    at = at_px / steps_px
    whole = np.floor(at).astype(np.int32)
    part = (at - whole).astype(dtype)
    rest = 1 - part
    taps = np.empty((*part.shape, 4), dtype=dtype)
    taps[..., 0] = rest**3
    taps[..., 1] = (3 * part - 6) * part**2 + 4
    taps[..., 2] = (3 * rest - 6) * rest**2 + 4
    taps[..., 3] = part**3
    taps /= 6
    return whole[..., None] + np.arange(4, dtype=np.int32), taps


class EndlessLumps:
    """Lumps on a plane without end, zero mean and unit deviation, of which any part can be looked at by itself.

    Args:
        rng: Source of the values.
        steps_px: From value to value, of each lattice; lattices repeat after about 250 values, each at another number.
        weights: Of each lattice; those beyond the last lattice are not looked at.
    """

    _PERIODS = (251, 257, 241, 263, 239, 269)

    def __init__(self, rng: np.random.Generator, steps_px: Sequence[float], weights: Sequence[float]) -> None:
        self._lattices = [
            (step_px, weight * rng.standard_normal((period, period)))
            for step_px, weight, period in zip(steps_px, weights, cycle(self._PERIODS), strict=False)
        ]
        self._mean, self._deviation = 0.0, 1.0
        sample = self.at(*rng.uniform(0, 1000 * max(steps_px), (2, 200)))
        self._mean, self._deviation = sample.mean(), sample.std()

    def at(self, rows: np.ndarray, columns: np.ndarray) -> np.ndarray:
        """The field where these rows and columns of pixels cross, float64 (rows, columns); the same from any part."""
        total = np.zeros((len(rows), len(columns)))
        for step_px, lattice in self._lattices:
            down, across = (
                _joining(knots % len(lattice), taps, len(lattice))
                for knots, taps in (
                    _splines(places[None], np.array([[step_px]]), np.float64) for places in (rows, columns)
                )
            )
            total += down @ (across @ lattice.T).T
        return (total - self._mean) / self._deviation


# One of 4,096 quantiles is drawn: several times as fast as an exact draw, and the grain of a sensor needs no better.
_BITS = 12
_QUANTILES = (np.arange(1 << _BITS) + 0.5) / (1 << _BITS)
_NORMAL = special.ndtri(_QUANTILES).astype(np.float32)


def normal_grain(rng: np.random.Generator, shape: tuple[int, ...], mean: float, deviation: float) -> np.ndarray:
    """Independent normal values, float32, none beyond 3.7 deviations."""
    return (np.float32(mean) + np.float32(deviation) * _NORMAL).take(_places(rng, shape))


def gamma_grain(rng: np.random.Generator, shape: tuple[int, ...], looks: float) -> np.ndarray:
    """Independent gamma values of mean 1 and variance 1 / looks, float32."""
    return _gamma(looks).take(_places(rng, shape))


def _places(rng: np.random.Generator, shape: tuple[int, ...]) -> np.ndarray:
    # All bits of a word are faster to draw than twelve.
    return rng.integers(0, 1 << 16, shape, dtype=np.uint16) >> (16 - _BITS)


@lru_cache(maxsize=32)
def _gamma(looks: float) -> np.ndarray:
    return (special.gammaincinv(looks, _QUANTILES) / looks).astype(np.float32)


def blur(planes: np.ndarray, amount: float) -> None:
    """A three-tap point spread in both directions of (..., H, W), in place; `amount` goes to each neighbour."""
    around, half = np.empty((2, *planes.shape[-2:]), dtype=planes.dtype)
    for plane in planes.reshape(-1, *planes.shape[-2:]):
        _add_neighbours(plane, around)
        np.multiply(plane, 1 - 2 * amount, out=half)
        around *= amount
        half += around
        _add_neighbours(half.T, around.T)
        np.multiply(half, 1 - 2 * amount, out=plane)
        around *= amount
        plane += around


def _add_neighbours(plane: Field, out: Field) -> None:
    """Sum of the rows above and below; the outermost stand in for those beyond."""
    np.add(plane[:-2], plane[2:], out=out[1:-1])
    np.add(plane[0], plane[1], out=out[0])
    np.add(plane[-1], plane[-2], out=out[-1])


def swapped(field: Field) -> Field:
    """The same noise seen elsewhere: as good as independent, and free."""
    return field[::-1].T
