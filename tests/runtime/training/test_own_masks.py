"""The model's own masks in stage 2: those of the run's mask branch, and more of them as the run goes on."""

from __future__ import annotations

import pickle
import random
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
import torch

from model_runtime.model.config import TerraScopeConfig
from model_runtime.model.vision import Tiles
from model_runtime.terra_cot.vocabulary import LAND_COVER
from model_runtime.training.data import SceneCache
from model_runtime.training.own_masks import OwnMasks
from model_runtime.training.questions import Date, Place, Sensors
from model_runtime.training.recipe import NANO_CONFIG, RECIPE
from model_runtime.training.stage1 import MaskBranch
from model_runtime.training.stage2_batches import Layout, PlaceBatch, batches, place_batch
from tests.runtime.model.small import write_small


@pytest.fixture
def config() -> TerraScopeConfig:
    llm = {**NANO_CONFIG["llm_config"], "vocab_size": 8}
    return TerraScopeConfig.model_validate({**NANO_CONFIG, "llm_config": llm})


def write_branch(config: TerraScopeConfig, path: Path, seed: int) -> None:
    torch.manual_seed(seed)
    torch.save({"state": MaskBranch(config).state_dict(), "share": 0.1}, path)


@pytest.fixture
def cache(tmp_path: Path) -> SceneCache:
    SceneCache.build(tmp_path / "places", 2, 256, first_seed=5, workers=1)
    return SceneCache(tmp_path / "places")


@pytest.mark.parametrize("sensors", ["sar", "both"])
def test_the_newest_weights_draw_and_what_they_draw_chooses_tokens(
    tmp_path: Path, config: TerraScopeConfig, cache: SceneCache, sensors: Sensors
) -> None:
    masks = pickle.loads(pickle.dumps(OwnMasks(config, tmp_path / "stage1.pt", RECIPE.seed)))  # noqa: S301
    dates = [Date(cache.chip(0), sensors)]
    assert masks.of(dates) is None  # stage 1 has written nothing yet
    drawn, phrases = [], LAND_COVER[:2]
    for seed in (1, 2):
        write_branch(config, tmp_path / "stage1.pt", seed)
        draw = masks.of(dates)
        drawn.append([draw(phrase, 1) for phrase in phrases])
    assert all(mask.shape == (256, 256) and mask.dtype == bool for mask in drawn[0])
    assert not np.array_equal(drawn[0], drawn[1])  # of other weights
    place = Place(dates, Tiles(1, 1), 100.0, 8, draw)
    for phrase, mask in zip(phrases, drawn[1], strict=True):
        cells = mask.reshape(8, 32, 8, 32).mean((1, 3)) > 0.5
        assert place.tokens_of(place.facts.region(phrase, 1), 64, False) == np.flatnonzero(cells).tolist()
        assert np.array_equal(place.facts.mask(phrase, 1), Place(dates, Tiles(1, 1), 100.0, 8).facts.mask(phrase, 1))


def test_their_share_grows_with_the_run(tmp_path: Path, cache: SceneCache, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "model").mkdir()
    vocabulary = write_small(tmp_path / "model").vocabulary
    masks = OwnMasks(None, tmp_path / "none.pt", 1)
    # One question of each place, and no text.
    recipe = replace(RECIPE, stage2_questions=1, text_share=(0.0, 0.0))
    asked: list[int] = []
    monkeypatch.setattr(masks, "of", lambda dates: asked.append(len(dates)))
    counts = []
    for used in (0.0, 0.5, 1.0):
        asked.clear()
        stream = batches(cache, vocabulary, recipe, 8, lambda used=used: used, 3, masks, 0)
        places = 0
        while places < 30:
            batch = next(stream)
            assert isinstance(batch, PlaceBatch)
            places += len(batch.prefix)
        counts.append(len(asked) / places)
    assert counts[0] == 0 < counts[1] < counts[2]
    assert counts[2] == pytest.approx(RECIPE.own_mask_share, abs=0.2)


def test_only_what_enters_is_chosen_otherwise(tmp_path: Path, config: TerraScopeConfig, cache: SceneCache) -> None:
    """Words, measures and marks are those of the truth."""
    (tmp_path / "model").mkdir()
    vocabulary = write_small(tmp_path / "model").vocabulary
    write_branch(config, tmp_path / "stage1.pt", 1)
    masks = OwnMasks(config, tmp_path / "stage1.pt", RECIPE.seed)
    layout, recipe = Layout(("optical",), Tiles(1, 1)), replace(RECIPE, stage2_scenes=2, stage2_questions=3)
    true, own = (
        place_batch(cache, vocabulary, recipe, 8, layout, random.Random(4), masks, share) for share in (0.0, 1.0)
    )
    said = [
        [[token for token in row if token != vocabulary.region_id] for row in batch.ids.tolist()]
        for batch in (true, own)
    ]
    end = vocabulary.id_of("<|endoftext|>")
    strip = [[[token for token in row if token != end] for row in rows] for rows in said]
    assert strip[0] == strip[1]
    assert true.classes.tolist() == own.classes.tolist()
    assert true.injected.tolist() != own.injected.tolist()
