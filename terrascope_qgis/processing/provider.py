"""TerraScope in the Processing toolbox."""

from __future__ import annotations

from collections import deque

from qgis.core import QgsProcessingLayerPostProcessorInterface, QgsProcessingProvider
from qgis.PyQt.QtCore import pyqtSignal
from qgis.PyQt.QtGui import QIcon

from .. import log
from ..client.batching import Batcher
from ..client.http_client import RuntimeClient
from ..client.teaching import Teacher
from ..errors import TerraScopeError
from ..settings import PLUGIN_ROOT
from .ask import AskAlgorithm
from .ask_batch import AskBatchAlgorithm
from .benchmark import BenchmarkAlgorithm
from .compare_dates import CompareDatesAlgorithm
from .finetune import FinetuneAlgorithm
from .runtime_status import RuntimeStatusAlgorithm
from .segment_classes import SegmentClassesAlgorithm
from .shipped_model import ShippedModel
from .zonal_answers import ZonalAnswersAlgorithm


class TerraScopeProvider(QgsProcessingProvider):
    """The provider; its algorithms ask and teach through what it holds.

    Args:
        client: the runtime's client, shared with the dock.
        teacher: runs the runtime's training.
        batcher: runs the runtime's batches.

    Signals:
        taught: there is a new model.
    """

    taught = pyqtSignal()

    def __init__(self, client: RuntimeClient, teacher: Teacher, batcher: Batcher) -> None:
        super().__init__()
        self.client = client
        self.teacher = teacher
        self.batcher = batcher
        self._kept: deque[QgsProcessingLayerPostProcessorInterface] = deque(maxlen=50)

    def id(self) -> str:
        """Stable for ever: models and scripts name it."""
        return "terrascope"

    def name(self) -> str:
        """The heading in the toolbox."""
        return "TerraScope"

    def longName(self) -> str:
        """The full name, for tooltips."""
        return self.tr("TerraScope: questions about Earth-observation scenes")

    def icon(self) -> QIcon:
        """The plugin's icon."""
        return QIcon(self.svgIconPath())

    def svgIconPath(self) -> str:
        """The icon's file, which scales."""
        return str(PLUGIN_ROOT / "resources" / "icons" / "terrascope.svg")

    def keep(self, processor: QgsProcessingLayerPostProcessorInterface) -> None:
        """Hold a post-processor: QGIS does not own it and calls it after its algorithm is gone."""
        self._kept.append(processor)

    def loadAlgorithms(self) -> None:
        """Add a fresh instance of each algorithm."""
        for algorithm in (
            AskAlgorithm,
            ZonalAnswersAlgorithm,
            SegmentClassesAlgorithm,
            CompareDatesAlgorithm,
            AskBatchAlgorithm,
            FinetuneAlgorithm,
            BenchmarkAlgorithm,
            RuntimeStatusAlgorithm,
        ):
            self.addAlgorithm(algorithm())
        try:
            self.addAlgorithm(ShippedModel())
        except TerraScopeError as failure:  # the algorithms are of use without it
            log.error(failure)
