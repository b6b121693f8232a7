"""Parity with the released code, stage by stage, on its tiny checkpoint (tolerances of the goldens' README).

Each case runs once through the reasoning loop itself; what passes by on the way is written down and compared with
what the released code had at the same place.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import torch
from torch import Tensor, nn

from model_runtime.model import reasoner
from model_runtime.model.grounding import Grounding, ImageFeatures, whole_pixels
from model_runtime.model.language import Context
from model_runtime.model.profile import ReasoningProfile
from model_runtime.model.prompt import prompt_ids, user_turn
from model_runtime.model.reasoner import Finished, ModelEvent, SegStep, generate
from model_runtime.model.selection import centre_grid
from model_runtime.model.terrascope import TerraScope
from model_runtime.model.vision import ModelImage, pixel_shuffle, rgb_tiles

PUBLISHED = ReasoningProfile.named("published", measured=False)
PREFILL, TOKEN, REGION = 0, 1, 2


@dataclass
class Run:
    """One golden case, and ours of the same question."""

    case: dict[str, np.ndarray]
    images: list[ModelImage]
    events: list[ModelEvent] = field(default_factory=list)
    fed: list[Tensor | int] = field(default_factory=list)
    """what each call of the language model was given: embeddings, or one token"""
    states: list[Tensor] = field(default_factory=list)
    """(1, hidden) at the last position after each call"""
    features: list[ImageFeatures] = field(default_factory=list)
    decoder: list[tuple[Tensor, Tensor]] = field(default_factory=list)
    """sparse prompt and object score of each call of SAM-2's mask decoder"""

    @property
    def segments(self) -> list[SegStep]:
        return [event for event in self.events if isinstance(event, SegStep)]

    def __getitem__(self, name: str) -> np.ndarray:
        return self.case[name]


def record(model: TerraScope, run: Run) -> None:
    """Let the loop answer the case's question and write down what its parts are given and give back."""

    class Listening(Context):
        def read(self, prompt: Tensor, _: object) -> None:
            self._model.forget()
            super().read(prompt)  # at once, as the released code does

        def append_tokens(self, ids: list[int]) -> None:
            super().append_tokens(ids)
            run.fed[-1] = ids[0]

        def say(self, *args: Any) -> list[int]:  # noqa: ANN401
            said = super().say(*args)
            run.fed.append(said[0])
            run.states.append(self.last_state)
            return said

        def append_embeddings(self, embeddings: Tensor) -> None:
            super().append_embeddings(embeddings)
            run.fed.append(embeddings)
            run.states.append(self.last_state)

    def listen(_: nn.Module, args: tuple, kwargs: dict[str, Tensor], out: tuple[Tensor, ...]) -> None:
        run.decoder.append((kwargs["sparse_prompt_embeddings"], out[3]))

    encode = Grounding.encode
    hook = model.sam2.mask_decoder.register_forward_hook(listen, with_kwargs=True)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(reasoner, "Context", Listening)
        patch.setattr(
            Grounding, "encode", lambda *args, **named: run.features.append(encode(*args, **named)) or run.features[-1]
        )
        run.events += generate(model, run.images, [str(run["user_text"])], PUBLISHED)
    hook.remove()


@pytest.fixture(scope="module")
def run(golden_model: TerraScope, goldens: Path, request: pytest.FixtureRequest) -> Run:
    case = dict(np.load(goldens / f"{request.param}.npz"))
    images = [ModelImage(case[f"image{i}_uint8"]) for i in range(2) if f"image{i}_uint8" in case]
    run = Run(case, images)
    record(golden_model, run)
    return run


WITH_IMAGES = ["single_tiled", "pair_same"]
every_case = pytest.mark.parametrize("run", [*WITH_IMAGES, "text_only"], indirect=True)
with_images = pytest.mark.parametrize("run", WITH_IMAGES, indirect=True)


