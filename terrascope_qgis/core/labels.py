"""Labels to teach a model with: polygons written for the runtime, and the names of a label raster's values."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path

from qgis.core import (
    NULL,
    QgsCoordinateTransformContext,
    QgsFeature,
    QgsFeatureSource,
    QgsField,
    QgsFields,
    QgsPalettedRasterRenderer,
    QgsRasterLayer,
    QgsVectorFileWriter,
    QgsWkbTypes,
)
from qgis.PyQt.QtCore import QCoreApplication

from ..errors import LayerError, TerraScopeError

CLASS_FIELD = "class"

translate = QCoreApplication.translate


def write_polygons(source: QgsFeatureSource, field: str, path: Path, transforms: QgsCoordinateTransformContext) -> int:
    """Write the polygons that have a class to a GeoPackage; the runtime cannot read layers in memory or in a database.

    Args:
        source: polygons; only those that are selected, if the user says so.
        field: with the class.
        path: to write; its field of classes is `CLASS_FIELD`.
        transforms: of the project.

    Returns:
        How many polygons were written.

    Raises:
        LayerError: the polygons have no CRS, or none of them a class.
        TerraScopeError: the file cannot be written.
    """
    if not source.sourceCrs().isValid():
        raise LayerError(
            translate(
                "TerraScope", "The polygons “{name}” have no coordinate reference system: assign one to the layer."
            ).format(name=source.sourceName())
        )
    column = source.fields().lookupField(field)
    kept = QgsField(source.fields().at(column))
    kept.setName(CLASS_FIELD)  # "fid" would be taken for the key
    fields = QgsFields()
    fields.append(kept)
    options = QgsVectorFileWriter.SaveVectorOptions()
    options.driverName = "GPKG"
    kind = QgsWkbTypes.Type.MultiPolygon
    writer = QgsVectorFileWriter.create(str(path), fields, kind, source.sourceCrs(), transforms, options)
    if writer.hasError() != QgsVectorFileWriter.WriterError.NoError:
        raise _not_written(path, writer.errorMessage())
    written = 0
    for feature in source.getFeatures():
        value = feature.attribute(column)
        if value in (None, NULL) or not str(value).strip() or feature.geometry().isEmpty():
            continue
        for geometry in feature.geometry().coerceToType(kind):
            polygon = QgsFeature(fields)
            polygon.setAttributes([value])
            polygon.setGeometry(geometry)
            if not writer.addFeature(polygon):
                raise _not_written(path, writer.errorMessage())
            written += 1
    del writer  # closes the file
    if not written:
        raise LayerError(
            translate(
                "TerraScope", "None of the polygons “{name}” has a class in the field {field}: fill it in."
            ).format(name=source.sourceName(), field=field)
        )
    return written


def class_names(text: str) -> dict[int, str]:
    """The names of values in a text like `1=water; 2=heath`.

    Raises:
        TerraScopeError: a part of it is not like that.
    """
    names = {}
    for part in filter(str.strip, text.replace("\n", ";").split(";")):
        value, separator, name = (word.strip() for word in part.partition("="))
        if not separator or not name or not value.isdecimal():
            raise TerraScopeError(
                translate(
                    "TerraScope", "“{part}” does not name a class: write the names like 1=water; 2=heath."
                ).format(part=part.strip())
            )
        names[int(value)] = name
    return names


def legend_names(layer: QgsRasterLayer) -> dict[int, str]:
    """The names of values in a raster's legend; those that only repeat the value are left out."""
    renderer = layer.renderer()
    if not isinstance(renderer, QgsPalettedRasterRenderer):
        return {}
    entries = ((int(entry.value), entry.label.strip()) for entry in renderer.classes())
    return {value: label for value, label in entries if label and label != str(value)}


def write_names(names: Mapping[int, str], path: Path) -> None:
    """Write the names of values as the runtime reads them: `{"1": "water"}`."""
    path.write_text(json.dumps({str(value): name for value, name in names.items()}, ensure_ascii=False), "utf-8")


def _not_written(path: Path, why: str) -> TerraScopeError:
    return TerraScopeError(
        translate("TerraScope", "The polygons could not be written to {path}: {why}.").format(path=path, why=why)
    )
