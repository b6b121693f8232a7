"""Adapters learn beside the weights, and what is written has them merged under the published names."""

from __future__ import annotations

from pathlib import Path

import pytest
import torch

from model_runtime.model.checkpoint import load_model, save_state
from model_runtime.model.key_map import published_state
from model_runtime.model.profile import ReasoningProfile
from model_runtime.model.terrascope import TerraScope
from model_runtime.training.conversations import Mark
from model_runtime.training.forward import forward
from model_runtime.training.lora import add_adapters, merged_state
from tests.runtime.training.small_training import block, image, talk, write_small_model

PAPER = ReasoningProfile.named("paper", measured=False)


@pytest.fixture
def adapted(tmp_path: Path) -> tuple[TerraScope, Path]:
    """A model whose adapters are not at their beginning any more."""
    pytest.importorskip("peft")
    model = write_small_model(tmp_path / "base")
    add_adapters(model, 4)
    torch.manual_seed(3)
    with torch.no_grad():
        for name, value in model.named_parameters():
            if "lora_B" in name:
                value.normal_(0, 0.2)
    return model.eval(), tmp_path / "base"


def test_only_adapters_of_every_linear_layer_learn(adapted: tuple[TerraScope, Path]) -> None:
    model, _ = adapted
    learning = [name for name, value in model.language_model.named_parameters() if value.requires_grad]
    assert learning
    assert all(".lora_" in name for name in learning)
    layers = model.config.llm_config.num_hidden_layers
    assert len(learning) == 2 * 7 * layers  # A and B of q, k, v, o, gate, up and down


@torch.no_grad()
def test_a_model_with_merged_adapters_is_the_same(adapted: tuple[TerraScope, Path], tmp_path: Path) -> None:
    model, base = adapted
    asked = talk("asked", [image(1)], Mark("water", 0, block(0, 0, 32)))
    with_adapters = forward(model, [asked], PAPER)
    before = forward(load_model(base), [asked], PAPER)
    out = tmp_path / "merged"
    out.mkdir()
    for name in ("config.json", "tokenizer.json"):
        (out / name).write_bytes((base / name).read_bytes())
    save_state(merged_state(model), out, torch.float32)
    merged = forward(load_model(out), [asked], PAPER)
    assert torch.allclose(with_adapters.logits, merged.logits, atol=1e-3)
    assert not torch.allclose(before.logits, merged.logits, atol=1e-2)


def test_names_are_the_published_ones_and_the_model_stays_as_it_was(adapted: tuple[TerraScope, Path]) -> None:
    model, base = adapted
    before = {name: value.clone() for name, value in model.state_dict().items()}
    names = set(published_state(merged_state(model)))
    assert names == set(published_state(load_model(base).state_dict()))
    assert all(torch.equal(value, before[name]) for name, value in model.state_dict().items())
