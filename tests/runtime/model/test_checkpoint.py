"""Folders in the published layout: what is written is read back, and what is wrong is refused in one sentence."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest
import torch
from safetensors.torch import load_file, save_file

from model_runtime.errors import ModelError
from model_runtime.model.checkpoint import load_model
from model_runtime.model.key_map import placements, published_state
from model_runtime.model.terrascope import TerraScope
from tests.runtime.model.small import write_small


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    write_small(tmp_path)
    return tmp_path


def test_round_trip(tmp_path: Path) -> None:
    made = write_small(tmp_path)
    read = load_model(tmp_path)
    ours, theirs = made.state_dict(), read.state_dict()
    assert ours.keys() == theirs.keys()
    assert all(torch.equal(ours[name], theirs[name]) for name in ours)
    assert read.info()["parameters"] == sum(p.numel() for p in made.parameters())
    assert re.fullmatch("[0-9a-f]{64}", str(read.info()["sha256"]))


def test_golden_checkpoint_keeps_its_published_names(golden_model: TerraScope, goldens: Path) -> None:
    index = json.loads((goldens / "checkpoint" / "model.safetensors.index.json").read_text("utf-8"))["weight_map"]
    state = published_state(golden_model.state_dict())
    needed = {key for key in index if placements(key)}
    assert state.keys() == needed
    for shard in sorted(set(index.values())):
        for key, value in load_file(goldens / "checkpoint" / shard).items():
            assert key not in state or torch.equal(state[key], value)


def test_every_published_name_of_the_8b_has_a_place(goldens: Path) -> None:
    manifest = json.loads((goldens / "expected_manifest_8b.json").read_text("utf-8"))
    names = manifest if isinstance(manifest, list) else list(manifest.get("tensors", manifest))
    placed = [name for name in names if placements(name)]
    assert len(names) == 1589
    assert len(placed) == 1432  # all but the 157 tensors of the memory and pointer modules


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        ({"model_type": "llama"}, "model_type"),
        ({"template": "phi3_chat"}, "template"),
        ({"ps_version": "v1"}, "ps_version"),
        ({"use_llm_lora": 16}, "use_llm_lora"),
        ({"llm_config": {}}, "llm_config.vocab_size"),
    ],
)
def test_refuses_other_configs(folder: Path, change: dict, sentence: str) -> None:
    path = folder / "config.json"
    path.write_text(json.dumps(json.loads(path.read_text("utf-8")) | change), "utf-8")
    with pytest.raises(ModelError, match=re.escape(sentence)):
        load_model(folder)


def test_refuses_a_missing_mark(folder: Path) -> None:
    path = folder / "tokenizer.json"
    path.write_text(path.read_text("utf-8").replace("[SEG]", "[SAG]"), "utf-8")
    with pytest.raises(ModelError, match=r"\[SEG\]"):
        load_model(folder)


@pytest.mark.parametrize("kind", ["missing", "extra", "shape"])
def test_refuses_wrong_tensors(folder: Path, kind: str) -> None:
    path = folder / "model.safetensors"
    state = load_file(path)
    if kind == "missing":
        del state["mlp1.1.bias"]
    elif kind == "extra":
        state["mlp1.9.bias"] = torch.zeros(3)
    else:
        state["mlp1.1.bias"] = torch.zeros(3)
    save_file(state, path)
    with pytest.raises(ModelError):
        load_model(folder)


def test_refuses_a_truncated_file(folder: Path) -> None:
    path = folder / "model.safetensors"
    path.write_bytes(path.read_bytes()[:-100])
    with pytest.raises(ModelError, match="damaged"):
        load_model(folder)


def test_refuses_an_index_that_points_outside(folder: Path) -> None:
    index = {"weight_map": {"mlp1.1.bias": "../model.safetensors"}}
    (folder / "model.safetensors.index.json").write_text(json.dumps(index), "utf-8")
    with pytest.raises(ModelError, match="outside its own folder"):
        load_model(folder)


def test_refuses_an_empty_folder(tmp_path: Path) -> None:
    with pytest.raises(ModelError, match=r"config\.json is missing"):
        load_model(tmp_path)
