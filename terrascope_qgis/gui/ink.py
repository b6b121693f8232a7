"""Colours of text, taken from a widget's palette so that light and dark themes both work."""

from __future__ import annotations

from qgis.PyQt.QtGui import QColor, QPalette


def tint(palette: QPalette, share: float) -> str:
    """The background with a share of the text's colour in it."""
    base = palette.color(QPalette.ColorRole.Base)
    text = palette.color(QPalette.ColorRole.Text)
    pairs = zip((base.red(), base.green(), base.blue()), (text.red(), text.green(), text.blue()))
    return QColor(*(round(a + share * (b - a)) for a, b in pairs)).name()


def dim(palette: QPalette) -> str:
    """For what matters less."""
    return tint(palette, 0.75)


def warm(palette: QPalette) -> str:
    """For a warning."""
    return "#ffb454" if _dark(palette) else "#8f4700"


def good(palette: QPalette) -> str:
    """For what is in order."""
    return "#6fdc8c" if _dark(palette) else "#146430"


def _dark(palette: QPalette) -> bool:
    return palette.color(QPalette.ColorRole.Base).lightnessF() < 0.5
