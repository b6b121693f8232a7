"""What can go wrong around an answer, each brought about by real means."""

from __future__ import annotations

import glob
import json
import os
import resource
import shlex
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
from osgeo import gdal

from terrascope_qgis.client.http_client import RuntimeClient
from terrascope_qgis.client.launcher import Launcher
from terrascope_qgis.gui.dock import TerraScopeDock
from terrascope_qgis.settings import PLUGIN_ROOT, Settings
from tests.plugin.outcomes import is_whole
from tests.plugin.reliability.stages import (
    DECODE,
    ENCODE,
    LAYERS,
    LOAD,
    STAGES,
    WRITE,
    Gate,
    held,
    stage_of,
    while_read,
)

ANSWERED, TOLD, SAID, EITHER = "answers", "answers, says so", "says so", "answers or says so"
CANCELLED, LOST = "can be cancelled", "ends with it"
"""how a question may end: with its answer, perhaps with a sentence on what could not be shown; with one sentence, and
nothing written; with its QGIS"""
QUESTION = "How many hectares of water are there?"
Outcomes = Mapping[str, str]


def everywhere(outcome: str, **but: str) -> dict[str, str]:
    """An outcome at every stage, but for some."""
    return {stage: but.get(stage.replace(" ", "_"), outcome) for stage in STAGES}


@dataclass
class Place:
    """Where a fault is met: a dock, its runtime, and folders of the test's own.

    Attributes:
        dock: asks.
        client: of the runtime.
        launcher: of the runtime.
        settings: are changed and saved by faults.
        python: the runtime's interpreter.
        folder: of the test.
        scene: the raster that is asked about.
        ask: through the dock; the AnalysisResult or the failure. Given a GeoPackage, that is what is written.
        show: makes another raster the one that is asked about.
    """

    dock: TerraScopeDock
    client: RuntimeClient
    launcher: Launcher
    settings: Settings
    python: str
    folder: Path
    scene: Path
    ask: Callable[..., Any]
    show: Callable[[Path], None]
    undo: list[Callable[[], object]] = field(default_factory=list)
    cancel_at: float | None = None
    """when the user cancels what is asked, by the monotonic clock"""
    target: Path | None = None
    """GeoPackage that is to be written; None: a new one in the folder of runs"""

    @property
    def runs(self) -> Path:
        """The folder of answers."""
        return Path(self.settings.runs_folder)

    def use(self, **changes: object) -> None:
        """Change settings."""
        for name, value in changes.items():
            setattr(self.settings, name, value)
        self.settings.save()

    def interpreter(self, *words: str) -> str:
        """The runtime's interpreter started by other words, as `ulimit` of a shell."""
        script = self.folder / "python_within"
        script.write_text(f'#!/bin/sh\n{" ".join(words)} {shlex.quote(self.python)} "$@"\n', "utf-8")
        script.chmod(0o755)
        return str(script)

    def mount(self, target: Path, *command: str) -> None:
        """Mount something until the fault is mended, as root alone can."""
        target.mkdir(parents=True, exist_ok=True)
        if shutil.which(command[0]) is None:
            pytest.skip(f"{command[0]} is not installed")
        made = subprocess.run([*command, str(target)], capture_output=True, text=True, check=False)
        if made.returncode:
            pytest.skip(f"nothing can be mounted here: {made.stderr.strip()}")
        self.undo.append(lambda: subprocess.run(["umount", "--lazy", str(target)], check=False, capture_output=True))


class Fault:
    """One row of the table.

    Attributes:
        name: in the table.
        means: how it is brought about.
        outcomes: how the question ends, by the stage at which it happens; a stage that is absent cannot be met.
        begins: see `Gate`.
        before_drafts: while it is written: just before there is a half-written file; else when there is one.
    """

    name: str
    means: str
    outcomes: Outcomes
    begins = staticmethod(stage_of)
    before_drafts = False

    def prepare(self, place: Place) -> None:
        """Before the question."""

    def strike(self, place: Place) -> None:
        """At the stage, while the runtime is held; on another thread than the window's."""

    def meet(self, place: Place, stage: str) -> object:
        """Ask, and have the fault happen at a stage; how it ended."""
        drafts = None if self.before_drafts else place.runs
        gate = Gate(place.client, place.launcher, stage, lambda: self.strike(place), drafts, self.begins)
        with gate.in_place():
            outcome = place.ask(place.target)
        assert gate.happened.wait(30), f"only {gate.stages} were reached: {outcome!r}"
        return outcome

    def mend(self, place: Place) -> None:
        """Afterwards; what was mounted is undone by itself."""


class RuntimeKilled(Fault):
    name = "runtime killed"
    means = "SIGKILL"
    outcomes = everywhere(SAID, load_layers=ANSWERED)

    def strike(self, place: Place) -> None:
        os.kill(place.launcher.pid, signal.SIGKILL)


