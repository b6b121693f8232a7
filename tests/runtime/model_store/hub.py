"""A hub on this machine: the part of the real one's HTTP that a download meets, and what goes wrong between the two.

Large files lie, as they do there, on a second server that the first one sends people on to.
"""

from __future__ import annotations

import hashlib
import json
import re
import socket
import threading
import time
from collections import defaultdict
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.client import HTTPResponse
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import unquote, urlsplit
from urllib.request import HTTPErrorProcessor, ProxyHandler, Request, build_opener

_INFO = re.compile(r"/api/models/([^/]+/[^/]+)/revision/([^/?]+)\?blobs=(?:true|True|1)")
_FILE = re.compile(r"/([^/]+/[^/]+)/resolve/([0-9a-f]{40})/(.+)")


@dataclass
class Fault:
    """What happens to one answer."""

    status: int = 0
    """instead of the file"""
    code: str = ""
    """the hub's own name for it, X-Error-Code"""
    cut_after: int | None = None
    """bytes of this answer, before the connection breaks"""
    lacks: int = 0
    """bytes at the end that are neither sent nor announced"""
    adds: int = 0
    """bytes at the end that nobody listed"""
    flip: int | None = None
    """position in the file of a byte that changes on the way"""
    whole: bool = False
    """the whole file although a part was asked for"""
    pace: float = 0
    """seconds between two pieces of 16 kB"""
    silent_after: int | None = None
    """bytes of this answer, before nothing more comes"""


@dataclass
class Asked:
    """One request and what was sent."""

    server: str
    method: str
    path: str
    headers: dict[str, str]
    sent: int = 0


@dataclass
class StandInHub:
    """One repository, `owner/model`, of which `main` is the last commit."""

    commits: dict[str, dict[str, bytes]] = field(default_factory=dict)
    names: list[str] = field(default_factory=list)
    """further names in every listing"""
    asked: list[Asked] = field(default_factory=list)
    faults: dict[str, list[Fault]] = field(default_factory=lambda: defaultdict(list))
    """by file name, "" for the listing; each happens once"""
    always: dict[str, Fault] = field(default_factory=dict)
    """the same, each time"""
    page: bytes | None = None
    """what a network that wants a sign-in answers to everything"""
    url: str = ""
    cdn: str = ""
    stop: threading.Event = field(default_factory=threading.Event)

    @property
    def main(self) -> str:
        return list(self.commits)[-1]

    def publish(self, files: dict[str, bytes]) -> str:
        """Make a commit of these files and put `main` there."""
        text = json.dumps([[name, hashlib.sha256(files[name]).hexdigest()] for name in sorted(files)])
        commit = hashlib.sha1(text.encode(), usedforsecurity=False).hexdigest()
        self.commits.pop(commit, None)
        self.commits[commit] = files
        return commit

    def asked_for(self, name: str) -> list[Asked]:
        """Requests for a file's bytes, on the server that had them."""
        return [one for one in self.asked if one.path.endswith(f"/{name}") and one.sent]


def is_large(name: str) -> bool:
    return name.endswith((".safetensors", ".bin"))


def git_blob(content: bytes) -> str:
    return hashlib.sha1(b"blob %d\0" % len(content) + content, usedforsecurity=False).hexdigest()


@contextmanager
def serving(hub: StandInHub) -> Iterator[StandInHub]:
    """Run it, and the server of its large files."""

    class Front(_Answers):
        def do_GET(self) -> None:
            self.front(hub)

        def do_HEAD(self) -> None:
            self.front(hub)

    class Store(_Answers):
        def do_GET(self) -> None:
            self.store(hub)

    with _server(Front) as hub.url, _server(Store) as hub.cdn:
        yield hub
        hub.stop.set()


@contextmanager
def _server(handler: type[BaseHTTPRequestHandler]) -> Iterator[str]:
    server = ThreadingHTTPServer(("127.0.0.1", 0), handler)
    server.daemon_threads = True
    server.block_on_close = False
    threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True).start()
    try:
        yield f"http://127.0.0.1:{server.server_port}"
    finally:
        server.shutdown()
        server.server_close()


