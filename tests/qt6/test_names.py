from __future__ import annotations

import importlib

import pytest

from tests.qt6.names import REPOSITORY, SOURCES, trouble, uses

# The one place that looks which Qt this is.
COMPAT = REPOSITORY / "terrascope_qgis" / "compat.py"


def troubles(source: str) -> list[str]:
    """What PyQt6 does not have of what a source takes from it."""
    qt = [use for use in uses(source) if use.module.startswith("qgis.PyQt.")]
    return [found for use in qt if (found := trouble(use, importlib.import_module(use.module)))]


def test_every_name_that_the_plugin_takes_from_qt_is_in_qt_6() -> None:
    found = {path.name: troubles(path.read_text("utf-8")) for path in SOURCES if path != COMPAT}
    assert {name: some for name, some in found.items() if some} == {}


def test_they_are_hundreds() -> None:
    """Else nothing was looked at."""
    named = {use.path for path in SOURCES for use in uses(path.read_text("utf-8")) if "PyQt" in use.module}
    assert len({path for path in named if len(path) == 1}) > 100
    assert len({path for path in named if len(path) == 3}) > 80


@pytest.mark.parametrize(
    "source",
    [
        "from qgis.PyQt.QtCore import Qt\nside = Qt.RightDockWidgetArea",
        "from qgis.PyQt.QtCore import Qt\nside = Qt.DockWidgetArea.RightDockWidgetAria",
        "from qgis.PyQt.QtWidgets import QDialog as Dialog\nDialog.exec_",
        "from qgis.PyQt.QtWidgets import QAction",
        "def late():\n    from qgis.PyQt.QtCore import QRegExp",
        "from qgis.PyQt.QtGui import QFont\nheavy = QFont.Bold",
        "from qgis.PyQt.QtCore import QVariant\nkind = QVariant.Int",
    ],
)
def test_what_is_not_in_qt_6_is_found(source: str) -> None:
    assert len(troubles(source)) == 1


@pytest.mark.parametrize(
    "source",
    [
        "from qgis.PyQt.QtCore import Qt\nside = Qt.DockWidgetArea.RightDockWidgetArea",
        "from qgis.PyQt.QtWidgets import QMessageBox\nQMessageBox.question(None, '', '')",
        "from qgis.PyQt.QtGui import QFont\nheavy = QFont.Weight.Bold.value",
        "from qgis.PyQt.QtCore import QMetaType\nkind = QMetaType.Type.Int",
    ],
)
def test_what_is_there_is_let_through(source: str) -> None:
    assert troubles(source) == []
