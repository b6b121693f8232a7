"""Safetensors files, looked at before anything of them is believed: every name, shape and byte range of a folder.

No torch here, and nothing is allocated but the header itself, whose size is checked against the file first.
"""

from __future__ import annotations

import json
import os
import struct
from dataclasses import dataclass
from math import prod
from pathlib import Path

from ..errors import ModelError

INDEX = "model.safetensors.index.json"
DTYPE_BYTES = {"F64": 8, "F32": 4, "F16": 2, "BF16": 2, "I64": 8, "I32": 4, "I16": 2, "I8": 1, "U8": 1, "BOOL": 1}
# The library's own limit; the 8B needs 0.2 MB.
_LARGEST_HEADER = 100_000_000
_LARGEST_INDEX = 20_000_000
_MOST_DIMENSIONS = 8
_NOT_SAFE = (".bin", ".pt", ".pth", ".pkl", ".ckpt")


@dataclass(frozen=True)
class Entry:
    """One tensor in a file."""

    file: Path
    dtype: str
    shape: tuple[int, ...]
    start: int
    """first byte, from the beginning of the file"""
    end: int

    @property
    def size(self) -> int:
        """Numbers in it."""
        return prod(self.shape)


def read_folder(folder: Path) -> dict[str, Entry]:
    """Every tensor of a model folder by name.

    Raises:
        ModelError: there are no safetensors weights, or they are cut off, lie about their sizes, hold a name twice,
            or do not hold what the index says.
    """
    files, index = _files(folder)
    entries: dict[str, Entry] = {}
    for file in files:
        for name, entry in read_header(file).items():
            if name in entries:
                raise ModelError(f"{folder} holds the tensor {name} twice; fetch the model again.")
            entries[name] = entry
    for name, file in index.items():
        if name not in entries or entries[name].file.name != file:
            raise ModelError(f"{folder / INDEX} says that {name} is in {file}, but it is not; fetch the model again.")
    return entries


def weight_files(folder: Path) -> list[Path]:
    """The folder's weight files, in name order.

    Raises:
        ModelError: there are none, one is missing, or the index is damaged or points elsewhere.
    """
    return _files(folder)[0]


def _files(folder: Path) -> tuple[list[Path], dict[str, str]]:
    index = folder / INDEX
    names: dict[str, str] = {}
    if index.is_file():
        names = _read_index(index)
        files = [folder / name for name in sorted(set(names.values()))]
    else:
        files = sorted(folder.glob("*.safetensors"))
    if not files:
        unsafe = sorted(path.name for path in folder.iterdir() if path.suffix.lower() in _NOT_SAFE)
        if unsafe:
            raise ModelError(
                f"{folder} has its weights in {unsafe[0]}, a format that can run code when it is read; get the model "
                "as .safetensors."
            )
        raise ModelError(f"{folder} has no .safetensors weights; fetch the model again.")
    missing = [file.name for file in files if not file.is_file()]
    if missing:
        raise ModelError(f"{folder} lacks {', '.join(missing)}; fetch the model again.")
    return files, names


def _read_index(index: Path) -> dict[str, str]:
    damaged = ModelError(f"{index} is damaged; fetch the model again.")
    try:
        if index.stat().st_size > _LARGEST_INDEX:
            raise damaged
        names = json.loads(index.read_text("utf-8"))["weight_map"]
    except (OSError, ValueError, KeyError, TypeError, RecursionError):
        raise damaged from None
    if not isinstance(names, dict) or not names or not all(isinstance(file, str) for file in names.values()):
        raise damaged
    for file in names.values():
        outside = "\0" in file or "/" in file or "\\" in file or os.path.basename(file) != file
        if outside or not file.endswith(".safetensors"):
            raise ModelError(f"{index} points outside its own folder; do not use this model.")
    return names


def read_header(file: Path) -> dict[str, Entry]:
    """What one file says it holds, checked against its own length.

    Raises:
        ModelError: it is no safetensors file, is cut off, or its header lies about sizes.
    """
    try:
        length = file.stat().st_size
        with file.open("rb") as stream:
            begin = stream.read(8)
            size = struct.unpack("<Q", begin)[0] if len(begin) == 8 else length
            if size > min(length - 8, _LARGEST_HEADER):
                raise _damaged(file, "it is cut off, or is no safetensors file")
            raw = stream.read(size)
    except OSError as error:
        raise _damaged(file, error.strerror or "it cannot be read") from None
    try:
        header = json.loads(raw, object_pairs_hook=_no_duplicates)
    except (ValueError, RecursionError):
        raise _damaged(file, "its header is not readable") from None
    if not isinstance(header, dict):
        raise _damaged(file, "its header is not readable")
    header.pop("__metadata__", None)
    entries = {name: _entry(file, name, said, 8 + size, length) for name, said in header.items()}
    # Byte ranges must follow one another without gaps: a tensor cannot be hidden or be shared.
    position = 8 + size
    for entry in sorted(entries.values(), key=lambda entry: (entry.start, entry.end)):
        if entry.start != position:
            raise _damaged(file, "its tensors overlap or leave gaps")
        position = entry.end
    if position != length:
        raise _damaged(file, f"it has {length} bytes where its header says {position}")
    return entries


def _entry(file: Path, name: str, said: object, begin: int, length: int) -> Entry:
    wrong = _damaged(file, f"its header lies about {name[:80]!r}")
    if not isinstance(said, dict):
        raise wrong
    dtype, shape, offsets = said.get("dtype"), said.get("shape"), said.get("data_offsets")
    if not isinstance(dtype, str) or dtype not in DTYPE_BYTES:
        raise wrong
    if not _are_sizes(shape) or not _are_sizes(offsets) or len(offsets) != 2 or len(shape) > _MOST_DIMENSIONS:
        raise wrong
    start, end = begin + offsets[0], begin + offsets[1]
    if end > length:
        raise _damaged(file, f"it ends before {name[:80]!r} does")
    if end - start != prod(shape) * DTYPE_BYTES[dtype]:
        raise wrong
    return Entry(file, dtype, tuple(shape), start, end)


def _are_sizes(values: object) -> bool:
    return isinstance(values, list) and all(type(value) is int and 0 <= value < 2**48 for value in values)


def _no_duplicates(pairs: list[tuple[str, object]]) -> dict[str, object]:
    found = dict(pairs)
    if len(found) != len(pairs):
        raise ValueError("a name stands twice")
    return found


def _damaged(file: Path, why: str) -> ModelError:
    return ModelError(f"{file} is damaged ({why}); fetch the model again.")
