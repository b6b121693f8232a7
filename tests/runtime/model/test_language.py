"""A context says what transformers' own forward pass would say, in whichever way it gets there.

The plain way is one token at a time through transformers' `Qwen2Model` and its growing cache, as the released code does
it. The others are held against it: the runtime's own, with guesses, and in the fixed shapes that a GPU records.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from copy import deepcopy
from pathlib import Path

import numpy as np
import pytest
import torch
from torch import Tensor
from transformers import DynamicCache

from model_runtime.model import reasoner, teaching
from model_runtime.model.banks import DateBank, encode_at_once
from model_runtime.model.checkpoint import load_model
from model_runtime.model.decoder import KeyValues, run, run_padded
from model_runtime.model.drafting import Drafts
from model_runtime.model.language import Context, Say, say_together, until
from model_runtime.model.profile import ReasoningProfile
from model_runtime.model.reasoner import Finished, SegStep, generate, reason
from model_runtime.model.replay import BLOCK, LENGTHS
from model_runtime.model.terrascope import TerraScope
from model_runtime.model.vision import ModelImage
from model_runtime.terra_cot.model_images import optical_image
from model_runtime.terra_cot.scenes import generate as generate_scene
from tests.runtime.model.small import write_small

PUBLISHED = ReasoningProfile.named("published", measured=False)
MEASURED = ReasoningProfile.named("paper", measured=True)
TIE, GOLDEN_TIE = 1e-3, 1e-2
"""log-odds may differ by so much, of nano and of the golden random network: float32 adds up in another order"""


class Plain(Context):
    """One token at a time through transformers."""

    def read(self, prompt: Tensor, _: object = ()) -> None:
        self._cache = DynamicCache(config=self._language.config)
        self.append_embeddings(prompt)

    def _read(self, embeddings: Tensor) -> Tensor:
        out = self._language.model(inputs_embeds=embeddings[None], past_key_values=self._cache, use_cache=True)
        self.length, self._logits = self.length + len(embeddings), None
        return out.last_hidden_state[0]


class Guessing(Context):
    DRAFT_FROM_BYTES = 0


class Recorded(Context):
    REPLAYS = True


class RecordedAndGuessing(Context):
    REPLAYS = True
    DRAFT_FROM_BYTES = 0


FAST = [Context, Guessing, Recorded, RecordedAndGuessing]


@contextmanager
def speaking(way: type[Context]) -> Iterator[None]:
    """Let the reasoning use another context."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(reasoner, "Context", way)
        patch.setattr(teaching, "Context", way)
        yield


@pytest.fixture(scope="module")
def small(tmp_path_factory: pytest.TempPathFactory) -> TerraScope:
    return write_small(tmp_path_factory.mktemp("language"))


def prompt_of(model: TerraScope, length: int, seed: int = 0) -> Tensor:
    generator = torch.Generator().manual_seed(seed)
    return torch.randn(length, model.config.llm_config.hidden_size, generator=generator).to(model.device)


@torch.inference_mode()
def story(model: TerraScope, way: type[Context], length: int = 300) -> tuple[list[int], list[Tensor]]:
    """What is said after a prompt of noise, with something appended on the way, and the states after each piece."""
    model.forget()
    said: list[int] = []
    states: list[Tensor] = []
    with way(model) as context:
        context.read(prompt_of(model, length))
        for begin, appended in enumerate((1, 7, 33, 129, 2)):
            end = len(said) + 30
            while len(said) < end:
                said += context.say(end - len(said), {model.vocabulary.seg_id}, [5])
            states.append(context.last_state.clone())
            context.append_embeddings(prompt_of(model, appended, begin + 1))
            states.append(context.last_state.clone())
            context.append_tokens([1, 2, 3])
            assert context.length == length + len(said) + 3 * (begin + 1) + sum((1, 7, 33, 129, 2)[: begin + 1])
    return said, states


