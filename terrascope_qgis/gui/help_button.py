"""A button that opens a page of the manual."""

from __future__ import annotations

from qgis.core import QgsApplication
from qgis.PyQt.QtCore import QCoreApplication, Qt
from qgis.PyQt.QtGui import QDesktopServices
from qgis.PyQt.QtWidgets import QToolButton, QWidget

from ..core.manual import page_url

ICON = "mActionHelpContents.svg"


def open_page(page: str) -> None:
    """Show a page of the manual in the user's browser."""
    QDesktopServices.openUrl(page_url(page))


class HelpButton(QToolButton):
    """With QGIS's own icon for help.

    Args:
        page: of the manual.
        text: what it says beside the icon; empty: the icon alone, and "Help" for who points at it.
    """

    def __init__(self, page: str, text: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setIcon(QgsApplication.getThemeIcon(ICON))
        self.setAutoRaise(True)
        told = text or QCoreApplication.translate("TerraScope", "Help")
        self.setToolTip(told)
        self.setAccessibleName(told)
        if text:
            self.setText(text)
            self.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        self.clicked.connect(lambda: open_page(page))
