"""The folded group of the dock: how images are read and put together, and the runtime that reads them."""

from __future__ import annotations

from collections.abc import Sequence

from qgis.gui import QgsFileWidget
from qgis.PyQt.QtWidgets import QComboBox, QDoubleSpinBox, QGridLayout, QLabel, QWidget

from ..client.protocol import FUSIONS
from ..core.choices import CLOUDS, LARGE, ON_OFFSET, OPTICAL_SENSORS, SAR_SENSORS, Choices
from ..settings import Settings
from .fold import Fold
from .raster_choice import may_shrink, tell_whole
from .spoken import name_file_field


class ChoicesGroup(Fold):
    """Sensors, fusion, clouds, offsets, large scenes and the runtime's interpreter; folded until they are wanted."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setTitle(self.tr("Advanced"))
        self._rows = QGridLayout(self)
        self._rows.setColumnStretch(1, 1)
        told = self.tr("as the file tells")
        self.sensor = self._combo(
            self.tr("Optical is"),
            (None, *OPTICAL_SENSORS),
            (
                told, self.tr("Sentinel-2, reflectance × 10,000"), self.tr("Sentinel-2, with the offset of 2022"),
                self.tr("Landsat 4-7, Level 2"), self.tr("Landsat 8-9, Level 2"), self.tr("Landsat 8-9, Level 1"),
                self.tr("NAIP"), self.tr("PlanetScope"),
            ),
            self.tr("Which sensor the optical images come from, where names and metadata do not tell"),
        )  # fmt: skip
        self.sar_sensor = self._combo(
            self.tr("SAR is"),
            (None, *SAR_SENSORS),
            (told, self.tr("Sentinel-1, decibels"), self.tr("Sentinel-1, linear")),
            self.tr("How the radar images are scaled, where names and metadata do not tell"),
        )
        self.fusion = self._combo(
            self.tr("Together"),
            FUSIONS,
            (
                self.tr("text guided"), self.tr("both, concatenated"), self.tr("as the published training"),
                self.tr("optical only"),
            ),
            self.tr("Which sensor's tokens enter the reasoning where a date has an optical and a radar image"),
        )  # fmt: skip
        self.clouds = self._combo(
            self.tr("Clouds"),
            CLOUDS,
            (self.tr("are left out of the measures"), self.tr("are ignored")),
            self.tr("What clouds hide of a date without radar is not measured"),
        )
        self.on_offset = self._combo(
            self.tr("Offsets"),
            ON_OFFSET,
            (self.tr("over two pixels are refused"), self.tr("are allowed"), self.tr("are moved to fit")),
            self.tr("When images of one place do not lie on one another"),
        )
        self.large = self._combo(
            self.tr("Large scenes"),
            LARGE,
            (self.tr("reason over an overview"), self.tr("reason in each window")),
            self.tr(
                "One image of over 4 million pixels: an overview shows the whole and the masks are drawn on every "
                "pixel; windows show what is too small for an overview, and nothing of the whole"
            ),
        )
        self.minimum_area = QDoubleSpinBox()
        self.minimum_area.setRange(0, 1e6)
        self.minimum_area.setDecimals(3)
        self.minimum_area.setSingleStep(0.1)
        self.minimum_area.setSuffix(self.tr(" ha"))
        self.minimum_area.setSpecialValueText(self.tr("no part is too small"))
        self.minimum_area.setToolTip(
            self.tr("The minimum mapping unit: parts of a mask that are smaller are left out of it")
        )
        self._add(self.tr("Smallest part"), self.minimum_area)
        self.runtime = self._runtime_chooser()
        self._add(self.tr("Runtime"), self.runtime)

    def choices(self) -> Choices:
        """What is chosen."""
        return Choices(
            self.sensor.currentData(),
            self.sar_sensor.currentData(),
            self.on_offset.currentData(),
            self.fusion.currentData(),
            self.clouds.currentData(),
            self.large.currentData(),
            self.minimum_area.value(),
        )

    def set_choices(self, choices: Choices) -> None:
        """Choose as an earlier question did; a value that is not known any more is the default."""
        pairs = (
            (self.sensor, choices.sensor),
            (self.sar_sensor, choices.sar_sensor),
            (self.on_offset, choices.on_offset),
            (self.fusion, choices.fusion),
            (self.clouds, choices.clouds),
            (self.large, choices.large),
        )
        self.minimum_area.setValue(choices.minimum_area_ha)
        for combo, value in pairs:
            combo.setCurrentIndex(max(0, combo.findData(value)))

    def _combo(self, label: str, values: Sequence[str | None], titles: Sequence[str], tip: str) -> QComboBox:
        combo = QComboBox()
        for value, title in zip(values, titles):
            combo.addItem(title, value)
        may_shrink(combo)
        tell_whole(combo, tip)
        self._add(label, combo)
        return combo

    def _add(self, text: str, widget: QWidget) -> None:
        row = self._rows.rowCount()
        label = QLabel(text)
        label.setBuddy(widget)
        if not widget.accessibleName():
            widget.setAccessibleName(text)
        self._rows.addWidget(label, row, 0)
        self._rows.addWidget(widget, row, 1)

    def _runtime_chooser(self) -> QgsFileWidget:
        chooser = QgsFileWidget()
        chooser.setDialogTitle(self.tr("Python of the runtime's environment"))
        chooser.setToolTip(self.tr("The interpreter that the model runs in; empty: the one in the plugin's own folder"))
        chooser.lineEdit().setPlaceholderText(self.tr("found by itself"))
        name_file_field(chooser, self.tr("Runtime"))
        chooser.setFilePath(Settings.load().runtime_python)
        chooser.fileChanged.connect(_keep_runtime)
        return chooser


def _keep_runtime(interpreter: str) -> None:
    settings = Settings.load()
    settings.runtime_python = interpreter
    settings.save()
