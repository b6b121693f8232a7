"""Modules that others import only to name them: their own code runs when something is first asked of them.

The standard library's `importlib.util.LazyLoader` reads a module as soon as anything looks at it, be it the next
`import` statement that names it or the import of a module below it, and so would postpone nothing here.
"""

from __future__ import annotations

import sys
import threading
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from importlib.abc import Loader, MetaPathFinder
from importlib.machinery import ModuleSpec, PathFinder
from types import ModuleType
from typing import Any


@dataclass(frozen=True)
class Postponed:
    """One module to postpone, and what it can do unread.

    Attributes:
        name: dotted.
        children: modules below it that need nothing of it; the import of any other reads it first.
        notes: functions that only take note of a function and return it: what they are given is given to them again
            when the module is read.
        known: other attributes.
    """

    name: str
    children: Sequence[str] = ()
    notes: Sequence[str] = ()
    known: Mapping[str, Any] = field(default_factory=dict)


def postpone(modules: Sequence[Postponed]) -> None:
    """From now on the first import of each of these modules does not read it; those already imported are left alone."""
    sys.meta_path.insert(0, _Finder({module.name: module for module in modules}))


def is_unread(name: str) -> bool:
    """Whether a module was named and nothing more."""
    return isinstance(sys.modules.get(name), _Unread)


class _Finder(MetaPathFinder):
    def __init__(self, modules: dict[str, Postponed]) -> None:
        self._modules = modules

    def find_spec(self, name: str, path: Sequence[str] | None, _: ModuleType | None = None) -> ModuleSpec | None:
        parent, _, child = name.rpartition(".")
        above = self._modules.get(parent)
        if above and child not in above.children and is_unread(parent):
            sys.modules[parent].__spec__.loader.read(sys.modules[parent])
        if name not in self._modules:
            return None
        spec = PathFinder.find_spec(name, path)
        if spec and spec.loader:
            spec.loader = _Later(spec.loader, self._modules[name])
        return spec


class _Unread(ModuleType):
    """A module without its content; when that comes, it is a module as any other."""

    def __getattr__(self, name: str) -> object:
        self.__spec__.loader.read(self)
        if isinstance(self, _Unread):  # this thread is about to read it, and what it reads asks for what comes later
            raise AttributeError(f"partially initialized module {self.__name__!r} has no attribute {name!r}")
        return getattr(self, name)


class _Later(Loader):
    """Hands out a module at once and reads it when told to."""

    def __init__(self, real: Loader, module: Postponed) -> None:
        self._real, self._module = real, module
        self._reading = threading.RLock()  # one thread reads, others wait until all is there
        self._begun = False
        self._noted: list[tuple[str, Callable[..., Any]]] = []

    def __getattr__(self, name: str) -> object:
        """Whatever else a loader can do."""
        return getattr(self._real, name)

    def exec_module(self, module: ModuleType) -> None:
        module.__class__ = _Unread
        module.__dict__.update(self._module.known)
        module.__dict__.update({name: self._noting(name) for name in self._module.notes})

    def read(self, module: ModuleType) -> None:
        """Run the module's code, unless that has been done or this thread is about it."""
        with self._reading:
            if self._begun:
                return
            self._begun = True
            for name in (*self._module.known, *self._module.notes):
                module.__dict__.pop(name, None)
            try:
                self._real.exec_module(module)
            except BaseException:
                self._begun = False
                self.exec_module(module)
                raise
            module.__spec__.loader = module.__loader__ = self._real
            module.__class__ = ModuleType
        for name, function in self._noted:
            getattr(module, name)(function)

    def _noting(self, name: str) -> Callable[..., Any]:
        def note(function: Callable[..., Any]) -> Callable[..., Any]:
            self._noted.append((name, function))
            return function

        return note
