"""Masks as run lengths: what is encoded comes back, and is what COCO's format says it is."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis.extra import numpy as arrays

from model_runtime.terra_cot.entries import Entry, Place, decode, encode

pytest.importorskip("pycocotools", reason="the extra `data` is not installed")

MASKS = arrays.arrays(bool, arrays.array_shapes(min_dims=2, max_dims=2, min_side=1, max_side=70))


@given(MASKS)
def test_a_mask_comes_back(mask: np.ndarray) -> None:
    np.testing.assert_array_equal(decode(encode(mask)), mask)


@given(MASKS)
def test_the_counts_are_cocos_runs_down_the_columns(mask: np.ndarray) -> None:
    rle = encode(mask)
    assert (rle.height, rle.width) == mask.shape
    flat = np.concatenate([np.repeat(value % 2 == 1, run) for value, run in enumerate(runs(rle.counts))])
    np.testing.assert_array_equal(flat, mask.ravel(order="F"))


def runs(counts: str) -> list[int]:
    """Decode COCO's counts by hand.

    Six bits a character, five of them of a number with its sign; from the third run on, a difference to the run before
    the last.
    """
    numbers: list[int] = []
    value, shift = 0, 0
    for character in counts:
        bits = ord(character) - 48
        value |= (bits & 0x1F) << shift
        shift += 5
        if not bits & 0x20:
            if bits & 0x10:
                value -= 1 << shift
            numbers.append(value + numbers[-2] if len(numbers) > 2 else value)
            value, shift = 0, 0
    return numbers


@pytest.mark.parametrize(
    ("text", "answer"),
    [
        ("<think>I see.</think><answer>12 ha</answer>", "12 ha"),
        ("<think>I see.</think><caption>Two\nlines.</caption>", "Two\nlines."),
        ("no blocks at all", "no blocks at all"),
    ],
)
def test_the_answer_is_that_of_the_text(text: str, answer: str) -> None:
    place = Place("s", "r", "p", "train", "", "", 10.0, None)
    assert Entry("1", place, "L1", "area", "?", text, True, (), (), (), ()).answer == answer
