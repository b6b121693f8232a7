"""What a model folder ought to hold, byte for byte, and the stamp that says it has been looked at. No torch here.

A manifest lies in the folder it describes. Hashing 16 GB takes a minute or more, so a check that succeeds leaves a
stamp with the size and time of every file; while those stay the same the files are not hashed again.
"""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from ..errors import Cancelled, ModelError

MANIFEST = "terrascope-manifest.json"
STAMP = ".terrascope-verified.json"
_LARGEST = 4_000_000
_CHUNK = 4 << 20

# A plain file name: no folders, no drive, nothing hidden, so that it cannot lead out of the folder.
FileName = Annotated[str, Field(pattern=r"^[A-Za-z0-9_][A-Za-z0-9._-]{0,199}$")]


class FileFacts(BaseModel):
    """One file's length and content."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    size: Annotated[int, Field(ge=0, lt=2**48)]
    sha256: Annotated[str, Field(pattern="^[0-9a-f]{64}$")]


class Manifest(BaseModel):
    """Every file of a fetched model, and the commit it came from."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    repository: str
    revision: Annotated[str, Field(pattern="^[0-9a-f]{40}$")]
    files: Annotated[dict[FileName, FileFacts], Field(min_length=1, max_length=1000)]

    @classmethod
    def read(cls, folder: Path) -> Manifest | None:
        """The folder's manifest; None when it has none.

        Raises:
            ModelError: it is damaged, or names something that is not a file of the folder.
        """
        path = folder / MANIFEST
        try:
            with path.open("rb") as stream:
                raw = stream.read(_LARGEST + 1)
        except FileNotFoundError:
            return None
        except OSError as error:
            raise ModelError(f"{path} cannot be read ({error.strerror}).") from None
        try:
            if len(raw) > _LARGEST:
                raise ValueError
            return cls.model_validate(json.loads(raw))
        except ValidationError as error:
            where = ".".join(str(part)[:80] for part in error.errors()[0]["loc"]) or "the whole"
            raise ModelError(f"{path} is damaged ({where} is wrong); fetch the model again.") from None
        except (ValueError, RecursionError):
            raise ModelError(f"{path} is damaged (no readable JSON); fetch the model again.") from None

    def write(self, folder: Path) -> None:
        """Write it into the folder, whole or not at all."""
        _write(folder / MANIFEST, self.model_dump_json(indent=1) + "\n")

    def check(self, folder: Path, progress: Callable[[float], None], cancelled: Callable[[], bool]) -> None:
        """Compare every file with its length, then with its sha256, and leave the stamp.

        Args:
            folder: what to look at.
            progress: told the share of bytes that has been read.
            cancelled: asked before every few megabytes.

        Raises:
            ModelError: a file is missing or is not what it should be; the sentence names the first.
            Cancelled: `cancelled` said so.
        """
        with suppress(OSError):
            (folder / STAMP).unlink(missing_ok=True)
        for name, facts in self.files.items():
            size = _facts(folder / name)
            if size is None:
                raise ModelError(f"{folder / name} is missing; fetch the model again.")
            if size[0] != facts.size:
                raise ModelError(f"{folder / name} has {size[0]} bytes instead of {facts.size}; fetch the model again.")
        whole, done = sum(facts.size for facts in self.files.values()) or 1, 0
        seen: dict[str, tuple[int, int] | None] = {}

        def step(count: int) -> None:
            nonlocal done
            if cancelled():
                raise Cancelled
            done += count
            progress(min(1.0, done / whole))

        for name, facts in self.files.items():
            seen[name] = _facts(folder / name)  # before it is read: a change meanwhile must not pass for checked
            if sha256_of(folder / name, step) != facts.sha256:
                raise ModelError(f"{folder / name} is not the file that was published; fetch the model again.")
        # A folder that cannot be written to is checked every time.
        with suppress(OSError):
            _write(folder / STAMP, json.dumps({"manifest": self._digest(), "files": seen}) + "\n")

    def _digest(self) -> str:
        return hashlib.sha256(self.model_dump_json().encode()).hexdigest()


def is_verified(folder: Path) -> bool:
    """Whether the folder has a manifest and its files are those that were checked against it; reads no weights."""
    try:
        manifest = Manifest.read(folder)
        stamp = json.loads((folder / STAMP).read_bytes()) if manifest else None
    except (OSError, ValueError, RecursionError, ModelError):
        return False
    if not isinstance(stamp, dict) or stamp.get("manifest") != manifest._digest():
        return False
    seen = stamp.get("files")
    return isinstance(seen, dict) and all(
        (now := _facts(folder / name)) is not None and seen.get(name) == list(now) for name in manifest.files
    )


def sha256_of(file: Path, step: Callable[[int], None]) -> str:
    """Hexadecimal sha256 of a file, read a few megabytes at a time; `step` is told of each, and may raise to stop.

    Raises:
        ModelError: the file cannot be read.
    """
    digest = hashlib.sha256()
    try:
        with file.open("rb", buffering=0) as stream:
            while chunk := stream.read(_CHUNK):
                digest.update(chunk)
                step(len(chunk))
    except OSError as error:
        raise ModelError(f"{file} cannot be read ({error.strerror}).") from None
    return digest.hexdigest()


def _facts(file: Path) -> tuple[int, int] | None:
    """Size and time of change, in nanoseconds; None when there is no such file."""
    try:
        found = file.stat()
    except OSError:
        return None
    return (found.st_size, found.st_mtime_ns) if file.is_file() else None


def _write(path: Path, text: str) -> None:
    part = path.with_name(f"{path.name}.{os.getpid()}.part")
    try:
        part.write_text(text, "utf-8", newline="\n")
        part.replace(path)
    finally:
        part.unlink(missing_ok=True)
