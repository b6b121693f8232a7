"""What a question read, encoded and drew goes when it ends: nothing of it waits for the garbage collector.

Arrays of a scene are large and few, so that the collector, which counts objects, may come long after them.
"""

from __future__ import annotations

import gc
import tempfile
import threading
import weakref
from collections.abc import Iterator
from pathlib import Path

import pytest

from model_runtime.errors import Cancelled
from model_runtime.model import windows
from model_runtime.model_store.keeper import Keeper
from model_runtime.protocol import AskRequest, DateInput, Event
from model_runtime.scene import detail, scene
from model_runtime.server.jobs import Job, Jobs
from model_runtime.terra_cot.scene_files import write_scene
from model_runtime.unfinished import FOLDER_VARIABLE

from .sink import Sink

QUESTION = "How many hectares of water are there, and how far is it from the trees?"


@pytest.fixture(scope="module")
def keeper(nano_folder: Path) -> Keeper:
    keeper = Keeper("cpu")
    keeper.get(str(nano_folder))
    return keeper


@pytest.fixture(scope="module")
def places(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    """A large place and a small one."""
    folder = tmp_path_factory.mktemp("places")
    for name, size in (("large.tif", 520), ("small.tif", 128)):
        write_scene(folder / name, size, 4)
    return folder / "large.tif", folder / "small.tif"


@pytest.fixture
def temporary(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Where temporary files are, while a scene is large from a quarter of that size on."""
    for module in (detail, scene):
        monkeypatch.setattr(module, "LARGE_PX", 260 * 260)
    monkeypatch.setattr(windows, "_SIDE", 1)
    monkeypatch.setenv(FOLDER_VARIABLE, str(tmp_path / "unfinished"))
    (tmp_path / "temporary").mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path / "temporary"))
    return tmp_path / "temporary"


@pytest.fixture
def uncollected() -> Iterator[None]:
    gc.collect()
    gc.disable()
    yield
    gc.enable()


def ask(keeper: Keeper, path: Path, stage: str = "", **more: object) -> None:
    """Ask, and cancel when that stage begins."""

    def stop(event: Event) -> bool:
        return event.event == "progress" and event.stage == stage

    request = AskRequest(question=QUESTION, dates=[DateInput(optical=str(path))], model=str(keeper.folder), **more)
    keeper.answer(request, Sink(stop))


def garbage() -> list[str]:
    """What only the collector finds, by the names of the classes."""
    gc.set_debug(gc.DEBUG_SAVEALL)
    try:
        gc.collect()
        return sorted({type(one).__name__ for one in gc.garbage})
    finally:
        gc.set_debug(0)
        gc.garbage.clear()


@pytest.mark.usefixtures("uncollected")
@pytest.mark.parametrize("stage", ["", "Reading the question", "Mapping the scene", "Writing the evidence"])
def test_no_run_leaves_garbage(
    keeper: Keeper, places: tuple[Path, Path], tmp_path: Path, temporary: Path, stage: str
) -> None:
    ask(keeper, places[1])  # what is done for the first time may leave some
    gc.collect()
    out = {"out": str(tmp_path / "run.gpkg"), "picture": str(tmp_path / "run.png")}
    for path in places:
        if stage and (path == places[0] or stage != "Mapping the scene"):
            with pytest.raises(Cancelled):
                ask(keeper, path, stage, **out)
        else:
            ask(keeper, path, **out)
        assert garbage() == []
    assert list(temporary.iterdir()) == []  # the place that was asked about last is the small one


@pytest.mark.usefixtures("uncollected")
def test_a_server_that_waits_holds_nothing_of_a_question_that_failed() -> None:
    class Pixels:
        """Stands for all that a run has in its frames."""

    alive: list[weakref.ref] = []
    over = threading.Event()

    def work(_: Job) -> None:
        pixels = Pixels()
        alive.append(weakref.ref(pixels))
        raise Cancelled

    jobs = Jobs(work)
    try:
        jobs.submit(Job(AskRequest(question="?", dates=[DateInput(optical="x.tif")]), lambda event: over.set()
                        if event.event == "error" else None))  # fmt: skip
        assert over.wait(10)
        for _ in range(100):
            if alive[0]() is None:
                break
            threading.Event().wait(0.05)
        assert alive[0]() is None
    finally:
        jobs.close(1)