class OutOfMemory(Fault):
    name = "machine out of memory"
    means = "RLIMIT_AS of the running process is set to what it has by then"
    # What the libraries keep for themselves may be enough for a small scene; or one of them ends the process.
    outcomes = everywhere(EITHER, start=SAID, load=SAID, load_layers=ANSWERED)

    def strike(self, place: Place) -> None:
        pid = place.launcher.pid
        pages = int(Path(f"/proc/{pid}/statm").read_text("ascii").split()[0])
        # Not prlimit of Python's `resource`: 3.9 on macOS lacks it.
        subprocess.run(["prlimit", f"--pid={pid}", f"--as={pages * resource.getpagesize()}:"], check=True)

    def mend(self, place: Place) -> None:
        if place.launcher.pid is not None:
            subprocess.run(["prlimit", f"--pid={place.launcher.pid}", "--as=unlimited:"], check=False)


class GpuMemoryExhausted(Fault):
    name = "GPU memory exhausted"
    means = "another process takes all there is"
    outcomes = everywhere(EITHER, start=ANSWERED, load_layers=ANSWERED)
    _HOG = (
        "import sys, torch\n"
        "kept = []\n"
        "for size in (1 << 28, 1 << 24, 1 << 20):\n"
        "    try:\n"
        "        while True: kept.append(torch.empty(size, dtype=torch.uint8, device='cuda'))\n"
        "    except torch.OutOfMemoryError: pass\n"
        "print(len(kept), flush=True)\n"
        "sys.stdin.read()\n"
    )

    def prepare(self, place: Place) -> None:
        if place.client.health().device.split(":")[0] != "cuda":
            pytest.skip("no CUDA device here")
        self._hog: subprocess.Popen | None = None

    def strike(self, place: Place) -> None:
        pipe = subprocess.PIPE
        self._hog = subprocess.Popen([place.python, "-c", self._HOG], stdin=pipe, stdout=pipe)
        self._hog.stdout.readline()

    def mend(self, place: Place) -> None:  # noqa: ARG002
        if self._hog is not None:
            self._hog.communicate(timeout=60)


class DiskFull(Fault):
    name = "disk full"
    means = "a small tmpfs is filled to its last byte"
    outcomes = everywhere(SAID, load_layers=ANSWERED)

    def prepare(self, place: Place) -> None:
        disk = place.folder / "disk"
        place.mount(disk, "mount", "-t", "tmpfs", "-o", "size=4m", "tmpfs")
        shutil.copytree(place.runs, disk / "runs")
        place.use(runs_folder=str(disk / "runs"))
        self._filler = disk / "filler"

    def strike(self, place: Place) -> None:
        with suppress(OSError), self._filler.open("wb", buffering=0) as file:
            while True:
                file.write(bytes(4096))

    def mend(self, place: Place) -> None:  # noqa: ARG002
        self._filler.unlink(missing_ok=True)


class FolderReadOnly(Fault):
    name = "folder read-only"
    means = "chmod 555, of a runtime without the privileges of root; before a file is begun, which could not be removed"
    before_drafts = True
    outcomes = everywhere(SAID, load_layers=ANSWERED)

    def prepare(self, place: Place) -> None:
        if os.geteuid() == 0:
            if shutil.which("setpriv") is None:
                pytest.skip("setpriv is not installed")
            place.use(runtime_python=place.interpreter("exec setpriv --inh-caps=-all --bounding-set=-all"))

    def strike(self, place: Place) -> None:
        place.runs.chmod(0o555)

    def mend(self, place: Place) -> None:
        place.runs.chmod(0o755)


_WRITER = """
import sqlite3, sys
database = sqlite3.connect(sys.argv[1], isolation_level=None)
database.execute("PRAGMA journal_mode=" + sys.argv[2])
database.execute("BEGIN EXCLUSIVE")
database.execute("UPDATE gpkg_contents SET description = 'of another program'")
print(flush=True)
sys.stdin.read()
"""


class FileLocked(Fault):
    name = "file locked"
    means = "another program holds an exclusive SQLite lock on the GeoPackage"
    outcomes = everywhere(SAID, load_layers=TOLD)
    journal = "delete"

    def prepare(self, place: Place) -> None:
        place.target = place.runs / "report.gpkg"
        shutil.copyfile(next(place.runs.glob("kept.gpkg")), place.target)
        self._other: subprocess.Popen | None = None

    def strike(self, place: Place) -> None:
        pipe = subprocess.PIPE
        command = [place.python, "-c", _WRITER, str(place.target), self.journal]
        self._other = subprocess.Popen(command, stdin=pipe, stdout=pipe, stderr=subprocess.DEVNULL)
        self._other.stdout.readline()

    def mend(self, place: Place) -> None:  # noqa: ARG002
        if self._other is not None:
            self._other.communicate(timeout=30)


