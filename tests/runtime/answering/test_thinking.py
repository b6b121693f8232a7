"""What the model says and marks is told as it comes."""

from __future__ import annotations

from pathlib import Path

from model_runtime import protocol
from model_runtime.model.reasoner import Noted
from tests.runtime.script import TOWN, WATER, Script, ask, seg


def test_events_come_in_their_order(script: Script, scene_path: Path) -> None:
    script.pieces = ["The water ", seg(1, "water", WATER), " near trees ", seg(2, "trees", TOWN)]
    sink = ask(script, scene_path, "Is there water?")
    kinds = [event.event for event in sink.events if event.event != "progress"]
    assert kinds == ["text", "mask", "text", "text", "mask", "measure", "text", "text", "answer", "done"]
    fractions = [event.fraction for event in sink.of("progress")]
    assert fractions == sorted(fractions)
    assert fractions[0] == 0
    assert fractions[-1] == 1
    assert sink.events[-1].geopackage is None
    lines = [event.model_dump_json() for event in sink.events]
    assert [protocol.EVENT.validate_json(line) for line in lines] == sink.events


def test_without_measures_the_context_gets_none(script: Script, scene_path: Path) -> None:
    script.pieces = ["Water ", seg(1, "water", WATER)]
    sink = ask(script, scene_path, "How much water?", measured=False)
    assert script.told == []
    assert sink.report.measured is False
    assert sink.report.steps[0].pixels == 200  # the user gets them all the same


def test_a_note_of_the_model_is_a_warning(script: Script, scene_path: Path) -> None:
    script.pieces = ["water ", Noted("No image was named; the first was taken."), seg(1, "water", WATER)]
    sink = ask(script, scene_path, "Water?")
    assert sink.report.warnings == ["No image was named; the first was taken."]
    assert len(sink.report.steps) == 1
