"""What the OpenAPI document tells beyond what FastAPI knows by itself: the key, and everything that is refused."""

from __future__ import annotations

from typing import Any

from fastapi import FastAPI
from fastapi.openapi.utils import get_openapi

from .. import protocol
from .auth import BODY_S, MAX_BODY_BYTES
from .results import GEOPACKAGE, MEDIA

_VERSION = "3.2.0"  # the first that knows streams of lines
_REFUSAL = {
    "type": "object",
    "properties": {"detail": {"type": "string", "description": "one sentence, for people"}},
    "required": ["detail"],
    "additionalProperties": False,
}
_REFUSED = {"application/json": {"schema": {"$ref": "#/components/schemas/Refusal"}}}
# By what stands before the routes: uvicorn, and `auth.Guard`.
_EVERYWHERE = {
    "400": {"description": "no HTTP, or a body that is no text"},
    "401": {
        "description": "the key is missing or wrong",
        "headers": {"WWW-Authenticate": {"required": True, "schema": {"const": "Bearer"}}},
    },
    "403": {"description": "a request of a web page"},
    "408": {"description": f"the request did not come within {BODY_S:.0f} seconds"},
    "413": {"description": f"the request is larger than {MAX_BODY_BYTES} bytes"},
    "421": {"description": "the Host is none of this server's"},
}


def _link(operation: str, **parameters: str) -> dict[str, Any]:
    return {"operationId": operation, "parameters": parameters}


ASKED = {
    200: {"description": "events, one a line; the last is `done` or `error`", "model": list[protocol.Event]},
    429: {
        "description": "too many jobs wait",
        "headers": {"Retry-After": {"required": True, "schema": {"type": "integer"}}},
    },
}
_BYTES = {"schema": {"type": "string", "format": "binary"}}
FILE = {"requestBody": {"required": True, "content": {"application/octet-stream": _BYTES}}}
GONE = {404: {"description": "it is not here, or not any more"}}
SENT = {
    201: {"description": "it is here", "links": {"there": _link("ask_for_upload", digest="$request.path.digest")}},
    408: {"description": "nothing of it came for a minute"},
    411: {"description": "its length was not told"},
    413: {"description": "it is larger than this runtime takes"},
    422: {"description": "it has other bytes than were announced"},
    507: {"description": "there is no room for it"},
}
_NEW = "$response.header.Terrascope-Result"
MEASURED = GONE | {
    200: {
        "headers": {"Terrascope-Result": {"required": True, "schema": {"type": "string", "pattern": "^[0-9a-f]{32}$"}}},
        "links": {
            "fetched": _link("fetch", result=_NEW, name=GEOPACKAGE),
            "deleted": _link("delete", result=_NEW),
        },
    },
    422: {"description": "why it cannot be measured"},
}
FETCHED = GONE | {200: {"content": dict.fromkeys(MEDIA.values(), _BYTES)}}
DELETED = GONE | {200: {"links": {"gone": _link("fetch", result="$request.path.result", name=GEOPACKAGE)}}}


def describe(app: FastAPI) -> None:
    """Let an application's document tell all that a client can meet."""

    def document() -> dict[str, Any]:
        if app.openapi_schema is None:
            made = get_openapi(title=app.title, version=app.version, openapi_version=_VERSION, routes=app.routes)
            app.openapi_schema = _completed(made)
        return app.openapi_schema

    app.openapi = document


def _completed(made: dict[str, Any]) -> dict[str, Any]:
    for path in made["paths"].values():
        for operation in path.values():
            operation["responses"] = {
                status: answer | ({"content": _content(status)} if status >= "400" else {})
                for status, answer in sorted((_EVERYWHERE | operation["responses"]).items())
            }
    schemas = made["components"]["schemas"]
    for name in ("HTTPValidationError", "ValidationError"):  # of FastAPI; a sentence stands in their place
        schemas.pop(name, None)
    schemas["Refusal"] = _REFUSAL
    made["components"]["securitySchemes"] = {"key": {"type": "http", "scheme": "bearer"}}
    return made | {"security": [{"key": []}]}


def _content(status: str) -> dict[str, Any]:
    """What refuses says why as our routes do, but uvicorn, which is asked before them."""
    return _REFUSED | ({"text/plain": {"schema": {"type": "string"}}} if status == "400" else {})
