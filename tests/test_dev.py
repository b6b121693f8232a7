"""`dev.py`: environments kept while they are right and made again when not, and what the commands print and refuse."""

from __future__ import annotations

import ast
import json
import os
import subprocess
import sys
import threading
import time
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest

import dev


@pytest.fixture
def checkout(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty checkout for `dev` to work in."""
    monkeypatch.setattr(dev, "ROOT", tmp_path)
    monkeypatch.setattr(dev, "ENVS", tmp_path / ".envs")
    return tmp_path


def test_it_needs_nothing_but_the_standard_library_of_python_3_9() -> None:
    tree = ast.parse((dev.ROOT / "dev.py").read_text(encoding="utf-8"), feature_version=(3, 9))
    imported = {alias.name for node in ast.walk(tree) if isinstance(node, ast.Import) for alias in node.names}
    imported |= {node.module or "" for node in ast.walk(tree) if isinstance(node, ast.ImportFrom)}
    assert {name.split(".")[0] for name in imported} <= sys.stdlib_module_names


# ---- environments


def test_an_environment_is_made_again_while_unfinished_and_kept_until_its_requirements_change(checkout: Path) -> None:
    """One real environment through its life."""
    requirements = checkout / "needs.txt"
    requirements.write_text("./there-is-no-such-folder\n", encoding="utf-8")
    environment = dev.Environment("small", ("needs.txt",))
    with pytest.raises(dev.DevError, match=r"needs\.txt"):
        dev.ensure_environment(environment, Path(sys.executable))
    assert environment.python.exists()
    assert not dev.is_ready(environment), "what pip could not fill passes for finished"

    left_behind = environment.folder / "left-behind"
    left_behind.touch()
    requirements.write_text("# nothing\n", encoding="utf-8")
    python = dev.ensure_environment(environment, Path(sys.executable))
    assert not left_behind.exists(), "the unfinished one was taken over"
    assert subprocess.run([python, "-m", "pip", "--version"], check=False, capture_output=True).returncode == 0

    left_behind.touch()
    dev.ensure_environment(environment, Path(sys.executable))
    assert left_behind.exists(), "it was made again for nothing"
    requirements.write_bytes(b"# nothing\r\n")  # another system's line ends change nothing
    assert dev.is_ready(environment)
    requirements.write_text("# something else\n", encoding="utf-8")
    assert not dev.is_ready(environment)


def test_an_environment_whose_python_is_gone_is_not_ready(checkout: Path) -> None:
    (checkout / "needs.txt").touch()
    environment = dev.Environment("gone", ("needs.txt",))
    environment.folder.mkdir(parents=True)
    dev.stamp_path(environment).write_text(dev.base_fingerprint(environment), encoding="utf-8")
    assert not dev.is_ready(environment)


@pytest.fixture
def runs(checkout: Path, monkeypatch: pytest.MonkeyPatch) -> list[tuple[list[str], dict[str, str]]]:
    """A checkout whose runtime environment is finished; commands are written down and not run."""
    for name in (dev.RUNTIME_TESTS, dev.RUNTIME_DATA, dev.RUNTIME_TRAINING, dev.RUNTIME_RAY, dev.RUNTIME_SAM2):
        (checkout / name).parent.mkdir(parents=True, exist_ok=True)
        (checkout / name).write_text("# nothing\n", encoding="utf-8")
    dev.RUNTIME.folder.mkdir(parents=True)
    monkeypatch.setattr(dev, "ensure_environment", lambda environment: environment.python)
    written: list[tuple[list[str], dict[str, str]]] = []

    def write_down(command: list[str | Path], *, environment: dict[str, str], timeout_s: float) -> int:
        written.append(([str(word) for word in command], environment))
        return int("fails" in Path(command[-1]).read_text(encoding="utf-8"))

    monkeypatch.setattr(dev, "call", write_down)
    return written


def test_what_the_tests_need_besides_is_added_once_and_again_when_it_changes(
    checkout: Path, runs: list[tuple[list[str], dict[str, str]]]
) -> None:
    """sam2 comes without what it depends on, torchvision among it, and is built with our torch and no compiler."""
    dev.ensure_runtime_tests()
    (tools, _), (data, _), (training, _), (ray, _), (sam2, variables) = runs
    assert [words[-1] for words in (tools, data, training, ray)] == [
        str(checkout / name) for name in (dev.RUNTIME_TESTS, dev.RUNTIME_DATA, dev.RUNTIME_TRAINING, dev.RUNTIME_RAY)
    ]
    assert sam2[-1] == str(checkout / dev.RUNTIME_SAM2)
    assert {"--use-pep517", "--no-deps", "--no-build-isolation"} <= set(sam2) - set(tools)
    assert variables["SAM2_BUILD_CUDA"] == "0"
    dev.ensure_runtime_tests()
    assert len(runs) == 5, "what was there was added again"
    (checkout / dev.RUNTIME_SAM2).write_text("# something else\n", encoding="utf-8")
    dev.ensure_runtime_tests()
    assert [words for words, _ in runs[5:]] == [sam2]


def test_without_sam2_the_other_tests_still_run(
    checkout: Path, runs: list[tuple[list[str], dict[str, str]]], capsys: pytest.CaptureFixture[str]
) -> None:
    """The test that needs it then says so itself; it is tried again the next time."""
    (checkout / dev.RUNTIME_SAM2).write_text("fails\n", encoding="utf-8")
    for count in (5, 6):
        assert dev.ensure_runtime_tests() == dev.RUNTIME.python
        assert "cannot be compared with the sam2 package: pip could not install" in capsys.readouterr().out
        assert len(runs) == count


def test_without_ray_the_other_tests_still_run(
    checkout: Path, runs: list[tuple[list[str], dict[str, str]]], capsys: pytest.CaptureFixture[str]
) -> None:
    (checkout / dev.RUNTIME_RAY).write_text("fails\n", encoding="utf-8")
    assert dev.ensure_runtime_tests() == dev.RUNTIME.python
    assert "over Ray cannot be tested: pip could not install" in capsys.readouterr().out
    assert runs[-1][0][-1] == str(checkout / dev.RUNTIME_SAM2)


@pytest.mark.parametrize(
    ("words", "added"),
    [
        ("data build --out x", [dev.RUNTIME_DATA]),
        ("data build --ray=auto --out x", [dev.RUNTIME_DATA, dev.RUNTIME_RAY]),
        ("train check", [dev.RUNTIME_DATA, dev.RUNTIME_TRAINING]),
        ("doctor", []),
    ],
)
def test_run_adds_what_the_commands_that_make_and_learn_need_and_nothing_to_others(
    checkout: Path,
    runs: list[tuple[list[str], dict[str, str]]],
    monkeypatch: pytest.MonkeyPatch,
    words: str,
    added: list[str],
) -> None:
    called = []
    monkeypatch.setattr(dev, "call_runtime", lambda python, arguments: called.append(arguments) or 0)
    assert dev.main(["run", *words.split()]) == 0
    assert [command[-1] for command, _ in runs] == [str(checkout / name) for name in added]
    assert called == [words.split()]


@pytest.mark.usefixtures("checkout", "runs")
def test_soak_asks_the_runtime_and_hands_its_verdict_on(monkeypatch: pytest.MonkeyPatch) -> None:
    called = []
    monkeypatch.setattr(dev, "call_runtime", lambda python, arguments: called.append(arguments) or 1)
    assert dev.main(["soak", "--minutes", "3", "--json", "x.json"]) == 1
    assert called == ["bench soak --minutes 3.0 --seed 0 --json x.json".split()]


def test_without_the_test_tools_nothing_runs(checkout: Path, runs: list[tuple[list[str], dict[str, str]]]) -> None:
    (checkout / dev.RUNTIME_TESTS).write_text("fails\n", encoding="utf-8")
    with pytest.raises(dev.DevError, match="pip could not install"):
        dev.ensure_runtime_tests()


def pins(name: str) -> set[str]:
    """The exact requirements in a file; to pip, `_` and `-` are the same in a name."""
    text = (dev.ROOT / name).read_text(encoding="utf-8").lower().replace("_", "-")
    return {line.split()[0] for line in text.splitlines() if line and line[0] not in "# " and "==" in line}


def test_the_lock_holds_every_pinned_requirement_with_hashes() -> None:
    wanted, locked = pins("model_runtime/requirements.txt"), pins("model_runtime/requirements.lock")
    assert len(wanted) > 10
    assert wanted <= locked
    lock = (dev.ROOT / "model_runtime/requirements.lock").read_text(encoding="utf-8")
    assert lock.count("--hash=sha256:") >= len(locked)


def test_requirements_keep_away_from_what_is_known_to_break() -> None:
    locked = dict(pin.split("==") for pin in pins("model_runtime/requirements.lock"))
    assert tuple(int(part) for part in locked["transformers"].split(".")[:2]) >= (5, 3)  # CVE-2026-4372
    assert "torchvision" not in locked
    extras = (dev.RUNTIME_SAM2, dev.RUNTIME_DATA, dev.RUNTIME_TRAINING, dev.RUNTIME_RAY)
    for name in extras:
        assert "torchvision" not in "".join(pins(name))
    assert "torch" not in locked  # its build depends on the machine
    for name in (*dev.RUNTIME.files, dev.RUNTIME_TESTS, *extras):
        assert "http" not in (dev.ROOT / name).read_text(encoding="utf-8").replace("httpcore2", "").replace(
            "httpx2", ""
        )


# ---- processes


@pytest.mark.skipif(os.name == "nt", reason="process groups are POSIX's; Windows goes through taskkill")
def test_a_command_that_takes_too_long_ends_with_all_it_started(tmp_path: Path) -> None:
    note = tmp_path / "pid"
    inner = f"import os, pathlib, time; pathlib.Path({str(note)!r}).write_text(str(os.getpid())); time.sleep(60)"
    outer = f"import subprocess, sys; subprocess.run([sys.executable, '-c', {inner!r}])"
    started = time.monotonic()
    with pytest.raises(dev.DevError, match="did not finish in 2 s"):
        dev.call([sys.executable, "-c", outer], timeout_s=2)
    assert time.monotonic() - started < 20
    assert not is_running(int(note.read_text()))


@pytest.mark.skipif(os.name == "nt", reason="process groups are POSIX's; Windows goes through taskkill")
def test_a_qgis_that_never_gets_to_its_plugins_is_not_waited_for(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(dev, "SIGN_TIMEOUT_S", 1)
    with pytest.raises(dev.DevError, match="did not get to its plugins within 1 s"):
        dev.call([sys.executable, "-c", "import time; time.sleep(60)"], timeout_s=60, sign_of_life=tmp_path / "sign")
    (tmp_path / "sign").touch()
    slow = [sys.executable, "-c", "import time; time.sleep(2)"]
    assert dev.call(slow, timeout_s=60, sign_of_life=tmp_path / "sign") == 0
    assert dev.call([sys.executable, "-c", "raise SystemExit(3)"], sign_of_life=tmp_path / "never") == 3


def test_the_end_of_a_suite_that_failed_is_told_with_the_summary(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "test_it.py").write_text("def test_it():\n    assert 'ä' == 'o'\n", "utf-8")
    command = [sys.executable, "-m", "pytest", "-p", "no:cacheprovider", str(tmp_path)]
    suite = dev.run_suite("one", command, dev.clean_environment())
    assert not suite.passed
    assert "exit code 1" in suite.outcome
    assert any("test_it.py::test_it" in line for line in suite.end)
    shown = capfd.readouterr().out
    assert all(line in shown for line in suite.end)
    monkeypatch.setattr(dev, "test_runtime", lambda prefix="": suite)
    other = dev.Suite("other", "passed (1 s)", True, ("nothing",))
    monkeypatch.setattr(dev, "plugin_suites", lambda: {"other": lambda _: other})
    assert dev.main(["test"]) == 1
    told = capfd.readouterr().out
    assert "test_it.py::test_it" in told
    assert "nothing" not in told
    assert told.rstrip().endswith("passed (1 s)")


@pytest.mark.skipif(os.name == "nt", reason="Windows ends no process by a signal")
def test_a_suite_that_crashes_runs_once_more_and_that_is_told(tmp_path: Path) -> None:
    (tmp_path / "test_it.py").write_text(
        "import os, pathlib, signal\n"
        "def test_it():\n"
        "    note = pathlib.Path(__file__).with_name('crashes')\n"
        "    left = int(note.read_text())\n"
        "    note.write_text(str(left - 1))\n"
        "    if left > 0:\n"
        "        os.kill(os.getpid(), signal.SIGSEGV)\n",
        "utf-8",
    )
    command = [sys.executable, "-m", "pytest", "-p", "no:cacheprovider", str(tmp_path)]
    for crashes, passed in ((0, True), (1, True), (2, False)):
        (tmp_path / "crashes").write_text(str(crashes))
        suite = dev.run_suite("one", command, dev.clean_environment())
        assert suite.passed is passed
        assert ("signal 11 the first time" in suite.outcome) == (crashes > 0)
        assert any("Segmentation fault" in line for line in suite.end) == (not passed)


def test_suites_run_two_at_a_time_and_each_line_says_whose_it_is(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capfdbinary: pytest.CaptureFixture[bytes]
) -> None:
    """The first waits for the notes of the others, which come one after the other while it runs."""

    def suite(mine: str, others: str) -> Callable[[str], dev.Suite]:
        code = (
            "import pathlib, time\n"
            f"folder = pathlib.Path({str(tmp_path)!r}); (folder / {mine!r}).touch(); print('begun')\n"
            f"while not all((folder / other).exists() for other in {others!r}): time.sleep(0.05)\n"
            "print('met')\n"
        )
        command, environment = [sys.executable, "-c", code], dev.clean_environment()
        return lambda prefix: dev.run_suite(mine, command, environment, prefix)

    monkeypatch.setattr(dev, "ensure_runtime_tests", lambda: Path(sys.executable))
    monkeypatch.setattr(dev, "test_runtime", suite("a", "bc"))
    monkeypatch.setattr(dev, "plugin_suites", lambda: {"two": suite("b", "a"), "three": suite("c", "ab")})
    suites = dev.side_by_side()
    assert [(suite.name, suite.passed) for suite in suites] == [("a", True), ("b", True), ("c", True)]
    shown = capfdbinary.readouterr().out.decode()
    for label, name in (("runtime", "a"), ("two", "b"), ("three", "c")):
        places = [shown.index(f"{label} | {line}\n") for line in (f"== {name}", "begun", "met")]
        assert places == sorted(places)
    assert shown.index("two | met") < shown.index("three | begun")


@pytest.mark.skipif(os.name == "nt", reason="Windows has no process groups")
def test_what_cannot_begin_ends_what_runs(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    note = tmp_path / "pid"
    code = f"import os, pathlib, time; pathlib.Path({str(note)!r}).write_text(str(os.getpid())); time.sleep(120)"
    monkeypatch.setattr(dev, "ensure_runtime_tests", lambda: Path(sys.executable))
    command = [sys.executable, "-c", code]
    monkeypatch.setattr(
        dev, "test_runtime", lambda prefix: dev.run_suite("one", command, dev.clean_environment(), prefix)
    )

    def fail() -> dict[str, Callable[[str], dev.Suite]]:
        while not note.exists() or not note.read_text():
            time.sleep(0.05)
        raise dev.DevError("There is no QGIS.")

    monkeypatch.setattr(dev, "plugin_suites", fail)
    monkeypatch.setattr(dev, "ENDING", threading.Event())
    with pytest.raises(dev.DevError, match="no QGIS"):
        dev.side_by_side()
    with pytest.raises(ProcessLookupError):
        os.kill(int(note.read_text()), 0)


@pytest.mark.skipif(os.name == "nt", reason="Windows has no SIGTERM to send")
def test_being_asked_to_end_ends_what_was_started(tmp_path: Path) -> None:
    note = tmp_path / "pid"
    (tmp_path / "model_runtime").mkdir()
    inner = f"import os, pathlib, time; pathlib.Path({str(note)!r}).write_text(str(os.getpid())); time.sleep(60)"
    (tmp_path / "model_runtime/__main__.py").write_text(inner, encoding="utf-8")
    code = (
        f"import sys, pathlib; sys.path.insert(0, {str(dev.ROOT)!r}); import dev\n"
        f"dev.ROOT = pathlib.Path({str(tmp_path)!r})\n"
        "dev.ensure_environment = lambda environment: pathlib.Path(sys.executable)\n"
        "sys.exit(dev.main(['run']))"
    )
    parent = subprocess.Popen([sys.executable, "-c", code], cwd=tmp_path)
    deadline = time.monotonic() + 120
    while not (note.exists() and note.read_text()) and time.monotonic() < deadline:
        time.sleep(0.1)
    assert is_running(int(note.read_text()))
    parent.terminate()
    assert parent.wait(20) == 130
    assert not is_running(int(note.read_text()))


def is_running(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    stat = Path(f"/proc/{pid}/stat")  # a zombie that nobody has waited for is not running
    return not (stat.exists() and stat.read_text().rpartition(")")[2].split()[0] == "Z")


def test_children_get_none_of_what_breaks_another_python_or_gdal(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("PROJ_LIB", "PYTHONHOME", "LD_LIBRARY_PATH", "GDAL_DATA", "QT_PLUGIN_PATH", "QGIS_PREFIX_PATH"):
        monkeypatch.setenv(name, "/elsewhere")
    monkeypatch.setenv("PIP_FIND_LINKS", "wheels")
    environment = dev.clean_environment(QT_QPA_PLATFORM="offscreen")
    assert "/elsewhere" not in environment.values()
    assert environment["PIP_FIND_LINKS"] == "wheels"
    assert environment["QT_QPA_PLATFORM"] == "offscreen"
    assert environment["HF_HUB_OFFLINE"] == "1"


# ---- apt


def test_the_mirror_is_found_in_both_formats_of_apts_sources(tmp_path: Path) -> None:
    deb822 = tmp_path / "debian.sources"
    deb822.write_text(
        "# a comment\nTypes: deb\nURIs: https://other.example/\nSuites: nodistro\nComponents: main\n\n"
        "Types: deb\nURIs: http://mirror.example/debian-security\nSuites: bookworm-security\nComponents: main\n\n"
        "Types: deb\nURIs: http://mirror.example/debian\nSuites: bookworm bookworm-updates\nComponents: main contrib\n"
        "Signed-By: /usr/share/keyrings/key.gpg\n",
        encoding="utf-8",
    )
    one_line = tmp_path / "sources.list"
    one_line.write_text(
        "# deb http://no.example/debian bookworm main\ndeb-src http://no.example/debian bookworm main\n"
        "deb http://mirror.example/security bookworm-security main\n"
        "deb [arch=amd64] http://mirror.example/debian bookworm main non-free\n",
        encoding="utf-8",
    )
    assert dev.parse_sources([deb822]) == ("http://mirror.example/debian", "[signed-by=/usr/share/keyrings/key.gpg]")
    assert dev.parse_sources([one_line]) == ("http://mirror.example/debian", "[arch=amd64]")
    assert dev.parse_sources([tmp_path / "absent.list"]) is None


# ---- demo

REPORT = {
    "question": "How much water?",
    "reasoning": "The water region covers 25 % of the scene.",
    "answer": "12 ha",
    "steps": [
        {"index": 1, "phrase": "water", "area_ha": 10.5, "area_uncertainty_ha": 0.25, "coverage_pct": 25.0},
        {"index": 2, "phrase": "the built-up area", "area_ha": 1.0, "area_uncertainty_ha": 0.1, "coverage_pct": 2.5},
    ],
    "distances": [{"from_step": 1, "to_step": 2, "distance_m": 320.0}],
    "claims": [
        {"text": "12 ha", "value": 12.0, "unit": "ha", "measured": 10.5, "agrees": False},
        {"text": "25 %", "value": 25.0, "unit": "%", "measured": 25.0, "agrees": True},
    ],
    "warnings": ["No near infrared band."],
}


def test_the_result_is_printed_with_measures_and_the_truth_beside_them() -> None:
    truth = {"water": {"hectares": 11.0, "coverage_pct": 26.2}, "built-up": {"hectares": 1.5, "coverage_pct": 3.6}}
    lines = dev.readable_report(REPORT, truth).splitlines()
    water = next(line for line in lines if line.strip().startswith("water"))
    assert "10.50 ha" in water
    assert "11.00 ha" in water
    built = next(line for line in lines if line.strip().startswith("the built-up"))
    assert "1.50 ha" in built
    text = "\n".join(lines)
    assert "water to the built-up area: 320.0 m" in text
    assert 'the model says "12 ha"; measured: 10.5 ha' in text
    assert '"25 %"' not in text
    assert "No near infrared band." in text


def test_the_result_of_a_scene_without_regions_says_so() -> None:
    text = dev.readable_report({**REPORT, "steps": [], "distances": []})
    assert "no region" in text
    assert "ground truth" not in text


def test_a_missing_input_is_one_sentence_and_nothing_is_made(
    checkout: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(dev, "ensure_environment", lambda *_: pytest.fail("made an environment for nothing"))
    assert dev.main(["demo", str(checkout / "absent.tif"), "--out", str(checkout / "out")]) == 1
    assert "absent.tif" in capsys.readouterr().err
    assert not (checkout / "out").exists()


def test_results_of_an_earlier_run_do_not_pass_for_new_ones(
    checkout: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    scene, out = checkout / "scene.tif", checkout / "out"
    scene.touch()
    out.mkdir()
    (out / "run.json").write_text(json.dumps(REPORT), encoding="utf-8")
    monkeypatch.setattr(dev, "ensure_environment", lambda *_: Path(sys.executable))
    monkeypatch.setattr(dev, "ensure_qgis", lambda: None)
    monkeypatch.setattr(dev, "run_demo_without_qgis", lambda job: None)  # writes nothing
    assert dev.main(["demo", str(scene), "--out", str(out)]) == 1
    assert "run.gpkg, run.json, evidence.png" in capsys.readouterr().err


def test_the_profile_holds_this_plugin_alone_enabled(tmp_path: Path) -> None:
    dev.make_profile(tmp_path)
    profile = tmp_path / "profiles/default"
    assert [path.name for path in (profile / "python/plugins").iterdir()] == [dev.PACKAGE]
    assert (profile / "python/plugins" / dev.PACKAGE / "metadata.txt").is_file()
    assert f"{dev.PACKAGE}=true" in (profile / "QGIS/QGIS3.ini").read_text(encoding="utf-8")


# ---- package and lint


def test_the_zip_holds_what_git_tracks_without_what_is_marked(checkout: Path) -> None:
    for name in ("a.py", "tests/data/b.py", "i18n/c.ts", "untracked.py"):
        (checkout / name).parent.mkdir(parents=True, exist_ok=True)
        (checkout / name).write_text("x = 1\n", encoding="utf-8")
    (checkout / ".gitattributes").write_text(
        "/tests export-ignore\n/.gitattributes export-ignore\n*.ts export-ignore\n"
    )
    git = ["git", "-c", "user.name=n", "-c", "user.email=e@example.org"]
    subprocess.run(["git", "init", "-q"], cwd=checkout, check=True)
    subprocess.run([*git, "add", "a.py", "tests", "i18n", ".gitattributes"], cwd=checkout, check=True)
    assert dev.packaged_files() == ["a.py"]
    (checkout / "dist.zip").write_bytes(dev.write_zip(["a.py"]))
    assert zipfile.ZipFile(checkout / "dist.zip").namelist() == [f"{dev.PACKAGE}/a.py"]


@pytest.mark.parametrize(
    "line",
    [
        "from PyQt5.QtCore import Qt",
        "dialog.exec_()",
        "self.addDockWidget(Qt.RightDockWidgetArea, dock)",
        "bar.pushMessage(text, Qgis.Warning)",
        "super().__init__(title, QgsTask.CanCancel)",
        "combo.setFilters(QgsMapLayerProxyModel.RasterLayer)",
        "flags = parameter.flags() | QgsProcessingParameterDefinition.FlagAdvanced",
        "unit = QgsUnitTypes.AreaHectares",
        "if answer == QMessageBox.Yes:",
        "geometry = Qgis.GeometryType.Polygon",
        "title = self.tr(f'{count} layers')",
        "import resources_rc",
        "icon = QIcon(':/plugins/terrascope/icon.svg')",
        "pattern = QRegExp('a')",
        "screen = QDesktopWidget().screenGeometry()",
        "if event.button() == Qt.MouseButton.MidButton:",
        "wide = self.fontMetrics().width('MM')",
        "wide = QFontMetrics(font).width(text)",
        "wide = metrics.width(text)",
        "key = int(Qt.Key.Key_A)",
        "kind = QTextFormat.ObjectTypes.UserObject + 1",
        "number = 2 * Qt.AlignmentFlag.AlignLeft",
        "from qgis.PyQt.QtWidgets import QAction",
        "from qgis.PyQt.QtGui import QIcon, QShortcut as Shortcut",
        "from qgis.PyQt.QtCore import QMetaType",
        "    from qgis.PyQt.QtCore import Qt, QVariant",
        "from qgis.PyQt import uic",
        "from qgis.PyQt.uic import loadUi",
        "unit = Qgis.AreaUnit.Hectares",
        "unit = Qgis.DistanceUnit.Meters",
        "kind = Qgis.WkbType.MultiPolygon",
        "combo.setFilters(Qgis.LayerFilter.RasterLayer)",
        "kind = Qgis.ProcessingSourceType.VectorPolygon",
        "flags = Qgis.ProcessingParameterFlag.Advanced",
        "kind = Qgis.ProcessingNumberParameterType.Double",
        "values = block.as_numpy()",
        "feedback.pushFormattedMessage(html, text)",
        "history = QgsHistoryProviderRegistry()",
        "node = QgsSettingsTree.node('a')",
    ],
)
def test_what_breaks_on_another_qgis_is_found(line: str) -> None:
    assert dev.plugin_findings(f"x = 1\n{line}\n")[0][0] == 2


@pytest.mark.parametrize(
    "line",
    [
        "from qgis.PyQt.QtCore import Qt",
        "dialog.exec()",
        "self.addDockWidget(Qt.DockWidgetArea.RightDockWidgetArea, dock)",
        "bar.pushMessage(text, Qgis.MessageLevel.Warning)",
        "super().__init__(title, QgsTask.Flag.CanCancel)",
        "unit = QgsUnitTypes.AreaUnit.AreaHectares",
        "box = QgsProcessing.TEMPORARY_OUTPUT  # not Qt.RightDockWidgetArea",
        "title = self.tr('{} layers').format(count)",
        "version = Qgis.QGIS_VERSION",
        "def write(words: str, align: Qt.AlignmentFlag, colour: QColor) -> None:",
        "icon = QIcon(str(PLUGIN_ROOT / 'resources' / 'icons' / 'terrascope.svg'))",
        "wide = self.fontMetrics().horizontalAdvance('MM')",
        "wide = self.contentsRect().width()",
        "align = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop",
        "option.features &= ~QStyleOptionToolButton.ToolButtonFeature.HasMenu",
        "if event.key() == Qt.Key.Key_A and number - 1 > 0:",
        "from .compat import REAL, TEXT, QAction",
        "from qgis.PyQt.QtGui import QActionEvent, QIcon",
        "combo.setFilters(QgsMapLayerProxyModel.Filter.RasterLayer)",
        "kind = QgsProcessing.SourceType.TypeVectorPolygon",
        "flags = parameter.flags() | QgsProcessingParameterDefinition.Flag.FlagAdvanced",
        "kind = QgsProcessingParameterNumber.Type.Double",
        "kind = QgsWkbTypes.Type.MultiPolygon",
        "feedback.pushWarning(text)",
    ],
)
def test_what_runs_on_every_qgis_is_let_through(line: str) -> None:
    assert dev.plugin_findings(line) == []


def test_a_name_in_a_list_over_several_lines_is_found_in_its_own() -> None:
    text = "from qgis.PyQt.QtWidgets import (\n    QLabel,\n    QAction,\n    QWidget,\n)\n"
    assert [(number, name) for number, name, _ in dev.plugin_findings(text)] == [(3, "QAction")]


@pytest.mark.parametrize("name", ["terrascope_qgis/dock.ui", "resources/icons.qrc", "terrascope_qgis/bad.py"])
def test_a_form_a_resource_file_or_a_bad_line_fails_the_lint(
    checkout: Path, capsys: pytest.CaptureFixture[str], name: str
) -> None:
    for good in ("__init__.py", "terrascope_qgis/good.py", "terrascope_qgis/compat.py", "resources/icons/a.svg"):
        (checkout / good).parent.mkdir(parents=True, exist_ok=True)
        (checkout / good).write_text("x = 1\n" if good != "terrascope_qgis/compat.py" else "QVariant.Int\n", "utf-8")
    assert dev.check_plugin_patterns()
    (checkout / name).write_text("dialog.exec_()\n", "utf-8")
    assert not dev.check_plugin_patterns()
    assert name in capsys.readouterr().out


def test_a_finding_of_the_site_s_scanners_fails_the_lint(
    checkout: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """Over what is in the ZIP, and with the name of the scanner."""
    (checkout / "__init__.py").touch()
    (checkout / "x.zip").write_bytes(dev.write_zip([], {"a.py": b"x = 1\n"}))
    monkeypatch.setattr(dev, "ensure_environment", lambda environment: environment.python)
    monkeypatch.setattr(dev, "call", lambda *_, **__: 0)
    monkeypatch.setattr(dev, "build_package", lambda: checkout / "x.zip")
    looked_at = []

    def findings(python: Path, folder: Path) -> dict[str, str]:
        looked_at.append([path.name for path in folder.iterdir()])
        return {"bandit": "", "flake8": "", "detect-secrets": "a.py:1: Secret Keyword\n"}

    monkeypatch.setattr(dev, "site_findings", findings)
    assert dev.main(["lint"]) == 1
    assert looked_at == [["a.py"]]
    said = capsys.readouterr().out
    assert "bandit, as the plugin site runs it: ok" in said
    assert "a.py:1: Secret Keyword\ndetect-secrets, as the plugin site runs it: FAILED" in said
