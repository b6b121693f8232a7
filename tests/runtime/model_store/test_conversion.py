"""Meta's SAM-2 and an InternVL3 become one model folder: every number kept, the marks added, all else refused."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
import torch
from safetensors import safe_open
from safetensors.torch import load_file, save_file
from tokenizers import Tokenizer
from torch import Tensor

from model_runtime.__main__ import main
from model_runtime.errors import ModelError
from model_runtime.model.checkpoint import expected_tensors, load_model
from model_runtime.model.config import GroundingConfig, TerraScopeConfig
from model_runtime.model.vocabulary import TERRASCOPE_MARKS, Vocabulary
from model_runtime.model_store.conversion import sam2_sizes
from tests.runtime.model_store.conversion_inputs import BASE_WORDS, SAM2, SIZES, SMALL, write_inputs


@pytest.fixture(scope="module")
def inputs(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("inputs")
    write_inputs(folder)
    return folder


@pytest.fixture
def convert(inputs: Path, tmp_path: Path) -> Callable[..., int]:
    def run(**changed: object) -> int:
        arguments = {
            "sam2": inputs / "sam2.pt", "internvl": inputs / "internvl", "out": tmp_path / "made",
            "sam2-sizes": inputs / "sizes.json",
        } | {name.replace("_", "-"): value for name, value in changed.items()}  # fmt: skip
        words = [word for name, value in arguments.items() if value is not None for word in (f"--{name}", str(value))]
        return main(["models", "convert", *words])

    return run


def content(folder: Path) -> dict[str, Tensor]:
    found = {}
    for file in folder.glob("*.safetensors"):
        with safe_open(file, "pt") as shard:
            found |= {name: shard.get_tensor(name) for name in shard.keys()}  # noqa: SIM118 - not a dict
    return found


def same(first: Tensor, second: Tensor) -> bool:
    return first.dtype == second.dtype and torch.equal(first, second)


def test_every_number_is_kept_and_it_loads(convert: Callable[..., int], inputs: Path, tmp_path: Path) -> None:
    assert convert() == 0
    made, base = content(tmp_path / "made"), content(inputs / "internvl")
    sam2 = torch.load(inputs / "sam2.pt", weights_only=True)["model"]
    new = {f"text_hidden_fcs.{layer}.{leaf}" for layer in (0, 2) for leaf in ("weight", "bias")}
    renamed = {SAM2 + name.replace(".gamma", ".g_weight"): tensor for name, tensor in sam2.items()}
    assert made.keys() == base.keys() | renamed.keys() | new
    assert any(name.endswith("g_weight") for name in made)
    for name, tensor in (base | renamed).items():
        if "embed_tokens" not in name and "lm_head" not in name:
            assert same(made[name], tensor), name
    for name in new:
        assert made[name].abs().max() <= 32**-0.5
        assert made[name].unique().numel() > 10
    model = load_model(tmp_path / "made")
    assert model.vocabulary.id_of("[SEG]") == BASE_WORDS + 4
    assert torch.equal(model.text_hidden_fcs[0].weight, made["text_hidden_fcs.0.weight"])


@pytest.mark.parametrize("table", ["language_model.model.embed_tokens.weight", "language_model.lm_head.weight"])
def test_new_words_begin_as_the_mean_of_the_old(
    convert: Callable[..., int], inputs: Path, tmp_path: Path, table: str
) -> None:
    convert()
    made, old = content(tmp_path / "made")[table], content(inputs / "internvl")[table][:BASE_WORDS]
    assert made.shape == (BASE_WORDS + 11, 32)
    assert same(made[:BASE_WORDS], old)
    assert same(made[BASE_WORDS:], old.double().mean(0).bfloat16().repeat(11, 1))


def test_marks_come_behind_the_old_words_in_the_published_order(
    convert: Callable[..., int], inputs: Path, tmp_path: Path
) -> None:
    convert()
    before = Tokenizer.from_file(str(inputs / "internvl" / "tokenizer.json")).get_vocab()
    after = Tokenizer.from_file(str(tmp_path / "made" / "tokenizer.json")).get_vocab()
    assert {word: after[word] for word in before} == before
    assert [after[mark] for mark in TERRASCOPE_MARKS] == list(range(BASE_WORDS, BASE_WORDS + 11))
    vocabulary = Vocabulary.read(tmp_path / "made")
    assert vocabulary.encode("a [SEG]</think>")[-2:] == [BASE_WORDS + 4, BASE_WORDS + 1]


def test_the_config_changes_where_the_release_changes_it(
    convert: Callable[..., int], inputs: Path, tmp_path: Path
) -> None:
    convert()
    before, after = (
        json.loads((folder / "config.json").read_text("utf-8")) for folder in (inputs / "internvl", tmp_path / "made")
    )
    changed = {name for name in before.keys() | after.keys() if before.get(name) != after.get(name)}
    assert changed == {"model_type", "architectures", "auto_map", "template", "llm_config", "grounding_config"}
    assert after["llm_config"] == before["llm_config"] | {"vocab_size": BASE_WORDS + 11}
    assert (after["model_type"], after["template"]) == ("sa2va_chat", "qwen_chat")
    assert after["architectures"] == ["Sa2VAChatModel"]
    assert GroundingConfig.from_sizes(after["grounding_config"]) == GroundingConfig.from_sizes(SIZES)


def test_the_seed_makes_the_projection_and_nothing_else(convert: Callable[..., int], tmp_path: Path) -> None:
    for name, seed in (("a", 1), ("b", 1), ("c", 2)):
        convert(out=tmp_path / name, seed=seed)
    first, again, other = (content(tmp_path / name) for name in "abc")
    assert all(same(first[name], again[name]) for name in first)
    differing = {name for name in first if not same(first[name], other[name])}
    assert differing == {f"text_hidden_fcs.{layer}.{leaf}" for layer in (0, 2) for leaf in ("weight", "bias")}


@pytest.mark.parametrize(
    ("name", "sizes"),
    [
        ("tiny", {"embed_dim": 96, "num_heads": 1, "stages": (1, 2, 7, 2), "global_att_blocks": (5, 7, 9),
                  "window_spec": (8, 4, 14, 7)}),
        ("small", {"embed_dim": 96, "num_heads": 1, "stages": (1, 2, 11, 2), "global_att_blocks": (7, 10, 13),
                   "window_spec": (8, 4, 14, 7)}),
        ("base_plus", {"embed_dim": 112, "num_heads": 2, "stages": (2, 3, 16, 3), "global_att_blocks": (12, 16, 20),
                       "window_spec": (8, 4, 14, 7), "window_pos_embed_bkg_spatial_size": (14, 14)}),
        ("large", {}),
    ],
)  # fmt: skip
def test_metas_four_sizes_are_told_by_their_shapes(name: str, sizes: dict) -> None:
    wanted = GroundingConfig(**sizes)
    config = TerraScopeConfig.model_validate(SMALL).model_copy(update={"grounding_config": wanted})
    assert sam2_sizes(expected_tensors(config), f"sam2_hiera_{name}.pt") == wanted


def refusal(capsys: pytest.CaptureFixture[str], convert: Callable[..., int], **changed: object) -> str:
    assert convert(**changed) == 2
    said = capsys.readouterr()
    assert (said.out, said.err.count("\n")) == ("", 1)
    return said.err


def test_sam2_files_that_do_not_fit_are_refused(
    convert: Callable[..., int], inputs: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    state = torch.load(inputs / "sam2.pt", weights_only=True)["model"]
    newer, part, half = tmp_path / "newer.pt", tmp_path / "part.pt", tmp_path / "half.pt"
    torch.save({"model": state | {"no_obj_embed_spatial": torch.zeros(1, 64)}}, newer)
    torch.save({"model": {name: state[name] for name in list(state)[30:]}}, part)
    half.write_bytes((inputs / "sam2.pt").read_bytes()[:-500])
    assert "SAM 2.1" in refusal(capsys, convert, sam2=newer)
    assert "lacks" in refusal(capsys, convert, sam2=part)
    assert "half.pt" in refusal(capsys, convert, sam2=half)
    assert "stages [1, 1, 2, 1]" in refusal(capsys, convert, sam2_sizes=None)
    wrong = tmp_path / "wrong.json"
    wrong.write_text(json.dumps(SIZES | {"embed_dim": 16}), "utf-8")
    assert "but its config makes it" in refusal(capsys, convert, sam2_sizes=wrong)
    wrong.write_text(json.dumps(SIZES | {"embed_dim": "x"}), "utf-8")
    assert "not the sizes of a SAM-2" in refusal(capsys, convert, sam2_sizes=wrong)
    assert not (tmp_path / "made").exists()


def change_config(folder: Path, **changes: object) -> None:
    path = folder / "config.json"
    path.write_text(json.dumps(json.loads(path.read_text("utf-8")) | changes), "utf-8")


def test_internvl_folders_that_do_not_fit_are_refused(
    convert: Callable[..., int], inputs: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    def changed(change: Callable[[Path], None]) -> str:
        folder = tmp_path / "changed"
        shutil.rmtree(folder, ignore_errors=True)
        shutil.copytree(inputs / "internvl", folder)
        change(folder)
        return refusal(capsys, convert, internvl=folder)

    def few_words(folder: Path) -> None:
        for path in folder.glob("*.safetensors"):
            state = load_file(path)
            save_file({n: t[:300].clone() if "lm_head" in n else t for n, t in state.items()}, path)

    assert "folders whose names end in -hf" in changed(lambda folder: change_config(folder, model_type="internvl"))
    assert "ps_version" in changed(lambda folder: change_config(folder, ps_version="v1"))
    assert "config.json is missing" in changed(lambda folder: (folder / "config.json").unlink())
    assert "tokenizer.json" in changed(lambda folder: (folder / "tokenizer.json").unlink())
    assert "lacks" in changed(lambda folder: (folder / "model-00002-of-00002.safetensors").unlink())
    assert "too few for the 389 words" in changed(few_words)
    assert not (tmp_path / "made").exists()


def test_what_is_there_already_is_not_touched(
    convert: Callable[..., int], inputs: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert "is not empty" in refusal(capsys, convert, out=inputs / "internvl")


def test_unknown_sizes_name_the_file() -> None:
    with pytest.raises(ModelError, match="x.pt is not a whole SAM-2"):
        sam2_sizes({}, "x.pt")
