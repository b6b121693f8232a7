"""Random fields: the sums that they should be, the spread of their grains, a blur that loses nothing."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import ndimage
from scipy.interpolate import BSpline

from model_runtime.terra_cot.noise import blur, gamma_grain, lumps, normal_grain

_KERNEL = BSpline.basis_element([-2, -1, 0, 1, 2], extrapolate=False)


def _slow_lumps(rng: np.random.Generator, size: int, steps_px: list[float], weights: list[float]) -> np.ndarray:
    """The same draws, each value spread by its own B-spline."""
    total = np.zeros((size, size))
    for step, weight in zip(steps_px, weights, strict=True):
        count = int(np.ceil(size / step)) + 4
        values = rng.standard_normal((count, count), dtype=np.float32)
        at = (np.arange(size) + rng.uniform(0, step)) / step
        reach = np.nan_to_num(_KERNEL(at[:, None] + 1 - np.arange(count)))
        total += weight * reach @ values @ reach.T
    return total


@settings(max_examples=40, deadline=None)
@given(
    seed=st.integers(0, 2**64),
    size=st.integers(8, 70),
    steps=st.lists(st.floats(1.5, 90), min_size=1, max_size=5),
)
def test_lumps_are_sums_of_splines(seed: int, size: int, steps: list[float]) -> None:
    weights = [0.6**number for number in range(len(steps))]
    made = lumps(np.random.default_rng(seed), size, steps, weights)
    assert made.shape == (size, size) and made.dtype == np.float32
    np.testing.assert_allclose(made, _slow_lumps(np.random.default_rng(seed), size, steps, weights), atol=1e-4)


def test_grains_have_the_mean_and_spread_asked_for() -> None:
    rng = np.random.default_rng(0)
    noise = normal_grain(rng, (3, 300, 300), 0.2, 0.05)
    assert noise.dtype == np.float32 and noise.shape == (3, 300, 300)
    assert noise.mean() == pytest.approx(0.2, abs=5e-4) and noise.std() == pytest.approx(0.05, rel=0.01)
    assert ((noise - 0.2) ** 4).mean() / noise.var() ** 2 == pytest.approx(3, abs=0.05)
    for looks in (0.6, 4.4, 12.0):
        grain = gamma_grain(rng, (500, 500), looks)
        assert grain.min() >= 0
        assert grain.mean() == pytest.approx(1, abs=0.01) and 1 / grain.var() == pytest.approx(looks, rel=0.03)


@pytest.mark.parametrize("amount", [0.06, 0.25, 1 / 3])
def test_a_blur_is_a_three_tap_average_both_ways(amount: float) -> None:
    planes = np.random.default_rng(1).random((2, 40, 31)).astype(np.float32)
    taps = [amount, 1 - 2 * amount, amount]
    expected = [ndimage.correlate1d(ndimage.correlate1d(plane, taps, axis=0), taps, axis=1) for plane in planes]
    blur(planes, amount)
    np.testing.assert_allclose(planes, expected, atol=1e-6)
