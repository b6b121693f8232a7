"""The table of models: one line each."""

from __future__ import annotations

from collections.abc import Sequence

from qgis.core import QgsApplication
from qgis.PyQt.QtCore import QCoreApplication, QModelIndex, QSize, Qt
from qgis.PyQt.QtGui import QIcon, QKeyEvent, QPixmap
from qgis.PyQt.QtWidgets import (
    QAbstractItemView,
    QHeaderView,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTreeWidget,
    QTreeWidgetItem,
    QWidget,
)

from ..client.protocol import MemoryNeed, ModelSummary
from ..core.quality import taught_words
from ..numerals import data_size

NAME, STATE, SIZE, NEEDS = range(4)
LINES = 5  # that are seen at once
AIR = 6
READY = ("bundled", "here")  # states in which a model can answer


class ModelTable(QTreeWidget):
    """Lists models; Enter or a double click activates one."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._models: list[ModelSummary] = []
        self.setAccessibleName(self.tr("Models"))
        self.setHeaderLabels([self.tr("Model"), self.tr("Where"), self.tr("Size"), self.tr("Memory needed")])
        self.setRootIsDecorated(False)
        self.setAllColumnsShowFocus(True)
        self.setUniformRowHeights(True)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setIconSize(QSize(self.fontMetrics().height(), self.fontMetrics().height()))
        self.header().setStretchLastSection(False)
        self.header().setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)
        self.header().setSectionResizeMode(NAME, QHeaderView.ResizeMode.Stretch)
        self.setItemDelegate(_Roomy(self))
        self._no_icon = QPixmap(self.iconSize())
        self._no_icon.fill(Qt.GlobalColor.transparent)
        self.setFixedHeight(self.header().sizeHint().height() + LINES * self._line_height() + 2 * self.frameWidth())

    def show_models(self, models: Sequence[ModelSummary], chosen: str) -> None:
        """Fill the table anew; the line that was current stays current.

        Args:
            models: of the runtime.
            chosen: id of the one that answers.
        """
        before = self.selected()
        self._models = list(models)
        self.blockSignals(True)
        self.clear()
        self.addTopLevelItems([self._line(model, model.id == chosen) for model in self._models])
        self.blockSignals(False)
        self.select(before.id if before is not None else chosen)

    def mark(self, chosen: str) -> None:
        """Show that this one answers now."""
        self.show_models(self._models, chosen)

    def models(self) -> list[ModelSummary]:
        """Those in the table."""
        return list(self._models)

    def selected(self) -> ModelSummary | None:
        """The model of the current line."""
        index = self.indexOfTopLevelItem(self.currentItem()) if self.currentItem() is not None else -1
        return self._models[index] if index >= 0 else None

    def select(self, model: str) -> None:
        """Make a model's line the current one, the first where there is none of that id."""
        ids = [one.id for one in self._models]
        self.setCurrentItem(self.topLevelItem(ids.index(model) if model in ids else 0))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter activates; Qt does that by itself on some systems only."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self.currentItem() is not None:
            self.itemActivated.emit(self.currentItem(), NAME)
            return
        super().keyPressEvent(event)

    def _line_height(self) -> int:
        return self.fontMetrics().height() + 2 + AIR

    def _line(self, model: ModelSummary, in_use: bool) -> QTreeWidgetItem:
        need = best_need(model)
        size = data_size(model.size_bytes) if model.size_bytes else ""
        where = state_words(model)
        line = QTreeWidgetItem([model.name, where, size, _need_words(need)])
        line.setIcon(NAME, QIcon(self._no_icon))  # so that names begin at one place
        line.setToolTip(NAME, "\n".join(part for part in (model.name, taught_words(model)) if part))
        line.setToolTip(STATE, taught_words(model))
        if in_use:
            font = line.font(NAME)
            font.setBold(True)
            line.setFont(NAME, font)
            line.setText(STATE, self.tr("in use, {where}").format(where=where))
            line.setIcon(NAME, QgsApplication.getThemeIcon("/mIconSuccess.svg"))
        return line


class _Roomy(QStyledItemDelegate):
    """Leaves air around the text of a cell."""

    def sizeHint(self, option: QStyleOptionViewItem, index: QModelIndex) -> QSize:
        size = super().sizeHint(option, index)
        return QSize(size.width() + option.fontMetrics.averageCharWidth() * 2, size.height() + AIR)


def state_words(model: ModelSummary) -> str:
    """Where a model is, or what it was taught from, for people."""
    if model.base and model.state == "here":
        return QCoreApplication.translate("TerraScope", "taught from {base}").format(base=model.base)
    return {
        "bundled": QCoreApplication.translate("TerraScope", "with the plugin"),
        "here": QCoreApplication.translate("TerraScope", "on this machine"),
        "incomplete": QCoreApplication.translate("TerraScope", "incomplete"),
        "absent": QCoreApplication.translate("TerraScope", "not fetched"),
    }.get(model.state, model.state)


def best_need(model: ModelSummary) -> MemoryNeed | None:
    """The best tier that fits here, else the one that needs least; None when its needs are not known."""
    fitting = next((need for need in model.memory if need.fits), None)  # they come best first
    return fitting or min(model.memory, key=lambda need: need.bytes, default=None)


def _need_words(need: MemoryNeed | None) -> str:
    if need is None:
        return ""
    if need.fits:
        fits = QCoreApplication.translate("TerraScope", "{size} as {tier} ✓")
    else:
        fits = QCoreApplication.translate("TerraScope", "{size} as {tier}, not free here")
    return fits.format(size=data_size(need.bytes), tier=need.tier)
