"""Which build of PyTorch suits this machine's graphics card, and what the package index gives without being told.

The default index has one build for each system: for Linux (x86-64 and ARM) the one with CUDA 13.0 (torch 2.13), for
Windows and macOS one without CUDA. Others stand in indexes of their own, whose address only a user or an administrator
gives us (the setting `torch_index`). Drivers: CUDA 13 needs 580 or newer; CUDA 12 needs 525 (Linux) or 528 (Windows),
by NVIDIA's rule that a minor version needs no newer driver ("CUDA Compatibility", minor version compatibility).
"""

from __future__ import annotations

import os
import re
import shutil
import sys
from collections.abc import Mapping
from dataclasses import dataclass

from qgis.PyQt.QtCore import QCoreApplication

from .work import Command, Procedure

# build, and the driver's major version it needs on Linux and on Windows; the newest first
BUILDS = (("cu130", 580, 580), ("cu126", 525, 528))
CPU = "cpu"
LINUX_DEFAULT = BUILDS[0]
BUILD_MARK = "{build}"
PROBE_S = 20.0

translate = QCoreApplication.translate


@dataclass(frozen=True)
class Gpu:
    """An NVIDIA graphics card.

    Args:
        name: product name.
        driver: version of its driver.
    """

    name: str
    driver: str

    def major(self) -> int:
        """The driver's major version, 0 when it is none we can read."""
        found = re.match(r"\d+", self.driver)
        return int(found.group()) if found else 0


def find_gpu(environment: Mapping[str, str]) -> Procedure:
    """Ask NVIDIA's driver.

    Returns:
        The first Gpu, or None.
    """
    program = shutil.which("nvidia-smi", path=environment.get("PATH"))
    if program is None and os.name == "nt":
        program = shutil.which("nvidia-smi", path=environment.get("SYSTEMROOT", "C:\\Windows") + "\\System32")
    if program is None:
        return None
    query = ("--query-gpu=name,driver_version", "--format=csv,noheader")
    done = yield Command((program, *query), environment, limit_s=PROBE_S, told=False)
    return read_gpu(done.output) if done.code == 0 else None


def read_gpu(output: str) -> Gpu | None:
    """The first card that nvidia-smi tells."""
    for line in output.splitlines():
        name, comma, driver = line.rpartition(",")
        if comma and re.match(r"\s*\d", driver):
            return Gpu(name.strip(), driver.strip())
    return None


def build_for(gpu: Gpu | None, system: str = sys.platform) -> str:
    """The build of PyTorch for a card; "cpu" without one, or with a driver that is too old for all."""
    if gpu is None or system == "darwin":
        return CPU
    column = 2 if system == "win32" else 1
    return next((build[0] for build in BUILDS if gpu.major() >= build[column]), CPU)


def index_for(index: str, build: str) -> str:
    """The address of the index of a build: `{build}` in it stands for cpu, cu126, cu130."""
    return index.strip().replace(BUILD_MARK, build)


def wants_cuda(gpu: Gpu | None, index: str, system: str = sys.platform) -> bool:
    """Whether a build with CUDA is what will be fetched, as far as can be told."""
    if index:
        return BUILD_MARK in index and build_for(gpu, system) != CPU
    return system.startswith("linux")


def explain(gpu: Gpu | None, index: str, system: str = sys.platform) -> str:
    """What will be fetched and why, in one or two sentences for the user."""
    build = build_for(gpu, system)
    if index:
        told = translate("TerraScope", "PyTorch comes from the index you named, build {build}.")
        return told.format(build=build if BUILD_MARK in index else translate("TerraScope", "as it has it"))
    if system == "darwin":
        return translate("TerraScope", "PyTorch's build for macOS; it uses Apple's GPU where there is one.")
    if gpu is None:
        if system.startswith("linux"):
            return translate(
                "TerraScope",
                "No NVIDIA driver was found, so the processor computes. The package index has only the large CUDA "
                "build for Linux (2.7 GB to fetch); name an index of CPU builds under “Other ways” to fetch 0.2 GB "
                "instead.",
            )
        return translate("TerraScope", "No NVIDIA driver was found: PyTorch's build for the processor.")
    card = translate("TerraScope", "{name} with driver {driver}: ").format(name=gpu.name, driver=gpu.driver)
    if system.startswith("linux"):
        if build == LINUX_DEFAULT[0]:
            return card + translate("TerraScope", "PyTorch's CUDA build suits it.")
        return card + translate(
            "TerraScope",
            "too old for the CUDA build that the package index has (it needs 580 or newer): update the driver, or name "
            "an index of other builds under “Other ways”. Until then the processor computes.",
        )
    return card + translate(
        "TerraScope",
        "the package index has no CUDA build for Windows: name PyTorch's index for {build} under “Other ways”. Until "
        "then the processor computes.",
    ).format(build=build if build != CPU else LINUX_DEFAULT[0])
