"""`models convert`: Meta's SAM 2.0 and an InternVL3 folder into the starting point of stage 1 (SPEC 1, 2.4, 7.3).

Tensors keep their numbers and types. New are the rows of TerraScope's marks, each the mean of the old rows, so that at
first no mark is likelier or less likely than the average word; and `text_hidden_fcs`, as torch initialises it.
"""

from __future__ import annotations

import json
import math
import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

import torch
from tokenizers import AddedToken
from torch import Tensor

from ..errors import ModelError
from ..model.checkpoint import FLOATS, check_tensors
from ..model.config import GroundingConfig, TerraScopeConfig, validated
from ..model.json_file import read_json
from ..model.shards import Entry, read_folder
from ..model.vocabulary import TERRASCOPE_MARKS, read_tokenizer
from .drafts import new_folder
from .meta_sam2 import read_meta_sam2
from .shard_writer import Chunk, Planned, write_shards

_SAM2 = "grounding_encoder.sam2_model."
_TRUNK = f"{_SAM2}image_encoder.trunk."
_EMBEDDINGS = ("language_model.model.embed_tokens.weight", "language_model.lm_head.weight")
_NAMES = {dtype: name for name, dtype in FLOATS.items()}
_CHUNK = 4 << 20
_SHARD = 4_000_000_000
_LARGEST = 4_000_000
# SAM 2.0 as Meta published it: what the shapes of its tensors do not tell. Stages to heads, global blocks, windows.
_VARIANTS = {
    (96, (1, 2, 7, 2)): (1, (5, 7, 9), (8, 4, 14, 7)),
    (96, (1, 2, 11, 2)): (1, (7, 10, 13), (8, 4, 14, 7)),
    (112, (2, 3, 16, 3)): (2, (12, 16, 20), (8, 4, 14, 7)),
    (144, (2, 6, 36, 4)): (2, (23, 33, 43), (8, 4, 16, 8)),
}
# The three places that the release's own export rewrites (SPEC 1), and the name of the class whose config it is.
_PUBLISHED = {
    "model_type": "sa2va_chat",
    "architectures": ["Sa2VAChatModel"],
    "auto_map": {
        "AutoConfig": "configuration_sa2va_chat.Sa2VAChatConfig",
        "AutoModel": "modeling_sa2va_chat.Sa2VAChatModel",
        "AutoModelForCausalLM": "modeling_sa2va_chat.Sa2VAChatModel",
    },
    "template": "qwen_chat",
}


@dataclass(frozen=True)
class _Source:
    """A tensor of the new model, and where its bytes come from."""

    planned: Planned
    pieces: Callable[[], Iterator[Chunk]]


