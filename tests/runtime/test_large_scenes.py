"""Scenes that are read window by window: the same figures as in one piece, and nothing lost when they are stopped."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pyogrio
import pytest
import rasterio
import shapely

from model_runtime.errors import Cancelled, RequestError
from model_runtime.model import apart, windows
from model_runtime.model.checkpoint import load_model
from model_runtime.model.terrascope import TerraScope
from model_runtime.pipeline import analyse
from model_runtime.protocol import AskRequest, DateInput, Event, Example, Progress, Report
from model_runtime.scene import detail, scene
from model_runtime.scene_memory import SceneMemory
from model_runtime.terra_cot.scene_files import write_scene
from model_runtime.unfinished import FOLDER_VARIABLE

from .sink import Sink

QUESTION = "How many hectares of water are there, and how far is it from the trees?"


@pytest.fixture(scope="module")
def model(nano_folder: Path) -> TerraScope:
    return load_model(nano_folder)


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A generated scene of 520 x 520 pixels, whose lowest rows are nodata."""
    path = tmp_path_factory.mktemp("place") / "S2_place.tif"
    write_scene(path, 520, 4, 10.0, lambda _: None)
    with rasterio.open(path, "r+") as target:
        target.nodata = 0
        target.write(np.zeros((target.count, 40, 520), target.dtypes[0]), window=((480, 520), (0, 520)))
    return path


