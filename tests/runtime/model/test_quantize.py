"""The decoder in 8 and 4 bits: which layers, how exactly, in how many bytes, and that the model still speaks."""

from __future__ import annotations

import re
from pathlib import Path

import numpy as np
import pytest
import torch
from torch import nn

from model_runtime.model.checkpoint import load_model
from model_runtime.model.config import GroundingConfig
from model_runtime.model.profile import ReasoningProfile
from model_runtime.model.quantize import dtype_of, quantiser, weight_bytes
from model_runtime.model.reasoner import generate
from model_runtime.model.terrascope import TerraScope
from model_runtime.model.vision import ModelImage

PUBLISHED = ReasoningProfile.named("published", measured=False)


@pytest.fixture(scope="module")
def in_8_bits(goldens: Path, golden_grounding: GroundingConfig) -> TerraScope:
    return load_model(
        goldens / "checkpoint", dtype=dtype_of("int8"), on_linear=quantiser("int8"), grounding=golden_grounding
    )


def stored_bytes(weight: torch.Tensor) -> int:
    """What a weight takes, quantised or not."""
    if not hasattr(weight, "tensor_data_names"):
        return weight.nbytes
    names = [*weight.tensor_data_names, *getattr(weight, "optional_tensor_data_names", ())]
    return sum(part.nbytes for name in names if (part := getattr(weight, name)) is not None)


def test_the_seven_linears_of_each_decoder_layer_are_quantised_and_nothing_else(in_8_bits: TerraScope) -> None:
    small = {name for name, p in in_8_bits.named_parameters() if hasattr(p, "qdata")}
    layers = in_8_bits.config.llm_config.num_hidden_layers
    assert len(small) == 7 * layers
    assert all(re.fullmatch(r"language_model\.model\.layers\.\d+\.(self_attn|mlp)\.\w+_proj\.weight", n) for n in small)
    rest = [p for name, p in in_8_bits.named_parameters() if name not in small]
    assert {p.dtype for p in rest} == {torch.bfloat16}


def test_8_bits_are_half_of_16(in_8_bits: TerraScope) -> None:
    weights = [p for p in in_8_bits.parameters() if hasattr(p, "qdata")]
    assert {p.qdata.dtype for p in weights} == {torch.int8}
    assert [stored_bytes(p) for p in weights] == [weight_bytes("int8", *p.shape) for p in weights]
    # A scale and a zero point per row are 5 bytes, beside rows of 64 numbers in so small a model.
    assert sum(map(stored_bytes, weights)) < (0.5 + 5 / 128) * sum(2 * p.numel() for p in weights)


def test_no_number_moves_by_more_than_half_a_step(in_8_bits: TerraScope, golden_model: TerraScope) -> None:
    original = dict(golden_model.named_parameters())
    for name, weight in in_8_bits.named_parameters():
        if hasattr(weight, "qdata"):
            exact = original[name].bfloat16().float()
            moved = (weight.dequantize(torch.float32) - exact).abs() / weight.scale
            inside = (weight.qdata > -128) & (weight.qdata < 127)
            assert moved[inside].max() < 0.501
            # The step, a row's largest number / 127.5, is rounded to bfloat16 itself: that number may not be reached.
            assert moved.max() < 1.01
            assert weight.scale.flatten().tolist() == pytest.approx((exact.abs().amax(1) / 127.5).tolist(), rel=0.008)


def test_a_quantised_layer_is_close_to_the_original() -> None:
    """Rounding to steps is noise of a step / sqrt(12), and a step is a row's largest number / 127.5.

    Of 512 normal numbers the largest is about 3.2 deviations: 0.7 % of the output; bfloat16 itself adds 0.2 %.
    """
    torch.manual_seed(0)
    linear = nn.Linear(512, 256, dtype=torch.bfloat16).requires_grad_(False)
    x = torch.randn(8, 512, dtype=torch.bfloat16)
    nn.init.normal_(linear.weight)
    exact = nn.functional.linear(x.double(), linear.weight.double(), linear.bias.double())
    quantiser("int8")("language_model.model.layers.0.mlp.up_proj", linear)
    made = linear(x)
    assert made.dtype == torch.bfloat16
    assert 0.001 < ((made.double() - exact).norm() / exact.norm()) < 0.012


