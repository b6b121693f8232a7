"""What a folder's headers say, in the paper's rows, without reading its weights."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

from model_runtime.__main__ import main
from model_runtime.errors import ModelError
from model_runtime.model.config import read_config
from model_runtime.model.shards import INDEX, read_folder
from model_runtime.model_store.devices import Device
from model_runtime.model_store.inspection import Inspection, describe, inspect
from model_runtime.model_store.shard_writer import _header, _split
from model_runtime.model_store.synthesis import recipe_8b
from tests.runtime.conftest import NANO

ROOT = Path(__file__).resolve().parents[3]
GPU = Device("cuda", 12_000_000_000, ("bf16", "int8", "int4"))


@pytest.fixture(scope="module")
def hollow_8b(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The published model's config, tokenizer and headers; where its 16 GB would be, files have holes."""
    folder = tmp_path_factory.mktemp("hollow")
    recipe = recipe_8b("BF16")
    (folder / "config.json").write_text(json.dumps(recipe.config), "utf-8")
    recipe.put_tokenizer(folder)
    index = {}
    for number, shard in enumerate(_split(recipe.tensors, 5_000_000_000)):
        name = f"model-{number}.safetensors"
        index |= {tensor.name: name for tensor in shard}
        with (folder / name).open("wb") as stream:
            header = _header(shard)
            stream.write(header)
            stream.truncate(len(header) + sum(tensor.size_bytes for tensor in shard))
    (folder / INDEX).write_text(json.dumps({"weight_map": index}), "utf-8")
    return folder


@pytest.fixture(scope="module")
def found(hollow_8b: Path) -> Inspection:
    return inspect(hollow_8b, GPU)


def test_the_8b_in_the_rows_of_table_c(found: Inspection) -> None:
    """SPEC 1: ViT 0.304 + projector 0.028 + Qwen2.5 7.613, SAM2-L 0.224 (encoder 0.213, decoder 0.004), fcs 0.014."""
    rows = {module.name: module.parameters / 1e9 for module in found.modules}
    assert rows["vision encoder"] == pytest.approx(0.304, abs=5e-4)
    assert rows["projector"] == pytest.approx(0.028, abs=5e-4)
    assert rows["language model"] == pytest.approx(7.613, abs=5e-4)
    assert rows["SAM-2 image encoder"] == pytest.approx(0.213, abs=5e-4)
    assert rows["SAM-2 mask decoder"] == pytest.approx(0.004, abs=5e-4)
    assert rows["[SEG] projection"] == pytest.approx(0.014, abs=5e-4)
    sam2 = sum(count for name, count in rows.items() if name.startswith("SAM-2"))
    assert sam2 == pytest.approx(0.224, abs=5e-4)
    assert sum(rows.values()) == pytest.approx(8.183, abs=5e-4)
    assert found.parameters["base"] + found.parameters["added"] == found.parameters["loaded"]
    idle = next(module for module in found.modules if module.part == "idle")
    assert idle.tensors == 157
    assert found.parameters["loaded"] + idle.parameters == sum(module.parameters for module in found.modules)


def test_the_8b_facts(found: Inspection) -> None:
    assert (found.tile_pixels, found.tokens_per_tile, found.most_tiles) == (448, 256, 13)
    assert (found.grounding_pixels, found.grounding_view) == (1024, "whole")
    assert (found.vocabulary, found.tokenizer) == (151685, 151685)
    assert found.marks["[SEG]"] == 151678
    assert found.marks["<IMG_CONTEXT>"] == 151667
    assert found.bytes == pytest.approx(16.37e9, rel=1e-3)
    assert found.files == 4
    assert list(found.memory_here) == ["bf16", "int8", "int4"]
    assert found.memory_here["int4"] < found.memory_here["int8"] < found.memory_here["bf16"] < 19e9


def test_people_read_a_table(found: Inspection) -> None:
    text = describe(found)
    assert "  language model                       7,6" in text
    assert "[SEG] 151678" in text
    assert "SAM-2 memory modules, not loaded" in text
    assert "(too much), int8" in text
    assert "no manifest, so the bytes cannot be compared" in text


def test_the_command_needs_neither_torch_nor_the_weights(hollow_8b: Path) -> None:
    code = (
        "import sys; from model_runtime.__main__ import main\n"
        f"main(['models', 'inspect', {str(hollow_8b)!r}, '--json']); print('torch' in sys.modules)"
    )
    made = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True)
    line, torch_loaded = made.stdout.splitlines()
    assert torch_loaded == "False"
    assert json.loads(line)["parameters"]["loaded"] > 8e9


def test_nano(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["models", "inspect", "nano"]) == 0
    text = capsys.readouterr().out
    config, entries = read_config(NANO), read_folder(NANO)
    assert f"terrascope-nano (revision {config.revision})" in text
    assert "spectral stem" in text
    assert "red, green, blue, nir, swir1" in text
    assert "not loaded" not in text
    assert inspect(NANO, GPU).parameters["loaded"] == sum(entry.size for entry in entries.values())


def test_mixed_types_and_strangers_are_shown(goldens: Path, tmp_path: Path) -> None:
    for path in (goldens / "checkpoint").iterdir():
        if path.name != INDEX:
            (tmp_path / path.name).write_bytes(path.read_bytes())
    header = (
        b'{"mlp1.9.x":{"dtype":"F16","shape":[2],"data_offsets":[0,4]},'
        b'"other":{"dtype":"I8","shape":[3],"data_offsets":[4,7]}}'
    )
    (tmp_path / "z.safetensors").write_bytes(len(header).to_bytes(8, "little") + header + bytes(7))
    found = inspect(tmp_path, GPU)
    rows = {module.name: module for module in found.modules}
    assert rows["projector"].dtypes == {"F32": 21120, "F16": 2}
    assert rows["not part of TerraScope"].parameters == 3
    assert "F16 2, F32 21,120" in describe(found)


def test_bad_input_is_one_sentence(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    for name, sentence in ((str(tmp_path), "config.json is missing"), ("none", "There is no model 'none'")):
        assert main(["models", "inspect", name]) == 2
        said = capsys.readouterr()
        assert (said.out, said.err.count("\n")) == ("", 1)
        assert sentence in said.err
    with pytest.raises(ModelError):
        inspect(tmp_path)
