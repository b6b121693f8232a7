"""The libraries that an answer needs: imported in pieces, and no more of them than it uses.

Most of the time to a first answer goes into imports, of which an answer never calls the larger part. What is left out
here transformers either does without, as where a package is not installed, or names without reading it.
"""

from __future__ import annotations

import gc
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import cache, partial, wraps
from importlib import import_module
from importlib.metadata import version
from inspect import isfunction

from ..errors import LibrariesError
from .postponed import Postponed, is_unread, postpone

# What goes into a model and an answer, in pieces of about a second: between them somebody may cancel.
_PIECES = (
    "torch",
    "transformers.modeling_utils",
    "model_runtime.model.checkpoint",
    "model_runtime.pipeline",
)
_COMPILER = "torch._dynamo"
# Of these transformers imports a part, for what we do otherwise or not at all: torchao's own format of checkpoints,
# scipy's for the losses of object detection, models spread over devices and processes.
_LEFT_OUT = ("accelerate", "scipy", "torchao")


def load(go_on: Callable[[], None]) -> None:
    """Import all that loading a model and answering take; nothing is done when it is there.

    Args:
        go_on: called at first and before each piece; what it raises ends the import.

    Raises:
        LibrariesError: there is not enough memory.
    """
    go_on()
    if all(name in sys.modules for name in _PIECES):
        return
    with room_for_libraries(), _uncollected():
        for name in _PIECES:
            go_on()
            if name == "transformers.modeling_utils" and name not in sys.modules:
                _leave_out()
                _postpone()
            import_module(name)


@contextmanager
def room_for_libraries() -> Iterator[None]:
    """For imports: memory that is too short for a library is told in words.

    Raises:
        LibrariesError: it was.
    """
    try:
        yield
    except (ImportError, MemoryError, OSError) as error:
        words = ("failed to map segment", "annot allocate memory", "paging file")  # Linux's, POSIX's, Windows's
        if not isinstance(error, MemoryError) and not any(part in str(error) for part in words):
            raise
        raise LibrariesError(
            "There is not enough memory to load PyTorch and what goes with it; close other programs and ask again."
        ) from error


@contextmanager
def _uncollected() -> Iterator[None]:
    """Imports make a million objects that stay: looking through them for garbage again and again finds none.

    Later collections, and the last one when the process ends, pass over them too.
    """
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
        gc.freeze()
    finally:
        if was_on:
            gc.enable()


def _postpone() -> None:
    """Let torch's compiler and the packages of tables be named without being read.

    transformers marks some functions for the compiler, and pyogrio looks which packages there are.
    """
    compiler = Postponed(
        _COMPILER,
        children=["_trace_wrapped_higher_order_op"],
        notes=["allow_in_graph", "assume_constant_result"],
        known={"disable": _disable},
    )
    tables = [Postponed(name, known={"__version__": version(name)}) for name in ("geopandas", "pandas")]
    postpone([compiler, *tables])


def _disable(function: Callable | None = None, recursive: bool = True, **how: object) -> Callable:
    """`torch._dynamo.disable`, which keeps the compiler from a function: as long as nobody has read it, by itself."""
    if function is None:
        return partial(_disable, recursive=recursive, **how)

    @cache
    def disabled() -> Callable:
        return sys.modules[_COMPILER].disable(function, recursive, **how)

    if not isfunction(function):
        return disabled()  # where it takes a class or a module, that itself is changed

    @wraps(function)
    def call(*args: object, **kwargs: object) -> object:
        return (function if is_unread(_COMPILER) else disabled())(*args, **kwargs)

    return call


def _leave_out() -> None:
    """Let transformers find some packages missing, for as long as this process lives.

    It asks once and remembers, so all of it is of one mind: whoever wants what needs such a package is told so. torch,
    and those packages, are not touched.
    """
    import torch.distributed

    known = import_module("transformers.utils.import_utils")
    look, among_processes = known._is_package_available, torch.distributed.is_available

    def without(name: str, return_version: bool = False) -> tuple[bool, str | None]:
        return (False, None) if name in _LEFT_OUT else look(name, return_version)

    known._is_package_available, torch.distributed.is_available = without, lambda: False
    try:
        for name in (*_LEFT_OUT, "torch_distributed"):
            is_available = getattr(known, f"is_{name}_available")
            is_available.cache_clear()
            is_available()
    finally:
        known._is_package_available, torch.distributed.is_available = look, among_processes
