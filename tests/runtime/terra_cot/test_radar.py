"""The radar image: levels of the classes, speckle, weather."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
import rasterio
from scipy import ndimage

from model_runtime.terra_cot import light
from model_runtime.terra_cot.dates import generate_dates
from model_runtime.terra_cot.radar import ECHOES, Orbit, Weather, backscatter, speckle
from model_runtime.terra_cot.scenes import paint
from model_runtime.terra_cot.spectra import CLASSES, CODE, MATERIALS

SHARED = Path(__file__).resolve().parents[3].parent / "shared" / "data" / "terramesh_s1s2_lulc"
STEADY = Orbit(38.0, 0.0, False, -28.0)
DRY, MOIST = Weather(0.0, -1.0, 0.0), Weather(0.0, 1.0, 0.0)


@pytest.fixture(scope="module")
def levels() -> dict[str, np.ndarray]:
    """Per class: mean VV and VH in dB (of the power) and their spread inside a scene, (scenes, 4)."""
    found: dict[str, list] = {name: [] for name in CLASSES}
    for seed in range(120):
        scene = generate_dates(96, seed)[0]
        for name in CLASSES:
            where = scene.surface == CODE[name]
            if where.sum() > 150:
                power = 10 ** (scene.sar[:, where] / 10)
                found[name].append([*10 * np.log10(power.mean(1)), *scene.sar[:, where].std(1)])
    return {name: np.array(rows) for name, rows in found.items() if rows}


def test_every_material_has_an_echo_and_vh_is_weaker() -> None:
    assert set(ECHOES) == {material.name for material in MATERIALS}
    assert all(-36 < vh < vv - 3 and vv < 0 for vv, vh in ECHOES.values())


@pytest.mark.parametrize(
    ("name", "vv", "vh"),
    [
        ("water", (-22, -14), (-27, -20)),
        ("trees", (-11, -7), (-16, -12)),
        ("cropland", (-14, -8), (-20, -14)),
        ("grassland", (-14, -8), (-20, -14)),
        ("built-up", (-9, -3), (-16, -10)),
        ("bare", (-16, -9), (-23, -16)),
        ("snow and ice", (-19, -11), (-25, -17)),
        ("wetland", (-11, -6), (-18, -13)),
    ],
)
def test_classes_lie_where_sentinel_1_sees_them(
    levels: dict[str, np.ndarray], name: str, vv: tuple[float, float], vh: tuple[float, float]
) -> None:
    middle = np.median(levels[name], axis=0)
    assert vv[0] < middle[0] < vv[1] and vh[0] < middle[1] < vh[1], middle


def test_classes_stand_apart_as_they_should(levels: dict[str, np.ndarray]) -> None:
    vv, vh = ({name: np.median(rows[:, band]) for name, rows in levels.items()} for band in (0, 1))
    assert vv["built-up"] > vv["trees"] + 2 and vv["wetland"] > vv["grassland"] + 1.5
    assert vh["trees"] > vh["grassland"] + 1.5 and vh["trees"] > vh["cropland"] + 1.5
    assert max(vv, key=vv.get) == "built-up" and min(vv, key=vv.get) == "water" and min(vh, key=vh.get) == "water"


@pytest.mark.skipif(not SHARED.is_dir(), reason="the shared data is not here")
@pytest.mark.parametrize(
    ("file", "code", "name"),
    [
        ("637U_59R_1_3.tif", 2, "trees"),
        ("637U_59R_1_3.tif", 4, "cropland"),
        ("637U_59R_1_3.tif", 9, "grassland"),
        ("637U_59R_1_3.tif", 5, "built-up"),
        ("38D_378R_2_3.tif", 4, "cropland"),
        ("38D_378R_2_3.tif", 9, "grassland"),
        ("609U_541L_3_0.tif", 7, "snow and ice"),
    ],
)
def test_real_sentinel_1_lies_within_the_generated_scenes(
    levels: dict[str, np.ndarray], file: str, code: int, name: str
) -> None:
    with rasterio.open(SHARED / "S1RTC" / file) as image, rasterio.open(SHARED / "LULC" / file) as cover:
        real = image.read()[:, cover.read(1) == code].astype(float)
    mean = 10 * np.log10((10 ** (real / 10)).mean(1))
    rows = levels[name]
    for band in range(2):
        assert rows[:, band].min() - 0.5 < mean[band] < rows[:, band].max() + 0.5
        assert 0.5 < np.median(rows[:, 2 + band]) / real[band].std() < 1.5  # its labels are coarse


def test_speckle_is_that_of_4_to_5_looks_and_correlated() -> None:
    values = speckle(np.random.default_rng(0), 400, 10.0, 4.4)
    assert values.mean() == pytest.approx(1, abs=0.01) and values.min() > 0
    assert values.mean() ** 2 / values.var() == pytest.approx(4.4, rel=0.06)
    assert np.corrcoef(values[:, 1:].ravel(), values[:, :-1].ravel())[0, 1] == pytest.approx(2 / 3, abs=0.03)
    assert np.corrcoef(values[2:].ravel(), values[:-2].ravel())[0, 1] == pytest.approx(1 / 6, abs=0.03)


def test_larger_pixels_have_less_speckle_and_smaller_ones_coarser() -> None:
    rng = np.random.default_rng(1)
    variance = {step: speckle(rng, 300, step, 4.4).var() for step in (10.0, 15.0, 20.0, 30.0)}
    assert variance[10.0] > variance[15.0] > variance[20.0] > variance[30.0]
    fine = speckle(rng, 301, 5.0, 4.4)
    assert fine.shape == (301, 301) and np.isfinite(fine).all()
    assert np.corrcoef(fine[:, 1:].ravel(), fine[:, :-1].ravel())[0, 1] > 0.85


def _mean_db(seed: int, name: str, orbit: Orbit, weather: Weather) -> np.ndarray:
    ground = paint(np.random.default_rng(seed), 96)
    look = light.draw_look(ground.canvas, ground.used)
    image = backscatter(ground, look, orbit, weather, np.random.default_rng(0))
    return image[:, ground.labels() == CODE[name]].mean(1)


def _seed_with(name: str) -> int:
    return next(seed for seed in range(200) if (generate_dates(96, seed)[0].surface == CODE[name]).mean() > 0.25)


def test_wind_brightens_water_and_moisture_the_ground_and_thaw_dims_snow() -> None:
    water, bare, snow = _seed_with("water"), _seed_with("bare"), _seed_with("snow and ice")
    windy, thaw = Weather(0.8, -1.0, 0.0), Weather(0.0, -1.0, 5.0)
    gain = _mean_db(water, "water", STEADY, windy) - _mean_db(water, "water", STEADY, DRY)
    assert gain[0] > 4 and gain[0] > gain[1] > 0
    assert (_mean_db(bare, "bare", STEADY, MOIST) > _mean_db(bare, "bare", STEADY, DRY) + 1).all()
    dimmed = _mean_db(snow, "snow and ice", STEADY, DRY) - _mean_db(snow, "snow and ice", STEADY, thaw)
    assert 2 < dimmed[0] < 6


def test_flattened_images_are_brighter_by_the_cosine() -> None:
    seed = _seed_with("trees")
    gamma = Orbit(38.0, 0.0, True, -28.0)
    step = _mean_db(seed, "trees", gamma, DRY) - _mean_db(seed, "trees", STEADY, DRY)
    np.testing.assert_allclose(step, -10 * np.log10(np.cos(np.deg2rad(38))), atol=0.35)


def test_a_cloud_leaves_no_trace_in_the_radar() -> None:
    clear, clouded = (generate_dates(128, 3, cloud_share=share)[0] for share in (0.0, 0.6))
    np.testing.assert_array_equal(clear.sar, clouded.sar)
    shown = ndimage.binary_erosion(clouded.labels == CODE["cloud"], iterations=2)
    assert shown.mean() > 0.2
    assert np.abs(clear.bands - clouded.bands)[:, shown].mean() > 0.1
