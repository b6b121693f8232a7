"""Which scenes a batch is about: layers, a folder or a table; exactly one of them."""

from __future__ import annotations

import csv
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from qgis.core import (
    QgsMapLayer,
    QgsProcessing,
    QgsProcessingContext,
    QgsProcessingParameterFile,
    QgsProcessingParameterMultipleLayers,
    QgsProcessingParameterString,
    QgsProcessingUtils,
    QgsRasterLayer,
)
from qgis.PyQt.QtCore import QCoreApplication

from ..core.capture import Raster
from ..core.radar import is_radar
from ..errors import LayerError
from .captured import CapturedFiles

if TYPE_CHECKING:
    from .asking import AskingAlgorithm

translate = QCoreApplication.translate


@dataclass(frozen=True)
class Scenes:
    """What the runtime's command is given.

    Args:
        plan: table, STAC items or folder.
        pattern: which names of a folder are scenes.
        unusable: names of layers that cannot be handed over, and why.
    """

    plan: str
    pattern: str = ""
    unusable: tuple[tuple[str, str], ...] = ()


class SceneParameters:
    """Declares and reads the scenes of a batch.

    Args:
        algorithm: that has the parameters.
    """

    INPUT = "INPUT"
    FOLDER = "FOLDER"
    PATTERN = "PATTERN"
    PLAN = "PLAN"

    def __init__(self, algorithm: AskingAlgorithm) -> None:
        self._algorithm = algorithm

    def declare(self) -> None:
        """Add them."""
        raster = QgsProcessing.SourceType.TypeRaster
        folder, file = QgsProcessingParameterFile.Behavior.Folder, QgsProcessingParameterFile.Behavior.File
        for parameter in (
            QgsProcessingParameterMultipleLayers(self.INPUT, translate("TerraScope", "Scenes"), raster, optional=True),
            QgsProcessingParameterFile(
                self.FOLDER, translate("TerraScope", "Or all scenes of a folder"), folder, optional=True
            ),
            QgsProcessingParameterString(
                self.PATTERN,
                translate("TerraScope", "Names of its scenes, like *.tif or **/*_B04.tif (empty: all rasters)"),
                optional=True,
            ),
            QgsProcessingParameterFile(
                self.PLAN,
                translate("TerraScope", "Or a table of scene, sar, dates, question (CSV), or STAC items (JSON)"),
                file,
                optional=True,
                fileFilter=translate("TerraScope", "Tables and STAC items (*.csv *.json *.geojson)"),
            ),
        ):
            self._algorithm.addParameter(parameter)

    def loadable(self, parameters: dict[str, Any], context: QgsProcessingContext) -> dict[str, Any]:
        """The parameters without scenes that QGIS cannot open: those are for the summary, not for a refusal."""
        given = self._given(parameters)
        known = [one for one in given if isinstance(_loaded(one, context), QgsRasterLayer)]
        if len(known) == len(given) or not all(_is_there(one) for one in given if one not in known):
            return parameters
        return {**parameters, self.INPUT: known or None}

    def missing(self, parameters: dict[str, Any], context: QgsProcessingContext) -> str:
        """What is wrong with them, in a sentence; empty: nothing."""
        folder, plan, pattern = (
            self._text(parameters, name, context) for name in (self.FOLDER, self.PLAN, self.PATTERN)
        )
        if sum(map(bool, (self._given(parameters), folder, plan))) != 1:
            return translate("TerraScope", "Give one of the three: scenes, a folder, or a table of scenes.")
        if pattern and not folder:
            return translate(
                "TerraScope", "A pattern chooses among the files of a folder: give a folder, or no pattern."
            )
        for path, there in ((folder, Path(folder).is_dir()), (plan, Path(plan).is_file())):
            if path and not there:
                return translate("TerraScope", "There is nothing at {path}: choose the file or folder again.").format(
                    path=path
                )
        return ""

    def needs_questions(self, parameters: dict[str, Any], context: QgsProcessingContext) -> bool:
        """Whether the questions cannot be in a table."""
        return not self._text(parameters, self.PLAN, context).lower().endswith(".csv")

    def read(self, parameters: dict[str, Any], context: QgsProcessingContext, files: CapturedFiles) -> Scenes:
        """What is given, layers written to a table; on their thread.

        Raises:
            LayerError: none of the layers can be used.
        """
        pattern = self._text(parameters, self.PATTERN, context)
        given = self._text(parameters, self.FOLDER, context) or self._text(parameters, self.PLAN, context)
        if given:
            return Scenes(str(Path(given).resolve()), pattern)
        usable: list[tuple[str, str, str]] = []
        unusable: list[tuple[str, str]] = []
        for one in self._given(parameters):
            layer = _loaded(one, context)
            raster: Raster = layer if isinstance(layer, QgsRasterLayer) else str(one)
            name = layer.name() if isinstance(layer, QgsRasterLayer) else Path(str(one)).name
            try:
                path = files.path_of(raster)
            except LayerError as failure:
                unusable.append((name, failure.user_message))
                continue
            usable.append(("", path, name) if is_radar(raster) else (path, "", name))
        if not usable:
            raise LayerError(unusable[0][1])
        return Scenes(_table(usable), unusable=tuple(unusable))

    def _given(self, parameters: dict[str, Any]) -> list[Any]:
        """The layers, their ids or files, as they came."""
        value = parameters.get(self.INPUT)
        several = value if isinstance(value, (list, tuple)) else [value]
        return [one for one in several if isinstance(one, QgsMapLayer) or (isinstance(one, str) and one)]

    def _text(self, parameters: dict[str, Any], name: str, context: QgsProcessingContext) -> str:
        return (self._algorithm.parameterAsString(parameters, name, context) or "").strip()


def _loaded(given: QgsMapLayer | str, context: QgsProcessingContext) -> QgsMapLayer | None:
    return given if isinstance(given, QgsMapLayer) else QgsProcessingUtils.mapLayerFromString(given, context)


def _is_there(given: QgsMapLayer | str) -> bool:
    return isinstance(given, str) and Path(given).is_file()


def _table(rows: Sequence[tuple[str, str, str]]) -> str:
    """The path of a table of scenes, radar scenes and their names."""
    path = QgsProcessingUtils.generateTempFilename("plan.csv")
    with open(path, "w", encoding="utf-8", newline="") as stream:
        table = csv.writer(stream)
        table.writerow(("scene", "sar", "name"))
        table.writerows(rows)
    return path
