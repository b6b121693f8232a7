"""Images with labels as polygons that have a class field: GeoPackage, GeoJSON, shapefile.

`own_labels` says how a folder describes them. One that says nothing but holds one such file with a field `class`
beside its rasters is read too; its classes are the values of that field.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from pathlib import Path
from typing import Any

import geopandas
import numpy as np
import pyogrio
import shapely
from pyogrio.errors import DataLayerError, DataSourceError
from rasterio.features import rasterize

from ...errors import RequestError
from ...scene.grid import Grid
from ..records import BrokenRecord, Item, Record, Source
from .common import OTHER
from .own_labels import ClassTable, Description, describe, image_of, images_of, items_of, table_of
from .rasters import BLOCK, middle_of, raster, read_block
from .windows import window_of

IMAGES = ("*.tif", "*.tiff", "images/*.tif", "images/*.tiff")
"""Where images are looked for when nobody says."""

FORMATS = (".gpkg", ".geojson", ".shp")


def find(folder: Path) -> Sequence[Item]:
    """Windows of the images."""
    described = _described(folder)
    if described is None:
        return []
    _table(folder, described)  # says now what is wrong with it
    return items_of(SOURCE.name, images_of(folder, described, IMAGES), described)


def read(folder: Path, item: Item) -> Record:
    """One window of an image with the polygons on it."""
    described = _described(folder)
    if described is None:
        raise BrokenRecord("Its polygons are not there.")
    name, row, column = window_of(item.name)
    path = image_of(folder, described, IMAGES, name)
    table = _table(folder, described)
    block = read_block(raster(path, described.bands, described.sensor), row // BLOCK, column // BLOCK)
    grid = block.window_grid(row, column)
    polygons = _polygons(*_file(folder, described), described.layer, described.field, grid.crs.to_wkt())
    allowed = draw(polygons, described.field, table, grid, OTHER if described.outside == "other" else 0)
    scene = block.window(row, column, allowed, f"{SOURCE.name} {name}")
    return Record(
        SOURCE.name, item.name, item.place, (scene,), table.classes, sensor=block.scene.sensor, lonlat=middle_of(grid)
    )


def draw(polygons: geopandas.GeoDataFrame, field: str, table: ClassTable, grid: Grid, outside: int) -> np.ndarray:
    """Allowed sets of a grid, uint16 (H, W): of a pixel whose centre lies in polygons of two classes, both.

    Args:
        polygons: In the coordinate system of the grid.
        field: Their class.
        table: What its values mean.
        grid: To draw on.
        outside: Allowed set where there is no polygon.

    Raises:
        BrokenRecord: A polygon on the grid has a class that is not in the table.
    """
    here = polygons.iloc[polygons.sindex.query(shapely.box(*grid.bounds), predicate="intersects")]
    values = [None if gap else _text(value) for value, gap in zip(here[field], here[field].isna(), strict=True)]
    unknown = {value for value in values if value is not None} - table.phrases.keys()
    if unknown:
        raise BrokenRecord(f"A polygon has the class {min(unknown)!r}, which is not in the class table.")
    allowed = np.zeros((grid.height, grid.width), dtype=np.uint16)
    covered, unclear = np.zeros(allowed.shape, dtype=bool), np.zeros(allowed.shape, dtype=bool)
    for value in dict.fromkeys(values):
        shapes = [shape for shape, its in zip(here.geometry, values, strict=True) if its == value]
        inside = rasterize(shapes, out_shape=allowed.shape, transform=grid.transform, dtype="uint8") > 0
        bits = 0 if value is None else table.bits(value)
        covered |= inside
        unclear |= inside & (bits == 0)
        allowed[inside] |= np.uint16(bits)
    allowed[unclear] = 0
    allowed[~covered] = outside
    return allowed


def _described(folder: Path) -> Description | None:
    described = describe(folder)
    if described is not None:
        return described if described.labels is not None else None
    files = [path for suffix in FORMATS for path in sorted(folder.glob(f"*{suffix}"))]
    if len(files) != 1 or "class" not in _info(*_stamp(files[0]), None)["fields"]:
        return None
    return Description(labels=files[0].name)


def _stamp(path: Path) -> tuple[Path, int]:
    return path, path.stat().st_mtime_ns


def _file(folder: Path, described: Description) -> tuple[Path, int]:
    path = folder / str(described.labels)
    if not path.is_file():
        raise RequestError(f"The labels {path} are not there: correct classes.json.")
    return _stamp(path)


@lru_cache(maxsize=4)
def _info(path: Path, _changed_ns: int, layer: str | None) -> dict[str, Any]:
    try:
        return pyogrio.read_info(path, layer=layer)
    except (DataSourceError, DataLayerError) as error:
        raise RequestError(f"The labels {path} cannot be read: {error}.") from error


def _table(folder: Path, described: Description) -> ClassTable:
    file = _file(folder, described)
    info = _info(*file, described.layer)
    if described.field not in info["fields"]:
        raise RequestError(f"{file[0]} has no field {described.field!r}: name that of the classes in classes.json.")
    if info["crs"] is None:
        raise RequestError(f"{file[0]} has no coordinate system: assign one in QGIS.")
    classes = described.classes
    if classes is None:
        classes = {value: value for value in _values(*file, described.layer, described.field)}
    return table_of(classes, file[0])


@lru_cache(maxsize=4)
def _values(path: Path, _changed_ns: int, layer: str | None, field: str) -> tuple[str, ...]:
    table = pyogrio.read_dataframe(path, layer=layer, columns=[field], read_geometry=False)
    return tuple(sorted({_text(value) for value in table[field].dropna()}))


@lru_cache(maxsize=4)
def _polygons(path: Path, _changed_ns: int, layer: str | None, field: str, crs: str) -> geopandas.GeoDataFrame:
    """The polygons in a coordinate system, those that cross themselves mended, without what has no area."""
    table = pyogrio.read_dataframe(path, layer=layer, columns=[field])
    table = table[table.geometry.notna() & ~table.geometry.is_empty]
    table.geometry = table.geometry.force_2d().make_valid()
    return table[shapely.area(table.geometry.values) > 0].to_crs(crs)


def _text(value: object) -> str:
    """A value of the field as a key of the class table: 3.0, as a table with gaps holds whole numbers, is "3"."""
    return str(int(value)) if isinstance(value, float) and value.is_integer() else str(value)


SOURCE = Source(
    name="vector",
    title="Images with labels as polygons",
    licence="its owner's",
    reference="docs/sources.md",
    layout='classes.json with "labels" and "field"; or one .gpkg, .geojson or .shp with a field class beside images',
    find=find,
    read=read,
)
