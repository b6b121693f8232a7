"""A land-cover map out of the regions of one run: they share the ground out among them, so each pixel has one class."""

from __future__ import annotations

import html
from collections.abc import Iterator
from pathlib import Path

from osgeo import gdal, ogr
from qgis.core import QgsCategorizedSymbolRenderer, QgsFeature, QgsFillSymbol, QgsRendererCategory
from qgis.PyQt.QtCore import QCoreApplication

from ..client.protocol import Report, Step
from ..errors import TerraScopeError
from ..numerals import number
from .colours import step_colours
from .figures import area, percent
from .report import open_layer

NONE = 0  # the value of a pixel of no class, or that shows nothing
MOST_CLASSES = 64
_OPTIONS = ["COMPRESS=DEFLATE", "TILED=YES", "BIGTIFF=IF_SAFER"]

translate = QCoreApplication.translate


def parts(report: Report, geopackage: Path) -> Iterator[tuple[Step, QgsFeature]]:
    """Every polygon of the map with its class, in the order of the classes."""
    for step in report.steps:
        for feature in open_layer(geopackage, step.layer).getFeatures():
            yield step, feature


def renderer(phrases: list[str]) -> QgsCategorizedSymbolRenderer:
    """A colour for each class, those that masks of the same name have elsewhere."""
    categories = []
    for phrase, (red, green, blue) in zip(phrases, step_colours(phrases)):
        symbol = QgsFillSymbol.createSimple({"color": f"{red},{green},{blue},170", "outline_style": "no"})
        categories.append(QgsRendererCategory(phrase, symbol, phrase))
    return QgsCategorizedSymbolRenderer("phrase", categories)


def write_raster(report: Report, geopackage: Path, target: Path) -> None:
    """Write the map on the scene's own grid: a byte per pixel, class i has the value i, what has none 0 (no data).

    The polygons run along the edges of pixels, so every pixel gets the class that it was counted in.

    Raises:
        TerraScopeError: it cannot be written; nothing is left behind.
    """
    draft = target.with_name(f".{target.stem[:80]}.part.tif")
    try:
        _rasterize(report, geopackage, draft)
        draft.replace(target)
    except (OSError, RuntimeError) as failure:
        raise TerraScopeError(
            translate("TerraScope", "{name} cannot be written ({why}): choose another place.").format(
                name=target.name, why=getattr(failure, "strerror", None) or failure
            )
        ) from failure
    finally:
        draft.unlink(missing_ok=True)


def _rasterize(report: Report, geopackage: Path, draft: Path) -> None:
    scene = report.scene
    made = gdal.GetDriverByName("GTiff").Create(
        str(draft), scene.width, scene.height, 1, gdal.GDT_Byte, options=_OPTIONS
    )
    source = ogr.Open(str(geopackage))
    if made is None or source is None:
        raise RuntimeError(gdal.GetLastErrorMsg())
    left, bottom, right, top = scene.bounds
    made.SetGeoTransform((left, (right - left) / scene.width, 0, top, 0, (bottom - top) / scene.height))
    made.SetProjection(source.GetLayerByName(report.steps[0].layer).GetSpatialRef().ExportToWkt())
    band = made.GetRasterBand(1)
    band.SetNoDataValue(NONE)
    phrases = [step.phrase for step in report.steps]
    colours = gdal.ColorTable()
    colours.SetColorEntry(NONE, (0, 0, 0, 0))
    for value, colour in enumerate(step_colours(phrases), start=1):
        colours.SetColorEntry(value, (*colour, 255))
    band.SetColorTable(colours)
    band.SetDescription("class")
    # In the file itself: names of categories would go into another one beside it.
    made.SetMetadata({f"CLASS_{value}": phrase for value, phrase in enumerate(phrases, start=1)})
    for value, step in enumerate(report.steps, start=1):
        if gdal.RasterizeLayer(made, [1], source.GetLayerByName(step.layer), burn_values=[value]) != gdal.CE_None:
            raise RuntimeError(gdal.GetLastErrorMsg())
    made.FlushCache()


def page(report: Report) -> str:
    """The areas as a page for people."""
    title = translate("TerraScope", "Land cover")
    heads = (
        translate("TerraScope", "Class"),
        translate("TerraScope", "Region"),
        translate("TerraScope", "Area"),
        translate("TerraScope", "Share of the scene"),
        translate("TerraScope", "Pixels"),
        translate("TerraScope", "Mask score (0-1)"),
    )
    rows = [
        (
            str(value),
            step.phrase,
            area(step.area_ha, step.area_uncertainty_ha),
            percent(step.coverage_pct),
            number(step.pixels),
            number(step.score, 2),
        )
        for value, step in enumerate(report.steps, start=1)
    ]
    lines = ["<tr>" + "".join(f"<td>{html.escape(cell)}</td>" for cell in row) + "</tr>" for row in rows]
    told = [f"{report.model.name}: {report.model.quality}", *report.warnings]
    seen = translate("TerraScope", "{area} of the scene in {crs} were looked at.").format(
        area=area(report.scene.valid_area_ha), crs=report.scene.crs
    )
    return "\n".join(
        [
            f"<!DOCTYPE html><html><head><meta charset='utf-8'><title>{html.escape(title)}</title>",
            "<style>body{font-family:sans-serif}td,th{padding:2px 10px;text-align:left}</style></head><body>",
            f"<h1>{html.escape(title)}</h1><p>{html.escape(seen)}</p><table><tr>",
            *(f"<th>{html.escape(head)}</th>" for head in heads),
            "</tr>",
            *lines,
            "</table><ul>",
            *(f"<li>{html.escape(sentence)}</li>" for sentence in told),
            "</ul></body></html>",
        ]
    )
