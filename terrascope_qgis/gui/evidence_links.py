"""The links of a conversation that lead to masks: clicked, pointed at, reached with the keyboard, and left again."""

from __future__ import annotations

from qgis.PyQt.QtCore import QEvent, QObject, QUrl, pyqtSignal
from qgis.PyQt.QtWidgets import QTextBrowser

from .answer_card import SWITCH_SCHEME
from .mask_chip import SCHEME


class EvidenceLinks(QObject):
    """Watches a text browser.

    Signals:
        clicked: a chip; number of the run and index of the step.
        switched: a box that shows or hides; the same.
        entered: a chip or a box is under the pointer, or has the keyboard's focus; the same.
        left: that no longer holds.
    """

    clicked = pyqtSignal(int, int)
    switched = pyqtSignal(int, int)
    entered = pyqtSignal(int, int)
    left = pyqtSignal()

    def __init__(self, browser: QTextBrowser) -> None:
        super().__init__(browser)
        self._browser = browser
        self._on: tuple[int, int] | None = None
        browser.anchorClicked.connect(self._click)
        browser.highlighted.connect(self.point)
        browser.installEventFilter(self)
        browser.viewport().installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """The pointer may leave the window from a link, and the focus too; Qt does not tell then."""
        gone = event.type() == QEvent.Type.Leave and watched is self._browser.viewport()
        if gone or (event.type() == QEvent.Type.FocusOut and watched is self._browser):
            self.leave()
        return super().eventFilter(watched, event)

    def leave(self) -> None:
        """Nothing is pointed at any more."""
        if self._on is not None:
            self._on = None
            self.left.emit()

    def point(self, url: QUrl) -> None:
        """A link is pointed at; Qt tells of the pointer, and the browser of the keyboard, which Qt 5 does not."""
        place = _place(url)
        if place == self._on:
            return
        self.leave()
        if place is not None:
            self._on = place
            self.entered.emit(*place)

    def _click(self, url: QUrl) -> None:
        place = _place(url)
        if place is not None:
            (self.switched if url.scheme() == SWITCH_SCHEME else self.clicked).emit(*place)


def _place(url: QUrl) -> tuple[int, int] | None:
    """Run and step of an address; None where it is none of ours."""
    run, _, index = url.path().partition(".")
    if url.scheme() not in (SCHEME, SWITCH_SCHEME) or not (run.isdigit() and index.isdigit()):
        return None
    return int(run), int(index)
