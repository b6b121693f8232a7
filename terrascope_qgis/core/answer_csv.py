"""Every figure of a complete answer as CSV, to calculate with."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from typing import Union

from ..client.protocol import Report, Step
from .unseen import unseen

COLUMNS = ("measure", "step", "region", "image", "date", "other_step", "value", "unit", "uncertainty", "edited")

Cell = Union[str, int, float, None]


def as_csv(report: Report) -> str:
    """Every figure on a line of its own (RFC 4180), unrounded and with a point, whatever the language."""
    sheet = io.StringIO()
    writer = csv.writer(sheet)
    writer.writerow(COLUMNS)
    writer.writerows([_harmless(cell) for cell in row] for row in _figures(report))
    return sheet.getvalue()


def _figures(report: Report) -> Iterator[list[Cell]]:
    """The rows of the CSV, in the order of COLUMNS."""
    days = {date.image: date.date for date in report.dates}
    steps = {step.index: step for step in report.steps}

    def row(
        measure: str, step: Step | None, value: Cell, unit: str, margin: Cell = None, other: int | None = None
    ) -> list[Cell]:
        place = [None] * 4 if step is None else [step.index, step.phrase, step.image, days.get(step.image)]
        by_hand = any(one is not None and one.edited for one in (step, steps.get(other)))
        return [measure, *place, other, value, unit, margin, "yes" if by_hand else None]

    for step in report.steps:
        yield row("area", step, step.area_ha, "ha", step.area_uncertainty_ha)
        yield row("coverage", step, step.coverage_pct, "%")
        yield row("score", step, step.score, "0-1")
    for one in report.distances:
        yield row("distance", steps[one.from_step], one.distance_m, "m", other=one.to_step)
        yield row("centroid distance", steps[one.from_step], one.centroid_distance_m, "m", other=one.to_step)
        yield row("shared edge", steps[one.from_step], one.contact_length_m, "m", other=one.to_step)
    for one in report.changes:
        for measure, value in (("gained", one.gained_ha), ("lost", one.lost_ha), ("unchanged", one.kept_ha)):
            margin = None if measure == "unchanged" else one.uncertainty_ha
            yield row(measure, steps[one.from_step], value, "ha", margin, other=one.to_step)
    for one in report.series:
        yield row("series area", steps[one.step], one.area_ha, "ha", one.area_uncertainty_ha)
    for claim in report.claims:
        yield row("claimed by the model", None, claim.value, claim.unit)
        yield row("measured for that claim", None, claim.measured, claim.unit)
    for one in unseen(report):
        measure = "no data" if one.image is None else "hidden by clouds"
        yield [measure, None, None, one.image, days.get(one.image), None, one.area_ha, "ha", None, None]


def _harmless(cell: Cell) -> Cell:
    """Words that a spreadsheet would take for a formula are marked as words; figures stay figures."""
    return "'" + cell if isinstance(cell, str) and cell.startswith(("=", "+", "-", "@", "\t", "\r")) else cell
