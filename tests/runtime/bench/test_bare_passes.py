"""The bare passes give the networks what the runtime gives them, each once; the floor counts just that."""

from __future__ import annotations

from contextlib import AbstractContextManager, nullcontext
from math import prod

import pytest
import torch
from torch import nn

from model_runtime.bench.bare_passes import Needed, needed, run_passes
from model_runtime.bench.dictation import dictated, dictating
from model_runtime.bench.floor import Rates, Work, count_work, measure_rates, token_bytes
from model_runtime.bench.yardstick import Spoken
from model_runtime.model.profile import PUBLISHED
from model_runtime.model.prompt import user_turn
from model_runtime.model.reasoner import SegStep, generate
from model_runtime.model.terrascope import TerraScope
from tests.runtime.bench.test_yardstick import scenery
from tests.runtime.model.small import write_small

TURN = user_turn("How much water is there?", 1, PUBLISHED)
WORDS, MASKS = 8, 2
IMAGE = scenery(300, 260)


@pytest.fixture(scope="module")
def small(tmp_path_factory: pytest.TempPathFactory) -> TerraScope:
    return write_small(tmp_path_factory.mktemp("bare"))


@pytest.fixture(scope="module")
def steps(small: TerraScope) -> list[SegStep]:
    with dictating(small, dictated(small, WORDS, MASKS)):
        return [e for e in generate(small, [IMAGE], TURN, PUBLISHED) if isinstance(e, SegStep)]


@pytest.fixture(scope="module")
def need(small: TerraScope, steps: list[SegStep]) -> Needed:
    ids = []
    marks = iter(steps)
    for word in dictated(small, WORDS, MASKS):
        ids.append(word)
        if word == small.vocabulary.seg_id:
            ids += [small.vocabulary.region_id] * next(marks).injected
    return needed(small, IMAGE, TURN, Spoken(ids, [s.mask for s in steps], [s.tokens for s in steps]))


def test_the_same_masks_come_of_passes_that_are_run_once(small: TerraScope, need: Needed, steps: list[SegStep]) -> None:
    decoded: list[tuple[torch.Tensor, torch.Tensor]] = []
    calls: dict[nn.Module, int] = {}
    layer = small.language_model.model.layers[0].mlp
    stages: list[str] = []

    def stage(name: str) -> AbstractContextManager[None]:
        stages.append(name)
        return nullcontext()

    def counted(module: nn.Module, _: object, __: object) -> None:
        calls[module] = calls.get(module, 0) + 1

    watched = (small.vision_model, small.sam2.vision_encoder, layer, small.language_model.lm_head)
    hooks = [module.register_forward_hook(counted) for module in watched]
    hooks.append(
        small.sam2.mask_decoder.register_forward_hook(lambda _, __, out: decoded.append((out[0][:, 0], out[1][:, 0])))
    )
    try:
        run_passes(need, stage)
    finally:
        for hook in hooks:
            hook.remove()
    assert [calls[module] for module in watched] == [1, len(need.windows), 1 + WORDS + MASKS, WORDS]
    assert len(decoded) == MASKS
    for (masks, ious), step in zip(decoded, steps, strict=True):
        torch.testing.assert_close(masks, step.low_res)
        torch.testing.assert_close(ious, step.ious)
    assert stages[:3] == ["vit", "sam2_encode", "prefill"]
    assert (stages.count("token"), stages.count("mask_decode"), stages.count("select_inject")) == (WORDS, MASKS, MASKS)


def test_work_is_what_the_sizes_say(small: TerraScope, need: Needed) -> None:
    work, llm = count_work(need, "fp32"), small.config.llm_config
    assert work.keys() == {"vit", "sam2_encode", "prefill", "token", "mask_decode", "select_inject"}
    linear = [m for m in small.language_model.model.layers.modules() if isinstance(m, nn.Linear)]
    body = sum(prod(m.weight.shape) for m in linear)
    head = prod(small.language_model.lm_head.weight.shape)
    assert token_bytes(small.language_model, "fp32") == (4 * body, 4 * head)
    projections = 2 * body * need.prompt_tokens
    attention = llm.num_hidden_layers * 4 * need.prompt_tokens**2 * llm.hidden_size // 2  # half of it is masked
    assert work["prefill"].flops == projections + attention
    assert work["prefill"].bytes == 4 * body
    said = len(need.said.ids)
    kept = 2 * llm.num_hidden_layers * llm.num_key_value_heads * llm.hidden_size // llm.num_attention_heads * 4
    least = WORDS * (4 * (body + head) + kept * need.prompt_tokens)
    assert least < work["token"].bytes <= least + WORDS * kept * said
    assert token_bytes(small.language_model, "int8")[0] < 2 * body < token_bytes(small.language_model, "bf16")[0] + 1


def test_the_floor_is_the_slower_of_computing_and_reading() -> None:
    rates = Rates(bytes_per_s=10.0, flops_per_s=100.0)
    assert Work(flops=200, bytes=5).least_s(rates) == 2.0
    assert Work(flops=200, bytes=50).least_s(rates) == 5.0


def test_rates_are_those_of_this_machine() -> None:
    rates = measure_rates(torch.device("cpu"), torch.float32, 4_000_000)
    # From a slow single board computer to many times the largest server.
    assert 1e8 < rates.bytes_per_s < 1e13
    assert 1e8 < rates.flops_per_s < 1e14
