from __future__ import annotations

import importlib
import sys
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from model_runtime.model_store.postponed import Postponed, is_unread, postpone

_NAME = "postponed_here"
_CODE = f"""
import time
time.sleep(0.05)  # so that threads meet in it
reads = globals().get("reads", 0) + 1
from . import below
from {_NAME}.below import value
here = "known by itself"
marked = []
def mark(function):
    marked.append(function)
    return function
"""


@pytest.fixture
def package(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A package with three modules below it, postponed."""
    folder = tmp_path / _NAME
    folder.mkdir()
    (folder / "__init__.py").write_text(_CODE, "utf-8")
    (folder / "below.py").write_text("value = 3\n", "utf-8")
    (folder / "light.py").write_text("value = 4\n", "utf-8")
    (folder / "heavy.py").write_text(f"from {_NAME} import here as value\n", "utf-8")
    monkeypatch.syspath_prepend(tmp_path)
    finders = list(sys.meta_path)
    postpone([Postponed(_NAME, children=["light"], notes=["mark"], known={"here": "known before"})])
    yield folder
    sys.meta_path[:] = finders
    for name in [name for name in sys.modules if name.split(".")[0] == _NAME]:
        del sys.modules[name]


def test_a_module_that_is_only_named_is_not_read(package: Path) -> None:
    module = importlib.import_module(_NAME)
    assert importlib.import_module(_NAME) is module
    assert module.__file__ == str(package / "__init__.py")
    assert importlib.import_module(f"{_NAME}.light").value == 4
    assert module.here == "known before"
    assert is_unread(_NAME)
    assert f"{_NAME}.below" not in sys.modules


@pytest.mark.usefixtures("package")
def test_it_is_read_when_something_is_asked_of_it() -> None:
    module = importlib.import_module(_NAME)
    assert (module.value, module.here, module.reads) == (3, "known by itself", 1)
    assert not is_unread(_NAME)
    assert module.__spec__.loader is module.__loader__
    with pytest.raises(AttributeError, match="nothing"):
        _ = module.nothing


@pytest.mark.usefixtures("package")
def test_a_module_below_it_finds_it_read() -> None:
    importlib.import_module(_NAME)
    assert importlib.import_module(f"{_NAME}.heavy").value == "known by itself"


@pytest.mark.usefixtures("package")
def test_what_it_took_note_of_is_told_it_when_it_is_read() -> None:
    module = importlib.import_module(_NAME)

    def function() -> None: ...

    assert module.mark(function) is function
    assert is_unread(_NAME)
    assert module.marked == [function]


@pytest.mark.usefixtures("package")
def test_threads_that_ask_at_once_find_all_of_it() -> None:
    module = importlib.import_module(_NAME)
    found: list[object] = []
    threads = [threading.Thread(target=lambda: found.append((module.value, module.reads))) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert found == [(3, 1)] * 4


def test_what_cannot_be_read_says_so_each_time(package: Path) -> None:
    (package / "__init__.py").write_text("raise OSError('too little memory')\n", "utf-8")
    module = importlib.import_module(_NAME)
    for _ in range(2):
        with pytest.raises(OSError, match="too little memory"):
            _ = module.value
    assert module.here == "known before"


def test_a_module_that_is_not_there_stays_missing() -> None:
    finders = list(sys.meta_path)
    postpone([Postponed("postponed_nowhere")])
    with pytest.raises(ModuleNotFoundError, match="postponed_nowhere"):
        importlib.import_module("postponed_nowhere")
    sys.meta_path[:] = finders
