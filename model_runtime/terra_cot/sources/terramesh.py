"""TerraMesh patches: Sentinel-2 L2A and Sentinel-1 RTC with the 10 m annual land cover of Esri (coarse)."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import numpy as np
import rasterio

from ..scenes import LabelledScene
from ..spectra import OPTICAL_BANDS
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

_BANDS = ("B04", "B03", "B02", "B08", "B11", "B12")


def scenes(data: Path) -> Iterator[LabelledScene]:
    """Yield the patches under `data`/terramesh_s1s2_lulc."""
    for path in sorted((data / "terramesh_s1s2_lulc" / "S2L2A").glob("*.tif")):
        with rasterio.open(path) as source:
            order = [source.descriptions.index(name) + 1 for name in _BANDS]
            bands = source.read(order).astype(np.float32) / 10_000
        with rasterio.open(path.parent.parent / "LULC" / path.name) as source:
            cover = source.read(1)
        radar = path.parent.parent / "S1RTC" / path.name
        sar = None
        if radar.is_file():
            with rasterio.open(radar) as source:
                sar = source.read([source.descriptions.index(name) + 1 for name in ("VV_dB", "VH_dB")]).astype(
                    np.float32
                )
        labels = drop_impossible(bands[:5], recode(cover, {**CLASS_TABLE, RANGELAND: "grassland"}), has_swir=True)
        allowed = only(labels)
        allowed[(cover == RANGELAND) & (labels > 0)] = mask_of(["grassland", "bare"])
        yield LabelledScene(
            bands, labels, 10.0, (True,) * 6, True, allowed, f"terramesh {path.stem}", names=OPTICAL_BANDS, sar=sar
        )
