"""Real labelled scenes in one file: what comes back is what went in, as far as sensors resolve it."""

from __future__ import annotations

from dataclasses import fields
from pathlib import Path

import numpy as np
import pytest

from model_runtime.errors import ModelError
from model_runtime.terra_cot.chance import seeded
from model_runtime.terra_cot.scenes import LabelledScene
from model_runtime.training.data import real_chip
from model_runtime.training.real import pack_real, read_real


def scenes() -> list[LabelledScene]:
    rng = np.random.default_rng(0)
    labels = rng.integers(0, 10, (40, 50), dtype=np.uint8)
    sar = rng.uniform(-30, 5, (2, 40, 50)).astype(np.float32)
    sar[:, :3] = np.nan
    shown = (rng.integers(0, 256, (3, 40, 50)) / 255).astype(np.float32)
    return [
        LabelledScene(
            rng.uniform(0, 1.2, (5, 40, 50)).astype(np.float32), labels, 10.0, (True,) * 5, True, None, "here", sar=sar
        ),
        LabelledScene(
            shown, labels, 30.0, (True, True, False), False, rng.integers(0, 512, (40, 50)).astype(np.uint16),
            "elsewhere", names=("red", "green", "blue"), surface=labels, date="2021-06-14",
        ),
    ]  # fmt: skip


def test_scenes_come_back(tmp_path: Path) -> None:
    pack_real(scenes(), tmp_path / "real.npz", 50)
    assert [path.name for path in tmp_path.iterdir()] == ["real.npz"]
    back = read_real(tmp_path / "real.npz")
    for before, after in zip(scenes(), back, strict=True):
        for field in fields(before):
            one, other = getattr(before, field.name), getattr(after, field.name)
            if isinstance(one, np.ndarray):
                assert one.dtype == other.dtype
                steps = {"bands": 5.1e-5, "sar": 5.1e-3}
                np.testing.assert_allclose(other, one, rtol=0, atol=steps.get(field.name, 0), equal_nan=True)
            else:
                assert one == other
    chip = real_chip(back[0], 64, seeded(1))
    assert chip.has_radar


def test_of_large_scenes_the_middle_is_kept(tmp_path: Path) -> None:
    pack_real(scenes(), tmp_path / "real.npz", 20)
    back = read_real(tmp_path / "real.npz")
    assert back[0].bands.shape == (5, 20, 20)
    assert np.array_equal(back[0].labels, scenes()[0].labels[10:30, 15:35])


def test_another_file_is_refused(tmp_path: Path) -> None:
    np.savez(tmp_path / "other.npz", values=np.zeros(3))
    (tmp_path / "text.npz").write_text("nothing")
    for name in ("other.npz", "text.npz", "missing.npz"):
        with pytest.raises(ModelError, match="pack-real"):
            read_real(tmp_path / name)
    with pytest.raises(ModelError, match="neither a folder"):
        read_real(tmp_path / "folder")
    assert read_real(None) == []
