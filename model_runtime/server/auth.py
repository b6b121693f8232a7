"""The wall around the server: who may ask at all (RUNTIME.md section 3b).

Plain ASGI, because a BaseHTTPMiddleware would hide the client's disconnect from the stream. A web page in the user's
browser can reach loopback ports: the Host list stops DNS rebinding, any Origin is refused, and every request needs
the key: that only the process which started us knows, or, of a remote runtime, who has its file. The key is compared
in constant time, and is in no log, address or answer.

No body is larger than a megabyte, but for uploads, which only a remote runtime takes: they are not read here but
stream on to what checks their declared size.
"""

from __future__ import annotations

import asyncio
import hmac
import json
import re
from collections.abc import Collection

from starlette.types import ASGIApp, Message, Receive, Scope, Send

MAX_BODY_BYTES = 1_000_000
BODY_S = 10.0
"""from the head of a request to its end"""
LOOPBACK = ("127.0.0.1", "localhost")
UPLOADS = "/v1/uploads/"
_PORT = re.compile(rb":\d{1,5}$")


class Guard:
    """Lets a request pass to the application only when host, origin, key and size are right.

    Args:
        app: what is guarded.
        key: hexadecimal digits.
        port: ours, which the Host of a request has to name; None: a file, and the Host names none.
        remote_hosts: of a remote runtime the names and addresses it is reached by; None: not remote. Their port is not
            compared, because that of a tunnel's other end is another.
    """

    def __init__(self, app: ASGIApp, key: str, port: int | None, remote_hosts: Collection[str] | None = None) -> None:
        self._app = app
        self._bearer = f"Bearer {key}".encode("ascii")
        self._remote = remote_hosts is not None
        names = LOOPBACK if remote_hosts is None else (*LOOPBACK, "[::1]", *remote_hosts)
        ending = "" if self._remote or port is None else f":{port}"
        self._hosts = {f"{name.lower()}{ending}".encode("ascii") for name in names}

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Refuse, or pass on; what is neither HTTP nor start-up gets no answer."""
        if scope["type"] == "lifespan":
            await self._app(scope, receive, send)
            return
        if scope["type"] != "http":
            return
        refusal = self._refusal(scope)
        if refusal:
            await _refuse(send, *refusal)
            return
        if self._remote and scope["method"] == "PUT" and scope["path"].startswith(UPLOADS):
            await self._app(scope, receive, send)
            return
        try:
            async with asyncio.timeout(BODY_S):
                body = await _read(receive)
        except TimeoutError:
            await _refuse(send, 408, f"The request did not come within {BODY_S:.0f} seconds.")
            return
        if body is None:
            await _refuse(send, 413, f"The request is larger than {MAX_BODY_BYTES} bytes.")
            return
        await self._app(scope, _replay(body, receive), send)

    def _refusal(self, scope: Scope) -> tuple[int, str] | None:
        def values(name: bytes) -> list[bytes]:
            return [value for key, value in scope["headers"] if key == name]

        hosts, bearers = values(b"host"), values(b"authorization")
        if len(hosts) != 1 or self._host(hosts[0]) not in self._hosts:
            names = "the names it was told with --host" if self._remote else "its own loopback address"
            return 421, f"This server answers only to {names}."
        if values(b"origin"):
            return 403, "This server answers no web pages."
        if len(bearers) != 1 or not hmac.compare_digest(bearers[0], self._bearer):
            return 401, "The key is missing or wrong."
        return None

    def _host(self, value: bytes) -> bytes:
        return _PORT.sub(b"", value.lower()) if self._remote else value.lower()


async def _read(receive: Receive) -> bytes | None:
    """The whole body, or None when it is too large or breaks off. Requests are small, so none needs to be streamed."""
    body, size = b"", 0
    while True:
        message = await receive()
        if message["type"] != "http.request":
            return None
        size += len(message.get("body", b""))
        if size <= MAX_BODY_BYTES:
            body += message.get("body", b"")
        if not message.get("more_body", False):
            return body if size <= MAX_BODY_BYTES else None
        # A little too much is read to its end, else the client would see a broken connection instead of the refusal.
        if size > 8 * MAX_BODY_BYTES:
            return None


def _replay(body: bytes, receive: Receive) -> Receive:
    """A `receive` that hands out the body once, and then what comes after it: the disconnect."""
    waiting = [body]

    async def replay() -> Message:
        if waiting:
            return {"type": "http.request", "body": waiting.pop(), "more_body": False}
        return await receive()

    return replay


async def _refuse(send: Send, status: int, sentence: str) -> None:
    body = json.dumps({"detail": sentence}).encode("utf-8")
    headers = [
        (b"content-type", b"application/json"),
        (b"content-length", str(len(body)).encode("ascii")),
        # What the client still sends of a refused request is not read: the connection cannot be used again.
        (b"connection", b"close"),
    ]
    if status == 401:
        headers.append((b"www-authenticate", b"Bearer"))
    await send({"type": "http.response.start", "status": status, "headers": headers})
    await send({"type": "http.response.body", "body": body})
