"""Which band of a layer is red, green, blue, infrared or a polarisation, as its names and its renderer tell.

The runtime looks closer (product names, values) and decides where the user does not; this is what the user is shown to
begin with. The roles are those of `model_runtime/scene/bands.py`; a test compares both.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from qgis.core import QgsMultiBandColorRenderer, QgsRaster, QgsRasterLayer

ROLES = ("red", "green", "blue", "nir", "swir1", "swir2")
SAR_ROLES = ("vv", "vh", "hh", "hv")
NEEDED = ROLES[:3]

_WORDS = {
    "red": r"\bred\b(?! ?edge)", "green": r"\bgreen\b", "blue": r"\bblue\b",
    "nir": r"\bnir(?:1|08)?\b|near ?infra ?red|\binfra ?red\b", "swir1": r"\bswir ?(?:1|16)\b",
    "swir2": r"\bswir ?(?:2|22)\b",
}  # fmt: skip
_SENTINEL_2 = {"2": "blue", "3": "green", "4": "red", "8": "nir", "8a": "nir", "11": "swir1", "12": "swir2"}
_LANDSAT_8 = {"2": "blue", "3": "green", "4": "red", "5": "nir", "6": "swir1", "7": "swir2"}
_LANDSAT_4 = {"1": "blue", "2": "green", "3": "red", "4": "nir", "5": "swir1", "7": "swir2"}
_NUMBER = re.compile(r"(?:^|[^a-z0-9])b0?(\d{1,2}a?)(?![a-z0-9])")
_COLOURS = (
    ("red", QgsRaster.ColorInterpretation.RedBand),
    ("green", QgsRaster.ColorInterpretation.GreenBand),
    ("blue", QgsRaster.ColorInterpretation.BlueBand),
)


@dataclass(frozen=True)
class BandMapping:
    """Role to 1-based band; empty: the runtime finds out."""

    optical: dict[str, int] = field(default_factory=dict)
    sar: dict[str, int] = field(default_factory=dict)


def band_names(layer: QgsRasterLayer) -> list[str]:
    """What the bands are called, `Band 1: B02`, from the first on."""
    return [layer.bandName(number) for number in range(1, layer.bandCount() + 1)]


def optical_roles(layer: QgsRasterLayer) -> dict[str, int]:
    """What names tell, else colours and the renderer, else the customary order of so many bands."""
    names = [re.sub(r"^band 0*\d+(: )?", "", name.lower()).replace("-", " ") for name in band_names(layer)]
    found = _by_words(names)
    numbers = _by_number(names, f"{layer.name()} {layer.source()}".lower())
    found = {**numbers, **found}
    if not found.keys() >= set(NEEDED):
        found = {**_by_order(len(names)), **_by_renderer(layer), **_by_colour(layer), **found}
    return {role: found[role] for role in ROLES if role in found}


def sar_roles(layer: QgsRasterLayer) -> dict[str, int]:
    """The polarisations that names tell; of two unnamed bands VV and VH."""
    found: dict[str, int] = {}
    for number, name in enumerate(band_names(layer), start=1):
        role = re.search(r"(?<![a-z])(vv|vh|hh|hv)(?![a-z])", name.lower())
        if role:
            found.setdefault(role[1], number)
    if not found and layer.bandCount() == 2:
        found = {"vv": 1, "vh": 2}
    return {role: found[role] for role in SAR_ROLES if role in found}


def _by_words(names: list[str]) -> dict[str, int]:
    found: dict[str, int] = {}
    for number, name in enumerate(names, start=1):
        plain = name.replace("_", " ")
        for role, pattern in _WORDS.items():
            if re.search(pattern, plain):
                found.setdefault(role, number)
    return found


def _by_number(names: list[str], hints: str) -> dict[str, int]:
    """B02, SR_B4: by the numbers that the sensor's bands have."""
    found: dict[str, int] = {}
    for band, name in enumerate(names, start=1):
        number = _NUMBER.search(name.replace("_", " "))
        if number:
            found.setdefault(number[1], band)
    if not found or all(number == str(band) for number, band in found.items()):  # counted, not named
        return {}
    table = _SENTINEL_2
    if not found.keys() & {"8", "8a", "11", "12"}:
        if re.search(r"l[cet]0?[457]|landsat[-_ ]?[457]", hints):
            table = _LANDSAT_4
        elif found.keys() & {"5", "6", "7"}:
            table = _LANDSAT_8
    roles: dict[str, int] = {}
    for number, band in sorted(found.items()):  # "8" before "8a": the wide band is preferred
        if number in table:
            roles.setdefault(table[number], band)
    return roles


def _by_colour(layer: QgsRasterLayer) -> dict[str, int]:
    provider = layer.dataProvider()
    meant = [provider.colorInterpretation(number) for number in range(1, layer.bandCount() + 1)]
    return {role: meant.index(colour) + 1 for role, colour in _COLOURS if colour in meant}


def _by_renderer(layer: QgsRasterLayer) -> dict[str, int]:
    """What the user sees; the first three bands are what QGIS takes where nothing tells more."""
    renderer = layer.renderer()
    if not isinstance(renderer, QgsMultiBandColorRenderer):
        return {}
    shown = (renderer.redBand(), renderer.greenBand(), renderer.blueBand())
    return {} if shown == (1, 2, 3) or min(shown) < 1 else dict(zip(NEEDED, shown))


def _by_order(count: int) -> dict[str, int]:
    order = ROLES[:3] if count == 3 else ("blue", "green", "red", "nir", "swir1", "swir2")[:count]
    if count in (10, 12, 13):  # Sentinel-2, all of its bands or those of 10 and 20 m
        first = 1 if count == 10 else 2
        swir = {10: (9, 10), 12: (11, 12), 13: (12, 13)}[count]
        return {"blue": first, "green": first + 1, "red": first + 2, "nir": first + 6,
                "swir1": swir[0], "swir2": swir[1]}  # fmt: skip
    return {role: number for number, role in enumerate(order, start=1)} if count >= len(NEEDED) else {}
