"""The runtime does what its OpenAPI document says: schemathesis asks it thousands of times, right and wrong."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from model_runtime.evidence.geopackage import write_report

from ..evidence.conftest import make_run
from .conftest import KEY, RemoteServer, Server

HERE = Path(__file__).parent
LEAST_CASES = 1000


def ask(server: Server, folder: Path, **variables: str) -> str:
    """Have a runtime asked with every check of schemathesis; what it says."""
    (folder / "openapi.json").write_bytes(server.request("GET", "/openapi.json")[1])
    command = [
        sys.executable, "-m", "schemathesis.cli", "--config-file", HERE / "schemathesis.toml",
        "run", folder / "openapi.json", "--url", f"http://127.0.0.1:{server.port}",
        "--report", "json", "--report-json-path", folder / "report.json",
    ]  # fmt: skip
    variables |= {"TERRASCOPE_KEY": KEY, "SCHEMATHESIS_HOOKS": str(HERE / "schemathesis_hooks.py")}
    done = subprocess.run(command, cwd=folder, env=os.environ | variables, capture_output=True, text=True, timeout=500)
    assert done.returncode == 0, done.stdout[-20_000:] + done.stderr
    report = json.loads((folder / "report.json").read_text())
    assert report["complete"], report
    assert report["operations"]["tested"] == report["operations"]["total"]
    asked = report["test_cases"]
    assert asked["generated"] - asked["without_checks"] - asked["errored"] >= LEAST_CASES
    return done.stdout


def is_well(server: Server) -> None:
    server.settle()
    assert server.health()["status"] == "ready"
    log = server.log.read_text()
    assert "Traceback" not in log
    assert KEY not in log


@pytest.mark.slow
def test_a_local_runtime_does_what_its_document_says(own_server: Server, tmp_path: Path) -> None:
    ask(own_server, tmp_path)
    is_well(own_server)


@pytest.mark.slow
def test_a_remote_runtime_does_what_its_document_says(tmp_path: Path) -> None:
    server = RemoteServer(tmp_path, "--upload-limit-gb", "0.004")
    try:
        run = make_run()
        write_report(tmp_path / "run.gpkg", run.report, run.masks, run.lines, run.grid)
        sent = server.send((tmp_path / "run.gpkg").read_bytes(), "run.gpkg")
        told = ask(server, tmp_path, TERRASCOPE_REPORT=sent)
        assert re.search(r"API Links: +3 covered", told)  # a report was measured, fetched, deleted, and asked for again
        is_well(server)
    finally:
        assert server.stop() == 0
    assert server.folders() == []


def test_the_document_tells_what_the_guard_refuses(server: Server, remote: RemoteServer) -> None:
    for one in (server, remote):
        document = json.loads(one.request("GET", "/openapi.json")[1])
        assert document["security"] == [{"key": []}]
        for path in document["paths"].values():
            for operation in path.values():
                assert {"400", "401", "403", "408", "413", "421"} <= set(operation["responses"])
        lines = document["paths"]["/v1/ask"]["post"]["responses"]["200"]["content"]["application/x-ndjson"]
        events = lines["schema"]["items"]["discriminator"]["mapping"]
        assert {"queued", "progress", "mask", "error", "done"} <= set(events)
