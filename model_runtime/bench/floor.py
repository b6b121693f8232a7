"""The least possible time of each stage: what it computes and reads, over what the device was measured to do.

A stage can take no less than its arithmetic at the device's matrix rate, and no less than its weights and its cache at
the device's bandwidth. Both rates are measured in the same run as what is held against them, the best of some calls.
"""

from __future__ import annotations

import time
from collections import defaultdict
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass

import torch
from torch import nn
from torch.utils.flop_counter import FlopCounterMode, sdpa_flop_count

from ..model.quantize import weight_bytes
from ..protocol import Tier
from .bare_passes import Needed, run_passes
from .memory import settle

_LARGEST_COPY = 1 << 29
_MATRIX = {"cpu": 1024, "cuda": 8192, "mps": 4096}
"""rows of the square matrices that are multiplied"""
_ATTENTION = (
    torch.ops.aten._scaled_dot_product_flash_attention_for_cpu,
    torch.ops.aten._scaled_dot_product_flash_attention,
)
_LEAST_S, _FEWEST = 0.05, 3
"""how long, and how often at least, a rate is measured"""


@dataclass(frozen=True)
class Work:
    """What a stage takes at least."""

    flops: int
    """a multiplication and an addition are two"""
    bytes: int
    """that are read: weights at every pass, and keys and values"""

    def least_s(self, rates: Rates) -> float:
        """The least possible time."""
        return max(self.flops / rates.flops_per_s, self.bytes / rates.bytes_per_s)


@dataclass(frozen=True)
class Rates:
    """What a device does."""

    bytes_per_s: float
    """read and written, of a copy in its memory"""
    flops_per_s: float
    """of a product of two square matrices"""


@torch.inference_mode()
def measure_rates(device: torch.device, dtype: torch.dtype, copied_bytes: int) -> Rates:
    """Copy and multiply for a moment.

    Args:
        device: where.
        dtype: of the matrices.
        copied_bytes: as much as a token reads, so that what fits a cache is copied there; at most 512 MiB are.
    """
    source = torch.zeros(min(max(copied_bytes, 1 << 20), _LARGEST_COPY), dtype=torch.uint8, device=device)
    target = torch.empty_like(source)
    rows = _MATRIX[device.type]
    one, product = (
        torch.ones(rows, rows, dtype=dtype, device=device),
        torch.empty(rows, rows, dtype=dtype, device=device),
    )
    copy_s = _fastest(lambda: target.copy_(source), device)
    multiply_s = _fastest(lambda: torch.matmul(one, one, out=product), device)
    return Rates(2 * len(source) / copy_s, 2 * rows**3 / multiply_s)


def _fastest(work: Callable[[], object], device: torch.device) -> float:
    """Seconds of the fastest of some calls."""
    best, begin, calls = float("inf"), time.perf_counter(), 0
    while calls < _FEWEST or time.perf_counter() - begin < _LEAST_S:
        settle(device)
        start = time.perf_counter()
        work()
        settle(device)
        best = min(best, time.perf_counter() - start)
        calls += 1
    return best


def count_work(need: Needed, tier: Tier) -> dict[str, Work]:
    """What each stage of a question's bare passes computes and reads.

    Args:
        need: of the question.
        tier: how the decoder's weights are kept.
    """
    model, llm = need.model, need.model.config.llm_config
    flops: defaultdict[str, int] = defaultdict(int)
    calls: defaultdict[str, int] = defaultdict(int)

    @contextmanager
    def counted(name: str) -> Iterator[None]:
        with FlopCounterMode(display=False, custom_mapping=dict.fromkeys(_ATTENTION, _attention_flops)) as counter:
            yield
        flops[name] += counter.get_total_flops()
        calls[name] += 1

    run_passes(need, counted)
    body, head = token_bytes(model.language_model, tier)
    width = model.language_model.dtype.itemsize
    kept = 2 * llm.num_hidden_layers * llm.hidden_size // llm.num_attention_heads * llm.num_key_value_heads * width
    context, read = need.prompt_tokens, {"select_inject": 0, "token": 0}  # nosec B105
    regions = iter(need.said.tokens)
    for token in need.said.ids:
        if token == model.vocabulary.region_id:
            continue
        context += 1
        read["token"] += kept * context
        if token == model.vocabulary.seg_id:
            context += len(next(regions))
            read["select_inject"] += kept * context
    stem = [model.spectral_stem] if model.spectral_stem is not None else []
    weights = {
        "vit": _bytes(model.vision_model, model.mlp1),
        "sam2_encode": len(need.windows) * _bytes(model.sam2.vision_encoder) + _bytes(*stem),
        "prefill": body,
        "token": calls["token"] * (body + head) + read["token"],
        "mask_decode": calls["mask_decode"] * _bytes(model.sam2.mask_decoder),
        "select_inject": calls["select_inject"] * body + read["select_inject"],
    }
    return {name: Work(flops[name], weights[name]) for name in calls}


def _attention_flops(
    query: torch.Size,
    key: torch.Size,
    value: torch.Size,
    dropout: float = 0.0,
    is_causal: bool = False,
    *_: object,
    **__: object,
) -> int:
    """Of an attention (N, heads, L, d): torch's own count knows none on a CPU, and counts what causal kernels skip."""
    whole = sdpa_flop_count(query, key, value)
    return whole // 2 if is_causal else whole


def token_bytes(language_model: nn.Module, tier: Tier) -> tuple[int, int]:
    """Bytes of weights that one forward pass of the decoder reads, and those of its head."""
    layers = sum(
        weight_bytes(tier, module.out_features, module.in_features)
        for module in language_model.model.layers.modules()
        if isinstance(module, nn.Linear)
    )
    return layers, _bytes(language_model.lm_head)


def _bytes(*modules: nn.Module) -> int:
    return sum(parameter.nbytes for module in modules for parameter in module.parameters())
