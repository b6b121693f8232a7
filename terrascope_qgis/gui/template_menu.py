"""A button with the ways of asking, by task."""

from __future__ import annotations

from qgis.PyQt.QtCore import pyqtSignal
from qgis.PyQt.QtWidgets import QMenu, QWidget

from ..core.question_templates import tasks, with_gaps
from .menu_button import MenuButton


class TemplateMenu(MenuButton):
    """A submenu for each task.

    Signals:
        chosen: a wording with its gaps.
    """

    chosen = pyqtSignal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setText(self.tr("Templates…"))
        self.setToolTip(self.tr("Ways of asking that the model knows, with classes to fill in"))
        menu = QMenu(self)
        for task in tasks():
            title = self.tr("{task} (several dates)").format(task=task.title) if task.several_dates else task.title
            submenu = menu.addMenu(title)
            for wording in task.wordings:
                action = submenu.addAction(with_gaps(wording)[0])
                action.triggered.connect(lambda _checked, wording=wording: self.chosen.emit(wording))
        self.setMenu(menu)