@pytest.mark.parametrize("way", FAST)
def test_the_same_is_said_and_the_same_is_seen(small: TerraScope, way: type[Context]) -> None:
    said, states = story(small, Plain)
    quickly, seen = story(small, way)
    assert quickly == said
    assert 5 not in said
    for one, other in zip(states, seen, strict=True):
        torch.testing.assert_close(one, other, atol=2e-4, rtol=1e-3)


@pytest.mark.parametrize("way", [Guessing, RecordedAndGuessing])
def test_guesses_are_read_along(small: TerraScope, way: type[Context], monkeypatch: pytest.MonkeyPatch) -> None:
    """A random network repeats itself: more than one token comes of most calls, and each was fed once."""
    calls: list[int] = []
    say = way.say

    def counted(context: Context, *args: object) -> list[int]:
        before = context.length
        said = say(context, *args)
        assert context.length == before + len(said)
        calls.append(len(said))
        return said

    monkeypatch.setattr(way, "say", counted)
    said, _ = story(small, way)
    assert sum(calls) == len(said)
    assert max(calls) > BLOCK


def test_an_end_is_the_last_that_is_said(small: TerraScope) -> None:
    for way in (Plain, *FAST):
        small.drafts = Drafts()
        with torch.inference_mode(), way(small) as context:
            context.read(prompt_of(small, 40))
            said = [token for _ in range(20) for token in context.say(9, ())]
        small.drafts = Drafts()
        with torch.inference_mode(), way(small) as context:
            context.read(prompt_of(small, 40))
            again: list[int] = []
            while said[10] not in again:
                again += context.say(9, {said[10]})
        assert again == until(said, {said[10]})


def test_most_is_kept_to(small: TerraScope) -> None:
    for way in FAST:
        with torch.inference_mode(), way(small) as context:
            context.read(prompt_of(small, 40))
            for most in (1, 2, 3, 1, 9, 1):
                assert 1 <= len(context.say(most, ())) <= most
            assert len(context.say(0, ())) == 1


@pytest.mark.parametrize("way", FAST)
def test_a_prompt_that_begins_alike_is_read_from_where_it_differs(
    small: TerraScope, way: type[Context], monkeypatch: pytest.MonkeyPatch
) -> None:
    """And what comes of it is the same to the last bit."""
    read: list[int] = []
    append = way.append_embeddings
    monkeypatch.setattr(way, "append_embeddings", lambda self, x: (read.append(len(x)), append(self, x))[1])
    first, second = prompt_of(small, 200), prompt_of(small, 200)
    second[150:] += 1

    def states(prompt: Tensor) -> Tensor:
        with torch.inference_mode(), way(small) as context:
            context.read(prompt, [60, 140])
            assert context.length == 200
            found = context.last_state.clone()
            context.append_tokens([3, 4])
            context.say(5, ())
            return torch.cat([found, context.last_state])

    small.forget()
    alone = states(second)
    assert read[:3] == [60, 80, 60]
    small.forget()
    states(first)
    small.drafts, read[:] = Drafts(), []
    assert torch.equal(states(second), alone)
    assert read[0] == 60
    small.drafts = Drafts()
    assert torch.equal(states(second), alone)


def test_other_weights_read_it_again(small: TerraScope) -> None:
    with torch.inference_mode(), Context(small) as context:
        context.read(prompt_of(small, 50), [20])
    weight = small.language_model.model.layers[0].mlp.up_proj.weight
    before = weight.clone()
    try:
        with torch.no_grad():
            weight.mul_(1.5)
        with torch.inference_mode(), Context(small) as context:
            context.read(prompt_of(small, 50), [20])
            found = context.last_state
            small.forget()
        with torch.inference_mode(), Context(small) as context:
            context.read(prompt_of(small, 50), [20])
            assert torch.equal(found, context.last_state)
    finally:
        with torch.no_grad():
            weight.copy_(before)


def test_what_was_forgotten_is_not_taken_for_read(small: TerraScope) -> None:
    prompt = prompt_of(small, 50)
    with torch.inference_mode(), Context(small) as context:
        small.forget()
        context.read(prompt, [20, 40])
        context.forget_after(30)
        context.append_tokens([1] * 20)
    with torch.inference_mode(), Context(small) as context:
        context.read(prompt, [20, 40])
        found = context.last_state
        small.forget()
    with torch.inference_mode(), Context(small) as context:
        context.read(prompt, [20, 40])
        assert torch.equal(found, context.last_state)


