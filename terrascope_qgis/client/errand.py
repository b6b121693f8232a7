"""Work over a connection in a thread of its own: whoever waits for it looks at `cancelled` ten times a second.

`http.client` and not QGIS's network manager: that one sends requests to 127.0.0.1 through the user's proxy.
"""

from __future__ import annotations

import http.client
import json
import queue
import socket
import threading
from collections.abc import Callable, Iterator
from contextlib import closing, suppress
from typing import Generic, TypeVar

from qgis.PyQt.QtCore import QCoreApplication

from ..errors import CancelledError
from .address import Address

POLL_S = 0.1
CONNECT_LIMIT_S = 10.0

translate = QCoreApplication.translate
_T = TypeVar("_T")
_Cancelled = Callable[[], bool]


class RefusedError(Exception):
    """An answer with another status than success.

    Args:
        status: of HTTP.
        body: as it came.
        retry_after: seconds after which to try again, as the runtime says; 0: it says nothing.
    """

    def __init__(self, status: int, body: bytes, retry_after: float = 0.0) -> None:
        super().__init__(f"HTTP {status}: " + body[:300].decode("utf-8", "replace"))
        self.status = status
        self.retry_after = retry_after
        try:
            sentence = json.loads(body)["detail"]
        except (ValueError, KeyError, TypeError):
            sentence = ""
        self.sentence = sentence if isinstance(sentence, str) else ""


class Errand(Generic[_T]):
    """One piece of work.

    Args:
        work: called in the thread with this errand, for its connections; what it yields is handed on.
    """

    def __init__(self, work: Callable[[Errand[_T]], Iterator[_T]]) -> None:
        self._work = work
        self._items: queue.Queue[_T | Exception | None] = queue.Queue()
        self._sockets: list[socket.socket] = []
        self._lock = threading.Lock()
        self.over = False  # nobody waits for it any more

    def items(self, cancelled: _Cancelled) -> Iterator[_T]:
        """Do it, and yield what it yields as it comes.

        Raises:
            CancelledError: `cancelled` became true (noticed within a fifth of a second); its connections are broken.
            Exception: whatever the work raised.
        """
        threading.Thread(target=self._run, name="terrascope-errand", daemon=True).start()
        try:
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
        finally:
            self._end()

    def connect(self, address: Address, seconds: float = CONNECT_LIMIT_S) -> http.client.HTTPConnection:
        """A connection that breaks when nobody waits any more; called by the work, which closes it."""
        connection = address.connect(seconds)
        with self._lock:
            if self.over:
                connection.close()
                raise ConnectionAbortedError("nobody waits any more")
            self._sockets.append(connection.sock)
        return connection

    def check(self) -> None:
        """Called by work that computes: ends it when nobody waits any more."""
        if self.over:
            raise ConnectionAbortedError("nobody waits any more")

    def _end(self) -> None:
        with self._lock:
            self.over = True
            for one in self._sockets:
                with suppress(OSError):  # the other side may have closed it already
                    one.shutdown(socket.SHUT_RDWR)

    def _run(self) -> None:
        try:
            for item in self._work(self):
                self._items.put(item)
            self._items.put(None)
        except Exception as failure:  # noqa: BLE001 - handed to the caller's thread, which knows what to do with it
            self._items.put(failure)


def answer_of(connection: http.client.HTTPConnection) -> tuple[http.client.HTTPResponse, bytes]:
    """The whole answer to what was sent.

    Raises:
        RefusedError: its status is no success.
    """
    response = connection.getresponse()
    body = response.read()
    if response.status >= http.client.MULTIPLE_CHOICES:
        raise refused(response, body)
    return response, body


def refused(response: http.client.HTTPResponse, body: bytes) -> RefusedError:
    """The refusal that an answer is."""
    try:
        retry_after = float(response.headers.get("Retry-After", "0"))
    except ValueError:  # a date
        retry_after = 0.0
    return RefusedError(response.status, body, retry_after)


def exchange(
    address: Address, path: str, body: bytes | None = None, limit_s: float = CONNECT_LIMIT_S
) -> tuple[http.client.HTTPResponse, bytes]:
    """GET, or POST of JSON, and the whole answer; blocks.

    Raises:
        RefusedError: its status is no success.
        OSError: there is no connection.
        http.client.HTTPException: what came is no HTTP.
    """
    method, kind = ("GET", {}) if body is None else ("POST", {"Content-Type": "application/json"})
    with closing(address.connect(limit_s)) as connection:
        connection.request(method, path, body=body, headers={**address.headers(), **kind})
        return answer_of(connection)
