"""A wall-clock budget, the learning rate that follows it, and the log and checkpoints on the way."""

from __future__ import annotations

import math
import time
from pathlib import Path

import torch
from torch import Tensor, nn
from torch.optim import Optimizer

_PRINT_EVERY_S = 30
_SAVE_EVERY_S = 240


class Budget:
    """Linear warm-up, then cosine decay to a hundredth, over the share of the time that is used."""

    def __init__(self, minutes: float, warm_up: float, already: float = 0.0) -> None:
        self._seconds, self._warm_up = minutes * 60, warm_up
        self._start = time.monotonic() - already * self._seconds

    @property
    def share(self) -> float:
        """0 at the start, 1 when the budget is used."""
        return min(1.0, (time.monotonic() - self._start) / self._seconds)

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
        self._steps = 0
        self._printed = self._saved = time.monotonic()

    def note(self, losses: dict[str, Tensor]) -> None:
        """Take one step's losses; print and save when it is time."""
        self._steps += 1
        for name, value in losses.items():
            now = float(value.detach())
            self._means[name] = 0.97 * self._means.get(name, now) + 0.03 * now
        clock, share = time.monotonic(), self._budget.share
        if clock - self._printed > _PRINT_EVERY_S:
            means = " ".join(f"{name} {mean:.4f}" for name, mean in self._means.items())
            print(f"step {self._steps} {share:.0%} {means}", flush=True)
            self._printed = clock
        if clock - self._saved > _SAVE_EVERY_S:
            self.save()

    def save(self) -> None:
        """Write the weights and the share of the budget that made them."""
        part = self._out.with_suffix(".part")
        torch.save({"state": self._module.state_dict(), "share": self._budget.share}, part)
        part.replace(self._out)
        self._saved = time.monotonic()
