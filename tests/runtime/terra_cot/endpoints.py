"""A real HTTP server in place of a language model's endpoint."""

from __future__ import annotations

import json
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

from model_runtime.terra_cot.refine import Endpoint


@contextmanager
def endpoint(answer: Callable[[str], tuple[int, object]]) -> Iterator[tuple[Endpoint, list[dict]]]:
    """A real HTTP server that answers chat completions; also what it was asked."""
    asked: list[dict] = []

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:  # noqa: N802
            request = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
            asked.append({"path": self.path, "key": self.headers["Authorization"], **request})
            status, found = answer(request["messages"][0]["content"])
            body = json.dumps(found).encode()
            self.send_response(status)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield Endpoint(f"http://127.0.0.1:{server.server_port}/v1/", "writer", "sesame", 5), asked
    finally:
        server.shutdown()
        server.server_close()
