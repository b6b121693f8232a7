"""Two settings that concern all models: how weights are kept in memory, and the sign-in for the hub."""

from __future__ import annotations

from qgis.gui import QgsAuthConfigSelect
from qgis.PyQt.QtCore import QCoreApplication
from qgis.PyQt.QtWidgets import QComboBox, QFormLayout, QWidget

from ..client.protocol import TIERS
from ..settings import Settings
from .raster_choice import may_shrink

translate = QCoreApplication.translate


class ModelSettings(QWidget):
    """A form; what is chosen in it is kept at once."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.tier = tier_combo(Settings.load().tier)
        self.tier.activated.connect(lambda: _keep("tier", self.tier.currentData()))
        self.sign_in = self._sign_in_chooser()
        form = QFormLayout(self)
        form.setContentsMargins(0, 0, 0, 0)
        form.setRowWrapPolicy(QFormLayout.RowWrapPolicy.WrapLongRows)
        form.addRow(self.tr("Weights in &memory"), self.tier)
        form.addRow(self.tr("Hub &sign-in"), self.sign_in)

    def _sign_in_chooser(self) -> QgsAuthConfigSelect:
        chooser = QgsAuthConfigSelect(self)
        chooser.setConfigId(Settings.load().sign_in)
        chooser.setToolTip(
            self.tr("Only for models whose owner asks for it: a “Basic” entry with the hub's access key as password")
        )
        for part in (chooser, *chooser.findChildren(QComboBox)):
            part.setAccessibleName(self.tr("Hub sign-in"))
        chooser.selectedConfigIdChanged.connect(lambda sign_in: _keep("sign_in", sign_in))
        return chooser


def tier_combo(chosen: str) -> QComboBox:
    """A list of the ways in which weights can be kept in memory, with one of them chosen."""
    combo = QComboBox()
    may_shrink(combo)
    words = {
        "auto": translate("TerraScope", "Automatic: the best that fits"),
        "fp32": translate("TerraScope", "fp32: four bytes a weight, exact"),
        "bf16": translate("TerraScope", "bf16: two bytes a weight, as published"),
        "int8": translate("TerraScope", "int8: one byte a weight"),
        "fp8": translate("TerraScope", "fp8: one byte a weight, newer NVIDIA GPU only"),
        "int4": translate("TerraScope", "int4: half a byte a weight, NVIDIA GPU only"),
    }
    for tier in TIERS:
        combo.addItem(words[tier], tier)
    combo.setCurrentIndex(max(0, combo.findData(chosen)))
    combo.setToolTip(translate("TerraScope", "Fewer bytes need less memory, and masks and answers become less exact"))
    combo.setAccessibleName(translate("TerraScope", "Weights in memory"))
    return combo


def _keep(name: str, value: str) -> None:
    settings = Settings.load()
    setattr(settings, name, value)
    settings.save()
