"""What all algorithms share: names, help, the client, errors and events as Processing knows them."""

from __future__ import annotations

from qgis.core import (
    QgsProcessingAlgorithm,
    QgsProcessingException,
    QgsProcessingFeedback,
    QgsProcessingParameterDefinition,
)
from qgis.PyQt.QtCore import QCoreApplication
from qgis.PyQt.QtGui import QIcon

from .. import log
from ..client import protocol
from ..client.batching import Batcher
from ..client.http_client import RuntimeClient
from ..client.teaching import Teacher
from ..core.figures import area, change_figures, from_sar, percent, relation
from ..core.manual import page_url
from ..errors import TerraScopeError
from ..settings import PLUGIN_ROOT

ICONS = PLUGIN_ROOT / "resources" / "icons" / "processing"
ASK, MAP, BATCH, TOOLS = "ask", "map", "batch", "tools"

translate = QCoreApplication.translate


def group_title(group: str) -> str:
    """A group of the toolbox as people read it."""
    return {
        ASK: translate("TerraScope", "Ask"),
        MAP: translate("TerraScope", "Map"),
        BATCH: translate("TerraScope", "Batch"),
        TOOLS: translate("TerraScope", "Tools"),
    }[group]


def help_url(algorithm: str) -> str:
    """The chapter of the manual for an algorithm."""
    return bytes(page_url("processing", f"terrascope{algorithm}").toEncoded()).decode()


class TerraScopeAlgorithm(QgsProcessingAlgorithm):
    """Base of the provider's algorithms; threaded, and never touches the window."""

    GROUP = ASK

    def createInstance(self) -> TerraScopeAlgorithm:
        """A fresh instance for each run."""
        return type(self)()

    def tr(self, text: str) -> str:
        """Translate in the context of the algorithm's class."""
        return QCoreApplication.translate(type(self).__name__, text)

    def group(self) -> str:
        """The heading it stands under."""
        return group_title(self.GROUP)

    def groupId(self) -> str:
        """Stable for ever."""
        return self.GROUP

    def icon(self) -> QIcon:
        """Its own."""
        return QIcon(self.svgIconPath())

    def svgIconPath(self) -> str:
        """The icon's file, which scales."""
        return str(ICONS / f"{self.name()}.svg")

    def helpUrl(self) -> str:
        """Its chapter of the manual."""
        return help_url(self.name())

    def client(self) -> RuntimeClient:
        """The client all algorithms and the dock share."""
        return self.provider().client

    def teacher(self) -> Teacher:
        """Runs the runtime's training."""
        return self.provider().teacher

    def batcher(self) -> Batcher:
        """Runs the runtime's batches."""
        return self.provider().batcher

    def add_advanced(self, parameter: QgsProcessingParameterDefinition) -> None:
        """Declare a parameter that the dialog folds away."""
        parameter.setFlags(parameter.flags() | QgsProcessingParameterDefinition.Flag.FlagAdvanced)
        self.addParameter(parameter)


def refusal(failure: TerraScopeError) -> QgsProcessingException:
    """Processing's exception for a failure, which is logged with its detail."""
    log.error(failure)
    return QgsProcessingException(failure.user_message)


class EventsToFeedback:
    """Writes the runtime's events to Processing's feedback: the reasoning line by line, masks and distances measured.

    Args:
        feedback: of the running algorithm.
    """

    def __init__(self, feedback: QgsProcessingFeedback) -> None:
        self._feedback = feedback
        self._line = ""
        self._kind = ""
        self._stage = ""

    def isCanceled(self) -> bool:
        """Whether the user cancelled."""
        return self._feedback.isCanceled()

    def tell(self, event: protocol.Event) -> None:
        """Write one event."""
        if isinstance(event, protocol.Text):
            self._text(event)
            return
        if isinstance(event, protocol.Progress):
            self._feedback.setProgress(100 * event.fraction)
            stage = event.stage.rpartition(": ")[0] or event.stage  # what follows says how far it is
            if stage != self._stage:
                self._stage = stage
                self._say(event.stage)
        elif isinstance(event, protocol.Queued) and event.ahead:
            self._say(self._waiting().format(count=event.ahead))
        elif isinstance(event, protocol.Mask):
            step = event.step
            figures = [area(step.area_ha, step.area_uncertainty_ha), percent(step.coverage_pct), from_sar(step)]
            self._say(f"[{step.index}] {step.phrase}: " + ", ".join(figure for figure in figures if figure))
        elif isinstance(event, protocol.Measure):
            pair = event.distance
            self._say(f"[{pair.from_step}] - [{pair.to_step}]: {relation(pair)}")
        elif isinstance(event, protocol.Changed):
            change = event.change
            self._say(f"[{change.from_step}] → [{change.to_step}] {change.phrase}: {change_figures(change)}")
        elif isinstance(event, protocol.Warning):
            self._flush()
            self._feedback.pushWarning(event.message)
        elif isinstance(event, protocol.Done):
            self._flush()

    def _text(self, event: protocol.Text) -> None:
        """Pieces are words; the log shows lines."""
        if event.kind != self._kind:
            self._flush()
            self._kind = event.kind
        *lines, self._line = (self._line + event.text).split("\n")
        for line in lines:
            if line.strip():
                self._feedback.pushInfo(line)

    def _say(self, text: str) -> None:
        self._flush()
        self._feedback.pushInfo(text)

    def _flush(self) -> None:
        if self._line.strip():
            self._feedback.pushInfo(self._line)
        self._line = ""

    @staticmethod
    def _waiting() -> str:
        return QCoreApplication.translate("TerraScope", "Waiting for {count} other question(s)")
