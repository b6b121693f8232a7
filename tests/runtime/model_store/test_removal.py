"""Deleting: only what lies in the models folder, and nothing half."""

from __future__ import annotations

import io
import shutil
import sys
from pathlib import Path

import pytest

from model_runtime.__main__ import main
from model_runtime.errors import ModelError
from model_runtime.model_store import removal
from model_runtime.model_store.shelf import find
from model_runtime.protocol import STORE_EVENT, Error, Stored
from tests.runtime.conftest import NANO


@pytest.fixture(autouse=True)
def shelf(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    folder = tmp_path / "models"
    monkeypatch.setenv("TERRASCOPE_MODELS", str(folder))
    for name in ("terrascope-8b", "mine"):
        (folder / name).mkdir(parents=True)
        shutil.copyfile(NANO / "config.json", folder / name / "config.json")
    return folder


def run(capsys: pytest.CaptureFixture[str], *args: str) -> tuple[int, str, str]:
    try:
        code = main(["models", "delete", *args])
    except SystemExit as ended:
        code = ended.code
    said = capsys.readouterr()
    return code, said.out, said.err


def names(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


def test_a_model_is_gone_with_what_was_left_of_its_download(shelf: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (shelf / ".terrascope-8b.part").mkdir()
    assert run(capsys, "terrascope-8b", "--yes") == (0, "TerraScope 8B is deleted.\n", "")
    assert names(shelf) == ["mine"]


def test_programs_are_told_what_is_left(shelf: Path, capsys: pytest.CaptureFixture[str]) -> None:
    code, out, _ = run(capsys, "mine", "--yes", "--json")
    event = STORE_EVENT.validate_json(out)
    assert code == 0
    assert isinstance(event, Stored)
    assert (event.entry.id, event.entry.state) == ("mine", "absent")
    assert names(shelf) == ["terrascope-8b"]


@pytest.mark.parametrize(
    ("name", "sentence"),
    [
        ("nano", "came with the plugin"),
        ("none", "There is no model 'none'"),
        ("../outside", "There is no model '../outside'"),
        (".", "There is no model '.'"),
        (str(NANO), "other folders are yours to delete"),
    ],
)
def test_everything_else_is_left_alone(
    shelf: Path, capsys: pytest.CaptureFixture[str], name: str, sentence: str
) -> None:
    outside = shelf.parent / "outside"
    shutil.copytree(shelf / "mine", outside)
    code, out, err = run(capsys, name, "--yes")
    assert (code, out, err.count("\n")) == (2, "", 1)
    assert sentence in err
    assert names(shelf) == ["mine", "terrascope-8b"]
    assert outside.is_dir()
    assert NANO.is_dir()


def test_a_link_is_not_followed(shelf: Path, capsys: pytest.CaptureFixture[str]) -> None:
    outside = shelf.parent / "outside"
    (shelf / "mine").rename(outside)
    (shelf / "mine").symlink_to(outside, target_is_directory=True)
    code, _, err = run(capsys, "mine", "--yes")
    assert code == 2
    assert "is a link" in err
    assert (outside / "config.json").is_file()


def test_what_is_not_here_cannot_be_deleted(shelf: Path, capsys: pytest.CaptureFixture[str]) -> None:
    shutil.rmtree(shelf / "terrascope-8b")
    code, out, _ = run(capsys, "terrascope-8b", "--yes", "--json")
    assert code == 2
    assert STORE_EVENT.validate_json(out) == Error(code="model", message="TerraScope 8B is not on this machine.")


class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


@pytest.mark.parametrize(("answer", "left"), [("n", True), ("", True), ("y", False), ("Yes", False)])
def test_it_asks(
    shelf: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, answer: str, left: bool
) -> None:
    monkeypatch.setattr(sys, "stdin", Terminal(answer + "\n"))
    code, _, _ = run(capsys, "mine")
    assert code == (2 if left else 0)
    assert (shelf / "mine").is_dir() == left


def test_when_nobody_can_be_asked_it_does_nothing(shelf: Path, capsys: pytest.CaptureFixture[str]) -> None:
    code, _, err = run(capsys, "mine")
    assert code == 2
    assert "add --yes" in err
    assert (shelf / "mine").is_dir()


def test_what_cannot_be_deleted_is_no_longer_listed_and_named(shelf: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuses(path: Path) -> None:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(shutil, "rmtree", refuses)
    with pytest.raises(ModelError, match=r"remove .*\.mine\.\d+\.deleted to get the space back"):
        removal.delete(removal.removable("mine"))
    with pytest.raises(ModelError, match="There is no model 'mine'"):
        find("mine")
