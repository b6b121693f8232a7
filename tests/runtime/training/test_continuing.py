"""A run that begins with a model of fewer bands computes what that model computes."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pytest
import torch

from model_runtime.errors import ModelError
from model_runtime.model.checkpoint import save_model
from model_runtime.model.config import InputConfig, read_config
from model_runtime.model.terrascope import TerraScope
from model_runtime.model.vision import ModelImage
from model_runtime.model.vocabulary import Vocabulary
from model_runtime.training.continuing import begin
from model_runtime.training.recipe import NANO_CONFIG
from tests.runtime.model.small import write_small

WANTED = InputConfig.model_validate(NANO_CONFIG["input_config"])
FIVE = {"bands": ["red", "green", "blue", "nir", "swir1"], "optional": ["nir", "swir1"]}


def with_five_bands(folder: Path) -> TerraScope:
    folder.mkdir()
    write_small(folder)
    config = json.loads((folder / "config.json").read_text("utf-8"))
    config["input_config"] = FIVE
    for part in ("vision_config", "grounding_config"):
        config[part]["num_channels"] = InputConfig.model_validate(FIVE).plane_count
    (folder / "config.json").write_text(json.dumps(config), "utf-8")
    torch.manual_seed(3)
    model = TerraScope(read_config(folder), Vocabulary.read(folder)).eval().requires_grad_(False)
    save_model(model, folder, torch.float32)
    return model


@torch.inference_mode()
def test_more_bands_change_nothing_at_first(tmp_path: Path) -> None:
    old = with_five_bands(tmp_path / "old")
    (tmp_path / "wide").mkdir()
    wide = write_small(tmp_path / "wide", seed=1)
    begin(tmp_path / "run", tmp_path / "old", WANTED)
    state = {}
    for stage in ("stage1", "stage2"):
        saved = torch.load(tmp_path / "run" / f"{stage}.pt", weights_only=True)
        assert saved["share"] == 0
        state |= saved["state"]
    wide.load_state_dict(state)
    bands = np.random.default_rng(0).random((4, 70, 90), dtype=np.float32)
    rgb = (bands[:3] * 255).astype(np.uint8).transpose(1, 2, 0)
    image = ModelImage(rgb, bands, ("red", "green", "blue", "nir"), True)
    for model in (old, wide):
        assert model.config.input_config is not None
    planes = [model.planes(image) for model in (old, wide)]
    tokens = [m.visual_tokens(image, m.tiles(image, alone=True), p) for m, p in zip((old, wide), planes, strict=True)]
    torch.testing.assert_close(tokens[1], tokens[0])
    features = [m.grounding.encode(rgb, p) for m, p in zip((old, wide), planes, strict=True)]
    for one, other in zip(features[0].levels, features[1].levels, strict=True):
        torch.testing.assert_close(other, one)


def test_refuses_a_model_without_bands_or_with_others(tmp_path: Path, golden_folder: Path) -> None:
    with pytest.raises(ModelError, match="8-bit RGB only"):
        begin(tmp_path / "run", golden_folder, WANTED)
    (tmp_path / "wide").mkdir()
    write_small(tmp_path / "wide")
    with pytest.raises(ModelError, match="which this run's model does not"):
        begin(tmp_path / "run", tmp_path / "wide", InputConfig.model_validate(FIVE))
    assert not (tmp_path / "run").exists()
