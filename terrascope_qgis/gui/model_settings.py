"""Two settings that concern all models: how weights are kept in memory, and the sign-in for the hub."""

from __future__ import annotations

from qgis.gui import QgsAuthConfigSelect
from qgis.PyQt.QtWidgets import QComboBox, QFormLayout, QWidget

from ..client.protocol import TIERS
from ..settings import Settings


class ModelSettings(QWidget):
    """A form; what is chosen in it is kept at once."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.tier = self._tier_combo()
        self.sign_in = self._sign_in_chooser()
        form = QFormLayout(self)
        form.setContentsMargins(0, 0, 0, 0)
        form.addRow(self.tr("Weights in &memory"), self.tier)
        form.addRow(self.tr("Hub &sign-in"), self.sign_in)

    def _tier_combo(self) -> QComboBox:
        combo = QComboBox()
        words = {
            "auto": self.tr("Automatic: the best that fits"),
            "fp32": self.tr("fp32: four bytes a weight, exact"),
            "bf16": self.tr("bf16: two bytes a weight, as published"),
            "int8": self.tr("int8: one byte a weight"),
            "int4": self.tr("int4: half a byte a weight, NVIDIA GPU only"),
        }
        for tier in TIERS:
            combo.addItem(words[tier], tier)
        combo.setCurrentIndex(max(0, combo.findData(Settings.load().tier)))
        combo.setToolTip(self.tr("Fewer bytes need less memory, and masks and answers become less exact"))
        combo.setAccessibleName(self.tr("Weights in memory"))
        combo.activated.connect(lambda: _keep("tier", combo.currentData()))
        return combo

    def _sign_in_chooser(self) -> QgsAuthConfigSelect:
        chooser = QgsAuthConfigSelect(self)
        chooser.setConfigId(Settings.load().sign_in)
        chooser.setToolTip(
            self.tr("Only for models whose owner asks for it: a “Basic” entry with the hub's access key as password")
        )
        chooser.setAccessibleName(self.tr("Hub sign-in"))
        chooser.selectedConfigIdChanged.connect(lambda sign_in: _keep("sign_in", sign_in))
        return chooser


def _keep(name: str, value: str) -> None:
    settings = Settings.load()
    setattr(settings, name, value)
    settings.save()
