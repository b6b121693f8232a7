"""A row of text buttons that the keyboard reaches; those without room wait behind a button at its end."""

from __future__ import annotations

from qgis.PyQt.QtCore import Qt
from qgis.PyQt.QtGui import QActionEvent
from qgis.PyQt.QtWidgets import QToolBar, QToolButton, QWidget


class ActionBar(QToolBar):
    """Qt's own tool bars leave their buttons to the mouse."""

    def __init__(self, title: str, parent: QWidget | None = None) -> None:
        super().__init__(title, parent)
        self.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextOnly)
        self._rest = self.findChild(QToolButton, "qt_toolbar_ext_button")
        if self._rest is not None:
            self._rest.setFocusPolicy(Qt.FocusPolicy.TabFocus)
            self._rest.setAccessibleName(self.tr("More"))
            self._rest.setToolTip(self.tr("More"))

    def actionEvent(self, event: QActionEvent) -> None:
        """A button was made for an action, or it changed."""
        super().actionEvent(event)
        button = self.widgetForAction(event.action())
        if isinstance(button, QToolButton):
            button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
            if self._rest is not None:
                self.setTabOrder(button, self._rest)
