"""What the chart of an answer shows: a bar for each mask, or a line over the dates for each region."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from qgis.PyQt.QtCore import QCoreApplication
from qgis.PyQt.QtGui import QColor

from ..client.protocol import DateInfo, Report
from .figures import area, day_or_image, hectares
from .units import area_unit, is_us

MOST_BARS = 8
GREY = QColor("#777777")

translate = QCoreApplication.translate


@dataclass(frozen=True)
class Bar:
    """One mask."""

    name: str
    colour: QColor
    area_ha: float
    uncertainty_ha: float


@dataclass(frozen=True)
class Point:
    """One region at one date; `when` runs from 0 (first date) to 1 (last one)."""

    when: float
    area_ha: float
    uncertainty_ha: float


@dataclass(frozen=True)
class Line:
    """One region over the dates."""

    name: str
    colour: QColor
    points: tuple[Point, ...]


@dataclass(frozen=True)
class Chart:
    """Either bars or lines.

    Attributes:
        bars: the largest first.
        lines: in the order of the reasoning.
        days: name and place (0 to 1) of each date, for lines.
        limit_ha: where the axis ends.
        sentence: the same in words.
        in_hectares: the sentence in hectares, where that one is in other units; else empty.
    """

    bars: tuple[Bar, ...]
    lines: tuple[Line, ...]
    days: tuple[tuple[str, float], ...]
    limit_ha: float
    sentence: str
    in_hectares: str = ""


def chart_of(report: Report, colours: Mapping[int, QColor]) -> Chart | None:
    """Lines where there is a series over several dates, else bars; None where no mask was found."""
    lines, days = _lines(report, colours)
    bars = () if lines else _bars(report, colours)
    if not (lines or bars):
        return None
    tops = [bar.area_ha + bar.uncertainty_ha for bar in bars]
    tops += [point.area_ha + point.uncertainty_ha for line in lines for point in line.points]
    factor = area_unit().factor
    in_hectares = _sentence(bars, report, hectares) if is_us() else ""
    return Chart(bars, lines, days, round_up(factor * max(tops)) / factor, _sentence(bars, report, area), in_hectares)


def round_up(value: float) -> float:
    """The next of 1, 1.5, 2, 3, 4, 5, 6, 8, 10 times a power of ten: where an axis can end."""
    power = 1.0
    while power * 10 <= value:
        power *= 10
    while power > value > 0:
        power /= 10
    return next(step * power for step in (1, 1.5, 2, 3, 4, 5, 6, 8, 10) if step * power >= value * (1 - 1e-9))


def _bars(report: Report, colours: Mapping[int, QColor]) -> tuple[Bar, ...]:
    bars = [
        Bar(f"{step.index} {step.phrase}", colours.get(step.index, GREY), step.area_ha, step.area_uncertainty_ha)
        for step in report.steps
        if step.pixels
    ]
    return tuple(sorted(bars, key=lambda bar: -bar.area_ha)[:MOST_BARS])


def _lines(report: Report, colours: Mapping[int, QColor]) -> tuple[tuple[Line, ...], tuple[tuple[str, float], ...]]:
    images = sorted({point.image for point in report.series})
    if len(images) < 2:
        return (), ()
    place = _places(images, report.dates)
    lines = []
    for phrase in dict.fromkeys(point.phrase for point in report.series):
        points = sorted((one for one in report.series if one.phrase == phrase), key=lambda one: one.image)
        shown = (Point(place[one.image], one.area_ha, one.area_uncertainty_ha) for one in points)
        lines.append(Line(phrase, colours.get(points[0].step, GREY), tuple(shown)))
    return tuple(lines), tuple((day_or_image(image, report.dates), place[image]) for image in images)


def _places(images: Sequence[int], dates: Sequence[DateInfo]) -> dict[int, float]:
    """Where each image stands on the axis of time: by its day if all are known, else side by side."""
    named = {one.image: one.date for one in dates}
    try:
        days = [date.fromisoformat(named.get(image) or "").toordinal() for image in images]
    except ValueError:
        days = []
    if len(set(days)) < 2:
        days = list(range(len(images)))
    return {image: (day - days[0]) / (days[-1] - days[0]) for image, day in zip(images, days)}


def _sentence(bars: Sequence[Bar], report: Report, written: Callable[[float, float], str]) -> str:
    """What someone who does not see the chart is told."""
    if bars:
        figures = [f"{bar.name} {written(bar.area_ha, bar.uncertainty_ha)}" for bar in bars]
        return translate("TerraScope", "Area of each mask: {figures}.").format(figures="; ".join(figures))
    figures = [
        f"{one.phrase} {day_or_image(one.image, report.dates)} {written(one.area_ha, one.area_uncertainty_ha)}"
        for one in report.series
    ]
    words = translate("TerraScope", "Area over the dates, on the ground that all of them show: {figures}.")
    return words.format(figures="; ".join(figures))
