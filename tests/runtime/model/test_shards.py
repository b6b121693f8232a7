"""Safetensors headers and indexes that lie, each made by its test and refused in one sentence."""

from __future__ import annotations

import json
import re
import struct
import tracemalloc
from collections.abc import Callable
from pathlib import Path

import pytest
import torch
from safetensors.torch import save_file

from model_runtime.errors import ModelError
from model_runtime.model.shards import INDEX, read_folder, read_header

F32 = {"dtype": "F32", "shape": [2, 3], "data_offsets": [0, 24]}
BF16 = {"dtype": "BF16", "shape": [4], "data_offsets": [24, 32]}


def write_file(path: Path, header: object, payload: int = 32, declared: int | None = None) -> Path:
    """A safetensors file with any header; `declared` is the length that it gives for it."""
    raw = header if isinstance(header, bytes) else json.dumps(header).encode()
    path.write_bytes(struct.pack("<Q", len(raw) if declared is None else declared) + raw + bytes(payload))
    return path


def write_index(folder: Path, places: object) -> None:
    (folder / INDEX).write_text(json.dumps({"metadata": {}, "weight_map": places}), "utf-8")


def test_reads_what_the_library_writes(tmp_path: Path) -> None:
    tensors = {"a": torch.zeros(2, 3), "b": torch.ones(4, dtype=torch.bfloat16), "c": torch.tensor(7)}
    save_file(tensors, tmp_path / "x.safetensors", metadata={"format": "pt"})
    entries = read_folder(tmp_path)
    assert {name: (entry.dtype, entry.shape, entry.size) for name, entry in entries.items()} == {
        "a": ("F32", (2, 3), 6),
        "b": ("BF16", (4,), 4),
        "c": ("I64", (), 1),
    }
    raw = (tmp_path / "x.safetensors").read_bytes()
    assert raw[entries["b"].start : entries["b"].end] == b"\x80\x3f" * 4


@pytest.mark.parametrize(
    ("header", "payload", "why"),
    [
        ({"a": F32 | {"data_offsets": [0, 2**40]}}, 24, "ends before 'a' does"),
        ({"a": F32 | {"shape": [2**20, 2**20], "data_offsets": [0, 2**42]}}, 24, "ends before 'a' does"),
        ({"a": F32 | {"shape": [2**47] * 8}}, 24, "lies about 'a'"),
        ({"a": F32 | {"shape": [2] * 9, "data_offsets": [0, 2048]}}, 2048, "lies about 'a'"),
        ({"a": F32 | {"shape": [2, 4]}}, 24, "lies about 'a'"),
        ({"a": F32 | {"dtype": "F16"}}, 24, "lies about 'a'"),
        ({"a": F32 | {"shape": [-2, -3]}}, 24, "lies about 'a'"),
        ({"a": F32 | {"shape": [True, 6]}}, 24, "lies about 'a'"),
        ({"a": F32 | {"shape": [2.0, 3]}}, 24, "lies about 'a'"),
        ({"a": F32 | {"data_offsets": [24, 0]}}, 24, "lies about 'a'"),
        ({"a": F32 | {"data_offsets": [0]}}, 24, "lies about 'a'"),
        ({"a": {"shape": [2, 3]}}, 24, "lies about 'a'"),
        ({"a": 5}, 24, "lies about 'a'"),
        ({"a\x1b[2J\ud800": 5}, 24, r"lies about 'a\x1b[2J\ud800'"),
        ({"a": F32 | {"dtype": "F4"}}, 24, "a type of number that is not read here: 'F4'"),
        ({"a": F32, "b": BF16 | {"data_offsets": [20, 28]}}, 28, "overlap or leave gaps"),
        ({"a": F32, "b": F32}, 24, "overlap or leave gaps"),
        ({"a": F32, "b": BF16 | {"data_offsets": [28, 36]}}, 36, "overlap or leave gaps"),
        ({"b": BF16}, 32, "overlap or leave gaps"),
        ({"a": F32}, 25, "has 98 bytes where its header says 97"),
        (b'{"a":%b,"a":%b}' % ((json.dumps(F32).encode(),) * 2), 24, "names something twice"),
        (b'{"a":%b' % json.dumps(F32).encode(), 24, "not readable"),
        (json.dumps({"a": F32}).encode("utf-16"), 24, "not readable"),
        (b"[" * 50_000, 24, "not readable"),
        ([], 24, "not readable"),
        (b" " + json.dumps({"a": F32}).encode(), 24, "not readable"),
        (b'{"a":{"dtype":"F32","shape":[2,3],"data_offsets":[0,24],"x":NaN}}', 24, "not readable"),
        ({"__metadata__": {"format": 5}, "a": F32}, 24, "notes are not readable"),
        ({"__metadata__": [], "a": F32}, 24, "notes are not readable"),
        ({"a\n": F32}, 24, r"lies about 'a\n'"),
    ],
)
def test_refuses_headers_that_lie(tmp_path: Path, header: object, payload: int, why: str) -> None:
    with pytest.raises(ModelError, match=re.escape(why)) as refused:
        read_header(write_file(tmp_path / "x.safetensors", header, payload))
    assert str(refused.value).count("\n") == 0


