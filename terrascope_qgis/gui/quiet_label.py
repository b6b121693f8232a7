"""Small print below a field: how large, how many; or what is wrong with it."""

from __future__ import annotations

from qgis.PyQt.QtCore import QEvent, Qt
from qgis.PyQt.QtGui import QColor, QPalette
from qgis.PyQt.QtWidgets import QLabel, QWidget

from . import ink

SMALLER = 0.9  # of the letters around


class QuietLabel(QLabel):
    """Takes no room without a text. Its colours follow the theme, which a style sheet of its own would not."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._warns = False
        self.setWordWrap(True)
        self.setTextFormat(Qt.TextFormat.PlainText)
        font = self.font()
        font.setPointSizeF(SMALLER * font.pointSizeF())
        self.setFont(font)
        self.tell("")

    def tell(self, text: str, warns: bool = False) -> None:
        """Show a text.

        Args:
            text: one or more lines; empty: there is nothing to say.
            warns: something is not in order.
        """
        self._warns = warns
        self.setText(text)
        self.setVisible(bool(text))
        self._colour()

    def changeEvent(self, event: QEvent) -> None:
        """Another theme has other colours."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.PaletteChange:
            self._colour()

    def _colour(self) -> None:
        palette = self.palette()
        colour = QColor((ink.warm if self._warns else ink.dim)(palette))
        if palette.color(QPalette.ColorRole.WindowText) != colour:  # else this would never end
            palette.setColor(QPalette.ColorRole.WindowText, colour)
            self.setPalette(palette)
