"""A day, written like 2017-06-04, or nothing."""

from __future__ import annotations

from qgis.PyQt.QtCore import QDate, Qt, pyqtSignal
from qgis.PyQt.QtWidgets import QLineEdit, QWidget

WIDEST = "0000-00-00"


class DayEdit(QLineEdit):
    """A small field; what is no day gives way to the day before it, as in other fields for dates.

    Signals:
        chosen: the user has entered another day, or none.
    """

    chosen = pyqtSignal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._day: QDate | None = None
        self.setPlaceholderText(self.tr("unknown"))
        self.setToolTip(self.tr("The day the scene was taken, like 2017-06-04"))
        words = (WIDEST, self.placeholderText())
        self.setFixedWidth(max(self.fontMetrics().horizontalAdvance(word) for word in words) + 14)
        self.editingFinished.connect(self._entered)

    def day(self) -> QDate | None:
        """The day, None when it is not known."""
        return self._day

    def set_day(self, day: QDate | None) -> None:
        """Show a day; `chosen` does not follow."""
        self._day = day
        self.setText(day.toString(Qt.DateFormat.ISODate) if day is not None else "")

    def _entered(self) -> None:
        text, before = self.text().strip(), self._day
        day = QDate.fromString(text, Qt.DateFormat.ISODate)
        self.set_day(day if day.isValid() else None if not text else before)
        if self._day != before:
            self.chosen.emit()
