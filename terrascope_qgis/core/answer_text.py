"""A complete answer to take elsewhere, for people: as plain text and as Markdown."""

from __future__ import annotations

import re
from dataclasses import dataclass

from qgis.PyQt.QtCore import QCoreApplication

from ..client.protocol import Claim, Report, Step
from ..numerals import moment, number
from .confidence import caution, is_low, sureness
from .figures import area, change_figures, day_or_image, from_sar, in_unit, percent, ran_as, relation
from .unseen import unseen

translate = QCoreApplication.translate


@dataclass(frozen=True)
class Section:
    """A heading, and rows of what something is and its figures."""

    heading: str
    rows: list[tuple[str, str]]


def as_text(report: Report) -> str:
    """The answer as lines for people: question, answer, figures, and where they come from."""
    lines = [report.question, "", report.answer]
    for section in sections(report):
        lines += ["", section.heading]
        lines += [f"  {what}: {figures}" for what, figures in section.rows]
    return "\n".join([*lines, "", *provenance(report)]) + "\n"


def as_markdown(report: Report) -> str:
    """The answer as Markdown; what the user and the model wrote stays text and never becomes markup."""
    lines = [f"**{_plain(report.question)}**", "", _plain(report.answer)]
    for section in sections(report):
        lines += ["", f"| {section.heading} | |", "|---|---|"]
        lines += [f"| {_plain(what)} | {_plain(figures)} |" for what, figures in section.rows]
    lines.append("")
    lines += [f"- {_plain(line)}" for line in provenance(report)]
    return "\n".join(lines) + "\n"


def measured_how(report: Report) -> str:
    """On which ellipsoid, and what stands behind the ±."""
    words = translate("TerraScope", "Measured on the ellipsoid {ellipsoid}; ± is half a pixel along the boundary.")
    return words.format(ellipsoid=report.scene.ellipsoid)


def provenance(report: Report) -> list[str]:
    """What the figures rest on: the way they were measured, the model, the time."""
    lines = [
        measured_how(report),
        caution(report.model),
        " · ".join(part for part in (report.model.name, report.model.revision, ran_as(report.model)) if part),
    ]
    if report.model.quality:
        lines[-1] += ": " + report.model.quality
    took = translate("TerraScope", "{seconds} s").format(seconds=number(report.timings.get("total", 0.0), 1))
    lines.append(
        " · ".join([moment(report.finished), *([took] if "total" in report.timings else []), report.scene.crs])
    )
    return lines


def region(step: Step, report: Report) -> str:
    """`2 water`, with its day where there are several dates: `2 water, 2018-03-30`."""
    when = [day_or_image(step.image, report.dates)] if len(report.dates) > 1 else []
    return ", ".join([f"{step.index} {step.phrase}", *when])


def verdict(claim: Claim) -> str:
    """What the masks say to a figure the model wrote: `✓ measured 63.58 ha`."""
    if claim.measured is None:
        return translate("TerraScope", "– not measured")
    beside = translate("TerraScope", "measured {figure}").format(figure=in_unit(claim.measured, claim.unit))
    return ("✓ " if claim.agrees else "⚠ ") + beside


def sections(report: Report) -> list[Section]:
    """What there is to say, without empty sections."""
    names = {step.index: f"{step.index} {step.phrase}" for step in report.steps}

    def pair(sign: str, first: int, second: int) -> str:
        return f"{names[first]} {sign} {names[second]}"

    found = [
        Section(
            translate("TerraScope", "Measured"),
            [(region(step, report), _step_figures(step)) for step in report.steps],
        ),
        Section(
            translate("TerraScope", "Distances"),
            [(pair("↔", one.from_step, one.to_step), relation(one)) for one in report.distances],
        ),
        Section(
            translate("TerraScope", "Changes"),
            [(pair("→", one.from_step, one.to_step), change_figures(one)) for one in report.changes],
        ),
        Section(
            translate("TerraScope", "Over the dates"),
            [
                (
                    f"{one.phrase}, {day_or_image(one.image, report.dates)}",
                    area(one.area_ha, one.area_uncertainty_ha),
                )
                for one in report.series
            ],
        ),
        Section(
            translate("TerraScope", "What the model says"),
            [(in_unit(claim.value, claim.unit), verdict(claim)) for claim in report.claims],
        ),
        Section(
            translate("TerraScope", "Not seen"),
            [
                (", ".join(part for part in (one.why, one.when) if part), _joined(one.figures(), one.told_by))
                for one in unseen(report)
            ],
        ),
        Section(translate("TerraScope", "Notes"), [("⚠", warning) for warning in report.warnings]),
    ]
    return [section for section in found if section.rows]


def _step_figures(step: Step) -> str:
    sure = ("⚠ " if is_low(step.score) else "") + sureness(step.score)
    if step.edited:  # how sure the model was of another mask says nothing of this one
        sure = translate("TerraScope", "corrected by hand")
    if not step.pixels:
        return _joined(translate("TerraScope", "nothing found"), sure)
    return _joined(area(step.area_ha, step.area_uncertainty_ha), percent(step.coverage_pct), sure, from_sar(step))


def _joined(*parts: str) -> str:
    return ", ".join(part for part in parts if part)


def _plain(text: str) -> str:
    """Text that Markdown shows as it is, on one line."""
    return re.sub(r"([\\`*_{}\[\]<>#|~&])", r"\\\1", " ".join(text.split()))
