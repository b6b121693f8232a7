"""Chiapas, Mexico: Landsat 7 of November 1999 with 30 polygons drawn on it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import geopandas
import numpy as np
import rasterio
from rasterio.features import rasterize

from ..scenes import LabelledScene
from ..spectra import CODE
from .common import drop_impossible, mask_of, only

CLASS_TABLE = {"forest": "trees", "water": "water", "urban": "built-up", "barren": "bare", "herbaceous": "grassland"}
"""The polygons' own words; herbaceous ground there may be a field."""

_BANDS = (3, 2, 1, 4, 5)


def scenes(data: Path) -> Iterator[LabelledScene]:
    """Yield the one scene under `data`/chiapas_landsat7_pair_labels, labelled only inside the polygons."""
    folder = data / "chiapas_landsat7_pair_labels"
    if not folder.is_dir():
        return
    with rasterio.open(folder / "LE70220491999322EDC01_stack.tif") as source:
        bands = np.clip(source.read(_BANDS).astype(np.float32) / 10_000, 0, 1.6)
        polygons = geopandas.read_file(folder / "training_data.shp").to_crs(source.crs)
        shapes = [
            (shape, CODE[CLASS_TABLE[name]]) for shape, name in zip(polygons.geometry, polygons["class"], strict=True)
        ]
        labels = rasterize(shapes, out_shape=source.shape, transform=source.transform, dtype="uint8")
    labels = drop_impossible(bands, labels, has_swir=True)
    allowed = only(labels)
    allowed[labels == CODE["grassland"]] = mask_of(["grassland", "cropland"])
    yield LabelledScene(bands, labels, 30.0, (True,) * 5, True, allowed, "chiapas landsat 7, 1999")
