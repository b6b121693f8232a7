"""A virtual raster (VRT) as a scene: rewritten to what it may hold, with sources beside it and nowhere else.

A VRT is a text that tells GDAL what to open: any file, any address, even code. So the text of the user is never given
to GDAL. What is known and harmless is copied into a text of our own, whose sources are plain rasters in the VRT's
own folder or below it.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from xml.etree import ElementTree  # nosec B405

import pyproj
from defusedxml import DefusedXmlException
from defusedxml.ElementTree import fromstring
from pyproj.exceptions import CRSError
from rasterio.errors import RasterioError
from rasterio.io import MemoryFile

from ..errors import SceneError
from .files import Source, open_raster
from .folders import band_name

_MAX_BYTES = 16_000_000
# How the files begin that a VRT may point at. GDAL asks every format it knows whether a source is its own; with these
# beginnings only the plain format says yes.
_PLAIN = (
    b"II*\0",
    b"MM\0*",
    b"II+\0",
    b"MM\0+",
    b"\x89PNG\r\n\x1a\n",
    b"\xff\xd8\xff",
    b"\0\0\0\x0cjP  ",
    b"EHFA_HEADER_TAG",
)
_SOURCE = ("SourceFilename", "SourceBand", "SrcRect", "DstRect")
_COMPLEX = ("NODATA", "ScaleOffset", "ScaleRatio", "UseMaskBand", "ColorTableComponent")
_BAND = ("Description", "ColorInterp", "NoDataValue", "Scale", "Offset", "UnitType", "HideNoDataValue")
# Element to the children that are copied with it.
_KNOWN = {
    "VRTDataset": ("SRS", "GeoTransform", "Metadata", "VRTRasterBand", "MaskBand"),
    "Metadata": ("MDI",),
    "MaskBand": ("VRTRasterBand",),
    "VRTRasterBand": (*_BAND, "SimpleSource", "ComplexSource", "AveragedSource"),
    "SimpleSource": _SOURCE,
    "ComplexSource": (*_SOURCE, *_COMPLEX),
    "AveragedSource": _SOURCE,
}
_LEFT_OUT = frozenset(
    ("SourceProperties", "Histograms", "OverviewList", "GCPList", "Metadata", "CategoryNames", "ColorTable")
)
_PLAIN_CLASSES = (None, "VRTSourcedRasterBand")


@contextmanager
def open_virtual(file: Path) -> Iterator[Source]:
    """Open a VRT.

    Raises:
        SceneError: it is damaged, computes anything, or points at what is not a plain raster in or below its folder.
    """
    root = _parsed(file)
    sources: dict[Path, None] = {}
    text = ElementTree.tostring(_copied(root, file, sources))
    if not sources:
        raise SceneError(f"The virtual raster '{file.name}' names no files: make it again.")
    with MemoryFile(text, ext=".vrt") as memory:
        try:
            reader = memory.open(driver="VRT")
        except RasterioError as error:
            raise SceneError(f"The virtual raster '{file.name}' is damaged: make it again.") from error
        with reader:
            yield Source(reader, file, (file, *sources))


def _parsed(file: Path) -> ElementTree.Element:
    try:
        if file.stat().st_size > _MAX_BYTES:
            raise SceneError(f"The virtual raster '{file.name}' is too long: save it as GeoTIFF.")
        text = file.read_bytes().decode("utf-8-sig")
    except OSError as error:
        raise SceneError(f"'{file.name}' cannot be read: check its permissions.") from error
    except UnicodeDecodeError as error:
        raise SceneError(f"The virtual raster '{file.name}' is damaged: make it again.") from error
    try:
        # ElementTree itself only makes elements here: entities could blow up in its parser.
        root = fromstring(text, forbid_dtd=True)
    except DefusedXmlException as error:
        raise SceneError(
            f"The virtual raster '{file.name}' defines entities: make it again with gdalbuildvrt."
        ) from error
    except (ElementTree.ParseError, ValueError, LookupError) as error:
        raise SceneError(f"The virtual raster '{file.name}' is damaged: make it again.") from error
    if root.tag != "VRTDataset":
        raise SceneError(f"'{file.name}' is not a virtual raster: choose another file.")
    return root


def _copied(element: ElementTree.Element, file: Path, sources: dict[Path, None]) -> ElementTree.Element:
    computes = element.get("subClass") not in _PLAIN_CLASSES
    known = _KNOWN.get(element.tag, ())
    unknown = next((child.tag for child in element if child.tag not in known and child.tag not in _LEFT_OUT), None)
    if computes or unknown:
        raise SceneError(
            f"The virtual raster '{file.name}' does more than put files side by side "
            f"({unknown or element.get('subClass')}): save it as GeoTIFF and choose that."
        )
    made = ElementTree.Element(element.tag, {} if element.tag == "SourceFilename" else dict(element.attrib))
    made.text = element.text
    if element.tag == "SourceFilename":
        source = _source(element, file)
        sources[source] = None
        made.text = str(source)
        made.set("relativeToVRT", "0")
    if element.tag == "SRS":
        # GDAL would take a file or an address for a coordinate system too.
        try:
            made.text = pyproj.CRS.from_user_input((element.text or "").strip()).to_wkt()
        except CRSError as error:
            raise SceneError(f"The coordinate system of '{file.name}' is not understood: assign it again.") from error
    for child in element:
        if child.tag in known:
            made.append(_copied(child, file, sources))
    if element.tag == "VRTRasterBand":
        _name(made)
    return made


def _name(band: ElementTree.Element) -> None:
    """A band without a name that comes from one file takes the name that the file ends in."""
    files = {Path(element.text or "") for element in band.iter("SourceFilename")}
    name = band_name(files.pop().stem) if len(files) == 1 else None
    if name and band.find("Description") is None:
        described = ElementTree.Element("Description")
        described.text = name
        band.insert(0, described)


def _source(element: ElementTree.Element, file: Path) -> Path:
    text = (element.text or "").strip()
    place = file.parent if element.get("relativeToVRT") == "1" else Path()
    refusal = SceneError(
        f"The virtual raster '{file.name}' points at '{text[:80]}', which is not a raster file beside it: "
        "put its files into its folder, or save it as GeoTIFF."
    )
    if not text or "\0" in text or "://" in text or text.startswith("/vsi") or not (place / text).is_absolute():
        raise refusal
    try:
        source = Path(os.path.realpath(place / text, strict=True))
        with source.open("rb") as stream:
            beginning = stream.read(16)
    except OSError as error:
        raise refusal from error
    if not source.is_relative_to(os.path.realpath(file.parent)) or not beginning.startswith(_PLAIN):
        raise refusal
    open_raster(source).close()  # refuses what leads elsewhere
    return source
