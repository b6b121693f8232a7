"""What an environment lacks of the requirement files, told as one line of JSON.

Standard library only: it also runs in an interpreter that has nothing of the runtime yet.

    python installed.py requirements.lock requirements-torch.txt
"""

from __future__ import annotations

import json
import platform
import re
import sys
from importlib import metadata
from pathlib import Path

_PIN = re.compile(r"^(?P<name>[A-Za-z0-9][\w.-]*)==(?P<version>[^\s;\\]+)\s*(?P<conditional>;)?", re.MULTILINE)


def shortfall(files: list[Path]) -> dict[str, object]:
    """Compare what is installed with what is pinned.

    Args:
        files: requirement files with exact versions.

    Returns:
        `python`: its version; `machine`: of the processor; `missing`: names; `other`: [name, wanted, found] where
        another version is installed (a local part such as +cpu is no other version); `damaged`: names of which a file
        is gone or has another size than when it was installed.
    """
    missing, other, damaged = [], [], []
    for pin in (match for file in files for match in _PIN.finditer(file.read_text(encoding="utf-8"))):
        name, wanted = pin["name"], pin["version"]
        try:
            found = metadata.distribution(name)
        except metadata.PackageNotFoundError:
            if not pin["conditional"]:  # what is for some systems only may be for another than this
                missing.append(name)
            continue
        if found.version.partition("+")[0] != wanted:
            other.append([name, wanted, found.version])
        if not _whole(found):
            damaged.append(name)
    return {
        "python": platform.python_version(),
        "machine": platform.machine(),
        "missing": missing,
        "other": other,
        "damaged": damaged,
    }


def _whole(distribution: metadata.Distribution) -> bool:
    """Whether every file is there as it was installed; compiled files come and go, scripts are the installer's own."""
    for file in distribution.files or ():
        if file.suffix in (".pyc", ".pyo") or ".." in file.parts:
            continue
        try:
            size = Path(str(distribution.locate_file(file))).stat().st_size
        except OSError:
            return False
        if file.size is not None and file.size != size:
            return False
    return True


if __name__ == "__main__":
    print(json.dumps(shortfall([Path(name) for name in sys.argv[1:]])))
