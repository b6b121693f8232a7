"""Room for a form: as high as it needs where there is enough, else less, and it can be scrolled."""

from __future__ import annotations

from qgis.PyQt.QtCore import QEvent, QObject, QSize, Qt
from qgis.PyQt.QtWidgets import QFrame, QScrollArea, QSizePolicy, QWidget

LEAST_LINES = 6  # of text that are seen of it


class FormArea(QScrollArea):
    """Never squeezes its form, and does not make its window higher than the screen.

    Args:
        form: that is shown.
    """

    def __init__(self, form: QWidget, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Maximum)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        form.setMinimumWidth(1)  # with the longest of words its rows get tighter before they go beyond the edge
        self.setWidget(form)
        form.installEventFilter(self)

    def sizeHint(self) -> QSize:
        """All of the form, as wide as it is now."""
        form = self.widget()
        least = form.minimumSizeHint()
        wide = max(self.viewport().width(), least.width())
        return QSize(form.sizeHint().width(), form.heightForWidth(wide) if form.hasHeightForWidth() else least.height())

    def minimumSizeHint(self) -> QSize:
        """A few lines; no narrower than the form and a scroll bar."""
        bar = self.verticalScrollBar().sizeHint().width()
        return QSize(self.widget().minimumSizeHint().width() + bar, LEAST_LINES * self.fontMetrics().lineSpacing())

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """The form has got other rows, or another width, which is another height."""
        if watched is self.widget() and event.type() in (QEvent.Type.LayoutRequest, QEvent.Type.Resize):
            self.updateGeometry()
        return super().eventFilter(watched, event)
