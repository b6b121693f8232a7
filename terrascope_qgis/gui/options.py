"""The plugin's page in QGIS's own options (Settings > Options)."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

from qgis.core import QgsEllipsoidUtils
from qgis.gui import QgsFileWidget, QgsOptionsPageWidget, QgsOptionsWidgetFactory
from qgis.PyQt.QtCore import QLocale, Qt
from qgis.PyQt.QtGui import QIcon
from qgis.PyQt.QtWidgets import (
    QCheckBox,
    QComboBox,
    QFormLayout,
    QGroupBox,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from ..client.protocol import PROFILES, STRETCHES
from ..core.language import LANGUAGES
from ..settings import DEVICES, PLUGIN_ROOT, PROJECT_ELLIPSOID, UNITS, Settings
from .elided_label import ElidedLabel
from .help_button import HelpButton
from .model_settings import tier_combo
from .quiet_label import QuietLabel
from .raster_choice import may_shrink
from .remote_group import RemoteGroup
from .spoken import name_file_field

ICON = PLUGIN_ROOT / "resources" / "icons" / "terrascope.svg"


class OptionsFactory(QgsOptionsWidgetFactory):
    """Makes the page when the options are opened.

    Args:
        show_models: opens the page of models.
        show_runtime: opens the page of the runtime's environment.
        applied: called when settings have been kept.
    """

    def __init__(
        self, show_models: Callable[[], object], show_runtime: Callable[[], object], applied: Callable[[], None]
    ) -> None:
        super().__init__()
        self.setTitle("TerraScope")
        self.setIcon(QIcon(str(ICON)))
        self._pages = (show_models, show_runtime)
        self._applied = applied

    def icon(self) -> QIcon:  # QGIS 3.22 asks a subclass and not the icon that was set
        """The plugin's icon."""
        return QIcon(str(ICON))

    def createWidget(self, parent: QWidget | None) -> OptionsPage:
        """A new page; called by QGIS."""
        return OptionsPage(*self._pages, self._applied, parent)


