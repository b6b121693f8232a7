from __future__ import annotations

from pathlib import Path

import numpy as np
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from model_runtime.measure import exclusive
from model_runtime.measure.exclusive import shared_out
from model_runtime.rasters import rows
from model_runtime.rasters.mask_file import MaskFile

MASKS = st.integers(1, 4).flatmap(lambda count: arrays(bool, (count, 7, 5)))
SCORES = st.lists(st.sampled_from([0.1, 0.5, 0.9]), min_size=4, max_size=4)


@given(MASKS, SCORES)
def test_each_pixel_is_the_best_mask_s_and_none_is_lost(masks: np.ndarray, scores: list[float]) -> None:
    own = np.stack(shared_out(list(masks), scores[: len(masks)]))
    assert (own.sum(axis=0) == masks.any(axis=0)).all()
    assert not (own & ~masks).any()
    best = np.where(masks, np.array(scores[: len(masks)])[:, None, None], -1).argmax(axis=0)
    assert (own.argmax(axis=0) == best)[masks.any(axis=0)].all()


def test_strips_give_the_same(tmp_path: Path, monkeypatch: object) -> None:
    monkeypatch.setattr(rows, "PIXELS_AT_ONCE", 10)
    masks = np.random.default_rng(1).random((3, 9, 5)) < 0.6
    scores = [0.2, 0.9, 0.2]
    on_disk = [rows.rows_of(mask) for mask in masks]
    own = exclusive.shared_out(on_disk, scores, lambda i: MaskFile(tmp_path / f"{i}.mask", (9, 5)))
    for found, expected in zip(own, shared_out(list(masks), scores), strict=True):
        assert (found[:] == expected).all()
