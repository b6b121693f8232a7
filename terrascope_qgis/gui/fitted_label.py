"""A label of several lines in which a word without room, such as a path, is shortened."""

from __future__ import annotations

from qgis.PyQt.QtCore import Qt
from qgis.PyQt.QtGui import QResizeEvent
from qgis.PyQt.QtWidgets import QLabel, QSizePolicy, QWidget


class FittedLabel(QLabel):
    """Breaks its text between words; one that is wider than the label loses its middle, and the tooltip has it all.

    Qt breaks no path, and would keep the window as wide as the longest one.
    """

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._whole = ""
        self.setWordWrap(True)
        self.setTextFormat(Qt.TextFormat.PlainText)
        policy = QSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)

    def set_whole(self, text: str) -> None:
        """Show a text."""
        self._whole = text
        self._fit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """There is more room, or less."""
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        metrics, room = self.fontMetrics(), max(self.contentsRect().width(), 50)
        middle = Qt.TextElideMode.ElideMiddle
        shown = "\n".join(
            " ".join(metrics.elidedText(word, middle, room) for word in line.split(" "))
            for line in self._whole.split("\n")
        )
        if shown != self.text():
            self.setText(shown)
        self.setToolTip(self._whole if shown != self._whole else "")
