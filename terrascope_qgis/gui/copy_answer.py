"""Copies an answer to the clipboard as text, Markdown or CSV: from the row of actions and from the context menu."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from qgis.core import QgsApplication
from qgis.PyQt.QtCore import QMimeData, QObject, QPoint, Qt
from qgis.PyQt.QtWidgets import QMenu, QToolBar, QToolButton

from ..client.protocol import Report
from ..compat import QAction
from ..core.answer_csv import as_csv
from ..core.answer_text import as_markdown, as_text
from .conversation import Conversation
from .run import Run

_MIME = {as_text: "", as_markdown: "text/markdown", as_csv: "text/csv"}


class CopyAnswer(QObject):
    """A button with a menu, and the same menu for the answer that is clicked with the right button.

    Args:
        conversation: that shows the answers.
        runs: what is told there, by the number of the run.
        shown: the answer that the button is about; None: there is none yet.
        actions: the row that gets the button.
    """

    def __init__(
        self,
        conversation: Conversation,
        runs: Mapping[int, Run],
        shown: Callable[[], Run | None],
        actions: QToolBar,
    ) -> None:
        super().__init__(conversation)
        self._conversation = conversation
        self._runs = runs
        self._shown = shown
        self._menu: QMenu | None = None
        self.action = QAction(self.tr("Copy"), self)
        self.action.setToolTip(self.tr("Copy the answer and its figures"))
        self.action.setMenu(QMenu(conversation))
        self._fill(self.action.menu(), self._copy_shown)
        self.action.setEnabled(False)
        actions.addAction(self.action)
        button = actions.widgetForAction(self.action)
        if isinstance(button, QToolButton):
            button.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        conversation.card_written.connect(lambda: self.action.setEnabled(True))
        conversation.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        conversation.customContextMenuRequested.connect(self._open_menu)

    def menu_at(self, spot: QPoint) -> QMenu:
        """The context menu at a place of the conversation: Qt's own, and to copy the answer that is there."""
        menu = self._conversation.createStandardContextMenu(spot)
        run = self._runs.get(self._conversation.run_at(spot) or 0)
        if run is not None and run.report is not None:
            report = run.report
            menu.addSeparator()
            self._fill(menu.addMenu(self.tr("Copy answer")), lambda write: copy(report, write))
        return menu

    def _open_menu(self, spot: QPoint) -> None:
        self._menu = self.menu_at(spot)  # Python owns it: without a name it would be gone before it is read
        self._menu.popup(self._conversation.viewport().mapToGlobal(spot))

    def _fill(self, menu: QMenu, then: Callable[[Callable[[Report], str]], None]) -> None:
        menu.addAction(self.tr("As text")).triggered.connect(lambda: then(as_text))
        menu.addAction(self.tr("As Markdown")).triggered.connect(lambda: then(as_markdown))
        menu.addAction(self.tr("As CSV")).triggered.connect(lambda: then(as_csv))

    def _copy_shown(self, write: Callable[[Report], str]) -> None:
        run = self._shown()
        if run is not None and run.report is not None:
            copy(run.report, write)


def copy(report: Report, write: Callable[[Report], str]) -> None:
    """Put a report on the clipboard, as plain text for any program and by its own kind for those that know it."""
    text = write(report)
    data = QMimeData()
    data.setText(text)
    if _MIME[write]:
        data.setData(_MIME[write], text.encode("utf-8"))
    QgsApplication.clipboard().setMimeData(data)
