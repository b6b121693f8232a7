"""The corridor: what is asked for is measured, told, written whole or not at all."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path
from types import SimpleNamespace
from typing import TYPE_CHECKING

import numpy as np
import pyogrio
import pytest

from model_runtime import pipeline, protocol
from model_runtime.errors import Cancelled, OutputError, RequestError, SceneError, TerraScopeError
from model_runtime.model.reasoner import Encoded, Finished, Said, SegStep
from model_runtime.model_store.keeper import Keeper
from tests.runtime.sink import Sink

from .conftest import GOLDEN_QUESTION, write_rgb

if TYPE_CHECKING:
    from model_runtime.model.terrascope import TerraScope

SHAPE = (60, 80)
WATER = np.zeros(SHAPE, bool)
WATER[10:20, 10:30] = True
TOWN = np.zeros(SHAPE, bool)
TOWN[10:20, 53:60] = True  # 23 pixels of 10 m east of the water
NOTHING = np.zeros(SHAPE, bool)


def seg(index: int, phrase: str, mask: np.ndarray, image: int = 1) -> SegStep:
    log_odds = np.where(mask, np.float16(9), np.float16(-9))
    return SegStep(index, phrase, image, mask, 0.9, 8, np.arange(8), None, None, log_odds)


class Script:
    """Stands in for the words of a model, so that the masks are known: says, marks, and asks for measures."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.pieces: list[str | SegStep] = []
        self.answer = "Yes"
        self.told: list[str] = []
        self.images: list = []
        self.model = SimpleNamespace(
            config=SimpleNamespace(measured_default=True, input_bands=("red", "green", "blue")),
            info=lambda: {"name": "script", "revision": "1", "sha256": "0", "parameters": 1, "quality": ""},
        )
        monkeypatch.setattr(pipeline, "reason", self._reason)

    def _reason(self, model, images, question, profile, *, measure, cancelled) -> Iterator:  # noqa: ANN001
        self.images = images
        for number in range(len(images)):
            yield Encoded("vision", number / len(images))
            yield Encoded("grounding", number / len(images))
        yield Encoded("prefill", 0.0)
        for piece in self.pieces:
            if cancelled():
                raise Cancelled
            if isinstance(piece, str):
                yield Said(piece, "reasoning")
                continue
            yield piece
            if profile.measured:
                self.told.append(measure(piece))
                yield Said(self.told[-1], "measured")
        yield Said(self.answer, "answer")
        reasoning = "".join(piece for piece in self.pieces if isinstance(piece, str))
        yield Finished("", reasoning, self.answer, "stop", [])


@pytest.fixture
def script(monkeypatch: pytest.MonkeyPatch) -> Script:
    return Script(monkeypatch)


