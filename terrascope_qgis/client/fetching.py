"""Fetches what installing needs beside packages: uv, with pip; a Python, with uv."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Mapping
from pathlib import Path

from qgis.PyQt.QtCore import QCoreApplication

from ..errors import InstallError
from .install_tools import UV, Tool, fetched_uv, uv_on_path, uv_variables
from .install_trouble import NO_PYTHON, trouble
from .pythons import probe
from .runtime_home import RuntimeHome
from .work import Command, Procedure

FETCHED_PYTHON = "3.12"
CONFIG_S = 60.0

translate = QCoreApplication.translate


def fetch_uv(python: str, home: RuntimeHome, environment: Mapping[str, str]) -> Procedure:
    """Have pip put uv beside the environments; one that is there already will do.

    Args:
        python: one with pip.
        home: where.
        environment: for pip.

    Returns:
        Its path; empty when pip could not.
    """
    uv = fetched_uv(home)
    if uv.is_file():
        return str(uv)
    where = ("--no-deps", "--upgrade", "--target", str(home.root / "tools"))
    done = yield Command((python, "-m", "pip", "install", "--only-binary", ":all:", *where, UV), environment)
    return str(uv) if done.code == 0 and uv.is_file() else ""


def fetch_python(home: RuntimeHome, environment: Mapping[str, str], step: str) -> Procedure:
    """Have uv fetch a Python into our folder.

    Args:
        home: where.
        environment: for pip and uv; says where uv keeps Pythons.
        step: what the user is told is being done.

    Returns:
        A Python; None when it does not suit after all.

    Raises:
        InstallError: uv cannot be had, or cannot fetch one.
    """
    # any Python will do to fetch uv with, QGIS's own too
    uv = uv_on_path(environment) or (yield from fetch_uv(_helper_python(), home, environment))
    if not uv:
        text = translate("TerraScope", "{step} failed: uv, which fetches it, could not be installed; see the log.")
        raise InstallError(text.format(step=step), NO_PYTHON)
    done = yield Command((uv, "python", "install", "--no-bin", FETCHED_PYTHON), environment)
    if done.code != 0:
        raise trouble(step, done.output)
    where = yield Command((uv, "python", "find", "--managed-python", FETCHED_PYTHON), environment, told=False)
    lines = where.output.strip().splitlines()
    return (yield from probe(lines[-1], environment)) if where.code == 0 and lines else None


def choose_tool(
    interpreter: Path, home: RuntimeHome, environment: Mapping[str, str], offline: bool, say: Callable[[str], None]
) -> Procedure:
    """Choose uv where it can be had, because it is several times faster; else the environment's own pip.

    Args:
        interpreter: of the environment.
        home: where uv is put.
        environment: for pip and uv.
        offline: nothing may be fetched.
        say: told what is worth a line.

    Returns:
        The Tool, and the variables for it.
    """
    pip = Tool("pip", str(interpreter))
    uv = uv_on_path(environment)
    if not uv and offline:
        return pip, environment
    uv = uv or (yield from fetch_uv(pip.program, home, environment))
    if not uv:
        say(translate("TerraScope", "uv cannot be had: going on with pip."))
        return pip, environment
    config = yield Command(
        (pip.program, "-m", "pip", "config", "list"), environment, limit_s=CONFIG_S, told=False
    )  # fmt: skip
    return Tool("uv", uv), {**environment, **uv_variables(config.output, environment)}


def _helper_python() -> str:
    """A Python with pip that may fetch uv and nothing else: QGIS's own."""
    base = getattr(sys, "_base_executable", "") or sys.executable
    names = ("python.exe", "python3.exe") if os.name == "nt" else ("python3", "python")
    folders = (Path(base).parent, Path(sys.base_prefix), Path(sys.base_prefix) / "bin")
    return next((str(folder / name) for folder in folders for name in names if (folder / name).is_file()), base)
