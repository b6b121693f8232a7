"""Safetensors files written from beginning to end, header first: of any size, with little in memory at a time.

The format is eight bytes of header length, the header (JSON: name to type, shape and byte range), then the tensors one
after the other. Everything in the header is known before the first number is made.
"""

from __future__ import annotations

import json
import struct
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from math import prod
from pathlib import Path
from typing import TypeAlias

import numpy as np

from ..errors import Cancelled
from ..model.shards import DTYPE_BYTES, INDEX

Chunk: TypeAlias = bytes | memoryview | np.ndarray


@dataclass(frozen=True)
class Planned:
    """A tensor that will be written."""

    name: str
    dtype: str
    """as safetensors writes it: F32, BF16, ..."""
    shape: tuple[int, ...]

    @property
    def size_bytes(self) -> int:
        """Its length."""
        return prod(self.shape) * DTYPE_BYTES[self.dtype]


def write_shards(
    folder: Path,
    tensors: Sequence[Planned],
    content: Callable[[Planned], Iterable[Chunk]],
    *,
    shard_bytes: int,
    progress: Callable[[float], None],
    cancelled: Callable[[], bool],
) -> None:
    """Write tensors into one file, or, if they are too many for it, into several and their index.

    Args:
        folder: an existing folder.
        tensors: in the order in which they are to be written.
        content: the bytes of a tensor, in pieces.
        shard_bytes: length that a file should not exceed; a single larger tensor still has a file of its own.
        progress: told the fraction that has been written.
        cancelled: asked before each piece.

    Raises:
        Cancelled: `cancelled` said so; what was written is left behind.
    """
    shards = _split(tensors, shard_bytes)
    total, done = sum(tensor.size_bytes for tensor in tensors) or 1, 0
    index: dict[str, str] = {}
    for number, shard in enumerate(shards, 1):
        name = "model.safetensors" if len(shards) == 1 else f"model-{number:05}-of-{len(shards):05}.safetensors"
        index |= {tensor.name: name for tensor in shard}
        with (folder / name).open("wb") as stream:
            stream.write(_header(shard))
            for tensor in shard:
                begin = done
                for piece in content(tensor):
                    if cancelled():
                        raise Cancelled
                    stream.write(piece)
                    done += memoryview(piece).nbytes
                    progress(done / total)
                if done - begin != tensor.size_bytes:
                    raise ValueError(f"{tensor.name} has {done - begin} bytes instead of {tensor.size_bytes}")
    if len(shards) > 1:
        made = {"metadata": {"total_size": done}, "weight_map": index}
        (folder / INDEX).write_text(json.dumps(made, indent=1) + "\n", "utf-8")


def _split(tensors: Sequence[Planned], limit: int) -> list[list[Planned]]:
    shards: list[list[Planned]] = [[]]
    size = 0
    for tensor in tensors:
        if shards[-1] and size + tensor.size_bytes > limit:
            shards.append([])
            size = 0
        shards[-1].append(tensor)
        size += tensor.size_bytes
    return shards


def _header(shard: Sequence[Planned]) -> bytes:
    said: dict[str, object] = {"__metadata__": {"format": "pt"}}
    position = 0
    for tensor in shard:
        end = position + tensor.size_bytes
        said[tensor.name] = {"dtype": tensor.dtype, "shape": list(tensor.shape), "data_offsets": [position, end]}
        position = end
    text = json.dumps(said, separators=(",", ":")).encode()
    text += b" " * (-len(text) % 8)  # tensors begin at a multiple of eight, as the library has it
    return struct.pack("<Q", len(text)) + text
