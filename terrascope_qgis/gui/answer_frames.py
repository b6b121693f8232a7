"""The frames of a conversation that hold its answers: one for each run, filled when the answer is complete."""

from __future__ import annotations

from html import escape

from qgis.PyQt.QtGui import QBrush, QColor, QTextBlockFormat, QTextCharFormat, QTextCursor, QTextFrame, QTextFrameFormat
from qgis.PyQt.QtWidgets import QTextEdit

from ..core.chart_data import Chart
from . import ink
from .answer_card import HIDDEN, SHOWN, SWITCH_SCHEME, AnswerCard
from .chart_object import OBJECT_CHARACTER, OBJECT_TYPE, ChartObject


class AnswerFrames:
    """Frames by the number of their run.

    A frame stands in the document for good; what is in it can be written anew, and nothing else moves but downwards.

    Args:
        view: that shows the document.
    """

    def __init__(self, view: QTextEdit) -> None:
        self._view = view
        self._frames: dict[int, QTextFrame] = {}
        self.charts = ChartObject(view, view.document())
        view.document().documentLayout().registerHandler(OBJECT_TYPE, self.charts)

    def forget(self) -> None:
        """The document is empty again."""
        self._frames.clear()
        self.charts.forget()

    def words_end(self, run: int) -> QTextCursor:
        """Where words of the answer go that is being given; opens the frame at the end of the document."""
        if run not in self._frames:
            cursor = QTextCursor(self._view.document())
            cursor.movePosition(QTextCursor.MoveOperation.End)
            self._frames[run] = cursor.insertFrame(self._shape())
        return self._frames[run].lastCursorPosition()

    def write(self, run: int, answer: str, card: AnswerCard, chart: Chart | None) -> None:
        """Write the whole card of a run; what its frame held before goes."""
        self.words_end(run)
        frame = self._frames[run]
        cursor = frame.firstCursorPosition()
        cursor.setPosition(frame.lastPosition(), QTextCursor.MoveMode.KeepAnchor)
        cursor.removeSelectedText()
        cursor.setBlockFormat(QTextBlockFormat())
        cursor.setCharFormat(QTextCharFormat())
        cursor.insertHtml(f'<span style="font-weight:600; white-space:pre-wrap">{escape(answer)}</span>')
        table = card.table()
        if table:
            cursor.insertHtml(table)
        cursor = frame.lastCursorPosition()
        if chart is not None:
            cursor.insertText(OBJECT_CHARACTER, self.charts.format(run, chart))
            cursor.insertBlock()
        cursor.setCharFormat(QTextCharFormat())
        cursor.insertHtml(card.footer())

    def show_switch(self, run: int, index: int, on: bool) -> None:
        """Let the box of a mask say whether its layer is shown."""
        address, sign = f"{SWITCH_SCHEME}:{run}.{index}", SHOWN if on else HIDDEN
        spot = self._find(run, address)
        if spot is None or self._view.document().characterAt(spot[0]) == sign:
            return
        start, shape = spot
        # The new sign goes between the two characters of the link, then the old one goes: so the focus of the
        # keyboard, which is a selection from the first to after the second, stays where it is.
        cursor = QTextCursor(self._view.document())
        cursor.setPosition(start + 1)
        cursor.insertText(sign, shape)
        cursor.setPosition(start)
        cursor.deleteChar()

    def switches(self, run: int) -> dict[int, bool]:
        """What the boxes of a run say, by the index of their step."""
        said = {}
        for address, start, _ in self._links(run):
            scheme, _, place = address.partition(":")
            if scheme == SWITCH_SCHEME:
                index = int(place.partition(".")[2])
                said[index] = self._view.document().characterAt(start) == SHOWN
        return said

    def _find(self, run: int, address: str) -> tuple[int, QTextCharFormat] | None:
        return next(((start, shape) for one, start, shape in self._links(run) if one == address), None)

    def _links(self, run: int) -> list[tuple[str, int, QTextCharFormat]]:
        """Address, position and format of each link in a run's frame."""
        frame, found = self._frames.get(run), []
        if frame is None:
            return found
        block = self._view.document().findBlock(frame.firstPosition())
        while block.isValid() and block.position() <= frame.lastPosition():
            pieces = block.begin()
            while not pieces.atEnd():
                piece = pieces.fragment()
                if piece.charFormat().isAnchor():
                    found.append((piece.charFormat().anchorHref(), piece.position(), piece.charFormat()))
                pieces += 1
            block = block.next()
        return found

    def _shape(self) -> QTextFrameFormat:
        palette = self._view.palette()
        shape = QTextFrameFormat()
        shape.setBackground(QBrush(QColor(ink.tint(palette, 0.06))))
        shape.setBorder(1)
        shape.setBorderBrush(QBrush(QColor(ink.tint(palette, 0.25))))
        shape.setBorderStyle(QTextFrameFormat.BorderStyle.BorderStyle_Solid)
        shape.setPadding(6)
        shape.setTopMargin(8)
        return shape
