from __future__ import annotations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import array_shapes, arrays

from model_runtime.scene.values import Scaling, display, display_top, percentile

SHARES = st.floats(0, 100)
REFLECTANCE = Scaling(np.full(3, 1e-4), np.zeros(3), True, "made up")


@given(st.data(), st.sampled_from((np.uint8, np.uint16, np.float32)), st.lists(SHARES, min_size=1, max_size=3))
def test_percentiles_are_those_of_numpy(data: st.DataObject, dtype: type, shares: list[float]) -> None:
    elements = st.floats(0, 1e6, width=32) if dtype is np.float32 else None
    numbers = data.draw(arrays(dtype, array_shapes(max_dims=2, max_side=9), elements=elements))
    np.testing.assert_array_equal(percentile(numbers, shares), np.percentile(numbers, shares))
    np.testing.assert_array_equal(percentile(numbers, shares[0]), np.percentile(numbers, shares[0]))


@given(arrays(bool, (5, 7)), arrays(np.float32, (3, 5, 7), elements=st.sampled_from((0.1, 0.25, 0.31, 0.9))))
def test_the_picture_of_bright_ground_reaches_further(valid: np.ndarray, rgb: np.ndarray) -> None:
    ground = rgb[:, valid]
    bright = ground.size > 0 and (ground > 0.3).mean() > 0.5
    top = display_top(rgb, valid, REFLECTANCE)
    assert top == (1.0 if bright else 0.3)
    picture, _ = display(rgb, valid, REFLECTANCE)
    expected = np.clip(rgb * (255 / top) + 0.5, 0, 255).astype(np.uint8).transpose(1, 2, 0)
    np.testing.assert_array_equal(picture, expected * valid[..., None])
