"""Leaving out pixels that cannot hold the nearest points changes no distance."""

from __future__ import annotations

from unittest import mock

import numpy as np
import pytest
from affine import Affine
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from hypothesis.extra import numpy as hnp
from pyproj import CRS

from model_runtime.measure import distance, nearby
from model_runtime.rasters import rows
from model_runtime.scene.grid import Grid

from .conftest import PLACES, make_grid

SHAPE = (24, 31)


def sparse(data: st.DataObject) -> np.ndarray:
    few = st.sampled_from([False] * data.draw(st.sampled_from([6, 40])) + [True])
    return data.draw(hnp.arrays(bool, SHAPE, elements=few, fill=st.nothing()))


def both_ways(mask_a: np.ndarray, mask_b: np.ndarray, grid: Grid) -> tuple[float, float, int]:
    """The distance without and with pruning in blocks of 4 pixels, and the pixels that are left out."""
    whole = distance.between(mask_a, mask_b, grid)
    with mock.patch.multiple(nearby, FEW=0, _BLOCK=4), mock.patch.object(rows, "PIXELS_AT_ONCE", 5 * SHAPE[1]):
        pruned = distance.between(mask_a, mask_b, grid)
        near = nearby.nearby(mask_a, mask_b, grid)
    left_out = sum(int((mask & ~found[:]).sum()) for mask, found in zip((mask_a, mask_b), near, strict=True))
    return whole.distance_m, pruned.distance_m, left_out


@given(name=st.sampled_from(sorted(set(PLACES) - {"interrupted"})), data=st.data())
@settings(max_examples=60, deadline=None)
def test_the_distance_is_the_same(name: str, data: st.DataObject) -> None:
    mask_a, mask_b = sparse(data), sparse(data)
    assume(mask_a.any() and mask_b.any())
    whole, pruned, _ = both_ways(mask_a, mask_b, make_grid(name, SHAPE[1], SHAPE[0]))
    assert pruned == pytest.approx(whole, abs=1e-6)


def test_across_the_edge_of_a_map_of_the_world() -> None:
    grid = Grid(CRS.from_epsg(4326), Affine(360 / SHAPE[1], 0, -180, 0, -5, 60), SHAPE[1], SHAPE[0])
    mask_a, mask_b = np.zeros((2, *SHAPE), bool)
    mask_a[10, 1] = mask_b[11, -2] = True  # three columns apart, across the date line
    mask_b[10, 12] = True
    whole, pruned, _ = both_ways(mask_a, mask_b, grid)
    assert pruned == pytest.approx(whole, abs=1e-6)
    assert whole < 4 * 360 / SHAPE[1] * 111_320


def test_masks_that_are_apart_are_looked_at_where_they_face_one_another() -> None:
    mask_a, mask_b = np.zeros((2, *SHAPE), bool)
    rng = np.random.default_rng(3)
    mask_a[:, :8] = rng.random((SHAPE[0], 8)) < 0.4
    mask_b[:, -8:] = rng.random((SHAPE[0], 8)) < 0.4
    whole, pruned, left_out = both_ways(mask_a, mask_b, make_grid("utm", SHAPE[1], SHAPE[0]))
    assert pruned == pytest.approx(whole, abs=1e-6)
    assert left_out > (mask_a.sum() + mask_b.sum()) / 4


def test_masks_that_are_everywhere_are_looked_at_where_they_come_close() -> None:
    mask_a, mask_b = np.zeros((2, *SHAPE), bool)
    mask_a[::2, ::12] = mask_b[::2, 6::12] = True
    mask_b[8, 2] = True  # one pixel between it and another one, where others have five
    whole, pruned, left_out = both_ways(mask_a, mask_b, make_grid("utm", SHAPE[1], SHAPE[0]))
    assert pruned == pytest.approx(whole, abs=1e-6)
    assert whole == pytest.approx(10, rel=1e-3)
    assert left_out > (mask_a.sum() + mask_b.sum()) / 2
