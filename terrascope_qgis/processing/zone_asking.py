"""One polygon after the other is asked about; what is wrong with one does not keep the others from being asked."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from dataclasses import replace
from pathlib import Path
from typing import Any

from qgis.core import (
    QgsCoordinateReferenceSystem,
    QgsCoordinateTransformContext,
    QgsFeature,
    QgsGeometry,
    QgsProcessingFeedback,
)
from qgis.PyQt.QtCore import QCoreApplication

from ..client import protocol
from ..client.http_client import RuntimeClient
from ..core.analysis import run
from ..core.extents import POLYGON, Area
from ..core.request import crs_text
from ..errors import AnalysisError, RuntimeLostError, TerraScopeError
from .answer_fields import FAILED, SKIPPED, answered, regions, unanswered
from .recording import tell_model

MOST_LOST = 2  # runtimes in a row: the next would not fare better
OF_EVERY_POLYGON = ("model", "output")  # codes of refusals that are no polygon's fault

translate = QCoreApplication.translate


class ZoneAsker:
    """Asks about polygons.

    Args:
        base: what is asked of each, but for its question, its ground and its file.
        crs: of the polygons.
        scene: what the scene covers; None: it is not known.
        phrase: of the regions that are measured; empty: the first.
        keeps: the file of each answer is kept, in the folder of that of `base`.
        client: of the runtime.
        transforms: of the project.
        feedback: of the running algorithm.
    """

    def __init__(
        self,
        base: protocol.AskRequest,
        crs: QgsCoordinateReferenceSystem,
        scene: Area | None,
        phrase: str,
        keeps: bool,
        client: RuntimeClient,
        transforms: QgsCoordinateTransformContext,
        feedback: QgsProcessingFeedback,
    ) -> None:
        self._base, self._crs, self._scene = base, crs, scene
        self._phrase, self._keeps = phrase, keeps
        self._client, self._transforms = client, transforms
        self._feedback = feedback
        self._warned: set[str] = set()
        self._lost = 0
        self._introduced = False

    def values(self, feature: QgsFeature, question: str, done: Callable[[float], None]) -> list[Any]:
        """The values of `answer_fields` for a polygon.

        Args:
            feature: with the polygon.
            question: in words.
            done: called with the share of this polygon that is behind us.

        Raises:
            CancelledError: the feedback was cancelled.
            TerraScopeError: no polygon can be answered.
        """
        polygon = ground(feature.geometry())
        why = self._not_asked(polygon, question)
        if why:
            return self._none(feature, question, SKIPPED, why)
        out = Path(self._base.out).with_name(f"zone_{feature.id()}.gpkg")
        which = translate("TerraScope", "Polygon {number}.").format(number=feature.id())
        self._warned.add(which)  # it is for the report that puts the files together
        request = replace(
            self._base,
            question=question,
            polygon_wkt=polygon.asWkt(),
            extent_crs=crs_text(self._crs) if self._crs.isValid() else None,
            out=str(out),
            notes=(*self._base.notes, which),
        )
        try:
            report = run(request, self._client, _Ear(self._feedback, done, self._warn), self._transforms).report
        except (AnalysisError, RuntimeLostError) as failure:
            self._lost = self._lost + 1 if isinstance(failure, RuntimeLostError) else 0
            if self._lost >= MOST_LOST or getattr(failure, "code", "") in OF_EVERY_POLYGON:
                raise
            return self._none(feature, question, FAILED, failure.user_message)
        finally:
            if not self._keeps:
                with suppress(OSError):
                    out.unlink()
        self._lost = 0
        if not self._introduced:
            tell_model(report.model, self._feedback)
            self._introduced = True
        self._feedback.pushInfo(f"{feature.id()}: {regions(report) or report.answer}")
        return answered(question, report, self._phrase)

    def _not_asked(self, polygon: QgsGeometry | None, question: str) -> str:
        """Why there is no use in asking; empty where there is."""
        if not question:
            return translate("TerraScope", "The question of this polygon is empty.")
        if polygon is None:
            return translate("TerraScope", "There is no polygon.")
        if self._scene is None:
            return ""
        try:
            there = Area(polygon, self._crs).in_crs(self._scene.crs, self._transforms)
        except TerraScopeError as failure:
            return failure.user_message
        if there.geometry.intersects(self._scene.geometry):
            return ""
        return translate("TerraScope", "The polygon does not meet the scene.")

    def _none(self, feature: QgsFeature, question: str, status: str, why: str) -> list[Any]:
        self._feedback.pushWarning(f"{feature.id()}: {why}")
        return unanswered(question, status, why)

    def _warn(self, sentence: str) -> None:
        """What holds of the scene is said with the first polygon alone."""
        if sentence not in self._warned:
            self._warned.add(sentence)
            self._feedback.pushWarning(sentence)


class _Ear:
    """The feedback of one polygon."""

    def __init__(
        self, feedback: QgsProcessingFeedback, done: Callable[[float], None], warn: Callable[[str], None]
    ) -> None:
        self._feedback, self._done, self._warn = feedback, done, warn

    def isCanceled(self) -> bool:
        return self._feedback.isCanceled()

    def tell(self, event: protocol.Event) -> None:
        if isinstance(event, protocol.Progress):
            self._done(event.fraction)
        elif isinstance(event, protocol.Warning):
            self._warn(event.message)


def ground(geometry: QgsGeometry) -> QgsGeometry | None:
    """A polygon as the runtime reads it: flat, straight lines, mended where it crosses itself; None: there is none."""
    if geometry.isNull() or geometry.isEmpty():
        return None
    straight = geometry.constGet().segmentize()
    straight.dropZValue()
    straight.dropMValue()
    flat = QgsGeometry(straight)
    if not flat.isGeosValid():
        flat = flat.makeValid()
        flat.convertGeometryCollectionToSubclass(POLYGON)  # lines may be left of what was mended
    return None if flat.isEmpty() or flat.area() == 0 else flat
