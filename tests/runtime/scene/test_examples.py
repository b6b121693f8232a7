"""Examples found on a grid."""

from __future__ import annotations

import numpy as np
import pytest
import shapely
from hypothesis import given
from hypothesis import strategies as st
from pyproj import CRS, Transformer
from rasterio.transform import from_origin

from model_runtime.errors import RequestError
from model_runtime.protocol import Example
from model_runtime.scene.examples import pixels_shown
from model_runtime.scene.grid import Grid

GRID = Grid(CRS.from_epsg(32633), from_origin(500_000, 5_000_000, 10, 10), 40, 30)


def shown(wkt: str, crs: str | None = None) -> list[tuple[int, int]]:
    (pixels,) = pixels_shown([Example(phrase="water", wkt=wkt)], crs, GRID)
    return [tuple(pixel) for pixel in pixels.tolist()]


@given(st.integers(0, 29), st.integers(0, 39), st.floats(0.01, 0.99), st.floats(0.01, 0.99))
def test_a_click_shows_the_pixel_it_lies_in(row: int, column: int, down: float, across: float) -> None:
    point = shapely.Point(500_000 + 10 * (column + across), 5_000_000 - 10 * (row + down))
    assert shown(point.wkt) == [(row, column)]


@given(st.integers(0, 29), st.integers(0, 39))
def test_a_click_in_degrees_is_found_too(row: int, column: int) -> None:
    there = Transformer.from_crs(32633, 4326, always_xy=True)
    lon, lat = there.transform(500_000 + 10 * column + 5, 5_000_000 - 10 * row - 5)
    assert shown(shapely.to_wkt(shapely.Point(lon, lat), rounding_precision=-1), "EPSG:4326") == [(row, column)]


@given(st.integers(-5, 34), st.integers(-5, 44), st.integers(1, 12), st.integers(1, 12))
def test_an_outline_shows_the_pixels_it_holds(row: int, column: int, height: int, width: int) -> None:
    x, y = 500_000 + 10 * column, 5_000_000 - 10 * row
    found = shown(shapely.box(x, y - 10 * height, x + 10 * width, y).wkt)
    expected = [
        (r, c) for r in range(row, row + height) for c in range(column, column + width) if 0 <= r < 30 and 0 <= c < 40
    ]
    assert found == expected


def test_an_outline_within_a_pixel_shows_that_pixel() -> None:
    assert shown(shapely.box(500_011, 4_999_981, 500_013, 4_999_983).wkt) == [(1, 1)]


@pytest.mark.parametrize(
    ("wkt", "said"),
    [
        ("LINESTRING (0 0, 1 1)", "mark a point or a polygon"),
        ("POINT EMPTY", "empty"),
        ("nonsense", "not valid WKT"),
    ],
)
def test_what_is_no_example_is_said(wkt: str, said: str) -> None:
    with pytest.raises(RequestError, match=said):
        shown(wkt)


def test_beyond_the_grid_nothing_is_shown() -> None:
    assert shown("POINT (0 0)") == []
    (found,) = pixels_shown([Example(phrase="water", wkt="POINT (0 0)")], None, GRID)
    assert found.shape == (0, 2)
    assert np.issubdtype(found.dtype, np.integer)
