"""Which models are listed, under which names, and what is said about them."""

from __future__ import annotations

import hashlib
import json
import shutil
import struct
import subprocess
import sys
from pathlib import Path

import pytest

from model_runtime.__main__ import main
from model_runtime.errors import ModelError
from model_runtime.model_store.manifest import FileFacts, Manifest
from model_runtime.model_store.shelf import CATALOGUE, find, folder_of, models_folder, summaries, summary
from model_runtime.protocol import ModelSummary

ROOT = Path(__file__).resolve().parents[3]
NANO = ROOT / "resources" / "models" / "terrascope-nano"


@pytest.fixture(autouse=True)
def shelf(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    folder = tmp_path / "models"
    monkeypatch.setenv("TERRASCOPE_MODELS", str(folder))
    return folder


def put(folder: Path) -> Path:
    """A folder with nano's config and one small tensor."""
    folder.mkdir(parents=True)
    shutil.copyfile(NANO / "config.json", folder / "config.json")
    header = json.dumps({"a": {"dtype": "F32", "shape": [2, 3], "data_offsets": [0, 24]}}).encode()
    (folder / "model.safetensors").write_bytes(struct.pack("<Q", len(header)) + header + bytes(24))
    return folder


def listed() -> dict[str, ModelSummary]:
    return {model.id: model for model in summaries()}


def test_the_catalogue_is_listed_even_when_nothing_is_there() -> None:
    assert list(listed()) == [model.id for model in CATALOGUE]
    assert listed()["nano"].state == "bundled"
    assert listed()["nano"].repository is None
    assert listed()["terrascope-8b"].state == "absent"
    assert listed()["terrascope-8b"].folder == str(models_folder() / "terrascope-8b")


def test_what_a_user_puts_beside_the_fetched_ones_is_listed_by_its_folder_name(shelf: Path) -> None:
    put(shelf / "mine")
    put(shelf / ".not-complete")
    put(shelf / "terrascope-8b")
    (shelf / "empty").mkdir()
    found = listed()
    assert list(found) == ["nano", "terrascope-8b", "mine"]
    assert (found["mine"].state, found["mine"].parameters, found["mine"].repository) == ("here", 6, None)
    assert found["terrascope-8b"].state == "here"
    assert folder_of("mine") == (shelf / "mine").resolve()


def test_what_the_config_says_of_quality_is_listed(shelf: Path) -> None:
    config = put(shelf / "mine") / "config.json"
    figures = {"rgb+nir": {"water": {"iou": 0.9, "coverage_error_pct": 1.0}}}
    config.write_text(json.dumps({**json.loads(config.read_text("utf-8")), "class_quality": figures}), "utf-8")
    said = summary(find("mine")).model_dump_json(warnings="error")
    assert json.loads(said)["class_quality"] == figures
    assert summary(find("nano")).base == ""


def test_a_folder_anywhere_is_a_model_by_its_path(tmp_path: Path) -> None:
    folder = put(tmp_path / "elsewhere")
    (made,) = [model for model in summaries(folders=[str(folder)]) if model.id not in ("nano", "terrascope-8b")]
    assert (made.id, made.name, made.state) == (str(folder.resolve()), "elsewhere", "here")
    assert folder_of(str(folder)) == folder.resolve()


def test_what_is_not_there_is_refused() -> None:
    with pytest.raises(ModelError, match="There is no model 'none'; use nano, terrascope-8b, or the path"):
        find("none")
    with pytest.raises(ModelError, match="fetch it with `models download terrascope-8b`"):
        folder_of("terrascope-8b")


def test_a_damaged_folder_is_incomplete(shelf: Path) -> None:
    weights = put(shelf / "mine") / "model.safetensors"
    weights.write_bytes(weights.read_bytes()[:-1])
    assert listed()["mine"].state == "incomplete"


def test_a_download_that_was_cut_is_incomplete(shelf: Path) -> None:
    (shelf / ".terrascope-8b.part").mkdir(parents=True)
    assert listed()["terrascope-8b"].state == "incomplete"
    assert list(listed()) == ["nano", "terrascope-8b"]


def test_verified_is_what_the_stamp_says(shelf: Path) -> None:
    folder = put(shelf / "mine")
    facts = {
        path.name: FileFacts(size=path.stat().st_size, sha256=hashlib.sha256(path.read_bytes()).hexdigest())
        for path in folder.iterdir()
    }
    manifest = Manifest(repository="a/b", revision="c" * 40, files=facts)
    manifest.write(folder)
    assert not summary(find("mine")).verified
    manifest.check(folder, lambda fraction: None, lambda: False)
    assert summary(find("mine")).verified
    (folder / "model.safetensors").touch()
    assert not summary(find("mine")).verified


def test_the_command_prints_one_model_per_line(shelf: Path, capsys: pytest.CaptureFixture[str]) -> None:
    folder = put(shelf.parent / "other")
    assert main(["models", "list", "--json", str(folder)]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert [ModelSummary.model_validate_json(line).id for line in lines] == ["nano", "terrascope-8b", str(folder)]
    assert main(["models"]) == 0
    assert "terrascope-8b: TerraScope 8B (absent)" in capsys.readouterr().out


def test_a_list_does_not_wait_for_torch() -> None:
    code = (
        "import sys; from model_runtime.__main__ import main; main(['models', 'list']); print('torch' in sys.modules)"
    )
    made = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True)
    assert made.stdout.splitlines()[-1] == "False"


def test_a_taught_model_is_listed_with_its_base_and_what_it_was_taught(shelf: Path) -> None:
    folder = shelf / "heaths"
    folder.mkdir(parents=True)
    said = json.loads((NANO / "config.json").read_text("utf-8"))
    said["taught"] = {"base": "nano", "base_name": said["name"], "base_sha256": "0" * 64, "classes": ["heath", "water"],
                      "held_out": {"iou_before": 0.25, "iou_after": 0.75}}  # fmt: skip
    (folder / "config.json").write_text(json.dumps(said), "utf-8")
    header = json.dumps({"a": {"dtype": "F32", "shape": [2, 3], "data_offsets": [0, 24]}}).encode()
    (folder / "delta.safetensors").write_bytes(struct.pack("<Q", len(header)) + header + bytes(24))
    found = listed()["heaths"]
    assert (found.state, found.base) == ("here", "terrascope-nano")
    assert found.summary == "Taught from terrascope-nano: heath, water."
    assert (found.held_out.iou_before, found.held_out.iou_after) == (0.25, 0.75)
    # Its own file alone, but all numbers that it is made of.
    assert found.size_bytes == (folder / "delta.safetensors").stat().st_size
    assert found.parameters == listed()["nano"].parameters + 6


def test_a_taught_model_whose_base_has_gone_is_not_complete(shelf: Path) -> None:
    folder = put(shelf / "orphan")
    said = json.loads((folder / "config.json").read_text("utf-8"))
    said["taught"] = {"base": "gone", "base_name": "gone", "base_sha256": "0" * 64, "classes": ["heath"]}
    (folder / "config.json").write_text(json.dumps(said), "utf-8")
    assert listed()["orphan"].state == "incomplete"
