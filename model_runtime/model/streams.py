"""What keeps a GPU busy: two towers at once, and uploads that nobody waits for. Elsewhere nothing is done otherwise."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache

import torch
from torch import Tensor


def uploaded(x: Tensor, device: torch.device, dtype: torch.dtype | None = None) -> Tensor:
    """A tensor on a device, and in a type; the processor does not wait for a GPU to have read it."""
    if device.type == "cuda" and x.device.type == "cpu":
        return x.pin_memory().to(device, non_blocking=True).to(dtype or x.dtype)
    return x.to(device, dtype or x.dtype)


@contextmanager
def beside(device: torch.device, *given: Tensor | None) -> Iterator[torch.cuda.Event | None]:
    """Within, what a GPU is given runs beside what it is given after.

    Args:
        device: of both.
        given: tensors that are read within.

    Yields:
        What whoever reads the results has to wait for; None where everything is done in its turn.
    """
    if device.type != "cuda":
        yield None
        return
    stream, done = _second(device), torch.cuda.Event()
    stream.wait_stream(torch.cuda.current_stream(device))
    with torch.cuda.stream(stream):
        yield done
        done.record(stream)
    for x in given:
        if x is not None:
            x.record_stream(stream)  # or its memory would be given to others too early


@cache
def _second(device: torch.device) -> torch.cuda.Stream:
    return torch.cuda.Stream(device)
