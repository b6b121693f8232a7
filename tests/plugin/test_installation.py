"""The ZIP in a QGIS with its whole window: installed, used and uninstalled by QGIS's own code, in an empty profile.

Two starts of QGIS on one profile: the first installs the ZIP and asks a question; the second finds the plugin there, as
a user does the next day, installs it once more over that, and takes it away.
"""

from __future__ import annotations

import collections
import json
import os
import re
import shutil
import subprocess
import sys
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

import dev

REPOSITORY = Path(__file__).resolve().parents[2]
LIMIT_S = 500  # for a start of QGIS with a first answer, on a machine that may be busy

Seen = dict[str, dict[str, Any]]


@pytest.fixture(scope="module")
def archive(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The plugin's ZIP, made as for the plugin site."""
    path = tmp_path_factory.mktemp("zip") / f"{dev.PACKAGE}.zip"
    code = "import sys, dev; open(sys.argv[1], 'wb').write(dev.package_content())"
    command = [sys.executable, "-c", code, str(path)]
    made = subprocess.run(
        command, cwd=REPOSITORY, env=dev.clean_environment(), capture_output=True, text=True, check=False
    )
    assert made.returncode == 0, made.stderr[-2000:]
    return path


@pytest.fixture(scope="module")
def profile(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder for profiles, with a first one that has a language and asks the network for nothing."""
    config = tmp_path_factory.mktemp("config")
    settings = config / "profiles" / "default" / "QGIS" / "QGIS3.ini"
    settings.parent.mkdir(parents=True)
    settings.write_text(
        "[locale]\noverrideFlag=true\nuserLocale=de\n"
        "[qgis]\ncheckVersion=false\nshowTips=false\n"
        "[app]\nnews-feed\\items\\httpsfeedqgisorg\\disabled=true\n",
        "utf-8",
    )
    return config


@pytest.fixture(scope="module")
def start(
    archive: Path, profile: Path, scene_path: Path, runtime_python: str, tmp_path_factory: pytest.TempPathFactory
) -> Callable[[str], Seen]:
    """Starts QGIS on a display that nobody looks at, and lets it do one stage of `installed_by_qgis.py`."""
    program = Path(os.environ.get("QGIS_PREFIX_PATH", "/usr")) / "bin" / "qgis.bin"
    if shutil.which("xvfb-run") is None or not program.is_file():
        pytest.skip("there is no display for QGIS's window, or no window: apt-get install xvfb xauth qgis")
    display = ["xvfb-run", "-a", "-s", "-screen 0 1600x1000x24"]
    script = Path(__file__).with_name("installed_by_qgis.py")

    def run(stage: str) -> Seen:
        folder = tmp_path_factory.mktemp(stage)
        job = {"stage": stage, "zip": str(archive), "scene": str(scene_path), "seen": str(folder / "seen.json")}
        (folder / "job.json").write_text(json.dumps(job), "utf-8")
        environment = {name: value for name, value in os.environ.items() if name != "QT_QPA_PLATFORM"}
        environment.update(
            QGIS_CUSTOM_CONFIG_PATH=str(profile),
            TERRASCOPE_INSTALLATION=str(folder / "job.json"),
            TERRASCOPE_RUNTIME_PYTHON=runtime_python,
        )
        command = [*display, program, "--noversioncheck", "--nologo", "--code", script]
        said: collections.deque[str] = collections.deque(maxlen=60)
        code = dev.call(command, environment=environment, cwd=folder, timeout_s=LIMIT_S, kept=said)
        assert code == 0, "\n".join(said)
        return json.loads((folder / "seen.json").read_text("utf-8"))

    return run


@pytest.fixture(scope="module")
def installed(start: Callable[[str], Seen]) -> Seen:
    """What the first start saw."""
    return start("install")


@pytest.fixture(scope="module")
def removed(installed: Seen, start: Callable[[str], Seen]) -> Seen:  # noqa: ARG001
    """What the second start saw."""
    return start("remove")


def test_it_is_new_to_qgis(installed: Seen) -> None:
    """Else nothing that follows would show anything."""
    before = installed["before"]
    assert {name: before[name] for name in before if before[name] and name != "folder"} == {}


def test_its_files_lie_in_the_profile_as_they_are_in_the_zip(installed: Seen, archive: Path, profile: Path) -> None:
    after = installed["after"]
    with zipfile.ZipFile(archive) as opened:
        wanted = {name.partition("/")[2] for name in opened.namelist()}
    assert Path(after["folder"]).is_relative_to(profile)
    assert {name for name in after["files"] if "__pycache__" not in name} == wanted


def test_qgis_knows_it_without_a_fault_and_has_started_it(installed: Seen) -> None:
    after = installed["after"]
    assert after["known"] == {"name": "TerraScope for QGIS", "version_installed": dev.plugin_version(), "error": ""}
    assert after["active"]
    assert after["enabled"]
    assert Path(installed["code"]).is_relative_to(after["folder"])


def test_its_algorithms_are_in_the_toolbox(installed: Seen) -> None:
    algorithms = installed["after"]["algorithms"]
    assert {"terrascope:ask", "terrascope:ask_batch", "terrascope:compare_dates", "terrascope:zonal_answers"} <= set(
        algorithms
    )
    assert all(name.startswith("terrascope:") for name in algorithms)


def test_its_menu_speaks_the_language_of_qgis(installed: Seen) -> None:
    """The translation is made for the ZIP; a checkout has none that could be loaded."""
    assert "Modelle…" in installed["after"]["menu"]


def test_a_question_is_answered_from_there(installed: Seen) -> None:
    hectares = re.match(r"([\d.]+) ha", installed["answer"])
    assert hectares, installed["answer"]
    assert 60 < float(hectares.group(1)) < 67  # a round lake of 45 pixels' radius: 63.6
    assert any(name.startswith("1 water") for name in installed["layers"])


def test_qgis_starts_it_by_itself_the_next_time(installed: Seen, removed: Seen) -> None:
    for name in ("active", "algorithms", "menu", "known"):
        assert removed["before"][name] == installed["after"][name]


def test_installed_once_more_it_takes_the_place_of_the_one_that_runs(removed: Seen) -> None:
    """As an update does, with the dock open."""
    for name in ("active", "enabled", "algorithms", "menu", "objects", "known"):
        assert removed["again"][name] == removed["before"][name], name
    assert removed["docks"] == 0


def test_uninstalled_nothing_is_left_of_it(removed: Seen) -> None:
    after = removed["after"]
    assert len(removed["asked"]) == 1
    assert "TerraScope for QGIS" in removed["asked"][0]
    assert not Path(after["folder"]).exists()
    assert {name: after[name] for name in after if after[name] and name not in ("folder", "modules")} == {}
    # QGIS forgets what was imported by its name; the package that is nothing but the folder of others stays.
    assert set(after["modules"]) <= {f"{dev.PACKAGE}.terrascope_qgis.processing"}
