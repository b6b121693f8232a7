"""`benchmarks/README.md`: its commands are accepted by the programs as they stand, and its links lead somewhere.

Nothing is run: each program's own parser reads the line.
"""

from __future__ import annotations

import argparse
import re
import runpy
import shlex
import sys
from collections.abc import Sequence
from pathlib import Path
from types import ModuleType
from typing import Any, NoReturn

import pytest

from model_runtime.__main__ import _join_negative, _parser

ROOT = Path(__file__).resolve().parents[1]
README = ROOT / "benchmarks" / "README.md"
# Fenced or indented by at least four, as Markdown wants it; a backslash joins lines.
TEXT = README.read_text("utf-8").replace("\\\n", " ")
PYTHON = re.findall(r"^```python\n(.*?)^```$", TEXT, re.MULTILINE | re.DOTALL)
LINES = re.findall(r"^ {4,}(\S.*)$", re.sub(r"^```.*?^```$", "", TEXT, flags=re.MULTILINE | re.DOTALL), re.MULTILINE)
COMMANDS = [line for line in LINES if re.search(r"\bpython3? ", line)]


class _ReadError(Exception):
    """A script has read its arguments: it is not to go on."""


def _words(line: str, shown: str) -> list[str] | None:
    """What comes after `shown` in a line, as a shell parts it; None: the line is another program's."""
    words = shlex.split(line, comments=True)
    parts = shown.split()
    for place in range(len(words)):
        if words[place : place + len(parts)] == parts:
            return words[place + len(parts) :]
    return None


def _of_runtime(line: str) -> list[str] | None:
    return _words(line, "-m model_runtime")


def _script(line: str) -> str | None:
    found = re.search(r"\bpython (benchmarks/\w+\.py)", line)
    return found and found[1]


def _read_by_script(script: str, words: Sequence[str], monkeypatch: pytest.MonkeyPatch) -> None:
    """Let a script of benchmarks/ read its arguments and stop there.

    Raises:
        SystemExit: it refuses them.
    """
    read = argparse.ArgumentParser.parse_args

    def stop(self: argparse.ArgumentParser, *args: Any) -> NoReturn:  # noqa: ANN401
        read(self, *args)
        raise _ReadError

    with monkeypatch.context() as patch:
        patch.setattr(argparse.ArgumentParser, "parse_args", stop)
        patch.setattr(sys, "argv", [script, *words])
        patch.setattr(sys, "path", [str(ROOT / "benchmarks"), *sys.path])  # as Python itself does for a script
        # This Python has no QGIS, and reading arguments needs none.
        for name in ("qgis", "qgis.core", "qgis.gui", "qgis.PyQt", "qgis.PyQt.QtCore", "qgis.PyQt.QtWidgets"):
            patch.setitem(sys.modules, name, _Anything(name))
        patch.delitem(sys.modules, "dock_stall", raising=False)
        with pytest.raises(_ReadError):
            runpy.run_path(str(ROOT / script), run_name="__main__")
        sys.modules.pop("dock_stall", None)


class _Anything(ModuleType):
    def __getattr__(self, name: str) -> Any:  # noqa: ANN401
        if name.startswith("__"):
            raise AttributeError(name)
        return type(name, (), {})


def test_every_line_of_code_is_one_that_is_looked_at() -> None:
    assert len(COMMANDS) > 60
    for line in set(LINES) - set(COMMANDS):
        assert re.match(r"(git|export|[A-Z]=)", line), line
    for line in COMMANDS:
        assert _of_runtime(line) or _script(line) or "-m pytest" in line, line


@pytest.mark.parametrize("line", [line for line in COMMANDS if _of_runtime(line)])
def test_the_runtime_reads_it(line: str) -> None:
    args = _parser().parse_args(_join_negative(_of_runtime(line)))
    assert callable(args.run)


def test_the_scripts_read_theirs(monkeypatch: pytest.MonkeyPatch) -> None:
    lines = [line for line in COMMANDS if _script(line)]
    for line in lines:
        _read_by_script(_script(line), _words(line, _script(line)), monkeypatch)
    assert {_script(line) for line in lines} == {f"benchmarks/{path.name}" for path in README.parent.glob("*.py")}


@pytest.mark.parametrize(
    "wrong", ["benchmarks/batch.py --scenes 16", "benchmarks/stages.py a.json", "benchmarks/dock_stall.py --side 5"]
)
def test_a_script_refuses_what_it_does_not_know(wrong: str, monkeypatch: pytest.MonkeyPatch) -> None:
    script, *words = wrong.split()
    with pytest.raises(SystemExit):
        _read_by_script(script, words, monkeypatch)


def test_python_in_it_can_be_compiled_and_imports_what_there_is() -> None:
    assert len(PYTHON) == 2
    for text in PYTHON:
        compile(text, str(README), "exec")
        for module, names in re.findall(r"^from (model_runtime\S*) import (.+)$", text, re.MULTILINE):
            source = (ROOT / f"{module.replace('.', '/')}.py").read_text("utf-8")
            for name in names.split(", "):
                assert re.search(rf"^(def|class) {name}\b", source, re.MULTILINE), f"{module} has no {name}"


def test_tests_and_pages_that_it_names_are_there() -> None:
    for path in re.findall(r"\btests/\S+\.py\b", TEXT):
        assert (ROOT / path).is_file(), path
    for link in re.findall(r"\]\(([^)#]+)\)", TEXT):
        assert (README.parent / link).exists(), link
