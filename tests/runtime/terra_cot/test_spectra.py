"""The spectral table says plausible things."""

from __future__ import annotations

import numpy as np
import pytest

from model_runtime.terra_cot.spectra import BANDS, CLASSES, CODE, LABEL, MATERIALS, MEAN, NUMBER, PARTNER, SPECTRA

RED, GREEN, BLUE, NIR, SWIR = (BANDS.index(name) for name in ("red", "green", "blue", "nir", "swir1"))


def _index(a: int, b: int) -> np.ndarray:
    return (MEAN[:, a] - MEAN[:, b]) / (MEAN[:, a] + MEAN[:, b])


def _of(name: str) -> np.ndarray:
    return LABEL == CODE[name]


def test_every_class_has_several_materials_and_every_row_a_source() -> None:
    for name in CLASSES:
        assert _of(name).sum() >= 3, name
    assert all(material.source for material in MATERIALS)
    assert len(NUMBER) == len(MATERIALS)  # no name twice
    assert PARTNER.max() < len(MATERIALS)


def test_reflectances_are_physical() -> None:
    assert (MEAN > 0).all() and (MEAN < 1).all()


def test_vegetation_index_separates_leaf_from_ground() -> None:
    ndvi = _index(NIR, RED)
    assert (ndvi[_of("trees")] > 0.4).all()
    assert (ndvi[_of("bare")] < 0.3).all()
    assert (ndvi[_of("built-up")] < 0.3).all()
    assert (ndvi[_of("snow and ice")] < 0.2).all()
    assert np.median(ndvi[_of("grassland")]) > 0.3


def test_water_is_darker_in_the_infrared_than_any_dry_ground() -> None:
    assert MEAN[_of("water"), SWIR].max() < 0.06
    assert (MEAN[_of("water"), NIR] <= MEAN[_of("water"), BANDS.index("red")] * 1.7).all()
    assert MEAN[_of("bare"), SWIR].min() > MEAN[_of("water"), SWIR].max()


def test_snow_is_bright_and_dark_in_swir_clouds_are_bright_in_both() -> None:
    ndsi = _index(GREEN, SWIR)
    assert (ndsi[_of("snow and ice")] > 0.4).all()
    assert (ndsi[_of("cloud")] < 0.4).all()
    assert (MEAN[_of("cloud"), BLUE] > 0.3).all()


@pytest.mark.parametrize("name", ["rangeland_dry", "crop_dry"])
def test_measured_rows_keep_their_measured_ratio(name: str) -> None:
    """Tanzania, terramesh: red about 1.35 times green, swir1 about 1.4 times nir."""
    row = MEAN[NUMBER[name]]
    assert row[RED] / row[GREEN] == pytest.approx(1.36, abs=0.08)
    assert row[SWIR] / row[NIR] == pytest.approx(1.40, abs=0.06)


def test_the_sixth_band_goes_with_the_fifth() -> None:
    assert SPECTRA.shape == (len(MATERIALS), 6)
    np.testing.assert_array_equal(SPECTRA[:, :5], MEAN)
    share = SPECTRA[:, 5] / SPECTRA[:, 4]
    assert (share > 0.45).all() and (share < 1.1).all()
    assert share[_of("trees")].mean() < share[_of("bare")].mean() - 0.15  # leaves hold water
    assert share[NUMBER["crop_dry"]] == pytest.approx(0.78, abs=0.03)  # Tanzania, terramesh
