"""For layers that are no file: at which resolution they are captured, and how large that gets."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from qgis.core import QgsProject, QgsRasterLayer
from qgis.PyQt.QtWidgets import QDoubleSpinBox, QVBoxLayout, QWidget

from ..core.captures import is_captured, plan
from ..core.capturing import Captures, Gathering
from ..core.request import Acquisition
from ..errors import TerraScopeError
from ..settings import Settings
from .extent_choice import ExtentChoice
from .map_view import MapView
from .quiet_label import QuietLabel

COARSEST_M = 10_000.0


class CaptureRow(QWidget):
    """Takes no room until a chosen layer has to be captured.

    Args:
        map_view: the canvas, whose resolution pictures are captured at.
        extent: what is captured.

    Attributes:
        resolution: metres; at its least the layer's own, or the canvas's.
        told: the size of each capture, or why it cannot be.
        captures: of the session.
    """

    def __init__(self, map_view: MapView, extent: ExtentChoice, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._map = map_view
        self._extent = extent
        self._layers: list[QgsRasterLayer] = []
        self.captures = Captures()
        self.resolution = QDoubleSpinBox()
        self.resolution.setRange(0.0, COARSEST_M)
        self.resolution.setDecimals(2)
        self.resolution.setSuffix(" m")
        self.resolution.setSpecialValueText(self.tr("automatic"))
        self.resolution.setAccessibleName(self.tr("Resolution of captures"))
        self.resolution.setToolTip(
            self.tr(
                "Size of a pixel of the file that the layer is captured to; automatic: the layer's own, or the map's"
            )
        )
        self.resolution.valueChanged.connect(self._tell)
        self.told = QuietLabel()
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(1)
        layout.addWidget(self.resolution)
        layout.addWidget(self.told)
        self.setFocusProxy(self.resolution)
        extent.stated.connect(self._tell)
        self.setVisible(False)

    def show_dates(self, dates: Sequence[Acquisition]) -> bool:
        """Know what is chosen; says whether something of it is captured."""
        rasters = [raster for date in dates for raster in (date.optical, date.sar, date.clouds)]
        self._layers = [raster for raster in rasters if is_captured(raster)]
        self.setVisible(bool(self._layers))
        self._tell()
        return bool(self._layers)

    def pixel_size_m(self) -> float | None:
        """As chosen; None: not at all."""
        return self.resolution.value() or None

    def gather(self, settings: Settings) -> Gathering:
        """Begin to find the files of a question about what is chosen.

        Raises:
            AnalysisError: there is no extent.
        """
        return self.captures.gather(self._extent.area(), self.pixel_size_m(), self._map.pixel_size_m(), settings.runs())

    def _tell(self) -> None:
        lines, fine = [], True
        for layer in self._layers:
            try:
                made = plan(
                    layer,
                    self._extent.area(),
                    self.pixel_size_m(),
                    self._map.pixel_size_m(),
                    Path(),
                    QgsProject.instance().transformContext(),
                )
                lines.append(f"{layer.name()}: {made.size()}")
            except RuntimeError:  # removed from the project
                continue
            except TerraScopeError as failure:
                lines.append("⚠ " + failure.user_message)
                fine = False
        self.told.tell("\n".join(lines), warns=not fine)
