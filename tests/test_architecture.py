"""Who may import whom: the rules of the two packages, checked on the source without running it.

The plugin and the runtime share nothing but the wire format; inside the runtime the model knows neither files nor
coordinate systems, and scenes, measures and evidence know no torch.
"""

from __future__ import annotations

import ast
from dataclasses import dataclass
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
GIS = ("rasterio", "geopandas", "shapely", "pyproj", "pyogrio", "fiona")
HTTP = ("fastapi", "starlette", "uvicorn", "http", "urllib", "httpx", "requests", "socket")
QT = ("qgis", "PyQt5", "PyQt6", "PySide2", "PySide6", "osgeo")
TORCH = ("torch", "transformers", "tokenizers", "safetensors")


@dataclass(frozen=True)
class Rule:
    """No file under `folder` imports any of `forbidden` (a dotted name forbids what is below it too)."""

    folder: str
    forbidden: tuple[str, ...]
    crafted: str  # a line that breaks the rule


RULES = (
    Rule(
        "terrascope_qgis",
        (*TORCH, *GIS, "model_runtime", "pydantic", "fastapi", "uvicorn", "scipy", "pandas", "cv2", "PIL"),
        "import torch.nn",
    ),
    Rule("terrascope_qgis", ("model_runtime",), "from model_runtime.protocol import AskRequest"),
    Rule("terrascope_qgis", ("PyQt5", "PyQt6", "PySide2", "PySide6", "sip"), "from PyQt5.QtCore import Qt"),
    Rule("terrascope_qgis/core", ("qgis.PyQt.QtWidgets", "qgis.gui"), "from qgis.PyQt.QtWidgets import QWidget"),
    Rule("terrascope_qgis/core", ("qgis.PyQt.QtWidgets", "qgis.gui"), "from qgis.PyQt import QtWidgets"),
    Rule("terrascope_qgis/client", ("qgis.PyQt.QtWidgets", "qgis.gui"), "import qgis.PyQt.QtWidgets as widgets"),
    Rule("terrascope_qgis/processing", ("qgis.PyQt.QtWidgets", "qgis.gui"), "from qgis.gui import QgsMapCanvas"),
    Rule("model_runtime", (*QT, "terrascope_qgis"), "from qgis.core import QgsProject"),
    Rule("model_runtime/model", (*GIS, "model_runtime.scene", "model_runtime.server"), "from pyproj import CRS"),
    Rule("model_runtime/model", HTTP, "import urllib.request"),
    Rule("model_runtime/model", ("model_runtime.scene", "model_runtime.evidence"), "from ..scene.grid import Grid"),
    Rule("model_runtime/scene", (*TORCH, "model_runtime.model"), "from torch import nn"),
    Rule("model_runtime/measure", (*TORCH, "rasterio", "model_runtime.model"), "import transformers"),
    Rule("model_runtime/evidence", (*TORCH, "model_runtime.model"), "def f() -> None:\n    import torch"),
)
PYTHON_FILES = {
    folder: sorted((ROOT / folder).rglob("*.py")) for folder in dict.fromkeys(rule.folder for rule in RULES)
}


def imported_names(source: str, package: tuple[str, ...]) -> dict[str, int]:
    """Every module a source imports, anywhere in it, by its full name, with the line.

    Args:
        source: Python text.
        package: the packages it lies in, ("model_runtime", "scene"); relative imports are resolved against it.
    """
    found: dict[str, int] = {}
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Import):
            found.update({alias.name: node.lineno for alias in node.names})
        elif isinstance(node, ast.ImportFrom):
            base = list(package[: len(package) - node.level + 1]) if node.level else []
            base += node.module.split(".") if node.module else []
            # What is imported from a package may itself be a module: `from qgis.PyQt import QtWidgets`.
            found.update({".".join([*base, alias.name]): node.lineno for alias in node.names})
        elif isinstance(node, ast.Call) and getattr(node.func, "attr", getattr(node.func, "id", "")) in (
            "import_module",
            "__import__",
        ):
            named = node.args[0] if node.args else None
            if isinstance(named, ast.Constant) and isinstance(named.value, str):
                found[named.value] = node.lineno
    return found


def breaches(source: str, package: tuple[str, ...], forbidden: tuple[str, ...]) -> list[str]:
    """What a source imports against the rule, as "line: name"."""
    return [
        f"{line}: {name}"
        for name, line in imported_names(source, package).items()
        if any(name == banned or name.startswith(banned + ".") for banned in forbidden)
    ]


def package_of(path: Path) -> tuple[str, ...]:
    return path.relative_to(ROOT).parent.parts


