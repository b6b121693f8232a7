"""`terrascope:ask_batch`: many questions about many scenes, into one report and a table of what came of each."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from qgis.core import (
    QgsCoordinateReferenceSystem,
    QgsFeature,
    QgsFeatureSink,
    QgsProcessing,
    QgsProcessingContext,
    QgsProcessingException,
    QgsProcessingFeedback,
    QgsProcessingOutputNumber,
    QgsProcessingParameterBoolean,
    QgsProcessingParameterFeatureSink,
    QgsProcessingParameterFileDestination,
    QgsProcessingParameterNumber,
    QgsProcessingParameterString,
    QgsProject,
    QgsWkbTypes,
)

from ..client.batching import Batch, Settled
from ..client.protocol import Progress
from ..core.batch_report import open_batch, outcomes
from ..core.request import crs_text
from ..errors import CancelledError, TerraScopeError
from ..settings import Settings
from .answer_fields import ANSWERED, FAILED, answer_fields, answered, unanswered
from .asking import AskingAlgorithm
from .base import BATCH, refusal
from .batch_scenes import SceneParameters
from .loading import load_on_completion


class AskBatchAlgorithm(AskingAlgorithm):
    """Ask many questions about many scenes."""

    GROUP = BATCH
    QUESTIONS = "QUESTIONS"
    RESUME = "RESUME"
    WORKERS = "WORKERS"
    OUTPUT = "OUTPUT"
    SUMMARY = "SUMMARY"
    ANSWERED = "ANSWERED"
    FAILED = "FAILED"

    _batch: Batch | None = None
    _unusable: tuple[tuple[str, str], ...] = ()

    def name(self) -> str:
        """Stable for ever: models and scripts name it."""
        return "ask_batch"

    def displayName(self) -> str:
        """As the toolbox shows it."""
        return self.tr("Ask about many scenes")

    def tags(self) -> list[str]:
        """Words that find it."""
        return self.tr(
            "question,answer,batch,many,archive,folder,table,CSV,STAC,time series,report,area,hectares,segmentation,AI"
        ).split(",")

    def shortHelpString(self) -> str:
        """The help beside the dialog."""
        return self.tr(
            "Asks each question about each scene, and collects the answers and the evidence in one GeoPackage.\n\n"
            "Give the scenes in one of three ways. Scenes: raster layers or files, also layers that are no files. "
            "Folder: all rasters and product folders (SAFE, Landsat) in it, or those whose names fit the pattern. "
            "Table: a CSV with some of the columns scene, sar, dates, clouds, question, name (paths relative to it; "
            "several dates of one scene told apart by semicolons), or STAC items whose files are here.\n"
            "Questions: one in each line, asked about every scene; those of a table come besides its own.\n"
            "Go on with the report: only what is missing in a report that is there is asked, for instance after the "
            "batch was cancelled. Extent: look at this part of every scene. Processes: each has the model in its "
            "memory.\n\n"
            "Output: the report, whose tables docs/report_schema.md tells, and a summary of all its questions: scene, "
            "question, answer, phrase (name of the first region), area_ha, coverage_pct, score, regions (all, with "
            "their hectares), status (answered or failed) and reason. A scene that cannot be used does not end the "
            "batch: it is listed with its reason. ANSWERED and FAILED count the questions.\n\n"
            "A batch is done by the runtime of this machine. When it is cancelled the report keeps what was answered."
        )

    def initAlgorithm(self, configuration: dict[str, Any] | None = None) -> None:  # noqa: ARG002
        """Declare parameters and outputs."""
        self._scenes = SceneParameters(self)
        self._scenes.declare()
        self.addParameter(
            QgsProcessingParameterString(
                self.QUESTIONS, self.tr("Questions, one in each line"), multiLine=True, optional=True
            )
        )
        self.addParameter(
            QgsProcessingParameterBoolean(self.RESUME, self.tr("Go on with the report that is there"), False)
        )
        self.add_extent(advanced=True)
        self.add_advanced(
            QgsProcessingParameterNumber(
                self.WORKERS,
                self.tr("Processes"),
                QgsProcessingParameterNumber.Type.Integer,
                1,
                optional=True,
                minValue=1,
                maxValue=64,
            )
        )
        self.add_choices()
        self.add_model_parameters()
        self.addParameter(
            QgsProcessingParameterFileDestination(self.OUTPUT, self.tr("Report"), self.tr("GeoPackage (*.gpkg)"))
        )
        self.addParameter(
            QgsProcessingParameterFeatureSink(self.SUMMARY, self.tr("Summary"), QgsProcessing.SourceType.TypeVector)
        )
        self.addOutput(QgsProcessingOutputNumber(self.ANSWERED, self.tr("Questions answered")))
        self.addOutput(QgsProcessingOutputNumber(self.FAILED, self.tr("Questions without an answer")))

    def checkParameterValues(self, parameters: dict[str, Any], context: QgsProcessingContext) -> tuple[bool, str]:
        """Whether there are scenes of one kind, questions, a report that can be written, and a runtime here."""
        fine, why = super().checkParameterValues(self._scenes.loadable(parameters, context), context)
        if fine:
            why = self._missing(parameters, context)
        return fine and not why, why

    def prepareAlgorithm(
        self,
        parameters: dict[str, Any],
        context: QgsProcessingContext,
        feedback: QgsProcessingFeedback,  # noqa: ARG002
    ) -> bool:
        """Read layers, on the thread they belong to."""
        try:
            files = self.files(parameters, context, self.area(parameters, context))
            scenes = self._scenes.read(parameters, context, files)
        except TerraScopeError as failure:
            raise refusal(failure) from failure
        self._unusable = scenes.unusable
        self._batch = Batch(
            plan=scenes.plan,
            out=str(Path(self.parameterAsFileOutput(parameters, self.OUTPUT, context)).resolve()),
            questions=self._questions(parameters, context),
            pattern=scenes.pattern,
            resume=self.parameterAsBool(parameters, self.RESUME, context),
            options=self._options(parameters, context),
        )
        return True

    def processAlgorithm(
        self, parameters: dict[str, Any], context: QgsProcessingContext, feedback: QgsProcessingFeedback
    ) -> dict[str, Any]:
        """Ask; the report keeps what was answered before the user cancelled."""
        for name, why in self._unusable:
            feedback.pushWarning(f"{name}: {why}")
        try:
            self._files.write(feedback)
            self.batcher().ask(self._batch, _Log(feedback).tell, feedback.isCanceled)
            results = self._summary(parameters, context)
        except CancelledError:
            return {}
        except TerraScopeError as failure:
            raise refusal(failure) from failure
        finally:
            self._files.leave()
        report = Path(self._batch.out)
        opened = list(open_batch(report)) if context.project() is not None else []
        load_on_completion(opened, report.stem, self.OUTPUT, context, self.provider())
        return {self.OUTPUT: str(report), **results}

    def _summary(self, parameters: dict[str, Any], context: QgsProcessingContext) -> dict[str, Any]:
        """Write the table of all questions of the report, and of the scenes that did not get into it."""
        rows = [
            (one.scene, answered(one.question, one.report))
            if one.report is not None
            else (one.scene, unanswered(one.question, FAILED, one.reason))
            for one in outcomes(Path(self._batch.out))
        ]
        rows += [
            (name, unanswered(question, FAILED, why))
            for name, why in self._unusable
            for question in self._batch.questions
        ]
        fields = answer_fields("scene")
        sink, where = self.parameterAsSink(
            parameters, self.SUMMARY, context, fields, QgsWkbTypes.Type.NoGeometry, QgsCoordinateReferenceSystem()
        )
        if sink is None:
            raise QgsProcessingException(self.invalidSinkError(parameters, self.SUMMARY))
        for name, values in rows:
            feature = QgsFeature(fields)
            feature.setAttributes([name, *values])
            if not sink.addFeature(feature, QgsFeatureSink.Flag.FastInsert):
                raise QgsProcessingException(self.writeFeatureError(sink, parameters, self.SUMMARY))
        count = sum(ANSWERED in values for _, values in rows)
        return {self.SUMMARY: where, self.ANSWERED: count, self.FAILED: len(rows) - count}

    def _missing(self, parameters: dict[str, Any], context: QgsProcessingContext) -> str:
        if Settings.load().remote_url:
            return self.tr(
                "A batch is done by the runtime of this machine: take the remote one out in Settings > Options > "
                "TerraScope, or run the batch where it is."
            )
        why = self._scenes.missing(parameters, context)
        if why:
            return why
        if not self._questions(parameters, context) and self._scenes.needs_questions(parameters, context):
            return self.tr("There is no question yet: write one in each line.")
        out = parameters.get(self.OUTPUT)
        if isinstance(out, str) and Path(out).is_file() and not self.parameterAsBool(parameters, self.RESUME, context):
            return self.tr("{name} is there already: go on with it, or choose another name for the report.").format(
                name=Path(out).name
            )
        return ""

    def _questions(self, parameters: dict[str, Any], context: QgsProcessingContext) -> tuple[str, ...]:
        lines = (self.parameterAsString(parameters, self.QUESTIONS, context) or "").splitlines()
        return tuple(dict.fromkeys(line.strip() for line in lines if line.strip()))

    def _options(self, parameters: dict[str, Any], context: QgsProcessingContext) -> tuple[tuple[str, str | bool], ...]:
        """The options of the runtime's command."""
        settings, choices = self.settings(parameters, context), self.choices(parameters, context)
        area = self.area(parameters, context)
        bounds = None if area is None else area.bounds
        corners = bounds and (bounds.xMinimum(), bounds.yMinimum(), bounds.xMaximum(), bounds.yMaximum())
        workers = self.parameterAsInt(parameters, self.WORKERS, context)
        return (
            ("--model", settings.model),
            ("--device", settings.device),
            ("--tier", settings.tier),
            ("--profile", settings.profile),
            ("--stretch", settings.stretch),
            ("--ellipsoid", settings.measured_on(context.project() or QgsProject.instance()) or ""),
            ("--sensor", choices.sensor or ""),
            ("--sar-sensor", choices.sar_sensor or ""),
            ("--on-offset", choices.on_offset),
            ("--fusion", choices.fusion),
            ("--ignore-clouds", choices.clouds == "ignore"),
            ("--large", choices.large),
            ("--minimum-area", f"{choices.minimum_area_ha!r}" if choices.minimum_area_ha else ""),
            ("--extent", ",".join(map(repr, corners)) if corners else ""),
            ("--extent-crs", crs_text(area.crs) if area is not None and area.crs.isValid() else ""),
            ("--workers", str(workers) if workers > 1 else ""),
        )


class _Log:
    """What is told of a batch: each scene as it comes, and what came of each question."""

    def __init__(self, feedback: QgsProcessingFeedback) -> None:
        self._feedback = feedback
        self._stage = ""

    def tell(self, event: Progress | Settled) -> None:
        if isinstance(event, Progress):
            self._feedback.setProgress(100 * event.fraction)
            if event.stage != self._stage:
                self._stage = event.stage
                self._feedback.setProgressText(event.stage)
        elif event.reason:
            self._feedback.pushWarning(f"{event.scene} · {event.question} {event.reason}")
        else:
            self._feedback.pushInfo(f"{event.scene} · {event.question} {event.answer}")
