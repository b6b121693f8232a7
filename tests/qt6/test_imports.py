from __future__ import annotations

import importlib

import pytest
from PyQt6.QtCore import QT_VERSION, QMetaType
from PyQt6.QtGui import QAction

from tests.qt6.names import REPOSITORY, SOURCES

MODULES = [".".join(path.relative_to(REPOSITORY).with_suffix("").parts) for path in SOURCES[1:]]


def test_this_is_qt_6() -> None:
    assert QT_VERSION >= 0x060000
    assert importlib.import_module("qgis.PyQt.QtCore").QT_VERSION == QT_VERSION


@pytest.mark.parametrize("name", MODULES)
def test_every_module_of_the_plugin_is_imported(name: str) -> None:
    module = importlib.import_module(name)
    assert module.__file__ is not None


def test_what_differs_is_that_of_qt_6() -> None:
    compat = importlib.import_module("terrascope_qgis.compat")
    assert compat.QAction is QAction
    assert compat.TEXT is QMetaType.Type.QString
    assert compat.WHOLE is QMetaType.Type.Int
    assert compat.REAL is QMetaType.Type.Double
