#!/usr/bin/env python3
"""The project's commands: `demo`, `walkthrough`, `docs`, `test`, `run`, `lint`, `package`.

Standard library only, for any Python from 3.9 on Linux, macOS or Windows. Each command prepares what it needs (Python
environments under `.envs/`; on Debian and Ubuntu as root also QGIS, with apt) and says what it is doing. Nothing needs
activating, and an environment is made again only when its requirement files have changed.
"""

from __future__ import annotations

import argparse
import collections
import hashlib
import io
import json
import os
import re
import runpy
import shutil
import signal
import subprocess
import sys
import tempfile
import threading
import time
import zipfile
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from typing import IO

ROOT = Path(__file__).resolve().parent
ENVS = ROOT / ".envs"
PACKAGE = "terrascope_for_qgis"
MAX_ZIP_BYTES = 25 * 1000 * 1000
WINDOWS = os.name == "nt"
DEFAULT_QUESTION = "How many hectares of water are there, and how far is it from the nearest built-up area?"

# A generated scene with both classes of the question in it, and five more.
DEMO_SEED = 41
# The pinned numpy, pandas and scipy have wheels for these; torch too.
RUNTIME_PYTHONS = ((3, 11), (3, 13))
# No GL driver comes with Xvfb by itself, and QGIS complains in a yellow bar about a missing Open Sans.
QGIS_PACKAGES = ("qgis", "python3-qgis", "python3-gdal", "python3-numpy", "libqt5sql5-sqlite", "fonts-open-sans")
# What tests need beside it: a database with rasters; a clock to be set, and a network drive that can fail.
POSTGIS_PACKAGES = ("postgresql-postgis", "postgis")
FAULTS_PACKAGES = ("libfaketime", "bindfs")
XVFB_PACKAGES = ("xvfb", "xauth", "libgl1-mesa-dri")
# What PyQt6's own Qt takes from the system.
QT6_PACKAGES = (
    "libegl1",
    "libgl1",
    "libxkbcommon0",
    "libdbus-1-3",
    "libfontconfig1",
    "libglib2.0-0",
    "libgssapi-krb5-2",
)
FAULTS_TESTS = "tests/plugin/reliability"
# Those of the plugin's tests that need nothing but Qt run on Qt 6 too.
QT6_TESTS = (
    "tests/qt6",
    "tests/plugin/test_batching.py",
    "tests/plugin/test_class_lights.py",
    "tests/plugin/test_conversation.py",
    "tests/plugin/test_first_run.py",
    "tests/plugin/test_options.py",
    "tests/plugin/test_question_box.py",
    "tests/plugin/test_teaching.py",
)
# What QGIS, GRASS or a shell may have set for their own libraries and what breaks another Python or another GDAL.
FOREIGN_VARIABLES = ("PYTHONHOME", "PYTHONPATH", "PYTHONSTARTUP", "PROJ_LIB", "PROJ_DATA", "LD_LIBRARY_PATH")
FOREIGN_PREFIXES = ("GDAL_", "QT_", "QGIS_")

QGIS_TIMEOUT_S = 900
SIGN_TIMEOUT_S = 240
SUITE_TIMEOUT_S = 2100
FUZZ_TIMEOUT_S = 300  # for each time that the cases of the suite are run
END_LINES = 60


class DevError(Exception):
    """Something the user has to know: one sentence with what is wrong and what to do."""


PRINTING = threading.Lock()
"""so that lines of what runs side by side stay whole"""


def say(text: str = "") -> None:
    """Print one line at once (the child processes share this standard output)."""
    with PRINTING:
        print(text, flush=True)


# ---------------------------------------------------------------------------------------------------------------------
# Processes


def clean_environment(**extra: str) -> dict[str, str]:
    """This process's environment without what breaks another Python or GDAL, plus `extra`."""
    kept = {
        name: value
        for name, value in os.environ.items()
        if name not in FOREIGN_VARIABLES and not name.startswith(FOREIGN_PREFIXES)
    }
    kept.update(
        {"PYTHONUTF8": "1", "HF_HUB_OFFLINE": "1", "TRANSFORMERS_OFFLINE": "1", "HF_HUB_DISABLE_TELEMETRY": "1"}
    )
    kept.update(extra)
    return kept


def call(
    command: list[str | Path],
    *,
    environment: dict[str, str] | None = None,
    cwd: Path | None = None,
    timeout_s: float | None = None,
    sign_of_life: Path | None = None,
    kept: collections.deque[str] | None = None,
    prefix: str = "",
) -> int:
    """Run a command, its output shown; return its exit code. With its time up, it and its children are ended.

    Args:
        command: the program and its arguments.
        environment: its variables; by default this process's.
        cwd: its folder; by default the caller's.
        timeout_s: how long it may take.
        sign_of_life: a file the command has to write within `SIGN_TIMEOUT_S`, before it is given the rest of its time.
        kept: takes the lines of its output, too.
        prefix: stands before each of them; they are then shown as whole lines.

    Raises:
        DevError: when the time has passed.
    """
    words = [str(word) for word in command]
    # A group of its own (POSIX), so that what the command itself started ends with it.
    output = {} if kept is None else {"stdout": subprocess.PIPE, "stderr": subprocess.STDOUT}
    child = subprocess.Popen(words, env=environment, cwd=cwd, start_new_session=not WINDOWS, **output)
    RUNNING.add(child)
    reader = None
    if kept is not None:
        reader = threading.Thread(target=pass_on, args=(child.stdout, kept, prefix.encode()), daemon=True)
        reader.start()
    try:
        if sign_of_life is not None:
            wait_for(sign_of_life, child)
        return child.wait(timeout_s)
    except subprocess.TimeoutExpired:
        raise DevError(f"{Path(words[0]).name} did not finish in {timeout_s:.0f} s and was stopped.") from None
    finally:
        end_group(child)
        RUNNING.discard(child)
        if reader is not None:
            reader.join(10)  # what the command has left running may hold its output open


RUNNING: set[subprocess.Popen] = set()
"""what `call` has started and not ended"""
ENDING = threading.Event()
"""nothing more is to be begun"""


def pass_on(output: IO[bytes], kept: collections.deque[str], prefix: bytes = b"") -> None:
    """Show a command's output as it comes, with a prefix line by line, and keep its lines."""
    line = b""
    with output:
        while piece := output.read1(65536):
            *lines, line = (line + piece).split(b"\n")
            shown = b"".join(prefix + one + b"\n" for one in lines) if prefix else piece
            with PRINTING:
                sys.stdout.buffer.write(shown)
                sys.stdout.buffer.flush()
            kept.extend(one.decode("utf-8", "replace") for one in lines)


def wait_for(sign_of_life: Path, child: subprocess.Popen) -> None:
    """Return when the file is there, or the child has ended by itself.

    Raises:
        DevError: when neither happens within `SIGN_TIMEOUT_S`.
    """
    deadline = time.monotonic() + SIGN_TIMEOUT_S
    while not sign_of_life.exists() and child.poll() is None:
        if time.monotonic() > deadline:
            raise DevError(
                f"QGIS did not get to its plugins within {SIGN_TIMEOUT_S:.0f} s and was stopped: start it by hand and "
                "see what it says (often its Python, or a dialog that waits for an answer)."
            )
        time.sleep(0.2)


def end_group(child: subprocess.Popen) -> None:
    """End a child started in its own group, and what it left behind there: politely first (xvfb-run then clears up)."""
    if WINDOWS:
        if child.poll() is None:
            subprocess.run(["taskkill", "/F", "/T", "/PID", str(child.pid)], capture_output=True, check=False)
        return
    for signal_number, patience_s in ((signal.SIGTERM, 10.0), (signal.SIGKILL, 0.0)):
        try:
            os.killpg(child.pid, signal_number)
        except (ProcessLookupError, PermissionError):
            break
        deadline = time.monotonic() + patience_s
        while time.monotonic() < deadline:
            child.poll()
            try:
                os.killpg(child.pid, 0)
            except (ProcessLookupError, PermissionError):
                break
            time.sleep(0.1)
    if child.poll() is None:
        child.wait(10)


