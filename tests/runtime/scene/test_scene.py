from __future__ import annotations

import hashlib
import os
from collections.abc import Callable
from contextlib import nullcontext
from pathlib import Path

import numpy as np
import pyproj
import pytest
import rasterio
import rasterio.shutil
import shapely
from affine import Affine
from rasterio.enums import ColorInterp
from rasterio.transform import GroundControlPoint

from model_runtime.errors import SceneError
from model_runtime.measure.area import PixelAreas
from model_runtime.scene.scene import MIN_SIDE_PX, open_scene
from model_runtime.scene.values import DB_RANGE

Raster = Callable[..., Path]
BGRN = ("B02", "B03", "B04", "B08")


def numbers(low: int = 300, high: int = 3000, shape: tuple[int, int, int] = (4, 40, 50)) -> np.ndarray:
    return np.random.default_rng(1).integers(low, high, shape).astype(np.uint16)


def test_what_a_scene_holds(raster: Raster) -> None:
    values = numbers()
    path = raster(values, descriptions=BGRN)
    scene = open_scene(path)
    assert scene.sha256 == hashlib.sha256(path.read_bytes()).hexdigest()
    assert scene.path == str(path)
    assert scene.roles == ("red", "green", "blue", "nir")
    assert scene.band_index == {"red": 3, "green": 2, "blue": 1, "nir": 4}
    assert scene.bands.dtype == np.float32
    np.testing.assert_allclose(scene.bands, values[[2, 1, 0, 3]] / 10_000, rtol=1e-5)
    assert scene.reflectance and scene.valid.all()
    np.testing.assert_allclose(scene.rgb, np.minimum(scene.bands[:3].transpose(1, 2, 0) / 0.3, 1) * 255, atol=0.51)
    assert "0 to 0.3" in scene.stretch
    assert (scene.grid.width, scene.grid.height, scene.grid.crs_text) == (50, 40, "EPSG:32633")
    assert scene.grid.ellipsoid == "WGS 84"
    assert scene.grid.pixel_size_m == pytest.approx((10.004, 10.004), abs=1e-3)  # UTM's scale factor is 0.9996


# What numbers mean


@pytest.mark.parametrize(
    ("values", "options", "scale", "offset", "said"),
    [
        (numbers(30, 500), {"descriptions": BGRN}, 1e-3, 0, "times 1,000"),
        (numbers(30, 500), {"descriptions": BGRN, "name": "S2A_MSIL2A_20200101_N0213_x.tif"}, 1e-4, 0, "times 10,000"),
        (numbers(1100, 5000), {"descriptions": BGRN, "name": "S2A_MSIL2A_20230101_N0509_x.tif"}, 1e-4, -0.1, "plus"),
        (numbers(100, 4000), {"descriptions": BGRN, "name": "S2A_MSIL2A_20230101_N0509_x.tif"}, 1e-4, 0, "10,000"),
        (numbers(1100, 5000), {"descriptions": BGRN, "tags": {"BOA_ADD_OFFSET": "-1000"}}, 1e-4, -0.1, "plus"),
        (numbers(7500, 20000), {"descriptions": ("SR_B2", "SR_B3", "SR_B4", "SR_B5")}, 2.75e-5, -0.2, "surface"),
        (numbers(6500, 20000), {"name": "LC08_L1TP_038034.tif"}, 2e-5, -0.1, "top-of-atmosphere"),
        (numbers(8000, 20000), {"name": "landsat8_038034.tif"}, 2.75e-5, -0.2, "surface"),
        (numbers(8000, 20000), {"name": "LC08_L1TP_038034.tif"}, 2e-5, -0.1, "top-of-atmosphere"),
        (numbers(6500, 20000), {"name": "landsat8_038034.tif"}, 2e-5, -0.1, "top-of-atmosphere"),
        (numbers(), {"descriptions": BGRN, "scales": ([2e-4] * 4, [-0.05] * 4)}, 2e-4, -0.05, "own scale"),
        (numbers() / np.float32(10_000), {"descriptions": BGRN}, 1, 0, "(reflectance)"),
    ],
)
def test_reflectance(raster: Raster, values: np.ndarray, options: dict, scale: float, offset: float, said: str) -> None:
    scene = open_scene(raster(values, **options))
    assert scene.reflectance
    np.testing.assert_allclose(scene.bands, values[[2, 1, 0, 3]] * scale + offset, rtol=1e-4, atol=1e-6)
    assert said in scene.stretch


