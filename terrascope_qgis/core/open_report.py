"""A report that was kept, opened again: the record of the run in its GeoPackage, and how its reasoning reads."""

from __future__ import annotations

import json
import re
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from qgis.PyQt.QtCore import QCoreApplication

from ..client.protocol import AskRequest, DateInput, Report, Step, read
from ..errors import ProtocolError, TerraScopeError

SEG_MARK = "[SEG]"
BUSY_S = 2.0  # to wait for QGIS's own writing
_MEASURED = re.compile(r"\s*\(([^()]*)\)")

translate = QCoreApplication.translate


@dataclass(frozen=True)
class Opened:
    """A run as it was kept."""

    report: Report
    request: AskRequest


@dataclass(frozen=True)
class Piece:
    """A part of the reasoning in the order it came: words, or with `step` a region that was marked."""

    text: str = ""
    kind: str = "reasoning"
    step: Step | None = None


def open_report(geopackage: Path) -> Opened:
    """Read the record of a run.

    Raises:
        TerraScopeError: the file is not there, is damaged, or is no report.
    """
    if not geopackage.is_file():
        raise TerraScopeError(
            translate("TerraScope", "{name} is not there any more: choose another report.").format(name=geopackage.name)
        )
    try:
        record = _record(geopackage)
        report = read(Report, json.loads(record["report"]))
        lists = (report.steps, report.distances, report.claims, report.changes, report.dates, report.warnings)
        if not all(isinstance(one, tuple) for one in lists) or not isinstance(report.reasoning, str):
            raise ValueError("a part of the record is not what it should be")
        asked = json.loads(record.get("request") or "null")
        return Opened(report, _request(asked) if asked else _request_of(report))
    except (sqlite3.Error, LookupError, TypeError, ValueError, RecursionError, ProtocolError) as failure:
        detail = getattr(failure, "detail", "") or f"{type(failure).__name__}: {failure}"
        raise TerraScopeError(
            translate(
                "TerraScope", "{name} is no report of TerraScope, or it is damaged: choose a GeoPackage of an answer."
            ).format(name=geopackage.name),
            detail=detail,
        ) from failure


def _record(geopackage: Path) -> dict[str, str]:
    """The only row of the table `run`, by the names of its columns."""
    address = geopackage.resolve().as_uri() + "?mode=ro"
    with closing(sqlite3.connect(address, uri=True, timeout=BUSY_S)) as database:
        database.row_factory = sqlite3.Row
        row = database.execute("SELECT * FROM run").fetchone()
    if row is None:
        raise LookupError("the table run is empty")
    return dict(row)


def _request(asked: dict[str, Any]) -> AskRequest:
    dates = tuple(read(DateInput, date) for date in asked["dates"])
    return replace(read(AskRequest, {**asked, "dates": []}), dates=dates)


def _request_of(report: Report) -> AskRequest:
    """What was asked, as far as the report itself tells: reports of older runtimes keep no request."""
    return AskRequest(
        question=report.question,
        dates=tuple(
            DateInput(
                optical=date.optical.path if date.optical is not None else None,
                sar=date.sar.path if date.sar is not None else None,
                date=date.date,
            )
            for date in report.dates
        ),
        extent=report.scene.bounds,
        extent_crs=report.scene.crs,
        fusion=report.fusion or "text_guided",
        examples=report.examples,
        examples_crs=report.examples_crs,
        earlier=report.earlier,
        profile=report.profile,
        measured=report.measured,
    )


def pieces(report: Report) -> Iterator[Piece]:
    """The reasoning with its regions where they were marked, and what the runtime told of each of them."""
    steps = {step.index: step for step in report.steps}
    first, *rest = report.reasoning.split(SEG_MARK)
    yield Piece(first)
    for index, words in enumerate(rest, start=1):
        if index in steps:
            yield Piece(step=steps[index])
        measured = _MEASURED.match(words) if report.measured else None
        if measured:
            yield Piece(measured[1], "measured")
            words = words[measured.end() :]
        yield Piece(words)
