"""The teacher-forced pass: bugs of the released training are not in it (SPEC 9, defect 16)."""

from __future__ import annotations

from dataclasses import replace

import pytest
import torch

from model_runtime.model.banks import encode_at_once
from model_runtime.model.profile import ReasoningProfile
from model_runtime.model.selection import coverage_grid, token_indices
from model_runtime.model.terrascope import TerraScope
from model_runtime.training.check import check_samples
from model_runtime.training.conversations import Mark
from model_runtime.training.forward import Outcome, forward, longest, write
from model_runtime.training.objective import losses, pixel_loss, target_of
from tests.runtime.training.small_training import block, image, talk, write_small_model

PAPER = ReasoningProfile.named("paper", measured=False)


@pytest.fixture(scope="module")
def model(tmp_path_factory: pytest.TempPathFactory) -> TerraScope:
    return write_small_model(tmp_path_factory.mktemp("small") / "model")


def same(one: Outcome, other: Outcome) -> None:
    assert torch.allclose(one.logits, other.logits, atol=1e-4)
    assert one.targets.tolist() == other.targets.tolist()
    for a, b in zip(one.decoded, other.decoded, strict=True):
        assert torch.allclose(a.logits, b.logits, atol=1e-3)
    assert [i.tolist() for i in one.injected] == [i.tolist() for i in other.injected]


@torch.no_grad()
def test_every_sample_of_a_batch_is_learnt_as_if_it_were_alone(model: TerraScope) -> None:
    """The release gathers what enters after [SEG] from the first sample's images, whichever sample it is."""
    first = talk("first", [image(1)], Mark("water", 0, block(0, 0, 32)))
    second = talk(
        "second", [image(2), image(3)], Mark("trees", 1, block(16, 16, 48)), Mark("water", 0, block(0, 32, 32))
    )
    third = talk("third", [image(4)], answer="No")
    together = forward(model, [first, second, third], PAPER)
    alone = [forward(model, [one], PAPER) for one in (first, second, third)]
    same(
        together,
        Outcome(
            torch.cat([o.logits for o in alone]),
            torch.cat([o.targets for o in alone]),
            [m for o in alone for m in o.marks],
            [d for o in alone for d in o.decoded],
            [],
            [i for o in alone for i in o.injected],
        ),
    )
    assert together.owners == [0, 1, 1]
    # And so it would be noticed: with the first sample's images in its place, the second is another one.
    swapped = forward(model, [replace(second, images=(image(1), image(1)))], PAPER)
    assert not torch.allclose(swapped.logits, alone[1].logits, atol=1e-3)


@torch.no_grad()
def test_every_seg_is_drawn_on_its_own_image(model: TerraScope) -> None:
    """The release trains the first [SEG] for both frames, and the second one not at all (SPEC 6, row 19)."""
    images = [image(5), image(6)]
    pair = talk("pair", images, Mark("water", 0, block(0, 0, 32)), Mark("trees", 1, block(16, 0, 48)))
    outcome = forward(model, [pair], PAPER)
    states = _seg_states(model, pair)
    banks = encode_at_once(model, images)
    for mark, decoded, state in zip(outcome.marks, outcome.decoded, states, strict=True):
        prompt = model.text_hidden_fcs(state)
        wanted = model.grounding.decode(banks[mark.image].views[0].features, prompt)
        assert torch.allclose(decoded.logits, wanted.logits, atol=5e-3)
    assert len(outcome.decoded) == 2
    other = replace(outcome, marks=[outcome.marks[0], replace(outcome.marks[1], mask=block(0, 0, 8))])
    assert losses(other, "paper", whole=False)["mask"] != losses(outcome, "paper", whole=False)["mask"]


def _seg_states(model: TerraScope, pair: object) -> list[torch.Tensor]:
    text = write(model, pair, PAPER)
    states = model.language_model.model(inputs_embeds=text.embeddings[None]).last_hidden_state[0]
    assert [text.ids[position] for position in text.marked] == [model.vocabulary.seg_id] * 2
    return [states[position][None] for position in text.marked]


@torch.no_grad()
def test_what_enters_are_the_tokens_under_the_mask_of_its_own_date(model: TerraScope) -> None:
    mask = block(16, 16, 48)
    pair = talk("pair", [image(5), image(6)], Mark("water", 1, mask))
    text = write(model, pair, PAPER)
    side = model.config.tile_tokens
    chosen = token_indices(coverage_grid(mask, side, side) > 0.5, side, 128)
    assert text.injected[0].tolist() == (chosen + side**2).tolist()
    banks = encode_at_once(model, list(pair.images))
    start = text.marked[0] + 1
    assert torch.allclose(text.embeddings[start : start + len(chosen)], banks[1].views[0].tokens[chosen], atol=1e-3)


