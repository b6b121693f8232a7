"""TerraMesh patches: Sentinel-2 L2A with the 10 m annual land cover of Impact Observatory / Esri (coarse)."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import numpy as np
import rasterio

from ..scenes import LabelledScene
from .common import drop_impossible, mask_of, only, recode

CLASS_TABLE = {
    1: "water",
    2: "trees",
    3: "wetland",
    4: "cropland",
    5: "built-up",
    6: "bare",
    7: "snow and ice",
    8: "cloud",
}
RANGELAND = 9
"""Grass, shrub and sparse cover: grassland, or bare where it is sparse."""

_BANDS = ("B04", "B03", "B02", "B08", "B11")


def scenes(data: Path) -> Iterator[LabelledScene]:
    """Yield the patches under `data`/terramesh_s1s2_lulc."""
    for path in sorted((data / "terramesh_s1s2_lulc" / "S2L2A").glob("*.tif")):
        with rasterio.open(path) as source:
            order = [source.descriptions.index(name) + 1 for name in _BANDS]
            bands = source.read(order).astype(np.float32) / 10_000
        with rasterio.open(path.parent.parent / "LULC" / path.name) as source:
            cover = source.read(1)
        labels = drop_impossible(bands, recode(cover, {**CLASS_TABLE, RANGELAND: "grassland"}), has_swir=True)
        allowed = only(labels)
        allowed[(cover == RANGELAND) & (labels > 0)] = mask_of(["grassland", "bare"])
        yield LabelledScene(bands, labels, 10.0, (True,) * 5, True, allowed, f"terramesh {path.stem}")
