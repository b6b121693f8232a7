"""Batches, made in the training process or by processes beside it, and brought to the device."""

from __future__ import annotations

import pickle  # nosec B403
import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass, fields, replace
from pathlib import Path
from typing import Self, TypeVar

import torch
from torch import Tensor
from torch.utils.data import DataLoader, IterableDataset, get_worker_info

_SHARED = Path("/dev/shm")  # noqa: S108  # nosec B108: only how much room is there
_SHARED_PER_WORKER = 1 << 30
"""bytes that two stages' largest batches take there, those that are ready and the one being made"""
_READY = 2
"""batches that each process has ready"""


@dataclass(frozen=True)
class Batch:
    """Tensors, and plain values beside them, that move together."""

    def _each(self, move: Callable[[Tensor], Tensor]) -> Self:
        there = {field.name: getattr(self, field.name) for field in fields(self)}
        return replace(self, **{name: move(value) for name, value in there.items() if isinstance(value, Tensor)})

    def pin_memory(self) -> Self:
        """In memory that a GPU reads by itself; `DataLoader` calls this."""
        return self._each(Tensor.pin_memory)

    def to(self, device: torch.device) -> Self:
        """On a device; from pinned memory to a GPU the copy runs while the processor goes on."""
        # Back to the processor nobody may look before the copy is complete.
        return self._each(lambda tensor: tensor.to(device, non_blocking=device.type == "cuda"))


Made = TypeVar("Made", bound=Batch)
Maker = Callable[[int], Iterator[Made]]
"""Endless batches of the worker of a number; picklable. Number 0 makes what the training process itself would make."""


class _Stream(IterableDataset):
    def __init__(self, make: Maker, packed: bool) -> None:
        self._make, self._packed = make, packed

    def __iter__(self) -> Iterator[Batch | bytes]:
        info = get_worker_info()
        made = self._make(info.id if info else 0)
        yield from (pickle.dumps(batch, pickle.HIGHEST_PROTOCOL) for batch in made) if self._packed else made


def feed(make: Maker, workers: int, device: torch.device) -> Iterator[Made]:
    """Endless batches on the device.

    Args:
        make: makes them.
        workers: processes that do; 0: this one does, when a batch is asked for.
        device: where they go.
    """
    if not workers:
        for batch in make(0):
            yield batch.to(device)
    # Batches pass through shared memory, of which containers may have next to none: then through pipes, a bit slower.
    packed = _SHARED.is_dir() and shutil.disk_usage(_SHARED).free < workers * _SHARED_PER_WORKER
    loader = DataLoader(
        _Stream(make, packed),
        batch_size=None,
        num_workers=workers,
        prefetch_factor=_READY,
        pin_memory=device.type == "cuda" and not packed,
    )
    for batch in loader:
        yield (pickle.loads(batch) if packed else batch).to(device)  # noqa: S301  # nosec B301: ours
