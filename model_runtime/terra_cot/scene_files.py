"""A generated scene as files: the rasters, their label rasters, and the truth as figures.

Up to `MAX_SIZE_PX` a scene is one canvas; a larger one is a quilt, of which no more than a tile is ever in memory.
"""

from __future__ import annotations

import json
import os
import shutil
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path

import affine
import numpy as np
import pyproj
import rasterio
import rasterio.errors
from rasterio.windows import Window

from ..errors import OutputError, RequestError
from ..scene.grid import Grid
from .dates import check_dates, generate_dates
from .quilt import Piece, Quilt
from .radar import SAR_BANDS
from .scene_truth import Tally, Truth
from .scenes import MAX_SIZE_PX, MIN_SIZE_PX, LabelledScene, generate
from .spectra import BANDS, CLASSES, OPTICAL_BANDS

CRS = "EPSG:32633"
ORIGIN_M = (400_000.0, 5_500_000.0)
"""Upper left corner of every generated scene, in metres of `CRS`."""

REFLECTANCE_SCALE = 10_000
PIXEL_SIZE_M = 10.0
"""Of a scene when nobody says."""
PIXEL_SIZES_M = (5.0, 30.0)
"""Between these the landscapes look like landscapes."""

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

Progress = Callable[[float], None]
"""Told now and then the fraction that is done, 0 to 1. What it raises ends the work, and nothing is left of it."""

_GB = 1e9
_CACHE_MB = 64


def _quietly(_: float) -> None:
    """No progress is told."""


def write_scene(
    path: Path, size: int, seed: int, pixel_size_m: float = PIXEL_SIZE_M, progress: Progress = _quietly
) -> Truth:
    """Generate a scene and write FILE.tif, FILE_labels.tif and FILE_truth.json.

    The files appear under their names only when all are complete; the truth comes last.

    Args:
        path: FILE.tif to write: uint16 reflectance x 10000, bands named as in `BANDS`, nodata 0.
        size: Width and height in pixels, at least 64.
        seed: The same seed gives the same files.
        pixel_size_m: Ground size of a pixel, 5 to 30 m.
        progress: As in `Progress`.

    Returns:
        Hectares (geodesic) and coverage in percent of all pixels, for every class.

    Raises:
        RequestError: The size, the seed or the file name cannot be used.
        OutputError: The files could not be written.
    """
    files = _Files(path, size, pixel_size_m, 1, {"optical": BANDS, "labels": ("label",)})
    _check(path, size, seed, pixel_size_m)
    files.check_space()
    if size > MAX_SIZE_PX:
        pieces = Quilt(size, seed, pixel_size_m, 1, None, None).pieces()
    else:
        pieces = _whole([generate(size, seed, pixel_size_m)])
    return files.write(pieces, lambda tally: tally.seen(0), progress)


def write_dates(
    path: Path,
    size: int,
    seed: int,
    count: int = 1,
    change: str | None = None,
    cloud_share: float | None = None,
    sar: bool = True,
    pixel_size_m: float = PIXEL_SIZE_M,
    progress: Progress = _quietly,
) -> dict:
    """Generate a place on one or several dates and write what its sensors see, and the truth.

    One date: FILE.tif (six bands), FILE_sar.tif, FILE_labels.tif (what the optical image shows), FILE_surface.tif
    (what the ground is, under clouds too) and FILE_truth.json. Several: the rasters of each are called
    FILE_2019-09-20.tif and so on, and each later date has a FILE_2019-12-01_change.tif: 1 where the change has
    happened since the first. The files appear under their names only when all are complete; the truth comes last.

    Args:
        path: FILE.tif.
        size: Width and height in pixels, at least 64.
        seed: The same seed gives the same files.
        count: How many dates.
        change: What really happens between them; as in `generate_dates`.
        cloud_share: Of each optical image that clouds and shadows hide; as in `generate_dates`.
        sar: Whether to write the radar images: float32, VV and VH in dB, nodata NaN.
        pixel_size_m: Ground size of a pixel, 5 to 30 m.
        progress: As in `Progress`.

    Returns:
        The truth as written: `place`, `seed`, `change`, `dates` (each with its `date`, file names, `hidden_pct`, and
        hectares and coverage of every class as `seen` and on the `ground`), and from the first date to each later one
        `from_to_ha` (hectares of ground by class before and class after) and `changes` (`kind`, `coverage_pct` of the
        place where it has happened, and `hectares` there by class before and class after: a field that was harvested
        stays a field).

    Raises:
        RequestError: Something that was asked for cannot be made.
        OutputError: The files could not be written.
    """
    rasters = {"optical": OPTICAL_BANDS, "sar": tuple(name.upper() for name in SAR_BANDS), "labels": ("label",),
               "surface": ("label",), "change": ("changed",)}  # fmt: skip
    if not sar:
        del rasters["sar"]
    files = _Files(path, size, pixel_size_m, count, rasters)
    _check(path, size, seed, pixel_size_m)
    try:
        check_dates(count, cloud_share)
        files.check_space()
        if size > MAX_SIZE_PX:
            quilt = Quilt(size, seed, pixel_size_m, count, change, cloud_share)
            pieces, place, change = quilt.pieces(), quilt.place, quilt.change
        else:
            scenes = generate_dates(size, seed, count, change, cloud_share, pixel_size_m)
            pieces, place, change = _whole(scenes), scenes[0].place, scenes[0].change
    except ValueError as error:
        raise RequestError(str(error)) from error

    def truth_of(tally: Tally) -> dict:
        later = range(1, count)
        first, *others = files.dates
        span = [{"from": first, "to": other} for other in others]
        return {
            "place": place,
            "seed": seed,
            "change": change or "",
            "dates": [
                {
                    "date": date,
                    **files.names(number),
                    "hidden_pct": tally.hidden_pct(number),
                    "seen": tally.seen(number),
                    "ground": tally.ground(number),
                }
                for number, date in enumerate(files.dates)
            ],
            "from_to_ha": [{**dates, "hectares": tally.from_to_ha(n)} for n, dates in zip(later, span, strict=True)],
            "changes": [
                {**dates, "kind": change, "coverage_pct": tally.changed_pct(n), "hectares": tally.changed_ha(n)}
                for n, dates in zip(later, span, strict=True)
                if change
            ],
        }

    return files.write(pieces, truth_of, progress)


