"""The corridor: what is asked is checked, and real models answer it."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING

import pyogrio
import pytest

from model_runtime import pipeline, protocol
from model_runtime.errors import RequestError, SceneError, TerraScopeError
from model_runtime.model_store.keeper import Keeper
from tests.runtime.conftest import GOLDEN_QUESTION
from tests.runtime.script import Script, dates
from tests.runtime.sink import Sink

if TYPE_CHECKING:
    from model_runtime.model.terrascope import TerraScope


@pytest.mark.parametrize(
    ("fields", "error"),
    [
        ({"question": " \n"}, RequestError),
        ({"dates": dates(Path("nowhere.tif"))}, SceneError),
        ({"dates": dates(Path("scene\0.tif"))}, RequestError),
        ({"dates": dates(protocol.DateInput(sar="scene.png", clouds="scene\0.tif"))}, RequestError),
        ({"out": "x" * 5000 + "/run.gpkg"}, RequestError),
        ({"out": "no-such-folder/run.gpkg"}, RequestError),
        ({"out": "run.txt"}, RequestError),
        ({"picture": "run.gpkg"}, RequestError),
        ({"picture": "scene.png", "dates": dates(Path("scene.png"))}, RequestError),
        ({"picture": "link.png", "dates": dates(Path("scene.png"))}, RequestError),
    ],
)
def test_bad_requests_are_refused_in_one_sentence(
    script: Script, scene_path: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, fields: dict, error: type
) -> None:
    monkeypatch.chdir(tmp_path)
    Path("scene.png").write_bytes(b"x")
    os.symlink("scene.png", "link.png")
    before = sorted(os.listdir())
    request = {"question": "Water?", "dates": dates(scene_path)} | fields
    with pytest.raises(error) as caught:
        pipeline.analyse(protocol.AskRequest(**request), script.model, Sink())
    assert str(caught.value).strip().endswith(".")
    assert "\n" not in str(caught.value)
    assert sorted(os.listdir()) == before
    assert Path("scene.png").read_bytes() == b"x"


# From here on: real weights. The golden checkpoint says what it was trained to say about its own picture.


@pytest.fixture(scope="module")
def golden(golden_folder: Path) -> TerraScope:
    return Keeper("cpu").get(str(golden_folder))


def test_a_real_model_end_to_end(golden: TerraScope, golden_scene: Path, tmp_path: Path) -> None:
    sink, out = Sink(), tmp_path / "run.gpkg"
    request = protocol.AskRequest(
        question=GOLDEN_QUESTION, dates=dates(golden_scene), profile="published", out=str(out),
        picture=str(tmp_path / "run.png"),
    )  # fmt: skip
    pipeline.analyse(request, golden, sink)
    report = sink.report
    assert report.answer == "B"
    assert [step.phrase for step in report.steps] == ["forest", "water"]
    assert report.reasoning == "forest [SEG] is larger than water [SEG] here."
    assert "".join(event.text for event in sink.of("text") if event.kind == "answer") == "B"
    for step in report.steps:
        frame = pyogrio.read_dataframe(out, layer=step.layer)
        assert step.pixels * 100 == pytest.approx(frame.geometry.area.sum(), rel=1e-9)


def test_a_real_model_is_cancelled_between_words(golden: TerraScope, golden_scene: Path, tmp_path: Path) -> None:
    sink = Sink(stop=lambda event: event.event == "text")
    request = protocol.AskRequest(
        question=GOLDEN_QUESTION, dates=dates(golden_scene), profile="published", out=str(tmp_path / "run.gpkg")
    )
    with pytest.raises(TerraScopeError, match="Cancelled"):
        pipeline.analyse(request, golden, sink)
    assert len(sink.of("text")) == 1
    assert list(tmp_path.iterdir()) == []


def test_the_bundled_model_answers(nano_folder: Path, scene_path: Path, tmp_path: Path) -> None:
    sink, out = Sink(), tmp_path / "run.gpkg"
    request = protocol.AskRequest(question="How many hectares of water?", dates=dates(scene_path), out=str(out))
    pipeline.analyse(request, Keeper("cpu").get(str(nano_folder)), sink)
    assert sink.report.answer
    assert sink.report.steps
    assert sink.report.measured is True
    assert sum(1 for event in sink.of("text") if event.kind == "measured") == len(sink.report.steps)
    assert out.is_file()
