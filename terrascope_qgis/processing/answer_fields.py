"""An answer as fields of a table: what was said, and the hectares that were measured."""

from __future__ import annotations

from typing import Any

from qgis.core import QgsField, QgsFields

from ..client.protocol import Report, Step
from ..compat import REAL, TEXT
from ..core.figures import area_digits

ANSWERED, FAILED, SKIPPED = "answered", "failed", "skipped"  # values of `status`; stable, models and scripts name them
_NUMBERS = ("area_ha", "coverage_pct", "score")
_NAMES = ("question", "answer", "phrase", *_NUMBERS, "regions", "status", "reason")


def answer_fields(*before: str) -> QgsFields:
    """The fields, texts of these names before them."""
    fields = QgsFields()
    for name in (*before, *_NAMES):
        fields.append(QgsField(name, REAL if name in _NUMBERS else TEXT))
    return fields


def answered(question: str, report: Report, phrase: str = "") -> list[Any]:
    """The values of an answer.

    Args:
        question: as it was asked.
        report: of the answer.
        phrase: of the regions whose area is wanted; empty: the first region.
    """
    steps = report.steps[:1]
    if phrase:
        steps = tuple(step for step in report.steps if step.phrase.casefold() == phrase.casefold())
    name = steps[0].phrase if steps else None
    area, coverage = (sum(getattr(step, field) for step in steps) if steps else None for field in _NUMBERS[:2])
    score = min((step.score for step in steps), default=None)
    return [question, report.answer, name, area, coverage, score, regions(report), ANSWERED, None]


def unanswered(question: str, status: str, reason: str) -> list[Any]:
    """The values where there is no answer."""
    return [question or None, *[None] * (len(_NAMES) - 3), status, reason]


def regions(report: Report) -> str:
    """`water 12.3 ha; trees 4.00 ha`, with the day of each where there are several dates; in no language's way.

    Programs read it.
    """
    days = {date.image: date.date or f"image {date.image}" for date in report.dates}

    def told(step: Step) -> str:
        when = f" ({days[step.image]})" if len(days) > 1 else ""
        return "{}{} {:.{d}f} ha".format(step.phrase, when, step.area_ha, d=area_digits(step.area_ha))

    return "; ".join(map(told, report.steps))