def _check(path: Path, size: int, seed: int, pixel_size_m: float) -> None:
    if size < MIN_SIZE_PX:
        raise RequestError(
            f"A generated scene is at least {MIN_SIZE_PX} pixels wide, not {size}: choose a larger size."
        )
    if seed < 0:
        raise RequestError(f"The seed must be 0 or more, not {seed}.")
    if not PIXEL_SIZES_M[0] <= pixel_size_m <= PIXEL_SIZES_M[1]:
        raise RequestError(
            f"A pixel of a generated scene is {PIXEL_SIZES_M[0]:g} to {PIXEL_SIZES_M[1]:g} m wide, not "
            f"{pixel_size_m:g}: choose such a size."
        )
    if path.suffix.lower() not in (".tif", ".tiff"):
        raise RequestError(f"The scene is written as a GeoTIFF: give a file name that ends in .tif, not {path.name!r}.")


def _whole(scenes: list[LabelledScene]) -> Iterator[Piece]:
    """Scenes of one canvas as the only pieces of a place."""
    for number, scene in enumerate(scenes):
        yield Piece(number, (number + 1) / len(scenes), 0, 0, np.ones(scene.labels.shape, dtype=bool), scene)


class _Files:
    """The files of one scene: under temporary names until all of them are complete.

    Args:
        path: FILE.tif.
        size: Width and height in pixels.
        pixel_size_m: Ground size of a pixel.
        count: Number of dates.
        rasters: What is written of each date -> names of its bands.
    """

    def __init__(
        self, path: Path, size: int, pixel_size_m: float, count: int, rasters: dict[str, tuple[str, ...]]
    ) -> None:
        self.path, self.size, self.pixel_size_m, self.count, self.rasters = path, size, pixel_size_m, count, rasters
        self.dates: list[str] = []

    def check_space(self) -> None:
        """Refuse what the disk has not the room for.

        Raises:
            OutputError: It has not.
        """
        pixel_bytes = sum(np.dtype(_dtype(kind)).itemsize * len(bands) for kind, bands in self.rasters.items())
        needed = self.size**2 * pixel_bytes * self.count
        folder = next(parent for parent in self.path.absolute().parents if parent.is_dir())
        free = shutil.disk_usage(folder).free
        if needed > free:
            raise OutputError(
                f"The scene may need {needed / _GB:.1f} GB, but only {free / _GB:.1f} GB are free in {folder}: make "
                "room, or choose a smaller size or fewer dates."
            )

    def names(self, number: int) -> dict[str, str]:
        """Names of the rasters of a date."""
        stem = self.path.stem if self.count == 1 else f"{self.path.stem}_{self.dates[number]}"
        kinds = [kind for kind in self.rasters if kind != "change" or number]
        return {kind: f"{stem}{'' if kind == 'optical' else '_' + kind}{self.path.suffix}" for kind in kinds}

    def write(self, pieces: Iterator[Piece], truth_of: Callable[[Tally], dict], progress: Progress) -> dict:
        """Write all rasters piece by piece, then the truth; returns the truth."""
        tally = Tally(self.count)
        try:
            self.path.parent.mkdir(parents=True, exist_ok=True)
            with ExitStack() as drafts, rasterio.Env(GDAL_CACHEMAX=_CACHE_MB):
                done: dict[Path, Path] = {}
                with ExitStack() as open_files:
                    rasters: list[dict[str, rasterio.io.DatasetWriter]] = []
                    for piece in pieces:
                        if piece.date == len(rasters):
                            self.dates.append(piece.scene.date)
                            rasters.append({})
                            for kind, name in self.names(piece.date).items():
                                draft = self._draft(name, drafts)
                                done[draft] = self.path.with_name(name)
                                rasters[-1][kind] = open_files.enter_context(self._open(draft, kind, piece.scene))
                        for kind, file in rasters[piece.date].items():
                            _put(file, _values(kind, piece.scene)[: len(self.rasters[kind])], piece)
                        tally.add(piece, self._grid(piece.row, piece.column, *piece.mine.shape))
                        progress(piece.done)
                truth = truth_of(tally)
                name = f"{self.path.stem}_truth.json"
                draft = self._draft(name, drafts)
                draft.write_text(json.dumps(truth, indent=2) + "\n", "utf-8")
                for finished, final in (*done.items(), (draft, self.path.with_name(name))):
                    os.replace(finished, final)
        except (OSError, rasterio.errors.RasterioError) as error:
            raise OutputError(f"The scene could not be written to {self.path.parent}: {error}.") from error
        return truth

    def _draft(self, name: str, drafts: ExitStack) -> Path:
        draft = self.path.with_name(f".{name}.part")
        drafts.callback(draft.unlink, missing_ok=True)
        return draft

    def _grid(self, row: int, column: int, height: int, width: int) -> Grid:
        left, top = ORIGIN_M[0] + column * self.pixel_size_m, ORIGIN_M[1] - row * self.pixel_size_m
        transform = affine.Affine(self.pixel_size_m, 0, left, 0, -self.pixel_size_m, top)
        return Grid(pyproj.CRS(CRS), transform, width, height)

    def _open(self, draft: Path, kind: str, scene: LabelledScene) -> rasterio.io.DatasetWriter:
        names, dtype = self.rasters[kind], _dtype(kind)
        profile = {
            "driver": "GTiff", "count": len(names), "height": self.size, "width": self.size, "dtype": dtype,
            "crs": CRS, "transform": self._grid(0, 0, self.size, self.size).transform,
            "tiled": True, "blockxsize": 256, "blockysize": 256, "bigtiff": "IF_SAFER",
        }  # fmt: skip
        # Blocks that several pieces write to would be compressed anew each time, and the old ones stay in the file:
        # of noisy bands that is more than compression saves.
        if self.size <= MAX_SIZE_PX or dtype == "uint8":
            profile |= {"compress": "deflate", "predictor": 3 if kind == "sar" else 2}
        if kind != "change":
            profile["nodata"] = np.nan if kind == "sar" else 0
        file = rasterio.open(draft, "w+", **profile)
        file.descriptions = names
        file.update_tags(PLACE=scene.place)
        if scene.date:
            file.update_tags(TIFFTAG_DATETIME=f"{scene.date.replace('-', ':')} 10:30:00")
        if kind == "sar":
            file.units = ("dB",) * len(names)
        if names == ("label",):
            file.write_colormap(1, COLOURS)
            file.update_tags(1, **{f"CLASS_{code}": name for code, name in enumerate(CLASSES, start=1)})
        return file


def _dtype(kind: str) -> str:
    return {"optical": "uint16", "sar": "float32"}.get(kind, "uint8")


def _values(kind: str, scene: LabelledScene) -> np.ndarray:
    """What a raster of some kind holds of a scene, (bands, H, W)."""
    if kind == "optical":
        return np.clip(np.rint(scene.bands * REFLECTANCE_SCALE), 1, 65535).astype(np.uint16)
    if kind == "sar":
        return scene.sar
    return {"labels": scene.labels, "surface": scene.surface, "change": scene.changed}[kind][None].astype(np.uint8)


def _put(file: rasterio.io.DatasetWriter, values: np.ndarray, piece: Piece) -> None:
    """Write a piece's own pixels, and leave those of other pieces as they are."""
    window = Window(piece.column, piece.row, values.shape[2], values.shape[1])
    if not piece.mine.all():
        values = np.where(piece.mine, values, file.read(window=window))
    file.write(values, window=window)
