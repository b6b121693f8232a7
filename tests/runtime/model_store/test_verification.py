"""Verification: one wrong bit anywhere is found and named, and what could not be checked is said."""

from __future__ import annotations

import hashlib
import json
import shutil
import struct
from pathlib import Path

import numpy as np
import pytest

from model_runtime.__main__ import main
from model_runtime.errors import Cancelled, ModelError
from model_runtime.model.shards import read_folder
from model_runtime.model_store.manifest import FileFacts, Manifest, is_verified
from model_runtime.model_store.reporting import Report
from model_runtime.model_store.verification import verify
from model_runtime.protocol import STORE_EVENT, Error, Progress, Stored, Warning
from tests.runtime.conftest import NANO

NAME = "language_model.model.norm.weight"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """The bundled model, as if it had been fetched."""
    made = tmp_path / "model"
    shutil.copytree(NANO, made, copy_function=shutil.copyfile)
    return made


def put_manifest(folder: Path, *left_out: str) -> None:
    facts = {
        path.name: FileFacts(size=path.stat().st_size, sha256=hashlib.sha256(path.read_bytes()).hexdigest())
        for path in folder.iterdir()
        if path.name not in left_out
    }
    Manifest(repository="a/b", revision="d" * 40, files=facts).write(folder)


def overwrite(folder: Path, name: str, raw: bytes) -> None:
    """Replace the last numbers of a tensor."""
    entry = read_folder(folder)[name]
    with entry.file.open("r+b") as stream:
        stream.seek(entry.end - len(raw))
        stream.write(raw)


def events(capsys: pytest.CaptureFixture[str]) -> list[object]:
    return [STORE_EVENT.validate_json(line) for line in capsys.readouterr().out.splitlines()]


def test_without_a_manifest_it_says_what_was_not_compared(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["models", "verify", str(folder)]) == 0
    said = capsys.readouterr().out.splitlines()
    assert len(said) == 5
    assert said[3] == "There is no manifest, so there was nothing to compare the bytes with."
    numbers = sum(entry.size for entry in read_folder(folder).values())
    assert said[4] == f"All {numbers:,} numbers are finite."
    assert not is_verified(folder)


def test_with_a_manifest_it_stamps(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    put_manifest(folder)
    assert main(["models", "verify", str(folder), "--json"]) == 0
    said = events(capsys)
    assert isinstance(said[-1], Stored)
    assert said[-1].entry.verified
    assert said[-1].entry.folder == str(folder.resolve())
    assert {event.stage for event in said[:-1] if isinstance(event, Progress)} == {
        "Comparing every byte", "Looking at every number",
    }  # fmt: skip
    assert not any(isinstance(event, Warning) for event in said)
    assert is_verified(folder)


def test_one_wrong_bit_is_found_by_the_manifest(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    put_manifest(folder)
    overwrite(folder, NAME, b"\x01\x3c")
    assert main(["models", "verify", str(folder)]) == 2
    assert "model.safetensors is not the file that was published" in capsys.readouterr().err
    assert not is_verified(folder)


def test_what_the_manifest_does_not_know_is_not_passed_over(folder: Path) -> None:
    put_manifest(folder, "tokenizer.json", "MODEL_CARD.md")
    with pytest.raises(ModelError, match=r"tokenizer\.json is not one of the files that were published"):
        verify(folder, Report(json=True))


@pytest.mark.parametrize("value", [np.nan, -np.inf])
@pytest.mark.parametrize("kind", ["F16", "BF16", "F32", "F64"])
def test_numbers_that_are_not_finite_are_found_in_every_type(folder: Path, kind: str, value: float) -> None:
    weights = folder / "model.safetensors"
    raw = weights.read_bytes()
    size = struct.unpack("<Q", raw[:8])[0]
    said, data = json.loads(raw[8 : 8 + size]), raw[8 + size :]
    # The norm's weights in the other type, at the end of the file; their largest finite values must pass.
    begin, end = said[NAME]["data_offsets"]
    count = (end - begin) // 2
    tensors = sorted(
        ((n, e) for n, e in said.items() if n not in (NAME, "__metadata__")), key=lambda e: e[1]["data_offsets"]
    )
    header, kept = {}, b""
    for name, entry in tensors:
        part = data[slice(*entry["data_offsets"])]
        header[name] = entry | {"data_offsets": [len(kept), len(kept) + len(part)]}
        kept += part
    single = np.full(count, 1e4, np.float32)
    for last, fine in ((np.float32(1e4), True), (np.float32(value), False)):
        single[-1] = last
        made = {
            "F16": single.astype("<f2").tobytes(), "F32": single.tobytes(), "F64": single.astype("<f8").tobytes(),
            "BF16": (single.view("<u4") >> 16).astype("<u2").tobytes(),
        }[kind]  # fmt: skip
        header[NAME] = {"dtype": kind, "shape": [count], "data_offsets": [len(kept), len(kept) + len(made)]}
        text = json.dumps(header).encode()
        weights.write_bytes(struct.pack("<Q", len(text)) + text + kept + made)
        if fine:
            verify(folder, Report(json=True))
        else:
            with pytest.raises(ModelError, match=f"{NAME} has a number that is not finite"):
                verify(folder, Report(json=True))


@pytest.mark.parametrize("damage", ["config", "mark", "shape", "cut"])
def test_each_step_refuses_in_one_sentence(folder: Path, capsys: pytest.CaptureFixture[str], damage: str) -> None:
    if damage == "cut":
        weights = folder / "model.safetensors"
        weights.write_bytes(weights.read_bytes()[:-1])
    elif damage == "mark":
        path = folder / "tokenizer.json"
        path.write_text(path.read_text("utf-8").replace("[SEG]", "[SAG]"), "utf-8")
    else:
        path = folder / "config.json"
        config = json.loads(path.read_text("utf-8"))
        if damage == "config":
            config["model_type"] = "llama"
        else:
            config["llm_config"]["intermediate_size"] += 8
        path.write_text(json.dumps(config), "utf-8")
    with pytest.raises(SystemExit) as ended:
        main(["models", "verify", str(folder), "--json"])
    assert ended.value.code == 2
    (refusal,) = events(capsys)
    assert isinstance(refusal, Error)
    assert refusal.code == "model"
    assert "\n" not in refusal.message


def test_cancel_is_heard_while_numbers_are_read(folder: Path) -> None:
    class Impatient(Report):
        asked = 0

        def cancelled(self) -> bool:
            self.asked += 1
            return self.asked > 2

    with pytest.raises(Cancelled):
        verify(folder, Impatient(json=True))
