"""The HTTP interface: health, models, ask (a stream of NDJSON events), cancel.

torch and the pipeline are imported by the first job, on the device thread: the server answers within a second.
"""

from __future__ import annotations

import asyncio
import json
import os
import socket
import sys
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from typing import Annotated

import uvicorn
from fastapi import FastAPI, HTTPException
from fastapi import Path as InPath
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse, StreamingResponse
from starlette.requests import Request

from .. import __version__, protocol
from ..errors import TerraScopeError
from ..model_store.keeper import Keeper
from ..model_store.shelf import summaries
from .auth import Guard
from .jobs import Job, Jobs, QueueFullError

_GRACE_S = 2.0


class Runtime:
    """What the server's routes share: the queue, and the model that is loaded."""

    def __init__(self, device: str = "auto") -> None:
        self.keeper = Keeper(device)
        self.jobs = Jobs(lambda job: self.keeper.answer(job.request, job))

    def close(self) -> None:
        """Cancel everything, and wait a moment for files to be left whole."""
        self.jobs.close(_GRACE_S)


def build_app(runtime: Runtime) -> FastAPI:
    """The application without its guard."""

    @asynccontextmanager
    async def lifespan(_: FastAPI) -> AsyncIterator[None]:
        yield
        await asyncio.to_thread(runtime.close)

    app = FastAPI(title="TerraScope", version=__version__, docs_url=None, redoc_url=None, lifespan=lifespan)

    @app.exception_handler(RequestValidationError)
    async def malformed(_: Request, error: RequestValidationError) -> JSONResponse:
        return JSONResponse({"detail": _sentence(error)}, status_code=422)

    @app.get("/v1/health")
    async def health() -> protocol.Health:
        count = len(runtime.jobs)
        return protocol.Health(
            status="busy" if count else "ready",
            version=__version__,
            device=runtime.keeper.device,
            pid=os.getpid(),
            jobs=count,
        )

    @app.get("/v1/models")
    async def list_models() -> list[protocol.ModelSummary]:
        return summaries(runtime.keeper.folder, device=runtime.keeper.place())

    @app.post("/v1/ask", response_class=StreamingResponse, responses={429: {"description": "too many jobs wait"}})
    async def ask(request: protocol.AskRequest) -> StreamingResponse:
        loop = asyncio.get_running_loop()
        events: asyncio.Queue[protocol.Event] = asyncio.Queue()
        job = Job(request, lambda event: loop.call_soon_threadsafe(events.put_nowait, event))
        try:
            runtime.jobs.submit(job)
        except QueueFullError:
            sentence = "Too many questions wait already; try again when one of them is answered."
            raise HTTPException(429, sentence, headers={"Retry-After": "5"}) from None
        return StreamingResponse(_lines(events, runtime.jobs, job), media_type="application/x-ndjson")

    @app.post("/v1/measure", responses={422: {"description": "why it cannot be measured"}})
    async def measure(request: protocol.MeasureRequest) -> protocol.Report:
        from ..remeasure import remeasure

        try:
            return await asyncio.to_thread(remeasure, request.geopackage, request.steps)
        except TerraScopeError as error:
            raise HTTPException(422, str(error)) from None

    @app.post("/v1/jobs/{job}/cancel", responses={404: {"description": "no such job"}})
    async def cancel(job: Annotated[str, InPath(pattern="^[0-9a-f]{32}$")]) -> dict[str, bool]:
        if not runtime.jobs.cancel(job):
            raise HTTPException(404, "There is no such job; it may have ended already.")
        return {"cancelled": True}

    return app


async def _lines(events: asyncio.Queue[protocol.Event], jobs: Jobs, job: Job) -> AsyncIterator[str]:
    """The job's events as NDJSON; when the client goes away before the last one, nobody needs the job any more."""
    try:
        while True:
            event = await events.get()
            yield event.model_dump_json() + "\n"
            if isinstance(event, protocol.Done | protocol.Error):
                return
    finally:
        jobs.cancel(job.id)


def _sentence(error: RequestValidationError) -> str:
    first = error.errors()[0]
    where = ".".join(str(part) for part in first["loc"] if part != "body")
    return f"The request is malformed: {where + ': ' if where else ''}{first['msg']}."


class _Server(uvicorn.Server):
    """uvicorn that says when it is up."""

    def __init__(self, config: uvicorn.Config, announce: Callable[[], None]) -> None:
        super().__init__(config)
        self._announce = announce

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        await super().startup(sockets)
        self._announce()


def serve(runtime: Runtime, key: str) -> None:
    """Serve on a free loopback port until told to stop; announces itself with one JSON line on stdout."""
    # With proto 0 asyncio would not set TCP_NODELAY, and every round trip would take 40 ms (RUNTIME.md section 3).
    listener = socket.socket(socket.AF_INET, socket.SOCK_STREAM, socket.IPPROTO_TCP)
    listener.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
    listener.bind(("127.0.0.1", 0))
    port = listener.getsockname()[1]

    def announce() -> None:
        line = {"port": port, "pid": os.getpid(), "protocol": protocol.SCHEMA_VERSION}
        print(json.dumps(line), flush=True)
        # Nobody reads further: whatever a library prints must not fill the pipe.
        os.dup2(sys.stderr.fileno(), sys.stdout.fileno())

    config = uvicorn.Config(
        Guard(build_app(runtime), key, port),
        http="h11",
        ws="none",
        log_config=None,
        access_log=False,
        server_header=False,
        timeout_graceful_shutdown=1,
    )
    _Server(config, announce).run(sockets=[listener])
