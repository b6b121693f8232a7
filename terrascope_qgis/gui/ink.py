"""Colours of text, taken from a widget's palette so that light and dark themes both work."""

from __future__ import annotations

from qgis.PyQt.QtGui import QColor, QPalette

LEAST_CONTRAST = 5.5  # with the background; WCAG 2.1 asks for 4.5, also on the tinted ground of cards and headings


def tint(palette: QPalette, share: float) -> str:
    """The background with a share of the text's colour in it."""
    base = palette.color(QPalette.ColorRole.Base)
    text = palette.color(QPalette.ColorRole.Text)
    pairs = zip((base.red(), base.green(), base.blue()), (text.red(), text.green(), text.blue()))
    return QColor(*(round(a + share * (b - a)) for a, b in pairs)).name()


def dim(palette: QPalette) -> str:
    """For what matters less; where a theme's own text is pale already, as pale as can still be read."""
    paper = palette.color(QPalette.ColorRole.Base)
    shares = (share / 100 for share in range(75, 100, 5))
    return next((name for name in (tint(palette, share) for share in shares) if _reads(name, paper)), tint(palette, 1))


def warm(palette: QPalette) -> str:
    """For a warning."""
    return "#ffb454" if _dark(palette) else "#8f4700"


def good(palette: QPalette) -> str:
    """For what is in order."""
    return "#6fdc8c" if _dark(palette) else "#146430"


def luminance(colour: QColor) -> float:
    """Relative luminance of WCAG 2.1: 0 for black, 1 for white."""
    parts = (colour.redF(), colour.greenF(), colour.blueF())
    red, green, blue = (part / 12.92 if part <= 0.03928 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: QColor, other: QColor) -> float:
    """Contrast ratio of WCAG 2.1: 1 for the same colour, 21 for black on white."""
    low, high = sorted((luminance(one), luminance(other)))
    return (high + 0.05) / (low + 0.05)


def _reads(ink: str, paper: QColor) -> bool:
    return contrast(QColor(ink), paper) >= LEAST_CONTRAST


def _dark(palette: QPalette) -> bool:
    return palette.color(QPalette.ColorRole.Base).lightnessF() < 0.5
