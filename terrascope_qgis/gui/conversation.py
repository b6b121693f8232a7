"""The conversation: questions, the reasoning as it comes with a chip for each mask, and the answer's figures."""

from __future__ import annotations

from html import escape

from qgis.PyQt.QtCore import QUrl, pyqtSignal
from qgis.PyQt.QtGui import QColor, QTextCursor
from qgis.PyQt.QtWidgets import QTextBrowser, QWidget

from ..client.protocol import Change, Distance, Report, Step
from ..core.figures import (
    change_figures,
    day_or_image,
    from_sar,
    hectares,
    hidden_by,
    in_unit,
    metres,
    percent,
    ran_as,
    relation,
)
from ..core.inputs import in_words, of_report
from ..core.quality import class_lights
from . import ink
from .class_lights import chip

SCHEME = "mask"


class Conversation(QTextBrowser):
    """Shows runs one below the other; text is only ever appended, so long conversations stay quick.

    Signals:
        mask_clicked: number of the run (from `begin`) and index of the step.
    """

    mask_clicked = pyqtSignal(int, int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setOpenLinks(False)
        self.setAccessibleName(self.tr("Conversation"))
        self.setPlaceholderText(self.tr("The reasoning and the answer appear here, each region as a mark to click."))
        self.anchorClicked.connect(self._clicked)
        self._run = 0
        self._kind = ""  # of the paragraph that words are added to; empty: they begin a new one
        self._answered = False
        self._colours: dict[int, QColor] = {}

    def begin(self, question: str, scene: str) -> int:
        """Start a run; returns its number."""
        self._run += 1
        self._kind = ""
        self._answered = False
        self._colours = {}
        if self._run > 1:
            self._block("<hr>")
        self._block(
            '<table width="100%" cellpadding="6" cellspacing="0" style="margin-top:4px"><tr><td bgcolor="{back}">'
            '<b>{question}</b><br><span style="color:{dim}; font-size:small">{scene}</span></td></tr></table>'.format(
                back=self._tint(0.13),
                question=escape(question).replace("\n", "<br>"),
                dim=self._dim(),
                scene=escape(scene),
            )
        )
        return self._run

    def begin_again(self) -> int:
        """The marks that follow are those of another attempt at the same question; returns its number."""
        self._run += 1
        self._colours = {}
        return self._run

    def add_text(self, text: str, kind: str) -> None:
        """Append a piece of the output: reasoning, measured, or answer."""
        if self._kind == "" or (kind == "answer") != (self._kind == "answer"):
            text = text.lstrip()
            if not text:
                return
            self._paragraph()
        self._kind = kind
        self._answered = self._answered or kind == "answer"
        style = {
            "answer": "font-weight:600",
            "measured": f"color:{self._dim()}; font-style:italic",
        }.get(kind, "")
        if kind == "measured":
            text = self._gap() + "(" + text.strip() + ")"
        self._inline(f'<span style="{style}; white-space:pre-wrap">{escape(text)}</span>')

    def add_mask(self, step: Step, colour: QColor) -> None:
        """Append the chip of a region."""
        if not self._kind:
            self._paragraph()
            self._kind = "reasoning"
        self._colours[step.index] = colour
        self._inline(_kept(self._gap()) + self._chip(step) + _kept(" "))

    def add_answer(self, answer: str) -> None:
        """Append the answer unless its words have come already."""
        if not self._answered:
            self.add_text(answer or self.tr("The model gave no answer."), "answer")

    def add_note(self, text: str) -> None:
        """Append a line that is not the model's: a warning, a cancellation, a failure."""
        self._block(f'<p style="color:{self._warm()}; font-size:small">⚠ {escape(text)}</p>')
        self._kind = ""

    def add_report(self, report: Report) -> None:
        """Append the card: what was measured, what the model said, what answered and how good it is."""
        rows = [self._measured_row(step, report) for step in report.steps]
        rows += [self._distance_row(distance, report) for distance in report.distances]
        rows += [self._change_row(change, report) for change in report.changes]
        rows += self._claim_rows(report)
        rows += self._hidden_rows(report)
        rows += self._quality_rows(report)
        if rows:
            opening = '<table width="100%" cellpadding="4" cellspacing="0" style="margin-top:8px" bgcolor="{}">'
            self._block(opening.format(self._tint(0.06)) + "".join(rows) + "</table>")
        self._block(
            '<p style="color:{dim}; font-size:small">{model}{quality}<br>{footer}</p>'.format(
                dim=self._dim(),
                model="<b>" + escape(report.model.name) + "</b>",
                quality=": " + escape(report.model.quality) if report.model.quality else "",
                footer=escape(self._footer(report)),
            )
        )

    def _measured_row(self, step: Step, report: Report) -> str:
        when = day_or_image(step.image, report.dates) if len(report.dates) > 1 else ""
        if not step.pixels:
            return _row(escape(f"{step.index} {step.phrase}") + self._below(when), escape(self.tr("nothing found")))
        area = hectares(step.area_ha, step.area_uncertainty_ha)
        figures = f"<b>{_whole(area)}</b> &nbsp; {_whole(percent(step.coverage_pct))}"
        return _row(self._chip(step) + self._below(when), figures + self._below(from_sar(step)))

    def _distance_row(self, distance: Distance, report: Report) -> str:
        names = {step.index: step for step in report.steps}
        pair = [self._chip(names[index], number_only=True) for index in (distance.from_step, distance.to_step)]
        centres = self.tr("centres {distance}").format(distance=metres(distance.centroid_distance_m))
        return _row("&nbsp;↔&nbsp;".join(pair), f"<b>{_whole(relation(distance))}</b>&nbsp; {_whole(centres)}")

    def _change_row(self, change: Change, report: Report) -> str:
        names = {step.index: step for step in report.steps}
        pair = [self._chip(names[index], number_only=True) for index in (change.from_step, change.to_step)]
        kept = self.tr("unchanged {area}").format(area=hectares(change.kept_ha))
        days = [day_or_image(image, report.dates) for image in (change.from_image, change.to_image)]
        figures = f"<b>{escape(change_figures(change))}</b>&nbsp; {_whole(kept)}"
        return _row("&nbsp;→&nbsp;".join(pair), figures + self._below(" → ".join(days)))

    def _hidden_rows(self, report: Report) -> list[str]:
        """What clouds hid of each date, and so was not measured."""
        rows = []
        for date in report.dates:
            if date.hidden_ha:
                what, area = self.tr("Hidden by clouds"), _whole(hectares(date.hidden_ha))
                when = day_or_image(date.image, report.dates) if len(report.dates) > 1 else ""
                rows.append(_row(escape(what) + self._below(when), f"<b>{area}</b>{self._below(hidden_by(date))}"))
        return rows

    def _quality_rows(self, report: Report) -> list[str]:
        """How well the model finds the classes that it marked, with the bands it had."""
        inputs = of_report(report.dates)
        lights = class_lights(report.model.class_quality, inputs, [step.phrase for step in report.steps])
        heading = self.tr("How well it finds them on other places, with {bands}").format(bands=in_words(inputs))
        rows = [f'<tr><td colspan="2">{self._small(escape(heading))}</td></tr>']
        for light in lights:
            parts = (light.figures() or light.word()).split(", ")
            rows.append(_row(chip(light), self._small(", ".join(map(_whole, parts)))))
        return rows if lights else []

    def _small(self, html: str) -> str:
        return f'<span style="color:{self._dim()}; font-size:small">{html}</span>'

    def _below(self, text: str) -> str:
        """A second, quieter line; nothing for no text."""
        return f"<br>{self._small(_whole(text))}" if text else ""

    def _claim_rows(self, report: Report) -> list[str]:
        rows = []
        for claim in report.claims:
            if claim.measured is None:
                sign, colour, beside = "–", self._dim(), self.tr("not measured")
            else:
                sign, colour = ("✓", self._good()) if claim.agrees else ("⚠", self._warm())
                beside = self.tr("measured {figure}").format(figure=in_unit(claim.measured, claim.unit))
            said = self.tr("Model: {figure}").format(figure=in_unit(claim.value, claim.unit))
            rows.append(_row(_whole(said), f'<span style="color:{colour}">{sign}&nbsp;{_whole(beside)}</span>'))
        return rows

    def _footer(self, report: Report) -> str:
        parts = [ran_as(report.model)]
        if "total" in report.timings:
            parts.append(self.tr("{seconds} s").format(seconds="{:.1f}".format(report.timings["total"])))
        parts += [report.scene.crs if len(report.scene.crs) < 20 else "", report.scene.ellipsoid]
        images = [image for date in report.dates for image in (date.optical, date.sar) if image is not None]
        parts += dict.fromkeys(image.stretch for image in images)
        return " · ".join(part for part in parts if part)

    def _chip(self, step: Step, number_only: bool = False) -> str:
        """A link on the region's colour."""
        colour = self._colours.get(step.index, QColor("#777777"))
        words = str(step.index) if number_only else f"{step.index} {step.phrase}"
        return (
            '<a href="{scheme}:{run}.{index}" style="text-decoration:none"><span style="background-color:{back}; '
            'color:{fore}; font-weight:600">&nbsp;{words}&nbsp;</span></a>'
        ).format(
            scheme=SCHEME,
            run=self._run,
            index=step.index,
            back=colour.name(),
            fore=self.ink_on(colour).name(),
            words=escape(words).replace(" ", "&nbsp;"),
        )

    @staticmethod
    def ink_on(back: QColor) -> QColor:
        """Black or white, whichever is easier to read on a colour."""
        light = 0.299 * back.redF() + 0.587 * back.greenF() + 0.114 * back.blueF()
        return QColor("#000000" if light > 0.52 else "#ffffff")

    def _clicked(self, url: QUrl) -> None:
        if url.scheme() != SCHEME:
            return
        run, _, index = url.path().partition(".")
        if run.isdigit() and index.isdigit():
            self.mask_clicked.emit(int(run), int(index))

    def _gap(self) -> str:
        """A blank, unless there is one already."""
        last = self.document().characterAt(self.document().characterCount() - 2)
        return "" if last.isspace() or last == "\u2029" else " "

    def _paragraph(self) -> None:
        self._block('<p style="margin-top:8px"></p>')

    def _block(self, html: str) -> None:
        """Append HTML that stands by itself, and follow it if the end was in view."""
        follow = self._at_end()
        self.append(html)
        self._follow(follow)

    def _inline(self, html: str) -> None:
        """Append to the last paragraph."""
        follow = self._at_end()
        cursor = QTextCursor(self.document())
        cursor.movePosition(QTextCursor.MoveOperation.End)
        cursor.insertHtml(html)
        self._follow(follow)

    def _at_end(self) -> bool:
        bar = self.verticalScrollBar()
        return bar.value() >= bar.maximum() - 4

    def _follow(self, follow: bool) -> None:
        """Someone who has scrolled up to read is left there."""
        if follow:
            bar = self.verticalScrollBar()
            bar.setValue(bar.maximum())

    # Colours come from the palette, so that light and dark themes both work.

    def _tint(self, share: float) -> str:
        return ink.tint(self.palette(), share)

    def _dim(self) -> str:
        return ink.dim(self.palette())

    def _warm(self) -> str:
        return ink.warm(self.palette())

    def _good(self) -> str:
        return ink.good(self.palette())


def _row(what: str, figures: str) -> str:
    """A row of the card: what it is about, and its figures on the right."""
    return f'<tr><td width="42%">{what}</td><td align="right">{figures}</td></tr>'


def _kept(blanks: str) -> str:
    """Blanks that HTML does not swallow."""
    return f'<span style="white-space:pre-wrap">{blanks}</span>'


def _whole(figure: str) -> str:
    """A figure that is not broken between its number and its unit."""
    return escape(figure).replace(" ", "&nbsp;")
