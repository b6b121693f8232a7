"""Opens a scene, whatever it is made of: a file, a virtual raster, a folder of bands, a STAC item."""

from __future__ import annotations

import os
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import rasterio
from rasterio.errors import NotGeoreferencedWarning

from .files import Source, open_raster
from .folders import open_folder
from .stac import is_item, open_item
from .virtual import open_virtual

# GDAL keeps what it has read up to a twentieth of the machine's memory: a gigabyte of a scene that is read once. Some
# rows of tiles are enough. It looks when it is first used, so this stands outside of any function.
os.environ.setdefault("GDAL_CACHEMAX", "128")
# Nothing is read from an address: not by GDAL's file systems of the network, nor by its formats of the network. Those
# are left out when it lists its formats, which it does once; programs started from here may not know all of them.
os.environ["CPL_VSIL_CURL_ALLOWED_FILENAME"] = "none"
os.environ["GDAL_SKIP"] = "DAAS,EEDA,EEDAI,GTI,HTTP,KMLSUPEROVERLAY,MRF,PLMOSAIC,STACIT,STACTA,WCS,WMS,WMTS"
with rasterio.Env():
    del os.environ["GDAL_SKIP"]


@contextmanager
def opened(file: Path, sar: bool) -> Iterator[Source]:
    """Open a scene.

    Args:
        file: absolute path of a file or folder that exists, or of an item in a STAC collection (`items.json#id`).
        sar: it is read as a radar image.

    Raises:
        SceneError: it cannot be read, or is nothing that is read here.
    """
    with rasterio.Env(GDAL_PAM_ENABLED="YES"), warnings.catch_warnings():
        warnings.simplefilter("ignore", NotGeoreferencedWarning)
        if file.is_dir():
            with open_folder(file, sar=sar) as source:
                yield source
        elif is_item(file):
            with open_item(file, sar) as source:
                yield source
        elif file.suffix.lower() == ".vrt":
            with open_virtual(file) as source:
                yield source
        else:
            with open_raster(file) as reader:
                yield Source(reader, file, (file,))