@every_case
def test_output_is_identical(run: Run) -> None:
    end = run.events[-1]
    assert isinstance(end, Finished)
    assert end.ids == run["generated_ids"].tolist()
    assert end.text == str(run["prediction_text"])
    assert end.stopped_by == "stop"
    assert len(run.segments) == 2 * bool(run.images)


@every_case
def test_prompt(golden_model: TerraScope, run: Run) -> None:
    counts = [[256 * golden_model.tiles(image, alone=len(run.images) == 1).count] for image in run.images]
    ids = prompt_ids(golden_model.vocabulary, [str(run["user_text"])], counts)
    assert ids == run["input_ids"].tolist()
    assert golden_model.vocabulary.decode(ids) == str(run["prompt_text"])


@with_images
def test_a_users_question_makes_the_released_prompt(golden_model: TerraScope, run: Run) -> None:
    """The golden texts are the released instruction and a question with its options (SPEC 4)."""
    question = str(run["user_text"]).split("<image>\n")[1]
    turn = user_turn(question, len(run.images), PUBLISHED)
    assert "".join(turn) == str(run["user_text"])
    counts = [[256 * golden_model.tiles(image, alone=len(run.images) == 1).count] for image in run.images]
    assert prompt_ids(golden_model.vocabulary, turn, counts) == run["input_ids"].tolist()


@every_case
def test_every_call_of_the_language_model(golden_model: TerraScope, run: Run) -> None:
    """The same tokens and blocks in the same order, and after each of them the same logits."""
    kinds = [PREFILL] + [TOKEN if isinstance(fed, int) else REGION for fed in run.fed[1:]]
    assert kinds == run["lm_call_kind"].tolist()
    tokens = run["lm_call_token"][run["lm_call_kind"] == TOKEN]
    assert [fed for fed in run.fed if isinstance(fed, int)] == tokens.tolist()
    with torch.inference_mode():
        logits = golden_model.language_model.lm_head(torch.cat(run.states))
    np.testing.assert_allclose(logits, run["lm_call_last_logits"], atol=1e-4)
    np.testing.assert_allclose(logits[0], run["prefill_last_logits"], atol=1e-4)
    np.testing.assert_allclose(run.states[0][0], run["prefill_last_hidden"], atol=2e-5)


@with_images
def test_vision_tower_and_projector(golden_model: TerraScope, run: Run) -> None:
    alone = len(run.images) == 1
    tiles = [rgb_tiles(image.rgb, golden_model.tiles(image, alone=alone), 448) for image in run.images]
    np.testing.assert_allclose(torch.cat(tiles), run["pixel_values"], atol=1e-6)
    with torch.inference_mode():
        hidden = golden_model.vision_model(torch.from_numpy(run["pixel_values"])).last_hidden_state
    shuffled = pixel_shuffle(hidden[:, 1:].reshape(len(hidden), 32, 32, -1)).flatten(1, 2)
    np.testing.assert_allclose(hidden, run["vit_last_hidden"], atol=2e-5)
    np.testing.assert_allclose(shuffled, run["vit_shuffled"], atol=2e-5)
    # What the loop itself has put in the places of <IMG_CONTEXT>.
    inside = torch.from_numpy(run["input_ids"] == golden_model.vocabulary.context_id)
    np.testing.assert_allclose(run.fed[0][inside], run["vit_projected"].reshape(-1, 64), atol=2e-5)


@with_images
def test_sam2_features(golden_model: TerraScope, run: Run) -> None:
    assert len(run.features) == run["n_frames"] == len(run.images)
    no_memory = golden_model.sam2.no_memory_embedding.reshape(-1, 1, 1)
    for frame, (image, features) in enumerate(zip(run.images, run.features, strict=True)):
        pixels = whole_pixels(image.rgb, 1024)[0]
        np.testing.assert_allclose(pixels[:, ::8, ::8], run[f"sam_frame{frame}_g_pixel_values_s8"], atol=1e-6)
        fine, middle, coarse = (level[0] for level in features.levels)
        np.testing.assert_allclose(fine, run[f"sam_frame{frame}_feat_s4"], atol=1e-4)
        np.testing.assert_allclose(middle, run[f"sam_frame{frame}_feat_s8"], atol=1e-4)
        np.testing.assert_allclose(coarse - no_memory, run[f"sam_frame{frame}_feat_s16"], atol=1e-4)


