from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from qgis.core import QgsApplication
from qgis.PyQt.QtCore import QRectF
from qgis.PyQt.QtGui import QColor, QFont, QImage, QPainter, QPalette

from terrascope_qgis.client import protocol
from terrascope_qgis.core.chart_data import Chart, chart_of, round_up
from terrascope_qgis.gui.chart import chart_size, paint_chart

GOLDEN = (Path(__file__).resolve().parents[1] / "data" / "answer.ndjson").read_bytes().splitlines()
REPORT = protocol.read_event(GOLDEN[-1]).report
BLUE, RED = QColor("#1e88e5"), QColor("#e53935")
COLOURS = {1: BLUE, 2: RED, 3: QColor("#4dd0e1"), 4: QColor("#82bbf0")}


@pytest.fixture
def bars() -> Chart:
    """Of the masks of one date."""
    return chart_of(replace(REPORT, series=(), steps=REPORT.steps[:3]), COLOURS)


def painted(chart: Chart, base: str = "#ffffff", text: str = "#000000", ratio: float = 1) -> QImage:
    palette = QPalette()
    palette.setColor(QPalette.ColorRole.Base, QColor(base))
    palette.setColor(QPalette.ColorRole.Text, QColor(text))
    size = chart_size(chart, 320, QFont())
    image = QImage(round(size.width() * ratio), round(size.height() * ratio), QImage.Format.Format_RGB32)
    image.setDevicePixelRatio(ratio)
    image.fill(QColor(base))
    painter = QPainter(image)
    paint_chart(painter, QRectF(0, 0, size.width(), size.height()), chart, palette, QFont())
    painter.end()
    return image


def columns_of(image: QImage, colour: QColor) -> int:
    """In how many columns a colour is."""
    return sum(
        any(image.pixelColor(x, y).name() == colour.name() for y in range(image.height())) for x in range(image.width())
    )


def test_bars_are_the_masks_that_were_found_and_the_largest_is_first(bars: Chart, qgis_app: QgsApplication) -> None:
    assert [bar.name for bar in bars.bars] == ["2 built-up", "1 water"]
    assert bars.lines == ()
    assert bars.limit_ha == 80
    assert bars.sentence == "Area of each mask: 2 built-up 63.8 ± 0.8 ha; 1 water 63.6 ± 1.4 ha."


def test_bars_are_as_long_as_their_hectares(qgis_app: QgsApplication) -> None:
    first, second = (replace(step, area_uncertainty_ha=0.0) for step in REPORT.steps[:2])
    report = replace(REPORT, series=(), steps=(replace(first, area_ha=80.0), replace(second, area_ha=20.0)))
    image = painted(chart_of(report, COLOURS))
    assert columns_of(image, BLUE) == pytest.approx(4 * columns_of(image, RED), abs=6)


def test_a_series_is_a_line_by_the_days_and_said_in_words(qgis_app: QgsApplication) -> None:
    chart = chart_of(REPORT, COLOURS)
    assert chart.bars == ()
    assert [line.name for line in chart.lines] == ["water"]
    assert [(point.when, point.area_ha) for point in chart.lines[0].points] == [(0, 63.58), (1, 70.1)]
    assert chart.days == (("2017-06-04", 0), ("2018-03-30", 1))
    assert "water 2018-03-30 70.1 ± 1.5 ha" in chart.sentence
    assert columns_of(painted(chart), BLUE) > 100


def test_days_are_as_far_apart_as_in_time(qgis_app: QgsApplication) -> None:
    first, last = REPORT.dates
    dates = (first, replace(first, image=2, date="2017-06-14"), replace(last, image=3, date="2017-07-04"))
    point = REPORT.series[0]
    series = tuple(replace(point, image=image) for image in (1, 2, 3))
    report = replace(REPORT, dates=dates, series=series)
    assert [place for _, place in chart_of(report, COLOURS).days] == pytest.approx([0, 1 / 3, 1])
    unknown = (first, replace(dates[1], date=None), dates[2])
    assert [place for _, place in chart_of(replace(report, dates=unknown), COLOURS).days] == [0, 0.5, 1]


def test_without_a_mask_there_is_no_chart(qgis_app: QgsApplication) -> None:
    assert chart_of(replace(REPORT, series=(), steps=REPORT.steps[2:3]), COLOURS) is None


@pytest.mark.parametrize(("base", "text"), [("#ffffff", "#000000"), ("#1e1e1e", "#e8e8e8")])
def test_its_words_have_the_ink_of_the_theme(bars: Chart, qgis_app: QgsApplication, base: str, text: str) -> None:
    image = painted(bars, base, text)
    assert columns_of(image, QColor(text)) > 10
    assert columns_of(image, QColor(base)) == image.width()


def test_it_is_drawn_with_twice_the_pixels_on_a_fine_screen(bars: Chart, qgis_app: QgsApplication) -> None:
    once, twice = painted(bars), painted(bars, ratio=2)
    assert twice.width() == 2 * once.width()
    assert columns_of(twice, BLUE) == pytest.approx(2 * columns_of(once, BLUE), abs=4)


@pytest.mark.parametrize(
    ("value", "limit"), [(63.7, 80), (1, 1), (1.01, 1.5), (0.034, 0.04), (9999, 10_000), (0.5, 0.5)]
)
def test_an_axis_ends_at_a_round_figure(value: float, limit: float) -> None:
    assert round_up(value) == pytest.approx(limit)
