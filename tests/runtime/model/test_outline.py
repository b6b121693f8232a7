from __future__ import annotations

from pathlib import Path

import torch

from model_runtime.model.config import TerraScopeConfig, read_config
from model_runtime.model.outline import outline
from model_runtime.model.terrascope import TerraScope


def _described(config: TerraScopeConfig) -> dict[str, tuple[tuple[int, ...], torch.dtype, str]]:
    model = TerraScope(config, None)
    tensors = [*model.named_parameters(), *model.named_buffers()]
    return {name: (tuple(tensor.shape), tensor.dtype, tensor.device.type) for name, tensor in tensors}


def test_an_outline_is_what_torch_makes_of_a_network_without_numbers(nano_folder: Path) -> None:
    config = read_config(nano_folder)
    with torch.device("meta"):
        expected = _described(config)
    with outline():
        found = _described(config)
    # Reckoned anew when a model is loaded, and in no file.
    ranges = {name for name, (_, _, device) in found.items() if device != "meta"}
    assert ranges == {name for name in expected if name.endswith("inv_freq")}
    assert [(name, *what[:2]) for name, what in found.items()] == [(name, *what[:2]) for name, what in expected.items()]


def test_numbers_are_made_again_after_it() -> None:
    with outline():
        assert torch.nn.Linear(2, 2).weight.device.type == "meta"
    assert torch.nn.Linear(2, 2).weight.abs().sum() > 0
    assert (0.5 * torch.ones(2)).tolist() == [0.5, 0.5]


def test_weights_are_put_together_by_shape() -> None:
    with outline():
        parts = [torch.empty(2, 3, dtype=torch.float16), torch.empty(4, 3, dtype=torch.float16)]
        stacked, beside = torch.cat(parts), torch.cat([part.T for part in parts], 1)
    assert (stacked.shape, stacked.dtype, stacked.device.type) == ((6, 3), torch.float16, "meta")
    assert beside.shape == (3, 6)
