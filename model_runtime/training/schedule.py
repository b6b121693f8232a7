"""A wall-clock budget and the learning rate that follows it."""

from __future__ import annotations

import math
import time

from torch.optim import Optimizer


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
