"""Types of numbers on their way through the model, and what is never computed."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import torch
from torch import Tensor, nn

from model_runtime.bench.dictation import dictating
from model_runtime.model import decoder
from model_runtime.model.checkpoint import load_model
from model_runtime.model.config import GroundingConfig
from model_runtime.model.grounding import whole_pixels
from model_runtime.model.language import Context
from model_runtime.model.profile import ReasoningProfile
from model_runtime.model.reasoner import SegStep, generate, reason
from model_runtime.model.terrascope import TerraScope
from model_runtime.model.vision import ModelImage
from tests.runtime.model.small import write_small

PUBLISHED = ReasoningProfile.named("published", measured=False)
PAPER = ReasoningProfile.named("paper", measured=False)


@pytest.fixture(scope="module")
def small(tmp_path_factory: pytest.TempPathFactory) -> tuple[TerraScope, TerraScope]:
    """A random network of nano's kind, in float32 and in bfloat16."""
    folder = tmp_path_factory.mktemp("small")
    write_small(folder)
    return load_model(folder, dtype=torch.float32), load_model(folder, dtype=torch.bfloat16)


@pytest.fixture
def image() -> ModelImage:
    """Two grounding windows wide."""
    rng = np.random.default_rng(0)
    bands = rng.random((4, 200, 300), dtype=np.float32) / 4
    rgb = (bands[:3].transpose(1, 2, 0) * 255).astype(np.uint8)
    return ModelImage(rgb, bands, ("red", "green", "blue", "nir"), True)


def test_a_multispectral_model_in_bfloat16_finds_nearly_the_same_pixels(
    small: tuple[TerraScope, TerraScope], image: ModelImage
) -> None:
    exact, rounded = small
    assert {p.dtype for p in rounded.parameters()} == {torch.bfloat16, torch.float32}
    assert {p.dtype for p in rounded.spectral_stem.parameters()} == {torch.float32}
    torch.manual_seed(1)
    prompt = torch.randn(1, exact.config.grounding_config.d_model)
    logits = []
    for model in small:
        with torch.inference_mode():
            features = model.grounding.encode(image.rgb, model.planes(image))
            assert len(features.corners) > 1
            assert {level.dtype for level in features.levels} == {model.sam2.dtype}
            decoded = model.grounding.decode(features, prompt.to(model.sam2.dtype))
        assert decoded.logits.dtype == torch.float32
        logits.append(decoded.logits)
    # bfloat16 has 8 bits: what differs by more is not rounding but a wrong type on the way.
    assert (logits[0] - logits[1]).norm() < 0.05 * logits[0].norm()


def test_a_multispectral_model_in_bfloat16_answers(small: tuple[TerraScope, TerraScope], image: ModelImage) -> None:
    rounded = small[1]
    said = "<think>water [SEG] ok</think><answer>x</answer><|im_end|>"
    with dictating(rounded, rounded.vocabulary.encode(said)):
        events = list(reason(rounded, [image], "?", PAPER))
    assert [event.mask.shape for event in events if isinstance(event, SegStep)] == [(200, 300)]
    assert events[-1].answer == "x"


def test_the_golden_words_survive_bfloat16(goldens: Path, golden_grounding: GroundingConfig) -> None:
    model = load_model(goldens / "checkpoint", dtype=torch.bfloat16, grounding=golden_grounding)
    assert {p.dtype for p in model.parameters()} == {torch.bfloat16}
    assert model.language_model.model.rotary_emb.inv_freq.dtype == torch.float32
    case = np.load(goldens / "single_tiled.npz")
    events = list(generate(model, [ModelImage(case["image0_uint8"])], [str(case["user_text"])], PUBLISHED))
    assert events[-1].ids == case["generated_ids"].tolist()
    for k, step in enumerate(event for event in events if isinstance(event, SegStep)):
        assert (step.mask != case[f"seg{k}_mask"]).mean() < 0.1


def test_sam2_sees_what_the_release_shows_it_in_bfloat16() -> None:
    """A single image is scaled in bfloat16 throughout, one of several in float32 and rounded at the end (SPEC 3)."""
    rgb = np.random.default_rng(0).integers(0, 256, (64, 64, 3), dtype=np.uint8)
    byte = torch.from_numpy(rgb).permute(2, 0, 1)[None]
    mean = torch.tensor([0.485, 0.456, 0.406], dtype=torch.bfloat16)[:, None, None]
    std = torch.tensor([0.229, 0.224, 0.225], dtype=torch.bfloat16)[:, None, None]
    single = (byte.to(torch.bfloat16) / 255 - mean) / std
    several = ((byte / 255 - mean) / std).to(torch.bfloat16)
    assert torch.equal(whole_pixels(rgb, 64, torch.bfloat16), single)
    assert torch.equal(whole_pixels(rgb, 64).to(torch.bfloat16), several)
    assert not torch.equal(single, several)


@pytest.fixture
def seen(golden_model: TerraScope) -> Iterator[tuple[list[tuple[int, ...]], list[tuple[int, ...]]]]:
    """Shapes of what went into the head, and of everything that the layers gave back."""
    states: list[tuple[int, ...]] = []
    given: list[tuple[int, ...]] = []
    run = decoder.run

    def head(_: nn.Module, args: tuple[Tensor]) -> None:
        states.append(tuple(args[0].shape))

    def layers(*args: Any) -> Tensor:  # noqa: ANN401
        out = run(*args)
        given.append(tuple(out.shape))
        return out

    hook = golden_model.language_model.lm_head.register_forward_pre_hook(head)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(decoder, "run", layers)
        yield states, given
    hook.remove()


def test_the_head_runs_on_the_last_position_only_and_states_are_not_kept(
    golden_model: TerraScope, goldens: Path, seen: tuple[list[tuple[int, ...]], list[tuple[int, ...]]]
) -> None:
    """No logits over the prompt, and no layer's states beside the last (SPEC 9, defect 6)."""
    states, given = seen
    case = np.load(goldens / "text_only.npz")
    golden_model.forget()
    events = list(generate(golden_model, [], [str(case["user_text"])], PUBLISHED))
    hidden = golden_model.config.llm_config.hidden_size
    assert len(states) == len(events[-1].ids)
    assert set(states) == {(1, hidden)}
    assert given[0] == (len(case["input_ids"]), hidden)
    assert set(given[1:]) == {(1, hidden)}


def test_a_context_keeps_one_state(golden_model: TerraScope) -> None:
    context = Context(golden_model)
    with torch.inference_mode():
        context.append_tokens(list(range(40)))
        assert context.last_state.shape == (1, golden_model.config.llm_config.hidden_size)
        assert context.next_logits().shape == (golden_model.config.llm_config.vocab_size,)
