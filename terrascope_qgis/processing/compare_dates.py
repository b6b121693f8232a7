"""`terrascope:compare_dates`: what a land cover gained and lost between two or more dates of one place."""

from __future__ import annotations

from typing import Any

from qgis.core import (
    QgsProcessingContext,
    QgsProcessingException,
    QgsProcessingFeedback,
    QgsProcessingOutputBoolean,
    QgsProcessingOutputNumber,
    QgsProcessingOutputVectorLayer,
    QgsProcessingParameterEnum,
    QgsProcessingParameterString,
)

from ..core.analysis import AnalysisResult
from ..core.choices import LAND_COVER
from .base import MAP
from .date_parameters import Slot
from .recording import RecordingAlgorithm

# A way of asking that the bundled model has learnt; not translated: it reads English.
QUESTION = "How did {cover} change?"


class CompareDatesAlgorithm(RecordingAlgorithm):
    """Compare one land cover at two or more dates; writes a GeoPackage and a JSON report."""

    GROUP = MAP
    EARLIER = "EARLIER"
    LATER = "LATER"
    COVER = "COVER"
    QUESTION = "QUESTION"
    GAINED = "GAINED"
    LOST = "LOST"
    GAINED_HA = "GAINED_HA"
    LOST_HA = "LOST_HA"
    KEPT_HA = "KEPT_HA"
    UNCERTAINTY_HA = "UNCERTAINTY_HA"
    FLOOR_HA = "FLOOR_HA"
    TOLD = "TOLD"

    def name(self) -> str:
        """Stable for ever: models and scripts name it."""
        return "compare_dates"

    def displayName(self) -> str:
        """As the toolbox shows it."""
        return self.tr("Compare dates")

    def tags(self) -> list[str]:
        """Words that find it."""
        return self.tr(
            "change,detection,two dates,time series,gain,loss,before,after,flood,fire,deforestation,area,hectares,"
            "segmentation,radar,SAR,AI"
        ).split(",")

    def shortHelpString(self) -> str:
        """The help beside the dialog."""
        return self.tr(
            "Maps one land cover at two to eight dates of the same place and gives what it gained, lost and kept, in "
            "hectares on the rasters' own grid and ellipsoid.\n\n"
            "Scenes: raster files with a coordinate reference system, folders of bands (SAFE, Landsat), or radar "
            "scenes. SAR: a radar scene of the same date beside an optical one; it sees through clouds. Where a later "
            "scene lies on another pixel grid it is resampled to that of the first, and the parts that all show are "
            "compared. The days are those of metadata and names unless they are given; the dates are compared in their "
            "order. Extent: only compare this part. A question of your own is asked instead of the land cover chosen; "
            "it must be about the dates.\n"
            "Output: a GeoPackage with the masks of each date and the layers GAINED and LOST; the same record as JSON "
            "lies beside it (REPORT). The figures are those of the first change found; a question about several "
            "regions, or more than two dates, has them all in the table changes.\n\n"
            "FLOOR_HA is what maps of an unchanged place may differ by. TOLD is false when neither the gain nor the "
            "loss is larger: then no change can be told from noise. UNCERTAINTY_HA is what the gain and the loss may "
            "be off by because boundaries are only known to half a pixel.\n\n"
            "Change that the model is unsure of is left out, haze and shadow can look like change: look at the masks "
            "before you rely on a figure."
        )

    def initAlgorithm(self, configuration: dict[str, Any] | None = None) -> None:  # noqa: ARG002
        """Declare parameters and outputs."""
        self.add_dates(
            Slot(self.EARLIER, "EARLIER_", self.tr("Earlier scene")), Slot(self.LATER, "LATER_", self.tr("Later scene"))
        )
        self.addParameter(
            QgsProcessingParameterEnum(
                self.COVER, self.tr("Land cover"), list(LAND_COVER), defaultValue=LAND_COVER[0], usesStaticStrings=True
            )
        )
        self.addParameter(
            QgsProcessingParameterString(
                self.QUESTION, self.tr("Question (empty: about the land cover chosen)"), multiLine=True, optional=True
            )
        )
        self.add_extent()
        self.add_choices()
        self.add_model_parameters()
        self.add_record()
        self.addOutput(QgsProcessingOutputVectorLayer(self.GAINED, self.tr("Gained")))
        self.addOutput(QgsProcessingOutputVectorLayer(self.LOST, self.tr("Lost")))
        self.addOutput(QgsProcessingOutputNumber(self.GAINED_HA, self.tr("Gained (ha)")))
        self.addOutput(QgsProcessingOutputNumber(self.LOST_HA, self.tr("Lost (ha)")))
        self.addOutput(QgsProcessingOutputNumber(self.KEPT_HA, self.tr("Kept (ha)")))
        self.addOutput(QgsProcessingOutputNumber(self.UNCERTAINTY_HA, self.tr("Boundary uncertainty (± ha)")))
        self.addOutput(QgsProcessingOutputNumber(self.FLOOR_HA, self.tr("No-change floor (ha)")))
        self.addOutput(QgsProcessingOutputBoolean(self.TOLD, self.tr("Above the no-change floor")))

    def prepareAlgorithm(
        self,
        parameters: dict[str, Any],
        context: QgsProcessingContext,
        feedback: QgsProcessingFeedback,  # noqa: ARG002
    ) -> bool:
        """Read layers, on the thread they belong to."""
        cover = self.parameterAsEnumString(parameters, self.COVER, context)
        question = self.parameterAsString(parameters, self.QUESTION, context).strip()
        question = question or QUESTION.format(cover=cover)
        self._request = self.request(parameters, context, question, self.out(parameters, context))
        return True

    def figures(self, result: AnalysisResult) -> dict[str, Any]:
        """What the first region gained and lost, and the layers that show it.

        Raises:
            QgsProcessingException: no region was marked at both dates.
        """
        if not result.report.changes:
            raise QgsProcessingException(
                self.tr(
                    "The model marked no region at both dates, so nothing was compared: ask about another land cover, "
                    "or in other words. What it did answer is in {file}."
                ).format(file=result.geopackage)
            )
        change = result.report.changes[0]
        return {
            self.GAINED: f"{result.geopackage}|layername=change_gained",
            self.LOST: f"{result.geopackage}|layername=change_lost",
            self.GAINED_HA: change.gained_ha,
            self.LOST_HA: change.lost_ha,
            self.KEPT_HA: change.kept_ha,
            self.UNCERTAINTY_HA: change.uncertainty_ha,
            self.FLOOR_HA: change.floor_ha,
            self.TOLD: change.told,
        }
