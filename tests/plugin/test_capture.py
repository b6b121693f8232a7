from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from qgis.core import QgsApplication, QgsCoordinateReferenceSystem, QgsRasterLayer

from terrascope_qgis.core.capture import local_file
from terrascope_qgis.errors import LayerError


def test_a_local_file_is_used_as_it_is(scene: QgsRasterLayer, scene_path: Path) -> None:
    assert local_file(scene) == str(scene_path.resolve())


@pytest.mark.parametrize(
    ("source", "provider", "words"),
    [
        ("type=xyz&url=http://127.0.0.1:9/%7Bz%7D/%7Bx%7D/%7By%7D.png&zmax=3&zmin=0", "wms", "not a local raster file"),
        ("/nowhere/at/all.tif", "gdal", "is broken"),
    ],
)
def test_other_sources_are_refused_in_words(qgis_app: QgsApplication, source: str, provider: str, words: str) -> None:
    layer = QgsRasterLayer(source, "somewhere else", provider)
    with pytest.raises(LayerError, match=words) as refusal:
        local_file(layer)
    assert "somewhere else" in refusal.value.user_message


def test_a_file_inside_an_archive_is_refused(scene_path: Path, tmp_path: Path, qgis_app: QgsApplication) -> None:
    import zipfile

    with zipfile.ZipFile(tmp_path / "scene.zip", "w") as archive:
        archive.write(scene_path, "scene.tif")
    layer = QgsRasterLayer(f"/vsizip/{tmp_path / 'scene.zip'}/scene.tif", "zipped")
    assert layer.isValid()
    with pytest.raises(LayerError, match="not a plain file"):
        local_file(layer)


def test_a_crs_changed_in_qgis_is_refused(scene_path: Path, qgis_app: QgsApplication) -> None:
    layer = QgsRasterLayer(str(scene_path), "moved")
    layer.setCrs(QgsCoordinateReferenceSystem("EPSG:3857"))
    with pytest.raises(LayerError, match="changed to EPSG:3857, its file says EPSG:32633"):
        local_file(layer)


def test_a_file_without_crs_is_refused(tmp_path: Path, write_raster: object, qgis_app: QgsApplication) -> None:
    write_raster(tmp_path / "bare.tif", np.ones((3, 8, 8), np.uint16), ("B04", "B03", "B02"), epsg=None)
    layer = QgsRasterLayer(str(tmp_path / "bare.tif"), "bare")
    layer.setCrs(QgsCoordinateReferenceSystem())
    with pytest.raises(LayerError, match="no coordinate reference system"):
        local_file(layer)
