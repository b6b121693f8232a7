"""The stages of an answer, and a gate that lets something happen exactly where one of them begins."""

from __future__ import annotations

import os
import signal
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager, suppress
from pathlib import Path

from terrascope_qgis.client import protocol
from terrascope_qgis.client.http_client import RuntimeClient
from terrascope_qgis.client.launcher import Launcher

STAGES = START, LOAD, ENCODE, DECODE, WRITE, LAYERS = ("start", "load", "encode", "decode", "write", "load layers")
_BY_PROGRESS = {
    "Starting the runtime": START,
    "Encoding the image": ENCODE,
    "Reasoning": DECODE,
    "Writing the evidence": WRITE,
}


def stage_of(event: protocol.Event) -> str | None:
    """The stage that begins with an event; that of QGIS's layers with the last one, which the dock has not seen yet."""
    if isinstance(event, protocol.Queued):
        return LOAD
    if isinstance(event, protocol.Done):
        return LAYERS
    return _BY_PROGRESS.get(event.stage) if isinstance(event, protocol.Progress) else None


def while_read(event: protocol.Event) -> str | None:
    """The same, but that a scene which is read in strips is loading when some of them are read."""
    if isinstance(event, protocol.Queued):
        return None
    reading = isinstance(event, protocol.Progress) and event.stage == "Reading the scene" and event.fraction > 0
    return LOAD if reading else stage_of(event)


@contextmanager
def held(pid: int | None) -> Iterator[None]:
    """A process does nothing meanwhile; it may be gone, or be killed within."""
    with suppress(ProcessLookupError, TypeError):
        os.kill(pid, signal.SIGSTOP)
    try:
        yield
    finally:
        with suppress(ProcessLookupError, TypeError):
            os.kill(pid, signal.SIGCONT)


class Gate:
    """A client's `ask` that stops the runtime where a stage begins, lets something happen, and lets it go on.

    Args:
        client: whose `ask` is called.
        launcher: of the runtime that answers.
        stage: where it happens.
        happen: what; called once, on the thread that reads the answer (at the start: on one of its own).
        drafts: folder where a half-written file is, which is waited for where it is written; None: nothing is.
        begins: the stage that begins with an event.
    """

    def __init__(
        self,
        client: RuntimeClient,
        launcher: Launcher,
        stage: str,
        happen: Callable[[], None],
        drafts: Path | None,
        begins: Callable[[protocol.Event], str | None] = stage_of,
    ) -> None:
        self._client, self._ask, self._launcher = client, client.ask, launcher
        self._stage, self._happen, self._begins, self._drafts = stage, happen, begins, drafts
        self.stages: list[str] = []
        self.happened = threading.Event()

    @contextmanager
    def in_place(self) -> Iterator[None]:
        """The client asks through the gate."""
        self._client.ask = self.ask
        try:
            yield
        finally:
            del self._client.ask

    def ask(
        self, request: protocol.AskRequest, cancelled: Callable[[], bool] = lambda: False
    ) -> Iterator[protocol.Event]:
        """In place of the client's."""
        with closing(self._ask(request, cancelled)) as events:
            for event in events:
                stage = self._begins(event)
                if stage is not None and stage not in self.stages:
                    self.stages.append(stage)
                    if stage == self._stage == START:
                        threading.Thread(target=self._at_start, daemon=True).start()
                    elif stage == self._stage:
                        self._let_happen()
                yield event

    def _wait_for_draft(self) -> None:
        """A file is half written then."""
        deadline = time.monotonic() + 1
        while not any(self._drafts.glob(".*.gpkg")) and time.monotonic() < deadline:
            time.sleep(0.0005)

    def _at_start(self) -> None:
        """As soon as there is a process, which takes seconds until it listens."""
        while self._launcher.pid is None:
            time.sleep(0.001)
        self._let_happen()

    def _let_happen(self) -> None:
        if self._stage == WRITE and self._drafts:
            self._wait_for_draft()
        with held(self._launcher.pid):
            self._happen()
        self.happened.set()
