"""Whether an interpreter has what the runtime needs, and on which device it computes: it is asked itself."""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from qgis.PyQt.QtCore import QCoreApplication

from ..errors import InstallError
from .graphics import Gpu, find_gpu
from .install_trouble import LIBRARY, UNKNOWN, cause_of
from .launcher import clean_environment
from .runtime_home import HIGHEST, LOWEST, Requirements
from .work import Command, Procedure, Work

LIMIT_S = 300.0  # torch from a slow disk that a virus scanner reads along
PROOF = ("-m", "model_runtime", "doctor", "--json")

translate = QCoreApplication.translate


@dataclass(frozen=True)
class Inspected:
    """An interpreter that can be used.

    Args:
        interpreter: path.
        python: its version.
        other: packages of another version than the pinned one, as (name, wanted, found).
        versions: of the parts that matter, by name.
        device: as torch names it: cpu, cuda, mps; empty where the proof does not tell.
        device_title: the GPU's product name; empty for a processor.
        free_bytes: memory a model may take there.
        models: ids of the catalogue that are on the disk.
        gpu: the first card that NVIDIA's driver tells of, whether torch can use it or not.
    """

    interpreter: str
    python: str
    other: tuple[tuple[str, str, str], ...] = ()
    versions: Mapping[str, str] | None = None
    device: str = ""
    device_title: str = ""
    free_bytes: int = 0
    models: tuple[str, ...] = ()
    gpu: Gpu | None = None


def inspect(
    interpreter: str,
    requirements: Requirements,
    folder: Path,
    environment: Mapping[str, str],
    proof: tuple[str, ...] = PROOF,
) -> Procedure:
    """Compare an interpreter's packages with the pinned ones, then have it do something with them.

    Args:
        interpreter: path.
        requirements: what it has to have.
        folder: that contains `model_runtime`.
        environment: for the interpreter, without anything of QGIS's.
        proof: arguments of the command that shows that it works.

    Returns:
        Inspected.

    Raises:
        InstallError: it does not start, something is missing or damaged, or it does not work.
    """
    if not Path(interpreter).is_file():
        raise InstallError(
            translate("TerraScope", "There is no Python at {path}.").format(path=interpreter), UNKNOWN
        )  # fmt: skip
    script = str(folder / "model_runtime" / "installed.py")
    files = map(str, requirements.files)
    compared = yield Command((interpreter, "-I", script, *files), environment, limit_s=LIMIT_S, told=False)
    told = compared.json()
    if compared.code != 0 or "missing" not in told:
        text = translate("TerraScope", "{path} does not work as a Python: see the log.")
        raise InstallError(text.format(path=interpreter), cause_of(compared.output), compared.output[-4000:])
    _refuse(interpreter, told)
    proved = yield Command((interpreter, *proof), environment, str(folder), LIMIT_S, told=False)
    if proved.code != 0:
        cause = cause_of(proved.output)
        why = translate("TerraScope", "The packages are there, but do not work together: see the log.")
        if cause == LIBRARY:
            why = translate(
                "TerraScope",
                "The packages are there, but a system library is missing. On Windows install the Microsoft Visual C++ "
                "Redistributable (x64); on Linux see the log for its name.",
            )
        raise InstallError(why, cause, proved.output[-4000:])
    facts = proved.json()
    device = facts.get("device", {})
    gpu = yield from find_gpu(environment)
    return Inspected(
        interpreter,
        str(told["python"]),
        tuple((str(name), str(wanted), str(found)) for name, wanted, found in told["other"]),
        facts.get("versions"),
        str(device.get("name", "")),
        str(device.get("title", "")),
        int(device.get("free_bytes", 0)),
        tuple(map(str, facts.get("models", ()))),
        gpu,
    )


def _refuse(interpreter: str, told: Mapping[str, object]) -> None:
    """Say what an interpreter lacks.

    Raises:
        InstallError: it lacks something.
    """
    version = tuple(int(part) for part in str(told["python"]).split(".")[:2])
    if not LOWEST <= version <= HIGHEST:
        text = translate("TerraScope", "{path} is Python {version}; the runtime needs 3.11, 3.12 or 3.13.")
        raise InstallError(text.format(path=interpreter, version=told["python"]), UNKNOWN)
    names = list(told["missing"])
    if names:
        text = translate("TerraScope", "{path} lacks {count} of the runtime's packages: {names}.")
        shown = ", ".join(names[:5]) + (" …" if len(names) > 5 else "")
        raise InstallError(text.format(path=interpreter, count=len(names), names=shown), UNKNOWN, "\n".join(names))
    damaged = list(told["damaged"])
    if damaged:
        text = translate(
            "TerraScope", "Files of {names} are missing or changed, perhaps by an anti-virus program: install again."
        )
        raise InstallError(text.format(names=", ".join(damaged[:5])), UNKNOWN, "\n".join(damaged))


class Inspection(Work):
    """Inspects one interpreter; `ended` brings Inspected or an InstallError.

    Args:
        interpreter: path.
        requirements: what it has to have.
        folder: that contains `model_runtime`.
        proof: arguments of the command that shows that it works.
    """

    def __init__(
        self, interpreter: str, requirements: Requirements, folder: Path, proof: tuple[str, ...] = PROOF
    ) -> None:
        super().__init__()
        self._interpreter = interpreter
        self._requirements = requirements
        self._folder = folder
        self._proof = proof

    def procedure(self) -> Procedure:
        """Nothing but `inspect`."""
        environment = clean_environment(os.environ)
        return (yield from inspect(self._interpreter, self._requirements, self._folder, environment, self._proof))
