"""What is marked is measured, related, compared, and told."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pyogrio
import pytest

from model_runtime import protocol
from model_runtime.answering import thinking
from model_runtime.answering.run import Run
from model_runtime.scene_memory import Place
from tests.runtime.conftest import write_rgb
from tests.runtime.script import NOTHING, SHAPE, TOWN, WATER, Script, ask, seg, two_dates
from tests.runtime.sink import Sink


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


def test_what_was_chosen_of_which_sensor_is_told_by_pixel(fusing: Script, scene_path: Path, radar_path: Path) -> None:
    first = np.array([[1, 0], [0, 0]], np.uint8)
    second = np.array([[2, 2], [0, 0]], np.uint8)
    fusing.pieces = [seg(1, "water", WATER, modality=first), seg(2, "town", TOWN, modality=second)]
    request = protocol.AskRequest(question="?", dates=[{"optical": str(scene_path), "sar": str(radar_path)}])
    run = Run(request, fusing.model, Sink(), Place("", ()))
    run.look()
    assert list(thinking.think(run)) == []
    ((image, rows),) = run.findings.modalities()
    assert image == 1
    chosen = rows[:]
    assert (chosen[:30] == 2).all()  # the later step's choice stands
    assert not chosen[30:].any()


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
