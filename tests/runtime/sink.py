"""Where tests collect the events of an analysis."""

from __future__ import annotations

from collections.abc import Callable

from model_runtime import protocol


class Sink:
    """Collects events; `stop` says at which event to cancel."""

    def __init__(self, stop: Callable[[protocol.Event], bool] = lambda event: False) -> None:
        self.events: list[protocol.Event] = []
        self._stop, self._stopped = stop, False

    def emit(self, event: protocol.Event) -> None:
        self.events.append(event)
        self._stopped = self._stopped or self._stop(event)

    def cancelled(self) -> bool:
        return self._stopped

    def of(self, kind: str) -> list[protocol.Event]:
        return [event for event in self.events if event.event == kind]

    def fractions(self, stage: str) -> list[float]:
        return [event.fraction for event in self.of("progress") if event.stage == stage]

    @property
    def report(self) -> protocol.Report:
        return self.events[-1].report
