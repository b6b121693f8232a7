"""A chart as a character of a text document: painted afresh, in the colours and at the scale of whoever shows it."""

from __future__ import annotations

from qgis.PyQt.QtCore import QObject, QRectF, QSizeF
from qgis.PyQt.QtGui import QPainter, QTextCharFormat, QTextDocument, QTextFormat, QTextObjectInterface
from qgis.PyQt.QtWidgets import QWidget

from ..core.chart_data import Chart
from .chart import chart_size, paint_chart

OBJECT_CHARACTER = "\ufffc"
# The first of ours: Qt counts from QTextFormat.UserObject and QTextFormat.UserProperty, which are no numbers in Qt 6.
OBJECT_TYPE = 0x1000 + 1
_NUMBER = 0x100000 + 1


class ChartObject(QObject, QTextObjectInterface):
    """Paints the charts of a widget's document.

    Args:
        widget: whose palette and font they take.
        parent: that the object belongs to.
    """

    def __init__(self, widget: QWidget, parent: QObject) -> None:
        super().__init__(parent)
        self._widget = widget
        self._charts: dict[int, Chart] = {}

    def format(self, number: int, chart: Chart) -> QTextCharFormat:
        """Of the one character that stands for a run's chart; its tooltip says the same in words."""
        self._charts[number] = chart
        shape = QTextCharFormat()
        shape.setObjectType(OBJECT_TYPE)
        shape.setProperty(_NUMBER, number)
        shape.setToolTip("\n".join(words for words in (chart.sentence, chart.in_hectares) if words))
        return shape

    def forget(self) -> None:
        """The document is empty again."""
        self._charts.clear()

    def intrinsicSize(self, document: QTextDocument, position: int, shape: QTextFormat) -> QSizeF:  # noqa: ARG002
        """The room a chart takes; called by Qt at each layout."""
        number = shape.intProperty(_NUMBER)
        if number not in self._charts:
            return QSizeF(0, 0)
        width = document.textWidth() - 2 * document.documentMargin() - 24
        return chart_size(self._charts[number], width, self._widget.font())

    def drawObject(
        self,
        painter: QPainter,
        rect: QRectF,
        document: QTextDocument,  # noqa: ARG002
        position: int,  # noqa: ARG002
        shape: QTextFormat,
    ) -> None:
        """Paint a chart; called by Qt."""
        chart = self._charts.get(shape.intProperty(_NUMBER))
        if chart is not None:
            paint_chart(painter, rect, chart, self._widget.palette(), self._widget.font())