def test_8_bit_floats_are_close_too_and_take_what_is_reckoned_with() -> None:
    """e4m3 has three bits after the point: half a step is a sixteenth of a number at most, noise of about 2.3 %."""
    torch.manual_seed(0)
    linear = nn.Linear(512, 256, dtype=torch.bfloat16).requires_grad_(False)
    x = torch.randn(8, 512, dtype=torch.bfloat16)
    nn.init.normal_(linear.weight)
    exact = nn.functional.linear(x.double(), linear.weight.double(), linear.bias.double())
    original = linear.weight.float()
    quantiser("fp8")("language_model.model.layers.0.mlp.up_proj", linear)
    assert linear.weight.qdata.dtype == torch.float8_e4m3fn
    assert stored_bytes(linear.weight) == weight_bytes("fp8", 256, 512)
    moved = (linear.weight.dequantize().float() - original).abs()
    assert (moved <= original.abs() / 15 + linear.weight.scale.float() / 512).all()
    assert 0.005 < ((linear(x).double() - exact).norm() / exact.norm()) < 0.04


def test_the_model_says_the_same_in_8_bit_floats(goldens: Path, golden_grounding: GroundingConfig) -> None:
    model = load_model(
        goldens / "checkpoint", dtype=dtype_of("fp8"), on_linear=quantiser("fp8"), grounding=golden_grounding
    )
    case = np.load(goldens / "single_tiled.npz")
    events = list(generate(model, [ModelImage(case["image0_uint8"])], [str(case["user_text"])], PUBLISHED))
    assert events[-1].ids == case["generated_ids"].tolist()


def test_the_model_says_the_same_in_8_bits(in_8_bits: TerraScope, goldens: Path) -> None:
    """The golden words are chosen by margins of at least 1.5 logits, which survive rounding."""
    case = np.load(goldens / "single_tiled.npz")
    events = list(generate(in_8_bits, [ModelImage(case["image0_uint8"])], [str(case["user_text"])], PUBLISHED))
    assert events[-1].ids == case["generated_ids"].tolist()


def test_only_the_small_tiers_quantise() -> None:
    assert quantiser("fp32") is None
    assert quantiser("bf16") is None
    assert dtype_of("fp32") == torch.float32
    assert {dtype_of(tier) for tier in ("bf16", "int8", "fp8", "int4")} == {torch.bfloat16}


@pytest.mark.parametrize(("rows", "columns"), [(512, 3584), (3584, 3584), (3584, 18944), (18944, 3584)])
def test_4_bits_take_what_is_reckoned_with(monkeypatch: pytest.MonkeyPatch, rows: int, columns: int) -> None:
    """Shapes of the 8B on torch's meta device, which knows sizes without a GPU; the packing's own code runs."""
    monkeypatch.setattr(torch.cuda, "get_device_capability", lambda: (8, 0))
    linear = nn.Linear(columns, rows, bias=False, dtype=torch.bfloat16, device="meta").requires_grad_(False)
    quantiser("int4")("language_model.model.layers.27.mlp.down_proj", linear)
    assert type(linear.weight).__name__ == "Int4TilePackedTo4dTensor"
    assert stored_bytes(linear.weight) == weight_bytes("int4", rows, columns)
    assert weight_bytes("int4", rows, columns) < 0.31 * weight_bytes("bf16", rows, columns)


def test_layers_that_groups_of_128_do_not_divide_stay_as_they_are(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(torch.cuda, "get_device_capability", lambda: (8, 0))
    linear = nn.Linear(160, 64, bias=False, dtype=torch.bfloat16, device="meta").requires_grad_(False)
    quantiser("int4")("language_model.model.layers.0.mlp.up_proj", linear)
    assert type(linear.weight) is nn.Parameter
    assert stored_bytes(linear.weight) == weight_bytes("int4", 64, 160) == 2 * 64 * 160
