"""The HTTP interface: health, models, ask (a stream of NDJSON events), measure, cancel; and those of `remote_routes`.

torch and the pipeline are imported on the device thread, when the server is up and nobody has asked for a moment, or by
the first job: the server answers within a second.
"""

from __future__ import annotations

import asyncio
import json
import os
import signal
import socket
import sys
from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import asynccontextmanager, nullcontext
from typing import Annotated

import uvicorn
from fastapi import FastAPI, HTTPException
from fastapi import Path as InPath
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse, StreamingResponse
from starlette.requests import Request
from starlette.routing import Match

from .. import __version__, protocol
from ..errors import TerraScopeError
from ..model_store import libraries
from ..model_store.keeper import Keeper
from ..model_store.shelf import summaries
from . import lifetime, remote_routes
from .auth import Guard
from .connections import BoundedProtocol
from .description import ASKED, describe
from .jobs import Job, Jobs, QueueFullError, as_error
from .listening import LOCAL, Listening
from .names import images, refuse_uploads
from .remote import Remote
from .spare_memory import let_go_of_large_blocks
from .unix_socket import UnixSocket

_GRACE_S = 2.0
_REMOTE_GRACE_S = 0.4  # also for connections after that: a remote runtime ends within two seconds


class _Lines(StreamingResponse):
    media_type = "application/x-ndjson"


def _end_serving() -> None:
    """As when somebody asks for it: answers that are on their way get there."""
    signal.raise_signal(signal.SIGTERM)


class _Company:
    """Questions about the place that is asked about now (`jobs.Company`)."""

    def __init__(self, keeper: Keeper) -> None:
        self._keeper = keeper

    def joins(self, first: Job, other: Job) -> bool:
        return self._keeper.joins(first.request, other.request)

    def work(self, jobs: Sequence[Job]) -> Sequence[Exception | None]:
        return self._keeper.answer_together([job.request for job in jobs], jobs)


class Runtime:
    """What the server's routes share: the queue, the model that is loaded, and what was sent to a remote one.

    Args:
        device: auto, cpu, cuda, cuda:1, mps.
        upload_limit_bytes: of a file that is sent to a remote runtime; None: it is not remote.
        compiled: see `Keeper`.
        at: where it listens.
    """

    def __init__(
        self,
        device: str = "auto",
        upload_limit_bytes: int | None = None,
        *,
        compiled: bool = False,
        at: Listening | UnixSocket = LOCAL,
    ) -> None:
        self.at = at
        self.keeper = Keeper(device, compiled=compiled)
        self.remote = None if upload_limit_bytes is None else Remote(self.keeper, upload_limit_bytes)
        if self.remote:
            self.jobs = Jobs(self.remote.answer, give_up=_end_serving)
        else:
            answer, company = (lambda job: self.keeper.answer(job.request, job)), _Company(self.keeper)
            self.jobs = Jobs(answer, company, _end_serving)

    def check(self, request: protocol.AskRequest) -> None:
        """Refuse at once what names files in a way that this runtime does not take.

        Raises:
            RequestError: one sentence.
        """
        if self.remote:
            self.remote.check(request)
        else:
            refuse_uploads(images(request))

    def close(self) -> None:
        """Cancel everything, and wait a moment for files to be left whole; a remote runtime leaves no files."""
        self.jobs.close(_REMOTE_GRACE_S if self.remote else _GRACE_S)

    def leave(self) -> None:
        """All of it, in this order."""
        self.close()
        self.end()

    def end(self) -> None:
        """Remove what was sent, what was to be fetched, and a file that it listens on."""
        self.at.remove()
        if self.remote:
            self.remote.close()


