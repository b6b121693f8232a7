"""The folded group that says which band is which, with a small picture of the result."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from qgis.core import QgsRasterLayer
from qgis.PyQt.QtCore import pyqtSignal
from qgis.PyQt.QtWidgets import QComboBox, QGridLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from ..core.band_roles import NEEDED, ROLES, BandMapping, band_names, optical_roles, sar_roles
from ..core.capture import Raster
from ..core.captures import is_picture
from ..core.request import Acquisition
from ..errors import AnalysisError
from .fold import Fold
from .raster_choice import may_shrink, tell_whole
from .swatch import Swatch

SAR_SHOWN = ("vv", "vh")


class BandGroup(Fold):
    """Filled in from names and the renderer; what the user does not change is left to the runtime.

    Attributes:
        combos: by role; those of radar are named vv and vh.
        swatch: the picture.

    Signals:
        changed: the user has chosen another band.
    """

    changed = pyqtSignal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setTitle(self.tr("Bands"))
        self._optical: QgsRasterLayer | None = None
        self._sar: QgsRasterLayer | None = None
        self._shown: tuple[str, ...] = ()
        self._own: set[str] = set()  # "optical", "sar": what the user has set
        titles = (
            self.tr("Red"), self.tr("Green"), self.tr("Blue"), self.tr("NIR"), self.tr("SWIR 1"), self.tr("SWIR 2"),
            self.tr("VV"), self.tr("VH"),
        )  # fmt: skip
        self.combos: dict[str, QComboBox] = {}
        self._labels: dict[str, QLabel] = {}
        content = QWidget()  # folded as one: rows may come and go meanwhile
        grid = QGridLayout(content)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setColumnStretch(1, 1)
        grid.setHorizontalSpacing(4)
        grid.setVerticalSpacing(2)
        for row, (role, title) in enumerate(zip((*ROLES, *SAR_SHOWN), titles)):
            label, combo = QLabel(title), QComboBox()
            label.setBuddy(combo)
            combo.setAccessibleName(self.tr("Band of {role}").format(role=title))
            may_shrink(combo)
            tell_whole(combo)
            combo.activated.connect(lambda _index, role=role: self._chosen(role))
            grid.addWidget(label, row, 0)
            grid.addWidget(combo, row, 1)
            self.combos[role], self._labels[role] = combo, label
        self.swatch = Swatch()
        self.reset_button = QPushButton(self.tr("As found"))
        self.reset_button.setToolTip(self.tr("Leave it to what names and metadata tell"))
        self.reset_button.clicked.connect(self.reset)
        side = QVBoxLayout()
        side.addWidget(self.swatch)
        side.addWidget(self.reset_button)
        side.addStretch()
        grid.addLayout(side, 0, 2, len(self.combos), 1)
        layout = QVBoxLayout(self)
        layout.addWidget(content)
        self.collapsedStateChanged.connect(self._draw)
        self.show_dates(())

    def show_dates(self, dates: Sequence[Acquisition]) -> None:
        """Know what is chosen: the bands of its first optical and of its first radar image are shown."""
        optical = next((date.optical for date in dates if date.optical is not None), None)
        sar = next((date.sar for date in dates if date.sar is not None), None)
        shown = (_key(optical), _key(sar))
        if shown == self._shown:
            return
        self._shown = shown
        self._optical, self._sar = _layer(optical), _layer(sar)
        self.setVisible(self._optical is not None or self._sar is not None)
        self.reset()

    def reset(self) -> None:
        """As names and the renderer tell."""
        self._own.clear()
        for layer, roles, found in (
            (self._optical, ROLES, optical_roles),
            (self._sar, SAR_SHOWN, sar_roles),
        ):
            names = band_names(layer) if layer is not None else []
            told = found(layer) if layer is not None else {}
            for role in roles:
                combo = self.combos[role]
                combo.clear()
                combo.addItem(self.tr("none"), 0)
                for number, name in enumerate(names, start=1):
                    combo.addItem(name, number)
                combo.setCurrentIndex(combo.findData(told.get(role, 0)))
                combo.setVisible(layer is not None)
                self._labels[role].setVisible(layer is not None)
        self._tell_own()
        self._draw()

    def mapping(self) -> BandMapping:
        """What the user has set; empty where it is as it was found.

        Raises:
            AnalysisError: red, green or blue is missing, or every polarisation.
        """
        optical = self._chosen_of(ROLES) if "optical" in self._own else {}
        sar = self._chosen_of(SAR_SHOWN) if "sar" in self._own else {}
        if "optical" in self._own and not optical.keys() >= set(NEEDED):
            raise AnalysisError(self.tr("Bands: red, green and blue are all needed; choose a band for each."))
        if "sar" in self._own and not sar:
            raise AnalysisError(self.tr("Bands: choose the band of VV or of VH."))
        return BandMapping(optical, sar)

    def put_back(self, mapping: BandMapping) -> None:
        """Choose as an earlier question did."""
        self.reset()
        for kind, roles, bands in (("optical", ROLES, mapping.optical), ("sar", SAR_SHOWN, mapping.sar)):
            if bands:
                self._own.add(kind)
                for role in roles:
                    combo = self.combos[role]
                    combo.setCurrentIndex(max(0, combo.findData(bands.get(role, 0))))
        self._tell_own()
        self._draw()

    def leave(self) -> None:
        """Nothing is read any more."""
        self.swatch.leave()

    def _chosen_of(self, roles: Sequence[str]) -> dict[str, int]:
        bands = {role: self.combos[role].currentData() for role in roles}
        return {role: band for role, band in bands.items() if band}

    def _chosen(self, role: str) -> None:
        self._own.add("optical" if role in ROLES else "sar")
        self._tell_own()
        self._draw()
        self.changed.emit()

    def _tell_own(self) -> None:
        self.setTitle(self.tr("Bands (chosen)") if self._own else self.tr("Bands"))
        self.reset_button.setEnabled(bool(self._own))

    def _draw(self) -> None:
        """Begin the picture, where it can be seen."""
        layer, roles = (self._optical, NEEDED) if self._optical is not None else (self._sar, SAR_SHOWN[:1])
        self.swatch.leave()
        if layer is None or self.isCollapsed():
            return
        try:
            bands = self._chosen_of(roles)
            if len(bands) == len(roles):
                self.swatch.show_layer(layer, list(bands.values()))
            else:
                self.swatch.setText("–")
        except RuntimeError:  # the layer was removed from the project
            self.swatch.setText("–")


def _key(raster: Raster | None) -> str:
    return "" if raster is None else raster if isinstance(raster, str) else raster.id()


def _layer(raster: Raster | None) -> QgsRasterLayer | None:
    """A layer whose bands can be chosen; None for a folder, whose files say it, and for pictures."""
    if isinstance(raster, str):
        if not Path(raster).is_file():
            return None
        raster = QgsRasterLayer(raster, Path(raster).name)
    if raster is None or not raster.isValid() or is_picture(raster):
        return None
    return raster
