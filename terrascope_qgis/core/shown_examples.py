"""Examples of a place as the user shows them one by one: clicks and outlines, with undo."""

from __future__ import annotations

from collections.abc import Sequence

from qgis.core import QgsCoordinateReferenceSystem, QgsCoordinateTransform, QgsCsException, QgsGeometry, QgsProject
from qgis.PyQt.QtCore import QCoreApplication

from ..client.protocol import Example, Report
from ..errors import AnalysisError
from .request import crs_text

MOST_EXAMPLES = 2000
_DIGITS = 12

translate = QCoreApplication.translate


class ShownExamples:
    """What has been shown of one answer's place.

    Args:
        report: of the answer; the examples it was taught with are there from the start.
    """

    def __init__(self, report: Report) -> None:
        self._scene = QgsGeometry.fromWkt(_rectangle(report.scene.bounds))
        self._scene_crs = QgsCoordinateReferenceSystem(report.scene.crs)
        self._crs = QgsCoordinateReferenceSystem(report.examples_crs or report.scene.crs)
        self._states: list[tuple[Example, ...]] = []
        self.examples: tuple[Example, ...] = tuple(report.examples)

    @property
    def crs(self) -> QgsCoordinateReferenceSystem:
        """Of the examples."""
        return self._crs

    def crs_text(self) -> str:
        """That, as a request names it."""
        return crs_text(self._crs)

    def add(
        self, phrase: str, shape: QgsGeometry, crs: QgsCoordinateReferenceSystem, inside: bool, image: int | None = None
    ) -> None:
        """Show a place.

        Args:
            phrase: what is there, or is not.
            shape: point or polygon.
            crs: of the shape; an invalid one stands for the scene's.
            inside: it is there.
            image: 1-based; None: the first.

        Raises:
            AnalysisError: there is no phrase, the place is beyond the scene, or there are too many examples.
        """
        phrase = " ".join(phrase.split())
        if not phrase:
            raise AnalysisError(translate("TerraScope", "Say what you show: choose a class, or write its name."))
        if len(self.examples) >= MOST_EXAMPLES:
            raise AnalysisError(
                translate("TerraScope", "{count} examples are enough: take some back first.").format(
                    count=MOST_EXAMPLES
                )
            )
        crs = crs if crs.isValid() else self._scene_crs
        if not _moved(shape, crs, self._scene_crs).intersects(self._scene):
            raise AnalysisError(translate("TerraScope", "That is beyond the scene: show a place within it."))
        wkt = _moved(shape, crs, self._crs).asWkt(_DIGITS)
        self._become((*self.examples, Example(phrase, wkt, inside, image)))

    def undo(self) -> bool:
        """Take back what was done last; of an answer that came with examples, the last of those. False: nothing."""
        if self._states:
            self.examples = self._states.pop()
        elif self.examples:
            self.examples = self.examples[:-1]
        else:
            return False
        return True

    def clear(self) -> None:
        """Take all of them back; that can be undone."""
        if self.examples:
            self._become(())

    def _become(self, examples: Sequence[Example]) -> None:
        self._states.append(self.examples)
        self.examples = tuple(examples)


def _rectangle(bounds: tuple[float, float, float, float]) -> str:
    x0, y0, x1, y1 = bounds
    return f"POLYGON (({x0} {y0}, {x1} {y0}, {x1} {y1}, {x0} {y1}, {x0} {y0}))"


def _moved(
    shape: QgsGeometry, source: QgsCoordinateReferenceSystem, target: QgsCoordinateReferenceSystem
) -> QgsGeometry:
    moved = QgsGeometry(shape)
    try:
        moved.transform(QgsCoordinateTransform(source, target, QgsProject.instance()))
    except QgsCsException as failure:
        raise AnalysisError(translate("TerraScope", "That is beyond the scene: show a place within it.")) from failure
    return moved
