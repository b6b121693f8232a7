"""Connections that cost little, whoever opens them: so many at once, and so long for the head of a request.

The key stands in the head: before it has come nobody is known, and a stranger that sends it letter by letter, or opens
connections and is silent, would keep a place for as long as he likes (slow loris).
"""

from __future__ import annotations

import asyncio

from uvicorn.protocols.http.h11_impl import H11Protocol, RequestResponseCycle

MOST = 100
"""connections at once; the plugin opens one for each request"""
HEAD_S = 5.0
"""from the opening of a connection, or the end of the answer before, to the end of a request's head"""


class BoundedProtocol(H11Protocol):
    """uvicorn's own, which closes what is one too many, and what is too slow."""

    _deadline: asyncio.TimerHandle | None = None

    def connection_made(self, transport: asyncio.Transport) -> None:
        """Take a connection, or close it at once."""
        super().connection_made(transport)
        if len(self.connections) > MOST:
            transport.abort()
            return
        self._wait_for_request(None)

    def data_received(self, data: bytes) -> None:
        """Pass on what comes of a connection that was taken."""
        if not self.transport.is_closing():
            super().data_received(data)

    def on_response_complete(self) -> None:
        """Wait for the next request; one that came meanwhile has begun already."""
        answered = self.cycle
        super().on_response_complete()
        if not self.transport.is_closing():
            self._wait_for_request(answered)

    def connection_lost(self, exc: Exception | None) -> None:
        """Nothing is waited for any more."""
        self._stop_waiting()
        super().connection_lost(exc)

    def _wait_for_request(self, answered: RequestResponseCycle | None) -> None:
        self._stop_waiting()
        self._deadline = self.loop.call_later(HEAD_S, self._end_if_silent, answered)

    def _end_if_silent(self, answered: RequestResponseCycle | None) -> None:
        if self.cycle is answered:
            self.transport.abort()

    def _stop_waiting(self) -> None:
        if self._deadline is not None:
            self._deadline.cancel()
            self._deadline = None
