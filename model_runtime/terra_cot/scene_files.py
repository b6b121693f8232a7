"""A generated scene as files: the rasters, their label rasters, and the truth as figures."""

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
from .dates import generate_dates
from .radar import SAR_BANDS
from .scenes import MAX_SIZE_PX, MIN_SIZE_PX, LabelledScene, generate
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
    _check(path, size, seed)
    scene = generate(size, seed)
    grid = _grid_of(scene)
    truth = truth_of(scene.labels, grid)
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        _write_raster(path.with_name(f"{path.stem}_labels.tif"), scene.labels[None], grid, ("label",), scene)
        _replace(path.with_name(f"{path.stem}_truth.json"), json.dumps(truth, indent=2) + "\n")
        _write_raster(path, _numbers(scene), grid, BANDS, scene)
    except (OSError, rasterio.errors.RasterioError) as error:
        raise OutputError(f"The scene could not be written to {path.parent}: {error}.") from error
    return truth


def write_dates(
    path: Path,
    size: int,
    seed: int,
    count: int = 1,
    change: str | None = None,
    cloud_share: float | None = None,
    sar: bool = True,
) -> dict:
    """Generate a place on one or several dates and write what its sensors see, and the truth.

    One date: FILE.tif (six bands), FILE_sar.tif, FILE_labels.tif (what the optical image shows), FILE_surface.tif
    (what the ground is, under clouds too) and FILE_truth.json. Several: the rasters of each are called
    FILE_2019-09-20.tif and so on. Each file appears under its name only when it is complete; the truth comes last.

    Args:
        path: FILE.tif.
        size: Width and height in pixels, 64 to 2048.
        seed: The same seed gives the same files.
        count: How many dates.
        change: What really happens between them; as in `generate_dates`.
        cloud_share: Of each optical image that clouds and shadows hide; as in `generate_dates`.
        sar: Whether to write the radar images: float32, VV and VH in dB, nodata NaN.

    Returns:
        The truth as written: `place`, `seed`, `change`, `dates` (each with its `date`, file names, `hidden_pct`, and as
        in `truth_of` what is `seen` and what is on the `ground`), and `from_to_ha` (from the first date to each later
        one, hectares of ground by class before and class after).

    Raises:
        RequestError: Something that was asked for cannot be made.
        OutputError: The files could not be written.
    """
    _check(path, size, seed)
    try:
        scenes = generate_dates(size, seed, count, change, cloud_share)
    except ValueError as error:
        raise RequestError(str(error)) from error
    grid = _grid_of(scenes[0])
    truth = {"place": scenes[0].place, "seed": seed, "change": scenes[0].change, "dates": [], "from_to_ha": []}
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        for scene in scenes:
            stem = path.stem if count == 1 else f"{path.stem}_{scene.date}"
            files = {"optical": (_numbers(scene), scene.names)}
            if sar and scene.sar is not None:
                files["sar"] = (scene.sar, tuple(name.upper() for name in SAR_BANDS))
            files["labels"], files["surface"] = (scene.labels[None], ("label",)), (scene.surface[None], ("label",))
            names = {key: f"{stem}{'' if key == 'optical' else '_' + key}{path.suffix}" for key in files}
            for key, (values, bands) in files.items():
                _write_raster(path.with_name(names[key]), values, grid, bands, scene)
            truth["dates"].append(
                {
                    "date": scene.date,
                    **names,
                    "hidden_pct": 100 * float(scene.hidden.mean()),
                    "seen": truth_of(scene.labels, grid),
                    "ground": truth_of(scene.surface, grid),
                }
            )
            if scene is not scenes[0]:
                hectares = from_to_ha(scenes[0].surface, scene.surface, grid)
                truth["from_to_ha"].append({"from": scenes[0].date, "to": scene.date, "hectares": hectares})
        _replace(path.with_name(f"{path.stem}_truth.json"), json.dumps(truth, indent=2) + "\n")
    except (OSError, rasterio.errors.RasterioError) as error:
        raise OutputError(f"The scenes could not be written to {path.parent}: {error}.") from error
    return truth


def _check(path: Path, size: int, seed: int) -> None:
    if not MIN_SIZE_PX <= size <= MAX_SIZE_PX:
        raise RequestError(
            f"A generated scene can be {MIN_SIZE_PX} to {MAX_SIZE_PX} pixels wide, not {size}: choose such a size."
        )
    if seed < 0:
        raise RequestError(f"The seed must be 0 or more, not {seed}.")
    if path.suffix.lower() not in (".tif", ".tiff"):
        raise RequestError(f"The scene is written as a GeoTIFF: give a file name that ends in .tif, not {path.name!r}.")


def _grid_of(scene: LabelledScene) -> Grid:
    transform = affine.Affine(scene.pixel_size_m, 0, ORIGIN_M[0], 0, -scene.pixel_size_m, ORIGIN_M[1])
    height, width = scene.labels.shape
    return Grid(pyproj.CRS(CRS), transform, width, height)


def _numbers(scene: LabelledScene) -> np.ndarray:
    return np.clip(np.rint(scene.bands * REFLECTANCE_SCALE), 1, 65535).astype(np.uint16)


def truth_of(labels: np.ndarray, grid: Grid) -> Truth:
    """Hectares and coverage of every class of a label raster, uint8 (H, W); unlabelled pixels count as ground."""
    areas_ha = PixelAreas(grid).areas_ha(labels, len(CLASSES))
    pixels = np.bincount(labels.ravel(), minlength=len(CLASSES) + 1)[1:]
    return {
        name: {"hectares": float(area_ha), "coverage_pct": 100 * float(count) / labels.size}
        for name, area_ha, count in zip(CLASSES, areas_ha, pixels, strict=True)
    }


def from_to_ha(before: np.ndarray, after: np.ndarray, grid: Grid) -> dict[str, dict[str, float]]:
    """Hectares by class before and class after, of pixels labelled on both dates; only pairs that occur."""
    pairs = np.where((before > 0) & (after > 0), (before.astype(np.intp) - 1) * len(CLASSES) + after, 0)
    areas_ha = PixelAreas(grid).areas_ha(pairs, len(CLASSES) ** 2).reshape(len(CLASSES), len(CLASSES))
    return {
        old: {new: float(area_ha) for new, area_ha in zip(CLASSES, row, strict=True) if area_ha > 0}
        for old, row in zip(CLASSES, areas_ha, strict=True)
        if row.any()
    }


def _write_raster(path: Path, bands: np.ndarray, grid: Grid, names: tuple[str, ...], scene: LabelledScene) -> None:
    draft = path.with_name(f".{path.name}.part")
    measured = bands.dtype.kind == "f"
    profile = {
        "driver": "GTiff", "count": len(bands), "height": bands.shape[1], "width": bands.shape[2], "dtype": bands.dtype,
        "crs": CRS, "transform": grid.transform, "nodata": np.nan if measured else 0, "tiled": True,
        "blockxsize": 256, "blockysize": 256, "compress": "deflate", "predictor": 3 if measured else 2,
    }  # fmt: skip
    try:
        with rasterio.open(draft, "w", **profile) as file:
            file.write(bands)
            file.descriptions = names
            file.update_tags(PLACE=scene.place)
            if scene.date:
                file.update_tags(TIFFTAG_DATETIME=f"{scene.date.replace('-', ':')} 10:30:00")
            if measured:
                file.units = ("dB",) * len(names)
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
