"""The question: several lines of text, sent with Ctrl+Enter; gaps of a template are filled in with Tab and a list."""

from __future__ import annotations

from collections.abc import Sequence

from qgis.PyQt.QtCore import QStringListModel, Qt, pyqtSignal
from qgis.PyQt.QtGui import QFocusEvent, QKeyEvent, QTextCursor
from qgis.PyQt.QtWidgets import QCompleter, QPlainTextEdit, QWidget

from ..core.choices import LAND_COVER
from ..core.question_templates import suggestions, with_gaps

LINES = 3
_POPUP_KEYS = (Qt.Key.Key_Enter, Qt.Key.Key_Return, Qt.Key.Key_Escape, Qt.Key.Key_Tab, Qt.Key.Key_Backtab)


class QuestionBox(QPlainTextEdit):
    """A template's gaps are selected one after the other; Tab or a chosen word goes to the next.

    Signals:
        submitted: Ctrl+Enter was pressed.
    """

    submitted = pyqtSignal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._gaps: list[_OpenGap] = []
        self._classes: Sequence[str] = LAND_COVER
        self._words = QStringListModel(self)
        self.completer = QCompleter(self._words, self)
        self.completer.setWidget(self)
        self.completer.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
        self.completer.setCompletionMode(QCompleter.CompletionMode.PopupCompletion)
        self.completer.activated[str].connect(self._fill)
        self.setPlaceholderText(self.tr("How many hectares of water are there?"))
        self.setAccessibleName(self.tr("Question"))
        self.setTabChangesFocus(True)
        self.setFixedHeight(self.fontMetrics().lineSpacing() * LINES + 14)

    def set_classes(self, names: Sequence[str]) -> None:
        """The classes that the model knows, offered for the gaps."""
        self._classes = list(names) or LAND_COVER

    def insert_template(self, wording: str) -> None:
        """Put a template in the place of the text, and select its first gap; Undo brings the text back."""
        text, gaps = with_gaps(wording)
        self.set_text(text)
        self._gaps = [_OpenGap(self, gap.begin, gap.length, gap.kind) for gap in gaps]
        self.setFocus()
        if not self._go_to(0):
            self.moveCursor(QTextCursor.MoveOperation.End)

    def set_text(self, text: str) -> None:
        """Put another text in its place; Undo brings the former one back."""
        cursor = self.textCursor()
        cursor.select(QTextCursor.SelectionType.Document)
        cursor.insertText(text)
        self._gaps = []

    def unfilled(self) -> list[str]:
        """What still stands in gaps that nobody has filled in."""
        return [gap.text() for gap in self._gaps if gap.is_open()]

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """The list of words comes first, then Ctrl+Enter, then text."""
        if self.completer.popup().isVisible() and event.key() in _POPUP_KEYS:
            event.ignore()  # the list takes it
            return
        entered = event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
        if entered and event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            self.submitted.emit()
            return
        if event.key() == Qt.Key.Key_Down and event.modifiers() & Qt.KeyboardModifier.AltModifier:
            self._suggest()
            return
        super().keyPressEvent(event)
        if event.text() and self._gap_here() is not None:
            self._suggest()

    def focusNextPrevChild(self, onward: bool) -> bool:
        """Tab goes from gap to gap, and on to the next widget after the last."""
        return self._go_on(onward) or super().focusNextPrevChild(onward)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """The list does not stay behind."""
        super().focusOutEvent(event)
        if event.reason() != Qt.FocusReason.PopupFocusReason:
            self.completer.popup().hide()

    def _go_on(self, onward: bool) -> bool:
        here = self._gap_here()
        at = self._gaps.index(here) if here is not None else None
        if at is None:
            return False
        return self._go_to(at + (1 if onward else -1))

    def _go_to(self, number: int) -> bool:
        if not 0 <= number < len(self._gaps):
            return False
        self.setTextCursor(self._gaps[number].selection())
        self._suggest()
        return True

    def _gap_here(self) -> _OpenGap | None:
        position = self.textCursor().position()
        return next((gap for gap in self._gaps if gap.holds(position)), None)

    def _suggest(self) -> None:
        """Show the words for the gap the cursor is in: all of them, or those that begin as what was typed."""
        gap = self._gap_here()
        if gap is None:
            return
        self._words.setStringList(suggestions(gap.kind, self._classes))
        self.completer.setCompletionPrefix("" if gap.is_open() else gap.text())
        if not self.completer.completionCount() or self.completer.currentCompletion() == gap.text():
            self.completer.popup().hide()
            return
        spot = self.cursorRect(gap.selection())
        popup = self.completer.popup()
        spot.setWidth(popup.sizeHintForColumn(0) + popup.verticalScrollBar().sizeHint().width() + 12)
        self.completer.complete(spot)

    def _fill(self, word: str) -> None:
        """A word was chosen from the list: on to the next gap."""
        gap = self._gap_here()
        if gap is None:
            return
        gap.selection().insertText(word)
        at = self._gaps.index(gap)
        if not self._go_to(at + 1):
            self.moveCursor(QTextCursor.MoveOperation.End)


class _OpenGap:
    """A gap in the text that moves with it."""

    def __init__(self, box: QPlainTextEdit, begin: int, length: int, kind: str) -> None:
        self.kind = kind
        self._begin, self._end = QTextCursor(box.document()), QTextCursor(box.document())
        self._begin.setPosition(begin)
        self._begin.setKeepPositionOnInsert(True)
        self._end.setPosition(begin + length)
        self._first = self.text()

    def selection(self) -> QTextCursor:
        """All of it."""
        cursor = QTextCursor(self._begin.document())
        cursor.setPosition(self._begin.position())
        cursor.setPosition(self._end.position(), QTextCursor.MoveMode.KeepAnchor)
        return cursor

    def text(self) -> str:
        """What stands there."""
        return self.selection().selectedText()

    def holds(self, position: int) -> bool:
        """Whether the cursor is in it, or at either end."""
        return self._begin.position() <= position <= self._end.position()

    def is_open(self) -> bool:
        """Nobody has filled it in."""
        return self.text() == self._first and bool(self._first)
