"""What a stopped run left is there for the next of its kind, and for nobody else."""

from __future__ import annotations

import os
import time
from pathlib import Path

import numpy as np
import pytest

from model_runtime.unfinished import FOLDER_VARIABLE, KEPT_S, taken_up

SHAPE = (40, 13)


@pytest.fixture(autouse=True)
def root(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv(FOLDER_VARIABLE, str(tmp_path / "kept"))
    return tmp_path / "kept"


def test_the_next_run_of_the_kind_goes_on(root: Path) -> None:
    rows = np.random.default_rng(1).random(SHAPE) < 0.5
    with pytest.raises(KeyboardInterrupt), taken_up("scene", "settings") as found:
        found.mask("a1", SHAPE).append(rows[:25], {"score": 0.5})
        raise KeyboardInterrupt
    with taken_up("scene", "other settings") as found:
        assert found.mask("a1", SHAPE).written == 0
        found.complete()
    with taken_up("scene", "settings") as found:
        mask = found.mask("a1", SHAPE)
        assert (mask.written, mask.notes) == (25, [{"score": 0.5}])
        mask.append(rows[25:], {"score": 0.6})
        np.testing.assert_array_equal(mask[:], rows)
        assert found.mask("b2", SHAPE).written == 0
        found.complete()
    assert list(root.iterdir()) == []


def test_rows_without_their_note_are_written_again(root: Path) -> None:
    with pytest.raises(KeyboardInterrupt), taken_up("kind") as found:
        mask = found.mask("a1", SHAPE)
        mask.append(np.ones((10, 13), bool), "ten")
        mask.append(np.ones((5, 13), bool))  # killed before the note
        raise KeyboardInterrupt
    (notes,) = root.rglob("*.notes")
    notes.write_text(notes.read_text() + '[15, "half a no')
    with taken_up("kind") as found:
        mask = found.mask("a1", SHAPE)
        assert (mask.written, mask.notes) == (10, ["ten"])
        mask.append(np.zeros((30, 13), bool), "rest")
        assert mask[:].sum() == 130


def test_another_run_of_the_kind_works_without_meanwhile() -> None:
    with taken_up("kind") as first, taken_up("kind") as second:
        assert first.mask("a1", SHAPE) is not None
        assert second.mask("a1", SHAPE) is None
        second.complete()
        assert first.mask("a1", SHAPE) is not None
        first.complete()


def test_what_nobody_went_on_with_goes(root: Path) -> None:
    with pytest.raises(KeyboardInterrupt), taken_up("old") as found:
        found.mask("a1", SHAPE).append(np.ones((10, 13), bool), 1)
        raise KeyboardInterrupt
    (old,) = root.iterdir()
    past = time.time() - KEPT_S - 60
    os.utime(old, (past, past))
    with taken_up("new") as found:
        found.complete()
    assert not old.exists()


def test_a_cache_that_cannot_be_written_is_done_without(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "file").write_text("no folder")
    monkeypatch.setenv(FOLDER_VARIABLE, str(tmp_path / "file"))
    with taken_up("kind") as found:
        assert found.mask("a1", SHAPE) is None
        found.complete()