def convert(
    sam2: Path,
    internvl: Path,
    out: Path,
    *,
    seed: int,
    sizes: Path | None,
    progress: Callable[[float], None],
    cancelled: Callable[[], bool],
) -> None:
    """Make a model folder.

    Args:
        sam2: Meta's `sam2_hiera_*.pt`; nothing in it is executed.
        internvl: folder of an InternVL3 in its authors' layout (`internvl_chat`).
        out: where; not there yet, or empty.
        seed: of `text_hidden_fcs`.
        sizes: JSON with the sizes of a SAM-2 that is none of Meta's four.
        progress: told the fraction that has been written.
        cancelled: asked before every few megabytes.

    Raises:
        ModelError: an input is not what it should be, or they do not fit together; nothing has been written.
        OutputError: the folder cannot be written.
        Cancelled: `cancelled` said so.
    """
    config_path = internvl / "config.json"
    config = _internvl_config(config_path)
    tokenizer = read_tokenizer(internvl)
    known = 1 + max(tokenizer.get_vocab(with_added_tokens=True).values())
    tokenizer.add_special_tokens([AddedToken(mark, special=True, normalized=False) for mark in TERRASCOPE_MARKS])
    entries = 1 + max(tokenizer.get_vocab(with_added_tokens=True).values())
    state = read_meta_sam2(sam2)
    shapes = {name: tuple(tensor.shape) for name, tensor in state.items()}
    grounding = _given_sizes(sizes) if sizes else sam2_sizes(shapes, sam2.name)
    config |= _PUBLISHED | {"llm_config": {**config["llm_config"], "vocab_size": entries}}
    if grounding != GroundingConfig():
        config["grounding_config"] = grounding.model_dump(mode="json", exclude={"view", "spectral_stem"})
    read = validated(config, config_path)

    sources = [*_language_side(internvl, known, entries), *_sam2_side(state), *_projection(read, seed)]
    planned = {source.planned.name: source.planned for source in sources}
    made = {name: Entry(internvl, plan.dtype, plan.shape, 0, plan.size_bytes) for name, plan in planned.items()}
    check_tensors(made, read)
    pieces = {source.planned.name: source.pieces for source in sources}
    with new_folder(out, sum(plan.size_bytes for plan in planned.values())) as draft:
        (draft / "config.json").write_text(json.dumps(config, indent=1) + "\n", "utf-8")
        tokenizer.save(str(draft / "tokenizer.json"))
        write_shards(
            draft, list(planned.values()), lambda plan: pieces[plan.name](), shard_bytes=_SHARD,
            progress=progress, cancelled=cancelled,
        )  # fmt: skip


def _internvl_config(path: Path) -> dict:
    try:
        config = read_json(path, _LARGEST)
    except FileNotFoundError:
        raise ModelError(f"There is no InternVL3 in {path.parent}: config.json is missing.") from None
    kind = config.get("model_type") if isinstance(config, dict) else None
    if kind != "internvl_chat" or not isinstance(config.get("llm_config"), dict):
        raise ModelError(
            f"{path.parent} is not an InternVL3 in its authors' layout (model_type internvl_chat, not "
            f"{str(kind)[:40]!r}); folders whose names end in -hf have another one."
        )
    return config


def sam2_sizes(shapes: Mapping[str, tuple[int, ...]], file: str) -> GroundingConfig:
    """Which SAM 2.0 has tensors of these shapes.

    Args:
        shapes: by published names.
        file: named in refusals.

    Raises:
        ModelError: none of Meta's four has.
    """
    try:
        width = shapes[f"{_TRUNK}patch_embed.proj.weight"][0]
        blocks = {
            int(found[1]): shape[0]
            for name, shape in shapes.items()
            if (found := re.fullmatch(rf"{re.escape(_TRUNK)}blocks\.(\d+)\.attn\.proj\.weight", name))
        }
        stages = tuple(sum(size == width * 2**i for size in blocks.values()) for i in range(4))
        told = {
            "window_pos_embed_bkg_spatial_size": shapes[f"{_TRUNK}pos_embed"][2:],
            "d_model": shapes[f"{_SAM2}image_encoder.neck.convs.0.conv.weight"][0],
            "mlp_dim": shapes[f"{_SAM2}sam_mask_decoder.transformer.layers.0.mlp.layers.0.weight"][0],
            "iou_head_hidden_dim": shapes[f"{_SAM2}sam_mask_decoder.iou_prediction_head.layers.0.weight"][0],
        }
    except (KeyError, IndexError) as error:
        raise ModelError(f"{file} is not a whole SAM-2: it lacks {error}; fetch it again from Meta.") from None
    if (width, stages) not in _VARIANTS:
        raise ModelError(
            f"{file} is none of Meta's four SAM 2.0 sizes (embed_dim {width}, stages {list(stages)}); "
            "give its sizes with --sam2-sizes."
        )
    heads, far, windows = _VARIANTS[width, stages]
    return GroundingConfig.from_sizes(
        {"embed_dim": width, "stages": stages, "num_heads": heads, "global_att_blocks": far, "window_spec": windows}
        | told
    )


def _given_sizes(path: Path) -> GroundingConfig:
    try:
        return GroundingConfig.from_sizes(read_json(path, _LARGEST))
    except FileNotFoundError:
        raise ModelError(f"There is no file {path}.") from None


