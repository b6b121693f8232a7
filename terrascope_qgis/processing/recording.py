"""What algorithms of one question share: the run, its record and its layers."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from qgis.core import (
    QgsProcessingContext,
    QgsProcessingFeedback,
    QgsProcessingOutputFile,
    QgsProcessingOutputString,
    QgsProcessingParameterFileDestination,
)
from qgis.PyQt.QtCore import QCoreApplication

from ..client.protocol import AskRequest, ModelInfo
from ..core.analysis import AnalysisResult, run
from ..core.figures import ran_as
from ..core.layers import group_name, open_evidence
from ..core.report import write_json
from ..errors import CancelledError, TerraScopeError
from .asking import AskingAlgorithm
from .base import EventsToFeedback, refusal
from .loading import load_on_completion

translate = QCoreApplication.translate


class RecordingAlgorithm(AskingAlgorithm):
    """Base of algorithms that write the GeoPackage and the JSON report of one question."""

    OUTPUT = "OUTPUT"
    ANSWER = "ANSWER"
    REPORT = "REPORT"

    _request: AskRequest | None = None

    def add_record(self) -> None:
        """Declare the GeoPackage, the answer in words and the report."""
        self.addParameter(
            QgsProcessingParameterFileDestination(
                self.OUTPUT, translate("TerraScope", "Evidence"), translate("TerraScope", "GeoPackage (*.gpkg)")
            )
        )
        self.addOutput(QgsProcessingOutputString(self.ANSWER, translate("TerraScope", "Answer")))
        self.addOutput(QgsProcessingOutputFile(self.REPORT, translate("TerraScope", "Report (JSON)")))

    def out(self, parameters: dict[str, Any], context: QgsProcessingContext) -> Path:
        """The GeoPackage that is to be written."""
        return Path(self.parameterAsFileOutput(parameters, self.OUTPUT, context)).resolve()

    def processAlgorithm(
        self,
        parameters: dict[str, Any],  # noqa: ARG002
        context: QgsProcessingContext,
        feedback: QgsProcessingFeedback,
    ) -> dict[str, Any]:
        """Ask, and write the report beside the GeoPackage; nothing comes of a question that was cancelled."""
        events = EventsToFeedback(feedback)
        try:
            self._files.write(feedback)
            result = run(self._request, self.client(), events, context.transformContext())
            report_path = result.geopackage.with_suffix(".json")
            write_json(result.report, report_path)
        except CancelledError:
            return {}
        except TerraScopeError as failure:
            raise refusal(failure) from failure
        finally:
            self._files.leave()
        tell_model(result.report.model, feedback)
        feedback.pushInfo(translate("TerraScope", "Answer: {answer}").format(answer=result.report.answer))
        results = {
            self.OUTPUT: str(result.geopackage),
            self.ANSWER: result.report.answer,
            self.REPORT: str(report_path),
            **self.figures(result),
        }
        opened = open_evidence(result.report, result.geopackage) if context.project() is not None else []
        load_on_completion(opened, group_name(result.report.question), self.OUTPUT, context, self.provider())
        return results

    def figures(self, result: AnalysisResult) -> dict[str, Any]:
        """The outputs an algorithm has beyond those of `add_record`."""
        raise NotImplementedError


def tell_model(model: ModelInfo, feedback: QgsProcessingFeedback) -> None:
    """Write to the log who answered, how good it is, and how it was computed."""
    feedback.pushInfo(f"{model.name}: {model.quality}" if model.quality else model.name)
    if ran_as(model):
        feedback.pushInfo(translate("TerraScope", "Computed as {how}.").format(how=ran_as(model)))
