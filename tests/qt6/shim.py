# ruff: noqa: N802, N815 - QGIS calls its methods like this
"""A QGIS that is nothing but Qt 6, as a plugin of pytest: `qgis.PyQt` is the real PyQt6, the rest stands in.

So all modules of the plugin are imported under Qt 6, and whatever in it needs nothing but Qt is really run: by the
tests beside this file, and by those of tests/plugin that dev.py names. `qgis.PyQt` has nothing that PyQt6 has not, not
even what QGIS 4 adds to it for old plugins. The classes of QGIS itself do nothing here; what the plugin asks of those
is tested on real QGIS. A test that needs more of QGIS is left out.
"""

from __future__ import annotations

import importlib
import sys
from pathlib import Path
from types import ModuleType, SimpleNamespace

import pytest
from PyQt6.QtCore import QObject, QSettings, QStandardPaths, pyqtSignal
from PyQt6.QtGui import QIcon
from PyQt6.QtWidgets import (
    QApplication,
    QComboBox,
    QDockWidget,
    QFrame,
    QGraphicsView,
    QGroupBox,
    QLineEdit,
    QVBoxLayout,
    QWidget,
)


class Named(type):
    """The type of a class of which only the name is known: it has classes in it by whatever name is asked for."""

    def __getattr__(cls, name: str) -> type:
        if name.startswith("__"):
            raise AttributeError(name)
        setattr(cls, name, only_a_name(name))
        return getattr(cls, name)


def only_a_name(name: str) -> type:
    """A class that can be derived from and made with any arguments, and does nothing."""
    return Named(name, (), {"__init__": lambda self, *arguments, **named: None})


class StandIn(ModuleType):
    """A module with whatever class is asked for."""

    __path__: list[str] = []

    def __getattr__(self, name: str) -> type:
        if name.startswith("__"):
            raise AttributeError(name)
        setattr(self, name, only_a_name(name))
        return getattr(self, name)


class Application(QApplication):
    """QgsApplication."""

    @staticmethod
    def getThemeIcon(name: str) -> QIcon:  # noqa: ARG004
        return QIcon()

    @staticmethod
    def qgisSettingsDirPath() -> str:
        return QStandardPaths.writableLocation(QStandardPaths.StandardLocation.AppDataLocation) + "/"


class Project(QObject):
    """QgsProject."""

    @staticmethod
    def instance() -> Project:
        return PROJECT


class CollapsibleGroupBox(QGroupBox):
    """QgsCollapsibleGroupBox."""

    collapsedStateChanged = pyqtSignal(bool)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._collapsed = False

    def setSaveCollapsedState(self, kept: bool) -> None: ...

    def setCollapsed(self, collapsed: bool) -> None:
        self._collapsed = collapsed
        self.collapsedStateChanged.emit(collapsed)

    def isCollapsed(self) -> bool:
        return self._collapsed


class FileWidget(QWidget):
    """QgsFileWidget."""

    StorageMode = only_a_name("StorageMode")
    fileChanged = pyqtSignal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._line = QLineEdit()
        self._line.textChanged.connect(self.fileChanged)
        QVBoxLayout(self).addWidget(self._line)

    def lineEdit(self) -> QLineEdit:
        return self._line

    def filePath(self) -> str:
        return self._line.text()

    def setFilePath(self, path: str) -> None:
        self._line.setText(path)

    def setDialogTitle(self, title: str) -> None: ...

    def setStorageMode(self, mode: object) -> None: ...


class AuthConfigSelect(QWidget):
    """QgsAuthConfigSelect."""

    selectedConfigIdChanged = pyqtSignal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._config = ""

    def configId(self) -> str:
        return self._config

    def setConfigId(self, config: str) -> None:
        self._config = config


class OptionsWidgetFactory(QObject):
    """QgsOptionsWidgetFactory."""

    def setTitle(self, title: str) -> None: ...

    def setIcon(self, icon: QIcon) -> None: ...


PROJECT = Project()
BESSEL = SimpleNamespace(acronym="EPSG:7004", description="Bessel 1841")
CORE = {
    "NULL": None,
    "Qgis": Named("Qgis", (), {"QGIS_VERSION": "4.0.0-Norrköping", "QGIS_VERSION_INT": 40000}),
    "QgsApplication": Application,
    "QgsProject": Project,
    "QgsEllipsoidUtils": SimpleNamespace(definitions=lambda: [BESSEL]),
    "QgsProcessingProvider": type("QgsProcessingProvider", (QObject,), {}),
    "QgsSettings": QSettings,
    "QgsTask": type("QgsTask", (QObject,), {}),
}
GUI = {
    "QgsAuthConfigSelect": AuthConfigSelect,
    "QgsCollapsibleGroupBox": CollapsibleGroupBox,
    "QgsDockWidget": type("QgsDockWidget", (QDockWidget,), {}),
    "QgsFileWidget": FileWidget,
    "QgsMapCanvas": type("QgsMapCanvas", (QGraphicsView,), {}),
    "QgsMapLayerComboBox": type("QgsMapLayerComboBox", (QComboBox,), {}),
    "QgsMapTool": type("QgsMapTool", (QObject,), {}),
    "QgsMessageBar": type("QgsMessageBar", (QFrame,), {}),
    "QgsMessageBarItem": type("QgsMessageBarItem", (QWidget,), {}),
    "QgsOptionsPageWidget": type("QgsOptionsPageWidget", (QWidget,), {}),
    "QgsOptionsWidgetFactory": OptionsWidgetFactory,
}
STAND_INS = ("qgis", "qgis.core", "qgis.gui", "qgis.utils", "osgeo")
# Fixtures of those that need more than Qt.
NEED_MORE = {"qgis_iface", "qgis_new_project", "message_bar", "scene_path"}


def install() -> None:
    """Let `import qgis` find this."""
    for name in STAND_INS:
        sys.modules[name] = StandIn(name)
    vars(sys.modules["qgis.core"]).update(CORE)
    vars(sys.modules["qgis.gui"]).update(GUI)
    for name in ("QtCore", "QtGui", "QtNetwork", "QtWidgets"):
        sys.modules[f"qgis.PyQt.{name}"] = importlib.import_module(f"PyQt6.{name}")
    sys.modules["qgis.PyQt"] = ModuleType("qgis.PyQt")
    sys.modules["qgis.PyQt"].__path__ = []


install()


@pytest.fixture(scope="session", autouse=True)
def profile(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Settings of this run, and of nobody else."""
    folder = tmp_path_factory.mktemp("profile")
    QSettings.setDefaultFormat(QSettings.Format.IniFormat)
    QSettings.setPath(QSettings.Format.IniFormat, QSettings.Scope.UserScope, str(folder))
    QStandardPaths.setTestModeEnabled(True)
    return folder


@pytest.fixture(scope="session")
def qapp_cls() -> type[QApplication]:
    """The application that pytest-qt makes."""
    return Application


@pytest.fixture(scope="session")
def qgis_app(qapp: QApplication) -> QApplication:
    """What tests of the plugin ask for where they need no more of QGIS than Qt."""
    return qapp


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Leave out what needs a QGIS, or rasters made with GDAL."""
    out = [item for item in items if NEED_MORE & set(getattr(item, "fixturenames", ()))]
    config.hook.pytest_deselected(items=out)
    items[:] = [item for item in items if item not in out]
