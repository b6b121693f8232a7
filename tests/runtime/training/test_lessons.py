"""Labelled parts of scenes and the windows that are cut out of them."""

from __future__ import annotations

import random

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from model_runtime.training.data import BANDS
from model_runtime.training.lessons import Lesson, kept_bands, look_batch, squares
from model_runtime.training.losses import class_targets


def lesson_of(codes: np.ndarray, held_out: np.ndarray | None = None) -> Lesson:
    """A lesson whose red band counts its pixels."""
    bands = np.zeros((len(BANDS), *codes.shape), np.float32)
    bands[0] = np.arange(codes.size).reshape(codes.shape)
    held = np.zeros(codes.shape, bool) if held_out is None else held_out
    return Lesson(
        bands, np.arange(len(BANDS)) < 6, True, 10.0, codes.astype(np.uint8), held, np.ones(codes.shape, bool)
    )


@settings(max_examples=40, deadline=None)
@given(st.integers(3, 40), st.integers(3, 40), st.integers(8, 32), st.data())
def test_squares_have_every_label_once_and_lie_inside(height: int, width: int, size: int, data: st.DataObject) -> None:
    codes = np.zeros((height, width), np.uint8)
    for _ in range(3):
        codes[data.draw(st.integers(0, height - 1)), data.draw(st.integers(0, width - 1))] = 1
    seen = np.zeros(codes.shape, bool)
    for top, left in squares(lesson_of(codes), size, held_out=False):
        assert 0 <= top <= max(0, height - size) and 0 <= left <= max(0, width - size)
        seen[top : top + size, left : left + size] = True
    assert seen[codes > 0].all()


@settings(max_examples=40, deadline=None)
@given(st.integers(2, 20), st.integers(2, 20), st.integers(1, 50))
def test_a_chip_beyond_the_scene_is_mirrored(height: int, width: int, size: int) -> None:
    lesson = lesson_of(np.ones((height, width)))
    expected = np.pad(lesson.bands[0], ((0, max(0, size - height)), (0, max(0, size - width))), mode="symmetric")
    np.testing.assert_array_equal(lesson.chip(0, 0, size).bands[0], expected[:size, :size])


def test_only_labels_of_the_asked_kind_decide_anything() -> None:
    codes = np.zeros((16, 16), np.uint8)
    codes[:4], codes[4:8] = 1, 2
    held = np.zeros(codes.shape, bool)
    held[:, 8:] = True
    batch = look_batch([lesson_of(codes, held).chip(0, 0, 16)], 2)
    target, known = class_targets(batch.allowed.int(), batch.true.int(), batch.classes.int())
    wanted = ((codes > 0) & ~held).astype(np.float32)
    for k in range(2):
        np.testing.assert_array_equal(known[0, k].numpy(), wanted)
        np.testing.assert_array_equal(target[0, k].numpy(), wanted * (codes == k + 1))


def test_fifteen_classes_are_told_apart() -> None:
    codes = np.arange(16, dtype=np.uint8).reshape(4, 4)
    batch = look_batch([lesson_of(codes).chip(0, 0, 4)], 15)
    target, _ = class_targets(batch.allowed.int(), batch.true.int(), batch.classes.int())
    np.testing.assert_array_equal((target[0].numpy() * np.arange(1, 16)[:, None, None]).sum(0), codes)


def test_bands_are_taken_from_the_end_and_three_stay() -> None:
    present = np.array([1, 1, 1, 1, 1, 1, 0, 0], bool)
    counts = {int(kept_bands(present, random.Random(seed)).sum()) for seed in range(30)}  # nosec B311
    assert counts == {3, 4, 5}
    few = np.array([1, 1, 0, 0, 0, 0, 0, 0], bool)
    np.testing.assert_array_equal(kept_bands(few, random.Random(1)), few)  # nosec B311
