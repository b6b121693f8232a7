"""Patches of BigEarthNet, whose bands are files of their own: `NAME/NAME_B04.tif`, `NAME/NAME_VV.tif`."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import affine
import numpy as np
import rasterio
from rasterio.crs import CRS

from ..records import BrokenRecord
from .windows import lonlat


@dataclass(frozen=True)
class Patch:
    """The bands of a patch on the 10 m grid.

    Attributes:
        bands: float32 (bands, H, W): reflectance, or VV and VH in dB.
        crs: Of the grid.
        transform: Of the grid.
    """

    bands: np.ndarray
    crs: CRS | None
    transform: affine.Affine

    @property
    def middle(self) -> tuple[float, float] | None:
        """Longitude and latitude."""
        height, width = self.bands.shape[1:]
        return lonlat(self.crs, self.transform, height / 2, width / 2)


def read_optical(folder: Path, names: Sequence[str]) -> Patch:
    """Bands of a Sentinel-2 patch as reflectance; 20 m bands get each pixel twice in both directions.

    Args:
        folder: Of the patch, called as it is.
        names: As in "B04"; the first one is at 10 m.

    Raises:
        BrokenRecord: The bands are of different places.
        rasterio.errors.RasterioError: A band is missing or damaged.
    """
    planes: list[np.ndarray] = []
    with rasterio.open(folder / f"{folder.name}_{names[0]}.tif") as first:
        grid, shape = (first.crs, first.transform), first.shape
    for name in names:
        with rasterio.open(folder / f"{folder.name}_{name}.tif") as source:
            plane = source.read(1).astype(np.float32) / 10_000
        if plane.shape != shape:
            plane = plane.repeat(2, 0).repeat(2, 1)
        if plane.shape != shape:
            raise BrokenRecord(f"Band {name} has another size than {names[0]}.")
        planes.append(plane)
    return Patch(np.stack(planes), *grid)


def read_radar(folder: Path, beside: Patch) -> np.ndarray:
    """VV and VH in dB of a Sentinel-1 patch, float32 (2, H, W), on the grid of its Sentinel-2 patch.

    Raises:
        BrokenRecord: It lies elsewhere.
        rasterio.errors.RasterioError: A band is missing or damaged.
    """
    planes = []
    for name in ("VV", "VH"):
        with rasterio.open(folder / f"{folder.name}_{name}.tif") as source:
            if source.shape != beside.bands.shape[1:] or not source.transform.almost_equals(beside.transform, 1e-3):
                raise BrokenRecord("The radar patch does not lie on the grid of the optical patch.")
            planes.append(source.read(1).astype(np.float32))
    return np.stack(planes)
