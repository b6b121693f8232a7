"""A question that follows others: it keeps their scene, and brings what was asked and answered along."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from ..client.protocol import AskRequest, Report, Turn

MOST_TURNS = 8  # AskRequest.earlier takes no more
LONGEST_ANSWER = 20_000


def turn_of(report: Report) -> Turn:
    """What later questions are told of an answer."""
    phrases = tuple(step.phrase[:200] for step in report.steps)[-200:]
    return Turn(report.question, report.answer[:LONGEST_ANSWER], phrases)


def following(request: AskRequest, earlier: Sequence[tuple[AskRequest, Report]]) -> AskRequest:
    """The request about the scene of the last of the earlier ones, with what came of them.

    Files, extent and what the user showed of the place stay; model, bands, sensors and the rest are the new request's.

    Args:
        request: the follow-up question.
        earlier: questions about one scene and their answers, the latest last; none: the request stays as it is.
    """
    if not earlier:
        return request
    last, _ = earlier[-1]
    return replace(
        request,
        dates=last.dates,
        extent=last.extent,
        polygon_wkt=last.polygon_wkt,
        extent_crs=last.extent_crs,
        notes=last.notes,
        examples=request.examples or last.examples,
        examples_crs=request.examples_crs if request.examples else last.examples_crs,
        earlier=tuple(turn_of(report) for _, report in earlier[-MOST_TURNS:]),
    )
