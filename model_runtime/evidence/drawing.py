"""How evidence is drawn: masks over a picture, text that fits, and the colours of paper and ink."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from functools import cache

import numpy as np
from PIL import Image, ImageFont

from ..measure.area import boundary
from .colours import RGB

FILL = 0.38
"""Opacity of a mask."""
PAPER: RGB = (250, 250, 248)
INK: RGB = (33, 37, 41)
FAINT: RGB = (108, 117, 125)
RULE: RGB = (222, 226, 230)
_FONTS = {
    False: ("DejaVuSans.ttf", "arial.ttf", "Arial.ttf", "Helvetica.ttc"),
    True: ("DejaVuSans-Bold.ttf", "arialbd.ttf", "Arial Bold.ttf", "Helvetica.ttc"),
}
Font = ImageFont.FreeTypeFont | ImageFont.ImageFont


def fill(canvas: np.ndarray, masks: Sequence[tuple[np.ndarray, RGB]], opacity: float) -> None:
    """Lay colours over a canvas, uint8 or float32 (H, W, 3), where the masks, bool (H, W), are; in place."""
    if not masks:
        return
    flat, flags = _flat(canvas), [mask.ravel() for mask, _ in masks]
    where = np.flatnonzero(np.logical_or.reduce(flags))
    pixels = flat[where].astype(np.float32)
    for (_, colour), flag in zip(masks, flags, strict=True):
        here = flag[where]
        pixels[here] = pixels[here] * (1 - opacity) + np.float32(colour) * opacity
    flat[where] = pixels.round() if canvas.dtype == np.uint8 else pixels  # once, after the last colour


def outline(canvas: np.ndarray, masks: Sequence[tuple[np.ndarray, RGB]], width_px: int = 2) -> None:
    """Draw the inner edges of the masks, so many pixels wide; in place."""
    for mask, colour in masks:
        _flat(canvas)[np.flatnonzero(mask & ~_inner(mask, width_px))] = colour


def _inner(mask: np.ndarray, width_px: int) -> np.ndarray:
    """A mask, bool (H, W), without its outermost pixels; the limit of the picture is no edge."""
    for _ in range(width_px):
        mask = mask & ~boundary(mask)[:]
    return mask


def _flat(canvas: np.ndarray) -> np.ndarray:
    """A canvas (H, W, 3) as (H * W, 3): choosing pixels by one index is four times as fast as by a mask (H, W)."""
    return canvas.reshape(-1, 3, copy=False)


def resized(mask: np.ndarray, size: tuple[int, int], shrinks: bool) -> np.ndarray:
    """A mask, bool (H, W), in another size (width, height); what is small in it is not lost where it shrinks."""
    if not shrinks:
        return np.asarray(Image.fromarray(mask.view(np.uint8)).resize(size, Image.Resampling.NEAREST)).view(bool)
    shown = np.asarray(Image.fromarray(mask.view(np.uint8) * np.uint8(255)).resize(size, Image.Resampling.BOX))
    # Ponds of a pixel or two must not vanish from the evidence because the picture is small.
    sure = shown > 127
    return sure | ((shown > 40) & _inner(~sure, 2))


def blend(colour: RGB, opacity: float) -> RGB:
    """A colour of that opacity on white."""
    return tuple(round(part * opacity + 255 * (1 - opacity)) for part in colour)  # type: ignore[return-value]


@cache
def typeface(size: int, bold: bool = False) -> Font:
    """A sans-serif typeface of this machine, else the one that Pillow carries."""
    for name in _FONTS[bold]:
        try:
            return ImageFont.truetype(name, size)
        except OSError:
            continue
    return ImageFont.load_default(size)


def _printable(text: str) -> str:
    """Text with a space for everything that cannot be drawn: control characters make libraries fail."""
    return "".join(letter if letter.isprintable() else " " for letter in text)


def wrap(text: str, font: Font, width: int, most: int) -> list[str]:
    """Text broken into at most `most` lines that fit; what is left out is marked."""
    lines = [""]
    for word in _printable(text).split():
        longer = f"{lines[-1]} {word}".strip()
        if font.getlength(longer) <= width or not lines[-1]:
            lines[-1] = longer
        else:
            lines.append(word)
    kept = [fitted(line, font, width) for line in lines[:most]]
    if len(lines) > most:
        kept[-1] = fitted(kept[-1] + " …", font, width)
    return kept


def fitted(text: str, font: Font, width: int) -> str:
    """Text cut to a width; what is left out is marked."""
    text = _printable(text)
    if font.getlength(text) <= width:
        return text
    longest = bisect_right(range(len(text)), width, key=lambda count: font.getlength(text[:count] + "…"))
    return text[: max(longest - 1, 0)] + "…"
