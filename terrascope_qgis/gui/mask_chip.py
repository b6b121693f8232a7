"""The chip of a mask in HTML: its number and name on its colour, as a link."""

from __future__ import annotations

from html import escape

from qgis.PyQt.QtGui import QColor

from .ink import contrast

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
    """Black or white, whichever is easier to read on a colour."""
    return max(QColor("#000000"), QColor("#ffffff"), key=lambda ink: contrast(ink, back))
