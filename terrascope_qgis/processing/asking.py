"""What algorithms that ask a question share: the choice of a model, the run, its record and its layers."""

from __future__ import annotations

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
    QgsProcessingParameterDefinition,
    QgsProcessingParameterEnum,
    QgsProcessingParameterFile,
    QgsProcessingParameterFileDestination,
    QgsProject,
    QgsRasterLayer,
)
from qgis.PyQt.QtCore import QCoreApplication

from ..client.protocol import TIERS, AskRequest
from ..core.analysis import AnalysisResult, run
from ..core.figures import ran_as
from ..core.layers import evidence, group_name, open_evidence
from ..core.report import write_json
from ..core.request import ask_request
from ..errors import CancelledError, TerraScopeError
from ..settings import Settings
from .base import EventsToFeedback, TerraScopeAlgorithm, refusal

PROFILES = ("paper", "published")

translate = QCoreApplication.translate


class AskingAlgorithm(TerraScopeAlgorithm):
    """Base of algorithms that ask the model; each writes a GeoPackage and a JSON report."""

    EXTENT = "EXTENT"
    MODEL = "MODEL"
    TIER = "TIER"
    PROFILE = "PROFILE"
    OUTPUT = "OUTPUT"
    ANSWER = "ANSWER"
    REPORT = "REPORT"

    _request: AskRequest | None = None

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
        self.add_advanced(
            QgsProcessingParameterEnum(
                self.TIER,
                translate("TerraScope", "Weights in memory (empty: as in the settings)"),
                list(TIERS),
                optional=True,
                usesStaticStrings=True,
            )
        )
        self.add_advanced(
            QgsProcessingParameterEnum(
                self.PROFILE,
                translate("TerraScope", "Reasoning profile"),
                list(PROFILES),
                optional=True,
                usesStaticStrings=True,
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

    def add_advanced(self, parameter: QgsProcessingParameterDefinition) -> None:
        """Declare a parameter that the dialog folds away."""
        parameter.setFlags(parameter.flags() | QgsProcessingParameterDefinition.Flag.FlagAdvanced)
        self.addParameter(parameter)

    def raster(self, parameters: dict[str, Any], name: str, context: QgsProcessingContext) -> QgsRasterLayer:
        """A raster that must be given.

        Raises:
            QgsProcessingException: it cannot be loaded.
        """
        layer = self.parameterAsRasterLayer(parameters, name, context)
        if layer is None:
            raise QgsProcessingException(self.invalidRasterError(parameters, name))
        return layer

    def request(
        self,
        parameters: dict[str, Any],
        context: QgsProcessingContext,
        question: str,
        scene: QgsRasterLayer,
        sar: QgsRasterLayer | None = None,
        second_date: QgsRasterLayer | None = None,
    ) -> AskRequest:
        """The request of a question, with the extent, model and file of the parameters; on the layers' thread.

        Raises:
            QgsProcessingException: as `ask_request` refuses.
        """
        settings = Settings.load()
        settings.model = self.parameterAsString(parameters, self.MODEL, context) or settings.model
        settings.tier = self.parameterAsString(parameters, self.TIER, context) or settings.tier
        settings.profile = self.parameterAsString(parameters, self.PROFILE, context) or settings.profile
        try:
            return ask_request(
                question,
                scene,
                settings,
                sar=sar,
                second_date=second_date,
                extent=self.parameterAsExtent(parameters, self.EXTENT, context, scene.crs()),
                extent_crs=scene.crs(),
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
        for item in evidence(result.report):
            layer = open_evidence(result.geopackage, item, result.periods)
            if layer is None:
                continue
            # One for each layer: the context deletes those of all its layers, one that two share it would delete twice.
            grouping = _IntoGroup(group)
            self.provider().keep(grouping)
            context.temporaryLayerStore().addMapLayer(layer)
            details = QgsProcessingContext.LayerDetails(item.title, project, self.OUTPUT)
            details.forceName = True
            details.setPostProcessor(grouping)
            context.addLayerToLoadOnCompletion(layer.id(), details)


class _Group:
    """A group of the layer tree that is made when its first layer comes."""

    def __init__(self, name: str) -> None:
        self._name = name
        self._group: QgsLayerTreeGroup | None = None

    def take(self, layer: QgsMapLayer, root: QgsLayerTree) -> None:
        """Move a loaded layer to the top of the group."""
        node = root.findLayer(layer.id())
        if node is None:
            return
        if self._group is None:
            self._group = root.insertGroup(0, self._name)
        self._group.insertChildNode(0, node.clone())
        node.parent().removeChildNode(node)


class _IntoGroup(QgsProcessingLayerPostProcessorInterface):
    """Moves a loaded layer into the group of its question."""

    def __init__(self, group: _Group) -> None:
        super().__init__()
        self._group = group

    def postProcessLayer(
        self,
        layer: QgsMapLayer,
        context: QgsProcessingContext,
        feedback: QgsProcessingFeedback,  # noqa: ARG002
    ) -> None:
        """Called on the main thread for each layer."""
        self._group.take(layer, (context.project() or QgsProject.instance()).layerTreeRoot())
