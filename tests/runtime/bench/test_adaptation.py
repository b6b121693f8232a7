"""What is timed is what is done: features once, then each way of showing; and answers, the later ones from memory."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
import rasterio

from model_runtime import pipeline
from model_runtime.bench.adaptation import _clicks, measure_answers, measure_head
from model_runtime.model_store.keeper import Keeper
from model_runtime.terra_cot.scene_files import write_scene
from model_runtime.terra_cot.vocabulary import LAND_COVER
from tests.runtime.model.small import write_small


def test_features_and_both_ways_of_showing_are_timed(tmp_path: Path) -> None:
    (tmp_path / "small").mkdir()
    write_small(tmp_path / "small")
    rows = measure_head(Keeper("cpu"), str(tmp_path / "small"), 96, 6)
    assert [row.what for row in rows] == ["features, once a scene", "clicks", "outlines"]
    assert all(0 < row.wall_s and 0 <= row.cpu_s for row in rows)


def test_only_answers_to_which_nothing_is_known_read_the_scene(
    nano_folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    reads: list[int] = []
    opened = pipeline.acquisitions.open_acquisitions
    monkeypatch.setattr(
        pipeline.acquisitions, "open_acquisitions", lambda *how: (reads.append(len(reads)), opened(*how))[1]
    )
    rows = measure_answers(Keeper("cpu"), str(nano_folder), 128, 4)
    assert len(rows) == 4
    assert len(reads) == 3  # one of them before the clock starts


def test_clicks_lie_on_what_they_are_called(tmp_path: Path) -> None:
    write_scene(tmp_path / "scene.tif", 256, 4)
    _, first, second = _clicks(tmp_path / "scene_labels.tif", 6)
    assert len(first) == len(second) == 6
    with rasterio.open(tmp_path / "scene_labels.tif") as file:
        for example in (*first, *second):
            x, y = (float(value) for value in example.wkt.strip("POINT()").split())
            assert LAND_COVER[int(np.asarray(list(file.sample([(x, y)])))[0, 0]) - 1] == example.phrase
