"""The dates of a place as parameters: their scenes, radar scenes, cloud layers, folders and days."""

from __future__ import annotations

import os
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from qgis.core import (
    QgsProcessing,
    QgsProcessingContext,
    QgsProcessingException,
    QgsProcessingParameterDefinition,
    QgsProcessingParameterFile,
    QgsProcessingParameterMultipleLayers,
    QgsProcessingParameterRasterLayer,
    QgsProcessingParameterString,
    QgsRasterLayer,
)
from qgis.PyQt.QtCore import QCoreApplication, QDate

from ..core.capture import Raster
from ..core.dates import day_of, days_in
from ..core.radar import is_radar
from ..core.request import Acquisition

if TYPE_CHECKING:
    from .asking import AskingAlgorithm

translate = QCoreApplication.translate


@dataclass(frozen=True)
class Slot:
    """One date with parameters of its own.

    Args:
        name: of the parameter of its scene.
        prefix: of the parameters for all that may come with the scene.
        title: of the scene, for people.
    """

    name: str
    prefix: str
    title: str


class DateParameters:
    """Declares and reads the dates of an algorithm: one or more slots, and a list of further dates.

    Args:
        algorithm: that has the parameters.
        slots: the dates that have parameters of their own.
        further: whether there may be others.
    """

    FURTHER = "FURTHER"
    FURTHER_FOLDERS = "FURTHER_FOLDERS"
    FURTHER_SAR = "FURTHER_SAR"
    FURTHER_CLOUDS = "FURTHER_CLOUDS"
    DAYS = "DAYS"

    def __init__(self, algorithm: AskingAlgorithm, slots: Sequence[Slot], further: bool = True) -> None:
        self._algorithm = algorithm
        self._slots = slots
        self._further = further

    def declare(self) -> None:
        """Add the scenes and radar scenes of the slots and the further dates; the rest is advanced."""
        for slot in self._slots:
            self._layer(slot.name, slot.title)
            self._layer(slot.prefix + "SAR", translate("TerraScope", "{scene}: SAR (radar)").format(scene=slot.title))
        if not self._further:
            return
        self._algorithm.addParameter(self._several(self.FURTHER, translate("TerraScope", "Further dates")))
        self._algorithm.addParameter(
            QgsProcessingParameterString(
                self.DAYS,
                translate("TerraScope", "Days, like 2017-06-04; 2018-03-30 (empty: from metadata and names)"),
                optional=True,
            )
        )

    def declare_advanced(self) -> None:
        """Add cloud layers, folders, and what comes with the further dates."""
        for slot in self._slots:
            texts = (
                (slot.prefix + "CLOUDS", translate("TerraScope", "{scene}: cloud layer (SCL, QA_PIXEL or a mask)")),
                (slot.prefix + "FOLDER", translate("TerraScope", "{scene}: folder of bands instead (SAFE, Landsat)")),
                (slot.prefix + "SAR_FOLDER", translate("TerraScope", "{scene}: folder of SAR bands instead")),
            )
            (clouds, clouds_title), *folders = texts
            self._layer(clouds, clouds_title.format(scene=slot.title), advanced=True)
            for name, title in folders:
                self._algorithm.add_advanced(
                    QgsProcessingParameterFile(
                        name,
                        title.format(scene=slot.title),
                        QgsProcessingParameterFile.Behavior.Folder,
                        optional=True,
                    )
                )
        if not self._further:
            return
        for parameter in (
            self._several(self.FURTHER_SAR, translate("TerraScope", "Further dates: SAR, in the same order")),
            self._several(
                self.FURTHER_CLOUDS, translate("TerraScope", "Further dates: cloud layers, in the same order")
            ),
            self._several(
                self.FURTHER_FOLDERS,
                translate("TerraScope", "Further dates: folders of bands (name a file in each, like *_MTL.txt)"),
                files=True,
            ),
        ):
            self._algorithm.add_advanced(parameter)

    def read(self, parameters: dict[str, Any], context: QgsProcessingContext) -> list[Acquisition]:
        """The dates that are given, those of the slots first; on the layers' thread.

        Raises:
            QgsProcessingException: a layer cannot be loaded, or lists do not fit together.
            AnalysisError: the days cannot be read.
        """

        def raster(name: str) -> QgsRasterLayer | None:
            return self._algorithm.optional_raster(parameters, name, context)

        def folder(name: str) -> str | None:
            return self._algorithm.parameterAsString(parameters, name, context) or None

        def several(name: str) -> list[QgsRasterLayer]:
            return self._algorithm.parameterAsLayerList(parameters, name, context)

        found: list[tuple[Raster | None, Raster | None, Raster | None]] = []
        for slot in self._slots:
            scene = raster(slot.name) or folder(slot.prefix + "FOLDER")
            sar = raster(slot.prefix + "SAR") or folder(slot.prefix + "SAR_FOLDER")
            found.append((scene, sar, raster(slot.prefix + "CLOUDS")))
        days: list[QDate | None] = [None] * len(found)
        if self._further:
            folders = self._algorithm.parameterAsFileList(parameters, self.FURTHER_FOLDERS, context)
            scenes = [*several(self.FURTHER), *(_folder_of(path) for path in folders if path)]
            both = (self.FURTHER_SAR, self.FURTHER_CLOUDS)
            found += zip(scenes, *(self._beside(name, several(name), len(scenes)) for name in both))
            days = days_in(self._algorithm.parameterAsString(parameters, self.DAYS, context), len(found))
        dates = []
        for (scene, sar, clouds), day in zip(found, days):
            if scene is not None and sar is None and is_radar(scene):
                scene, sar = None, scene  # noqa: PLW2901
            first = scene or sar
            dates.append(Acquisition(scene, sar, clouds, day or (day_of(first) if first is not None else None)))
        return dates

    def _beside(self, name: str, layers: list[QgsRasterLayer], count: int) -> list[QgsRasterLayer | None]:
        if layers and len(layers) != count:
            raise QgsProcessingException(
                translate(
                    "TerraScope",
                    "{name} has {given} layers for {count} further dates: give one for each, in the same order.",
                ).format(name=name, given=len(layers), count=count)
            )
        return list(layers) or [None] * count

    def _layer(self, name: str, title: str, advanced: bool = False) -> None:
        parameter = QgsProcessingParameterRasterLayer(name, title, optional=True)
        (self._algorithm.add_advanced if advanced else self._algorithm.addParameter)(parameter)

    @staticmethod
    def _several(name: str, title: str, files: bool = False) -> QgsProcessingParameterDefinition:
        kind = QgsProcessing.SourceType.TypeFile if files else QgsProcessing.SourceType.TypeRaster
        return QgsProcessingParameterMultipleLayers(name, title, kind, optional=True)


def _folder_of(path: str) -> str:
    return path if os.path.isdir(path) else os.path.dirname(path)
