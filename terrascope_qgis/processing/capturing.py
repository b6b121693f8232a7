"""What algorithms that read rasters share: an extent, and the resolution of layers that have to be captured."""

from __future__ import annotations

from typing import Any

from qgis.core import (
    QgsProcessingContext,
    QgsProcessingParameterExtent,
    QgsProcessingParameterNumber,
    QgsRasterLayer,
)
from qgis.PyQt.QtCore import QCoreApplication

from ..core.extents import Area
from .base import TerraScopeAlgorithm
from .captured import CapturedFiles

COARSEST_M = 10_000.0

translate = QCoreApplication.translate


class CapturingAlgorithm(TerraScopeAlgorithm):
    """Base of algorithms that read rasters."""

    EXTENT = "EXTENT"
    RESOLUTION = "RESOLUTION"

    _files: CapturedFiles | None = None

    def add_extent(self, title: str = "", advanced: bool = False) -> None:
        """Declare what part of the scenes is looked at."""
        title = title or translate("TerraScope", "Extent")
        extent = QgsProcessingParameterExtent(self.EXTENT, title, optional=True)
        (self.add_advanced if advanced else self.addParameter)(extent)

    def add_resolution(self) -> None:
        """Declare how large the pixels of captures are."""
        self.add_advanced(
            QgsProcessingParameterNumber(
                self.RESOLUTION,
                translate("TerraScope", "Capture layers that are no files at (metres per pixel; empty: their own)"),
                QgsProcessingParameterNumber.Type.Double,
                optional=True,
                minValue=0.01,
                maxValue=COARSEST_M,
            )
        )

    def area(
        self, parameters: dict[str, Any], context: QgsProcessingContext, scene: QgsRasterLayer | None = None
    ) -> Area | None:
        """The extent, in the CRS of a scene where one is given; None: all of the scenes."""
        crs = self.parameterAsExtentCrs(parameters, self.EXTENT, context) if scene is None else scene.crs()
        extent = self.parameterAsExtent(parameters, self.EXTENT, context, crs)
        return None if extent.isEmpty() else Area.of_rectangle(extent, crs)

    def files(self, parameters: dict[str, Any], context: QgsProcessingContext, area: Area | None) -> CapturedFiles:
        """What finds the files of layers; on the layers' thread."""
        self._files = CapturedFiles(area, self.parameterAsDouble(parameters, self.RESOLUTION, context) or None)
        return self._files
