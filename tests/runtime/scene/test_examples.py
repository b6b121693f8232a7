"""Examples read from a file, and found on a grid."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pyogrio.raw
import pytest
import shapely
from hypothesis import given
from hypothesis import strategies as st
from pyproj import CRS, Transformer
from rasterio.transform import from_origin

from model_runtime.errors import RequestError
from model_runtime.protocol import Example
from model_runtime.scene.examples import pixels_shown, read_examples
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


def save(path: Path, shapes: list[shapely.Geometry | None], layer: str = "clicks", **columns: list) -> Path:
    """Write a layer of a GeoPackage; a second call adds a layer."""
    pyogrio.raw.write(
        path,
        geometry=np.array([None if one is None else shapely.to_wkb(one) for one in shapes], object),
        field_data=[
            np.array(one, float if one and not isinstance(one[0], str) else object) for one in columns.values()
        ],
        fields=list(columns),
        layer=layer,
        driver="GPKG",
        geometry_type="Unknown",
        crs="EPSG:32633",
        append=path.exists(),
    )
    return path


POINT = shapely.Point(500_005.123456789, 4_999_995.1)


def test_a_layer_is_read_as_it_was_drawn(tmp_path: Path) -> None:
    box = shapely.box(500_000, 4_999_900, 500_050, 4_999_950)
    path = save(
        tmp_path / "e.gpkg", [POINT, box], phrase=["old  forest", "water"], INSIDE=[0, np.nan], image=[np.nan, 2]
    )
    (click, outline), crs = read_examples(path)
    assert (click.phrase, click.inside, click.image) == ("old forest", False, None)
    assert (outline.phrase, outline.inside, outline.image) == ("water", True, 2)
    assert shapely.from_wkt(click.wkt) == POINT  # to the last digit
    assert shapely.from_wkt(outline.wkt).equals(box)
    assert CRS.from_user_input(crs) == CRS.from_epsg(32633)


def test_positive_is_taken_for_inside(tmp_path: Path) -> None:
    (found,), _ = read_examples(save(tmp_path / "e.gpkg", [POINT], phrase=["water"], positive=[0]))
    assert found.inside is False


def test_of_several_layers_the_one_called_examples_is_read(tmp_path: Path) -> None:
    path = save(tmp_path / "e.gpkg", [POINT], "roads", phrase=["road"])
    save(path, [POINT], "examples", phrase=["water"])
    (found,), _ = read_examples(path)
    assert found.phrase == "water"


@pytest.mark.parametrize(
    ("shapes", "columns", "said"),
    [
        ([POINT], {"name": ["water"]}, "no field 'phrase'"),
        ([], {"phrase": []}, "empty"),
        ([POINT], {"phrase": [" "]}, "Example 1 has no phrase"),
        ([None], {"phrase": ["water"]}, "Example 1 has no place"),
        ([POINT], {"phrase": ["water"], "inside": [2]}, "from 0 to 1"),
        ([POINT], {"phrase": ["water"], "inside": ["yes"]}, "'yes' in its field 'inside'"),
        ([POINT], {"phrase": ["water"], "image": [9]}, "from 1 to 8"),
    ],
)
def test_a_layer_that_cannot_be_used_is_said(tmp_path: Path, shapes: list, columns: dict, said: str) -> None:
    with pytest.raises(RequestError, match=said):
        read_examples(save(tmp_path / "e.gpkg", shapes, **columns))


def test_two_layers_without_a_name_are_too_many(tmp_path: Path) -> None:
    path = save(tmp_path / "e.gpkg", [POINT], "a", phrase=["water"])
    save(path, [POINT], "b", phrase=["water"])
    with pytest.raises(RequestError, match="name the one with the examples 'examples'"):
        read_examples(path)


@pytest.mark.parametrize("content", [b"", b"<VRTDataset/>", b"SQLite format 3\0 and no more"])
def test_what_is_no_geopackage_is_refused_in_words(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "e.gpkg"
    path.write_bytes(content)
    with pytest.raises(RequestError, match="not a GeoPackage|damaged"):
        read_examples(path)
