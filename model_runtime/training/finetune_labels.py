"""What a user labels: polygons with a class field, or a raster of classes, on one to a few scenes."""

from __future__ import annotations

import json
import warnings
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import geopandas
import numpy as np
import pyogrio
import rasterio
import shapely
from pyogrio.errors import DataLayerError, DataSourceError
from rasterio.errors import NotGeoreferencedWarning
from rasterio.features import rasterize

from ..errors import RequestError
from ..model.config import InputConfig
from ..scene.files import existing, open_raster
from ..scene.registration import same_grid
from ..scene.scene import NoOverlapError, Scene, open_scene
from ..terra_cot.sources.rasters import own_grid
from ..terra_cot.vocabulary import canonical
from .finetune_split import hold_out
from .lessons import Lesson

MOST_CLASSES, MOST_SCENES = 15, 8
_LONGEST_NAME = 40
_FORMATS = (".gpkg", ".geojson", ".json", ".shp", ".fgb")
"""plain vector files: others may name further files, or addresses"""
_MARGIN = 0.05
"""of the polygons' extent, that is read around them"""


@dataclass(frozen=True)
class Labels:
    """What is to be taught.

    Attributes:
        classes: Phrases, as the model will say them; place k is code k + 1 of the lessons.
        lessons: One for each scene that has labels.
        warnings: One sentence each.
    """

    classes: tuple[str, ...]
    lessons: tuple[Lesson, ...]
    warnings: tuple[str, ...]


@dataclass(frozen=True)
class _Drawn:
    """Labels on a scene's pixels: names by code, the codes, and for polygons which of them each pixel is in."""

    scene: Scene
    codes: np.ndarray
    parts: np.ndarray | None


def read_labels(
    scenes: Sequence[Path], polygons: Path | None, field: str, raster: Path | None, names: Path | None,
    inputs: InputConfig, go_on: Callable[[], None],
) -> Labels:  # fmt: skip
    """Read scenes and their labels, and hold some of the labels out.

    Args:
        scenes: rasters.
        polygons: a vector file, or None.
        field: of the polygons, with their classes.
        raster: whole numbers on the grid of the scenes, instead of polygons.
        names: JSON file of class names by value; needed for a raster.
        inputs: bands that the model takes.
        go_on: called between pieces of the work; raises to stop.

    Raises:
        RequestError: the labels cannot be read, lie elsewhere, or are of one class only.
        SceneError: a scene cannot be read.
    """
    if len(scenes) > MOST_SCENES:
        raise RequestError(f"{len(scenes)} scenes are too many: give up to {MOST_SCENES}.")
    table = _names(names) if names else {}
    told: list[str] = []
    if polygons is not None:
        shapes = _polygons(polygons, field, table)
        classes = _classes(shapes["class"])
        drawn = _draw_polygons(scenes, shapes, classes, polygons, told, go_on)
    else:
        classes, drawn = _read_raster(scenes, raster, table, told, go_on)
    told += [warning for one in drawn for warning in one.scene.warnings]
    counts = sum(np.bincount(one.codes.ravel(), minlength=len(classes) + 1) for one in drawn)[1:]
    if missing := [name for name, count in zip(classes, counts, strict=True) if not count]:
        raise RequestError(
            f"No pixel of the scenes lies in a label of '{missing[0]}': draw larger ones, or leave it out."
        )
    held, warning = hold_out([one.codes for one in drawn], [one.parts for one in drawn], len(classes))
    lessons = tuple(_lesson(one, where, inputs) for one, where in zip(drawn, held, strict=True))
    return Labels(classes, lessons, (*dict.fromkeys(told), *([warning] if warning else [])))


def _names(path: Path) -> dict[str, str | None]:
    try:
        said = json.loads(path.read_text("utf-8"))
    except (OSError, ValueError):
        said = None
    if not isinstance(said, dict) or not all(isinstance(name, str | None) for name in said.values()):
        raise RequestError(f'{path} is no list of class names: it must be a JSON object like {{"1": "water"}}.')
    return {str(value): name for value, name in said.items()}


def _phrase(name: str) -> str:
    """A class as the model will say it.

    Raises:
        RequestError: nobody can say that.
    """
    phrase = canonical(name)
    sayable = all(letter.isalnum() or letter in " -'/&()" for letter in phrase)
    if not sayable or not phrase[:1].isalnum() or len(phrase) > _LONGEST_NAME:
        raise RequestError(
            f"{name!r:.60} cannot be the name of a class: use letters, digits, blanks and hyphens, at most "
            f"{_LONGEST_NAME}."
        )
    if phrase.replace(" ", "").isdigit():
        raise RequestError(f"The class {phrase} is a number: give the classes names with --classes.")
    return phrase


def _classes(phrases: Sequence[str]) -> tuple[str, ...]:
    classes = tuple(sorted(set(phrases)))
    if not classes:
        raise RequestError("There are no labels: draw polygons and give each its class.")
    if len(classes) == 1:
        raise RequestError(
            f"All labels are of one class, {classes[0]}: label what is not {classes[0]} too, as another class."
        )
    if len(classes) > MOST_CLASSES:
        raise RequestError(f"{len(classes)} classes are too many: teach up to {MOST_CLASSES} at a time.")
    return classes


