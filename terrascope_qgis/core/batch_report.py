"""What a report of many runs (`docs/report_schema.md`) says, question by question, and its layers."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

from qgis.PyQt.QtCore import QCoreApplication

from ..client.protocol import Report, read
from ..errors import ProtocolError
from .layers import Opened
from .report import open_layer

BUSY_S = 5.0  # to wait for another program that writes

translate = QCoreApplication.translate


@dataclass(frozen=True)
class Outcome:
    """What came of a question about a scene: a report, or a reason why there is none."""

    scene: str
    question: str
    report: Report | None = None
    reason: str = ""


def outcomes(path: Path) -> list[Outcome]:
    """All questions of a report: those with an answer, then those without.

    Raises:
        ProtocolError: it cannot be read.
    """
    try:
        with closing(sqlite3.connect(path.resolve().as_uri() + "?mode=rw", uri=True, timeout=BUSY_S)) as database:
            answers = database.execute("SELECT scene, question, report FROM answers ORDER BY fid").fetchall()
            failures = database.execute("SELECT scene, question, reason FROM failures ORDER BY fid").fetchall()
        answered = [Outcome(scene, asked, read(Report, json.loads(text))) for scene, asked, text in answers]
    except (sqlite3.Error, ValueError, TypeError) as failure:
        raise ProtocolError(
            translate("TerraScope", "{name} is no report of a batch: choose another file.").format(name=path.name),
            detail=str(failure),
        ) from failure
    return answered + [Outcome(scene, asked, reason=reason) for scene, asked, reason in failures]


def open_batch(path: Path) -> Iterator[Opened]:
    """The layers of a report that are worth a place in the layer tree, with the styles it brings."""
    titles = {
        "runs": translate("TerraScope", "scenes"),
        "evidence": translate("TerraScope", "regions"),
        "distances": translate("TerraScope", "distances"),
    }
    for name, title in titles.items():
        layer = open_layer(path, name, title)
        if layer.isValid() and layer.featureCount():
            layer.loadDefaultStyle()
            yield Opened(layer)