def output_of(
    command: list[str | Path], *, environment: dict[str, str] | None = None, cwd: Path | None = None
) -> str | None:
    """Standard output of a short command, or None when it cannot be run or fails."""
    words = [str(word) for word in command]
    try:
        done = subprocess.run(words, env=environment, cwd=cwd, capture_output=True, text=True, timeout=120, check=False)
    except (OSError, subprocess.TimeoutExpired):
        return None
    return done.stdout if done.returncode == 0 else None


# ---------------------------------------------------------------------------------------------------------------------
# apt


def apt_usable() -> bool:
    """Whether packages can be installed here without asking anybody: Debian or Ubuntu, as root."""
    return sys.platform.startswith("linux") and shutil.which("apt-get") is not None and os.geteuid() == 0


def apt_install(packages: tuple[str, ...], why: str) -> None:
    """Install the packages that are missing.

    Raises:
        DevError: when apt-get fails.
    """
    missing = [name for name in packages if "install ok installed" not in (output_of(["dpkg", "-s", name]) or "")]
    if not missing:
        return
    say(f"Installing with apt ({why}): {' '.join(missing)}")
    environment = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    if call(["apt-get", "-qq", "update"], environment=environment) != 0:
        say("apt-get update failed; trying with the package lists that are there.")
    command: list[str | Path] = [
        "apt-get",
        "-qq",
        "-y",
        "-o",
        "Dpkg::Use-Pty=0",
        "-o",
        "DPkg::Lock::Timeout=300",  # somebody else may be installing
        "install",
        "--no-install-recommends",
        *missing,
    ]
    if call(command, environment=environment, timeout_s=1800) != 0:
        raise DevError(f"apt-get could not install {' '.join(missing)}; see its messages above.")


# ---------------------------------------------------------------------------------------------------------------------
# Python environments


@dataclass(frozen=True)
class Environment:
    """A virtual environment under `.envs/`: what goes into it, in the order of installation."""

    name: str
    files: tuple[str, ...]  # requirement files, relative to the checkout
    hashed: tuple[str, ...] = ()  # those of them whose hashes pip has to check
    system_site_packages: bool = False

    @property
    def folder(self) -> Path:
        """Where it lives."""
        return ENVS / self.name

    @property
    def python(self) -> Path:
        """Its interpreter."""
        return self.folder / ("Scripts/python.exe" if WINDOWS else "bin/python")


RUNTIME = Environment(
    "runtime",
    ("model_runtime/requirements.lock", "model_runtime/requirements-torch.txt"),
    hashed=("model_runtime/requirements.lock",),
)
RUNTIME_TESTS = "tests/requirements-runtime.txt"
# Installed with options of its own, because of what its packages would pull in; the file says more.
RUNTIME_SAM2 = "tests/requirements-sam2.txt"
# The data factory's packages: for who makes datasets, and for the tests.
RUNTIME_DATA = "model_runtime/requirements-data.txt"
RUNTIME_RAY = "model_runtime/requirements-ray.txt"
# For who trains models, and for the tests.
RUNTIME_TRAINING = "model_runtime/requirements-training.txt"
SAM2_OPTIONS = ("--use-pep517", "--no-deps", "--no-build-isolation")
PLUGIN = Environment("plugin", ("tests/requirements-plugin.txt",), system_site_packages=True)
LINT = Environment("lint", ("tests/requirements-lint.txt",))
QT6 = Environment("qt6", ("tests/requirements-qt6.txt",))
DOCS = Environment("docs", ("tests/requirements-docs.txt",))


def fingerprint(files: tuple[str, ...], *settings: object) -> str:
    """A short hash over the files' contents (line ends apart) and the settings."""
    digest = hashlib.sha256(repr(settings).encode())
    for name in files:
        digest.update(name.encode() + b"\0" + (ROOT / name).read_bytes().replace(b"\r\n", b"\n") + b"\0")
    return digest.hexdigest()[:16]


def stamp_path(environment: Environment, layer: str = "base") -> Path:
    """The file that is written last and says that this layer of an environment is complete."""
    return environment.folder / f".complete-{layer}"


def base_fingerprint(environment: Environment) -> str:
    """What the stamp of a complete environment holds."""
    return fingerprint(environment.files, environment.hashed, environment.system_site_packages)


def is_ready(environment: Environment) -> bool:
    """Whether the environment was finished from the files as they are now, and its interpreter still starts."""
    stamp = stamp_path(environment)
    if not stamp.is_file() or stamp.read_text(encoding="utf-8") != base_fingerprint(environment):
        return False
    return output_of([environment.python, "-c", "import sys"], environment=clean_environment()) is not None


def ensure_environment(environment: Environment, interpreter: Path | None = None) -> Path:
    """Make the environment if it is not there, not finished or out of date; return its interpreter.

    Args:
        environment: which one.
        interpreter: the Python to make it from; by default one that suits the pinned packages is looked for.

    Raises:
        DevError: when no Python suits, or pip fails.
    """
    if is_ready(environment):
        return environment.python
    started = time.monotonic()
    base = interpreter or find_python()
    if environment.folder.exists():
        say(f"Environment .envs/{environment.name} is unfinished or out of date: making it again.")
        shutil.rmtree(environment.folder)
    say(f"Making environment .envs/{environment.name} with {base} (kept for the next time)")
    make_venv(base, environment)
    for name in environment.files:
        pip_install(environment, name, *(["--require-hashes"] if name in environment.hashed else []))
    stamp_path(environment).write_text(base_fingerprint(environment), encoding="utf-8")
    say(f"Environment .envs/{environment.name} is ready ({time.monotonic() - started:.0f} s)")
    return environment.python


def ensure_runtime_tests() -> Path:
    """The runtime environment with what its tests need besides; return its interpreter."""
    ensure_environment(DOCS)  # the manual is looked at, too
    python = ensure_environment(RUNTIME)
    ensure_layer(RUNTIME, "tests", RUNTIME_TESTS)
    ensure_layer(RUNTIME, "data", RUNTIME_DATA)
    ensure_layer(RUNTIME, "training", RUNTIME_TRAINING)
    try:
        ensure_layer(RUNTIME, "ray", RUNTIME_RAY)
    except DevError as problem:
        say(f"!! Building datasets over Ray cannot be tested: {problem}")
    try:
        # Without CUDA sam2 builds no extension and needs no compiler; what the extension does, no test of ours uses.
        ensure_layer(RUNTIME, "sam2", RUNTIME_SAM2, *SAM2_OPTIONS, SAM2_BUILD_CUDA="0")
    except DevError as problem:
        # The tests decide: those that need it are skipped, or fail where all have to run.
        say(f"!! The grounding cannot be compared with the sam2 package: {problem}")
    return python


def ensure_layer(environment: Environment, name: str, requirements: str, *options: str, **variables: str) -> None:
    """Add a requirement file to a finished environment, unless it is there as it is now.

    Args:
        environment: which one.
        name: what its stamp is called.
        requirements: the file, relative to the checkout.
        options: pip's, besides the usual.
        variables: set for pip, besides the usual.

    Raises:
        DevError: when pip fails.
    """
    stamp, wanted = stamp_path(environment, name), fingerprint((requirements,), *options, *sorted(variables.items()))
    if stamp.is_file() and stamp.read_text(encoding="utf-8") == wanted:
        return
    say(f"Adding to .envs/{environment.name}:")
    pip_install(environment, requirements, *options, **variables)
    stamp.write_text(wanted, encoding="utf-8")


def python_version(python: str | Path) -> tuple[int, ...] | None:
    """(major, minor) of an interpreter, None when it does not start."""
    text = output_of([python, "-c", "import sys; print(*sys.version_info[:2])"], environment=clean_environment())
    return tuple(int(part) for part in text.split()) if text else None


def find_python() -> Path:
    """A Python that the pinned packages have wheels for: the running one if it suits.

    Raises:
        DevError: when there is none.
    """
    names = ["python3.11", "python3.12", "python3.13", "python3", "python"]
    candidates = [sys.executable, "/usr/bin/python3", *(shutil.which(name) or "" for name in names)]
    if WINDOWS and shutil.which("py"):
        for minor in (12, 11, 13):
            where = output_of(["py", f"-3.{minor}", "-c", "import sys; print(sys.executable)"])
            candidates.append((where or "").strip())
    for candidate in candidates:
        if not candidate or not Path(candidate).exists():
            continue
        version = python_version(candidate)
        if version and RUNTIME_PYTHONS[0] <= version <= RUNTIME_PYTHONS[1]:
            return Path(candidate)
    raise DevError(
        "No Python 3.11, 3.12 or 3.13 was found: install one (python.org, or your system's packages) and try again."
    )


