"""Talks to the runtime over loopback HTTP.

`http.client` and not QGIS's network manager: that one sends requests to 127.0.0.1 through the user's proxy. A line
may take minutes to come, so a small thread waits for it while the caller looks at `cancelled` ten times a second.
"""

from __future__ import annotations

import http.client
import json
import queue
import socket
import threading
from collections.abc import Callable, Iterator
from contextlib import suppress
from typing import Any

from qgis.PyQt.QtCore import QCoreApplication

from ..errors import AnalysisError, CancelledError, ProtocolError, RuntimeLostError
from . import protocol
from .launcher import Address, Launcher

HOST = "127.0.0.1"
POLL_S = 0.1
CONNECT_LIMIT_S = 5.0
CANCEL_LIMIT_S = 0.4
SHORT_LIMIT_S = 10.0
MEASURE_LIMIT_S = 300.0

translate = QCoreApplication.translate
_Cancelled = Callable[[], bool]
_Json = Any


class RuntimeClient:
    """The runtime as the rest of the plugin knows it; safe to use from any thread.

    Args:
        launcher: starts the runtime on first use and says where it listens.
    """

    def __init__(self, launcher: Launcher) -> None:
        self._launcher = launcher

    def health(self) -> protocol.Health:
        """How the runtime is; starts it if need be."""
        return protocol.read(protocol.Health, self._get("/v1/health"))

    def models(self) -> list[protocol.ModelSummary]:
        """The models the runtime can answer with."""
        return [protocol.read(protocol.ModelSummary, item) for item in self._get("/v1/models")]

    def measure(self, request: protocol.MeasureRequest) -> protocol.Report:
        """Have masks that were edited measured again; the GeoPackage follows too.

        Raises:
            AnalysisError: the runtime says why it cannot be done; the file is as it was then.
            RuntimeStartError: the runtime does not start.
            RuntimeLostError: it died in the middle.
            ProtocolError: it said something we do not understand.
        """
        with self._launcher.in_use():
            body = json.dumps(protocol.write(request)).encode("utf-8")
            answer = self._got(self._launcher.address(), "/v1/measure", body, MEASURE_LIMIT_S)
            return protocol.read(protocol.Report, answer)

    def ask(self, request: protocol.AskRequest, cancelled: _Cancelled = lambda: False) -> Iterator[protocol.Event]:
        """Ask, and yield the events as they come; the last one is `Done`.

        Raises:
            AnalysisError: the runtime refused the request or could not complete it.
            CancelledError: `cancelled` became true (noticed within a fifth of a second, line or no line).
            RuntimeStartError: the runtime does not start.
            RuntimeLostError: it died in the middle; asking again starts a new one.
            ProtocolError: it said something we do not understand.
        """
        with self._launcher.in_use():
            yield from self._ask(request, cancelled)

    def _ask(self, request: protocol.AskRequest, cancelled: _Cancelled) -> Iterator[protocol.Event]:
        yield protocol.Progress(translate("TerraScope", "Starting the runtime"), 0.0)
        address = self._launcher.address(cancelled)
        stream = _Stream(address, json.dumps(protocol.write(request)).encode("utf-8"))
        job = ""
        try:
            for line in stream.lines(cancelled):
                event = protocol.read_event(line)
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
            self._cancel(address, job)
            raise
        except (OSError, EOFError, http.client.HTTPException) as failure:
            raise self._lost(failure) from failure
        finally:
            stream.close()

    def _cancel(self, address: Address, job: str) -> None:
        """Tell the runtime; should it not hear us, the closed connection tells it too."""
        if not job:
            return
        with suppress(OSError, http.client.HTTPException):
            connection = _connect(address, CANCEL_LIMIT_S)
            try:
                connection.request("POST", "/v1/jobs/" + job + "/cancel", headers=_headers(address))
                connection.getresponse().read()
            finally:
                connection.close()

    def _get(self, path: str) -> _Json:
        with self._launcher.in_use():
            return self._got(self._launcher.address(), path)

    def _got(self, address: Address, path: str, body: bytes | None = None, limit_s: float = SHORT_LIMIT_S) -> _Json:
        connection = http.client.HTTPConnection(HOST, address.port, timeout=limit_s)
        try:
            method, kind = ("GET", {}) if body is None else ("POST", {"Content-Type": "application/json"})
            connection.request(method, path, body=body, headers={**_headers(address), **kind})
            response = connection.getresponse()
            answer = response.read()
            if response.status != http.client.OK:
                raise _refusal(response.status, answer)
            return json.loads(answer)
        except ValueError as failure:
            raise ProtocolError(
                translate("TerraScope", "The runtime does not answer {path} in JSON: install it again.").format(
                    path=path
                )
            ) from failure
        except (OSError, http.client.HTTPException) as failure:
            raise self._lost(failure) from failure
        finally:
            connection.close()

    def _lost(self, failure: Exception) -> RuntimeLostError:
        self._launcher.settle()
        return RuntimeLostError(
            translate(
                "TerraScope",
                "The runtime stopped before it had answered; nothing was written. Ask again: it is started anew.",
            ),
            detail=f"{type(failure).__name__}: {failure}\n{self._launcher.output()}",
        )


