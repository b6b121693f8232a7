"""A traffic light for each class: how well the model finds it with the bands it is given."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape

from qgis.PyQt.QtCore import QCoreApplication, QEvent, Qt
from qgis.PyQt.QtWidgets import QLabel, QWidget

from ..client.protocol import ByInputs
from ..core.inputs import in_words
from ..core.quality import FAIR, GOOD, POOR, ClassLight, class_lights
from . import ink

# Back and ink of each light; read well on light and dark themes alike.
_COLOURS = {GOOD: ("#1a7f37", "#ffffff"), FAIR: ("#f2b200", "#000000"), POOR: ("#c62828", "#ffffff")}
_GREY = ("#6e6e6e", "#ffffff")
CHIP_GAP = "&nbsp;&nbsp;&nbsp; "  # wide, so that no light is taken for that of the name before it

translate = QCoreApplication.translate


class ClassLights(QLabel):
    """A few lines of classes, each behind its light; the tooltip is the table of figures. Hidden without figures."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._lights: list[ClassLight] = []
        self._inputs = ""
        self.setTextFormat(Qt.TextFormat.RichText)
        self.setWordWrap(True)
        self.setAccessibleName(self.tr("How well each class is found"))
        self.setVisible(False)

    def show_figures(self, figures: ByInputs, inputs: str) -> None:
        """Show the lights of a model for an input set."""
        self._lights, self._inputs = class_lights(figures, inputs), inputs
        self._write()
        self.setVisible(bool(self._lights))

    def changeEvent(self, event: QEvent) -> None:
        """Another theme has other colours."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.PaletteChange:
            self._write()

    def _write(self) -> None:
        measured = measured_with(self._inputs)
        dim = ink.dim(self.palette())
        chips = CHIP_GAP.join(map(chip, self._lights))
        text = f'<p style="line-height:115%"><span style="color:{dim}">{escape(measured)}:</span> {chips}</p>'
        self.setText(text if self._lights else "")
        self.setToolTip(_table(self._lights, measured) if self._lights else "")
        self.setAccessibleDescription(measured + ": " + "; ".join(light.sentence() for light in self._lights))


def measured_with(inputs: str) -> str:
    """`With RGB + NIR`: what the lights hold for."""
    return translate("TerraScope", "With {bands}").format(bands=in_words(inputs))


def chip(light: ClassLight) -> str:
    """A light and its class as HTML that is not broken in its middle."""
    back, fore = _COLOURS.get(light.light, _GREY)
    return (
        f'<span style="background-color:{back}; color:{fore}; font-weight:600">&nbsp;{light.sign()}&nbsp;</span>&nbsp;'
        + escape(light.name).replace(" ", "&nbsp;").replace("-", "\u2011")  # a hyphen that does not break
    )


def _table(lights: Sequence[ClassLight], measured: str) -> str:
    """Class, light, and figures in columns."""
    rows = "".join(
        '<tr><td style="padding-right:10px">{}</td><td style="padding-right:10px">{}</td><td>{}</td></tr>'.format(
            chip(light), escape(light.word()), escape(light.figures()).replace(" ", "&nbsp;")
        )
        for light in lights
    )
    heading = translate("TerraScope", "{bands}, on places it was not trained on").format(bands=measured)
    return f"<p>{escape(heading)}</p><table cellspacing=0 cellpadding=1>{rows}</table>"
