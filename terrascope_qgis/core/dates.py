"""When scenes were taken, as QGIS, metadata and names tell, and from when to when a map of each is the latest."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from pathlib import Path

from osgeo import gdal
from qgis.core import Qgis, QgsDateTimeRange
from qgis.PyQt.QtCore import QCoreApplication, QDate, QDateTime, Qt, QTime

from ..client.protocol import DateInfo
from ..errors import AnalysisError
from .capture import Raster

translate = QCoreApplication.translate

_TAGS = (
    "PRODUCT_START_TIME", "SENSING_TIME", "DATATAKE_SENSING_START", "DATE_ACQUIRED", "ACQUISITION_DATE",
    "ACQUISITIONDATETIME", "ACQUIRED", "DATETIME",
)  # fmt: skip
_CALENDAR = r"(?<!\d)((?:19|20)\d\d)[-_:.]?(0[1-9]|1[0-2])[-_:.]?(0[1-9]|[12]\d|3[01])"
_DAY = re.compile(_CALENDAR + r"(?!\d)")
# Days that are the acquisition's, whatever else a name holds: the first one of Landsat and NAIP, and one with a time.
_OWN = (
    re.compile(r"(?:l[coetm]0[4-9]_l\w{3}_\d{6}|m_\d{7}_[ns][ew]_\d+_[\dh]+)_" + _CALENDAR + r"(?!\d)", re.IGNORECASE),
    re.compile(_CALENDAR + r"T\d{2,6}(?!\d)", re.IGNORECASE),
)

_NEVER = QDate(9999, 12, 31)


def day_of(raster: Raster) -> QDate | None:
    """The day a scene was taken: as its temporal properties say, else its metadata, else its names."""
    if isinstance(raster, str):
        return _tagged(raster) or acquired(raster)
    temporal = raster.temporalProperties()
    if temporal.isActive() and temporal.mode() == Qgis.RasterTemporalMode.FixedTemporalRange:
        begin = temporal.fixedTemporalRange().begin()
        if begin.isValid():
            return begin.date()
    for extent in raster.metadata().extent().temporalExtents():
        if extent.begin().isValid():
            return extent.begin().date()
    path = raster.source().split("|")[0]
    return _tagged(path) or acquired(path) or acquired(raster.name())


def acquired(path: str) -> QDate | None:
    """The day of acquisition that a file's name tells; None when it holds several and does not say which is meant."""
    name = Path(path).name
    for pattern in _OWN:
        own = _days(pattern, name)
        if own:
            return own[0]
    days = _days(_DAY, name)
    return days[0] if days and all(day == days[0] for day in days) else None


def days_in(text: str, count: int) -> list[QDate | None]:
    """As many days as there are dates, of a text like `2017-06-04; 2018-03-30`; None where it says nothing.

    Raises:
        AnalysisError: a part is no day, or there are more days than dates.
    """
    parts = [part.strip() for part in re.split("[;,]", text)] if text.strip() else []
    if len(parts) > count:
        raise AnalysisError(
            translate("TerraScope", "There are {given} days for {count} date(s): give one day for each date.").format(
                given=len(parts), count=count
            )
        )
    days: list[QDate | None] = []
    for part in parts:
        day = QDate.fromString(part, Qt.DateFormat.ISODate)
        if part and not day.isValid():
            raise AnalysisError(
                translate("TerraScope", "“{text}” is not a day: write it like 2017-06-04.").format(text=part)
            )
        days.append(day if part else None)
    return days + [None] * (count - len(days))


def periods(dates: Sequence[DateInfo]) -> dict[int, QgsDateTimeRange]:
    """For each of two or more dates in order the time up to the next, by its image; the last one's is open.

    Returns:
        Nothing when a day is not known, or when the dates are not in the order of time.
    """
    days = [QDate.fromString(date.date or "", Qt.DateFormat.ISODate) for date in dates]
    in_order = all(one < later for one, later in zip(days, days[1:]))
    if len(days) < 2 or not in_order or not all(day.isValid() for day in days):
        return {}
    times = [QDateTime(day, QTime(0, 0), Qt.TimeSpec.UTC) for day in days]
    ends = [*times[1:], QDateTime()]
    return {date.image: QgsDateTimeRange(*pair, True, False) for date, *pair in zip(dates, times, ends)}


def begin_and_end(periods: Mapping[int, QgsDateTimeRange], image_field: str) -> tuple[str, str]:
    """Two expressions that give the begin and the end of a feature's time, from the field that names its image."""

    def case(moments: Mapping[int, QDateTime]) -> str:
        whens = (f'WHEN "{image_field}" = {image} THEN {_moment(time)}' for image, time in moments.items())
        return "CASE {} END".format(" ".join(whens))

    begins = {image: period.begin() for image, period in periods.items()}
    ends = {image: period.end() for image, period in periods.items()}
    return case(begins), case(ends)


def _moment(time: QDateTime) -> str:
    """As QGIS itself writes times to compare with; it takes no end for never, so an open one is far away."""
    day = time.date() if time.isValid() else _NEVER
    return f"make_datetime({day.year()},{day.month()},{day.day()},0,0,0)"


def _tagged(path: str) -> QDate | None:
    """The day that a raster file's own tags tell."""
    if not Path(path).is_file():
        return None
    try:
        opened = gdal.Open(path)
    except RuntimeError:  # as GDAL says it where its exceptions are on
        opened = None
    if opened is None:
        return None
    tags = {name.upper(): text for name, text in opened.GetMetadata().items()}
    for name in _TAGS:
        days = _days(_DAY, tags.get(name, "")[:10])
        if days:
            return days[0]
    return None


def _days(pattern: re.Pattern[str], text: str) -> list[QDate]:
    found = (QDate(*map(int, match.groups())) for match in pattern.finditer(text))
    return [day for day in found if day.isValid()]
