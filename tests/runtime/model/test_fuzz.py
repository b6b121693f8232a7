"""Two thousand damaged config.json files and safetensors headers: our own error or a sound result, and little memory.

What may be allocated follows from the bytes that are there. A parsed JSON value takes up to some forty times its text
(`{},` is three bytes and a 64-byte dict), so a linear bound with that factor is the one that can be promised; a size
that a file only declares (2**40 rows, a header of an exabyte) would exceed it by far.
"""

from __future__ import annotations

import copy
import json
import struct
import tracemalloc
from collections.abc import Callable
from math import prod
from pathlib import Path
from typing import Any, TypeVar

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from safetensors import safe_open

from model_runtime.errors import ModelError
from model_runtime.model.config import TerraScopeConfig, read_config
from model_runtime.model.published import PUBLISHED_8B
from model_runtime.model.shards import DTYPE_BYTES, read_header
from model_runtime.training.recipe import NANO_CONFIG

FUZZ = settings(
    max_examples=1000,
    derandomize=True,
    database=None,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large, HealthCheck.large_base_example],
)
# Beside the text: a file's buffer, the interpreter's own caches, an error with its traceback.
FIXED, PER_BYTE = 60_000, 50

AWKWARD = st.sampled_from(
    [0, -1, 1, 2**31, 2**48, 2**63, 2**64, 10**400, True, None, 0.5, -0.0, 1e308, float("nan"), float("inf"), "", "0",
     "\ud800", "\0", "v2", "F32", [], {}, [[]], [0, 0], [2**40, 2**40]]
)  # fmt: skip
T = TypeVar("T")
SCALAR = st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=8) | AWKWARD
VALUE = st.recursive(
    SCALAR,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=8), inner, max_size=4),
    max_leaves=8,
)


def paths(value: object, here: tuple = ()) -> list[tuple]:
    """Every place in a JSON value."""
    inner = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    return [here, *(path for key, item in inner for path in paths(item, (*here, key)))]


@st.composite
def altered(draw: st.DrawFn, valid: list[dict]) -> bytes:
    """A valid JSON object with up to three values replaced, removed, added or renamed."""
    made = copy.deepcopy(draw(st.sampled_from(valid)))
    for _ in range(draw(st.integers(1, 3))):
        path = draw(st.sampled_from(paths(made)[1:] or [()]))
        if not path:
            break
        owner: Any = made
        for key in path[:-1]:
            owner = owner[key]
        kind = draw(st.sampled_from(["replace", "replace", "remove", "rename", "add"]))
        if kind == "remove":
            del owner[path[-1]]
        elif kind == "replace" or isinstance(owner, list):
            owner[path[-1]] = copy.deepcopy(draw(VALUE))  # it may be edited in its turn
        else:
            value = owner.pop(path[-1]) if kind == "rename" else copy.deepcopy(draw(VALUE))
            owner[draw(st.text(max_size=8))] = value
    return json.dumps(made).encode()


@st.composite
def damaged(draw: st.DrawFn, valid: list[bytes]) -> bytes:
    """A valid file with a few bytes changed, taken out, put in, or cut off."""
    raw = bytearray(draw(st.sampled_from(valid)))
    for _ in range(draw(st.integers(1, 4))):
        at = draw(st.integers(0, len(raw)))
        kind = draw(st.sampled_from(["change", "insert", "remove", "cut"]))
        if kind == "insert":
            raw[at:at] = draw(
                st.binary(max_size=8) | st.sampled_from([b"[" * 200, b'"', b"{", b"9" * 30, b"-", b"1e999"])
            )
        elif kind == "cut":
            del raw[at:]
        else:
            raw[at : at + draw(st.integers(1, 8))] = draw(st.binary(max_size=8)) if kind == "change" else b""
    return bytes(raw)


NANO = {**NANO_CONFIG, "llm_config": {**NANO_CONFIG["llm_config"], "vocab_size": 512}}
CONFIGS = [{**PUBLISHED_8B, "grounding_config": {"embed_dim": 144, "stages": [2, 6, 36, 4]}}, NANO]
config_file = st.one_of(
    altered(CONFIGS),
    altered(CONFIGS),
    damaged([json.dumps(config).encode() for config in CONFIGS]),
    st.binary(max_size=200),
    VALUE.map(lambda value: json.dumps(value).encode()),
)

HEADER = {
    "__metadata__": {"format": "pt"},
    "a": {"dtype": "F32", "shape": [2, 3], "data_offsets": [0, 24]},
    "b": {"dtype": "BF16", "shape": [4, 1], "data_offsets": [24, 32]},
    "c": {"dtype": "I64", "shape": [], "data_offsets": [32, 40]},
    "d": {"dtype": "F32", "shape": [0, 7], "data_offsets": [40, 40]},
}


def with_length(header: bytes, declared: int | None = None, payload: int = 40) -> bytes:
    """A safetensors file; `declared` is the length it gives for its header."""
    return struct.pack("<Q", len(header) if declared is None else declared) + header + bytes(payload)


