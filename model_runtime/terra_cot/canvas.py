"""The ground of a generated scene while it is painted, and the fields and parcels that shape it.

Every pixel belongs to an object (a field, a forest stand, a city block, a reach of river) and every object is of one
material of `spectra.py`. Lengths are in metres and turned to pixels by the canvas.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from copy import copy
from typing import NamedTuple

import numpy as np

from .biomes import Biome
from .noise import Field, blur, lumps, octaves_px, swapped
from .spectra import CLASSES, CODE, LABEL, NUMBER

PARCEL_IDS = 4096
"""Parcels are numbered by a hash into this many objects, a power of two; two that meet there merely look alike."""

_AT_ONCE_PX = 1 << 16
"""As many pixels as stay in the processor's cache."""


class Used(NamedTuple):
    """The numbers of the objects of a canvas that have pixels, in order, and (H, W) which of them each pixel is of.

    Tables of these alone are small enough for the processor's cache.
    """

    objects: np.ndarray
    places: np.ndarray


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
        # From the middle of the scene, (1, size) and (size, 1).
        self.x_m = axis[None, :] - np.float32(self.extent_m / 2)
        self.y_m = axis[:, None] - np.float32(self.extent_m / 2)
        self.objects = np.zeros((size, size), dtype=np.intp)
        self.unlabelled = np.zeros((size, size), dtype=bool)
        self.steep = False
        self._materials: list[np.ndarray] = []
        self._count = 0

    # --- fields -----------------------------------------------------------------------------------------------
    def noise(self, scale_m: float, octaves: int = 1, rough: float | None = None) -> Field:
        """Random field of zero mean and unit deviation; `scale_m` is its largest lumps, `rough` weighs smaller ones."""
        rough = self.rough if rough is None else rough
        steps = octaves_px(scale_m / self.pixel_size_m, octaves)
        total = lumps(self.rng, self.size, steps, [rough**octave for octave in range(len(steps))])
        total -= total.mean()
        total *= 1 / max(math.sqrt(float(np.einsum("ij,ij->i", total, total).sum()) / total.size), 1e-6)
        return total

    def rotated(self, angle: float) -> tuple[Field, Field]:
        """Coordinates in metres along and across a direction, from the middle of the scene."""
        cos, sin = np.float32(np.cos(angle)), np.float32(np.sin(angle))
        return self.x_m * cos + self.y_m * sin, self.y_m * cos - self.x_m * sin

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
        return across / np.maximum(np.sqrt(slope_y**2 + slope_x**2), 0.5)

    def river(self, width_m: float, wander: float) -> tuple[Field, Field]:
        """Distance in metres from the middle of a river, and half its width there."""
        line = self.course(wander, near_middle=self.chance(0.5))
        return line, 0.5 * width_m * np.maximum(0.3, 1 + 0.3 * self.noise(800))

    def road(self, wander: float) -> Field:
        """Distance in metres from the middle of a road."""
        return np.abs(self.course(wander))

    def biome(self, drawn: Biome) -> Biome:
        """The biome that a part of the land is to have, of those that it may."""
        return drawn

    def parcels(self, block_m: float, width_m: float, length_m: float, disorder: float = 0.3) -> np.ndarray:
        """Numbers of straight-edged parcels: blocks with their own direction, cut to strips, strips cut to fields."""
        count = int(np.clip((self.extent_m / block_m) ** 2, 1, 24))
        seeds = self.rng.uniform(-0.6, 0.6, (count, 2)).astype(np.float32) * self.extent_m
        x, y = self.x_m, self.y_m
        if disorder > 0:
            bend = np.float32(disorder * block_m * 0.12)
            x, y = x + bend * self.noise(block_m), y + bend * self.noise(block_m)
        x, y = np.broadcast_arrays(x, y)
        block = np.empty((self.size, self.size), dtype=np.intp)
        strip = max(1, _AT_ONCE_PX // self.size)
        for top in range(0, self.size, strip):
            part = slice(top, top + strip)
            block[part] = _nearest(seeds, x[part], y[part])
        main = self.rng.uniform(0, np.pi)
        angle = (main + self.rng.normal(0, disorder * 0.8, count)).astype(np.float32)
        width = (width_m * np.exp(self.rng.normal(0, 0.35, count))).astype(np.float32)
        length = (length_m * np.exp(self.rng.normal(0, 0.35, count))).astype(np.float32)
        phase = self.rng.uniform(0, 50, count).astype(np.float32)
        cos, sin = np.cos(angle), np.sin(angle)
        u = x * (cos / width)[block] + y * (sin / width)[block] + phase[block]
        strip = np.floor(u + np.float32(0.35) * np.sin(np.float32(1.7) * u))
        shifted = np.float32(0.618) * strip
        v = y * (cos / length)[block] - x * (sin / length)[block] + (shifted - np.floor(shifted))
        field = np.floor(v + np.float32(0.35) * np.sin(np.float32(1.3) * v + strip))
        hashed = (np.arange(count, dtype=np.int32) * 7919)[block]
        hashed += strip.astype(np.int32) * 104729 + field.astype(np.int32) * 1299709
        return (hashed & (PARCEL_IDS - 1)).astype(np.intp)

    def patches(self, scale_m: float) -> np.ndarray:
        """Numbers of natural patches with curved outlines."""
        rough = self.rng.uniform(0.5, 0.8)
        first, second = self.noise(scale_m, 5, rough), self.noise(scale_m, 4, rough)
        smooth = second.copy()
        blur(smooth, 1 / 3)
        frayed = first * 1.3 + 0.12 * swapped(second - smooth)
        hashed = np.floor(frayed).astype(np.int32) * 61 + np.floor(second * 1.3).astype(np.int32) * 17
        return (hashed & (PARCEL_IDS - 1)).astype(np.intp)

    def chance(self, probability: float) -> bool:
        """Whether something of this probability happens."""
        return bool(self.rng.random() < probability)

    # --- painting ---------------------------------------------------------------------------------------------
    def fill(self, where: np.ndarray | tuple[slice, slice] | None, kinds: Sequence[str]) -> int:
        """Paint one object of one of the `kinds`; returns its number."""
        number = self.add_objects(np.array([NUMBER[kinds[self.rng.integers(len(kinds))]]]))
        if where is None:
            self.objects[:] = number
        else:
            self.objects[where] = number
            self.unlabelled[where] = False
        return number

    def fill_parcels(
        self, where: np.ndarray | None, parcels: np.ndarray, kinds: Sequence[str], evenness: float = 1.0
    ) -> None:
        """Paint each parcel as its own object; the mix of `kinds` is drawn (small `evenness`: few of them prevail)."""
        share = self.rng.dirichlet(np.full(len(kinds), evenness))
        # As `Generator.choice` draws, in half the time.
        ends = np.cumsum(share)
        drawn = np.searchsorted(ends / ends[-1], self.rng.random(PARCEL_IDS), side="right")
        drawn = np.array([NUMBER[kind] for kind in kinds])[drawn]
        first = self.add_objects(drawn)
        if where is None:
            self.objects[:] = first + parcels
        else:
            np.copyto(self.objects, first + parcels, where=where)
            self.unlabelled &= ~where

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

    def used(self) -> Used:
        """The objects of which there are pixels."""
        objects = np.flatnonzero(np.bincount(self.objects.ravel()))
        place = np.zeros(objects[-1] + 1, dtype=np.intp)
        place[objects] = np.arange(len(objects))
        return Used(objects, place[self.objects])

    def is_class(self, *names: str) -> np.ndarray:
        """Where the ground painted so far is one of these classes."""
        wanted = np.zeros(len(CLASSES) + 1, dtype=bool)
        wanted[[CODE[name] for name in names]] = True
        return wanted[LABEL[self.materials]][self.objects]


def _nearest(seeds: np.ndarray, x: Field, y: Field) -> np.ndarray:
    """Which of up to 256 seeds (seeds, 2) is the nearest to each place, uint8."""
    # It is the one that this is greatest of, linear in x and y.
    nearest = np.full(x.shape, -np.inf, dtype=np.float32)
    near, part = np.empty((2, *x.shape), dtype=np.float32)
    number_of = np.zeros(x.shape, dtype=np.uint8)
    for number, (seed_x, seed_y) in enumerate(seeds):
        np.multiply(x, seed_x, out=near)
        near += np.multiply(y, seed_y, out=part)
        near -= (seed_x**2 + seed_y**2) / 2
        np.maximum(number_of, (near > nearest).view(np.uint8) * np.uint8(number), out=number_of)
        np.maximum(nearest, near, out=nearest)
    return number_of


def share_above(field: Field, share: float) -> np.ndarray:
    """The highest `share` of a field."""
    return field > np.quantile(field[::3, ::3], 1 - min(max(share, 0.0), 1.0))


def edges(parcels: np.ndarray) -> np.ndarray:
    """Pixels whose right or lower neighbour belongs to another parcel."""
    edge = np.zeros(parcels.shape, dtype=bool)
    edge[:, :-1] = parcels[:, :-1] != parcels[:, 1:]
    edge[:-1] |= parcels[:-1] != parcels[1:]
    return edge
