"""Examples of a place: clicks and outlines on which somebody says what is there, read from a file, found on a grid.

A GeoPackage layer of points or polygons with a field `phrase` (what a region is called), and if need be `inside` (0:
this is no such region; `positive` is taken for it) and `image` (the date, 1-based). The layer `examples` of a report
is such a layer, so that a run can be repeated.
"""

from __future__ import annotations

import math
import os
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pyogrio
import pyogrio.raw
import pyproj
import shapely
from pyogrio.errors import DataLayerError, DataSourceError
from pyproj.exceptions import CRSError, ProjError
from rasterio.features import geometry_mask
from shapely.errors import ShapelyError

from ..errors import RequestError
from ..protocol import Example
from .grid import Grid

LAYER = "examples"
_POINTS, _POLYGONS = ("Point", "MultiPoint"), ("Polygon", "MultiPolygon")
_SQLITE = b"SQLite format 3\0"


def read_examples(path: str | os.PathLike[str]) -> tuple[list[Example], str]:
    """Read examples from a GeoPackage, or the ones that a report was taught with.

    Args:
        path: a GeoPackage; of several layers the one named `examples` is read.

    Returns:
        The examples in the order of the file, and their CRS as WKT.

    Raises:
        RequestError: it cannot be read, has no layer, field or CRS that is needed, is empty, or has an example without
            a phrase or a place.
    """
    file = Path(path).expanduser()
    name = file.name
    try:
        # Whatever else GDAL could open, some of it by fetching, is none of what is asked for.
        with file.open("rb") as stream:
            if stream.read(len(_SQLITE)) != _SQLITE:
                raise RequestError(f"'{name}' is not a GeoPackage: save the examples as one.")
        layer = _layer(file)
        about, _, shapes, columns = pyogrio.raw.read(file, layer=layer, force_2d=True)
    except OSError as error:
        raise RequestError(f"The examples '{name}' cannot be read: choose an existing GeoPackage.") from error
    except (DataSourceError, DataLayerError) as error:
        raise RequestError(f"The examples '{name}' are damaged: save them again.") from error
    fields = {str(field).lower(): column for field, column in zip(about["fields"], columns, strict=True)}
    if "phrase" not in fields:
        raise RequestError(f"The examples '{name}' have no field 'phrase' that says what is there: add one.")
    if shapes is None or not len(shapes):
        raise RequestError(f"The examples '{name}' are empty: click at least once, or outline a place.")
    if not about["crs"]:
        raise RequestError(f"The examples '{name}' have no coordinate system: assign one in QGIS.")
    count = len(shapes)
    inside = fields.get("inside", fields.get("positive", [True] * count))
    images = fields.get("image", [None] * count)
    rows = enumerate(zip(fields["phrase"], inside, images, shapes, strict=True), 1)
    return [_example(number, *row) for number, row in rows], about["crs"]


def _layer(file: Path) -> str:
    layers = [str(layer) for layer, kind in pyogrio.list_layers(file) if kind is not None]
    if LAYER in layers or len(layers) == 1:
        return LAYER if LAYER in layers else layers[0]
    found = f"has the layers {', '.join(layers)[:120]}" if layers else "has no layer with places"
    raise RequestError(f"'{file.name}' {found}: name the one with the examples '{LAYER}'.")


def _example(number: int, phrase: object, inside: object, image: object, shape: bytes | None) -> Example:
    words = " ".join(str(phrase or "").split())
    if not words or shape is None or len(words) > 200:
        lacks = "place" if words and shape is None else "phrase of at most 200 letters"
        raise RequestError(f"Example {number} has no {lacks}: complete or delete it.")
    return Example(
        phrase=words,
        # Every digit is kept, so that a run that is repeated shows the same pixels.
        wkt=shapely.to_wkt(shapely.from_wkb(shape), rounding_precision=-1),
        inside=True if _is_null(inside) else _whole(number, "inside", inside, (0, 1)) == 1,
        image=None if _is_null(image) else _whole(number, "image", image, range(1, 9)),
    )


def _is_null(value: object) -> bool:
    return value is None or (isinstance(value, float | np.floating) and math.isnan(value))