def _polygons(path: Path, field: str, table: Mapping[str, str | None]) -> geopandas.GeoDataFrame:
    """The polygons with the column `class`, a phrase; those without a class are left out."""
    if path.suffix.lower() not in _FORMATS or not path.is_file():
        raise RequestError(f"The labels {path} are no vector file that is read here: save them as GeoPackage.")
    try:
        info = pyogrio.read_info(path)
        if field not in info["fields"]:
            there = ", ".join(info["fields"]) or "none"
            raise RequestError(f"{path} has no field '{field}': name the one of the classes (there are: {there}).")
        if info["crs"] is None:
            raise RequestError(f"{path} has no coordinate reference system: assign one in QGIS.")
        shapes = pyogrio.read_dataframe(path, columns=[field])
    except (DataSourceError, DataLayerError) as error:
        raise RequestError(f"The labels {path} cannot be read ({error}): save them as GeoPackage.") from None
    shapes = shapes[shapes.geometry.notna() & ~shapes.geometry.is_empty & shapes[field].notna()]
    shapes.geometry = shapes.geometry.force_2d().make_valid()
    shapes = shapes[shapely.area(shapes.geometry.values) > 0]
    values = [str(int(v)) if isinstance(v, float) and v.is_integer() else str(v) for v in shapes[field]]
    named = [table.get(value, value) for value in values]
    shapes = shapes.assign(**{"class": [name if name is None else _phrase(name) for name in named]})
    return shapes[shapes["class"].notna()].explode(ignore_index=True)


def _draw_polygons(
    scenes: Sequence[Path], shapes: geopandas.GeoDataFrame, classes: Sequence[str], path: Path, told: list[str],
    go_on: Callable[[], None],
) -> list[_Drawn]:  # fmt: skip
    """Polygons on the pixels of each scene; a pixel in polygons of two classes is not labelled."""
    west, south, east, north = shapes.total_bounds
    wide, high = (_MARGIN * max(east - west, north - south) for _ in range(2))
    around = (west - wide, south - high, east + wide, north + high)
    drawn = []
    for file in scenes:
        go_on()
        try:
            scene = open_scene(str(file), extent=around, extent_crs=shapes.crs.to_wkt())
        except NoOverlapError:
            told.append(f"No polygon lies on {file.name}: it was not learnt from.")
            continue
        grid = scene.grid
        here = shapes.to_crs(grid.crs.to_wkt())
        codes, parts = np.zeros(scene.valid.shape, np.uint8), np.zeros(scene.valid.shape, np.int32)
        twice = np.zeros(scene.valid.shape, bool)
        for code, name in enumerate(classes, 1):
            own = [(shape, k + 1) for k, shape in enumerate(here.geometry) if here["class"].iloc[k] == name]
            inside = rasterize(own, codes.shape, transform=grid.transform, dtype="int32")
            twice |= (inside > 0) & (codes > 0)
            codes[inside > 0], parts[inside > 0] = code, inside[inside > 0]
        codes[twice | ~scene.valid] = 0
        if codes.any():
            drawn.append(_Drawn(scene, codes, parts))
        else:
            told.append(f"No polygon covers the centre of a pixel of {file.name}: it was not learnt from.")
    if not drawn:
        raise RequestError(f"The polygons of {path} lie on none of the scenes: choose scenes that they were drawn on.")
    return drawn


def _read_raster(
    scenes: Sequence[Path], path: Path, table: Mapping[str, str | None], told: list[str], go_on: Callable[[], None]
) -> tuple[tuple[str, ...], list[_Drawn]]:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", NotGeoreferencedWarning)
        with rasterio.Env(), open_raster(existing(path)) as source:
            if source.crs is None or source.transform.is_identity:
                raise RequestError(f"{path} has no coordinate reference system: assign one in QGIS.")
            if source.dtypes[0].startswith(("float", "complex")):
                raise RequestError(f"{path} holds fractions: a raster of classes has whole numbers.")
            grid, values = own_grid(source), source.read(1, masked=True).filled(0).astype(np.int64)
    there = [str(value) for value in np.unique(values) if value]
    if there and not table:
        raise RequestError(
            f"Nothing says what the values {', '.join(there[:5])} of {path} are: name them with --classes."
        )
    phrases = {value: _phrase(name) for value in there if (name := table.get(value)) is not None}
    if unnamed := [value for value in there if value not in table]:
        told.append(f"The values {', '.join(unnamed[:5])} of {path.name} have no name and were not learnt from.")
    classes = _classes(list(phrases.values()))
    codes = np.zeros(values.shape, np.uint8)
    for value, phrase in phrases.items():
        codes[values == int(value)] = classes.index(phrase) + 1
    drawn = []
    for file in scenes:
        go_on()
        scene = open_scene(str(file))
        if scene.valid.shape != codes.shape or not same_grid(scene.grid, grid):
            height, width = codes.shape
            raise RequestError(
                f"{path} ({width} x {height} pixels) does not have the pixels of {file} ({scene.grid.width} x "
                f"{scene.grid.height}): warp it to the grid of the scene, with nearest neighbour."
            )
        drawn.append(_Drawn(scene, np.where(scene.valid, codes, np.uint8(0)), None))
    return classes, drawn


def _lesson(drawn: _Drawn, held: np.ndarray, inputs: InputConfig) -> Lesson:
    scene = drawn.scene
    present = np.array([name in scene.roles for name in inputs.bands])
    bands = np.zeros((len(inputs.bands), *scene.valid.shape), np.float32)
    for name, band in zip(scene.roles, scene.bands, strict=True):
        if name in inputs.bands:
            bands[inputs.bands.index(name)] = band
    x_m, y_m = scene.grid.pixel_size_m
    return Lesson(bands, present, scene.reflectance, float(np.sqrt(x_m * y_m)), drawn.codes, held, scene.valid)
