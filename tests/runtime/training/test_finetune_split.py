"""Which labels are held out."""

from __future__ import annotations

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from model_runtime.training.finetune_split import hold_out


def _polygons(seed: int, classes: int, each: int) -> tuple[np.ndarray, np.ndarray]:
    """Squares of 3 x 3 pixels anywhere in 64 x 64: their classes and their numbers."""
    rng = np.random.default_rng(seed)
    codes, parts = np.zeros((64, 64), np.uint8), np.zeros((64, 64), np.int32)
    places = rng.permutation(21 * 21)[: classes * each]
    for number, place in enumerate(places):
        top, left = 3 * (place // 21), 3 * (place % 21)
        codes[top : top + 3, left : left + 3] = number % classes + 1
        parts[top : top + 3, left : left + 3] = number + 1
    return codes, parts


@settings(max_examples=60, deadline=None)
@given(st.integers(0, 10_000), st.integers(2, 5), st.integers(1, 20))
def test_no_polygon_is_parted_and_every_class_is_learnt(seed: int, classes: int, each: int) -> None:
    codes, parts = _polygons(seed, classes, each)
    (held,), warning = hold_out([codes], [parts], classes)
    for number in range(1, parts.max() + 1):
        assert len(np.unique(held[parts == number])) == 1
    learnt = np.unique(codes[(codes > 0) & ~held])
    np.testing.assert_array_equal(learnt, np.arange(1, classes + 1))
    judged = np.unique(codes[held & (codes > 0)])
    assert bool(warning) == (len(judged) < classes)


def test_about_a_quarter_of_many_polygons_is_held_out_of_every_class() -> None:
    codes, parts = _polygons(4, 3, 60)
    (held,), warning = hold_out([codes], [parts], 3)
    shares = [held[codes == code].mean() for code in (1, 2, 3)]
    assert not warning and all(0.1 < share < 0.45 for share in shares)


def test_a_raster_is_parted_along_blocks() -> None:
    codes = np.ones((64, 64), np.uint8)
    codes[:, ::2] = 2
    (held,), _ = hold_out([codes], [None], 2)
    assert held.mean() == 0.25
    blocks = held.reshape(8, 8, 8, 8).transpose(0, 2, 1, 3).reshape(64, 64)
    assert {float(row.mean()) for row in blocks} == {0.0, 1.0}


def test_what_is_labelled_in_one_place_is_learnt_and_not_held_out() -> None:
    codes, parts = np.zeros((20, 20), np.uint8), np.zeros((20, 20), np.int32)
    codes[2, 2], codes[17, 17], parts[2, 2], parts[17, 17] = 1, 2, 1, 2
    (held,), warning = hold_out([codes], [parts], 2)
    assert not held[codes > 0].any()
    assert "several places" in warning
