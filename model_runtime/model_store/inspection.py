"""`models inspect`: what a model folder is, from its headers, config and tokenizer alone. No torch, no weights read."""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from ..errors import ModelError
from ..model.config import read_config
from ..model.marks import MEASURE_MARKS
from ..model.shards import Entry
from ..model.vocabulary import CONTEXT_MARK, TERRASCOPE_MARKS, Vocabulary
from . import tiers
from .devices import Device, glance
from .manifest import Manifest, is_verified
from .shelf import entries_of

_SAM2 = "grounding_encoder.sam2_model."
# Table C of the paper sets the base model, InternVL-3, apart from what TerraScope adds to it. The first row that fits
# a published name is its row.
_ROWS = (
    ("base", "vision encoder", ("vision_model.",)),
    ("base", "projector", ("mlp1.",)),
    ("base", "language model", ("language_model.",)),
    ("added", "SAM-2 image encoder", (f"{_SAM2}image_encoder.", f"{_SAM2}no_mem_embed")),
    ("added", "SAM-2 prompt encoder", (f"{_SAM2}sam_prompt_encoder.",)),
    ("added", "SAM-2 mask decoder", (f"{_SAM2}sam_mask_decoder.",)),
    ("added", "[SEG] projection", ("text_hidden_fcs.",)),
    ("added", "spectral stem", ("spectral_stem.",)),
    ("idle", "SAM-2 memory modules, not loaded", (_SAM2,)),
    ("unknown", "not part of TerraScope", ("",)),
)
_MARKS = (CONTEXT_MARK, *TERRASCOPE_MARKS, "<|im_end|>", "<|endoftext|>", *MEASURE_MARKS)


@dataclass(frozen=True)
class Module:
    """A row of the table: one part of the network."""

    part: str
    """base, added, idle (in the files, never loaded), or unknown"""
    name: str
    tensors: int
    parameters: int
    bytes: int
    dtypes: dict[str, int]
    """numbers of each type"""


@dataclass(frozen=True)
class Inspection:
    """What is known of a folder without reading a weight."""

    folder: str
    name: str
    revision: str
    manifest: str
    """none, unchecked, or verified"""
    files: int
    bytes: int
    parameters: dict[str, int]
    """base, added, and loaded: both"""
    modules: list[Module]
    bands: list[str]
    tile_pixels: int
    tokens_per_tile: int
    most_tiles: int
    """of one image, the thumbnail included"""
    grounding_pixels: int
    grounding_view: str
    context_tokens: int
    vocabulary: int
    """rows of the embedding"""
    tokenizer: int
    """entries of the tokenizer"""
    marks: dict[str, int]
    device: str
    device_free_bytes: int
    memory_here: dict[str, int]
    """bytes by tier, on this machine's device"""
    memory_gpu: dict[str, int]
    """bytes by tier, on a GPU"""


def inspect(folder: Path, device: Device | None = None) -> Inspection:
    """Look at a folder.

    Args:
        folder: of a model.
        device: whose free memory is compared; None: this machine's best.

    Raises:
        ModelError: it is no model folder this runtime reads.
    """
    config = read_config(folder)
    vocabulary = Vocabulary.read(folder)
    entries = entries_of(folder, config)
    manifest = Manifest.read(folder)
    device = device or glance()
    modules = table(entries)
    counts = {part: sum(row.parameters for row in modules if row.part == part) for part in ("base", "added")}
    numbers = sum(entry.size for entry in entries.values())
    here, gpu = (tiers.needs(config, numbers, kind) for kind in (device.kind, "cuda"))
    most = config.tile_limits[1]
    return Inspection(
        folder=str(folder),
        name=config.name,
        revision=config.revision or (manifest.revision if manifest else ""),
        manifest=("verified" if is_verified(folder) else "unchecked") if manifest else "none",
        files=len({entry.file for entry in entries.values()}),
        bytes=sum(entry.end - entry.start for entry in entries.values()),
        parameters={**counts, "loaded": sum(counts.values())},
        modules=modules,
        bands=list(config.input_bands or ("red", "green", "blue")),
        tile_pixels=config.tile_size,
        tokens_per_tile=config.tile_tokens**2,
        most_tiles=most + (most > 1),
        grounding_pixels=config.grounding_config.image_size,
        grounding_view=config.grounding_config.view,
        context_tokens=config.llm_config.max_position_embeddings,
        vocabulary=config.llm_config.vocab_size,
        tokenizer=len(vocabulary),
        marks=_marks(vocabulary),
        device=device.name,
        device_free_bytes=device.free,
        memory_here={tier: here[tier] for tier in device.tiers},
        memory_gpu={tier: gpu[tier] for tier in tiers.TIERS if tier != "fp32"},
    )


