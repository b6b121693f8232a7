"""Stage 2: what a batch shows, and how the choice between two sensors is made and taught."""

from __future__ import annotations

import random
from pathlib import Path

import pytest
import torch

from model_runtime.model.selection import tokens_from_sar
from model_runtime.model.vision import Tiles
from model_runtime.training.data import SceneCache
from model_runtime.training.questions import CLOUD
from model_runtime.training.stage2 import choose_sensors
from model_runtime.training.stage2_batches import Layout, cell_shares, draw_layout, draw_place

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
