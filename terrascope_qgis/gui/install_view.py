"""How far an installation is: what it does, a bar, Cancel, and what its commands say."""

from __future__ import annotations

from qgis.PyQt.QtCore import Qt, pyqtSignal
from qgis.PyQt.QtGui import QFontDatabase
from qgis.PyQt.QtWidgets import (
    QHBoxLayout,
    QPlainTextEdit,
    QProgressBar,
    QPushButton,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from .elided_label import ElidedLabel

STEPS = 1000
KEPT_LINES = 2000


class InstallView(QWidget):
    """Progress and log; the log can be folded and stays when the work has ended.

    Signals:
        cancelled: the user wants no more of it.
    """

    cancelled = pyqtSignal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.stage = ElidedLabel()
        self.amount = ElidedLabel()
        self.bar = QProgressBar()
        self.bar.setMaximum(STEPS)
        self.cancel_button = QPushButton(self.tr("&Cancel"))
        self.cancel_button.clicked.connect(self._cancel)
        self.log_button = QToolButton()
        self.log_button.setText(self.tr("&Log"))
        self.log_button.setCheckable(True)
        self.log_button.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        self.log_button.setAutoRaise(True)
        self.log_button.toggled.connect(self._fold)
        self.log = QPlainTextEdit()
        self.log.setReadOnly(True)
        self.log.setMaximumBlockCount(KEPT_LINES)
        self.log.setFont(QFontDatabase.systemFont(QFontDatabase.SystemFont.FixedFont))
        self.log.setLineWrapMode(QPlainTextEdit.LineWrapMode.NoWrap)
        self.log.setTabChangesFocus(True)
        self.log.setAccessibleName(self.tr("Log of the installation"))
        self._lay_out()
        self._fold(False)
        self.setVisible(False)

    def begin(self, stage: str) -> None:
        """Show that something has begun; an earlier log goes."""
        self.log.clear()
        self.cancel_button.setEnabled(True)
        for widget in self._moving:
            widget.setVisible(True)
        self.tell(0.0, stage)
        self.setVisible(True)

    def tell(self, fraction: float, stage: str) -> None:
        """Show how far it is.

        Args:
            fraction: of the whole.
            stage: what is being done; how much of it may follow after " · ", and stands below the bar then.
        """
        doing, _, amount = stage.partition(" · ")
        self.stage.set_whole(doing)
        self.amount.set_whole(amount)
        self.bar.setValue(round(STEPS * fraction))
        self.bar.setAccessibleName(stage)

    def add_line(self, line: str) -> None:
        """A line for the log; the view follows unless the user has scrolled back."""
        self.log.appendPlainText(line)

    def end(self, failed: bool = False) -> None:
        """Nothing is going on any more; after a failure the log opens."""
        for widget in self._moving:
            widget.setVisible(False)
        if failed:
            self.log_button.setChecked(True)

    def _cancel(self) -> None:
        self.cancel_button.setEnabled(False)
        self.cancelled.emit()

    def _fold(self, shown: bool) -> None:
        self.log.setVisible(shown)
        self.log_button.setArrowType(Qt.ArrowType.DownArrow if shown else Qt.ArrowType.RightArrow)

    def _lay_out(self) -> None:
        line = QHBoxLayout()
        line.addWidget(self.bar, 1)
        line.addWidget(self.cancel_button)
        self._moving = (self.stage, self.bar, self.cancel_button, self.amount)
        self.log.setMinimumHeight(self.fontMetrics().lineSpacing() * 8)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self.stage)
        layout.addLayout(line)
        layout.addWidget(self.amount)
        layout.addWidget(self.log_button)
        layout.addWidget(self.log, 1)
