"""A group that is folded until it is wanted."""

from __future__ import annotations

from qgis.gui import QgsCollapsibleGroupBox
from qgis.PyQt.QtCore import QEvent, QObject, QTimer
from qgis.PyQt.QtWidgets import QWidget

from .spoken import name_fold


class Fold(QgsCollapsibleGroupBox):
    """Folded at first, whatever it was the last time; what is in it follows the theme."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setSaveCollapsedState(False)
        self.setCollapsed(True)

    def setTitle(self, title: str) -> None:
        """Its button is called like that too."""
        super().setTitle(title)
        name_fold(self)

    def event(self, event: QEvent) -> bool:
        """Know who the parent is."""
        if event.type() == QEvent.Type.ParentChange and self.parentWidget() is not None:
            self.parentWidget().installEventFilter(self)
        return super().event(event)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Another theme: QGIS gives the group a style sheet, and Qt leaves what is in such a one in its old colours."""
        if event.type() == QEvent.Type.PaletteChange and watched is self.parentWidget():
            QTimer.singleShot(0, self._polish)  # once all around have got theirs
        return super().eventFilter(watched, event)

    def _polish(self) -> None:
        self.setStyleSheet(self.styleSheet())
