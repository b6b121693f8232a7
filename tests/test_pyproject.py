"""What `pip install` makes of a checkout: the runtime with its models, and lists that stand in one file each."""

from __future__ import annotations

import email
import re
import shutil
import subprocess
import sys
import zipfile
from email.message import Message
from pathlib import Path

import pytest

import dev


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> zipfile.ZipFile:
    """Built from a copy, so that nothing is left behind in the checkout; with the setuptools that is there."""
    folder = tmp_path_factory.mktemp("checkout")
    for name in ("model_runtime", "resources", "tests/requirements-sam2.txt", "pyproject.toml", "LICENSE"):
        source, target = dev.ROOT / name, folder / name
        target.parent.mkdir(exist_ok=True)
        if source.is_dir():
            shutil.copytree(source, target, ignore=shutil.ignore_patterns("__pycache__"))
        else:
            shutil.copy(source, target)
    command = [sys.executable, "-m", "pip", "wheel", "-q", "--no-deps", "--no-build-isolation", "-w", "dist", "."]
    done = subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    (path,) = (folder / "dist").iterdir()
    return zipfile.ZipFile(path)


@pytest.fixture(scope="module")
def metadata(wheel: zipfile.ZipFile) -> Message:
    (name,) = [name for name in wheel.namelist() if name.endswith(".dist-info/METADATA")]
    return email.message_from_bytes(wheel.read(name))


def listed(*names: str) -> set[str]:
    """The requirements in some files."""
    lines = [line for name in names for line in (dev.ROOT / name).read_text(encoding="utf-8").splitlines()]
    return {line.strip() for line in lines if line.strip() and not line.startswith("#")}


def test_it_holds_the_whole_runtime_and_its_files_and_nothing_else(wheel: zipfile.ZipFile) -> None:
    runtime = dev.ROOT / "model_runtime"
    wanted = {path.relative_to(dev.ROOT).as_posix() for path in runtime.rglob("*.py")}
    for folder in ("models", "styles"):
        files = (path for path in (dev.ROOT / "resources" / folder).rglob("*") if path.is_file())
        wanted |= {f"model_runtime/{path.relative_to(dev.ROOT).as_posix()}" for path in files}
    wanted.add("model_runtime/resources/published_results.json")
    there = {name for name in wheel.namelist() if ".dist-info/" not in name}
    assert len(wanted) > 50
    assert wanted <= there
    assert all(name.startswith("model_runtime/requirements") for name in there - wanted)


def test_it_finds_its_model_and_styles_where_pip_puts_them(wheel: zipfile.ZipFile, tmp_path: Path) -> None:
    wheel.extractall(tmp_path)
    code = (
        "from model_runtime.model_store.shelf import folder_of, summaries\n"
        "from model_runtime.evidence.geopackage import STYLES\n"
        "print(folder_of('nano'), [m.state for m in summaries() if m.id == 'nano'], (STYLES / 'mask.qml').is_file())"
    )
    run = [sys.executable, "-c", code]
    printed = subprocess.run(
        run,
        cwd=tmp_path,
        env=dev.clean_environment(PYTHONPATH=str(tmp_path)),
        capture_output=True,
        text=True,
        check=True,
    ).stdout
    folder = tmp_path.resolve() / "model_runtime" / "resources" / "models" / "terrascope-nano"
    assert printed.strip() == f"{folder} ['bundled'] True"


def test_its_version_and_licence_are_the_plugins(metadata: Message) -> None:
    assert metadata["Version"] == dev.plugin_version()
    assert metadata["License-Expression"] == "GPL-2.0-or-later"


def test_its_requirements_are_those_of_the_files(metadata: Message) -> None:
    extras = {
        "sam2": (dev.RUNTIME_SAM2,),
        "data": (dev.RUNTIME_DATA,),
        "ray": (dev.RUNTIME_DATA, dev.RUNTIME_RAY),
        "training": (dev.RUNTIME_DATA, dev.RUNTIME_TRAINING),
    }
    assert set(metadata.get_all("Provides-Extra")) == set(extras)
    stated = {line.partition("; extra == ")[::2] for line in metadata.get_all("Requires-Dist")}
    own = listed("model_runtime/requirements.txt", "model_runtime/requirements-torch.txt")
    assert stated == {(name, "") for name in own} | {
        (name, f'"{extra}"') for extra, files in extras.items() for name in listed(*files)
    }


def test_it_is_built_with_the_setuptools_of_the_runtime() -> None:
    text = (dev.ROOT / "pyproject.toml").read_text(encoding="utf-8")
    needed = re.findall(r'^requires = \["([^"]+)"\]$', text, re.MULTILINE)
    assert len(needed) == 1
    assert needed[0] in listed("model_runtime/requirements.txt")


def test_it_is_for_the_pythons_that_dev_py_looks_for(metadata: Message) -> None:
    assert metadata["Requires-Python"] == ">=" + ".".join(str(part) for part in dev.RUNTIME_PYTHONS[0])
