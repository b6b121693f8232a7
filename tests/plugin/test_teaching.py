"""`train finetune` as a child process: stand-ins for the runtime that behave, refuse, talk nonsense, and hang."""

from __future__ import annotations

import json
import time
from collections.abc import Callable
from pathlib import Path

import pytest
from qgis.core import QgsApplication

from terrascope_qgis.client.protocol import Progress
from terrascope_qgis.client.teaching import Gain, Lesson, Taught, Teacher
from terrascope_qgis.errors import CancelledError, ProtocolError, RuntimeStartError, TeachingError

LESSON = Lesson(("a.tif", "b.tif"), "heath", labels="l.gpkg", field="class", minutes=2.5)
HEATH, BOG = {"iou_before": 0.0, "iou_after": 0.5}, {"iou_before": None, "iou_after": None}
DONE = {
    "folder": "/models/heath",
    "held_out": {"iou_before": 0.41, "iou_after": 0.63, "classes": {"heath": HEATH, "bog": BOG}},
    "rehearsal": {"iou_before": 0.7, "iou_after": 0.69},
    "warnings": ["Bog is on one block alone."],
    "novelty": 1,
}
TAUGHT = Taught(
    "/models/heath", Gain(0.41, 0.63), {"heath": Gain(0.0, 0.5)}, Gain(0.7, 0.69), ("Bog is on one block alone.",)
)
NOTES_WHAT_IT_WAS_GIVEN = (
    "import json, os, pathlib, sys\n"
    "pathlib.Path('seen.json').write_text(json.dumps({'argv': sys.argv[1:], 'environment': dict(os.environ)}))\n"
    'print(\'{"stage": "Teaching", "fraction": 0.5}\', flush=True)\n'
    f"print({json.dumps({'done': DONE})!r}, flush=True)\n"
)
IS_STUCK = (
    "import os, signal, sys, time\n"
    "signal.signal(signal.SIGTERM, signal.SIG_IGN)\n"
    'print(\'{"stage": "\' + str(os.getpid()) + \'", "fraction": 0.5}\', flush=True)\n'
    "time.sleep(60)\n"
)
ENDS_WHEN_ASKED = IS_STUCK.replace("SIG_IGN", "SIG_DFL")

MakeTeacher = Callable[[str], Teacher]


@pytest.fixture
def stand_in(runtime_python: str, tmp_path: Path, qgis_app: QgsApplication) -> MakeTeacher:
    """A teacher whose runtime is a few lines of Python."""

    def make(code: str) -> Teacher:
        (tmp_path / "model_runtime").mkdir()
        (tmp_path / "model_runtime" / "__main__.py").write_text(code)
        return Teacher(lambda: runtime_python, tmp_path)

    return make


def teach(teacher: Teacher, told: list[Progress] | None = None) -> Taught:
    return teacher.teach(LESSON, (told if told is not None else []).append, lambda: False)


def test_a_lesson_goes_over_as_options_and_comes_back_with_its_figures(stand_in: MakeTeacher, tmp_path: Path) -> None:
    told: list[Progress] = []
    assert teach(stand_in(NOTES_WHAT_IT_WAS_GIVEN), told) == TAUGHT
    assert told == [Progress("Teaching", 0.5)]
    seen = json.loads((tmp_path / "seen.json").read_text())
    assert seen["argv"] == [
        "train", "finetune", "--scene", "a.tif", "--scene", "b.tif", "--labels", "l.gpkg", "--field", "class",
        "--name", "heath", "--model", "nano", "--minutes", "2.5", "--json-progress",
    ]  # fmt: skip
    assert seen["environment"]["HF_HUB_OFFLINE"] == "1"
    assert not [name for name in seen["environment"] if name.startswith(("QGIS_", "GDAL_"))]


def test_a_refusal_is_the_runtime_s_sentence(stand_in: MakeTeacher) -> None:
    code = "import sys\nprint('a warning', file=sys.stderr)\nprint('There is one class: give two.', file=sys.stderr)"
    with pytest.raises(TeachingError) as refusal:
        teach(stand_in(code + "\nsys.exit(2)"))
    assert refusal.value.user_message == "There is one class: give two."
    assert "a warning" in refusal.value.detail


@pytest.mark.parametrize(("code", "number"), [("", 0), ("raise SystemError('it broke')", 1)])
def test_an_end_without_a_model_is_told(stand_in: MakeTeacher, code: str, number: int) -> None:
    with pytest.raises(TeachingError) as failure:
        teach(stand_in(code))
    assert f"exit code {number}" in failure.value.user_message
    assert ("it broke" in failure.value.detail) == bool(code)


@pytest.mark.parametrize(
    "line",
    [
        "Traceback", "3", '{"done": {}}', '{"done": []}', '{"done": {"folder": "x", "held_out": 3}}',
        '{"stage": 1, "fraction": []}',
    ],
)  # fmt: skip
def test_what_is_not_understood_ends_it(stand_in: MakeTeacher, line: str) -> None:
    began = time.monotonic()
    with pytest.raises(ProtocolError):
        teach(stand_in(f"import time\nprint({line!r}, flush=True)\ntime.sleep(60)"))
    assert time.monotonic() - began < 20


def test_lines_of_a_newer_runtime_are_passed_over(stand_in: MakeTeacher) -> None:
    code = f"print('{{\"samples\": 3}}')\nprint('')\nprint({json.dumps({'done': DONE})!r})"
    assert teach(stand_in(code)) == TAUGHT


def test_a_lesson_may_come_back_with_its_two_figures_alone(stand_in: MakeTeacher) -> None:
    least = {"folder": "/m", "held_out": {"iou_before": 0.4, "iou_after": 0.6}}
    assert teach(stand_in(f"print({json.dumps({'done': least})!r})")) == Taught("/m", Gain(0.4, 0.6), {}, None, ())


@pytest.mark.parametrize(("code", "seconds"), [(ENDS_WHEN_ASKED, 0.6), (IS_STUCK, 1.2)])
def test_cancel_is_quick_and_leaves_no_process(stand_in: MakeTeacher, code: str, seconds: float) -> None:
    told: list[Progress] = []
    asked: list[float] = []

    def cancelled() -> bool:
        if told and not asked:
            asked.append(time.monotonic())
        return bool(told)

    with pytest.raises(CancelledError):
        stand_in(code).teach(LESSON, told.append, cancelled)
    assert time.monotonic() - asked[0] < seconds
    assert not (Path("/proc") / told[0].stage).exists()


def test_a_missing_interpreter_is_said(qgis_app: QgsApplication, tmp_path: Path) -> None:
    with pytest.raises(RuntimeStartError, match="/nowhere/bin/python"):
        teach(Teacher(lambda: "/nowhere/bin/python", tmp_path))
    (tmp_path / "python").write_text("not a program")
    with pytest.raises(RuntimeStartError, match="does not start"):
        teach(Teacher(lambda: str(tmp_path / "python"), tmp_path))
