"""Makes the runtime's environment in the QGIS profile, from nothing to the proof that it works.

Everything happens in a folder with a temporary name, which is renamed last: what is called an environment is complete.
An attempt that failed or was cancelled leaves that folder and the cache, and the next one goes on from there.
"""

from __future__ import annotations

import os
import shutil
import tempfile
import time
from collections import deque
from dataclasses import dataclass, replace
from pathlib import Path

from qgis.PyQt.QtCore import QCoreApplication, QLockFile, QTimer

from ..errors import InstallError, TerraScopeError
from ..numerals import data_size
from .fetching import choose_tool, fetch_python
from .graphics import build_for, explain, find_gpu, index_for, wants_cuda
from .hub_access import with_proxy
from .inspection import PROOF, Inspected, inspect
from .install_output import InstallProgress
from .install_tools import (
    Tool,
    drop_half_installed,
    for_file,
    site_packages_pattern,
    tool_environment,
    uv_on_path,
)
from .install_trouble import NO_PYTHON, NO_VENV, NO_WHEEL, PERMISSION, SPACE, UNKNOWN, trouble
from .launcher import clean_environment
from .pythons import Python, find
from .redaction import redact, unsaid
from .removal import throw_away
from .runtime_home import Requirements, RuntimeHome, interpreter_in, write_stamp
from .work import Command, Done, Procedure, Work

CPU_BYTES = 2_500_000_000  # environment and cache
CUDA_BYTES = 11_000_000_000
LINES = 2000
TICK_MS = 1000
BASE = "base.txt"  # in an environment that is being made: the Python it is made from
# Where in the whole each step begins and ends.
LOOK, MAKE, FETCH_TOOL, PACKAGES, CHECK = (0.0, 0.01), (0.01, 0.05), (0.05, 0.08), (0.08, 0.92), (0.92, 1.0)

translate = QCoreApplication.translate


@dataclass(frozen=True)
class Order:
    """What to install, and how.

    Args:
        home: where.
        requirements: what.
        folder: that contains `model_runtime`.
        wheels: folder of wheels to install from without a network; empty: from the package index.
        index: address of an index of PyTorch builds, `{build}` in it for cpu, cu126, cu130; empty: the package index's.
        fetch_python: fetch a Python with uv when none that suits is here.
        proof: arguments of the command that shows that the environment works.
        needed_bytes: refuse to begin with less free space than that.
    """

    home: RuntimeHome
    requirements: Requirements
    folder: Path
    wheels: str = ""
    index: str = ""
    fetch_python: bool = False
    proof: tuple[str, ...] = PROOF
    needed_bytes: int = CPU_BYTES


@dataclass(frozen=True)
class Installed:
    """A new environment.

    Args:
        inspected: its interpreter, and what it can do.
        tool: "uv" or "pip".
        seconds: it took.
    """

    inspected: Inspected
    tool: str
    seconds: float


