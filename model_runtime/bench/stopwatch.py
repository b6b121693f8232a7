"""Where the time of an answer goes: functions of the runtime timed from outside, each second counted for one stage."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from functools import wraps
from typing import Any

import torch
from torch import Tensor

from ..answering import concluding, thinking
from ..answering.findings import Findings
from ..model import grounding, terrascope
from ..model.banks import DateBank
from ..model.grounding import Grounding
from ..model.language import Context
from ..model.terrascope import TerraScope
from ..scene import acquisitions
from .memory import settle

STAGES = (
    "read", "preprocess", "vit", "sam2_encode", "prefill", "token", "mask_decode", "select_inject", "measure", "write",
)  # fmt: skip
"""of a question, in its order"""


@dataclass(frozen=True)
class Timed:
    """Seconds on the clock and of the processor; a machine that others use too stretches the latter less."""

    wall_s: float
    processor_s: float

    def __add__(self, other: Timed) -> Timed:
        return Timed(self.wall_s + other.wall_s, self.processor_s + other.processor_s)

    def __sub__(self, other: Timed) -> Timed:
        return Timed(self.wall_s - other.wall_s, self.processor_s - other.processor_s)


def now(device: torch.device) -> Timed:
    """Both clocks, when a GPU has done all that it was given."""
    settle(device)
    return Timed(time.perf_counter(), time.process_time())


class Stopwatch:
    """Seconds by stage. A stage within a stage is taken off the outer one, so that they add up.

    Args:
        device: whose work is waited for where a stage begins and ends.
    """

    def __init__(self, device: torch.device) -> None:
        self.stages: dict[str, Timed] = {}
        self._device = device
        self._open: list[str] = []
        self._since = Timed(0.0, 0.0)

    @property
    def current(self) -> str | None:
        """The stage that the time runs for."""
        return self._open[-1] if self._open else None

    @contextmanager
    def stage(self, name: str) -> Iterator[None]:
        """Count what is done within for `name`."""
        self._switch()
        self._open.append(name)
        try:
            yield
        finally:
            self._switch()
            self._open.pop()

    def _switch(self) -> None:
        moment = now(self._device)
        if self._open:
            name = self._open[-1]
            self.stages[name] = self.stages.get(name, Timed(0.0, 0.0)) + (moment - self._since)
        self._since = moment

    @contextmanager
    def watching(self, owner: object, name: str, stage: str | Callable[..., str | None]) -> Iterator[None]:
        """Count every call of a function for a stage.

        Args:
            owner: class or module that the function is looked up in.
            name: of the function.
            stage: of its calls, or what names it from their arguments; None: the stage that is on goes on.
        """
        real = getattr(owner, name)

        @wraps(real)
        def timed(*args: Any, **kwargs: Any) -> Any:  # noqa: ANN401 - any function's
            chosen = stage if isinstance(stage, str) else stage(*args)
            if chosen is None:
                return real(*args, **kwargs)
            with self.stage(chosen):
                return real(*args, **kwargs)

        setattr(owner, name, timed)
        try:
            yield
        finally:
            setattr(owner, name, real)


@contextmanager
def watching_runtime(watch: Stopwatch) -> Iterator[None]:
    """Count what a question takes for the stages of `STAGES`.

    Each token's logits belong to it, also the first one's.
    """

    def appended(_: Context, __: Tensor) -> str | None:
        return None if watch.current in ("token", "prefill") else "select_inject"

    watched: tuple[tuple[object, str, str | Callable[..., str | None]], ...] = (
        (acquisitions, "open_acquisitions", "read"),
        (thinking, "model_image", "preprocess"),
        (TerraScope, "planes", "preprocess"),
        (terrascope, "rgb_tiles", "preprocess"),
        (terrascope, "plane_tiles", "preprocess"),
        (grounding, "whole_pixels", "preprocess"),
        (terrascope, "visual_tokens", "vit"),
        (Grounding, "encode", "sam2_encode"),
        (Grounding, "decode", "mask_decode"),
        (Context, "read", "prefill"),
        (Context, "say", "token"),
        (Context, "append_tokens", "token"),
        (Context, "append_embeddings", appended),
        (DateBank, "region", "select_inject"),
        *((Findings, name, "measure") for name in ("record", "relate", "compare")),
        (concluding, "write", "write"),
    )
    with ExitStack() as all_of_them:
        for owner, name, stage in watched:
            all_of_them.enter_context(watch.watching(owner, name, stage))
        yield
