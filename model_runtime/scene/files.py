"""Opens local rasters and nothing else: no addresses, no formats that name other files."""

from __future__ import annotations

import hashlib
import logging
import os
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
from rasterio.enums import Interleaving
from rasterio.errors import RasterioError
from rasterio.io import DatasetReader

from ..errors import SceneError

if TYPE_CHECKING:
    from .folders import Stack
    from .products import Product

# Plain local raster formats. Formats that name other files or addresses (WMS, ...) would let a file decide what is
# read, and are left out on purpose; a VRT is rewritten by `virtual` first.
DRIVERS = ("GTiff", "COG", "JP2OpenJPEG", "PNG", "JPEG", "HFA", "ENVI", "KEA")
_NOT_PLAIN = {
    ".nc": "a netCDF file",
    ".hdf": "an HDF file",
    ".h5": "an HDF file",
    ".zarr": "a Zarr store",
    ".zip": "an archive",
    ".shp": "a vector file",
    ".gpkg": "a GeoPackage, which is read as vectors here",
    ".geojson": "a vector file",
    ".kml": "a vector file",
    ".pdf": "a document",
}
MOST_BLOCK_BYTES = 256_000_000
"""of a raster's tiles or strips, which are unpacked whole whatever is read of them"""
_AUX = b"EHFA_HEADER_TAG"
log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Source:
    """An opened scene, whatever it is made of.

    Attributes:
        reader: reads bands on one grid.
        path: the file or folder that was asked for.
        files: every file that values come from.
        product: what the product's own metadata say; None where there are none.
    """

    reader: DatasetReader | Stack
    path: Path
    files: tuple[Path, ...]
    product: Product | None = None


def existing(path: str | os.PathLike[str]) -> Path:
    """The absolute path of a local file or folder.

    Raises:
        SceneError: it is an address, does not exist, is empty or cannot be read.
    """
    text = os.fspath(path)
    if not text.strip() or "\0" in text:
        raise SceneError("No raster was given: choose a raster file.")
    if text.startswith("/vsi") or "://" in text:
        raise SceneError(f"'{text}' is not a file on this machine: download it and give its path.")
    # Path's own methods raise for a user that there is not, a name that is too long, and what may not be looked at.
    file = Path(os.path.expanduser(text)).absolute()
    if os.path.isdir(file):
        return file
    whole, sign, _ = str(file).rpartition("#")
    if sign and not os.path.exists(file) and whole.lower().endswith((".json", ".geojson")) and os.path.isfile(whole):
        return file  # an item of a STAC collection
    if not os.path.isfile(file):
        raise SceneError(f"The file '{text[:200]}' does not exist or is not a file: choose a raster file.")
    try:
        size = file.stat().st_size
    except OSError as error:
        raise SceneError(f"'{file.name}' cannot be read ({error.strerror}): check its permissions.") from error
    if size == 0:
        raise SceneError(f"'{file.name}' is empty: copy or download it again.")
    return file


def open_raster(file: Path) -> DatasetReader:
    """Open one file with one of `DRIVERS`.

    Raises:
        SceneError: it cannot be read, is in no format that is read here, leads elsewhere, or has to be unpacked in
            pieces that are too large.
    """
    kind = _NOT_PLAIN.get(file.suffix.lower())
    if kind:
        raise SceneError(f"'{file.name}' is {kind}: save the raster as GeoTIFF and choose that.")
    if not os.access(file, os.R_OK):
        raise SceneError(f"'{file.name}' cannot be read: check its permissions.")
    try:
        # rasterio.open takes one driver only; the reader it makes takes the list.
        reader = DatasetReader(str(file), driver=list(DRIVERS))
    except RasterioError as error:
        log.debug("cannot open %s: %s", file, error)
        raise SceneError(
            f"'{file.name}' is damaged or in no raster format that is read here: copy it again or save it as GeoTIFF."
        ) from error
    try:
        _check(reader, file)
    except BaseException:
        reader.close()
        raise
    return reader


def _check(reader: DatasetReader, file: Path) -> None:
    """Refuse what leads GDAL to another file, of any format it knows, or would have to be unpacked at once."""
    if reader.tags(ns="OVERVIEWS").get("OVERVIEW_FILE"):
        raise SceneError(f"'{file.name}' says that its overviews are somewhere else: save it as GeoTIFF again.")
    for beside in _beside(file):
        try:
            open_raster(beside).close()
        except SceneError:
            raise SceneError(f"'{beside.name}' beside '{file.name}' is no plain raster: take it away.") from None
    sides = zip(reader.block_shapes, reader.dtypes, strict=True)
    most = max(height * width * np.dtype(kind).itemsize for (height, width), kind in sides)
    if reader.interleaving is Interleaving.pixel:
        most *= reader.count
    if most > MOST_BLOCK_BYTES:
        raise SceneError(
            f"'{file.name}' is stored in pieces of {most / 1e6:,.0f} MB, and at most {MOST_BLOCK_BYTES / 1e6:.0f} MB "
            "are unpacked at once: save it in tiles (gdal_translate -co TILED=YES)."
        )


def _beside(file: Path) -> Iterator[Path]:
    """What GDAL takes for overviews and masks of a raster, whatever it is."""
    for name in (f"{file.name}.ovr", f"{file.name}.msk", f"{file.name}.aux", f"{file.stem}.aux"):
        stem, ending = os.path.splitext(name)
        for beside in (file.with_name(name), file.with_name(stem + ending.upper())):
            if not os.path.isfile(beside):
                continue
            if ending == ".aux":
                with beside.open("rb") as stream:
                    if not stream.read(len(_AUX)) == _AUX:  # of another program
                        continue
            yield beside


def state_of(files: Sequence[Path]) -> tuple[tuple[int, int], ...]:
    """Bytes and time of change (ns) of each file, by which a change is seen.

    Raises:
        SceneError: one is gone.
    """
    try:
        return tuple((stat.st_size, stat.st_mtime_ns) for stat in (file.stat() for file in files))
    except OSError as error:
        raise SceneError(
            f"'{Path(error.filename).name}' is gone since it was opened: ask again when it is there."
        ) from error


def changed(path: Path) -> SceneError:
    """What to say of a scene whose files are no longer what they were: its pixels would be of two scenes."""
    return SceneError(f"'{path.name}' was changed while it was read: ask again when it is complete.")


def sha256(files: Sequence[Path]) -> str:
    """Of one file's bytes; of several files, of the lines "sha256 name" in the given order."""
    sums = []
    for file in files:
        with file.open("rb") as stream:
            sums.append(hashlib.file_digest(stream, "sha256").hexdigest())
    if len(files) == 1:
        return sums[0]
    lines = "".join(f"{digest} {file.name}\n" for digest, file in zip(sums, files, strict=True))
    return hashlib.sha256(lines.encode()).hexdigest()
