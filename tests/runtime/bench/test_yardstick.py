"""The yardstick says, marks and injects what the runtime does: their times are of the same work."""

from __future__ import annotations

import json
from contextlib import nullcontext
from pathlib import Path

import numpy as np
import pytest

from model_runtime.bench.dictation import dictated, dictating
from model_runtime.bench.yardstick import Spoken, speak_plainly
from model_runtime.model.checkpoint import load_model
from model_runtime.model.config import GroundingConfig
from model_runtime.model.profile import PUBLISHED
from model_runtime.model.prompt import user_turn
from model_runtime.model.reasoner import Finished, SegStep, generate
from model_runtime.model.terrascope import TerraScope
from model_runtime.model.vision import ModelImage
from tests.runtime.model.small import write_small

TURN = user_turn("How many hectares of water are there?", 1, PUBLISHED)


@pytest.fixture(scope="module")
def small(tmp_path_factory: pytest.TempPathFactory) -> TerraScope:
    return write_small(tmp_path_factory.mktemp("yardstick"))


@pytest.fixture(scope="module")
def nano(nano_folder: Path) -> TerraScope:
    return load_model(nano_folder)


def scenery(height: int, width: int) -> ModelImage:
    """Six bands of a bright half and a dark half, with noise."""
    rng = np.random.default_rng(5)
    level = np.linspace(0.05, 0.6, 6, dtype=np.float32)[:, None, None] * (np.arange(width) > width / 2)
    bands = (level + 0.02 * rng.random((6, height, width))).astype(np.float32)
    rgb = (bands[:3].transpose(1, 2, 0) * 255).astype(np.uint8)
    return ModelImage(rgb, bands, ("red", "green", "blue", "nir", "swir1", "swir2"), reflectance=True)


def of_the_runtime(model: TerraScope, image: ModelImage, words: list[int] | None) -> Spoken:
    with nullcontext() if words is None else dictating(model, words):
        *events, end = generate(model, [image], TURN, PUBLISHED)
    assert isinstance(end, Finished)
    steps = [event for event in events if isinstance(event, SegStep)]
    return Spoken(end.ids, [step.mask for step in steps], [step.tokens for step in steps])


def assert_same(one: Spoken, other: Spoken) -> None:
    assert one.ids == other.ids
    assert len(one.masks) == len(other.masks)
    for mine, theirs in zip(one.masks, other.masks, strict=True):
        np.testing.assert_array_equal(mine, theirs)
    for mine, theirs in zip(one.tokens, other.tokens, strict=True):
        np.testing.assert_array_equal(mine, theirs)


@pytest.mark.parametrize("size", [(200, 300), (256, 256)])
def test_dictated_words_of_a_random_model(small: TerraScope, size: tuple[int, int]) -> None:
    words = dictated(small, 15, 3)
    said = speak_plainly(small, scenery(*size), TURN, words)
    assert len(said.masks) == 3
    assert [i for i in said.ids if i != small.vocabulary.region_id] == words
    assert said.ids.count(small.vocabulary.region_id) == sum(map(len, said.tokens)) > 0
    assert_same(said, of_the_runtime(small, scenery(*size), words))


def test_dictated_words_of_nano(nano: TerraScope) -> None:
    words = dictated(nano, 12, 2)
    said = speak_plainly(nano, scenery(300, 256), TURN, words)
    assert len(said.masks) == 2
    assert_same(said, of_the_runtime(nano, scenery(300, 256), words))


def test_nano_s_own_words(nano: TerraScope) -> None:
    said = speak_plainly(nano, scenery(256, 256), TURN)
    assert said.masks
    assert said.ids[-1] in nano.vocabulary.stop_ids
    assert_same(said, of_the_runtime(nano, scenery(256, 256), None))


def test_the_released_code_s_own_words(goldens: Path) -> None:
    sizes = json.loads((goldens / "sam2_tiny.json").read_text("utf-8"))
    model = load_model(goldens / "checkpoint", grounding=GroundingConfig.from_sizes(sizes))
    case = np.load(goldens / "single_tiled.npz")
    said = speak_plainly(model, ModelImage(case["image0_uint8"]), [str(case["user_text"])])
    assert said.ids == case["generated_ids"].tolist()
    assert len(said.masks) == 2
    for k, (mask, tokens) in enumerate(zip(said.masks, said.tokens, strict=True)):
        assert (mask != case[f"seg{k}_mask"]).mean() < 1e-4
        np.testing.assert_array_equal(tokens, case[f"seg{k}_token_indices"])


def test_it_can_be_stopped_between_tokens(small: TerraScope) -> None:
    left = iter(range(3))

    def go_on() -> None:
        if next(left, None) is None:
            raise InterruptedError

    with pytest.raises(InterruptedError):
        speak_plainly(small, scenery(64, 64), TURN, dictated(small, 15, 0), go_on)
