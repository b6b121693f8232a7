"""What the plugin asks of Qt's objects, held against the types that PyQt6 states: by mypy, over every line.

It sees what no test runs: a method that is gone, a call that PyQt6 refuses, a sum of an enumeration and a number. What
it says of anything but Qt is not looked at here.
"""

from __future__ import annotations

import enum
import importlib
import pkgutil
import re
import sys
from pathlib import Path

import PyQt6
import pytest
from mypy import api
from PyQt6 import sip

import terrascope_qgis
from tests.qt6.names import REPOSITORY

CODES = ("attr-defined", "call-arg", "call-overload", "arg-type", "operator")
# The one place that looks which Qt this is; and PyQt6 has not written down that a QByteArray is a buffer.
LEFT_OUT = re.compile(r'compat\.py:|No overload variant of "bytes" matches argument type "QByteArray"')
MODULES = ("QtCore", "QtGui", "QtNetwork", "QtWidgets")


def qt_names() -> tuple[set[str], set[str]]:
    """Those of Qt's classes and enumerations; those of the plugin's classes that are derived from them."""
    for found in pkgutil.walk_packages(terrascope_qgis.__path__, "terrascope_qgis."):
        importlib.import_module(found.name)
    of_qt, ours, left = set(), set(), [sip.simplewrapper]
    while left:
        one = left.pop()
        (of_qt if one.__module__.startswith("PyQt6") else ours).add(one.__name__)
        of_qt |= {inner.__name__ for inner in vars(one).values() if isinstance(inner, enum.EnumMeta)}
        left += one.__subclasses__()
    return of_qt, ours


@pytest.fixture(scope="session")
def stubs(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """`qgis.PyQt` is PyQt6, and of QGIS itself nothing is known."""
    folder = tmp_path_factory.mktemp("stubs")
    (folder / "qgis" / "PyQt").mkdir(parents=True)
    for name in ("", "core", "gui", "utils"):
        text = "from typing import Any\ndef __getattr__(name: str) -> Any: ...\n" if name else ""
        (folder / "qgis" / f"{name or '__init__'}.pyi").write_text(text, "utf-8")
    (folder / "qgis" / "PyQt" / "__init__.pyi").touch()
    for name in MODULES:
        (folder / "qgis" / "PyQt" / f"{name}.pyi").write_text(f"from PyQt6.{name} import *\n", "utf-8")
    return folder


def complaints(stubs: Path, *paths: Path) -> list[str]:
    """What mypy says of sources as far as it is about Qt."""
    options = ["--python-executable", sys.executable, "--cache-dir", str(stubs / "cache"), "--no-error-summary"]
    options += ["--ignore-missing-imports", "--check-untyped-defs", "--no-strict-optional", "--hide-error-context"]
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("MYPYPATH", str(stubs))
        patch.chdir(REPOSITORY)
        said, problem, _ = api.run([*options, *map(str, paths)])
    assert problem == ""
    names = qt_names()
    return [line for line in said.splitlines() if not LEFT_OUT.search(line) and is_about(line, *names)]


def is_about(line: str, of_qt: set[str], ours: set[str]) -> bool:
    """Whether a line of mypy's is about one of these: as what is asked for something, called, or reckoned with."""
    code = re.search(r"\[([a-z-]+)\]$", line)
    if code is None or code.group(1) not in CODES:
        return False
    words = re.findall(r'"([^"]*)"', line)
    if code.group(1) == "attr-defined":
        return "qgis.PyQt" in line or not (of_qt | ours).isdisjoint(re.findall(r"\w+", words[0]))
    if code.group(1) == "operator":
        return not of_qt.isdisjoint(re.findall(r"\w+", " ".join(words)))
    return not of_qt.isdisjoint(re.findall(r'(?:variant of|to|for|of) "(\w+)"', line))


def test_every_line_of_the_plugin_asks_qt_for_what_is_there(stubs: Path) -> None:
    assert complaints(stubs, REPOSITORY / "terrascope_qgis") == []


@pytest.mark.parametrize(
    "line",
    [
        "QDialog().exec_()",
        "QFontMetrics(QFont()).width('a')",
        "QWidget().resize(1.5, 2)",
        "side = Qt.RightDockWidgetArea",
        "role = QPalette.ColorRole.Text + 1",
        "from qgis.PyQt.QtWidgets import QAction",
        "QSpinBox().setValue(1.5)",
        "QColor('red').darker(1.5)",
        "QTextOption(0)",
        "QWidget().setFixedWidth()",
        "def pressed(event: QMouseEvent) -> None:\n    event.globalPos()",
        "class StateRow(QDialog):\n    def ask(self) -> None:\n        self.exec_()",
    ],
)
def test_what_qt_6_has_not_is_seen(line: str, stubs: Path, tmp_path: Path) -> None:
    head = "".join(f"from qgis.PyQt.{name} import *\n" for name in MODULES)
    (tmp_path / "wrong.py").write_text(f"{head}{line}\n", "utf-8")
    assert len(complaints(stubs, tmp_path / "wrong.py")) == 1


def test_what_is_there_is_let_through(stubs: Path, tmp_path: Path) -> None:
    code = (
        "from qgis.PyQt.QtCore import QByteArray, Qt\n"
        "from qgis.PyQt.QtWidgets import QDialog\n"
        "from qgis.core import QgsProject\n"
        "def ask(answer: str) -> int:\n"
        "    QgsProject.instance().anything(answer)\n"
        "    sides = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop\n"
        "    sides = sides & ~Qt.AlignmentFlag.AlignTop\n"
        "    bytes(QByteArray())\n"
        "    return QDialog().exec()\n"
    )
    (tmp_path / "right.py").write_text(code, "utf-8")
    assert complaints(stubs, tmp_path / "right.py") == []


def test_it_knows_the_classes_of_qt_and_the_plugin_s_own() -> None:
    of_qt, ours = qt_names()
    assert {"QWidget", "QColor", "AlignmentFlag", "Key"} <= of_qt
    assert {"StateRow", "Conversation", "TerraScopeDock"} <= ours
    assert Path(PyQt6.__file__).with_name("QtWidgets.pyi").is_file()
