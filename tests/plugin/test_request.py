from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from qgis.core import QgsCoordinateReferenceSystem, QgsRasterLayer, QgsRectangle

from terrascope_qgis.core.figures import data_size, hectares, in_unit, metres, percent
from terrascope_qgis.core.layers import group_name
from terrascope_qgis.core.request import ask_request, crs_text, new_run
from terrascope_qgis.errors import AnalysisError, TerraScopeError
from terrascope_qgis.settings import Settings


def test_a_request_says_what_was_chosen(scene: QgsRasterLayer, settings: Settings, tmp_path: Path) -> None:
    settings.profile, settings.tier = "published", "int8"
    request = ask_request(
        "  Is there water?\n",
        scene,
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
    request = ask_request("q", scene, settings, extent=QgsRectangle(1, 2, 3, 4), extent_crs=nowhere)
    assert request.extent_crs == "EPSG:32633"


def test_an_empty_extent_is_the_whole_scene(scene: QgsRasterLayer, settings: Settings) -> None:
    request = ask_request("q", scene, settings, extent=QgsRectangle(), extent_crs=scene.crs())
    assert request.extent is None
    assert request.extent_crs is None


def test_a_crs_without_a_code_is_sent_as_wkt(qgis_app: object) -> None:
    own = QgsCoordinateReferenceSystem.fromProj("+proj=laea +lat_0=12.5 +lon_0=3.25 +ellps=GRS80")
    assert crs_text(own).startswith("PROJCRS[")
    assert QgsCoordinateReferenceSystem.fromWkt(crs_text(own)) == own


@pytest.mark.parametrize(("question", "has_scene"), [("", True), ("q", False)])
def test_what_is_missing_is_said(scene: QgsRasterLayer, settings: Settings, question: str, has_scene: bool) -> None:
    with pytest.raises(AnalysisError, match="There is no"):
        ask_request(question, scene if has_scene else None, settings)


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


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        (hectares(0.1234), "0.12 ha"),
        (hectares(85.24, 1.31), "85.2 ± 1.3 ha"),
        (hectares(12345.6), "12,346 ha"),
        (metres(0), "0.0 m"),
        (metres(587.3), "587 m"),
        (metres(12_345), "12.3 km"),
        (percent(0.02), "< 0.1 %"),
        (percent(0), "0.0 %"),
        (in_unit(63.583, "ha"), "63.58 ha"),
        (data_size(0), "0 B"),
        (data_size(999), "999 B"),
        (data_size(11_225_764), "11.2 MB"),
        (data_size(250_000_000), "250 MB"),
        (data_size(999_960_000), "1.0 GB"),
        (data_size(16_400_000_000), "16.4 GB"),
        (in_unit(12_345.6, "m2"), "12,346 m²"),
    ],
)
def test_figures_are_written_for_people(written: str, meant: str) -> None:
    assert written == meant
