"""Small rasters made in code."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import rasterio
from affine import Affine

UTM = Affine(10, 0, 500_000, 0, -10, 5_000_000)


@pytest.fixture
def raster(tmp_path: Path) -> Callable[..., Path]:
    """Write a raster: `raster(values (C, H, W), descriptions=..., colours=..., tags=..., **profile)`."""

    def write(values: np.ndarray | None = None, name: str = "scene.tif", **options: Any) -> Path:  # noqa: ANN401
        if values is None:
            values = np.random.default_rng(0).integers(300, 3000, (4, 40, 50)).astype(np.uint16)
            options.setdefault("descriptions", ("B02", "B03", "B04", "B08"))
        descriptions, colours = options.pop("descriptions", None), options.pop("colours", None)
        tags, scales, alpha = options.pop("tags", {}), options.pop("scales", None), options.pop("mask", None)
        profile = {"driver": "GTiff", "crs": "EPSG:32633", "transform": UTM, **options}
        path = tmp_path / name
        with rasterio.open(
            path, "w", count=len(values), height=values.shape[1], width=values.shape[2], dtype=values.dtype, **profile
        ) as target:
            target.write(values)
            if descriptions:
                target.descriptions = descriptions
            if colours:
                target.colorinterp = colours
            if scales:
                target.scales, target.offsets = scales
            if alpha is not None:
                target.write_mask(alpha)
            target.update_tags(**tags)
        return path

    return write
