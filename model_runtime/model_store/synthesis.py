"""`models synth`: a model of random numbers in the published layout, of any size.

It answers nonsense, but it loads, reasons and needs memory like the real one: for measuring, and for trying a machine
out before 16 GB are fetched.
"""

from __future__ import annotations

import hashlib
import json
import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cache
from math import prod
from pathlib import Path
from statistics import NormalDist
from typing import TYPE_CHECKING

import numpy as np

from ..errors import ModelError
from ..model.config import TerraScopeConfig
from ..model.published import MID, PUBLISHED_8B
from ..model.shards import read_folder
from ..model.vocabulary import TERRASCOPE_MARKS
from .drafts import new_folder
from .sam2_sizes import config_of
from .shard_writer import Planned, write_shards

if TYPE_CHECKING:
    from tokenizers import Tokenizer

SIZES = {"8b": PUBLISHED_8B, "mid": MID}
"""name -> config.json of a model that there need not be"""
_QUALITY = "Random numbers: nothing it says means anything."
_TOKENIZER_FILES = (
    "tokenizer.json", "tokenizer_config.json", "special_tokens_map.json", "added_tokens.json", "vocab.json",
    "merges.txt",
)  # fmt: skip
# What Qwen2.5 and then InternVL3 add to Qwen's 151,643 entries, in their order (SPEC 1): TerraScope's come after them.
_BASE_MARKS = (
    "<|endoftext|>", "<|im_start|>", "<|im_end|>", "<|object_ref_start|>", "<|object_ref_end|>", "<|box_start|>",
    "<|box_end|>", "<|quad_start|>", "<|quad_end|>", "<|vision_start|>", "<|vision_end|>", "<|vision_pad|>",
    "<|image_pad|>", "<|video_pad|>", "<tool_call>", "</tool_call>", "<|fim_prefix|>", "<|fim_middle|>",
    "<|fim_suffix|>", "<|fim_pad|>", "<|repo_name|>", "<|file_sep|>",
    "<img>", "</img>", "<IMG_CONTEXT>", "<quad>", "</quad>", "<ref>", "</ref>", "<box>", "</box>",
)  # fmt: skip
_SAM2 = "grounding_encoder.sam2_model."
_CHUNK = 1 << 20


@dataclass(frozen=True)
class Recipe:
    """What a folder of random numbers will hold."""

    config: dict
    tensors: tuple[Planned, ...]
    put_tokenizer: Callable[[Path], None]
    """writes the tokenizer's files into a folder."""

    def write(
        self, out: Path, seed: int, shard_bytes: int, progress: Callable[[float], None], cancelled: Callable[[], bool]
    ) -> None:
        """Make the folder.

        Args:
            out: where; not there yet, or empty.
            seed: the same gives the same bytes.
            shard_bytes: length that a file should not exceed.
            progress: told the fraction that has been written.
            cancelled: asked before every megabyte or so.

        Raises:
            OutputError: it cannot be written there.
            Cancelled: `cancelled` said so.
        """
        with new_folder(out, sum(tensor.size_bytes for tensor in self.tensors)) as draft:
            config = {**self.config, "quality": _QUALITY}
            (draft / "config.json").write_text(json.dumps(config, indent=1) + "\n", "utf-8")
            self.put_tokenizer(draft)
            write_shards(
                draft,
                self.tensors,
                lambda tensor: _numbers(tensor, seed),
                shard_bytes=shard_bytes,
                progress=progress,
                cancelled=cancelled,
            )


def recipe_like(folder: Path, dtype: str | None) -> Recipe:
    """A model of a folder's names, shapes, config and tokenizer.

    Args:
        folder: a model folder.
        dtype: of all tensors, as safetensors writes it; None: as they are there.

    Raises:
        ModelError: it is no model folder this runtime reads.
    """
    read, sizes = config_of(folder)
    tensors = []
    for name, entry in read_folder(folder).items():
        if entry.dtype not in _TO_BITS:
            raise ModelError(f"{folder}: the tensor {name} holds {entry.dtype} numbers, which no published model does.")
        tensors.append(Planned(name, dtype or entry.dtype, entry.shape))

    def copy_tokenizer(out: Path) -> None:
        for name in _TOKENIZER_FILES:
            if (folder / name).is_file():
                shutil.copyfile(folder / name, out / name)

    config = json.loads((folder / "config.json").read_text("utf-8"))
    if sizes:
        config["grounding_config"] = read.grounding_config.model_dump(mode="json")
    return Recipe(config, tuple(tensors), copy_tokenizer)


def recipe_8b(dtype: str, config: dict = PUBLISHED_8B) -> Recipe:
    """The published model, or one of its kind with another config.

    Args:
        dtype: of all tensors, as safetensors writes it.
        config: its config.json.
    """
    from ..model.checkpoint import expected_tensors

    read = TerraScopeConfig.model_validate(config)
    shapes = expected_tensors(read) | _memory_tensors(read.grounding_config.d_model)
    tensors = tuple(Planned(name, dtype, shape) for name, shape in shapes.items())
    entries = read.llm_config.vocab_size
    return Recipe(config, tensors, lambda out: _tokenizer(entries).save(str(out / "tokenizer.json")))


