"""A package index and a proxy on this machine, and wheels that hold next to nothing: for tests of the installer."""

from __future__ import annotations

import base64
import hashlib
import threading
import zipfile
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path


def write_wheel(folder: Path, name: str, version: str = "1.0", payload: bytes = b"") -> Path:
    """A wheel for every Python, with a module of its own name; returned.

    Args:
        folder: where.
        name: of the package and its module.
        version: of the package.
        payload: content of a data file beside the module, stored as it is.
    """
    info = f"{name}-{version}.dist-info"
    files = {
        f"{name}/__init__.py": f"VERSION = {version!r}\n".encode(),
        f"{name}/payload.bin": payload,
        f"{info}/METADATA": f"Metadata-Version: 2.1\nName: {name}\nVersion: {version}\n".encode(),
        f"{info}/WHEEL": b"Wheel-Version: 1.0\nGenerator: test\nRoot-Is-Purelib: true\nTag: py3-none-any\n",
    }
    record = "".join(f"{path},{_digest(data)},{len(data)}\n" for path, data in files.items()) + f"{info}/RECORD,,\n"
    wheel = folder / f"{name}-{version}-py3-none-any.whl"
    with zipfile.ZipFile(wheel, "w", zipfile.ZIP_DEFLATED) as archive:
        for path, data in {**files, f"{info}/RECORD": record.encode()}.items():
            archive.writestr(path, data)
    return wheel


def write_requirements(path: Path, *wheels: Path, hashed: bool = False) -> Path:
    """A requirement file for some wheels; returned."""
    lines = []
    for wheel in wheels:
        name, version = wheel.name.split("-")[:2]
        digest = hashlib.sha256(wheel.read_bytes()).hexdigest()
        lines.append(f"{name}=={version}" + (f" \\\n    --hash=sha256:{digest}" if hashed else ""))
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return path


def _digest(data: bytes) -> str:
    return "sha256=" + base64.urlsafe_b64encode(hashlib.sha256(data).digest()).rstrip(b"=").decode()


class Index(ThreadingHTTPServer):
    """A package index over a folder of wheels; also answers as an HTTP proxy for it, whatever host is asked for.

    Attributes:
        asked: path of each request, in their order.
        hosts: the host each request was for, as a proxy sees it; empty for a request to us.
        credentials: what each request said for itself to a proxy.
        stalled: the name of a file that is begun and never ended, until it is released.
        wanted: what a request has to say for itself to a proxy; empty: nothing.
    """

    daemon_threads = True

    def __init__(self, wheels: Path) -> None:
        super().__init__(("127.0.0.1", 0), _Handler)
        self.wheels = wheels
        self.asked: list[str] = []
        self.hosts: list[str] = []
        self.credentials: list[str] = []
        self.stalled = ""
        self.wanted = ""
        self.reached = threading.Event()
        self.released = threading.Event()
        threading.Thread(target=self.serve_forever, args=(0.05,), daemon=True).start()

    @property
    def url(self) -> str:
        """What is given to pip."""
        return f"http://127.0.0.1:{self.server_port}/simple"

    def fetched(self, name: str) -> int:
        """How often a package's wheel was asked for."""
        return sum(path.rpartition("/")[2].startswith(name + "-") for path in self.asked)

    def close(self) -> None:
        """End it."""
        self.released.set()
        self.shutdown()
        self.server_close()


class _Handler(BaseHTTPRequestHandler):
    server: Index

    def do_GET(self) -> None:
        """A page of the index, or a wheel."""
        path = self.path
        if path.startswith("http://"):
            self.server.hosts.append(path.split("/")[2])
            path = "/" + path.split("/", 3)[3]
        said = self.headers.get("Proxy-Authorization", "")
        self.server.asked.append(path)
        self.server.credentials.append(said)
        if self.server.wanted and said != self.server.wanted:
            self._say(407, b"", "text/plain")
            return
        name = path.rstrip("/").rpartition("/")[2]
        wheel = self.server.wheels / name
        if path.startswith("/simple/"):
            found = sorted(self.server.wheels.glob(name.replace("-", "_") + "-*.whl"))
            links = "".join(f'<a href="/files/{one.name}">{one.name}</a>' for one in found)
            self._say(200 if found else 404, f"<!DOCTYPE html><html><body>{links}</body></html>".encode(), "text/html")
        elif wheel.is_file():
            self._say(200, wheel.read_bytes(), "application/octet-stream", stall=name == self.server.stalled)
        else:
            self._say(404, b"", "text/plain")

    def _say(self, status: int, body: bytes, kind: str, stall: bool = False) -> None:
        self.send_response(status)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(body)))
        if status == 407:
            self.send_header("Proxy-Authenticate", 'Basic realm="test"')
        elif kind == "application/octet-stream":
            self.send_header("Cache-Control", "max-age=3600")
            self.send_header("ETag", '"1"')
        self.end_headers()
        half = len(body) // 2 if stall else len(body)
        self.wfile.write(body[:half])
        self.wfile.flush()
        if stall:
            self.server.reached.set()
            self.server.released.wait(60)

    def do_CONNECT(self) -> None:
        """A tunnel to an HTTPS server, which there is none of."""
        self.server.asked.append(self.path)
        self._say(407 if self.server.wanted else 502, b"", "text/plain")

    def log_message(self, *_: object) -> None:
        """Say nothing."""
