"""What algorithms that ask a question share: the choice of a model, the run, its record and its layers."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from qgis.core import (
    QgsLayerTree,
    QgsLayerTreeGroup,
    QgsMapLayer,
    QgsProcessingContext,
    QgsProcessingException,
    QgsProcessingFeedback,
    QgsProcessingLayerPostProcessorInterface,
    QgsProcessingOutputFile,
    QgsProcessingOutputString,
    QgsProcessingParameterEnum,
    QgsProcessingParameterFile,
    QgsProcessingParameterFileDestination,
    QgsProject,
    QgsRasterLayer,
)
from qgis.PyQt.QtCore import QCoreApplication

from ..client.protocol import FUSIONS, TIERS, AskRequest
from ..core.analysis import AnalysisResult, run
from ..core.choices import CLOUDS, ON_OFFSET, OPTICAL_SENSORS, SAR_SENSORS, Choices
from ..core.figures import ran_as
from ..core.layers import group_name, open_evidence
from ..core.report import write_json
from ..core.request import ask_request, in_order
from ..errors import CancelledError, TerraScopeError
from ..settings import Settings
from .base import EventsToFeedback, TerraScopeAlgorithm, refusal
from .date_parameters import DateParameters, Slot

PROFILES = ("paper", "published")

translate = QCoreApplication.translate


class AskingAlgorithm(TerraScopeAlgorithm):
    """Base of algorithms that ask the model; each writes a GeoPackage and a JSON report."""

    EXTENT = "EXTENT"
    MODEL = "MODEL"
    TIER = "TIER"
    PROFILE = "PROFILE"
    SENSOR = "SENSOR"
    SAR_SENSOR = "SAR_SENSOR"
    ON_OFFSET = "ON_OFFSET"
    FUSION = "FUSION"
    CLOUD_HANDLING = "CLOUD_HANDLING"
    OUTPUT = "OUTPUT"
    ANSWER = "ANSWER"
    REPORT = "REPORT"

    _request: AskRequest | None = None
    _dates: DateParameters | None = None

    def add_dates(self, *slots: Slot) -> None:
        """Declare the scenes of the slots and of further dates."""
        self._dates = DateParameters(self, slots)
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
        self._dates.declare_advanced()
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

    def _add_choice(self, name: str, title: str, values: Sequence[str], default: str | None = None) -> None:
        self.add_advanced(
            QgsProcessingParameterEnum(
                name, title, list(values), defaultValue=default, optional=True, usesStaticStrings=True
            )
        )

    def add_record(self) -> None:
        """Declare the GeoPackage, the answer in words and the report."""
        self.addParameter(
            QgsProcessingParameterFileDestination(
                self.OUTPUT, translate("TerraScope", "Evidence"), translate("TerraScope", "GeoPackage (*.gpkg)")
            )
        )
        self.addOutput(QgsProcessingOutputString(self.ANSWER, translate("TerraScope", "Answer")))
        self.addOutput(QgsProcessingOutputFile(self.REPORT, translate("TerraScope", "Report (JSON)")))

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

    def request(
        self,
        parameters: dict[str, Any],
        context: QgsProcessingContext,
        question: str,
    ) -> AskRequest:
        """The request of a question, with all that the parameters say; on the layers' thread.

        Raises:
            QgsProcessingException: the dates cannot be read, or `ask_request` refuses.
        """
        self.client().prepare()
        settings = Settings.load()
        settings.model = self.parameterAsString(parameters, self.MODEL, context) or settings.model
        settings.tier = self.parameterAsString(parameters, self.TIER, context) or settings.tier
        settings.profile = self.parameterAsString(parameters, self.PROFILE, context) or settings.profile
        choices = Choices(
            sensor=self.parameterAsString(parameters, self.SENSOR, context) or None,
            sar_sensor=self.parameterAsString(parameters, self.SAR_SENSOR, context) or None,
            on_offset=self.parameterAsString(parameters, self.ON_OFFSET, context) or ON_OFFSET[0],
            fusion=self.parameterAsString(parameters, self.FUSION, context) or FUSIONS[0],
            clouds=self.parameterAsString(parameters, self.CLOUD_HANDLING, context) or CLOUDS[0],
        )
        try:
            dates = self._dates.read(parameters, context)
            scene = in_order(dates)[0].first
            layer_crs = scene.crs() if isinstance(scene, QgsRasterLayer) else None
            crs = layer_crs or self.parameterAsExtentCrs(parameters, self.EXTENT, context)
            return ask_request(
                question,
                dates,
                settings,
                choices=choices,
                extent=self.parameterAsExtent(parameters, self.EXTENT, context, crs),
                extent_crs=crs,
                out=Path(self.parameterAsFileOutput(parameters, self.OUTPUT, context)).resolve(),
            )
        except TerraScopeError as failure:
            raise refusal(failure) from failure

    def processAlgorithm(
        self,
        parameters: dict[str, Any],  # noqa: ARG002
        context: QgsProcessingContext,
        feedback: QgsProcessingFeedback,
    ) -> dict[str, Any]:
        """Ask, and write the report beside the GeoPackage; nothing comes of a question that was cancelled."""
        events = EventsToFeedback(feedback)
        try:
            result = run(self._request, self.client(), events, context.transformContext())
            report_path = result.geopackage.with_suffix(".json")
            write_json(result.report, report_path)
        except CancelledError:
            return {}
        except TerraScopeError as failure:
            raise refusal(failure) from failure
        model = result.report.model
        feedback.pushInfo(f"{model.name}: {model.quality}" if model.quality else model.name)
        if ran_as(model):
            feedback.pushInfo(translate("TerraScope", "Computed as {how}.").format(how=ran_as(model)))
        feedback.pushInfo(translate("TerraScope", "Answer: {answer}").format(answer=result.report.answer))
        results = {
            self.OUTPUT: str(result.geopackage),
            self.ANSWER: result.report.answer,
            self.REPORT: str(report_path),
            **self.figures(result),
        }
        self._load_on_completion(result, context)
        return results

    def figures(self, result: AnalysisResult) -> dict[str, Any]:
        """The outputs an algorithm has beyond those of `add_record`."""
        raise NotImplementedError

    def _load_on_completion(self, result: AnalysisResult, context: QgsProcessingContext) -> None:
        """Hand the layers to whoever runs us; a window adds them to its project, qgis_process does not."""
        project = context.project()
        if project is None:
            return
        group = _Group(group_name(result.report.question))
        for opened in open_evidence(result.report, result.geopackage):
            # One for each layer: the context deletes those of all its layers, one that two share it would delete twice.
            grouping = _IntoGroup(group, opened.visible)
            self.provider().keep(grouping)
            context.temporaryLayerStore().addMapLayer(opened.layer)
            details = QgsProcessingContext.LayerDetails(opened.layer.name(), project, self.OUTPUT)
            details.forceName = True
            details.setPostProcessor(grouping)
            context.addLayerToLoadOnCompletion(opened.layer.id(), details)


class _Group:
    """A group of the layer tree that is made when its first layer comes."""

    def __init__(self, name: str) -> None:
        self._name = name
        self._group: QgsLayerTreeGroup | None = None

    def take(self, layer: QgsMapLayer, root: QgsLayerTree, visible: bool) -> None:
        """Move a loaded layer to the top of the group, shown or hidden."""
        node = root.findLayer(layer.id())
        if node is None:
            return
        if self._group is None:
            self._group = root.insertGroup(0, self._name)
        moved = node.clone()
        moved.setItemVisibilityChecked(visible)
        self._group.insertChildNode(0, moved)
        node.parent().removeChildNode(node)


class _IntoGroup(QgsProcessingLayerPostProcessorInterface):
    """Moves a loaded layer into the group of its question."""

    def __init__(self, group: _Group, visible: bool) -> None:
        super().__init__()
        self._group = group
        self._visible = visible

    def postProcessLayer(
        self,
        layer: QgsMapLayer,
        context: QgsProcessingContext,
        feedback: QgsProcessingFeedback,  # noqa: ARG002
    ) -> None:
        """Called on the main thread for each layer."""
        self._group.take(layer, (context.project() or QgsProject.instance()).layerTreeRoot(), self._visible)
