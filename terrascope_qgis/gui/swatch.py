"""A small picture of a layer in chosen bands, read in the background."""

from __future__ import annotations

from collections.abc import Sequence

from qgis.core import QgsApplication, QgsRasterLayer, QgsRectangle, QgsTask
from qgis.PyQt.QtCore import Qt, pyqtSignal
from qgis.PyQt.QtGui import QImage, QPixmap, qRgb, qRgba
from qgis.PyQt.QtWidgets import QLabel, QWidget

SIDE = 96  # pixels
CUT = 0.02  # share of the darkest and of the brightest pixels that is given up to contrast


class Swatch(QLabel):
    """Shows a layer as red, green and blue; keeps the former picture until the next is there."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._task: SwatchTask | None = None
        self.setFixedSize(SIDE + 2, SIDE + 2)
        self.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.setFrameShape(QLabel.Shape.StyledPanel)
        self.setAccessibleName(self.tr("Preview of the bands"))

    def show_layer(self, layer: QgsRasterLayer, bands: Sequence[int], extent: QgsRectangle | None = None) -> None:
        """Begin to read three bands, or one for shades of grey; comes back at once.

        Args:
            layer: of the project, or one of our own.
            bands: 1-based.
            extent: part of it, in its CRS; None: all.
        """
        self.leave()
        whole = extent if extent is not None else layer.extent()
        self._task = SwatchTask(layer, bands, whole)
        self._task.ended.connect(self._show)
        QgsApplication.taskManager().addTask(self._task)

    def leave(self) -> None:
        """What is being read is wanted no more."""
        if self._task is not None:
            self._task.ended.disconnect(self._show)
            self._task.cancel()
            self._task = None

    def _show(self, image: QImage) -> None:
        self._task = None
        if image.isNull():
            self.setText("?")
        else:
            self.setPixmap(QPixmap.fromImage(image))


class SwatchTask(QgsTask):
    """Reads three bands, or one, small.

    Signals:
        ended: the picture; a null one when it could not be read.
    """

    ended = pyqtSignal(QImage)

    def __init__(self, layer: QgsRasterLayer, bands: Sequence[int], extent: QgsRectangle) -> None:
        super().__init__("TerraScope", QgsTask.Flag.CanCancel)
        self._provider = layer.dataProvider().clone()
        self._bands = list(bands)
        self._extent = extent
        longest = max(extent.width(), extent.height()) or 1.0
        self._width = max(1, round(SIDE * extent.width() / longest))
        self._height = max(1, round(SIDE * extent.height() / longest))
        self._image = QImage()

    def run(self) -> bool:
        """Read; in a thread of QGIS's pool."""
        planes = []
        for band in self._bands:
            if self.isCanceled():
                return False
            block = self._provider.block(band, self._extent, self._width, self._height)
            if not block.isValid():
                return False
            cells = range(self._width * self._height)
            planes.append([None if block.isNoData(cell) else block.value(cell) for cell in cells])
        shades = [_stretched(plane) for plane in planes]
        if len(shades) == 1:
            shades *= 3
        image = QImage(self._width, self._height, QImage.Format.Format_ARGB32)
        for cell, colour in enumerate(zip(*shades)):
            pixel = qRgba(0, 0, 0, 0) if None in colour else qRgb(*colour)
            image.setPixel(cell % self._width, cell // self._width, pixel)
        self._image = image
        return True

    def finished(self, result: bool) -> None:
        """Called by QGIS on the main thread."""
        self.ended.emit(self._image if result else QImage())


def _stretched(values: Sequence[float | None]) -> list[int | None]:
    """0 to 255 between the cuts; None where there is nothing."""
    known = sorted(value for value in values if value is not None)
    if not known:
        return [None] * len(values)
    low, high = known[int(CUT * (len(known) - 1))], known[int((1 - CUT) * (len(known) - 1))]
    span = (high - low) or 1.0
    return [None if value is None else round(255 * min(1.0, max(0.0, (value - low) / span))) for value in values]
