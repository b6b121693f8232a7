"""What is kept for judging is never learnt from."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from model_runtime.terra_cot.scenes import LabelledScene
from model_runtime.terra_cot.sources import iter_real
from model_runtime.training.held_out import HELD_OUT, to_judge_by, to_train_on
from model_runtime.training.real import pack_real, read_real

SHARED = Path(__file__).parents[4] / "shared"


def scene(place: str) -> LabelledScene:
    labels = np.ones((8, 8), np.uint8)
    return LabelledScene(np.zeros((5, 8, 8), np.float32), labels, 10.0, (True,) * 5, True, None, place)


def test_a_packed_file_that_has_them_does_not_give_them(tmp_path: Path) -> None:
    pack_real([scene("terramesh here"), scene(HELD_OUT[-1])], tmp_path / "real.npz", 8)
    assert [s.place for s in read_real(tmp_path / "real.npz")] == ["terramesh here"]


def test_a_scene_is_either_learnt_from_or_judged_by() -> None:
    scenes = [scene(name) for name in (*HELD_OUT, "amazon other", "zion landsat 8")]
    assert [s.place for s in to_train_on(scenes)] == ["amazon other", "zion landsat 8"]
    assert [s.place for s in to_judge_by(scenes)] == list(HELD_OUT)


@pytest.mark.skipif(not (SHARED / "data").is_dir(), reason="../shared/data is not here")
def test_every_held_out_place_is_there() -> None:
    """A name that no scene has would hold nothing out."""
    assert {s.place for s in to_judge_by(iter_real(SHARED))} == set(HELD_OUT)
