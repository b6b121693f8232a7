from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import numpy as np
import pyproj
import pytest
from affine import Affine
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import ndimage
from scipy.spatial import cKDTree

from model_runtime.errors import SceneError
from model_runtime.scene.grid import Grid
from model_runtime.scene.registration import estimate_offset, open_beside, register, resample, restrict
from model_runtime.scene.scene import Scene, open_scene

SHARED = Path(__file__).resolve().parents[4] / "shared" / "data"
UTM = pyproj.CRS(32633)


def fields(seed: int, shape: tuple[int, int] = (160, 200)) -> np.ndarray:
    """A land of parcels, each of one brightness with a little texture of its soil: float32 (H, W)."""
    rng = np.random.default_rng(seed)
    count = shape[0] * shape[1] // 150
    _, nearest = cKDTree(rng.uniform(0, 1, (count, 2)) * shape).query(np.indices(shape).reshape(2, -1).T)
    parcels = rng.uniform(0.02, 0.4, count)[nearest].reshape(shape)
    return ndimage.gaussian_filter(parcels + rng.normal(0, 0.02, shape), 0.7).astype(np.float32)


def moved(image: np.ndarray, columns: float, rows: float) -> np.ndarray:
    """The image's content moved to the right and down, exactly, by its spectrum (as if the land went round)."""
    fy, fx = np.fft.fftfreq(image.shape[0])[:, None], np.fft.fftfreq(image.shape[1])
    return np.fft.ifft2(np.fft.fft2(image) * np.exp(-2j * np.pi * (fx * columns + fy * rows))).real.astype(np.float32)


def scene(
    bands: np.ndarray, west: float = 500_000, north: float = 5_000_000, size: float = 10, name: str = "a.tif"
) -> Scene:
    bands = np.broadcast_to(bands, (3, *bands.shape[-2:])).astype(np.float32)
    valid = np.isfinite(bands).all(axis=0)
    return Scene(
        path=f"/scenes/{name}",
        sha256="",
        grid=Grid(UTM, Affine(size, 0, west, 0, -size, north), *bands.shape[:0:-1]),
        bands=np.nan_to_num(bands),
        roles=("red", "green", "blue"),
        reflectance=True,
        valid=valid,
        rgb=(np.nan_to_num(bands) * 255).astype(np.uint8).transpose(1, 2, 0),
        stretch="",
        sensor="",
        band_index={},
        warnings=(),
    )


# What the contents tell


@settings(max_examples=25, deadline=None)
@given(
    seed=st.integers(0, 10_000),
    columns=st.floats(-20, 20),
    rows=st.floats(-20, 20),
    noise=st.floats(0, 0.02),
)
def test_shifts_are_found_to_a_fraction_of_a_pixel(seed: int, columns: float, rows: float, noise: float) -> None:
    first = fields(seed)
    rng = np.random.default_rng(seed)
    # The second image is darker, hazier, and noisy.
    second = 0.6 * moved(first, columns, rows) + 0.1 + rng.normal(0, noise, first.shape)
    found = estimate_offset(first[None], second[None], np.ones(first.shape, bool))
    assert found is not None
    assert found[:2] == pytest.approx((columns, rows), abs=0.15)


@settings(max_examples=15, deadline=None)
@given(seed=st.integers(0, 10_000), columns=st.integers(-10, 10), rows=st.integers(-10, 10))
def test_brightness_may_have_nothing_in_common(seed: int, columns: int, rows: int) -> None:
    """As with radar: the same parcels, each of another brightness, and speckle."""
    first = fields(seed)
    rng = np.random.default_rng(seed)
    levels, index = np.unique(np.round(ndimage.median_filter(first, 3), 2), return_inverse=True)
    other = rng.permutation(levels.size)[index].reshape(first.shape).astype(np.float32)
    second = moved(other, columns, rows) + rng.normal(0, 0.05 * levels.size, first.shape)
    found = estimate_offset(first[None], second[None], np.ones(first.shape, bool))
    assert found is None or found[:2] == pytest.approx((columns, rows), abs=1)


@pytest.mark.parametrize("holes", [False, True])
def test_unrelated_images_tell_nothing(holes: bool) -> None:
    """Of 802 such pairs one told something (confidence 10.6), none enough to be refused for (12)."""
    for seed in range(15):
        first, second = fields(seed), fields(seed + 20_000)
        valid = np.ones(first.shape, bool)
        if holes:  # the same hole in both is not a likeness
            valid[40:90, 60:120] = False
            first[~valid] = second[~valid] = 0
        assert estimate_offset(first[None], second[None], valid) is None


