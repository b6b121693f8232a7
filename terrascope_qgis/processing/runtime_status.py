"""`terrascope:runtime_status`: which runtime answers, on what, with which models; starts it if need be."""

from __future__ import annotations

from typing import Any

from qgis.core import (
    QgsProcessingContext,
    QgsProcessingFeedback,
    QgsProcessingOutputBoolean,
    QgsProcessingOutputNumber,
    QgsProcessingOutputString,
)

from ..client.protocol import Health, ModelSummary
from ..errors import CancelledError, TerraScopeError
from ..numerals import data_size
from ..settings import Settings
from .base import TOOLS, TerraScopeAlgorithm, refusal

HERE = ("bundled", "here")  # states of models that can answer


class RuntimeStatusAlgorithm(TerraScopeAlgorithm):
    """Tell how the runtime is."""

    GROUP = TOOLS
    VERSION = "VERSION"
    DEVICE = "DEVICE"
    BUSY = "BUSY"
    JOBS = "JOBS"
    REMOTE = "REMOTE"
    MODELS = "MODELS"
    LOADED = "LOADED"
    MEMORY_MB = "MEMORY_MB"

    def name(self) -> str:
        """Stable for ever: models and scripts name it."""
        return "runtime_status"

    def displayName(self) -> str:
        """As the toolbox shows it."""
        return self.tr("Runtime status")

    def tags(self) -> list[str]:
        """Words that find it."""
        return self.tr("runtime,status,version,device,GPU,CUDA,models,memory,check,AI").split(",")

    def shortHelpString(self) -> str:
        """The help beside the dialog."""
        return self.tr(
            "Tells which runtime answers, and starts it if it does not run: use it to see whether the installation is "
            "complete, or first in a model or script. It has no parameters. It fails, and says why, when the runtime "
            "does not start.\n\n"
            "VERSION: of the runtime. DEVICE: what it computes on. BUSY, JOBS: whether, and how many questions it "
            "answers or has waiting. REMOTE: whether it is on another machine. MODELS: names of the models that can "
            "answer, in lines. LOADED: those of them that are in memory. MEMORY_MB: what the model of the settings is "
            "estimated to need, in millions of bytes, as it is set to be kept in memory (0: it is not known). The log "
            "has more of each model."
        )

    def initAlgorithm(self, configuration: dict[str, Any] | None = None) -> None:  # noqa: ARG002
        """Declare outputs."""
        self.addOutput(QgsProcessingOutputString(self.VERSION, self.tr("Version")))
        self.addOutput(QgsProcessingOutputString(self.DEVICE, self.tr("Device")))
        self.addOutput(QgsProcessingOutputBoolean(self.BUSY, self.tr("Busy")))
        self.addOutput(QgsProcessingOutputNumber(self.JOBS, self.tr("Questions running and waiting")))
        self.addOutput(QgsProcessingOutputBoolean(self.REMOTE, self.tr("On another machine")))
        self.addOutput(QgsProcessingOutputString(self.MODELS, self.tr("Models that can answer")))
        self.addOutput(QgsProcessingOutputString(self.LOADED, self.tr("Models in memory")))
        self.addOutput(QgsProcessingOutputNumber(self.MEMORY_MB, self.tr("Memory that the chosen model needs (MB)")))

    def prepareAlgorithm(
        self,
        parameters: dict[str, Any],  # noqa: ARG002
        context: QgsProcessingContext,  # noqa: ARG002
        feedback: QgsProcessingFeedback,  # noqa: ARG002
    ) -> bool:
        """Look where the runtime is, on the main thread."""
        self.client().prepare()
        self._settings = Settings.load()
        return True

    def processAlgorithm(
        self,
        parameters: dict[str, Any],  # noqa: ARG002
        context: QgsProcessingContext,  # noqa: ARG002
        feedback: QgsProcessingFeedback,
    ) -> dict[str, Any]:
        """Ask the runtime."""
        feedback.pushInfo(self.tr("Asking the runtime; it is started if it does not run."))
        try:
            health = self.client().health(feedback.isCanceled)
            if feedback.isCanceled():
                return {}
            models = [model for model in self.client().models() if model.state in HERE]
        except CancelledError:
            return {}
        except TerraScopeError as failure:
            raise refusal(failure) from failure
        self._log(health, models, feedback)
        return {
            self.VERSION: health.version,
            self.DEVICE: health.device,
            self.BUSY: health.status == "busy",
            self.JOBS: health.jobs,
            self.REMOTE: health.remote,
            self.MODELS: "\n".join(model.id for model in models),
            self.LOADED: "\n".join(model.id for model in models if model.loaded),
            self.MEMORY_MB: round(self._memory_bytes(models) / 1e6),
        }

    def _memory_bytes(self, models: list[ModelSummary]) -> int:
        """What the chosen model needs in the chosen tier; of "auto" the best that fits. 0: it is not known."""
        chosen = self._settings.model_id()
        needs = next((model.memory for model in models if model.id == chosen), ())
        tier = self._settings.tier
        fitting = [need for need in needs if need.tier == tier or (tier == "auto" and need.fits)]
        return fitting[0].bytes if fitting else 0

    def _log(self, health: Health, models: list[ModelSummary], feedback: QgsProcessingFeedback) -> None:
        line = self.tr("Runtime {version} on {device}, protocol {protocol}, {jobs} question(s) running and waiting")
        feedback.pushInfo(
            line.format(version=health.version, device=health.device, protocol=health.protocol, jobs=health.jobs)
        )
        for model in models:
            needs = ", ".join(f"{need.tier} {data_size(need.bytes)}" for need in model.memory)
            parts = [model.name, self.tr("in memory") if model.loaded else "", needs, model.quality]
            feedback.pushInfo("- " + " · ".join(part for part in parts if part))