@pytest.fixture
def large(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """From a quarter of its size on a scene is large; blocks are one window."""
    for module in (detail, scene):
        monkeypatch.setattr(module, "LARGE_PX", 260 * 260)
    monkeypatch.setattr(detail, "OVERVIEW_PX", 260 * 260)
    monkeypatch.setattr(windows, "_SIDE", 1)
    monkeypatch.setenv(FOLDER_VARIABLE, str(tmp_path / "unfinished"))


def asked(model: TerraScope, request: AskRequest, memory: SceneMemory | None = None) -> tuple[Report, Sink]:
    sink = Sink()
    analyse(request, model, sink, memory=memory)
    return sink.report, sink


def request_of(path: Path, **more: object) -> AskRequest:
    return AskRequest(question=QUESTION, dates=[DateInput(optical=str(path))], **more)


def test_figures_are_those_of_the_scene_in_one_piece(
    model: TerraScope, place: Path, tmp_path: Path, request: pytest.FixtureRequest
) -> None:
    whole, _ = asked(model, request_of(place))
    request.getfixturevalue("large")
    out, picture = tmp_path / "run.gpkg", tmp_path / "run.png"
    found, sink = asked(model, request_of(place, out=str(out), picture=str(picture)))
    assert [step.phrase for step in found.steps] == [step.phrase for step in whole.steps]
    for one, other in zip(found.steps, whole.steps, strict=True):
        assert one.area_ha == pytest.approx(other.area_ha, rel=0.03, abs=2)
    assert found.scene == whole.scene
    assert any("overview" in warning and "20 m" in warning for warning in found.warnings)
    assert any(isinstance(event, Progress) and event.stage == "Mapping the scene" for event in sink.events)
    fractions = [event.fraction for event in sink.events if isinstance(event, Progress)]
    assert fractions == sorted(fractions)
    for step in found.steps:
        polygons = pyogrio.read_dataframe(out, layer=step.layer)
        assert polygons.area_ha.sum() == pytest.approx(step.area_ha, rel=1e-6)
        assert polygons.pixels.sum() == step.pixels
        if step.pixels:
            assert polygons.total_bounds[1] >= found.scene.bounds[1] + 400 - 1e-6  # nothing on nodata
    assert picture.stat().st_size > 10_000
    assert not list((tmp_path / "unfinished").glob("*"))


@pytest.mark.usefixtures("large")
def test_a_stopped_run_goes_on_from_its_finished_windows(
    model: TerraScope, place: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    expected, _ = asked(model, request_of(place))
    read: list[int] = []
    plain = detail.Detail.read
    monkeypatch.setattr(detail.Detail, "read", lambda self, *window: read.append(1) or plain(self, *window))

    begun: list[float] = []

    def stop(event: Event) -> bool:
        begun.extend([1] if isinstance(event, Progress) and event.stage == "Mapping the scene" else [])
        return len(begun) > 6

    with pytest.raises(Cancelled):
        analyse(request_of(place), model, Sink(stop))
    assert list((tmp_path / "unfinished").rglob("*.mask"))
    stopped, found = len(read), None
    read.clear()
    found, _ = asked(model, request_of(place))
    assert 0 < len(read) and stopped > 4
    assert [step.model_dump() for step in found.steps] == [step.model_dump() for step in expected.steps]
    assert not list((tmp_path / "unfinished").glob("*"))


@pytest.mark.usefixtures("large")
def test_a_second_question_reads_the_scene_no_second_time(
    model: TerraScope, place: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    memory = SceneMemory()
    first, _ = asked(model, request_of(place), memory)
    monkeypatch.setattr(scene, "look_over", lambda *_: pytest.fail("the scene is looked over again"))
    again, _ = asked(model, request_of(place).model_copy(update={"question": QUESTION + " "}), memory)
    assert [step.area_ha for step in again.steps] == [step.area_ha for step in first.steps]


@pytest.mark.usefixtures("large")
def test_a_polygon_and_clouds_are_left_out_on_every_pixel(model: TerraScope, place: Path, tmp_path: Path) -> None:
    with rasterio.open(place) as source:
        transform, crs = source.transform, source.crs
    west, north = transform.c, transform.f
    square = shapely.box(west, north - 3000, west + 2555, north).wkt
    clouds = np.zeros((520, 520), np.uint8)
    clouds[:100, :101] = 1
    with rasterio.open(tmp_path / "clouds.tif", "w", driver="GTiff", width=520, height=520, count=1, dtype="uint8",
                       crs=crs, transform=transform) as target:  # fmt: skip
        target.write(clouds, 1)
    found, _ = asked(
        model,
        AskRequest(
            question=QUESTION,
            dates=[DateInput(optical=str(place), clouds=str(tmp_path / "clouds.tif"))],
            polygon_wkt=square,
        ),
    )
    assert found.scene.valid_pixels == 300 * 255  # the last half column has its centre outside
    assert found.dates[0].hidden_ha == pytest.approx(101 * 100 * 0.01, rel=1e-3)
    assert json.loads(found.model_dump_json())["scene"]["asked_area_ha"] == pytest.approx(300 * 255 * 0.01, rel=1e-3)


@pytest.mark.usefixtures("large")
def test_windows_reasoned_about_apart_are_put_together_by_name(
    model: TerraScope, place: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    over, _ = asked(model, request_of(place))
    monkeypatch.setattr(apart, "SIDE_PX", 260)
    out = tmp_path / "run.gpkg"
    found, _ = asked(model, request_of(place, large="per_window", out=str(out)))
    names = [step.phrase for step in found.steps]
    assert len(names) == len(set(names)) and set(names) >= {step.phrase for step in over.steps}
    areas = {step.phrase: step.area_ha for step in found.steps}
    sure = [step for step in over.steps if not step.unsure]
    assert "water" in {step.phrase for step in sure}
    for step in sure:  # what is unsure is looked at again, by each way for itself
        assert areas[step.phrase] == pytest.approx(step.area_ha, rel=0.1, abs=20)
    assert all(f"{step.phrase}: " in found.answer for step in found.steps)
    assert all(claim.agrees for claim in found.claims)
    for step in found.steps:
        assert pyogrio.read_dataframe(out, layer=step.layer).pixels.sum() == step.pixels


@pytest.mark.usefixtures("large")
def test_the_profile_of_the_release_takes_a_scene_in_one_piece(model: TerraScope, place: Path) -> None:
    found, sink = asked(model, request_of(place, profile="published"))
    assert not any("overview" in warning for warning in found.warnings)
    assert not sink.fractions("Mapping the scene")


@pytest.mark.usefixtures("large")
def test_examples_are_refused_with_what_to_do(model: TerraScope, place: Path) -> None:
    example = Example(phrase="water", wkt="POINT(1 1)")
    with pytest.raises(RequestError, match="restrict the extent"):
        asked(model, request_of(place, examples=[example]))
