"""The dates of a place in the dock: one scene at first; a radar image and further dates when they are wanted."""

from __future__ import annotations

from collections.abc import Sequence

from qgis.core import QgsApplication, QgsProject, QgsRasterLayer
from qgis.PyQt.QtCore import Qt, pyqtSignal
from qgis.PyQt.QtWidgets import QGridLayout, QHBoxLayout, QSizePolicy, QSpacerItem, QToolButton, QVBoxLayout, QWidget

from ..core.request import MAX_DATES, Acquisition, in_order
from .date_row import DateRow
from .quiet_label import QuietLabel


class DatesForm(QWidget):
    """Rows of dates in the order of their days, and the buttons that add to them.

    Attributes:
        rows: at least one.

    Signals:
        changed: something else is chosen.
    """

    changed = pyqtSignal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.rows: list[DateRow] = []
        self._grid = QGridLayout()
        self._grid.setColumnStretch(1, 1)
        self._grid.setHorizontalSpacing(4)
        self._hint = QuietLabel()
        self.add_sar_button = self._adder(self.tr("Add SAR"), self.tr("A radar image of the same place and day"))
        self.add_date_button = self._adder(self.tr("Add date"), self.tr("The same place on another day"))
        self.add_sar_button.clicked.connect(self._add_sar)
        self.add_date_button.clicked.connect(lambda: self.add_date())
        self._indent = QSpacerItem(0, 0, QSizePolicy.Policy.Maximum)  # gives way where words are long
        self._buttons = QWidget()
        buttons = QHBoxLayout(self._buttons)
        buttons.setContentsMargins(0, 0, 0, 0)
        buttons.addSpacerItem(self._indent)
        buttons.addWidget(self.add_sar_button)
        buttons.addWidget(self.add_date_button)
        buttons.addStretch()
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addLayout(self._grid)
        self._add_row(optional=False)
        self._arrange()

    def dates(self) -> list[Acquisition]:
        """What is chosen, in the order of the days."""
        return in_order([row.date() for row in self.rows])

    def set_dates(self, dates: Sequence[Acquisition]) -> None:
        """Choose other dates; the first row stays, and the rest are made anew."""
        for row in self.rows[1:]:
            self._remove(row)
        self.rows[0].set_date(dates[0])
        for date in dates[1:]:
            self.add_date(date)

    def title(self) -> str:
        """What is chosen, in a few words."""
        if len(self.rows) == 1:
            names = [self.rows[0].scene.title(), *([self.tr("SAR")] if self.rows[0].date().sar else [])]
            return " + ".join(names[: 1 if self.rows[0].radar.isChecked() else 2])
        count = self.tr("{count} dates").format(count=len(self.rows))
        days = [row.day.text() for row in self.rows]
        return f"{count} · {days[0]} – {days[-1]}" if all(days) else count

    def set_label_width(self, width: int) -> None:
        """Let the labels be at least as wide as those around."""
        self._grid.setColumnMinimumWidth(0, width)
        several = len(self.rows) > 1
        self._indent.changeSize(0 if several else width, 0, QSizePolicy.Policy.Maximum)
        self._buttons.layout().invalidate()

    def label_width(self) -> int:
        """What the first column needs: words, or days where there are several dates."""
        words = (self._title(0, False), self._title(0, True), *((self.tr("Clouds"),) if self._has_clouds() else ()))
        text = max(self.fontMetrics().horizontalAdvance(word) for word in words)
        return max(text, self.rows[0].day.width()) if len(self.rows) > 1 else text

    def add_date(self, date: Acquisition | None = None) -> DateRow | None:
        """Add a row; a raster layer that is not chosen yet is offered. None when there are as many as can be."""
        if len(self.rows) >= MAX_DATES:
            return None
        row = self._add_row(optional=True)
        row.set_date(date or Acquisition(self._free_layer()))
        self._arrange()
        row.scene.setFocus()
        return row

    def _add_row(self, optional: bool) -> DateRow:
        row = DateRow(self, optional)
        row.changed.connect(self._arrange)
        row.shape_changed.connect(self._arrange)
        row.removed.connect(lambda: self._remove(row))
        self.rows.append(row)
        return row

    def _add_sar(self) -> None:
        next(row for row in self.rows if row.may_have_sar()).add_sar()

    def _remove(self, row: DateRow) -> None:
        self.rows.remove(row)
        for widget in row.widgets():
            widget.hide()
            widget.deleteLater()
        row.deleteLater()
        self._arrange()
        self.rows[-1].scene.setFocus()

    def _arrange(self) -> None:
        """Lay the rows out in the order of their days; where a day is not known, in the order they were added."""
        if all(row.day.day() is not None for row in self.rows):
            self.rows.sort(key=lambda row: row.day.day())
        while self._grid.count():
            self._grid.takeAt(0)
        several = len(self.rows) > 1
        line, order = 0, []
        for number, row in enumerate(self.rows, start=1):
            shown: list[QWidget] = []
            for widgets in row.rows(self._title(number if several else 0, row.radar.isChecked()), several):
                self._lay_line(line, widgets)
                shown += widgets
                line += 1
            for widget in row.widgets():
                widget.setVisible(widget in shown)
            order += row.focus_order(several)
        self._hint.tell(self._hints())
        begin = 0 if several else 1  # days leave less room beside them
        self._grid.addWidget(self._hint, line, begin, 1, 3 - begin)
        self._grid.addWidget(self._buttons, line + 1, 0, 1, 3)
        for one, following in zip(order, [*order[1:], self.add_sar_button]):
            QWidget.setTabOrder(one, following)
        self.add_sar_button.setEnabled(any(row.may_have_sar() for row in self.rows))
        self.add_date_button.setEnabled(len(self.rows) < MAX_DATES)
        self.changed.emit()

    def _lay_line(self, line: int, widgets: Sequence[QWidget]) -> None:
        """Label or day, raster, and what there is on its right; the raster takes the room that is left."""
        label, raster, *remover = widgets
        self._grid.addWidget(label, line, 0)
        self._grid.addWidget(raster, line, 1, 1, 2 - len(remover))
        if remover:
            self._grid.addWidget(remover[0], line, 2)

    def _title(self, number: int, radar: bool) -> str:
        if not number:
            return self.tr("SAR") if radar else self.tr("Scene")
        return (self.tr("SAR {number}") if radar else self.tr("Date {number}")).format(number=number)

    def _has_clouds(self) -> bool:
        return any(row.clouds is not None for row in self.rows)

    def _hints(self) -> str:
        hints = []
        radar = [row.scene.title() for row in self.rows if row.radar.isChecked()]
        if radar:
            hints.append(self.tr("{name} is read as radar; its … button changes that.").format(name=", ".join(radar)))
        if len(self.rows) > 1 and any(row.day.day() is None for row in self.rows):
            hints.append(self.tr("A day is unknown: enter it, or these dates are taken to be in the order shown."))
        return "\n".join(hints)

    def _free_layer(self) -> QgsRasterLayer | None:
        """The first raster layer of the project that is no date yet."""
        chosen = [row.scene.raster() for row in self.rows] + [row.sar.raster() for row in self.rows if row.sar]
        layers = (layer for layer in QgsProject.instance().mapLayers().values() if isinstance(layer, QgsRasterLayer))
        return next((layer for layer in layers if layer not in chosen and layer.bandCount() > 1), None)

    def _adder(self, text: str, tip: str) -> QToolButton:
        button = QToolButton()
        button.setText(text)
        button.setIcon(QgsApplication.getThemeIcon("/symbologyAdd.svg"))
        button.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        button.setToolTip(tip)
        button.setAutoRaise(True)
        return button
