"""Numbers, days and sizes as the user's locale writes them; QGIS sets it, with or without signs between thousands."""

from __future__ import annotations

import re

from qgis.PyQt.QtCore import QCoreApplication, QDate, QDateTime, QLocale, Qt

translate = QCoreApplication.translate


def number(value: float, digits: int = 0) -> str:
    """`1,234.5` in English, `1.234,5` in German.

    Args:
        value: of any size.
        digits: after the decimal mark.
    """
    return QLocale().toString(float(value), "f", digits)


def significant(value: float, digits: int = 4) -> str:
    """So many digits that tell something, without a power of ten: `63.58`, `1,234,567`, `900`."""
    if abs(value) >= 10 ** (digits - 1):
        return number(value)
    return QLocale().toString(float(value), "g", digits)


def percent(value: float, digits: int = 1) -> str:
    """`12.4 %`."""
    return f"{number(value, digits)} {QLocale().percent()}"


def data_size(count: int) -> str:
    """Bytes on a disk or in memory: `11.2 MB`, `16.4 GB`."""
    for size, words in (
        (1e9, translate("TerraScope", "{size} GB")),
        (1e6, translate("TerraScope", "{size} MB")),
        (1e3, translate("TerraScope", "{size} kB")),
    ):
        if count >= 0.9995 * size:  # else three digits would be written as 1000
            return words.format(size=number(count / size, 1 if count < 99.95 * size else 0))
    return translate("TerraScope", "{size} B").format(size=number(count))


def day(iso: str) -> str:
    """A day as the locale writes it, with all digits of the year; as it is given where it is none."""
    date = QDate.fromString(iso, Qt.DateFormat.ISODate)
    return QLocale().toString(date, _day_format()) if date.isValid() else iso


def moment(iso: str) -> str:
    """A time of the world's clock: `29/11/2026 07:12 UTC`; as it is given where it is none."""
    time = QDateTime.fromString(iso, Qt.DateFormat.ISODate)
    return QLocale().toString(time.toUTC(), f"{_day_format()} HH:mm") + " UTC" if time.isValid() else iso


def _day_format() -> str:
    """The locale's short one with four digits of the year; ISO's where there is no locale, as in programs."""
    locale = QLocale()
    if locale.language() == QLocale.Language.C:
        return "yyyy-MM-dd"
    return re.sub(r"(?<!y)yy(?!y)", "yyyy", locale.dateFormat(QLocale.FormatType.ShortFormat))
