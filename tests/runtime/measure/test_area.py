from __future__ import annotations

import numpy as np
import pytest
import rasterio.features
import shapely
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra import numpy as hnp

from model_runtime.measure.area import PixelAreas, boundary, coverage_pct
from model_runtime.scene.grid import Grid

from .conftest import PLACES, blobs, make_grid


def by_geodesic_polygons(mask: np.ndarray, grid: Grid) -> float:
    """Hectares of the mask's outlines with a vertex at every pixel corner, by GeographicLib."""
    total = 0.0
    for shape, _ in rasterio.features.shapes(mask.astype(np.uint8), mask=mask, connectivity=4):
        polygon = shapely.segmentize(shapely.geometry.shape(shape), 1.0)
        for sign, ring in [(1, polygon.exterior), *((-1, hole) for hole in polygon.interiors)]:
            columns, rows = shapely.get_coordinates(ring)[:-1].T
            area, _ = grid.geod.polygon_area_perimeter(*grid.lonlat(columns, rows))
            total += sign * abs(area)
    return total / 10_000


def noise_ha(grid: Grid) -> float:
    """How far off the plain way itself may be: GeographicLib promises 0.1 m2, which shows at a pole only."""
    return 1e-5 if abs(grid.lonlat(0, 0)[1]) > 89 else 1e-13


def test_hectares_equal_the_geodesic_area_of_the_outlines(grid: Grid) -> None:
    areas = PixelAreas(grid)
    for seed in range(3):
        mask = blobs(grid, seed)
        assert areas.area_ha(mask) == pytest.approx(by_geodesic_polygons(mask, grid), rel=2e-7, abs=noise_ha(grid))


@given(name=st.sampled_from(sorted(PLACES)), data=st.data())
@settings(max_examples=40, deadline=None)
def test_any_mask_anywhere(name: str, data: st.DataObject) -> None:
    grid = make_grid(name, 20, 16)
    mask = data.draw(hnp.arrays(bool, (16, 20)))
    assert PixelAreas(grid).area_ha(mask) == pytest.approx(
        by_geodesic_polygons(mask, grid), rel=1e-6, abs=noise_ha(grid)
    )


def test_a_whole_scene_is_measured_quickly_and_exactly() -> None:
    grid = make_grid("utm", 1068, 1068)
    areas = PixelAreas(grid)
    full = np.ones((1068, 1068), bool)
    outline = shapely.segmentize(shapely.box(0, 0, 1068, 1068), 1.0)
    lon, lat = grid.lonlat(*shapely.get_coordinates(outline)[:-1].T)
    exact = abs(grid.geod.polygon_area_perimeter(lon, lat)[0]) / 10_000
    assert areas.total_ha(full) == pytest.approx(exact, rel=1e-9)
    # UTM square metres are not ground square metres: here they are off by more than a part in ten thousand.
    assert abs(1068 * 1068 * 0.01 / exact - 1) > 1e-4


def test_labels_are_measured_like_masks(some_grid: Grid) -> None:
    areas = PixelAreas(some_grid)
    labels = np.random.default_rng(0).integers(0, 5, (some_grid.height, some_grid.width))
    found = areas.areas_ha(labels, 6)
    assert found == pytest.approx([areas.area_ha(labels == k) for k in range(1, 7)], rel=1e-12)
    assert found[4] == found[5] == 0


def test_uncertainty_is_half_the_ring_of_boundary_pixels() -> None:
    grid = make_grid("utm")
    areas = PixelAreas(grid)
    mask = np.zeros((36, 40), bool)
    mask[10:20, 10:20] = True
    pixel = areas.area_ha(mask) / 100
    assert areas.uncertainty_ha(mask) == pytest.approx(36 / 2 * pixel, rel=1e-6)
    mask[13:16, 13:16] = False  # a hole has a boundary too
    assert areas.uncertainty_ha(mask) == pytest.approx((36 + 12) / 2 * pixel, rel=1e-6)
    assert areas.uncertainty_ha(np.ones((36, 40), bool)) == 0  # the raster's limit is no boundary
    assert areas.uncertainty_ha(np.zeros((36, 40), bool)) == 0
    assert boundary(np.ones((3, 3), bool)).count() == 0


def test_centroid(some_grid: Grid) -> None:
    areas = PixelAreas(some_grid)
    mask = np.zeros((some_grid.height, some_grid.width), bool)
    assert areas.centroid(mask) is None
    mask[7, 9] = True
    assert areas.centroid(mask) == pytest.approx((9.5, 7.5))
    mask[7, 11] = True
    column, row = areas.centroid(mask)
    assert (column, row) == pytest.approx((10.5, 7.5), abs=1e-6)


def test_coverage() -> None:
    valid = np.ones((4, 5), bool)
    valid[0] = False
    mask = np.zeros((4, 5), bool)
    mask[:2] = True
    assert coverage_pct(mask, valid) == pytest.approx(100 * 5 / 15)
    assert coverage_pct(mask, np.zeros_like(valid)) == 0


def test_a_mask_of_another_size_is_our_own_mistake() -> None:
    with pytest.raises(ValueError, match="not on the grid"):
        PixelAreas(make_grid("utm")).area_ha(np.ones((3, 3), bool))


def test_hectares_are_the_same_to_the_last_digit_each_time() -> None:
    grid = make_grid("utm", 128, 96)
    first, *others = (PixelAreas(grid).m2(0, 96) for _ in range(20))
    assert all(np.array_equal(first, other) for other in others)
