"""Where clouds and their shadows hide the ground, as the layer of an image tells that says so.

Known by name: Sentinel-2 scene classification (SCL; Sentinel-2 Products Specification Document: 3 is cloud shadow, 8
and 9 clouds, 10 thin cirrus), Landsat Collection 2 QA_PIXEL (Data Format Control Book: bits 0 fill, 1 dilated cloud, 2
cirrus, 3 cloud, 4 cloud shadow), Fmask (classes: 2 cloud shadow, 4 cloud; bits in HLS, see its User Guide: 0 cirrus,
1 cloud, 2 next to cloud or shadow, 3 cloud shadow), cloud probability in percent, and cloud masks. What has no name
that is known is taken where it has two values, one of them 0: 0 is clear.
"""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from itertools import islice
from pathlib import Path

import numpy as np
import pyproj
from pyproj.exceptions import CRSError, ProjError
from rasterio.errors import RasterioError
from rasterio.io import DatasetReader
from rasterio.windows import Window

from ..errors import SceneError
from ..rasters.rows import Raster
from .files import existing, open_raster
from .grid import Grid
from .registration import resample

# From here on a pixel is sooner cloud than not.
SURE_PCT = 50
_WHOLE_PX = 4_000_000
_PATCH_PX = 256
_MANY = 5000
_SUFFIXES = frozenset((".tif", ".tiff", ".jp2", ".img"))
# A file's name ends in what it is, and perhaps in its pixel size. In the order of preference.
_ENDS = tuple(
    re.compile(rf"(?:^|[_.\-])(?:{name})(?:_?(?P<metres>\d+)m)?$", re.IGNORECASE)
    for name in ("scl", "qa_pixel", "fmask", "cloud_?mask|clouds?", "(?:msk_)?cldprb|cld|cloud_?prob(?:ability)?")
)


@dataclass(frozen=True)
class Hidden:
    """What clouds and their shadows hide.

    Attributes:
        mask: bool (H, W) on the grid of the scene's pixels.
        how: which layer tells, and of how much of the scene it tells nothing: "as its SCL layer tells".
    """

    mask: Raster
    how: str


@dataclass(frozen=True)
class _Kind:
    """How the numbers of a layer are read.

    Attributes:
        name: as `Hidden.how` says it.
        fits: whether a layer with these different values (sorted) is of the kind.
        hides: numbers to bool.
        untold: numbers to bool, where the layer itself says that it does not know; None: nowhere.
    """

    name: str
    fits: Callable[[np.ndarray], bool]
    hides: Callable[[np.ndarray], np.ndarray]
    untold: Callable[[np.ndarray], np.ndarray] | None = None


def _bits(bits: Sequence[int]) -> Callable[[np.ndarray], np.ndarray]:
    flags = sum(1 << bit for bit in bits)
    return lambda numbers: (numbers.astype(np.int64) & flags) != 0


def _codes(codes: Sequence[int]) -> Callable[[np.ndarray], np.ndarray]:
    return lambda numbers: np.isin(numbers, codes)


def _whole(most: int, but: Sequence[int] = ()) -> Callable[[np.ndarray], bool]:
    def fits(values: np.ndarray) -> bool:
        values = values[~np.isin(values, but)]
        return bool(((values >= 0) & (values <= most) & (values == np.floor(values))).all())

    return fits


def _with_clear(values: np.ndarray) -> bool:
    return len(values) <= 2 and 0 in values


def _mask_values(values: np.ndarray) -> bool:
    # 1 thick cloud, 2 thin cloud, 3 shadow, as cloud masks made by networks count (CloudSEN12, SEnSeIv2). One value
    # that is not 0 is a scene under one cloud; two are not: 1 may then be clear.
    return len(values) == 1 or _with_clear(values) or (0 in values and _whole(3)(values))


