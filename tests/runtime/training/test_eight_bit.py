"""Reflectance as 8-bit files show it."""

from __future__ import annotations

import random

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from model_runtime.training import eight_bit as kinds
from model_runtime.training.eight_bit import eight_bit


def reflectance(count: int, seed: int) -> np.ndarray:
    return np.random.default_rng(seed).uniform(0, 0.6, (count, 16, 16)).astype(np.float32)


@given(st.integers(3, 6), st.integers(0, 10_000))
def test_values_are_those_of_eight_bits(count: int, seed: int) -> None:
    shown = eight_bit(reflectance(count, seed), random.Random(seed))
    assert shown.dtype == np.float32
    assert shown.shape == (count, 16, 16)
    assert shown.min() >= 0
    assert shown.max() <= 1
    np.testing.assert_allclose(shown * 255, np.round(shown * 255), atol=1e-4)


@given(st.integers(3, 6), st.integers(0, 10_000))
def test_what_is_brighter_stays_so(count: int, seed: int) -> None:
    """Whatever the kind, the order of a band's pixels is kept: it is one curve for the whole image."""
    bands = reflectance(count, seed)
    shown = eight_bit(bands, random.Random(seed))
    for before, after in zip(bands, shown, strict=True):
        assert (np.diff(after.ravel()[before.ravel().argsort()]) >= 0).all()


def test_landsat_counts_are_those_of_its_calibration() -> None:
    """Landsat 7, high gain, sun 37 degrees from the zenith: red of reflectance 0.1 is 0.1 * 1551 * 0.8 / pi radiance.

    Of the 152.9 W/(m2 sr um) that fill 255 counts (Chander et al. 2009), that is 0.258.
    """
    assert kinds._COUNTS[1][0] * 0.1 == pytest.approx(0.1 * 1551 * 0.8 / np.pi / 152.9, rel=0.03)
    assert kinds._COUNTS[1][3] * 0.1 == pytest.approx(0.1 * 1044 * 0.8 / np.pi / 157.4, rel=0.03)
    assert kinds._COUNTS[2][3] * 0.1 == pytest.approx(0.1 * 1044 * 0.8 / np.pi / 241.1, rel=0.03)
    assert kinds._COUNTS[0][4] * 0.1 == pytest.approx(0.1 * 220 * 0.8 / np.pi / 30.2, rel=0.06)


def test_every_kind_occurs() -> None:
    """Counts keep the air in the blue; a stretch spreads what is nearly alike over most of the range."""
    dark = np.full((3, 16, 16), 0.01, np.float32)
    pale = np.random.default_rng(0).uniform(0.2, 0.3, (3, 16, 16)).astype(np.float32)
    air = [eight_bit(dark, random.Random(seed))[:, 8, 8] for seed in range(60)]
    spread = [np.ptp(eight_bit(pale, random.Random(seed))) for seed in range(60)]
    assert 5 < sum(blue > red + 0.05 for red, _, blue in air) < 30
    assert 5 < sum(range_ > 0.6 for range_ in spread) < 30
