"""The ground of a generated scene while it is painted, and the random fields and parcels that shape it.

Every pixel belongs to an object (a field, a forest stand, a city block, a reach of river) and every object is of one
material of `spectra.py`. Lengths are in metres and turned to pixels by the canvas.
"""

from __future__ import annotations

from collections.abc import Sequence
from copy import copy

import numpy as np
from scipy import ndimage

from .spectra import CODE, LABEL, NUMBER

Field = np.ndarray
"""A float32 raster (H, W)."""

PARCEL_IDS = 4096
"""Parcels are numbered by a hash into this many objects; two parcels that meet there merely look alike."""


class Canvas:
    """The ground being painted: an object number per pixel, a material per object."""

    def __init__(self, rng: np.random.Generator, size: int, pixel_size_m: float, grandeur: float = 1.0) -> None:
        self.rng = rng
        self.size = size
        self.pixel_size_m = pixel_size_m
        self.extent_m = size * pixel_size_m
        self.grandeur = grandeur
        self.rough = float(rng.uniform(0.45, 0.72))
        axis = np.arange(size, dtype=np.float32) * np.float32(pixel_size_m)
        self.x_m = np.broadcast_to(axis[None, :], (size, size))
        self.y_m = np.broadcast_to(axis[:, None], (size, size))
        self.objects = np.zeros((size, size), dtype=np.int32)
        self.unlabelled = np.zeros((size, size), dtype=bool)
        self.steep = False
        self._materials: list[np.ndarray] = []
        self._count = 0

    # --- fields -----------------------------------------------------------------------------------------------
    def noise(self, scale_m: float, octaves: int = 1, rough: float | None = None) -> Field:
        """Random field of zero mean and unit deviation; `scale_m` is its largest lumps, `rough` weighs smaller ones."""
        rough = self.rough if rough is None else rough
        total = np.zeros((self.size, self.size), dtype=np.float32)
        for octave in range(octaves):
            step_px = max(1.5, scale_m / self.pixel_size_m / 2**octave)
            total += rough**octave * lumps(self.rng, self.size, step_px)
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
        return (block * 7919 + strip * 104729 + field * 1299709) % PARCEL_IDS

    def patches(self, scale_m: float) -> np.ndarray:
        """Numbers of natural patches with curved outlines."""
        rough = self.rng.uniform(0.5, 0.8)
        first, second = self.noise(scale_m, 5, rough), self.noise(scale_m, 4, rough)
        frayed = first * 1.3 + 0.12 * swapped(second - ndimage.uniform_filter(second, 3))
        return (np.floor(frayed).astype(np.int32) * 61 + np.floor(second * 1.3).astype(np.int32) * 17) % PARCEL_IDS

    def chance(self, probability: float) -> bool:
        """Whether something of this probability happens."""
        return bool(self.rng.random() < probability)

    # --- painting ---------------------------------------------------------------------------------------------
    def fill(self, where: np.ndarray | None, kinds: Sequence[str]) -> None:
        """Paint one object of one of the `kinds`."""
        number = self.add_objects(np.array([NUMBER[kinds[self.rng.integers(len(kinds))]]]))
        if where is None:
            self.objects[:] = number
        else:
            self.objects[where] = number
            self.unlabelled[where] = False

    def fill_parcels(
        self, where: np.ndarray | None, parcels: np.ndarray, kinds: Sequence[str], evenness: float = 1.0
    ) -> None:
        """Paint each parcel as its own object; the mix of `kinds` is drawn (small `evenness`: few of them prevail)."""
        share = self.rng.dirichlet(np.full(len(kinds), evenness))
        drawn = self.rng.choice([NUMBER[kind] for kind in kinds], size=PARCEL_IDS, p=share)
        first = self.add_objects(drawn)
        if where is None:
            self.objects[:] = first + parcels
        else:
            self.objects[where] = first + parcels[where]
            self.unlabelled[where] = False

    def add_objects(self, materials: np.ndarray) -> int:
        """Number of the first of new objects of these materials; no pixel is painted yet."""
        first = self._count
        self._materials.append(materials)
        self._count += len(materials)
        return first

    def later(self, rng: np.random.Generator, materials: np.ndarray) -> Canvas:
        """The same ground on another date: its objects are of these materials, and new draws come from `rng`."""
        other = copy(self)
        other.rng = rng
        other.objects, other.unlabelled = self.objects.copy(), self.unlabelled.copy()
        other._materials = [materials]
        return other

    @property
    def materials(self) -> np.ndarray:
        """Material number per object."""
        return np.concatenate(self._materials)

    def is_class(self, *names: str) -> np.ndarray:
        """Where the ground painted so far is one of these classes."""
        return np.isin(LABEL[self.materials], [CODE[name] for name in names])[self.objects]


def lumps(rng: np.random.Generator, size: int, step_px: float) -> Field:
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


def share_above(field: Field, share: float) -> np.ndarray:
    """The highest `share` of a field."""
    return field > np.quantile(field[::3, ::3], 1 - min(max(share, 0.0), 1.0))


def edges(parcels: np.ndarray) -> np.ndarray:
    """Pixels whose right or lower neighbour belongs to another parcel."""
    edge = np.zeros(parcels.shape, dtype=bool)
    edge[:, :-1] = parcels[:, :-1] != parcels[:, 1:]
    edge[:-1] |= parcels[:-1] != parcels[1:]
    return edge


def swapped(field: Field) -> Field:
    """The same noise seen elsewhere: as good as independent, and free."""
    return field[::-1].T
