"""What schemathesis has to know of the runtime that no document tells; it imports this file (test_openapi.py)."""

from __future__ import annotations

import hashlib
import json
import os

import schemathesis
from schemathesis import GenerationMode
from schemathesis.transport.serialization import Binary

LINES = "application/x-ndjson"


@schemathesis.deserializer(LINES)
def _events(_: schemathesis.DeserializationContext, response: schemathesis.Response) -> list[object]:
    return [json.loads(line) for line in response.content.splitlines()]


@schemathesis.check
def answer_ends_without_a_defect(
    _: schemathesis.CheckContext, response: schemathesis.Response, case: schemathesis.Case
) -> None:
    """A stream has begun with 200 when something goes wrong: its last line is what tells."""
    if response.headers.get("content-type", [""])[0].startswith(LINES):
        last = json.loads(response.content.splitlines()[-1])
        assert last["event"] in ("done", "error"), last
        assert last.get("code") != "internal", last


@schemathesis.hook
def before_call(_: schemathesis.HookContext, case: schemathesis.Case, kwargs: dict[str, object]) -> None:
    """Where all is to be right, an upload is called by its own sum, and in a series a real report is measured."""
    if case.meta is None or case.meta.generation.mode is not GenerationMode.POSITIVE:
        return
    if case.operation.label == "PUT /v1/uploads/{digest}":
        sent = case.body.data if isinstance(case.body, Binary) else case.body
        case.path_parameters["digest"] = hashlib.sha256(sent).hexdigest()
    report = os.environ.get("TERRASCOPE_REPORT")
    if case.operation.label == "POST /v1/measure" and report and case.meta.phase.name.value == "stateful":
        case.body = {"geopackage": report, "steps": [1]}