def table(entries: Mapping[str, Entry]) -> list[Module]:
    """The parts of the network that a folder has tensors of, in the paper's order."""
    found: dict[tuple[str, str], list[Entry]] = {}
    for name, entry in entries.items():
        row = next(row[:2] for row in _ROWS if name.startswith(row[2]))
        found.setdefault(row, []).append(entry)
    return [_module(*row[:2], found[row[:2]]) for row in _ROWS if row[:2] in found]


def _module(part: str, name: str, entries: list[Entry]) -> Module:
    dtypes: dict[str, int] = {}
    for entry in entries:
        dtypes[entry.dtype] = dtypes.get(entry.dtype, 0) + entry.size
    size = sum(entry.end - entry.start for entry in entries)
    return Module(part, name, len(entries), sum(dtypes.values()), size, dtypes)


def _marks(vocabulary: Vocabulary) -> dict[str, int]:
    found = {}
    for mark in _MARKS:
        with suppress(ModelError):  # some models have no marks for measures, or for answers
            found[mark] = vocabulary.id_of(mark)
    return found


def describe(found: Inspection) -> str:
    """An inspection as people read it."""
    loaded = found.parameters["loaded"]
    lines = [f"{found.name}{f' (revision {found.revision})' if found.revision else ''}, {found.folder}", ""]
    lines.append(f"{'module':<36}{'parameters':>16}{'share':>9}{'GB':>9}  types")

    def row(name: str, parameters: int, share: str, size: int, types: str = "") -> None:
        lines.append(f"{name:<36}{parameters:>16,}{share:>9}{size / 1e9:>9.3f}  {types}".rstrip())

    for part, title in (
        ("base", "base model (InternVL-3)"),
        ("added", "added by TerraScope"),
        ("idle", ""),
        ("unknown", ""),
    ):
        rows = [module for module in found.modules if module.part == part]
        for module in rows:
            share = f"{module.parameters / loaded:.2%}" if title else ""
            row(("  " if title else "") + module.name, module.parameters, share, module.bytes, _types(module))
        if title and rows:
            count = found.parameters[part]
            row(title, count, f"{count / loaded:.2%}", sum(module.bytes for module in rows))
            if part == "added":
                row("loaded", loaded, "100%", sum(m.bytes for m in found.modules if m.part in ("base", "added")))
    files = f"{found.files} file{'s' * (found.files > 1)}, {found.bytes / 1e9:.3f} GB of weights"
    checked = {
        "none": "no manifest, so the bytes cannot be compared with anything",
        "unchecked": "a manifest that has not been compared since the files changed: `models verify` does it",
        "verified": "every byte compared with the manifest",
    }
    lines += ["", f"{files}; {checked[found.manifest]}."]
    tile, tokens = found.tile_pixels, found.tokens_per_tile
    lines += [
        f"Input: {', '.join(found.bands)}; tiles of {tile} x {tile} pixels with {tokens} tokens each, one image in up "
        f"to {found.most_tiles} tiles ({found.most_tiles * tokens} tokens), several in one tile each.",
        f"Masks: SAM-2 at {found.grounding_pixels} x {found.grounding_pixels} pixels, "
        + ("the whole image." if found.grounding_view == "whole" else "window by window."),
        f"Words: {found.vocabulary:,} rows, {found.tokenizer:,} entries in the tokenizer, "
        f"{found.context_tokens:,} tokens of context.",
        "Marks: " + ", ".join(f"{mark} {number}" for mark, number in found.marks.items()) + ".",
        f"Memory on this machine ({found.device}, {found.device_free_bytes / 1e9:.1f} GB free): "
        + _tiers(found.memory_here, found.device_free_bytes) + ".",
    ]  # fmt: skip
    if not found.device.startswith("cuda"):
        lines.append(f"Memory on an NVIDIA GPU: {_tiers(found.memory_gpu)}.")
    return "\n".join(lines)


def _types(module: Module) -> str:
    if len(module.dtypes) == 1:
        return next(iter(module.dtypes))
    return ", ".join(f"{dtype} {count:,}" for dtype, count in sorted(module.dtypes.items()))


def _tiers(memory: Mapping[str, int], free: int | None = None) -> str:
    return ", ".join(
        f"{tier} {size / 1e9:.1f} GB{' (too much)' if free is not None and size > free else ''}"
        for tier, size in memory.items()
    )
