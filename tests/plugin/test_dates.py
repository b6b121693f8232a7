"""When scenes were taken, and the time in which each map is the latest."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from osgeo import gdal
from qgis.core import (
    Qgis,
    QgsDateTimeRange,
    QgsExpression,
    QgsExpressionContext,
    QgsFeature,
    QgsFields,
    QgsRasterLayer,
    QgsVectorLayer,
)
from qgis.PyQt.QtCore import QDate, QDateTime, Qt, QTime

from terrascope_qgis.client.protocol import DateInfo
from terrascope_qgis.core.dates import acquired, begin_and_end, day_of, days_in, periods
from terrascope_qgis.errors import AnalysisError


@pytest.mark.parametrize(
    ("name", "day"),
    [
        ("S2A_MSIL2A_20170810T101031_N0205_T33UXP_20230101.tif", QDate(2017, 8, 10)),
        ("LC08_L2SP_170066_20200106_20200823_02_T1.tif", QDate(2020, 1, 6)),
        ("m_4109001_nw_16_060_20170827_20171201.tif", QDate(2017, 8, 27)),
        ("place_2017-10-08.tif", QDate(2017, 10, 8)),
        ("20179999_20180326.tif", QDate(2018, 3, 26)),
    ],
)
def test_the_date_of_a_name(name: str, day: QDate) -> None:
    assert acquired("/data/19990101/" + name) == day


@pytest.mark.parametrize(
    "name",
    ["scene.tif", "tile_120171008.tif", "run_20171008123.tif", "20170231.tif", "made_20240101_of_20171008.tif"],
)
def test_a_name_that_does_not_tell(name: str) -> None:
    assert acquired("/data/20171008/" + name) is None


def test_what_the_user_told_qgis_comes_before_tags_and_tags_before_names(
    scene_path: Path, tmp_path: Path, qgis_app: object
) -> None:
    path = str(tmp_path / "scene_20170101.tif")
    gdal.Translate(path, str(scene_path))
    assert day_of(path) == QDate(2017, 1, 1)
    gdal.Translate(path, str(scene_path), metadataOptions=["ACQUISITIONDATETIME=2018-02-02T10:00:00Z"])
    layer = QgsRasterLayer(path, "from 20190303")
    assert day_of(path) == day_of(layer) == QDate(2018, 2, 2)
    moment = QDateTime(QDate(2020, 4, 4), QTime(9, 0), Qt.TimeSpec.UTC)
    layer.temporalProperties().setMode(Qgis.RasterTemporalMode.FixedTemporalRange)
    layer.temporalProperties().setFixedTemporalRange(QgsDateTimeRange(moment, moment))
    layer.temporalProperties().setIsActive(True)
    assert day_of(layer) == QDate(2020, 4, 4)


def test_a_layer_s_name_is_asked_last(scene: QgsRasterLayer) -> None:
    assert day_of(scene) is None
    scene.setName("lake, 2019-03-03")
    assert day_of(scene) == QDate(2019, 3, 3)


def test_days_in_words() -> None:
    assert days_in("", 2) == [None, None]
    assert days_in(" 2017-06-04 ; 2018-03-30", 3) == [QDate(2017, 6, 4), QDate(2018, 3, 30), None]
    assert days_in(";2018-03-30", 2) == [None, QDate(2018, 3, 30)]
    for text, words in (
        ("4 June", "is not a day"),
        ("2017-02-31", "is not a day"),
        ("2017-06-04;2018-03-30", "2 days"),
    ):
        with pytest.raises(AnalysisError, match=words):
            days_in(text, 1)


def infos(days: list[str | None]) -> list[DateInfo]:
    return [DateInfo(image, day, None, None) for image, day in enumerate(days, start=1)]


@given(st.sets(st.dates(date(1972, 7, 23), date(2030, 1, 1)), min_size=2, max_size=8))
def test_periods_follow_one_another_and_the_last_is_open(days: set[date]) -> None:
    found = periods(infos([day.isoformat() for day in sorted(days)]))
    assert list(found) == list(range(1, len(days) + 1))
    assert [one.begin().date().toPyDate() for one in found.values()] == sorted(days)
    for image in range(1, len(days)):
        assert found[image].end() == found[image + 1].begin()
        assert not found[image].includeEnd()
    assert not found[len(days)].end().isValid()


@pytest.mark.parametrize(
    "days",
    [
        ["2017-10-08"],
        ["2017-10-08", None],
        ["2018-03-26", "2017-10-08"],
        ["2018-03-26", "2018-03-26"],
        ["soon", "later"],
    ],
)
def test_no_periods_without_two_dates_in_order(days: list[str | None]) -> None:
    assert periods(infos(days)) == {}


def test_each_change_is_seen_in_the_time_of_its_later_date(qgis_app: object) -> None:
    fields = QgsVectorLayer("Point?field=to_image:integer", "", "memory").fields()
    times = periods(infos(["2017-06-04", "2018-03-30", "2019-01-01"]))

    def moments(image: int) -> list[object]:
        return [evaluated(text, fields, image) for text in begin_and_end(times, "to_image")]

    assert moments(2) == [QDateTime(QDate(2018, 3, 30), QTime(0, 0)), QDateTime(QDate(2019, 1, 1), QTime(0, 0))]
    begin, end = moments(3)
    assert begin.date() == QDate(2019, 1, 1)
    assert end.date().year() == 9999


def evaluated(text: str, fields: QgsFields, image: int) -> object:
    feature = QgsFeature(fields)
    feature["to_image"] = image
    context = QgsExpressionContext()
    context.setFeature(feature)
    context.setFields(fields)
    expression = QgsExpression(text)
    value = expression.evaluate(context)
    assert not expression.hasEvalError(), expression.evalErrorString()
    return value