@with_images
@pytest.mark.parametrize("k", [0, 1])
def test_what_a_segment_says_to_sam2(golden_model: TerraScope, run: Run, k: int) -> None:
    state = run.states[seg_calls(golden_model, run)[k]]
    with torch.inference_mode():
        prompt = golden_model.text_hidden_fcs(state)
    np.testing.assert_allclose(state, run[f"seg{k}_hidden"], atol=5e-5)
    np.testing.assert_allclose(prompt, run[f"seg{k}_embed"], atol=2e-4)
    sparse, score = run.decoder[k]
    frame = int(run[f"seg{k}_img_idx"])
    np.testing.assert_allclose(sparse[0, 0], run[f"seg{k}_sparse"][frame], atol=2e-4)
    np.testing.assert_allclose(score.flatten(), run[f"seg{k}_obj_score"][frame], atol=1e-3)
    assert score.item() < 0  # stock SAM-2 would have emptied the mask; the released code does not (SPEC 2.4)


@with_images
@pytest.mark.parametrize("k", [0, 1])
def test_masks_on_every_image(golden_model: TerraScope, run: Run, k: int) -> None:
    """The released code decodes each prompt on all images, ours where it is used: here on all, to compare them."""
    with torch.inference_mode():
        prompt = golden_model.text_hidden_fcs(run.states[seg_calls(golden_model, run)[k]])
        made = [golden_model.grounding.decode(features, prompt) for features in run.features]
    masks = run[f"seg{k}_mask"].reshape(len(made), *run[f"seg{k}_mask"].shape[-2:])
    for frame, decoded in enumerate(made):
        np.testing.assert_allclose(decoded.low_res[0], run[f"seg{k}_lowres_all"][frame], atol=6e-3)
        np.testing.assert_allclose(decoded.ious[0], run[f"seg{k}_ious"][frame], atol=1e-4)
        assert int(decoded.ious[0].argmax()) == run[f"seg{k}_best"][frame]
        np.testing.assert_allclose(decoded.logits, run[f"seg{k}_logits_ori"][frame], atol=6e-3)
        assert (decoded.mask != masks[frame]).sum() <= 7


@with_images
@pytest.mark.parametrize("k", [0, 1])
def test_what_a_segment_injects(golden_model: TerraScope, run: Run, k: int) -> None:
    step = run.segments[k]
    frame = int(run[f"seg{k}_img_idx"])
    assert step.image - 1 == frame == k % len(run.images)  # images take turns (SPEC 5.6)
    assert step.tokens.tolist() == run[f"seg{k}_token_indices"].tolist()
    np.testing.assert_allclose(step.low_res[0], run[f"seg{k}_lowres_all"][frame], atol=6e-3)
    np.testing.assert_allclose(step.ious[0], run[f"seg{k}_ious"][frame], atol=1e-4)
    tiles = golden_model.tiles(run.images[frame], alone=len(run.images) == 1)
    assert [tiles.cols, tiles.rows] == run[f"seg{k}_grid_cols_rows"].tolist()
    grid = centre_grid(step.mask, tiles.rows, tiles.cols, 448, 16)
    assert (grid != run[f"seg{k}_token_grid"]).sum() <= 1
    block = run.fed[seg_calls(golden_model, run)[k] + 1]
    np.testing.assert_allclose(block, run[f"seg{k}_features"], atol=2e-5)


def seg_calls(model: TerraScope, run: Run) -> list[int]:
    """Numbers of the calls that were given [SEG]."""
    return [i for i, fed in enumerate(run.fed) if isinstance(fed, int) and fed == model.vocabulary.seg_id]
