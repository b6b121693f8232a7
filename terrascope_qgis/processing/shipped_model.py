"""Models of the model designer that come with the plugin and stand in the toolbox beside its algorithms."""

from __future__ import annotations

from qgis.core import QgsProcessingModelAlgorithm
from qgis.PyQt.QtCore import QCoreApplication
from qgis.PyQt.QtGui import QIcon

from ..errors import TerraScopeError
from ..settings import PLUGIN_ROOT
from .base import ASK, ICONS, group_title, help_url

FOLDER = PLUGIN_ROOT / "resources" / "processing"
LAND_COVER_PER_POLYGON = "land_cover_per_polygon"

translate = QCoreApplication.translate


class ShippedModel(QgsProcessingModelAlgorithm):
    """A model as its file has it, under a heading of ours and with a name in the user's language.

    Raises:
        TerraScopeError: the file is missing or damaged.
    """

    def __init__(self) -> None:
        super().__init__()
        path = FOLDER / f"{LAND_COVER_PER_POLYGON}.model3"
        if not self.fromFile(str(path)):
            raise TerraScopeError(
                translate("TerraScope", "{path} is missing or damaged: install the plugin again.").format(path=path)
            )
        self.setSourceFilePath(str(path))

    def createInstance(self) -> ShippedModel:
        """A fresh instance for each run."""
        return ShippedModel()

    def displayName(self) -> str:
        """As the toolbox shows it."""
        return translate("TerraScope", "Land cover per polygon")

    def group(self) -> str:
        """The heading it stands under."""
        return group_title(ASK)

    def groupId(self) -> str:
        """Stable for ever."""
        return ASK

    def icon(self) -> QIcon:
        """That of our models."""
        return QIcon(self.svgIconPath())

    def svgIconPath(self) -> str:
        """The icon's file, which scales."""
        return str(ICONS / "model.svg")

    def helpUrl(self) -> str:
        """Its chapter of the manual."""
        return help_url(LAND_COVER_PER_POLYGON)
