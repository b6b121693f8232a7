"""Whatever is measured of masks does not depend on the strips of rows in which they are read."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import astuple, is_dataclass

import numpy as np
import pytest
import shapely
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra import numpy as hnp
from scipy import ndimage

from model_runtime.evidence.polygons import mask_polygons
from model_runtime.measure import change, contact, distance, layout
from model_runtime.measure.area import PixelAreas, boundary, coverage_pct
from model_runtime.measure.mask_bounds import mask_bounds
from model_runtime.measure.part_sizes import part_sizes
from model_runtime.rasters import rows
from model_runtime.rasters.parts import Parts
from model_runtime.rasters.rows import Rows, rows_of, together
from model_runtime.scene.grid import Grid

from .conftest import blobs, make_grid

GRID = make_grid("utm", 23, 31)
SHAPE = (GRID.height, GRID.width)
masks = st.integers(0, 10_000).map(lambda seed: blobs(GRID, seed)) | hnp.arrays(bool, SHAPE)
heights = st.integers(1, 12)


@contextmanager
def strips_of(height: int, width: int = GRID.width) -> Iterator[None]:
    """Strips of so many rows."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(rows, "PIXELS_AT_ONCE", height * width)
        yield


@given(mask=masks, height=heights, halo=st.integers(0, 5))
def test_strips_are_the_raster(mask: np.ndarray, height: int, halo: int) -> None:
    with strips_of(height):
        strips = list(rows_of(mask).strips(halo))
    assert [strip.first for strip in strips] == [0, *(strip.end for strip in strips[:-1])]
    np.testing.assert_array_equal(np.concatenate([strip.inner(strip.values) for strip in strips]), mask)
    for strip in strips:
        first, end = max(0, strip.first - halo), min(GRID.height, strip.end + halo)
        np.testing.assert_array_equal(strip.values, mask[first:end])
        assert strip.above == strip.first - first


@given(one=masks, other=masks, height=heights)
def test_operators_are_those_of_arrays(one: np.ndarray, other: np.ndarray, height: int) -> None:
    a = rows_of(one)
    with strips_of(height):
        np.testing.assert_array_equal((a & other)[:], one & other)
        np.testing.assert_array_equal((other & a)[:], one & other)
        np.testing.assert_array_equal((other | ~a)[:], other | ~one)
        assert (a & other).count() == (one & other).sum()
        assert (a & ~rows_of(one)).any() is False
    with pytest.raises(ValueError, match="do not lie on one grid"):
        together(np.logical_and, one, other[:-1])


@given(mask=masks, height=heights)
@settings(deadline=None)
def test_parts_are_numbered_as_in_one_piece(mask: np.ndarray, height: int) -> None:
    labels, count = ndimage.label(mask)
    with strips_of(height):
        parts = Parts(mask)
        assert parts.count == count
        np.testing.assert_array_equal(parts.labels[:], labels)
        np.testing.assert_array_equal(parts.labels[3:20], labels[3:20])
        sizes = part_sizes(mask, PixelAreas(GRID))
    pixels = np.bincount(labels.ravel(), minlength=count + 1)[1:]
    np.testing.assert_array_equal(sizes.pixels, pixels)
    for number in range(1, count + 1):
        part = labels == number
        assert sizes.area_ha[number - 1] == pytest.approx(PixelAreas(GRID).area_ha(part), rel=1e-9)
    assert sizes.uncertainty_ha.sum() == pytest.approx(PixelAreas(GRID).uncertainty_ha(mask), rel=1e-9)


def measured(a: np.ndarray | Rows, b: np.ndarray | Rows, grid: Grid) -> list[object]:
    """Everything that is measured of one mask or two."""
    areas = PixelAreas(grid)
    size_m = grid.pixel_size_m
    everything = np.ones(SHAPE, bool)
    found: list[object] = [
        areas.area_ha(a), areas.uncertainty_ha(a), areas.centroid(a), coverage_pct(a, b), mask_bounds(a, grid),
        boundary(a).count(), sorted(layout.part_sizes(a)), layout.where(a), layout.edge_pct(a, b, size_m),
        change.between(a, b, everything, areas), change.objects(a, b, everything, areas),
        change.from_to(change.classes([a, b]), change.classes([b, a]), 2, everything, areas).tolist(),
        contact.between(a, b, grid),
    ]  # fmt: skip
    if rows_of(a).any() and rows_of(b).any():
        gap = distance.between(a, b, grid)
        found += [gap.distance_m, gap.centroid_distance_m, layout.direction(a, b, size_m)]
        found += [layout.within_reach_pct(a, b, reach, size_m) for reach in (0.0, 15.0, 55.0, 1e4)]
    return found


def flat(value: object) -> list[object]:
    if is_dataclass(value):
        value = astuple(value)
    return [part for one in value for part in flat(one)] if isinstance(value, tuple | list) else [value]


@given(a=masks, b=masks, height=heights)
@settings(deadline=None, max_examples=60)
def test_measures_do_not_depend_on_the_strips(a: np.ndarray, b: np.ndarray, height: int) -> None:
    whole = measured(a, b, GRID)
    with strips_of(height):
        parts = measured(rows_of(a), rows_of(b), GRID)
    for one, other in zip(flat(whole), flat(parts), strict=True):
        assert other == (pytest.approx(one, rel=1e-9, abs=1e-12) if isinstance(one, float) else one)


@given(mask=masks, other=masks, reach_m=st.sampled_from([0.0, 10.0, 31.0, 100.0]))
@settings(deadline=None)
def test_the_share_within_a_reach_is_that_of_all_gaps(mask: np.ndarray, other: np.ndarray, reach_m: float) -> None:
    size_m = GRID.pixel_size_m
    if other.any():
        expected = layout.within_pct(layout.gaps_m(other, size_m), mask, reach_m)
        assert layout.within_reach_pct(mask, other, reach_m, size_m) == expected


@given(mask=masks, height=heights)
@settings(deadline=None, max_examples=60)
def test_polygons_have_no_seams(mask: np.ndarray, height: int) -> None:
    whole = mask_polygons(mask, GRID)
    with strips_of(height):
        parts = mask_polygons(rows_of(mask), GRID)
    assert shapely.equals_exact(shapely.normalize(whole), shapely.normalize(parts)).all()
    assert len(whole) == len(parts)