class _Answers(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def log_message(self, *_: object) -> None:
        pass

    def _note(self, hub: StandInHub, server: str) -> Asked:
        asked = Asked(server, self.command, self.path, {name.lower(): value for name, value in self.headers.items()})
        hub.asked.append(asked)
        return asked

    def front(self, hub: StandInHub) -> None:
        asked = self._note(hub, "hub")
        if hub.page is not None:
            return self._say(200, hub.page, {"Content-Type": "text/html"})
        if info := _INFO.fullmatch(self.path):
            return self._info(hub, *info.groups())
        found = _FILE.fullmatch(urlsplit(self.path).path)
        if not found or found.group(1) != "owner/model" or self.command != "GET":
            return self._say(404, b"{}", {"X-Error-Code": "RepoNotFound"})
        name = unquote(found.group(3))
        content = hub.commits.get(found.group(2), {}).get(name)
        if content is None:
            return self._say(404, b"{}", {"X-Error-Code": "EntryNotFound"})
        if is_large(name):
            return self._say(302, b"", {"Location": f"{hub.cdn}/{found.group(2)}/{name}"})
        return self._send(hub, asked, name, content)

    def store(self, hub: StandInHub) -> None:
        asked = self._note(hub, "store")
        _, commit, name = self.path.split("/")
        self._send(hub, asked, name, hub.commits[commit][name])

    def _info(self, hub: StandInHub, repository: str, revision: str) -> None:
        fault = hub.faults[""].pop(0) if hub.faults[""] else hub.always.get("")
        if fault:
            return self._say(fault.status, b'{"error": "no"}', {"X-Error-Code": fault.code} if fault.code else {})
        if repository != "owner/model":
            return self._say(404, b"{}", {"X-Error-Code": "RepoNotFound"})
        commit = hub.main if revision == "main" else revision
        if commit not in hub.commits:
            return self._say(404, b"{}", {"X-Error-Code": "RevisionNotFound"})
        listing = [_sibling(name, content) for name, content in hub.commits[commit].items()]
        listing += [_sibling(name, b"") for name in hub.names]
        body = json.dumps({"_id": "1", "id": repository, "sha": commit, "siblings": listing})
        return self._say(200, body.encode(), {"Content-Type": "application/json"})

    def _send(self, hub: StandInHub, asked: Asked, name: str, content: bytes) -> None:
        fault = hub.faults[name].pop(0) if hub.faults[name] else hub.always.get(name, Fault())
        if fault.status:
            return self._say(fault.status, b"{}", {"X-Error-Code": fault.code} if fault.code else {})
        if fault.flip is not None:
            content = content[: fault.flip] + bytes([content[fault.flip] ^ 1]) + content[fault.flip + 1 :]
        content = content[: len(content) - fault.lacks] + bytes(fault.adds)
        begin = 0
        if (wanted := re.fullmatch(r"bytes=(\d+)-", asked.headers.get("range", ""))) and not fault.whole:
            begin = int(wanted.group(1))
            if begin >= len(content):
                return self._say(416, b"", {"Content-Range": f"bytes */{len(content)}"})
        self.send_response(206 if begin else 200)
        if begin:
            self.send_header("Content-Range", f"bytes {begin}-{len(content) - 1}/{len(content)}")
        body = content[begin:]
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        end = len(body) if fault.cut_after is None else fault.cut_after
        end = end if fault.silent_after is None else fault.silent_after
        try:
            while asked.sent < min(end, len(body)):
                piece = body[asked.sent : min(end, asked.sent + 16_384)]
                self.wfile.write(piece)
                asked.sent += len(piece)
                hub.stop.wait(fault.pace) if fault.pace else None
            if fault.silent_after is not None:
                hub.stop.wait(30)
            if end < len(body):
                self.close_connection = True
                self.connection.shutdown(socket.SHUT_RDWR)
        except OSError:
            self.close_connection = True
        return None

    def _say(self, status: int, body: bytes, headers: dict[str, str]) -> None:
        self.send_response(status)
        for name, value in ({"Content-Length": str(len(body))} | headers).items():
            self.send_header(name, value)
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(body)


def _sibling(name: str, content: bytes) -> dict:
    facts = {"rfilename": name, "size": len(content), "blobId": git_blob(content)}
    if is_large(name):
        sha256 = hashlib.sha256(content).hexdigest()
        pointer = f"version https://git-lfs.github.com/spec/v1\noid sha256:{sha256}\nsize {len(content)}\n".encode()
        facts |= {"blobId": git_blob(pointer), "lfs": {"sha256": sha256, "size": len(content), "pointerSize": 134}}
    return facts


class _AsItIs(HTTPErrorProcessor):
    """Statuses are the client's business, redirections too."""

    def http_response(self, _: Request, response: HTTPResponse) -> HTTPResponse:
        return response


@contextmanager
def proxying(seen: list[str]) -> Iterator[str]:
    """A forward proxy; notes what it is asked for, and lets nobody tunnel."""

    class Proxy(_Answers):
        def do_GET(self) -> None:
            seen.append(f"{self.command} {self.path}")
            passed = {name: value for name, value in self.headers.items() if not name.lower().startswith("proxy-")}
            opener = build_opener(ProxyHandler({}), _AsItIs)
            with opener.open(Request(self.path, headers=passed), timeout=10) as answer:  # noqa: S310 - our own hub
                kept = {name: answer.headers[name] for name in ("Location", "Content-Range") if name in answer.headers}
                self._say(answer.status, answer.read(), kept)

        def do_CONNECT(self) -> None:
            seen.append(f"{self.command} {self.path}")
            self._say(407, b"", {"Proxy-Authenticate": "Basic"})

    with _server(Proxy) as url:
        yield url


def wait_until(true: object, seconds: float = 30) -> None:
    """Wait for `true()`; fail when it does not come."""
    end = time.monotonic() + seconds
    while not true():
        assert time.monotonic() < end, "it did not happen"
        time.sleep(0.01)
