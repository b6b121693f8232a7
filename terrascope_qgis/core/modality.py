"""The rasters of a run that tell which sensor each part of a mask was read from: 1 optical, 2 SAR."""

from __future__ import annotations

import re
import sqlite3
from contextlib import closing
from pathlib import Path

from qgis.core import QgsPalettedRasterRenderer, QgsRasterLayer
from qgis.PyQt.QtCore import QCoreApplication
from qgis.PyQt.QtGui import QColor

from .. import log
from ..client.protocol import Report
from .figures import day_or_image

# Told apart by all kinds of colour vision, and neither is the colour of a gain or a loss.
OPTICAL, SAR = QColor("#e69f00"), QColor("#7b4ea3")

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
        layer = QgsRasterLayer(f"GPKG:{geopackage}:{table}", title, "gdal")
        if not layer.isValid():
            log.warning(translate("TerraScope", "{layer} cannot be opened.").format(layer=layer.source()))
            continue
        layer.setRenderer(QgsPalettedRasterRenderer(layer.dataProvider(), 1, _classes()))
        opened.append((image, layer))
    return opened


def _classes() -> list[QgsPalettedRasterRenderer.Class]:
    return [
        QgsPalettedRasterRenderer.Class(1, OPTICAL, translate("TerraScope", "optical")),
        QgsPalettedRasterRenderer.Class(2, SAR, translate("TerraScope", "SAR")),
    ]


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
