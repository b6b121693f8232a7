"""Cloud layers as products and people write them, read onto the grid of a scene."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import numpy as np
import pyproj
import pytest
from affine import Affine
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from model_runtime.errors import SceneError
from model_runtime.scene.clouds import find_clouds_layer, read_clouds
from model_runtime.scene.grid import Grid

Raster = Callable[..., Path]
SHARED = Path(__file__).resolve().parents[4] / "shared" / "data"
# The grid of what `raster` writes when it is told nothing: 50 x 40 pixels of 10 m.
GRID = Grid(pyproj.CRS("EPSG:32633"), Affine(10, 0, 500_000, 0, -10, 5_000_000), 50, 40)
CODES = np.arange(2000).reshape(1, 40, 50)


def layer(values: np.ndarray | list[int], dtype: str = "uint8") -> np.ndarray:
    """A layer of the scene's size in which the values follow one another."""
    values = np.asarray(values)
    return values[CODES % len(values)].astype(dtype)


@pytest.mark.parametrize(
    ("name", "values", "dtype", "hidden", "how"),
    [
        ("T33UVP_20200223T101019_SCL_20m.tif", list(range(12)), "uint8", {3, 8, 9, 10}, "as its SCL layer tells"),
        (
            "LC08_L2SP_038034_20130701_20200912_02_T1_QA_PIXEL.TIF",
            # Clear land, water, snow; dilated cloud, cirrus, cloud and shadow as products have them.
            [21824, 21952, 30048, 21826, 54596, 22280, 23888],
            "uint16",
            {21826, 54596, 22280, 23888},
            "as its QA_PIXEL layer tells",
        ),
        ("S2A_fmask.tif", [0, 1, 2, 3, 4], "uint8", {2, 4}, "as its Fmask layer tells"),
        (
            "HLS.L30.T33UVP.2020054T100000.v2.0.Fmask.tif",
            [0, 64, 1, 2, 4, 8, 16, 32, 66, 160, 192],
            "uint8",
            {1, 2, 4, 8, 66},
            "as its Fmask layer tells",
        ),
        ("x_fmask.tif", [64, 66, 224], "uint8", {66}, "as its Fmask layer tells"),
        ("MSK_CLDPRB_20m.tif", [0, 20, 49, 50, 51, 100], "uint8", {50, 51, 100}, "50 % and more"),
        ("x_CLD.tif", [0, 49, 50], "uint8", {50}, "50 % and more"),
        ("cloud_probability.tif", [0.0, 0.4, 0.5, 1.0], "float32", {0.5, 1.0}, "50 % and more"),
        ("scene_cloud_mask.tif", [0, 1, 2, 3], "uint8", {1, 2, 3}, "as its cloud mask tells"),
        ("clouds.tif", [0, 255], "uint8", {255}, "as its cloud mask tells"),
        ("clouds.tif", [1], "uint8", {1}, "as its cloud mask tells"),
        ("drawn_by_hand.tif", [0, 7], "int16", {7}, "as 'drawn_by_hand.tif' tells"),
        ("drawn_by_hand.tif", [0], "uint8", set(), "as 'drawn_by_hand.tif' tells"),
    ],
)
def test_what_each_kind_hides(
    raster: Raster, name: str, values: list[float], dtype: str, hidden: set[float], how: str
) -> None:
    numbers = layer(values, dtype)
    found = read_clouds(raster(numbers, name), GRID)
    np.testing.assert_array_equal(found.mask, np.isin(numbers[0], list(hidden)))
    assert how in found.how


def test_a_band_description_says_more_than_the_file_name(raster: Raster) -> None:
    numbers = np.concatenate([layer([300, 900], "uint16"), layer([4, 3], "uint16")])
    found = read_clouds(raster(numbers, "clouds.tif", descriptions=("B02", "SCL")), GRID)
    np.testing.assert_array_equal(found.mask, numbers[1] == 3)


@pytest.mark.parametrize(
    ("name", "values", "dtype", "message"),
    [
        ("x_SCL.tif", [4, 8, 200], "uint8", "cannot be understood.*SCL, Landsat QA_PIXEL or Fmask.*0 is clear"),
        ("image.tif", [0, 1, 2], "uint8", "cannot be understood"),
        ("image.tif", [1, 2], "uint8", "cannot be understood"),
        ("image.tif", [5], "uint8", "cannot be understood"),
        ("cloud_mask.tif", [1, 2], "uint8", "cannot be understood"),
        ("clouds.tif", [0, 1, 900], "uint16", "cannot be understood"),
        ("clouds.tif", [0, -5, 3], "int16", "cannot be understood"),
        ("x_cldprb.tif", [0, 50, 101], "uint8", "cannot be understood"),
        ("x_fmask.tif", [0, -1], "int16", "cannot be understood"),
        ("clouds.tif", [0, 1], "complex64", "cannot be understood"),
    ],
)
def test_what_is_not_understood_is_refused(
    raster: Raster, name: str, values: list[int], dtype: str, message: str
) -> None:
    with pytest.raises(SceneError, match=message):
        read_clouds(raster(layer(values, dtype), name), GRID)


