"""Safetensors files, looked at before anything of them is believed: every name, shape and byte range of a folder.

No torch here. What is allocated follows from the bytes that are there and never from a size that a file declares: the
header is read when it fits into its file, and the tensors' bytes are left where they are.
"""

from __future__ import annotations

import json
import re
import struct
from dataclasses import dataclass
from math import prod
from pathlib import Path

from ..errors import ModelError
from .json_file import read_json

INDEX = "model.safetensors.index.json"
DTYPE_BYTES = {"F64": 8, "F32": 4, "F16": 2, "BF16": 2, "I64": 8, "I32": 4, "I16": 2, "I8": 1, "U8": 1, "BOOL": 1}
# Parsed JSON takes up to some fifty times its bytes. All 1589 names of the 8B make 0.2 MB.
_LARGEST_HEADER = 4_000_000
_LARGEST_INDEX = 4_000_000
_MOST_DIMENSIONS = 8
_NOT_SAFE = (".bin", ".pt", ".pth", ".pkl", ".ckpt")
# A plain file name: no folder, no drive, no stream, nothing hidden.
_WEIGHT_FILE = re.compile(r"[A-Za-z0-9_][A-Za-z0-9._-]{0,199}\.safetensors")


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
                raise ModelError(f"{folder} holds the tensor {_quoted(name)} twice; fetch the model again.")
            if index and index.get(name) != file.name:
                raise ModelError(
                    f"{file} holds the tensor {_quoted(name)}, which {INDEX} does not say; fetch the model again."
                )
            entries[name] = entry
    if missing := index.keys() - entries.keys():
        name = min(missing)
        raise ModelError(
            f"{folder / INDEX} says that {_quoted(name)} is in {index[name]}, but it is not; fetch the model again."
        )
    return entries


def _files(folder: Path) -> tuple[list[Path], dict[str, str]]:
    """The weight files in name order, and where the index, if there is one, says that each tensor is."""
    try:
        names = _read_index(folder / INDEX)
        files = [folder / name for name in sorted(set(names.values()))]
    except FileNotFoundError:
        names = {}
        files = sorted(folder.glob("*.safetensors"))
    if not files:
        raise _no_weights(folder)
    missing = [file.name for file in files if not file.is_file()]
    if missing:
        raise ModelError(f"{folder} lacks {', '.join(missing[:3])}; fetch the model again.")
    home = folder.resolve()
    homes = (home, home.parents[1] / "blobs") if home.parent.name == "snapshots" else (home,)
    for file in files:
        # The hub's own cache keeps the files of a snapshot in a folder of blobs, and links to them.
        if file.resolve().parent not in homes:
            raise ModelError(f"{file} is a link to a file outside its folder; put the file itself there.")
    return files, names


def _no_weights(folder: Path) -> ModelError:
    try:
        unsafe = sorted(path.name for path in folder.iterdir() if path.suffix.lower() in _NOT_SAFE)
    except OSError as error:
        return ModelError(f"{folder} cannot be read ({error.strerror}).")
    if unsafe:
        return _unsafe(folder, unsafe[0])
    return ModelError(f"{folder} has no .safetensors weights; fetch the model again.")


def _unsafe(folder: Path, name: str) -> ModelError:
    return ModelError(
        f"{folder} has its weights in {name}, a format that can run code when it is read; "
        "get the model as .safetensors."
    )


def _read_index(index: Path) -> dict[str, str]:
    said = read_json(index, _LARGEST_INDEX)
    names = said.get("weight_map") if isinstance(said, dict) else None
    if not isinstance(names, dict) or not names or not all(isinstance(file, str) for file in names.values()):
        raise ModelError(f"{index} is damaged; fetch the model again.")
    for file in names.values():
        if _WEIGHT_FILE.fullmatch(file):
            continue
        if file.lower().endswith(_NOT_SAFE):
            raise _unsafe(index.parent, _quoted(file))
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
        header = json.loads(raw.decode("utf-8"), object_pairs_hook=_no_duplicates, parse_constant=_no_constants)
    except (ValueError, RecursionError):
        header = None
    if not isinstance(header, dict) or not raw.startswith(b"{"):
        raise _damaged(file, "its header is not readable or names something twice")
    notes = header.pop("__metadata__", {})
    if not isinstance(notes, dict) or not all(isinstance(note, str) for note in notes.values()):
        raise _damaged(file, "its header's notes are not readable")
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
    wrong = _damaged(file, f"its header lies about {_quoted(name)}")
    if not isinstance(said, dict) or not name.isprintable():
        raise wrong
    dtype, shape, offsets = said.get("dtype"), said.get("shape"), said.get("data_offsets")
    if not isinstance(dtype, str) or not _are_sizes(shape) or not _are_sizes(offsets):
        raise wrong
    if dtype not in DTYPE_BYTES:
        raise ModelError(f"{file} holds {_quoted(name)} in a type of number that is not read here: {_quoted(dtype)}.")
    if len(offsets) != 2 or len(shape) > _MOST_DIMENSIONS:
        raise wrong
    start, end = begin + offsets[0], begin + offsets[1]
    if end > length:
        raise _damaged(file, f"it ends before {_quoted(name)} does")
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


def _no_constants(name: str) -> None:
    raise ValueError(f"{name} is no JSON")


def _quoted(name: str) -> str:
    """A name from a file, fit to be shown: short, and without control characters."""
    return ascii(name[:80])


def _damaged(file: Path, why: str) -> ModelError:
    return ModelError(f"{file} is damaged ({why}); fetch the model again.")
