"""What a plan promises: every record in one shard, every place in one split, whatever is asked for."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from model_runtime.errors import RequestError
from model_runtime.terra_cot.plan import Options, Origin, _deal, make_plan, share, split_samples
from model_runtime.terra_cot.records import SPLITS, Item, split_of

PLACES = st.text(min_size=1, max_size=12)


@given(st.integers(0, 10**9), st.integers(1, 1000))
def test_shares_are_even_and_lose_nothing(total: int, parts: int) -> None:
    shares = [share(total, parts, part) for part in range(parts)]
    assert sum(shares) == total
    assert max(shares) - min(shares) <= 1


@given(st.integers(1, 10**8))
def test_splits_are_eighty_ten_and_ten_in_a_hundred(samples: int) -> None:
    counts = split_samples(samples)
    assert tuple(counts) == SPLITS
    assert sum(counts.values()) == samples
    assert counts["val"] == counts["test"] == samples // 10


@given(PLACES, st.lists(st.text(max_size=5), min_size=2, max_size=5))
def test_all_records_of_a_place_are_in_one_split(place: str, names: list[str]) -> None:
    assert len({split_of(Item(name, place)) for name in names}) == 1


def test_places_fall_into_the_splits_as_often_as_said() -> None:
    counts = Counter(split_of(Item("", f"place {number}")) for number in range(20_000))
    assert counts["train"] / 20_000 == pytest.approx(0.8, abs=0.01)
    assert counts["val"] / 20_000 == pytest.approx(0.1, abs=0.01)


@given(
    st.integers(1, 2000),
    st.integers(1, 300),
    st.lists(st.one_of(st.none(), st.integers(0, 40)), min_size=1, max_size=3),
    st.integers(0, 5),
)
def test_every_record_is_in_one_shard_and_every_sample_is_asked_for(
    samples: int, shard_samples: int, sizes: list[int | None], seed: int
) -> None:
    origins = [Origin(f"source {number}", f"/{number}", "", "", "") for number in range(len(sizes))]
    items = [size if size is None else [Item(f"{size}-{k}", f"{size}-{k}") for k in range(size)] for size in sizes]
    options = Options(("x",), samples, seed, shard_samples=shard_samples)
    shards = _deal(options, "train", samples, origins, items)
    assert [shard.number for shard in shards] == list(range(len(shards)))
    for number, (origin, records) in enumerate(zip(origins, items, strict=True)):
        parts = [part for shard in shards for part in shard.parts if part.origin == origin]
        asked = share(samples, len(origins), number)
        assert sum(part.samples for part in parts) == (0 if records == [] else asked)
        if records is None:
            assert all(part.items is None for part in parts)
        elif asked >= len(records):
            dealt = [item for part in parts for item in part.items]
            assert sorted(dealt, key=repr) == sorted(records, key=repr)
        assert all(part.samples and (part.items is None or part.items) for part in parts)


@pytest.mark.parametrize(
    ("change", "says"),
    [
        ({"sources": ()}, "There is no source"),
        ({"sources": ("generated", "generated")}, "given twice"),
        ({"samples": 0}, "1 to 100,000,000 samples, not 0"),
        ({"shard_samples": 0}, "at least 1 sample"),
        ({"seed": -1}, "0 or more, not -1"),
        ({"format": "csv"}, "choose one of json, parquet"),
        ({"traces": "none"}, "choose one of measured, plain, both"),
    ],
)
def test_what_cannot_be_built_is_refused(change: dict, says: str) -> None:
    with pytest.raises(RequestError, match=says):
        make_plan(replace(Options(("generated",), 10), **change))


def test_a_plan_knows_nothing_of_the_order_of_its_options_but_all_of_their_values() -> None:
    plan = make_plan(Options(("generated",), 1000, seed=7))
    assert plan == make_plan(Options(("generated",), 1000, seed=7))
    assert plan.fixed() == make_plan(Options(("generated",), 1000, seed=7)).fixed()
    assert plan.fixed() != make_plan(Options(("generated",), 1000, seed=8)).fixed()
    assert [shard.name for shard in plan.shards] == ["train-00000", "train-00001", "val-00000", "test-00000"]
    assert sum(shard.samples for shard in plan.shards) == 1000
