"""The upper half of the dock: which scenes, which part of them, and the question."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from qgis.core import QgsRasterLayer
from qgis.PyQt.QtCore import Qt, pyqtSignal
from qgis.PyQt.QtWidgets import (
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QSizePolicy,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from ..client.protocol import AskRequest, ModelSummary
from ..core.capturing import Capturing
from ..core.choices import LAND_COVER
from ..core.elsewhere import elsewhere
from ..core.history import Entry
from ..core.inputs import of_choice
from ..core.request import ask_request
from ..errors import AnalysisError
from ..settings import Settings
from .band_mapping import BandGroup
from .capture_row import CaptureRow
from .choices_group import ChoicesGroup
from .dates_form import DatesForm
from .elided_label import ElidedLabel
from .extent_choice import ExtentChoice
from .follow_up import FollowUp
from .form_area import FormArea
from .help_button import HelpButton
from .history_menu import HistoryMenu
from .map_view import MapView
from .model_quality import ModelQuality
from .past_question import entry_of, put_back, scene_key
from .question_box import QuestionBox
from .quiet_label import QuietLabel
from .template_menu import TemplateMenu


class AskPanel(QWidget):
    """Collects a request.

    Args:
        map_view: the canvas, for extents.

    Attributes:
        captures: what has to be written before the request that was made last can be asked.

    Signals:
        asked: the user wants an answer.
        cancelled: the user wants it no more.
        models_wanted: the user wants to see the models.
        model_put_back: with an earlier question another model is to answer.
        failed: a sentence for the user.
    """

    asked = pyqtSignal()
    cancelled = pyqtSignal()
    models_wanted = pyqtSignal()
    model_put_back = pyqtSignal()
    failed = pyqtSignal(object)

    def __init__(self, map_view: MapView, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.captures: list[Capturing] = []
        self.dates = DatesForm()
        self.bands = BandGroup()
        self.more = ChoicesGroup()
        self.model = ElidedLabel()
        self.place = QuietLabel()
        self.quality = ModelQuality()
        self.models_button = QToolButton()
        self.models_button.setText(self.tr("Models…"))
        self.models_button.setToolTip(self.tr("Choose, fetch, check and delete models"))
        self.models_button.clicked.connect(self.models_wanted)
        self.area = ExtentChoice(map_view)
        self.extent = self.area.combo
        self.capture = CaptureRow(map_view, self.area)
        self.question = QuestionBox()
        self.question.submitted.connect(lambda: self.ask_button.isVisibleTo(self) and self.asked.emit())
        self.templates = TemplateMenu()
        self.templates.chosen.connect(self.question.insert_template)
        self.history = HistoryMenu()
        self.history.chosen.connect(self._put_back)
        self.help_button = HelpButton("ask")
        self.follow_up = FollowUp()
        self.ask_button = QPushButton(self.tr("Ask"))
        self.ask_button.setToolTip(self.tr("Ask (Ctrl+Enter)"))
        self.ask_button.clicked.connect(self.asked)
        self.cancel_button = QPushButton(self.tr("Cancel"))
        self.cancel_button.setToolTip(self.tr("Cancel (Esc)"))
        self.cancel_button.clicked.connect(self.cancelled)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Maximum)
        self._lay_out()
        self.dates.changed.connect(self._align)
        self.dates.changed.connect(self._scene_changed)
        self.area.changed.connect(self._tell_scene)
        self._scene_changed()
        self.set_busy(False)
        self.show_model(Settings.load())

    def show_model(self, settings: Settings, known: ModelSummary | None = None) -> None:
        """Show which model answers, and what is known of its quality."""
        self.model.set_whole(settings.model_title())
        self.place.tell(elsewhere(settings))
        self.quality.show_model(known, of_choice(self.dates.dates()))
        measured = known.class_quality.values() if known is not None else ()
        self.question.set_classes(list(dict.fromkeys([*LAND_COVER, *(name for one in measured for name in one)])))

    def request(self, settings: Settings, out: Path | None = None, picture: Path | None = None) -> AskRequest:
        """The request as chosen; what has to be captured for it is in `captures` then.

        Raises:
            TerraScopeError: something is missing or cannot be used.
        """
        self._check_gaps()
        self._tell_scene()
        area = self.area.area()
        files = self.capture.gather(settings)
        request = ask_request(
            self.question.toPlainText(),
            self.dates.dates(),
            settings,
            choices=self.more.choices(),
            extent=area.bounds if area is not None and area.is_rectangle else None,
            polygon=area.geometry if area is not None and not area.is_rectangle else None,
            extent_crs=area.crs if area is not None else None,
            bands=self.bands.mapping(),
            path_of=files.path_of,
            out=out,
            picture=picture,
        )
        request = self.follow_up.follow(replace(request, notes=files.notes()))
        needed = {path for date in request.dates for path in (date.optical, date.sar, date.clouds)}
        self.captures = [capture for path, capture in files.captures.items() if path in needed]
        return request

    def remember(self) -> None:
        """Keep the question that is being asked, for the history."""
        self.history.remember(entry_of(self, Settings.load()))

    def set_busy(self, busy: bool) -> None:
        """While an answer is on its way there is only Cancel."""
        self.ask_button.setVisible(not busy)
        self.cancel_button.setVisible(busy)
        self.cancel_button.setEnabled(True)

    def scene_name(self) -> str:
        """What is looked at and which part of it, for the heading of an answer."""
        return " · ".join(part for part in (self.dates.title(), self.area.title()) if part)

    def leave(self) -> None:
        """Nothing is read any more, and what was captured goes."""
        self.bands.leave()
        self.capture.captures.leave()

    def _check_gaps(self) -> None:
        gaps = self.question.unfilled()
        if gaps:
            raise AnalysisError(
                self.tr("The question still has a gap: put something in the place of {gaps}.").format(
                    gaps=", ".join(gaps)
                )
            )

    def _put_back(self, entry: Entry) -> None:
        told = put_back(self, entry)
        if told:
            self.failed.emit(AnalysisError(told))

    def _scene_changed(self) -> None:
        dates = self.dates.dates()
        self.quality.show_inputs(of_choice(dates))
        self.bands.show_dates(dates)
        scene = dates[0].first
        self.area.set_scene(scene if isinstance(scene, QgsRasterLayer) else None)
        self._capture_label.setVisible(self.capture.show_dates(dates))
        self._tell_scene()

    def _tell_scene(self) -> None:
        self.follow_up.show_scene(scene_key(self.dates.dates(), self.area))

    def _lay_out(self) -> None:
        rows = QGridLayout()
        rows.setColumnStretch(1, 1)
        rows.setHorizontalSpacing(4)
        model = QHBoxLayout()
        model.addWidget(self.model, 1)
        model.addWidget(self.models_button)
        self._labels = [self.tr("Extent"), self.tr("Capture"), self.tr("Model")]
        extent, self._capture_label, model_label = (
            _label(text, buddy)
            for text, buddy in zip(self._labels, (self.extent, self.capture.resolution, self.models_button))
        )
        rows.addWidget(extent, 0, 0, Qt.AlignmentFlag.AlignTop)
        rows.addWidget(self.area, 0, 1)
        rows.addWidget(self._capture_label, 1, 0, Qt.AlignmentFlag.AlignTop)
        rows.addWidget(self.capture, 1, 1)
        rows.addWidget(model_label, 2, 0)
        rows.addLayout(model, 2, 1)
        rows.addWidget(self.place, 3, 1)
        extent.setMinimumHeight(self.extent.sizeHint().height())
        self._capture_label.setMinimumHeight(self.capture.resolution.sizeHint().height())
        self._rows = rows
        self._align()
        buttons = QHBoxLayout()
        buttons.addWidget(self.templates)
        buttons.addWidget(self.history)
        buttons.addWidget(self.help_button)
        buttons.addStretch()
        buttons.addWidget(self.cancel_button)
        buttons.addWidget(self.ask_button)
        scene = QWidget()
        chosen = QVBoxLayout(scene)
        chosen.setContentsMargins(0, 0, 0, 0)
        chosen.addWidget(self.dates)
        chosen.addLayout(rows)
        chosen.addWidget(self.quality)
        chosen.addWidget(self.bands)
        chosen.addWidget(self.more)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        # Where there is little room what is asked about scrolls; the question and its button stay in sight.
        layout.addWidget(FormArea(scene))
        layout.addWidget(self.question)
        layout.addWidget(self.follow_up)
        layout.addLayout(buttons)

    def _align(self) -> None:
        """Let what stands right of labels begin at one line, however wide the labels of the dates are."""
        own = max(self.fontMetrics().horizontalAdvance(label) for label in self._labels)
        width = max(own, self.dates.label_width())
        self._rows.setColumnMinimumWidth(0, width)
        self.dates.set_label_width(width)


def _label(text: str, buddy: QWidget) -> QLabel:
    label = QLabel(text)
    label.setBuddy(buddy)
    return label
