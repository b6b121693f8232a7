"""Writes small rasters as readers expect them."""

from __future__ import annotations

import warnings
from pathlib import Path

import numpy as np
import rasterio
from affine import Affine
from rasterio.errors import NotGeoreferencedWarning


def write_raster(
    path: Path,
    values: np.ndarray,
    crs: str | None = "EPSG:32633",
    pixel: float = 10.0,
    origin: tuple[float, float] = (400_000.0, 5_400_000.0),
    names: tuple[str, ...] = (),
    **profile: object,
) -> Path:
    """Write a GeoTIFF or PNG.

    Args:
        path: Its suffix says which.
        values: (bands, H, W).
        crs: None for a picture that does not say where it lies.
        pixel: Size in units of `crs`.
        origin: Upper left corner.
        names: Of the bands.
        profile: What else rasterio takes.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    place = {} if crs is None else {"crs": crs, "transform": Affine(pixel, 0, origin[0], 0, -pixel, origin[1])}
    count, height, width = values.shape
    driver = "PNG" if path.suffix == ".png" else "GTiff"
    shape = {"count": count, "height": height, "width": width, "dtype": values.dtype}
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", NotGeoreferencedWarning)
        with rasterio.open(path, "w", driver=driver, **shape, **place, **profile) as file:
            file.write(values)
            if names:
                file.descriptions = names
    return path