def test_a_sensor_that_the_user_names_wins_over_names_and_metadata(raster: Raster) -> None:
    values = numbers(8000, 20000)
    misleading = {"descriptions": BGRN, "name": "S2A_MSIL2A_20230101_N0509_x.tif", "scales": ([1e-4] * 4, [0.0] * 4)}
    path = raster(values, **misleading)
    assert open_scene(path).sensor == "Sentinel-2 L2A"
    scene = open_scene(path, sensor="landsat-8-9", bands={"red": 3, "green": 2, "blue": 1})
    assert scene.sensor == "Landsat 8-9 Level 2" and "Landsat Collection 2" in scene.stretch
    np.testing.assert_allclose(scene.bands, values[[2, 1, 0]] * 2.75e-5 - 0.2, rtol=1e-4)
    shifted = raster(numbers(1050, 4000), descriptions=BGRN, name="plain.tif")
    assert open_scene(shifted, sensor="sentinel-2-offset").bands.min() == pytest.approx(0.005, abs=0.001)
    assert open_scene(shifted, sensor="sentinel-2").bands.min() == pytest.approx(0.105, abs=0.001)
    with pytest.raises(SceneError, match="'hubble' is not a sensor that is known: use sentinel-2, "):
        open_scene(path, sensor="hubble")


def test_planetscope(raster: Raster) -> None:
    reflectance = raster(numbers(), name="20230101_psscene_3B_AnalyticMS_SR.tif")
    scene = open_scene(reflectance)
    assert scene.sensor == "PlanetScope" and scene.reflectance
    assert scene.band_index == {"red": 3, "green": 2, "blue": 1, "nir": 4}
    eight = open_scene(raster(numbers(shape=(8, 40, 50)), name="20230101_psscene_3B_AnalyticMS_SR_8b.tif"))
    assert eight.band_index == {"red": 6, "green": 4, "blue": 2, "nir": 8}
    radiance = open_scene(raster(numbers(), name="20230101_psscene_3B_AnalyticMS.tif"))
    assert not radiance.reflectance and "radiance" in radiance.warnings[0]


# Radar


@pytest.mark.parametrize(
    ("kind", "how", "tolerance"),
    [("decibels", "in decibels", 1e-3), ("power", "linear radar backscatter", 1e-3)],
)
def test_radar_in_decibels_or_linear_is_the_same(raster: Raster, kind: str, how: str, tolerance: float) -> None:
    decibels = np.random.default_rng(4).normal((-9, -16), 3, (40, 50, 2)).transpose(2, 0, 1).astype(np.float32)
    decibels[:, :5] = np.nan
    path = raster(
        decibels if kind == "decibels" else 10 ** (decibels / 10), descriptions=("VV", "VH"), name="S1A_x.tif"
    )
    scene = open_scene(path, sar=True)
    assert scene.roles == ("vv", "vh") and not scene.reflectance and not scene.warnings and how in scene.stretch
    assert scene.valid.sum() == 35 * 50 and (scene.rgb[:5] == 0).all()
    low, high = DB_RANGE
    np.testing.assert_allclose(scene.bands[:, 5:] * (high - low) + low, decibels[:, 5:], atol=tolerance)
    vh, vv = scene.rgb[5:, :, 0].astype(float), scene.rgb[5:, :, 1].astype(float)
    np.testing.assert_allclose(vv, np.clip((decibels[0, 5:] + 25) * 10.2, 0, 255), atol=1)
    np.testing.assert_allclose(scene.rgb[5:, :, 2], (vh + vv) / 2, atol=1)


def test_uncalibrated_radar_is_said_to_be(raster: Raster) -> None:
    scene = open_scene(raster(numbers(20, 900, (2, 40, 50)), descriptions=("VV", "VH")), sar=True)
    assert "not calibrated" in scene.warnings[0] and scene.valid.all()
    assert 0.5 < scene.bands.mean() < 0.75  # the brightest near 0 dB


def test_radar_can_be_told_to_be_linear(raster: Raster) -> None:
    bright = raster(numbers(1, 900, (2, 40, 50)).astype(np.float32) / 10, descriptions=("VV", "VH"))
    assert "not calibrated" in open_scene(bright, sar=True).warnings[0]
    assert "linear" in open_scene(bright, sar=True, sensor="sentinel-1-linear").stretch


