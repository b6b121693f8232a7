"""Which layers of a report come into the project, and how a change is put in words."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from osgeo import gdal, ogr, osr
from qgis.core import QgsDateTimeRange, QgsPointXY, QgsProject, QgsVectorLayerTemporalContext
from qgis.PyQt.QtCore import QDate, QDateTime, Qt, QTime

from terrascope_qgis.client import protocol
from terrascope_qgis.core.figures import change_figures
from terrascope_qgis.core.layers import add_group, evidence, open_evidence
from terrascope_qgis.core.modality import open_modality

GOLDEN = (Path(__file__).resolve().parents[1] / "data" / "answer.ndjson").read_bytes().splitlines()
REPORT = protocol.read_event(GOLDEN[-1]).report


def test_what_was_found_and_what_changed_come_and_what_is_empty_does_not() -> None:
    names = [item.layer_name for item in evidence(REPORT)]
    assert names == [
        "step_01_water",
        "step_02_built_up",
        "step_04_water",
        "change_lost",
        "change_gained",
        "distances",
    ]
    (change,) = REPORT.changes
    grown = replace(REPORT, changes=(replace(change, lost_ha=0.0),))
    assert "change_lost" not in [item.layer_name for item in evidence(grown)]
    assert not [item for item in evidence(replace(REPORT, changes=())) if item.layer_name.startswith("change")]


@pytest.fixture
def run(tmp_path: Path, qgis_app: object) -> Path:
    """A GeoPackage as the runtime writes it for the golden report: step 4 was read from both sensors of image 2."""
    path = tmp_path / "run.gpkg"
    write_modality(path, "modality_2")
    add_polygons(path, "step_04_water", {})
    add_polygons(path, "change_gained", {"from_image": 1, "to_image": 2})
    return path


def write_modality(path: Path, table: str) -> None:
    memory = gdal.GetDriverByName("MEM").Create("", 8, 8, 1, gdal.GDT_Byte)
    crs = osr.SpatialReference()
    crs.ImportFromEPSG(32633)
    memory.SetProjection(crs.ExportToWkt())
    memory.SetGeoTransform((500_000, 10, 0, 5_500_000, 0, -10))
    palette = gdal.ColorTable()
    for value, colour in enumerate(((0, 0, 0, 0), (240, 228, 66, 255), (204, 121, 167, 255))):
        palette.SetColorEntry(value, colour)
    memory.GetRasterBand(1).SetColorTable(palette)
    memory.GetRasterBand(1).SetNoDataValue(0)
    memory.WriteArray(np.repeat(np.uint8([[0, 1, 2, 2]]), 2, axis=1).repeat(8, axis=0))
    options = [f"RASTER_TABLE={table}", "APPEND_SUBDATASET=YES", "TILE_FORMAT=PNG8", "BLOCKSIZE=8"]
    assert gdal.GetDriverByName("GPKG").CreateCopy(str(path), memory, options=options) is not None


def add_polygons(path: Path, name: str, values: dict[str, int]) -> None:
    data = gdal.OpenEx(str(path), gdal.OF_VECTOR | gdal.OF_UPDATE)
    crs = osr.SpatialReference()
    crs.ImportFromEPSG(32633)
    layer = data.CreateLayer(name, crs, ogr.wkbPolygon)
    for field in values:
        layer.CreateField(ogr.FieldDefn(field, ogr.OFTInteger))
    feature = ogr.Feature(layer.GetLayerDefn())
    for field, value in values.items():
        feature[field] = value
    feature.SetGeometry(
        ogr.CreateGeometryFromWkt("POLYGON ((500000 5499920, 500080 5499920, 500080 5500000, 500000 5499920))")
    )
    layer.CreateFeature(feature)


def only(report: protocol.Report) -> protocol.Report:
    """The golden report with what is in the file."""
    return replace(report, steps=report.steps[3:], distances=(), changes=(replace(report.changes[0], lost_ha=0.0),))


def test_the_sensor_of_each_part_comes_hidden_below_the_masks(run: Path, qgis_new_project: None) -> None:
    add_group(only(REPORT), run, QgsProject.instance())
    nodes = QgsProject.instance().layerTreeRoot().findLayers()
    titles = [node.name() for node in nodes]
    assert titles == ["change: gained", "4 water · 2018-03-30 · 70.3 ha", "read from optical or SAR · 2018-03-30"]
    assert [node.isVisible() for node in nodes] == [True, True, False]
    raster = nodes[-1].layer()
    assert [(one.value, one.label) for one in raster.renderer().classes()] == [(1, "optical"), (2, "SAR")]
    values = [raster.dataProvider().sample(QgsPointXY(500_005 + 10 * column, 5_499_995), 1)[0] for column in (2, 4, 7)]
    assert values == [1, 2, 2]
    assert raster.crs().authid() == "EPSG:32633"


def test_one_image_s_raster_has_no_number(tmp_path: Path, qgis_app: object) -> None:
    path = tmp_path / "one date.gpkg"
    write_modality(path, "modality")
    ((image, raster),) = open_modality(path, replace(REPORT, dates=(replace(REPORT.dates[1], image=1),)))
    assert image == 1
    assert raster.name() == "read from optical or SAR"
    assert open_modality(tmp_path / "no such file.gpkg", REPORT) == []


def test_the_temporal_controller_animates_masks_changes_and_sensors(run: Path, qgis_app: object) -> None:
    days = {(2018, 3, 29): [], (2018, 3, 30): ["sensor", "mask", "change"], (2020, 1, 1): ["sensor", "mask", "change"]}
    (raster, mask, change) = (one.layer for one in open_evidence(only(REPORT), run))
    for day, shown in days.items():
        begin = QDateTime(QDate(*day), QTime(1, 0), Qt.TimeSpec.UTC)
        frame = QgsDateTimeRange(begin, begin.addSecs(3600), True, False)
        context = QgsVectorLayerTemporalContext()
        context.setLayer(change)
        drawn = change.temporalProperties().createFilterString(context, frame)
        seen = {
            "sensor": raster.temporalProperties().isVisibleInTemporalRange(frame),
            "mask": mask.temporalProperties().isVisibleInTemporalRange(frame),
            "change": bool(list(change.getFeatures(drawn))),
        }
        assert [name for name, visible in seen.items() if visible] == shown, day


def test_without_days_nothing_is_animated(run: Path, qgis_app: object) -> None:
    unknown = replace(only(REPORT), dates=(replace(REPORT.dates[0], date=None), REPORT.dates[1]))
    opened = [one.layer for one in open_evidence(unknown, run)]
    assert len(opened) == 3
    assert not any(layer.temporalProperties().isActive() for layer in opened)


def test_noise_is_called_noise() -> None:
    (change,) = REPORT.changes
    assert change_figures(change) == "+ 8.60 ha, − 2.08 ha"
    quiet = replace(change, told=False)
    assert change_figures(quiet) == "+ 8.60 ha, − 2.08 ha: no change that can be told from noise"
