from __future__ import annotations

import os
import signal
import tempfile
import threading
import time
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from qgis.core import QgsApplication

from terrascope_qgis.client import protocol
from terrascope_qgis.client.http_client import RuntimeClient
from terrascope_qgis.client.launcher import Launcher, clean_environment
from terrascope_qgis.errors import RuntimeStartError

REPOSITORY = Path(__file__).resolve().parents[2]
FOREIGN = ["PROJ_LIB", "PROJ_DATA", "GDAL_DATA", "GDAL_DRIVER_PATH", "PYTHONHOME", "PYTHONPATH", "PYTHONSTARTUP"]
FOREIGN += ["QT_PLUGIN_PATH", "QT_QPA_PLATFORM", "LD_LIBRARY_PATH", "QGIS_PREFIX_PATH", "VIRTUAL_ENV"]


@pytest.mark.parametrize("name", FOREIGN)
def test_nothing_of_qgis_reaches_the_runtime(name: str) -> None:
    assert name not in clean_environment({name: "x", "HOME": "/home/somebody"})


@given(
    st.dictionaries(
        st.sampled_from(["HOME", "PATH", "LANG", "CUDA_VISIBLE_DEVICES", "http_proxy", *FOREIGN]), st.text()
    )
)
def test_what_is_not_foreign_stays_and_the_hub_is_off(environment: dict[str, str]) -> None:
    clean = clean_environment(environment)
    assert {name: value for name, value in environment.items() if name not in FOREIGN}.items() <= clean.items()
    assert clean["HF_HUB_OFFLINE"] == clean["TRANSFORMERS_OFFLINE"] == "1"


def test_a_started_runtime_has_the_clean_environment(
    runtime_python: str, monkeypatch: pytest.MonkeyPatch, qgis_app: QgsApplication
) -> None:
    monkeypatch.setenv("PROJ_LIB", "/usr/share/proj")
    monkeypatch.setenv("PYTHONHOME", "/usr")
    launcher = Launcher(lambda: runtime_python, REPOSITORY)
    try:
        assert RuntimeClient(launcher).health().pid == launcher.pid
        seen = Path(f"/proc/{launcher.pid}/environ")
        if seen.exists():
            names = {entry.split(b"=")[0].decode() for entry in seen.read_bytes().split(b"\0") if entry}
            assert not names & set(FOREIGN)
            assert "HF_HUB_OFFLINE" in names
        assert launcher.address().key.encode() not in Path(f"/proc/{launcher.pid}/cmdline").read_bytes()
        assert launcher.address().key not in repr(launcher.address())
    finally:
        launcher.stop()


