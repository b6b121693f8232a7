"""Parity with the released code, stage by stage, on its tiny checkpoint (tolerances of the goldens' README)."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
import torch

from model_runtime.model.grounding import encode_levels, whole_pixels
from model_runtime.model.profile import ReasoningProfile
from model_runtime.model.reasoner import Finished, ModelEvent, SegStep, generate, prompt_ids
from model_runtime.model.terrascope import TerraScope
from model_runtime.model.vision import ModelImage, Tiles, pixel_shuffle, rgb_tiles

PUBLISHED = ReasoningProfile.named("published", measured=False)


@pytest.fixture(scope="module")
def case(goldens: Path) -> dict[str, np.ndarray]:
    return dict(np.load(goldens / "single_tiled.npz"))


@pytest.fixture(scope="module")
def events(golden_model: TerraScope, case: dict[str, np.ndarray]) -> list[ModelEvent]:
    image = ModelImage(case["image0_uint8"])
    return list(generate(golden_model, [image], [str(case["user_text"])], PUBLISHED))


def test_tiles_are_normalised_as_released(case: dict[str, np.ndarray]) -> None:
    made = rgb_tiles(case["image0_uint8"], Tiles(3, 2), 448)
    np.testing.assert_allclose(made, case["pixel_values"], atol=1e-6)


def test_vision_tower_and_projector(golden_model: TerraScope, case: dict[str, np.ndarray]) -> None:
    with torch.inference_mode():
        hidden = golden_model.vision_model(torch.from_numpy(case["pixel_values"])).last_hidden_state
        shuffled = pixel_shuffle(hidden[:, 1:].reshape(7, 32, 32, -1)).flatten(1, 2)
        projected = golden_model.mlp1(shuffled)
    np.testing.assert_allclose(hidden, case["vit_last_hidden"], atol=2e-5)
    np.testing.assert_allclose(shuffled, case["vit_shuffled"], atol=2e-5)
    np.testing.assert_allclose(projected, case["vit_projected"], atol=2e-5)


def test_prompt_ids(golden_model: TerraScope, case: dict[str, np.ndarray]) -> None:
    assert prompt_ids(golden_model.vocabulary, [str(case["user_text"])], [7 * 256]) == case["input_ids"].tolist()


def test_sam2_features(golden_model: TerraScope, case: dict[str, np.ndarray]) -> None:
    pixels = whole_pixels(case["image0_uint8"], 1024)
    np.testing.assert_allclose(pixels[0, :, ::8, ::8], case["sam_frame0_g_pixel_values_s8"], atol=1e-6)
    with torch.inference_mode():
        fine, middle, coarse = encode_levels(golden_model.sam2, pixels)
    np.testing.assert_allclose(fine[0], case["sam_frame0_feat_s4"], atol=1e-4)
    np.testing.assert_allclose(middle[0], case["sam_frame0_feat_s8"], atol=1e-4)
    no_memory = golden_model.sam2.no_memory_embedding.reshape(-1, 1, 1)
    np.testing.assert_allclose(coarse[0] - no_memory, case["sam_frame0_feat_s16"], atol=1e-4)


def test_output_is_identical(events: list[ModelEvent], case: dict[str, np.ndarray]) -> None:
    end = events[-1]
    assert isinstance(end, Finished)
    assert end.ids == case["generated_ids"].tolist()
    assert end.text == str(case["prediction_text"])
    assert end.stopped_by == "stop"


@pytest.mark.parametrize("k", [0, 1])
def test_segments(events: list[ModelEvent], case: dict[str, np.ndarray], k: int) -> None:
    step = [event for event in events if isinstance(event, SegStep)][k]
    assert step.tokens.tolist() == case[f"seg{k}_token_indices"].tolist()
    np.testing.assert_allclose(step.low_res, case[f"seg{k}_lowres_all"], atol=6e-3)
    np.testing.assert_allclose(step.ious, case[f"seg{k}_ious"], atol=1e-4)
    assert (step.mask != case[f"seg{k}_mask"]).sum() <= 7


def test_two_images_take_turns(golden_model: TerraScope, goldens: Path) -> None:
    """Published profile: the k-th [SEG] belongs to image k modulo the number of images (SPEC 5.6)."""
    pair = np.load(goldens / "pair_same.npz")
    images = [ModelImage(pair["image0_uint8"]), ModelImage(pair["image1_uint8"])]
    made = list(generate(golden_model, images, [str(pair["user_text"])], PUBLISHED))
    assert made[-1].ids == pair["generated_ids"].tolist()
    for k, step in enumerate(event for event in made if isinstance(event, SegStep)):
        assert step.image - 1 == int(pair[f"seg{k}_img_idx"])
        assert step.tokens.tolist() == pair[f"seg{k}_token_indices"].tolist()
        assert (step.mask != pair[f"seg{k}_mask"][step.image - 1]).sum() <= 7


def test_text_without_images(golden_model: TerraScope, goldens: Path) -> None:
    text = np.load(goldens / "text_only.npz")
    made = list(generate(golden_model, [], [str(text["user_text"])], PUBLISHED))
    assert made[-1].ids == text["generated_ids"].tolist()
