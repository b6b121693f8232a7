"""Four EuroSAT patches (Sentinel-2 L1C, 64 x 64), one class per patch."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import numpy as np
import rasterio

from ..scenes import LabelledScene
from ..spectra import CODE
from .common import drop_impossible, only

CLASS_TABLE = {"AnnualCrop": "cropland", "Pasture": "grassland", "SeaLake": "water"}
"""Class in the file name -> ours. Highway patches are mostly not road and have no labels here."""

_BANDS = (4, 3, 2, 8, 11)
"""EuroSAT order is B01..B12 with B8A last, so B11 is the eleventh."""


def scenes(data: Path) -> Iterator[LabelledScene]:
    """Yield the patches under `data`/eurosat_ms_4patches whose class is one of ours."""
    for path in sorted((data / "eurosat_ms_4patches").glob("*.tif")):
        name = CLASS_TABLE.get(path.stem.split("_")[0])
        if name is None:
            continue
        with rasterio.open(path) as source:
            bands = source.read(_BANDS).astype(np.float32) / 10_000
        labels = drop_impossible(bands, np.full(bands.shape[1:], CODE[name], dtype=np.uint8), has_swir=True)
        if (
            name == "grassland"
        ):  # the patch also shows a wood and farm buildings: only bright green pixels are surely pasture
            labels[(bands[3] < 0.33) | (bands[0] > 0.07)] = 0
        yield LabelledScene(bands, labels, 10.0, (True,) * 5, True, only(labels), f"eurosat {path.stem}")
