"""pip and uv: how each is called, and how the one is told what the other has been told."""

from __future__ import annotations

import ast
import os
import shutil
import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from .runtime_home import RuntimeHome

UV = "uv==0.13.9"  # the version that was tried
# uv's names for what a user or an administrator has set for pip
_PIP_TO_UV = {
    "index-url": "UV_DEFAULT_INDEX",
    "extra-index-url": "UV_INDEX",
    "trusted-host": "UV_INSECURE_HOST",
    "find-links": "UV_FIND_LINKS",
    "constraint": "UV_CONSTRAINT",
    "cert": "SSL_CERT_FILE",
}
_WITH_COMMAS = ("UV_FIND_LINKS",)


@dataclass(frozen=True)
class Tool:
    """What installs packages.

    Args:
        name: "uv" or "pip".
        program: uv itself; for pip the environment's Python.
    """

    name: str
    program: str

    def install(self, interpreter: Path, files: Sequence[Path], hashed: bool, wheels: str = "") -> tuple[str, ...]:
        """The words of the command that installs requirement files; wheels only, nothing is built here.

        Args:
            interpreter: of the environment.
            files: requirement files.
            hashed: every hash has to be right.
            wheels: folder to take packages from instead of an index; empty: none.
        """
        words = [self.program, "pip", "install", "--python", str(interpreter)]
        if self.name == "pip":
            words = [self.program, "-m", "pip", "install"]
        words += ["--only-binary", ":all:"]
        words += ["--require-hashes"] if hashed else []
        words += ["--no-index", "--find-links", wheels] if wheels else []
        return (*words, *(word for file in files for word in ("-r", str(file))))


def tool_environment(environment: Mapping[str, str], home: RuntimeHome) -> dict[str, str]:
    """Variables for pip and uv: caches and temporary files beside the environment, nothing asked, nothing drawn.

    A cache that the user has set stays the cache. Temporary files are big here, and a system's folder for them may be
    small.
    """
    cache, temporary = home.root / "cache", str(home.root / "tmp")
    ours = {
        "PIP_CACHE_DIR": environment.get("PIP_CACHE_DIR", str(cache / "pip")),
        "UV_CACHE_DIR": environment.get("UV_CACHE_DIR", str(cache / "uv")),
        "PIP_NO_INPUT": "1",
        "PIP_PROGRESS_BAR": "off",
        "PIP_DISABLE_PIP_VERSION_CHECK": "1",
        "PIP_REQUIRE_VIRTUALENV": "0",
        "PYTHONUNBUFFERED": "1",
        "NO_COLOR": "1",
        "UV_NO_PROGRESS": "1",
        "UV_PYTHON_DOWNLOADS": "manual",
        "UV_PYTHON_INSTALL_DIR": str(home.root / "python"),
        "UV_COMPILE_BYTECODE": "1",  # else every start would compile all of torch again
        "UV_INDEX_STRATEGY": "unsafe-best-match",  # as pip: an index for torch has old versions of other packages too
        "UV_SYSTEM_CERTS": "1",  # the system's certificates, an inspecting proxy's among them
        "TMPDIR": temporary,
        "TEMP": temporary,
        "TMP": temporary,
    }
    return {**environment, **ours}


def uv_on_path(environment: Mapping[str, str]) -> str:
    """The user's own uv; empty: there is none."""
    return shutil.which("uv", path=environment.get("PATH")) or ""


def fetched_uv(home: RuntimeHome) -> Path:
    """Where pip puts uv for us."""
    return home.root / "tools" / "bin" / ("uv.exe" if os.name == "nt" else "uv")


def uv_variables(pip_config: str, environment: Mapping[str, str]) -> dict[str, str]:
    """What `pip config list` tells, as variables for uv; what is set for uv already stays.

    Args:
        pip_config: lines such as `global.index-url='…'`; a later line wins, variables come last.
        environment: that uv would get.
    """
    found: dict[str, str] = {}
    for line in pip_config.splitlines():
        key, equals, quoted = line.partition("=")
        name = _PIP_TO_UV.get(key.rpartition(".")[2].strip().replace("_", "-"))
        if not equals or name is None or key.split(".")[0] not in ("global", "install", ":env:"):
            continue
        try:
            value = str(ast.literal_eval(quoted))
        except (ValueError, SyntaxError):
            continue
        found[name] = ("," if name in _WITH_COMMAS else " ").join(value.split())
    return {name: value for name, value in found.items() if name not in environment and _is_for_uv(name, value)}


def for_file(environment: Mapping[str, str], hashed: bool) -> dict[str, str]:
    """The variables for one requirement file: beside hashes uv takes no constraints, and none are needed."""
    return {name: value for name, value in environment.items() if not (hashed and name == "UV_CONSTRAINT")}


def _is_for_uv(name: str, value: str) -> bool:
    """A file that is not there stops uv; pip goes on."""
    return name not in ("UV_CONSTRAINT", "SSL_CERT_FILE") or Path(value).is_file()


def drop_half_installed(environment: Path) -> list[str]:
    """Forget packages whose installation was cut off, so that they are installed again.

    Both tools write INSTALLER when a package's files are all there.

    Returns:
        Names of their folders.
    """
    found = [folder for folder in environment.glob(site_packages_pattern()) if not (folder / "INSTALLER").is_file()]
    for folder in found:
        shutil.rmtree(folder)
    return [folder.name for folder in found]


def site_packages_pattern() -> str:
    """Glob, below an environment, for the records of what is installed."""
    return "Lib/site-packages/*.dist-info" if sys.platform == "win32" else "lib/python3*/site-packages/*.dist-info"
