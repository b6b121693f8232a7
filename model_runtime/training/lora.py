"""Low-rank adapters on the language model (peft), and its weights with them merged, as published files have them."""

from __future__ import annotations

import torch
from torch import Tensor, nn

from ..model.terrascope import TerraScope

_LINEARS = ("q_proj", "k_proj", "v_proj", "o_proj", "gate_proj", "up_proj", "down_proj")
# SPEC 7.3: rank 128, alpha 256, dropout 0.05, on all of the language model's linear layers.
_ALPHA_PER_RANK, _DROPOUT = 2, 0.05


def add_adapters(model: TerraScope, rank: int) -> None:
    """Put adapters on every linear layer of the language model's blocks; they begin at nothing and alone learn there.

    Args:
        model: its language model is changed in place.
        rank: of the adapters.
    """
    from peft import LoraConfig, inject_adapter_in_model

    config = LoraConfig(r=rank, lora_alpha=_ALPHA_PER_RANK * rank, lora_dropout=_DROPOUT, target_modules=list(_LINEARS))
    inject_adapter_in_model(config, model.language_model)


def merged_state(model: nn.Module) -> dict[str, Tensor]:
    """All tensors under the names they have without adapters, each adapter added to its layer's weight.

    The model itself is not touched, so that it goes on learning from the same numbers.
    """
    state = model.state_dict()
    merged: dict[str, Tensor] = {}
    for name, value in state.items():
        if ".lora_" in name:
            continue
        owner, inside, leaf = name.partition(".base_layer.")
        if inside and leaf == "weight":
            with torch.no_grad():
                value = value.float() + model.get_submodule(owner).get_delta_weight("default").float()
        merged[f"{owner}.{leaf}" if inside else name] = value
    return merged
