"""What each date of a run shows, as a raster table of its GeoPackage: so that its masks can be measured again.

A date that shows every pixel has no table.
"""

from __future__ import annotations

from pathlib import Path

import numpy as np
import rasterio
from rasterio.errors import RasterioIOError

from ..rasters.rows import Raster, rows_of, together
from ..scene.grid import Grid
from .modality import add_modality

SEEN, HIDDEN = 1, 2
_COLOURS = ((102, 166, 30), (150, 150, 150))  # seen, hidden by clouds


def add_seen(path: Path, image: int, seen: Raster, valid: Raster, grid: Grid) -> None:
    """Add what one date shows.

    Args:
        path: of the GeoPackage.
        image: 1-based.
        seen: bool (H, W), has data that no cloud hides.
        valid: bool (H, W), has data.
        grid: where the pixels lie.

    Raises:
        RasterioError: it cannot be written.
    """
    values = together(lambda a, b: np.where(a, np.uint8(SEEN), np.where(b, np.uint8(HIDDEN), np.uint8(0))), seen, valid)
    if (~rows_of(seen)).any():
        add_modality(path, _table(image), values, grid, f"Seen (1) or hidden by clouds (2), image {image}", _COLOURS)


def read_seen(path: Path, images: int, grid: Grid) -> tuple[list[np.ndarray], list[np.ndarray]]:
    """What the dates of a run show.

    Args:
        path: of the GeoPackage.
        images: how many dates there are.
        grid: where the pixels lie.

    Returns:
        Of each date `seen` and `valid`, bool (H, W), as in `add_seen`.
    """
    values = [_values(path, image, grid) for image in range(1, images + 1)]
    return [one == SEEN for one in values], [one > 0 for one in values]


def _values(path: Path, image: int, grid: Grid) -> np.ndarray:
    try:
        with rasterio.open(path, driver="GPKG", TABLE=_table(image), BAND_COUNT=1) as source:
            found = source.read(1)
    except RasterioIOError:
        found = None
    shape = (grid.height, grid.width)
    return found if found is not None and found.shape == shape else np.full(shape, SEEN, np.uint8)


def _table(image: int) -> str:
    return f"seen_{image}"
