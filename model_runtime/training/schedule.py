"""A wall-clock budget, the learning rate that follows it, and the log and checkpoints on the way."""

from __future__ import annotations

import math
import signal
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from types import FrameType

import torch
from torch import Tensor, nn
from torch.optim import Optimizer

from ..errors import ModelError
from .feed import Made

_PRINT_EVERY_S = 30
_SAVE_EVERY_S = 60


class Budget:
    """Linear warm-up, then cosine decay to a hundredth, over the share of the time that is used."""

    def __init__(self, minutes: float, warm_up: float, already: float = 0.0) -> None:
        self._seconds, self._warm_up = minutes * 60, warm_up
        # This clock is the same in every process, so that those that make batches know the share too.
        self._start = time.monotonic() - already * self._seconds
        self._ended = False

    @property
    def share(self) -> float:
        """0 at the start, 1 when the budget is used."""
        return min(1.0, (time.monotonic() - self._start) / self._seconds)

    def used(self) -> float:
        """`share`, to hand on."""
        return self.share

    @property
    def over(self) -> bool:
        """Whether to stop: the budget is used, or somebody wants the process to end."""
        return self._ended or self.share >= 1

    @contextmanager
    def ended_by_signals(self) -> Iterator[None]:
        """Within, SIGTERM and Ctrl+C end the training after the step under way, so that what there is can be kept."""
        if threading.current_thread() is not threading.main_thread():
            yield
            return
        before = {number: signal.signal(number, self._end) for number in (signal.SIGTERM, signal.SIGINT)}
        try:
            yield
        finally:
            for number, handler in before.items():
                signal.signal(number, handler)

    def _end(self, number: int, _: FrameType | None) -> None:
        self._ended = True
        signal.signal(number, signal.SIG_DFL)  # the second time it ends at once

    def factor(self) -> float:
        """Of the peak learning rate."""
        share = self.share
        if share < self._warm_up:
            return max(0.02, share / self._warm_up)
        return 0.01 + 0.99 * 0.5 * (1 + math.cos(math.pi * (share - self._warm_up) / (1 - self._warm_up)))

    def apply(self, optimizer: Optimizer) -> None:
        """Set the learning rate of every group, a part of the group's `peak`."""
        factor = self.factor()
        for group in optimizer.param_groups:
            group["lr"] = group["peak"] * factor


class Journal:
    """Prints running means of the losses, and keeps the newest weights in a file that is whole at any moment."""

    def __init__(self, module: nn.Module, budget: Budget, out: Path) -> None:
        self._module, self._budget, self._out = module, budget, out
        self._means: dict[str, float] = {}
        self._noted: list[dict[str, Tensor]] = []
        self._steps = 0
        self._waited_s = 0.0
        self._printed = self._saved = time.monotonic()

    def next_of(self, stream: Iterator[Made]) -> Made:
        """The next batch; how long it took to come is printed too."""
        start = time.monotonic()
        batch = next(stream)
        self._waited_s += time.monotonic() - start
        return batch

    def note(self, losses: dict[str, Tensor]) -> None:
        """Take one step's losses; print and save when it is time."""
        self._steps += 1
        # Their values are only asked for when they are printed: a GPU would have to finish all its work each time.
        self._noted.append({name: value.detach() for name, value in losses.items()})
        clock = time.monotonic()
        if clock - self._printed > _PRINT_EVERY_S:
            self._print(clock - self._printed)
        if clock - self._saved > _SAVE_EVERY_S:
            self.save()

    def _print(self, seconds: float) -> None:
        rate, waited = len(self._noted) / seconds, self._waited_s / seconds
        for step in self._noted:
            for name, value in step.items():
                now = float(value)
                if math.isfinite(now):  # a mean over nothing is none
                    self._means[name] = 0.97 * self._means.get(name, now) + 0.03 * now
        means = " ".join(f"{name} {mean:.4f}" for name, mean in self._means.items())
        print(
            f"step {self._steps} {self._budget.share:.0%} {means}; {rate:.2f} steps/s, waited for batches {waited:.0%}",
            flush=True,
        )
        self._noted.clear()
        self._waited_s, self._printed = 0.0, time.monotonic()

    def save(self) -> None:
        """Write the weights and the share of the budget that made them.

        Raises:
            ModelError: they are no numbers any more; the file stays as it was.
        """
        part = self._out.with_suffix(".part")
        state = {name: value.cpu() for name, value in self._module.state_dict().items()}
        if not all(bool(value.isfinite().all()) for value in state.values()):
            raise ModelError(f"The training has diverged: {self._out} keeps the last weights that were sound.")
        torch.save({"state": state, "share": self._budget.share}, part)
        part.replace(self._out)
        self._saved = time.monotonic()

    def end(self) -> None:
        """Print and save what there is."""
        if self._noted:
            self._print(max(1e-3, time.monotonic() - self._printed))
        self.save()
        print(f"{self._out} written at {self._budget.share:.0%} of the budget", flush=True)