def is_type_checking(node: ast.AST) -> bool:
    return isinstance(node, ast.If) and "TYPE_CHECKING" in ast.unparse(node.test)


def absolute_own_imports(source: str) -> list[int]:
    """Lines that import the plugin's own package by its name, which is another one when QGIS has loaded it."""
    return [line for name, line in imported_names(source, ()).items() if name.split(".")[0] == "terrascope_qgis"]


def climbs_out(source: str, package: tuple[str, ...]) -> list[int]:
    """Lines whose relative import leaves the plugin's package."""
    return [
        node.lineno
        for node in ast.walk(ast.parse(source))
        if isinstance(node, ast.ImportFrom) and node.level > len(package)
    ]


def eager_imports(source: str) -> list[str]:
    """What a module imports at once when it is imported itself; type checking and `__future__` apart."""
    names: list[str] = []
    pending: list[ast.AST] = list(ast.parse(source).body)
    while pending:
        node = pending.pop()
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.Lambda) or is_type_checking(node):
            continue
        if isinstance(node, ast.Import):
            names += [alias.name for alias in node.names]
        elif isinstance(node, ast.ImportFrom):
            names.append("." * node.level + (node.module or ""))
        pending += ast.iter_child_nodes(node)
    return [name for name in names if name not in ("__future__", "typing")]


@pytest.mark.parametrize(
    "rule", RULES, ids=lambda rule: f"{rule.folder}: {rule.crafted.strip().splitlines()[-1].strip()}"
)
def test_no_file_imports_what_its_room_may_not_know(rule: Rule) -> None:
    assert PYTHON_FILES[rule.folder], f"{rule.folder} has no files: the rule would hold for nothing"
    found = {
        str(path.relative_to(ROOT)): breaches(path.read_text(encoding="utf-8"), package_of(path), rule.forbidden)
        for path in PYTHON_FILES[rule.folder]
    }
    assert not {name: lines for name, lines in found.items() if lines}


@pytest.mark.parametrize(
    "rule", RULES, ids=lambda rule: f"{rule.folder}: {rule.crafted.strip().splitlines()[-1].strip()}"
)
def test_each_rule_sees_a_line_that_breaks_it(rule: Rule) -> None:
    assert breaches(rule.crafted, tuple(rule.folder.split("/")), rule.forbidden)
    assert not breaches("import torchlike\nfrom qgistools import x\nimport json", ("a",), rule.forbidden)


def test_the_plugin_imports_itself_relatively_and_never_what_lies_above_it() -> None:
    for path in PYTHON_FILES["terrascope_qgis"]:
        source = path.read_text(encoding="utf-8")
        assert not absolute_own_imports(source), path
        assert not climbs_out(source, package_of(path)), path


def test_the_rule_on_relative_imports_sees_what_breaks_it() -> None:
    assert absolute_own_imports("from terrascope_qgis.core import layers") == [1]
    assert absolute_own_imports("import terrascope_qgis") == [1]
    assert not absolute_own_imports("from .core import layers")
    core = ("terrascope_qgis", "core")
    assert climbs_out("from ...model_runtime import protocol", core) == [1]
    assert not climbs_out("from ..errors import TerraScopeError", core)


def test_the_root_package_imports_nothing_until_qgis_asks() -> None:
    source = (ROOT / "__init__.py").read_text(encoding="utf-8")
    assert eager_imports(source) == []
    tree = ast.parse(source)
    assert [node.name for node in tree.body if isinstance(node, ast.FunctionDef | ast.ClassDef)] == ["classFactory"]


def test_the_rule_on_the_root_package_sees_what_breaks_it() -> None:
    assert eager_imports("from .terrascope_qgis.plugin import Plugin") == [".terrascope_qgis.plugin"]
    assert eager_imports("try:\n    import torch\nexcept ImportError:\n    pass") == ["torch"]
    assert eager_imports("class A:\n    import numpy") == ["numpy"]
    assert eager_imports("def f():\n    import torch") == []


def test_imports_are_found_wherever_and_however_they_are_written() -> None:
    source = """
import a.b as c
def f():
    from ..d import e
    if True:
        import importlib; importlib.import_module("g.h"); __import__("i")
"""
    assert set(imported_names(source, ("p", "q"))) == {"a.b", "p.d.e", "importlib", "g.h", "i"}


def test_importing_the_runtime_loads_no_torch() -> None:
    """The command line refuses bad input, and the server announces itself, without waiting for torch."""
    eager = {
        name: names
        for name in ("__init__", "__main__", "protocol", "errors")
        if (
            names := [
                n for n in eager_imports((ROOT / f"model_runtime/{name}.py").read_text(encoding="utf-8")) if n in TORCH
            ]
        )
    }
    assert not eager