def test_places_and_files_that_cannot_be_used(raster: Raster, tmp_path: Path) -> None:
    with pytest.raises(SceneError, match="2 bands, and their names do not tell which"):
        read_clouds(raster(np.repeat(layer([0, 1]), 2, axis=0)), GRID)
    with pytest.raises(SceneError, match="do not overlap"):
        read_clouds(raster(layer([0, 1]), transform=Affine(10, 0, 700_000, 0, -10, 5_000_000)), GRID)
    with pytest.raises(SceneError, match="does not say where it lies"):
        read_clouds(raster(layer([0, 1]), crs=None), GRID)
    with pytest.raises(SceneError, match="holds no data"):
        read_clouds(raster(layer([9]), nodata=9), GRID)
    with pytest.raises(SceneError, match="does not exist"):
        read_clouds(tmp_path / "none.tif", GRID)
    (tmp_path / "folder").mkdir()
    with pytest.raises(SceneError, match="holds no layer that tells clouds"):
        read_clouds(tmp_path / "folder", GRID)


def test_a_coarse_layer_in_another_crs_counts_by_its_nearest_pixel(raster: Raster) -> None:
    rng = np.random.default_rng(2)
    values = (rng.random((1, 30, 30)) < 0.4).astype(np.uint8)
    to_degrees = pyproj.Transformer.from_crs("EPSG:32633", "EPSG:4326", always_xy=True)
    west, north = to_degrees.transform(499_800, 5_000_200)
    transform = Affine(4e-4, 0, west, 0, -3e-4, north)
    found = read_clouds(raster(values, "cloud_mask.tif", crs="EPSG:4326", transform=transform), GRID)
    columns, rows = np.meshgrid(np.arange(50) + 0.5, np.arange(40) + 0.5)
    x, y = GRID.xy(columns, rows)
    lon, lat = to_degrees.transform(x, y)
    column, row = (lon - west) / 4e-4, (north - lat) / 3e-4
    # GDAL places pixels to an eighth of one: those at the edge between two may fall either way.
    clear_cut = (np.abs(column - np.round(column)) > 0.13) & (np.abs(row - np.round(row)) > 0.13)
    expected = values[0, row.astype(int), column.astype(int)].astype(bool)
    assert clear_cut.mean() > 0.4
    np.testing.assert_array_equal(found.mask[clear_cut], expected[clear_cut])


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.integers(-45, 45), st.integers(-35, 35), st.integers(0, 2**32 - 1))
def test_where_the_layer_does_not_reach_nothing_is_hidden(raster: Raster, right: int, down: int, seed: int) -> None:
    """The layer lies some pixels to the right and down: its numbers are found again where it reaches."""
    values = np.random.default_rng(seed).integers(0, 12, (40, 50)).astype(np.uint8)
    values[0, 0] = 0
    shifted = Affine(10, 0, 500_000 + 10 * right, 0, -10, 5_000_000 - 10 * down)
    found = read_clouds(raster(values[None], "SCL.tif", transform=shifted), GRID)
    expected, told = np.zeros((40, 50), bool), np.zeros((40, 50), bool)
    for row in range(40):
        for column in range(50):
            at = (row - down, column - right)
            if 0 <= at[0] < 40 and 0 <= at[1] < 50:
                expected[row, column] = values[at] in (3, 8, 9, 10)
                told[row, column] = values[at] != 0
    np.testing.assert_array_equal(found.mask, expected)
    percent = float(found.how.rpartition("knows nothing of ")[2].removesuffix(" % of the scene"))
    assert percent == pytest.approx(100 * (1 - told.mean()), rel=0.06)


def test_nodata_hides_nothing_and_zero_as_nodata_is_clear(raster: Raster) -> None:
    found = read_clouds(raster(layer([0, 1, 200]), "cloud_mask.tif", nodata=200), GRID)
    np.testing.assert_array_equal(found.mask, layer([0, 1, 200])[0] == 1)
    assert "33 % of the scene" in found.how
    found = read_clouds(raster(layer([0, 1]), "cloud_mask.tif", nodata=0), GRID)
    assert found.how == "as its cloud mask tells" and found.mask.mean() == 0.5


def test_a_large_layer_is_read_around_the_scene(raster: Raster) -> None:
    values = np.zeros((1, 2300, 2200), np.uint8)
    values[0, 1210:1220, 1105:1130] = 255
    where = Affine(10, 0, 500_000 - 11_000, 0, -10, 5_000_000 + 12_000)
    found = read_clouds(raster(values, "by_hand.tif", transform=where), GRID)
    assert found.mask.sum() == 250 and found.mask[10:20, 5:30].all()


