"""How much memory a model takes in each tier, and the tier that is chosen from what is free. No torch here.

The estimate is for the most demanding question: an image cut into as many tiles as the config allows, three masks,
and a long answer. 1 GB is 10^9 bytes.

    weights      exact (`model/quantize.py`); the memory modules of published files, which are not loaded, are in it
                 (0.1 % of the 8B)
    cache        keys and values of the whole context: 57,344 bytes per token for the 8B (RUNTIME.md section 4)
    activations  the largest of what is alive at one moment: the prompt in a layer of the decoder, all tiles in a
                 layer of the vision tower, or the image in SAM-2's first stage. The factors below were fitted to the
                 storages alive in the 8B's layers at full size, recorded on fake tensors (prompt of 3,628 tokens
                 0.52 GB, 13 tiles 0.37 GB, SAM-2 0.23 GB)
    loading      instead of cache and activations, if it is more: one layer being quantised, counted the same way
    base         what torch itself takes; not measured here but what CUDA's context, its kernels, the libraries'
                 workspaces and rounding up in the allocator usually come to

Held against random weights of the 8B's size in int8 on a CPU: weights 9.83 GB, and a process of 10.8 GB at most while
it loaded and answered about an image of one tile; the estimate, for 13 tiles, is 11.0.
"""

from __future__ import annotations

from collections.abc import Mapping

from ..errors import ModelError
from ..model.config import TerraScopeConfig
from ..model.quantize import weight_bytes
from ..protocol import MemoryNeed, Tier
from .devices import Device

TIERS: tuple[Tier, ...] = ("fp32", "bf16", "int8", "fp8", "int4")
_BASE = {"cuda": 600_000_000, "mps": 600_000_000, "cpu": 300_000_000}
_QUESTION_TOKENS = 512
_ANSWER_TOKENS = 1024 + 3 * 128  # words, and the visual tokens of three masks (paper, appendix C)
# Alive while a layer is quantised, in bytes per number of it: what arrived, and what torchao makes on the way.
_QUANTISING = {"int8": 2 + 8, "fp8": 2 + 8, "int4": 2 + 11.5}


def needs(config: TerraScopeConfig, parameters: int, kind: str = "cuda") -> dict[Tier, int]:
    """Bytes that a model takes while it answers, by tier.

    Args:
        config: of the model.
        parameters: numbers in its weight files.
        kind: of device: cuda, mps or cpu.
    """
    largest = max(rows * columns for rows, columns in _decoder_layer(config))
    found = {}
    for tier in TIERS:
        answering = _width(tier) * (_cache(config) + _activations(config))
        loading = int(_QUANTISING.get(tier, 0) * largest)
        found[tier] = weights(tier, config, parameters) + max(answering, loading) + _BASE[kind]
    return found


def weights(tier: Tier, config: TerraScopeConfig, parameters: int) -> int:
    """Bytes of a model's weights alone."""
    layers, decoder = config.llm_config.num_hidden_layers, _decoder_layer(config)
    rest = max(0, parameters - layers * sum(rows * columns for rows, columns in decoder))
    return _width(tier) * rest + layers * sum(weight_bytes(tier, *shape) for shape in decoder)


def _width(tier: Tier) -> int:
    """Bytes of a number that is not quantised."""
    return 4 if tier == "fp32" else 2


def on(device: Device, config: TerraScopeConfig, parameters: int) -> list[MemoryNeed]:
    """What a model needs in each tier that a device would choose from, best first."""
    need = needs(config, parameters, device.kind)
    return [MemoryNeed(tier=tier, bytes=need[tier], fits=need[tier] <= device.free) for tier in device.tiers]


def choose(device: Device, need: Mapping[Tier, int], wanted: str = "auto") -> Tier:
    """The wanted tier, or for 'auto' the best that fits into what is free.

    Args:
        device: as it is now, without a model.
        need: from `needs`.
        wanted: 'auto' or a tier.

    Raises:
        ModelError: the device cannot hold a model in that tier, or has not enough memory free.
    """
    possible = dict.fromkeys(("fp32", *device.tiers, *device.wished))
    if wanted != "auto" and wanted not in possible:
        raise ModelError(f"{device.name} cannot run a model in {wanted}; choose {' or '.join(possible)}.")
    tried = device.tiers if wanted == "auto" else (wanted,)
    if chosen := next((tier for tier in tried if need[tier] <= device.free), None):
        return chosen
    fitting = [tier for tier in device.tiers if need[tier] <= device.free]
    smallest = min(tried, key=need.__getitem__)
    way_out = f"choose {' or '.join(fitting)}" if fitting else "close other programs, or use a smaller model"
    raise ModelError(
        f"The model needs about {need[smallest] / 1e9:.1f} GB in {smallest}, but {device.name} has only "
        f"{device.free / 1e9:.1f} GB of memory free; {way_out}."
    )


def lower(device: Device, tier: Tier, need: Mapping[Tier, int]) -> Tier | None:
    """The best tier of a device that takes less than this one; None: there is none."""
    return next((other for other in device.tiers if need[other] < need[tier]), None)


def _decoder_layer(config: TerraScopeConfig) -> list[tuple[int, int]]:
    """(rows, columns) of the seven linear layers of one decoder layer."""
    llm = config.llm_config
    hidden, inner = llm.hidden_size, llm.intermediate_size
    keys = hidden // llm.num_attention_heads * llm.num_key_value_heads
    return [(hidden, hidden), (keys, hidden), (keys, hidden), (hidden, hidden),
            (inner, hidden), (inner, hidden), (hidden, inner)]  # fmt: skip


def _tiles(config: TerraScopeConfig) -> int:
    return config.max_dynamic_patch + (config.max_dynamic_patch > 1)


def _prompt_tokens(config: TerraScopeConfig) -> int:
    return _tiles(config) * config.tile_tokens**2 + _QUESTION_TOKENS


def _cache(config: TerraScopeConfig) -> int:
    """Numbers in the keys and values of a whole context."""
    llm = config.llm_config
    per_token = 2 * llm.num_hidden_layers * llm.hidden_size // llm.num_attention_heads * llm.num_key_value_heads
    return (_prompt_tokens(config) + _ANSWER_TOKENS) * per_token


def _activations(config: TerraScopeConfig) -> int:
    """Numbers alive in the layer that holds most."""
    llm, vision, sam2 = config.llm_config, config.vision_config, config.grounding_config
    decoder = _prompt_tokens(config) * (3 * llm.intermediate_size + 4 * llm.hidden_size)
    patches = _tiles(config) * (4 * config.tile_tokens**2 + 1)
    tower = patches * (2 * vision.intermediate_size + 6 * vision.hidden_size)
    windows = 1 if sam2.view == "whole" else 8  # done at a time (`model/grounding.py`)
    first_stage = windows * (sam2.image_size // 4) ** 2 * 13 * sam2.embed_dim
    return max(decoder, tower, first_stage)
