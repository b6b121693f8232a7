"""New folders: whole or not at all."""

from __future__ import annotations

import shutil
from collections import namedtuple
from pathlib import Path

import pytest

from model_runtime.errors import OutputError
from model_runtime.model_store.drafts import new_folder


@pytest.mark.parametrize("there", [False, True])
def test_it_appears_at_the_end(tmp_path: Path, there: bool) -> None:
    out = tmp_path / "new"
    if there:
        out.mkdir()
    with new_folder(out, 10) as draft:
        (draft / "a").write_text("x", "utf-8")
        assert not (out / "a").exists()
        assert draft.name.startswith(".")
    assert [path.name for path in tmp_path.rglob("*")] == ["new", "a"]


def test_nothing_is_left_of_one_that_failed(tmp_path: Path) -> None:
    with pytest.raises(KeyboardInterrupt), new_folder(tmp_path / "new", 10) as draft:
        (draft / "a").write_text("x", "utf-8")
        raise KeyboardInterrupt
    assert list(tmp_path.iterdir()) == []


def test_a_disk_that_fails_is_one_sentence(tmp_path: Path) -> None:
    with pytest.raises(OutputError, match=r"new cannot be written \(No space left"), new_folder(tmp_path / "new", 10):
        raise OSError(28, "No space left on device")
    assert list(tmp_path.iterdir()) == []


def test_what_is_there_is_never_touched(tmp_path: Path) -> None:
    (tmp_path / "full").mkdir()
    (tmp_path / "full" / "a").write_text("x", "utf-8")
    (tmp_path / "file").write_text("x", "utf-8")
    for name, sentence in (("full", "is not empty"), ("file", "is a file"), ("no/where", "does not exist")):
        with pytest.raises(OutputError, match=sentence), new_folder(tmp_path / name, 10):
            pytest.fail("it must be refused before anything is made")
    assert sorted(path.name for path in tmp_path.rglob("*")) == ["a", "file", "full"]


def test_a_full_disk_is_refused_before_anything_is_written(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    usage = namedtuple("usage", "total used free")
    monkeypatch.setattr(shutil, "disk_usage", lambda path: usage(10**12, 0, 10**9))
    with pytest.raises(OutputError, match=r"needs 16\.4 GB, but its disk has only 1\.0 GB free"):
        with new_folder(tmp_path / "new", 16_400_000_000):
            pytest.fail("it must be refused before anything is made")
    assert list(tmp_path.iterdir()) == []
