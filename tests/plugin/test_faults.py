"""What can fail around the dock, with a real runtime process: each fault is one sentence and leaves no half file.

Faults at each stage of an answer are in `reliability`; cancelling within a second is in test_dock.py.
"""

from __future__ import annotations

import os
import shlex
import subprocess
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

import pytest
from pytestqt.qtbot import QtBot
from qgis.core import QgsApplication, QgsProject
from qgis.gui import QgsMessageBar

from terrascope_qgis.client.http_client import RuntimeClient
from terrascope_qgis.client.launcher import Launcher
from terrascope_qgis.core import history
from terrascope_qgis.core.analysis import AnalysisResult
from terrascope_qgis.errors import AnalysisError, RuntimeStartError, TerraScopeError
from terrascope_qgis.gui.dock import TerraScopeDock
from terrascope_qgis.settings import Settings
from tests.plugin.outcomes import is_whole, one_sentence

Ask = Callable[[], Any]
REPOSITORY = Path(__file__).resolve().parents[2]
KIBIBYTE = 1024


@pytest.fixture
def limited(runtime_python: str, tmp_path: Path) -> Callable[[str], str]:
    """The runtime's interpreter under a limit of the shell's `ulimit`: still a real runtime."""

    def interpreter(limit: str) -> str:
        script = tmp_path / f"python{limit.replace(' ', '_')}"  # another name is another runtime
        script.write_text(f'#!/bin/sh\nulimit {limit}\nexec {shlex.quote(runtime_python)} "$@"\n', "utf-8")
        script.chmod(0o755)
        return str(script)

    return interpreter


@pytest.fixture
def mounted() -> Iterator[Callable[..., None]]:
    """Mounts for a test, as root alone can; whatever was mounted goes at its end."""
    targets: list[Path] = []

    def mount(target: Path, *arguments: str) -> None:
        target.mkdir(parents=True, exist_ok=True)
        made = subprocess.run(["mount", *arguments, str(target)], capture_output=True, text=True, check=False)
        if made.returncode:
            pytest.skip(f"nothing can be mounted here: {made.stderr.strip()}")
        targets.append(target)

    yield mount
    for target in reversed(targets):
        subprocess.run(["umount", "--lazy", str(target)], check=True)


@contextmanager
def filled(folder: Path, leave_bytes: int) -> Iterator[None]:
    """The file system of a folder has no more room than this."""
    filler = folder.parent / "filler" if os.path.ismount(folder.parent) else folder / "filler"
    room = os.statvfs(filler.parent)
    with suppress(OSError), filler.open("wb") as file:
        file.write(bytes(max(0, room.f_bavail * room.f_frsize - leave_bytes)))
    try:
        yield
    finally:
        filler.unlink()


def use(settings: Settings, **changes: object) -> None:
    for name, value in changes.items():
        setattr(settings, name, value)
    settings.save()


def nothing_is_left(dock: TerraScopeDock, settings: Settings, question: str) -> None:
    runs = Path(settings.runs_folder)
    assert not runs.is_dir() or [path.name for path in runs.iterdir() if path.name != "filler"] == []
    assert QgsProject.instance().layerTreeRoot().findGroup(question) is None
    assert dock.panel.ask_button.isVisibleTo(dock)
    assert not dock.progress.isVisibleTo(dock)


def whole(result: object) -> AnalysisResult:
    assert isinstance(result, AnalysisResult), result
    is_whole(result.geopackage)
    return result


def test_two_qgis_have_a_runtime_each_on_a_port_of_its_own(runtime_python: str, qgis_app: QgsApplication) -> None:
    """No port is fixed: each runtime takes a free one, so none can be taken."""
    launchers = [Launcher(lambda: runtime_python, REPOSITORY) for _ in range(2)]
    try:
        clients = [RuntimeClient(launcher) for launcher in launchers]
        assert [client.health().pid for client in clients] == [launcher.pid for launcher in launchers]
        assert launchers[0].address().port != launchers[1].address().port
        launchers[0].stop()
        assert clients[1].health().status == "ready"
    finally:
        for launcher in launchers:
            launcher.stop()


def test_a_runtime_that_cannot_listen_is_said(
    dock: TerraScopeDock,
    settings: Settings,
    limited: Callable[[str], str],
    message_bar: QgsMessageBar,
    runtime_python: str,
    ask: Ask,
) -> None:
    """A process with no file left to open dies when it begins to listen."""
    use(settings, runtime_python=limited("-n 7"))
    failure = ask()
    assert isinstance(failure, RuntimeStartError), failure
    assert "ended while it was starting" in one_sentence(failure, message_bar)
    assert "Too many open files" in failure.detail
    nothing_is_left(dock, settings, "How many hectares of water are there?")
    use(settings, runtime_python=runtime_python)
    whole(ask())


def test_a_full_disk_leaves_no_half_file(
    dock: TerraScopeDock,
    settings: Settings,
    mounted: Callable[..., None],
    message_bar: QgsMessageBar,
    tmp_path: Path,
    ask: Ask,
) -> None:
    disk = tmp_path / "disk"
    mounted(disk, "-t", "tmpfs", "-o", "size=4m", "tmpfs")
    runs = disk / "runs"
    runs.mkdir()
    use(settings, runs_folder=str(runs))
    for room in (0, 64 * KIBIBYTE):  # not a byte; enough to begin with
        with filled(runs, leave_bytes=room):
            sentence = one_sentence(ask(), message_bar)
            assert "cannot be written" in sentence
            assert "space" in sentence
            nothing_is_left(dock, settings, "How many hectares of water are there?")
    assert whole(ask()).geopackage.parent == runs


