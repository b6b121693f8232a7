"""What is known of the chosen model's quality, between the model and the question: one line, and a light a class."""

from __future__ import annotations

from html import escape
from textwrap import shorten

from qgis.PyQt.QtCore import Qt
from qgis.PyQt.QtWidgets import QLabel, QVBoxLayout, QWidget

from ..client.protocol import ByInputs, ModelSummary
from ..core.quality import quality_line
from .class_lights import ClassLights

LONGEST = 160  # letters of the line; its tooltip has all of it


class ModelQuality(QWidget):
    """Takes no room until there is something to say.

    Attributes:
        line: the model's own line on its quality, or what it was taught from.
        lights: of its classes.
    """

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.line = QLabel()
        self.line.setTextFormat(Qt.TextFormat.PlainText)
        self.line.setWordWrap(True)
        self.lights = ClassLights()
        self._figures: ByInputs = {}
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(2)
        layout.addWidget(self.line)
        layout.addWidget(self.lights)
        self.show_model(None, "")

    def show_model(self, model: ModelSummary | None, inputs: str) -> None:
        """Show a model's quality for an input set; None: it is not known yet."""
        self._figures = model.class_quality if model is not None else {}
        whole = quality_line(model) if model is not None else ""
        self.line.setText(shorten(whole, LONGEST, placeholder=" …"))
        self.line.setToolTip(f"<p>{escape(whole)}</p>" if whole else "")
        self.line.setVisible(bool(whole))
        self.show_inputs(inputs)

    def show_inputs(self, inputs: str) -> None:
        """The same model is given other bands."""
        self.lights.show_figures(self._figures, inputs)
        self.setVisible(not self.line.isHidden() or not self.lights.isHidden())
