"""The runtime's `models` commands as child processes: the real ones, and stand-ins that misbehave."""

from __future__ import annotations

import json
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from pytestqt.qtbot import QtBot
from qgis.core import QgsApplication, QgsAuthMethodConfig
from qgis.PyQt.QtCore import QTimer

from terrascope_qgis.client import protocol
from terrascope_qgis.client.launcher import Launcher
from terrascope_qgis.client.model_store import ModelStore, StoreCommand
from terrascope_qgis.errors import CancelledError, ModelStoreError, ProtocolError, RuntimeStartError

REPOSITORY = Path(__file__).resolve().parents[2]
LIMIT_MS = 120_000
PLAN = (REPOSITORY / "tests" / "data" / "store.ndjson").read_text("utf-8").splitlines()[0]
NOTES_WHAT_IT_WAS_GIVEN = (
    "import json, os, pathlib, sys\n"
    "first = sys.stdin.readline() if '--token-stdin' in sys.argv else ''\n"
    "seen = {'argv': sys.argv[1:], 'environment': dict(os.environ), 'first': first}\n"
    "pathlib.Path('seen.json').write_text(json.dumps(seen))\n"
    f"print({PLAN!r}, flush=True)\n"
)
IS_STUCK = (
    "import signal, sys, time\n"
    "signal.signal(signal.SIGTERM, signal.SIG_IGN)\n"
    'print(\'{"event": "progress", "stage": "Fetching", "fraction": 0.5}\', flush=True)\n'
    "time.sleep(60)\n"
)
ENDS_WHEN_ASKED = IS_STUCK.replace("time.sleep(60)", "sys.stdin.read()").replace("SIG_IGN", "SIG_DFL")


@pytest.fixture
def store(runtime_python: str, qgis_app: QgsApplication) -> ModelStore:
    return ModelStore(lambda: runtime_python, REPOSITORY)


@pytest.fixture
def stand_in(runtime_python: str, tmp_path: Path, qgis_app: QgsApplication) -> Callable[[str], ModelStore]:
    """A store whose runtime is a few lines of Python."""

    def make(code: str) -> ModelStore:
        (tmp_path / "model_runtime").mkdir()
        (tmp_path / "model_runtime" / "__main__.py").write_text(code)
        return ModelStore(lambda: runtime_python, tmp_path)

    return make


def outcome(command: StoreCommand, qtbot: QtBot) -> Any:  # noqa: ANN401 - a tuple or a failure
    with qtbot.waitSignal(command.ended, timeout=LIMIT_MS) as ended:
        command.start()
    return ended.args[0]


def test_the_list_is_that_of_the_runtime(store: ModelStore, qtbot: QtBot) -> None:
    own = REPOSITORY / "resources" / "models" / "terrascope-nano"
    models = {model.id: model for model in outcome(store.listing([str(own)]), qtbot)}
    assert all(isinstance(model, protocol.ModelSummary) for model in models.values())
    assert models["nano"].state == "bundled"
    assert models["terrascope-8b"].repository == "sy1998/TerraScope"
    assert models[str(own.resolve())].parameters == models["nano"].parameters


def test_a_missing_interpreter_is_the_launcher_s_sentence(qgis_app: QgsApplication, qtbot: QtBot) -> None:
    failure = outcome(ModelStore(lambda: "/nowhere/bin/python", REPOSITORY).listing(), qtbot)
    assert isinstance(failure, RuntimeStartError)
    with pytest.raises(RuntimeStartError) as from_launcher:
        Launcher(lambda: "/nowhere/bin/python", REPOSITORY).address()
    assert failure.user_message == from_launcher.value.user_message


def test_an_interpreter_that_is_none_is_said(tmp_path: Path, qgis_app: QgsApplication, qtbot: QtBot) -> None:
    (tmp_path / "python").write_text("not a program")
    failure = outcome(ModelStore(lambda: str(tmp_path / "python"), REPOSITORY).listing(), qtbot)
    assert isinstance(failure, RuntimeStartError)
    assert "does not start" in failure.user_message


def test_a_refusal_is_the_runtime_s_sentence(store: ModelStore, qtbot: QtBot) -> None:
    failure = outcome(store.plan("no-such-model"), qtbot)
    assert isinstance(failure, ModelStoreError)
    assert "no-such-model" in failure.user_message
    assert failure.user_message.endswith(".")


@pytest.mark.parametrize("line", ["Traceback", "[1]", '{"id": "nano"}', '{"event": "plan"}'])
def test_what_is_not_understood_ends_it(stand_in: Callable[[str], ModelStore], line: str, qtbot: QtBot) -> None:
    failure = outcome(stand_in(f"print({line!r}, flush=True)\nimport sys\nsys.stdin.read()").listing(), qtbot)
    assert isinstance(failure, ProtocolError)