def _whole(number: int, field: str, value: object, allowed: Sequence[int]) -> int:
    try:
        found = float(value)  # type: ignore[arg-type] - what is no number is refused here
    except (TypeError, ValueError):
        found = math.nan
    if found not in allowed:
        raise RequestError(
            f"Example {number} has '{str(value)[:20]}' in its field '{field}': a whole number from {allowed[0]} to "
            f"{allowed[-1]} is meant there."
        )
    return int(found)


def pixels_shown(examples: Sequence[Example], crs: str | None, grid: Grid) -> list[np.ndarray]:
    """The pixels of a grid that each example shows.

    A click shows the pixel it lies in; an outline those whose centre it holds, or where it holds none, one inside it.

    Args:
        examples: clicks and outlines.
        crs: authority code or WKT of their coordinates; None: those of the grid.
        grid: to find them on.

    Returns:
        Of each example int (n, 2), row and column; without rows where it lies outside the grid.

    Raises:
        RequestError: an example is no point or polygon, or its place cannot be expressed in the CRS of the grid.
    """
    there = _transformer(crs, grid)
    return [_pixels(_placed(number, example, there), grid) for number, example in enumerate(examples, 1)]


def _transformer(crs: str | None, grid: Grid) -> pyproj.Transformer | None:
    if crs is None:
        return None
    try:
        given = pyproj.CRS.from_user_input(crs)
        if given.equals(grid.crs, ignore_axis_order=True):
            return None
        return pyproj.Transformer.from_crs(given, grid.crs, always_xy=True)
    except (CRSError, ProjError) as error:
        raise RequestError(
            f"The coordinate system '{crs[:60]}' of the examples is not understood: give its EPSG code."
        ) from error


def _placed(number: int, example: Example, there: pyproj.Transformer | None) -> shapely.Geometry:
    try:
        shape = shapely.from_wkt(example.wkt)
    except ShapelyError as error:
        raise RequestError(f"Example {number} ({example.phrase}) is not valid WKT: mark it anew.") from error
    if shape.geom_type not in (*_POINTS, *_POLYGONS) or shape.is_empty:
        kind = f"an empty {shape.geom_type.lower()}" if shape.is_empty else f"a {shape.geom_type.lower()}"
        raise RequestError(f"Example {number} ({example.phrase}) is {kind}: mark a point or a polygon.")
    shape = shapely.force_2d(shape)
    if there is not None:
        shape = shapely.transform(shape, lambda x, y: there.transform(x, y), interleaved=False)
    if not np.isfinite(shapely.get_coordinates(shape)).all():
        raise RequestError(
            f"Example {number} ({example.phrase}) cannot be expressed in the scene's coordinate system: mark it on "
            "the scene."
        )
    return shape if shape.geom_type in _POINTS else shapely.make_valid(shape)


def _pixels(shape: shapely.Geometry, grid: Grid) -> np.ndarray:
    if shape.geom_type in _POINTS:
        return _within(np.floor(_cells(shapely.get_coordinates(shape), grid)), grid)
    corners = _cells(np.array(shape.bounds).reshape(2, 2), grid)
    low, high = np.floor(corners.min(0)), np.ceil(corners.max(0))
    low = np.clip(low, 0, (grid.height, grid.width)).astype(int)
    high = np.clip(high, 0, (grid.height, grid.width)).astype(int)
    height, width = high - low
    if height < 1 or width < 1:
        return np.zeros((0, 2), int)
    window = grid.crop(int(low[1]), int(low[0]), int(width), int(height))
    found = np.argwhere(geometry_mask([shape], (height, width), window.transform, invert=True)) + low
    if len(found):
        return found
    return _within(np.floor(_cells(shapely.get_coordinates(shape.representative_point()), grid)), grid)


def _cells(xy: np.ndarray, grid: Grid) -> np.ndarray:
    """Coordinates (n, 2) as rows and columns, whole numbers at the outer corners of pixels."""
    t = grid.transform
    return np.stack([(xy[:, 1] - t.f) / t.e, (xy[:, 0] - t.c) / t.a], 1)


def _within(cells: np.ndarray, grid: Grid) -> np.ndarray:
    here = ((cells >= 0) & (cells < (grid.height, grid.width))).all(1)
    return np.unique(cells[here].astype(int), axis=0)
