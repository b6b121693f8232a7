"""Numbers of a raster's bands, window by window, and where they are data."""

from __future__ import annotations

import logging
from collections.abc import Sequence
from pathlib import Path

import numpy as np
from rasterio.enums import MaskFlags
from rasterio.errors import RasterioError
from rasterio.io import DatasetReader
from rasterio.windows import Window

from ..errors import SceneError
from ..rasters.parts import Parts
from ..rasters.rows import Raster, Rows, together
from .folders import Stack

SAMPLE_PX = 512
_THIN_WHOLE_PX = 16_000_000
log = logging.getLogger(__name__)


def sample(source: DatasetReader | Stack, indexes: Sequence[int]) -> np.ndarray:
    """Numbers of the whole raster, thinned, where it has data: (n, pixels), of the raster's type or float64.

    Numbers without a sign keep their type, in which they are looked through faster; others may overflow in it.
    """
    width, height = source.width, source.height
    if width * height <= _THIN_WHOLE_PX or source.overviews(indexes[0]):
        step = max(1.0, max(width, height) / SAMPLE_PX)
        windows = [Window(0, 0, width, height)]
        shape = (len(indexes), max(1, int(height / step)), max(1, int(width / step)))
    else:
        # Thinning a large raster without overviews would read all of it: patches from all over tell enough.
        side = SAMPLE_PX // 4
        corners = [((width - side) * i // 4, (height - side) * j // 4) for i in range(5) for j in range(5)]
        windows = [Window(max(0, column), max(0, row), min(side, width), min(side, height)) for column, row in corners]
        shape = None
    parts = []
    for window in windows:
        numbers = read_numbers(source, indexes, window, shape)
        valid = find_valid(source, indexes, numbers, window)
        flat = numbers.reshape(len(indexes), -1)
        parts.append(flat if valid.all() else flat[:, valid.ravel()])
    kept = np.concatenate(parts, axis=1) if len(parts) > 1 else parts[0]
    return kept.astype(float) if np.issubdtype(kept.dtype, np.signedinteger) else kept


def read_numbers(
    source: DatasetReader | Stack, indexes: Sequence[int], window: Window, shape: tuple[int, int, int] | None = None
) -> np.ndarray:
    """Numbers (n, H, W) of some 1-based bands in a window, thinned to `shape` where one is given.

    Raises:
        SceneError: the file is damaged.
    """
    try:
        if len({source.dtypes[index - 1] for index in indexes}) > 1:  # a VRT may mix number types
            return np.concatenate(
                [source.read([i], window=window, out_shape=shape and (1, *shape[1:])) for i in indexes]
            )
        return source.read(list(indexes), window=window, out_shape=shape)
    except RasterioError as error:
        log.debug("cannot read %s: %s", source.name, error)
        raise SceneError(f"'{Path(source.name).name}' is damaged or cut short: copy or download it again.") from error


def find_valid(
    source: DatasetReader | Stack, indexes: Sequence[int], numbers: np.ndarray, window: Window
) -> np.ndarray:
    """Where the bands hold data, bool (H, W): nodata value, mask or alpha band, NaN, and undeclared black borders."""
    valid, declared = find_declared(source, indexes, numbers, window)
    return valid if declared else valid & ~_black_border(numbers)


def find_declared(
    source: DatasetReader | Stack, indexes: Sequence[int], numbers: np.ndarray, window: Window
) -> tuple[np.ndarray, bool]:
    """Where the bands hold data as far as each pixel tells by itself, bool (H, W), and whether the raster says so."""
    valid = np.ones(numbers.shape[1:], bool)
    declared = False
    zero_nodata = []
    for band, index in zip(numbers, indexes, strict=True):
        if np.issubdtype(band.dtype, np.floating):
            valid &= np.isfinite(band)
        flags = source.mask_flag_enums[index - 1]
        nodata = source.nodatavals[index - 1]
        if MaskFlags.all_valid in flags:
            continue
        declared = True
        if nodata is not None and MaskFlags.nodata in flags:
            if nodata == 0:
                zero_nodata.append(band == 0)
            elif not np.isnan(nodata):
                valid &= band != nodata
        else:
            valid &= source.read_masks(index, window=window, out_shape=numbers.shape[1:]) > 0
    if zero_nodata:
        # A dark pixel may well be 0 in one band; it is nodata when it is 0 in all of them.
        valid &= ~np.all(zero_nodata, axis=0)
    return valid, declared


def _black_border(numbers: np.ndarray) -> np.ndarray:
    """Pixels that are 0 in all bands and connected to the border: what lies beside a swath or a warped image."""
    black = numbers[0] == 0
    for band in numbers[1:]:
        if not black.any():
            return black
        black &= band == 0
    return at_border(black)[:] if black.any() else black


def at_border(mask: Raster) -> Rows:
    """The parts of a mask, bool (H, W), that reach the limit of the raster."""
    parts = Parts(mask)
    touching = np.zeros(parts.count + 1, bool)
    height = mask.shape[0]
    for strip in parts.labels.strips():
        touching[strip.values[:, [0, -1]]] = True
        for row in {0, height - 1} & {strip.first, strip.end - 1}:
            touching[strip.values[row - strip.first]] = True
    touching[0] = False
    return together(lambda labels: touching[labels], parts.labels)