@pytest.mark.parametrize(
    ("first", "second"),
    [
        (np.zeros((100, 100)), np.zeros((100, 100))),
        (np.full((100, 100), 0.3), fields(1)[:100, :100]),
        (np.random.default_rng(0).normal(0, 1, (100, 100)), np.random.default_rng(1).normal(0, 1, (100, 100))),
        (fields(1)[:20, :20], fields(1)[:20, :20]),  # too small to tell
    ],
)
def test_featureless_images_tell_nothing(first: np.ndarray, second: np.ndarray) -> None:
    assert estimate_offset(first[None], second[None], np.ones(first.shape, bool)) is None


def test_clouds_over_a_third_do_not_decide() -> None:
    first = fields(5, (400, 700))
    second = moved(first, 3, -2)
    cloud = ndimage.gaussian_filter(np.random.default_rng(2).normal(0, 1, first.shape), 25)
    cloudy = cloud > np.quantile(cloud, 0.66)
    second[cloudy] = 0.9
    found = estimate_offset(first[None], second[None], np.ones(first.shape, bool))
    assert found is not None and found[:2] == pytest.approx((3, -2), abs=0.2)


# Onto one grid


def test_one_grid_is_used_as_it_is() -> None:
    first, second = scene(fields(1)), scene(fields(1), name="b.tif")
    found = register(first, second)
    assert found.scene is second and found.sentences == () and found.footprint.all()
    assert found.offset is not None and found.offset.metres == pytest.approx(0, abs=0.1)


def test_a_neighbouring_cut_of_one_grid_is_taken_over_exactly() -> None:
    land = fields(2, (200, 260))
    first = scene(land[:150, :200])
    second = scene(land[30:, 50:], west=500_500, north=4_999_700, name="b.tif")
    found = register(first, second)
    assert found.footprint[30:, 50:].all() and found.footprint.sum() == 120 * 150
    np.testing.assert_array_equal(found.scene.bands[:, 30:, 50:], first.bands[:, 30:, 50:])
    assert not found.scene.valid[:30].any() and (found.scene.bands[:, :30] == 0).all()
    assert len(found.sentences) == 1 and "covers 60.0 %" in found.sentences[0]
    both = restrict(first, found.footprint)
    assert both.valid.sum() == 120 * 150 and (both.rgb[:30] == 0).all()


@pytest.mark.parametrize(("size", "how"), [(2.5, "by averaging"), (7, "bilinearly"), (20, "bilinearly")])
def test_other_pixel_sizes_are_resampled_and_said(size: float, how: str) -> None:
    first = scene(fields(3, (160, 200)))
    rows = np.round(1600 / size).astype(int)
    columns = np.round(2000 / size).astype(int)
    fine = resample(first.bands, first.grid, Grid(UTM, Affine(size, 0, 5e5, 0, -size, 5e6), columns, rows))
    found = register(first, scene(fine, size=size, name="b.tif"))
    assert how in found.sentences[0] and "fit to about" in found.sentences[0] and len(found.sentences) == 1
    assert found.scene.grid == first.grid
    inner = found.scene.valid & (ndimage.gaussian_gradient_magnitude(first.bands[0], 1) < 0.002)
    np.testing.assert_allclose(found.scene.bands[:, inner], first.bands[:, inner], atol=0.02)


def test_averaging_keeps_the_mean_and_classes_are_never_mixed() -> None:
    coarse = Grid(UTM, Affine(40, 0, 5e5, 0, -40, 5e6), 10, 10)
    fine = Grid(UTM, Affine(10, 0, 5e5, 0, -10, 5e6), 40, 40)
    values = np.random.default_rng(0).uniform(0, 1, (40, 40))
    np.testing.assert_allclose(
        resample(values, fine, coarse), values.reshape(10, 4, 10, 4).mean(axis=(1, 3)), rtol=1e-5
    )
    classes = np.random.default_rng(0).choice([1, 200], (40, 40)).astype(np.uint8)
    assert set(np.unique(resample(classes, fine, coarse, categorical=True))) <= {1, 200}


def test_another_crs() -> None:
    first = scene(fields(4))
    west, south, east, north = pyproj.Transformer.from_crs(UTM, 4326, always_xy=True).transform_bounds(
        *first.grid.bounds
    )
    step = 0.0001
    degrees = Grid(
        pyproj.CRS(4326),
        Affine(step, 0, west - 0.001, 0, -step, north + 0.001),
        int((east - west) / step) + 20,
        int((north - south) / step) + 20,
    )
    there = resample(first.bands, first.grid, degrees)
    other = scene(there, name="b.tif")
    found = register(first, Scene(**{**vars(other), "grid": degrees}))
    assert "in EPSG:4326, " in found.sentences[0]
    assert found.offset is not None and found.offset.metres < 3
    assert found.scene.valid.mean() > 0.97


# An offset that should not be


@pytest.mark.parametrize(("columns", "rows", "said"), [(0.3, 0.2, None), (1.2, 0.0, "12 m (1.2 pixels)")])
def test_small_offsets_are_let_pass_and_those_over_half_a_pixel_told(
    columns: float, rows: float, said: str | None
) -> None:
    land = fields(6)
    found = register(scene(land), scene(moved(land, columns, rows), name="b.tif"))
    assert found.offset is not None and found.offset.metres == pytest.approx(10 * np.hypot(columns, rows), abs=1)
    assert (said in found.sentences[0]) if said else found.sentences == ()


