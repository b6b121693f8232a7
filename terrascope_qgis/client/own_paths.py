"""Paths of this machine in a report: a remote runtime gets and gives file names, a report that is kept has the paths.

They stand in the table `run` (the report and what was asked, as JSON) and in the table `dates`. Images are told apart
by their places, because files of different folders may have the same name.
"""

from __future__ import annotations

import json
import sqlite3
import time
from contextlib import closing
from dataclasses import replace
from pathlib import Path, PurePosixPath, PureWindowsPath
from typing import Any

from qgis.PyQt.QtCore import QCoreApplication

from ..errors import TerraScopeError
from . import protocol

IMAGES = ("optical", "sar")
_SET_PATH = {
    "optical": "UPDATE dates SET optical_path = ? WHERE image = ?",
    "sar": "UPDATE dates SET sar_path = ? WHERE image = ?",
}
BUSY_S = 10.0  # to wait for QGIS's own writing

translate = QCoreApplication.translate
_Record = dict[str, Any]


def in_report(report: protocol.Report, dates: tuple[protocol.DateInput, ...]) -> protocol.Report:
    """The report with the paths of its images as `dates` has them."""
    if len(dates) != len(report.dates):
        return report
    return replace(report, dates=tuple(_of_date(told, own) for told, own in zip(report.dates, dates)))


def put_into(geopackage: Path, request: protocol.AskRequest) -> None:
    """Put the paths of a question into the GeoPackage of its answer, which nobody else has open.

    Raises:
        sqlite3.Error: it is no such GeoPackage.
    """
    with closing(sqlite3.connect(str(geopackage))) as database:
        report, asked = _record(database)
        own = json.loads(json.dumps(protocol.write(request)))
        if len(own["dates"]) == len(report["dates"]):
            for told, date in zip(report["dates"], own["dates"]):
                _set(told, date)
        if asked is not None:
            asked.update(dates=own["dates"], out=own["out"], picture=own["picture"])
        _write(database, report, asked)


def sent_copy(geopackage: Path, copy: Path) -> _Record:
    """Write a copy of a report without paths.

    Args:
        geopackage: may be open in QGIS.
        copy: file to write.

    Returns:
        What `back_into` puts in the place of names.

    Raises:
        TerraScopeError: it is no report, or cannot be read.
    """
    try:
        with closing(_open(geopackage)) as source, closing(sqlite3.connect(str(copy))) as database:
            _copy(source, database)
            database.execute("PRAGMA journal_mode = DELETE")
            report, asked = _record(database)
            kept = {"dates": [_paths(date) for date in report["dates"]], "asked": asked and dict(asked)}
            for date in report["dates"]:
                _set(date, {sensor: _name(path) for sensor, path in _paths(date).items()})
            if asked is not None:
                dates = [{field: _name_of(field, value) for field, value in date.items()} for date in asked["dates"]]
                asked = {**asked, "dates": dates, "out": None, "picture": None, "model": _name(asked["model"])}
            _write(database, report, asked)
            database.execute("VACUUM")  # what stood there before is in free pages still
        return kept
    except (sqlite3.Error, LookupError, TypeError, ValueError) as failure:
        raise TerraScopeError(
            translate("TerraScope", "{name} is no report of TerraScope, or it cannot be read now: try again.").format(
                name=geopackage.name
            ),
            detail=f"{type(failure).__name__}: {failure}",
        ) from failure


def back_into(measured: Path, kept: _Record, geopackage: Path) -> None:
    """Let a report be what was measured, with its paths; in one transaction, so that QGIS may have it open.

    Args:
        measured: the copy that came back.
        kept: of `sent_copy`.
        geopackage: the report.

    Raises:
        TerraScopeError: it cannot be written; it is as it was then.
    """
    try:
        with closing(sqlite3.connect(str(measured))) as source:
            report, _ = _record(source)
            for date, paths in zip(report["dates"], kept["dates"]):
                _set(date, paths)
            _write(source, report, kept["asked"])
            with closing(_open(geopackage)) as target:
                _copy(source, target)
    except (sqlite3.Error, LookupError, TypeError, ValueError, TimeoutError) as failure:
        raise TerraScopeError(
            translate("TerraScope", "{name} cannot be written now: it is as it was. Save the layer again.").format(
                name=geopackage.name
            ),
            detail=f"{type(failure).__name__}: {failure}",
        ) from failure


def dates_of(kept: _Record) -> tuple[protocol.DateInput, ...]:
    """The paths that `sent_copy` took out, for `in_report`."""
    return tuple(protocol.DateInput(**date) for date in kept["dates"])


def _of_date(told: protocol.DateInfo, own: protocol.DateInput) -> protocol.DateInfo:
    images = {
        sensor: replace(getattr(told, sensor), path=getattr(own, sensor))
        for sensor in IMAGES
        if getattr(told, sensor) is not None and getattr(own, sensor)
    }
    return replace(told, **images)


def _paths(date: _Record) -> dict[str, str]:
    return {sensor: date[sensor]["path"] for sensor in IMAGES if date.get(sensor)}


def _set(date: _Record, paths: dict[str, Any]) -> None:
    """Set the paths of one date of a report's JSON."""
    for sensor in IMAGES:
        if date.get(sensor) and paths.get(sensor):
            date[sensor]["path"] = paths[sensor]


def _name_of(field: str, value: str | None) -> str | None:
    return value if field == "date" or value is None else _name(value)


def _name(path: str) -> str:
    """The last part of a path of any system."""
    return PureWindowsPath(PurePosixPath(path).name).name


def _open(geopackage: Path) -> sqlite3.Connection:
    """A file that is there already."""
    return sqlite3.connect(geopackage.resolve().as_uri() + "?mode=rw", uri=True, timeout=BUSY_S)


def _copy(source: sqlite3.Connection, target: sqlite3.Connection) -> None:
    """All of a database in one step: `backup` itself would wait for a lock for ever."""
    deadline = time.monotonic() + BUSY_S

    def look(status: int, remaining: int, total: int) -> None:
        if time.monotonic() > deadline:
            raise TimeoutError(f"busy: status {status}, {remaining} of {total} pages left")

    source.backup(target, progress=look)


def _record(database: sqlite3.Connection) -> tuple[_Record, _Record | None]:
    """The report and what was asked; older reports do not keep that."""
    found = database.execute("SELECT * FROM run")
    row = found.fetchone()
    if row is None:
        raise LookupError("the table run is empty")
    columns = {column[0]: value for column, value in zip(found.description, row)}
    return json.loads(columns["report"]), json.loads(columns.get("request") or "null")


def _write(database: sqlite3.Connection, report: _Record, asked: _Record | None) -> None:
    database.execute("PRAGMA secure_delete = ON")
    with database:
        database.execute("UPDATE run SET report = ?", (_text(report),))
        if asked is not None:
            database.execute("UPDATE run SET request = ?", (_text(asked),))
        for date in report["dates"]:
            for sensor, path in _paths(date).items():
                database.execute(_SET_PATH[sensor], (path, date["image"]))


def _text(value: _Record) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))
