from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra import numpy as hnp

from model_runtime.measure import contact
from model_runtime.scene.grid import Grid

from .conftest import PLACES, make_grid


def by_single_edges(a: np.ndarray, b: np.ndarray, grid: Grid) -> float:
    """Geodesic length of the edges between a pixel of one and a pixel of the other, one edge after the other."""
    total = 0.0
    for row in range(grid.height):
        for column in range(grid.width):
            for down in (False, True):
                r, c = (row + 1, column) if down else (row, column + 1)
                if r >= grid.height or c >= grid.width:
                    continue
                here, there = (row, column), (r, c)
                both = a[here] and b[here] and a[there] and b[there]
                if not both and ((a[here] and b[there]) or (b[here] and a[there])):
                    ends = (
                        ((column, row + 1), (column + 1, row + 1))
                        if down
                        else ((column + 1, row), (column + 1, row + 1))
                    )
                    lon, lat = grid.lonlat(*np.array(ends, float).T)
                    total += grid.geod.inv(lon[0], lat[0], lon[1], lat[1])[2]
    return total


@given(name=st.sampled_from(sorted(PLACES)), data=st.data())
@settings(max_examples=40, deadline=None)
def test_length_is_the_sum_of_the_shared_edges(name: str, data: st.DataObject) -> None:
    grid = make_grid(name, 8, 7)
    a, b = data.draw(hnp.arrays(bool, (7, 8))), data.draw(hnp.arrays(bool, (7, 8)))
    found = contact.between(a, b, grid)
    assert found.length_m == pytest.approx(by_single_edges(a, b, grid), rel=1e-9, abs=1e-9)
    assert found == pytest.approx(contact.between(b, a, grid))
    assert found.touches == (found.length_m > 0 or bool((a & b).any()))


def test_neighbours_corners_and_overlaps() -> None:
    grid = make_grid("utm")
    a, b = np.zeros((2, 36, 40), bool)
    a[5:10, 5:10] = True
    b[5:10, 10:12] = True
    assert contact.between(a, b, grid) == pytest.approx((True, 50), rel=1e-3)
    b[:] = False
    b[10, 10] = True
    assert contact.between(a, b, grid) == (False, 0)
    b[6:8, 6:8] = True  # wholly inside: all of its outline runs through the other
    assert contact.between(a, b, grid) == pytest.approx((True, 80), rel=1e-3)
    assert contact.between(a, a, grid) == (True, 0)  # the same region has no border with itself