class OpenElsewhere(FileLocked):
    name = "report open in another program"
    means = "another program writes it, with a write-ahead log, as QGIS does"
    outcomes = everywhere(SAID, load_layers=ANSWERED)
    journal = "wal"


class RasterReplaced(Fault):
    name = "raster replaced while read"
    means = "another one is renamed to it; of 4.4 million pixels while it is looked at, so that it is read in windows"
    # What is drawn of a large scene at the end is drawn from the overview.
    outcomes = everywhere(SAID, start=ANSWERED, write=ANSWERED, load_layers=ANSWERED)
    begins = staticmethod(while_read)

    def meet(self, place: Place, stage: str) -> object:
        self._small = place.scene
        if stage in (LOAD, ENCODE, DECODE):
            place.show(enlarged(place.scene))
        return super().meet(place, stage)

    def strike(self, place: Place) -> None:
        other = place.scene.with_name("other.tif")
        other.write_bytes(place.scene.read_bytes())
        os.replace(other, place.scene)

    def mend(self, place: Place) -> None:
        place.show(self._small)


class RasterTruncated(RasterReplaced):
    name = "raster truncated while read"
    means = "truncate(2) to an eighth of it"
    outcomes = everywhere(SAID, write=ANSWERED, load_layers=ANSWERED)

    def meet(self, place: Place, stage: str) -> object:
        self._whole = place.scene.read_bytes()
        return super().meet(place, stage)

    def strike(self, place: Place) -> None:
        os.truncate(place.scene, place.scene.stat().st_size // 8)

    def mend(self, place: Place) -> None:
        self._small.write_bytes(self._whole)
        super().mend(place)


class NetworkDriveGone(Fault):
    name = "network drive gone"
    means = "scene and results lie on a FUSE mount whose process is killed; before a file is begun, as above"
    outcomes = everywhere(SAID, load_layers=TOLD)
    before_drafts = True

    def prepare(self, place: Place) -> None:
        self._below, drive = place.folder / "server", place.folder / "drive"
        self._below.mkdir()
        shutil.copy(place.scene, self._below)
        shutil.copytree(place.runs, self._below / "runs")
        place.mount(drive, "bindfs", str(self._below))
        self._pid = int(output("pgrep", "-f", f"bindfs {self._below} ").split()[0])
        place.use(runs_folder=str(drive / "runs"))
        place.show(drive / place.scene.name)

    def strike(self, place: Place) -> None:
        os.kill(self._pid, signal.SIGKILL)

    def mend(self, place: Place) -> None:
        drive = place.folder / "drive"
        subprocess.run(["umount", "--lazy", str(drive)], check=True)
        place.mount(drive, "bindfs", str(self._below))


class NetworkDriveSilent(NetworkDriveGone):
    name = "network drive silent"
    means = "the same, stopped (SIGSTOP); the user cancels after a second, then it goes on"
    outcomes = dict.fromkeys((LOAD, WRITE), CANCELLED)

    def strike(self, place: Place) -> None:
        os.kill(self._pid, signal.SIGSTOP)
        place.cancel_at = time.monotonic() + 1

    def mend(self, place: Place) -> None:  # noqa: ARG002
        os.kill(self._pid, signal.SIGCONT)


class ClockStepped(Fault):
    name = "clock stepped"
    means = "the runtime's clock is set back by a year (libfaketime)"
    outcomes = everywhere(ANSWERED)
    _LIBRARIES = "/usr/lib/*/faketime/libfaketimeMT.so.1"

    def prepare(self, place: Place) -> None:
        found = glob.glob(self._LIBRARIES)
        if not found:
            pytest.skip("libfaketime is not installed")
        self._clock = place.folder / "clock"
        self._clock.write_text("+0\n", "ascii")
        variables = {
            "LD_PRELOAD": found[0],
            "FAKETIME_TIMESTAMP_FILE": str(self._clock),
            "FAKETIME_CACHE_DURATION": "1",  # seconds; looking at the file at each call takes longer than all the rest
            "FAKETIME_DONT_FAKE_MONOTONIC": "1",
        }
        place.use(runtime_python=place.interpreter("exec env", *(f"{name}={v}" for name, v in variables.items())))

    def strike(self, place: Place) -> None:  # noqa: ARG002
        self._clock.write_text("-365d\n", "ascii")
        time.sleep(1.1)


class ModelCorrupted(Fault):
    name = "model file corrupted"
    means = "a kilobyte of the weights is overwritten, the rest cut off"
    # Once it is read, nothing of it is read again.
    outcomes = everywhere(ANSWERED, start=SAID, load=SAID)

    def prepare(self, place: Place) -> None:
        model = place.folder / "model"
        shutil.copytree(PLUGIN_ROOT / "resources" / "models" / "terrascope-nano", model)
        place.use(model=str(model))
        self._weights = model / "model.safetensors"
        self._whole = self._weights.read_bytes()

    def strike(self, place: Place) -> None:  # noqa: ARG002
        with self._weights.open("r+b") as file:
            file.seek(100_000)
            file.write(bytes(1024))
            file.truncate()

    def mend(self, place: Place) -> None:  # noqa: ARG002
        self._weights.write_bytes(self._whole)


class OtherQgis(Fault):
    """Of a second QGIS, in a process of its own."""

    def start(self, place: Place, stage: str) -> tuple[subprocess.Popen, int, Path]:
        """It asks, and waits where the stage begins: its process, its runtime's, and the GeoPackage it is to write."""
        out = place.runs / "other.gpkg"
        given = {
            "question": QUESTION,
            "scene": str(place.scene),
            "model": place.settings.model,
            "out": str(out),
            "python": place.python,
            "stage": stage,
        }
        command = [sys.executable, "-m", "tests.plugin.reliability.other_qgis"]
        pipe = subprocess.PIPE
        other = subprocess.Popen(command, cwd=PLUGIN_ROOT, stdin=pipe, stdout=pipe, text=True)
        place.undo.append(other.kill)
        other.stdin.write(json.dumps(given) + "\n")
        other.stdin.flush()
        return other, int(other.stdout.readline()), out


class QgisKilled(OtherQgis):
    name = "QGIS killed"
    means = "SIGKILL to a second QGIS that asks"
    outcomes = everywhere(LOST)

    def meet(self, place: Place, stage: str) -> None:
        other, runtime, out = self.start(place, stage)
        with held(runtime):
            other.kill()
            other.communicate()
        wait_until(lambda: not Path(f"/proc/{runtime}").exists(), "the runtime outlives its QGIS")
        assert out.exists() == (stage == LAYERS)
        if out.exists():
            is_whole(out)
            out.unlink()


class TwoAtOnce(OtherQgis):
    name = "two QGIS at once"
    means = "a second QGIS asks the same of the same files, both are at the stage"
    outcomes = everywhere(ANSWERED)

    def meet(self, place: Place, stage: str) -> object:
        self._other, _, self._out = self.start(place, stage)
        return super().meet(place, stage)

    def strike(self, place: Place) -> None:  # noqa: ARG002
        self._other.stdin.write("go on\n")
        self._other.stdin.flush()

    def mend(self, place: Place) -> None:  # noqa: ARG002
        said, _ = self._other.communicate(timeout=120)
        assert (self._other.returncode, int(said)) == (0, 1)
        is_whole(self._out)
        self._out.unlink()


class Sleep(OtherQgis):
    name = "sleep and resume"
    means = "a second QGIS and its runtime are stopped for two seconds (SIGSTOP), its runtime goes on first"
    outcomes = everywhere(ANSWERED)

    def meet(self, place: Place, stage: str) -> None:
        other, runtime, out = self.start(place, stage)
        with held(other.pid), held(runtime):
            time.sleep(2)
        said, _ = other.communicate("go on\n", timeout=120)
        assert (other.returncode, int(said)) == (0, 1)
        is_whole(out)
        out.unlink()


FAULTS = (
    RuntimeKilled(),
    QgisKilled(),
    OutOfMemory(),
    GpuMemoryExhausted(),
    DiskFull(),
    FolderReadOnly(),
    FileLocked(),
    OpenElsewhere(),
    RasterReplaced(),
    RasterTruncated(),
    NetworkDriveGone(),
    NetworkDriveSilent(),
    ClockStepped(),
    ModelCorrupted(),
    TwoAtOnce(),
    Sleep(),
)


def enlarged(scene: Path) -> Path:
    """A raster of its content in 2,100 x 2,100 pixels, beside it."""
    large = scene.with_name("large.tif")
    gdal.Translate(str(large), str(scene), width=2100, height=2100)
    return large


def output(*command: str) -> str:
    """What a program says."""
    return subprocess.run(command, capture_output=True, text=True, check=True).stdout


def wait_until(there: Callable[[], bool], otherwise: str, seconds: float = 30.0) -> None:
    """Wait for something; a guard against waiting for ever."""
    deadline = time.monotonic() + seconds
    while not there():
        assert time.monotonic() < deadline, otherwise
        time.sleep(0.02)


def running(mark: str) -> set[int]:
    """Process ids of the runtimes that have a mark in their environment."""
    found = set()
    for folder in Path("/proc").glob("[0-9]*"):
        with suppress(OSError):
            served = b"\0model_runtime\0serve\0" in (folder / "cmdline").read_bytes()
            if served and mark.encode("ascii") in (folder / "environ").read_bytes():
                found.add(int(folder.name))
    return found