class _Stream:
    """One NDJSON answer, read by a thread of its own so that the reader of `lines` is never stuck."""

    def __init__(self, address: Address, body: bytes) -> None:
        self._address = address
        self._body = body
        self._items: queue.Queue[bytes | Exception | None] = queue.Queue()
        self._connection: http.client.HTTPConnection | None = None
        self._socket: socket.socket | None = None

    def lines(self, cancelled: _Cancelled) -> Iterator[bytes]:
        threading.Thread(target=self._read, name="terrascope-answer", daemon=True).start()
        while True:
            if cancelled():
                raise CancelledError(translate("TerraScope", "Cancelled."))
            try:
                item = self._items.get(timeout=POLL_S)
            except queue.Empty:
                continue
            if item is None:
                return
            if isinstance(item, Exception):
                raise item
            yield item

    def close(self) -> None:
        """Break the connection; wakes the reading thread if it still waits."""
        if self._socket is not None:
            with suppress(OSError):  # the other side may have closed it already
                self._socket.shutdown(socket.SHUT_RDWR)

    def _read(self) -> None:
        try:
            self._connection = _connect(self._address, CONNECT_LIMIT_S)
            self._socket = self._connection.sock
            self._socket.settimeout(None)  # a thought may take long; `close` ends the wait
            headers = {**_headers(self._address), "Content-Type": "application/json"}
            self._connection.request("POST", "/v1/ask", body=self._body, headers=headers)
            with self._connection.getresponse() as response:
                if response.status != http.client.OK:
                    raise _refusal(response.status, response.read())
                for line in response:
                    if line.strip():
                        self._items.put(line)
            self._items.put(None)
        except Exception as failure:  # noqa: BLE001 - handed to the caller's thread, which knows what to do with it
            self._items.put(failure)
        finally:
            if self._connection is not None:
                self._connection.close()


def _connect(address: Address, seconds: float) -> http.client.HTTPConnection:
    connection = http.client.HTTPConnection(HOST, address.port, timeout=seconds)
    connection.connect()
    return connection


def _headers(address: Address) -> dict[str, str]:
    return {"Authorization": "Bearer " + address.key}


def _refusal(status: int, body: bytes) -> AnalysisError:
    """The runtime's own sentence where it gave one, ours otherwise."""
    try:
        sentence = json.loads(body)["detail"]
    except (ValueError, KeyError, TypeError):
        sentence = None
    if isinstance(sentence, str) and sentence:
        return AnalysisError(sentence, code=f"http {status}")
    return AnalysisError(
        translate("TerraScope", "The runtime refused the request (HTTP {status}): see the log.").format(status=status),
        code="http {}: {}".format(status, body[:300].decode("utf-8", "replace")),
    )
