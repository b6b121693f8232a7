"""One question of the conversation: what was asked, and what has come back so far."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path

from qgis.PyQt.QtGui import QColor

from ..client.protocol import AskRequest, Report, Step
from ..core.colours import step_colours


@dataclass
class Run:
    """What a click on a mark, and whatever is done with an answer, needs to know.

    Attributes:
        request: what was asked.
        steps: by index; while the answer comes those that are there already.
        crs: of the steps' bounds; empty until the first of them comes.
        layer_ids: of the project's layers, by the index of their step.
        report: None until the answer is complete.
        geopackage: the file with the evidence; None until the answer is complete.
    """

    request: AskRequest
    steps: dict[int, Step] = field(default_factory=dict)
    crs: str = ""
    layer_ids: dict[int, str] = field(default_factory=dict)
    report: Report | None = None
    geopackage: Path | None = None

    def complete(self, report: Report, geopackage: Path) -> None:
        """The answer is there: what the report says holds, and no longer what came on the way."""
        self.report, self.geopackage = report, geopackage
        self.crs = report.scene.crs
        self.steps = {step.index: step for step in report.steps}

    def colour(self, index: int) -> QColor:
        """The colour of a step; it depends on the steps before it."""
        indices = sorted(self.steps)
        colours = step_colours([self.steps[one].phrase for one in indices])
        return QColor(*colours[indices.index(index)])
