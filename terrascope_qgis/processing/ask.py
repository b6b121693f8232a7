"""`terrascope:ask`: a question about a scene, answered with measured regions."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from qgis.core import (
    QgsLayerTree,
    QgsMapLayer,
    QgsProcessingContext,
    QgsProcessingException,
    QgsProcessingFeedback,
    QgsProcessingLayerPostProcessorInterface,
    QgsProcessingOutputFile,
    QgsProcessingOutputNumber,
    QgsProcessingOutputString,
    QgsProcessingParameterDefinition,
    QgsProcessingParameterEnum,
    QgsProcessingParameterExtent,
    QgsProcessingParameterFile,
    QgsProcessingParameterFileDestination,
    QgsProcessingParameterRasterLayer,
    QgsProcessingParameterString,
    QgsProject,
)

from ..client.protocol import TIERS, AskRequest
from ..core.analysis import AnalysisResult, run
from ..core.figures import first_area_ha, ran_as
from ..core.layers import evidence, group_name, open_evidence
from ..core.report import write_json
from ..core.request import ask_request
from ..errors import CancelledError, TerraScopeError
from ..settings import Settings
from .base import EventsToFeedback, TerraScopeAlgorithm, refusal

PROFILES = ("paper", "published")


class AskAlgorithm(TerraScopeAlgorithm):
    """Ask a question about a scene; writes a GeoPackage and a JSON report."""

    INPUT = "INPUT"
    QUESTION = "QUESTION"
    EXTENT = "EXTENT"
    SAR = "SAR"
    SECOND_DATE = "SECOND_DATE"
    MODEL = "MODEL"
    TIER = "TIER"
    PROFILE = "PROFILE"
    OUTPUT = "OUTPUT"
    ANSWER = "ANSWER"
    AREA_HA = "AREA_HA"
    REPORT = "REPORT"

    _request: AskRequest | None = None

    def name(self) -> str:
        """Stable for ever: models and scripts name it."""
        return "ask"

    def displayName(self) -> str:
        """As the toolbox shows it."""
        return self.tr("Ask about a scene")

    def tags(self) -> list[str]:
        """Words that find it."""
        return self.tr("question,answer,language model,segmentation,area,hectares,distance,water,forest,AI").split(",")

    def shortHelpString(self) -> str:
        """The help beside the dialog."""
        return self.tr(
            "Answers a question about a scene in words, and shows the evidence: each region the reasoning speaks of "
            "becomes a polygon layer, measured in hectares on the raster's own grid and ellipsoid; regions that belong "
            "together are joined by their distance in metres.\n\n"
            "Input: a raster file with a coordinate reference system. Extent: only look at this part.\n"
            "Output: a GeoPackage with the layers and the record of the run; the same record as JSON lies beside it "
            "(REPORT). ANSWER is the answer; AREA_HA the area of the first region the reasoning found (0 when it found "
            "none).\n\n"
            "The runtime is started when it is first needed. The bundled model is small: read its quality line in the "
            "log, and look at the masks before you rely on a figure."
        )

    def initAlgorithm(self, configuration: dict[str, Any] | None = None) -> None:  # noqa: ARG002
        """Declare parameters and outputs."""
        self.addParameter(QgsProcessingParameterRasterLayer(self.INPUT, self.tr("Scene")))
        self.addParameter(QgsProcessingParameterString(self.QUESTION, self.tr("Question"), multiLine=True))
        self.addParameter(QgsProcessingParameterExtent(self.EXTENT, self.tr("Extent"), optional=True))
        self._advanced(QgsProcessingParameterRasterLayer(self.SAR, self.tr("Radar scene (SAR)"), optional=True))
        self._advanced(
            QgsProcessingParameterRasterLayer(self.SECOND_DATE, self.tr("Scene of a second date"), optional=True)
        )
        self._advanced(
            QgsProcessingParameterFile(
                self.MODEL,
                self.tr("Model folder or name (empty: the model of the settings)"),
                QgsProcessingParameterFile.Behavior.Folder,
                optional=True,
            )
        )
        self._advanced(
            QgsProcessingParameterEnum(
                self.TIER,
                self.tr("Weights in memory (empty: as in the settings)"),
                list(TIERS),
                optional=True,
                usesStaticStrings=True,
            )
        )
        self._advanced(
            QgsProcessingParameterEnum(
                self.PROFILE, self.tr("Reasoning profile"), list(PROFILES), optional=True, usesStaticStrings=True
            )
        )
        self.addParameter(
            QgsProcessingParameterFileDestination(self.OUTPUT, self.tr("Evidence"), self.tr("GeoPackage (*.gpkg)"))
        )
        self.addOutput(QgsProcessingOutputString(self.ANSWER, self.tr("Answer")))
        self.addOutput(QgsProcessingOutputNumber(self.AREA_HA, self.tr("Area of the first region (ha)")))
        self.addOutput(QgsProcessingOutputFile(self.REPORT, self.tr("Report (JSON)")))

    def prepareAlgorithm(
        self,
        parameters: dict[str, Any],
        context: QgsProcessingContext,
        feedback: QgsProcessingFeedback,  # noqa: ARG002
    ) -> bool:
        """Read layers, on the thread they belong to."""
        settings = Settings.load()
        settings.model = self.parameterAsString(parameters, self.MODEL, context) or settings.model
        settings.tier = self.parameterAsString(parameters, self.TIER, context) or settings.tier
        settings.profile = self.parameterAsString(parameters, self.PROFILE, context) or settings.profile
        scene = self.parameterAsRasterLayer(parameters, self.INPUT, context)
        if scene is None:
            raise QgsProcessingException(self.invalidRasterError(parameters, self.INPUT))
        try:
            self._request = ask_request(
                self.parameterAsString(parameters, self.QUESTION, context),
                scene,
                settings,
                sar=self.parameterAsRasterLayer(parameters, self.SAR, context),
                second_date=self.parameterAsRasterLayer(parameters, self.SECOND_DATE, context),
                extent=self.parameterAsExtent(parameters, self.EXTENT, context, scene.crs()),
                extent_crs=scene.crs(),
                out=Path(self.parameterAsFileOutput(parameters, self.OUTPUT, context)).resolve(),
            )
        except TerraScopeError as failure:
            raise refusal(failure) from failure
        return True

    def processAlgorithm(
        self,
        parameters: dict[str, Any],
        context: QgsProcessingContext,
        feedback: QgsProcessingFeedback,  # noqa: ARG002
    ) -> dict[str, Any]:
        """Ask, and write the report beside the GeoPackage."""
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
            feedback.pushInfo(self.tr("Computed as {how}.").format(how=ran_as(model)))
        feedback.pushInfo(self.tr("Answer: {answer}").format(answer=result.report.answer))
        self._load_on_completion(result, context)
        return {
            self.OUTPUT: str(result.geopackage),
            self.ANSWER: result.report.answer,
            self.AREA_HA: first_area_ha(result.report.steps) or 0.0,
            self.REPORT: str(report_path),
        }

    def _advanced(self, parameter: QgsProcessingParameterDefinition) -> None:
        parameter.setFlags(parameter.flags() | QgsProcessingParameterDefinition.Flag.FlagAdvanced)
        self.addParameter(parameter)

    def _load_on_completion(self, result: AnalysisResult, context: QgsProcessingContext) -> None:
        """Hand the layers to whoever runs us; a window adds them to its project, qgis_process does not."""
        project = context.project()
        if project is None:
            return
        grouping = _IntoGroup(group_name(result.report.question))
        self.provider().keep(grouping)
        for item in evidence(result.report):
            layer = open_evidence(result.geopackage, item)
            if layer is None:
                continue
            context.temporaryLayerStore().addMapLayer(layer)
            details = QgsProcessingContext.LayerDetails(item.title, project, self.OUTPUT)
            details.forceName = True
            details.setPostProcessor(grouping)
            context.addLayerToLoadOnCompletion(layer.id(), details)


class _IntoGroup(QgsProcessingLayerPostProcessorInterface):
    """Moves each loaded layer into a group named after the question."""

    def __init__(self, name: str) -> None:
        super().__init__()
        self._name = name
        self._group: Any = None

    def postProcessLayer(
        self,
        layer: QgsMapLayer,
        context: QgsProcessingContext,
        feedback: QgsProcessingFeedback,  # noqa: ARG002
    ) -> None:
        """Called on the main thread for each layer."""
        root: QgsLayerTree = (context.project() or QgsProject.instance()).layerTreeRoot()
        node = root.findLayer(layer.id())
        if node is None:
            return
        if self._group is None:
            self._group = root.insertGroup(0, self._name)
        self._group.insertChildNode(0, node.clone())
        node.parent().removeChildNode(node)
