"""Manifests: what differs by one byte is found, what has been looked at is not looked at again."""

from __future__ import annotations

import hashlib
import json
import os
from pathlib import Path

import pytest

from model_runtime.errors import Cancelled, ModelError
from model_runtime.model_store.manifest import MANIFEST, STAMP, FileFacts, Manifest, is_verified

FILES = {"config.json": b"{}", "model.safetensors": bytes(range(256)) * 40_000}


def never() -> bool:
    return False


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    facts = {}
    for name, content in FILES.items():
        (tmp_path / name).write_bytes(content)
        facts[name] = FileFacts(size=len(content), sha256=hashlib.sha256(content).hexdigest())
    Manifest(repository="a/b", revision="0" * 40, files=facts).write(tmp_path)
    return tmp_path


def check(folder: Path) -> list[float]:
    seen: list[float] = []
    Manifest.read(folder).check(folder, seen.append, never)
    return seen


def test_a_folder_without_one_has_none_and_is_not_verified(tmp_path: Path) -> None:
    assert Manifest.read(tmp_path) is None
    assert not is_verified(tmp_path)


def test_the_right_bytes_pass_and_leave_the_stamp(folder: Path) -> None:
    assert not is_verified(folder)
    progress = check(folder)
    assert progress == sorted(progress)
    assert progress[-1] == 1.0
    assert len(progress) > 2
    assert is_verified(folder)
    assert sorted(path.name for path in folder.iterdir()) == sorted([*FILES, MANIFEST, STAMP])


def test_one_wrong_byte_is_found_and_takes_the_stamp_away(folder: Path) -> None:
    check(folder)
    weights = folder / "model.safetensors"
    weights.write_bytes(weights.read_bytes()[:-1] + b"x")
    assert not is_verified(folder)
    with pytest.raises(ModelError, match=r"model\.safetensors is not the file"):
        check(folder)
    assert not (folder / STAMP).exists()


def test_a_wrong_length_is_found_before_anything_is_hashed(folder: Path) -> None:
    (folder / "model.safetensors").write_bytes(b"short")
    seen: list[float] = []
    with pytest.raises(ModelError, match="has 5 bytes instead of 10240000"):
        Manifest.read(folder).check(folder, seen.append, never)
    assert seen == []


def test_a_missing_file_is_named(folder: Path) -> None:
    check(folder)
    (folder / "config.json").unlink()
    assert not is_verified(folder)
    with pytest.raises(ModelError, match=r"config\.json is missing"):
        check(folder)


@pytest.mark.parametrize("change", ["time", "manifest", "stamp", "gone"])
def test_the_stamp_holds_only_while_nothing_changes(folder: Path, change: str) -> None:
    check(folder)
    if change == "time":
        os.utime(folder / "config.json", ns=(1, 1))
    elif change == "manifest":
        Manifest.read(folder).model_copy(update={"revision": "1" * 40}).write(folder)
    elif change == "stamp":
        (folder / STAMP).write_text("[[[", "utf-8")
    else:
        (folder / MANIFEST).unlink()
    assert not is_verified(folder)


def test_cancel_is_heard_within_a_chunk_and_leaves_no_stamp(folder: Path) -> None:
    answers = iter([False, True])
    seen: list[float] = []
    with pytest.raises(Cancelled):
        Manifest.read(folder).check(folder, seen.append, lambda: next(answers))
    assert len(seen) == 1
    assert not is_verified(folder)


@pytest.mark.parametrize("name", ["../x", "a/b", "a\\b", "/etc/passwd", "C:x", "..", ".hidden", "", "a\0", "a" * 300])
def test_names_that_are_paths_are_refused(folder: Path, name: str) -> None:
    raw = json.loads((folder / MANIFEST).read_text("utf-8"))
    raw["files"] = {name: {"size": 1, "sha256": "0" * 64}}
    (folder / MANIFEST).write_text(json.dumps(raw), "utf-8")
    with pytest.raises(ModelError, match="is damaged"):
        Manifest.read(folder)


@pytest.mark.parametrize(
    "text",
    [
        "", "[]", "{", "[" * 100_000, '{"repository": "a/b", "revision": "main", "files": {}}',
        '{"repository": "a/b", "revision": "%s", "files": {}}' % ("0" * 40), "\xff", "9" * 4_000_001,
    ],
)  # fmt: skip
def test_damaged_manifests_are_refused_in_one_sentence(tmp_path: Path, text: str) -> None:
    (tmp_path / MANIFEST).write_text(text, "latin-1")
    with pytest.raises(ModelError, match=r"is damaged \(.*\); fetch the model again\.$"):
        Manifest.read(tmp_path)
    assert not is_verified(tmp_path)


def test_what_is_written_is_read(folder: Path) -> None:
    manifest = Manifest.read(folder)
    assert list(manifest.files) == list(FILES)
    manifest.write(folder)
    assert Manifest.read(folder) == manifest
