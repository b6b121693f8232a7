"""The plugin's one way to an answer; the dock's task and Processing are two thin callers of `run`."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from qgis.core import QgsCoordinateTransformContext
from qgis.PyQt.QtCore import QCoreApplication

from ..client import protocol
from ..client.http_client import RuntimeClient
from ..errors import CancelledError, ProtocolError, RuntimeLostError
from .drafts import remove_answer, remove_drafts
from .report import check_areas

translate = QCoreApplication.translate


class Feedback(Protocol):
    """The only channel from the work to the outside; called from the thread that works."""

    def isCanceled(self) -> bool:  # noqa: D102 - as QgsFeedback names it
        ...

    def tell(self, event: protocol.Event) -> None:  # noqa: D102
        ...


@dataclass(frozen=True)
class AnalysisResult:
    """An answer, and the file that holds its evidence."""

    report: protocol.Report
    geopackage: Path


def run(
    request: protocol.AskRequest,
    client: RuntimeClient,
    feedback: Feedback,
    transforms: QgsCoordinateTransformContext,
) -> AnalysisResult:
    """Ask the runtime, hand its events on, and check the stored hectares against QGIS's own.

    Blocks; not for the main thread of a window.

    Raises:
        TerraScopeError: a sentence for the user; nothing has been written then.
    """
    there_before = bool(request.out) and Path(request.out).exists()
    try:
        for event in client.ask(request, feedback.isCanceled):
            feedback.tell(event)
            if isinstance(event, protocol.Done):
                if not event.geopackage:
                    break
                result = AnalysisResult(event.report, Path(event.geopackage))
                for sentence in check_areas(result.report, result.geopackage, transforms, request.ellipsoid):
                    feedback.tell(protocol.Warning(sentence))
                return result
    except CancelledError:
        # The runtime may have answered just when it was told not to.
        if request.out and not there_before:
            remove_answer(request.out)
        raise
    except RuntimeLostError:
        for path in filter(None, (request.out, request.picture)):
            remove_drafts(path)
        raise
    raise ProtocolError(
        translate("TerraScope", "The runtime answered without writing a GeoPackage: update the plugin or its runtime.")
    )
