"""Amazon forest chips: Sentinel-2 in 8-bit colours with a crisp forest mask."""

from __future__ import annotations

import warnings
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import rasterio
import rasterio.errors

from ..scenes import LabelledScene
from ..spectra import CLASSES, CODE
from .common import mask_of

FOREST = 1
NOT_FOREST = 2


def scenes(data: Path) -> Iterator[LabelledScene]:
    """Yield the training chips under `data`/amazon_forest_s2; not forest is known only as anything but trees."""
    folder = data / "amazon_forest_s2" / "training"
    masks = {path.stem: path for path in (folder / "masks").glob("*.png")}
    other = mask_of(name for name in CLASSES if name not in ("trees", "cloud", "snow and ice"))
    for path in sorted((folder / "images").glob("*.tif")):
        mask_path = masks.get(path.stem)
        if mask_path is None:
            continue
        with rasterio.open(path) as source:
            colours = source.read([1, 2, 3]).astype(np.float32) / 255
        with warnings.catch_warnings():  # the masks are plain pictures on the chip's own grid
            warnings.simplefilter("ignore", rasterio.errors.NotGeoreferencedWarning)
            with rasterio.open(mask_path) as source:
                cover = source.read(1)
        if cover.shape != colours.shape[1:]:  # one mask is three columns too wide: where it lies is not known
            continue
        bands = np.concatenate([colours, np.zeros((2, *cover.shape), dtype=np.float32)])
        labels = np.where(cover == FOREST, CODE["trees"], 0).astype(np.uint8)
        allowed = np.zeros(cover.shape, dtype=np.uint16)
        allowed[cover == FOREST] = mask_of(["trees"])
        allowed[cover == NOT_FOREST] = other
        allowed[colours.max(axis=0) <= 0] = 0
        yield LabelledScene(
            bands, labels, 10.0, (True, True, True, False, False), False, allowed, f"amazon {path.stem}"
        )
