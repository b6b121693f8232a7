"""Grids in many coordinate systems, and the slow, plain way to measure on them."""

from __future__ import annotations

import numpy as np
import pyproj
import pytest
from affine import Affine

from model_runtime.scene.grid import Grid

# name: CRS, west, north, pixel size in CRS units
PLACES = {
    "utm": ("EPSG:32648", 362_612, 1_987_088, 10),
    "utm south, 30 m": ("EPSG:32737", 500_000, 9_100_000, 30),
    "degrees, Paris": ("EPSG:4326", 2.35, 48.86, 1.2e-4),
    "web mercator": ("EPSG:3857", 601_478, 6_742_010, 16.2),
    "british grid": ("EPSG:27700", 257_760, 282_428, 10),
    "grads, Paris meridian": ("EPSG:27571", 600_000, 1_200_000, 10),
    "around the north pole": ("EPSG:3413", -203, 207, 10),
    "pole on a corner": ("EPSG:3413", -200, 200, 10),
    "degrees, 89.9 north": ("EPSG:4326", 15.0, 89.9, 1e-4),
    "degrees, up to the pole": ("EPSG:4326", 15.0, 90.0, 1e-4),
    "degrees, past 180": ("EPSG:4326", 179.998, 65.0, 1e-4),
    "utm 1, west of 180": ("EPSG:32601", 166_100, 100_000, 10),
    "utm 60, east of 180": ("EPSG:32660", 833_500, 100_000, 10),
    "drone": ("EPSG:32633", 500_000, 5_000_000, 0.03),
    "kilometres": ("EPSG:6933", 1_000_000, 5_000_000, 1000),
    "a quarter of a degree": ("EPSG:4326", -60, 30, 0.25),
    "interrupted": ("+proj=igh", -12_000_000, 4_000_000, 20_000),
}


def make_grid(name: str, width: int = 40, height: int = 36) -> Grid:
    crs, west, north, size = PLACES[name]
    return Grid(pyproj.CRS(crs), Affine(size, 0, west, 0, -size, north), width, height)


@pytest.fixture(params=list(PLACES))
def grid(request: pytest.FixtureRequest) -> Grid:
    return make_grid(request.param)


@pytest.fixture(params=["utm", "degrees, Paris", "pole on a corner", "degrees, past 180", "drone"])
def some_grid(request: pytest.FixtureRequest) -> Grid:
    return make_grid(request.param)


def blobs(grid: Grid, seed: int, share: float = 0.4) -> np.ndarray:
    """A mask of 3 x 3 blocks and single pixels."""
    rng = np.random.default_rng(seed)
    coarse = rng.random((grid.height // 3 + 1, grid.width // 3 + 1)) < share
    mask = np.kron(coarse, np.ones((3, 3), bool))[: grid.height, : grid.width]
    return mask ^ (rng.random(mask.shape) < 0.05)
