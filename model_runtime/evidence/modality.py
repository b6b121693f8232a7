"""Which sensor each place was looked at with, as a raster table of the run's GeoPackage."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import rasterio
from rasterio.crs import CRS

from ..rasters.rows import Raster, rows_of
from ..scene.grid import Grid
from .colours import MODALITY_COLOURS, RGB


def table_name(image: int, count: int) -> str:
    """`modality` where one date has two sensors, else `modality_2` for the second date."""
    return "modality" if count == 1 else f"modality_{image}"


def add_modality(
    path: Path,
    table: str,
    values: Raster,
    grid: Grid,
    description: str,
    colours: Sequence[RGB] = tuple(MODALITY_COLOURS.values()),
) -> None:
    """Add a raster table to a GeoPackage that is there.

    Its tiles are PNG with a palette. Opened as it is, it is a picture in two colours and transparent elsewhere, because
    GeoPackages show 8-bit tiles so; opened with the option `BAND_COUNT=1` it is one band with the values and their
    colours (in QGIS `<file>|option:TABLE=modality|option:BAND_COUNT=1`, styled by `resources/styles/modality.qml`:
    QGIS takes no style for a raster from a GeoPackage).

    Args:
        path: of the GeoPackage.
        table: name of the table.
        values: uint8 (H, W): 0 none, 1 optical, 2 SAR.
        grid: where the pixels lie.
        description: for the table of contents.
        colours: of the values from 1.

    Raises:
        RasterioError: it cannot be written.
    """
    with rasterio.open(
        path,
        "w",
        driver="GPKG",
        width=grid.width,
        height=grid.height,
        count=1,
        dtype="uint8",
        crs=CRS.from_wkt(grid.crs.to_wkt()),
        transform=grid.transform,
        nodata=0,
        APPEND_SUBDATASET="YES",
        RASTER_TABLE=table,
        RASTER_IDENTIFIER=table,
        RASTER_DESCRIPTION=description,
        TILE_FORMAT="PNG8",
        # GDAL looks for the palette in the first tile, and a tile that the raster does not fill has none.
        BLOCKSIZE=min(256, grid.width, grid.height),
    ) as target:
        palette = {number: (*colour, 255) for number, colour in enumerate(colours, start=1)}
        target.write_colormap(1, {0: (0, 0, 0, 0), **palette})
        for strip in rows_of(values).strips():
            target.write(strip.values, 1, window=((strip.first, strip.end), (0, grid.width)))
