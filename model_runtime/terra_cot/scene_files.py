"""A generated scene as files: the raster, its label raster, and the truth as figures."""

from __future__ import annotations

import json
import os
from pathlib import Path

import affine
import numpy as np
import pyproj
import rasterio
import rasterio.errors

from ..errors import OutputError, RequestError
from ..measure.area import PixelAreas
from ..scene.grid import Grid
from .scenes import MAX_SIZE_PX, MIN_SIZE_PX, generate
from .spectra import BANDS, CLASSES

CRS = "EPSG:32633"
ORIGIN_M = (400_000.0, 5_500_000.0)
"""Upper left corner of every generated scene, in metres of `CRS`."""

REFLECTANCE_SCALE = 10_000

COLOURS = {
    0: (0, 0, 0),
    1: (30, 90, 220),
    2: (0, 100, 0),
    3: (240, 200, 80),
    4: (150, 220, 100),
    5: (220, 30, 30),
    6: (170, 150, 130),
    7: (240, 250, 255),
    8: (0, 200, 200),
    9: (200, 120, 255),
}
"""Colour of each label code in the label raster."""

Truth = dict[str, dict[str, float]]
"""Class name -> {"hectares", "coverage_pct"}."""


def write_scene(path: Path, size: int, seed: int) -> Truth:
    """Generate a scene and write FILE.tif, FILE_labels.tif and FILE_truth.json.

    Each file appears under its name only when it is complete; FILE.tif comes last.

    Args:
        path: FILE.tif to write: uint16 reflectance x 10000, bands named as in `BANDS`, nodata 0.
        size: Width and height in pixels, 64 to 2048.
        seed: The same seed gives the same files.

    Returns:
        Hectares (geodesic) and coverage in percent of all pixels, for every class.

    Raises:
        RequestError: The size, the seed or the file name cannot be used.
        OutputError: The files could not be written.
    """
    if not MIN_SIZE_PX <= size <= MAX_SIZE_PX:
        raise RequestError(
            f"A generated scene can be {MIN_SIZE_PX} to {MAX_SIZE_PX} pixels wide, not {size}: choose such a size."
        )
    if seed < 0:
        raise RequestError(f"The seed must be 0 or more, not {seed}.")
    if path.suffix.lower() not in (".tif", ".tiff"):
        raise RequestError(f"The scene is written as a GeoTIFF: give a file name that ends in .tif, not {path.name!r}.")
    scene = generate(size, seed)
    transform = affine.Affine(scene.pixel_size_m, 0, ORIGIN_M[0], 0, -scene.pixel_size_m, ORIGIN_M[1])
    truth = truth_of(scene.labels, Grid(pyproj.CRS(CRS), transform, size, size))
    numbers = np.clip(np.rint(scene.bands * REFLECTANCE_SCALE), 1, 65535).astype(np.uint16)
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        _write_raster(path.with_name(f"{path.stem}_labels.tif"), scene.labels[None], transform, ("label",), scene.place)
        _replace(path.with_name(f"{path.stem}_truth.json"), json.dumps(truth, indent=2) + "\n")
        _write_raster(path, numbers, transform, BANDS, scene.place)
    except (OSError, rasterio.errors.RasterioError) as error:
        raise OutputError(f"The scene could not be written to {path.parent}: {error}.") from error
    return truth


def truth_of(labels: np.ndarray, grid: Grid) -> Truth:
    """Hectares and coverage of every class of a label raster, uint8 (H, W); unlabelled pixels count as ground."""
    areas_ha = PixelAreas(grid).areas_ha(labels, len(CLASSES))
    pixels = np.bincount(labels.ravel(), minlength=len(CLASSES) + 1)[1:]
    return {
        name: {"hectares": float(area_ha), "coverage_pct": 100 * float(count) / labels.size}
        for name, area_ha, count in zip(CLASSES, areas_ha, pixels, strict=True)
    }


def _write_raster(path: Path, bands: np.ndarray, transform: affine.Affine, names: tuple[str, ...], place: str) -> None:
    draft = path.with_name(f".{path.name}.part")
    profile = {
        "driver": "GTiff", "count": len(bands), "height": bands.shape[1], "width": bands.shape[2], "dtype": bands.dtype,
        "crs": CRS, "transform": transform, "nodata": 0, "tiled": True, "blockxsize": 256, "blockysize": 256,
        "compress": "deflate", "predictor": 2,
    }  # fmt: skip
    try:
        with rasterio.open(draft, "w", **profile) as file:
            file.write(bands)
            file.descriptions = names
            file.update_tags(PLACE=place)
            if names == ("label",):
                file.write_colormap(1, COLOURS)
                file.update_tags(1, **{f"CLASS_{code}": name for code, name in enumerate(CLASSES, start=1)})
        os.replace(draft, path)
    finally:
        draft.unlink(missing_ok=True)


def _replace(path: Path, text: str) -> None:
    draft = path.with_name(f".{path.name}.part")
    try:
        draft.write_text(text, "utf-8")
        os.replace(draft, path)
    finally:
        draft.unlink(missing_ok=True)
