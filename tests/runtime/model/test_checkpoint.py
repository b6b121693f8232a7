"""Folders in the published layout: what is written is read back, and what is wrong is refused in one sentence."""

from __future__ import annotations

import hashlib
import json
import re
import shutil
from collections import Counter
from collections.abc import Callable
from pathlib import Path

import pytest
import torch
from safetensors.torch import load_file, save_file
from torch import Tensor, nn

from model_runtime.errors import Cancelled, ModelError
from model_runtime.model import checkpoint
from model_runtime.model.checkpoint import check_tensors, expected_tensors, load_model
from model_runtime.model.config import GroundingConfig, TerraScopeConfig
from model_runtime.model.key_map import POINT_EMBEDDINGS, SHARED_POSITIONS, Place, placements, published_state
from model_runtime.model.published import PUBLISHED_8B
from model_runtime.model.shards import Entry
from model_runtime.model.terrascope import TerraScope
from model_runtime.model.weight_reader import WeightReader
from tests.runtime.model.small import write_small


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    write_small(tmp_path)
    return tmp_path


@pytest.fixture(scope="module")
def published_8b() -> TerraScopeConfig:
    return TerraScopeConfig.model_validate(PUBLISHED_8B)


def assert_equal(ours: dict[str, Tensor], theirs: dict[str, Tensor]) -> None:
    assert ours.keys() == theirs.keys()
    for name, value in ours.items():
        assert value.dtype == theirs[name].dtype
        assert torch.equal(value, theirs[name]), name


def test_round_trip(tmp_path: Path) -> None:
    made = write_small(tmp_path)
    read = load_model(tmp_path)
    assert_equal(made.state_dict(), read.state_dict())
    assert not any(p.requires_grad for p in read.parameters())
    assert not read.training
    assert read.info()["parameters"] == sum(p.numel() for p in made.parameters())
    assert re.fullmatch("[0-9a-f]{64}", str(read.info()["sha256"]))


def test_golden_checkpoint_keeps_its_published_names(golden_model: TerraScope, goldens: Path) -> None:
    index = json.loads((goldens / "checkpoint" / "model.safetensors.index.json").read_text("utf-8"))["weight_map"]
    state = published_state(golden_model.state_dict())
    needed = {key for key in index if placements(key)}
    assert len(needed) < len(index)  # the memory modules are there, and are passed over
    assert state.keys() == needed
    for shard in sorted(set(index.values())):
        for key, value in load_file(goldens / "checkpoint" / shard).items():
            assert key not in state or torch.equal(state[key], value)


def test_expected_tensors_of_the_8b(goldens: Path, published_8b: TerraScopeConfig) -> None:
    manifest = json.loads((goldens / "expected_manifest_8b.json").read_text("utf-8"))
    memory = {name for name in manifest if not placements(name)}
    assert len(manifest) == 1589
    assert len(memory) == 157  # of the memory and pointer modules
    assert expected_tensors(published_8b) == {
        name: tuple(shape) for name, shape in manifest.items() if name not in memory
    }


def test_every_place_of_the_8b_is_filled_exactly_once(published_8b: TerraScopeConfig) -> None:
    with torch.device("meta"):
        state = TerraScope(published_8b, None).state_dict()
    places = Counter(place for name in expected_tensors(published_8b) for place in placements(name))
    assert set(places.values()) == {1}
    rows = {Place(POINT_EMBEDDINGS, row=i) for i in range(4)}
    assert {place.name for place in places.keys() - rows} == state.keys() - {POINT_EMBEDDINGS, SHARED_POSITIONS}
    assert rows <= places.keys()
    assert Counter(place.third for place in places)[1] == 2 * 24  # the ViT's q, k and v weights and biases


def test_mixed_types(folder: Path) -> None:
    """The published files are expected to mix them (SPEC 2.1)."""
    state = load_file(folder / "model.safetensors")
    types = {"vision_model": torch.bfloat16, "language_model": torch.float16, "text_hidden_fcs": torch.float64}
    mixed = {name: value.to(types.get(name.split(".")[0], torch.float32)) for name, value in state.items()}
    save_file(mixed, folder / "model.safetensors")
    read = published_state(load_model(folder).state_dict())
    assert_equal(read, {name: value.float() for name, value in mixed.items()})
    half = published_state(load_model(folder, dtype=torch.bfloat16).state_dict())
    stem = {name for name in mixed if name.startswith("spectral_stem.")}
    assert_equal(
        half, {name: value.to(torch.float32 if name in stem else torch.bfloat16) for name, value in mixed.items()}
    )


