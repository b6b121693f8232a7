"""A remote runtime is asked how it is, in the background."""

from __future__ import annotations

from dataclasses import dataclass

from qgis.core import QgsTask
from qgis.PyQt.QtCore import QCoreApplication, pyqtSignal

from ..client.errand import Errand
from ..client.http_client import RuntimeClient
from ..client.protocol import Health, ModelSummary
from ..errors import TerraScopeError
from ..numerals import data_size

translate = QCoreApplication.translate
_UNDER_WAY: set[HealthTask] = set()  # whoever began one may go before it has ended


@dataclass(frozen=True)
class Healthy:
    """A runtime that answers."""

    health: Health
    models: tuple[ModelSummary, ...]

    def told(self) -> str:
        """Which it is, where it computes, and what it takes."""
        words = translate("TerraScope", "Version {version}, computes on {device}, takes files of up to {limit}")
        health = self.health
        return words.format(version=health.version, device=health.device, limit=data_size(health.upload_limit_bytes))


class HealthTask(QgsTask):
    """One look.

    Args:
        client: that leads to the runtime.

    Signals:
        ended: a Healthy, or the TerraScopeError that came instead.
    """

    ended = pyqtSignal(object)

    def __init__(self, client: RuntimeClient) -> None:
        super().__init__("TerraScope")
        self._client = client
        client.prepare()
        _UNDER_WAY.add(self)
        self._outcome: Healthy | TerraScopeError | None = None

    def run(self) -> bool:
        """Work; in a thread of QGIS's pool."""
        try:
            (self._outcome,) = Errand(lambda _: iter([self._look()])).items(self.isCanceled)
        except TerraScopeError as failure:
            self._outcome = failure
        except Exception as failure:  # noqa: BLE001 - a task must not raise; a defect of ours still reaches the user
            self._outcome = TerraScopeError(
                translate("TerraScope", "The runtime could not be looked at: see the log."), detail=str(failure)
            )
        return isinstance(self._outcome, Healthy)

    def _look(self) -> Healthy:
        return Healthy(self._client.health(), tuple(self._client.models()))

    def finished(self, result: bool) -> None:  # noqa: ARG002
        """Called by QGIS on the main thread."""
        _UNDER_WAY.discard(self)
        self.ended.emit(
            self._outcome or TerraScopeError(translate("TerraScope", "The runtime was not looked at: try again."))
        )
