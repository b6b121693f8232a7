"""The contract: the plugin's dataclasses are the wire that the runtime exports."""

from __future__ import annotations

import dataclasses
import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from terrascope_qgis.client import protocol
from terrascope_qgis.errors import ProtocolError

REPOSITORY = Path(__file__).resolve().parents[2]
SCHEMA = json.loads((REPOSITORY / "resources" / "protocol.schema.json").read_text("utf-8"))
GOLDEN = [
    line
    for name in ("answer.ndjson", "store.ndjson")
    for line in (REPOSITORY / "tests" / "data" / name).read_bytes().splitlines()
]
DEFINITIONS = SCHEMA["event"]["$defs"] | SCHEMA["store"]["$defs"]
PAIRS = [(DEFINITIONS[name], getattr(protocol, name)) for name in DEFINITIONS]
PAIRS += [
    (SCHEMA["ask"], protocol.AskRequest),
    (SCHEMA["ask"]["$defs"]["DateInput"], protocol.DateInput),
    (SCHEMA["ask"]["$defs"]["Example"], protocol.Example),
    (SCHEMA["ask"]["$defs"]["Turn"], protocol.Turn),
    (SCHEMA["health"], protocol.Health),
    (SCHEMA["measure"], protocol.MeasureRequest),
]


@pytest.mark.parametrize(("schema", "cls"), PAIRS, ids=lambda item: getattr(item, "__name__", ""))
def test_fields_are_those_of_the_schema(schema: dict[str, Any], cls: type) -> None:
    assert {field.name for field in dataclasses.fields(cls)} == set(schema["properties"])


@pytest.mark.parametrize(("schema", "cls"), PAIRS, ids=lambda item: getattr(item, "__name__", ""))
def test_what_the_runtime_requires_is_required_here(schema: dict[str, Any], cls: type) -> None:
    required = {
        field.name
        for field in dataclasses.fields(cls)
        if field.default is dataclasses.MISSING and field.default_factory is dataclasses.MISSING
    }
    # Written here: what we leave out the runtime must not need.
    if cls in (protocol.AskRequest, protocol.DateInput, protocol.MeasureRequest):
        assert required == set(schema.get("required", ()))
    else:  # read here: the runtime sends every field, and we must not invent one that it always means to send
        assert set(schema["required"]) <= required


def test_defaults_of_a_request_are_those_of_the_runtime() -> None:
    written = protocol.write(protocol.AskRequest("q", (protocol.DateInput("s.tif"),)))
    of_a_date = (SCHEMA["ask"]["$defs"]["DateInput"], protocol.write(protocol.DateInput()))
    for schema, message in ((SCHEMA["ask"], json.loads(json.dumps(written))), of_a_date):
        for name, field in schema["properties"].items():
            if "default" in field:
                assert message[name] == field["default"], name


def test_the_tiers_are_those_of_the_runtime() -> None:
    offered = SCHEMA["ask"]["properties"]["tier"]["anyOf"]
    assert {*protocol.TIERS} == {"auto"} | {tier for one in offered for tier in one.get("enum", [])}


def test_the_ways_to_fuse_are_those_of_the_runtime() -> None:
    assert {*protocol.FUSIONS} == set(SCHEMA["ask"]["properties"]["fusion"]["enum"])
    assert protocol.FUSIONS[0] == SCHEMA["ask"]["properties"]["fusion"]["default"]


def test_every_event_of_the_schema_is_known() -> None:
    streams = (SCHEMA["event"], SCHEMA["store"])
    assert set(protocol.EVENTS) == {name for stream in streams for name in stream["discriminator"]["mapping"]}


@pytest.mark.parametrize("line", GOLDEN, ids=lambda line: json.loads(line)["event"])
def test_golden_lines_come_back_as_they_were(line: bytes) -> None:
    event = protocol.read_event(line)
    assert json.loads(json.dumps(protocol.write(event))) == json.loads(line)


def test_the_golden_files_have_every_event() -> None:
    assert {json.loads(line)["event"] for line in GOLDEN} == set(protocol.EVENTS)


@pytest.mark.parametrize("line", GOLDEN, ids=lambda line: json.loads(line)["event"])
def test_fields_of_a_newer_runtime_are_passed_over(line: bytes) -> None:
    # In which every key is data, and what it is called that lies under the keys.
    mappings = dict.fromkeys(("bands", "timings", "versions", "taught", "of one input set"), "")
    mappings["class_quality"] = "of one input set"

    def add(value: Any, name: str = "") -> Any:  # noqa: ANN401
        if isinstance(value, dict):
            news = {} if name in mappings else {"novelty": 1}
            return {**news, **{key: add(item, mappings.get(name, key)) for key, item in value.items()}}
        return [add(item) for item in value] if isinstance(value, list) else value

    newer = add(json.loads(line))
    assert protocol.read_event(json.dumps(newer).encode()) == protocol.read_event(line)


def test_an_event_of_a_newer_runtime_is_passed_over() -> None:
    assert protocol.read_event(b'{"event": "thumbnail", "data": "..."}') is None


@given(st.binary(max_size=60))
def test_noise_is_refused_in_words(line: bytes) -> None:
    try:
        assert protocol.read_event(line) is None
    except ProtocolError as failure:
        assert failure.user_message.endswith(".")


@pytest.mark.parametrize(
    "line",
    [
        b"[]", b"3", b"{}", b'{"event": []}', b'{"event": "mask"}', b'{"event": "done", "report": {"answer": "x"}}',
        b'{"event": "stored", "entry": {"class_quality": 3}}',
        b'{"event": "stored", "entry": {"class_quality": {"rgb": 3}}}',
    ],
)  # fmt: skip
def test_a_missing_field_is_a_protocol_error(line: bytes) -> None:
    with pytest.raises(ProtocolError):
        protocol.read_event(line)