def test_a_context_grows_beyond_what_was_laid_out(small: TerraScope) -> None:
    found = []
    for way in (Plain, Context, Recorded):
        small.forget()
        with torch.inference_mode(), way(small) as context:
            context.read(prompt_of(small, 500))
            for seed in range(8):
                context.append_embeddings(prompt_of(small, LENGTHS[-1] - 3, seed))
            found.append((context.length, context.say(3, ()), context.last_state))
    for length, said, _ in found[1:]:
        assert (length, said[0]) == (found[0][0], found[0][1][0])
    torch.testing.assert_close(found[1][2], found[0][2], atol=1e-3, rtol=1e-3)


def test_a_processor_reads_bfloat16_in_few_lengths(small: TerraScope) -> None:
    """Of each length oneDNN keeps code. And padding is neither seen by what is read nor kept."""
    rounded = deepcopy(small.language_model).bfloat16()
    lengths: set[int] = set()
    rounded.model.layers[0].mlp.up_proj.register_forward_hook(lambda _, read, __: lengths.add(len(read[0])))
    with torch.inference_mode():
        for count in (1, 2, *range(5, 130, 9), 150, 300):
            exact, kept = KeyValues(small.language_model, 512), KeyValues(rounded, 512)
            x, y = prompt_of(small, count), prompt_of(small, count, 1)
            for start, embeddings in ((0, x), (len(x), y[: 512 - len(x)])):
                wanted = run(small.language_model, exact, embeddings, start)
                found = run(rounded, kept, embeddings.bfloat16(), start)
                assert found.shape == wanted.shape
                # It has 8 bits: more than rounding would be another context.
                assert (found - wanted).norm() < 0.05 * wanted.norm()
            assert not kept.rows[..., start + len(embeddings) :, :].any()
    assert lengths == {1, 8, 16, 32, 64, 128, 192, 256, 320}


def test_a_step_can_be_compiled_as_a_whole(small: TerraScope) -> None:
    """`fullgraph`: nothing in it leaves what a compiler sees; which code is made of it is for a GPU."""
    memory, x = KeyValues(small.language_model, 64), prompt_of(small, 8)
    compiled = torch.compile(run_padded, fullgraph=True, dynamic=False, backend="eager")
    with torch.inference_mode():
        run(small.language_model, memory, prompt_of(small, 20), 0)
        wanted = run(small.language_model, memory, x, 20)
        found = compiled(small.language_model, memory, x, torch.tensor([20]), 64)
    torch.testing.assert_close(found, wanted, atol=1e-5, rtol=1e-4)


@pytest.mark.parametrize("way", [Guessing, RecordedAndGuessing, Context])
def test_several_contexts_say_together_what_each_says_alone(small: TerraScope, way: type[Context]) -> None:
    prompts = [prompt_of(small, 90), prompt_of(small, 90), prompt_of(small, 130, 1)]
    prompts[1][70:] += 1
    alone = []
    for prompt in prompts:
        small.forget()
        with torch.inference_mode(), way(small) as context:
            context.read(prompt, [20, 60])
            said = []
            while len(said) < 20:
                said += context.say(20 - len(said), ())
        alone.append(said)
    small.forget()
    with torch.inference_mode(), way(small) as one, way(small) as two, way(small) as three:
        contexts = [one, two, three]
        for context, prompt in zip(contexts, prompts, strict=True):
            context.read(prompt, [20, 60])
        said_now: list[list[int]] = [[], [], []]
        # The last comes later, and has something appended on the way as after a [SEG].
        for step in range(25):
            begun = contexts[: 2 + (step >= 5)]
            wishes = [Say(context, 20 - len(told), ()) for context, told in zip(begun, said_now, strict=False)]
            for told, more in zip(said_now, say_together(wishes), strict=False):
                told += more
        assert one.is_dear == (way is not Context)
        assert [told[:20] for told in said_now] == alone