def test_eight_bit_values_are_not_called_reflectance(raster: Raster) -> None:
    values = np.random.default_rng(0).integers(1, 255, (3, 40, 50)).astype(np.uint8)
    scene = open_scene(raster(values, descriptions=("R", "G", "B")))
    assert not scene.reflectance
    np.testing.assert_allclose(scene.bands, values / 255, rtol=1e-6)
    np.testing.assert_array_equal(scene.rgb, values.transpose(1, 2, 0))


def test_numbers_in_no_known_scale_are_stretched_and_said(raster: Raster) -> None:
    scene = open_scene(raster(numbers(30_000, 60_000), descriptions=BGRN))
    assert not scene.reflectance
    assert "percentile" in scene.stretch and scene.warnings
    assert 0 <= scene.bands.min() and scene.bands.max() <= 1


def test_an_extent_never_changes_the_scaling(raster: Raster) -> None:
    values = numbers()
    values[:, :20, :20] = 200  # a dark corner, which by itself would pass for reflectance times 1,000
    path = raster(values, descriptions=BGRN)
    part = open_scene(path, extent=(500_000, 5_000_000 - 200, 500_200, 5_000_000))
    np.testing.assert_allclose(part.bands, 0.02, rtol=1e-5)


def test_snow_is_not_one_white_sheet(raster: Raster) -> None:
    scene = open_scene(raster(numbers(6000, 9500), descriptions=BGRN))
    assert "0 to 1 is" in scene.stretch
    assert len(np.unique(scene.rgb)) > 50


# Where the values are valid


def test_nodata_zero_spares_dark_pixels(raster: Raster) -> None:
    values = numbers()
    values[:, 3, 4] = 0
    values[1, 20, 20] = 0  # one dark band is no hole
    scene = open_scene(raster(values, descriptions=BGRN, nodata=0))
    assert not scene.valid[3, 4] and scene.valid[20, 20]
    assert scene.valid.sum() == 40 * 50 - 1
    assert (scene.bands[:, 3, 4] == 0).all() and (scene.rgb[3, 4] == 0).all()


def test_other_nodata_in_one_band_is_enough(raster: Raster) -> None:
    values = numbers().astype(np.int16)
    values[1, 20, 20] = -9999
    scene = open_scene(raster(values, descriptions=BGRN, nodata=-9999))
    assert not scene.valid[20, 20] and scene.valid.sum() == 1999


def test_nan_is_not_valid(raster: Raster) -> None:
    values = (numbers() / 10_000).astype(np.float32)
    values[2, 5, 6] = np.nan
    scene = open_scene(raster(values, descriptions=BGRN))
    assert not scene.valid[5, 6] and np.isfinite(scene.bands).all()


def test_alpha_and_mask_bands(raster: Raster) -> None:
    rgba = np.random.default_rng(0).integers(1, 255, (4, 40, 50)).astype(np.uint8)
    rgba[3] = 255
    rgba[3, :10] = 0
    colours = (ColorInterp.red, ColorInterp.green, ColorInterp.blue, ColorInterp.alpha)
    assert open_scene(raster(rgba, colours=colours)).valid.sum() == 30 * 50
    mask = np.full((40, 50), 255, np.uint8)
    mask[:, :5] = 0
    masked = open_scene(raster(numbers(), name="masked.tif", descriptions=BGRN, mask=mask))
    assert masked.valid.sum() == 40 * 45


def test_black_border_without_nodata_but_not_black_inside(raster: Raster) -> None:
    values = numbers()
    values[:, :, :7] = 0
    values[:, 20:23, 30:33] = 0
    scene = open_scene(raster(values, descriptions=BGRN))
    assert not scene.valid[:, :7].any()
    assert scene.valid[:, 7:].all()


# A part of the raster


def test_extent_takes_the_pixels_whose_centres_lie_inside(raster: Raster) -> None:
    path = raster(numbers(), descriptions=BGRN)
    whole = open_scene(path)
    part = open_scene(path, extent=(500_044, 4_999_700, 500_306, 4_999_946))
    assert part.grid.bounds == (500_040, 4_999_700, 500_310, 4_999_950)
    np.testing.assert_array_equal(part.bands, whole.bands[:, 5:30, 4:31])


def test_extent_in_another_crs(raster: Raster) -> None:
    path = raster(numbers(), descriptions=BGRN)
    to_degrees = pyproj.Transformer.from_crs(32633, 4326, always_xy=True)
    extent = to_degrees.transform_bounds(500_100, 4_999_700, 500_400, 4_999_900)
    part = open_scene(path, extent=extent, extent_crs="EPSG:4326")
    assert part.grid.bounds == pytest.approx((500_100, 4_999_700, 500_400, 4_999_900), abs=10.1)
    everything = open_scene(path, extent=(-180, -90, 180, 90), extent_crs="EPSG:4326")
    assert (everything.grid.width, everything.grid.height) == (50, 40)


