"""News and failures in a message bar, with a button for the rest; questions in a box that does not block QGIS."""

from __future__ import annotations

from collections.abc import Callable

from qgis.core import Qgis
from qgis.gui import QgsMessageBar, QgsMessageBarItem, QgsMessageViewer
from qgis.PyQt.QtCore import QCoreApplication, Qt
from qgis.PyQt.QtWidgets import QHBoxLayout, QLabel, QMessageBox, QPushButton, QWidget

from .. import log
from ..errors import TerraScopeError

NEWS_S = 8
WRAPPED = "TerraScopeWrapped"


def show_failure(bar: QgsMessageBar, failure: TerraScopeError, wrapped: bool = False) -> None:
    """Log a failure and put it into a message bar.

    Args:
        bar: QGIS's, or a dialog's.
        failure: what the user has to know.
        wrapped: over as many lines as it needs: for a bar much narrower than QGIS's window.
    """
    log.error(failure)
    message = _message(bar, failure.user_message, wrapped)
    if failure.detail:
        button = QPushButton(QCoreApplication.translate("TerraScope", "Details"), message)
        button.clicked.connect(lambda: _show_detail(bar, failure))
        (message.findChild(QHBoxLayout, WRAPPED) or message.layout()).addWidget(button)
    bar.pushWidget(message, Qgis.MessageLevel.Critical)


def show_news(bar: QgsMessageBar, text: str, warns: bool = False, wrapped: bool = False) -> None:
    """Log something that the user may like to know and put it into a message bar; it goes by itself.

    Args:
        bar: QGIS's, or a dialog's.
        text: one sentence.
        warns: it is not quite in order.
        wrapped: as in `show_failure`.
    """
    log.info(text)
    level = Qgis.MessageLevel.Warning if warns else Qgis.MessageLevel.Success
    bar.pushWidget(_message(bar, text, wrapped), level, NEWS_S)


def ask(parent: QWidget, title: str, text: str, action: str, then: Callable[[], None]) -> None:
    """Ask a question that blocks one window and not QGIS; comes back at once.

    Args:
        parent: the window.
        title: the question.
        text: HTML, what one should know to answer it.
        action: the button's text; the other one is Cancel.
        then: called when that button is chosen.
    """
    box = QMessageBox(QMessageBox.Icon.Question, parent.windowTitle(), title, parent=parent)
    box.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    box.setInformativeText(text)
    box.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
    yes = box.addButton(action, QMessageBox.ButtonRole.AcceptRole)
    box.addButton(QMessageBox.StandardButton.Cancel)
    box.setDefaultButton(yes)
    yes.clicked.connect(lambda: then())
    box.open()


def _message(bar: QgsMessageBar, text: str, wrapped: bool) -> QgsMessageBarItem:
    """A message; QGIS's own shows less than two lines and lets the rest be scrolled."""
    if not wrapped:
        return bar.createMessage("TerraScope", text)
    content = QWidget(bar)  # which owns it until the message does
    label = QLabel(text)
    label.setWordWrap(True)
    label.setTextFormat(Qt.TextFormat.PlainText)
    label.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
    layout = QHBoxLayout(content)
    layout.setObjectName(WRAPPED)
    layout.setContentsMargins(0, 0, 0, 0)
    layout.addWidget(label, 1)
    return bar.createMessage(content)


def _show_detail(bar: QgsMessageBar, failure: TerraScopeError) -> None:
    viewer = QgsMessageViewer(bar.window(), Qt.WindowType.Dialog, True)  # deletes itself when closed
    viewer.setTitle("TerraScope")
    viewer.setMessageAsPlainText(failure.user_message + "\n\n" + failure.detail)
    viewer.setModal(False)
    viewer.show()
