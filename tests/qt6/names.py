"""What a source takes from QGIS's modules by name, and whether it is there: in PyQt6, or in a QGIS.

A value of an enumeration has to be named with its group, `Qt.AlignmentFlag.AlignLeft`: on Qt 6 there is no other name,
while Qt 5 and QGIS 3 know it without its group too.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator
from dataclasses import dataclass
from enum import Enum
from pathlib import Path
from types import ModuleType

REPOSITORY = Path(__file__).resolve().parents[2]
SOURCES = [REPOSITORY / "__init__.py", *sorted((REPOSITORY / "terrascope_qgis").rglob("*.py"))]


@dataclass(frozen=True)
class Use:
    """A name that is used.

    Attributes:
        line: where.
        module: that it is imported from, `qgis.PyQt.QtCore`.
        path: the imported name, and the attributes that are read from it at once: `("Qt", "Key", "Key_Tab")`.
    """

    line: int
    module: str
    path: tuple[str, ...]

    def __str__(self) -> str:
        """As it stands in the source, with its line."""
        return f"{self.line}: {'.'.join(self.path)} of {self.module}"


def uses(source: str) -> Iterator[Use]:
    """Every name that a source imports from a module of QGIS, and every attribute that it reads directly from one."""
    tree = ast.parse(source)
    origin: dict[str, tuple[str, str]] = {}
    for node in ast.walk(tree):
        if isinstance(node, ast.ImportFrom) and node.module and node.module.split(".")[0] == "qgis" and not node.level:
            for alias in node.names:
                origin[alias.asname or alias.name] = node.module, alias.name
                yield Use(node.lineno, node.module, (alias.name,))
    for node in ast.walk(tree):
        names: list[str] = []
        begin: ast.AST = node
        while isinstance(begin, ast.Attribute):
            names.insert(0, begin.attr)
            begin = begin.value
        if names and isinstance(begin, ast.Name) and begin.id in origin:
            module, name = origin[begin.id]
            yield Use(node.lineno, module, (name, *names))


def trouble(use: Use, module: ModuleType) -> str:
    """What is wrong with a use where this is the module; empty: nothing.

    What follows a value, such as a method's result, is not looked at.
    """
    there: object = module
    for name in use.path:
        if there is not module and not isinstance(there, type):
            return ""
        if not hasattr(there, name):
            return f"{use}: there is no {name}"
        holder, there = there, getattr(there, name)
        if holder is not module and _is_value(there) and not isinstance(there, holder):
            return f"{use}: it is a value of {type(there).__name__}, to be named with that"
    return ""


def _is_value(found: object) -> bool:
    """Whether this is a value of an enumeration: of Python's, or of sip's, whose are numbers of a type of their own."""
    return isinstance(found, Enum) or (isinstance(found, int) and type(found) not in (int, bool))
