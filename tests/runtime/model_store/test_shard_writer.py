"""What is written piece by piece is what the safetensors library reads."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pytest
from safetensors.numpy import load_file

from model_runtime.errors import Cancelled
from model_runtime.model.shards import INDEX, read_folder
from model_runtime.model_store.shard_writer import Planned, write_shards

TENSORS = [
    Planned("a", "F32", (3, 5)),
    Planned("b.weight", "I64", (4,)),
    Planned("c", "U8", (7,)),
    Planned("d", "F32", ()),
]
VALUES = {
    "a": np.arange(15, dtype=np.float32).reshape(3, 5),
    "b.weight": np.array([1, -2, 3, -4]),
    "c": np.arange(7, dtype=np.uint8),
    "d": np.float32([2.5]).reshape(()),
}  # fmt: skip


def write(folder: Path, shard_bytes: int, piece: int = 10, **options: object) -> list[float]:
    seen: list[float] = []

    def content(tensor: Planned) -> list[memoryview]:
        raw = memoryview(VALUES[tensor.name].tobytes())
        return [raw[begin : begin + piece] for begin in range(0, len(raw), piece)]

    write_shards(
        folder, TENSORS, content, shard_bytes=shard_bytes, progress=seen.append, cancelled=lambda: False, **options
    )
    return seen


@pytest.mark.parametrize(("shard_bytes", "files"), [(1000, 1), (95, 2), (1, 4)])
def test_the_library_reads_back_what_was_written(tmp_path: Path, shard_bytes: int, files: int) -> None:
    seen = write(tmp_path, shard_bytes)
    found = sorted(tmp_path.glob("*.safetensors"))
    assert len(found) == files
    read = {name: value for file in found for name, value in load_file(file).items()}
    assert read.keys() == VALUES.keys()
    for name, value in VALUES.items():
        assert read[name].dtype == value.dtype
        np.testing.assert_array_equal(read[name], value)
    assert seen == sorted(seen)
    assert seen[-1] == 1.0


def test_our_own_reader_finds_every_tensor(tmp_path: Path) -> None:
    write(tmp_path, 95)
    entries = read_folder(tmp_path)
    assert [(name, entry.dtype, entry.shape) for name, entry in entries.items()] == [
        (tensor.name, tensor.dtype, tensor.shape) for tensor in TENSORS
    ]
    index = json.loads((tmp_path / INDEX).read_text("utf-8"))
    assert index["metadata"]["total_size"] == sum(value.nbytes for value in VALUES.values())


def test_cancel_is_heard_before_each_piece(tmp_path: Path) -> None:
    pieces = iter(range(100))
    with pytest.raises(Cancelled):
        write_shards(
            tmp_path, TENSORS, lambda tensor: [bytes(1) for _ in range(tensor.size_bytes)], shard_bytes=1000,
            progress=lambda fraction: None, cancelled=lambda: next(pieces) == 5,
        )  # fmt: skip
    assert next(pieces) == 6


def test_a_tensor_of_the_wrong_length_is_never_written_off_as_right(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="a has 5 bytes instead of 60"):
        write_shards(
            tmp_path, TENSORS, lambda tensor: [bytes(5)], shard_bytes=1000,
            progress=lambda fraction: None, cancelled=lambda: False,
        )  # fmt: skip
