"""When scenes were taken, from their file names."""

from __future__ import annotations

import pytest
from qgis.PyQt.QtCore import QDate

from terrascope_qgis.core.dates import acquired, periods


@pytest.mark.parametrize(
    ("name", "day"),
    [
        ("S2A_MSIL2A_20170810T101031_N0205_T33UXP.tif", QDate(2017, 8, 10)),
        ("LC08_L2SP_170066_20200106_20200823_02_T1.tif", QDate(2020, 1, 6)),
        ("place_2017-10-08.tif", QDate(2017, 10, 8)),
        ("20179999_20180326.tif", QDate(2018, 3, 26)),
    ],
)
def test_the_date_of_a_name(name: str, day: QDate) -> None:
    assert acquired("/data/19990101/" + name) == day


@pytest.mark.parametrize("name", ["scene.tif", "tile_120171008.tif", "run_20171008123.tif", "20170231.tif"])
def test_a_name_without_a_date(name: str) -> None:
    assert acquired("/data/20171008/" + name) is None


def test_periods_follow_one_another_and_the_last_is_open() -> None:
    first, second = periods(["a_20171008.tif", "a_20180326.tif"])
    assert first.end() == second.begin()
    assert not first.includeEnd()
    assert first.begin().date() == QDate(2017, 10, 8)
    assert not second.end().isValid()


@pytest.mark.parametrize(
    "names",
    [["a_20171008.tif"], ["a_20171008.tif", "b.tif"], ["a_20180326.tif", "a_20171008.tif"], ["a_20180326.tif"] * 2],
)
def test_no_periods_without_two_dates_in_order(names: list[str]) -> None:
    assert periods(names) == ()
