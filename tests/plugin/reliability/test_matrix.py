"""Each fault at each stage of an answer, and what is left then.

No result is lost, no half file and no process is left behind, the window lives on, one sentence says what happened, and
the next question is answered. What came of it is the table of docs/reliability.md.
"""

from __future__ import annotations

import os
import secrets
import shutil
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot
from qgis.core import QgsProject, QgsRasterLayer
from qgis.gui import QgsMessageBar
from qgis.PyQt.QtCore import QTimer

from terrascope_qgis.core.analysis import AnalysisResult
from terrascope_qgis.core.request import Acquisition
from terrascope_qgis.errors import CancelledError
from terrascope_qgis.gui.dock import TerraScopeDock
from terrascope_qgis.plugin import TerraScopePlugin
from terrascope_qgis.settings import Settings
from tests.plugin.outcomes import is_whole, one_sentence
from tests.plugin.reliability.faults import (
    ANSWERED,
    CANCELLED,
    EITHER,
    FAULTS,
    SAID,
    TOLD,
    Fault,
    OtherQgis,
    Place,
    running,
    wait_until,
)
from tests.plugin.reliability.page import PAGE, WRITE_VARIABLE, Found
from tests.plugin.reliability.stages import LOAD, STAGES, START

CELLS = [
    pytest.param(fault, stage, id=f"{fault.name} at {stage}".replace(" ", "-"))
    for fault in FAULTS
    for stage in STAGES
    if stage in fault.outcomes
]
MARK = "TERRASCOPE_TEST_MARK"
STILL_S = 2.0
"""a window that is still for as long is frozen; a guard, which a busy machine does not reach"""
FOUND = Found()


@pytest.fixture(scope="module")
def mark() -> Iterator[str]:
    """In the environment of every process that these tests start."""
    os.environ[MARK] = secrets.token_hex(8)
    yield os.environ[MARK]
    del os.environ[MARK]


@pytest.fixture(scope="module")
def kept(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Where the first answer is kept, which every cell has in its folder of results."""
    return tmp_path_factory.mktemp("kept") / "kept.gpkg"


def contents(folder: Path) -> dict[str, bytes]:
    """Every file of a folder, hidden ones too."""
    return {path.name: path.read_bytes() for path in folder.iterdir()}


class Window:
    """What happens in the window's thread while it waits for an answer: its pulse, and a user who may cancel."""

    def __init__(self, place: Place) -> None:
        self._place = place
        self._still_s, self._last = 0.0, time.monotonic()
        self._timer = QTimer()
        self._timer.timeout.connect(self._beat)
        self._timer.start(20)

    def _beat(self) -> None:
        now = time.monotonic()
        self._still_s, self._last = max(self._still_s, now - self._last), now
        if self._place.cancel_at is not None and now > self._place.cancel_at:
            self._place.cancel_at = None
            self._place.dock.cancel()

    def longest_pause_s(self) -> float:
        """At the end."""
        self._beat()
        self._timer.stop()
        return self._still_s


@pytest.fixture
def place(
    mark: str,  # noqa: ARG001
    plugin: TerraScopePlugin,
    dock: TerraScopeDock,
    settings: Settings,
    scene_path: Path,
    runtime_python: str,
    tmp_path: Path,
    kept: Path,
    qtbot: QtBot,
) -> Iterator[Place]:
    """A folder of results with an answer in it, and a scene that nobody has asked about."""

    def ask(out: Path | None = None) -> object:
        window = Window(place)
        with qtbot.waitSignal(dock.ended, timeout=300_000) as ended:
            dock.ask(out)
        assert window.longest_pause_s() < STILL_S, "the window was frozen"
        return ended.args[0]

    def show(path: Path) -> None:
        nonlocal layer
        QgsProject.instance().removeMapLayer(layer)
        place.scene, layer = path, QgsRasterLayer(str(path), "lake and town")
        QgsProject.instance().addMapLayer(layer)
        dock.panel.dates.set_dates([Acquisition(layer)])

    scene = tmp_path / "S2_scene.tif"
    shutil.copyfile(scene_path, scene)
    (tmp_path / "runs").mkdir()
    layer = QgsProject.instance().mapLayersByName("lake and town")[0]
    place = Place(dock, plugin.client, plugin.launcher, settings, runtime_python, tmp_path, scene, ask, show)
    show(scene)
    if not kept.exists():
        assert isinstance(ask(kept), AnalysisResult)
    shutil.copyfile(kept, place.runs / "kept.gpkg")
    yield place
    for undo in reversed(place.undo):
        undo()


@pytest.mark.parametrize(("fault", "stage"), CELLS)
def test_it_is_lived_through(fault: Fault, stage: str, place: Place, message_bar: QgsMessageBar, mark: str) -> None:
    fault.prepare(place)
    before = contents(place.runs)
    if stage in (START, LOAD):
        place.launcher.stop()  # else there is nothing to start or to load
    message_bar.clearWidgets()
    try:
        outcome = fault.meet(place, stage)
    finally:
        fault.mend(place)
    left = set(contents(place.runs))

    expected = fault.outcomes[stage]
    if outcome is None:  # a second QGIS asked, which the fault itself has looked at
        assert isinstance(fault, OtherQgis)
    elif isinstance(outcome, AnalysisResult):
        assert expected in (ANSWERED, TOLD, EITHER)
        is_whole(outcome.geopackage)
        left -= {outcome.geopackage.name + ending for ending in ("", "-wal", "-shm")}  # QGIS may be reading it
        if expected == TOLD:
            FOUND.hear(fault, stage, message_bar.currentItem().text())
    else:
        assert expected in (SAID, EITHER, CANCELLED), outcome
        assert isinstance(outcome, CancelledError) == (expected == CANCELLED)
        if expected != CANCELLED:
            FOUND.hear(fault, stage, one_sentence(outcome, message_bar))
    assert left <= set(before), "something half done was left behind"
    if place.target:  # which another program may have written too
        is_whole(place.target)
        del before[place.target.name]
        place.target = None
    assert contents(place.runs).items() >= before.items(), "a result was lost"

    following = place.ask()
    assert isinstance(following, AnalysisResult), f"the next question: {following!r} {following.detail}"
    is_whole(following.geopackage)
    wait_until(lambda: running(mark) <= {place.launcher.pid}, "a process was left behind")
    FOUND.keep(fault, stage, expected)


def test_the_page_says_what_was_found() -> None:
    """The table of docs/reliability.md; TERRASCOPE_WRITE_RELIABILITY=1 writes it anew."""
    if not FOUND.cells:
        pytest.skip("the matrix did not run")
    if os.environ.get(WRITE_VARIABLE):
        FOUND.write(PAGE)
    assert FOUND.differences(PAGE) == []
