"""The chip of a mask in HTML: its number and name on its colour, as a link."""

from __future__ import annotations

from html import escape

from qgis.PyQt.QtGui import QColor

SCHEME = "mask"


def mask_chip(run: int, index: int, words: str, colour: QColor, title: str = "") -> str:
    """A chip that is not broken over two lines.

    Args:
        run: number of the run in its conversation.
        index: of the step.
        words: what to write on it.
        colour: of its mask.
        title: tooltip; empty: none.
    """
    return (
        '<a href="{scheme}:{run}.{index}" title="{title}" style="text-decoration:none"><span style="background-color:'
        '{back}; color:{fore}; font-weight:600">&nbsp;{words}&nbsp;</span></a>'
    ).format(
        scheme=SCHEME,
        run=run,
        index=index,
        title=escape(title),
        back=colour.name(),
        fore=ink_on(colour).name(),
        words=escape(words).replace(" ", "&nbsp;").replace("-", "\u2011"),  # a hyphen that does not break
    )


def ink_on(back: QColor) -> QColor:
    """Black or white, whichever is easier to read on a colour (WCAG 2.1, relative luminance)."""
    parts = (back.redF(), back.greenF(), back.blueF())
    red, green, blue = (part / 12.92 if part <= 0.03928 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    light = 0.2126 * red + 0.7152 * green + 0.0722 * blue
    # where (light + 0.05) / 0.05 and 1.05 / (light + 0.05), the contrasts with black and with white, are the same
    return QColor("#000000" if light > 0.179 else "#ffffff")
