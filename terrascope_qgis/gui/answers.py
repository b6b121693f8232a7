"""The answers of the dock, as whatever is done with them needs to know them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from qgis.core import QgsProject
from qgis.gui import QgsMessageBar
from qgis.PyQt.QtWidgets import QToolBar

from ..client.protocol import Report
from ..core.layer_replace import replace_group
from ..core.open_report import pieces
from .conversation import Conversation
from .run import Run


@dataclass(frozen=True)
class Answers:
    """What there is, and where it is shown.

    Attributes:
        conversation: that shows the answers.
        runs: what is told there, by the number of the run.
        shown: the complete answer that came last; None: there is none yet.
        busy: whether an answer is on its way.
        actions: the row of what can be done with an answer.
        bar: for news and failures.
    """

    conversation: Conversation
    runs: dict[int, Run]
    shown: Callable[[], Run | None]
    busy: Callable[[], bool]
    actions: QToolBar
    bar: QgsMessageBar

    def number_of(self, run: Run | None) -> int | None:
        """A run's number; None: it is not told any more."""
        return next((number for number, one in self.runs.items() if one is run), None)

    def tell(self, run: Run, number: int) -> None:
        """Tell a whole answer that is there already; its question has been told."""
        conversation, report = self.conversation, run.report
        for piece in pieces(report):
            if piece.step is not None:
                conversation.add_mask(piece.step, run.colour(piece.step.index))
            elif piece.text:
                conversation.add_text(piece.text, piece.kind)
        for warning in report.warnings:
            conversation.add_note(warning)
        conversation.add_answer(report.answer)
        conversation.add_report(report, number)

    def give_anew(self, run: Run, report: Report, geopackage: Path, why: str) -> Run:
        """Let an answer be another one: its card and its layers change in their places.

        Where other regions were marked than before, the marks in the reasoning hold no more: the whole answer is told
        below then, and the old one stays what it was.

        Args:
            run: that was answered before.
            report: of the new answer.
            geopackage: of the new answer; may be the same file.
            why: for the heading where all is told.

        Returns:
            The run that is shown now.
        """
        number, before = self.number_of(run), run.geopackage
        same = _regions(run.report) == _regions(report)
        now = run if same else Run(run.request, layer_ids=run.layer_ids)
        now.complete(report, geopackage)
        if geopackage != before:
            layers = replace_group(report, geopackage, before, QgsProject.instance())
            now.layer_ids = {index: layer.id() for index, layer in layers.items()}
        if same:
            self.conversation.add_report(report, number)
        else:
            run.layer_ids = {}
            number = self.conversation.begin(report.question, why)
            self.runs[number] = now
            self.tell(now, number)
        return now


def _regions(report: Report) -> list[tuple[int, str, int]]:
    return [(step.index, step.phrase, step.image) for step in report.steps]
