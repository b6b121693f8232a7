from __future__ import annotations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as hnp

from model_runtime.rasters.runs import runs_of

SHAPES = hnp.array_shapes(min_dims=2, max_dims=2, min_side=1, max_side=9)
RASTERS = st.one_of(hnp.arrays(bool, SHAPES), hnp.arrays(np.int32, SHAPES, elements=st.integers(0, 3)))


@given(RASTERS)
def test_painted_again_they_are_the_raster(values: np.ndarray) -> None:
    runs = runs_of(values)
    painted = np.zeros_like(values)
    for row, first, end, value in zip(*runs, strict=True):
        assert not painted[row, first:end].any()
        painted[row, first:end] = value
    assert (painted == values).all()
    assert runs.pixels.sum() == np.count_nonzero(values)
    assert (runs.value != 0).all()


@given(RASTERS)
def test_they_are_as_long_as_can_be_and_in_reading_order(values: np.ndarray) -> None:
    runs = runs_of(values)
    position = runs.row * (values.shape[1] + 1) + runs.first
    assert (np.diff(position) > 0).all()
    for one in range(len(runs.row) - 1):
        beside = runs.row[one] == runs.row[one + 1] and runs.end[one] == runs.first[one + 1]
        assert not beside or runs.value[one] != runs.value[one + 1]