@pytest.mark.parametrize("declared", [2**63, 2**64 - 1, 200, 4_000_001])
def test_a_declared_header_length_allocates_nothing(tmp_path: Path, declared: int) -> None:
    file = write_file(tmp_path / "x.safetensors", {"a": F32}, 24, declared)
    if declared == 4_000_001:  # there, but larger than any header is
        write_file(file, b" " * declared, 0)
    tracemalloc.start()
    try:
        with pytest.raises(ModelError, match="cut off, or is no safetensors file"):
            read_header(file)
        assert tracemalloc.get_traced_memory()[1] < 100_000
    finally:
        tracemalloc.stop()


@pytest.mark.parametrize("length", [0, 7, 8, 40, 96])
def test_refuses_a_truncated_file(tmp_path: Path, length: int) -> None:
    file = write_file(tmp_path / "x.safetensors", {"a": F32}, 24)
    file.write_bytes(file.read_bytes()[:length])
    with pytest.raises(ModelError, match=r"is damaged \(.*fetch the model again"):
        read_folder(tmp_path)


@pytest.mark.parametrize(
    "name",
    [
        "../x.safetensors", "/etc/x.safetensors", "..\\x.safetensors", "C:\\x.safetensors", "C:x.safetensors",
        "sub/x.safetensors", ".x.safetensors", "x.safetensors\0", "x.safetensors/", "", "x.safetensors:y.safetensors",
        "x.txt", "..",
    ],
)  # fmt: skip
def test_refuses_an_index_that_points_outside(tmp_path: Path, name: str) -> None:
    folder = tmp_path / "model"
    folder.mkdir()
    write_file(tmp_path / "x.safetensors", {"a": F32}, 24)
    write_index(folder, {"a": name})
    with pytest.raises(ModelError, match="points outside its own folder"):
        read_folder(folder)


@pytest.mark.parametrize("indexed", [True, False])
def test_refuses_a_link_out_of_the_folder(tmp_path: Path, indexed: bool) -> None:
    folder = tmp_path / "model"
    folder.mkdir()
    (folder / "x.safetensors").symlink_to(write_file(tmp_path / "x.safetensors", {"a": F32}, 24))
    if indexed:
        write_index(folder, {"a": "x.safetensors"})
    with pytest.raises(ModelError, match="link to a file outside its folder"):
        read_folder(folder)


def test_a_snapshot_in_the_hubs_cache_links_to_its_blobs(tmp_path: Path) -> None:
    snapshot, blobs = tmp_path / "models--a--b" / "snapshots" / ("0" * 40), tmp_path / "models--a--b" / "blobs"
    snapshot.mkdir(parents=True)
    blobs.mkdir()
    write_file(blobs / "1234", {"a": F32}, 24)
    (snapshot / "model.safetensors").symlink_to(Path("..", "..", "blobs", "1234"))
    assert list(read_folder(snapshot)) == ["a"]
    (snapshot / "model.safetensors").unlink()
    (snapshot / "model.safetensors").symlink_to(write_file(tmp_path / "models--a--b" / "5678", {"a": F32}, 24))
    with pytest.raises(ModelError, match="link to a file outside its folder"):
        read_folder(snapshot)


