from __future__ import annotations

import itertools

import numpy as np
import pytest
import shapely
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from hypothesis.extra import numpy as hnp

from model_runtime.measure import distance
from model_runtime.measure.area import PixelAreas
from model_runtime.scene.grid import Grid

from .conftest import PLACES, blobs, make_grid


def by_all_pairs(mask_a: np.ndarray, mask_b: np.ndarray, grid: Grid, parts: int = 8) -> float:
    """Shortest geodesic between points along the pixel squares' outlines, every one against every other."""

    def points(mask: np.ndarray) -> np.ndarray:
        rows, columns = np.nonzero(mask)
        steps = np.linspace(0, 1, parts + 1)
        edge = [(s, 0) for s in steps] + [(s, 1) for s in steps] + [(0, s) for s in steps] + [(1, s) for s in steps]
        return np.unique([(c + dx, r + dy) for r, c in zip(rows, columns, strict=True) for dx, dy in edge], axis=0)

    a, b = points(mask_a), points(mask_b)
    pairs = np.array(list(itertools.product(range(len(a)), range(len(b)))))
    lon, lat = grid.lonlat(a[:, 0], a[:, 1])
    lon2, lat2 = grid.lonlat(b[:, 0], b[:, 1])
    return float(grid.geod.inv(lon[pairs[:, 0]], lat[pairs[:, 0]], lon2[pairs[:, 1]], lat2[pairs[:, 1]])[2].min())


@given(name=st.sampled_from(sorted(set(PLACES) - {"interrupted"})), data=st.data())
@settings(max_examples=40, deadline=None)
def test_edge_to_edge_is_the_shortest_of_all_pairs(name: str, data: st.DataObject) -> None:
    grid = make_grid(name, 9, 8)
    few = hnp.arrays(bool, (8, 9), elements=st.sampled_from([False] * 12 + [True]), fill=st.nothing())
    mask_a, mask_b = data.draw(few), data.draw(few)
    assume(mask_a.any() and mask_b.any())
    found = distance.between(mask_a, mask_b, grid)
    slow = by_all_pairs(mask_a, mask_b, grid)
    # The slow way samples the outlines, so it can only be longer, and hardly so.
    assert found.distance_m <= slow + 1e-6
    assert found.distance_m >= slow - 0.02 * max(grid.pixel_size_m) - 2e-3 * slow
    if found.line is None:
        assert slow == pytest.approx(0, abs=1e-6)
    else:
        check_line(found, mask_a, mask_b, grid)


def check_line(found: distance.EdgeDistance, mask_a: np.ndarray, mask_b: np.ndarray, grid: Grid) -> None:
    """The line starts on the first mask, ends on the second, and is as long as the distance says."""
    ends = [~grid.transform @ point for point in found.line.coords]
    for (column, row), mask in zip(ends, (mask_a, mask_b), strict=True):
        squares = shapely.union_all([shapely.box(c, r, c + 1, r + 1) for r, c in np.argwhere(mask)])
        assert squares.distance(shapely.Point(column, row)) < 1e-6
    lon, lat = grid.lonlat(*np.array(ends).T)
    assert grid.geod.inv(lon[0], lat[0], lon[1], lat[1])[2] == pytest.approx(found.distance_m, rel=1e-6, abs=1e-6)


def test_larger_masks_agree_both_ways(some_grid: Grid) -> None:
    mask = blobs(some_grid, 4)
    one, other = mask.copy(), mask.copy()
    one[:, 15:] = False
    other[:, :24] = False
    there, back = distance.between(one, other, some_grid), distance.between(other, one, some_grid)
    assert there.distance_m == pytest.approx(back.distance_m, rel=1e-9)
    assert there.distance_m <= by_all_pairs(one, other, some_grid, parts=1) + 1e-9
    check_line(there, one, other, some_grid)


def test_touching_overlapping_and_empty() -> None:
    grid = make_grid("utm")
    one, other = np.zeros((2, 36, 40), bool)
    assert distance.between(one, other, grid) is None
    one[5, 5] = True
    assert distance.between(one, other, grid) is None
    for row, column in ((5, 5), (5, 6), (6, 6)):  # the same pixel, an edge, a corner
        other[:] = False
        other[row, column] = True
        found = distance.between(one, other, grid)
        assert found.distance_m == 0 and found.line is None
    assert found.centroid_distance_m == pytest.approx(10 * 2**0.5, rel=1e-3)


def test_a_mask_in_the_hole_of_another() -> None:
    grid = make_grid("utm")
    ring, inside = np.zeros((2, 36, 40), bool)
    ring[5:30, 5:30] = True
    ring[10:25, 10:25] = False
    inside[14, 13] = True
    found = distance.between(ring, inside, grid)
    assert found.distance_m == pytest.approx(30, rel=1e-3)
    assert found.line.length == pytest.approx(30)


def test_across_the_antimeridian_metres_stay_short() -> None:
    grid = make_grid("degrees, past 180")
    one, other = np.zeros((2, 36, 40), bool)
    one[10, 5] = other[10, 35] = True  # 179.9985 and -179.9985
    found = distance.between(one, other, grid)
    assert found.distance_m == pytest.approx(29e-4 * 111_320 * np.cos(np.radians(65)), rel=0.01)


def test_centroids_are_weighted_by_area(some_grid: Grid) -> None:
    one, other = blobs(some_grid, 1), blobs(some_grid, 2)
    areas = PixelAreas(some_grid)
    lon, lat = some_grid.lonlat(*np.array([areas.centroid(one), areas.centroid(other)]).T)
    expected = some_grid.geod.inv(lon[0], lat[0], lon[1], lat[1])[2]
    assert distance.between(one, other, some_grid).centroid_distance_m == pytest.approx(expected)
