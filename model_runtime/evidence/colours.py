"""Colours of the evidence. One per step: what maps use for such ground, and never one colour twice."""

from __future__ import annotations

import colorsys
import re
from collections.abc import Sequence

RGB = tuple[int, int, int]

# Told apart by all kinds of colour vision (Okabe & Ito), and no step's colours.
CHANGE_COLOURS: dict[str, RGB] = {"gained": (0, 114, 178), "lost": (213, 94, 0)}
MODALITY_COLOURS: dict[str, RGB] = {"optical": (240, 228, 66), "SAR": (204, 121, 167)}

_BY_WORD: tuple[tuple[str, RGB], ...] = (
    (r"wetland|marsh|swamp|mangrove|flooded", (0, 150, 136)),
    (r"water|river|lake|pond|sea|ocean|reservoir|stream|canal", (30, 136, 229)),
    (r"snow|ice|glacier", (77, 208, 225)),
    (r"cloud", (144, 164, 174)),
    (r"tree|forest|wood", (27, 138, 62)),
    (r"crop|farm|field|agricultur|orchard", (249, 196, 20)),
    (r"grass|meadow|pasture|rangeland|shrub", (139, 195, 74)),
    (r"built|urban|building|settlement|town|city|village|road|house|residential|industrial", (229, 57, 53)),
    (r"bare|soil|sand|rock|beach|desert|barren", (161, 110, 70)),
    (r"burn|fire", (84, 52, 48)),
)
_OTHERS: tuple[RGB, ...] = ((171, 71, 188), (255, 112, 67), (236, 64, 122), (92, 107, 192), (0, 172, 193))


def step_colours(phrases: Sequence[str]) -> list[RGB]:
    """A colour for each step's phrase, in order; a phrase that comes again is shown lighter or darker."""
    chosen: list[RGB] = []
    others = 0
    for phrase in phrases:
        colour = next((rgb for pattern, rgb in _BY_WORD if re.search(rf"\b(?:{pattern})", phrase.lower())), None)
        if colour is None:
            colour, others = _OTHERS[others % len(_OTHERS)], others + 1
        shade = 0
        while (shown := _shaded(colour, shade)) in chosen:
            shade += 1
        chosen.append(shown)
    return chosen


def _shaded(colour: RGB, shade: int) -> RGB:
    if shade == 0:
        return colour
    hue, light, saturation = colorsys.rgb_to_hls(*(part / 255 for part in colour))
    # 0.45 ... 0.9 of the way around the lightness scale, then on to neighbouring hues
    light = 0.25 + (light - 0.25 + 0.22 * shade) % 0.55
    red, green, blue = colorsys.hls_to_rgb((hue + 0.02 * (shade // 3)) % 1, light, saturation)
    return (round(red * 255), round(green * 255), round(blue * 255))