def make_venv(base: Path, environment: Environment) -> None:
    """Make an empty virtual environment with pip, by the means this Python has.

    Raises:
        DevError: when there is no means.
    """
    options: list[str | Path] = ["--system-site-packages"] if environment.system_site_packages else []
    if output_of([base, "-c", "import venv, ensurepip"]) is None and str(base).startswith("/usr/bin/") and apt_usable():
        apt_install(("python3-venv",), "the venv module of Debian's Python")
    if output_of([base, "-c", "import venv, ensurepip"]) is not None:
        command: list[str | Path] = [base, "-m", "venv", *options, environment.folder]
    elif output_of([base, "-m", "virtualenv", "--version"]) is not None:
        command = [base, "-m", "virtualenv", *options, environment.folder]
    elif shutil.which("uv"):
        command = ["uv", "venv", "--seed", "--python", base, *options, environment.folder]
    else:
        raise DevError(
            f"{base} cannot make environments: install python3-venv (Debian, Ubuntu), virtualenv or uv, and try again."
        )
    if call(command, environment=clean_environment()) != 0:
        raise DevError(f"{base} could not make the environment {environment.folder}; see the messages above.")


def pip_install(environment: Environment, requirements: str, *options: str, **variables: str) -> None:
    """Install one requirement file, with further options of pip's and further variables set for it.

    Raises:
        DevError: when pip fails.
    """
    size = " (torch alone is 200 MB to 2 GB to fetch)" if "torch" in requirements else ""
    say(f"  pip install -r {requirements}{size}")
    quiet = [] if sys.stdout.isatty() else ["-qq"]
    pip = [environment.python, "-m", "pip", "install", *quiet, "--no-input", "--disable-pip-version-check"]
    command = [*pip, *options, "-r", ROOT / requirements]
    if call(command, environment=clean_environment(**variables), timeout_s=3600) != 0:
        raise DevError(
            f"pip could not install {requirements} (messages above): check network and free space, then try again."
        )


# ---------------------------------------------------------------------------------------------------------------------
# QGIS


@dataclass(frozen=True)
class Qgis:
    """A QGIS on this machine: its window program, and the variables that make its libraries be found."""

    program: Path
    variables: tuple[tuple[str, str], ...] = ()


def find_qgis() -> Qgis | None:
    """The QGIS to show a window with, None when there is none. TERRASCOPE_QGIS names one."""
    named = os.environ.get("TERRASCOPE_QGIS")
    if named:
        if not Path(named).exists():
            raise DevError(
                f"TERRASCOPE_QGIS names {named}, which does not exist: set it to QGIS's program, or unset it."
            )
        return Qgis(Path(named))
    if WINDOWS:
        roots = [Path(os.environ.get(name, "C:/Program Files")) for name in ("ProgramFiles", "ProgramW6432")]
        folders = sorted({folder for root in roots for folder in root.glob("QGIS*")}, reverse=True)
        patterns = [folder / "bin" for folder in folders] + [Path("C:/OSGeo4W/bin")]
        found = [folder / name for folder in patterns for name in ("qgis-ltr.bat", "qgis.bat")]
    elif sys.platform == "darwin":
        found = [app / "Contents/MacOS/QGIS" for app in sorted(Path("/Applications").glob("QGIS*.app"), reverse=True)]
    else:
        # Debian's `qgis` is a shell script around qgis.bin that adds options of its own.
        found = [Path("/usr/bin/qgis.bin"), Path(shutil.which("qgis") or "/usr/bin/qgis")]
    return next((Qgis(path) for path in found if path.exists()), None)


def how_to_get_qgis() -> str:
    """One sentence for this system."""
    if WINDOWS:
        return (
            "Install QGIS 3.22 or newer with the installer of qgis.org (or set TERRASCOPE_QGIS to its qgis .bat file)."
        )
    if sys.platform == "darwin":
        return "Install QGIS 3.22 or newer from qgis.org into /Applications (or set TERRASCOPE_QGIS to its program)."
    if shutil.which("apt-get"):
        return f"Run as root: apt-get install {' '.join(QGIS_PACKAGES + XVFB_PACKAGES)}"
    return "Install QGIS 3.22 or newer with your system's packages (or set TERRASCOPE_QGIS to its program)."


def ensure_qgis() -> Qgis | None:
    """The QGIS of this machine, installed first if that can be done here."""
    qgis = find_qgis()
    if apt_usable() and os.environ.get("TERRASCOPE_QGIS") is None and qgis in (None, Qgis(Path("/usr/bin/qgis.bin"))):
        apt_install(QGIS_PACKAGES, "QGIS")
        qgis = find_qgis()
    return qgis