def test_a_folder_may_itself_be_reached_by_a_link(tmp_path: Path) -> None:
    (tmp_path / "model").mkdir()
    write_file(tmp_path / "model" / "x.safetensors", {"a": F32}, 24)
    (tmp_path / "link").symlink_to(tmp_path / "model")
    assert list(read_folder(tmp_path / "link")) == ["a"]


@pytest.mark.parametrize("indexed", [True, False])
@pytest.mark.parametrize("name", ["pytorch_model.bin", "model.pt", "model.pth", "weights.pkl", "model.CKPT"])
def test_refuses_formats_that_can_run_code(tmp_path: Path, name: str, indexed: bool) -> None:
    (tmp_path / name).write_bytes(b"cos\nsystem\n(S'true'\ntR.")
    if indexed:
        write_index(tmp_path, {"a": name})
    with pytest.raises(ModelError, match=f"{name}'?, a format that can run code"):
        read_folder(tmp_path)


def two_shards(folder: Path) -> None:
    write_file(folder / "m-1.safetensors", {"a": F32}, 24)
    write_file(folder / "m-2.safetensors", {"b": BF16 | {"data_offsets": [0, 8]}}, 8)
    write_index(folder, {"a": "m-1.safetensors", "b": "m-2.safetensors"})


def rename_second(folder: Path) -> None:
    (folder / "m-2.safetensors").rename(folder / "m-3.safetensors")


def repeat_first(folder: Path) -> None:
    write_file(folder / "m-2.safetensors", {"a": F32}, 24)
    (folder / INDEX).unlink()


@pytest.mark.parametrize(
    ("harm", "why"),
    [
        (rename_second, "lacks m-2.safetensors"),
        (repeat_first, "holds the tensor 'a' twice"),
        (lambda f: write_index(f, {"a": "m-1.safetensors"}), ""),
        (lambda f: write_index(f, {"a": "m-1.safetensors", "b": "m-1.safetensors"}), "'b' is in m-1.safetensors"),
        (lambda f: write_index(f, {"a": "m-2.safetensors", "b": "m-1.safetensors"}), "which .* does not say"),
        (
            lambda f: write_index(f, {"a": "m-1.safetensors", "b": "m-2.safetensors", "c": "m-2.safetensors"}),
            "says that 'c' is in m-2.safetensors, but it is not",
        ),
        (lambda f: write_file(f / "m-2.safetensors", {"c": F32}, 24), "holds the tensor 'c', which .* does not say"),
        (lambda f: write_index(f, {}), "is damaged"),
        (lambda f: write_index(f, ["m-1.safetensors"]), "is damaged"),
        (lambda f: write_index(f, {"a": 5}), "is damaged"),
        (lambda f: (f / INDEX).write_text("{"), "not valid JSON"),
        (lambda f: (f / INDEX).write_bytes(b"\xff\xfe{}"), "no UTF-8"),
        (lambda f: (f / INDEX).write_text("[" * 100_000), "nested too deep"),
        (lambda f: (f / INDEX).write_text(" " * 4_000_001), "far too large"),
    ],
)
def test_index_and_shards_must_agree(tmp_path: Path, harm: Callable[[Path], object], why: str) -> None:
    two_shards(tmp_path)
    assert sorted(read_folder(tmp_path)) == ["a", "b"]
    harm(tmp_path)
    if not why:  # a shard that the index does not name is left alone
        assert list(read_folder(tmp_path)) == ["a"]
        return
    with pytest.raises(ModelError, match=why):
        read_folder(tmp_path)


def test_refuses_a_folder_that_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(ModelError, match="cannot be read"):
        read_folder(tmp_path / "nowhere")
    with pytest.raises(ModelError, match=r"no \.safetensors weights"):
        read_folder(tmp_path)
