"""The upper half of the dock: which scenes, which part of them, and the question."""

from __future__ import annotations

from pathlib import Path

from qgis.core import QgsRasterLayer
from qgis.PyQt.QtCore import Qt, pyqtSignal
from qgis.PyQt.QtGui import QKeyEvent
from qgis.PyQt.QtWidgets import (
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QMenu,
    QPlainTextEdit,
    QPushButton,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from ..client.protocol import AskRequest, ModelSummary
from ..core.inputs import of_choice
from ..core.request import ask_request
from ..settings import Settings
from .choices_group import ChoicesGroup
from .dates_form import DatesForm
from .elided_label import ElidedLabel
from .extent_choice import ExtentChoice
from .map_view import MapView
from .model_quality import ModelQuality

QUESTION_LINES = 3


class AskPanel(QWidget):
    """Collects a request.

    Args:
        map_view: the canvas, for extents.

    Signals:
        asked: the user wants an answer.
        cancelled: the user wants it no more.
        models_wanted: the user wants to see the models.
    """

    asked = pyqtSignal()
    cancelled = pyqtSignal()
    models_wanted = pyqtSignal()

    def __init__(self, map_view: MapView, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._map = map_view
        self.dates = DatesForm()
        self.more = ChoicesGroup()
        self.model = ElidedLabel()
        self.quality = ModelQuality()
        self.models_button = QToolButton()
        self.models_button.setText(self.tr("Models…"))
        self.models_button.setToolTip(self.tr("Choose, fetch, check and delete models"))
        self.models_button.clicked.connect(self.models_wanted)
        self.area = ExtentChoice(map_view)
        self.extent = self.area.combo
        self.question = self._question_box()
        self.ask_button = QPushButton(self.tr("Ask"))
        self.ask_button.setToolTip(self.tr("Ask (Ctrl+Enter)"))
        self.ask_button.clicked.connect(self.asked)
        self.cancel_button = QPushButton(self.tr("Cancel"))
        self.cancel_button.clicked.connect(self.cancelled)
        self._lay_out()
        self.set_busy(False)
        self.show_model(Settings.load())

    def show_model(self, settings: Settings, known: ModelSummary | None = None) -> None:
        """Show which model answers, and what is known of its quality."""
        self.model.set_whole(settings.model_title())
        self.quality.show_model(known, of_choice(self.dates.dates()))

    def request(self, settings: Settings, out: Path | None = None, picture: Path | None = None) -> AskRequest:
        """The request as chosen.

        Raises:
            TerraScopeError: something is missing or cannot be used.
        """
        area = self.area.area()
        return ask_request(
            self.question.toPlainText(),
            self.dates.dates(),
            settings,
            choices=self.more.choices(),
            extent=area.bounds if area is not None and area.is_rectangle else None,
            polygon=area.geometry if area is not None and not area.is_rectangle else None,
            extent_crs=area.crs if area is not None else None,
            out=out,
            picture=picture,
        )

    def set_busy(self, busy: bool) -> None:
        """While an answer is on its way there is only Cancel."""
        self.ask_button.setVisible(not busy)
        self.cancel_button.setVisible(busy)
        self.cancel_button.setEnabled(True)

    def scene_name(self) -> str:
        """What is looked at and which part of it, for the heading of an answer."""
        return " · ".join(part for part in (self.dates.title(), self.area.title()) if part)

    def _question_box(self) -> _QuestionBox:
        box = _QuestionBox()
        box.setPlaceholderText(self.tr("How many hectares of water are there?"))
        box.setAccessibleName(self.tr("Question"))
        box.setTabChangesFocus(True)
        box.setFixedHeight(box.fontMetrics().lineSpacing() * QUESTION_LINES + 14)
        box.submitted.connect(lambda: self.ask_button.isVisibleTo(self) and self.asked.emit())
        return box

    def _examples_button(self) -> QToolButton:
        button = QToolButton()
        button.setText(self.tr("Examples"))
        button.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        menu = QMenu(button)
        for text in (
            self.tr("How many hectares of water are there, and how far is it from the nearest built-up area?"),
            self.tr("What share of the scene is covered by trees?"),
            self.tr("Is there any built-up area?"),
            self.tr("Which is larger, cropland or grassland?"),
            self.tr("How far is the water from the trees?"),
            self.tr("Does the cropland border the built-up area?"),
        ):
            menu.addAction(text).triggered.connect(lambda _checked, words=text: self.question.setPlainText(words))
        button.setMenu(menu)
        return button

    def _lay_out(self) -> None:
        rows = QGridLayout()
        rows.setColumnStretch(1, 1)
        rows.setHorizontalSpacing(4)
        fields = (
            (self.tr("Extent"), self.area, None),
            (self.tr("Model"), self.model, self.models_button),
        )
        for row, (label, widget, button) in enumerate(fields):
            line = QHBoxLayout()
            line.addWidget(widget, 1)
            if button is not None:
                line.addWidget(button)
            rows.addWidget(_label(label, button if widget is self.model else widget), row, 0)
            rows.addLayout(line, row, 1)
        self._labels = [label for label, _, _ in fields]
        self._rows = rows
        self._align()
        self.dates.changed.connect(self._align)
        self.dates.changed.connect(self._scene_changed)
        self._scene_changed()
        buttons = QHBoxLayout()
        buttons.addWidget(self._examples_button())
        buttons.addStretch()
        buttons.addWidget(self.cancel_button)
        buttons.addWidget(self.ask_button)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self.dates)
        layout.addLayout(rows)
        layout.addWidget(self.quality)
        layout.addWidget(self.more)
        layout.addWidget(self.question)
        layout.addLayout(buttons)

    def _scene_changed(self) -> None:
        dates = self.dates.dates()
        self.quality.show_inputs(of_choice(dates))
        scene = dates[0].first
        self.area.set_scene(scene if isinstance(scene, QgsRasterLayer) else None)

    def _align(self) -> None:
        """Let what stands right of labels begin at one line, however wide the labels of the dates are."""
        own = max(self.fontMetrics().horizontalAdvance(label) for label in self._labels)
        width = max(own, self.dates.label_width())
        self._rows.setColumnMinimumWidth(0, width)
        self.dates.set_label_width(width)


class _QuestionBox(QPlainTextEdit):
    """Several lines of text, sent with Ctrl+Enter."""

    submitted = pyqtSignal()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        entered = event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
        if entered and event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            self.submitted.emit()
        else:
            super().keyPressEvent(event)


def _label(text: str, buddy: QWidget) -> QLabel:
    label = QLabel(text)
    label.setBuddy(buddy)
    return label
