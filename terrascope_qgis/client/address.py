"""Where a runtime listens, and how a connection to it is made: over loopback or a file, or TLS, perhaps by a proxy."""

from __future__ import annotations

import base64
import http.client
import socket
import ssl
from collections.abc import Callable
from contextlib import AbstractContextManager, suppress
from dataclasses import dataclass, field
from typing import Protocol

from ..errors import TerraScopeError

LOOPBACK = "127.0.0.1"
# A machine that is switched off says nothing: the system asks after it, and ends the connection.
_ALIVE = (("TCP_KEEPIDLE", 15), ("TCP_KEEPINTVL", 10), ("TCP_KEEPCNT", 3))


@dataclass(frozen=True)
class Proxy:
    """An HTTP proxy that connections are tunnelled through."""

    host: str
    port: int
    user: str = ""
    password: str = field(default="", repr=False)

    def headers(self) -> dict[str, str]:
        """What it wants to see before it makes a connection."""
        if not self.user:
            return {}
        pair = base64.b64encode(f"{self.user}:{self.password}".encode()).decode("ascii")
        return {"Proxy-Authorization": "Basic " + pair}


@dataclass(frozen=True)
class Address:
    """Where a running runtime listens, and the key it wants to see.

    Args:
        port: of the runtime, or of a tunnel to it.
        key: hexadecimal digits.
        host: name or IP address.
        tls: how certificates are checked; None: plain HTTP, for loopback only.
        proxy: to go through; never to loopback.
        unix_socket: path of a file that it listens on instead of a port, on this machine; empty: none.
    """

    port: int
    key: str = field(repr=False)  # never in a log
    host: str = LOOPBACK
    tls: ssl.SSLContext | None = field(default=None, repr=False)
    proxy: Proxy | None = None
    unix_socket: str = ""

    def connect(self, seconds: float) -> http.client.HTTPConnection:
        """A connection that is made already.

        Args:
            seconds: to wait for each step of it, and for whatever is sent and read later.

        Raises:
            OSError: it cannot be made; certificates that are not trusted among the reasons.
        """
        at = (self.host, self.port) if self.proxy is None else (self.proxy.host, self.proxy.port)
        if self.unix_socket:
            connection = _UnixConnection(self.unix_socket, seconds)
        elif self.tls is None:
            connection = http.client.HTTPConnection(*at, timeout=seconds)
        else:
            connection = http.client.HTTPSConnection(*at, timeout=seconds, context=self.tls)
        if self.proxy is not None:
            connection.set_tunnel(self.host, self.port, self.proxy.headers())
        try:
            connection.connect()
        except BaseException:
            connection.close()
            raise
        _keep_alive(connection.sock)
        return connection

    def headers(self) -> dict[str, str]:
        """What every request carries."""
        return {"Authorization": "Bearer " + self.key}


class _UnixConnection(http.client.HTTPConnection):
    """To a file that a runtime listens on; in its requests the host is called localhost."""

    def __init__(self, path: str, seconds: float) -> None:
        super().__init__("localhost", timeout=seconds)
        self._path = path

    def connect(self) -> None:
        self.sock = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
        self.sock.settimeout(self.timeout)
        self.sock.connect(self._path)


class Place(Protocol):
    """A runtime that can be asked: the one of this QGIS, or one on another machine. Safe to use from any thread."""

    def address(self, cancelled: Callable[[], bool] = lambda: False) -> Address:
        """Where it listens; starts it where that is ours to do."""

    def in_use(self) -> AbstractContextManager[None]:
        """Who asks it something does so within this."""

    def trouble(self, failure: Exception) -> TerraScopeError:
        """What to tell of a connection that failed, broke, or was answered with a refusal."""


def _keep_alive(connected: socket.socket) -> None:
    with suppress(OSError):  # a comfort only
        connected.setsockopt(socket.SOL_SOCKET, socket.SO_KEEPALIVE, 1)
        for name, seconds in _ALIVE:
            if hasattr(socket, name):
                connected.setsockopt(socket.IPPROTO_TCP, getattr(socket, name), seconds)
