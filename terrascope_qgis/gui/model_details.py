"""What is known about one model, as a page to read."""

from __future__ import annotations

from collections.abc import Iterable
from html import escape

from qgis.PyQt.QtCore import QEvent, QUrl
from qgis.PyQt.QtGui import QDesktopServices, QPalette, QTextOption
from qgis.PyQt.QtWidgets import QFrame, QTextBrowser, QWidget

from ..client.protocol import ModelSummary
from ..core.inputs import INPUT_SETS
from ..core.quality import class_lights, quality_line
from ..numerals import data_size, number
from . import ink
from .class_lights import CHIP_GAP, chip, measured_with


class ModelDetails(QTextBrowser):
    """Shows a model's summary and quality, and what it needs; its folder opens with a click."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setOpenLinks(False)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setAccessibleName(self.tr("About the model"))
        self.setWordWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)  # long folders, long revisions
        self.viewport().setAutoFillBackground(False)
        self.document().setDocumentMargin(0)
        self.anchorClicked.connect(_open)
        self._model: ModelSummary | None = None

    def clear(self) -> None:
        """Show none."""
        self._model = None
        super().clear()

    def changeEvent(self, event: QEvent) -> None:
        """Another theme has other colours."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.PaletteChange and self._model is not None:
            self.show_model(self._model)

    def show_model(self, model: ModelSummary) -> None:
        """Show a model."""
        self._model = model
        lights = [(measured_with(inputs), self._lights(model, inputs)) for inputs in INPUT_SETS]
        rows = (
            (self.tr("Base"), escape(model.base)),
            *lights,
            (self.tr("Memory"), self._memory(model)),
            (self.tr("Bands"), escape(", ".join(model.bands))),
            (self.tr("From"), escape(model.repository or "")),
            (self.tr("Revision"), escape(model.revision)),
            (self.tr("Checked"), self._checked(model)),
            (self.tr("Folder"), self._folder(model)),
        )
        line = quality_line(model)
        quality = f'<p style="color:{self._warm()}">⚠ {escape(line)}</p>' if line else ""
        self.setHtml(
            f'<p style="margin-top:0"><span style="font-size:large; font-weight:600">{escape(model.name)}</span>'
            f"{self._parameters(model)}</p><p>{escape(model.summary)}</p>{quality}"
            f"{table([row for row in rows if row[1]], self.palette())}"
        )

    def _parameters(self, model: ModelSummary) -> str:
        if not model.parameters:
            return ""
        if model.parameters >= 1e9:
            words = self.tr("{count} billion parameters").format(count=number(model.parameters / 1e9, 1))
        else:
            words = self.tr("{count} million parameters").format(count=number(model.parameters / 1e6, 1))
        return f'<span style="color:{ink.dim(self.palette())}">&nbsp;&nbsp;{escape(words)}</span>'

    @staticmethod
    def _lights(model: ModelSummary, inputs: str) -> str:
        """A light for each class that was measured with some bands."""
        names = model.class_quality.get(inputs, {})
        lights = class_lights(model.class_quality, inputs, names)
        return CHIP_GAP.join(f"{chip(light)}&nbsp;{number(light.quality.iou, 2)}" for light in lights)

    def _memory(self, model: ModelSummary) -> str:
        """A line for each tier: what it needs, and whether that is free."""
        cells = "".join(
            '<tr><td>{tier}</td><td align="right" style="padding-left:14px; padding-right:14px">{size}</td>'
            '<td style="color:{ink}">{fits}</td></tr>'.format(
                tier=escape(need.tier),
                size=data_size(need.bytes).replace(" ", "&nbsp;"),
                ink=self._good() if need.fits else self._warm(),
                fits=escape(self.tr("✓ fits here") if need.fits else self.tr("✗ more than is free here")),
            )
            for need in model.memory
        )
        return f'<table cellspacing="0" cellpadding="0">{cells}</table>' if cells else ""

    def _checked(self, model: ModelSummary) -> str:
        if model.verified:
            return f'<span style="color:{self._good()}">{escape(self.tr("✓ every file is as it was published"))}</span>'
        if model.state == "bundled":
            return escape(self.tr("came with the plugin"))
        return escape(self.tr("not yet")) if model.state == "here" else ""

    def _folder(self, model: ModelSummary) -> str:
        if model.state == "absent":
            return escape(model.folder)
        address = QUrl.fromLocalFile(model.folder).toString()
        return f'<a href="{escape(address, quote=True)}">{escape(model.folder)}</a>'

    def _warm(self) -> str:
        return ink.warm(self.palette())

    def _good(self) -> str:
        return ink.good(self.palette())


def table(rows: Iterable[tuple[str, str]], palette: QPalette) -> str:
    """HTML of labels and what belongs to them, itself HTML."""
    lines = "".join(
        f'<tr><td style="color:{ink.dim(palette)}; padding:2px 14px 2px 0; white-space:nowrap">{escape(label)}</td>'
        f'<td style="padding:2px 0 2px 0">{text}</td></tr>'
        for label, text in rows
    )
    return f'<table cellspacing="0" cellpadding="0" style="margin-top:8px">{lines}</table>'


def _open(url: QUrl) -> None:
    if url.isLocalFile():
        QDesktopServices.openUrl(url)
