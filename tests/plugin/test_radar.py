"""Which rasters are taken for radar images."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
from qgis.core import QgsRasterLayer

from terrascope_qgis.core.radar import is_radar


@pytest.mark.parametrize(
    ("name", "bands", "radar"),
    [
        ("scene", ("VV", "VH"), True),
        ("scene", ("Sigma0_VV_db",), True),
        ("place_vv", ("",), True),
        ("S1A_IW_GRDH_20170605", ("", ""), True),
        ("S2A_MSIL2A_20170605", ("B02", "B03", "B04"), False),
        ("S1_and_S2", ("B02", "B03", "B04"), False),
        ("shv_dem", ("height",), False),
    ],
)
def test_bands_and_names_tell(
    write_raster: Callable[..., None], tmp_path: Path, qgis_app: object, name: str, bands: tuple[str, ...], radar: bool
) -> None:
    path = tmp_path / f"{name}.tif"
    write_raster(path, np.ones((len(bands), 8, 8), np.uint16), bands, epsg=32633)
    assert is_radar(QgsRasterLayer(str(path), "a layer")) is radar
    assert is_radar(str(path)) is radar


def test_a_folder_tells_by_its_name_or_its_files(tmp_path: Path, qgis_app: object) -> None:
    safe = tmp_path / "S1A_IW_GRDH_1SDV_20170605.SAFE"
    safe.mkdir()
    assert is_radar(str(safe))
    for folder, names, radar in (
        ("a", ("VV.tif", "VH.tif"), True),
        ("b", ("B02.tif", "B03.tif"), False),
        ("c", (), False),
    ):
        (tmp_path / folder).mkdir()
        for name in names:
            (tmp_path / folder / name).touch()
        assert is_radar(str(tmp_path / folder)) is radar
