"""The corridor: what is asked for is measured, told, written whole or not at all."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path
from types import SimpleNamespace
from typing import TYPE_CHECKING, Any

import numpy as np
import pyogrio
import pytest

from model_runtime import pipeline, protocol
from model_runtime.errors import Cancelled, NotEnoughMemory, OutputError, RequestError, SceneError, TerraScopeError
from model_runtime.model.reasoner import Clouds, Encoded, Finished, Noted, Said, SegStep
from model_runtime.model_store.keeper import Keeper
from model_runtime.scene_memory import Place
from tests.runtime.sink import Sink

from .conftest import GOLDEN_QUESTION, write_mask, write_radar, write_rgb

if TYPE_CHECKING:
    from model_runtime.model.profile import ReasoningProfile
    from model_runtime.model.terrascope import TerraScope

SHAPE = (60, 80)
WATER = np.zeros(SHAPE, bool)
WATER[10:20, 10:30] = True
TOWN = np.zeros(SHAPE, bool)
TOWN[10:20, 53:60] = True  # 23 pixels of 10 m east of the water
NOTHING = np.zeros(SHAPE, bool)


def seg(index: int, phrase: str, mask: np.ndarray, image: int = 1, **sensors: object) -> SegStep:
    log_odds = np.where(mask, np.float16(9), np.float16(-9))
    return SegStep(index, phrase, image, mask, 0.9, 8, np.arange(8), None, None, log_odds, **sensors)


class Script:
    """Stands in for the words of a model, so that the masks are known: says, marks, and asks for measures.

    `clouds` are the masks it finds where it is asked to look for them, by image.
    """

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.pieces: list[str | SegStep | Noted] = []
        self.clouds: dict[int, np.ndarray] = {}
        self.clouds_of: list[int] = []
        self.fusion = ""
        self.answer = "Yes"
        self.told: list[str] = []
        self.images: list = []
        self.lessons: object = None
        self.model = SimpleNamespace(
            config=SimpleNamespace(measured_default=True, input_bands=("red", "green", "blue")),
            info=lambda: {"name": "script", "revision": "1", "sha256": "0", "parameters": 1, "quality": ""},
        )
        monkeypatch.setattr(pipeline, "reason", self._reason)

    def _reason(
        self,
        _: object,
        images: list,
        question: str,
        profile: ReasoningProfile,
        **how: Any,  # noqa: ANN401
    ) -> Iterator:
        self.question, self.earlier = question, how["earlier"]
        self.images, self.fusion, self.clouds_of = images, profile.fusion, how["clouds_of"]
        self.lessons = how["lessons"]
        for number in range(len(images)):
            yield Encoded("vision", number / len(images))
            yield Encoded("grounding", number / len(images))
        yield Encoded("prefill", 0.0)
        yield from (Clouds(image, self.clouds[image]) for image in self.clouds_of if image in self.clouds)
        for piece in self.pieces:
            if how["cancelled"]():
                raise Cancelled
            if isinstance(piece, str):
                yield Said(piece, "reasoning")
                continue
            yield piece
            if profile.measured and isinstance(piece, SegStep):
                self.told.append(how["measure"](piece))
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


def dates(*given: Path | protocol.DateInput) -> list[protocol.DateInput]:
    """Dates of which paths are optical images."""
    return [one if isinstance(one, protocol.DateInput) else protocol.DateInput(optical=str(one)) for one in given]


def ask(
    script: Script, scene: Path | protocol.DateInput, question: str, *later: Path | protocol.DateInput, **fields: object
) -> Sink:
    sink = Sink()
    request = protocol.AskRequest(question=question, dates=dates(scene, *later), **fields)
    pipeline.analyse(request, script.model, sink)
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


@pytest.mark.parametrize(
    ("question", "told"),
    [
        ("How many lakes are there?", ["4.2 %, 2 ha; 1 part", "1.5 %, 0.7 ha; 1 part"]),
        ("Where is the water?", ["4.2 %, 2 ha; in the north-west", "1.5 %, 0.7 ha; in the north-east"]),
        ("How many square metres of water are there?", ["4.2 %, 2 ha, 20016 m2", "1.5 %, 0.7 ha, 7006 m2"]),
        (
            "How much of the town is within 255 m of the water?",
            ["4.2 %, 2 ha", "1.5 %, 0.7 ha; 230 m from water, no contact, 42.9 % within 255 m"],
        ),
        (
            "In which direction from the water is the town?",
            ["4.2 %, 2 ha", "1.5 %, 0.7 ha; 230 m from water, no contact, east of it"],
        ),
        (
            "Is the town enclosed by water?",
            ["4.2 %, 2 ha", "1.5 %, 0.7 ha; 230 m from water, no contact, 0 % of its edge"],
        ),
    ],
)
def test_what_a_question_asks_for_is_told(script: Script, scene_path: Path, question: str, told: list[str]) -> None:
    script.pieces = ["Water ", seg(1, "water", WATER), " town ", seg(2, "built-up", TOWN)]
    ask(script, scene_path, question)
    assert script.told == told


def test_a_share_within_a_reach_is_held_against_that_measure(script: Script, scene_path: Path) -> None:
    script.pieces = ["Water ", seg(1, "water", WATER), " town ", seg(2, "built-up", TOWN)]
    script.answer = "42.9 % of it lies within 255 m"
    (claim,) = ask(script, scene_path, "How much of the town is within 255 m of the water?").report.claims
    assert (claim.text, claim.agrees) == ("42.9 %", True)
    script.answer = "1.5 %"
    (claim,) = ask(script, scene_path, "How much of the town is within 255 m of the water?").report.claims
    assert claim.agrees is False


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
    assert sink.report.scene.asked_area_ha == pytest.approx(sink.report.scene.valid_area_ha)


def test_what_has_no_data_was_asked_about_all_the_same(script: Script, tmp_path: Path) -> None:
    rgb = np.full((*SHAPE, 3), 90, np.uint8)
    rgb[:, 60:] = 0
    write_rgb(tmp_path / "gap.tif", rgb)
    script.pieces = ["Water ", seg(1, "water", WATER)]
    area = ask(script, tmp_path / "gap.tif", "How much water?").report.scene
    assert area.asked_area_ha == pytest.approx(area.valid_area_ha * 80 / 60, rel=1e-4)


def test_an_extent_shifts_the_grid(script: Script, scene_path: Path) -> None:
    script.pieces = ["Water ", seg(1, "water", WATER[5:25, 5:45])]
    sink = ask(script, scene_path, "How much water?", extent=(500_050, 1_999_750, 500_450, 1_999_950))
    assert sink.report.steps[0].bounds == (500_100, 1_999_800, 500_300, 1_999_900)
    assert script.images[0].rgb.shape == (20, 40, 3)


def two_dates(
    script: Script, scene: Path, folder: Path, masks: dict[str, tuple[np.ndarray, np.ndarray]], **fields: object
) -> Sink:
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
    return ask(script, scene, "What changed?", later, out=str(out), picture=str(picture), **fields)


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


def test_parts_below_the_minimum_mapping_unit_are_left_out_of_masks_and_changes(
    script: Script, scene_path: Path, tmp_path: Path
) -> None:
    specks = WATER.copy()
    specks[30:33, 5:8] = specks[40, 40] = True  # 0.09 ha and 0.01 ha
    flood = WATER.copy()
    flood[50:53, 30:34] = True  # 0.12 ha
    first, second = (
        two_dates(script, scene_path, tmp_path, {"water": (specks, flood)}, minimum_area_ha=unit).report
        for unit in (0.0, 0.1)
    )
    assert [step.pixels for step in first.steps] == [210, 212]
    assert [step.pixels for step in second.steps] == [200, 212]
    assert second.minimum_area_ha == 0.1
    assert (first.changes[0].objects_earlier, second.changes[0].objects_earlier) == (3, 1)
    assert second.changes[0].lost_ha == 0
    assert second.changes[0].gained_ha == pytest.approx(0.12, rel=2e-3)
    assert len(pyogrio.read_dataframe(tmp_path / "run.gpkg", layer="step_01_water")) == 1


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
    sink = ask(script, scene_path, "How did the water change between the dates?", later)
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
    sink = ask(script, scene_path, "Change?", later)
    assert [image.rgb.shape for image in script.images] == [(60, 80, 3)] * 2
    assert {step.pixels for step in sink.report.steps} == {60 * 60}  # only what both show
    told = [warning for warning in sink.report.warnings if "later.tif" in warning]
    assert len(told) == 3 and "resampled bilinearly" in told[0] and "covers 75.0 %" in told[1]
    assert "is not known, so the order given is taken for the order of time" in told[2]


def test_a_second_date_that_lies_off_is_refused_or_moved_as_asked(script: Script, tmp_path: Path) -> None:
    land = np.random.default_rng(0).integers(40, 200, (30, 40)).repeat(4, 0).repeat(4, 1).astype(np.uint8)
    first, later = tmp_path / "first.tif", tmp_path / "later.tif"
    write_rgb(first, np.stack([land] * 3, -1))
    write_rgb(later, np.stack([np.roll(land, 5, 1)] * 3, -1))
    script.pieces = ["Image: 1 land ", seg(1, "land", np.ones(land.shape, bool))]
    with pytest.raises(SceneError, match="about 50 m .* too far to compare"):
        ask(script, first, "Change?", later)
    sink = ask(script, first, "Change?", later, on_offset="shift")
    assert any("was moved to fit" in warning for warning in sink.report.warnings)
    moved = script.images[1].rgb[20:-20, 20:-20].astype(int)
    assert np.abs(moved - script.images[0].rgb[20:-20, 20:-20]).mean() < 8


def test_a_second_date_of_another_place_is_refused(script: Script, scene_path: Path, tmp_path: Path) -> None:
    later = tmp_path / "later.tif"
    write_rgb(later, np.full((60, 80, 3), 90, np.uint8), west=600_000)
    with pytest.raises(SceneError, match="do not overlap: choose images of one place"):
        ask(script, scene_path, "Change?", later)


@pytest.fixture(scope="module")
def radar_path(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("radar") / "S1_20200105.tif"
    write_radar(path, np.random.default_rng(2).normal(-14, 3, (2, *SHAPE)))
    return path


@pytest.fixture
def fusing(script: Script) -> Script:
    """A model that takes radar beside optical bands."""
    script.model.config.input_bands = ("red", "green", "blue", "vv", "vh")
    return script


def test_both_sensors_of_a_date_reach_the_model_on_one_grid(
    fusing: Script, scene_path: Path, radar_path: Path, tmp_path: Path
) -> None:
    chosen = np.array([[1, 1, 2, 2], [0, 0, 0, 2], [0, 0, 0, 0]], np.uint8)
    fusing.pieces = ["water ", seg(1, "water", WATER, sar_share=0.25, modality=chosen)]
    date = protocol.DateInput(optical=str(scene_path), sar=str(radar_path))
    sink = ask(fusing, date, "Water?", fusion="concat", out=str(tmp_path / "run.gpkg"))
    (image,) = fusing.images
    assert (image.roles, image.sar.roles) == (("red", "green", "blue"), ("vv", "vh"))
    assert image.sar.bands.shape == (2, *SHAPE)
    assert fusing.fusion == "concat"
    assert fusing.clouds_of == []  # radar sees through them
    report = sink.report
    assert (report.steps[0].tokens, report.steps[0].sar_share, report.fusion) == (8, 0.25, "concat")
    (info,) = report.dates
    assert (info.optical.bands, info.sar.bands) == ({"red": 1, "green": 2, "blue": 3}, {"vv": 1, "vh": 2})
    assert info.sar.sensor == "Sentinel-1"
    assert info.date == "2020-01-05"  # as the radar image's name tells


def test_what_was_chosen_of_which_sensor_is_told_by_pixel(fusing: Script, scene_path: Path, radar_path: Path) -> None:
    first = np.array([[1, 0], [0, 0]], np.uint8)
    second = np.array([[2, 2], [0, 0]], np.uint8)
    fusing.pieces = [seg(1, "water", WATER, modality=first), seg(2, "town", TOWN, modality=second)]
    request = protocol.AskRequest(question="?", dates=[{"optical": str(scene_path), "sar": str(radar_path)}])
    run = pipeline._Run(request, fusing.model, Sink(), Place("", ()))
    run.look()
    assert list(run.think()) == []
    chosen = run._modality(1)[:]
    assert (chosen[:30] == 2).all()  # the later step's choice stands
    assert not chosen[30:].any()


def test_a_model_takes_radar_alone(fusing: Script, radar_path: Path) -> None:
    fusing.pieces = ["water ", seg(1, "water", WATER)]
    sink = ask(fusing, protocol.DateInput(sar=str(radar_path)), "Water?", fusion="none")
    assert fusing.images[0].roles == ("vv", "vh")
    assert fusing.images[0].sar is None
    assert sink.report.steps[0].pixels == 200
    assert (sink.report.dates[0].optical, sink.report.fusion) == (None, None)


def test_without_fusion_the_radar_image_beside_an_optical_one_is_not_used(
    fusing: Script, scene_path: Path, radar_path: Path
) -> None:
    date = protocol.DateInput(optical=str(scene_path), sar=str(radar_path))
    sink = ask(fusing, date, "Water?", fusion="none")
    assert fusing.images[0].sar is None
    assert fusing.clouds_of == [1]
    assert (sink.report.dates[0].sar, sink.report.fusion, sink.report.warnings) == (None, "none", [])


def test_a_model_without_radar_says_so_and_goes_on_where_it_can(
    script: Script, scene_path: Path, radar_path: Path
) -> None:
    sink = ask(script, protocol.DateInput(optical=str(scene_path), sar=str(radar_path)), "Water?")
    assert sink.report.warnings == ["This model takes no SAR; the SAR image was left out."]
    assert script.images[0].sar is None
    with pytest.raises(SceneError, match=r"'nowhere.tif' does not exist"):
        ask(script, protocol.DateInput(optical=str(scene_path), sar="nowhere.tif"), "Water?")
    with pytest.raises(RequestError, match="image 2 is nothing else; give an optical image"):
        ask(script, scene_path, "Water?", protocol.DateInput(sar=str(radar_path)))


def test_a_model_of_pictures_takes_radar_as_one(script: Script, scene_path: Path, radar_path: Path) -> None:
    script.model.config.input_bands = None  # as the published one
    sink = ask(script, protocol.DateInput(optical=str(scene_path), sar=str(radar_path)), "Water?", profile="published")
    assert script.images[0].sar.rgb.shape == (*SHAPE, 3)
    assert sink.report.fusion == "text_guided"


def test_polarisations_that_the_model_does_not_know_are_refused(fusing: Script, tmp_path: Path) -> None:
    path = tmp_path / "palsar.tif"
    write_radar(path, np.random.default_rng(2).normal(-14, 3, (2, *SHAPE)))
    date = protocol.DateInput(sar=str(path))
    with pytest.raises(RequestError, match="'palsar.tif' holds hh and hv, and this model reads vv and vh; choose"):
        ask(fusing, date, "Water?", sar_bands={"hh": 1, "hv": 2})


def test_three_dates_are_measured_as_a_series(
    fusing: Script, scene_path: Path, radar_path: Path, tmp_path: Path
) -> None:
    last = tmp_path / "last.tif"
    write_rgb(last, np.random.default_rng(3).integers(1, 255, (*SHAPE, 3), dtype=np.uint8))
    masks = (WATER, WATER | TOWN, TOWN)
    fusing.pieces = [seg(i, "water", mask, i) for i, mask in enumerate(masks, 1)]
    days = [
        protocol.DateInput(optical=str(scene_path), date="2019-12-31"),
        protocol.DateInput(sar=str(radar_path)),
        protocol.DateInput(optical=str(last), date="2020-07-01"),
    ]
    sink = ask(fusing, days[0], "How did the water change?", *days[1:])
    report = sink.report
    assert [date.image for date in report.dates] == [1, 2, 3]
    assert [date.date for date in report.dates] == ["2019-12-31", "2020-01-05", "2020-07-01"]
    assert [(found.from_image, found.to_image) for found in report.changes] == [(1, 2), (2, 3)]
    assert [point.image for point in report.series] == [1, 2, 3]
    assert [point.area_ha for point in report.series] == pytest.approx([2, 2.7, 0.7], rel=2e-3)
    assert fusing.clouds_of == [1, 3]
    assert not any("order of time" in told for told in report.warnings)


CLOUDY = np.zeros(SHAPE, bool)
CLOUDY[:15] = True  # the northern quarter, and half of the water and of the town


@pytest.fixture
def clouds_path(tmp_path: Path) -> Path:
    path = tmp_path / "cloud_mask.tif"
    write_mask(path, CLOUDY)
    return path


def test_what_a_layer_hides_is_not_measured(script: Script, scene_path: Path, clouds_path: Path) -> None:
    script.pieces = ["water ", seg(1, "water", WATER), " near town ", seg(2, "town", TOWN), seg(3, "cloud", CLOUDY)]
    sink = ask(script, protocol.DateInput(optical=str(scene_path), clouds=str(clouds_path)), "How far is water?")
    report = sink.report
    water, town, cloud = report.steps
    assert (water.pixels, town.pixels) == (100, 35)
    assert water.coverage_pct == pytest.approx(100 * 100 / (45 * 80))  # of what is seen
    assert (cloud.pixels, cloud.coverage_pct) == (15 * 80, 25)
    assert report.distances[0].distance_m == pytest.approx(230, rel=1e-3)
    (info,) = report.dates
    assert (info.hidden_by, info.hidden_ha) == ("layer", pytest.approx(12, rel=1e-3))
    assert report.scene.valid_pixels == 60 * 80
    (told,) = report.warnings
    assert told.startswith("Image 1: 12 ha (25.0 %) are hidden by clouds (as ")
    assert told.endswith(") and were not measured.")
    assert script.clouds_of == []


def test_the_model_is_asked_where_no_layer_tells(script: Script, scene_path: Path) -> None:
    script.pieces = ["water ", seg(1, "water", WATER)]
    script.clouds = {1: CLOUDY}
    sink = ask(script, scene_path, "Water?")
    assert sink.report.steps[0].pixels == 100
    assert sink.report.dates[0].hidden_by == "model"
    assert sink.report.warnings == [
        "Image 1: 12 ha (25.0 %) are hidden by clouds (as the model itself sees them) and were not measured."
    ]
    fractions = [event.fraction for event in sink.of("progress")]
    assert fractions == sorted(fractions)
    asked = script.clouds_of
    ask(script, scene_path, "Water?", profile="published")
    assert (asked, script.clouds_of) == ([1], [])


def test_specks_that_the_model_takes_for_cloud_are_measured(script: Script, scene_path: Path) -> None:
    specks = np.zeros_like(CLOUDY)
    specks.flat[: CLOUDY.size // 200] = True
    script.pieces = ["water ", seg(1, "water", WATER)]
    script.clouds = {1: specks}
    sink = ask(script, scene_path, "Water?")
    assert (sink.report.steps[0].pixels, sink.report.dates[0].hidden_ha, sink.report.warnings) == (200, 0, [])


def test_clouds_are_measured_through_where_that_is_asked_for(
    script: Script, scene_path: Path, clouds_path: Path
) -> None:
    script.pieces = ["water ", seg(1, "water", WATER)]
    date = protocol.DateInput(optical=str(scene_path), clouds=str(clouds_path))
    sink = ask(script, date, "Water?", clouds="ignore")
    assert (sink.report.steps[0].pixels, sink.report.dates[0].hidden_ha, script.clouds_of) == (200, 0, [])


def test_radar_sees_through_clouds(fusing: Script, scene_path: Path, radar_path: Path, clouds_path: Path) -> None:
    fusing.pieces = ["water ", seg(1, "water", WATER)]
    date = protocol.DateInput(optical=str(scene_path), sar=str(radar_path), clouds=str(clouds_path))
    sink = ask(fusing, date, "Water?")
    assert (sink.report.steps[0].pixels, sink.report.dates[0].hidden_by, fusing.clouds_of) == (200, "", [])


def test_a_change_under_clouds_is_none(script: Script, scene_path: Path, clouds_path: Path, tmp_path: Path) -> None:
    later = tmp_path / "later.tif"
    write_rgb(later, np.random.default_rng(3).integers(1, 255, (*SHAPE, 3), dtype=np.uint8))
    script.pieces = [seg(1, "water", WATER), seg(2, "water", NOTHING, 2), seg(3, "cloud", NOTHING),
                     seg(4, "cloud", CLOUDY, 2)]  # fmt: skip
    sink = ask(script, scene_path, "Change?", protocol.DateInput(optical=str(later), clouds=str(clouds_path)))
    (water,) = sink.report.changes  # that clouds move is none
    assert water.lost_ha == pytest.approx(1, rel=2e-3)
    assert water.compared_ha == pytest.approx(36, rel=2e-3)


def test_a_date_wholly_under_clouds_is_told_and_measures_nothing(
    script: Script, scene_path: Path, tmp_path: Path
) -> None:
    later = tmp_path / "later.tif"
    write_rgb(later, np.random.default_rng(3).integers(1, 255, (*SHAPE, 3), dtype=np.uint8))
    script.pieces = [seg(1, "water", WATER), seg(2, "water", WATER, 2)]
    script.clouds = {2: np.ones(SHAPE, bool)}
    sink = ask(script, scene_path, "How far, and what changed?", later, out=str(tmp_path / "run.gpkg"))
    report = sink.report
    assert report.steps[1].pixels == report.steps[1].coverage_pct == 0
    assert report.dates[1].hidden_ha == pytest.approx(48, rel=1e-3)
    assert any(told.startswith("Image 2 is wholly hidden by clouds (as the model") for told in report.warnings)
    assert any("found only where image 2 has no data or is hidden" in told for told in report.warnings)
    assert (report.changes, report.series) == ([], [])


def test_a_note_of_the_model_is_a_warning(script: Script, scene_path: Path) -> None:
    script.pieces = ["water ", Noted("No image was named; the first was taken."), seg(1, "water", WATER)]
    sink = ask(script, scene_path, "Water?")
    assert sink.report.warnings == ["No image was named; the first was taken."]
    assert len(sink.report.steps) == 1


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


def example(phrase: str, row: int, column: int, **more: object) -> protocol.Example:
    """A click in the middle of a pixel of the scene."""
    return protocol.Example(
        phrase=phrase, wkt=f"POINT ({500_005 + 10 * column} {1_999_995 - 10 * row})", **more
    )  # as `write_rgb` places it


def test_examples_reach_the_model_by_its_own_names_and_on_its_pixels(script: Script, scene_path: Path) -> None:
    script.pieces = ["I mark the trees ", seg(1, "trees", WATER, taught_by="trees")]
    given = [
        example("Forest", 12, 20),
        example("woods", 40, 70, inside=False),
        example("water", 5, 6),
        example("sea", 500, 6),
    ]
    sink = ask(script, scene_path, "How much forest is there?", examples=given)
    shown = [(one.phrase, one.pixels.tolist(), one.inside, one.image) for one in script.lessons.examples]
    assert shown == [
        ("trees", [[12, 20]], True, 0), ("trees", [[40, 70]], False, 0), ("water", [[5, 6]], True, 0),
    ]  # fmt: skip
    assert sink.report.taught == {"trees": 2}
    assert sink.report.examples == given
    said = " ".join(sink.report.warnings)
    assert "1 of 4 examples lie beyond the scene's data" in said
    assert "The mask of trees follows 2 examples" in said
    assert "The examples of water taught no mask" in said


def test_examples_of_two_dates_are_counted_together(script: Script, scene_path: Path, tmp_path: Path) -> None:
    later = tmp_path / "later.tif"
    write_rgb(later, np.random.default_rng(2).integers(1, 255, (*SHAPE, 3), dtype=np.uint8))
    script.pieces = [seg(1, "water", WATER, taught_by="water"), seg(2, "water", WATER, 2, taught_by="water")]
    given = [example("water", 12, 20), example("water", 12, 21, image=2), example("water", 12, 22, image=2)]
    sink = ask(script, scene_path, "Did the water change?", later, examples=given, on_offset="allow")
    assert [one.image for one in script.lessons.examples] == [0, 1, 1]
    assert sink.report.taught == {"water": 3}


@pytest.mark.parametrize(
    ("given", "said"),
    [
        (example("water", 500, 6), "None of the examples lies on the scene's data"),
        (example("water", 5, 6, image=2), "is of image 2, but there is 1"),
        (protocol.Example(phrase="water", wkt="LINESTRING (0 0, 1 1)"), "mark a point or a polygon"),
    ],
)
def test_examples_that_cannot_be_used_are_refused(
    script: Script, scene_path: Path, given: protocol.Example, said: str
) -> None:
    with pytest.raises(RequestError, match=said):
        ask(script, scene_path, "How much water is there?", examples=[given])


def test_without_examples_nothing_is_taught(script: Script, scene_path: Path) -> None:
    sink = ask(script, scene_path, "How much water is there?")
    assert script.lessons is None
    assert sink.report.taught == {}
    assert not sink.report.examples


@pytest.mark.parametrize(
    ("question", "told", "answer"),
    [
        ("By how many hectares do water and built-up area differ?", "; 1.3 ha less than water", "water by 1.3 ha"),
        ("How many points of coverage do they differ by?", "; 2.7 points less than water", "water by 2.7 points"),
        ("Rank built-up area and water, the largest first.", "; from the largest: water, built-up area", ""),
        ("Is the built-up area fragmented?", "; 1 part of 0.7 ha on average", ""),
    ],
)
def test_what_would_have_to_be_calculated_is_told(
    script: Script, scene_path: Path, question: str, told: str, answer: str
) -> None:
    script.pieces = ["The water ", seg(1, "water", WATER), " The built-up area ", seg(2, "built-up area", TOWN)]
    script.answer = answer
    sink = ask(script, scene_path, question)
    assert told in script.told[1]
    assert all(claim.agrees for claim in sink.report.claims)
    assert bool(sink.report.claims) is bool(answer)


def test_over_dates_changes_and_means_are_told(script: Script, scene_path: Path, tmp_path: Path) -> None:
    script.pieces = ["Image: 1 the water ", seg(1, "water", WATER), "Image: 2 the water ", seg(2, "water", TOWN, 2)]
    script.answer = "1.4 ha on average"
    question = "What is the average area of water, and by how much does it differ?"
    write_rgb(tmp_path / "later.tif", np.full((*SHAPE, 3), 9, np.uint8))
    sink = ask(script, scene_path, question, tmp_path / "later.tif")
    assert script.told[1].endswith("; 1.3 ha less than in image 1; mean of 2 images 1.4 ha")
    assert [claim.agrees for claim in sink.report.claims] == [True]


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
    monkeypatch.setattr(pipeline, "_LEAST_ROOM", 1 << 60)
    with pytest.raises(NotEnoughMemory, match="not enough memory for this scene"):
        pipeline.analyse(request, script.model, Sink())
