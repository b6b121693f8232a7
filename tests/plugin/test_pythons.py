"""Finding a Python that the runtime's environment can be made from."""

from __future__ import annotations

import os
import subprocess
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from terrascope_qgis.client.pythons import Python, candidates, find, probe
from terrascope_qgis.client.work import Procedure, Work

SYSTEM = Path("/usr/bin/python3")
ENVIRONMENT = {"PATH": "/usr/bin:/bin"}

pytestmark = pytest.mark.skipif(not SYSTEM.exists(), reason="there is no /usr/bin/python3")


def done(qtbot: QtBot, procedure: Procedure) -> object:
    """What a procedure returns."""

    class Once(Work):
        def procedure(self) -> Procedure:
            return procedure

    work = Once()
    with qtbot.waitSignal(work.ended, timeout=60_000) as ended:
        work.start()
    return ended.args[0]


def stand_in(folder: Path, name: str, version: str, bits: int = 64) -> Path:
    """A program that says of itself what a Python of that version says."""
    path = folder / name
    told = f'{{"path": "{path}", "version": [{version}], "bits": {bits}, "venv": true}}'
    path.write_text(f"#!/bin/sh\necho '{told}'\n")
    path.chmod(0o755)
    return path


def test_the_systems_python_suits_under_a_name_that_an_upgrade_does_not_move(qtbot: QtBot) -> None:
    python = done(qtbot, probe(str(SYSTEM), ENVIRONMENT))
    assert isinstance(python, Python)
    assert python.path == os.path.realpath(SYSTEM)
    assert (3, 11) <= python.version[:2] <= (3, 13)


def test_an_environments_python_leads_to_the_one_it_was_made_from(qtbot: QtBot, tmp_path: Path) -> None:
    subprocess.run([SYSTEM, "-m", "venv", "--without-pip", tmp_path / "v"], check=True, env=ENVIRONMENT)
    python = done(qtbot, probe(str(tmp_path / "v" / "bin" / "python"), ENVIRONMENT))
    assert python.path == os.path.realpath(SYSTEM)


@pytest.mark.parametrize(
    ("version", "bits", "suits"),
    [("3, 10, 9", 64, False), ("3, 11, 0", 64, True), ("3, 13, 9", 64, True), ("3, 14, 0", 64, False),
     ("3, 12, 0", 32, False)],
)  # fmt: skip
def test_only_some_versions_suit(qtbot: QtBot, tmp_path: Path, version: str, bits: int, suits: bool) -> None:
    python = done(qtbot, probe(str(stand_in(tmp_path, "python3", version, bits)), ENVIRONMENT))
    assert (python is not None) == suits


def test_what_does_not_start_or_says_something_else_is_passed_over(qtbot: QtBot, tmp_path: Path) -> None:
    broken = tmp_path / "python3"
    broken.write_text("#!/bin/sh\necho 'pyenv: python3: command not found' >&2\nexit 127\n")
    broken.chmod(0o755)
    assert done(qtbot, probe(str(broken), ENVIRONMENT)) is None
    assert done(qtbot, probe(str(tmp_path / "nowhere"), ENVIRONMENT)) is None


def test_the_path_comes_first_and_what_was_fetched_last(tmp_path: Path, qtbot: QtBot) -> None:
    first = stand_in(tmp_path, "python3.12", "3, 12, 4")
    fetched = tmp_path / "fetched" / "cpython-3.12" / "bin"
    fetched.mkdir(parents=True)
    (fetched / "python3").touch()
    listed = candidates({"PATH": f"{tmp_path}:/usr/bin"}, tmp_path / "fetched")
    assert listed[0] == str(first)
    assert listed[-1] == str(fetched / "python3")
    assert str(SYSTEM) in listed
    python = done(qtbot, find({"PATH": f"{tmp_path}:/usr/bin"}, tmp_path / "fetched"))
    assert python.path == str(first)
