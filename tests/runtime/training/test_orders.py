"""Which sample comes when: all once an epoch, from any position on, and each to one process."""

from __future__ import annotations

from itertools import islice
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from model_runtime.errors import RequestError
from model_runtime.terra_cot.entries import Example
from model_runtime.training.conversations import Conversation
from model_runtime.training.orders import DatasetOrder, ListOrder, NothingToLearn, Order
from tests.runtime.training.small_training import talk, write_dataset


def everyone(position: int) -> bool:
    return True


def names(order: Order, start: int, count: int) -> list[str]:
    return [talk.name for talk in islice(order.from_position(start, everyone), count)]


@given(st.integers(1, 12), st.integers(0, 30), st.integers(1, 4), st.integers(1, 3))
def test_a_list_goes_on_from_anywhere_and_is_dealt_to_processes(
    size: int, start: int, processes: int, micro: int
) -> None:
    order = ListOrder([talk(str(number), []) for number in range(size)], seed=3)
    whole = names(order, 0, start + 24)
    assert sorted(whole[:size]) == sorted(str(number) for number in range(size))
    assert names(order, start, 24) == whole[start:]
    dealt = {}
    for process in range(processes):
        mine = [p for p in range(start, start + 24) if p // micro % processes == process]
        stream = order.from_position(start, lambda p, process=process: p // micro % processes == process)
        dealt |= dict(zip(mine, (talk.name for talk in islice(stream, len(mine))), strict=True))
    assert [dealt[position] for position in sorted(dealt)] == whole[start:]


@pytest.fixture(scope="module", params=["json", "parquet"])
def dataset(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write_dataset(tmp_path_factory.mktemp("order"), request.param)


def named(example: Example, place: str) -> Conversation:
    assert example.images, "it was read without its images"
    return talk(example.entry.id, [])


@settings(max_examples=8, deadline=None)
@given(start=st.integers(0, 100))
def test_a_dataset_goes_on_from_anywhere(dataset: Path, start: int) -> None:
    order = DatasetOrder(dataset, "train", 5, named)
    whole = names(order, 0, 2 * len(order))
    assert len(set(whole[: len(order)])) == len(order) > 30
    assert set(whole[: len(order)]) == set(whole[len(order) :])
    assert whole[: len(order)] != whole[len(order) :], "each epoch has an order of its own"
    start %= len(order)
    assert names(order, start, len(order)) == whole[start : start + len(order)]
    second = order.from_position(start, lambda position: position % 2 == 1)
    assert [talk.name for talk in islice(second, 5)] == whole[start + (start % 2 == 0) :: 2][:5]


def test_only_usable_samples_count(dataset: Path) -> None:
    masked = DatasetOrder(dataset, "train", 5, named, lambda example: bool(example.entry.masks))
    plain = DatasetOrder(dataset, "train", 5, named)
    assert 0 < len(masked) <= len(plain)
    with pytest.raises(NothingToLearn, match="nothing to learn from in its split train"):
        DatasetOrder(dataset, "train", 5, named, lambda example: False)


def test_what_is_no_dataset_is_refused(tmp_path: Path) -> None:
    with pytest.raises(RequestError, match="is not a dataset that `data build` made"):
        DatasetOrder(tmp_path, "train", 1, named)