def _memory_tensors(d: int) -> dict[str, tuple[int, ...]]:
    """SAM-2's memory modules, which published files hold and no mask needs (SPEC 2.4).

    Args:
        d: SAM-2's d_model.
    """
    memory = 64
    shapes: dict[str, tuple[int, ...]] = {
        "maskmem_tpos_enc": (7, 1, 1, memory),
        "no_mem_pos_enc": (1, 1, d),
        "no_obj_ptr": (1, d),
    }

    def layer(name: str, *weight: int) -> None:
        shapes[f"{name}.weight"] = weight
        shapes[f"{name}.bias"] = weight[:1]

    layer("mask_downsample", 1, 1, 4, 4)
    for i in range(4):
        within = f"memory_attention.layers.{i}"
        for attention, width in (("self_attn", d), ("cross_attn_image", memory)):
            layer(f"{within}.{attention}.q_proj", d, d)
            layer(f"{within}.{attention}.k_proj", d, width)
            layer(f"{within}.{attention}.v_proj", d, width)
            layer(f"{within}.{attention}.out_proj", d, d)
        layer(f"{within}.linear1", 2048, d)
        layer(f"{within}.linear2", d, 2048)
        for norm in ("norm1", "norm2", "norm3"):
            layer(f"{within}.{norm}", d)
    layer("memory_attention.norm", d)
    for i, (fewer, more) in enumerate(((1, 4), (4, 16), (16, 64), (64, 256))):
        layer(f"memory_encoder.mask_downsampler.encoder.{3 * i}", more, fewer, 3, 3)
        layer(f"memory_encoder.mask_downsampler.encoder.{3 * i + 1}", more)
    layer("memory_encoder.mask_downsampler.encoder.12", d, 256, 1, 1)
    layer("memory_encoder.pix_feat_proj", d, d, 1, 1)
    for i in range(2):
        within = f"memory_encoder.fuser.layers.{i}"
        shapes[f"{within}.g_weight"] = (d,)
        layer(f"{within}.dwconv", d, 1, 7, 7)
        layer(f"{within}.norm", d)
        layer(f"{within}.pwconv1", 4 * d, d)
        layer(f"{within}.pwconv2", d, 4 * d)
    layer("memory_encoder.out_proj", memory, d, 1, 1)
    for i in range(3):
        layer(f"obj_ptr_proj.layers.{i}", d, d)
    return {f"{_SAM2}{name}": shape for name, shape in shapes.items()}


def _tokenizer(entries: int) -> Tokenizer:
    """A byte-level tokenizer of that many entries whose marks stand where the published one has them: at the end."""
    from tokenizers import AddedToken, Tokenizer, decoders, models, pre_tokenizers

    marks = (*_BASE_MARKS, *TERRASCOPE_MARKS)
    words = sorted(pre_tokenizers.ByteLevel.alphabet())
    # No text becomes one of these words; the model may say them, as it may say any entry of the real vocabulary.
    words += [f"\u0120w{i}" for i in range(entries - len(words) - len(marks))]
    tokenizer = Tokenizer(models.BPE(vocab={word: i for i, word in enumerate(words)}, merges=[]))
    tokenizer.pre_tokenizer = pre_tokenizers.ByteLevel(add_prefix_space=False)
    tokenizer.decoder = decoders.ByteLevel()
    tokenizer.add_special_tokens([AddedToken(mark, special=True, normalized=False) for mark in marks])
    return tokenizer


def _numbers(tensor: Planned, seed: int) -> Iterator[np.ndarray]:
    """A tensor's first values, piece by piece: a constant, or random around 0 with the deviation that suits it."""
    fixed = _constant(tensor)
    if fixed is not None:
        for count in _pieces(prod(tensor.shape)):
            yield np.full(count, _TO_BITS[tensor.dtype](np.float32([fixed]))[0])
        return
    # Positions are projected onto random waves: SAM-2's own deviation there is 1.
    spread = 1.0 if tensor.name.endswith("positional_encoding_gaussian_matrix") else 0.02
    table = _TO_BITS[tensor.dtype](_normal_quantiles() * np.float32(spread))
    name = np.frombuffer(hashlib.sha256(tensor.name.encode()).digest(), "<u4").tolist()
    bits = np.random.PCG64(np.random.SeedSequence([seed, *name]))
    for count in _pieces(prod(tensor.shape)):
        yield table[bits.random_raw(-(-count // 4)).astype("<u8").view("<u2")[:count]]


def _constant(tensor: Planned) -> float | None:
    """Norms 1, biases 0, layer scales 0.1, so that activations stay finite through any number of layers."""
    if tensor.name.endswith(".bias"):
        return 0.0
    if len(tensor.shape) != 1:
        return None
    return 0.1 if tensor.name.endswith((".ls1", ".ls2")) else 1.0


def _pieces(count: int) -> Iterator[int]:
    for begin in range(0, count, _CHUNK):
        yield min(_CHUNK, count - begin)


@cache
def _normal_quantiles() -> np.ndarray:
    """65,536 equally likely values of a standard normal: looking them up is many times faster than drawing them."""
    normal = NormalDist()
    return np.float32([normal.inv_cdf((i + 0.5) / 65536) for i in range(65536)])


def _bfloat16(values: np.ndarray) -> np.ndarray:
    """float32 rounded to the nearest bfloat16, as its 16 bits."""
    bits = values.view("<u4")
    return ((bits + 0x7FFF + ((bits >> 16) & 1)) >> 16).astype("<u2")


_TO_BITS: dict[str, Callable[[np.ndarray], np.ndarray]] = {
    "BF16": _bfloat16,
    "F16": lambda values: values.astype("<f2"),
    "F32": lambda values: values.astype("<f4"),
    "F64": lambda values: values.astype("<f8"),
}
