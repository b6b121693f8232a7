"""`terrascope:benchmark`: put the questions of a benchmark to a model, and tell how many it answers."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from qgis.core import (
    QgsCoordinateReferenceSystem,
    QgsFeature,
    QgsFeatureSink,
    QgsField,
    QgsFields,
    QgsProcessing,
    QgsProcessingContext,
    QgsProcessingException,
    QgsProcessingFeedback,
    QgsProcessingOutputNumber,
    QgsProcessingParameterEnum,
    QgsProcessingParameterFeatureSink,
    QgsProcessingParameterFile,
    QgsProcessingParameterFileDestination,
    QgsProcessingParameterNumber,
    QgsWkbTypes,
)

from ..client.batching import Bench
from ..client.protocol import Progress
from ..compat import REAL, TEXT, WHOLE
from ..errors import CancelledError, TerraScopeError
from ..numerals import number, percent
from ..settings import Settings
from .asking import AskingAlgorithm
from .base import TOOLS, refusal

SUITES = ("terrascope", "landsat30au", "disasterm3", "disasterm3-sar", "rsvqa-lr", "bigearthnet")
VARIANTS = ("optical", "sar", "joint", "two_date")


class BenchmarkAlgorithm(AskingAlgorithm):
    """Score a model on a benchmark."""

    GROUP = TOOLS
    SUITE = "SUITE"
    ITEMS = "ITEMS"
    FOLDER = "FOLDER"
    LIMIT = "LIMIT"
    VARIANT = "VARIANT"
    WORKERS = "WORKERS"
    OUTPUT = "OUTPUT"
    TASKS = "TASKS"
    QUESTIONS = "QUESTIONS"
    MACRO_PCT = "MACRO_PCT"
    MICRO_PCT = "MICRO_PCT"
    MEAN_IOU = "MEAN_IOU"

    _bench: Bench | None = None

    def name(self) -> str:
        """Stable for ever: models and scripts name it."""
        return "benchmark"

    def displayName(self) -> str:
        """As the toolbox shows it."""
        return self.tr("Benchmark a model")

    def tags(self) -> list[str]:
        """Words that find it."""
        return self.tr("benchmark,accuracy,score,evaluation,validation,quality,IoU,model,TerraScope-Bench,AI").split(
            ","
        )

    def shortHelpString(self) -> str:
        """The help beside the dialog."""
        return self.tr(
            "Puts the questions of a benchmark to a model, and tells how many it answers and how well its masks "
            "fit.\n\n"
            "Benchmark: TerraScope-Bench (items of “bench build” on the command line, or the published file) or "
            "another one in its official files. Items: its file, or its folder. At most: so many questions, drawn by "
            "lot; 0: all. Model: as in the other algorithms.\n\n"
            "Output: scores as JSON; beside it each response. Run again with the same output it goes on where it was "
            "stopped. Tasks: a table with the accuracy of each task in percent, its 95 % interval, and what chance "
            "would give. QUESTIONS, MACRO_PCT (mean over tasks), MICRO_PCT (over questions), MEAN_IOU (of the masks; "
            "-1: there are none to compare with).\n\n"
            "It needs the runtime of this machine, with the packages of model_runtime/requirements-data.txt."
        )

    def initAlgorithm(self, configuration: dict[str, Any] | None = None) -> None:  # noqa: ARG002
        """Declare parameters and outputs."""
        self.addParameter(
            QgsProcessingParameterEnum(
                self.SUITE, self.tr("Benchmark"), list(SUITES), defaultValue=SUITES[0], usesStaticStrings=True
            )
        )
        self.addParameter(QgsProcessingParameterFile(self.ITEMS, self.tr("Items: a file"), optional=True))
        self.addParameter(
            QgsProcessingParameterFile(
                self.FOLDER, self.tr("Items: a folder"), QgsProcessingParameterFile.Behavior.Folder, optional=True
            )
        )
        self.addParameter(self._count(self.LIMIT, self.tr("At most so many questions (0: all)"), 0))
        self.add_advanced(
            QgsProcessingParameterEnum(
                self.VARIANT,
                self.tr("Items shown as (empty: in all ways there are)"),
                list(VARIANTS),
                optional=True,
                usesStaticStrings=True,
            )
        )
        self.add_advanced(self._count(self.WORKERS, self.tr("Processes"), 1))
        self.add_model_parameters()
        self.addParameter(
            QgsProcessingParameterFileDestination(self.OUTPUT, self.tr("Scores"), self.tr("JSON (*.json)"))
        )
        self.addParameter(
            QgsProcessingParameterFeatureSink(self.TASKS, self.tr("Tasks"), QgsProcessing.SourceType.TypeVector)
        )
        self.addOutput(QgsProcessingOutputNumber(self.QUESTIONS, self.tr("Questions")))
        self.addOutput(QgsProcessingOutputNumber(self.MACRO_PCT, self.tr("Accuracy, mean over tasks (%)")))
        self.addOutput(QgsProcessingOutputNumber(self.MICRO_PCT, self.tr("Accuracy, over questions (%)")))
        self.addOutput(QgsProcessingOutputNumber(self.MEAN_IOU, self.tr("Mean IoU of the masks")))

    @staticmethod
    def _count(name: str, title: str, least: int) -> QgsProcessingParameterNumber:
        return QgsProcessingParameterNumber(
            name, title, QgsProcessingParameterNumber.Type.Integer, least, optional=True, minValue=least
        )

    def checkParameterValues(self, parameters: dict[str, Any], context: QgsProcessingContext) -> tuple[bool, str]:
        """Whether there are items, and a runtime here."""
        fine, why = super().checkParameterValues(parameters, context)
        if fine:
            why = self._missing(parameters, context)
        return fine and not why, why

    def _missing(self, parameters: dict[str, Any], context: QgsProcessingContext) -> str:
        if Settings.load().remote_url:
            return self.tr(
                "A benchmark is run by the runtime of this machine: take the remote one out in Settings > Options > "
                "TerraScope."
            )
        given = [name for name in (self.ITEMS, self.FOLDER) if self.parameterAsString(parameters, name, context)]
        if len(given) != 1:
            return self.tr("Choose the items of the benchmark: a file, or a folder.")
        path = Path(self.parameterAsString(parameters, given[0], context))
        return "" if path.exists() else self.tr("{path} does not exist: choose the items again.").format(path=path)

    def prepareAlgorithm(
        self,
        parameters: dict[str, Any],
        context: QgsProcessingContext,
        feedback: QgsProcessingFeedback,  # noqa: ARG002
    ) -> bool:
        """Read the parameters."""

        def text(name: str) -> str:
            return self.parameterAsString(parameters, name, context)

        settings = self.settings(parameters, context)
        limit, workers = (self.parameterAsInt(parameters, name, context) for name in (self.LIMIT, self.WORKERS))
        self._bench = Bench(
            suite=text(self.SUITE),
            items=text(self.ITEMS) or text(self.FOLDER),
            out=str(Path(self.parameterAsFileOutput(parameters, self.OUTPUT, context)).resolve()),
            options=(
                ("--model", settings.model),
                ("--device", settings.device),
                ("--profile", settings.profile),
                ("--variant", text(self.VARIANT)),
                ("--limit", str(limit) if limit else ""),
                ("--workers", str(workers) if workers > 1 else ""),
            ),
        )
        return True

    def processAlgorithm(
        self, parameters: dict[str, Any], context: QgsProcessingContext, feedback: QgsProcessingFeedback
    ) -> dict[str, Any]:
        """Ask and score; what was answered before the user cancelled is kept for the next time."""

        def tell(event: Progress) -> None:
            feedback.setProgress(100 * event.fraction)
            feedback.setProgressText(event.stage)

        try:
            self.batcher().bench(self._bench, tell, feedback.isCanceled)
        except CancelledError:
            return {}
        except TerraScopeError as failure:
            raise refusal(failure) from failure
        scores = json.loads(Path(self._bench.out).read_text("utf-8"))
        where = self._tasks(scores["tasks"], parameters, context, feedback)
        return {
            self.OUTPUT: self._bench.out,
            self.TASKS: where,
            self.QUESTIONS: sum(found["n"] for found in scores["tasks"].values()),
            self.MACRO_PCT: 100 * scores["macro_accuracy"],
            self.MICRO_PCT: 100 * scores["micro_accuracy"],
            self.MEAN_IOU: -1 if scores["mean_iou"] is None else scores["mean_iou"],
        }

    def _tasks(
        self,
        tasks: dict[str, dict[str, Any]],
        parameters: dict[str, Any],
        context: QgsProcessingContext,
        feedback: QgsProcessingFeedback,
    ) -> str:
        """Write the table of tasks; returns where it is."""
        fields = QgsFields()
        fields.append(QgsField("task", TEXT))
        fields.append(QgsField("n", WHOLE))
        for name in ("accuracy_pct", "low_pct", "high_pct", "chance_pct"):
            fields.append(QgsField(name, REAL))
        sink, where = self.parameterAsSink(
            parameters, self.TASKS, context, fields, QgsWkbTypes.Type.NoGeometry, QgsCoordinateReferenceSystem()
        )
        if sink is None:
            raise QgsProcessingException(self.invalidSinkError(parameters, self.TASKS))
        for task, found in tasks.items():
            shares = [found["accuracy"], *found["interval"], found["chance"]]
            feature = QgsFeature(fields)
            feature.setAttributes([task, found["n"], *(None if one is None else 100 * one for one in shares)])
            if not sink.addFeature(feature, QgsFeatureSink.Flag.FastInsert):
                raise QgsProcessingException(self.writeFeatureError(sink, parameters, self.TASKS))
            line = self.tr("{task}: {share} of {count} (95 %: {low} to {high})")
            share, low, high = (percent(100 * one) for one in (found["accuracy"], *found["interval"]))
            feedback.pushInfo(line.format(task=task, share=share, count=number(found["n"]), low=low, high=high))
        return where
