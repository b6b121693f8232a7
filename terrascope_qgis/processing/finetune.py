"""`terrascope:finetune`: teach a model new classes, or a new region, from one's own polygons or label raster."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from qgis.core import (
    QgsProcessing,
    QgsProcessingContext,
    QgsProcessingException,
    QgsProcessingFeedback,
    QgsProcessingOutputFolder,
    QgsProcessingOutputNumber,
    QgsProcessingParameterFeatureSource,
    QgsProcessingParameterField,
    QgsProcessingParameterFile,
    QgsProcessingParameterMultipleLayers,
    QgsProcessingParameterNumber,
    QgsProcessingParameterRasterLayer,
    QgsProcessingParameterString,
    QgsProcessingUtils,
)

from ..client.protocol import Progress
from ..client.teaching import Lesson, Taught
from ..core.capture import local_file
from ..core.labels import CLASS_FIELD, class_names, legend_names, write_names, write_polygons
from ..errors import CancelledError, LayerError, TerraScopeError
from ..numerals import number
from ..settings import Settings
from .base import TOOLS, refusal
from .capturing import CapturingAlgorithm


class FinetuneAlgorithm(CapturingAlgorithm):
    """Teach a copy of a model; writes a small model folder that the dock lists."""

    GROUP = TOOLS
    INPUT = "INPUT"
    LABELS = "LABELS"
    FIELD = "FIELD"
    LABEL_RASTER = "LABEL_RASTER"
    CLASSES = "CLASSES"
    MODEL = "MODEL"
    NAME = "NAME"
    MINUTES = "MINUTES"
    FOLDER = "FOLDER"
    OUTPUT = "OUTPUT"
    IOU_BEFORE = "IOU_BEFORE"
    IOU_AFTER = "IOU_AFTER"

    _scenes: tuple[str, ...] = ()
    _label_raster = ""
    _names: dict[int, str] | None = None  # of the values of the label raster
    _elsewhere = False
    _taught: Taught | None = None

    def name(self) -> str:
        """Stable for ever: models and scripts name it."""
        return "finetune"

    def displayName(self) -> str:
        """As the toolbox shows it."""
        return self.tr("Teach a model")

    def tags(self) -> list[str]:
        """Words that find it."""
        return self.tr(
            "train,training,finetune,fine-tuning,learn,teach,samples,polygons,classes,classification,land cover,"
            "segmentation,model,AI"
        ).split(",")

    def shortHelpString(self) -> str:
        """The help beside the dialog."""
        return self.tr(
            "Teaches a copy of a model with labels of your own: new classes, or the looks that known classes have in "
            "your region. The new model is a small folder beside the one it learnt from; the dock lists it under its "
            "name, answers with it, and can delete it.\n\n"
            "Scenes: rasters with a coordinate reference system. Labels: polygons with a field that names their "
            "class, ten to twenty for each class, spread over the scenes; or, for one scene, a raster on its pixels "
            "whose values are classes, named like 1=water; 2=heath (if empty, as its legend names them; 0 and nodata "
            "are not labelled). Name classes as you will ask about them, in English.\n"
            "Minutes: about how long it may learn; the figures at its beginning and its end take some more. Nothing is "
            "left of a run that is cancelled.\n\n"
            "Part of the labels are held out at first. IOU_BEFORE and IOU_AFTER are the mean IoU of the classes on "
            "them, of the model as it was (for a new class: of the known class that fits it best) and of one that was "
            "taught the other labels; the new model has then been taught all of them. Ground nearby is easier than "
            "another region: look at the masks before you rely on a figure. The log has the figures class by class, "
            "and what became of the classes that the model knew before."
        )

    def initAlgorithm(self, configuration: dict[str, Any] | None = None) -> None:  # noqa: ARG002
        """Declare parameters and outputs."""
        raster, polygon = QgsProcessing.SourceType.TypeRaster, QgsProcessing.SourceType.TypeVectorPolygon
        folder = QgsProcessingParameterFile.Behavior.Folder
        number = QgsProcessingParameterNumber.Type.Double
        self.addParameter(QgsProcessingParameterMultipleLayers(self.INPUT, self.tr("Scenes"), raster))
        self.addParameter(
            QgsProcessingParameterFeatureSource(self.LABELS, self.tr("Polygons with a class"), [polygon], optional=True)
        )
        self.addParameter(
            QgsProcessingParameterField(
                self.FIELD, self.tr("Field of the class"), parentLayerParameterName=self.LABELS, optional=True
            )
        )
        self.addParameter(
            QgsProcessingParameterRasterLayer(self.LABEL_RASTER, self.tr("Or a raster of classes"), optional=True)
        )
        self.addParameter(
            QgsProcessingParameterString(
                self.CLASSES, self.tr("Names of its values, like 1=water; 2=heath"), optional=True
            )
        )
        self.addParameter(QgsProcessingParameterString(self.NAME, self.tr("Name of the new model")))
        self.addParameter(
            QgsProcessingParameterNumber(self.MINUTES, self.tr("Minutes"), number, 5.0, minValue=0.1, maxValue=600.0)
        )
        self.add_advanced(
            QgsProcessingParameterFile(
                self.MODEL, self.tr("Model that learns (empty: the bundled one)"), folder, optional=True
            )
        )
        self.add_advanced(
            QgsProcessingParameterFile(
                self.FOLDER, self.tr("Put the new model into (empty: with the others)"), folder, optional=True
            )
        )
        self.add_extent(self.tr("Extent of scenes that are no files"), advanced=True)
        self.add_resolution()
        self.addOutput(QgsProcessingOutputFolder(self.OUTPUT, self.tr("The new model")))
        self.addOutput(QgsProcessingOutputNumber(self.IOU_BEFORE, self.tr("IoU on held-out ground, before")))
        self.addOutput(QgsProcessingOutputNumber(self.IOU_AFTER, self.tr("IoU on held-out ground, after")))

    def checkParameterValues(self, parameters: dict[str, Any], context: QgsProcessingContext) -> tuple[bool, str]:
        """Whether there are labels of one kind, and all that goes with them."""
        fine, why = super().checkParameterValues(parameters, context)
        if fine:
            why = self._missing(parameters, context)
        return fine and not why, why

    def prepareAlgorithm(
        self,
        parameters: dict[str, Any],
        context: QgsProcessingContext,
        feedback: QgsProcessingFeedback,
    ) -> bool:
        """Read rasters, on the thread they belong to."""
        if Settings.load().remote_url:
            feedback.pushWarning(
                self.tr(
                    "A model is taught by the runtime of this machine: the remote one can answer with it once its "
                    "folder has been copied there."
                )
            )
        try:
            files = self.files(parameters, context, self.area(parameters, context))
            self._scenes = tuple(map(files.path_of, self.parameterAsLayerList(parameters, self.INPUT, context)))
            labels = self.parameterAsRasterLayer(parameters, self.LABEL_RASTER, context)
            if labels is not None:
                self._label_raster = local_file(labels)
                self._names = class_names(self._text(parameters, self.CLASSES, context)) or legend_names(labels)
                if not self._names:
                    raise LayerError(self.tr("Name the values of the raster of classes, like 1=water; 2=heath."))
        except TerraScopeError as failure:
            raise refusal(failure) from failure
        return True

    def processAlgorithm(
        self, parameters: dict[str, Any], context: QgsProcessingContext, feedback: QgsProcessingFeedback
    ) -> dict[str, Any]:
        """Teach; nothing comes of a lesson that was cancelled."""
        stages: list[str] = []

        def tell(progress: Progress) -> None:
            feedback.setProgress(100 * progress.fraction)
            if progress.stage not in stages[-1:]:
                stages.append(progress.stage)
                feedback.pushInfo(progress.stage)

        try:
            self._files.write(feedback)
            lesson = self._lesson(parameters, context)
            self._taught = self.teacher().teach(lesson, tell, feedback.isCanceled)
        except CancelledError:
            return {}
        except TerraScopeError as failure:
            raise refusal(failure) from failure
        finally:
            self._files.leave()
        self._report(self._taught, feedback)
        gain = self._taught.held_out
        return {self.OUTPUT: self._taught.folder, self.IOU_BEFORE: gain.before, self.IOU_AFTER: gain.after}

    def postProcessAlgorithm(
        self,
        context: QgsProcessingContext,  # noqa: ARG002
        feedback: QgsProcessingFeedback,  # noqa: ARG002
    ) -> dict[str, Any]:
        """Have the dock list the new model, wherever it lies; on the main thread, as settings want it."""
        if self._taught is not None:
            if self._elsewhere:
                Settings.load().add_folder(str(Path(self._taught.folder).resolve()))
            self.provider().taught.emit()
        return {}

    def _report(self, taught: Taught, feedback: QgsProcessingFeedback) -> None:
        """Write the figures to the log, and what is wrong with them."""
        figures = [(self.tr("IoU on held-out ground, mean of the classes"), taught.held_out), *taught.classes.items()]
        if taught.rehearsal is not None:
            figures.append((self.tr("IoU of what it knew before, on scenes made to test that"), taught.rehearsal))
        for what, gain in figures:
            line = self.tr("{what}: {before} before, {after} after")
            feedback.pushInfo(line.format(what=what, before=number(gain.before, 3), after=number(gain.after, 3)))
        for warning in taught.warnings:
            feedback.pushWarning(warning)
        if taught.held_out.after <= taught.held_out.before:
            feedback.pushWarning(self.tr("It has not become better: give more polygons, or more minutes."))

    def _missing(self, parameters: dict[str, Any], context: QgsProcessingContext) -> str:
        polygons, raster = (bool(parameters.get(name)) for name in (self.LABELS, self.LABEL_RASTER))
        if polygons == raster:
            return self.tr("Give either polygons with a class or a raster of classes.")
        if polygons and not self._text(parameters, self.FIELD, context):
            return self.tr("Say which field of the polygons names their class.")
        if not self._text(parameters, self.NAME, context):
            return self.tr("Give the new model a name.")
        return ""

    def _lesson(self, parameters: dict[str, Any], context: QgsProcessingContext) -> Lesson:
        """What to teach, its labels written to files.

        Raises:
            QgsProcessingException: the polygons cannot be loaded.
            TerraScopeError: they are of no use.
        """
        self._elsewhere = bool(self._text(parameters, self.FOLDER, context))
        polygons = names = ""
        if self._label_raster:
            names = QgsProcessingUtils.generateTempFilename("classes.json")
            write_names(self._names or {}, Path(names))
        else:
            source = self.parameterAsSource(parameters, self.LABELS, context)
            if source is None:
                raise QgsProcessingException(self.invalidSourceError(parameters, self.LABELS))
            polygons = QgsProcessingUtils.generateTempFilename("labels.gpkg")
            field = self._text(parameters, self.FIELD, context)
            write_polygons(source, field, Path(polygons), context.transformContext())
        return Lesson(
            scenes=self._scenes,
            name=self._text(parameters, self.NAME, context),
            labels=polygons,
            field=CLASS_FIELD if polygons else "",
            label_raster=self._label_raster,
            classes=names,
            model=self._text(parameters, self.MODEL, context) or Settings().model,
            minutes=self.parameterAsDouble(parameters, self.MINUTES, context),
            out=self._text(parameters, self.FOLDER, context),
        )

    def _text(self, parameters: dict[str, Any], name: str, context: QgsProcessingContext) -> str:
        return (self.parameterAsString(parameters, name, context) or "").strip()
