"""One thing that has to be there: a mark, its name, one line on how it is, and one button for what can be done."""

from __future__ import annotations

from qgis.PyQt.QtCore import QEvent, Qt, pyqtSignal
from qgis.PyQt.QtWidgets import QGridLayout, QLabel, QPushButton, QWidget

from . import ink
from .fitted_label import FittedLabel

READY, MISSING, WARNING, WORKING, UNKNOWN = "ready", "missing", "warning", "working", "unknown"
_MARKS = {READY: "✓", MISSING: "✗", WARNING: "!", WORKING: "…", UNKNOWN: "?"}


class StateRow(QWidget):
    """Shows a state in words, with a mark and a colour beside them.

    Args:
        name: of the thing.

    Signals:
        clicked: the button was chosen.
    """

    clicked = pyqtSignal()

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._name = name
        self.state = UNKNOWN
        self.mark = QLabel()
        self.title = QLabel(name)
        font = self.title.font()
        font.setBold(True)
        self.title.setFont(font)
        self.title.setWordWrap(True)  # the page may be narrower than name and button beside one another
        self.line = FittedLabel()
        self.line.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.button = QPushButton()
        self.button.clicked.connect(self.clicked)
        self._lay_out()
        self.show_state(UNKNOWN, "")

    def show_state(self, state: str, line: str, button: str = "") -> None:
        """Show how it is.

        Args:
            state: one of those above.
            line: one or two sentences.
            button: its text; empty: there is nothing to do.
        """
        self.state = state
        words = {
            READY: self.tr("ready"),
            MISSING: self.tr("missing"),
            WARNING: self.tr("needs attention"),
            WORKING: self.tr("being looked at"),
            UNKNOWN: self.tr("not known yet"),
        }
        self.mark.setText(_MARKS[state])
        self.mark.setAccessibleName(f"{self._name}: {words[state]}")
        self.mark.setToolTip(words[state])
        self.line.set_whole(line)
        self.line.setAccessibleName(f"{self._name}: {line}")
        self.button.setText(button)
        self.button.setAccessibleName(f"{self._name}: {button}".replace("&", ""))
        self.button.setVisible(bool(button))
        self._colour()

    def changeEvent(self, event: QEvent) -> None:
        """The theme changes: so do our colours."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.PaletteChange:
            self._colour()

    def _colour(self) -> None:
        ink_of = {READY: ink.good, MISSING: ink.warm, WARNING: ink.warm}.get(self.state)
        colour = f"color: {ink_of(self.palette())}; " if ink_of is not None else ""  # else that of the text
        self.mark.setStyleSheet(colour + "font-weight: bold; font-size: 120%;")

    def _lay_out(self) -> None:
        layout = QGridLayout(self)
        layout.setContentsMargins(0, 4, 0, 4)
        layout.setHorizontalSpacing(8)
        layout.setColumnStretch(1, 1)
        self.mark.setFixedWidth(self.fontMetrics().horizontalAdvance("MM"))
        self.mark.setAlignment(Qt.AlignmentFlag.AlignCenter)
        layout.addWidget(self.mark, 0, 0)
        layout.addWidget(self.title, 0, 1)
        layout.addWidget(self.button, 0, 2)
        layout.addWidget(self.line, 1, 1, 1, 2)
