"""Where the plugin keeps the environment it made for the runtime, and which requirement files it was made from.

    terrascope/runtime/         in the QGIS profile
        env-1a2b3c4d/           complete: its name is the fingerprint of the requirement files, `stamp.json` says more
        new-1a2b3c4d/           begun; gets the name above when it is complete and has been proved to work
        cache/ tools/ python/   what was fetched: packages, uv, a Python
        trash-…/                on its way out
        install.log             of the last installation

Names are short because torch's own paths are long and Windows ends them at 260 characters.
"""

from __future__ import annotations

import contextlib
import hashlib
import json
import os
import re
from dataclasses import dataclass
from pathlib import Path

from qgis.core import QgsApplication

STAMP = "stamp.json"
LOWEST, HIGHEST = (3, 11), (3, 13)  # the pinned packages have wheels for these
_PIN = re.compile(r"^[A-Za-z0-9][\w.-]*==[^;\n]*$", re.MULTILINE)


@dataclass(frozen=True)
class Requirements:
    """What goes into an environment.

    Args:
        files: requirement files with exact versions, in the order of installation.
        hashed: those of them whose hashes are checked.
    """

    files: tuple[Path, ...]
    hashed: tuple[Path, ...] = ()

    def fingerprint(self) -> str:
        """Eight hexadecimal digits over the files' contents, line ends apart."""
        digest = hashlib.sha256()
        for file in self.files:
            digest.update(file.name.encode() + b"\0" + file.read_bytes().replace(b"\r\n", b"\n") + b"\0")
        return digest.hexdigest()[:8]

    def count(self, file: Path) -> int:
        """How many packages a file names for every system."""
        return len(_PIN.findall(file.read_text("utf-8")))


def runtime_requirements(folder: Path) -> Requirements:
    """The runtime's own, of the plugin in a folder: the list that `dev.py` installs."""
    lock = folder / "model_runtime" / "requirements.lock"
    return Requirements((lock, folder / "model_runtime" / "requirements-torch.txt"), (lock,))


@dataclass(frozen=True)
class RuntimeHome:
    """The folder for environments.

    Args:
        root: it; need not be there.
    """

    root: Path

    def environment(self, requirements: Requirements) -> Path:
        """Where the environment for these files lies, or would."""
        return self.root / ("env-" + requirements.fingerprint())

    def begun(self, requirements: Requirements) -> Path:
        """Where it is made."""
        return self.root / ("new-" + requirements.fingerprint())

    def complete(self) -> list[Path]:
        """Every complete environment whose interpreter is there, the newest last."""
        dated = []
        for stamp in self.root.glob("env-*/" + STAMP):
            # another thread, or another QGIS, may be removing an environment meanwhile
            with contextlib.suppress(FileNotFoundError):
                dated.append((stamp.stat().st_mtime, stamp.parent))
        return [folder for _, folder in sorted(dated) if interpreter_in(folder).is_file()]

    def interpreter(self, requirements: Requirements) -> Path | None:
        """The Python of the environment for these files, else of the newest for other ones; None: there is none."""
        found = self.complete()
        wanted = self.environment(requirements)
        if wanted in found:
            return interpreter_in(wanted)
        return interpreter_in(found[-1]) if found else None

    def is_current(self, requirements: Requirements) -> bool:
        """Whether there is a complete environment for just these files."""
        return self.environment(requirements) in self.complete()

    def outdated(self, requirements: Requirements) -> list[Path]:
        """Folders of environments for other files, complete or begun."""
        kept = {self.environment(requirements), self.begun(requirements)}
        return [folder for kind in ("env-*", "new-*") for folder in self.root.glob(kind) if folder not in kept]

    def log_file(self) -> Path:
        """What the last installation said."""
        return self.root / "install.log"


def profile_home() -> RuntimeHome:
    """In the user's QGIS profile."""
    return RuntimeHome(Path(QgsApplication.qgisSettingsDirPath()) / "terrascope" / "runtime")


def interpreter_in(environment: Path) -> Path:
    """The Python of a virtual environment."""
    return environment.joinpath("Scripts", "python.exe") if os.name == "nt" else environment.joinpath("bin", "python")


def write_stamp(environment: Path, facts: dict[str, object]) -> None:
    """Say that an environment is complete, and how it was made."""
    (environment / STAMP).write_text(json.dumps(facts, indent=1), encoding="utf-8")


def read_stamp(environment: Path) -> dict[str, object]:
    """How an environment was made; empty where that cannot be read."""
    try:
        facts = json.loads((environment / STAMP).read_text("utf-8"))
    except (OSError, ValueError):
        return {}
    return facts if isinstance(facts, dict) else {}
