"""When an image was taken: from its metadata, else from the names that products and people give files."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from datetime import UTC, date, datetime, timedelta

_FIRST_SATELLITE = date(1972, 7, 23)  # Landsat 1
_TAGS = (
    "PRODUCT_START_TIME", "SENSING_TIME", "DATATAKE_SENSING_START", "DATE_ACQUIRED", "ACQUISITION_DATE",
    "ACQUISITIONDATETIME", "ACQUIRED", "DATETIME",
)  # fmt: skip
_CALENDAR = r"(?<!\d)((?:19|20)\d\d)[-_:.]?(0[1-9]|1[0-2])[-_:.]?(0[1-9]|[12]\d|3[01])"
_DAY = re.compile(_CALENDAR + r"(?!\d)")
_MOMENT = re.compile(_CALENDAR + r"t\d{2,6}(?!\d)", re.IGNORECASE)  # 20200223T032739; some patches lost a digit
# Products that write the day of the image first and the day it was processed after it.
_PRODUCT = re.compile(
    r"(?<![a-z0-9])(?:l[coetm]0[4-9]_l\w{3}_\d{6}|m_\d{7}_[ns][ew]_\d+_[\dh]+)_" + _CALENDAR + r"(?!\d)", re.IGNORECASE
)
_SCENE_ID = re.compile(r"(?<![a-z0-9])l[coetm][4-9]\d{6}((?:19|20)\d\d)([0-3]\d\d)[a-z]{3}\d\d", re.IGNORECASE)


def find_date(names: Sequence[str], tags: Mapping[str, str]) -> date | None:
    """The day of acquisition, as far as it can be told.

    Tags that name the acquisition win, then names (nearest first), and last `TIFFTAG_DATETIME`, which some tools set
    to the time of writing.

    Args:
        names: file name, then names of folders from the inside out, without extensions or with.
        tags: metadata of the raster or product.

    Returns:
        None where nothing tells, or where a name holds two dates and does not say which one is meant.
    """
    upper = {name.upper(): str(value) for name, value in tags.items()}
    for name in _TAGS:
        found = _one(_MOMENT, upper.get(name, "")) or _one(_DAY, upper.get(name, "")[:10])
        if found:
            return found
    for name in names:
        found = _in_name(name)
        if found:
            return found
    return _one(_DAY, upper.get("TIFFTAG_DATETIME", "")[:10])


def _in_name(name: str) -> date | None:
    for pattern in (_PRODUCT, _MOMENT):
        found = _one(pattern, name)
        if found:
            return found
    counted = _SCENE_ID.search(name)
    if counted:
        year, day = int(counted[1]), int(counted[2])
        return _possible(date(year, 1, 1) + timedelta(day - 1)) if 1 <= day <= 366 else None
    days = {day for day in map(_date, _DAY.finditer(name)) if day}
    return days.pop() if len(days) == 1 else None


def _one(pattern: re.Pattern[str], text: str) -> date | None:
    return next((day for day in map(_date, pattern.finditer(text)) if day), None)


def _date(match: re.Match[str]) -> date | None:
    try:
        return _possible(date(*map(int, match.groups())))
    except ValueError:  # 31 February
        return None


def _possible(day: date) -> date | None:
    return day if _FIRST_SATELLITE <= day <= datetime.now(UTC).date() + timedelta(1) else None
