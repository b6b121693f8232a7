"""Masks that were edited are measured again by the runtime, in the background."""

from __future__ import annotations

from pathlib import Path

from qgis.core import QgsCoordinateTransformContext, QgsTask
from qgis.PyQt.QtCore import QCoreApplication, pyqtSignal

from ..client import protocol
from ..client.http_client import RuntimeClient
from ..core.report import check_areas
from ..errors import TerraScopeError

translate = QCoreApplication.translate


class MeasureTask(QgsTask):
    """One report to be measured again; keep a reference until `ended`.

    Args:
        client: of the runtime.
        geopackage: of the run.
        steps: 1-based, whose masks were edited.
        transforms: of the project.
        ellipsoid: that was asked for; None: the scene's own.

    Signals:
        ended: the Report and sentences on figures that QGIS does not confirm, or the TerraScopeError that came instead.
    """

    ended = pyqtSignal(object)

    def __init__(
        self,
        client: RuntimeClient,
        geopackage: Path,
        steps: tuple[int, ...],
        transforms: QgsCoordinateTransformContext,
        ellipsoid: str | None,
    ) -> None:
        super().__init__("TerraScope: " + geopackage.name)
        self._client = client
        client.prepare()
        self._geopackage = geopackage
        self._steps = steps
        self._transforms = transforms
        self._ellipsoid = ellipsoid
        self._outcome: tuple[protocol.Report, list[str]] | TerraScopeError | None = None

    def run(self) -> bool:
        """Work; in a thread of QGIS's pool."""
        try:
            report = self._client.measure(protocol.MeasureRequest(str(self._geopackage), self._steps))
            self._outcome = report, check_areas(report, self._geopackage, self._transforms, self._ellipsoid)
        except TerraScopeError as failure:
            self._outcome = failure
        except Exception as failure:  # noqa: BLE001 - a task must not raise; a defect of ours still reaches the user
            self._outcome = TerraScopeError(
                translate("TerraScope", "The corrected mask could not be measured: see the log."), detail=str(failure)
            )
        return isinstance(self._outcome, tuple)

    def finished(self, result: bool) -> None:  # noqa: ARG002
        """Called by QGIS on the main thread."""
        self.ended.emit(
            self._outcome
            or TerraScopeError(translate("TerraScope", "The corrected mask was not measured: save it once more."))
        )
