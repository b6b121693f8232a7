"""`terrascope:segment_classes`: a land-cover map of the classes that are named."""

from __future__ import annotations

import shutil
from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path
from typing import Any

from qgis.core import (
    QgsCoordinateReferenceSystem,
    QgsFeature,
    QgsFeatureSink,
    QgsField,
    QgsFields,
    QgsGeometry,
    QgsMapLayer,
    QgsProcessing,
    QgsProcessingContext,
    QgsProcessingException,
    QgsProcessingFeedback,
    QgsProcessingLayerPostProcessorInterface,
    QgsProcessingOutputNumber,
    QgsProcessingParameterFeatureSink,
    QgsProcessingParameterFileDestination,
    QgsProcessingParameterRasterDestination,
    QgsProcessingParameterString,
    QgsProcessingUtils,
    QgsVectorLayer,
    QgsWkbTypes,
)

from ..client.protocol import AskRequest, Step
from ..compat import REAL, TEXT, WHOLE
from ..core.analysis import AnalysisResult, run
from ..core.choices import LAND_COVER
from ..core.land_cover import MOST_CLASSES, page, parts, renderer, write_raster
from ..core.report import open_layer
from ..errors import CancelledError, TerraScopeError
from .asking import AskingAlgorithm
from .base import MAP, EventsToFeedback, refusal
from .date_parameters import Slot
from .recording import tell_model

CLASSES = "\n".join(name for name in LAND_COVER if name != "cloud")
FIGURES = ("area_ha", "area_uncertainty_ha", "coverage_pct", "pixels", "score")


