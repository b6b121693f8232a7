"""The decoder's linear layers in 8 or 4 bits: weight-only, through torchao, one layer as soon as it has arrived.

Only q, k, v, o, gate, up and down of the decoder's layers are made smaller. Embeddings and head stay bfloat16, for
they decide over single words; so do the vision tower, the projector and SAM-2, whose masks suffer from rounding.

The arithmetic for the published 8B (sizes of RUNTIME.md section 4; 1 GB = 10^9 bytes), which the tests repeat:
6.525 of its 8.183 G parameters are such layers, and the other 1.657 G take 3.31 GB in bfloat16.
    bf16: 2 bytes each, 16.37 GB.
    int8: 1 byte, a float32 scale and an int8 zero point per row: 6.54 + 3.31 = 9.85 GB.
    fp8: 1 byte (e4m3) and a float32 scale per row: 6.53 + 3.31 = 9.85 GB too, with steps that are finer for small
        weights and coarser for large ones. For who wishes it, on GPUs that know such numbers.
    int4: half a byte, a bfloat16 scale and zero point per 128 numbers, rows padded to a multiple of 1,024
        (3,584 to 4,096, 18,944 to 19,456): 3.85 + 3.31 = 7.16 GB.
With 1.5 GB for a question and for CUDA (`model_store/tiers.py`) that is 17.8, 11.3 and 8.7 GB: under 19, 12 and 9.
The head in 4 bits would save another 0.76 GB, but it chooses the words, and packing it takes 7 GB for a moment.

Of torchao's packings of 4-bit weights, `tile_packed_to_4d` needs nothing but PyTorch's own CUDA kernels and a GPU of
compute capability 8.0; `plain` and `preshuffled` need the package mslk, `plain_int32` an XPU or NPU. None runs on a
CPU. Its 8-bit weights are ordinary tensors and run anywhere.

No torch is imported until a layer is quantised: lists of models need the arithmetic.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from ..protocol import Tier

if TYPE_CHECKING:
    from collections.abc import Callable

    import torch
    from torch import nn

_SMALLER = re.compile(r"language_model\.model\.layers\.\d+\.(self_attn\.[qkvo]_proj|mlp\.(gate|up|down)_proj)")
_GROUP = 128
_ROW, _TILE = 1024, 8  # what tinygemm's packing rounds columns and rows up to


def dtype_of(tier: Tier) -> torch.dtype:
    """The type of everything that is not quantised, and of the activations."""
    import torch

    return torch.float32 if tier == "fp32" else torch.bfloat16


def weight_bytes(tier: Tier, rows: int, columns: int) -> int:
    """What the weight of one decoder layer (rows, columns) takes in a tier."""
    if tier == "int8":
        return rows * columns + 5 * rows
    if tier == "fp8":
        return rows * columns + 4 * rows
    if tier == "int4" and columns % _GROUP == 0:
        padded = _round_up(columns, _ROW)
        return _round_up(rows, _TILE) * (padded // 2 + 4 * padded // _GROUP)
    return rows * columns * (4 if tier == "fp32" else 2)


def _round_up(number: int, step: int) -> int:
    return -(-number // step) * step


def quantiser(tier: Tier) -> Callable[[str, nn.Linear], None] | None:
    """What makes a decoder layer small in this tier, for `load_model(on_linear=)`; None where nothing is to be done.

    Layers that 4-bit groups do not divide (columns not a multiple of 128, which only small models have) stay as
    they are.
    """
    if tier not in ("int8", "fp8", "int4"):
        return None
    from torchao.quantization import Float8WeightOnlyConfig, Int4WeightOnlyConfig, Int8WeightOnlyConfig, quantize_

    if tier == "int8":
        how = Int8WeightOnlyConfig(set_inductor_config=False)
    elif tier == "fp8":
        how = Float8WeightOnlyConfig(set_inductor_config=False)
    else:
        how = Int4WeightOnlyConfig(
            group_size=_GROUP, int4_packing_format="tile_packed_to_4d", set_inductor_config=False
        )

    def on_linear(name: str, linear: nn.Linear) -> None:
        if _SMALLER.fullmatch(name):
            quantize_(linear, how)

    return on_linear