@torch.no_grad()
def test_words_are_learnt_and_nothing_that_is_only_read(model: TerraScope) -> None:
    """Neither prompt, images, injected tokens nor measures; [SEG] and the end are."""
    vocabulary = model.vocabulary
    asked = talk("asked", [image(1)], Mark("water", 0, block(0, 0, 64)), measure="12 %, 3 ha")
    outcome = forward(model, [asked], PAPER)
    wanted = (
        vocabulary.encode("<think>")
        + vocabulary.encode("I mark the water ")
        + [vocabulary.seg_id]
        + vocabulary.encode(" so it is.</think><answer>12 %</answer>")
        + vocabulary.encode("<|im_end|>")
    )
    assert outcome.targets.tolist() == wanted
    assert len(outcome.injected[0]) == model.config.tile_tokens**2


@torch.no_grad()
def test_a_word_is_foretold_at_the_position_before_it(model: TerraScope) -> None:
    """After what entered, at the last token that did."""
    asked = talk("asked", [image(1)], Mark("water", 0, block(0, 0, 64)))
    text = write(model, asked, PAPER)
    states = model.language_model.model(inputs_embeds=text.embeddings[None]).last_hidden_state[0]
    after = text.marked[0] + 1 + len(text.injected[0])
    assert after in text.learnt
    row = text.learnt.index(after)
    wanted = model.language_model.lm_head(states[after - 1])
    assert torch.allclose(forward(model, [asked], PAPER).logits[row], wanted, atol=1e-4)


def test_a_sample_without_a_mask_stays_what_it_is(model: TerraScope) -> None:
    """The release puts sample 0 in its place."""
    silent = talk("silent", [image(1)], answer="No")
    outcome = forward(model, [silent], PAPER)
    said = model.vocabulary.decode(outcome.targets.tolist())
    assert said == "<think> so it is.</think><answer>No</answer><|im_end|>"
    found = losses(outcome, "paper", whole=False)
    assert "mask" not in found
    assert found["loss"].item() == pytest.approx(found["text"].item())


def test_an_empty_mask_is_learnt_as_empty_and_lets_nothing_enter(model: TerraScope) -> None:
    empty = talk("empty", [image(1)], Mark("water", 0, block(0, 0, 0)))
    outcome = forward(model, [empty], PAPER)
    assert [len(i) for i in outcome.injected] == [0]
    (mark,), (decoded,) = outcome.marks, outcome.decoded
    claimed, nothing = (replace(decoded, logits=torch.full((64, 64), sign, requires_grad=True)) for sign in (8.0, -8.0))
    assert pixel_loss(claimed, target_of(mark, decoded)) > 8 > 0.2 > pixel_loss(nothing, target_of(mark, decoded))
    pixel_loss(claimed, target_of(mark, decoded)).backward()
    assert (claimed.logits.grad > 0).all(), "every claimed pixel is pushed down"
    found = losses(outcome, "paper", whole=False)
    assert "mask" in found, "it counts as any other"


@torch.no_grad()
def test_own_masks_are_those_of_the_pass_and_choose_what_enters(model: TerraScope) -> None:
    pair = talk("pair", [image(7), image(8)], *(Mark("water", date, block(0, 0, 64)) for date in (0, 1, 0)))
    bias = model.spectral_stem.hyper[-1].bias
    before = bias.clone()
    # A random network marks all or nothing; here it marks half.
    bias[-1] -= forward(model, [pair], PAPER).decoded[0].logits.median()
    outcome, taught = (forward(model, [pair], PAPER, [own]) for own in (True, False))
    bias.copy_(before)
    side = model.config.tile_tokens
    for mark, decoded, injected in zip(outcome.marks, outcome.decoded, outcome.injected, strict=True):
        grid = coverage_grid(decoded.mask, side, side) > 0.5
        assert (token_indices(grid, side, 128) + mark.image * side**2).tolist() == injected.tolist()
    assert 0 < len(outcome.injected[0]) < side**2
    assert [len(injected) for injected in taught.injected] == [side**2] * 3


def test_gradients_reach_what_draws_and_what_prompts(model: TerraScope) -> None:
    model.requires_grad_(True)
    try:
        outcome = forward(model, [talk("one", [image(1)], Mark("water", 0, block(0, 0, 32)))], PAPER, [True])
        masks = torch.stack([pixel_loss(d, target_of(m, d)) for m, d in outcome.pairs]).sum()
        masks.backward()
        parts = (
            "text_hidden_fcs",
            "language_model",
            "vision_model",
            "sam2.mask_decoder",
            "sam2.vision_encoder",
            "spectral_stem",
        )
        for part in parts:
            module = model.get_submodule(part)
            assert any(p.grad is not None and p.grad.abs().sum() > 0 for p in module.parameters()), part
    finally:
        model.requires_grad_(False)
        model.zero_grad()


def test_a_conversation_never_takes_more_room_than_was_said(model: TerraScope) -> None:
    for asked in check_samples(PAPER):
        with torch.no_grad():
            assert len(write(model, asked, PAPER).ids) <= longest(model, asked, PAPER)


@torch.no_grad()
def test_the_published_way_injects_a_token_for_an_empty_mask(model: TerraScope) -> None:
    published = ReasoningProfile.named("published", measured=False, fusion="published_train")
    full = talk("full", [image(1)], Mark("water", 0, block(0, 0, 0)), Mark("trees", 0, block(0, 0, 64)))
    assert [len(i) for i in write(model, full, published).injected] == [1, 8]
