"""Failures in QGIS's message bar: one sentence and a button for the rest; never a box that blocks."""

from __future__ import annotations

from qgis.core import Qgis
from qgis.gui import QgsMessageBar, QgsMessageViewer
from qgis.PyQt.QtCore import QCoreApplication, Qt
from qgis.PyQt.QtWidgets import QPushButton

from .. import log
from ..errors import TerraScopeError


def show_failure(bar: QgsMessageBar, failure: TerraScopeError) -> None:
    """Log a failure and put it into the message bar."""
    log.error(failure)
    message = bar.createMessage("TerraScope", failure.user_message)
    if failure.detail:
        button = QPushButton(QCoreApplication.translate("TerraScope", "Details"), message)
        button.clicked.connect(lambda: _show_detail(bar, failure))
        message.layout().addWidget(button)
    bar.pushWidget(message, Qgis.MessageLevel.Critical)


def _show_detail(bar: QgsMessageBar, failure: TerraScopeError) -> None:
    viewer = QgsMessageViewer(bar.window(), Qt.WindowType.Dialog, True)  # deletes itself when closed
    viewer.setTitle("TerraScope")
    viewer.setMessageAsPlainText(failure.user_message + "\n\n" + failure.detail)
    viewer.setModal(False)
    viewer.show()
