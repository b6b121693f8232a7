"""In which order samples are learnt from: the same for the same seed, on every machine, from any position on.

A position counts samples, epoch after epoch. Whatever stands there is found again after a kill without what came
before being read; and of several processes each reads its own positions.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Protocol

from ..errors import RequestError
from ..terra_cot.chance import seeded
from ..terra_cot.entries import Example
from ..terra_cot.export import read_shard, shard_paths
from ..terra_cot.records import Split
from .conversations import Conversation

Mine = Callable[[int], bool]
"""whether a position is this process's to read"""


class NothingToLearn(RequestError):  # noqa: N818 - it says what is the matter
    """A part of a dataset has no sample that is usable."""


class Order(Protocol):
    """Samples without end."""

    def __len__(self) -> int:
        """Samples in an epoch, at least 1."""

    def from_position(self, position: int, mine: Mine) -> Iterator[Conversation]:
        """What stands at `position` and after it, as far as it is this process's."""


class ListOrder:
    """Conversations that are in memory, each epoch in an order of its own.

    Args:
        talks: all of them, at least one.
        seed: of the orders.
    """

    def __init__(self, talks: Sequence[Conversation], seed: int) -> None:
        self._talks, self._seed = list(talks), seed

    def __len__(self) -> int:
        return len(self._talks)

    def from_position(self, position: int, mine: Mine) -> Iterator[Conversation]:
        """See `Order`."""
        while True:
            epoch, within = divmod(position, len(self._talks))
            order = _shuffled(len(self._talks), f"{self._seed} {epoch}")
            for place in order[within:]:
                if mine(position):
                    yield self._talks[place]
                position += 1


class DatasetOrder:
    """A dataset of `data build`: its shards in drawn order, the samples of each shard too; one shard is in memory.

    Args:
        folder: of the dataset.
        split: which part of it.
        seed: of the orders.
        make: a sample with its images, and what stands for its position -> what is learnt from it.
        usable: which samples count, by their texts and masks alone.

    Raises:
        RequestError: the folder is no dataset, or no sample of the split is usable.
    """

    def __init__(
        self, folder: Path, split: Split, seed: int, make: Callable[[Example, str], Conversation],
        usable: Callable[[Example], bool] = lambda example: True,
    ) -> None:  # fmt: skip
        self._folder, self._split, self._seed, self._make = folder, split, seed, make
        # Names alone: texts and masks of a large dataset would fill the memory.
        self._shards = [
            (path, [example.entry.id for example in read_shard(path, False) if usable(example)])
            for path in shard_paths(folder, split)
        ]
        self._shards = [(path, ids) for path, ids in self._shards if ids]
        if not self._shards:
            raise NothingToLearn(
                f"{folder} has nothing to learn from in its split {split}: build it with more samples."
            )

    def __len__(self) -> int:
        return sum(len(ids) for _, ids in self._shards)

    def from_position(self, position: int, mine: Mine) -> Iterator[Conversation]:
        """See `Order`."""
        epoch, start = divmod(position, len(self))
        position -= start
        while True:
            for number in _shuffled(len(self._shards), f"{self._seed} {epoch}"):
                path, ids = self._shards[number]
                order = [ids[place] for place in _shuffled(len(ids), f"{self._seed} {epoch} {path.name}")]
                here = {position + place: name for place, name in enumerate(order)}
                wanted = {place: name for place, name in here.items() if place >= position + start and mine(place)}
                start = max(0, start - len(order))
                position += len(order)
                if not wanted:
                    continue
                names = set(wanted.values())
                read = {
                    example.entry.id: example
                    for example in read_shard(path, lambda entry, names=names: entry.id in names)
                    if example.entry.id in names
                }
                for place, name in wanted.items():
                    yield self._make(read[name], str(place))
            epoch, start = epoch + 1, 0


def _shuffled(count: int, key: str) -> list[int]:
    rng: random.Random = seeded(key)
    return rng.sample(range(count), count)
