"""`batch` and `report merge` as child processes: stand-ins for the runtime that behave, refuse, talk nonsense, hang."""

from __future__ import annotations

import json
import time
from collections.abc import Callable
from pathlib import Path

import pytest
from qgis.core import QgsApplication

from terrascope_qgis.client.batching import Batch, Batcher, Settled
from terrascope_qgis.client.protocol import Progress
from terrascope_qgis.errors import AnalysisError, CancelledError, ProtocolError

BATCH = Batch(
    "plan.csv", "out.gpkg", ("How much?", "-5 is what?"), resume=True,
    options=(("--model", "nano"), ("--sensor", ""), ("--ignore-clouds", True), ("--extent", "-4.5,52,-4,52.1")),
)  # fmt: skip
SETTLED = {"event": "settled", "scene": "a", "question": "How much?", "answer": "3 ha", "reason": ""}
LINES = [{"event": "progress", "stage": "Scene a", "fraction": 0.5}, SETTLED, {"event": "of a newer runtime"}]
MakeBatcher = Callable[[str], Batcher]


@pytest.fixture
def stand_in(runtime_python: str, tmp_path: Path, qgis_app: QgsApplication) -> MakeBatcher:  # noqa: ARG001
    """A batcher whose runtime is a few lines of Python."""

    def make(code: str) -> Batcher:
        (tmp_path / "model_runtime").mkdir()
        (tmp_path / "model_runtime" / "__main__.py").write_text("import json, pathlib, sys, time\n" + code)
        return Batcher(lambda: runtime_python, tmp_path)

    return make


def says(*lines: object) -> str:
    return "\n".join(f"print({json.dumps(line)!r}, flush=True)" for line in lines) + "\n"


def never() -> bool:
    return False


def test_it_is_given_the_batch_and_tells_of_it(stand_in: MakeBatcher, tmp_path: Path) -> None:
    batcher = stand_in(f"pathlib.Path('seen.json').write_text(json.dumps(sys.argv[1:]))\n{says(*LINES)}")
    told: list[Progress | Settled] = []
    batcher.ask(BATCH, told.append, never)
    assert told == [Progress("Scene a", 0.5), Settled("a", "How much?", "3 ha", "")]
    assert json.loads((tmp_path / "seen.json").read_text()) == [
        "batch", "plan.csv", "--question=How much?", "--question=-5 is what?", "--out=out.gpkg", "--resume",
        "--model=nano", "--ignore-clouds", "--extent=-4.5,52,-4,52.1", "--json",
    ]  # fmt: skip


def test_a_refusal_is_the_runtime_s_sentence(stand_in: MakeBatcher) -> None:
    error = {"event": "error", "code": "request", "message": "There is no scene."}
    with pytest.raises(AnalysisError, match=r"^There is no scene\.$"):
        stand_in(says(error) + "sys.exit(2)").ask(BATCH, print, never)


def test_what_the_command_line_refuses_is_a_sentence_too(stand_in: MakeBatcher) -> None:
    with pytest.raises(AnalysisError, match=r"^No such option\.$"):
        stand_in("print('No such option.', file=sys.stderr); sys.exit(2)").merge([Path("a")], Path("b"), never)


def test_a_process_that_dies_is_told_with_what_it_wrote(stand_in: MakeBatcher) -> None:
    with pytest.raises(AnalysisError, match="exit code 3") as failure:
        stand_in("print('out of memory', file=sys.stderr); sys.exit(3)").ask(BATCH, print, never)
    assert "out of memory" in failure.value.detail


@pytest.mark.parametrize("line", ["nonsense", '["a list"]', '{"event": "progress"}'])
def test_nonsense_is_refused(stand_in: MakeBatcher, line: str) -> None:
    with pytest.raises(ProtocolError):
        stand_in(f"print({line!r}, flush=True); time.sleep(60)").ask(BATCH, print, never)


def test_people_s_words_of_merge_are_no_nonsense(stand_in: MakeBatcher) -> None:
    stand_in("print('3 runs in b.gpkg')").merge([Path("a")], Path("b"), never)


def test_it_is_cancelled_within_a_second(stand_in: MakeBatcher) -> None:
    begun = time.monotonic()
    code = "import signal\nsignal.signal(signal.SIGTERM, signal.SIG_IGN)\n" + says(LINES[0]) + "time.sleep(60)"
    told: list[float] = []

    def tell(_: Progress | Settled) -> None:
        told.append(time.monotonic())

    with pytest.raises(CancelledError):
        stand_in(code).ask(BATCH, tell, lambda: bool(told))
    assert time.monotonic() - told[0] < 1.2
    assert time.monotonic() - begun < 20
