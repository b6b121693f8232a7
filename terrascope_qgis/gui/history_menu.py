"""A button that shows the questions asked before: searched by typing, put back with Enter or a click."""

from __future__ import annotations

from pathlib import Path

from qgis.PyQt.QtCore import QDateTime, QEvent, QLocale, QObject, QPoint, Qt, pyqtSignal
from qgis.PyQt.QtGui import QKeyEvent
from qgis.PyQt.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QLineEdit,
    QListWidget,
    QListWidgetItem,
    QPushButton,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from ..core.history import Entry, clear, default_path, load, remember

LETTERS_WIDE, LINES_HIGH = 52, 18


class HistoryMenu(QToolButton):
    """The button.

    Attributes:
        popup: the list; made when it is first wanted.

    Signals:
        chosen: an Entry that the user wants back.
    """

    chosen = pyqtSignal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.path: Path = default_path()
        self.popup: HistoryPopup | None = None
        self.setText(self.tr("History…"))
        self.setToolTip(self.tr("Questions that were asked before"))
        self.clicked.connect(self.open)

    def remember(self, entry: Entry) -> None:
        """Add a question."""
        remember(self.path, entry)

    def open(self) -> None:
        """Show the list below the button."""
        if self.popup is None:
            self.popup = HistoryPopup(self)
            self.popup.chosen.connect(self.chosen)
        self.popup.show_entries(self.path)
        self.popup.move(self.mapToGlobal(QPoint(0, self.height())))
        self.popup.show()
        self.popup.search.setFocus()


class HistoryPopup(QFrame):
    """The list, with a line to search it and a button to clear it; it goes when something else is clicked.

    Signals:
        chosen: an Entry.
    """

    chosen = pyqtSignal(object)

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent, Qt.WindowType.Popup)
        self.setFrameShape(QFrame.Shape.StyledPanel)
        letters = self.fontMetrics()
        self.resize(LETTERS_WIDE * letters.averageCharWidth(), LINES_HIGH * letters.lineSpacing())
        self._path = Path()
        self.search = QLineEdit()
        self.search.setPlaceholderText(self.tr("Search"))
        self.search.setAccessibleName(self.tr("Search the history"))
        self.search.setClearButtonEnabled(True)
        self.search.textChanged.connect(self._filter)
        self.search.installEventFilter(self)
        self.list = QListWidget()
        self.list.setAccessibleName(self.tr("Questions that were asked before"))
        self.list.setWordWrap(True)
        self.list.setAlternatingRowColors(True)
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.list.itemClicked.connect(self._choose)
        self.list.itemActivated.connect(self._choose)
        self.clear_button = QPushButton(self.tr("Clear history"))
        self.clear_button.clicked.connect(self._clear)
        buttons = QHBoxLayout()
        buttons.addStretch()
        buttons.addWidget(self.clear_button)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(6, 6, 6, 6)
        layout.addWidget(self.search)
        layout.addWidget(self.list, 1)
        layout.addLayout(buttons)

    def show_entries(self, path: Path) -> None:
        """Read the history."""
        self._path = path
        self.list.clear()
        self.search.clear()
        for entry in load(path):
            asked = QDateTime.fromString(entry.asked, Qt.DateFormat.ISODate).toLocalTime()
            when = QLocale().toString(asked, QLocale.FormatType.ShortFormat) if asked.isValid() else ""
            about = " · ".join(part for part in (entry.scene, entry.model, when) if part)
            item = QListWidgetItem(entry.question + ("\n" + about if about else ""))
            item.setData(Qt.ItemDataRole.UserRole, entry)
            self.list.addItem(item)
        self._filter("")

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Arrow keys and Enter in the search line work on the list."""
        if event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            if event.key() in (Qt.Key.Key_Down, Qt.Key.Key_Up):
                self.list.setFocus()
                return False
            if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self.list.currentItem() is not None:
                self._choose(self.list.currentItem())
                return True
        return super().eventFilter(watched, event)

    def _filter(self, text: str) -> None:
        words = text.lower().split()
        first = None
        for row in range(self.list.count()):
            item = self.list.item(row)
            item.setHidden(not all(word in item.text().lower() for word in words))
            first = first if first is not None or item.isHidden() else item
        self.list.setCurrentItem(first)
        self.clear_button.setEnabled(self.list.count() > 0)

    def _choose(self, item: QListWidgetItem) -> None:
        entry: Entry = item.data(Qt.ItemDataRole.UserRole)
        self.hide()
        self.chosen.emit(entry)

    def _clear(self) -> None:
        clear(self._path)
        self.show_entries(self._path)