def _language_side(folder: Path, known: int, entries: int) -> Iterator[_Source]:
    """Everything of InternVL3, its two tables of words grown.

    Args:
        folder: InternVL3's.
        known: words its tokenizer has.
        entries: words the new tokenizer has.
    """
    found = read_folder(folder)
    for name, entry in found.items():
        if entry.dtype not in FLOATS:
            raise ModelError(f"{entry.file}: the tensor {name} holds {entry.dtype} numbers, not floating-point ones.")
        if name not in _EMBEDDINGS:
            yield _Source(Planned(name, entry.dtype, entry.shape), lambda entry=entry: _bytes(entry, entry.end))
            continue
        if len(entry.shape) != 2 or entry.shape[0] < known:
            raise ModelError(f"{entry.file}: {name} has {entry.shape} numbers, too few for the {known} words it has.")
        yield _Source(
            Planned(name, entry.dtype, (entries, entry.shape[1])),
            lambda entry=entry: _grown(entry, known, entries - known),
        )


def _bytes(entry: Entry, end: int) -> Iterator[bytes]:
    """A tensor's bytes up to a position in its file, a few megabytes at a time."""
    try:
        with entry.file.open("rb") as stream:
            stream.seek(entry.start)
            for begin in range(entry.start, end, _CHUNK):
                piece = stream.read(min(_CHUNK, end - begin))
                if len(piece) != min(_CHUNK, end - begin):
                    raise ModelError(f"{entry.file} became shorter while it was read.")
                yield piece
    except OSError as error:
        raise ModelError(f"{entry.file} cannot be read ({error.strerror}).") from None


def _grown(entry: Entry, known: int, new: int) -> Iterator[Chunk]:
    """A table's first `known` rows as they are, then `new` rows that are their mean."""
    width, dtype = entry.shape[1], FLOATS[entry.dtype]
    row_bytes = width * dtype.itemsize
    end = entry.start + known * row_bytes
    total, rest = torch.zeros(width, dtype=torch.float64), b""
    for piece in _bytes(entry, end):
        yield piece
        rest += piece
        whole = len(rest) // row_bytes * row_bytes
        if whole:
            total += torch.frombuffer(bytearray(rest[:whole]), dtype=dtype).view(-1, width).double().sum(0)
            rest = rest[whole:]
    mean = (total / known).to(dtype).repeat(new, 1)
    yield _raw(mean)


def _sam2_side(state: Mapping[str, Tensor]) -> Iterator[_Source]:
    """SAM-2 whole, the memory modules that no mask needs included, as published files have it (SPEC 2.4)."""
    for name, tensor in state.items():
        if tensor.dtype not in _NAMES:
            raise ModelError(f"SAM-2's tensor {name} holds {tensor.dtype} numbers; take Meta's own file.")
        plan = Planned(name, _NAMES[tensor.dtype], tuple(tensor.shape))
        yield _Source(plan, lambda tensor=tensor: iter([_raw(tensor)]))


def _projection(config: TerraScopeConfig, seed: int) -> Iterator[_Source]:
    """`text_hidden_fcs` as torch makes linear layers: uniform within one over the root of their inputs."""
    hidden = config.llm_config.hidden_size
    generator = torch.Generator().manual_seed(seed)
    for layer, width in (("0", hidden), ("2", config.grounding_config.d_model)):
        bound = 1 / math.sqrt(hidden)
        for leaf, shape in (("weight", (width, hidden)), ("bias", (width,))):
            made = torch.empty(shape).uniform_(-bound, bound, generator=generator)
            yield _Source(
                Planned(f"text_hidden_fcs.{layer}.{leaf}", "F32", shape), lambda made=made: iter([_raw(made)])
            )


def _raw(tensor: Tensor) -> memoryview:
    return memoryview(tensor.detach().contiguous().reshape(-1).view(torch.uint8).numpy())