def has_display() -> bool:
    """Whether a window can be shown to somebody."""
    return WINDOWS or sys.platform == "darwin" or bool(os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY"))


def display_prefix() -> list[str]:
    """What to put before a command that opens a window: nothing with a display, else xvfb-run.

    Raises:
        DevError: without display, xvfb-run, or the right to install it.
    """
    if has_display():
        return []
    if apt_usable():
        apt_install(XVFB_PACKAGES, "a display that nobody needs to look at")
    if shutil.which("xvfb-run") is None:
        raise DevError(
            "There is no display here and no xvfb-run: install xvfb and xauth, or run this from a desktop session."
        )
    return ["xvfb-run", "-a", "-s", "-screen 0 1600x1000x24"]


def path_beginning_with(folder: Path) -> str:
    """The search path with a folder first: QGIS takes the `python3` it finds there for the one it was built with."""
    return os.pathsep.join([str(folder), os.environ.get("PATH", "")])


def qgis_python() -> Path | None:
    """The Python that can `import qgis`: QGIS's own on Linux. TERRASCOPE_QGIS_PYTHON names one."""
    candidates = [os.environ.get("TERRASCOPE_QGIS_PYTHON") or "", "/usr/bin/python3", sys.executable]
    for candidate in candidates:
        if candidate and Path(candidate).exists():
            code = "import qgis.core"
            if (
                output_of([candidate, "-c", code], environment=clean_environment(QT_QPA_PLATFORM="offscreen"))
                is not None
            ):
                return Path(candidate)
    return None


# ---------------------------------------------------------------------------------------------------------------------
# A second, newer QGIS: Debian 12's backports, unpacked beside the system's, nothing installed

BACKPORTS = ENVS / "qgis340"


class NoBackportsError(Exception):
    """The newer QGIS cannot be had here; the text says why."""


def debian_source() -> tuple[str, str]:
    """(mirror address, options) of this machine's own source of Debian 12's main archive.

    Raises:
        NoBackportsError: when this is not Debian 12 or apt's sources name none.
    """
    release = Path("/etc/os-release")
    text = release.read_text(encoding="utf-8") if release.is_file() else ""
    if "VERSION_CODENAME=bookworm" not in text or not re.search(r"^ID=debian$", text, re.MULTILINE):
        raise NoBackportsError("this is not Debian 12")
    found = parse_sources(
        sorted(Path("/etc/apt").glob("sources.list*")) + sorted(Path("/etc/apt/sources.list.d").glob("*"))
    )
    if found is None:
        raise NoBackportsError("apt's sources name no mirror of Debian 12 (suite bookworm, component main)")
    return found


def parse_sources(files: list[Path]) -> tuple[str, str] | None:
    """(address, options for a one-line entry) of the first entry for bookworm main, in either of apt's formats."""
    for path in files:
        if not path.is_file():
            continue
        text = path.read_text(encoding="utf-8", errors="replace")
        if path.suffix == ".sources":
            for stanza in re.split(r"\n\s*\n", text):
                lines = [line for line in stanza.splitlines() if not line.startswith("#")]
                fields = {
                    key.strip().lower(): value.strip()
                    for key, colon, value in (line.partition(":") for line in lines)
                    if colon
                }
                if "bookworm" in fields.get("suites", "").split() and "main" in fields.get("components", "").split():
                    key = fields.get("signed-by", "")
                    return fields.get("uris", "").split()[0], f"[signed-by={key}]" if key.startswith("/") else ""
        elif path.suffix == ".list":
            for line in text.splitlines():
                entry = re.match(r"deb\s+(\[[^]]*\])?\s*(\S+)\s+bookworm\s+(.*)", line.strip())
                if entry and "main" in entry.group(3).split():
                    return entry.group(2), entry.group(1) or ""
    return None


def ensure_backports_qgis() -> Qgis:
    """QGIS 3.40 under `.envs/qgis340`: fetched and unpacked, with a private apt state; nothing is installed.

    Its libraries use those of the installed QGIS 3.22 (same Qt, GDAL, PROJ), which must be there.

    Raises:
        NoBackportsError: with the reason, when it cannot be had.
    """
    stamp, tree = BACKPORTS / ".complete", BACKPORTS / "tree"
    if not stamp.is_file():
        if shutil.which("apt-get") is None or shutil.which("dpkg") is None:
            raise NoBackportsError("apt-get is missing")
        mirror, options = debian_source()
        say("Fetching QGIS 3.40 from Debian's backports (120 MB), unpacked to .envs/qgis340, nothing installed")
        shutil.rmtree(BACKPORTS, ignore_errors=True)
        for folder in ("lists/partial", "cache/archives/partial", "debs", "tree"):
            (BACKPORTS / folder).mkdir(parents=True)
        suites = ("bookworm", "bookworm-updates", "bookworm-backports")
        sources = BACKPORTS / "sources.list"
        sources.write_text("".join(f"deb {options} {mirror} {suite} main\n" for suite in suites), encoding="utf-8")
        apt: list[str | Path] = ["apt-get", "-qq"]
        for key, value in (
            ("Dir::Etc::sourcelist", sources),
            ("Dir::Etc::sourceparts", "/dev/null"),
            ("Dir::State::lists", BACKPORTS / "lists"),
            ("Dir::Cache", BACKPORTS / "cache"),
            ("APT::Sandbox::User", "root"),  # apt's own user may not reach into a checkout
        ):
            apt += ["-o", f"{key}={value}"]
        if call([*apt, "update"], timeout_s=600) != 0:
            raise NoBackportsError("apt-get update failed for the backports")
        plan = output_of(
            [*apt, "-s", "install", "--no-install-recommends", "-t", "bookworm-backports", "qgis", "python3-qgis"]
        )
        wanted = re.findall(r"^Inst (\S+) (?:\[[^]]*\] )?\((\S+) ", plan or "", re.MULTILINE)
        if not any(name == "qgis" and version.startswith("3.40") for name, version in wanted):
            raise NoBackportsError("the backports have no QGIS 3.40")
        packages = [f"{name}={version}" for name, version in wanted]
        if call([*apt, "download", *packages], cwd=BACKPORTS / "debs", timeout_s=1200) != 0:
            raise NoBackportsError("its packages could not be downloaded")
        for package in sorted((BACKPORTS / "debs").glob("*.deb")):
            if call(["dpkg", "-x", package, tree]) != 0:
                raise NoBackportsError(f"{package.name} could not be unpacked")
        for folder in ("lists", "cache", "debs"):
            shutil.rmtree(BACKPORTS / folder)
        stamp.write_text("\n".join(packages) + "\n", encoding="utf-8")
    libraries = [tree / "usr/lib"]
    for folder in sorted((tree / "usr/lib").glob("*-linux-gnu*")):
        libraries += [folder, folder / "pulseaudio"]
    library_path = [str(folder) for folder in libraries if folder.is_dir()]
    python_path = [
        tree / "usr/lib/python3/dist-packages",
        tree / "usr/share/qgis/python",
        tree / "usr/share/qgis/python/plugins",
    ]
    variables = (
        ("LD_LIBRARY_PATH", os.pathsep.join(library_path)),
        ("PYTHONPATH", os.pathsep.join(str(path) for path in python_path)),
        ("QGIS_PREFIX_PATH", str(tree / "usr")),
    )
    return Qgis(tree / "usr/bin/qgis.bin", variables)


# ---------------------------------------------------------------------------------------------------------------------
# demo


@dataclass(frozen=True)
class DemoJob:
    """What the demonstration asks, and where the results go."""

    scene: Path
    sar: Path | None
    second_date: Path | None
    question: str
    out_dir: Path
    runtime_python: Path

    def to_json(self) -> str:
        """The job as `terrascope_qgis/demo.py` reads it: paths as text, absent ones null."""
        fields = {name: str(value) if isinstance(value, Path) else value for name, value in vars(self).items()}
        return json.dumps(fields, indent=1)


def command_demo(arguments: argparse.Namespace) -> int:
    """Ask one question about one scene, in QGIS where there is one; write and print what came of it."""
    out = Path(arguments.out).resolve()
    inputs = {name: existing_file(getattr(arguments, name), name) for name in ("scene", "sar", "second_date")}
    out.mkdir(parents=True, exist_ok=True)
    names = ["run.gpkg", "run.json", "evidence.png", "qgis.png"]
    for name in names:
        (out / name).unlink(missing_ok=True)

    say("1. The runtime's environment")
    python = ensure_environment(RUNTIME)
    say("2. The scene")
    scene, truth = inputs["scene"], None
    if scene is None:
        scene = out / "scene.tif"
        truth = generate_scene(python, scene)
    say(f"   {scene}")
    job = DemoJob(scene, inputs["sar"], inputs["second_date"], arguments.question, out, python)

    say("3. QGIS")
    qgis, obstacle = ensure_qgis(), how_to_get_qgis()
    prefix: list[str] = []
    if qgis is not None:
        try:
            prefix = display_prefix()
        except DevError as problem:
            qgis, obstacle = None, str(problem)
    if qgis is None:
        say(f"   No QGIS window can be opened here. {obstacle}")
        say("   Running the runtime part alone (no qgis.png).")
        names.remove("qgis.png")
        run_demo_without_qgis(job)
    else:
        run_demo_in_qgis(job, qgis, prefix)

    missing = [name for name in names if not (out / name).is_file() or (out / name).stat().st_size == 0]
    if missing:
        raise DevError(
            f"The demonstration ended without writing {', '.join(missing)} to {out}; see the messages above."
        )
    say("4. The result")
    say(readable_report(json.loads((out / "run.json").read_text(encoding="utf-8")), truth))
    say("Files: " + ", ".join(str(out / name) for name in names))
    return 0


def command_walkthrough(arguments: argparse.Namespace) -> int:
    """Take the pictures of docs/walkthrough.md, in a QGIS window that does all that the text tells."""
    python, qgis, pictures = ensure_environment(RUNTIME), ensure_qgis(), ROOT / "docs" / "walkthrough"
    if qgis is None:
        raise DevError(how_to_get_qgis())
    with tempfile.TemporaryDirectory(prefix="terrascope-walk-", ignore_cleanup_errors=True) as name:
        out = Path(name)
        generate_scene(python, out / "example.tif")
        job = DemoJob(out / "example.tif", None, None, DEFAULT_QUESTION, out, python)
        run_demo_in_qgis(job, qgis, display_prefix(), "docs.walkthrough")
        pictures.mkdir(exist_ok=True)
        for picture in sorted(out.glob("*.png")):
            shutil.copyfile(picture, pictures / picture.name)
            say(f"   docs/walkthrough/{picture.name}")
    return 0


def existing_file(text: str | None, name: str) -> Path | None:
    """The absolute path of an input, None for none.

    Raises:
        DevError: when there is no such file.
    """
    if text is None:
        return None
    path = Path(text).resolve()
    if not path.is_file():
        raise DevError(f"There is no file {path} (given as {name.replace('_', ' ')}): check the path.")
    return path


def generate_scene(python: Path, scene: Path) -> dict:
    """Write the seeded example scene; return its ground truth: {class: {"hectares": …, "coverage_pct": …}}.

    Raises:
        DevError: when the runtime did not write it.
    """
    say("   No scene given: generating one (seeded, ground truth known)")
    truth_path = scene.with_name(f"{scene.stem}_truth.json")
    truth_path.unlink(missing_ok=True)
    words = ["--size", "512", "--pixel-size", "30", "--seed", str(DEMO_SEED), "--out", str(scene)]
    code = call_runtime(python, ["data", "scene", *words], timeout_s=600)
    if code != 0 or not truth_path.is_file():
        raise DevError("The example scene could not be generated; see the runtime's message above.")
    return json.loads(truth_path.read_text(encoding="utf-8"))


def call_runtime(python: Path, arguments: list[str], *, timeout_s: float | None = None) -> int:
    """Run `python -m model_runtime ARGUMENTS` from the caller's folder; return its exit code."""
    environment = clean_environment(PYTHONPATH=str(ROOT))
    return call([python, "-m", "model_runtime", *arguments], environment=environment, cwd=None, timeout_s=timeout_s)


def run_demo_without_qgis(job: DemoJob) -> None:
    """The same question through the runtime's command line.

    Raises:
        DevError: when the runtime fails.
    """
    arguments = ["ask", "--optical", str(job.scene), "--question", job.question]
    for option, path in (("--sar", job.sar), ("--second-date", job.second_date)):
        if path is not None:
            arguments += [option, str(path)]
    for option, name in (("--out", "run.gpkg"), ("--json", "run.json"), ("--picture", "evidence.png")):
        arguments += [option, str(job.out_dir / name)]
    if call_runtime(job.runtime_python, arguments, timeout_s=QGIS_TIMEOUT_S) != 0:
        raise DevError("The runtime could not answer; see its message above.")


# Runs inside QGIS. An exception here would open a dialog that nobody closes, so it ends QGIS instead.
BOOTSTRAP = """\
import importlib, os, pathlib, traceback
pathlib.Path(os.environ["TERRASCOPE_DEMO"] + ".started").touch()
from qgis.PyQt.QtCore import QTimer

def start():
    try:
        importlib.import_module("{module}").main()
    except BaseException:
        traceback.print_exc()
        os._exit(3)

QTimer.singleShot(1500, start)
"""


def run_demo_in_qgis(job: DemoJob, qgis: Qgis, prefix: list[str], module: str = "terrascope_qgis.demo") -> None:
    """Open the full QGIS window with the plugin in a throw-away profile, and let a module of it do the job.

    Raises:
        DevError: when QGIS fails or takes too long.
    """
    with tempfile.TemporaryDirectory(prefix="terrascope-demo-", ignore_cleanup_errors=True) as name:
        folder = Path(name)
        make_profile(folder / "config")
        (folder / "job.json").write_text(job.to_json(), encoding="utf-8")
        (folder / "boot.py").write_text(BOOTSTRAP.format(module=f"{PACKAGE}.{module}"), encoding="utf-8")
        (folder / "run").mkdir(mode=0o700)
        environment = clean_environment(
            QGIS_CUSTOM_CONFIG_PATH=str(folder / "config"),
            TERRASCOPE_DEMO=str(folder / "job.json"),
            TERRASCOPE_RUNTIME_PYTHON=str(job.runtime_python),
            PYTHONUNBUFFERED="1",
            PATH=path_beginning_with(qgis.program.parent),
            **dict(qgis.variables),
        )
        if prefix:
            environment["XDG_RUNTIME_DIR"] = str(folder / "run")
        where = "on a virtual display (Xvfb)" if prefix else "in a window"
        say(f"   Opening {qgis.program} {where}, with the plugin in a throw-away profile")
        command = [*prefix, str(qgis.program), "--noversioncheck", "--nologo", "--code", str(folder / "boot.py")]
        sign = folder / "job.json.started"
        code = call(command, environment=environment, timeout_s=QGIS_TIMEOUT_S, sign_of_life=sign)
    if code != 0:
        raise DevError(
            f"QGIS ended with exit code {code} before the demonstration was finished; see the messages above."
        )


def make_profile(config: Path) -> None:
    """A QGIS profile with nothing in it but this plugin, enabled."""
    profile = config / "profiles/default"
    plugins = profile / "python/plugins"
    plugins.mkdir(parents=True)
    try:
        (plugins / PACKAGE).symlink_to(ROOT, target_is_directory=True)
    except OSError:  # Windows lets only some users make links
        skipped = shutil.ignore_patterns(
            ".envs", ".git", "dist", "demo_output", "training_runs", "tests", "__pycache__"
        )
        shutil.copytree(ROOT, plugins / PACKAGE, ignore=skipped)
    settings = profile / "QGIS/QGIS3.ini"
    settings.parent.mkdir(parents=True)
    settings.write_text(
        f"[PythonPlugins]\n{PACKAGE}=true\nprocessing=true\n"
        "[qgis]\ncheckVersion=false\nshowTips=false\n"
        "[app]\nnews-feed\\items\\httpsfeedqgisorg\\disabled=true\n",
        encoding="utf-8",
    )


def readable_report(report: dict, truth: dict | None = None) -> str:
    """The run as text: question, reasoning, answer, and the measures, beside the ground truth if there is one."""
    lines = ["", f"Question:  {report['question']}", "", "Reasoning: " + report["reasoning"].strip()]
    lines += ["", f"Answer:    {report['answer'].strip()}", "", "Measured from the masks:"]
    for step in report["steps"]:
        line = (
            f"  {step['phrase'] or 'region':<20} {step['area_ha']:>10.2f} ha (± {step['area_uncertainty_ha']:.2f})"
            f" {step['coverage_pct']:>6.2f} %"
        )
        known = truth_for(step["phrase"], truth)
        if known is not None:
            line += f"   ground truth {known['hectares']:>10.2f} ha {known['coverage_pct']:>6.2f} %"
        lines.append(line)
    if not report["steps"]:
        lines.append("  (no region was marked)")
    phrases = {step["index"]: step["phrase"] for step in report["steps"]}
    for distance in report["distances"]:
        between = " to ".join(str(phrases.get(distance[end], distance[end])) for end in ("from_step", "to_step"))
        lines.append(f"  distance, {between}: {distance['distance_m']:.1f} m edge to edge")
    for change in report.get("changes", []):
        noise = "" if change["told"] else "; no change that can be told from noise"
        lines.append(
            f"  change of {change['phrase']}: {change['gained_ha']:.2f} ha gained, {change['lost_ha']:.2f} ha lost,"
            f" {change['kept_ha']:.2f} ha kept (floor {change['floor_ha']:.2f} ha{noise})"
        )
    for claim in report.get("claims", []):
        if claim.get("agrees") is False:
            lines.append(f'  the model says "{claim["text"]}"; measured: {claim["measured"]} {claim["unit"]}')
    lines += [f"  note: {warning}" for warning in report.get("warnings", [])]
    return "\n".join(lines) + "\n"


def truth_for(phrase: str, truth: dict | None) -> dict | None:
    """The ground truth of the class a phrase speaks of ("the built-up area": built-up), the longest name that fits."""
    fitting = [name for name in truth or {} if name.lower() in phrase.lower()]
    return truth[max(fitting, key=len)] if truth and fitting else None


# ---------------------------------------------------------------------------------------------------------------------
# test


@dataclass(frozen=True)
class Suite:
    """How some tests went.

    Attributes:
        name: of them.
        outcome: in words.
        passed: they have, or there is a good reason why they could not run.
        end: of what they said.
    """

    name: str
    outcome: str
    passed: bool
    end: tuple[str, ...] = ()


def command_test(arguments: argparse.Namespace) -> int:
    """Run the tests, all or one half, and sum up; 0 only when everything that could run passed."""
    if arguments.part is None and (os.cpu_count() or 1) > 1:
        results = side_by_side()
    else:
        results = [test_runtime()] if arguments.part in (None, "runtime") else []
        if arguments.part in (None, "plugin"):
            results += [run("") for run in plugin_suites().values()]
    # Whoever sees the end of a long log only, sees what failed.
    for suite in results:
        if not suite.passed and len(results) > 1:
            say("\n".join((f"\n== The end of {suite.name}", *suite.end)))
    return tell_summary(results)


def tell_summary(results: list[Suite]) -> int:
    """Print how each suite ended; the exit code."""
    say("\nSummary")
    for suite in results:
        say(f"  {suite.name:<22} {suite.outcome}")
    return 0 if all(suite.passed for suite in results) else 1


def side_by_side() -> list[Suite]:
    """All of them, two at a time, and what stands before each line says whose it is.

    Each has a processor to itself, and a good part of the plugin's waits for its runtime.
    """
    ensure_runtime_tests()  # all of them need it
    with ThreadPoolExecutor(2) as pool:
        begun = [pool.submit(test_runtime, "runtime | ")]
        try:
            begun += [pool.submit(run, f"{label} | ") for label, run in plugin_suites().items()]
            return [suite.result() for suite in begun]
        except BaseException:
            ENDING.set()
            pool.shutdown(wait=False, cancel_futures=True)
            for child in list(RUNNING):
                end_group(child)
            raise


def run_suite(
    name: str,
    command: list[str | Path],
    environment: dict[str, str],
    prefix: str = "",
    timeout_s: int = SUITE_TIMEOUT_S,
) -> Suite:
    """Run one pytest. Finding no tests is a failure.

    One run on QGIS 3.22 of some dozens was ended by a segmentation fault, and where could not be found out. So a pytest
    that is ended by a signal, and has no result, is run a second time; both are told. What dies twice has failed.
    """
    command = [*command, *["--color=yes"] * sys.stdout.isatty()]  # through a pipe it would have none
    # Threads that share so small operations wait for one another longer than they compute.
    environment = {"OMP_NUM_THREADS": "1", **environment, "PYTHONUNBUFFERED": "1"}
    crashes = ""
    for last in (False, True):
        say(f"\n{prefix}== {name}")
        started = time.monotonic()
        end: collections.deque[str] = collections.deque(maxlen=END_LINES)
        try:
            code = call(command, environment=environment, cwd=ROOT, timeout_s=timeout_s, kept=end, prefix=prefix)
        except DevError as problem:
            return Suite(name, f"FAILED: {problem}", False, tuple(end))
        took = f"{time.monotonic() - started:.0f} s"
        if code >= 0 or last or ENDING.is_set():
            break
        crashes = f"; it was ended by signal {-code} the first time, after {took}"
        say(f"\n{prefix}!! {name}: ended by signal {-code} after {took}, the lines above say where. Once more.")
    if code == 0:
        return Suite(name, f"passed ({took}){crashes}", True)
    return Suite(name, f"FAILED, pytest's exit code {code} ({took}){crashes}", False, tuple(end))


def command_fuzz(arguments: argparse.Namespace) -> int:
    """Run the seeded cases of strange input, many times as many as `test` does."""
    times, timeout_s = {"TERRASCOPE_FUZZ": str(arguments.times)}, arguments.times * FUZZ_TIMEOUT_S
    command = [ensure_runtime_tests(), "-m", "pytest", "-q", "tests/runtime/fuzz"]
    results = [run_suite("runtime", command, clean_environment(**times), timeout_s=timeout_s)]
    ensure_qgis()
    base = qgis_python()
    if base is None:
        results.append(Suite("plugin", f"FAILED: no Python here can import qgis. {how_to_get_qgis()}", False))
    else:
        python, runtime = ensure_environment(PLUGIN, base), ensure_environment(RUNTIME)
        tests = ("tests/plugin/fuzz",)
        results.append(plugin_result(python, base, runtime, tuple(times.items()), "plugin", tests, timeout_s=timeout_s))
    return tell_summary(results)


def command_soak(arguments: argparse.Namespace) -> int:
    """Use a runtime in all ways for some minutes; 1 when it did not keep its memory, its handles or its speed."""
    words = ["bench", "soak", "--minutes", str(arguments.minutes), "--seed", str(arguments.seed)]
    return call_runtime(ensure_environment(RUNTIME), [*words, *(["--json", arguments.json] if arguments.json else [])])


def test_runtime(prefix: str = "") -> Suite:
    """The runtime's tests and those of the repository as a whole."""
    python = ensure_runtime_tests()
    whole = sorted(str(path) for path in (ROOT / "tests").glob("test_*.py"))
    return run_suite("runtime", [python, "-m", "pytest", "tests/runtime", *whole], clean_environment(), prefix)


def plugin_suites() -> dict[str, Callable[[str], Suite]]:
    """The plugin's tests, ready to run: on the system's QGIS, on 3.40 beside it, and some on Qt 6.

    Returns:
        Each by a short name; its argument stands before every line of its output. What faults do takes half as long as
        all the others, and has a run of its own.
    """
    ensure_qgis()
    if apt_usable():
        apt_install(POSTGIS_PACKAGES, "rasters in a database, for a test")
        apt_install(FAULTS_PACKAGES, "a clock that can be set and a drive that can fail, for tests")
        apt_install(XVFB_PACKAGES, "a display that nobody needs to look at, for a test")
        apt_install(QT6_PACKAGES, "what Qt 6 needs, for a test")
    base = qgis_python()
    if base is None:
        raise DevError(
            f"The plugin's tests need a Python that can import qgis. {how_to_get_qgis()} Or set TERRASCOPE_QGIS_PYTHON."
        )
    runtime = ensure_environment(RUNTIME)
    python = ensure_environment(PLUGIN, base)

    def suites(label: str, variables: tuple[tuple[str, str], ...]) -> dict[str, Callable[[str], Suite]]:
        def on_one_qgis(name: str, *tests: str) -> Callable[[str], Suite]:
            return lambda prefix: plugin_result(python, base, runtime, variables, name, tests, prefix)

        return {
            label: on_one_qgis("plugin", "tests/plugin", f"--ignore={FAULTS_TESTS}"),
            f"{label}, faults": on_one_qgis("faults", FAULTS_TESTS),
        }

    found = suites("QGIS", ())
    try:
        newer = ensure_backports_qgis()
    except (NoBackportsError, DevError) as reason:
        shutil.rmtree(BACKPORTS, ignore_errors=True)
        required = os.environ.get("CI", "").lower() in ("1", "true")
        say(f"\n!! The plugin's tests do NOT run on QGIS 3.40: {reason}.")
        missing = Suite("plugin, QGIS 3.40", f"{'FAILED' if required else 'SKIPPED'}: {reason}", not required)
        found["QGIS 3.40"] = lambda _: missing
    else:
        found |= suites("QGIS 3.40", newer.variables)
    return {**found, "Qt 6": test_qt6}


def test_qt6(prefix: str = "") -> Suite:
    """What of the plugin needs nothing but Qt, on the Qt of QGIS 4; no QGIS is needed for it."""
    command = [ensure_environment(QT6), "-m", "pytest", "-p", "tests.qt6.shim", *QT6_TESTS]
    with tempfile.TemporaryDirectory(prefix="terrascope-test-", ignore_cleanup_errors=True) as folder:
        environment = clean_environment(QT_QPA_PLATFORM="offscreen", XDG_RUNTIME_DIR=folder)
        return run_suite("plugin, Qt 6", command, environment, prefix)


def plugin_result(
    python: Path,
    base: Path,
    runtime: Path,
    variables: tuple[tuple[str, str], ...],
    name: str,
    tests: tuple[str, ...],
    prefix: str = "",
    timeout_s: int = SUITE_TIMEOUT_S,
) -> Suite:
    """Tests of the plugin on one QGIS, without any window."""
    with tempfile.TemporaryDirectory(prefix="terrascope-test-", ignore_cleanup_errors=True) as folder:
        environment = clean_environment(
            QT_QPA_PLATFORM="offscreen",
            XDG_RUNTIME_DIR=folder,
            TERRASCOPE_RUNTIME_PYTHON=str(runtime),
            PATH=path_beginning_with(base.parent),
            **dict(variables),
        )
        code = "from qgis.core import Qgis; print(getattr(Qgis, 'QGIS_VERSION', None) or Qgis.version())"
        version = (
            (output_of([python, "-c", code], environment=environment) or "that does not start").split("-")[0].strip()
        )
        # pytest-qgis keeps a profile in the checkout, a worker of pytest-xdist's in a folder of its own: so do several
        # runs at a time. Nothing of an earlier one is taken over.
        environment["PYTEST_XDIST_WORKER"] = f"{name}-{version}"
        shutil.rmtree(ROOT / ".qgis-settings" / environment["PYTEST_XDIST_WORKER"], ignore_errors=True)
        command = [python, "-m", "pytest", *tests]
        return run_suite(f"{name}, QGIS {version}", command, environment, prefix, timeout_s)


# ---------------------------------------------------------------------------------------------------------------------
# package


def plugin_version() -> str:
    """The version in metadata.txt.

    Raises:
        DevError: when it has none.
    """
    found = re.search(r"^version=(\S+)\s*$", (ROOT / "metadata.txt").read_text(encoding="utf-8"), re.MULTILINE)
    if found is None:
        raise DevError("metadata.txt has no line version=…: add it.")
    return found.group(1)


def packaged_files() -> list[str]:
    """What goes into the ZIP: the files git tracks, without those that .gitattributes marks export-ignore.

    Raises:
        DevError: outside a git checkout.
    """
    # The checkout may belong to somebody else than who runs this, as in a container: git then wants to be told.
    git = ["git", "-c", f"safe.directory={ROOT.as_posix()}"]
    listed = output_of([*git, "ls-files", "-z"], cwd=ROOT)
    if listed is None:
        raise DevError("The package is made from what git tracks: install git and run this in a checkout.")
    files = [name for name in listed.split("\0") if name and (ROOT / name).is_file()]
    # Like `git archive`, a folder's mark holds for all that is in it.
    chains = {
        name: [name, *(str(parent.as_posix()) for parent in Path(name).parents if str(parent) != ".")] for name in files
    }
    asked = "\0".join(sorted({part for chain in chains.values() for part in chain}))
    answer = subprocess.run(
        [*git, "check-attr", "-z", "--stdin", "export-ignore"],
        input=asked,
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    ).stdout.split("\0")
    left_out = {answer[i] for i in range(0, len(answer) - 2, 3) if answer[i + 2] == "set"}
    return sorted(name for name, chain in chains.items() if left_out.isdisjoint(chain))


def translations() -> dict[str, bytes]:
    """What QGIS loads of the translations in `i18n`, by its name in the ZIP."""
    texts = runpy.run_path(str(ROOT / "i18n" / "texts.py"))
    found = {path.with_suffix(".qm"): texts["read"](path) for path in sorted((ROOT / "i18n").glob("*.ts"))}
    return {path.relative_to(ROOT).as_posix(): texts["compiled"](told) for path, told in found.items()}


def manual() -> dict[str, bytes]:
    """The manual as plain pages, by their names in the ZIP.

    Raises:
        DevError: when it cannot be built.
    """
    with tempfile.TemporaryDirectory(prefix="terrascope-manual-") as name:
        folder = Path(name) / "help"
        build_manual("plain", folder)
        found = sorted(path for path in folder.rglob("*") if path.is_file())
        return {path.relative_to(name).as_posix(): path.read_bytes() for path in found}


def build_manual(kind: str, out: Path) -> None:
    """Build the manual from docs/ into a folder: a "site", or "plain" pages.

    Raises:
        DevError: when something in it leads nowhere.
    """
    command: list[str | Path] = [ensure_environment(DOCS), ROOT / "docs" / "manual.py", kind, out]
    if call(command, environment=clean_environment(PYTHONPATH=str(ROOT)), timeout_s=QGIS_TIMEOUT_S) != 0:
        raise DevError("The manual cannot be built; see the messages above.")


def write_zip(files: list[str], made: dict[str, bytes] | None = None) -> bytes:
    """The plugin's ZIP: one top folder; the same bytes for the same files.

    Args:
        files: of the checkout.
        made: content of others by their name.
    """
    contents = {**{name: (ROOT / name).read_bytes() for name in files}, **(made or {})}
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as archive:
        for name, content in sorted(contents.items()):
            entry = zipfile.ZipInfo(f"{PACKAGE}/{name}", date_time=(2020, 1, 1, 0, 0, 0))
            entry.external_attr, entry.compress_type, entry.create_system = 0o100644 << 16, zipfile.ZIP_DEFLATED, 3
            archive.writestr(entry, content)
    return buffer.getvalue()


def package_content() -> bytes:
    """All of the plugin's ZIP.

    Raises:
        DevError: when it is larger than the plugin site takes.
    """
    content = write_zip(packaged_files(), {**translations(), **manual()})
    if len(content) > MAX_ZIP_BYTES:
        raise DevError(
            f"The ZIP is {len(content) / 1e6:.1f} MB; the plugin site takes 25 MB: leave files out in .gitattributes."
        )
    return content


def build_package() -> Path:
    """Write `dist/terrascope_for_qgis.<version>.zip`."""
    content = package_content()
    path = ROOT / "dist" / f"{PACKAGE}.{plugin_version()}.zip"
    path.parent.mkdir(exist_ok=True)
    path.write_bytes(content)
    count = len(zipfile.ZipFile(path).namelist())
    say(f"{path.relative_to(ROOT)}: {count} files, {len(content) / 1e6:.1f} MB")
    return path


def command_docs(arguments: argparse.Namespace) -> int:
    """Build the manual as a site with search into dist/site."""
    site = ROOT / "dist" / "site"
    build_manual("site", site)
    say(f"{site.relative_to(ROOT)}/index.html")
    return 0


def command_package(arguments: argparse.Namespace) -> int:
    """Make the ZIP for "Install from ZIP" and the plugin site."""
    build_package()
    return 0


# ---------------------------------------------------------------------------------------------------------------------
# lint

# Classes that hold enumerations: in Qt 6 a value is only found under its group, and QGIS 3.22 takes that form too.
ENUM_HOLDERS = (
    "Qt|Qgis|QgsTask|QgsMapLayerProxyModel|QgsProcessing|QgsProcessing(?:Parameter|Output|Algorithm)\\w*|QgsWkbTypes|QgsUnitTypes"
    "|QgsField|QgsVectorFileWriter|QDialog|QDialogButtonBox|QMessageBox|QSizePolicy|QFrame|QHeaderView|QAbstractItemView"
    "|QTextCursor|QFont|QPalette|QProcess|QEvent|QIODevice|QToolButton|QComboBox|QLineEdit|QTextOption|QSettings"
)
# What neither ruff nor the site's scanners know of QGIS 3.22 to 4 (Qt 5 and 6): pattern, what to do.
PLUGIN_PATTERNS = (
    (  # a group by itself is a type, as in annotations; those in use end in Flag
        rf"\b(?:{ENUM_HOLDERS})\.(?=\w*[a-z])(?!\w+Flags?\b)[A-Z]\w*\b(?![.\w(\[])",
        "name the value with its group: Class.Group.Value",
    ),
    (r"\b(?:from|import)\s+(?:PyQt[456]|PySide[26]|sip)\b", "import Qt from qgis.PyQt"),
    (r"\.exec_\(", "write .exec(), exec_ is gone in Qt 6"),
    (r"\bresources_rc\b|\bpyrcc[56]\b|[\"']:/plugins/", "load icons by path"),
    (r"\bQ(?:RegExp|DesktopWidget)\b|\bMidButton\b", "gone in Qt 6"),
    (r"\b(?:\w*[mM]etrics(?:F?\([^()]*\))?|letters)\.width\(", "write horizontalAdvance(), width() is gone in Qt 6"),
    (
        r"\bint\(\s*Q\w+\.[A-Z]|\bQ\w+\.[A-Z]\w*\.[A-Z]\w*\s*[-+*/%]\s*\w|\b\w+\s*[-+*/%]\s*Q\w+\.[A-Z]\w*\.[A-Z]",
        "an enumeration is no number in Qt 6: write the number that you mean",
    ),
    (r"\btr(?:anslate)?\([^)]*\bf[\"']", "keep f-strings out of translated texts, they cannot be extracted"),
    (
        r"\bQgis\.(?:WkbType|GeometryType|AreaUnit|DistanceUnit|LayerFilters?|Processing\w+)\b"
        r"|\bas_numpy\(|\bpushFormattedMessage\(|\bQgsSettingsTree\b|\bQgsHistory\w+\b",
        "absent in QGIS 3.22",
    ),
)
# The same for what is imported, by its whole name.
PLUGIN_IMPORTS = (
    (
        r"qgis\.PyQt\.Qt(?:Gui|Widgets)\.(?:QAction|QActionGroup|QShortcut|QUndo\w+|QFileSystemModel)",
        "moved in Qt 6: take it from compat",
    ),
    (r"qgis\.PyQt\.QtCore\.(?:QVariant|QMetaType)", "QGIS 3.38 has other types of fields: take them from compat"),
    (r"qgis\.PyQt\.uic(?:\.\w+)?", "write the form in Python, a .ui file has the names of Qt 5"),
)
_IMPORTS = re.compile(r"^[ \t]*from[ \t]+(qgis[\w.]*)[ \t]+import[ \t]+(\([^)]*\)|[^\n]*)", re.MULTILINE)


def plugin_findings(text: str) -> list[tuple[int, str, str]]:
    """(line number, text found, what to do) for what would break on some QGIS from 3.22 to 4."""
    found = []
    for number, line in enumerate(text.splitlines(), 1):
        code = line.split("#", 1)[0]
        for pattern, advice in PLUGIN_PATTERNS:
            match = re.search(pattern, code)
            if match:
                found.append((number, match.group(0), advice))
    for match in _IMPORTS.finditer(text):
        for name in re.finditer(r"(?<!as )\b\w+", match.group(2)):
            for pattern, advice in PLUGIN_IMPORTS:
                if re.fullmatch(pattern, f"{match.group(1)}.{name.group(0)}"):
                    number = text.count("\n", 0, match.start(2) + name.start()) + 1
                    found.append((number, name.group(0), advice))
    return found


def command_lint(arguments: argparse.Namespace) -> int:
    """Check style, annotations and docstrings over the tree, and over the unpacked ZIP what the plugin site checks."""
    python = ensure_environment(LINT)
    failed = []

    def check(name: str, passed: bool) -> None:
        say(f"{name}: {'ok' if passed else 'FAILED'}")
        if not passed:
            failed.append(name)

    environment = clean_environment()
    check("ruff", call([python, "-m", "ruff", "check", "."], environment=environment, cwd=ROOT) == 0)
    check(
        "ruff format",
        call([python, "-m", "ruff", "format", "--diff", "-q", "."], environment=environment, cwd=ROOT) == 0,
    )
    check("Qt and QGIS versions", check_plugin_patterns())
    archive = build_package()
    with tempfile.TemporaryDirectory(prefix="terrascope-lint-") as name:
        with zipfile.ZipFile(archive) as opened:
            opened.extractall(name)
        for scanner, found in site_findings(python, Path(name) / PACKAGE).items():
            if found:
                say(found.rstrip())
            check(f"{scanner}, as the plugin site runs it", not found)
    if failed:
        say(f"\nFailed: {', '.join(failed)}")
    return 1 if failed else 0


def check_plugin_patterns() -> bool:
    """Whether the plugin's files are free of what breaks on some QGIS; each finding is printed."""
    passed = True
    for path in [ROOT / "__init__.py", *sorted((ROOT / "terrascope_qgis").rglob("*.py"))]:
        if path.name == "compat.py":  # the one place that looks which QGIS this is
            continue
        for number, what, advice in plugin_findings(path.read_text(encoding="utf-8")):
            say(f"{path.relative_to(ROOT)}:{number}: {what}: {advice}")
            passed = False
    for folder in ("terrascope_qgis", "resources"):
        for path in sorted((ROOT / folder).rglob("*")):
            if path.suffix in (".ui", ".qrc"):
                say(f"{path.relative_to(ROOT)}: forms are written in Python, and icons loaded by path")
                passed = False
    return passed


# Over what is uploaded, the plugin site runs these with all of their rules.
SCANNERS = {
    "bandit": ("bandit", "-q", "-r", "."),
    # E203: as PEP 8 has it, ruff sets a blank before the colon of a long slice; flake8 takes that for a mistake.
    "flake8": ("flake8", "--isolated", "--max-line-length=120", "--extend-ignore=E203", "."),
    "detect-secrets": ("detect_secrets", "scan", "--all-files", "."),
}


def site_findings(python: Path, folder: Path) -> dict[str, str]:
    """What each of `SCANNERS` says of an unpacked plugin; an empty text where it finds nothing.

    Args:
        python: that has them.
        folder: the plugin's.
    """

    def scan(words: tuple[str, ...]) -> str:
        command = [str(python), "-m", *words]
        done = subprocess.run(
            command, cwd=folder, env=clean_environment(), capture_output=True, text=True, timeout=900, check=False
        )
        if words[0] == "detect_secrets" and done.returncode == 0:
            results = json.loads(done.stdout)["results"].items()
            return "".join(f"{name}:{one['line_number']}: {one['type']}\n" for name, some in results for one in some)
        return (done.stdout or done.stderr or f"exit code {done.returncode}") if done.returncode != 0 else ""

    with ThreadPoolExecutor() as pool:
        return dict(zip(SCANNERS, pool.map(scan, SCANNERS.values())))


# ---------------------------------------------------------------------------------------------------------------------


def command_run(arguments: argparse.Namespace) -> int:
    """Run `python -m model_runtime ARGUMENTS` in the runtime's environment, with the packages that they need."""
    python, words = ensure_environment(RUNTIME), arguments.arguments
    if words[:1] == ["data"]:
        ensure_layer(RUNTIME, "data", RUNTIME_DATA)
        if any(word.split("=")[0] == "--ray" for word in words):
            ensure_layer(RUNTIME, "ray", RUNTIME_RAY)
    if words[:1] == ["train"]:
        ensure_layer(RUNTIME, "data", RUNTIME_DATA)
        ensure_layer(RUNTIME, "training", RUNTIME_TRAINING)
    return call_runtime(python, words)


def make_parser() -> argparse.ArgumentParser:
    """The command line."""
    parser = argparse.ArgumentParser(prog="dev.py", description=__doc__.split("\n", 1)[0])
    commands = parser.add_subparsers(dest="command", required=True, metavar="COMMAND")
    demo = commands.add_parser("demo", help="ask a question about a scene in QGIS and keep what comes of it")
    demo.add_argument("scene", nargs="?", metavar="SCENE.tif", help="optical scene; by default one is generated")
    demo.add_argument("--sar", metavar="S1.tif", help="radar scene of the same place")
    demo.add_argument("--second-date", metavar="LATER.tif", help="optical scene of the same place, later")
    demo.add_argument("--question", default=DEFAULT_QUESTION)
    demo.add_argument("--out", default=str(ROOT / "demo_output"), metavar="FOLDER", help="default: demo_output")
    demo.set_defaults(function=command_demo)
    walkthrough = commands.add_parser("walkthrough", help="take the pictures of docs/walkthrough.md")
    walkthrough.set_defaults(function=command_walkthrough)
    test = commands.add_parser("test", help="run the tests")
    test.add_argument("part", nargs="?", choices=("runtime", "plugin"), help="only one half")
    test.set_defaults(function=command_test)
    fuzz = commands.add_parser("fuzz", help="run thousands of the seeded cases of strange input")
    fuzz.add_argument("--times", type=int, default=18, metavar="N", help="as many as `test` runs; default: 18 (5,400)")
    fuzz.set_defaults(function=command_fuzz)
    soak = commands.add_parser("soak", help="use a runtime for long and see that it stays as it was")
    soak.add_argument("--minutes", type=float, default=20.0, metavar="N", help="default: 20")
    soak.add_argument("--seed", type=int, default=0, metavar="S", help="the same seed gives the same uses")
    soak.add_argument("--json", metavar="OUT.json", help="write the figures here, with every look")
    soak.set_defaults(function=command_soak)
    run = commands.add_parser("run", help="run `python -m model_runtime …` in its environment")
    run.add_argument("arguments", nargs=argparse.REMAINDER, metavar="ARGS")
    run.set_defaults(function=command_run)
    lint = commands.add_parser("lint", help="check style, types and what the plugin site checks")
    lint.set_defaults(function=command_lint)
    docs = commands.add_parser("docs", help="build the manual as a site in dist/site")
    docs.set_defaults(function=command_docs)
    package = commands.add_parser("package", help="make the plugin's ZIP in dist/")
    package.set_defaults(function=command_package)
    return parser


def main(words: list[str] | None = None) -> int:
    """Run one command; return the exit code."""
    arguments = make_parser().parse_args(words)
    # Being asked to end is no reason to leave QGIS or a server behind: as with Ctrl-C, what was started is ended first.
    previous = signal.signal(signal.SIGTERM, signal.default_int_handler)
    try:
        return arguments.function(arguments)
    except DevError as problem:
        print(f"dev.py {arguments.command}: {problem}", file=sys.stderr, flush=True)
        return 1
    except KeyboardInterrupt:
        print("Stopped.", file=sys.stderr, flush=True)
        return 130
    finally:
        signal.signal(signal.SIGTERM, previous)


if __name__ == "__main__":
    sys.exit(main())
