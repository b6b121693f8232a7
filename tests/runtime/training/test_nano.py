"""A whole training run of a few seconds: it goes on where it stopped, and what it exports answers."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
import torch

from model_runtime import protocol
from model_runtime.errors import ModelError
from model_runtime.model.checkpoint import load_model
from model_runtime.model.profile import ReasoningProfile
from model_runtime.model.reasoner import Finished, reason
from model_runtime.model.vision import ModelImage
from model_runtime.training import nano
from model_runtime.training.data import SceneCache
from model_runtime.training.recipe import RECIPE
from model_runtime.training.tokenizer import train_tokenizer

SHORT = nano.Means(minutes=0.02)


@pytest.fixture
def run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    small = replace(RECIPE, stage1_batch=1, stage2_scenes=1, stage2_questions=2, text_questions=2)
    monkeypatch.setattr(nano, "RECIPE", small)
    SceneCache.build(tmp_path / "places", 2, 256, first_seed=5, workers=1)
    train_tokenizer(small, tmp_path, texts=300)
    return tmp_path


def test_both_stages_go_on_and_export_a_model_that_runs(run: Path) -> None:
    with pytest.raises(ModelError, match="stage1"):
        nano.export(run, run / "model")
    nano.run_stage1(run, None, SHORT)
    half = torch.load(run / "stage1.pt", weights_only=True)
    nano.run_stage2(run, SHORT)
    torch.save({**half, "share": 0.5}, run / "stage1.pt")  # as if it had been stopped half way
    nano.run_stage1(run, None, replace(SHORT, workers=1))
    nano.run_stage2(run, replace(SHORT, workers=1))
    ended = torch.load(run / "stage1.pt", weights_only=True)
    assert ended["share"] == 1
    moved = [(ended["state"][name] - half["state"][name]).abs().max() for name in half["state"]]
    assert 0 < max(moved) < 1  # went on from where it was: neither untouched nor drawn anew
    figures = {"rgb": {"water": {"iou": 0.25, "coverage_error_pct": 9.5}}}
    nano.export(run, run / "model", quality="two seconds of training", class_quality=figures)
    model = load_model(run / "model")
    assert protocol.ModelInfo(**model.info()).model_dump()["class_quality"] == figures
    assert model.info()["quality"] == "two seconds of training"
    assert 5_000_000 <= model.info()["parameters"] <= 12_000_000
    assert (run / "model" / "model.safetensors").stat().st_size <= 16_000_000
    image = ModelImage(np.zeros((64, 64, 3), np.uint8), np.full((3, 64, 64), 0.1, np.float32), ("red", "green", "blue"))
    profile = replace(ReasoningProfile.named("paper", measured=False), max_new_tokens=20)
    assert isinstance(list(reason(model, [image], "How much water?", profile))[-1], Finished)
