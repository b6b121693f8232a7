from __future__ import annotations

import string

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays
from PIL import Image
from scipy import ndimage

from model_runtime.evidence.drawing import fill, fitted, outline, resized, typeface, wrap

SHAPE = (9, 11)
COLOURS = ((250, 10, 90), (0, 128, 255))
masks_of_a_picture = st.lists(arrays(bool, SHAPE), max_size=2)


@given(arrays(np.uint8, (*SHAPE, 3)), masks_of_a_picture)
def test_a_filled_picture_is_rounded_once(picture: np.ndarray, masks: list[np.ndarray]) -> None:
    drawn = list(zip(masks, COLOURS, strict=False))
    exact = picture.astype(np.float32)
    for mask, colour in drawn:
        exact[mask] = exact[mask] * (1 - 0.38) + np.float32(colour) * 0.38
    in_floats, in_bytes = picture.astype(np.float32), picture.copy()
    fill(in_floats, drawn, 0.38)
    fill(in_bytes, drawn, 0.38)
    np.testing.assert_array_equal(in_floats, exact)
    np.testing.assert_array_equal(in_bytes, exact.round().astype(np.uint8))


@given(masks_of_a_picture, st.integers(1, 3))
def test_outlines_are_the_inner_edges(masks: list[np.ndarray], width_px: int) -> None:
    drawn = list(zip(masks, COLOURS, strict=False))
    canvas, expected = np.full((*SHAPE, 3), 7, np.uint8), np.full((*SHAPE, 3), 7, np.uint8)
    outline(canvas, drawn, width_px)
    for mask, colour in drawn:
        expected[mask & ~ndimage.binary_erosion(mask, iterations=width_px, border_value=1)] = colour
    np.testing.assert_array_equal(canvas, expected)


@given(arrays(bool, SHAPE))
def test_a_mask_that_grows_keeps_its_edges(mask: np.ndarray) -> None:
    grown = resized(mask, (22, 18), False)
    np.testing.assert_array_equal(grown, mask.repeat(2, axis=0).repeat(2, axis=1))
    shrunk = np.asarray(Image.fromarray(grown.astype(np.uint8) * 255).resize((11, 9), Image.Resampling.BOX)) > 127
    np.testing.assert_array_equal(resized(grown, (11, 9), True), shrunk)


@given(arrays(bool, (30, 40)))
def test_a_mask_that_shrinks_keeps_what_is_small(mask: np.ndarray) -> None:
    shown = np.asarray(Image.fromarray(mask.astype(np.uint8) * 255).resize((13, 11), Image.Resampling.BOX))
    small = (shown > 40) & ~ndimage.binary_dilation(shown > 127, iterations=2)
    np.testing.assert_array_equal(resized(mask, (13, 11), True), (shown > 127) | small)


@given(st.text(string.ascii_letters + string.digits + " .,±é水", max_size=60), st.integers(0, 300))
def test_text_is_cut_as_late_as_it_fits(text: str, width: int) -> None:
    font = typeface(16)
    found = fitted(text, font, width)
    if font.getlength(text) <= width:
        assert found == text
        return
    assert found.endswith("…") and text.startswith(found[:-1])
    assert found == "…" or font.getlength(found) <= width
    assert font.getlength(text[: len(found)] + "…") > width or len(found) > len(text)


@pytest.mark.parametrize("text", ["a\x1eb c\x00d", "\ud800x", "\u202eabc", "\x7f" * 40])
def test_what_cannot_be_drawn_is_a_space(text: str) -> None:
    font = typeface(20)
    for line in (fitted(text, font, 200), *wrap(text, font, 30, 3)):
        assert line.isprintable()
        assert font.getlength(line) <= 200