def test_large_offsets_are_refused_allowed_or_moved_away() -> None:
    land = fields(7)
    first, second = scene(land), scene(moved(land, 4, -3), name="b.tif")
    with pytest.raises(SceneError, match=r"about 50 m \(5.0 pixels\) off 'a.tif'.*--on-offset shift"):
        register(first, second)
    allowed = register(first, second, on_offset="allow")
    assert allowed.scene is second and "may be the offset" in allowed.sentences[0]
    shifted = register(first, second, on_offset="shift")
    assert "was moved to fit" in shifted.sentences[0]
    inner = (slice(None), slice(20, -20), slice(20, -20))
    np.testing.assert_allclose(shifted.scene.bands[inner], first.bands[inner], atol=0.03)


def test_places_that_do_not_meet() -> None:
    with pytest.raises(SceneError, match="do not overlap: choose images of one place"):
        register(scene(fields(1)), scene(fields(1), west=600_000, name="b.tif"))
    half = fields(1)
    other = half.copy()
    half[:, :100] = other[:, 100:] = np.nan
    with pytest.raises(SceneError, match="no pixel with data in common"):
        register(scene(half), scene(other, name="b.tif"))


def test_a_file_beside_a_scene(raster: Callable[..., Path]) -> None:
    land = (fields(8, (300, 300)) * 10_000).astype(np.uint16)
    names = {"descriptions": ("B04", "B03", "B02")}
    first = open_scene(raster(np.stack([land] * 3), "a.tif", **names), extent=(500_500, 4_998_000, 502_000, 4_999_500))
    raster(np.stack([land] * 3), "b.tif", **names)
    path = Path(first.path).with_name("b.tif")
    found = open_beside(first, path)
    np.testing.assert_array_equal(found.scene.bands, first.bands)
    assert found.sentences == () and found.footprint.all()
    area = "POLYGON((500600 4999400, 501600 4999400, 501600 4998400, 500600 4998400, 500600 4999400))"
    limited = open_beside(first, path, polygon_wkt=area)
    assert limited.scene.valid.sum() == 100 * 100
    raster(np.stack([land] * 3), "far.tif", transform=Affine(10, 0, 700_000, 0, -10, 5e6), **names)
    with pytest.raises(SceneError, match="'a.tif' and 'far.tif' do not overlap"):
        open_beside(first, path.with_name("far.tif"))


# Real pairs


def found_in(pattern: str) -> list[Path]:
    found = sorted(SHARED.glob(pattern))
    if not found:
        pytest.skip(f"{pattern} is not in the shared data")
    return found


@pytest.mark.parametrize(("date", "radar"), [("20200604", "20200607"), ("20200813", "20200903")])
def test_radar_that_is_known_to_be_off_is_caught(date: str, radar: str) -> None:
    optical = open_scene(found_in(f"ssl4eo*/s2a/*/{date}*")[0])
    path = found_in(f"ssl4eo*/s1/*/*_{radar}T*")[0]
    with pytest.raises(SceneError, match="too far to compare them"):
        open_beside(optical, path, sar=True)
    found = open_beside(optical, path, sar=True, on_offset="allow")
    assert found.offset is not None and 35 < found.offset.metres < 60
    after = open_beside(optical, path, sar=True, on_offset="shift")
    assert "was moved to fit" in " ".join(after.sentences)
    again = estimate_offset(optical.bands, after.scene.bands, optical.valid & after.scene.valid)
    assert again is not None and np.hypot(*again[:2]) < 1


def test_radar_and_optical_images_that_fit_are_not_refused() -> None:
    for path in found_in("terramesh*/S2L2A/*.tif"):
        found = open_beside(open_scene(path), path.parents[1] / "S1RTC" / path.name, sar=True)
        assert all(f"'S1RTC/{path.name}' lies" in sentence for sentence in found.sentences)  # files of one name


@pytest.mark.parametrize("pattern", ["rufiji*/*.tif", "s2_pair*/*.tif", "chiapas*/LE7*.tif"])
def test_dates_of_one_place_fit_within_half_a_pixel(pattern: str) -> None:
    paths = found_in(pattern)
    first = open_scene(paths[0])
    for path in paths[1::4]:
        found = open_beside(first, path)
        assert found.offset is not None and found.offset.metres <= 0.5 * max(first.grid.pixel_size_m)
        assert found.sentences == ()


def test_aerial_images_on_grids_a_few_metres_apart() -> None:
    paths = found_in("naip*/*.tif")
    found = open_beside(open_scene(paths[0]), paths[1])
    assert "was resampled bilinearly" in found.sentences[0]
    assert found.offset is not None and found.offset.metres < 4
