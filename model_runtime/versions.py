"""Versions of this program and of what its figures depend on."""

from __future__ import annotations

import platform
from functools import cache
from importlib import metadata

from . import __version__

_LIBRARIES = ("torch", "transformers", "numpy", "rasterio", "pyproj", "shapely")


def versions() -> dict[str, str]:
    """Of each by its name; what is installed is not imported."""
    found = {"terrascope": __version__, "python": platform.python_version()}
    return found | {name: _version(name) for name in _LIBRARIES}


@cache
def _version(library: str) -> str:
    """Looked up once: files are searched and read for it."""
    return metadata.version(library)
