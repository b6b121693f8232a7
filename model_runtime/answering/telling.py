"""What a run tells while it goes on: events, warnings, how far it is, and how long its stages took."""

from __future__ import annotations

import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Protocol

from .. import protocol
from ..errors import Cancelled


class Sink(Protocol):
    """Where events go, and the only word back: whether to stop."""

    def emit(self, event: protocol.Event) -> None:
        """Take one event; called on the thread that runs `analyse`."""

    def cancelled(self) -> bool:
        """Whether the user wants no result any more; asked before every token."""


class Teller:
    """Tells a sink, and keeps for the report what the user has been told. It knows no masks: those go with the run.

    Args:
        sink: where events go.
        warnings: what the user has been told before.
    """

    def __init__(self, sink: Sink, warnings: Sequence[str] = ()) -> None:
        self.sink = sink
        self.warnings = list(warnings)
        self._seconds: dict[str, float] = {}
        self._begin = time.perf_counter()

    def emit(self, event: protocol.Event) -> None:
        """Pass an event on."""
        self.sink.emit(event)

    def warn(self, message: str) -> None:
        """Tell the user and keep it for the report."""
        self.warnings.append(message)
        self.emit(protocol.Warning(message=message))

    def progress(self, stage: str, fraction: float) -> None:
        """Say where the run is; the place where a cancelled one ends between tokens.

        Raises:
            Cancelled: it has been.
        """
        self.check()
        self.emit(protocol.Progress(stage=stage, fraction=fraction))

    def check(self) -> None:
        """End the run here when it has been cancelled.

        Raises:
            Cancelled: it has.
        """
        if self.sink.cancelled():
            raise Cancelled

    @contextmanager
    def timed(self, stage: str) -> Iterator[None]:
        """Add the time of a block to a stage."""
        begin = time.perf_counter()
        try:
            yield
        finally:
            self._seconds[stage] = self._seconds.get(stage, 0.0) + time.perf_counter() - begin

    def timings(self) -> dict[str, float]:
        """Seconds of each stage so far, and of all since the beginning."""
        seconds = self._seconds | {"total": time.perf_counter() - self._begin}
        return {stage: round(value, 4) for stage, value in seconds.items()}
