"""Paints the chart of an answer: bars of areas, or lines over the dates, each with its uncertainty."""

from __future__ import annotations

from collections.abc import Sequence

from qgis.PyQt.QtCore import QPointF, QRectF, QSizeF, Qt
from qgis.PyQt.QtGui import QColor, QFont, QFontMetricsF, QPainter, QPalette, QPen, QPolygonF, QTextOption

from ..core.chart_data import Chart, Line, Point
from ..core.figures import area
from ..core.units import area_unit
from ..numerals import significant
from . import ink

WIDEST = 460.0  # logical pixels
LINES_HIGH = 9.0  # times the height of a line of text
BAR_HIGH = 1.5
LETTERS = 0.85  # of the size of the text around it
NAMES_SHARE = 0.34  # of the width, at most, for names beside bars or lines


def chart_size(chart: Chart, width: float, font: QFont) -> QSizeF:
    """The room a chart takes in a column of some width, logical pixels."""
    row = QFontMetricsF(_smaller(font)).height()
    high = BAR_HIGH * row * len(chart.bars) + 1.4 * row if chart.bars else LINES_HIGH * row
    return QSizeF(max(120.0, min(width, WIDEST)), high)


def paint_chart(painter: QPainter, rect: QRectF, chart: Chart, palette: QPalette, font: QFont) -> None:
    """Paint a chart into a rectangle in the colours of a palette; sharp at any device pixel ratio."""
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setFont(_smaller(font))
    pen = _Pen(painter, palette, QFontMetricsF(_smaller(font)))
    if chart.bars:
        _paint_bars(pen, rect, chart)
    else:
        _paint_lines(pen, rect, chart)
    painter.restore()


def _smaller(font: QFont) -> QFont:
    small = QFont(font)
    if font.pointSizeF() > 0:
        small.setPointSizeF(LETTERS * font.pointSizeF())
    else:
        small.setPixelSize(round(LETTERS * font.pixelSize()))
    return small


class _Pen:
    """A painter with the colours and the measures of text that a chart needs."""

    def __init__(self, painter: QPainter, palette: QPalette, metrics: QFontMetricsF) -> None:
        self.painter = painter
        self.metrics = metrics
        self.text = palette.color(QPalette.ColorRole.Text)
        self.dim = QColor(ink.dim(palette))
        self.grid = QColor(ink.tint(palette, 0.2))
        self.row = metrics.height()

    def write(self, rect: QRectF, words: str, align: Qt.AlignmentFlag, colour: QColor | None = None) -> None:
        self.painter.setPen(colour or self.text)
        option = QTextOption(align | Qt.AlignmentFlag.AlignVCenter)
        option.setWrapMode(QTextOption.WrapMode.NoWrap)
        shown = self.metrics.elidedText(words, Qt.TextElideMode.ElideRight, rect.width() + 1)
        self.painter.drawText(rect, shown, option)

    def line(self, start: QPointF, end: QPointF, colour: QColor, width: float = 1.0) -> None:
        self.painter.setPen(QPen(colour, width))
        self.painter.drawLine(start, end)

    def wide(self, words: Sequence[str]) -> float:
        return max((self.metrics.horizontalAdvance(one) for one in words), default=0.0)


def _paint_bars(pen: _Pen, rect: QRectF, chart: Chart) -> None:
    names = min(NAMES_SHARE * rect.width(), pen.wide([bar.name for bar in chart.bars])) + 6
    values = [area(bar.area_ha) for bar in chart.bars]
    room = QRectF(rect.left() + names, rect.top(), 0, rect.height() - 1.4 * pen.row)
    room.setRight(rect.right() - pen.wide(values) - 6)
    for share in (0.0, 0.5, 1.0):
        x = room.left() + share * room.width()
        pen.line(QPointF(x, room.top()), QPointF(x, room.bottom()), pen.grid)
    step = BAR_HIGH * pen.row
    for number, (bar, value) in enumerate(zip(chart.bars, values)):
        top = rect.top() + number * step
        length = room.width() * bar.area_ha / chart.limit_ha
        margin = room.width() * bar.uncertainty_ha / chart.limit_ha
        shape = QRectF(room.left(), top + 0.2 * step, max(length, 1.0), 0.6 * step)
        pen.painter.setPen(QPen(pen.dim, 1))
        pen.painter.setBrush(bar.colour)
        pen.painter.drawRect(shape)
        _whisker(pen, QPointF(shape.left() + length, shape.center().y()), margin, upright=False)
        align = Qt.AlignmentFlag.AlignLeft
        pen.write(QRectF(rect.left(), top, names - 6, step), bar.name, align)
        pen.write(
            QRectF(room.right() + 6, top, rect.right() - room.right() - 6, step), value, Qt.AlignmentFlag.AlignRight
        )
    under = QRectF(room.left(), room.bottom(), room.width(), 1.4 * pen.row)
    pen.write(under, _axis(0), Qt.AlignmentFlag.AlignLeft, pen.dim)
    pen.write(under, _axis(chart.limit_ha), Qt.AlignmentFlag.AlignRight, pen.dim)


