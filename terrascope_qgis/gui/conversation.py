"""The conversation: questions, the reasoning as it comes with a chip for each mask, and a card for each answer."""

from __future__ import annotations

from collections.abc import Callable
from html import escape

from qgis.PyQt.QtCore import QEvent, QPoint, QUrl, pyqtSignal
from qgis.PyQt.QtGui import QColor, QPalette, QTextBlockFormat, QTextCharFormat, QTextCursor
from qgis.PyQt.QtWidgets import QTextBrowser, QWidget

from ..client.protocol import Report, Step
from ..core.chart_data import chart_of
from . import ink
from .answer_card import AnswerCard, chip_title
from .answer_frames import AnswerFrames
from .evidence_links import EvidenceLinks
from .mask_chip import mask_chip

PARAGRAPH_GAP = 6  # logical pixels
LEAST_LINES = 10  # that are seen of a conversation


class Conversation(QTextBrowser):
    """Shows runs one below the other; text is only ever appended, so long conversations stay quick.

    What was told is kept, and told again when the theme has changed; runs keep their numbers then.

    Attributes:
        links: tells which mask is pointed at or clicked.
        frames: hold the cards.

    Signals:
        card_written: the card of a run was written, or written anew; number of the run.
    """

    card_written = pyqtSignal(int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setOpenLinks(False)
        self.setAccessibleName(self.tr("Conversation"))
        self.setPlaceholderText(self.tr("The reasoning and the answer appear here, each region as a mark to click."))
        self.links = EvidenceLinks(self)
        self.frames = AnswerFrames(self)
        self._run = 0
        self._colours: dict[int, dict[int, QColor]] = {}
        self._written_on = self._paper()
        self._forget()

    def begin(self, question: str, scene: str) -> int:
        """Start a run; returns its number."""
        self._keep(self.begin, question, scene)
        self._kind = ""
        self._answered = False
        self._next_run()
        if len(self._begins) > 1:
            self._block("<hr>")
        self._block(
            '<table width="100%" cellpadding="6" cellspacing="0" style="margin-top:4px"><tr><td bgcolor="{back}">'
            '<b>{question}</b><br><span style="color:{dim}; font-size:small">{scene}</span></td></tr></table>'.format(
                back=self._tint(0.13),
                question=escape(question).replace("\n", "<br>"),
                dim=self._dim(),
                scene=escape(scene),
            )
        )
        self.setMinimumHeight(LEAST_LINES * self.fontMetrics().lineSpacing())  # the form above gives way
        return self._run

    def begin_again(self) -> int:
        """The marks that follow are those of another attempt at the same question; returns its number."""
        self._keep(self.begin_again)
        self._next_run()
        return self._run

    def add_text(self, text: str, kind: str) -> None:
        """Append a piece of the output: reasoning, measured, or answer."""
        self._keep(self.add_text, text, kind)
        self._say(text, kind)

    def add_mask(self, step: Step, colour: QColor) -> None:
        """Append the chip of a region."""
        self._keep(self.add_mask, step, colour)
        if not self._kind:
            self._paragraph()
            self._kind = "reasoning"
        self._colours[self._run][step.index] = colour
        chip = mask_chip(self._run, step.index, f"{step.index} {step.phrase}", colour, chip_title(step))
        self._inline(_kept(self._gap()) + chip + _kept(" "))

    def add_answer(self, answer: str) -> None:
        """Append the answer unless its words have come already."""
        self._keep(self.add_answer, answer)
        if not self._answered:
            self._say(answer or self.tr("The model gave no answer."), "answer")

    def add_note(self, text: str) -> None:
        """Append a line that is not the model's: a warning, a cancellation, a failure."""
        self._keep(self.add_note, text)
        self._block(f'<p style="color:{ink.warm(self.palette())}">⚠ {escape(text)}</p>')
        self._kind = ""

    def add_report(self, report: Report, run: int | None = None) -> None:
        """Write the card of a complete answer where its words stand.

        Args:
            report: what the card tells.
            run: number of the run, whose card is written anew if it is there; None: the one that began last.
        """
        run = run or self._run
        self._keep(self.add_report, report, run)
        follow = self._at_end()
        colours = self._colours.get(run, {})
        card = AnswerCard(report, run, colours, self.palette())
        answer = report.answer or self.tr("The model gave no answer.")
        self.frames.write(run, answer, card, chart_of(report, colours))
        if run == self._run:
            self._kind = ""
        self._follow(follow)
        self.card_written.emit(run)

    def run_at(self, spot: QPoint) -> int | None:
        """The run that is shown at a place of the viewport; None before any began."""
        position = self.cursorForPosition(spot).position()
        return next((run for run, cursor in reversed(self._begins) if cursor.position() <= position), None)

    def clear(self) -> None:
        """Empty the window; the numbers of runs go on."""
        super().clear()
        self.setMinimumHeight(0)
        self._forget()

    def focusNextPrevChild(self, forward: bool) -> bool:
        """The keyboard goes from link to link."""
        moved = super().focusNextPrevChild(forward)
        self.links.point(QUrl(self.textCursor().charFormat().anchorHref() if moved else ""))
        return moved

    def changeEvent(self, event: QEvent) -> None:
        """Another theme has other colours: what was told is told again in them."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.PaletteChange and self._told and self._paper() != self._written_on:
            self._written_on = self._paper()
            self.tell_again()

    def tell_again(self) -> None:
        """Tell what was told, as it is written now."""
        told, above = self._told, self.verticalScrollBar().value()
        self._run = self._before
        self.clear()
        for method, arguments in told:
            method(*arguments)
        self.verticalScrollBar().setValue(above)

    def _paper(self) -> tuple[str, str]:
        palette = self.palette()
        return palette.color(QPalette.ColorRole.Base).name(), palette.color(QPalette.ColorRole.Text).name()

    def _forget(self) -> None:
        """The window is empty."""
        self.frames.forget()
        self._before = self._run  # number of the last run that is not told any more
        self._told: list[tuple[Callable, tuple]] = []
        self._begins: list[tuple[int, QTextCursor]] = []
        self._kind = ""  # of the paragraph that words are added to; empty: they begin a new one
        self._answered = False

    def _keep(self, method: Callable, *arguments: object) -> None:
        self._told.append((method, arguments))

    def _next_run(self) -> None:
        self._run += 1
        self._colours[self._run] = {}
        begin = self._end()
        begin.setKeepPositionOnInsert(True)
        self._begins.append((self._run, begin))

    def _say(self, text: str, kind: str) -> None:
        answer = kind == "answer"
        if self._kind == "" or answer != (self._kind == "answer"):
            text = text.lstrip()
            if not text:
                return
            if not answer:
                self._paragraph()
        self._kind = kind
        self._answered = self._answered or answer
        style = {
            "answer": "font-weight:600",
            "measured": f"color:{self._dim()}; font-style:italic",
        }.get(kind, "")
        if kind == "measured":
            text = self._gap() + "(" + text.strip() + ")"
        self._inline(f'<span style="{style}; white-space:pre-wrap">{escape(text)}</span>', in_card=answer)

    def _gap(self) -> str:
        """A blank, unless there is one already."""
        last = self.document().characterAt(self.document().characterCount() - 2)
        return "" if last.isspace() or last == "\u2029" else " "

    def _paragraph(self) -> None:
        shape = QTextBlockFormat()
        shape.setTopMargin(PARAGRAPH_GAP)
        follow = self._at_end()
        self._end().insertBlock(shape, QTextCharFormat())
        self._follow(follow)

    def _block(self, html: str) -> None:
        """Append HTML that stands by itself, and follow it if the end was in view."""
        follow = self._at_end()
        self.append(html)
        self._follow(follow)

    def _inline(self, html: str, in_card: bool = False) -> None:
        """Append to the last paragraph, or to the answer's words in their card."""
        follow = self._at_end()
        cursor = self.frames.words_end(self._run) if in_card else self._end()
        cursor.insertHtml(html)
        self._follow(follow)

    def _end(self) -> QTextCursor:
        cursor = QTextCursor(self.document())
        cursor.movePosition(QTextCursor.MoveOperation.End)
        return cursor

    def _at_end(self) -> bool:
        bar = self.verticalScrollBar()
        return bar.value() >= bar.maximum() - 4

    def _follow(self, follow: bool) -> None:
        """Someone who has scrolled up to read is left there."""
        if follow:
            self.document().documentLayout().blockBoundingRect(self.document().lastBlock())  # Qt lays out when idle
            bar = self.verticalScrollBar()
            bar.setValue(bar.maximum())

    # Colours come from the palette, so that light and dark themes both work.

    def _tint(self, share: float) -> str:
        return ink.tint(self.palette(), share)

    def _dim(self) -> str:
        return ink.dim(self.palette())


def _kept(blanks: str) -> str:
    """Blanks that HTML does not swallow."""
    return f'<span style="white-space:pre-wrap">{blanks}</span>'