def test_what_another_context_is_reading_is_copied(small: TerraScope, monkeypatch: pytest.MonkeyPatch) -> None:
    read: list[int] = []
    append = Context.append_embeddings
    monkeypatch.setattr(Context, "append_embeddings", lambda self, x: (read.append(len(x)), append(self, x))[1])
    small.forget()
    with torch.inference_mode(), Context(small) as one, Context(small) as two:
        one.read(prompt_of(small, 90), [20, 60])
        one.say(5, ())
        two.read(prompt_of(small, 90), [20, 60])
        assert read == [20, 40, 30, 30]
        two.say(5, ())
        assert torch.equal(one.last_state, two.last_state)


# The model's own answers


def assert_alike(model: TerraScope, ask: Callable[[], Iterator[object]], way: type[Context], tie: float = TIE) -> int:
    """The same words, and the same masks but for pixels that are on the boundary to the last digits.

    Returns:
        How many masks there were.
    """
    with speaking(Plain):
        plain = list(ask())
    with speaking(way):
        fast = list(ask())
    assert plain[-1].ids == fast[-1].ids
    assert isinstance(plain[-1], Finished)
    steps = [[event for event in events if isinstance(event, SegStep)] for events in (plain, fast)]
    for one, other in zip(*steps, strict=True):
        assert one.tokens.tolist() == other.tokens.tolist()
        np.testing.assert_allclose(one.low_res, other.low_res, atol=tie)
        assert np.count_nonzero(one.mask != other.mask) <= max(1, one.mask.size * tie / 100)
    return len(steps[0])


@pytest.mark.parametrize("way", FAST)
@pytest.mark.parametrize("case", ["single_tiled", "pair_same", "text_only"])
def test_the_golden_answers(golden_model: TerraScope, goldens: Path, case: str, way: type[Context]) -> None:
    golden_model.forget()
    kept = np.load(goldens / f"{case}.npz")
    images = [ModelImage(kept[f"image{i}_uint8"]) for i in range(2) if f"image{i}_uint8" in kept]
    banks: list[DateBank] = []

    def ask() -> Iterator[object]:
        return generate(golden_model, images, [str(kept["user_text"])], PUBLISHED, banks=banks)

    assert_alike(golden_model, ask, way, GOLDEN_TIE)
    assert list(ask())[-1].ids == kept["generated_ids"].tolist()


QUESTIONS = (
    "How many hectares of {} are there?", "What share of the image is {}?", "Where is the {}?",
    "How far is the {} from the built-up area?", "Is there more {} than cropland?",
)  # fmt: skip


@pytest.mark.parametrize("seed", [900_001, 900_002])
def test_fifty_answers_of_nano(nano_folder: Path, seed: int) -> None:
    """Twenty-five on each of two places, in all ways; guesses come from the answers before."""
    model = load_model(nano_folder)
    image = optical_image(generate_scene(128, seed))
    banks = encode_at_once(model, [image])
    questions = [
        q.format(name) for name in ("water", "trees", "cropland", "grassland", "bare ground") for q in QUESTIONS
    ]
    drawn = 0
    for number, question in enumerate(questions):

        def ask(question: str = question) -> Iterator[object]:
            return reason(model, [image], question, MEASURED, measure=lambda _: "12.3 ha; 4.5 %", banks=banks)

        drawn += assert_alike(model, ask, FAST[number % len(FAST)])
    assert drawn > len(questions) / 2


@pytest.mark.skipif(not torch.cuda.is_available(), reason="no CUDA device: what it records is run as it is")
def test_what_a_gpu_records_says_the_same(tmp_path: Path) -> None:
    model = write_small(tmp_path).to("cuda")
    said, states = story(model, Plain)
    for way in (Context, RecordedAndGuessing):
        quickly, seen = story(model, way)
        assert quickly == said
        for one, other in zip(states, seen, strict=True):
            torch.testing.assert_close(one, other, atol=1e-3, rtol=1e-3)
