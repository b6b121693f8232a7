"""What algorithms that ask the model share: which model, how images are read, and the request of a question."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

from qgis.core import (
    QgsProcessingContext,
    QgsProcessingException,
    QgsProcessingParameterEnum,
    QgsProcessingParameterFile,
    QgsProcessingParameterNumber,
    QgsRasterLayer,
)
from qgis.PyQt.QtCore import QCoreApplication

from ..client.protocol import FUSIONS, PROFILES, TIERS, AskRequest
from ..core.choices import CLOUDS, LARGE, ON_OFFSET, OPTICAL_SENSORS, SAR_SENSORS, Choices
from ..core.extents import Area
from ..core.request import Acquisition, ask_request, in_order
from ..errors import TerraScopeError
from ..settings import Settings
from .base import refusal
from .capturing import CapturingAlgorithm
from .date_parameters import DateParameters, Slot

translate = QCoreApplication.translate


class AskingAlgorithm(CapturingAlgorithm):
    """Base of algorithms that ask the model."""

    MODEL = "MODEL"
    TIER = "TIER"
    PROFILE = "PROFILE"
    SENSOR = "SENSOR"
    SAR_SENSOR = "SAR_SENSOR"
    ON_OFFSET = "ON_OFFSET"
    FUSION = "FUSION"
    CLOUD_HANDLING = "CLOUD_HANDLING"
    LARGE = "LARGE"
    MINIMUM_AREA = "MINIMUM_AREA"

    _dates: DateParameters | None = None

    def add_dates(self, *slots: Slot, further: bool = True) -> None:
        """Declare the scenes of the slots and, unless there is to be one date, of further dates."""
        self._dates = DateParameters(self, slots, further)
        self._dates.declare()

    def add_model_parameters(self) -> None:
        """Declare which model answers, and how; each falls back on the settings."""
        self.add_advanced(
            QgsProcessingParameterFile(
                self.MODEL,
                translate("TerraScope", "Model folder or name (empty: the model of the settings)"),
                QgsProcessingParameterFile.Behavior.Folder,
                optional=True,
            )
        )
        self._add_choice(self.TIER, translate("TerraScope", "Weights in memory (empty: as in the settings)"), TIERS)
        self._add_choice(self.PROFILE, translate("TerraScope", "Reasoning profile"), PROFILES)

    def add_choices(self) -> None:
        """Declare what may come with the scenes, and how images are read and put together."""
        if self._dates is not None:
            self._dates.declare_advanced()
        self.add_resolution()
        as_told = translate("TerraScope", "{images} come from (empty: as names and metadata tell)")
        optical, radar = translate("TerraScope", "Scenes"), translate("TerraScope", "SAR scenes")
        self._add_choice(self.SENSOR, as_told.format(images=optical), OPTICAL_SENSORS)
        self._add_choice(self.SAR_SENSOR, as_told.format(images=radar), SAR_SENSORS)
        self._add_choice(
            self.ON_OFFSET, translate("TerraScope", "Images over two pixels apart"), ON_OFFSET, ON_OFFSET[0]
        )
        self._add_choice(
            self.FUSION, translate("TerraScope", "Optical and SAR of one date together"), FUSIONS, FUSIONS[0]
        )
        self._add_choice(
            self.CLOUD_HANDLING, translate("TerraScope", "What clouds hide, where there is no SAR"), CLOUDS, CLOUDS[0]
        )
        self._add_choice(
            self.LARGE, translate("TerraScope", "Scenes of over four million pixels: reason over"), LARGE, LARGE[0]
        )
        self.add_advanced(
            QgsProcessingParameterNumber(
                self.MINIMUM_AREA,
                translate("TerraScope", "Leave out parts smaller than (ha)"),
                QgsProcessingParameterNumber.Type.Double,
                0.0,
                optional=True,
                minValue=0.0,
            )
        )

    def _add_choice(self, name: str, title: str, values: Sequence[str], default: str | None = None) -> None:
        self.add_advanced(
            QgsProcessingParameterEnum(
                name, title, list(values), defaultValue=default, optional=True, usesStaticStrings=True
            )
        )

    def optional_raster(
        self, parameters: dict[str, Any], name: str, context: QgsProcessingContext
    ) -> QgsRasterLayer | None:
        """A raster that may be given.

        Raises:
            QgsProcessingException: it is given and cannot be loaded.
        """
        layer = self.parameterAsRasterLayer(parameters, name, context)
        if layer is None and parameters.get(name):
            raise QgsProcessingException(self.invalidRasterError(parameters, name))
        return layer

    def settings(self, parameters: dict[str, Any], context: QgsProcessingContext) -> Settings:
        """The user's settings with what the parameters say of the model."""
        settings = Settings.load()
        settings.model = self.parameterAsString(parameters, self.MODEL, context) or settings.model
        settings.tier = self.parameterAsString(parameters, self.TIER, context) or settings.tier
        settings.profile = self.parameterAsString(parameters, self.PROFILE, context) or settings.profile
        return settings

    def choices(self, parameters: dict[str, Any], context: QgsProcessingContext) -> Choices:
        """How images are read and put together."""
        return Choices(
            sensor=self.parameterAsString(parameters, self.SENSOR, context) or None,
            sar_sensor=self.parameterAsString(parameters, self.SAR_SENSOR, context) or None,
            on_offset=self.parameterAsString(parameters, self.ON_OFFSET, context) or ON_OFFSET[0],
            fusion=self.parameterAsString(parameters, self.FUSION, context) or FUSIONS[0],
            clouds=self.parameterAsString(parameters, self.CLOUD_HANDLING, context) or CLOUDS[0],
            large=self.parameterAsString(parameters, self.LARGE, context) or LARGE[0],
            minimum_area_ha=self.parameterAsDouble(parameters, self.MINIMUM_AREA, context),
        )

    def dates(self, parameters: dict[str, Any], context: QgsProcessingContext) -> list[Acquisition]:
        """The dates that are given; on the layers' thread.

        Raises:
            QgsProcessingException: they cannot be read.
        """
        try:
            return self._dates.read(parameters, context)
        except TerraScopeError as failure:
            raise refusal(failure) from failure

    def request(
        self,
        parameters: dict[str, Any],
        context: QgsProcessingContext,
        question: str,
        out: Path,
        captured: Area | None = None,
    ) -> AskRequest:
        """The request of a question, with all that the parameters say; on the layers' thread.

        Args:
            parameters: of the run.
            context: of the run.
            question: in words.
            out: GeoPackage to write.
            captured: ground of captures, where they are not to show the extent.

        Raises:
            QgsProcessingException: the dates cannot be read, or `ask_request` refuses.
        """
        self.client().prepare()
        dates = self.dates(parameters, context)
        scene = in_order(dates)[0].first
        area = self.area(parameters, context, scene if isinstance(scene, QgsRasterLayer) else None)
        try:
            files = self.files(parameters, context, captured or area)
            request = ask_request(
                question,
                dates,
                self.settings(parameters, context),
                choices=self.choices(parameters, context),
                extent=None if area is None else area.bounds,
                extent_crs=None if area is None else area.crs,
                path_of=files.path_of,
                out=out,
            )
        except TerraScopeError as failure:
            raise refusal(failure) from failure
        return replace(request, notes=files.notes())