@st.composite
def laid_out(draw: st.DrawFn) -> bytes:
    """Tensors one after the other, one number of which may be wrong by a little or by a lot."""
    header, position = {}, 0
    for name in draw(st.lists(st.text("abc.", min_size=1, max_size=3), max_size=4, unique=True)):
        dtype = draw(st.sampled_from(sorted(DTYPE_BYTES)))
        shape = draw(st.lists(st.integers(0, 3), max_size=3))
        end = position + prod(shape) * DTYPE_BYTES[dtype]
        header[name] = {"dtype": dtype, "shape": shape, "data_offsets": [position, end]}
        position = end
    wrong = draw(st.sampled_from([0, 0, 1, -1, 8, -8, 2**40]))
    numbers = [
        (said[kind], i)
        for said in header.values()
        for kind in ("shape", "data_offsets")
        for i in range(len(said[kind]))
    ]
    if numbers:
        values, i = draw(st.sampled_from(numbers))
        values[i] += wrong
    return with_length(json.dumps(header).encode(), payload=max(0, position + draw(st.sampled_from([0, 0, 0, 1, -1]))))


WHOLE = with_length(json.dumps(HEADER).encode())
weight_file = st.one_of(
    laid_out(),
    altered([HEADER]).map(with_length),
    st.builds(with_length, altered([HEADER]), st.integers(0, 2**64 - 1) | st.integers(0, 500), st.integers(0, 80)),
    damaged([WHOLE]),
    st.binary(max_size=200),
    st.builds(with_length, st.binary(max_size=100) | VALUE.map(lambda value: json.dumps(value).encode())),
)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("fuzz")
    # Whatever is imported or cached on the first call is not what a file costs.
    (folder / "config.json").write_text("{}", "utf-8")
    with pytest.raises(ModelError):
        read_config(folder)
    (folder / "x.safetensors").write_bytes(WHOLE)
    read_header(folder / "x.safetensors")
    return folder


def measured(read: Callable[[Path], T], path: Path, length: int) -> T | None:
    """What `read` makes of a path, or None if it refuses; memory is watched meanwhile."""
    limit = FIXED + PER_BYTE * length
    for _ in range(3):  # threads that earlier tests have left are counted too: what a file costs, it costs each time
        found, peak = traced(read, path)
        if peak <= limit:
            return found
    raise AssertionError(f"{peak} bytes for a file of {length}")


def traced(read: Callable[[Path], T], path: Path) -> tuple[T | None, int]:
    """What `read` makes of a path, or None, and the most memory that was taken meanwhile."""
    tracemalloc.start()
    try:
        found = read(path)
    except ModelError as error:
        found, said = None, str(error)
        assert said.isprintable()
        assert len(said) < len(str(path)) + 400
    finally:
        peak = tracemalloc.get_traced_memory()[1]
        tracemalloc.stop()
    return found, peak


@pytest.mark.parametrize("dearest", [b"{},", b"[],", b'{"":{}},', b"[[]],", b"0.5,", b'"\xc3\xa9",', b"123456,"])
def test_the_dearest_json(folder: Path, dearest: bytes) -> None:
    """The factor holds for what takes the most memory for its length."""
    values = dearest * (200_000 // len(dearest))
    path = folder / "x.safetensors"
    path.write_bytes(with_length(b'{"a":[' + values[:-1] + b"]}", payload=0))
    assert measured(read_header, path, path.stat().st_size) is None
    (folder / "config.json").write_bytes(b'{"a":[' + values[:-1] + b"]}")
    assert measured(read_config, folder, len(values)) is None


@FUZZ
@given(raw=config_file)
def test_configs(folder: Path, raw: bytes) -> None:
    (folder / "config.json").write_bytes(raw)
    config = measured(read_config, folder, len(raw))
    if config is not None:  # what is accepted can also be drawn up
        assert isinstance(config, TerraScopeConfig)
        config.vision_config.build(), config.llm_config.build(), config.grounding_config.build()


@FUZZ
@given(raw=weight_file)
def test_headers(folder: Path, raw: bytes) -> None:
    path = folder / "x.safetensors"
    path.write_bytes(raw)
    entries = measured(read_header, path, len(raw))
    if entries is None:
        return
    position = 8 + struct.unpack("<Q", raw[:8])[0]
    for entry in sorted(entries.values(), key=lambda entry: (entry.start, entry.end)):
        assert entry.start == position
        assert entry.end - entry.start == prod(entry.shape) * DTYPE_BYTES[entry.dtype]
        position = entry.end
    assert position == len(raw)
    with safe_open(path, framework="np") as other:  # the library sees the same in it
        assert {name: tuple(other.get_slice(name).get_shape()) for name in other.keys()} == {  # noqa: SIM118
            name: entry.shape for name, entry in entries.items()
        }
