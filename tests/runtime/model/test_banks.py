"""Dates with an optical and a radar image: what is read, what goes back into the context, what masks are made of."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import ExitStack
from dataclasses import replace
from typing import get_args

import numpy as np
import pytest
import torch

from model_runtime import protocol
from model_runtime.bench.dictation import dictating
from model_runtime.model import selection
from model_runtime.model.banks import OPTICAL, RADAR, encode_at_once
from model_runtime.model.grounding import Decoded, Grounding, ImageFeatures
from model_runtime.model.language import Context
from model_runtime.model.profile import ABLATIONS, Ablation, Fusion, ReasoningProfile
from model_runtime.model.reasoner import Clouds, SegStep, reason
from model_runtime.model.terrascope import TerraScope
from model_runtime.model.vision import ModelImage
from tests.runtime.model.small import write_small
from tests.runtime.model.test_reasoner import whole_mask

QUESTION = "How much water?"


@pytest.fixture(scope="module")
def model(tmp_path_factory: pytest.TempPathFactory) -> TerraScope:
    return write_small(tmp_path_factory.mktemp("small"))


@pytest.fixture
def say(model: TerraScope) -> Iterator[Callable[[str], None]]:
    bias = model.spectral_stem.hyper[-1].bias.data.clone()
    with ExitStack() as stack:
        yield lambda text: stack.enter_context(dictating(model, model.vocabulary.encode(text)))
    model.spectral_stem.hyper[-1].bias.data = bias


def optical(seed: int = 0, size: tuple[int, int] = (96, 130)) -> ModelImage:
    bands = np.random.default_rng(seed).random((3, *size), dtype=np.float32)
    return ModelImage((bands.transpose(1, 2, 0) * 255).astype(np.uint8), bands, ("red", "green", "blue"), True)


def radar(seed: int = 5, size: tuple[int, int] = (96, 130)) -> ModelImage:
    bands = np.random.default_rng(seed).random((2, *size), dtype=np.float32)
    shown = np.stack([bands[1], bands[0], bands.mean(0)], -1)
    return ModelImage((shown * 255).astype(np.uint8), bands, ("vv", "vh"), False)


def both() -> ModelImage:
    return replace(optical(), sar=radar())


def only_step(model: TerraScope, images: list[ModelImage], profile: ReasoningProfile) -> SegStep:
    events = list(reason(model, images, QUESTION, profile))
    (step,) = [event for event in events if isinstance(event, SegStep)]
    return step


def asked(fusion: Fusion, **changed: object) -> ReasoningProfile:
    return replace(ReasoningProfile.named("paper", measured=False, fusion=fusion), **changed)


@torch.inference_mode()
def test_both_images_of_a_date_are_read_one_tile_each(model: TerraScope) -> None:
    first, second = encode_at_once(model, [both(), radar(9)])
    assert [view.offset for view in first.views + second.views] == [0, 64, 128]
    assert [len(view.tokens) for view in first.views] == [64, 64]
    assert (first.rows, first.cols) == (8, 8)
    torch.testing.assert_close(first.views[1].tokens, encode_at_once(model, [radar(), radar(9)])[0].views[0].tokens)


@torch.inference_mode()
def test_tokens_under_the_mask_come_from_the_sensor_that_eq_5_chooses(
    model: TerraScope, say: Callable[[str], None]
) -> None:
    whole_mask(model, 1)
    say("I mark the water [SEG]<|im_end|>")
    step = only_step(model, [both()], asked("text_guided"))
    (bank,) = encode_at_once(model, [both()])
    ids = torch.tensor(model.vocabulary.encode_plain(QUESTION))
    words = model.language_model.get_input_embeddings()(ids)
    beta = [selection.relevance(words, view.tokens) for view in bank.views]
    from_sar = (beta[1] >= beta[0]).numpy()
    assert 0 < from_sar.sum() < 64  # else the test shows nothing
    assert step.tokens.tolist() == [i + 64 * bool(sar) for i, sar in enumerate(from_sar)]
    assert step.sar_share == pytest.approx(from_sar.mean())
    assert step.modality is not None
    assert step.modality.tolist() == np.where(from_sar, RADAR, OPTICAL).reshape(8, 8).tolist()


def test_what_each_fusion_injects(model: TerraScope, say: Callable[[str], None]) -> None:
    whole_mask(model, 1)
    found = {}
    for fusion in get_args(Fusion):
        say("I mark the water [SEG]<|im_end|>")
        found[fusion] = only_step(model, [both()], asked(fusion))
    assert {fusion: step.injected for fusion, step in found.items()} == {
        "none": 64, "concat": 128, "text_guided": 64, "published_train": 64,
    }  # fmt: skip
    assert found["concat"].tokens.tolist() == list(range(128))
    assert found["concat"].sar_share == 0.5
    assert found["none"].sar_share is None
    assert found["none"].modality is None
    assert set(np.unique(found["published_train"].modality)) <= {OPTICAL, RADAR}


def test_what_each_ablation_injects(model: TerraScope, say: Callable[[str], None]) -> None:
    whole_mask(model, 1)

    def counts(ablation: Ablation | None) -> list[tuple[int, float | None]]:
        say("I mark the water [SEG]<|im_end|>")
        profile = ReasoningProfile.named("paper", measured=True, fusion="concat", ablation=ablation)
        events = list(reason(model, [both()], QUESTION, profile))
        return [(event.injected, event.sar_share) for event in events if isinstance(event, SegStep)]

    assert {ablation: counts(ablation) for ablation in get_args(Ablation)} == {
        "textual": [],
        "textual_masks": [(0, 0.0)],
        "random_tokens": [(128, 0.5)],
        "box": [(128, 0.5)],
        "eight_tokens": [(16, 0.5)],
        "centre": [(128, 0.5)],
        "optical_prompt": [(128, 0.5)],
        "optical_regions": [(64, 0.0)],
    }
    assert set(get_args(Ablation)) == set(ABLATIONS) == set(get_args(protocol.Ablation))


def test_radar_can_be_kept_out_of_the_prompt(model: TerraScope) -> None:
    """Paper Table K: read at first are the optical tokens alone, and masks are drawn from that image."""
    profile = ReasoningProfile.named("paper", measured=False, ablation="optical_prompt")
    assert (profile.radar_in_prompt, profile.radar_in_regions, profile.masks_see) == (False, True, "optical")
    read: list[int] = []
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Context, "read", lambda _, prompt, __: read.append(len(prompt)))
        for one in (profile, replace(profile, radar_in_prompt=True)):
            with pytest.raises(TypeError):  # nothing was read that could be gone on from
                list(reason(model, [both()], QUESTION, one))
    alone, together = read
    assert together - alone in (64 + n for n in range(5))  # and the marks around them


def test_without_fusion_the_radar_image_changes_nothing(model: TerraScope, say: Callable[[str], None]) -> None:
    say("I mark the water [SEG]<|im_end|>")
    left_out = only_step(model, [both()], asked("none"))
    say("I mark the water [SEG]<|im_end|>")
    alone = only_step(model, [optical()], asked("text_guided"))
    assert np.array_equal(left_out.mask, alone.mask)
    assert left_out.tokens.tolist() == alone.tokens.tolist()


def test_the_release_chooses_among_the_selected_tokens_only(model: TerraScope, say: Callable[[str], None]) -> None:
    """SPEC 5.6: at most 8 tokens, a softmax over them, and masks from the optical image alone."""
    whole_mask(model, 1)
    say("I mark the water [SEG]<|im_end|>")
    profile = ReasoningProfile.named("published", measured=False, fusion="published_train")
    step = only_step(model, [both()], profile)
    assert step.injected == 8
    assert step.modality is not None
    assert np.count_nonzero(step.modality) == 8
    assert step.sar_share == pytest.approx((step.modality == RADAR).sum() / 8)
    say("I mark the water [SEG]<|im_end|>")
    plain = only_step(model, [both()], replace(profile, fusion="concat", masks_see="optical"))
    assert torch.equal(step.low_res, plain.low_res)


def test_images_that_are_asked_about_again_need_not_be_encoded_again(
    model: TerraScope, say: Callable[[str], None]
) -> None:
    banks = encode_at_once(model, [both()])
    found = []
    for question, given in ((QUESTION, banks), ("Is there snow?", banks), ("Is there snow?", None)):
        say("I mark the water [SEG]<|im_end|>")
        events = reason(model, [both()], question, asked("text_guided"), banks=given)
        (step,) = [event for event in events if isinstance(event, SegStep)]
        found.append(step)
    assert not np.array_equal(found[0].modality, found[1].modality)
    assert np.array_equal(found[1].modality, found[2].modality)
    assert np.array_equal(found[1].low_res, found[2].low_res)


def test_an_empty_mask_of_two_sensors_injects_nothing(model: TerraScope, say: Callable[[str], None]) -> None:
    whole_mask(model, -1)
    for fusion in ("concat", "text_guided", "published_train"):
        say("I mark the water [SEG]<|im_end|>")
        step = only_step(model, [both()], asked(fusion))
        assert (step.injected, step.tokens.size, step.sar_share) == (0, 0, 0.0)


@torch.inference_mode()
@pytest.mark.parametrize("size", [(96, 130), (300, 280)])
def test_mixed_features_are_each_sensors_own_where_it_is_chosen(model: TerraScope, size: tuple[int, int]) -> None:
    grounding = model.grounding
    one, other = (grounding.encode(image.rgb, model.planes(image)) for image in (optical(size=size), radar(size=size)))
    mixed = grounding.mix(one, other, torch.zeros(8, 8))
    assert all(torch.equal(a, b) for a, b in zip(mixed.levels, one.levels, strict=True))
    mixed = grounding.mix(one, other, torch.ones(8, 8))
    assert all(torch.allclose(a, b, atol=1e-5) for a, b in zip(mixed.levels, other.levels, strict=True))
    left = torch.zeros(8, 8)
    left[:, :4] = 1
    stem = grounding.mix(one, other, left).stem
    middle = size[1] // 2
    assert stem is not None
    assert torch.equal(stem[..., : middle - 1], _stem(other)[..., : middle - 1])
    assert torch.equal(stem[..., middle + 1 :], _stem(one)[..., middle + 1 :])


def _stem(features: ImageFeatures) -> torch.Tensor:
    assert features.stem is not None
    return features.stem


def test_the_mask_decoder_sees_what_is_relied_on(model: TerraScope, say: Callable[[str], None]) -> None:
    seen = {}
    for masks_see in ("through_clouds", "chosen", "mean", "optical"):
        say("I mark the water [SEG]<|im_end|>")
        seen[masks_see] = only_step(model, [both()], asked("text_guided", masks_see=masks_see)).low_res
    assert not torch.allclose(seen["chosen"], seen["optical"])
    assert not torch.allclose(seen["mean"], seen["optical"])
    say("I mark the water [SEG]<|im_end|>")
    concatenated = only_step(model, [both()], asked("concat")).low_res
    assert torch.equal(concatenated, seen["through_clouds"])


def test_clouds_are_seen_through_by_radar(model: TerraScope) -> None:
    """Radar alone where there are clouds, the mean of both elsewhere; what nobody looked at is the mean."""
    profile = asked("text_guided")
    (bank,) = encode_at_once(model, [both()])
    mean = bank.features(model.grounding, replace(profile, masks_see="mean")).levels[0]
    for share, expected in ((0, mean), (1, bank.views[1].features.levels[0])):
        bank.choose(None)
        bank.clouds = np.full(bank.views[0].features.size, bool(share))
        torch.testing.assert_close(bank.features(model.grounding, profile).levels[0], expected)


def test_clouds_themselves_are_looked_for_in_the_optical_image(model: TerraScope, say: Callable[[str], None]) -> None:
    say("I mark the cloud [SEG]<|im_end|>")
    found = only_step(model, [both()], asked("text_guided"))
    say("I mark the cloud [SEG]<|im_end|>")
    optical_only = only_step(model, [both()], asked("text_guided", masks_see="optical"))
    assert torch.equal(found.low_res, optical_only.low_res)


def test_the_model_is_made_to_find_clouds_before_it_reasons(model: TerraScope, say: Callable[[str], None]) -> None:
    whole_mask(model, 1)
    say("I mark the water [SEG]<|im_end|>")
    events = list(reason(model, [optical(), optical(1)], QUESTION, asked("text_guided"), clouds_of=[2]))
    (found,) = [event for event in events if isinstance(event, Clouds)]
    assert found.image == 2
    assert found.mask.all()
    assert found.mask.shape == (96, 130)
    assert events.index(found) < min(i for i, event in enumerate(events) if isinstance(event, SegStep))


def test_a_later_date_is_drawn_with_the_earlier_mask_as_a_prompt(
    model: TerraScope, say: Callable[[str], None], monkeypatch: pytest.MonkeyPatch
) -> None:
    decode, drawn = Grounding.decode, []

    def noted(self: Grounding, *arguments: object) -> Decoded:
        drawn.append((arguments[2] if len(arguments) > 2 else None, decode(self, *arguments)))
        return drawn[-1][1]

    monkeypatch.setattr(Grounding, "decode", noted)
    for words in ("Image: 1 water [SEG] Image: 2 water [SEG]", "Image: 1 trees [SEG] Image: 2 water [SEG]"):
        say(words + "<|im_end|>")
        list(reason(model, [optical(), optical()], QUESTION, asked("text_guided", max_region_tokens=1)))
    (none, first), (carried, _), (_, _), (of_another, _) = drawn
    assert none is None
    assert carried is first.best
    assert of_another is None


def test_the_published_layout_reads_radar_as_a_picture(golden_model: TerraScope) -> None:
    """SPEC 3 and 5.6: VH, VV and their mean as 8-bit RGB, resized to one tile beside the optical image."""
    tokens = golden_model.config.tile_tokens**2
    found = {}
    for fusion in get_args(Fusion):
        with dictating(golden_model, golden_model.vocabulary.encode("water [SEG]<|im_end|>")):
            profile = ReasoningProfile.named("published", measured=False, fusion=fusion)
            found[fusion] = only_step(golden_model, [both()], profile)
    assert all(step.mask.shape == (96, 130) for step in found.values())
    assert found["none"].sar_share is None
    assert all(step.tokens.max() < 2 * tokens for fusion, step in found.items() if fusion != "none")
    assert found["concat"].tokens.max() >= tokens
    assert not torch.equal(found["published_train"].low_res, found["concat"].low_res)
    assert found["concat"].injected == 2 * found["published_train"].injected
