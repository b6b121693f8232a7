"""The rows of dates in the dock: what is revealed, in which order, and what comes of it."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
from pytestqt.qtbot import QtBot
from qgis.core import QgsProject, QgsRasterLayer
from qgis.PyQt.QtCore import QDate, Qt
from qgis.PyQt.QtWidgets import QLabel, QWidget

from terrascope_qgis.core.request import MAX_DATES, Acquisition
from terrascope_qgis.gui.dates_form import DatesForm

BANDS = ("B02", "B03", "B04", "B08")


@pytest.fixture
def form(scene: QgsRasterLayer, qtbot: QtBot) -> DatesForm:
    """The form with the scene in it."""
    form = DatesForm()
    qtbot.addWidget(form)
    form.set_dates([Acquisition(scene)])
    form.resize(360, 400)
    form.show()
    return form


@pytest.fixture
def layer(write_raster: Callable[..., None], tmp_path: Path) -> Callable[[str], QgsRasterLayer]:
    """Makes layers of the project, by name."""

    def make(name: str, bands: tuple[str, ...] = BANDS) -> QgsRasterLayer:
        write_raster(tmp_path / f"{name}.tif", np.ones((len(bands), 16, 16), np.uint16), bands, epsg=32633)
        return QgsProject.instance().addMapLayer(QgsRasterLayer(str(tmp_path / f"{name}.tif"), name))

    return make


def words(form: QWidget) -> str:
    return " ".join(label.text() for label in form.findChildren(QLabel) if label.isVisibleTo(form))


def test_one_date_is_a_scene_and_nothing_more(form: DatesForm, scene: QgsRasterLayer) -> None:
    assert form.dates() == [Acquisition(scene)]
    assert words(form) == "Scene"
    assert not form.rows[0].day.isVisibleTo(form)
    assert form.title() == "lake and town"


def test_sar_is_revealed_with_a_radar_layer_and_goes_again(
    form: DatesForm, scene: QgsRasterLayer, radar: QgsRasterLayer
) -> None:
    form.add_sar_button.click()
    assert form.dates() == [Acquisition(scene, radar)]
    assert form.title() == "lake and town + SAR"
    assert not form.add_sar_button.isEnabled()
    form.rows[0]._remove_sar.click()
    assert form.dates() == [Acquisition(scene)]
    assert words(form) == "Scene"


def test_a_radar_layer_is_asked_as_radar_alone_and_the_user_has_the_last_word(
    form: DatesForm, radar: QgsRasterLayer, layer: Callable[..., QgsRasterLayer]
) -> None:
    row = form.rows[0]
    form.set_dates([Acquisition(radar)])
    assert form.dates() == [Acquisition(None, radar, None, QDate(2017, 6, 5))]
    assert "radar is read as radar" in words(form)
    row.radar.trigger()
    assert form.dates()[0].optical is radar
    assert "read as radar" not in words(form)
    unnamed = layer("two_bands", ("", ""))
    form.set_dates([Acquisition(None, unnamed)])
    assert form.dates() == [Acquisition(None, unnamed)]


def test_a_scene_that_becomes_radar_has_no_sar_beside_it(form: DatesForm, radar: QgsRasterLayer) -> None:
    form.add_sar_button.click()
    form.rows[0].radar.trigger()
    assert form.rows[0].sar is None
    assert not form.add_sar_button.isEnabled()


def test_dates_sort_by_their_days(
    form: DatesForm, scene: QgsRasterLayer, layer: Callable[..., QgsRasterLayer], qtbot: QtBot
) -> None:
    late, early = layer("b_2018-03-30"), layer("a_2017-06-04")
    form.add_date(Acquisition(late))
    form.add_date(Acquisition(early))
    assert [date.optical for date in form.dates()] == [scene, late, early]  # a day is not known
    assert "A day is unknown" in words(form)
    day = form.rows[0].day
    assert day.placeholderText() == "unknown"
    qtbot.keyClicks(day, "2017-12-24")
    qtbot.keyClick(day, Qt.Key.Key_Return)
    assert [date.optical for date in form.dates()] == [early, scene, late]
    form.layout().activate()
    tops = [row.scene.mapTo(form, row.scene.rect().topLeft()).y() for row in form.rows]
    assert tops == sorted(tops)
    assert "unknown" not in words(form)
    assert form.title() == "3 dates · 2017-06-04 – 2018-03-30"


def test_a_day_of_one_s_own_outlives_another_layer(form: DatesForm, layer: Callable[..., QgsRasterLayer]) -> None:
    one, other = layer("a_2017-06-04"), layer("b_2018-03-30")
    row = form.rows[0]
    row.scene.set_raster(one)
    assert row.date().day == QDate(2017, 6, 4)
    row.scene.set_raster(other)
    assert row.date().day == QDate(2018, 3, 30)
    row.set_day(QDate(2016, 1, 1))
    row.scene.set_raster(one)
    assert row.date().day == QDate(2016, 1, 1)


def test_what_is_no_day_gives_way(form: DatesForm, qtbot: QtBot) -> None:
    day = form.rows[0].day
    day.set_day(QDate(2017, 6, 4))
    day.selectAll()
    qtbot.keyClicks(day, "2017-02-31")
    with qtbot.assertNotEmitted(day.chosen):
        qtbot.keyClick(day, Qt.Key.Key_Return)
    assert day.text() == "2017-06-04"
    day.clear()
    qtbot.keyClick(day, Qt.Key.Key_Return)
    assert day.day() is None


def test_a_new_row_offers_a_layer_that_is_not_chosen_yet(
    form: DatesForm, scene: QgsRasterLayer, layer: Callable[..., QgsRasterLayer]
) -> None:
    other = layer("other")
    form.add_date_button.click()
    assert [date.optical for date in form.dates()] == [scene, other]
    form.add_date_button.click()
    assert form.dates()[2].first is None
    form.rows[1].remove_button.click()
    form.rows[1].remove_button.click()
    assert form.dates() == [Acquisition(scene)]


def test_dates_that_are_set_leave_nothing_of_those_before(
    form: DatesForm, scene: QgsRasterLayer, radar: QgsRasterLayer
) -> None:
    first = Acquisition(scene, radar, radar, QDate(2017, 6, 4))
    form.set_dates([first, Acquisition(radar)])
    assert form.dates()[0] == first
    form.set_dates([Acquisition(scene)])
    assert form.dates() == [Acquisition(scene)]


def test_there_are_no_more_rows_than_dates_can_be_asked_about(form: DatesForm) -> None:
    for _ in range(MAX_DATES + 3):
        form.add_date_button.click()
    assert len(form.rows) == MAX_DATES
    assert not form.add_date_button.isEnabled()


def test_folders_and_files_outside_the_project(form: DatesForm, tmp_path: Path, scene: QgsRasterLayer) -> None:
    folder = tmp_path / "S2A_MSIL2A_20170810T101031.SAFE"
    folder.mkdir()
    row = form.rows[0]
    row.scene.set_raster(str(folder))
    assert form.dates() == [Acquisition(str(folder), day=QDate(2017, 8, 10))]
    assert row.scene.combo.currentText() == folder.name
    assert row.scene.combo.toolTip() == str(folder)
    row.scene.set_raster(scene)
    assert form.dates() == [Acquisition(scene)]


def test_everything_is_reached_by_the_tab_key_in_the_order_it_stands_there(
    form: DatesForm, radar: QgsRasterLayer, layer: Callable[..., QgsRasterLayer]
) -> None:
    form.add_date(Acquisition(layer("b_2018-03-30"), radar, radar))
    first, second = form.rows
    wanted = [
        first.day, first.scene.combo, first.remove_button, second.day, second.scene.combo, second.remove_button,
        second.sar.combo, second.clouds.combo, form.add_sar_button, form.add_date_button,
    ]  # fmt: skip
    visited, widget = [], first.day
    for _ in range(100):
        if widget in wanted and widget not in visited:
            visited.append(widget)
        widget = widget.nextInFocusChain()
    assert visited == wanted
    for widget in wanted[:8]:
        assert widget.accessibleName()


def test_it_stays_narrow(form: DatesForm, radar: QgsRasterLayer, layer: Callable[..., QgsRasterLayer]) -> None:
    name = "a_very_long_name_of_a_scene_that_nobody_should_have_to_read_2018-03-30"
    form.add_date(Acquisition(layer(name), radar, radar))
    assert form.minimumSizeHint().width() <= 330
