"""`terrascope:ask`: a question about a scene, answered with measured regions."""

from __future__ import annotations

from typing import Any

from qgis.core import (
    QgsProcessingContext,
    QgsProcessingFeedback,
    QgsProcessingOutputNumber,
    QgsProcessingParameterString,
)

from ..core.analysis import AnalysisResult
from ..core.figures import first_area_ha
from .date_parameters import Slot
from .recording import RecordingAlgorithm


class AskAlgorithm(RecordingAlgorithm):
    """Ask a question about a scene; writes a GeoPackage and a JSON report."""

    INPUT = "INPUT"
    QUESTION = "QUESTION"
    AREA_HA = "AREA_HA"

    def name(self) -> str:
        """Stable for ever: models and scripts name it."""
        return "ask"

    def displayName(self) -> str:
        """As the toolbox shows it."""
        return self.tr("Ask about a scene")

    def tags(self) -> list[str]:
        """Words that find it."""
        return self.tr(
            "question,answer,language model,segmentation,area,hectares,distance,water,forest,radar,SAR,time series,AI"
        ).split(",")

    def shortHelpString(self) -> str:
        """The help beside the dialog."""
        return self.tr(
            "Answers a question about a scene in words, and shows the evidence: each region the reasoning speaks of "
            "becomes a polygon layer, measured in hectares on the raster's own grid and ellipsoid; regions that belong "
            "together are joined by their distance in metres.\n\n"
            "Scene: a raster file with a coordinate reference system, or a folder of bands (SAFE, Landsat). SAR: a "
            "radar scene of the same place and date; it sees through clouds. Radar alone is asked as the "
            "scene, or as SAR with no scene.\n"
            "Further dates: scenes of the same place, up to eight dates in all, in the order of their days; the days "
            "are those of metadata and names unless they are given. Extent: only look at this part.\n"
            "Output: a GeoPackage with the layers and the record of the run; the same record as JSON lies beside it "
            "(REPORT). ANSWER is the answer; AREA_HA the area of the first region the reasoning found (0 when it found "
            "none).\n\n"
            "The runtime is started when it is first needed. The bundled model is small: read its quality line in the "
            "log, and look at the masks before you rely on a figure."
        )

    def initAlgorithm(self, configuration: dict[str, Any] | None = None) -> None:  # noqa: ARG002
        """Declare parameters and outputs."""
        self.add_dates(Slot(self.INPUT, "", self.tr("Scene")))
        self.addParameter(QgsProcessingParameterString(self.QUESTION, self.tr("Question"), multiLine=True))
        self.add_extent()
        self.add_choices()
        self.add_model_parameters()
        self.add_record()
        self.addOutput(QgsProcessingOutputNumber(self.AREA_HA, self.tr("Area of the first region (ha)")))

    def prepareAlgorithm(
        self,
        parameters: dict[str, Any],
        context: QgsProcessingContext,
        feedback: QgsProcessingFeedback,  # noqa: ARG002
    ) -> bool:
        """Read layers, on the thread they belong to."""
        question = self.parameterAsString(parameters, self.QUESTION, context)
        self._request = self.request(parameters, context, question, self.out(parameters, context))
        return True

    def figures(self, result: AnalysisResult) -> dict[str, Any]:
        """The area of the first region."""
        return {self.AREA_HA: first_area_ha(result.report.steps) or 0.0}
