"""Rasters are cut into windows that do not overlap and lose only narrow rests."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from model_runtime.terra_cot.records import SPLITS, BrokenRecord, Item
from model_runtime.terra_cot.scenes import LabelledScene
from model_runtime.terra_cot.sources.places import hold_out
from model_runtime.terra_cot.sources.windows import LEAST_PX, WINDOW_PX, crop, slices, window_name, window_of, windows


@given(st.integers(1, 1500), st.integers(1, 1500))
def test_windows_cover_a_raster_once_but_for_narrow_rests(height: int, width: int) -> None:
    seen = np.zeros((height, width), np.uint8)
    for row, column in windows(height, width):
        part = seen[slices(row, column)]
        assert part.size and max(part.shape) <= WINDOW_PX
        part += 1
    assert seen.max() == 1
    left_out = (np.count_nonzero(~seen.any(axis=1)), np.count_nonzero(~seen.any(axis=0)))
    assert max(left_out) < LEAST_PX
    if min(height, width) >= WINDOW_PX:
        assert all(min(seen[slices(*at)].shape) >= LEAST_PX for at in windows(height, width))


@given(st.text("ab_rc019./", min_size=1, max_size=12), st.integers(0, 999), st.integers(0, 999))
def test_names_of_windows_are_read_back(raster: str, row: int, column: int) -> None:
    assert window_of(window_name(raster, row, column)) == (raster, row, column)


def test_a_name_of_no_window_is_a_broken_record() -> None:
    with pytest.raises(BrokenRecord, match="no window called"):
        window_of("field")


def test_a_window_takes_all_layers_along() -> None:
    values = np.arange(300 * 300).reshape(300, 300)
    layers = np.stack([values] * 3).astype(np.float32)
    labels, allowed = (values % 9).astype(np.uint8), (values % 512).astype(np.uint16)
    scene = LabelledScene(layers, labels, 10.0, (True,) * 3, True, allowed, "here", sar=layers[:2])
    part = crop(scene, 1, 0)
    np.testing.assert_array_equal(part.labels, scene.labels[256:, :256])
    np.testing.assert_array_equal(part.allowed, scene.allowed[256:, :256])
    np.testing.assert_array_equal(part.sar, scene.sar[:, 256:, :256])
    np.testing.assert_array_equal(part.bands, scene.bands[:, 256:, :256])
    with pytest.raises(BrokenRecord, match="no window"):
        crop(scene, 2, 0)


@given(st.lists(st.tuples(st.integers(0, 5), st.sampled_from([None, *SPLITS])), max_size=30))
def test_no_place_is_in_two_parts_and_what_is_held_out_stays_so(drawn: list[tuple[int, str | None]]) -> None:
    items = [Item(str(number), f"place {place}", split) for number, (place, split) in enumerate(drawn)]
    kept = hold_out(items)
    assert [item.name for item in kept] == [item.name for item in items]
    for place in {item.place for item in kept}:
        assert len({item.split for item in kept if item.place == place}) == 1
    for before, after in zip(items, kept, strict=True):
        if before.split is not None:
            assert SPLITS.index(after.split) >= SPLITS.index(before.split)
