"""Text that has to fit: broken into lines of a width, and cut with … where there are too many."""

from __future__ import annotations

import re
from collections.abc import Sequence

from qgis.PyQt.QtGui import QFont, QFontMetricsF

MM_PER_PT = 25.4 / 72
_FINE = 20  # metrics are those of a font so much larger: at small sizes fonts are fitted to a screen's pixels
_LOOSE = 1.04
_SPARE = 0.97  # of the width is used: a printer's font may run a little wider


def height_mm(lines: int, size_pt: float) -> float:
    """How high a number of lines is."""
    return lines * _metrics(size_pt, False).lineSpacing() / _FINE * MM_PER_PT * _LOOSE


def fit(text: str, width_mm: float, most_lines: int, size_pt: float, bold: bool = False) -> list[str]:
    """Break a text into lines; what is too long ends with an ellipsis.

    Args:
        text: its own line breaks are kept, other blanks count once.
        width_mm: of a line.
        most_lines: at least one.
        size_pt: of the font.
        bold: its weight.
    """
    metrics, width = _metrics(size_pt, bold), width_mm * _FINE / MM_PER_PT * _SPARE
    lines: list[str] = []
    for paragraph in text.strip().splitlines() or [""]:
        lines += _broken(paragraph, metrics, width)
        if len(lines) > most_lines:
            break
    if len(lines) > most_lines:
        lines = lines[:most_lines]
        lines[-1] = _cut(lines[-1] + " …", metrics, width)
    return lines


def fit_column(cells: Sequence[str], width_mm: float, size_pt: float) -> list[str]:
    """One line for each cell of a column; what is too long ends with an ellipsis."""
    return [fit(cell, width_mm, 1, size_pt)[0] for cell in cells]


def _broken(paragraph: str, metrics: QFontMetricsF, width: float) -> list[str]:
    lines, line = [], ""
    for word in paragraph.split():
        longer = f"{line} {word}" if line else word
        if metrics.horizontalAdvance(longer) <= width:
            line = longer
            continue
        if line:
            lines.append(line)
        while metrics.horizontalAdvance(word) > width:  # a path or a number of a file, or a script without blanks
            fits = next(end for end in range(len(word) - 1, -1, -1) if metrics.horizontalAdvance(word[:end]) <= width)
            lines.append(word[: max(fits, 1)])
            word = word[max(fits, 1) :]
        line = word
    return [*lines, line]


def _cut(line: str, metrics: QFontMetricsF, width: float) -> str:
    """A line that ends with …, with as much before it as fits."""
    words = line[:-1].rstrip()
    while words and metrics.horizontalAdvance(words + "…") > width:
        words = re.sub(r"\s*\S$", "", words)
    return words + "…"


def _metrics(size_pt: float, bold: bool) -> QFontMetricsF:
    return QFontMetricsF(font(size_pt * _FINE, bold, pixels=True))


def font(size_pt: float, bold: bool = False, pixels: bool = False) -> QFont:
    """The font of a report: QGIS's own family, which every system has some of."""
    made = QFont()
    if pixels:
        made.setPixelSize(round(size_pt))
    else:
        made.setPointSizeF(size_pt)
    made.setBold(bold)
    return made
