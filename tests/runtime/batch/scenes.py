"""Small scenes for batches: the tests' and the benchmark's."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import rasterio
from rasterio.transform import from_origin


def write_scenes(folder: Path, count: int, side: int = 64) -> Path:
    """Scenes of dark water in green land, each another place."""
    folder.mkdir(parents=True, exist_ok=True)
    rng = np.random.default_rng(5)
    for number in range(count):
        values = np.full((3, side, side), np.array([70, 110, 50])[:, None, None])
        values[:, 8 : 30 + number % 9, 6:40] = np.array([15, 35, 80])[:, None, None]
        values = (values + rng.integers(0, 9, values.shape)).astype(np.uint8)
        with rasterio.open(
            folder / f"scene_{number:03d}.tif", "w", driver="GTiff", width=side, height=side, count=3, dtype="uint8",
            crs="EPSG:32648", transform=from_origin(500_000 + 2_000 * number, 2_000_000, 10, 10), photometric="RGB",
        ) as target:  # fmt: skip
            target.write(values)
    return folder
