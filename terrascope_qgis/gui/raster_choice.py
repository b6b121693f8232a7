"""A raster: a layer of the project, or a file or folder that is not one."""

from __future__ import annotations

from pathlib import Path

from qgis.core import QgsMapLayerProxyModel, QgsRasterLayer
from qgis.gui import QgsMapLayerComboBox
from qgis.PyQt.QtCore import pyqtSignal
from qgis.PyQt.QtWidgets import QComboBox, QFileDialog, QHBoxLayout, QMenu, QSizePolicy, QWidget

from ..core.capture import Raster
from .menu_button import MenuButton


class RasterChoice(QWidget):
    """A list of raster layers with a “…” button beside it.

    Args:
        name: what it is for, read out by screen readers.
        optional: nothing can be chosen too, and is at first.

    Attributes:
        menu: of the button; more can be added to it.

    Signals:
        changed: another raster was chosen.
    """

    changed = pyqtSignal()

    def __init__(self, name: str, optional: bool = False, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._paths: dict[str, str] = {}  # by what the list shows
        self.combo = QgsMapLayerComboBox()
        self.combo.setFilters(QgsMapLayerProxyModel.Filter.RasterLayer)
        self.combo.setAllowEmptyLayer(optional)
        may_shrink(self.combo)
        if optional:
            self.combo.setLayer(None)
        self.menu = QMenu(self)
        self.menu.addAction(self.tr("Choose a file…")).triggered.connect(self._choose_file)
        self.menu.addAction(self.tr("Choose a folder of bands…")).triggered.connect(self._choose_folder)
        self._button = MenuButton()
        self._button.setText("…")
        self._button.setMenu(self.menu)
        self._button.setFixedWidth(self._button.fontMetrics().horizontalAdvance("…") + 16)
        self._button.setToolTip(self.tr("A file, a folder (SAFE, Landsat, one-band files), and more"))
        self.set_name(name)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(4)
        layout.addWidget(self.combo, 1)
        layout.addWidget(self._button)
        self.setFocusProxy(self.combo)
        self.combo.layerChanged.connect(self._changed)

    def set_name(self, name: str) -> None:
        """Say what it is for."""
        self.combo.setAccessibleName(name)
        self._button.setAccessibleName(name + " …")

    def focus_order(self) -> list[QWidget]:
        """What the Tab key visits."""
        return [self.combo, self._button]

    def raster(self) -> Raster | None:
        """What is chosen."""
        layer = self.combo.currentLayer()
        return layer if layer is not None else self._paths.get(self.combo.currentText())

    def set_raster(self, raster: Raster | None) -> None:
        """Choose a layer, or the path of a file or folder."""
        if raster is None:  # `setLayer(None)` leaves a file chosen
            self.combo.setCurrentIndex(0 if self.combo.allowEmptyLayer() else -1)
            return
        if not isinstance(raster, str):
            self.combo.setLayer(raster)
            return
        title = Path(raster).name
        self._paths[title] = raster
        self.combo.setAdditionalItems(list(self._paths))
        self.combo.setCurrentIndex(self.combo.count() - len(self._paths) + list(self._paths).index(title))
        self._changed()

    def title(self) -> str:
        """The name of what is chosen."""
        raster = self.raster()
        return raster.name() if isinstance(raster, QgsRasterLayer) else Path(raster or "").name

    def _changed(self) -> None:
        raster = self.raster()
        self.combo.setToolTip(raster if isinstance(raster, str) else self.title())
        self.changed.emit()

    def _choose_file(self) -> None:
        path, _ = QFileDialog.getOpenFileName(self, self.tr("Choose a raster file"))
        if path:
            self.set_raster(path)

    def _choose_folder(self) -> None:
        path = QFileDialog.getExistingDirectory(self, self.tr("Choose the folder of a scene"))
        if path:
            self.set_raster(path)


def may_shrink(combo: QComboBox) -> None:
    """A long layer name must not widen the dock."""
    combo.setMinimumContentsLength(5)
    combo.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
    combo.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)


def tell_whole(combo: QComboBox, more: str = "") -> None:
    """Let the tooltip say what is chosen, which may have no room, and something else."""

    def tell(text: str) -> None:
        combo.setToolTip("\n".join(part for part in (text, more) if part))

    combo.currentTextChanged.connect(tell)
    tell(combo.currentText())
