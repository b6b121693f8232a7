"""Models that were taught: what their folder holds, and what they are made of when loaded."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
import torch

from model_runtime.errors import ModelError
from model_runtime.model.checkpoint import load_model
from model_runtime.model.delta import changed, save_delta
from model_runtime.model.shards import read_folder
from model_runtime.model.terrascope import TerraScope

GROWN = "language_model.lm_head.weight"


@pytest.fixture
def base(nano_folder: Path) -> TerraScope:
    return load_model(nano_folder, dtype=torch.float32)


@pytest.fixture
def taught(nano_folder: Path, base: TerraScope, tmp_path: Path) -> tuple[Path, TerraScope]:
    """A folder of a model with one bias changed and two rows more of the vocabulary, and the model itself."""
    before = {name: tensor.clone() for name, tensor in base.state_dict().items()}
    model = load_model(nano_folder, dtype=torch.float32)
    with torch.no_grad():
        model.spectral_stem.mix.bias += 1
        for layer in (model.language_model.lm_head, model.language_model.get_input_embeddings()):
            layer.weight = torch.nn.Parameter(torch.cat([layer.weight, torch.ones(2, layer.weight.shape[1])]))
    folder = tmp_path / "taught"
    folder.mkdir()
    save_delta(changed(before, model.state_dict()), folder)
    said = json.loads((nano_folder / "config.json").read_text("utf-8"))
    said["llm_config"]["vocab_size"] += 2
    said["taught"] = {"base": "nano", "base_name": "nano", "base_sha256": base.identity["sha256"], "classes": ["heath"]}
    (folder / "config.json").write_text(json.dumps(said), "utf-8")
    (folder / "tokenizer.json").write_bytes((nano_folder / "tokenizer.json").read_bytes())
    return folder, model


def test_only_what_changed_is_written(taught: tuple[Path, TerraScope]) -> None:
    names = {"spectral_stem.mix.bias", GROWN, "language_model.model.embed_tokens.weight"}
    assert set(read_folder(taught[0])) == names


def test_a_loaded_delta_is_the_model_that_was_taught(taught: tuple[Path, TerraScope], nano_folder: Path) -> None:
    folder, model = taught
    loaded = load_model(folder, dtype=torch.float32, base=nano_folder).state_dict()
    for name, tensor in model.state_dict().items():
        assert torch.equal(loaded[name], tensor.half().float() if tensor.is_floating_point() else tensor), name


def test_linear_layers_are_told_of_once_and_complete(taught: tuple[Path, TerraScope], nano_folder: Path) -> None:
    told: list[str] = []
    load_model(taught[0], dtype=torch.float32, base=nano_folder, on_linear=lambda name, layer: told.append(name))
    assert len(told) == len(set(told)) and {"spectral_stem.mix", "language_model.lm_head"} <= set(told)


def test_a_delta_has_an_identity_of_its_own(
    taught: tuple[Path, TerraScope], nano_folder: Path, base: TerraScope
) -> None:
    first, again = (load_model(taught[0], base=nano_folder).identity["sha256"] for _ in range(2))
    assert first == again != base.identity["sha256"]


def test_without_its_base_it_is_refused(taught: tuple[Path, TerraScope]) -> None:
    with pytest.raises(ModelError, match="lacks|taught from nano"):
        load_model(taught[0])


def test_another_revision_of_the_base_is_refused(taught: tuple[Path, TerraScope], nano_folder: Path) -> None:
    path = taught[0] / "config.json"
    said = json.loads(path.read_text("utf-8"))
    said["taught"]["base_sha256"] = "0" * 64
    path.write_text(json.dumps(said), "utf-8")
    with pytest.raises(ModelError, match="another revision of nano"):
        load_model(taught[0], base=nano_folder)
