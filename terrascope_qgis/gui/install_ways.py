"""Other ways to come by the runtime: a folder of wheels, an interpreter chosen by hand, another index for PyTorch."""

from __future__ import annotations

from qgis.gui import QgsFileWidget
from qgis.PyQt.QtCore import pyqtSignal
from qgis.PyQt.QtWidgets import QGridLayout, QLabel, QLineEdit, QPushButton, QWidget

from ..settings import Settings
from .fold import Fold
from .spoken import name_file_field


class InstallWays(Fold):
    """Folded until it is wanted; folder and index are kept at once, an interpreter when it has been looked at.

    Signals:
        interpreter_chosen: path of a Python to look at and use.
    """

    interpreter_chosen = pyqtSignal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setTitle(self.tr("Other ways"))
        settings = Settings.load()
        self.wheels = QgsFileWidget()
        self.wheels.setStorageMode(QgsFileWidget.StorageMode.GetDirectory)
        self.wheels.setDialogTitle(self.tr("Folder with every package as a wheel"))
        self.wheels.lineEdit().setPlaceholderText(self.tr("none: from the package index"))
        self.wheels.setToolTip(
            self.tr("To install without a network: a folder with the wheels (*.whl) of all packages; see the manual")
        )
        self.wheels.setFilePath(settings.wheels_folder)
        self.wheels.fileChanged.connect(lambda folder: _keep("wheels_folder", folder))
        self.index = QLineEdit(settings.torch_index)
        self.index.setPlaceholderText(self.tr("none: the package index's own build"))
        self.index.setToolTip(
            self.tr(
                "Address of an index of PyTorch builds; {build} in it stands for cpu, cu126 or cu130, by the driver"
            )
        )
        self.index.editingFinished.connect(lambda: _keep("torch_index", self.index.text().strip()))
        self.interpreter = QgsFileWidget()
        self.interpreter.setDialogTitle(self.tr("Python of an environment that has the runtime's packages"))
        self.interpreter.setToolTip(self.tr("An environment you have made yourself; it is looked at before it is used"))
        self.use_button = QPushButton(self.tr("Chec&k and use"))
        self.use_button.setEnabled(False)
        self.interpreter.fileChanged.connect(lambda path: self.use_button.setEnabled(bool(path.strip())))
        self.use_button.clicked.connect(lambda: self.interpreter_chosen.emit(self.interpreter.filePath().strip()))
        self._lay_out()

    def _lay_out(self) -> None:
        rows = QGridLayout(self)
        rows.setColumnStretch(0, 1)
        fields = (
            (self.tr("&Folder of wheels (no network)"), self.wheels, self.wheels.lineEdit()),
            (self.tr("Inde&x of PyTorch builds"), self.index, self.index),
            (self.tr("&Python of an environment of your own"), self.interpreter, self.interpreter.lineEdit()),
        )
        for row, (text, widget, focus) in enumerate(fields):
            label = QLabel(text)
            label.setWordWrap(True)
            label.setBuddy(focus)
            name = text.replace("&", "")
            if isinstance(widget, QgsFileWidget):
                name_file_field(widget, name)
            focus.setAccessibleName(name)
            rows.addWidget(label, 2 * row, 0, 1, 2)
            rows.addWidget(widget, 2 * row + 1, 0, 1, 1 if widget is self.interpreter else 2)
        rows.addWidget(self.use_button, 2 * len(fields) - 1, 1)


def _keep(name: str, value: str) -> None:
    settings = Settings.load()
    setattr(settings, name, value)
    settings.save()
