"""Images on one grid, of one sensor or two, at one date or several, and what clouds hide of them."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from model_runtime import protocol
from model_runtime.errors import RequestError, SceneError
from tests.runtime.conftest import write_mask, write_radar, write_rgb
from tests.runtime.script import NOTHING, SHAPE, TOWN, WATER, Script, ask, seg


def test_an_extent_shifts_the_grid(script: Script, scene_path: Path) -> None:
    script.pieces = ["Water ", seg(1, "water", WATER[5:25, 5:45])]
    sink = ask(script, scene_path, "How much water?", extent=(500_050, 1_999_750, 500_450, 1_999_950))
    assert sink.report.steps[0].bounds == (500_100, 1_999_800, 500_300, 1_999_900)
    assert script.images[0].rgb.shape == (20, 40, 3)


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


CLOUDY = np.zeros(SHAPE, bool)
CLOUDY[:15] = True


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
