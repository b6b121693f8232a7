"""Stage 2: what a batch shows, and how the choice between two sensors is made and taught."""

from __future__ import annotations

import random
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
import torch
from torch.nn import functional as F

from model_runtime.model.selection import coverage_grid, token_indices, tokens_from_sar
from model_runtime.model.spectral import planes
from model_runtime.model.vision import Tiles, plane_tiles, visual_tokens
from model_runtime.training.anchors import class_anchors
from model_runtime.training.data import SceneCache
from model_runtime.training.questions import CLOUD, Sensors
from model_runtime.training.recipe import RECIPE
from model_runtime.training.stage2 import choose_sensors, losses
from model_runtime.training.stage2_batches import Layout, cell_shares, draw_layout, draw_place, place_batch
from tests.runtime.model.small import write_small

WATER = 1


def chosen(question: torch.Tensor, tokens: torch.Tensor, *, ground: bool = True) -> tuple[torch.Tensor, torch.Tensor]:
    """Two cells, of which the first is under a cloud; beside the question a longer one, so that ours is padded."""
    words = torch.stack([torch.cat([question, torch.ones(3, question.shape[1])]), torch.zeros(len(question) + 3, 16)])
    said = torch.arange(len(question) + 3) < torch.tensor([[len(question)], [len(question) + 3]])
    optical, sar = tokens[:2].expand(2, -1, -1), tokens[2:].expand(2, -1, -1)
    from_sar, _ = choose_sensors(words, said, optical, sar, torch.zeros(2, 2), torch.ones(2, dtype=torch.bool))
    hidden = torch.tensor([[0.9, 0.0]])
    _, cost = choose_sensors(words[:1], said[:1], optical[:1], sar[:1], hidden, torch.tensor([ground]))
    return from_sar[0], cost


def test_the_choice_is_the_one_the_runtime_makes() -> None:
    for seed in range(20):
        torch.manual_seed(seed)
        question, tokens = torch.randn(5, 16), torch.randn(4, 16)
        from_sar, _ = chosen(question, tokens)
        assert from_sar.tolist() == tokens_from_sar(question, tokens[:2], tokens[2:], torch.arange(2)).tolist()


@pytest.mark.parametrize(("label", "clouded_from_sar"), [(WATER, True), (CLOUD, False)])
def test_the_cost_teaches_to_look_through_clouds_unless_they_are_asked_for(label: int, clouded_from_sar: bool) -> None:
    torch.manual_seed(1)
    question, tokens = torch.randn(3, 16, requires_grad=True), torch.randn(4, 16, requires_grad=True)
    optimizer = torch.optim.Adam([question, tokens], lr=0.05)
    first = None
    for _ in range(100):
        from_sar, cost = chosen(question, tokens, ground=label != CLOUD)
        first = first or float(cost.detach())
        optimizer.zero_grad()
        cost.backward()
        optimizer.step()
    assert from_sar[0].item() is clouded_from_sar
    assert not (clouded_from_sar and from_sar[1])
    assert float(cost.detach()) < 0.5 * first


def test_several_tiles_only_for_a_single_image() -> None:
    drawn = [draw_layout(random.Random(seed), 0.5) for seed in range(400)]
    assert all(layout.images == 1 for layout in drawn if layout.cut != Tiles(1, 1))
    assert {len(layout.sensors) for layout in drawn} == set(range(1, 9))
    assert {("optical",), ("sar",), ("both",)} <= {layout.sensors for layout in drawn}


def test_places_have_as_many_dates_as_are_shown(tmp_path: Path) -> None:
    SceneCache.build(tmp_path, 2, 64, first_seed=5, workers=1)
    cache = SceneCache(tmp_path)
    for count in (1, 2, 5):
        layout = Layout(("both",) * count, Tiles(1, 1))
        dates = draw_place(cache, layout, random.Random(count))
        assert len(dates) == count
        assert layout.images == sum(len(date.images()) for date in dates)