@pytest.fixture(scope="module")
def scene_path(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("scene") / "scene.tif"
    write_rgb(path, np.random.default_rng(1).integers(1, 255, (*SHAPE, 3), dtype=np.uint8))
    return path


def ask(script: Script, scene: Path, question: str, **fields: object) -> Sink:
    sink = Sink()
    pipeline.analyse(protocol.AskRequest(question=question, optical=str(scene), **fields), script.model, sink)
    return sink


def test_two_regions_are_measured_related_and_reported(script: Script, scene_path: Path, tmp_path: Path) -> None:
    script.pieces = ["First the water ", seg(1, "water", WATER), " then the town ", seg(2, "built-up", TOWN)]
    script.answer = "2 ha of water, 230 m from built-up"
    out, picture = tmp_path / "run.gpkg", tmp_path / "run.png"
    sink = ask(script, scene_path, "How far is the water from the nearest built-up area?", out=str(out),
               picture=str(picture))  # fmt: skip

    assert script.told == ["4.2 %, 2 ha", "1.5 %, 0.7 ha; 230 m from water, no contact"]
    water, town = sink.report.steps
    assert water.area_ha == pytest.approx(2, rel=1e-3)  # UTM's scale is 0.9996 here
    assert water.pixels == 200
    assert water.bounds == (500_100, 1_999_800, 500_300, 1_999_900)
    assert (water.layer, town.layer) == ("step_01_water", "step_02_built_up")
    (distance,) = sink.report.distances
    assert (distance.from_step, distance.to_step, distance.contact) == (1, 2, False)
    assert distance.distance_m == pytest.approx(230, rel=1e-3)
    assert [(c.unit, c.agrees) for c in sink.report.claims] == [("ha", True), ("m", True)]
    assert sink.report.claims[0].measured == water.area_ha
    assert sink.report.scene.valid_pixels == 60 * 80
    assert sink.report.measured is True
    assert {"scene", "reason", "measure", "total"} <= set(sink.report.timings)

    assert {name for name, _ in pyogrio.list_layers(out)} >= {"step_01_water", "step_02_built_up", "distances", "run"}
    assert picture.stat().st_size > 0
    assert sorted(path.name for path in tmp_path.iterdir()) == ["run.gpkg", "run.png"]


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


def test_regions_are_related_only_when_somebody_speaks_of_it(script: Script, scene_path: Path) -> None:
    script.pieces = ["Water ", seg(1, "water", WATER), " town ", seg(2, "built-up", TOWN)]
    sink = ask(script, scene_path, "Which covers more, water or town?")
    assert sink.report.distances == []
    assert script.told[1] == "1.5 %, 0.7 ha"


def test_a_relation_spoken_of_only_at_the_end_is_still_reported(script: Script, scene_path: Path) -> None:
    script.pieces = ["Water ", seg(1, "water", WATER), " town ", seg(2, "built-up", TOWN), " They do not touch."]
    sink = ask(script, scene_path, "Describe the scene.")
    assert script.told[1] == "1.5 %, 0.7 ha"  # it was not known then
    assert len(sink.report.distances) == 1
    assert len(sink.of("measure")) == 1


def test_an_empty_mask_is_said_and_related_to_nothing(script: Script, scene_path: Path, tmp_path: Path) -> None:
    script.pieces = ["Snow ", seg(1, "snow", NOTHING), " water ", seg(2, "water", WATER)]
    sink = ask(script, scene_path, "How far is snow from water?", out=str(tmp_path / "run.gpkg"))
    assert [event.message for event in sink.of("warning")] == [
        "Step 1 (snow): nothing found, so no evidence entered the reasoning."
    ]
    assert sink.report.warnings == [event.message for event in sink.of("warning")]
    assert script.told == ["0 %, 0 ha", "4.2 %, 2 ha"]
    assert sink.report.steps[0].bounds is None
    assert sink.report.distances == []


def test_without_measures_the_context_gets_none(script: Script, scene_path: Path) -> None:
    script.pieces = ["Water ", seg(1, "water", WATER)]
    sink = ask(script, scene_path, "How much water?", measured=False)
    assert script.told == []
    assert sink.report.measured is False
    assert sink.report.steps[0].pixels == 200  # the user gets them all the same


def test_what_is_not_valid_counts_nowhere(script: Script, scene_path: Path) -> None:
    script.pieces = ["Everything ", seg(1, "land", np.ones(SHAPE, bool))]
    # The west half, and the last pixel of the south-east so that the grid stays whole.
    area = (
        "MULTIPOLYGON (((500000 1999400, 500400 1999400, 500400 2000000, 500000 2000000, 500000 1999400)),"
        " ((500790 1999400, 500800 1999400, 500800 1999410, 500790 1999410, 500790 1999400)))"
    )
    sink = ask(script, scene_path, "How much land?", polygon_wkt=area)
    step = sink.report.steps[0]
    assert step.pixels == sink.report.scene.valid_pixels == 60 * 40 + 1
    assert step.coverage_pct == 100
    assert step.area_ha == pytest.approx(sink.report.scene.valid_area_ha)


def test_an_extent_shifts_the_grid(script: Script, scene_path: Path) -> None:
    script.pieces = ["Water ", seg(1, "water", WATER[5:25, 5:45])]
    sink = ask(script, scene_path, "How much water?", extent=(500_050, 1_999_750, 500_450, 1_999_950))
    assert sink.report.steps[0].bounds == (500_100, 1_999_800, 500_300, 1_999_900)
    assert script.images[0].rgb.shape == (20, 40, 3)


def two_dates(script: Script, scene: Path, folder: Path, masks: dict[str, tuple[np.ndarray, np.ndarray]]) -> Sink:
    """Ask about two dates of which the later has no data in the last five columns."""
    later = folder / "later.tif"
    rgb = np.full((*SHAPE, 3), 90, np.uint8) + np.arange(80, dtype=np.uint8)[None, :, None]
    rgb[:, 75:] = 0
    write_rgb(later, rgb)
    script.pieces = []
    for phrase, pair in masks.items():
        for image, mask in enumerate(pair, 1):
            index = 1 + len(script.pieces) // 2
            script.pieces += [f" Image: {image} {phrase} ", seg(index, phrase, mask, image)]
    out, picture = folder / "run.gpkg", folder / "run.png"
    return ask(script, scene, "What changed?", second_date=str(later), out=str(out), picture=str(picture))


def test_a_change_is_measured_told_and_written(script: Script, scene_path: Path, tmp_path: Path) -> None:
    flood, edge = WATER.copy(), np.zeros(SHAPE, bool)
    flood[20:40, 10:30] = True
    flood[40:50, 77:80] = True  # where the later date shows nothing
    edge[45:50, 50:60] = True
    sink = two_dates(script, scene_path, tmp_path, {"water": (WATER, flood), "town": (TOWN, TOWN | edge)})
    report = sink.report
    water, town = report.changes
    assert [event.change for event in sink.of("change")] == [water, town]
    kinds = [event.event for event in sink.events]
    assert kinds.index("mask") < kinds.index("change") < kinds.index("answer")
    assert (water.from_step, water.to_step, water.from_image, water.to_image) == (1, 2, 1, 2)
    assert water.gained_ha == pytest.approx(4, rel=2e-3)
    assert (water.lost_ha, water.told) == (0, True)
    assert water.gained_pct == pytest.approx(200)
    assert (water.objects_earlier, water.objects_later, water.objects_gone) == (1, 1, 0)
    assert (town.objects_earlier, town.objects_later, town.objects_new) == (1, 2, 1)
    assert not any("noise" in warning for warning in report.warnings)
    (matrix,) = report.transitions
    assert matrix.phrases == ["", "water", "town"]
    assert matrix.hectares[1][1] == pytest.approx(water.kept_ha)
    assert matrix.hectares[0][1] == pytest.approx(water.gained_ha)
    assert sum(map(sum, matrix.hectares)) == pytest.approx(water.compared_ha)
    assert [(point.phrase, point.image, point.step) for point in report.series] == [
        ("water", 1, 1), ("water", 2, 2), ("town", 1, 3), ("town", 2, 4)
    ]  # fmt: skip
    assert report.series[1].area_ha == pytest.approx(water.later_ha)

    out = tmp_path / "run.gpkg"
    gained = pyogrio.read_dataframe(out, layer="change_gained")
    lost = pyogrio.read_dataframe(out, layer="change_lost")
    assert gained.phrase.tolist() == ["water", "town"]
    assert gained.area_ha.tolist() == pytest.approx([water.gained_ha, town.gained_ha])
    assert gained.geometry.area.tolist() == [40_000, 5_000]
    assert len(lost) == 0
    assert pyogrio.read_dataframe(out, layer="series").area_ha.tolist() == [p.area_ha for p in report.series]
    assert pyogrio.read_dataframe(out, layer="from_to").area_ha.sum() == pytest.approx(water.compared_ha)
    assert pyogrio.read_dataframe(out, layer="changes").told.tolist() == [True, True]
    styles = pyogrio.read_dataframe(out, layer="layer_styles").set_index("f_table_name").styleQML
    assert "0,114,178" in styles["change_gained"]
    assert "213,94,0" in styles["change_lost"]


def test_a_change_below_the_floor_is_said_to_be_noise(script: Script, scene_path: Path, tmp_path: Path) -> None:
    grown = WATER.copy()
    grown[20, 10:14] = True
    sink = two_dates(script, scene_path, tmp_path, {"water": (WATER, grown), "snow": (NOTHING, NOTHING)})
    assert [found.told for found in sink.report.changes] == [False, False]
    said = [warning for warning in sink.report.warnings if "no change that can be told from noise" in warning]
    assert [warning.split(",")[0] for warning in said] == ["water", "snow"]
    assert "gained 0.04 ha, lost 0 ha" in said[0]
    assert sink.report.changes[1].gained_pct is None  # of nothing
    snow = pyogrio.read_dataframe(tmp_path / "run.gpkg", layer="changes").iloc[1]
    assert np.isnan(snow.gained_pct)
    assert np.isnan(snow.gone_pct)


def test_one_date_is_no_change(script: Script, scene_path: Path, tmp_path: Path) -> None:
    script.pieces = ["water ", seg(1, "water", WATER)]
    out = tmp_path / "run.gpkg"
    sink = ask(script, scene_path, "How much water?", out=str(out))
    assert (sink.report.changes, sink.report.series, sink.report.transitions) == ([], [], [])
    assert not {"change_gained", "change_lost", "series"} & set(pyogrio.list_layers(out)[:, 0])


def test_two_dates_share_a_grid_and_are_told_apart(script: Script, scene_path: Path, tmp_path: Path) -> None:
    later = tmp_path / "later.tif"
    write_rgb(later, np.full((*SHAPE, 3), 90, np.uint8) + np.arange(80, dtype=np.uint8)[None, :, None])
    smaller = WATER & (np.arange(80) < 20)
    script.pieces = ["Image: 1 water ", seg(1, "water", WATER), " Image: 2 water ", seg(2, "water", smaller, 2)]
    script.answer = "2 ha of water at first, 1 ha of water later"
    sink = ask(script, scene_path, "How did the water change between the dates?", second_date=str(later))
    assert len(script.images) == 2
    assert [step.image for step in sink.report.steps] == [1, 2]
    assert sink.report.distances == []  # the same region at two dates is compared by area
    assert [claim.agrees for claim in sink.report.claims] == [True, True]


def test_a_second_date_on_another_grid_is_brought_onto_the_first(
    script: Script, scene_path: Path, tmp_path: Path
) -> None:
    later = tmp_path / "later.tif"
    write_rgb(later, np.full((60, 80, 3), 90, np.uint8), west=500_205)
    everywhere = np.ones(SHAPE, bool)
    script.pieces = ["Image: 1 land ", seg(1, "land", everywhere), " Image: 2 land ", seg(2, "land", everywhere, 2)]
    sink = ask(script, scene_path, "Change?", second_date=str(later))
    assert [image.rgb.shape for image in script.images] == [(60, 80, 3)] * 2
    assert {step.pixels for step in sink.report.steps} == {60 * 60}  # only what both show
    told = [warning for warning in sink.report.warnings if "later.tif" in warning]
    assert len(told) == 2 and "resampled bilinearly" in told[0] and "covers 75.0 %" in told[1]


def test_a_second_date_that_lies_off_is_refused_or_moved_as_asked(script: Script, tmp_path: Path) -> None:
    land = np.random.default_rng(0).integers(40, 200, (30, 40)).repeat(4, 0).repeat(4, 1).astype(np.uint8)
    first, later = tmp_path / "first.tif", tmp_path / "later.tif"
    write_rgb(first, np.stack([land] * 3, -1))
    write_rgb(later, np.stack([np.roll(land, 5, 1)] * 3, -1))
    script.pieces = ["Image: 1 land ", seg(1, "land", np.ones(land.shape, bool))]
    with pytest.raises(SceneError, match="about 50 m .* too far to compare"):
        ask(script, first, "Change?", second_date=str(later))
    sink = ask(script, first, "Change?", second_date=str(later), on_offset="shift")
    assert any("was moved to fit" in warning for warning in sink.report.warnings)
    moved = script.images[1].rgb[20:-20, 20:-20].astype(int)
    assert np.abs(moved - script.images[0].rgb[20:-20, 20:-20]).mean() < 8


def test_a_second_date_of_another_place_is_refused(script: Script, scene_path: Path, tmp_path: Path) -> None:
    later = tmp_path / "later.tif"
    write_rgb(later, np.full((60, 80, 3), 90, np.uint8), west=600_000)
    with pytest.raises(SceneError, match="do not overlap: choose images of one place"):
        ask(script, scene_path, "Change?", second_date=str(later))


def test_a_model_without_sar_says_so_and_goes_on(script: Script, scene_path: Path) -> None:
    sink = ask(script, scene_path, "Water?", sar=str(scene_path))
    assert "This model takes no SAR; the SAR image was left out." in sink.report.warnings
    with pytest.raises(SceneError, match="no file"):
        ask(script, scene_path, "Water?", sar="nowhere.tif")


@pytest.mark.parametrize(
    ("fields", "error"),
    [
        ({"question": " \n"}, RequestError),
        ({"optical": "nowhere.tif"}, SceneError),
        ({"optical": "scene\0.tif"}, RequestError),
        ({"out": "x" * 5000 + "/run.gpkg"}, RequestError),
        ({"out": "no-such-folder/run.gpkg"}, RequestError),
        ({"out": "run.txt"}, RequestError),
        ({"picture": "run.gpkg"}, RequestError),
        ({"picture": "scene.png", "optical": "scene.png"}, RequestError),
        ({"picture": "link.png", "optical": "scene.png"}, RequestError),
    ],
)
def test_bad_requests_are_refused_in_one_sentence(
    script: Script, scene_path: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, fields: dict, error: type
) -> None:
    monkeypatch.chdir(tmp_path)
    Path("scene.png").write_bytes(b"x")
    os.symlink("scene.png", "link.png")
    before = sorted(os.listdir())
    request = {"question": "Water?", "optical": str(scene_path)} | fields
    with pytest.raises(error) as caught:
        pipeline.analyse(protocol.AskRequest(**request), script.model, Sink())
    assert str(caught.value).strip().endswith(".")
    assert "\n" not in str(caught.value)
    assert sorted(os.listdir()) == before
    assert Path("scene.png").read_bytes() == b"x"


@pytest.mark.parametrize("kind", ["progress", "text", "mask", "answer"])
def test_a_cancelled_run_writes_nothing(script: Script, scene_path: Path, tmp_path: Path, kind: str) -> None:
    script.pieces = ["Water ", seg(1, "water", WATER)]
    sink = Sink(stop=lambda event: event.event == kind)
    request = protocol.AskRequest(
        question="Water?", optical=str(scene_path), out=str(tmp_path / "a.gpkg"), picture=str(tmp_path / "a.png")
    )
    with pytest.raises(Cancelled):
        pipeline.analyse(request, script.model, sink)
    assert list(tmp_path.iterdir()) == []
    assert not sink.of("done")


@pytest.mark.parametrize("failing", ["geopackage", "picture"])
def test_a_failed_write_leaves_the_old_results(
    script: Script, scene_path: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, failing: str
) -> None:
    def full(path: Path, *_: object) -> None:
        Path(path).write_bytes(b"half")
        raise OSError(28, "No space left on device")

    names = {"a.gpkg", "a.png"}
    if failing == "picture":
        monkeypatch.setattr(pipeline, "write_picture", full)
    else:
        names.add("a.gpkg-wal")  # as when another program has it open
    script.pieces = ["Water ", seg(1, "water", WATER)]
    for name in names:
        (tmp_path / name).write_bytes(b"old")
    with pytest.raises(OutputError):
        ask(script, scene_path, "Water?", out=str(tmp_path / "a.gpkg"), picture=str(tmp_path / "a.png"))
    assert {path.name: path.read_bytes() for path in tmp_path.iterdir()} == dict.fromkeys(names, b"old")


def test_an_older_result_is_replaced(script: Script, scene_path: Path, tmp_path: Path) -> None:
    out = tmp_path / "run.gpkg"
    script.pieces = ["Water ", seg(1, "water", WATER)]
    ask(script, scene_path, "Water?", out=str(out))
    script.pieces = ["Town ", seg(1, "built-up", TOWN)]
    ask(script, scene_path, "Town?", out=str(out))
    layers = {name for name, _ in pyogrio.list_layers(out)}
    assert "step_01_built_up" in layers
    assert "step_01_water" not in layers


# From here on: real weights. The golden checkpoint says what it was trained to say about its own picture.


@pytest.fixture(scope="module")
def golden(golden_folder: Path) -> TerraScope:
    return Keeper("cpu").get(str(golden_folder))


def test_a_real_model_end_to_end(golden: TerraScope, golden_scene: Path, tmp_path: Path) -> None:
    sink, out = Sink(), tmp_path / "run.gpkg"
    request = protocol.AskRequest(
        question=GOLDEN_QUESTION, optical=str(golden_scene), profile="published", out=str(out),
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
        question=GOLDEN_QUESTION, optical=str(golden_scene), profile="published", out=str(tmp_path / "run.gpkg")
    )
    with pytest.raises(TerraScopeError, match="Cancelled"):
        pipeline.analyse(request, golden, sink)
    assert len(sink.of("text")) == 1
    assert list(tmp_path.iterdir()) == []


def test_the_bundled_model_answers(nano_folder: Path, scene_path: Path, tmp_path: Path) -> None:
    sink, out = Sink(), tmp_path / "run.gpkg"
    request = protocol.AskRequest(question="How many hectares of water?", optical=str(scene_path), out=str(out))
    pipeline.analyse(request, Keeper("cpu").get(str(nano_folder)), sink)
    assert sink.report.answer
    assert sink.report.steps
    assert sink.report.measured is True
    assert sum(1 for event in sink.of("text") if event.kind == "measured") == len(sink.report.steps)
    assert out.is_file()
