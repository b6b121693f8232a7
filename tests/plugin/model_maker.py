"""The model that ships in resources/processing, as QGIS's own API makes it.

`test_processing_model.py` checks that the file is what this makes; with TERRASCOPE_WRITE_MODEL=1 it writes it anew.
"""

from __future__ import annotations

from qgis.core import (
    QgsProcessing,
    QgsProcessingModelAlgorithm,
    QgsProcessingModelChildAlgorithm,
    QgsProcessingModelChildDependency,
    QgsProcessingModelChildParameterSource,
    QgsProcessingModelOutput,
    QgsProcessingModelParameter,
    QgsProcessingParameterFeatureSource,
    QgsProcessingParameterRasterLayer,
    QgsProcessingParameterString,
)
from qgis.PyQt.QtCore import QPointF, QSizeF

from .conftest import REPOSITORY

PATH = REPOSITORY / "resources" / "processing" / "land_cover_per_polygon.model3"
Source = QgsProcessingModelChildParameterSource
HELP = {
    "ALG_DESC": (
        "Hectares of a land cover in each polygon of a layer, and the share that each has of what there is of it in "
        "the whole scene. The scene is asked once for the total, then once for each polygon (field area_ha; field "
        "share_pct is its percentage of the total). Both figures are what the model marks: what it marks in a polygon "
        "by itself need not be what it marks there in the whole scene."
    ),
    "SCENE": "A raster with a coordinate reference system.",
    "POLYGONS": "Parcels, districts, catchments: any polygon layer.",
    "COVER": "The land cover, as the model names it: water, trees, cropland, grassland, built-up area, bare ground, "
    "snow and ice, wetland, cloud.",
    "ALG_CREATOR": "TerraScope for QGIS developers",
    "ALG_VERSION": "1",
}


def land_cover_per_polygon() -> QgsProcessingModelAlgorithm:
    """Ask about the whole scene, then about each polygon, then relate both."""
    model = QgsProcessingModelAlgorithm("land_cover_per_polygon", "ask", "ask")
    y = 100
    for parameter in (
        QgsProcessingParameterRasterLayer("SCENE", "Scene"),
        QgsProcessingParameterFeatureSource("POLYGONS", "Polygons", [QgsProcessing.SourceType.TypeVectorPolygon]),
        QgsProcessingParameterString("COVER", "Land cover", "water"),
    ):
        place = QgsProcessingModelParameter(parameter.name())
        place.setPosition(QPointF(120, y))
        place.setSize(QSizeF(200, 40))
        model.addModelParameter(parameter, place)
        y += 120
    words = "'How many hectares of ' || @COVER || ' are there?'"
    total = _child("total", "terrascope:ask", "Whole scene", 100)
    total.addParameterSources("INPUT", [Source.fromModelParameter("SCENE")])
    total.addParameterSources("QUESTION", [Source.fromExpression(words)])
    model.addChildAlgorithm(total)
    each = _child("each", "terrascope:zonal_answers", "Each polygon", 220)
    each.addParameterSources("INPUT", [Source.fromModelParameter("SCENE")])
    each.addParameterSources("ZONES", [Source.fromModelParameter("POLYGONS")])
    # An expression that is worked out to one, whose words stand in quotes.
    each.addParameterSources("QUESTION", [Source.fromExpression(f"'\\'' || {words} || '\\''")])
    each.addParameterSources("PHRASE", [Source.fromModelParameter("COVER")])
    model.addChildAlgorithm(each)
    share = _child("share", "native:fieldcalculator", "Share of the whole", 340)
    share.addParameterSources("INPUT", [Source.fromChildOutput("each", "OUTPUT")])
    share.addParameterSources("FIELD_NAME", [Source.fromStaticValue("share_pct")])
    share.addParameterSources("FIELD_TYPE", [Source.fromStaticValue(0)])
    share.addParameterSources("FIELD_LENGTH", [Source.fromStaticValue(0)])
    share.addParameterSources("FIELD_PRECISION", [Source.fromStaticValue(0)])
    share.addParameterSources("FORMULA", [Source.fromExpression("'100 * \"area_ha\" / ' || @Whole_scene_AREA_HA")])
    # QGIS does not look into expressions for what has to be run before.
    share.setDependencies([QgsProcessingModelChildDependency("total")])
    output = QgsProcessingModelOutput("OUTPUT", "Polygons with hectares")
    output.setChildId("share")
    output.setChildOutputName("OUTPUT")
    output.setPosition(QPointF(740, 400))
    output.setSize(QSizeF(200, 40))
    share.setModelOutputs({"OUTPUT": output})
    model.addChildAlgorithm(share)
    model.setParameterOrder(["SCENE", "POLYGONS", "COVER"])
    model.setHelpContent(HELP)
    return model


def _child(key: str, algorithm: str, title: str, y: float) -> QgsProcessingModelChildAlgorithm:
    child = QgsProcessingModelChildAlgorithm(algorithm)
    child.setChildId(key)
    child.setDescription(title)
    child.setPosition(QPointF(440, y))
    child.setSize(QSizeF(220, 40))
    return child
