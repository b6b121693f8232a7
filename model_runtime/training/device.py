"""Where a stage computes, and in which precision."""

from __future__ import annotations

import torch

from ..model_store.devices import pick_device


def training_device(wanted: str) -> torch.device:
    """'auto' is CUDA's GPU where there is one, else the processor.

    Raises:
        ModelError: the wanted device is not there.
    """
    name = pick_device(wanted)
    device = torch.device("cpu" if wanted == "auto" and not name.startswith("cuda") else name)
    if device.type == "cuda":
        # 10 bits of mantissa in the products, sums in float32; a processor always computes in float32.
        torch.set_float32_matmul_precision("high")
    return device


def brief(device: torch.device) -> torch.autocast:
    """Within, a GPU multiplies in bfloat16; a processor goes on in float32.

    What comes out may be of either type: make it float32 before it is mixed with anything or enters a loss.
    """
    return torch.autocast(device.type, torch.bfloat16, enabled=device.type == "cuda")
