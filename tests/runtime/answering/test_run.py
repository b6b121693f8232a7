"""What the model is asked after other questions, and how a run ends that cannot go on."""

from __future__ import annotations

from pathlib import Path

import pytest

from model_runtime import pipeline, protocol
from model_runtime.answering import run as running
from model_runtime.errors import Cancelled, NotEnoughMemory, SceneError
from tests.runtime.script import TOWN, WATER, Script, ask, dates, seg
from tests.runtime.sink import Sink


def test_a_follow_up_is_read_from_what_was_marked(script: Script, scene_path: Path) -> None:
    earlier = [protocol.Turn(question="How much water?", answer="2 ha", phrases=["water"])]
    script.model.config.takes_turns, script.model.config.taught = False, None
    script.pieces = ["Water ", seg(1, "water", WATER), " town ", seg(2, "town", TOWN)]
    sink = ask(script, scene_path, "How far is it from the town?", earlier=earlier, notes=["It was captured at 10 m."])
    assert (script.question, script.earlier) == ("How far is the water from the town?", [])
    assert sink.report.question == "How far is it from the town?"
    assert sink.report.earlier == earlier
    assert sink.report.distances  # the question as it was read relates the two
    assert sink.report.warnings[0] == "It was captured at 10 m."
    assert 'was read as "How far is the water from the town?"' in sink.report.warnings[1]


def test_a_model_that_takes_turns_is_given_them(script: Script, scene_path: Path) -> None:
    earlier = [protocol.Turn(question="How much water?", answer="2 ha", phrases=["water"])]
    script.model.config.takes_turns = True
    sink = ask(script, scene_path, "How far is it from the town?", earlier=earlier)
    assert (script.question, script.earlier) == ("How far is it from the town?", [("How much water?", "2 ha")])
    assert sink.report.warnings == []


def test_where_there_is_no_room_nothing_else_is_to_blame(
    script: Script, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """PROJ says that it knows no coordinate system when it finds no memory for its database."""

    def no_database(*_: object) -> None:
        raise SceneError("The raster's coordinate system is not understood: assign it again in QGIS.")

    monkeypatch.setattr(pipeline.acquisitions, "open_acquisitions", no_database)
    path = tmp_path / "scene.tif"
    path.write_bytes(b"II*")
    request = protocol.AskRequest(question="?", dates=[protocol.DateInput(optical=str(path))])
    with pytest.raises(SceneError, match="not understood"):
        pipeline.analyse(request, script.model, Sink())
    monkeypatch.setattr(running, "_LEAST_ROOM", 1 << 60)
    with pytest.raises(NotEnoughMemory, match="not enough memory for this scene"):
        pipeline.analyse(request, script.model, Sink())


@pytest.mark.parametrize("kind", ["progress", "text", "mask", "answer"])
def test_a_cancelled_run_writes_nothing(script: Script, scene_path: Path, tmp_path: Path, kind: str) -> None:
    script.pieces = ["Water ", seg(1, "water", WATER)]
    sink = Sink(stop=lambda event: event.event == kind)
    request = protocol.AskRequest(
        question="Water?", dates=dates(scene_path), out=str(tmp_path / "a.gpkg"), picture=str(tmp_path / "a.png")
    )
    with pytest.raises(Cancelled):
        pipeline.analyse(request, script.model, sink)
    assert list(tmp_path.iterdir()) == []
    assert not sink.of("done")
