"""Whatever comes down the stream is an event whose values are what they are declared to be, or an error in words."""

from __future__ import annotations

import copy
import json
import random
from dataclasses import fields, is_dataclass
from pathlib import Path
from typing import Any

import pytest

from terrascope_qgis.client.kinds import fits
from terrascope_qgis.client.protocol import EVENTS, read_event
from terrascope_qgis.errors import ProtocolError
from tests.seeds import seeds

KEPT = (Path(__file__).resolve().parents[2] / "data" / "answer.ndjson").read_bytes().splitlines()
STRANGE = (None, True, -1, 0, 1e308, 10**400, "", "x" * 5000, [], {}, [[]], {"a": {}}, "<b>", "\ud800", "\0", "NaN")


def changed(dice: random.Random, value: Any) -> Any:  # noqa: ANN401
    """JSON with one of its values gone, doubled or another."""
    places: list[tuple[Any, Any]] = []

    def walk(part: Any) -> None:  # noqa: ANN401
        for key in part if isinstance(part, dict) else range(len(part)) if isinstance(part, list) else ():
            places.append((part, key))
            walk(part[key])

    walk(value)
    if places:
        part, key = dice.choice(places)
        if dice.random() < 0.3 and isinstance(part, dict):
            del part[key]
        else:
            part[key] = copy.deepcopy(dice.choice(STRANGE))
    return value


def strange_line(dice: random.Random) -> bytes:
    line = dice.choice(KEPT)
    what = dice.random()
    if what < 0.6:
        data = json.loads(line)
        for _ in range(dice.randint(1, 4)):
            data = changed(dice, data)
        return json.dumps(data).encode("utf-8", "surrogatepass")
    if what < 0.8:
        noisy = bytearray(line)
        for _ in range(dice.randint(1, 8)):
            noisy[dice.randrange(len(noisy))] = dice.randrange(256)
        return bytes(noisy)
    return dice.choice(
        (line[: dice.randrange(len(line))], b"", b"null", b"[]", b"[" * 100_000, b'{"event": {}}', b'{"event":"done"}',
         b"NaN", line + line, b'{"event":"text","text":Infinity}')
    )  # fmt: skip


def assert_sound(message: Any) -> None:  # noqa: ANN401
    """Everything in a message, and in the messages that it holds, is what it is declared to be."""
    for field in fields(message):
        value = getattr(message, field.name)
        assert fits(field.type, value), (type(message).__name__, field.name, value)
        for held in value if isinstance(value, tuple) else (value,):
            if is_dataclass(held):
                assert_sound(held)


@pytest.mark.parametrize("seed", seeds(60))
def test_a_line_is_an_event_or_an_error_in_words(seed: int) -> None:
    dice = random.Random(seed)
    for _ in range(20):
        try:
            event = read_event(strange_line(dice))
        except ProtocolError as failure:
            assert str(failure)
            continue
        if event is not None:
            assert isinstance(event, tuple(EVENTS.values()))
            assert_sound(event)


def test_what_the_runtime_says_is_sound() -> None:
    for line in KEPT:
        assert_sound(read_event(line))
