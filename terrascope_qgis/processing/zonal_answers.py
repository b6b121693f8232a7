"""`terrascope:zonal_answers`: a question for each polygon of a layer, the answers joined to a copy of it."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import Any

from qgis.core import (
    QgsExpression,
    QgsFeature,
    QgsFeatureRequest,
    QgsFeatureSink,
    QgsProcessing,
    QgsProcessingContext,
    QgsProcessingException,
    QgsProcessingFeatureSource,
    QgsProcessingFeedback,
    QgsProcessingOutputNumber,
    QgsProcessingParameterExpression,
    QgsProcessingParameterFeatureSink,
    QgsProcessingParameterFeatureSource,
    QgsProcessingParameterFileDestination,
    QgsProcessingParameterString,
    QgsProcessingUtils,
)

from ..client.protocol import AskRequest
from ..core.extents import Area
from ..errors import CancelledError, TerraScopeError
from .answer_fields import ANSWERED, answer_fields
from .asking import AskingAlgorithm
from .base import refusal
from .date_parameters import Slot
from .zone_asking import ZoneAsker

QUESTION = "'How much water is there?'"  # not translated: the model reads English
SKIP_CHECKS = QgsProcessingFeatureSource.Flag.FlagSkipGeometryValidityChecks

_Rows = list[tuple[QgsFeature, list[Any]]]


class ZonalAnswersAlgorithm(AskingAlgorithm):
    """Ask about the ground of each polygon."""

    INPUT = "INPUT"
    ZONES = "ZONES"
    QUESTION = "QUESTION"
    PHRASE = "PHRASE"
    OUTPUT = "OUTPUT"
    EVIDENCE = "EVIDENCE"
    ANSWERED = "ANSWERED"
    FAILED = "FAILED"

    _base: AskRequest | None = None
    _scene: Area | None = None

    def name(self) -> str:
        """Stable for ever: models and scripts name it."""
        return "zonal_answers"

    def displayName(self) -> str:
        """As the toolbox shows it."""
        return self.tr("Ask about each polygon")

    def tags(self) -> list[str]:
        """Words that find it."""
        return self.tr(
            "question,answer,zonal,statistics,polygon,parcel,field,district,area,hectares,join,segmentation,AI"
        ).split(",")

    def shortHelpString(self) -> str:
        """The help beside the dialog."""
        return self.tr(
            "Asks a question about the ground of each polygon of a layer, and joins the answers and the hectares to a "
            "copy of the layer.\n\n"
            "Scene, SAR: as in “Ask about a scene”. A layer that is no file is captured as far as the polygons reach. "
            "Polygons: any polygon layer, in any coordinate system.\n"
            "Question: an expression that is worked out for each polygon. Words stand in single quotes; fields can be "
            "put between them, like 'How many hectares of ' || \"cover\" || ' are there?'.\n"
            "Regions to measure: the name of the regions whose area is wanted, like water; the areas of all regions "
            "of that name are added up. If empty, it is the first region of the answer.\n\n"
            "Output: the polygons with their fields, and question, answer, phrase (name of the region), area_ha, "
            "coverage_pct (of what the scene shows there), score (the model's own, 0 to 1), regions (all, with "
            "their hectares), status and reason. status is answered; skipped, for a polygon that does not meet the "
            "scene or has no ground; or failed. The fields of what was not answered are empty (NULL), and reason says "
            "why; the other polygons are asked all the same. area_ha is empty where no region was marked.\n"
            "All evidence: one report with the masks of all polygons (needs the runtime of this machine).\n"
            "ANSWERED and FAILED count the polygons; those that were skipped count as failed.\n\n"
            "A polygon of a few pixels shows the model little: look at the masks before you rely on a figure."
        )

    def initAlgorithm(self, configuration: dict[str, Any] | None = None) -> None:  # noqa: ARG002
        """Declare parameters and outputs."""
        polygons = [QgsProcessing.SourceType.TypeVectorPolygon]
        self.add_dates(Slot(self.INPUT, "", self.tr("Scene")), further=False)
        self.addParameter(QgsProcessingParameterFeatureSource(self.ZONES, self.tr("Polygons"), polygons))
        self.addParameter(
            QgsProcessingParameterExpression(
                self.QUESTION, self.tr("Question (an expression)"), QUESTION, parentLayerParameterName=self.ZONES
            )
        )
        self.addParameter(
            QgsProcessingParameterString(
                self.PHRASE, self.tr("Regions to measure (empty: the first of the answer)"), optional=True
            )
        )
        self.add_choices()
        self.add_model_parameters()
        self.addParameter(
            QgsProcessingParameterFeatureSink(
                self.OUTPUT, self.tr("Answers"), QgsProcessing.SourceType.TypeVectorPolygon
            )
        )
        self.addParameter(
            QgsProcessingParameterFileDestination(
                self.EVIDENCE,
                self.tr("All evidence"),
                self.tr("GeoPackage (*.gpkg)"),
                optional=True,
                createByDefault=False,
            )
        )
        self.addOutput(QgsProcessingOutputNumber(self.ANSWERED, self.tr("Polygons answered")))
        self.addOutput(QgsProcessingOutputNumber(self.FAILED, self.tr("Polygons without an answer")))

    def checkParameterValues(self, parameters: dict[str, Any], context: QgsProcessingContext) -> tuple[bool, str]:
        """Whether the question is an expression, and the evidence has a place."""
        fine, why = super().checkParameterValues(parameters, context)
        if not fine:
            return fine, why
        if QgsExpression(self._question(parameters, context)).hasParserError():
            return False, self.tr(
                "The question is an expression: put its words into single quotes, like 'How much water is there?'."
            )
        kept = parameters.get(self.EVIDENCE)
        if isinstance(kept, str) and kept.endswith(".gpkg") and Path(kept).exists():
            return False, self.tr("{name} is there already: choose another name for the evidence.").format(
                name=Path(kept).name
            )
        return True, ""

    def prepareAlgorithm(
        self,
        parameters: dict[str, Any],
        context: QgsProcessingContext,
        feedback: QgsProcessingFeedback,  # noqa: ARG002
    ) -> bool:
        """Read layers, on the thread they belong to."""
        source = self.parameterAsSource(parameters, self.ZONES, context)
        if source is None:
            raise QgsProcessingException(self.invalidSourceError(parameters, self.ZONES))
        scene = self.optional_raster(parameters, self.INPUT, context) or self.optional_raster(
            parameters, "SAR", context
        )
        if scene is not None:
            self._scene = Area.of_rectangle(scene.extent(), scene.crs())
        words = self._question(parameters, context)
        out = Path(QgsProcessingUtils.generateTempFilename("zones.gpkg"))  # its folder is of this run alone
        polygons = Area.of_rectangle(source.sourceExtent(), source.sourceCrs())
        self._base = self.request(parameters, context, words, out, captured=polygons)
        return True

    def processAlgorithm(
        self, parameters: dict[str, Any], context: QgsProcessingContext, feedback: QgsProcessingFeedback
    ) -> dict[str, Any]:
        """Ask about one polygon after the other; nothing comes of a run that is cancelled."""
        source = self.parameterAsSource(parameters, self.ZONES, context)
        evidence = self.parameterAsFileOutput(parameters, self.EVIDENCE, context)
        folder = Path(self._base.out).parent
        try:
            self._files.write(feedback)
            rows = self._rows(parameters, source, context, feedback, keeps=bool(evidence))
            results = self._written(parameters, source, rows, context)
            if evidence:
                results[self.EVIDENCE] = self._merged(folder, Path(evidence).resolve(), feedback)
        except CancelledError:
            return {}
        except TerraScopeError as failure:
            raise refusal(failure) from failure
        finally:
            self._files.leave()
            shutil.rmtree(folder, ignore_errors=True)
        return results

    def _rows(
        self,
        parameters: dict[str, Any],
        source: QgsProcessingFeatureSource,
        context: QgsProcessingContext,
        feedback: QgsProcessingFeedback,
        keeps: bool,
    ) -> _Rows:
        """Each polygon with the values of its answer."""
        phrase = self.parameterAsString(parameters, self.PHRASE, context).strip()
        asker = ZoneAsker(
            self._base,
            source.sourceCrs(),
            self._scene,
            phrase,
            keeps,
            self.client(),
            context.transformContext(),
            feedback,
        )
        question = QgsExpression(self._question(parameters, context))
        scope = self.createExpressionContext(parameters, context, source)
        question.prepare(scope)
        count = max(source.featureCount(), 1)
        rows: _Rows = []
        for number, feature in enumerate(source.getFeatures(QgsFeatureRequest(), SKIP_CHECKS)):
            if feedback.isCanceled():
                raise CancelledError(self.tr("Cancelled."))
            scope.setFeature(feature)
            words = question.evaluate(scope)
            if question.hasEvalError():
                raise QgsProcessingException(
                    self.tr("The question of polygon {number} cannot be worked out: {why}.").format(
                        number=feature.id(), why=question.evalErrorString()
                    )
                )
            asked = str(words).strip() if words else ""  # NULL is false, both as None and as a QVariant
            values = asker.values(
                feature, asked, lambda part, number=number: feedback.setProgress(100 * (number + part) / count)
            )
            rows.append((feature, values))
            feedback.setProgress(100 * (number + 1) / count)
        return rows

    def _question(self, parameters: dict[str, Any], context: QgsProcessingContext) -> str:
        """The expression as it was given: QGIS's own way takes the default where it cannot be read."""
        given = parameters.get(self.QUESTION)
        return (
            given
            if isinstance(given, str) and given
            else self.parameterAsExpression(parameters, self.QUESTION, context)
        )

    def _written(
        self,
        parameters: dict[str, Any],
        source: QgsProcessingFeatureSource,
        rows: _Rows,
        context: QgsProcessingContext,
    ) -> dict[str, Any]:
        """The copy of the layer; it is made when all is known, so that a run that is cancelled leaves none."""
        fields = QgsProcessingUtils.combineFields(source.fields(), answer_fields())
        sink, where = self.parameterAsSink(
            parameters, self.OUTPUT, context, fields, source.wkbType(), source.sourceCrs()
        )
        if sink is None:
            raise QgsProcessingException(self.invalidSinkError(parameters, self.OUTPUT))
        for feature, values in rows:
            made = QgsFeature(fields)
            made.setGeometry(feature.geometry())
            made.setAttributes([*feature.attributes(), *values])
            if not sink.addFeature(made, QgsFeatureSink.Flag.FastInsert):
                raise QgsProcessingException(self.writeFeatureError(sink, parameters, self.OUTPUT))
        status = answer_fields().indexOf("status")
        count = sum(values[status] == ANSWERED for _, values in rows)
        return {self.OUTPUT: where, self.ANSWERED: count, self.FAILED: len(rows) - count}

    def _merged(self, folder: Path, out: Path, feedback: QgsProcessingFeedback) -> str | None:
        """The file of all evidence; the answers are there whether it can be made or not."""
        if not any(folder.glob("zone_*.gpkg")):
            return None
        try:
            self.batcher().merge([folder], out, feedback.isCanceled)
        except CancelledError:
            return None
        except TerraScopeError as failure:
            feedback.reportError(failure.user_message)
            return None
        return str(out)
