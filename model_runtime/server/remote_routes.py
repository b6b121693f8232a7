"""The routes that only a remote runtime has: uploads, results, and measuring of a report that was sent."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from typing import Annotated, Literal

from fastapi import FastAPI, HTTPException
from fastapi import Path as InPath
from fastapi.responses import FileResponse, JSONResponse, Response
from starlette.requests import ClientDisconnect, Request

from .. import protocol
from ..errors import TerraScopeError, UploadMissing
from .description import DELETED, FETCHED, FILE, GONE, MEASURED, SENT
from .jobs import Jobs
from .remote import Remote, in_use
from .results import MEDIA
from .uploads import UploadError

_SWEEP_S = 60.0
_Digest = Annotated[str, InPath(pattern="^[0-9a-f]{64}$")]
_Result = Annotated[str, InPath(pattern="^[0-9a-f]{32}$")]


def add(app: FastAPI, remote: Remote, jobs: Jobs) -> None:
    """Add them."""

    @app.head("/v1/uploads/{digest}", include_in_schema=False)
    @app.get("/v1/uploads/{digest}", responses=GONE)
    async def ask_for_upload(digest: _Digest) -> dict[str, bool]:
        if not remote.uploads.has(digest):
            raise HTTPException(404, "There is no such file; send it.")
        return {"here": True}

    @app.put(
        "/v1/uploads/{digest}", status_code=201, response_model=dict[str, bool], responses=SENT, openapi_extra=FILE
    )
    async def upload(digest: _Digest, request: Request) -> Response:
        size = request.headers.get("content-length")
        if size is None or "transfer-encoding" in request.headers:
            raise HTTPException(411, "The length of the file has to be told before it.")
        try:
            await remote.uploads.receive(digest, int(size), request.stream(), in_use(jobs.requests()))
        except UploadError as error:
            raise HTTPException(error.status, str(error)) from None
        except (ClientDisconnect, asyncio.CancelledError):  # the client is gone, or the server ends
            return Response(status_code=400)
        return JSONResponse({"here": True}, 201)

    @app.get("/v1/results/{result}/{name}", response_class=FileResponse, responses=FETCHED)
    async def fetch(result: _Result, name: Literal["answer.gpkg", "picture.png"]) -> FileResponse:
        file = remote.results.file(result, name)
        if file is None:
            raise HTTPException(404, "There is no such result, or not any more; ask again.")
        return FileResponse(file, media_type=MEDIA[name])

    @app.delete("/v1/results/{result}", responses=DELETED)
    async def delete(result: _Result) -> dict[str, bool]:
        if not await asyncio.to_thread(remote.results.delete, result):
            raise HTTPException(404, "There is no such result, or not any more.")
        return {"deleted": True}

    @app.post("/v1/measure", responses=MEASURED)
    async def measure(request: protocol.MeasureRequest, response: Response) -> protocol.Report:
        try:
            result, report = await asyncio.to_thread(remote.measure, request)
        except TerraScopeError as error:
            raise HTTPException(404 if isinstance(error, UploadMissing) else 422, str(error)) from None
        response.headers["Terrascope-Result"] = result
        return report


@asynccontextmanager
async def swept(remote: Remote, jobs: Jobs) -> AsyncIterator[None]:
    """While it lasts, what is too old is removed every minute."""

    async def sweep() -> None:
        while True:
            await asyncio.sleep(_SWEEP_S)
            remote.sweep(jobs.requests())

    task = asyncio.create_task(sweep())
    try:
        yield
    finally:
        task.cancel()
        with suppress(asyncio.CancelledError):
            await task
