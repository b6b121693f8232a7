"""`models verify`: everything about a model folder that can be known without running it, to the last byte."""

from __future__ import annotations

from collections.abc import Mapping
from itertools import groupby
from pathlib import Path

import numpy as np

from ..errors import Cancelled, ModelError
from ..model.shards import INDEX, Entry
from ..model.vocabulary import Vocabulary
from .inspection import table
from .manifest import Manifest
from .reporting import Report
from .sam2_sizes import config_of
from .shelf import entries_of

# Bits of the exponent: all of them set is NaN or infinite.
_EXPONENTS = {
    "F64": ("<u8", 0x7FF0000000000000),
    "F32": ("<u4", 0x7F800000),
    "F16": ("<u2", 0x7C00),
    "BF16": ("<u2", 0x7F80),
}
_CHUNK = 4 << 20
# Besides weights, what is read when the model is loaded.
_READ_TOO = (
    "config.json",
    INDEX,
    "tokenizer.json",
    "tokenizer_config.json",
    "vocab.json",
    "merges.txt",
    "added_tokens.json",
)


def verify(folder: Path, report: Report) -> None:
    """Check a folder and say of each step what it was; a folder with a manifest is stamped as verified.

    Args:
        folder: of a model.
        report: told what was found, and asked whether to go on.

    Raises:
        ModelError: the first thing that is wrong.
        Cancelled: the user said so.
    """
    config, sizes = config_of(folder)
    report.say("config.json describes a TerraScope model that this runtime runs.")
    if sizes:
        report.say(f"It leaves the size of SAM-2 implied; {sizes} says it.")
    vocabulary = Vocabulary.read(folder)
    if len(vocabulary) > config.llm_config.vocab_size:
        raise ModelError(f"{folder}: the tokenizer has more entries than the model; the files do not belong together.")
    report.say(f"The tokenizer has {len(vocabulary):,} entries, among them every mark the reasoning needs.")
    entries = entries_of(folder, config)
    from ..model.checkpoint import check_tensors  # only now: torch takes seconds to import, and headers refuse at once

    check_tensors(entries, config)
    idle = sum(module.tensors for module in table(entries) if module.part == "idle")
    report.say(
        f"The headers of {len(entries):,} tensors have the names and shapes that the config asks for"
        + (f"; {idle} of them belong to memory modules that are never loaded." if idle else ".")
    )
    manifest = Manifest.read(folder)
    if manifest:
        _check_complete(manifest, folder, entries)
        manifest.check(folder, report.progress("Comparing every byte"), report.cancelled)
        report.say(f"Every byte is what {manifest.repository} published at revision {manifest.revision}.")
    else:
        report.note("There is no manifest, so there was nothing to compare the bytes with.")
    _check_finite(entries, report)
    report.say(f"All {sum(entry.size for entry in entries.values()):,} numbers are finite.")


def _check_complete(manifest: Manifest, folder: Path, entries: Mapping[str, Entry]) -> None:
    """What is read when the model is loaded must be in the manifest, or its bytes would be compared with nothing."""
    used = {entry.file.name for entry in entries.values()} | {name for name in _READ_TOO if (folder / name).is_file()}
    if unknown := used - manifest.files.keys():
        raise ModelError(
            f"{folder / min(unknown)} is not one of the files that were published; remove it, or fetch the model again."
        )


def _check_finite(entries: Mapping[str, Entry], report: Report) -> None:
    """Read every number, a few megabytes at a time."""
    tell = report.progress("Looking at every number")
    in_order = sorted(entries.items(), key=lambda item: (item[1].file.name, item[1].start))
    total, done = sum(entry.end - entry.start for entry in entries.values()) or 1, 0
    buffer = bytearray(_CHUNK)
    for file, tensors in groupby(in_order, key=lambda item: item[1].file):
        try:
            with file.open("rb", buffering=0) as stream:
                for name, entry in tensors:
                    kind, exponent = _EXPONENTS[entry.dtype]
                    stream.seek(entry.start)
                    for begin in range(entry.start, entry.end, _CHUNK):
                        if report.cancelled():
                            raise Cancelled
                        piece = memoryview(buffer)[: min(_CHUNK, entry.end - begin)]
                        if stream.readinto(piece) != len(piece):
                            raise ModelError(f"{file} became shorter while it was read; fetch the model again.")
                        numbers = np.frombuffer(piece, kind)
                        if ((numbers & exponent) == exponent).any():
                            raise ModelError(
                                f"{file}: the tensor {name} has a number that is not finite; fetch it again."
                            )
                        done += len(piece)
                        tell(done / total)
        except OSError as error:
            raise ModelError(f"{file} cannot be read ({error.strerror}).") from None
