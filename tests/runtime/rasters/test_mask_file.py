from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from model_runtime.rasters.mask_file import MaskFile
from model_runtime.rasters.rows import rows_of
from model_runtime.rasters.values_file import ValuesFile

SHAPE = (11, 21)
VALUES = np.random.default_rng(2).random(SHAPE) < 0.5


@pytest.fixture
def file(tmp_path: Path) -> MaskFile:
    made = MaskFile(tmp_path / "a.mask", SHAPE)
    for first in range(0, SHAPE[0], 4):
        made.append(VALUES[first : first + 4])
    return made


@given(st.integers(0, 10), st.integers(0, 20), st.integers(1, 14), st.integers(1, 25))
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_windows_are_those_of_the_mask(file: MaskFile, top: int, left: int, height: int, width: int) -> None:
    expected = VALUES[top : top + height, left : left + width]
    for raster in (file, rows_of(VALUES), file & VALUES):
        found = raster.window(top, left, height, width)
        assert found.dtype == bool
        np.testing.assert_array_equal(found, expected)


def test_rows_come_back_and_what_broke_off_does_not(file: MaskFile, tmp_path: Path) -> None:
    np.testing.assert_array_equal(file[:], VALUES)
    begun = MaskFile(tmp_path / "b.mask", SHAPE)
    begun.append(VALUES[:4], {"rows": 4})
    begun.append(VALUES[4:8])  # killed before it was said what they are
    again = MaskFile(tmp_path / "b.mask", SHAPE, goes_on=True)
    assert (again.written, again.notes) == (4, [{"rows": 4}])
    again.append(VALUES[4:])
    np.testing.assert_array_equal(again[:], VALUES)


def test_numbers_come_back_in_half_precision(tmp_path: Path) -> None:
    values = np.random.default_rng(3).normal(0, 5, SHAPE).astype(np.float32)
    made = ValuesFile(tmp_path / "a.values", SHAPE)
    made.append(values[:7])
    made.append(values[7:])
    np.testing.assert_array_equal(made[:], values.astype(np.float16))
    np.testing.assert_array_equal(made[3:9], values[3:9].astype(np.float16))