def test_nothing_is_left_unfilled_and_positions_stay_exact(folder: Path) -> None:
    model = load_model(folder, dtype=torch.bfloat16)
    assert not any(tensor.is_meta for tensor in (*model.parameters(), *model.buffers()))
    frequencies = model.language_model.model.rotary_emb.inv_freq
    theta, half = model.config.llm_config.rope_theta, 4
    assert frequencies.dtype == torch.float32
    torch.testing.assert_close(frequencies, theta ** (-torch.arange(half) / half))
    positions = model.sam2.shared_image_embedding.positional_embedding
    assert model.sam2.prompt_encoder.shared_embedding.positional_embedding is positions


def split(folder: Path) -> None:
    """The small model in three shards with an index, alphabetically."""
    state = load_file(folder / "model.safetensors")
    (folder / "model.safetensors").unlink()
    names = sorted(state)
    weight_map = {}
    for i in range(3):
        file = f"model-{i}.safetensors"
        part = names[i::3]  # neighbours lie in different files
        save_file({name: state[name] for name in part}, folder / file)
        weight_map |= dict.fromkeys(part, file)
    (folder / "model.safetensors.index.json").write_text(json.dumps({"weight_map": weight_map}), "utf-8")


def test_shards_say_the_same_as_one_file(folder: Path) -> None:
    whole = load_model(folder).state_dict()
    split(folder)
    assert_equal(load_model(folder).state_dict(), whole)


def test_each_linear_layer_is_handed_over_when_it_is_complete(folder: Path) -> None:
    split(folder)
    seen: dict[str, nn.Linear] = {}

    def take(name: str, layer: nn.Linear) -> None:
        assert name not in seen
        seen[name] = layer
        assert not any(p.is_meta for p in layer.parameters())
        layer.weight = nn.Parameter(layer.weight.to(torch.float16), requires_grad=False)

    def check(_: float) -> None:
        """Between two tensors no complete layer waits for its turn."""
        complete = [layer for layer in seen.values() if layer.weight.dtype == torch.float16]
        assert len(complete) == len(seen)

    model = load_model(folder, on_linear=take, progress=check)
    layers = {name: layer for name, layer in model.named_modules() if isinstance(layer, nn.Linear)}
    assert layers == seen
    assert all(layer.weight.dtype == torch.float16 for layer in layers.values())  # what the hook made has stayed
    assert {"vision_model.encoder.layer.0.attention.k_proj", "language_model.lm_head", "mlp1.1"} <= layers.keys()


