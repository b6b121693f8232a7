"""Chiapas, Mexico: Landsat 7 of November 1999 with 30 polygons drawn on it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

import geopandas
import numpy as np
import rasterio
from rasterio.features import rasterize

from ..records import BrokenRecord, Item, Record, Source
from ..scenes import LabelledScene
from ..spectra import CODE
from .common import GROUND_CLASSES, drop_impossible, mask_of, only
from .windows import lonlat

CLASS_TABLE = {"forest": "trees", "water": "water", "urban": "built-up", "barren": "bare", "herbaceous": "grassland"}
"""The polygons' own words; herbaceous ground there may be a field."""

_BANDS = (3, 2, 1, 4, 5)
_NAME = "LE70220491999322EDC01"
_POLYGONS = "training_data.shp"


def scenes(data: Path) -> Iterator[LabelledScene]:
    """Yield the one scene under `data`/chiapas_landsat7_pair_labels, labelled only inside the polygons."""
    folder = data / "chiapas_landsat7_pair_labels"
    if folder.is_dir():
        yield _scene(folder)[0]


def find(folder: Path) -> Sequence[Item]:
    """The one scene."""
    there = (folder / f"{_NAME}_stack.tif").is_file() and (folder / _POLYGONS).is_file()
    return [Item(_NAME, SOURCE.name)] if there else []


def read(folder: Path, item: Item) -> Record:
    """The one scene."""
    scene, middle = _scene(folder)
    return Record(SOURCE.name, item.name, item.place, (scene,), GROUND_CLASSES, sensor="Landsat 7", lonlat=middle)


def _scene(folder: Path) -> tuple[LabelledScene, tuple[float, float] | None]:
    with rasterio.open(folder / f"{_NAME}_stack.tif") as source:
        bands = np.clip(source.read(_BANDS).astype(np.float32) / 10_000, 0, 1.6)
        polygons = geopandas.read_file(folder / _POLYGONS).to_crs(source.crs)
        unknown = set(polygons["class"]) - CLASS_TABLE.keys()
        if unknown:
            raise BrokenRecord("Polygons have classes that are not in the table.")
        shapes = [
            (shape, CODE[CLASS_TABLE[name]]) for shape, name in zip(polygons.geometry, polygons["class"], strict=True)
        ]
        labels = rasterize(shapes, out_shape=source.shape, transform=source.transform, dtype="uint8")
        middle = lonlat(source.crs, source.transform, source.height / 2, source.width / 2)
    labels = drop_impossible(bands, labels, has_swir=True)
    allowed = only(labels)
    allowed[labels == CODE["grassland"]] = mask_of(["grassland", "cropland"])
    place = "chiapas landsat 7, 1999"
    return LabelledScene(bands, labels, 30.0, (True,) * 5, True, allowed, place, date="1999-11-18"), middle


SOURCE = Source(
    name="chiapas",
    title="Landsat 7 of Chiapas, Mexico, with hand-drawn polygons",
    licence="CC BY-SA 3.0; Landsat is in the public domain (USGS)",
    reference="https://github.com/ceholden/open-geo-tutorial",
    layout="LE70220491999322EDC01_stack.tif, training_data.shp (field class)",
    find=find,
    read=read,
)