def test_many_threads_get_one_runtime_and_stop_leaves_none(runtime_python: str, qgis_app: QgsApplication) -> None:
    launcher = Launcher(lambda: runtime_python, REPOSITORY)
    ports = []
    threads = [threading.Thread(target=lambda: ports.append(launcher.address().port)) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(ports) == 4
    assert len(set(ports)) == 1
    pid = launcher.pid
    launcher.stop()
    assert launcher.pid is None
    assert not _alive(pid)


def test_a_runtime_that_died_is_started_anew(runtime_python: str, qgis_app: QgsApplication) -> None:
    launcher = Launcher(lambda: runtime_python, REPOSITORY)
    try:
        launcher.address()
        first = launcher.pid
        os.kill(first, signal.SIGKILL)
        launcher.settle(5)
        assert launcher.pid is None
        assert RuntimeClient(launcher).health().status == "ready"
        assert launcher.pid not in (None, first)
    finally:
        launcher.stop()


def test_the_runtime_ends_when_the_process_that_started_it_is_killed(
    runtime_python: str, tmp_path: Path, qgis_app: QgsApplication
) -> None:
    import subprocess
    import sys

    code = (
        "import sys, time\n"
        "from pathlib import Path\n"
        "from terrascope_qgis.client.launcher import Launcher\n"
        "launcher = Launcher(lambda: sys.argv[1], Path(sys.argv[2]))\n"
        "launcher.address()\n"
        "print(launcher.pid, flush=True)\n"
        "time.sleep(60)\n"
    )
    parent = subprocess.Popen(
        [sys.executable, "-c", code, runtime_python, str(REPOSITORY)], stdout=subprocess.PIPE, cwd=REPOSITORY
    )
    try:
        pid = int(parent.stdout.readline())
        assert _alive(pid)
    finally:
        parent.kill()
        parent.communicate()
    deadline = time.monotonic() + 5
    while _alive(pid) and time.monotonic() < deadline:
        time.sleep(0.05)
    assert not _alive(pid)


def test_a_missing_interpreter_is_said_in_words(qgis_app: QgsApplication) -> None:
    launcher = Launcher(lambda: "/nowhere/bin/python", REPOSITORY)
    with pytest.raises(RuntimeStartError, match="/nowhere/bin/python"):
        launcher.address()


def test_a_runtime_that_does_not_start_is_quoted(runtime_python: str, tmp_path: Path, qgis_app: QgsApplication) -> None:
    launcher = Launcher(lambda: runtime_python, tmp_path)  # no model_runtime there
    with pytest.raises(RuntimeStartError, match="ended while it was starting") as failure:
        launcher.address()
    assert "No module named model_runtime" in failure.value.detail


def _alive(pid: int) -> bool:
    try:
        state = Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()[0]
    except FileNotFoundError:
        return False
    return state != "Z"


def test_a_changed_device_is_used_from_the_next_question_on_and_ends_no_other(runtime_python: str) -> None:
    device = ["auto"]
    launcher = Launcher(lambda: runtime_python, REPOSITORY, lambda: device[0])
    try:
        with launcher.in_use():
            first = launcher.address()
            device[0] = "cpu"
            with launcher.in_use():
                assert launcher.address() == first
        with launcher.in_use():
            pid = launcher.pid
            assert launcher.address() != first
            assert launcher.pid != pid
            command = Path(f"/proc/{launcher.pid}/cmdline").read_bytes().split(b"\0")
            assert command[command.index(b"--device") + 1] == b"cpu"
    finally:
        launcher.stop()


@pytest.mark.skipif(os.name != "posix", reason="sockets in files")
def test_a_runtime_on_a_file_takes_no_port_and_is_asked_through_it(
    runtime_python: str,
    scene_path: Path,
    model_name: str,
    monkeypatch: pytest.MonkeyPatch,
    qgis_app: QgsApplication,
) -> None:
    # Not pytest's own folder, whose name may be too long for a socket.
    tmp_path = Path(tempfile.mkdtemp(prefix="ts-"))
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    on_file = [True]
    launcher = Launcher(lambda: runtime_python, REPOSITORY, unix_socket=lambda: on_file[0])
    client = RuntimeClient(launcher)
    try:
        assert client.health().pid == launcher.pid
        (folder,) = tmp_path.iterdir()
        assert folder.stat().st_mode & 0o777 == 0o700
        assert launcher.address().unix_socket == str(folder / "runtime")
        assert (folder / "runtime").stat().st_mode & 0o777 == 0o600
        if (sockets := Path(f"/proc/{launcher.pid}/fd")).exists():
            ours = {os.readlink(one)[8:-1] for one in sockets.iterdir() if os.readlink(one).startswith("socket:")}
            for table in ("tcp", "tcp6"):
                rows = Path(f"/proc/{launcher.pid}/net/{table}").read_text().splitlines()[1:]
                assert not ours & {row.split()[9] for row in rows}
        request = protocol.AskRequest("Is there water?", [protocol.DateInput(str(scene_path))], model=model_name)
        events = list(client.ask(request))
        assert isinstance(events[-1], protocol.Done)
        assert launcher.address().unix_socket
        on_file[0] = False
        assert client.health().pid == launcher.pid
        assert launcher.address().port
        assert list(tmp_path.iterdir()) == []
        on_file[0] = True
        client.health()
    finally:
        launcher.stop()
    tmp_path.rmdir()  # nothing is left in it