def _paint_lines(pen: _Pen, rect: QRectF, chart: Chart) -> None:
    names = min(NAMES_SHARE * rect.width(), pen.wide([line.name for line in chart.lines])) + 10
    ticks = [_axis(share * chart.limit_ha) for share in (1.0, 0.5, 0.0)]
    room = QRectF(rect.left() + pen.wide(ticks) + 6, rect.top() + 0.6 * pen.row, 0, rect.height() - 2.0 * pen.row)
    room.setRight(rect.right() - names - 6)
    for tick, share in zip(ticks, (0.0, 0.5, 1.0)):
        y = room.top() + share * room.height()
        pen.line(QPointF(room.left(), y), QPointF(room.right(), y), pen.grid)
        beside = QRectF(rect.left(), y - pen.row / 2, room.left() - rect.left() - 6, pen.row)
        pen.write(beside, tick, Qt.AlignmentFlag.AlignRight, pen.dim)
    inner = room.adjusted(8, 0, -8, 0)
    _write_days(pen, inner, rect, chart.days)
    ends = []
    for number, line in enumerate(chart.lines):
        places = [_place(inner, point, chart.limit_ha) for point in line.points]
        pen.painter.setBrush(Qt.BrushStyle.NoBrush)
        pen.painter.setPen(QPen(line.colour, 2.5))
        pen.painter.drawPolyline(QPolygonF(places))
        for place, point in zip(places, line.points):
            _mark(pen, place, number, line.colour)
            _whisker(pen, place, inner.height() * point.uncertainty_ha / chart.limit_ha, upright=True)
        ends.append((places[-1].y(), line))
    _write_names(pen, rect, room, names, ends)


def _place(room: QRectF, point: Point, limit_ha: float) -> QPointF:
    return QPointF(room.left() + point.when * room.width(), room.bottom() - room.height() * point.area_ha / limit_ha)


def _write_days(pen: _Pen, room: QRectF, rect: QRectF, days: Sequence[tuple[str, float]]) -> None:
    """The first and the last date, and those between them that have room."""
    taken: list[QRectF] = []
    top = rect.bottom() - 1.2 * pen.row
    for day, share in [days[0], days[-1], *days[1:-1]]:
        wide, x = pen.wide([day]) + 2, room.left() + share * room.width()
        left = min(max(x - wide / 2, rect.left()), rect.right() - wide)
        spot = QRectF(left, top, wide, 1.2 * pen.row)
        pen.line(QPointF(x, room.bottom()), QPointF(x, room.bottom() + 4), pen.dim)
        if not any(spot.adjusted(-6, 0, 6, 0).intersects(other) for other in taken):
            pen.write(spot, day, Qt.AlignmentFlag.AlignHCenter, pen.dim)
            taken.append(spot)


def _write_names(pen: _Pen, rect: QRectF, room: QRectF, wide: float, ends: list[tuple[float, Line]]) -> None:
    """Each name beside the end of its line, pushed down where another one stands already."""
    lowest = rect.top()
    for y, line in sorted(ends, key=lambda end: end[0]):
        top = max(y - pen.row / 2, lowest)
        pen.write(QRectF(room.right() + 4, top, wide, pen.row), line.name, Qt.AlignmentFlag.AlignLeft)
        lowest = top + pen.row


def _whisker(pen: _Pen, at: QPointF, margin: float, upright: bool) -> None:
    """The uncertainty either side of a value, with ends across."""
    if margin < 0.5:
        return
    along = QPointF(0, margin) if upright else QPointF(margin, 0)
    across = QPointF(3.5, 0) if upright else QPointF(0, 3.5)
    pen.line(at - along, at + along, pen.text, 1.4)
    for end in (at - along, at + along):
        pen.line(end - across, end + across, pen.text, 1.4)


def _mark(pen: _Pen, at: QPointF, number: int, colour: QColor) -> None:
    """A disc, a square, a triangle or a diamond, so that lines can be told without their colours."""
    pen.painter.setPen(QPen(pen.text, 1))
    pen.painter.setBrush(colour)
    x, y, r = at.x(), at.y(), 4.0
    if number % 4 == 0:
        pen.painter.drawEllipse(at, r, r)
    elif number % 4 == 1:
        pen.painter.drawRect(QRectF(x - r, y - r, 2 * r, 2 * r))
    else:
        corners = ((0, -r), (r, r), (-r, r)) if number % 4 == 2 else ((0, -r), (r, 0), (0, r), (-r, 0))
        pen.painter.drawPolygon(QPolygonF([QPointF(x + dx, y + dy) for dx, dy in corners]))


def _axis(value_ha: float) -> str:
    unit = area_unit()
    return f"{significant(unit.factor * value_ha)} {unit.symbol}" if value_ha else significant(0)
