from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from qgis.core import QgsCoordinateReferenceSystem, QgsRasterLayer, QgsRectangle
from qgis.PyQt.QtCore import QDate

from terrascope_qgis.client.protocol import DateInput
from terrascope_qgis.core.choices import Choices
from terrascope_qgis.core.layers import group_name
from terrascope_qgis.core.request import MAX_DATES, Acquisition, ask_request, crs_text, in_order, new_run
from terrascope_qgis.errors import AnalysisError, TerraScopeError
from terrascope_qgis.settings import Settings


def test_a_request_says_what_was_chosen(scene: QgsRasterLayer, settings: Settings, tmp_path: Path) -> None:
    settings.profile, settings.tier = "published", "int8"
    request = ask_request(
        "  Is there water?\n",
        [Acquisition(scene)],
        settings,
        extent=QgsRectangle(1, 2, 3, 4),
        extent_crs=QgsCoordinateReferenceSystem("EPSG:4326"),
        picture=tmp_path / "evidence.png",
    )
    assert request.question == "Is there water?"
    assert request.extent == (1, 2, 3, 4)
    assert request.extent_crs == "EPSG:4326"
    assert request.profile == "published"
    assert request.tier == "int8"
    assert Path(request.out).parent == tmp_path / "runs"
    assert request.picture == str(tmp_path / "evidence.png")


def test_a_canvas_without_crs_shows_the_scene_s(scene: QgsRasterLayer, settings: Settings) -> None:
    nowhere = QgsCoordinateReferenceSystem()
    request = ask_request("q", [Acquisition(scene)], settings, extent=QgsRectangle(1, 2, 3, 4), extent_crs=nowhere)
    assert request.extent_crs == "EPSG:32633"


def test_an_empty_extent_is_the_whole_scene(scene: QgsRasterLayer, settings: Settings) -> None:
    request = ask_request("q", [Acquisition(scene)], settings, extent=QgsRectangle(), extent_crs=scene.crs())
    assert request.extent is None
    assert request.extent_crs is None


def test_a_crs_without_a_code_is_sent_as_wkt(qgis_app: object) -> None:
    own = QgsCoordinateReferenceSystem.fromProj("+proj=laea +lat_0=12.5 +lon_0=3.25 +ellps=GRS80")
    assert crs_text(own).startswith("PROJCRS[")
    assert QgsCoordinateReferenceSystem.fromWkt(crs_text(own)) == own


@pytest.mark.parametrize(("question", "has_scene"), [("", True), ("q", False)])
def test_what_is_missing_is_said(scene: QgsRasterLayer, settings: Settings, question: str, has_scene: bool) -> None:
    with pytest.raises(AnalysisError, match="There is no"):
        ask_request(question, [Acquisition(scene if has_scene else None)], settings)


def test_dates_go_out_in_the_order_of_their_days(
    scene: QgsRasterLayer, radar: QgsRasterLayer, settings: Settings, tmp_path: Path
) -> None:
    folder = tmp_path / "S2A_MSIL2A_20170101T100000.SAFE"
    folder.mkdir()
    later = Acquisition(scene, radar, None, QDate(2018, 3, 30))
    earlier = Acquisition(str(folder), day=QDate(2017, 1, 1))
    choices = Choices("sentinel-2", "sentinel-1-db", "shift", "concat", "ignore", "per_window", 0.5)
    request = ask_request("q", [later, earlier], settings, choices=choices)
    assert [date.date for date in request.dates] == ["2017-01-01", "2018-03-30"]
    assert request.dates[0] == DateInput(optical=str(folder), date="2017-01-01")
    assert request.dates[1].sar.endswith("S1A_IW_20170605.tif")
    assert (request.sensor, request.sar_sensor, request.on_offset) == ("sentinel-2", "sentinel-1-db", "shift")
    assert (request.fusion, request.clouds) == ("concat", "ignore")
    assert (request.large, request.minimum_area_ha) == ("per_window", 0.5)


def test_radar_alone_is_a_date(radar: QgsRasterLayer, settings: Settings) -> None:
    request = ask_request("q", [Acquisition(None, radar)], settings, extent=QgsRectangle(1, 2, 3, 4))
    assert request.dates[0].optical is None
    assert request.extent_crs == "EPSG:32633"


@given(st.lists(st.one_of(st.none(), st.dates(date(1972, 7, 23), date(2030, 1, 1))), max_size=8))
def test_only_known_days_change_the_order(days: list[date | None]) -> None:
    dates = [Acquisition(str(number), day=day and QDate(day)) for number, day in enumerate(days)]
    ordered = in_order(dates)
    assert sorted(map(id, ordered)) == sorted(map(id, dates))
    if None in days:
        assert ordered == dates
    else:
        assert [one.day.toPyDate() for one in ordered] == sorted(days)


def test_dates_that_cannot_be_asked_about_are_refused(
    scene: QgsRasterLayer, radar: QgsRasterLayer, settings: Settings, scene_path: Path, tmp_path: Path
) -> None:
    for dates, words in (
        ([Acquisition(scene), Acquisition(clouds=radar)], "Date 2 has no scene"),
        ([Acquisition(scene), Acquisition(str(scene_path))], f"{scene_path.name} is chosen twice"),
        ([Acquisition(scene), *[Acquisition(radar)] * MAX_DATES], "choose up to 8"),
        ([Acquisition(str(tmp_path / "gone"))], "There is nothing at"),
    ):
        with pytest.raises(TerraScopeError, match=words):
            ask_request("q", dates, settings)
    assert not Path(settings.runs_folder).exists()


def test_a_folder_that_cannot_be_made_is_said(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way")
    with pytest.raises(TerraScopeError, match="cannot be made"):
        new_run(tmp_path / "file" / "runs", "q")


@given(st.text(max_size=300))
def test_any_question_makes_a_file_name_and_a_group_name(tmp_path_factory: pytest.TempPathFactory, text: str) -> None:
    folder = tmp_path_factory.getbasetemp() / "names"
    path = new_run(folder, text)
    assert path.parent == folder
    assert path.name.isascii()
    assert len(path.name) < 90
    assert len(group_name(text)) <= 80
    assert "\n" not in group_name(text)