class SegmentClassesAlgorithm(AskingAlgorithm):
    """Map named classes."""

    GROUP = MAP
    INPUT = "INPUT"
    CLASSES = "CLASSES"
    OUTPUT = "OUTPUT"
    AREAS = "AREAS"
    RASTER = "RASTER"
    PAGE = "PAGE"
    MAPPED_HA = "MAPPED_HA"
    MAPPED_PCT = "MAPPED_PCT"

    _request: AskRequest | None = None

    def name(self) -> str:
        """Stable for ever: models and scripts name it."""
        return "segment_classes"

    def displayName(self) -> str:
        """As the toolbox shows it."""
        return self.tr("Map land cover")

    def tags(self) -> list[str]:
        """Words that find it."""
        return self.tr(
            "land cover,land use,classification,segmentation,classes,map,polygonise,area,hectares,water,forest,AI"
        ).split(",")

    def shortHelpString(self) -> str:
        """The help beside the dialog."""
        return self.tr(
            "Makes a land-cover map of the classes that are named, with the hectares of each.\n\n"
            "Scene, SAR, Extent: as in “Ask about a scene”. Classes: one in each line, in English; the bundled model "
            "knows water, trees, cropland, grassland, built-up area, bare ground, snow and ice, wetland, cloud, and "
            "those it was taught. Words for them that it knows, like forest, are taken for them.\n\n"
            "Each class is marked by itself. Where two of them overlap, the ground belongs to the one whose mask has "
            "the higher score, so every pixel has one class or none.\n"
            "Output: polygons, one for each connected part, with class (number of the class), phrase (its name), "
            "area_ha, area_uncertainty_ha (half a pixel either side of the boundary), coverage_pct (of what the scene "
            "shows), pixels, and score (of the whole class, 0 to 1). Areas: a table with a row for each class, also of "
            "those that were not found. Class raster: on the scene's own grid, with the numbers of the classes; 0 is "
            "none of them, or nothing to see. Page: the table for people (HTML). MAPPED_HA, MAPPED_PCT: all classes "
            "together.\n\n"
            "Hectares are measured on the raster's own grid and ellipsoid and are exact for the mask. Whether the mask "
            "is right is another matter: look at it before you rely on a figure."
        )

    def initAlgorithm(self, configuration: dict[str, Any] | None = None) -> None:  # noqa: ARG002
        """Declare parameters and outputs."""
        polygon, table = QgsProcessing.SourceType.TypeVectorPolygon, QgsProcessing.SourceType.TypeVector
        self.add_dates(Slot(self.INPUT, "", self.tr("Scene")), further=False)
        self.addParameter(
            QgsProcessingParameterString(self.CLASSES, self.tr("Classes, one in each line"), CLASSES, multiLine=True)
        )
        self.add_extent()
        self.add_choices()
        self.add_model_parameters()
        self.addParameter(QgsProcessingParameterFeatureSink(self.OUTPUT, self.tr("Land cover"), polygon))
        self.addParameter(QgsProcessingParameterFeatureSink(self.AREAS, self.tr("Areas"), table, optional=True))
        self.addParameter(
            QgsProcessingParameterRasterDestination(
                self.RASTER, self.tr("Class raster"), optional=True, createByDefault=False
            )
        )
        self.addParameter(
            QgsProcessingParameterFileDestination(
                self.PAGE, self.tr("Page of areas"), self.tr("HTML (*.html)"), optional=True, createByDefault=False
            )
        )
        self.addOutput(QgsProcessingOutputNumber(self.MAPPED_HA, self.tr("Mapped (ha)")))
        self.addOutput(QgsProcessingOutputNumber(self.MAPPED_PCT, self.tr("Mapped share of the scene (%)")))

    def checkParameterValues(self, parameters: dict[str, Any], context: QgsProcessingContext) -> tuple[bool, str]:
        """Whether there are classes, no more than can be mapped at once."""
        fine, why = super().checkParameterValues(parameters, context)
        if not fine:
            return fine, why
        classes = self._classes(parameters, context)
        if not classes:
            return False, self.tr("There is no class yet: write one in each line.")
        if len(classes) > MOST_CLASSES:
            return False, self.tr("{count} classes are more than can be mapped at once: name up to {most}.").format(
                count=len(classes), most=MOST_CLASSES
            )
        return True, ""

    def prepareAlgorithm(
        self,
        parameters: dict[str, Any],
        context: QgsProcessingContext,
        feedback: QgsProcessingFeedback,  # noqa: ARG002
    ) -> bool:
        """Read layers, on the thread they belong to."""
        classes = self._classes(parameters, context)
        out = Path(QgsProcessingUtils.generateTempFilename("map.gpkg"))  # its folder is of this run alone
        request = self.request(parameters, context, "Land cover: " + ", ".join(classes), out)
        self._request = replace(request, regions=classes)
        return True

    def processAlgorithm(
        self, parameters: dict[str, Any], context: QgsProcessingContext, feedback: QgsProcessingFeedback
    ) -> dict[str, Any]:
        """Map, and write what is wanted of the map; nothing comes of a run that is cancelled."""
        try:
            self._files.write(feedback)
            result = run(self._request, self.client(), EventsToFeedback(feedback), context.transformContext())
            tell_model(result.report.model, feedback)
            return self._written(result, parameters, context)
        except CancelledError:
            return {}
        except TerraScopeError as failure:
            raise refusal(failure) from failure
        finally:
            self._files.leave()
            shutil.rmtree(Path(self._request.out).parent, ignore_errors=True)

    def _written(
        self, result: AnalysisResult, parameters: dict[str, Any], context: QgsProcessingContext
    ) -> dict[str, Any]:
        """The outputs."""
        report, steps = result.report, result.report.steps
        crs = open_layer(result.geopackage, steps[0].layer).crs()
        polygons = (
            (feature.geometry(), [step.index, step.phrase, *(_figure(feature, step, name) for name in FIGURES)])
            for step, feature in parts(report, result.geopackage)
        )
        areas = (
            (QgsGeometry(), [step.index, step.phrase, *(getattr(step, name) for name in FIGURES)]) for step in steps
        )
        results: dict[str, Any] = {
            self.OUTPUT: self._table(self.OUTPUT, polygons, crs, parameters, context),
            self.MAPPED_HA: sum(step.area_ha for step in steps),
            self.MAPPED_PCT: sum(step.coverage_pct for step in steps),
        }
        if parameters.get(self.AREAS):
            results[self.AREAS] = self._table(self.AREAS, areas, None, parameters, context)
        raster = self.parameterAsOutputLayer(parameters, self.RASTER, context)
        if raster:
            write_raster(report, result.geopackage, Path(raster))
            results[self.RASTER] = raster
        written = self.parameterAsFileOutput(parameters, self.PAGE, context)
        if written:
            try:
                Path(written).write_text(page(report), "utf-8")
            except OSError as failure:
                raise TerraScopeError(
                    self.tr("{name} cannot be written ({why}): choose another place.").format(
                        name=Path(written).name, why=failure.strerror
                    )
                ) from failure
            results[self.PAGE] = written
        self._style(results[self.OUTPUT], [step.phrase for step in steps], context)
        return results

    def _table(
        self,
        output: str,
        rows: Iterable[tuple[QgsGeometry, list[Any]]],
        crs: QgsCoordinateReferenceSystem | None,
        parameters: dict[str, Any],
        context: QgsProcessingContext,
    ) -> str:
        """Write the rows of an output, polygons where there is a CRS; returns where it is."""
        kind = QgsWkbTypes.Type.NoGeometry if crs is None else QgsWkbTypes.Type.Polygon
        fields = QgsFields()
        for name, of in (("class", WHOLE), ("phrase", TEXT), *((name, REAL) for name in FIGURES)):
            fields.append(QgsField(name, WHOLE if name == "pixels" else of))
        sink, where = self.parameterAsSink(
            parameters, output, context, fields, kind, crs or QgsCoordinateReferenceSystem()
        )
        if sink is None:
            raise QgsProcessingException(self.invalidSinkError(parameters, output))
        for geometry, values in rows:
            feature = QgsFeature(fields)
            feature.setGeometry(geometry)
            feature.setAttributes(values)
            if not sink.addFeature(feature, QgsFeatureSink.Flag.FastInsert):
                raise QgsProcessingException(self.writeFeatureError(sink, parameters, output))
        return where

    def _style(self, where: str, phrases: list[str], context: QgsProcessingContext) -> None:
        if context.willLoadLayerOnCompletion(where):
            painter = _Painter(phrases)
            self.provider().keep(painter)
            context.layerToLoadOnCompletionDetails(where).setPostProcessor(painter)

    def _classes(self, parameters: dict[str, Any], context: QgsProcessingContext) -> tuple[str, ...]:
        lines = (self.parameterAsString(parameters, self.CLASSES, context) or "").splitlines()
        return tuple(dict.fromkeys(line.strip() for line in lines if line.strip()))


def _figure(feature: QgsFeature, step: Step, name: str) -> Any:  # noqa: ANN401
    """A figure of one part; of the whole class where parts have none of their own."""
    return feature[name] if feature.fieldNameIndex(name) >= 0 else getattr(step, name)


class _Painter(QgsProcessingLayerPostProcessorInterface):
    """Gives the loaded map its colours."""

    def __init__(self, phrases: list[str]) -> None:
        super().__init__()
        self._phrases = phrases

    def postProcessLayer(
        self,
        layer: QgsMapLayer,
        context: QgsProcessingContext,  # noqa: ARG002
        feedback: QgsProcessingFeedback,  # noqa: ARG002
    ) -> None:
        """Called on the main thread."""
        if isinstance(layer, QgsVectorLayer):
            layer.setRenderer(renderer(self._phrases))
