"""How far a command on models has got: what it does, how many bytes, and Cancel."""

from __future__ import annotations

from qgis.PyQt.QtCore import pyqtSignal
from qgis.PyQt.QtWidgets import QHBoxLayout, QProgressBar, QPushButton, QWidget

from ..client.protocol import Progress
from ..numerals import data_size
from .elided_label import ElidedLabel

STEPS = 1000


class StoreProgress(QWidget):
    """One line, which keeps its place while nothing is going on, so that nothing jumps.

    Signals:
        cancelled: the user wants no more of it.
    """

    cancelled = pyqtSignal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._total_bytes = 0
        self.stage = ElidedLabel()
        self.bar = QProgressBar()
        self.cancel_button = QPushButton(self.tr("&Cancel"))
        self.cancel_button.clicked.connect(self._cancel)
        self.cancel_button.setAutoDefault(False)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self.stage, 1)
        layout.addWidget(self.bar, 1)
        layout.addWidget(self.cancel_button)
        policy = self.sizePolicy()
        policy.setRetainSizeWhenHidden(True)
        self.setSizePolicy(policy)
        self.end()

    def begin(self, stage: str, total_bytes: int = 0) -> None:
        """Show that something has begun.

        Args:
            stage: what it does.
            total_bytes: of the whole; 0: it is not counted in bytes.
        """
        self._total_bytes = total_bytes
        self.stage.set_whole(stage)
        self.bar.setRange(0, 0)  # it moves without saying how far it is
        self.bar.setFormat("")
        self.bar.setAccessibleName(stage)
        self.cancel_button.setEnabled(True)
        self.setVisible(True)

    def tell(self, progress: Progress) -> None:
        """Show how far it is."""
        self.stage.set_whole(progress.stage)
        self.bar.setRange(0, STEPS)
        if self._total_bytes:
            done = data_size(round(self._total_bytes * progress.fraction))
            self.bar.setFormat(self.tr("{done} of {total}").format(done=done, total=data_size(self._total_bytes)))
        else:
            self.bar.setFormat("%p %")
        self.bar.setValue(round(STEPS * progress.fraction))

    def end(self) -> None:
        """Nothing is going on."""
        self.setVisible(False)

    def _cancel(self) -> None:
        self.cancel_button.setEnabled(False)
        self.cancelled.emit()