@pytest.mark.parametrize("cut", [Tiles(1, 1), Tiles(2, 1), Tiles(3, 1), Tiles(2, 2)])
def test_cells_have_the_shares_that_choose_tokens(cut: Tiles) -> None:
    labels = np.random.default_rng(1).integers(0, 10, (256, 256), dtype=np.uint8)
    shares = cell_shares(labels, cut, 8)
    assert shares.shape == (cut.count * 64, 9)
    for code in (1, 9):
        grid = coverage_grid(labels == code, cut.rows * 8, cut.cols * 8)
        for row, col in ((0, 0), (5, 7), (cut.rows * 8 - 1, cut.cols * 8 - 1)):
            selected = np.zeros(grid.shape, bool)
            selected[row, col] = True
            (token,) = token_indices(selected, 8, 1)
            assert shares[token, code - 1] == pytest.approx(grid[row, col], abs=1e-5)


@pytest.mark.parametrize(("sensors", "cut"), [("optical", Tiles(2, 1)), ("both", Tiles(1, 1)), ("sar", Tiles(1, 1))])
def test_a_batch_is_learnt_as_its_questions_one_by_one(tmp_path: Path, sensors: Sensors, cut: Tiles) -> None:
    """Each sequence behind its own place's images, with the tokens that the runtime would choose."""
    (tmp_path / "model").mkdir()
    model = write_small(tmp_path / "model")
    SceneCache.build(tmp_path, 3, 256, first_seed=5, workers=1)
    recipe = replace(RECIPE, stage2_scenes=2, stage2_questions=3)
    side = model.config.tile_tokens
    layout = Layout((sensors,), cut)
    batch = place_batch(SceneCache(tmp_path), model.vocabulary, recipe, side, layout, random.Random(4))
    anchors = class_anchors(model.config.grounding_config.d_model, 1)
    with torch.no_grad():
        found = losses(model, torch.nn.Linear(model.config.llm_config.hidden_size, 9), batch, anchors)
        costs, far, count = 0.0, 0.0, 0
        embed = model.language_model.get_input_embeddings()
        for row in range(6):
            place = row // 3
            bands = batch.bands[[place]].expand(layout.images, -1, -1, -1)
            mine = slice(place * layout.images, (place + 1) * layout.images)
            seen = (batch.present[mine], batch.reflectance[mine], batch.pixel_size_m[mine])
            images = planes(bands, *seen, model.config.input_config)
            pixels = torch.cat([plane_tiles(image, cut, model.config.tile_size) for image in images])
            bank = visual_tokens(model.vision_model, model.mlp1, pixels).flatten(0, 1)
            length = batch.ids.shape[1]
            here = batch.injected // length == row
            tokens = batch.sources[here] - place * len(bank)
            choosable = batch.chosen_by[here] >= 0
            if choosable.any():
                question = embed(batch.words[row][batch.said[row]])
                of_sar = tokens_from_sar(question, bank[: side**2], bank[side**2 :], tokens[choosable])
                tokens[choosable] += side**2 * of_sar
            prefix = embed(batch.prefix[place])
            prefix[batch.prefix[place] == model.vocabulary.context_id] = bank
            ids = embed(batch.ids[row])
            ids[batch.ids[row] == model.vocabulary.region_id] = bank[tokens]
            states = model.language_model.model(inputs_embeds=torch.cat([prefix, ids])[None]).last_hidden_state[0]
            states = states[len(prefix) :]
            learnt = batch.learnt // length == row
            logits = model.language_model.lm_head(states[batch.learnt[learnt] % length])
            costs += F.cross_entropy(logits, batch.targets[learnt], reduction="sum")
            count += int(learnt.sum())
            marks = batch.marks // length == row
            said = model.text_hidden_fcs(states[batch.marks[marks] % length])
            far += (said - anchors[batch.classes[marks] - 1]).square().sum()
    assert found["text"] == pytest.approx(float(costs / count), rel=1e-4)
    assert found["seg"] == pytest.approx(float(far / len(batch.marks) / anchors.shape[1]), rel=1e-4)
    assert ("choice" in found) is (sensors == "both")