_SCL = _Kind("its SCL layer", _whole(11), _codes((3, 8, 9, 10)), _codes((0,)))
_QA_PIXEL = _Kind("its QA_PIXEL layer", _whole(65535), _bits((1, 2, 3, 4)), _bits((0,)))
_FMASK = _Kind("its Fmask layer", _whole(4, but=(255,)), _codes((2, 4)), _codes((255,)))
_HLS_FMASK = _Kind(
    "its Fmask layer", _whole(255), lambda numbers: _bits((0, 1, 2, 3))(numbers) & (numbers != 255), _codes((255,))
)
_MASK = _Kind("its cloud mask", _mask_values, lambda numbers: numbers != 0)
_PERCENT = _Kind(
    f"its cloud probability ({SURE_PCT} % and more)",
    lambda values: bool(values[0] >= 0 and values[-1] <= 100),
    lambda numbers: numbers >= SURE_PCT,
)
# By a name that a mask may have too; up to 3 it is more likely to be one that is not understood.
_LIKELY_PERCENT = replace(_PERCENT, fits=lambda values: bool(values[0] >= 0 and 3 < values[-1] <= 100))
_FRACTION = _Kind(
    _PERCENT.name,
    lambda values: bool(np.issubdtype(values.dtype, np.floating) and values[0] >= 0 and values[-1] <= 1),
    lambda numbers: numbers >= SURE_PCT / 100,
)
# What a description, a file name or a tag says, and the kinds that it may mean: the first that fits the values is it.
_NAMED: tuple[tuple[str, tuple[_Kind, ...]], ...] = (
    (r"(?<![a-z])scl(?![a-z])|scene[ _-]?classification", (_SCL,)),
    (r"qa[ _-]?pixel", (_QA_PIXEL,)),
    (r"(?<![a-z0-9])hls[._].*fmask", (_HLS_FMASK,)),
    (r"fmask", (_FMASK, _HLS_FMASK)),
    (r"cldprb|cloud[ _-]?prob|s2cloudless", (_FRACTION, _PERCENT)),
    (r"(?<![a-z])cld(?![a-z])|(?<![a-z])cloud(?:s|mask)?(?![a-z])", (_MASK, _FRACTION, _LIKELY_PERCENT)),
)
_ACCEPTED = (
    "give a Sentinel-2 SCL, Landsat QA_PIXEL or Fmask layer, a cloud probability (0 to 100), or a mask with two values "
    "of which 0 is clear"
)


def read_clouds(path: str | os.PathLike[str], grid: Grid) -> Hidden:
    """Read what a layer hides of a scene; the nearest of its pixels counts, whatever its CRS and pixel size.

    Args:
        path: the layer; a raster of which one band is described as one; or a folder as `find_clouds_layer` knows it.
        grid: of the scene. Where the layer does not reach, or says that it does not know, nothing is hidden.

    Raises:
        SceneError: with one sentence, where the layer cannot be read or understood, or lies elsewhere.
    """
    file = existing(path)
    if file.is_dir():
        found = find_clouds_layer(file)
        if found is None:
            raise SceneError(f"The folder '{file.name}' holds no layer that tells clouds: {_ACCEPTED}.")
        file = found
    with open_raster(file) as reader:
        band, names = _band(reader, file)
        layer = _grid(reader, file)
        window = _around(grid, layer)
        if window is None:
            raise SceneError(f"'{file.name}' and the scene do not overlap: choose the cloud layer of this image.")
        try:
            seen = [np.unique(reader.read(band, window=patch)) for patch in _patches(layer)]
            numbers = reader.read(band, window=window)
        except RasterioError as error:
            raise SceneError(f"'{file.name}' is damaged or cut short: copy or download it again.") from error
        nodata = reader.nodatavals[band - 1]
    # From all over the layer, so that two extents of one scene do not take it for two kinds of thing.
    kind = _kind(np.unique(np.concatenate([*seen, np.unique(numbers)])), nodata, names, file)
    part = layer.crop(int(window.col_off), int(window.row_off), *numbers.shape[::-1])
    untold = _is_nodata(numbers, nodata)
    if kind.untold:
        untold |= kind.untold(numbers)
    told = resample((~untold).astype(np.uint8), part, grid, categorical=True).astype(bool)
    hidden = (kind.hides(numbers) & ~untold).astype(np.uint8)
    return Hidden(resample(hidden, part, grid, categorical=True).astype(bool), _how(kind, told))


