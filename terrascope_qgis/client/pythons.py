"""Pythons of this machine that the runtime's environment can be made from.

QGIS's own is none of them where it is QGIS's alone (Windows, macOS): its packages and libraries are for QGIS, and it
changes with QGIS. Where the system's Python is QGIS's too, it is the system's and suits.
"""

from __future__ import annotations

import os
import shutil
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from .runtime_home import HIGHEST, LOWEST
from .work import Command, Procedure

PROBE_S = 15.0
# 64 bits: torch has no other wheels. An environment's Python tells the one that it was made from.
_PROBE = (
    "import json, os, struct, sys; from importlib.util import find_spec as has; "
    "own = getattr(sys, '_base_executable', '') or sys.executable; real = os.path.realpath(own); "
    "own = real if os.path.dirname(real) == os.path.dirname(own) else own; "
    "print(json.dumps(dict(path=own, version=sys.version_info[:3], bits=8 * struct.calcsize('P'), "
    "venv=bool(has('venv') and has('ensurepip')))))"
)


@dataclass(frozen=True)
class Python:
    """An interpreter that suits.

    Args:
        path: of it.
        version: three numbers.
        makes_environments: it has the modules `venv` and `ensurepip` (Debian keeps them in a package of its own).
    """

    path: str
    version: tuple[int, ...]
    makes_environments: bool


def candidates(environment: Mapping[str, str], fetched: Path) -> list[str]:
    """Where a Python may be, the likeliest first; none of QGIS's own.

    Args:
        environment: whose PATH is looked through.
        fetched: folder in which uv keeps the Pythons it has fetched for us.
    """
    names = [f"python3.{minor}" for minor in (12, 11, 13)] + ["python3", "python"]
    folders = [*environment.get("PATH", "").split(os.pathsep), "/usr/bin", "/usr/local/bin", "/opt/homebrew/bin"]
    found = [shutil.which(name, path=folder) for name in names for folder in folders if folder]
    inside = "python.exe" if os.name == "nt" else "bin/python3"
    found += [str(path) for path in sorted(fetched.glob("*/" + inside))]
    if os.name == "nt":
        roots = (environment.get("LOCALAPPDATA", "") + "/Programs/Python", environment.get("PROGRAMFILES", ""))
        found += [str(path) for root in roots if root for path in sorted(Path(root).glob("Python31[123]/python.exe"))]
    return list(dict.fromkeys(path for path in found if path and not _is_qgis_own(Path(path))))


def find(environment: Mapping[str, str], fetched: Path) -> Procedure:
    """Look for a Python that suits; one that can make environments by itself is preferred.

    Returns:
        A Python, or None.
    """
    second_best = None
    listed = candidates(environment, fetched)
    if os.name == "nt" and (launcher := shutil.which("py", path=environment.get("PATH"))):
        said = yield Command((launcher, "-0p"), environment, limit_s=PROBE_S, told=False)
        listed += [line.split()[-1] for line in said.output.splitlines() if line.rstrip().endswith(".exe")]
    for path in listed:
        python = yield from probe(path, environment)
        if python is not None and python.makes_environments:
            return python
        second_best = second_best or python
    return second_best


def probe(path: str, environment: Mapping[str, str]) -> Procedure:
    """Whether an interpreter suits.

    Returns:
        A Python; None when it does not start, is too old or too new, or has 32 bits.
    """
    done = yield Command((path, "-I", "-c", _PROBE), environment, limit_s=PROBE_S, told=False)
    told = done.json()
    try:
        version, bits = tuple(told["version"]), told["bits"]
        python = Python(told["path"], version, bool(told["venv"]))
    except (KeyError, TypeError):
        return None
    suits = done.code == 0 and bits == 64 and LOWEST <= version[:2] <= HIGHEST
    return python if suits and not _is_qgis_own(Path(python.path)) else None


def _is_qgis_own(path: Path) -> bool:
    """Whether a Python lies in QGIS's own folder (OSGeo4W, an app), and not in the system's."""
    if os.name != "nt" and sys.platform != "darwin":
        return False
    home = Path(sys.base_prefix).resolve()
    bundle = next((folder for folder in (home, *home.parents) if folder.suffix == ".app"), None)
    bundle = bundle or (home.parent.parent if home.parent.name.lower() == "apps" else home)
    resolved = path.resolve()
    return resolved == bundle or bundle in resolved.parents
