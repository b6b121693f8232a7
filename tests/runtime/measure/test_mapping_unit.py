from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as hnp
from scipy import ndimage

from model_runtime.measure.area import PixelAreas
from model_runtime.measure.mapping_unit import without_small_parts
from model_runtime.rasters import rows
from model_runtime.rasters.mask_file import MaskFile

from .conftest import make_grid

AREAS = PixelAreas(make_grid("utm", 12, 10))
PIXEL_HA = AREAS.area_ha(np.eye(1, 120, dtype=bool).reshape(10, 12))


@given(hnp.arrays(bool, (10, 12)), st.integers(0, 12))
def test_what_is_left_are_the_parts_of_so_many_pixels(mask: np.ndarray, least: int) -> None:
    found = without_small_parts(mask, AREAS, least * PIXEL_HA * 0.999)
    labels, count = ndimage.label(mask)
    sizes = ndimage.sum_labels(mask, labels, np.arange(count + 1))
    assert (found == (mask & (sizes[labels] >= least))).all()


def test_a_part_just_as_large_as_the_unit_stays() -> None:
    mask = np.zeros((10, 12), bool)
    mask[2:5, 3:7] = True
    assert without_small_parts(mask, AREAS, AREAS.area_ha(mask)).sum() == 12
    assert without_small_parts(mask, AREAS, AREAS.area_ha(mask) * 1.001).sum() == 0


def test_strips_give_the_same(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(rows, "PIXELS_AT_ONCE", 24)
    mask = np.random.default_rng(4).random((10, 12)) < 0.5
    found = without_small_parts(
        rows.rows_of(mask), AREAS, 3 * PIXEL_HA * 0.999, lambda: MaskFile(tmp_path / "a.mask", mask.shape)
    )
    assert (found[:] == without_small_parts(mask, AREAS, 3 * PIXEL_HA * 0.999)).all()
    assert 0 < found.count() < mask.sum()
