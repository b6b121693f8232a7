"""What the metadata files of Sentinel-2 and Landsat products say about their numbers.

Sources: Sentinel-2 Products Specification Document (quantification value and, since processing baseline 04.00, an
offset per band: reflectance = (number + offset) / quantification); Landsat Collection 2 Data Format Control Book
(reflectance = number * REFLECTANCE_MULT + REFLECTANCE_ADD).
"""

from __future__ import annotations

import math
import re
from dataclasses import dataclass, field
from pathlib import Path

_MAX_BYTES = 8_000_000
_S2_OFFSET = re.compile(
    r'<(?:BOA|RADIO)_ADD_OFFSET\s{1,9}band_id="(\d{1,2})"\s{0,9}>\s{0,9}(-?[\d.]{1,20})\s{0,9}<', re.ASCII
)
_LANDSAT_FACTOR = re.compile(r"REFLECTANCE_(MULT|ADD)_BAND_(\d)\s{0,9}=\s{0,9}(-?[\d.]{1,20}(?:E-?\d{1,3})?)", re.ASCII)
# Sentinel-2 counts its bands from 0 in metadata: B01 ... B08, B8A, B09 ... B12.
_S2_BANDS = ("1", "2", "3", "4", "5", "6", "7", "8", "8a", "9", "10", "11", "12")


@dataclass(frozen=True)
class Product:
    """A product's metadata, as far as reading its bands needs them.

    Attributes:
        hints: names that tell the sensor and the level, for `bands` and `values`.
        how: where scale and offset come from, in words.
        scaling: band ("4", "8a") to (scale, offset) of reflectance.
        tags: names and values in which the date may stand.
    """

    hints: str
    how: str
    scaling: dict[str, tuple[float, float]]
    tags: dict[str, str] = field(default_factory=dict)


def find_product(folder: Path) -> Product | None:
    """Read the metadata file of the product that a folder of bands is or belongs to; None where there is none."""
    # A Sentinel-2 product keeps its bands up to four folders below its metadata.
    for place in (folder, *folder.parents[:4]):
        for name in ("MTD_MSIL2A.xml", "MTD_MSIL1C.xml"):
            text = _text(place / name)
            if text:
                return _sentinel_2(text, name)
        if place.suffix.lower() == ".safe":
            break
    for file in sorted(folder.glob("*_MTL.txt"))[:2]:
        text = _text(file)
        if text:
            return _landsat(text, file.name)
    return None


def _text(file: Path) -> str:
    try:
        if not file.is_file() or file.stat().st_size > _MAX_BYTES:
            return ""
        return file.read_text("utf-8", errors="replace")
    except OSError:
        return ""


def _number(text: str) -> float:
    """NaN where it is none."""
    try:
        return float(text)
    except ValueError:
        return math.nan


def _sentinel_2(text: str, name: str) -> Product | None:
    """Fields by their names: a parser for whole XML documents would have more to fear than to gain.

    No pattern looks further than a field is long: else a file of many beginnings would be looked through for each.
    """
    level = name[4:10]  # MSIL2A
    quantification = re.search(r"<(?:BOA_)?QUANTIFICATION_VALUE[^<>]{0,80}>\s{0,9}([\d.]{1,20})\s{0,9}<", text)
    scale = _number(quantification[1]) if quantification else 10_000.0
    if not scale > 0:
        return None
    offsets = dict.fromkeys(_S2_BANDS, 0.0)
    for band, value in re.findall(_S2_OFFSET, text):
        if int(band) < len(_S2_BANDS):
            offsets[_S2_BANDS[int(band)]] = _number(value)
    if not all(map(math.isfinite, offsets.values())):
        return None
    baseline = re.search(r"<PROCESSING_BASELINE>\s{0,9}(\d\d)\.(\d\d)\s{0,9}<", text)
    start = re.search(r"<PRODUCT_START_TIME>\s{0,9}([\dT:.\-Z]{1,40})\s{0,9}<", text)
    version = f", baseline {baseline[1]}.{baseline[2]}" if baseline else ""
    shift = ", offset taken off" if any(offsets.values()) else ""
    return Product(
        hints=f"Sentinel-2 {level}",
        how=f"Sentinel-2 {'surface' if level == 'MSIL2A' else 'top-of-atmosphere'} reflectance as {name} says{version}"
        f"{shift}",
        scaling={band: (1 / scale, offset / scale) for band, offset in offsets.items()},
        tags={"PRODUCT_START_TIME": start[1]} if start else {},
    )


def _landsat(text: str, name: str) -> Product | None:
    level = re.search(r'PROCESSING_LEVEL\s*=\s*"(\w+)"', text)
    craft = re.search(r'SPACECRAFT_ID\s*=\s*"LANDSAT_(\d)"', text)
    if not level or not craft:
        return None
    second = level[1].upper().startswith("L2")
    if second:
        # A Level 2 file repeats the factors of Level 1 in a later group.
        text_of_factors = text.partition("GROUP = LEVEL2_SURFACE_REFLECTANCE_PARAMETERS")[2].partition("END_GROUP")[0]
    else:
        text_of_factors = text
    factors: dict[str, dict[str, float]] = {"MULT": {}, "ADD": {}}
    for kind, band, value in re.findall(_LANDSAT_FACTOR, text_of_factors):
        factors[kind].setdefault(band, _number(value))
    if not all(math.isfinite(value) for values in factors.values() for value in values.values()):
        return None
    day = re.search(r"DATE_ACQUIRED\s*=\s*([\d-]+)", text)
    return Product(
        hints=f"Landsat-{craft[1]} {level[1].upper()}",
        how=f"Landsat {'surface' if second else 'top-of-atmosphere'} reflectance as {name} says",
        scaling={band: (scale, factors["ADD"].get(band, 0.0)) for band, scale in factors["MULT"].items() if scale > 0},
        tags={"DATE_ACQUIRED": day[1]} if day else {},
    )
