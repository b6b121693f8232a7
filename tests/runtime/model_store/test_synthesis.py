"""Random models: the published names, shapes and ids; the same bytes for the same seed; finite, and loadable."""

from __future__ import annotations

import copy
import json
from math import prod
from pathlib import Path

import numpy as np
import pytest
import torch
from safetensors import safe_open

from model_runtime.__main__ import main
from model_runtime.errors import Cancelled
from model_runtime.model.checkpoint import load_model
from model_runtime.model.profile import ReasoningProfile
from model_runtime.model.published import PUBLISHED_8B
from model_runtime.model.reasoner import Finished, reason
from model_runtime.model.shards import read_folder
from model_runtime.model.vision import ModelImage
from model_runtime.model.vocabulary import TERRASCOPE_MARKS, Vocabulary
from model_runtime.model_store.shard_writer import Planned
from model_runtime.model_store.synthesis import SIZES, Recipe, _bfloat16, _numbers, recipe_8b
from tests.runtime.conftest import NANO

SMALL = copy.deepcopy(PUBLISHED_8B)
SMALL["vision_config"] |= {"hidden_size": 32, "intermediate_size": 64, "num_hidden_layers": 1, "num_attention_heads": 2}
SMALL["llm_config"] |= {
    "vocab_size": 400, "hidden_size": 32, "intermediate_size": 64, "num_hidden_layers": 2, "num_attention_heads": 4,
    "num_key_value_heads": 2,
}  # fmt: skip
SMALL["grounding_config"] = {
    "image_size": 256, "embed_dim": 8, "num_heads": 1, "stages": [1, 1, 2, 1], "global_att_blocks": [3], "d_model": 32,
    "mlp_dim": 64, "window_spec": [8, 4, 8, 4],
}  # fmt: skip


def make(recipe: Recipe, out: Path, seed: int = 0, shard_bytes: int = 200_000) -> Path:
    recipe.write(out, seed, shard_bytes, lambda fraction: None, lambda: False)
    return out


def content(folder: Path) -> dict[str, torch.Tensor]:
    found = {}
    for file in sorted(folder.glob("*.safetensors")):
        with safe_open(file, "pt") as shard:
            found |= {name: shard.get_tensor(name) for name in shard.keys()}  # noqa: SIM118 - not a dict
    return found