def test_a_report_that_finds_no_room_is_not_half_written(
    dock: TerraScopeDock,
    mounted: Callable[..., None],
    message_bar: QgsMessageBar,
    tmp_path: Path,
    ask: Ask,
    qtbot: QtBot,
) -> None:
    """For the copy of the GeoPackage; for the PDF after it; for both."""
    result = whole(ask())
    size = result.geopackage.stat().st_size
    disk = tmp_path / "stick"
    mounted(disk, "-t", "tmpfs", "-o", "size=8m", "tmpfs")
    target = disk / "report.gpkg"
    for room, left in ((size // 2, []), (size + 16 * KIBIBYTE, ["report.gpkg"])):
        with filled(disk, leave_bytes=room):
            with qtbot.waitSignal(dock.keeping.exported, timeout=60_000) as exported:
                dock.keeping.export(target)
            assert "cannot be written" in one_sentence(exported.args[0], message_bar)
            assert sorted(path.name for path in disk.iterdir() if path.name != "filler") == left
    with qtbot.waitSignal(dock.keeping.exported, timeout=60_000) as exported:
        dock.keeping.export(target)
    assert sorted(path.name for path in disk.iterdir()) == ["report.gpkg", "report.pdf"]


def test_a_file_that_may_grow_no_more_leaves_no_half_file(
    dock: TerraScopeDock,
    settings: Settings,
    limited: Callable[[str], str],
    message_bar: QgsMessageBar,
    ask: Ask,
) -> None:
    """A quota: as a full disk, but told otherwise by the system; and it needs no root."""
    use(settings, runtime_python=limited("-f 64"))
    assert "cannot be written" in one_sentence(ask(), message_bar)
    nothing_is_left(dock, settings, "How many hectares of water are there?")


def test_a_full_profile_loses_nothing_of_the_history(
    dock: TerraScopeDock, mounted: Callable[..., None], tmp_path: Path, ask: Ask
) -> None:
    """The question is answered all the same: the history only misses it, and what was kept is still there."""
    disk = tmp_path / "profile"
    mounted(disk, "-t", "tmpfs", "-o", "size=1m", "tmpfs")
    kept = disk / "terrascope" / "history.jsonl"
    before = [history.Entry(question=f"Where is lake number {number}?") for number in range(20)]
    for entry in before:
        history.remember(kept, entry)
    path, dock.panel.history.path = dock.panel.history.path, kept
    try:
        with filled(disk / "terrascope", leave_bytes=0):
            whole(ask())
            assert history.load(kept) == before[::-1]
            assert [one.name for one in kept.parent.iterdir()] == [kept.name]
        dock.panel.remember()
        assert history.load(kept)[0].question == "How many hectares of water are there?"
    finally:
        dock.panel.history.path = path


def test_a_device_that_is_not_there_is_said(
    dock: TerraScopeDock, settings: Settings, message_bar: QgsMessageBar, ask: Ask
) -> None:
    use(settings, device="cuda:31")
    failure = ask()
    assert isinstance(failure, AnalysisError), failure
    sentence = one_sentence(failure, message_bar)
    assert "cuda" in sentence
    assert "cpu" in sentence  # what to do
    nothing_is_left(dock, settings, "How many hectares of water are there?")
    use(settings, device="cpu")
    whole(ask())


# Not enough for the libraries; and just not enough for the model, which depends on the number of processors.
@pytest.mark.parametrize("addresses_kib", [(1_000_000,), range(1_500_000, 1_050_000, -75_000)])
def test_too_little_memory_is_said(
    dock: TerraScopeDock,
    settings: Settings,
    limited: Callable[[str], str],
    message_bar: QgsMessageBar,
    runtime_python: str,
    tmp_path: Path,
    ask: Ask,
    addresses_kib: Sequence[int],
) -> None:
    for limit in addresses_kib:
        use(settings, runtime_python=limited(f"-v {limit}"), runs_folder=str(tmp_path / str(limit)))
        answered = ask()
        if isinstance(answered, TerraScopeError):
            break
        whole(answered)
        QgsProject.instance().removeMapLayers([*list(dock.runs.values())[-1].layer_ids.values()])
        QgsProject.instance().layerTreeRoot().removeChildrenGroupWithoutLayers()
    sentence = one_sentence(answered, message_bar)
    if "stopped before it had answered" in sentence:  # a library ended the process where its own memory ran out
        assert len(addresses_kib) > 1
    else:
        assert "memory" in sentence
        assert "close other programs" in sentence or "restrict the extent" in sentence
    nothing_is_left(dock, settings, "How many hectares of water are there?")
    use(settings, runtime_python=runtime_python)
    whole(ask())


def test_a_folder_that_cannot_be_written_to_is_said(
    dock: TerraScopeDock,
    settings: Settings,
    mounted: Callable[..., None],
    message_bar: QgsMessageBar,
    tmp_path: Path,
    ask: Ask,
) -> None:
    """Root may write whatever the permissions say, so the folder is on a disk that is mounted read-only."""
    disk = tmp_path / "shelf"
    mounted(disk, "-t", "tmpfs", "-o", "ro,size=1m", "tmpfs")
    for runs in (disk, disk / "runs"):  # there, or to be made there
        use(settings, runs_folder=str(runs))
        assert f"The folder {runs} for results cannot be" in one_sentence(ask(), message_bar)
    nothing_is_left(dock, settings, "How many hectares of water are there?")
    use(settings, runs_folder=str(tmp_path / "elsewhere"))
    whole(ask())
