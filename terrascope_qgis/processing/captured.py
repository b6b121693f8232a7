"""The files of the layers of one run: those that are no file of this machine are captured to one for as long."""

from __future__ import annotations

from pathlib import Path

from qgis.core import QgsProcessingFeedback, QgsProcessingUtils, QgsRasterLayer
from qgis.PyQt.QtCore import QCoreApplication

from ..core.capture import Raster
from ..core.captures import is_captured, is_picture
from ..core.capturing import Captures, write_all
from ..core.extents import Area
from ..errors import CancelledError, LayerError

translate = QCoreApplication.translate


class CapturedFiles:
    """Finds the files on the layers' thread; `write` and `leave` belong to the thread that works.

    Args:
        area: of captures; None: all of a layer.
        pixel_size_m: of captures; None: the layers' own.
    """

    def __init__(self, area: Area | None, pixel_size_m: float | None) -> None:
        self._pixel_size_m = pixel_size_m
        self._captures = Captures()
        folder = Path(QgsProcessingUtils.generateTempFilename("captures")).parent  # of this run alone
        # There is no canvas whose resolution a picture could have: `path_of` refuses what would need it.
        self._files = self._captures.gather(area, pixel_size_m, 1.0, folder)

    def path_of(self, raster: Raster) -> str:
        """The path that the runtime will read a raster from.

        Raises:
            LayerError: it cannot be read or captured.
        """
        drawn = isinstance(raster, QgsRasterLayer) and is_captured(raster) and is_picture(raster)
        if drawn and self._pixel_size_m is None:
            raise LayerError(
                translate(
                    "TerraScope",
                    "The layer “{name}” is a picture that a server draws: give the resolution it is to be captured "
                    "at, and an extent.",
                ).format(name=raster.name())
            )
        return self._files.path_of(raster)

    def notes(self) -> tuple[str, ...]:
        """What the report says of the captures."""
        return self._files.notes()

    def write(self, feedback: QgsProcessingFeedback) -> None:
        """Capture what has to be.

        Raises:
            CancelledError: the feedback was cancelled.
            LayerError: a layer gave nothing, or the file cannot be written.
        """
        captures = list(self._files.captures.values())
        stages: list[str] = []

        def tell(stage: str, share: float) -> None:
            feedback.setProgress(100 * share)
            if stage not in stages:
                stages.append(stage)
                feedback.pushInfo(stage)

        for capture in captures:
            feedback.canceled.connect(capture.cancel)
        try:
            if feedback.isCanceled():
                raise CancelledError(translate("TerraScope", "Cancelled."))
            write_all(captures, tell)
        finally:
            for capture in captures:
                feedback.canceled.disconnect(capture.cancel)

    def leave(self) -> None:
        """Remove the captures."""
        self._captures.leave()
