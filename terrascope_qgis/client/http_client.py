"""The runtime as the plugin asks it: whichever one answers, the calls are the same.

A line of an answer may take minutes to come: a thread waits for it (see `errand`).
"""

from __future__ import annotations

import http.client
import json
import time
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager, suppress
from typing import Any

from qgis.PyQt.QtCore import QCoreApplication

from ..errors import AnalysisError, CancelledError, ProtocolError, TerraScopeError
from . import protocol, remote_client
from .address import Address, Place
from .errand import POLL_S, Errand, RefusedError, exchange, refused
from .remote import Remote
from .uploads import Sender

CANCEL_LIMIT_S = 0.4
SHORT_LIMIT_S = 10.0
MEASURE_LIMIT_S = 300.0
BUSY_PAUSE_S = 5.0

translate = QCoreApplication.translate
_Cancelled = Callable[[], bool]
_Json = Any


class RuntimeClient:
    """The runtime as the rest of the plugin knows it; safe to use from any thread.

    Args:
        own: the runtime of this machine.
        remote: called on the main thread for the runtime on another machine that is to answer instead; None: none is.
    """

    def __init__(self, own: Place, remote: Callable[[], Place | None] = lambda: None) -> None:
        self._own = own
        self._remote = remote
        self._place: Place | TerraScopeError | None = None
        self._sender = Sender()

    def prepare(self) -> None:
        """On the main thread, before work in another: look where the runtime is, and get the key it wants to see.

        What is wrong with that is raised by the work.
        """
        try:
            self._place = self._remote() or self._own
        except TerraScopeError as failure:
            self._place = failure

    def is_elsewhere(self) -> bool:
        """Whether a runtime on another machine is to answer; main thread."""
        self.prepare()
        return self._place is not self._own

    def health(self, cancelled: _Cancelled = lambda: False) -> protocol.Health:
        """How the runtime is; starts it if need be, unless `cancelled` becomes true meanwhile."""
        with self._asked() as place:
            address = place.address(cancelled)
            if isinstance(place, Remote):
                return remote_client.health(place, address)
            return protocol.read(protocol.Health, _got(address, "/v1/health"))

    def models(self) -> list[protocol.ModelSummary]:
        """The models the runtime can answer with."""
        with self._asked() as place:
            return [protocol.read(protocol.ModelSummary, item) for item in _got(place.address(), "/v1/models")]

    def measure(self, request: protocol.MeasureRequest) -> protocol.Report:
        """Have masks that were edited measured again; the GeoPackage follows too.

        Raises:
            AnalysisError: the runtime says why it cannot be done; the file is as it was then.
            RuntimeStartError: the runtime does not start.
            RuntimeLostError: it died in the middle.
            ProtocolError: it said something we do not understand.
        """
        with self._asked() as place:
            if isinstance(place, Remote):
                return remote_client.measure(place, self._sender, request)
            body = json.dumps(protocol.write(request)).encode("utf-8")
            return protocol.read(protocol.Report, _got(place.address(), "/v1/measure", body, MEASURE_LIMIT_S))

    def ask(self, request: protocol.AskRequest, cancelled: _Cancelled = lambda: False) -> Iterator[protocol.Event]:
        """Ask, and yield the events as they come; the last one is `Done`.

        Raises:
            LayerError: a scene cannot be sent to a remote runtime.
            AnalysisError: the runtime refused the request or could not complete it.
            CancelledError: `cancelled` became true (noticed within a fifth of a second, line or no line).
            RuntimeStartError: the runtime does not start.
            RuntimeLostError: it died in the middle; asking again starts a new one.
            ProtocolError: it said something we do not understand.
        """
        with self._asked() as place:
            if isinstance(place, Remote):
                yield from remote_client.ask(place, self._sender, request, events_of, cancelled)
                return
            yield protocol.Progress(translate("TerraScope", "Starting the runtime"), 0.0)
            begun = False
            try:
                for event in events_of(place.address(cancelled), request, cancelled):
                    begun = begun or not isinstance(event, protocol.Progress)
                    yield event
            except (ConnectionError, FileNotFoundError) as failure:
                if begun:
                    raise
                # It is just ending, as it does when memory was short for its libraries: it took no question any more.
                place.trouble(failure)
                yield from events_of(place.address(cancelled), request, cancelled)

    @contextmanager
    def _asked(self) -> Iterator[Place]:
        """The place that is asked; what goes wrong there is told as it tells it."""
        if self._place is None:
            self.prepare()
        place = self._place
        if isinstance(place, TerraScopeError):
            raise place
        with place.in_use():
            try:
                yield place
            except (OSError, EOFError, http.client.HTTPException, RefusedError, ProtocolError) as failure:
                raise place.trouble(failure) from failure