@pytest.fixture(scope="module")
def small(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return make(recipe_8b("BF16", SMALL), tmp_path_factory.mktemp("synth") / "small")


def test_the_8b_has_the_published_names_and_shapes(goldens: Path) -> None:
    published = json.loads((goldens / "expected_manifest_8b.json").read_text("utf-8"))
    made = recipe_8b("BF16")
    assert {tensor.name: list(tensor.shape) for tensor in made.tensors} == published
    assert 16.3e9 < sum(tensor.size_bytes for tensor in made.tensors) < 16.5e9


def test_mid_differs_from_the_8b_in_its_decoder_alone() -> None:
    sizes = {name: {t.name: t.shape for t in recipe_8b("BF16", config).tensors} for name, config in SIZES.items()}
    assert sizes["mid"].keys() < sizes["8b"].keys()  # fewer layers
    other = {name for name, shape in sizes["mid"].items() if sizes["8b"][name] != shape}
    assert {name.split(".")[0] for name in other} == {"language_model", "mlp1", "text_hidden_fcs"}
    decoder = sum(prod(shape) for name, shape in sizes["mid"].items() if name.startswith("language_model"))
    assert decoder == 24 * 14_912_384 + 2 * 151_685 * 896 + 896  # Qwen2.5-0.5B with a head of its own


def test_the_8b_has_the_published_ids(tmp_path: Path) -> None:
    recipe_8b("BF16").put_tokenizer(tmp_path)
    vocabulary = Vocabulary.read(tmp_path)
    assert len(vocabulary) == 151685
    assert [vocabulary.id_of(mark) for mark in TERRASCOPE_MARKS] == list(range(151674, 151685))
    assert [vocabulary.id_of(mark) for mark in ("<|im_end|>", "<img>", "<IMG_CONTEXT>")] == [151645, 151665, 151667]
    text = "How much forest? Ça fait 12 %."
    assert vocabulary.decode(vocabulary.encode(text)) == text


def test_it_loads_and_answers_with_finite_numbers(small: Path) -> None:
    model = load_model(small)
    assert all(tensor.isfinite().all() for tensor in content(small).values())
    with torch.inference_mode():
        image = ModelImage(np.random.default_rng(0).integers(0, 256, (60, 90, 3), np.uint8))
        tokens = model.visual_tokens(image, model.tiles(image, alone=True), None)
        decoded = model.grounding.decode(model.grounding.encode(image.rgb, None), torch.randn(1, 32))
    assert tokens.isfinite().all()
    assert decoded.logits.isfinite().all()
    profile = ReasoningProfile("published", "x", "centre", 8, "round_robin", True, max_new_tokens=3)
    assert isinstance(list(reason(model, [image], "?", profile))[-1], Finished)


def test_the_same_seed_gives_the_same_bytes(small: Path, tmp_path: Path) -> None:
    again = make(recipe_8b("BF16", SMALL), tmp_path / "again")
    files = sorted(path.name for path in small.iterdir())
    assert sorted(path.name for path in again.iterdir()) == files
    assert len(sorted(small.glob("*.safetensors"))) > 2
    for name in files:
        assert (small / name).read_bytes() == (again / name).read_bytes()


def test_files_of_another_length_hold_the_same_numbers(small: Path, tmp_path: Path) -> None:
    one = make(recipe_8b("BF16", SMALL), tmp_path / "one", shard_bytes=10**9)
    assert [file.name for file in sorted(one.glob("*.safetensors"))] == ["model.safetensors"]
    first, second = content(small), content(one)
    assert first.keys() == second.keys()
    assert all(torch.equal(first[name], second[name]) for name in first)


def test_another_seed_gives_other_numbers_and_every_tensor_has_its_own(small: Path, tmp_path: Path) -> None:
    first, second = content(small), content(make(recipe_8b("BF16", SMALL), tmp_path / "other", seed=1))
    name = "language_model.model.layers.{}.self_attn.q_proj.weight"
    assert not torch.equal(first[name.format(0)], second[name.format(0)])
    assert not torch.equal(first[name.format(0)], first[name.format(1)])
    head = first["language_model.lm_head.weight"].float()
    assert head.std().item() == pytest.approx(0.02, rel=0.02)
    assert abs(head.mean().item()) < 0.001
    positions = "grounding_encoder.sam2_model.sam_prompt_encoder.pe_layer.positional_encoding_gaussian_matrix"
    assert first[positions].float().std().item() == pytest.approx(1, rel=0.5)
    assert (first["language_model.model.norm.weight"] == 1).all()
    assert (first["mlp1.1.bias"] == 0).all()


def test_numbers_come_in_small_pieces() -> None:
    tensor = Planned("language_model.lm_head.weight", "F32", (3000, 1000))
    pieces = list(_numbers(tensor, 0))
    assert sum(piece.nbytes for piece in pieces) == tensor.size_bytes
    assert max(piece.nbytes for piece in pieces) <= 4 << 20


def test_bfloat16_is_rounded_as_torch_does() -> None:
    values = np.random.default_rng(0).standard_normal(10_000).astype(np.float32)
    expected = torch.from_numpy(values).bfloat16().view(torch.int16).numpy()
    np.testing.assert_array_equal(_bfloat16(values).view(np.int16), expected)


@pytest.mark.parametrize(
    ("option", "dtype"), [([], "F16"), (["--dtype", "bf16"], "BF16"), (["--dtype", "fp32"], "F32")]
)
def test_like_a_folder(tmp_path: Path, option: list[str], dtype: str, capsys: pytest.CaptureFixture[str]) -> None:
    out = tmp_path / "made"
    assert (
        main(["models", "synth", "--like", "nano", "--out", str(out), "--seed", "3", "--shard-mb", "4", *option]) == 0
    )
    made, original = read_folder(out), read_folder(NANO)
    assert {name: entry.shape for name, entry in made.items()} == {n: entry.shape for n, entry in original.items()}
    assert {entry.dtype for entry in made.values()} == {dtype}
    assert (out / "tokenizer.json").read_bytes() == (NANO / "tokenizer.json").read_bytes()
    config = json.loads((NANO / "config.json").read_text("utf-8"))
    assert json.loads((out / "config.json").read_text("utf-8")) == config | {
        "quality": "Random numbers: nothing it says means anything."
    }
    assert f"{sum(entry.size for entry in original.values()):,} random numbers" in capsys.readouterr().out
    assert [path.name for path in tmp_path.iterdir()] == ["made"]


def test_cancelled_it_leaves_nothing(tmp_path: Path) -> None:
    answers = iter([False] * 20 + [True])
    with pytest.raises(Cancelled):
        recipe_8b("BF16", SMALL).write(tmp_path / "new", 0, 1000, lambda fraction: None, lambda: next(answers))
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (["--like", "nano", "--out", "."], "is not empty"),
        (["--like", "nowhere", "--out", "x"], "There is no model 'nowhere'"),
        (["--like", "nano", "--out", "x", "--seed", "-1"], "-1 is less than 0"),
        (["--like", "nano", "--out", "x", "--dtype", "int4"], "invalid choice"),
        (["--like", "nano"], "--out"),
    ],
)
def test_bad_input_is_one_sentence(
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    arguments: list[str],
    sentence: str,
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "kept").write_text("x", "utf-8")
    try:
        code = main(["models", "synth", *arguments])
    except SystemExit as ended:
        code = ended.code
    said = capsys.readouterr().err
    assert code == 2
    assert said.count("\n") == 1
    assert sentence in said
    assert [path.name for path in tmp_path.iterdir()] == ["kept"]
