"""Batches are the same whoever makes them, and move as one."""

from __future__ import annotations

from contextlib import closing
from dataclasses import fields, replace
from functools import partial
from itertools import islice

import pytest
import torch

from model_runtime.model.vocabulary import Vocabulary
from model_runtime.training import feed, stage1_batches, stage2_batches
from model_runtime.training.data import SceneCache
from model_runtime.training.feed import Batch, Maker
from model_runtime.training.recipe import RECIPE
from model_runtime.training.schedule import Budget

CPU = torch.device("cpu")
SMALL = replace(RECIPE, stage1_batch=3, stage2_scenes=2, stage2_questions=2, text_questions=4)


@pytest.fixture(scope="module")
def cache(tmp_path_factory: pytest.TempPathFactory) -> SceneCache:
    folder = tmp_path_factory.mktemp("places")
    SceneCache.build(folder, 3, 64, first_seed=5, workers=1)
    return SceneCache(folder)


@pytest.fixture(params=["stage1", "stage2"])
def make(request: pytest.FixtureRequest, cache: SceneCache, vocabulary: Vocabulary) -> Maker:
    if request.param == "stage1":
        return partial(stage1_batches.batches, cache, [], SMALL, 64, 1)
    return partial(stage2_batches.batches, cache, vocabulary, SMALL, 8, Budget(1000, 0.1).used, 1, None)


def same(one: Batch, other: Batch) -> bool:
    pairs = [(getattr(one, field.name), getattr(other, field.name)) for field in fields(one)]
    return type(one) is type(other) and all(
        torch.equal(a, b) and a.dtype == b.dtype if isinstance(a, torch.Tensor) else a == b for a, b in pairs
    )


@pytest.mark.parametrize("room", [0, 1 << 60])
def test_a_process_makes_what_the_loop_makes(make: Maker, room: int, monkeypatch: pytest.MonkeyPatch) -> None:
    """Also where there is no shared memory to pass batches through."""
    monkeypatch.setattr(feed, "_SHARED_PER_WORKER", room)
    with closing(feed.feed(make, 1, CPU)) as beside, closing(feed.feed(make, 0, CPU)) as here:
        for one, other in islice(zip(beside, here, strict=True), 4):
            assert same(one, other)


def test_each_process_draws_its_own(make: Maker) -> None:
    first, second = (next(make(worker)) for worker in (0, 1))
    assert not same(first, second)
    with closing(feed.feed(make, 2, CPU)) as stream:
        assert same(next(stream), first)
        assert same(next(stream), second)


@pytest.mark.parametrize(
    "device",
    ["cpu", pytest.param("cuda", marks=pytest.mark.skipif(not torch.cuda.is_available(), reason="there is no GPU"))],
)
def test_all_of_a_batch_moves(make: Maker, device: str) -> None:
    batch = next(make(0))
    moved = (batch.pin_memory() if device == "cuda" else batch).to(torch.device(device))
    tensors = [value for field in fields(moved) if isinstance(value := getattr(moved, field.name), torch.Tensor)]
    assert len(tensors) >= 5
    assert {tensor.device.type for tensor in tensors} == {device}
    assert same(batch, moved.to(CPU))