def events_of(address: Address, request: protocol.AskRequest, cancelled: _Cancelled) -> Iterator[protocol.Event]:
    """Ask at an address, with a request as it goes over the wire; see `RuntimeClient.ask`."""
    body = json.dumps(protocol.write(request)).encode("utf-8")
    job = ""
    try:
        for line in _lines(address, body, cancelled):
            event = line if isinstance(line, protocol.Progress) else protocol.read_event(line)
            if isinstance(event, protocol.Error):
                if event.code == "cancelled":
                    raise CancelledError(event.message)
                raise AnalysisError(event.message, event.code)
            if isinstance(event, protocol.Queued):
                job = event.job
            if event is not None:
                yield event
            if isinstance(event, protocol.Done):
                return
        raise EOFError("the stream ended without a result")
    except CancelledError:
        _cancel(address, job)
        raise


def _lines(address: Address, body: bytes, cancelled: _Cancelled) -> Iterator[bytes | protocol.Progress]:
    """The lines of an answer; while the runtime is too busy to take the question, that is told and it waits."""

    def work(errand: Errand) -> Iterator[bytes | protocol.Progress]:
        while True:
            try:
                yield from _stream(errand, address, body)
                return
            except RefusedError as refusal:
                if refusal.status != http.client.TOO_MANY_REQUESTS:
                    raise
                pause = refusal.retry_after or BUSY_PAUSE_S
            for left in range(round(pause / POLL_S), 0, -1):
                if left * POLL_S % 1 < POLL_S:
                    words = translate("TerraScope", "The runtime is busy: it is asked again in {seconds} s")
                    yield protocol.Progress(words.format(seconds=round(left * POLL_S)), 0.0)
                errand.check()
                time.sleep(POLL_S)

    return Errand(work).items(cancelled)


def _stream(errand: Errand, address: Address, body: bytes) -> Iterator[bytes]:
    with closing(errand.connect(address)) as connection:
        connection.sock.settimeout(None)  # a thought may take long; the end of the errand ends the wait
        headers = {**address.headers(), "Content-Type": "application/json"}
        connection.request("POST", "/v1/ask", body=body, headers=headers)
        with connection.getresponse() as response:
            if response.status != http.client.OK:
                raise refused(response, response.read())
            for line in response:
                if line.strip():
                    yield line


def _cancel(address: Address, job: str) -> None:
    """Tell the runtime; should it not hear us, the closed connection tells it too, as it does a remote one."""
    if not job or address.tls is not None:
        return
    with suppress(OSError, http.client.HTTPException), closing(address.connect(CANCEL_LIMIT_S)) as connection:
        connection.request("POST", "/v1/jobs/" + job + "/cancel", headers=address.headers())
        connection.getresponse().read()


def _got(address: Address, path: str, body: bytes | None = None, limit_s: float = SHORT_LIMIT_S) -> _Json:
    _, said = exchange(address, path, body, limit_s)
    try:
        return json.loads(said)
    except ValueError as failure:
        raise ProtocolError(
            translate("TerraScope", "The runtime does not answer {path} in JSON: install it again.").format(path=path)
        ) from failure
