"""The examples a run was taught with, as layers: points and outlines that show what is there, or what is not."""

from __future__ import annotations

from pathlib import Path

from qgis.core import (
    QgsCategorizedSymbolRenderer,
    QgsFillSymbol,
    QgsMarkerSymbol,
    QgsPalLayerSettings,
    QgsRendererCategory,
    QgsSymbol,
    QgsTextBufferSettings,
    QgsTextFormat,
    QgsVectorLayer,
    QgsVectorLayerSimpleLabeling,
    QgsWkbTypes,
)
from qgis.PyQt.QtCore import QCoreApplication

from .. import log
from ..client.protocol import Report

TABLE = "examples"
THERE, NOT_THERE = "#1a7f37", "#c62828"
_EDGE = "#ffffff"  # around marks, so that they stand out from any ground
_LETTERS_PT = 8.0
_AWAY_MM = 1.0  # between a mark and its letters

translate = QCoreApplication.translate


def open_examples(geopackage: Path, report: Report) -> list[QgsVectorLayer]:
    """The styled layers of a run's examples, those that belong below others first; none for a run without examples.

    The table holds whatever shapes were given, and a layer of QGIS is of one kind: outlines and points come apart.
    """
    if not report.examples:
        return []
    opened = []
    for kind, title in (
        ("MultiPolygon", translate("TerraScope", "examples: outlines")),
        ("MultiPoint", translate("TerraScope", "examples: points")),
    ):
        layer = QgsVectorLayer(f"{geopackage}|layername={TABLE}|geometrytype={kind}", title, "ogr")
        if not layer.isValid():
            log.warning(translate("TerraScope", "{layer} cannot be opened.").format(layer=layer.source()))
        elif layer.featureCount():
            _style(layer, *(_marks() if kind == "MultiPoint" else _outlines()))
            opened.append(layer)
    return opened


def _style(layer: QgsVectorLayer, there: QgsSymbol, not_there: QgsSymbol) -> None:
    categories = [
        QgsRendererCategory(1, there, translate("TerraScope", "it is here")),
        QgsRendererCategory(0, not_there, translate("TerraScope", "it is not here")),
    ]
    layer.setRenderer(QgsCategorizedSymbolRenderer("inside", categories))
    settings, letters, halo = QgsPalLayerSettings(), QgsTextFormat(), QgsTextBufferSettings()
    halo.setEnabled(True)
    letters.setSize(_LETTERS_PT)
    letters.setBuffer(halo)
    settings.fieldName = "phrase"
    settings.dist = _AWAY_MM
    if layer.geometryType() == QgsWkbTypes.GeometryType.PolygonGeometry:
        settings.placement = QgsPalLayerSettings.Placement.OutsidePolygons
    settings.setFormat(letters)
    layer.setLabeling(QgsVectorLayerSimpleLabeling(settings))
    layer.setLabelsEnabled(True)


def _marks() -> tuple[QgsSymbol, QgsSymbol]:
    """A disc and a cross."""
    return (
        QgsMarkerSymbol.createSimple({"name": "circle", "color": THERE, "outline_color": _EDGE, "size": "3"}),
        QgsMarkerSymbol.createSimple(
            {"name": "cross_fill", "angle": "45", "color": NOT_THERE, "outline_color": _EDGE, "size": "4"}
        ),
    )


def _outlines() -> tuple[QgsSymbol, QgsSymbol]:
    """A whole line and a dashed one."""
    line = {"style": "no", "outline_width": "0.6"}
    return (
        QgsFillSymbol.createSimple({**line, "outline_color": THERE}),
        QgsFillSymbol.createSimple({**line, "outline_color": NOT_THERE, "outline_style": "dash"}),
    )