def build_app(runtime: Runtime) -> FastAPI:
    """The application without its guard."""

    @asynccontextmanager
    async def lifespan(_: FastAPI) -> AsyncIterator[None]:
        async with remote_routes.swept(runtime.remote, runtime.jobs) if runtime.remote else nullcontext():
            yield

    app = FastAPI(
        title="TerraScope",
        version=__version__,
        docs_url=None,
        redoc_url=None,
        lifespan=lifespan,
        generate_unique_id_function=lambda route: route.name,
    )

    @app.exception_handler(RequestValidationError)
    async def malformed(_: Request, error: RequestValidationError) -> JSONResponse:
        return JSONResponse({"detail": _sentence(error)}, status_code=422)

    @app.exception_handler(405)
    async def other_method(request: Request, error: HTTPException) -> JSONResponse:
        # Starlette names the methods of the first route of a path, and forgets the others.
        routes = [route for route in app.routes if route.matches(request.scope)[0] is not Match.NONE]
        allowed = sorted({method for route in routes for method in route.methods})
        return JSONResponse({"detail": error.detail}, 405, {"Allow": ", ".join(allowed)})

    @app.get("/v1/health")
    async def health() -> protocol.Health:
        count = len(runtime.jobs)
        return protocol.Health(
            status="busy" if count else "ready",
            version=__version__,
            device=runtime.keeper.device,
            pid=os.getpid(),
            jobs=count,
            remote=runtime.remote is not None,
            upload_limit_bytes=runtime.remote.uploads.limit_bytes if runtime.remote else 0,
        )

    @app.get("/v1/models")
    async def list_models() -> list[protocol.ModelSummary]:
        found = summaries(runtime.keeper.folder, device=runtime.keeper.place())
        return [one.model_copy(update={"folder": ""}) for one in found] if runtime.remote else found

    @app.post("/v1/ask", response_class=_Lines, responses=ASKED)
    async def ask(request: protocol.AskRequest) -> StreamingResponse:
        loop = asyncio.get_running_loop()
        events: asyncio.Queue[protocol.Event] = asyncio.Queue()
        job = Job(request, lambda event: loop.call_soon_threadsafe(events.put_nowait, event))
        try:
            # No await between the two: from the check on nothing that the job names may go.
            runtime.check(request)
            runtime.jobs.submit(job)
        except TerraScopeError as error:
            events.put_nowait(as_error(error))
        except QueueFullError:
            sentence = "Too many questions wait already; try again when one of them is answered."
            raise HTTPException(429, sentence, headers={"Retry-After": "5"}) from None
        return _Lines(_lines(events, runtime.jobs, job))

    if runtime.remote:
        remote_routes.add(app, runtime.remote, runtime.jobs)
    else:
        _add_measure(app)

    @app.post("/v1/jobs/{job}/cancel", responses={404: {"description": "no such job"}})
    async def cancel(job: Annotated[str, InPath(pattern="^[0-9a-f]{32}$")]) -> dict[str, bool]:
        if not runtime.jobs.cancel(job):
            raise HTTPException(404, "There is no such job; it may have ended already.")
        return {"cancelled": True}

    describe(app)
    return app


def _add_measure(app: FastAPI) -> None:
    @app.post("/v1/measure", responses={422: {"description": "why it cannot be measured"}})
    async def measure(request: protocol.MeasureRequest) -> protocol.Report:
        from ..remeasure import remeasure

        try:
            refuse_uploads(iter([request.geopackage]))
            return await asyncio.to_thread(remeasure, request.geopackage, request.steps)
        except TerraScopeError as error:
            raise HTTPException(422, str(error)) from None


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
    """uvicorn that says when it is up, and ends with the jobs: their streams would keep it waiting."""

    def __init__(self, config: uvicorn.Config, announce: Callable[[], None], runtime: Runtime) -> None:
        super().__init__(config)
        self._announce, self._runtime = announce, runtime

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        await super().startup(sockets)
        self._announce()

    async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:
        await asyncio.to_thread(self._runtime.close)
        await super().shutdown(sockets)
        # At once: asyncio would wait for its threads, as for one that measures, and the device thread may be importing.
        lifetime.end(0, self._runtime.end)


def serve(runtime: Runtime, key: str) -> None:
    """Serve until told to stop; announces itself with one JSON line on stdout.

    Raises:
        RequestError: the port or the file is taken, or the certificate cannot be used.
    """
    let_go_of_large_blocks()
    at = runtime.at
    tls = at.tls()
    listener = at.socket()
    told = at.told(listener)
    port = told.get("port")

    def announce() -> None:
        line = told | {"pid": os.getpid(), "protocol": protocol.SCHEMA_VERSION}
        print(json.dumps(line), flush=True)
        runtime.jobs.prepare(libraries.load)
        # Nobody reads further: whatever a library prints must not fill the pipe.
        os.dup2(sys.stderr.fileno(), sys.stdout.fileno())
        if runtime.remote:
            print(f"Listening on {at.url(port)}; Ctrl+C ends it.", file=sys.stderr, flush=True)

    config = uvicorn.Config(
        Guard(build_app(runtime), key, port, at.hosts if runtime.remote else None),
        http=BoundedProtocol,
        ws="none",
        log_config=None,
        access_log=False,
        server_header=False,
        timeout_graceful_shutdown=_REMOTE_GRACE_S if runtime.remote else 1,
        ssl_context_factory=(lambda *_: tls) if tls else None,
    )
    _Server(config, announce, runtime).run(sockets=[listener])
