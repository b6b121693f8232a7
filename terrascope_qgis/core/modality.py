"""The rasters of a run that tell which sensor each part of a mask was read from: 1 optical, 2 SAR."""

from __future__ import annotations

import re
import sqlite3
from contextlib import closing
from pathlib import Path

from qgis.core import QgsRasterLayer
from qgis.PyQt.QtCore import QCoreApplication

from .. import log
from ..client.protocol import Report
from ..settings import PLUGIN_ROOT
from .figures import day_or_image

STYLE = PLUGIN_ROOT / "resources" / "styles" / "modality.qml"

translate = QCoreApplication.translate


def open_modality(geopackage: Path, report: Report) -> list[tuple[int, QgsRasterLayer]]:
    """The styled raster of each image that has one, with the image's number.

    A layer that cannot be opened is left out, with a line in the log.
    """
    fused = [date.image for date in report.dates if date.optical is not None and date.sar is not None]
    opened = []
    for table in _tables(geopackage):
        number = re.fullmatch(r"modality_(\d+)", table)
        image = int(number[1]) if number else fused[0] if fused else 1
        title = translate("TerraScope", "read from optical or SAR")
        if len(report.dates) > 1:
            title += " · " + day_or_image(image, report.dates)
        # Without the band count GDAL makes a picture of it, whose values are colours.
        layer = QgsRasterLayer(f"{geopackage}|option:TABLE={table}|option:BAND_COUNT=1", title, "gdal")
        if not layer.isValid():
            log.warning(translate("TerraScope", "{layer} cannot be opened.").format(layer=layer.source()))
            continue
        message, loaded = layer.loadNamedStyle(str(STYLE))
        if not loaded:
            log.warning(translate("TerraScope", "No style for {layer}: {why}").format(layer=table, why=message))
        opened.append((image, layer))
    return opened


def _tables(geopackage: Path) -> list[str]:
    """The raster tables named modality or modality_2, in the order of images."""
    query = "SELECT table_name FROM gpkg_contents WHERE table_name LIKE 'modality%' AND data_type NOT IN (?, ?)"
    try:
        with closing(sqlite3.connect(geopackage.resolve().as_uri() + "?mode=ro", uri=True)) as database:
            names = [row[0] for row in database.execute(query, ("features", "attributes"))]
    except sqlite3.Error as failure:
        log.warning(f"{geopackage}: {failure}")
        return []
    return sorted(
        (name for name in names if re.fullmatch(r"modality(_\d+)?", name)), key=lambda name: (len(name), name)
    )
