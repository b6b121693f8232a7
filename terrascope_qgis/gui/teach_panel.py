"""The lines below an answer while its place is being taught: what is shown, how much, and a way back."""

from __future__ import annotations

from collections.abc import Sequence

from qgis.PyQt.QtCore import pyqtSignal
from qgis.PyQt.QtWidgets import QComboBox, QHBoxLayout, QLabel, QToolButton, QVBoxLayout, QWidget

from ..core.figures import examples
from .raster_choice import may_shrink, tell_whole


class TeachPanel(QWidget):
    """A class to show, a date where there are several, and buttons.

    Signals:
        outline_wanted: an outline is to be drawn corner by corner.
        undo_wanted: the last example is to be taken back.
        clear_wanted: all of them are.
        left: the user has had enough.
    """

    outline_wanted = pyqtSignal()
    undo_wanted = pyqtSignal()
    clear_wanted = pyqtSignal()
    left = pyqtSignal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.phrase = QComboBox()
        self.phrase.setEditable(True)
        self.phrase.setInsertPolicy(QComboBox.InsertPolicy.NoInsert)
        self.phrase.setAccessibleName(self.tr("What you show"))
        self.phrase.setToolTip(self.tr("Choose a class of the answer, or write what the place shows"))
        may_shrink(self.phrase)
        self.image = QComboBox()
        self.image.setAccessibleName(self.tr("The date you show it on"))
        may_shrink(self.image)
        self.image.setMinimumContentsLength(len("0000-00-00"))
        tell_whole(self.image)
        self.told = QLabel()
        self.told.setWordWrap(True)
        self.outline_button = _button(self.tr("Outline"), self.tr("Draw around it, corner by corner"))
        self.undo_button = _button(self.tr("Undo"), self.tr("Take the last example back (Ctrl+Z on the map)"))
        self.clear_button = _button(self.tr("Clear"), self.tr("Take all examples back"))
        self.done_button = _button(self.tr("Done"), self.tr("End teaching (Escape on the map)"))
        self.outline_button.clicked.connect(self.outline_wanted)
        self.undo_button.clicked.connect(self.undo_wanted)
        self.clear_button.clicked.connect(self.clear_wanted)
        self.done_button.clicked.connect(self.left)
        self._lay_out()
        self.setVisible(False)

    def open(self, phrases: Sequence[str], images: Sequence[tuple[int, str]]) -> None:
        """Show it.

        Args:
            phrases: to choose from.
            images: number and day of each date of the place.
        """
        self.phrase.clear()
        self.phrase.addItems(phrases)
        self.image.clear()
        for number, day in images:
            self.image.addItem(day, number)
        self.image.setVisible(len(images) > 1)
        self.setVisible(True)
        self.phrase.setFocus()

    def shown_phrase(self) -> str:
        """What the user shows."""
        return self.phrase.currentText()

    def shown_image(self) -> int | None:
        """On which date, 1-based; None: there is one."""
        return self.image.currentData() if self.image.count() > 1 else None

    def tell(self, count: int, busy: bool = False, note: str = "") -> None:
        """Say how many examples there are, and what came of them.

        Args:
            count: of examples.
            busy: the answer is being given anew.
            note: instead of how it is done.
        """
        self.undo_button.setEnabled(count > 0)
        self.clear_button.setEnabled(count > 0)
        how = self.tr("On the map: left click, it is here; right click, it is not; Shift and drag, an area.")
        then = self.tr("The answer follows…") if busy else note or how
        self.told.setText(f"{examples(count)} · {then}")

    def _lay_out(self) -> None:
        label = QLabel(self.tr("Show"))
        label.setBuddy(self.phrase)
        first, second = QHBoxLayout(), QHBoxLayout()
        first.addWidget(label)
        first.addWidget(self.phrase, 2)
        first.addWidget(self.image, 1)
        for button in (self.outline_button, self.undo_button, self.clear_button):
            second.addWidget(button)
        second.addStretch()
        second.addWidget(self.done_button)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 2, 0, 2)
        layout.setSpacing(3)
        layout.addLayout(first)
        layout.addWidget(self.told)
        layout.addLayout(second)


def _button(text: str, tip: str) -> QToolButton:
    button = QToolButton()
    button.setText(text)
    button.setToolTip(tip)
    return button