def find_clouds_layer(scene_path: str | os.PathLike[str]) -> Path | None:
    """The layer that belongs to an image and tells its clouds; None where there is none or more than one could be.

    Args:
        scene_path: a file, which may have such a band itself or such a file beside it (`..._SCL_20m.jp2`,
            `..._QA_PIXEL.TIF`, `..._cloud_mask.tif`), or a folder as `folders` knows them.
    """
    scene = Path(scene_path).expanduser().absolute()
    if scene.is_dir():
        places = [scene, scene.parent] if re.fullmatch(r"R\d0m", scene.name) else [scene]
        files = [file for place in places for file in _rasters(place)]
        return _preferred(files, lambda prefix: True)
    if not scene.is_file():
        return None
    if _has_band(scene):
        return scene
    beside = _rasters(scene.parent.parent if re.fullmatch(r"R\d0m", scene.parent.name) else scene.parent)
    others = [file for file in beside if file != scene]
    alone = all(any(end.search(file.stem) for end in _ENDS) for file in others)
    return _preferred(others, lambda prefix: _same_image(prefix, scene.stem) if prefix else alone)


def _rasters(folder: Path) -> list[Path]:
    """Raster files of a folder and of the places in which products keep such layers."""
    found: dict[Path, None] = {}
    try:
        for pattern in (".", "R20m", "R60m", "IMG_DATA/R20m", "IMG_DATA/R60m", "GRANULE/*/IMG_DATA/R20m",
                        "GRANULE/*/IMG_DATA/R60m", "GRANULE/*/QI_DATA"):  # fmt: skip
            for place in sorted(folder.glob(pattern)) if pattern != "." else [folder]:
                for file in islice(place.iterdir(), _MANY) if place.is_dir() else ():
                    if file.suffix.lower() in _SUFFIXES and file.is_file():
                        found[file] = None
    except OSError:
        return []
    return sorted(found)


def _preferred(files: Sequence[Path], belongs: Callable[[str], bool]) -> Path | None:
    for end in _ENDS:
        metres = {
            file: int(named["metres"] or 0)
            for file in files
            if (named := end.search(file.stem)) and belongs(file.stem[: named.start()])
        }
        finest = [file for file, size in metres.items() if size == min(metres.values())]
        if finest:
            return finest[0] if len(finest) == 1 else None
    return None


def _same_image(prefix: str, stem: str) -> bool:
    """'x_cloud_mask' belongs to 'x_10m', but 'paris_clouds' not to 'paris_2016', which may be one date of many."""
    if not stem.lower().startswith(prefix.lower()):
        return False
    rest = stem[len(prefix) :]
    return not rest[:1].isalnum() and not re.search(r"\d{4}", rest)


def _has_band(scene: Path) -> bool:
    """Whether the image has a band that is described as a cloud layer beside others."""
    try:
        with open_raster(scene) as reader:
            return reader.count > 1 and bool(_described(reader))
    except SceneError:
        return False


def _described(reader: DatasetReader) -> list[int]:
    patterns = [pattern for pattern, _ in _NAMED]
    return [
        band
        for band, text in enumerate(reader.descriptions, start=1)
        if text and any(re.search(pattern, text.lower()) for pattern in patterns)
    ]


def _band(reader: DatasetReader, file: Path) -> tuple[int, list[str]]:
    """The 1-based band that tells, and the texts in which its kind may stand, the nearest first."""
    described = _described(reader)
    if reader.count == 1 or len(described) == 1:
        band = described[0] if described else 1
        tags = [str(value) for value in (*reader.tags(band).values(), *reader.tags().values())]
        names = [reader.descriptions[band - 1] or ""]
        return band, names + ([file.stem, *tags] if reader.count == 1 else [])
    raise SceneError(
        f"'{file.name}' has {reader.count} bands, and their names do not tell which of them shows clouds: {_ACCEPTED}."
    )