class OptionsPage(QgsOptionsPageWidget):
    """All settings in one form; kept when the user accepts the options.

    Args:
        show_models: opens the page of models.
        show_runtime: opens the page of the runtime's environment.
        applied: called when settings have been kept.
    """

    def __init__(
        self,
        show_models: Callable[[], object],
        show_runtime: Callable[[], object],
        applied: Callable[[], None],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._applied = applied
        settings = Settings.load()
        self.interpreter = QgsFileWidget()
        self.interpreter.setStorageMode(QgsFileWidget.StorageMode.GetFile)
        self.interpreter.setFilePath(settings.runtime_python)
        self.interpreter.lineEdit().setPlaceholderText(replace(settings, runtime_python="").interpreter())
        self.device = _combo(((name, self._device_words(name)) for name in DEVICES), settings.device, editable=True)
        self.remote = RemoteGroup(settings)
        self.model = ElidedLabel()
        self.model.set_whole(settings.model_title())
        self.tier = tier_combo(settings.tier)
        self.profile = _combo(zip(PROFILES, self._profile_words()), settings.profile)
        self.stretch = _combo(zip(STRETCHES, self._stretch_words()), settings.stretch)
        self.ellipsoid = _combo(self._ellipsoids(), settings.ellipsoid)
        self.units = _combo(zip(UNITS, self._units_words()), settings.units)
        self.language = _combo(self._languages(), settings.language)
        self.runs_folder = QgsFileWidget()
        self.runs_folder.setStorageMode(QgsFileWidget.StorageMode.GetDirectory)
        self.runs_folder.setFilePath(settings.runs_folder)
        self.runs_folder.lineEdit().setPlaceholderText(str(replace(settings, runs_folder="").runs()))
        self.add_layers = QCheckBox(self.tr("Add the layers of an answer to the project by themselves"))
        self.add_layers.setChecked(settings.add_layers)
        self._lay_out(show_models, show_runtime)

    def isValid(self) -> bool:
        """Whether everything in the form can be kept; QGIS 3.28 and later ask, and what is wrong is shown."""
        wrong = self.wrong()
        self.trouble.tell("⚠ " + wrong if wrong else "", warns=True)
        return not wrong

    def wrong(self) -> str:
        """One sentence on what cannot be kept; empty where all can."""
        interpreter, folder = self.interpreter.filePath(), self.runs_folder.filePath()
        if interpreter and not Path(interpreter).is_file():
            return self.tr("There is no Python at {path}: choose it again, or leave the field empty.").format(
                path=interpreter
            )
        if folder and not Path(folder).is_absolute():
            return self.tr("The folder for results, {path}, is no whole path: choose it again.").format(path=folder)
        if folder and Path(folder).exists() and not Path(folder).is_dir():
            return self.tr("{path} is a file: choose a folder for results.").format(path=folder)
        if not Settings.is_device(self._device()):
            return self.tr("“{name}” is no device: use auto, cpu, mps, cuda, or cuda: and a number.").format(
                name=self._device()
            )
        return self.remote.wrong()

    def apply(self) -> None:
        """Keep the form, unless something in it is wrong; called by QGIS when the user accepts the options."""
        if not self.isValid():
            return
        settings = Settings.load()
        settings.runtime_python = self.interpreter.filePath()
        settings.device = self._device()
        self.remote.keep(settings)
        settings.tier = self.tier.currentData()
        settings.profile = self.profile.currentData()
        settings.stretch = self.stretch.currentData()
        settings.ellipsoid = self.ellipsoid.currentData()
        settings.units = self.units.currentData()
        settings.language = self.language.currentData()
        settings.runs_folder = self.runs_folder.filePath()
        settings.add_layers = self.add_layers.isChecked()
        settings.save()
        self._applied()

    def _device(self) -> str:
        """A device of the list, or what was typed."""
        row = self.device.findText(self.device.currentText())
        return self.device.itemData(row) if row >= 0 else self.device.currentText().strip()

    def _device_words(self, name: str) -> str:
        words = {"auto": self.tr("Automatic: a GPU where there is one"), "cpu": self.tr("Processor (cpu)")}
        return words.get(name, name)

    def _profile_words(self) -> tuple[str, ...]:
        return self.tr("As in the paper"), self.tr("As the published weights were run")

    def _stretch_words(self) -> tuple[str, ...]:
        return self.tr("Automatic: reflectance where it is known"), self.tr("Relative: 2 to 98 percentile of each band")

    def _ellipsoids(self) -> list[tuple[str, str]]:
        named = sorted((found.description, found.acronym) for found in QgsEllipsoidUtils.definitions())
        listed = [(acronym, description) for description, acronym in named]
        return [("", self.tr("That of the scene")), (PROJECT_ELLIPSOID, self.tr("That of the project")), *listed]

    def _units_words(self) -> tuple[str, ...]:
        return self.tr("As in QGIS's locale"), self.tr("Metric"), self.tr("US (acres, feet, miles)")

    def _languages(self) -> list[tuple[str, str]]:
        named = [(code, QLocale(code).nativeLanguageName().capitalize()) for code in LANGUAGES]
        return [("", self.tr("That of QGIS")), *named]

    def _lay_out(self, show_models: Callable[[], object], show_runtime: Callable[[], object]) -> None:
        self.trouble = QuietLabel()
        self.help_button = HelpButton("index")
        groups = (
            (
                self.tr("Runtime"),
                (
                    (self.tr("&Python"), self._beside(self.interpreter, self.tr("Runtime…"), show_runtime)),
                    (self.tr("&Device"), self.device),
                ),
            ),
            (
                self.tr("Model"),
                (
                    (self.tr("Model"), self._beside(self.model, self.tr("Models…"), show_models)),
                    (self.tr("Weights in &memory"), self.tier),
                    (self.tr("&Reasoning"), self.profile),
                ),
            ),
            (
                self.tr("Scenes and measures"),
                (
                    (self.tr("&Stretch"), self.stretch),
                    (self.tr("&Ellipsoid"), self.ellipsoid),
                    (self.tr("&Units shown"), self.units),
                ),
            ),
            (
                self.tr("Plugin"),
                (
                    (self.tr("&Folder for results"), self.runs_folder),
                    ("", self.add_layers),
                    (self.tr("&Language"), self.language),
                    ("", QLabel(self.tr("Another language appears with the next start of QGIS."))),
                ),
            ),
        )
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self.trouble)
        for title, rows in groups:
            box = QGroupBox(title)
            form = QFormLayout(box)
            form.setFieldGrowthPolicy(QFormLayout.FieldGrowthPolicy.AllNonFixedFieldsGrow)
            for label, field in rows:
                form.addRow(label, field)
                if label and not field.accessibleName():
                    field.setAccessibleName(label.replace("&", ""))
            layout.addWidget(box)
        layout.insertWidget(2, self.remote)
        layout.addWidget(self.help_button, 0, Qt.AlignmentFlag.AlignLeft)
        layout.addStretch()
        name_file_field(self.interpreter, self.tr("&Python").replace("&", ""))
        name_file_field(self.runs_folder, self.tr("&Folder for results").replace("&", ""))

    def _beside(self, field: QWidget, text: str, action: Callable[[], object]) -> QWidget:
        """A field with a button beside it, which leads away from the options and leaves them open."""
        button = QPushButton(text)
        button.clicked.connect(lambda: action())
        row = QWidget()
        row.setFocusProxy(field)
        layout = QHBoxLayout(row)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(field, 1)
        layout.addWidget(button)
        return row


def _combo(entries: object, chosen: str, editable: bool = False) -> QComboBox:
    """A list of (value, text) with one of them chosen; what is not in it stays as it is where it can be typed."""
    combo = QComboBox()
    may_shrink(combo)
    for value, text in entries:
        combo.addItem(text, value)
    combo.setEditable(editable)
    row = combo.findData(chosen)
    if row < 0 and editable:
        combo.setEditText(chosen)
    else:
        combo.setCurrentIndex(max(0, row))
    return combo