def test_extent_across_the_antimeridian(raster: Raster) -> None:
    path = raster(numbers(), descriptions=BGRN, crs="EPSG:4326", transform=Affine(0.01, 0, 179.75, 0, -0.01, 10))
    part = open_scene(path, extent=(-180.1, 9.7, -179.8, 9.9), extent_crs="EPSG:4326")
    assert part.grid.bounds == pytest.approx((179.9, 9.7, 180.2, 9.9))


def test_polygon_limits_what_is_valid(raster: Raster) -> None:
    path = raster(numbers(), descriptions=BGRN)
    polygon = shapely.Polygon([(500_000, 5_000_000), (500_400, 5_000_000), (500_000, 4_999_600)])
    scene = open_scene(path, polygon_wkt=polygon.wkt)
    assert (scene.grid.width, scene.grid.height) == (40, 40)
    columns, rows = np.meshgrid(np.arange(40) + 0.5, np.arange(40) + 0.5)
    inside = shapely.contains_xy(polygon, *scene.grid.xy(columns.ravel(), rows.ravel())).reshape(40, 40)
    on_edge = columns + rows == 40
    np.testing.assert_array_equal(scene.valid[~on_edge], inside[~on_edge])
    there = pyproj.Transformer.from_crs(32633, 3857, always_xy=True)
    other = shapely.transform(polygon, there.transform, interleaved=False)
    again = open_scene(path, polygon_wkt=other.wkt, extent_crs="EPSG:3857")
    np.testing.assert_array_equal(again.valid[~on_edge], inside[~on_edge])


@pytest.mark.parametrize(
    ("options", "message"),
    [
        ({"extent": (0, 0, 100, 100)}, "do not overlap"),
        ({"extent": (9, 9, 10, 10), "extent_crs": "EPSG:4326"}, "do not overlap"),
        ({"extent": (500_000, 4_999_900, 500_100, 5_000_000)}, "10 x 10 pixels"),
        ({"extent": (3, 2, 1, 4)}, "minimum below maximum"),
        ({"extent": (0, 0, float("nan"), 4)}, "minimum below maximum"),
        ({"extent": (0, 0, 1, 1), "extent_crs": "nowhere"}, "not understood"),
        ({"polygon_wkt": "POLYGON((0 0, 1"}, "not valid WKT"),
        ({"polygon_wkt": "POINT(0 0)"}, "not a polygon"),
        ({"polygon_wkt": "POLYGON((0 0, 1 1, 1 0, 0 1, 0 0))"}, "crosses itself"),
        ({"polygon_wkt": "POLYGON((0 0, 1 1, 1 0, 0 0))"}, "do not overlap"),
        ({"bands": {"red": 9, "green": 2, "blue": 1}}, "bands 1 to 4"),
    ],
)
def test_areas_and_mappings_that_do_not_fit(raster: Raster, options: dict, message: str) -> None:
    with pytest.raises(SceneError, match=message):
        open_scene(raster(numbers(), descriptions=BGRN), **options)


# Files that cannot be used


@pytest.mark.parametrize(
    ("options", "message"),
    [
        ({"crs": None}, "no coordinate system"),
        ({"transform": Affine.identity()}, "no geotransform"),
        ({"transform": Affine(10, 1, 500_000, 1, -10, 5_000_000)}, "rotated or sheared"),
        ({"transform": Affine(10, 0, 500_000, 0, 10, 5_000_000)}, "north to south"),
        ({"crs": 'LOCAL_CS["workshop",UNIT["metre",1]]'}, "not tied to the Earth"),
        ({"values": numbers(shape=(4, MIN_SIDE_PX - 1, 50))}, "at least 16"),
        ({"values": numbers()[:1], "descriptions": ("B04",)}, "has 1 band"),
        ({"values": np.zeros((4, 40, 50), np.uint16)}, "no data"),
        ({"values": np.full((4, 40, 50), 7, np.int16), "nodata": 7}, "no data"),
        ({"values": numbers().astype(np.complex64)}, "complex"),
    ],
)
def test_rasters_that_are_refused(raster: Raster, options: dict, message: str) -> None:
    options = {"values": numbers(), "descriptions": BGRN, **options}
    with pytest.warns() if "transform" in options and options["transform"].is_identity else nullcontext():
        path = raster(**options)
    with pytest.raises(SceneError, match=message) as refusal:
        open_scene(path)
    assert str(refusal.value).count(".") <= 1 and ":" in str(refusal.value)  # one sentence that says what to do


