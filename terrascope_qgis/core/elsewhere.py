"""What of asking is another matter when the runtime is on another machine: where it is, and which files can be sent."""

from __future__ import annotations

from pathlib import Path

from osgeo import gdal
from qgis.PyQt.QtCore import QCoreApplication

from ..client.remote import parse_url
from ..client.uploads import can_be_sent
from ..errors import TerraScopeError
from ..settings import Settings

_SAME = 1e-9  # relative; the same numbers, written in another way

translate = QCoreApplication.translate


def elsewhere(settings: Settings) -> str:
    """In a few words where a question goes; empty where this machine answers."""
    if not settings.remote_url:
        return ""
    try:
        url = parse_url(settings.remote_url)
    except TerraScopeError:
        return translate("TerraScope", "Asks {url}").format(url=settings.remote_url)
    if url.is_loopback:
        return translate("TerraScope", "Asks through a tunnel, port {port}").format(port=url.port)
    return translate("TerraScope", "Asks {host}").format(host=url.host)


def is_sent_whole(path: str) -> bool:
    """Whether a file says by itself where its pixels lie: what is beside it (world file, .aux.xml) is not sent."""
    if not can_be_sent(path):
        return False
    opened, alone = _opened(path, []), _opened(path, [Path(path).name])
    if opened is None or alone is None:
        return False
    return (
        opened.RasterCount == alone.RasterCount
        and _same_crs(opened, alone)
        and all(abs(a - b) <= _SAME * max(abs(a), 1) for a, b in zip(opened.GetGeoTransform(), alone.GetGeoTransform()))
        and opened.GetRasterBand(1).GetNoDataValue() == alone.GetRasterBand(1).GetNoDataValue()
    )


def _opened(path: str, siblings: list[str]) -> gdal.Dataset | None:
    """With `siblings` GDAL looks at no other files than those."""
    try:
        if siblings:
            return gdal.OpenEx(path, gdal.OF_RASTER, sibling_files=siblings)
        return gdal.Open(path)
    except RuntimeError:  # as GDAL says it where its exceptions are on
        return None


def _same_crs(one: gdal.Dataset, other: gdal.Dataset) -> bool:
    first, second = one.GetSpatialRef(), other.GetSpatialRef()
    if first is None or second is None:
        return first is second
    return bool(first.IsSame(second))
