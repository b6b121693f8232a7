from __future__ import annotations

import io

import numpy as np
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import array_shapes, arrays
from PIL import Image

from model_runtime.evidence.png import png_bytes


def read(data: bytes) -> np.ndarray:
    with Image.open(io.BytesIO(data)) as image:
        image.verify()
    with Image.open(io.BytesIO(data)) as image:
        assert image.mode == "RGB"
        return np.asarray(image)


@given(st.data())
def test_pillow_reads_what_was_written(data: st.DataObject) -> None:
    height, width = data.draw(array_shapes(min_dims=2, max_dims=2, max_side=20))
    picture = data.draw(arrays(np.uint8, (height, width, 3)))
    np.testing.assert_array_equal(read(png_bytes(picture)), picture)


def test_rows_that_are_worked_on_apart_fit_together() -> None:
    picture = np.random.default_rng(1).integers(0, 256, (131, 7, 3), dtype=np.uint8)
    np.testing.assert_array_equal(read(png_bytes(picture)), picture)


def test_a_smooth_picture_is_no_larger_than_pillow_makes_it() -> None:
    noise = np.random.default_rng(2).integers(0, 256, (100, 100, 3), dtype=np.uint8)
    smooth = np.asarray(Image.fromarray(noise).resize((400, 400), Image.Resampling.BICUBIC))
    pillow = io.BytesIO()
    Image.fromarray(smooth).save(pillow, "PNG", compress_level=3)
    assert len(png_bytes(smooth)) < 1.05 * len(pillow.getvalue())