@pytest.mark.filterwarnings("ignore::rasterio.errors.NotGeoreferencedWarning")
def test_ground_control_points_alone(tmp_path: Path) -> None:
    path = tmp_path / "gcps.tif"
    points = [GroundControlPoint(r, c, 500_000 + 10 * c + r, 5_000_000 - 10 * r) for r in (0, 40) for c in (0, 50)]
    with rasterio.open(path, "w", driver="GTiff", count=4, width=50, height=40, dtype="uint16") as target:
        target.write(numbers())
        target.gcps = points, rasterio.CRS.from_epsg(32633)
    with pytest.raises(SceneError, match=r"no coordinate system|ground control points"):
        open_scene(path)


def test_damaged_files(raster: Raster, tmp_path: Path) -> None:
    path = raster(numbers(shape=(4, 200, 200)), descriptions=BGRN, compress="deflate")
    whole = path.read_bytes()
    for keep in (0, 100, len(whole) // 2, len(whole) - 2000):
        cut = tmp_path / "cut.tif"
        cut.write_bytes(whole[:keep])
        with pytest.raises(SceneError, match=r"empty|damaged"):
            open_scene(cut)
    (tmp_path / "noise.tif").write_bytes(os.urandom(5000))
    with pytest.raises(SceneError, match="damaged"):
        open_scene(tmp_path / "noise.tif")


@pytest.mark.parametrize(
    ("path", "message"),
    [
        ("", "No raster was given"),
        ("missing.tif", "does not exist"),
        (".", "no band files that are known"),
        ("/vsicurl/http://127.0.0.1:1/x.tif", "not a file on this machine"),
        ("/vsizip/x.zip/a.tif", "not a file on this machine"),
        ("https://127.0.0.1:1/x.tif", "not a file on this machine"),
        ("a\0b.tif", "No raster was given"),
    ],
)
def test_paths_that_are_no_files(path: str, message: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    with pytest.raises(SceneError, match=message):
        open_scene(path)


def test_formats_that_point_elsewhere_are_refused_by_content_too(raster: Raster, tmp_path: Path) -> None:
    path = raster(numbers(), descriptions=BGRN)
    with rasterio.open(path) as source:
        rasterio.shutil.copy(source, tmp_path / "x.vrt", driver="VRT")
    open_scene(tmp_path / "x.vrt")  # as a VRT it is read, see test_virtual
    (tmp_path / "x.vrt").rename(tmp_path / "disguised.tif")
    with pytest.raises(SceneError, match="no raster format"):
        open_scene(tmp_path / "disguised.tif")
    (tmp_path / "shape.geojson").write_text('{"type": "FeatureCollection", "features": []}')
    with pytest.raises(SceneError, match="vector"):
        open_scene(tmp_path / "shape.geojson")


@pytest.mark.parametrize(
    ("driver", "name"), [("HFA", "s.img"), ("ENVI", "s.dat"), ("COG", "cog.tif"), ("PNG", "s.png")]
)
def test_other_plain_formats(raster: Raster, tmp_path: Path, driver: str, name: str) -> None:
    path = tmp_path / name
    rasterio.shutil.copy(raster(numbers(), descriptions=BGRN), path, driver=driver)
    mapping = {"red": 3, "green": 2, "blue": 1}  # PNG and ENVI keep no names
    scene = open_scene(path, bands=mapping)
    assert scene.grid.crs_text == "EPSG:32633" and scene.bands.shape == (3, 40, 50)


def test_too_many_pixels_asks_for_an_extent(tmp_path: Path) -> None:
    path = tmp_path / "large.tif"
    options = {"driver": "GTiff", "crs": "EPSG:32633", "transform": Affine(10, 0, 5e5, 0, -10, 5e6)}
    sparse = {"tiled": True, "SPARSE_OK": True}
    with rasterio.open(path, "w", width=9000, height=9000, count=3, dtype="uint8", **options, **sparse) as target:
        target.write(np.full((3, 600, 600), 90, np.uint8), window=((0, 600), (0, 600)))
    with pytest.raises(SceneError, match="restrict the extent"):
        open_scene(path)
    part = open_scene(path, extent=(500_000, 4_995_000, 505_000, 5_000_000))
    assert part.valid.all() and part.bands.shape == (3, 500, 500)


SHARED = Path(__file__).resolve().parents[4] / "shared" / "data"


@pytest.mark.skipif(not SHARED.is_dir(), reason="the shared data are not beside this checkout")
@pytest.mark.parametrize(
    ("pattern", "index", "reflectance", "near_infrared"),
    [
        ("majortom*/*_10m.tif", {"red": 3, "green": 2, "blue": 1, "nir": 4}, True, (0.2, 0.35)),
        (
            "terramesh*/S2L2A/637U*.tif",
            {"red": 4, "green": 3, "blue": 2, "nir": 8, "swir1": 11, "swir2": 12},
            True,
            None,
        ),
        ("aber*/*10band.tif", {"red": 3, "green": 2, "blue": 1, "nir": 7, "swir1": 9, "swir2": 10}, True, (0.3, 0.5)),
        ("zion*/zion*.tif", {"red": 3, "green": 2, "blue": 1, "nir": 4}, True, (0.15, 0.3)),
        ("naip*/*2012*.tif", {"red": 1, "green": 2, "blue": 3, "nir": 4}, False, None),
        ("eurosat*/Pasture*.tif", {"red": 4, "green": 3, "blue": 2, "nir": 8, "swir1": 11, "swir2": 12}, True, None),
        (
            "chiapas*/LE7*1999*.tif",
            {"red": 3, "green": 2, "blue": 1, "nir": 4, "swir1": 5, "swir2": 6},
            True,
            (0.2, 0.4),
        ),
        ("amazon*/training/images/Amazon_1110*.tif", {"red": 1, "green": 2, "blue": 3}, False, None),
        ("landsat_pucallpa*/1985.tif", None, False, None),
        ("terramesh*/S1RTC/637U*.tif", None, False, None),
    ],
)
def test_real_scenes(
    pattern: str, index: dict[str, int] | None, reflectance: bool, near_infrared: tuple[float, float] | None
) -> None:
    path = next(iter(sorted(SHARED.glob(pattern))), None)
    if path is None:
        pytest.skip(f"{pattern} is not in the shared data")
    if index is None:
        with pytest.raises(SceneError):
            open_scene(path)
        return
    scene = open_scene(path)
    assert scene.band_index == index and scene.reflectance == reflectance
    if near_infrared:
        mean = scene.bands[scene.roles.index("nir")][scene.valid].mean()
        assert near_infrared[0] < mean < near_infrared[1]


def test_the_user_may_want_relative_brightness(raster: Callable[..., Path]) -> None:
    path = raster()
    usual, relative = open_scene(path), open_scene(path, stretch="percentiles")
    assert (usual.reflectance, relative.reflectance) == (True, False)
    assert "2 to 98 percentile" in relative.stretch
    assert not relative.warnings
    for band in relative.bands:
        assert np.percentile(band, [2, 98]) == pytest.approx([0, 1], abs=0.01)
    with rasterio.open(path) as source:
        numbers = source.read([3, 2, 1]).astype(float)
    for band, values in zip(relative.bands, numbers, strict=False):
        low, high = np.percentile(values, [2, 98])
        assert band == pytest.approx(((values - low) / (high - low)).clip(0, 1), abs=1e-5)


def test_areas_are_measured_on_the_ellipsoid_that_was_asked_for(raster: Callable[..., Path]) -> None:
    path = raster()
    own, bessel = open_scene(path), open_scene(path, ellipsoid="EPSG:7004")
    assert (own.grid.ellipsoid, bessel.grid.ellipsoid) == ("WGS 84", "Bessel 1841")
    lon, lat = own.grid.lonlat(np.array([0, 50, 50, 0]), np.array([0, 0, 40, 40]))
    for scene, ellipsoid in ((own, "WGS84"), (bessel, "bessel")):
        truth = abs(pyproj.Geod(ellps=ellipsoid).polygon_area_perimeter(lon, lat)[0])
        assert PixelAreas(scene.grid).m2(0, 40).sum() == pytest.approx(truth, rel=1e-6)
    sphere = open_scene(path, ellipsoid="PARAMETER:6370997:6370997").grid
    assert (sphere.geod.a, sphere.geod.b) == (6370997, 6370997)
    assert open_scene(path, ellipsoid="Bessel 1841").grid.geod.a == bessel.grid.geod.a
    assert bessel.grid.crop(1, 2, 30, 30).ellipsoid == "Bessel 1841"
    with pytest.raises(SceneError, match="ellipsoid 'EPSG:1' is not known"):
        open_scene(path, ellipsoid="EPSG:1")