class Installation(Work):
    """One attempt to install; `ended` brings Installed, or a TerraScopeError (its `cause`: see install_trouble).

    Args:
        order: what to install.
    """

    def __init__(self, order: Order) -> None:
        super().__init__()
        self._order = order
        self._home = order.home
        self._lock: QLockFile | None = None
        self._step = translate("TerraScope", "Looking at this computer")
        self._share = LOOK
        self._progress: InstallProgress | None = None
        self._free_before = 0
        self._lines: deque[str] = deque(maxlen=LINES)
        self._ticker = QTimer(self)
        self._ticker.setInterval(TICK_MS)
        self._ticker.timeout.connect(self._tick)
        self.ended.connect(self._finish_up)

    def procedure(self) -> Procedure:
        """The steps, in their order."""
        started = time.monotonic()
        order, home = self._order, self._home
        self._enter(self._step, LOOK)
        environment = self._prepare()
        python = yield from self._find_python(environment)
        gpu = None
        if not order.wheels:
            gpu = yield from find_gpu(environment)
            self.heard(explain(gpu, order.index))
            if wants_cuda(gpu, order.index) and self._free() < CUDA_BYTES:
                self.heard(translate("TerraScope", "A build with CUDA may need 11 GB in all; less is free."))
        folder = home.begun(order.requirements)
        yield from self._make(folder, python, environment)
        self._enter(translate("TerraScope", "Preparing the installer"), FETCH_TOOL)
        offline = bool(order.wheels)
        tool, environment = yield from choose_tool(interpreter_in(folder), home, environment, offline, self.heard)
        index = "" if order.wheels else index_for(order.index, build_for(gpu))
        for number, file in enumerate(order.requirements.files):
            yield from self._install(folder, number, file, tool, environment, index)
        self._enter(translate("TerraScope", "Trying it out"), CHECK)
        inspected = yield from inspect(
            str(interpreter_in(folder)), order.requirements, order.folder, clean_environment(os.environ), order.proof
        )
        return self._keep(folder, inspected, tool.name, time.monotonic() - started)

    def heard(self, line: str) -> None:
        """Keep, redact and pass on a line; learn from it how far the packages are."""
        line = redact(line)
        self._lines.append(line)
        self.said.emit(line)
        if self._progress is not None:
            self._progress.take(line)
            self._tell()

    def os_failure(self, failure: OSError) -> TerraScopeError:
        """A folder or file of ours could not be made, renamed or removed."""
        return trouble(self._step, str(failure))

    # Steps

    def _prepare(self) -> dict[str, str]:
        """The folder, the lock on it, room enough; the variables for all commands."""
        root = self._home.root
        (root / "tmp").mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryFile(dir=str(root)):
            pass  # the folder may be there and not be writable
        self._lock = QLockFile(str(root / "installing.lock"))
        self._lock.setStaleLockTime(0)  # only a process that is gone leaves a stale one, an installation may take long
        if not self._lock.tryLock(0):
            self._lock = None
            raise InstallError(
                translate("TerraScope", "Another QGIS is installing the runtime into this profile: wait for it."),
                UNKNOWN,
            )
        free, needed = self._free(), self._order.needed_bytes
        if free < needed:
            text = translate(
                "TerraScope", "{step} failed: {free} are free in {folder}, and about {needed} are needed."
            ).format(step=self._step, free=data_size(free), needed=data_size(needed), folder=root)
            raise InstallError(text, SPACE)
        if self._order.wheels and not any(Path(self._order.wheels).glob("*.whl")):
            text = translate("TerraScope", "There are no wheels (*.whl) in {folder}.")
            raise InstallError(text.format(folder=self._order.wheels), NO_WHEEL)
        environment = clean_environment(os.environ)
        if not self._order.wheels:
            environment = with_proxy(environment)
        return tool_environment(environment, self._home)

    def _find_python(self, environment: dict[str, str]) -> Procedure:
        """A Python that suits, fetched if that is wanted."""
        self._enter(translate("TerraScope", "Looking for Python 3.11, 3.12 or 3.13"), LOOK)
        python = yield from find(environment, self._home.root / "python")
        if python is None and self._order.fetch_python:
            self._enter(translate("TerraScope", "Fetching Python"), LOOK)
            python = yield from fetch_python(self._home, environment, self._step)
        if python is None:
            text = translate(
                "TerraScope",
                "No Python 3.11, 3.12 or 3.13 (64 bits) was found. Install one from python.org or your system's "
                "packages, or let the installer fetch one.",
            )
            raise InstallError(text, NO_PYTHON)
        self.leader = python.path
        text = translate("TerraScope", "Python {version}: {path}")
        self.heard(text.format(version=".".join(map(str, python.version)), path=python.path))
        return python

    def _make(self, folder: Path, python: Python, environment: dict[str, str]) -> Procedure:
        """An empty environment; one that was begun from the same Python is gone on with."""
        self._enter(translate("TerraScope", "Making the environment"), MAKE)
        base = folder / BASE
        if base.is_file() and base.read_text("utf-8") == python.path and interpreter_in(folder).is_file():
            for name in drop_half_installed(folder):
                self.heard(translate("TerraScope", "Installed only in part, again: {name}").format(name=name))
            return
        throw_away(folder, self._home.root)
        done = Done(1, "")
        if python.makes_environments:
            done = yield Command((python.path, "-m", "venv", str(folder)), environment)
        uv = uv_on_path(environment)
        if done.code != 0 and uv:
            done = yield Command((uv, "venv", "--seed", "--python", python.path, str(folder)), environment)
        if done.code != 0:
            raise trouble(self._step, done.output, "" if python.makes_environments else NO_VENV)
        base.write_text(python.path, encoding="utf-8")

    def _install(
        self, folder: Path, number: int, file: Path, tool: Tool, environment: dict[str, str], index: str
    ) -> Procedure:
        """The packages of one requirement file; with pip where uv cannot, for a reason that may be uv's own."""
        requirements = self._order.requirements
        begin, end = PACKAGES
        width = (end - begin) / len(requirements.files)
        self._enter(
            translate("TerraScope", "Installing packages"), (begin + number * width, begin + (number + 1) * width)
        )
        hashed = file in requirements.hashed
        files = [file]
        if index and not hashed:
            named = folder / "index.txt"  # in a file, because others can read a command's words
            named.write_text("--extra-index-url " + index + "\n", encoding="utf-8")
            named.chmod(0o600)
            files.insert(0, named)
        site_packages = next(iter(folder.glob(site_packages_pattern())), folder).parent
        failed: InstallError | None = None
        for one in dict.fromkeys((tool, Tool("pip", str(interpreter_in(folder))))):
            self._progress = InstallProgress(requirements.count(file), site_packages)
            words = one.install(interpreter_in(folder), files, hashed, self._order.wheels)
            done = yield Command(words, for_file(environment, hashed))
            self._progress = None
            if done.code == 0:
                return
            # the first failure is told: it is the one of the better tool
            failed = failed or trouble(self._step, done.output)
            if failed.cause in (SPACE, PERMISSION):
                break
            if one.name == "uv":
                self.heard(translate("TerraScope", "uv could not: trying with pip."))
                drop_half_installed(folder)
        raise failed

    def _keep(self, folder: Path, inspected: Inspected, tool: str, seconds: float) -> Installed:
        """Give the environment its name; whatever was called so before goes."""
        (folder / "index.txt").unlink(missing_ok=True)
        final = self._home.environment(self._order.requirements)
        throw_away(final, self._home.root)
        write_stamp(folder, {"python": inspected.python, "tool": tool, "seconds": round(seconds, 1)})
        folder.rename(final)
        interpreter = str(interpreter_in(final))
        return Installed(replace(inspected, interpreter=interpreter), tool, seconds)

    # What is told meanwhile

    def _enter(self, step: str, share: tuple[float, float]) -> None:
        self._step, self._share = step, share
        self._free_before = self._free()
        self.heard("— " + step)
        self._ticker.start()
        self.progressed.emit(share[0], step)

    def _tick(self) -> None:
        """What has been written shows that a long download is alive."""
        if self._progress is not None:
            self._tell()

    def _tell(self) -> None:
        begin, end = self._share
        progress = self._progress
        parts = [progress.text, *filter(None, [progress.counts()])]
        written = self._free_before - self._free()
        if written > 1e6:
            parts.append(data_size(written))
        self.progressed.emit(begin + (end - begin) * progress.fraction(), " · ".join(parts))

    def _free(self) -> int:
        place = next(folder for folder in (self._home.root, *self._home.root.parents) if folder.is_dir())
        return shutil.disk_usage(str(place)).free

    def _finish_up(self, outcome: object) -> None:
        """However it ended: the log is kept, temporary files and the lock go."""
        self._ticker.stop()
        if isinstance(outcome, TerraScopeError):
            self._lines.extend([*unsaid(outcome, self._lines), redact(outcome.user_message)])
        if self._lock is not None:
            shutil.rmtree(self._home.root / "tmp", ignore_errors=True)
            self._lock.unlock()
            self._lock = None
        try:
            self._home.log_file().write_text("\n".join(self._lines) + "\n", encoding="utf-8")
        except OSError:
            return  # where it could not be written, the failure has told why
