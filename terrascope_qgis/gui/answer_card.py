"""The card of a complete answer in HTML: what was measured, what the model said, what was not seen, how good it is."""

from __future__ import annotations

import re
from collections.abc import Mapping
from html import escape

from qgis.PyQt.QtCore import QCoreApplication
from qgis.PyQt.QtGui import QColor, QPalette

from ..client.protocol import Change, Distance, Report, Step
from ..core.answer_text import measured_how, verdict
from ..core.confidence import caution, is_low, sureness
from ..core.figures import (
    area,
    change_figures,
    day_or_image,
    distance,
    examples,
    from_sar,
    in_hectares_too,
    in_metres_too,
    in_unit,
    percent,
    ran_as,
    relation,
)
from ..core.inputs import in_words, of_report
from ..core.quality import class_lights
from ..core.unseen import unseen
from ..numerals import moment, number
from . import ink
from .class_lights import chip
from .mask_chip import mask_chip

SWITCH_SCHEME = "layer"
SHOWN, HIDDEN = "☑", "☐"

translate = QCoreApplication.translate


class AnswerCard:
    """Writes the parts of one card.

    Args:
        report: the complete answer.
        run: its number in the conversation; the links name it.
        colours: of the masks, by the index of their step.
        palette: of the widget that shows the card.
    """

    def __init__(self, report: Report, run: int, colours: Mapping[int, QColor], palette: QPalette) -> None:
        self._report = report
        self._run = run
        self._colours = colours
        self._palette = palette
        self._steps = {step.index: step for step in report.steps}

    def table(self) -> str:
        """Everything with a figure, two columns wide; empty when there is nothing."""
        report = self._report
        rows = [self._measured_row(step) for step in report.steps]
        rows += [self._distance_row(distance) for distance in report.distances]
        rows += [self._change_row(change) for change in report.changes]
        rows += self._claim_rows()
        rows += self._by_hand_rows()
        rows += self._unseen_rows()
        rows += self._quality_rows()
        return '<table width="100%" cellpadding="3" cellspacing="0">' + "".join(rows) + "</table>" if rows else ""

    def footer(self) -> str:
        """What the figures rest on."""
        report = self._report
        lines = [escape(measured_how(report)), escape(caution(report.model))] if report.steps else []
        lines.append("<b>" + escape(report.model.name) + "</b>" + (": " if report.model.quality else ""))
        lines[-1] += escape(report.model.quality)
        lines.append(escape(self._ran()))
        return self._small("<br>".join(lines))

    def _ran(self) -> str:
        report = self._report
        parts = [ran_as(report.model)]
        if "total" in report.timings:
            seconds = number(report.timings["total"], 1)
            parts.append(translate("TerraScope", "{seconds} s").format(seconds=seconds))
        parts.append(report.scene.crs if len(report.scene.crs) < 20 else "")
        images = [image for date in report.dates for image in (date.optical, date.sar) if image is not None]
        parts += dict.fromkeys(image.stretch for image in images)
        return " · ".join(part for part in parts if part)

    def _measured_row(self, step: Step) -> str:
        report = self._report
        when = day_or_image(step.image, report.dates) if len(report.dates) > 1 else ""
        if not step.pixels:
            hand = "✎ " + translate("TerraScope", "corrected by hand") if step.edited else ""
            nothing = translate("TerraScope", "nothing left") if hand else translate("TerraScope", "nothing found")
            sure = self._below(hand) if hand else self._sure(step.score)
            return _row(escape(f"{step.index} {step.phrase}") + self._below(when), escape(nothing) + sure)
        if step.edited:  # how sure the model was of another mask says nothing of this one
            sure = self._below("✎ " + translate("TerraScope", "corrected by hand"))
        else:
            sure = self._sure(step.score)
        size = (step.area_ha, step.area_uncertainty_ha)
        figures = f"{_bold(area(*size), in_hectares_too(*size))} &nbsp;{_whole(percent(step.coverage_pct))}"
        what = self._switch(step) + self._chip(step) + self._below(when)
        return _row(what, figures + sure + self._below(from_sar(step)))

    def _sure(self, score: float) -> str:
        if not is_low(score):
            return self._below(sureness(score))
        return f'<br><span style="color:{self._warm()}; font-size:small">⚠\u00a0{_whole(sureness(score))}</span>'

    def _distance_row(self, between: Distance) -> str:
        pair = [self._chip(self._steps[index], number_only=True) for index in (between.from_step, between.to_step)]
        centres = translate("TerraScope", "centres {distance}").format(distance=distance(between.centroid_distance_m))
        length_m = between.contact_length_m if between.contact else between.distance_m
        figures = _bold(relation(between), in_metres_too(length_m))
        figures += f" &nbsp;{_titled(_whole(centres), in_metres_too(between.centroid_distance_m))}"
        return _row("&nbsp;↔&nbsp;".join(pair), figures)

    def _change_row(self, change: Change) -> str:
        report = self._report
        pair = [self._chip(self._steps[index], number_only=True) for index in (change.from_step, change.to_step)]
        kept = translate("TerraScope", "unchanged {area}").format(area=area(change.kept_ha))
        days = [day_or_image(image, report.dates) for image in (change.from_image, change.to_image)]
        gained, lost = in_hectares_too(change.gained_ha), in_hectares_too(change.lost_ha)
        figures = _bold(change_figures(change), gained and f"+ {gained}, − {lost}")
        figures += f" &nbsp;{_titled(_whole(kept), in_hectares_too(change.kept_ha))}"
        return _row("&nbsp;→&nbsp;".join(pair), figures + self._below(" → ".join(days)))

    def _claim_rows(self) -> list[str]:
        rows = []
        for claim in self._report.claims:
            colour = self._dim() if claim.measured is None else self._good() if claim.agrees else self._warm()
            said = translate("TerraScope", "Model: {figure}").format(figure=in_unit(claim.value, claim.unit))
            rows.append(_row(_whole(said), f'<span style="color:{colour}">{_whole(verdict(claim))}</span>'))
        return rows

    def _by_hand_rows(self) -> list[str]:
        """What the user has shown."""
        rows = []
        for phrase, count in self._report.taught.items():
            words = translate("TerraScope", "{phrase}: {examples}").format(phrase=phrase, examples=examples(count))
            rows.append(_row(escape(translate("TerraScope", "Taught here")), f"<b>{_whole(words)}</b>"))
        if self._report.edited:
            told = translate("TerraScope", "Figures follow the masks as they were corrected by hand on {time}; ")
            told += translate("TerraScope", "the words of the answer are the model's, from before.")
            told = told.format(time=moment(self._report.edited))
            rows.append(f'<tr><td colspan="2">{self._small("✎ " + escape(told))}</td></tr>')
        return rows

    def _unseen_rows(self) -> list[str]:
        """What the answer says nothing about."""
        rows = []
        for one in unseen(self._report):
            figures = _bold(one.figures(), in_hectares_too(one.area_ha)) + self._below(one.told_by)
            rows.append(_row(escape(one.why) + self._below(one.when), figures))
        return rows

    def _quality_rows(self) -> list[str]:
        """How well the model finds the classes that it marked, with the bands it had."""
        report = self._report
        inputs = of_report(report.dates)
        lights = class_lights(report.model.class_quality, inputs, [step.phrase for step in report.steps])
        heading = translate("TerraScope", "How well it finds them on other places, with {bands}")
        heading = heading.format(bands=in_words(inputs))
        rows = [f'<tr><td colspan="2">{self._small(escape(heading))}</td></tr>']
        for light in lights:
            figures = self._small(_whole(light.figures() or light.word()))
            rows.append(f'<tr><td colspan="2">{chip(light)}&nbsp; {figures}</td></tr>')
        return rows if lights else []

    def _switch(self, step: Step) -> str:
        """A box that shows or hides the layer; two characters, so that one can be exchanged within the link."""
        title = translate("TerraScope", "Show or hide {region} on the map").format(region=step.phrase)
        return (
            f'<a href="{SWITCH_SCHEME}:{self._run}.{step.index}" title="{escape(title)}" '
            f'style="text-decoration:none; color:{self._text()}">{HIDDEN}&nbsp;</a>'
        )

    def _chip(self, step: Step, number_only: bool = False) -> str:
        words = str(step.index) if number_only else f"{step.index} {step.phrase}"
        colour = self._colours.get(step.index, QColor("#777777"))
        return mask_chip(self._run, step.index, words, colour, chip_title(step))

    def _small(self, html: str) -> str:
        return f'<span style="color:{self._dim()}; font-size:small">{html}</span>'

    def _below(self, text: str) -> str:
        """A second, quieter line; nothing for no text."""
        return f"<br>{self._small(_whole(text))}" if text else ""

    def _text(self) -> str:
        return self._palette.color(QPalette.ColorRole.Text).name()

    def _dim(self) -> str:
        return ink.dim(self._palette)

    def _warm(self) -> str:
        return ink.warm(self._palette)

    def _good(self) -> str:
        return ink.good(self._palette)


def chip_title(step: Step) -> str:
    """What a chip says when it is pointed at."""
    if not step.pixels:
        return translate("TerraScope", "{region}: nothing found").format(region=step.phrase)
    size = (step.area_ha, step.area_uncertainty_ha)
    return translate("TerraScope", "{region}: {area}. Point to light it up on the map, click to go there").format(
        region=step.phrase, area=" = ".join(filter(None, (area(*size), in_hectares_too(*size))))
    )


def _row(what: str, figures: str) -> str:
    """A row of the card: what it is about, and its figures on the right."""
    return f'<tr><td width="47%">{what}</td><td align="right">{figures}</td></tr>'


def _bold(figure: str, tip: str) -> str:
    return f"<b>{_titled(_whole(figure), tip)}</b>"


def _titled(html: str, tip: str) -> str:
    """With a tool tip, where there is one."""
    return f'<span title="{escape(tip)}">{html}</span>' if tip else html


def _whole(figure: str) -> str:
    """Figures that are not broken between a number and its sign or unit; lines break at other blanks."""
    return re.sub(r"([+−±✓⚠–]) (?=\S)|(?<=\d) (?=[%٪±m]|(?:ha|ac|ft|km)\b)", "\\1\u00a0", escape(figure))