@pytest.mark.parametrize("code", ["", "import sys\nsys.exit('it broke')"])
def test_an_end_without_a_word_is_quoted(stand_in: Callable[[str], ModelStore], code: str, qtbot: QtBot) -> None:
    failure = outcome(stand_in(code).listing(), qtbot)
    assert isinstance(failure, ModelStoreError)
    assert f"exit code {1 if code else 0}" in failure.user_message
    assert ("it broke" in failure.detail) == bool(code)


@pytest.mark.parametrize(("code", "seconds"), [(ENDS_WHEN_ASKED, 0.7), (IS_STUCK, 1.3)])
def test_cancel_is_quick_whether_it_listens_or_not(
    stand_in: Callable[[str], ModelStore], code: str, seconds: float, qtbot: QtBot
) -> None:
    command = stand_in(code).verify("x")
    with qtbot.waitSignal(command.happened, timeout=LIMIT_MS):
        command.start()
    begin = time.monotonic()
    with qtbot.waitSignal(command.ended, timeout=5_000) as ended:
        command.cancel()
        assert time.monotonic() - begin < 0.2  # it does not wait
    assert time.monotonic() - begin < seconds
    assert isinstance(ended.args[0], CancelledError)


def test_qgis_lives_on_while_it_works(stand_in: Callable[[str], ModelStore], qtbot: QtBot) -> None:
    ticks = []
    timer = QTimer()
    timer.timeout.connect(lambda: ticks.append(time.monotonic()))
    timer.start(20)
    outcome(stand_in(f"import time\ntime.sleep(1)\nprint({PLAN!r}, flush=True)").plan("x"), qtbot)
    assert len(ticks) > 10
    assert max(after - before for before, after in zip(ticks, ticks[1:])) < 0.5


def test_closing_down_leaves_no_process(stand_in: Callable[[str], ModelStore], qtbot: QtBot) -> None:
    command = stand_in("import os\n" + IS_STUCK.replace("Fetching", "' + str(os.getpid()) + '")).verify("x")
    with qtbot.waitSignal(command.happened, timeout=LIMIT_MS) as happened:
        command.start()
    process = Path("/proc") / happened.args[0].stage
    assert process.exists()
    with qtbot.assertNotEmitted(command.ended):
        command.close_down()
    assert not process.exists()


def test_a_sign_in_goes_through_the_pipe_alone(
    stand_in: Callable[[str], ModelStore], tmp_path: Path, monkeypatch: pytest.MonkeyPatch, qtbot: QtBot
) -> None:
    manager = QgsApplication.authManager()
    assert manager.setMasterPassword("a master password", True)
    config = QgsAuthMethodConfig("Basic")
    config.setName("the hub")
    config.setConfig("password", "hf_key")
    assert manager.storeAuthenticationConfig(config)[0]
    monkeypatch.setenv("HF_TOKEN", "of somebody else")
    monkeypatch.setenv("HF_ENDPOINT", "https://mirror.example")
    assert isinstance(outcome(stand_in(NOTES_WHAT_IT_WAS_GIVEN).plan("m", config.id()), qtbot)[0], protocol.Plan)
    seen = json.loads((tmp_path / "seen.json").read_text())
    assert seen["first"] == "hf_key\n"
    assert seen["argv"] == ["models", "download", "m", "--plan", "--json", "--token-stdin"]
    assert "hf_key" not in json.dumps([seen["argv"], seen["environment"]])
    assert not {"HF_TOKEN", "HF_HUB_OFFLINE", "TRANSFORMERS_OFFLINE"} & set(seen["environment"])
    assert seen["environment"]["HF_ENDPOINT"] == "https://mirror.example"


def test_what_needs_no_network_has_none(
    stand_in: Callable[[str], ModelStore], tmp_path: Path, monkeypatch: pytest.MonkeyPatch, qtbot: QtBot
) -> None:
    monkeypatch.setenv("HF_ENDPOINT", "https://mirror.example")
    outcome(stand_in(NOTES_WHAT_IT_WAS_GIVEN).verify("m"), qtbot)
    seen = json.loads((tmp_path / "seen.json").read_text())
    assert seen["environment"]["HF_HUB_OFFLINE"] == seen["environment"]["TRANSFORMERS_OFFLINE"] == "1"
    assert "HF_ENDPOINT" not in seen["environment"]
    assert seen["argv"] == ["models", "verify", "m", "--json"]


def test_a_chosen_sign_in_that_cannot_be_read_stops_it(store: ModelStore, qtbot: QtBot) -> None:
    failure = outcome(store.plan("terrascope-8b", "gone123"), qtbot)
    assert "could not be read" in failure.user_message
