"""What nobody wants any more goes by itself while a remote runtime runs."""

from __future__ import annotations

import asyncio
import hashlib
import tempfile
import warnings
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from model_runtime.server import remote_routes, results, uploads
from model_runtime.server.app import Runtime, build_app


async def _once(data: bytes) -> AsyncIterator[bytes]:
    yield data


def test_the_routes_are_described(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    runtime = Runtime("cpu", 1000)
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        paths = build_app(runtime).openapi()["paths"]
    runtime.end()
    assert set(paths["/v1/uploads/{digest}"]) == {"get", "put"}
    assert "/v1/results/{result}/{name}" in paths


def test_old_uploads_and_answers_are_swept(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for module, name, seconds in (
        (remote_routes, "_SWEEP_S", 0.01),
        (uploads, "UNUSED_S", 0.2),
        (results, "KEPT_S", 0.2),
    ):
        monkeypatch.setattr(module, name, seconds)
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    runtime = Runtime("cpu", 1000)
    remote = runtime.remote

    async def sweep() -> tuple[list[bool], list[bool]]:
        await remote.uploads.receive(hashlib.sha256(b"x").hexdigest(), 1, _once(b"x"), ())
        (remote.results.begin("0" * 32) / results.GEOPACKAGE).write_bytes(b"x")
        remote.results.finish("0" * 32)

        def there() -> list[bool]:
            return [bool(list(tmp_path.glob(f"*/{name}/*"))) for name in ("uploads", "results")]

        async with remote_routes.swept(remote, runtime.jobs):
            await asyncio.sleep(0.05)
            before = there()
            await asyncio.sleep(0.4)
            return before, there()

    assert asyncio.run(sweep()) == ([True, True], [False, False])
    runtime.end()
    assert list(tmp_path.iterdir()) == []
