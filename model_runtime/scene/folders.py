"""A folder of one-band files as one raster on the finest band's grid.

Read are Sentinel-2 products (`.SAFE`, or flat as `B02.tif`, `T48PYT_..._B02_10m.jp2`), Landsat Collection 2
(`..._SR_B4.TIF`, `..._B4.TIF`; ST and QA files are left aside), and Sentinel-1 (`VV.tif`, `..._vv_....tiff`).
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from itertools import islice
from pathlib import Path

import numpy as np
from rasterio.enums import ColorInterp, MaskFlags, Resampling
from rasterio.io import DatasetReader
from rasterio.vrt import WarpedVRT
from rasterio.windows import Window

from ..errors import SceneError
from .bands import SAR_ROLES, landsat_names, sensor_named
from .files import Source, open_raster
from .products import Product, find_product

_SUFFIXES = frozenset((".tif", ".tiff", ".jp2", ".img"))
_MANY = 5000
_BAND = re.compile(r"(?:^|[_\-.])(?P<sr>sr_)?b(?P<number>0?[1-9]|1[0-2]|8a)(?:_(?P<metres>\d\d)m)?$", re.IGNORECASE)
_POLARISATION = re.compile(r"(?:^|[_\-.])(vv|vh|hh|hv)(?=$|[_\-.])", re.IGNORECASE)
_PLACES = ("GRANULE/*/IMG_DATA", "IMG_DATA", ".")


class Stack:
    """One-band readers side by side; answers the questions that are asked of a raster reader.

    A coarser band is resampled bilinearly to the finest band's grid. The warp reads beyond a window's edge, so that
    a part of the scene has the values of the whole. Zero is nodata in whole numbers, as both products define it, and
    NaN in fractions, unless a file declares another value.
    """

    def __init__(self, readers: Sequence[DatasetReader], names: Sequence[str], folder: Path, close: ExitStack) -> None:
        self.name = str(folder)
        self.descriptions = tuple(names)
        self.count = len(readers)
        self.dtypes = tuple(reader.dtypes[0] for reader in readers)
        self.colorinterp = (ColorInterp.undefined,) * self.count
        self.scales = [reader.scales[0] for reader in readers]
        self.offsets = [reader.offsets[0] for reader in readers]
        self.nodatavals = tuple(_nodata(reader) for reader in readers)
        self.mask_flag_enums = ([MaskFlags.nodata],) * self.count
        self._plain = list(readers)
        # A file without a georeference is chosen, so that it is the one that is refused.
        grid = min(readers, key=lambda reader: abs(reader.transform.a * reader.transform.e) if reader.crs else 0.0)
        self.crs, self.transform, self.gcps = grid.crs, grid.transform, grid.gcps
        self.width, self.height = grid.width, grid.height
        self._tags = grid.tags()
        self._aligned = [self._align(reader, close) for reader in readers] if grid.crs else self._plain

    def _align(self, reader: DatasetReader, close: ExitStack) -> DatasetReader | WarpedVRT:
        same = reader.crs == self.crs and reader.transform.almost_equals(self.transform, 1e-9)
        if same and (reader.width, reader.height) == (self.width, self.height):
            return reader
        nodata = _nodata(reader)
        return close.enter_context(
            WarpedVRT(
                reader,
                crs=self.crs,
                transform=self.transform,
                width=self.width,
                height=self.height,
                resampling=Resampling.bilinear,
                src_nodata=nodata,
                nodata=nodata,
            )
        )

    def tags(self) -> dict[str, str]:
        """Of the finest band."""
        return dict(self._tags)

    def overviews(self, index: int) -> list[int]:
        """Of a 1-based band's own file."""
        return self._plain[index - 1].overviews(1)

    def read(
        self, indexes: Sequence[int], window: Window | None = None, out_shape: tuple[int, int, int] | None = None
    ) -> np.ndarray:
        """Numbers (C, H, W) of 1-based bands in a window of the grid."""
        whole = window is None or (window.width, window.height) == (self.width, self.height)
        if out_shape is not None and whole:
            # Thinned, every file is read on its own grid: its overviews tell as much as a warp of the whole would.
            return np.stack([self._plain[index - 1].read(1, out_shape=out_shape[1:]) for index in indexes])
        shape = out_shape and out_shape[1:]
        return np.stack([self._aligned[index - 1].read(1, window=window, out_shape=shape) for index in indexes])

    def apply_product(self, product: Product) -> None:
        """Take scale and offset from a product's metadata, if they tell them for every band that is read."""
        found = [product.scaling.get(name.lower().removeprefix("sr_")[1:].lstrip("0")) for name in self.descriptions]
        if all(found):
            self.scales, self.offsets = [scale for scale, _ in found], [offset for _, offset in found]


def _nodata(reader: DatasetReader) -> float:
    if reader.nodatavals[0] is not None:
        return reader.nodatavals[0]
    return float("nan") if np.issubdtype(np.dtype(reader.dtypes[0]), np.floating) else 0.0


