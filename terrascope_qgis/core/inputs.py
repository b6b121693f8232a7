"""Which kinds of bands a model is given: the input sets that its figures are told by."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from pathlib import Path

from qgis.core import QgsRaster, QgsRasterLayer

from ..client.protocol import DateInfo
from .capture import Raster
from .request import Acquisition

# From the poorest to the richest; a model is measured with each.
INPUT_SETS = ("sar", "rgb", "rgb+nir", "rgb+nir+swir", "rgb+nir+swir+sar")
USUAL = "rgb+nir"

_WORDS = {"sar": "SAR", "rgb": "RGB", "nir": "NIR", "swir": "SWIR"}
_SWIR = re.compile(r"swir|(?<![a-z0-9])b1[12](?!\d)|sr_b[67](?!\d)", re.IGNORECASE)
_NIR = re.compile(r"nir|infra ?red|(?<![a-z0-9])b0?8a?(?![a-z0-9])|sr_b[45](?!\d)", re.IGNORECASE)
_PRODUCT = re.compile(r"\.SAFE$|MSIL[12]|^L[COETM]0[4-9]_", re.IGNORECASE)  # a folder of all its bands


def input_set(roles: Iterable[str], radar: bool) -> str:
    """The input set of band roles.

    Args:
        roles: of the optical bands (red, nir, swir1, ...); none: there is no optical image.
        radar: there is a radar image too. No set has radar beside bands without SWIR: it is not counted there.
    """
    roles = set(roles)
    if not roles:
        return "sar"
    if "nir" not in roles:
        return "rgb"
    if not roles & {"swir1", "swir2"}:
        return "rgb+nir"
    return "rgb+nir+swir+sar" if radar else "rgb+nir+swir"


def in_words(inputs: str) -> str:
    """`RGB + NIR`, for people."""
    return " + ".join(_WORDS.get(part, part) for part in inputs.split("+"))


def of_report(dates: Sequence[DateInfo]) -> str:
    """The poorest input set of an answer's dates, from the roles that the runtime found."""
    return _poorest(
        input_set(date.optical.bands if date.optical is not None else (), date.sar is not None) for date in dates
    )


def of_choice(dates: Sequence[Acquisition]) -> str:
    """The poorest input set of the chosen dates, as far as names and the number of bands tell."""
    return _poorest(
        input_set(_roles(date.optical) if date.optical is not None else (), date.sar is not None)
        for date in dates
        if date.first is not None
    )


def _poorest(sets: Iterable[str]) -> str:
    return min(sets, key=INPUT_SETS.index, default=USUAL)


def _roles(raster: Raster) -> set[str]:
    """Guessed roles of an optical image; the runtime looks closer when it is asked."""
    if isinstance(raster, str):
        path = Path(raster)
        if not path.is_dir():
            layer = QgsRasterLayer(raster, path.stem)
            return _roles(layer) if layer.isValid() else {"red", "nir"}
        if _PRODUCT.search(path.name):
            return {"red", "nir", "swir1"}
        return _of_names([file.stem for file in path.iterdir() if file.is_file()])
    provider = raster.dataProvider()
    bands = [
        raster.bandName(band)
        for band in range(1, raster.bandCount() + 1)
        if provider.colorInterpretation(band) != QgsRaster.ColorInterpretation.AlphaBand
    ]
    return _of_names(bands)


def _of_names(names: Sequence[str]) -> set[str]:
    """Roles that band names tell; where they tell nothing, those that so many bands usually have."""
    swir, nir = (any(map(pattern.search, names)) for pattern in (_SWIR, _NIR))
    if not swir and not nir:
        swir, nir = len(names) >= 6, len(names) >= 4
    return {"red", *(["nir"] if nir else []), *(["swir1"] if swir else [])}