SAFE = "S2A_MSIL2A_20200223T032739_N0214_R018_T48QUE_20200223T070000.SAFE"
IMAGE = f"{SAFE}/GRANULE/L2A_T48QUE_A024_20200223T033529/IMG_DATA"
STEM = "T48QUE_20200223T032739"


@pytest.mark.parametrize(
    ("files", "scene", "expected"),
    [
        (
            [f"{IMAGE}/R20m/{STEM}_SCL_20m.tif", f"{IMAGE}/R60m/{STEM}_SCL_60m.tif", f"{IMAGE}/R10m/{STEM}_B04_10m.tif",
             f"{SAFE}/GRANULE/L2A_T48QUE_A024_20200223T033529/QI_DATA/MSK_CLDPRB_20m.tif"],
            [SAFE, IMAGE, f"{IMAGE}/R10m", f"{IMAGE}/R10m/{STEM}_B04_10m.tif"],
            f"{IMAGE}/R20m/{STEM}_SCL_20m.tif",
        ),
        ([f"{SAFE}/GRANULE/L1C_x/QI_DATA/MSK_CLDPRB_20m.tif"], [SAFE],
         f"{SAFE}/GRANULE/L1C_x/QI_DATA/MSK_CLDPRB_20m.tif"),
        (["l8/LC08_x_SR_B4.TIF", "l8/LC08_x_QA_PIXEL.TIF", "l8/LC08_x_QA_RADSAT.TIF"],
         ["l8", "l8/LC08_x_SR_B4.TIF"], "l8/LC08_x_QA_PIXEL.TIF"),
        (["p/a_10m.tif", "p/a_B11_20m.tif", "p/a_cloud_mask.tif"], ["p/a_10m.tif"], "p/a_cloud_mask.tif"),
        (["p/a.tif", "p/cloud_mask.tif"], ["p", "p/a.tif"], "p/cloud_mask.tif"),
        (["p/HLS.L30.v2.0.B04.tif", "p/HLS.L30.v2.0.Fmask.tif"], ["p"], "p/HLS.L30.v2.0.Fmask.tif"),
        (["p/a.tif", "p/a_clouds.tif", "p/b.tif", "p/b_clouds.tif"], ["p/b.tif"], "p/b_clouds.tif"),
        # Of which image it is cannot be told.
        (["p/2016.tif", "p/2018.tif", "p/clouds.tif"], ["p/2016.tif"], None),
        (["p/paris_2016.tif", "p/paris_2018.tif", "p/paris_clouds.tif"], ["p/paris_2018.tif"], None),
        (["p/a_SCL.tif", "p/b_SCL.tif"], ["p"], None),
        (["p/a.tif", "p/ab_clouds.tif", "p/a_cloud_free.tif"], ["p/a.tif", "p/nothing.tif"], None),
    ],
)  # fmt: skip
def test_the_layer_of_an_image_is_found_beside_it(
    raster: Raster, tmp_path: Path, files: list[str], scene: list[str], expected: str | None
) -> None:
    for name in files:
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        raster(layer([1, 2, 3], "uint16"), name)
    for name in scene:
        assert find_clouds_layer(tmp_path / name) == (expected and tmp_path / expected)


def test_an_image_may_bring_its_own_layer(raster: Raster) -> None:
    numbers = np.concatenate([layer([300, 900], "uint16"), layer([4, 9, 5], "uint16")])
    path = raster(numbers, descriptions=("B02", "SCL"))
    assert find_clouds_layer(path) == path
    assert read_clouds(path, GRID).mask.mean() == pytest.approx(1 / 3, abs=0.001)
    assert find_clouds_layer(raster(name="plain.tif")) is None


def test_a_folder_is_read_by_what_is_found_in_it(raster: Raster, tmp_path: Path) -> None:
    (tmp_path / "l8").mkdir()
    raster(layer([21824, 22280], "uint16"), "l8/LC08_x_QA_PIXEL.TIF")
    assert read_clouds(tmp_path / "l8", GRID).mask.mean() == 0.5


def test_a_real_clear_scene_with_its_mask() -> None:
    folder = SHARED / "majortom_s2l2a_scenes"
    if not folder.is_dir():
        pytest.skip(f"there is no {folder}")
    (scene,) = folder.glob("*_10m.tif")
    (mask,) = folder.glob("*_cloud_mask.tif")
    assert find_clouds_layer(scene) == mask
    found = read_clouds(mask, Grid(pyproj.CRS("EPSG:32648"), Affine(10, 0, 365_000, 0, -10, 1_985_000), 60, 50))
    assert not found.mask.any() and found.how == "as its cloud mask tells"