def band_name(stem: str) -> str | None:
    """The band that a file's name ends in ("B04", "B8A", "SR_B4"), else None."""
    found = _BAND.search(stem)
    if not found or re.search(r"st_b\d+$", stem, re.IGNORECASE):
        return None
    number = found["number"].upper()
    if found["sr"]:
        return f"SR_B{number.lstrip('0')}"
    return f"B{number.zfill(2)}"


@contextmanager
def open_folder(folder: Path, *, sar: bool) -> Iterator[Source]:
    """Open the band files of a folder as one raster.

    Args:
        folder: of one product or one patch.
        sar: read its polarisations, else its optical bands.

    Raises:
        SceneError: there are no such files, or those of several images.
    """
    chosen = _choose(folder, sar)
    with ExitStack() as close:
        readers = []
        for file in chosen.values():
            reader = close.enter_context(open_raster(file))
            if reader.count != 1:
                raise SceneError(f"'{file.name}' has {reader.count} bands, not one: choose it by itself.")
            readers.append(reader)
        if len({bool(reader.crs) for reader in readers}) == 2:
            raise SceneError(f"Some bands in '{folder.name}' have no coordinate system: assign it in QGIS first.")
        stack = Stack(readers, list(chosen), folder, close)
        product = None if sar else find_product(next(iter(chosen.values())).parent)
        if product:
            stack.apply_product(product)
        yield Source(stack, folder, tuple(chosen.values()), product)


def _choose(folder: Path, sar: bool) -> dict[str, Path]:
    """Band to file, in the order of bands."""
    images = _images(folder)
    if sar:
        found = _by_name(images, _polarisation_of)
        wanted = [name for name in (role.upper() for role in SAR_ROLES) if name in found]
        if not wanted:
            raise SceneError(f"The folder '{folder.name}' holds no VV or VH file: choose a radar image.")
    else:
        found = _by_name(images, lambda file: band_name(file.stem))
        hints = " ".join((folder.name, *(file.name for file in images)))
        if sensor_named(hints).startswith("Landsat") or any(name.startswith("SR_") for name in found):
            # The sharp panchromatic band would set the grid, and thermal bands are no light that is reflected.
            found = {name: files for name, files in found.items() if name in landsat_names(hints)}
        wanted = sorted(found, key=_band_order)
        if not wanted:
            if any(_polarisation_of(file) for file in images):
                raise SceneError(f"The folder '{folder.name}' is a radar image: give it as the radar (SAR) image.")
            raise SceneError(
                f"The folder '{folder.name}' holds no band files that are known (B02.tif, ..._B4.TIF, ...): "
                "choose a raster file or the folder of one image."
            )
        if len(wanted) < 3:
            raise SceneError(
                f"The folder '{folder.name}' holds only {' and '.join(wanted)}: add the files of red, green and blue."
            )
    chosen = {}
    for name in wanted:
        files = _finest(found[name])
        if len(files) > 1:
            raise SceneError(
                f"The folder '{folder.name}' holds several images ('{files[0].name}' and '{files[1].name}'): "
                "choose a folder with the bands of one."
            )
        chosen[name] = files[0]
    return chosen


def _images(folder: Path) -> list[Path]:
    """Raster files of a folder; where it has none by band, those of the product that it is."""
    try:
        here = _rasters(folder)
        if any(band_name(file.stem) or _polarisation_of(file) for file in here):
            return here
        for pattern in _PLACES:
            places = sorted(folder.glob(pattern)) if pattern != "." else [folder]
            found = [
                file for place in places for sub in (".", "R10m", "R20m", "R60m") for file in _rasters(place / sub)
            ]
            if any(band_name(file.stem) for file in found):
                return found
        return _rasters(folder / "measurement") or here
    except OSError as error:
        raise SceneError(f"The folder '{folder.name}' cannot be read: check its permissions.") from error


def _rasters(folder: Path) -> list[Path]:
    if not folder.is_dir():
        return []
    files = islice(folder.iterdir(), _MANY)
    return sorted(file for file in files if file.suffix.lower() in _SUFFIXES and file.is_file())


def _by_name(files: Sequence[Path], name_of: Callable[[Path], str | None]) -> dict[str, list[Path]]:
    found: dict[str, list[Path]] = {}
    for file in files:
        name = name_of(file)
        if name:
            found.setdefault(name, []).append(file)
    return found


def _polarisation_of(file: Path) -> str | None:
    found = _POLARISATION.search(file.stem)
    return found[1].upper() if found else None


def _finest(files: list[Path]) -> list[Path]:
    """Of a band that a product delivers in several pixel sizes, the file of the smallest."""
    metres = {file: int(found["metres"] or 0) for file in files if (found := _BAND.search(file.stem))}
    if len(set(metres.values())) < 2:
        return files
    least = min(metres.values())
    return [file for file in files if metres[file] == least]


def _band_order(name: str) -> tuple[int, str]:
    digits = re.findall(r"\d+", name)
    return int(digits[-1]), name