def _grid(reader: DatasetReader, file: Path) -> Grid:
    transform = reader.transform
    if reader.crs is None or transform.is_identity or transform.b or transform.d:
        raise SceneError(
            f"The cloud layer '{file.name}' does not say where it lies on a north-up grid: "
            "assign its coordinate system or warp it (gdalwarp) first."
        )
    try:
        crs = pyproj.CRS.from_user_input(reader.crs.to_wkt())
    except CRSError as error:
        raise SceneError(
            f"The coordinate system of '{file.name}' is not understood: assign it again in QGIS."
        ) from error
    return Grid(crs, transform, reader.width, reader.height)


def _patches(layer: Grid) -> list[Window]:
    """All of a layer, or parts from all over a large one. Its overviews may hold means of what must not be mixed."""
    width, height = layer.width, layer.height
    if width * height <= _WHOLE_PX:
        return [Window(0, 0, width, height)]
    wide, high = min(_PATCH_PX, width), min(_PATCH_PX, height)
    return [Window((width - wide) * i // 4, (height - high) * j // 4, wide, high) for i in range(5) for j in range(5)]


def _around(grid: Grid, layer: Grid) -> Window | None:
    """The part of a layer that a grid touches, with two pixels to spare; None where they do not meet."""
    bounds = grid.bounds
    if not grid.crs.equals(layer.crs, ignore_axis_order=True):
        to_layer = pyproj.Transformer.from_crs(grid.crs, layer.crs, always_xy=True)
        try:
            bounds = to_layer.transform_bounds(*bounds, densify_pts=21, errcheck=True)
        except ProjError:
            return None
        if bounds[0] > bounds[2]:  # the scene crosses the antimeridian
            return Window(0, 0, layer.width, layer.height)
    columns, rows = (
        sorted(ends) for ends in zip(*(~layer.transform @ corner for corner in (bounds[:2], bounds[2:])), strict=True)
    )
    left, top = max(0, int(columns[0]) - 2), max(0, int(rows[0]) - 2)
    right, bottom = min(layer.width, int(columns[1]) + 3), min(layer.height, int(rows[1]) + 3)
    meets = columns[1] > 0 and rows[1] > 0 and columns[0] < layer.width and rows[0] < layer.height
    return Window(left, top, right - left, bottom - top) if meets else None


def _kind(values: np.ndarray, nodata: float | None, names: Sequence[str], file: Path) -> _Kind:
    refusal = SceneError(f"'{file.name}' cannot be understood as a cloud layer: {_ACCEPTED}.")
    if np.iscomplexobj(values):
        raise refusal
    values = values[~_is_nodata(values, nodata)]
    if not values.size:
        raise SceneError(f"The cloud layer '{file.name}' holds no data at all: choose another one, or none.")
    for text in names:
        kinds = next((kinds for pattern, kinds in _NAMED if re.search(pattern, text.lower())), ())
        if not kinds:
            continue
        for kind in kinds:
            if kind.fits(values):
                return kind
        raise refusal
    if not _with_clear(values):
        raise refusal
    return _Kind(f"'{file.name}'", _with_clear, _MASK.hides)


def _is_nodata(numbers: np.ndarray, nodata: float | None) -> np.ndarray:
    """Where a layer says that it has no data. 0 is clear in every kind, also where it is declared as nodata."""
    missing = np.isnan(numbers) if np.issubdtype(numbers.dtype, np.floating) else np.zeros(numbers.shape, bool)
    return missing | (numbers == nodata) if nodata else missing


def _how(kind: _Kind, told: np.ndarray) -> str:
    missing = 100 * (1 - float(told.mean()))
    if not missing:
        return f"as {kind.name} tells"
    return f"as {kind.name} tells, which knows nothing of {max(missing, 0.1):.2g} % of the scene"
