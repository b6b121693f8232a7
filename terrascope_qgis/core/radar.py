"""Whether a raster is a radar image, as far as its bands and names tell."""

from __future__ import annotations

import re
from pathlib import Path

from qgis.core import QgsRasterLayer

from .capture import Raster

_POLARISATION = re.compile(r"(?<![a-z0-9])(?:vv|vh|hh|hv)(?![a-z0-9])", re.IGNORECASE)
_SENTINEL_1 = re.compile(r"sentinel[-_ ]?1|(?<![a-z0-9])s1[abc]?(?![a-z0-9])", re.IGNORECASE)
_RASTERS = (".tif", ".tiff", ".img", ".jp2")


def is_radar(raster: Raster) -> bool:
    """Whether bands are named after polarisations, or one or two bands come from a file that says so.

    Of a folder: whether its name says Sentinel-1, or its raster files are named after polarisations.
    """
    if isinstance(raster, str):
        path = Path(raster)
        if not path.is_dir():
            layer = QgsRasterLayer(raster, path.stem)
            return layer.isValid() and is_radar(layer)
        names = [file.stem for file in path.iterdir() if file.suffix.lower() in _RASTERS]
        return _named(path.name) or (bool(names) and all(map(_polarised, names)))
    if any(_polarised(raster.bandName(band)) for band in range(1, raster.bandCount() + 1)):
        return True
    name = Path(raster.source().split("|")[0]).stem
    return raster.bandCount() <= 2 and (_polarised(name) or _named(name))


def _polarised(text: str) -> bool:
    return bool(_POLARISATION.search(text.replace("_", " ")))


def _named(text: str) -> bool:
    return bool(_SENTINEL_1.search(text.replace("_", " ")))
