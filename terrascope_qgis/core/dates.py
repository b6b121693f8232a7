"""When scenes were taken, as their file names say, and from when to when a map of each is the latest."""

from __future__ import annotations

import re
from collections.abc import Iterable
from pathlib import Path

from qgis.core import QgsDateTimeRange
from qgis.PyQt.QtCore import QDate, QDateTime, Qt, QTime

_DAY = re.compile(r"(?<!\d)((?:19|20)\d\d)[-_]?(\d\d)[-_]?(\d\d)(?!\d)")


def acquired(path: str) -> QDate | None:
    """The first date in a file's name (20171008, 2017-10-08), which in the names of satellite scenes is their own."""
    for found in _DAY.finditer(Path(path).name):
        day = QDate(*map(int, found.groups()))
        if day.isValid():
            return day
    return None


def periods(paths: Iterable[str]) -> tuple[QgsDateTimeRange, ...]:
    """For each of two or more scenes in order the time up to the next; the last one's is open.

    Returns:
        Nothing when a date is not known, or when the scenes are not in the order of time.
    """
    days = [acquired(path) for path in paths]
    if len(days) < 2 or None in days or any(one >= next_one for one, next_one in zip(days, days[1:])):
        return ()
    times = [QDateTime(day, QTime(0, 0), Qt.TimeSpec.UTC) for day in days]
    return tuple(QgsDateTimeRange(*pair, True, False) for pair in zip(times, [*times[1:], QDateTime()]))
