"""A network's outline: its modules, with the shapes and types of their tensors and without any numbers."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import torch
from torch import Tensor
from torch.overrides import TorchFunctionMode


@contextmanager
def outline() -> Iterator[None]:
    """Within it modules are made on the device "meta", but for ranges of numbers: those are few, and on the CPU.

    What torch itself does on "meta" for the numbers that a new network begins with has its rules in Python and brings
    sympy for them: half a second of a first answer, for weights that are read from files anyway.
    """
    with torch.device("meta"), _Unfilled():
        yield


class _Unfilled(TorchFunctionMode):
    """Leaves out how new weights are filled, and puts weights together without looking into them."""

    def __torch_function__(
        self, func: Callable[..., Any], _: object, args: tuple[Any, ...] = (), kwargs: dict[str, Any] | None = None
    ) -> object:
        kwargs = kwargs or {}
        if getattr(func, "__module__", None) == "torch.nn.init":
            return args[0] if args else kwargs["tensor"]
        if func is Tensor.mul and not isinstance(args[1], Tensor):  # ones, made as small as a scale begins
            return args[0]
        if func is torch.randn:
            return torch.empty(*args, **kwargs)
        if func is torch.cat and len(args) == 1 and not kwargs:
            first, rows = args[0][0], sum(len(part) for part in args[0])
            return torch.empty((rows, *first.shape[1:]), dtype=first.dtype)
        if func is torch.arange:
            kwargs = {**kwargs, "device": "cpu"}
        return func(*args, **kwargs)
