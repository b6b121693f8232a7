"""The dock's background work: `core.analysis.run` in a QgsTask, its events as signals to the main thread."""

from __future__ import annotations

import traceback
from collections.abc import Sequence

from qgis.core import QgsCoordinateTransformContext, QgsTask
from qgis.PyQt.QtCore import QCoreApplication, pyqtSignal

from ..client import protocol
from ..client.http_client import RuntimeClient
from ..core.analysis import AnalysisResult, run
from ..core.capturing import Capturing, write_all
from ..errors import CancelledError, TerraScopeError

translate = QCoreApplication.translate


class AnalysisTask(QgsTask):
    """One question on its way; keep a reference until `ended`.

    Args:
        request: what is asked.
        client: of the runtime.
        transforms: of the project.
        captures: what has to be written before the runtime can read the request's files.

    Signals:
        happened: a protocol event, as it comes.
        ended: the AnalysisResult, or the TerraScopeError that came instead.
    """

    happened = pyqtSignal(object)
    ended = pyqtSignal(object)

    def __init__(
        self,
        request: protocol.AskRequest,
        client: RuntimeClient,
        transforms: QgsCoordinateTransformContext,
        captures: Sequence[Capturing] = (),
    ) -> None:
        super().__init__("TerraScope: " + request.question[:60], QgsTask.Flag.CanCancel)
        self._request = request
        self._client = client
        client.prepare()
        self._transforms = transforms
        self._captures = captures
        self._outcome: AnalysisResult | TerraScopeError | None = None

    def run(self) -> bool:
        """Work; in a thread of QGIS's pool."""
        try:
            write_all(self._captures, lambda stage, share: self.tell(protocol.Progress(stage, share)))
            self._outcome = run(self._request, self._client, self, self._transforms)
        except TerraScopeError as failure:
            self._outcome = failure
        except Exception:  # noqa: BLE001 - a task must not raise; a defect of ours still reaches the user
            self._outcome = TerraScopeError(
                translate(
                    "TerraScope", "Something unexpected went wrong in the plugin: please report it with its details."
                ),
                detail=traceback.format_exc(),
            )
        return isinstance(self._outcome, AnalysisResult)

    def cancel(self) -> None:
        """Called on the main thread."""
        for capture in self._captures:
            capture.cancel()
        super().cancel()

    def tell(self, event: protocol.Event) -> None:
        """Called by `run` for each event."""
        if isinstance(event, protocol.Progress):
            self.setProgress(100 * event.fraction)
        self.happened.emit(event)

    def finished(self, result: bool) -> None:  # noqa: ARG002
        """Called by QGIS on the main thread."""
        cancelled = CancelledError(translate("TerraScope", "Cancelled."))
        self.ended.emit(self._outcome or cancelled)  # no outcome: cancelled before its turn came