def test_a_linear_layer_is_handed_over_before_the_next_tensor_is_read(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    split(folder)
    story: list[str] = []
    read = WeightReader.pieces
    monkeypatch.setattr(WeightReader, "pieces", lambda *args: story.append("read") or read(*args))
    load_model(folder, on_linear=lambda name, layer: story.append(name))
    at = story.index("language_model.lm_head")
    assert story[at - 1] == story[at + 1] == "read"
    assert len([line for line in story if line == "read"]) == len(load_folder(folder))


def load_folder(folder: Path) -> dict[str, Tensor]:
    return {name: value for file in folder.glob("*.safetensors") for name, value in load_file(file).items()}


def test_progress_and_cancelling(folder: Path) -> None:
    told: list[float] = []
    load_model(folder, progress=told.append)
    assert told == sorted(told)
    assert len(told) == len(load_folder(folder))
    assert told[-1] == 1.0
    asked = iter([False, False, True])
    told.clear()
    with pytest.raises(Cancelled):
        load_model(folder, progress=told.append, cancelled=lambda: next(asked))
    assert len(told) == 2


def test_known_checksums_give_the_same_identity(folder: Path) -> None:
    split(folder)
    sums = {file.name: hashlib.sha256(file.read_bytes()).hexdigest() for file in folder.glob("*.safetensors")}
    computed = load_model(folder).info()["sha256"]
    assert load_model(folder, checksums=sums).info()["sha256"] == computed
    assert load_model(folder, checksums=sums | {"model-1.safetensors": "0" * 64}).info()["sha256"] != computed


def test_a_file_that_shrinks_while_it_is_read(folder: Path) -> None:
    def cut(_: float) -> None:
        (folder / "model.safetensors").write_bytes(b"")

    with pytest.raises(ModelError, match="became shorter"):
        load_model(folder, progress=cut)


def test_refuses_a_missing_mark(folder: Path) -> None:
    path = folder / "tokenizer.json"
    path.write_text(path.read_text("utf-8").replace("[SEG]", "[SAG]"), "utf-8")
    with pytest.raises(ModelError, match=r"\[SEG\]"):
        load_model(folder)


def test_refuses_a_tokenizer_of_another_model(folder: Path) -> None:
    path = folder / "config.json"
    config = json.loads(path.read_text("utf-8"))
    config["llm_config"]["vocab_size"] -= 1
    path.write_text(json.dumps(config), "utf-8")
    with pytest.raises(ModelError, match="tokenizer has more entries"):
        load_model(folder)


@pytest.mark.parametrize(
    ("change", "why"),
    [
        (lambda s: s.pop("mlp1.1.bias"), "lacks 1 tensors, the first is mlp1.1.bias"),
        (lambda s: s.update({"mlp1.9.bias": torch.zeros(3)}), "'mlp1.9.bias' has no place in the network"),
        (lambda s: s.update({"lora.a": torch.zeros(3)}), "does not know: 'lora.a'"),
        (
            lambda s: s.update({"vision_model.encoder.layers.9.norm1.bias": torch.zeros(32)}),
            "'vision_model.encoder.layers.9.norm1.bias' has no place",
        ),
        (  # our own name for a part of the published tensor must not fill its place a second time
            lambda s: s.update({"vision_model.encoder.layers.0.attention.q_proj.bias": torch.zeros(32)}),
            "has no place",
        ),
        (lambda s: s.update({"mlp1.1.bias": torch.zeros(3)}), "mlp1.1.bias is (3,), but its config makes it (32,)"),
        (lambda s: s.update({"mlp1.1.bias": torch.zeros(32, 1)}), "is (32, 1), but its config makes it (32,)"),
        (lambda s: s.update({"mlp1.1.bias": torch.zeros(32, dtype=torch.int8)}), "mlp1.1.bias holds I8 numbers"),
        (lambda s: s.update({"mlp1.1.bias": torch.zeros(32, dtype=torch.int64)}), "mlp1.1.bias holds I64 numbers"),
    ],
)
def test_refuses_wrong_tensors_before_reading_any(
    folder: Path, monkeypatch: pytest.MonkeyPatch, change: Callable[[dict[str, Tensor]], object], why: str
) -> None:
    state = load_file(folder / "model.safetensors")
    change(state)
    save_file(state, folder / "model.safetensors")
    monkeypatch.setattr(checkpoint, "WeightReader", None)
    with pytest.raises(ModelError, match=re.escape(why)):
        load_model(folder)


def test_a_number_in_a_name_may_be_too_long_for_one(published_8b: TerraScopeConfig) -> None:
    name = f"grounding_encoder.sam2_model.image_encoder.trunk.blocks.{'9' * 5000}.norm1.bias"
    with pytest.raises(ModelError, match="has no place"):
        check_tensors({name: Entry(Path("x"), "F32", (1,), 0, 4)}, published_8b)


def test_memory_modules_are_known_and_left_out(folder: Path) -> None:
    state = load_file(folder / "model.safetensors")
    sam2 = "grounding_encoder.sam2_model."
    state[f"{sam2}memory_encoder.fuser.layers.0.g_weight"] = torch.zeros(7)
    state[f"{sam2}maskmem_tpos_enc"] = torch.zeros(7, 1, 1, 64)
    state[f"{sam2}obj_ptr_proj.layers.0.weight"] = torch.zeros(3, 3, dtype=torch.int32)
    save_file(state, folder / "model.safetensors")
    load_model(folder)


def test_refuses_an_implied_sam2_of_another_size(
    goldens: Path, golden_grounding: GroundingConfig, tmp_path: Path
) -> None:
    """The golden config does not say which SAM-2 it comes with, and it is not the published one."""
    with pytest.raises(ModelError, match=r'SAM-2 is not Hiera-L.*"grounding_config"'):
        load_model(goldens / "checkpoint")
    shutil.copytree(goldens / "checkpoint", tmp_path / "copy", copy_function=shutil.copyfile)
    (tmp_path / "copy").chmod(0o755)
    config = json.loads((goldens / "checkpoint" / "config.json").read_text("utf-8"))
    config["grounding_config"] = json.loads((goldens / "sam2_tiny.json").read_text("utf-8"))
    (tmp_path / "copy" / "config.json").write_text(json.dumps(config), "utf-8")
    assert load_model(tmp_path / "copy").config.grounding_config == golden_grounding


@pytest.mark.parametrize(
    "change",
    [
        {"model_type": "llama"},
        {"template": "phi3_chat"},
        {"ps_version": "v1"},
        {"use_llm_lora": 16},
        {"llm_config": {}},
    ],
)
def test_refuses_other_configs(folder: Path, change: dict) -> None:
    path = folder / "config.json"
    path.write_text(json.dumps(json.loads(path.read_text("utf-8")) | change), "utf-8")
    with pytest.raises(ModelError, match=next(iter(change))):
        load_model(folder)


def test_refuses_weights_that_can_run_code(folder: Path) -> None:
    (folder / "model.safetensors").rename(folder / "pytorch_model.bin")
    with pytest.raises(ModelError, match=r"pytorch_model\.bin, a format that can run code"):
        load_model(folder)


def test_refuses_a_truncated_file(folder: Path) -> None:
    path = folder / "model.safetensors"
    path.write_bytes(path.read_bytes()[:-100])
    with pytest.raises(ModelError, match="damaged"):
        load_model(folder)


def test_refuses_an_empty_folder(tmp_path: Path) -> None:
    with pytest.raises(ModelError, match=r"config\.json is missing"):
        load_model(tmp_path)
